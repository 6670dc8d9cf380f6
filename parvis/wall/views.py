"""HTTP of the walls and of the composer."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from parvis.communities.models import Community
from parvis.communities.queries import CommunityHeader, header, is_to_welcome, where_we_are
from parvis.contributions import queries as contributions
from parvis.contributions.forum import forum, unanswered
from parvis.contributions.models import Contribution
from parvis.contributions.registry import kinds
from parvis.contributions.rules import may_recommend
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.idempotency.once import once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Cursor
from parvis.kernel.text import id_in
from parvis.kernel.web import tell
from parvis.people.signed_in import SignedIn
from parvis.wall import actions, queries
from parvis.wall.forms import PublishForm, RecommendForm


@limited("publish", per_minute=10)
def compose(request: SignedIn) -> HttpResponse:
    """« Pour qui ? » first, then « Quoi ? ». `?pour=<slug>`: the community one comes from."""
    destinations = queries.destinations(request.user)
    if request.method != "POST":
        asked = request.GET.get("pour", "")
        here = next((d for d in destinations if d.slug and d.slug == asked), None)
        # Nobody publishes in a place they did not choose.
        chosen = here or (destinations[0] if len(destinations) == 1 else None)
        form = PublishForm(destinations=destinations, initial={"audience": chosen.audience_id if chosen else None})
        return _composer(request, form)

    form = PublishForm(request.POST, destinations=destinations)
    if closed := queries.why_closed(request.user, id_in(request.POST.get("audience", ""))):
        form.fields["audience"].error_messages["invalid_choice"] = closed
    made_id = 0
    if form.is_valid():
        try:
            made_id, _is_new = once(
                act="publish",
                person_id=request.user.pk,
                key=request.POST.get("key"),
                create=lambda: (
                    actions.publish(
                        author=request.user,
                        audience_id=form.cleaned_data["audience"],
                        title=form.cleaned_data["title"],
                        text=form.cleaned_data["text"],
                    ).pk
                ),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except PermissionDenied:
            form.add_error("audience", _("Vous ne pouvez plus publier ici. Votre texte est gardé."))
    if form.errors:
        return _composer(request, form, status=422)
    tell(request, _("C’est publié."))
    return redirect("contributions:contribution", made_id)


def _composer(request: SignedIn, form: PublishForm, *, status: int = 200) -> HttpResponse:
    asked = id_in(str(form["audience"].value() or ""))
    is_read = asked is not None and request.user.scope().covers(asked)
    context = {
        "form": form,
        "kinds": [kind for kind in kinds() if kind.is_composed],
        "who_reads": queries.who_reads(asked) if asked is not None and is_read else "",
        "audience_id": "" if asked is None else asked,
    }
    return render(request, "wall/compose.html", context, status=status)


@require_GET
def who_reads(request: SignedIn) -> HttpResponse:
    """The sentence under « Pour qui ? », as the choice changes."""
    # The field of the form, or `a` for whoever asks by hand.
    asked = id_in(request.GET.get("audience") or request.GET.get("a", ""))
    if request.GET.get("audience") == "":
        return render(request, "wall/_who_reads.html", {"who_reads": ""})
    if asked is None or not request.user.scope().covers(asked):
        raise Http404
    return render(request, "wall/_who_reads.html", {"who_reads": queries.who_reads(asked)})


@limited("publish", per_minute=10)
def recommend(request: SignedIn, contribution_id: int) -> HttpResponse:
    """A word, and where. A comment's address recommends its publication; a recommendation's, what it recommends."""
    visible = Contribution.objects.visible_to(request.user.scope()).filter(root__deleted_at__isnull=True)
    asked = get_object_or_404(visible, pk=contribution_id)
    original = contributions.original(asked.about_id or asked.root_id or asked.pk, request.user.scope())
    if original is None:  # of a recommendation, what this reader may not read
        raise PermissionDenied
    found = Contribution.objects.get(pk=original.pk)
    if not may_recommend(request.user, found):
        raise PermissionDenied
    destinations = queries.destinations_beside(request.user, found.audience_id)
    chosen = {"audience": destinations[0].audience_id} if len(destinations) == 1 else None
    form = RecommendForm(request.POST or None, destinations=destinations, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            made, is_new = actions.recommend(
                author=request.user,
                original=found,
                audience_id=form.cleaned_data["audience"],
                text=form.cleaned_data["text"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except PermissionDenied:
            form.add_error("audience", _("Vous ne pouvez plus publier ici. Votre texte est gardé."))
        else:
            again = _("Vous l’aviez déjà recommandé ici : votre mot d’alors est resté, vous pouvez le modifier.")
            tell(request, _("C’est recommandé.") if is_new else again)
            return redirect(made)
    context = {
        "form": form,
        "original": original,
        "is_here": found.audience_id,
        "who_reads": queries.who_reads_the_original(found.audience_id),
    }
    return render(request, "wall/recommend.html", context, status=422 if form.errors else 200)


@require_safe
def community(request: SignedIn, slug: str) -> HttpResponse:
    """A community's wall; its landing for those who find it and may not read."""
    found = get_object_or_404(Community.objects.visible_to(request.user.scope()), slug=slug)
    head = header(found, request.user)
    if head.life.merged_into is not None and "reste" not in request.GET:
        # What it joined is where one goes on; what stayed is read from there.
        return redirect(head.life.merged_into)
    if not request.user.scope().covers(found.audience_id):
        return render(request, "wall/landing.html", {"community": found, "header": head})
    return _front(request, head)


def _front(request: SignedIn, head: CommunityHeader) -> HttpResponse:
    """What its readers see: as its kind opens, then the talk, as a feed or as a forum."""
    found, scope = head.community, request.user.scope()
    before = Cursor.read(request.GET.get("avant"))
    is_first = before is None
    context = {
        "community": found,
        "header": head,
        "before": before,
        "may_publish": head.standing.may_publish,
        "is_welcomed": is_first and is_to_welcome(found, request.user, head.standing),
        "where": where_we_are(found, request.user, head.standing) if is_first and head.has("state") else None,
        "unanswered": unanswered(found.audience_id, scope) if head.has("unanswered") else [],
    }
    if head.is_forum:
        context["page"] = forum(found.audience_id, scope, before=before)
        return render(request, "wall/forum.html", context)
    context["page"] = contributions.feed(scope.only({found.audience_id}), before=before, says_where=False, whole=scope)
    return render(request, "wall/community.html", context)


@require_safe
def company(request: SignedIn) -> HttpResponse:
    """The wall of the whole company. For a guest it does not exist."""
    audience_id = company_audience_id()
    if not request.user.scope().covers(audience_id):
        raise Http404
    whole = request.user.scope()
    before = Cursor.read(request.GET.get("avant"))
    page = contributions.feed(whole.only({audience_id}), before=before, whole=whole)
    return render(request, "wall/company.html", {"page": page, "audience_id": audience_id})


@require_GET
def news(request: SignedIn, audience_id: int) -> HttpResponse:
    """The cards of one wall that came after what the page shows."""
    since = Cursor.read(request.GET.get("since"))
    if since is None or not request.user.scope().covers(audience_id):
        raise Http404
    whole = request.user.scope()
    page = contributions.news(whole.only({audience_id}), since=since, says_where=False, whole=whole)
    return render(request, "wall/_news.html", {"page": page})
