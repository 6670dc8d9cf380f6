"""HTTP of the home: the feed, or a newcomer's first page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from parvis.contributions import followed
from parvis.home import actions, queries
from parvis.kernel.pagination import Cursor
from parvis.kernel.web.dates import today_in_words
from parvis.people.signed_in import SignedIn
from parvis.people.suggestions import suggestion_for


@require_safe
def feed(request: SignedIn) -> HttpResponse:
    """Newest first, of what one belongs to and follows. A newcomer finds a letter instead (`?vue=fil` skips it)."""
    if request.GET.get("vue") != "fil" and "avant" not in request.GET and queries.is_new_here(request.user):
        # The first small act is a photo; then one thing at a time.
        suggestion = suggestion_for(request.user) if request.user.photo_id else None
        letter = {"welcome": queries.welcome(request.user), "suggestion": suggestion}
        return render(request, "home/newcomer.html", letter)
    scope = queries.feed_scope(request.user)
    page = followed.feed(request.user, scope, before=Cursor.read(request.GET.get("avant")))
    beside = queries.beside(request.user)
    context = {
        "page": page,
        **queries.heard(request.user, scope),
        "today": today_in_words(),
        "for_you": beside.for_you,
        "to_answer": beside.to_answer,
    }
    return render(request, "home/feed.html", context)


@require_GET
def news(request: SignedIn) -> HttpResponse:
    """The cards that came after what the page shows."""
    since = Cursor.read(request.GET.get("since"))
    if since is None:
        raise Http404
    page = followed.news(request.user, queries.feed_scope(request.user), since=since)
    return render(request, "wall/_news.html", {"page": page})


@require_POST
def know_the_place(request: SignedIn) -> HttpResponse:
    actions.know_the_place(person=request.user)
    return redirect("home:feed")
