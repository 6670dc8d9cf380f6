"""Somebody's page, as far as the reader may see that person; one's own, as others see it."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.directory import queries
from parvis.people import rules
from parvis.people.models import Onlooker
from parvis.people.signed_in import SignedIn
from parvis.people.suggestions import suggestion_for

# Whose eyes one may borrow, by the word in the address.
_EYES = {
    "collegue": Onlooker(shares_a_community=True),
    "ailleurs": Onlooker(),
    "invite": Onlooker(is_guest=True),
}


@dataclass(frozen=True)
class Eyes:
    sentence: str
    tabs: list[tuple[str, str, bool]]


@require_GET
def person(request: SignedIn, person_id: int) -> HttpResponse:
    page = queries.profile_page(person_id=person_id, reader=request.user)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "suggestion": suggestion_for(page.person) if page.is_self else None,
        "may_give_access": rules.may_give_access(request.user, page.person),
    }
    return render(request, "directory/person.html", context)


@require_GET
def seen_by(request: SignedIn, who: str) -> HttpResponse:
    """One's own page as a colleague of one's communities, another colleague or a guest sees it."""
    if who not in _EYES:
        raise Http404
    context = {
        "page": queries.profile_preview(person=request.user, seen_by=_EYES[who]),
        "eyes": _eyes(who),
        "suggestion": None,
        "may_give_access": False,
    }
    return render(request, "directory/person.html", context)


def _eyes(who: str) -> Eyes:
    words = {
        "collegue": _("Mes communautés"),
        "ailleurs": _("Le reste de l’entreprise"),
        "invite": _("Une personne invitée"),
    }
    sentences = {
        "collegue": _(
            "Ce que lit un collègue qui partage une de vos communautés. Vos communautés privées, et ce que vous y "
            "avez choisi de montrer, ne se voient que de leurs membres."
        ),
        "ailleurs": _("Ce que lit un collègue qui ne partage aucune communauté avec vous."),
        "invite": _(
            "Ce que lit une personne invitée dans une de vos communautés. Elle voit aussi ce que vous avez choisi de "
            "montrer là où elle est invitée, et rien d’ailleurs."
        ),
    }
    tabs = [(words[each], reverse("directory:seen_by", args=[each]), each == who) for each in _EYES]
    return Eyes(sentences[who], tabs)
