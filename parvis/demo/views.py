"""The door of the demonstration: one click and one is somebody else."""

from allauth.account.utils import get_next_redirect_url, perform_login
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from parvis.demo.personas import persona
from parvis.people.actions import change_own_settings


@login_not_required
@require_POST
def enter(request: HttpRequest, identifier: str) -> HttpResponse:
    person = persona(identifier)
    if person is None:
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    # Somebody invented speaks the language of whoever tries them.
    spoken = (get_language() or person.language)[:2]
    if spoken != person.language:
        change_own_settings(person=person, language=spoken)
    after = get_next_redirect_url(request) or "/"
    answer: HttpResponse = perform_login(request, person, email_verification="none", redirect_url=after)
    return answer
