"""What no model of ours may carry."""

from django.apps import apps
from django.db import models

OURS = [model for model in apps.get_models() if model.__module__.startswith("parvis.")]


def test_no_model_has_a_hidden_order() -> None:
    """`Meta.ordering` sorts every query, also those that only count; who wants an order says so."""
    assert OURS
    assert not [model.__name__ for model in OURS if model._meta.ordering]


def test_no_relation_is_generic() -> None:
    """A generic foreign key has no constraint and no index of its own: contributions are the one thing to hang on."""
    assert not [model.__name__ for model in OURS if model._meta.private_fields]


def test_deleting_a_person_never_takes_what_they_wrote() -> None:
    from parvis.contributions.models import Contribution

    author = Contribution._meta.get_field("author")
    assert isinstance(author, models.ForeignKey)
    assert author.remote_field.on_delete is models.PROTECT
