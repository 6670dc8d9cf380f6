"""HTTP of what was seen: pages tell it, nobody reads it."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from parvis.contributions import actions, opened
from parvis.kernel.limits import limited
from parvis.kernel.text import id_in
from parvis.people.signed_in import SignedIn


@require_POST
@limited("seen", per_minute=30)
def seen(request: SignedIn) -> HttpResponse:
    """What stood on the reader's screen, as ids: a page says it every few seconds, and when it is left. The answer is
    the same whatever they are."""
    # Not the whole of what a script may send: a long enough beginning of it.
    said = request.POST.get("ids", "")[: 20 * actions.MOST_AT_ONCE].split(",")
    actions.note_seen(person=request.user, ids=[pk for pk in map(id_in, said) if pk is not None])
    actions.note_opened(opened=opened.taken())
    return HttpResponse(status=204)
