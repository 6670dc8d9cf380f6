"""Who reacted to what, with which word."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from parvis.demo import hours
from parvis.demo.cast import Somebody
from parvis.demo.dice import dice, some
from parvis.demo.network import COMPANY, Contributed, Reacted, talkativeness, was_there

# How often each word is said: of a publication that thanks, and of any other.
_WORDS_OF_THANKS = {"like": 40, "thanks": 25, "bravo": 28, "support": 5, "useful": 1, "idea": 1}
_WORDS = {"like": 46, "useful": 22, "thanks": 14, "bravo": 9, "support": 5, "idea": 4}
_MOST = 28


def react(
    contributed: Sequence[Contributed], readers: Mapping[str, Sequence[Somebody]], *, now: datetime, seed: str
) -> None:
    """Fills `reactions`, oldest first. `readers`: by place, those who may react there."""
    for index, one in enumerate(contributed):
        rng = dice(seed, "react", index)
        pool = [
            person
            for person in readers[one.place]
            if person is not one.author and person.writes and was_there(person, one.at, now)
        ]
        weights = [talkativeness(person, f"{seed}/react") for person in pool]
        for person in some(pool, weights, min(_how_many(one, rng), max(1, len(pool) * 2 // 3)), rng):
            at = hours.next_moment(person, one.at + timedelta(minutes=rng.lognormvariate(4.6, 1.4)), rng)
            if at >= now:
                at = one.at + (now - one.at) * rng.uniform(0.1, 0.95)
            one.reactions.append(Reacted(person, _word_for(one, rng), at))
        one.reactions.sort(key=lambda reaction: reaction.at)


def tally(reactions: Sequence[Reacted]) -> list[tuple[str, int]]:
    """How often each word was said, most first; at equality, the last said first."""
    newest = sorted(reactions, key=lambda reaction: reaction.at, reverse=True)
    return Counter(reaction.kind for reaction in newest).most_common()


def _how_many(one: Contributed, rng: Random) -> int:
    if one.root is not None:
        return 0 if rng.random() < 0.68 else rng.choice((1, 1, 1, 2, 2, 3, 5))
    return min(_MOST, int(rng.lognormvariate(1.2, 0.65)) + (3 if one.place == COMPANY else 0))


def _word_for(one: Contributed, rng: Random) -> str:
    title = one.title.lower()
    table = _WORDS_OF_THANKS if "merci" in title or title.startswith(("thank", "bravo")) else _WORDS
    return rng.choices(list(table), list(table.values()))[0]
