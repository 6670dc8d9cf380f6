"""The words of people's names, by whose beginning one finds them."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Lookup

from parvis.people.models.person import Person
from parvis.people.names import LONGEST_WORD, words_of

CHUNK = 2000
_LAST = "\U0010ffff"


class NameWord(models.Model):
    """One word of one name. Written with the name, by whoever writes it; ids only grow (names.py reads on by them)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_words")
    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "word"], name="name_word_once")]
        indexes = [
            # Everybody whose name has a word that begins so; PostgreSQL compares letter by letter, in any locale.
            models.Index(fields=["word", "person"], name="name_word", opclasses=["varchar_pattern_ops", "int8_ops"]),
        ]


@models.CharField.register_lookup
class Begins(Lookup):
    """`word__begins="jer"`: the same letters at the beginning, as a range of an index on both engines."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return self._range(compiler, connection, ">=", "<")

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self._range(compiler, connection, "~>=~", "~<~")

    def _range(self, compiler: Any, connection: Any, least: str, below: str) -> Any:
        column, params = self.process_lhs(compiler, connection)
        return (
            f"({column} {least} %s AND {column} {below} %s)",
            [*params, self.rhs, *params, f"{self.rhs}{_LAST}"],
        )


def keep_words(people: Iterable[Person], *, are_new: bool = False) -> None:
    """Makes the words of these names those that are written down. One query when nothing changed; for new people, as
    many writes as they need."""
    wanted = {(person.pk, word) for person in people for word in words_of(person.name)}
    if not are_new:
        kept = {
            (word.person_id, word.word): word.pk
            for word in NameWord.objects.filter(person__in=[person.pk for person in people])
        }
        gone = [pk for said, pk in kept.items() if said not in wanted]
        if gone:
            NameWord.objects.filter(pk__in=gone).delete()
        wanted -= kept.keys()
    if wanted:
        rows = [NameWord(person_id=person_id, word=word) for person_id, word in sorted(wanted)]
        NameWord.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=are_new)
