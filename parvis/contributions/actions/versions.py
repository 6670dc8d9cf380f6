"""What open pages compare."""

from django.db.models import F

from parvis.contributions.models import Contribution


def raise_version(contribution: Contribution) -> None:
    """Of the publication, whatever changed under it: live pages compare one number a card."""
    Contribution.objects.filter(pk__in={contribution.pk, contribution.root_id or contribution.pk}).update(
        version=F("version") + 1
    )


def raise_what_recommends(original: Contribution) -> None:
    """Their cards show the original."""
    Contribution.objects.filter(about=original).update(version=F("version") + 1)
