"""Coming in and going out: sign-in, invitation, code on paper, forgotten password."""

from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.kernel.web import tell
from parvis.people import actions, passwords, rules
from parvis.people.adapter import said_to_suspended
from parvis.people.forms import ForgottenForm, NewPasswordForm, PaperCodeForm, SignInForm
from parvis.people.models import EntryPass, Person
from parvis.people.sign_in import offers

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """By mail or identifier and password. The answer to a wrong pair never says which of the two is wrong."""
    after = get_next_redirect_url(request)
    if request.headers.get("HX-Request") == "true":
        # A fragment of a page whose reader is no longer signed in: the whole page goes to the door, and comes back.
        page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        return HttpResponse(headers={"HX-Redirect": f"{reverse('account_login')}?{urlencode({'next': page})}"})
    if request.user.is_authenticated:
        return redirect(after or "/")
    form = SignInForm(request.POST if request.method == "POST" else None, request=request)
    status = 200
    if request.method == "POST":
        status = 422
        if not ratelimit.consume(request, action="login"):
            form.add_error(None, _("Trop d’essais d’un coup depuis ce réseau. Attendez une minute."))
            status = 429
        elif form.is_valid():
            if form.user.is_active:
                answer: HttpResponse = form.login(request, redirect_url=after)
                return answer
            form.add_error(None, said_to_suspended())
    context = {"form": form, "next": after or "", "offers": offers(request), "closed": _why_closed(request)}
    return render(request, "account/login.html", context, status=status)


def _why_closed(request: HttpRequest) -> str:
    """One sentence to somebody whose session was closed from elsewhere."""
    sentences = {
        actions.CLOSED_BY_SUSPENSION: said_to_suspended(),
        actions.CLOSED_ELSEWHERE: _("Cette session a été fermée depuis un autre appareil."),
        actions.CLOSED_BY_NEW_PASSWORD: _("Votre mot de passe a changé\u00a0: entrez avec le nouveau."),
    }
    return sentences.get(request.session.get("closed", ""), "")


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, Person):
        session = UserSession.objects.filter(session_key=request.session.session_key or "").first()
        if session is not None:
            actions.end_session(person=request.user, session_id=session.pk)
    get_adapter().logout(request)
    tell(request, _("Votre session est fermée. À bientôt."))
    return redirect("account_login")


@form_page
@login_not_required
@never_cache
@sensitive_post_parameters("password")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter. Looking at it (a mail scanner does) uses nothing up."""
    try:
        return _choose_password(request, rules.way_in(token, EntryPass.Way.MAIL))
    except rules.WayInRefused as refusal:
        return _closed(request, refusal, EntryPass.Way.MAIL)


@form_page
@login_not_required
@never_cache
def paper_code(request: HttpRequest) -> HttpResponse:
    """First step: the code. It is good until a password is chosen, so that a flat battery loses nothing."""
    form = PaperCodeForm(request.POST if request.method == "POST" else None, label_suffix="")
    status = 200
    if request.method == "POST":
        status = 422
        if not ratelimit.consume(request, action="paper_code"):
            form.add_error(None, _("Trop d’essais d’un coup depuis ce réseau. Attendez une minute."))
            status = 429
        elif form.is_valid():
            try:
                found = rules.way_in(form.cleaned_data["code"], EntryPass.Way.PAPER)
            except rules.WayInRefused as refusal:
                if refusal.reason != refusal.UNKNOWN:
                    return _closed(request, refusal, EntryPass.Way.PAPER)
                form.add_error("code", _("Ce code n’ouvre rien. Vérifiez chaque signe, puis réessayez."))
            else:
                request.session["way_in"] = found.sha256
                return redirect("people:choose_password")
    return render(request, "people/paper_code.html", {"form": form}, status=status)


@form_page
@login_not_required
@never_cache
@sensitive_post_parameters("password")
def choose_password(request: HttpRequest) -> HttpResponse:
    """Second step after a code on paper."""
    kept = request.session.get("way_in")
    if not kept:
        return redirect("people:paper_code")
    try:
        return _choose_password(request, rules.usable(EntryPass.objects.filter(sha256=kept)))
    except rules.WayInRefused as refusal:
        return _closed(request, refusal, EntryPass.Way.PAPER)


def _choose_password(request: HttpRequest, way_in: EntryPass) -> HttpResponse:
    form = NewPasswordForm(request.POST if request.method == "POST" else None, label_suffix="")
    strength = None
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        try:
            person = actions.enter_with(entry_pass=way_in, password=password)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            strength = passwords.strength_of(password, passwords.known_of(way_in.person))
        else:
            request.session.flush()
            answer: HttpResponse = perform_login(request, person, email_verification="none", redirect_url="/")
            return answer
    context = {
        "form": form,
        "person": way_in.person,
        "is_first_time": way_in.person.activated_at is None,
        "strength": strength,
        "min_bits": passwords.MIN_BITS,
        "advice": passwords.advice(),
    }
    return render(request, "people/choose_password.html", context, status=422 if form.errors else 200)


def _closed(request: HttpRequest, refusal: rules.WayInRefused, way: EntryPass.Way) -> HttpResponse:
    """What is wrong with a code or a link, and what to do: never the same blank page for all."""
    context = {"reason": refusal.reason, "is_paper": way == EntryPass.Way.PAPER}
    return render(request, "people/way_in_closed.html", context, status=410)


@form_page
@login_not_required
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Says the same whether or not somebody has that name; the letter leaves after the answer, from the queue."""
    form = ForgottenForm(request.POST if request.method == "POST" else None, label_suffix="")
    status = 200
    if request.method == "POST":
        status = 422
        if not ratelimit.consume(request, action="forgotten", key=request.POST.get("name", "").strip().lower()):
            form.add_error(None, _("Trop de demandes à la suite. Attendez quelques minutes."))
            status = 429
        elif form.is_valid():
            actions.ask_for_a_new_password(typed=form.cleaned_data["name"])
            return HttpResponseRedirect(reverse("people:forgotten_sent"))
    return render(request, "people/forgotten.html", {"form": form}, status=status)


@require_GET
@login_not_required
def forgotten_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "people/forgotten_sent.html")


@require_GET
@login_not_required
def invitation(request: HttpRequest) -> HttpResponse:
    """« J’ai reçu une invitation »: where the link is, and what to do without it."""
    return render(request, "people/invitation.html")
