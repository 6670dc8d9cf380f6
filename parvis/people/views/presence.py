"""What I say of the moment: one page, and one POST from anywhere."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.kernel.limits import limited
from parvis.kernel.web import tell
from parvis.kernel.web.back import back
from parvis.people import actions
from parvis.people.forms import PresenceForm
from parvis.people.models import Person, Presence
from parvis.people.presence import in_words, own_presence
from parvis.people.views.door import form_page

_SALT = "parvis.presence"


@form_page
@limited("presence", per_minute=30)
def presence(request: HttpRequest) -> HttpResponse:
    person = request.user
    assert isinstance(person, Person)
    form = PresenceForm(request.POST if request.method == "POST" else None, initial=_as_said(person))
    undo = _saying_again(person)
    if request.method == "POST" and form.is_valid():
        try:
            said = actions.declare_presence(
                person=person,
                state=Presence.State(form.cleaned_data["state"]),
                until=form.until(),
                word=form.cleaned_data["word"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            tell(
                request,
                _("Les autres lisent : « %(words)s ».") % {"words": in_words(said)},
                undo=undo,
            )
            return back(request, reverse("people:presence"))
    context = {"form": form, "said": own_presence(person.pk)}
    return render(request, "people/presence.html", context, status=422 if form.errors else 200)


def _as_said(person: Person) -> dict[str, Any]:
    """The form opens on what holds, or on the most ordinary thing to say."""
    said = own_presence(person.pk)
    if said is None:
        return {"state": Presence.State.AVAILABLE.value, "end": "evening"}
    if said.until is None:
        return {"state": said.state, "end": PresenceForm.OPEN, "word": said.word}
    here = timezone.localtime(said.until)
    return {"state": said.state, "end": PresenceForm.DAY, "day": here.date(), "hour": here.time(), "word": said.word}


@require_POST
def say_nothing(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    undo = _saying_again(request.user)
    actions.say_nothing(person=request.user)
    tell(request, _("Vous ne dites plus rien du moment."), undo=undo)
    return back(request, reverse("people:presence"))


def _saying_again(person: Person) -> str:
    """The address that undoes a change: what is said now, signed for this person, for an hour."""
    said = own_presence(person.pk)
    if said is None:
        return reverse("people:say_nothing")
    until = said.until.isoformat() if said.until else ""
    kept = signing.dumps([person.pk, said.state, until, said.word], salt=_SALT, compress=True)
    return f"{reverse('people:say_again')}?{urlencode({'dit': kept})}"


@require_POST
def say_again(request: HttpRequest) -> HttpResponse:
    """What was said before it was changed. What has ended meanwhile says nothing any more."""
    assert isinstance(request.user, Person)
    try:
        person_id, state, until, word = signing.loads(request.GET.get("dit", ""), salt=_SALT, max_age=3600)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    if person_id != request.user.pk:
        raise Http404
    ends = datetime.fromisoformat(until) if until else None
    if ends is not None and ends <= timezone.now():
        actions.say_nothing(person=request.user)
    else:
        actions.declare_presence(person=request.user, state=Presence.State(state), until=ends, word=word)
    return back(request, reverse("people:presence"))
