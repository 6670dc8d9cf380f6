"""Somebody's page, as far as the reader may see that person."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from parvis.people import queries, rules
from parvis.people.signed_in import SignedIn


@require_GET
def person(request: SignedIn, person_id: int) -> HttpResponse:
    page = queries.person_page(person_id=person_id, reader=request.user)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "person": page.person,
        "may_give_access": rules.may_give_access(request.user, page.person),
    }
    return render(request, "directory/person.html", context)
