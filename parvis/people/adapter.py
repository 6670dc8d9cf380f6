"""What allauth asks of a project: nobody signs up, names wait after failures, signing in is the act that activates."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest  # noqa: TID251  allauth hands its requests to its adapter
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from parvis.kernel.limits import client_address
from parvis.people import actions, rules

_MISMATCH = gettext_lazy("Le mot de passe et l’identifiant ne vont pas ensemble. Vérifiez-les, puis réessayez.")


class Door(DefaultAccountAdapter):
    """The same words and the same time whether or not anybody has the name that was typed."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "too_many_login_attempts": gettext_lazy("Trop d’essais à la suite. Attendez quelques minutes."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_safe_url(self, url: str) -> bool:
        """Only pages of the site one comes in by: allauth's own also leads to every name in ALLOWED_HOSTS."""
        here = self.request
        return url_has_allowed_host_and_scheme(url, {here.get_host()}, require_https=here.is_secure())

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        minutes = rules.minutes_to_wait(_typed(credentials))
        if minutes:
            raise ValidationError(
                ngettext(
                    "Trop d’essais à la suite. Attendez %(minutes)d minute, ou demandez un nouveau mot de passe.",
                    "Trop d’essais à la suite. Attendez %(minutes)d minutes, ou demandez un nouveau mot de passe.",
                    minutes,
                )
                % {"minutes": minutes}
            )
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        actions.count_failure(typed=_typed(credentials))

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> Any:
        """Only reached with the right password (see `views.entrance.sign_in`)."""
        raise ValidationError(said_to_suspended())

    def login(self, request: HttpRequest, user: Any) -> None:
        """Django's own, then the act of coming in, the first time; failures under that name are forgotten."""
        super().login(request, user)
        request.session.pop("closed", None)
        actions.forget_failures(person=user)
        actions.activate(person=user)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Parvis says what happened itself, with `tell`."""


def said_to_suspended() -> str:
    return _(
        "Votre accès est suspendu. Ce que vous avez écrit est gardé. "
        "Pour en parler, adressez-vous à votre responsable ou à la personne qui administre ce réseau."
    )


def _typed(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")
