"""`parvis create_administrator`: the first person of a network, or one more who keeps it."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from parvis.people import actions
from parvis.people.jobs import address_of
from parvis.people.models import Person


class Command(BaseCommand):
    help = (
        "Makes somebody an administrator: somebody new, or (by identifier) somebody of the directory. Asks for what "
        "is not given; without a terminal, prints a one-use way to choose the password."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--identifier", help="what they type to sign in")
        parser.add_argument("--name")
        parser.add_argument("--mail", help="their address, if they have one")
        parser.add_argument("--no-input", action="store_true", help="ask nothing")

    def handle(
        self, *, identifier: str | None, name: str | None, mail: str | None, no_input: bool, **options: Any
    ) -> None:
        self.may_ask = sys.stdin.isatty() and not no_input
        with translation.override(settings.PARVIS_LANGUAGE):
            try:
                self._create(identifier, name, mail)
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from refusal

    def _create(self, identifier: str | None, name: str | None, mail: str | None) -> None:
        identifier = (identifier or self._ask(_("Identifiant"), "--identifier")).strip().lower()
        person = Person.objects.active().filter(identifier=identifier).first()
        if person is None:
            name = name or self._ask(_("Nom"), "--name")
            mail = mail or (self._ask(_("Adresse mail (facultatif)"), "") if self.may_ask else None)
            person = actions.add_person(identifier=identifier, name=name, mail=mail, is_administrator=True)
        else:
            actions.change_entry(person=person, is_administrator=True)
        self.stdout.write(_("%(name)s administre maintenant le réseau.") % {"name": person.name})
        if person.activated_at is None:
            self._open_the_door(person)

    def _open_the_door(self, person: Person) -> None:
        """A password typed here, or a way to choose one that serves once."""
        if self.may_ask and self._took_a_password(person):
            address = f"{settings.PARVIS_URL}{settings.LOGIN_URL}"
            self.stdout.write(_("Entrez par %(address)s") % {"address": address})
            return
        with transaction.atomic():
            if person.mail:
                link = address_of(actions.invite_by_mail(person=person, by=None))
                said = _("Pour choisir son mot de passe, une seule fois : %(link)s") % {"link": link}
            else:
                code = actions.make_paper_code(person=person, by=None)
                address = f"{settings.PARVIS_URL}{reverse('people:paper_code')}"
                said = _("Pour choisir son mot de passe, une seule fois : %(address)s avec le code %(code)s") % {
                    "address": address,
                    "code": code,
                }
        self.stdout.write(said)

    def _took_a_password(self, person: Person) -> bool:
        """Asks until it is good enough, twice the same, or left empty."""
        while password := getpass(_("Mot de passe (vide pour recevoir un lien) : ")):
            if password != getpass(_("Encore une fois : ")):
                self.stderr.write(_("Les deux ne sont pas les mêmes."))
                continue
            try:
                actions.set_first_password(person=person, password=password)
                return True
            except ValidationError as refusal:
                self.stderr.write(" ".join(refusal.messages))
        return False

    def _ask(self, what: str, flag: str) -> str:
        if not self.may_ask:
            raise CommandError(_("Il manque %(flag)s.") % {"flag": flag})
        return input(_("%(what)s : ") % {"what": what}).strip()
