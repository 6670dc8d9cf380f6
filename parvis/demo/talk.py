"""All that is said in one place: publications told once, situations told several times, and their answers."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from parvis.demo import hours
from parvis.demo.cast import SHIFTS, Somebody
from parvis.demo.dice import dice, in_turns
from parvis.demo.network import SPAN, Contributed, Impossible, days_here, somebody, talkativeness, was_there
from parvis.demo.reading import ANYBODY, AUTHOR, Publication, Said, Situation, Telling, Texts, When
from parvis.demo.wording import tongue_of, worded

_THREADS_OF_A_SITUATION = (0, 1, 1, 2, 2, 3, 3, 4)
_CHORUS = (0, 0, 0, 1, 1, 2)


def named(threads: Sequence[Said]) -> Iterator[Somebody]:
    for thread in threads:
        for said in (thread, *thread.replies):
            if said.who not in (ANYBODY, AUTHOR):
                yield somebody(said.who)


class Talk:
    """All that is said in one place."""

    def __init__(
        self, key: str, texts: Texts, members: list[Somebody], now: datetime, age: timedelta, seed: str
    ) -> None:
        self.key, self.texts, self.members, self.now, self.age, self.seed = key, texts, members, now, age, seed
        self.weights = {person: talkativeness(person, seed) for person in members}
        self.chorus = in_turns(texts.chorus, dice(seed, key, "chorus"))

    def all(self) -> Iterator[Contributed]:
        for index, publication in enumerate(self.texts.publications):
            yield from self._told_once(publication, dice(self.seed, self.key, "publication", index))
        for index, situation in enumerate(self.texts.situations):
            yield from self._told_often(situation, dice(self.seed, self.key, "situation", index))

    def _told_once(self, publication: Publication, rng: Random) -> Iterator[Contributed]:
        author = somebody(publication.author)
        most = min(days_here(person) for person in (author, *named(publication.threads)))
        if publication.when.days is not None and publication.when.days > most:
            raise Impossible(f"« {publication.telling.title} » ({self.key}) is older than somebody who speaks there")
        at = self._moment(publication.when, author, min(self.age.days, most) - 3, rng)
        yield from self._thread(
            author, publication.telling, {}, publication.language, at, publication.threads, rng, publication.is_popular
        )

    def _told_often(self, situation: Situation, rng: Random) -> Iterator[Contributed]:
        authors = [somebody(author) for author in situation.authors]
        tellings = in_turns(list(range(len(situation.tellings))), rng)
        words = {name: in_turns(list(choices), rng) for name, choices in situation.words.items()}
        writers = in_turns(authors, rng)
        threads = in_turns(list(situation.threads), rng)
        moments = sorted(self._any_day(rng) for _telling in range(situation.count))
        for day in moments:
            author = next(person for person in writers if (self.now.date() - day).days < days_here(person))
            at = hours.some_moment(author, hours.last_working_day(author, day), rng)
            at = min(at, hours.latest_moment(author, self.now - timedelta(minutes=rng.randint(50, 300)), rng))
            number = next(tellings)
            chosen = {
                name: next(word for word in choices if not word.startswith(author.given_name))
                for name, choices in words.items()
            }
            suited = [
                thread
                for thread, _try in zip(threads, range(len(situation.threads)), strict=False)
                if not thread.suits or number + 1 in thread.suits
            ]
            suited = [thread for thread in suited if thread.who in "*=" or somebody(thread.who) != author]
            wanted = rng.choice(_THREADS_OF_A_SITUATION)
            yield from self._thread(
                author, situation.tellings[number], chosen, situation.language, at, suited[:wanted], rng
            )

    def _thread(
        self,
        author: Somebody,
        telling: Telling,
        words: dict[str, str],
        language: str,
        at: datetime,
        threads: Sequence[Said],
        rng: Random,
        is_popular: bool = False,
    ) -> Iterator[Contributed]:
        def in_words(text: str) -> str:
            return worded(text, words, author=author, at=at, language=language)

        root = Contributed(self.key, author, in_words(telling.title), in_words(telling.text), language, at)
        yield root
        spoke = {author}
        before = at
        left = sum(1 + len(thread.replies) for thread in threads)
        for thread in threads:
            person = self._who(thread.who, author, at, spoke, rng)
            before = self._later(before, person, thread.after, left, rng)
            comment = self._comment(root, root, person, in_words(thread.text), before)
            yield comment
            spoke.add(person)
            left -= 1
            for reply in thread.replies:
                answering = self._who(reply.who, author, at, spoke, rng)
                before = self._later(before, answering, reply.after, left, rng)
                yield self._comment(root, comment, answering, in_words(reply.text), before)
                spoke.add(answering)
                left -= 1
        for _short in range(rng.choice(_CHORUS) + (1 if is_popular else 0)):
            person = self._who(ANYBODY, author, at, spoke, rng)
            if person in spoke:
                return
            before = self._later(before, person, None, 1, rng)
            yield self._comment(root, root, person, in_words(next(self.chorus)), before)
            spoke.add(person)

    def _comment(
        self, root: Contributed, parent: Contributed, person: Somebody, text: str, at: datetime
    ) -> Contributed:
        return Contributed(self.key, person, "", text, tongue_of(text, root.language), at, root, parent)

    def _who(self, who: str, author: Somebody, at: datetime, spoke: set[Somebody], rng: Random) -> Somebody:
        if who == AUTHOR:
            return author
        if who != ANYBODY:
            return somebody(who)
        free = [
            person
            for person in self.members
            if person not in spoke and not person.is_guest and was_there(person, at, self.now)
        ]
        near = [person for person in free if person.site == author.site] or free
        if not near:
            return author
        # Neighbours answer four times out of five.
        pool = near if rng.random() < 0.8 else free
        return rng.choices(pool, [self.weights[person] for person in pool])[0]

    def _later(self, before: datetime, person: Somebody, after: timedelta | None, left: int, rng: Random) -> datetime:
        """When somebody answers: soon, at work; squeezed into what remains when the publication is recent."""
        room = self.now - timedelta(seconds=40) - before
        delay = after or timedelta(minutes=rng.lognormvariate(3.9, 1.2))
        at = hours.next_moment(person, before + delay, rng)
        if at - before < room - timedelta(minutes=5 * left):
            return at
        return before + room * rng.uniform(0.35, 0.75) / max(left, 1)

    def _moment(self, when: When, author: Somebody, most: int, rng: Random) -> datetime:
        if when.ago is not None:
            at = self.now - when.ago
            if hours.works_at(author, at):
                return at
            # Some of what is fresh stays fresh outside the hours of its author, so that a Saturday is not silent.
            is_kept = hours.is_awake(at) and (author.rhythm in SHIFTS or rng.random() < 0.4)
            return at if is_kept else hours.latest_moment(author, at, rng)
        if when.days is not None:
            day = self.now.date() - timedelta(days=when.days)
        elif when.month is not None:
            day = self._day_of(when.month, most, rng)
        else:
            day = self._any_day(rng, most)
        at = hours.some_moment(author, hours.last_working_day(author, day), rng)
        return at if at < self.now else hours.latest_moment(author, self.now - timedelta(hours=1), rng)

    def _day_of(self, month: int, most: int, rng: Random) -> date:
        days = [self.now.date() - timedelta(days=ago) for ago in range(15, max(most, 16))]
        of_month = [day for day in days if day.month == month]
        return rng.choice(of_month) if of_month else self._any_day(rng, most)

    def _any_day(self, rng: Random, most: int = 10_000) -> date:
        """The network grew slowly, August is quiet, and the last days are well furnished."""
        most = max(2, min(most, self.age.days))
        while True:
            ago = rng.randrange(0, most)
            day = self.now.date() - timedelta(days=ago)
            likely = hours.liveliness(self.members[0], day) * (1.0 - 0.55 * ago / SPAN.days)
            if ago > 12:
                likely *= 0.6
            if rng.random() < likely:
                return day
