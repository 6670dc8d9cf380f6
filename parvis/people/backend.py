"""Who has that name and that password: one look-up, one hash, whether or not anybody has the name."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from parvis.people.models import Person
from parvis.people.queries import person_at_the_door
from parvis.people.sessions import person_signed_in


class ByIdentifierOrMail(AuthenticationBackend):
    """allauth's own tries a mail twice, which takes twice the time and so tells that somebody has it."""

    def _authenticate(self, request: Any, **credentials: Any) -> AbstractBaseUser | None:
        typed = str(credentials.get("username") or credentials.get("email") or "")
        return self._check_password(person_at_the_door(typed), credentials.get("password") or "")

    def get_user(self, user_id: int) -> Person | None:
        person = person_signed_in(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
