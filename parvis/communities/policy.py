"""What the company allows of its communities."""

from parvis.communities.models import Policy


def policy() -> Policy:
    """As administrators set it; until then everybody founds, and nothing is secret. One query."""
    return Policy.objects.filter(pk=1).first() or Policy()
