"""What a community shows of itself: its tools, its picture; what one puts away."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.communities import actions, toolbox
from parvis.communities.forms import PictureForm, sentences
from parvis.communities.models import PutAway
from parvis.communities.queries import CommunityHeader
from parvis.communities.views.animating import show_settings
from parvis.communities.views.loading import back, found_or_404, header_for_animators, is_on, reader_of
from parvis.kernel.files.views import send
from parvis.kernel.limits import limited
from parvis.kernel.web import tell


@require_http_methods(["GET", "POST"])
def choose_tools(request: HttpRequest, slug: str) -> HttpResponse:
    """Switches and arrows of one form: an arrow (`up`, `down`) moves a tool and saves nothing yet."""
    head = header_for_animators(request, slug)
    if request.method == "GET":
        return _tools(request, head, [tool.name for tool in head.tools])
    order = list(dict.fromkeys(request.POST.getlist("order")))
    on = [name for name in order if name in request.POST.getlist("on")]
    if "up" in request.POST or "down" in request.POST:
        return _tools(request, head, _moved(request, order), on=on)
    try:
        actions.choose_tools(
            by=reader_of(request), community=head.community, names=on, based_on=request.POST.get("based_on", "")
        )
    except ValidationError as error:
        return _tools(request, head, order, on=on, error=sentences(error), status=422)
    tell(request, _("Les onglets sont enregistrés."))
    return redirect("communities:tools", head.community.slug)


@require_POST
@limited("picture", per_minute=6)
def change_picture(request: HttpRequest, slug: str) -> HttpResponse:
    head = header_for_animators(request, slug)
    form = PictureForm(request.POST, request.FILES, label_suffix="")
    if form.is_valid():
        upload = form.cleaned_data["picture"]
        try:
            actions.change_picture(by=reader_of(request), community=head.community, content=upload, name=upload.name)
        except ValidationError as refusal:
            form.add_error("picture", refusal)
        else:
            tell(request, _("L’image est en place."))
            return redirect(_settings(slug))
    return show_settings(request, head, picture_form=form, status=422)


@require_POST
def remove_picture(request: HttpRequest, slug: str) -> HttpResponse:
    head = header_for_animators(request, slug)
    actions.remove_picture(by=reader_of(request), community=head.community)
    tell(request, _("L’image est retirée."))
    return redirect(_settings(slug))


@require_GET
def picture(request: HttpRequest, slug: str, side: int) -> HttpResponseBase:
    """For those who find the community. Addresses carry the picture's id, so that each is kept for ever."""
    community = found_or_404(request, slug)
    if community.picture is None or side not in actions.PICTURE_SIDES:
        raise Http404
    return send(community.picture, side=side, for_ever=request.META.get("QUERY_STRING") == str(community.picture_id))


@require_POST
def put_away_welcome(request: HttpRequest, slug: str) -> HttpResponse:
    community = found_or_404(request, slug)
    actions.put_away(person=reader_of(request), community=community, what=PutAway.What.WELCOME)
    return back(request, community.get_absolute_url())


@require_POST
def put_away_suggestion(request: HttpRequest, slug: str) -> HttpResponse:
    """`on=0` brings it back."""
    community, person = found_or_404(request, slug), reader_of(request)
    if is_on(request):
        actions.put_away(person=person, community=community, what=PutAway.What.SUGGESTION)
        undo = reverse("communities:put_away_suggestion", args=[slug]) + "?on=0"
        tell(request, _("« %(name)s » ne vous sera plus proposée.") % {"name": community.name}, undo=undo)
    else:
        actions.bring_back(person=person, community=community, what=PutAway.What.SUGGESTION)
    return back(request, reverse("communities:index"))


def _tools(
    request: HttpRequest,
    head: CommunityHeader,
    order: list[str],
    *,
    on: list[str] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """Those that are on first, in their order; then the others."""
    offered = {tool.name: tool for tool in toolbox.all_tools(head.community.kind)}
    lit = order if on is None else on
    names = [name for name in order if name in offered] + [name for name in offered if name not in order]
    context = {
        "header": head,
        "here": "settings",
        "tools": [(offered[name], name in lit or offered[name].is_always) for name in names],
        # Of a refusal one is told; an arrow says nothing of what others changed meanwhile.
        "based_on": (not error and request.POST.get("based_on")) or ",".join(tool.name for tool in head.tools),
        "moved": request.POST.get("up") or request.POST.get("down") or "",
        "error": error,
    }
    return render(request, "communities/toolbox.html", context, status=status)


def _moved(request: HttpRequest, order: list[str]) -> list[str]:
    """Among the tabs alone: what stands on the page itself has no order."""
    on_page = {tool.name for tool in toolbox.all_tools() if not tool.route}
    beside = [one for one in order if one in on_page]
    order = [one for one in order if one not in on_page]
    name = request.POST.get("up") or request.POST.get("down") or ""
    if name not in order:
        return order + beside
    at = order.index(name)
    to = at - 1 if "up" in request.POST else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    return order + beside


def _settings(slug: str) -> str:
    return reverse("communities:settings", args=[slug])
