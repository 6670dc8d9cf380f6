"""Ambassadors: asked by those who animate, by their own yes, thanked."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.communities import actions
from parvis.communities.forms import WordForm, add_errors
from parvis.communities.queries import CommunityHeader
from parvis.communities.views.loading import back, found_or_404, header_for_animators, reader_of
from parvis.kernel.limits import limited
from parvis.kernel.web import tell
from parvis.people.models import Person


@require_http_methods(["GET", "POST"])
@limited("invite", per_minute=30)
def embassy(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    """What those who animate do for one member: ask (`act=offer`), thank, or end it."""
    head = header_for_animators(request, slug)
    person = _member_or_404(request, head, person_id)
    member = head.community.memberships.current().get(person=person)
    form = WordForm(request.POST or None)
    act = request.POST.get("act", "")
    if request.method == "POST" and form.is_valid():
        by, community, word = reader_of(request), head.community, form.cleaned_data["word"]
        try:
            if act == "end":
                actions.end_embassy(by=by, person=person, community=community)
                tell(request, _("%(name)s n’est plus en ambassade.") % {"name": person.name})
            elif act == "thank":
                actions.thank(by=by, person=person, community=community, word=word)
                tell(request, _("Votre merci se lit sur la page des membres."))
            else:
                actions.offer_embassy(by=by, person=person, community=community, word=word)
                tell(request, _("La proposition est partie. C’est à %(name)s de dire oui.") % {"name": person.called})
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("communities:members", head.community.slug)
    context = {"header": head, "here": "members", "person": person, "member": member, "form": form}
    return render(request, "communities/embassy.html", context, status=422 if form.errors else 200)


@require_POST
def answer_embassy(request: HttpRequest, slug: str) -> HttpResponse:
    """`accept` is 1 or 0."""
    community = found_or_404(request, slug)
    person = reader_of(request)
    if request.POST.get("accept") == "1":
        actions.accept_embassy(person=person, community=community)
        tell(
            request,
            _("Merci : vous accueillez avec celles et ceux qui animent « %(name)s ».") % {"name": community.name},
        )
    else:
        actions.decline_embassy(person=person, community=community)
    return back(request, community.get_absolute_url())


@require_POST
def leave_embassy(request: HttpRequest, slug: str) -> HttpResponse:
    community = found_or_404(request, slug)
    person = reader_of(request)
    actions.end_embassy(by=person, person=person, community=community)
    tell(request, _("Vous n’êtes plus en ambassade ; vous restez membre."))
    return redirect("communities:members", community.slug)


def _member_or_404(request: HttpRequest, head: CommunityHeader, person_id: int) -> Person:
    here = Person.objects.visible_to(reader_of(request).scope()).filter(
        pk__in=head.community.memberships.current().values("person_id")
    )
    return get_object_or_404(here, pk=person_id)
