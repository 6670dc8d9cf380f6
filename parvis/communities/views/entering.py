"""Coming in, asking, following, pinning, leaving: each a POST that says the wanted state."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.communities import actions, queries, rules
from parvis.communities.forms import WordForm, add_errors, sentences
from parvis.communities.models import Community, Invitation, Removal
from parvis.communities.views.loading import back, found_or_404, id_or_404, is_on, reader_of
from parvis.kernel.french import of_name
from parvis.kernel.idempotency.once import once
from parvis.kernel.limits import limited
from parvis.kernel.web import tell
from parvis.people.models import Person


@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    community = found_or_404(request, slug)
    person = reader_of(request)
    actions.join(person=person, community=community)
    # Leaving undoes it where one may come back as easily; elsewhere it would close the door for good.
    may_come_and_go = community.way_in == Community.WayIn.FREE and not person.is_guest
    undo = _to("leave", community) if may_come_and_go else None
    tell(request, _("Vous voilà dans « %(name)s ».") % {"name": community.name}, undo=undo)
    return back(request, community.get_absolute_url())


@require_POST
def decline(request: HttpRequest, slug: str) -> HttpResponse:
    """`on=0` takes the no back."""
    person = reader_of(request)
    # Also a second click: a private community that one declined is not found any more.
    answerable = Invitation.objects.answerable().filter(person=person)
    community = get_object_or_404(Community, slug=slug, pk__in=answerable.values("community_id"))
    if is_on(request):
        actions.decline_invitation(person=person, community=community)
        said = _("C’est noté : vous n’entrez pas dans « %(name)s ».")
        tell(request, said % {"name": community.name}, undo=f"{_to('decline', community)}?on=0")
    else:
        actions.reconsider_invitation(person=person, community=community)
    return back(request, reverse("communities:index"))


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """A page says what leaving means; the act itself, when it cannot be undone, comes from there."""
    person = reader_of(request)
    error = ""
    if request.method == "POST":
        # Loaded within the key's transaction: at a second click, what one left may not be found any more.
        try:
            community_id, is_new = once(
                act="leave",
                person_id=person.pk,
                key=request.POST.get("key"),
                create=lambda: _leave(request, slug),
            )
        except ValidationError as refused:
            error = sentences(refused)
        else:
            return _after_leaving(request, Community.objects.get(pk=community_id), is_new=is_new)
    community = found_or_404(request, slug)
    head = queries.header(community, person)
    if not head.standing.is_member:
        return redirect(community)
    context = {
        "header": head,
        "here": "leave",
        "error": error,
        "is_last": queries.is_last_colleague(community, person),
        "closes": rules.closes_behind(person, community),
    }
    return render(request, "communities/leave.html", context, status=422 if error else 200)


def _leave(request: HttpRequest, slug: str) -> int:
    community = found_or_404(request, slug)
    actions.leave(person=reader_of(request), community=community, closes=request.POST.get("closes") == "1")
    return community.pk


def _after_leaving(request: HttpRequest, community: Community, *, is_new: bool) -> HttpResponse:
    person = reader_of(request)
    if is_new:
        may_return = rules.may_join(person, community)
        tell(
            request,
            _("Vous avez quitté « %(name)s ».") % {"name": community.name},
            undo=_to("join", community) if may_return else None,
        )
    return redirect(community if rules.may_find(person, community) else "communities:index")


@require_POST
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    community = found_or_404(request, slug)
    if is_on(request):
        actions.follow(person=reader_of(request), community=community)
        said = _("Vous suivez « %(name)s » : vous la lirez dans votre fil.")
    else:
        actions.unfollow(person=reader_of(request), community=community)
        said = _("Vous ne suivez plus « %(name)s ».")
    opposite = f"{_to('follow', community)}?on={0 if is_on(request) else 1}"
    tell(request, said % {"name": community.name}, undo=opposite)
    return back(request, community.get_absolute_url())


@require_POST
def pin(request: HttpRequest, slug: str) -> HttpResponse:
    community = found_or_404(request, slug)
    try:
        if is_on(request):
            actions.pin(person=reader_of(request), community=community)
            said = _("« %(name)s » est épinglée dans le menu.") % {"name": community.name}
        else:
            actions.unpin(person=reader_of(request), community=community)
            said = _("« %(name)s » n’est plus épinglée.") % {"name": community.name}
    except ValidationError as error:
        tell(request, sentences(error))
    else:
        tell(request, said, undo=f"{_to('pin', community)}?on={0 if is_on(request) else 1}")
    return back(request, community.get_absolute_url())


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The word one asks with is typed on the landing page; a refusal shows it again here."""
    community = found_or_404(request, slug)
    person = reader_of(request)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_enter(person=person, community=community, word=form.cleaned_data["word"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            tell(request, _("Votre demande est partie. L’animation vous répondra."), undo=_to("withdraw", community))
            return redirect(community)
    head = queries.header(community, person)
    if head.standing.may_read:
        return redirect(community)
    context = {"header": head, "here": "landing", "form": form}
    return render(request, "communities/landing.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    community = found_or_404(request, slug)
    actions.withdraw_request(person=reader_of(request), community=community)
    tell(request, _("Votre demande est retirée."))
    return back(request, community.get_absolute_url())


@require_POST
def read_removal(request: HttpRequest, removal_id: int) -> HttpResponse:
    person = reader_of(request)
    removal = get_object_or_404(Removal, pk=removal_id, person=person)
    actions.acknowledge_removal(person=person, removal=removal)
    return redirect("communities:index")


@require_http_methods(["GET", "POST"])
@limited("invite", per_minute=30)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    head = queries.header(found_or_404(request, slug), reader_of(request))
    if not head.standing.may_invite:
        raise PermissionDenied
    by, community, error = reader_of(request), head.community, ""
    words = request.POST.get("nom") or request.GET.get("nom", "")
    if request.method == "POST":
        chosen = id_or_404(request.POST.get("person", ""))
        person = get_object_or_404(Person.objects.visible_to(by.scope()).active(), pk=chosen)
        try:
            actions.invite(by=by, person=person, community=community)
        except ValidationError as refused:
            error = sentences(refused)
        else:
            tell(
                request,
                _("L’invitation %(of_name)s est partie. C’est à cette personne d’entrer.")
                % {"of_name": of_name(person.name)},
            )
            return redirect(_to("invite", community))
    context = {
        "header": head,
        "here": "members",
        "may_bring_guests": rules.may_bring_guests(by, community),
        "words": words,
        "error": error,
        "found": queries.people_to_invite(
            by=by, community=community, words=words, with_guests=head.standing.may_animate
        ),
    }
    return render(request, "communities/invite.html", context, status=422 if error else 200)


def _to(name: str, community: Community) -> str:
    return reverse(f"communities:{name}", args=[community.slug])
