"""What those who animate do: answer requests, settings, share the work, take somebody out."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.communities import actions, queries, rules
from parvis.communities.forms import PictureForm, SettingsForm, WordForm, add_errors, sentences
from parvis.communities.models import Community, EntryRequest
from parvis.communities.queries import CommunityHeader, header
from parvis.communities.views.loading import found_or_404, header_for_animators, id_or_404, reader_of
from parvis.communities.views.pages import show_members
from parvis.communities.words import presets
from parvis.kernel.french import of_name
from parvis.kernel.web import tell
from parvis.people.models import Person

_FIELDS = ("name", "purpose", "rules", "kind", "icon", "hue", "access", "way_in")
_FRONT = ("talk", "shows_rules", "welcome", "landing", "colour")


@require_POST
def decide(request: HttpRequest, slug: str, request_id: int) -> HttpResponse:
    """`accept` is 1 or 0; the word goes to who asked."""
    head = header_for_animators(request, slug)
    asked = EntryRequest.objects.filter(pk=request_id, community=head.community).select_related("person").first()
    if asked is None:
        # Withdrawn in the meantime.
        return show_members(request, head, error=_("Cette demande a été retirée."), status=422)
    form = WordForm(request.POST)
    form.full_clean()
    try:
        decided = actions.decide_entry(
            by=reader_of(request),
            request=asked,
            is_accepted=request.POST.get("accept") == "1",
            answer=form.cleaned_data.get("word", ""),
        )
    except ValidationError as error:
        form.add_error("word", error.messages)
        return show_members(request, head, answering=(asked.pk, form), status=422)
    name = asked.person.name
    if decided.decided_by_id != reader_of(request).pk:
        # Two who animate answered at once: the first answer stands, and the second is told.
        who = decided.decided_by.name if decided.decided_by else _("Quelqu’un")
        said = _("%(name)s avait déjà répondu oui.") if decided.is_accepted else _("%(name)s avait déjà répondu non.")
        tell(request, said % {"name": who})
    elif decided.is_accepted:
        tell(request, _("%(name)s est membre : un mot d’accueil ?") % {"name": name})
    else:
        tell(request, _("La demande %(of_name)s est déclinée.") % {"of_name": of_name(name)})
    return redirect(_members(head))


@require_POST
def animate(request: HttpRequest, slug: str) -> HttpResponse:
    """Another member animates too, or (`instead=1`) in one's place."""
    head = header(found_or_404(request, slug), reader_of(request))
    named = head.community.memberships.filter(role="animator", person=id_or_404(request.POST.get("person", "")))
    if request.POST.get("instead") == "1" and _animates_no_more(head) and named.exists():
        return redirect(_members(head))  # a second click
    if not head.standing.may_animate:
        raise PermissionDenied
    person = _member_or_404(head, request.POST.get("person", ""))
    is_instead = request.POST.get("instead") == "1"
    act = actions.hand_over if is_instead else actions.make_animator
    try:
        act(by=reader_of(request), person=person, community=head.community)
    except ValidationError as error:
        return show_members(request, head, error=sentences(error), status=422)
    said = _("%(name)s anime à votre place.") if is_instead else _("%(name)s anime aussi la communauté.")
    tell(request, said % {"name": person.name})
    return redirect(_members(head))


@require_POST
def step_down(request: HttpRequest, slug: str) -> HttpResponse:
    if _animates_no_more(head := header(found_or_404(request, slug), reader_of(request))):
        return redirect(_members(head))  # as wanted already
    if not head.standing.may_animate:
        raise PermissionDenied
    try:
        actions.step_down(person=reader_of(request), community=head.community)
    except ValidationError as error:
        return show_members(request, head, error=sentences(error), status=422)
    tell(request, _("Vous n’animez plus « %(name)s » ; vous en restez membre.") % {"name": head.community.name})
    return redirect(_members(head))


@require_POST
def take_up(request: HttpRequest, slug: str) -> HttpResponse:
    community = found_or_404(request, slug)
    actions.take_up(person=reader_of(request), community=community)
    tell(request, _("Vous animez « %(name)s ». Merci.") % {"name": community.name})
    return redirect(community)


