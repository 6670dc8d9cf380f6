"""The request of a view behind the door: somebody is signed in (LoginRequiredMiddleware lets nobody else through)."""

from django.http import HttpRequest

from parvis.people.models import Person


class SignedIn(HttpRequest):
    user: Person
