"""« Mes abonnements », a tab of one’s own page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.directory.queries.subscriptions import subscriptions_of
from parvis.kernel.text import id_in
from parvis.people.signed_in import SignedIn


@require_safe
def subscriptions(request: SignedIn) -> HttpResponse:
    found = subscriptions_of(request.user, after_id=id_in(request.GET.get("apres", "")) or 0)
    return render(request, "directory/subscriptions.html", {"mine": found})