@require_http_methods(["GET", "POST"])
def let_go(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    """The reason is asked on a page of its own, and is read by who goes."""
    head = header_for_animators(request, slug)
    person = get_object_or_404(Person.objects.visible_to(reader_of(request).scope()), pk=person_id)
    if not head.community.memberships.filter(person=person).exists():
        # Gone already, or a second click.
        return redirect(_members(head))
    form = WordForm(request.POST or None)
    form.fields["word"].required = True
    if request.method == "POST" and form.is_valid():
        try:
            actions.let_go(
                by=reader_of(request), person=person, community=head.community, reason=form.cleaned_data["word"]
            )
        except ValidationError as error:
            form.add_error("word", error.messages)
        else:
            tell(request, _("%(name)s n’est plus membre et lira votre raison.") % {"name": person.name})
            return redirect(_members(head))
    context = {"header": head, "here": "members", "person": person, "form": form}
    return render(request, "communities/let_go.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Changing who reads asks once more, in words, before it is done."""
    head = header_for_animators(request, slug)
    community = head.community
    if request.method == "GET":
        return show_settings(request, head)

    form = SettingsForm(request.POST, community=community)
    if not form.is_valid():
        return _settings(request, head, form, status=422)
    access = form.cleaned_data["access"]
    if access != community.access and request.POST.get("confirmed") != access:
        return _settings(request, head, form, asks=access, status=422)
    try:
        changed = actions.change_settings(
            by=reader_of(request),
            community=community,
            based_on=request.POST.get("based_on", ""),
            **_given(form, community),
        )
    except ValidationError as error:
        add_errors(form, error)
        return _settings(request, head, form, status=422)
    tell(request, _("Les réglages sont enregistrés."))
    return redirect("communities:settings", changed.slug)


@require_POST
def unlink_group(request: HttpRequest, slug: str, gate_id: int) -> HttpResponse:
    head = header_for_animators(request, slug)
    gate = head.community.gates.filter(pk=gate_id).first()
    if gate is not None:
        actions.unlink_group(by=reader_of(request), gate=gate)
        tell(request, _("Le groupe n’ouvre plus cette communauté. Ses membres y restent."))
    return redirect("communities:settings", head.community.slug)


def _given(form: SettingsForm, community: Community) -> dict[str, Any]:
    given = {name: form.cleaned_data[name] for name in _FIELDS}
    if given["hue"] is None:
        given["hue"] = community.hue
    if form.data.get("has_front"):  # else a form that does not ask for these
        given |= {name: form.cleaned_data[name] for name in _FRONT}
    given["way_in"] = given["way_in"] or rules.WAY_IN_OF_ACCESS[given["access"]].value
    return given


def show_settings(
    request: HttpRequest, head: CommunityHeader, *, picture_form: PictureForm | None = None, status: int = 200
) -> HttpResponse:
    """As they are; also what a refused picture shows again."""
    community = head.community
    initial = {name: getattr(community, name) for name in (*_FIELDS, *_FRONT)}
    if community.way_in == rules.WAY_IN_OF_ACCESS[community.access]:
        initial["way_in"] = ""
    form = SettingsForm(initial=initial, community=community)
    return _settings(request, head, form, picture_form=picture_form, status=status)


def _settings(
    request: HttpRequest,
    head: CommunityHeader,
    form: SettingsForm,
    *,
    asks: str = "",
    picture_form: PictureForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "header": head,
        "here": "settings",
        "form": form,
        "presets": presets(with_secret=rules.may_be("secret", was=head.community.access)),
        "asks": asks,
        # Of a refusal one is told; a question says nothing of what others changed meanwhile.
        "based_on": (asks and request.POST.get("based_on")) or head.community.settings_mark,
        "may_open_up": rules.may_open_up(head.community),
        "is_wider": bool(asks) and rules.is_wider(asks, than=head.community.access),
        "gates": queries.gates_of(head.community),
        "nearest": _nearest(form),
        "picture_form": picture_form or PictureForm(label_suffix=""),
    }
    return render(request, "communities/settings.html", context, status=status)


def _nearest(form: SettingsForm) -> str:
    """Of a colour that cannot be read, the nearest that can."""
    refused = form.errors.as_data().get("colour", [])
    return next((str(error.params["nearest"]) for error in refused if error.params), "")


def _animates_no_more(head: CommunityHeader) -> bool:
    return head.standing.is_member and not head.standing.is_animator


def _member_or_404(head: CommunityHeader, person_id: str) -> Person:
    """Membership is looked at again by the act itself; here it only decides what exists."""
    return get_object_or_404(Person, pk=id_or_404(person_id), memberships__community=head.community)


def _members(head: CommunityHeader) -> str:
    return reverse("communities:members", args=[head.community.slug])
