"""Parts of addresses."""

from parvis.contributions.models import Reaction


class ReactionKindConverter:
    regex = "|".join(Reaction.Kind.values)

    def to_python(self, value: str) -> Reaction.Kind:
        return Reaction.Kind(value)

    def to_url(self, kind: str) -> str:
        return str(kind)
