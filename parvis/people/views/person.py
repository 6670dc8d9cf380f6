"""Somebody's face, as far as the reader may see that person."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from parvis.kernel.files.views import send
from parvis.people import queries
from parvis.people.actions import PHOTO_SIDES
from parvis.people.models import Person
from parvis.people.sign_in import offers


@require_GET
@login_not_required
def photo(request: HttpRequest, person_id: int, side: int) -> HttpResponseBase:
    """The face, for those who may see the person; at the door, of those whom the sign-in page offers.

    Addresses carry the photo's id, so that each is kept for ever.
    """
    if isinstance(request.user, Person):
        face = queries.photo_of(person_id=person_id, scope=request.user.scope())
    else:
        face = next((offer.person for offer in offers(request) if offer.person.pk == person_id), None)
        if face is None:
            return redirect_to_login(request.get_full_path())
    if face is None or face.photo is None or side not in PHOTO_SIDES:
        raise Http404
    return send(face.photo, side=side, for_ever=request.META.get("QUERY_STRING") == str(face.photo_id))
