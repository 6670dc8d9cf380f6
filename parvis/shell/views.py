"""Finding, help, the language, and the pages the law and good manners ask for."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.people.actions import change_own_settings
from parvis.people.models import Person
from parvis.shell.queries import found


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """The whole page, or the list of hits alone for the dialog."""
    assert isinstance(request.user, Person)
    is_fragment = request.headers.get("HX-Request") == "true"
    context = {"found": found(words=request.GET.get("q", ""), person=request.user), "is_fragment": is_fragment}
    return render(request, "shell/_hits.html" if is_fragment else "shell/find.html", context)


@require_POST
@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """Keeps the language asked for: on this device, and with the person when somebody is signed in."""
    language = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=here, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, Person):
            change_own_settings(person=request.user, language=language)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return answer


def _text(request: HttpRequest, name: str, title: str) -> HttpResponse:
    """A long text exists once in each language rather than cut into messages."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return render(
        request,
        "shell/text.html",
        {
            "text": f"shell/texts/{name}.{language}.html",
            "title": title,
            "site": settings.PARVIS_URL,
            "unfinished": True,
        },
    )


@require_GET
@login_not_required
def legal_notice(request: HttpRequest) -> HttpResponse:
    return _text(request, "legal_notice", _("Mentions légales"))


@require_GET
@login_not_required
def personal_data(request: HttpRequest) -> HttpResponse:
    return _text(request, "personal_data", _("Données personnelles"))


@require_GET
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return _text(request, "accessibility", _("Accessibilité"))


@require_GET
@login_not_required
def company_view(request: HttpRequest) -> HttpResponse:
    return _text(request, "company_view", _("Ce que l’entreprise voit"))


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/help.html")


@require_GET
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/offline.html")
