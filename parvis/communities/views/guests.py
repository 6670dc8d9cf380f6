"""Guests: inviting one for a time, bringing one in from outside, and how long they stay."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.communities import actions, queries, rules, stays
from parvis.communities.forms import GuestForm, NewGuestForm, StayForm, add_errors
from parvis.communities.models import Invitation, Membership
from parvis.communities.queries import CommunityHeader, header
from parvis.communities.views.loading import found_or_404, header_for_animators, reader_of
from parvis.kernel.french import of_name
from parvis.kernel.limits import limited
from parvis.kernel.web import tell
from parvis.people.models import Person


@require_http_methods(["GET", "POST"])
@limited("invite", per_minute=30)
def invite_guest(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    """A guest of the directory, for how long and with whom to turn to."""
    head = header_for_animators(request, slug)
    guests = Person.objects.visible_to(reader_of(request).scope()).active().filter(is_guest=True)
    person = get_object_or_404(guests, pk=person_id)
    form = GuestForm(request.POST or None, **_choices(request, head, person))
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(by=reader_of(request), person=person, community=head.community, **_given(form))
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _sent(request, head, person.name)
    return _show(request, "communities/guest.html", head, form, person=person)


@require_http_methods(["GET", "POST"])
@limited("invite", per_minute=30)
def bring_guest(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody from outside who is not in the directory, as the company's policy allows."""
    head = header_for_animators(request, slug)
    if not rules.may_bring_guests(reader_of(request), head.community):
        raise PermissionDenied(_("Dans votre entreprise, c’est l’administration qui fait venir de l’extérieur."))
    form = NewGuestForm(request.POST or None, **_choices(request, head, None))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "mail", "language")}
        try:
            actions.bring_guest(by=reader_of(request), community=head.community, **given, **_given(form))
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _sent(request, head, given["name"])
    return _show(request, "communities/guest.html", head, form, person=None)


@require_http_methods(["GET", "POST"])
def stay(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    """`act`: `prolong` (six months from today), `let_end`, or, without one, what the form says."""
    head = header(found_or_404(request, slug), reader_of(request))
    member = queries.stay_in(head.community, person_id)
    if member is None or not head.standing.may_read:
        raise Http404
    if not rules.may_change_stay(reader_of(request), member):
        raise PermissionDenied
    form = StayForm(request.POST or None, **_choices(request, head, member.person, member))
    if request.method == "POST":
        try:
            done = _change(request, member, form)
        except ValidationError as error:
            add_errors(form, error)
        else:
            if done:
                return redirect(_members(head))
    return _show(request, "communities/stay.html", head, form, person=member.person, member=member)


def _change(request: HttpRequest, member: Membership, form: StayForm) -> bool:
    by, person, community = reader_of(request), member.person, member.community
    act = request.POST.get("act")
    if act == "let_end":
        actions.let_end(by=by, person=person, community=community)
        tell(request, _("C’est noté : le séjour %(of_name)s finira ce jour-là.") % {"of_name": of_name(person.name)})
        return True
    if act == "prolong":
        day = stays.in_months(stays.today_of(person), stays.USUAL_MONTHS)
        actions.change_stay(by=by, person=person, community=community, ends_on=day)
    elif act == "answer":
        actions.change_stay(by=by, person=person, community=community, sponsor=by)
    elif form.is_valid():
        assert member.ends_at is not None
        given = {"ends_on": form.cleaned_data["ends_on"], "sponsor": _sponsor(form)}
        if given["ends_on"] == stays.last_day(member.ends_at, person):
            given["ends_on"] = None
        actions.change_stay(by=by, person=person, community=community, **given)
    else:
        return False
    tell(request, _("Le séjour %(of_name)s est à jour.") % {"of_name": of_name(person.name)})
    return True


@require_POST
def withdraw_invitation(request: HttpRequest, slug: str, invitation_id: int) -> HttpResponse:
    head = header_for_animators(request, slug)
    invitation = Invitation.objects.filter(pk=invitation_id, community=head.community).first()
    if invitation is not None:
        actions.withdraw_invitation(by=reader_of(request), invitation=invitation)
        tell(request, _("L’invitation est retirée."))
    return redirect(_members(head))


def _choices(
    request: HttpRequest, head: CommunityHeader, person: Person | None, member: Membership | None = None
) -> dict[str, Any]:
    """What the form offers: days as the guest lives them (the company's, for who is not known yet), and sponsors."""
    today = stays.today_of(person) if person else timezone.localdate(None, timezone.get_default_timezone())
    usual = stays.in_months(today, stays.USUAL_MONTHS)
    sponsor = member.sponsor if member else None
    given = {
        "sponsors": queries.sponsors_in(head.community, first=reader_of(request), now=sponsor),
        "first": today,
        "last": stays.in_months(today, stays.MOST_MONTHS),
        "usual": stays.last_day(member.ends_at, person) if member and member.ends_at and person else usual,
    }
    return given | {"initial": {"sponsor": sponsor.pk if sponsor else reader_of(request).pk, "language": "fr"}}


def _given(form: GuestForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {"ends_on": said["ends_on"], "sponsor": _sponsor(form), "word": said["word"]}


def _sponsor(form: StayForm) -> Person:
    return get_object_or_404(Person.objects.active(), pk=form.cleaned_data["sponsor"])


def _sent(request: HttpRequest, head: CommunityHeader, name: str) -> HttpResponse:
    said = _("L’invitation %(of_name)s est partie. C’est à cette personne d’entrer.")
    tell(request, said % {"of_name": of_name(name)})
    return redirect(_members(head))


def _show(request: HttpRequest, page: str, head: CommunityHeader, form: StayForm, **more: Any) -> HttpResponse:
    context = {"header": head, "here": "members", "form": form, **more}
    return render(request, page, context, status=422 if form.errors else 200)


def _members(head: CommunityHeader) -> str:
    return reverse("communities:members", args=[head.community.slug])
