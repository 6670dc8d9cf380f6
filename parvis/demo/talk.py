"""All that is said in one place: publications told once, situations told several times, and their answers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from operator import itemgetter
from random import Random

from parvis.demo import hours
from parvis.demo.cast import SHIFTS, Somebody, by_handle
from parvis.demo.dice import dice, in_turns
from parvis.demo.network import SPAN, Contributed, Impossible, days_here, somebody, talkativeness, was_there
from parvis.demo.reading import ANYBODY, AUTHOR, Publication, Said, Situation, Telling, Texts, When
from parvis.demo.wording import calling, tagged, tongue_of, worded
from parvis.kernel.text import slugged

_THREADS_OF_A_SITUATION = (0, 1, 1, 2, 2, 3, 3, 4)
# How often somebody of the same site answers, where sites mix.
_NEIGHBOURS = 0.8
_CHORUS = (0, 0, 0, 1, 1, 2)


def _next(things: Iterator[Said], count: int) -> list[Said]:
    """As many of those that come in turns, each once: the first heard is the one that was heard longest ago."""
    return list(dict.fromkeys(islice(things, count)))


def named(threads: Sequence[Said]) -> Iterator[Somebody]:
    for thread in threads:
        for said in (thread, *thread.replies):
            if said.who not in (ANYBODY, AUTHOR):
                yield somebody(said.who)


class Talk:
    """All that is said in one place."""

    def __init__(
        self,
        key: str,
        texts: Texts,
        members: list[Somebody],
        *,
        insiders: Sequence[Somebody],
        is_local: bool,
        topics: Sequence[str],
        now: datetime,
        age: timedelta,
        seed: str,
    ) -> None:
        # Those who know what it is about, for comments; anybody of the place, for short words.
        self.key, self.texts, self.members, self.insiders, self.topics = key, texts, members, insiders, topics
        self.is_local, self.now, self.age, self.seed = is_local, now, age, seed
        self.callable = {person.given_name: person for person in members if slugged(person.given_name) in by_handle()}
        self.weights = {person: talkativeness(person, seed) for person in members}
        self.rng = dice(seed, key, "calls")
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
        told: set[str] = set()
        for moment, author in sorted(self._moments(situation.count, writers, rng), key=itemgetter(0)):
            number, chosen = self._not_told_yet(situation, tellings, words, author, told)
            if number is None:
                continue
            telling = situation.tellings[number]
            at = self._between(telling.between, author, moment, rng) if telling.between else moment
            suited = [
                thread
                for thread in _next(threads, len(situation.threads))
                if (not thread.suits or number + 1 in thread.suits)
                and (thread.who in (ANYBODY, AUTHOR) or somebody(thread.who) != author)
            ]
            wanted = rng.choice(_THREADS_OF_A_SITUATION)
            yield from self._thread(author, telling, chosen, situation.language, at, suited[:wanted], rng)

    def _not_told_yet(
        self,
        situation: Situation,
        tellings: Iterator[int],
        words: dict[str, Iterator[str]],
        author: Somebody,
        told: set[str],
    ) -> tuple[int | None, dict[str, str]]:
        """A telling and its words that make a text not read here before; no telling when all was said."""
        for _attempt in range(3 * len(situation.tellings)):
            number = next(tellings)
            chosen = {
                name: next(word for word in choices if not word.startswith(author.given_name))
                for name, choices in words.items()
            }
            text = situation.tellings[number].text
            for name, word in chosen.items():
                text = text.replace(f"{{{name}}}", word)
            if text not in told:
                told.add(text)
                return number, chosen
        return None, {}

    def _moments(self, count: int, writers: Iterator[Somebody], rng: Random) -> Iterator[tuple[datetime, Somebody]]:
        for _telling in range(count):
            day = self._any_day(rng)
            author = next(person for person in writers if (self.now.date() - day).days < days_here(person))
            at = hours.some_moment(author, hours.last_working_day(author, day), rng)
            yield min(at, hours.latest_moment(author, self.now - timedelta(minutes=rng.randint(50, 300)), rng)), author

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

        text = tagged(in_words(telling.text), self.topics, rng)
        root = Contributed(self.key, author, in_words(telling.title), text, language, at)
        yield root
        spoke = {author}
        before = at
        left = sum(1 + len(thread.replies) for thread in threads)
        for thread in threads:
            person = self._who(thread.who, root, spoke, rng, self.insiders)
            before = self._later(before, person, thread.after, left, rng)
            comment = self._comment(root, root, person, in_words(thread.text), before)
            yield comment
            spoke.add(person)
            left -= 1
            for reply in thread.replies:
                answering = self._who(reply.who, root, spoke, rng, self.insiders)
                before = self._later(before, answering, reply.after, left, rng)
                yield self._comment(root, comment, answering, in_words(reply.text), before)
                spoke.add(answering)
                left -= 1
        for _short in range(rng.choice(_CHORUS) + (1 if is_popular else 0)):
            person = self._who(ANYBODY, root, spoke, rng, self.members)
            if person in spoke:
                return
            before = self._later(before, person, None, 1, rng)
            short = next((line for line in islice(self.chorus, 20) if self._would_say(person, line)), "")
            if short:
                yield self._comment(root, root, person, in_words(short), before)
            spoke.add(person)

    def _comment(
        self, root: Contributed, parent: Contributed, person: Somebody, text: str, at: datetime
    ) -> Contributed:
        language = tongue_of(text, root.language)
        text = calling(text, self.callable, person, self.rng)
        return Contributed(self.key, person, "", text, language, at, root, parent)

    def _would_say(self, person: Somebody, line: str) -> bool:
        """In one's own language; both are heard in Québec."""
        return self.key == "quebec" or tongue_of(line, person.language) == person.language

    def _who(
        self, who: str, root: Contributed, spoke: set[Somebody], rng: Random, among: Sequence[Somebody]
    ) -> Somebody:
        if who == AUTHOR:
            return root.author
        if who != ANYBODY:
            return somebody(who)
        free = [
            person
            for person in among
            if person not in spoke
            and not person.is_guest
            and was_there(person, root.at, self.now)
            and (person.language == "fr" or root.language == "en" or self.key == "quebec")
        ]
        near = [person for person in free if person.site == root.author.site] or free
        if not near:
            return root.author
        pool = near if self.is_local or rng.random() < _NEIGHBOURS else free
        return rng.choices(pool, [self.weights[person] for person in pool])[0]

    def _later(self, before: datetime, person: Somebody, after: timedelta | None, left: int, rng: Random) -> datetime:
        """When somebody answers: soon, at work; squeezed into what remains when the publication is recent."""
        room = self.now - timedelta(seconds=40) - before
        delay = after or timedelta(minutes=rng.lognormvariate(3.9, 1.2))
        at = hours.next_moment(person, before + delay, rng)
        if at - before < room - timedelta(minutes=5 * left):
            return at
        return before + room * rng.uniform(0.35, 0.75) / max(left, 1)

    def _between(self, between: tuple[float, float], author: Somebody, at: datetime, rng: Random) -> datetime:
        day = at.astimezone(hours.zone_of(author)).date()
        return hours.moment_between(author, day, between, before=self.now - timedelta(minutes=15), rng=rng)

    def _moment(self, when: When, author: Somebody, most: int, rng: Random) -> datetime:
        if when.between:
            return self._between(
                when.between, author, self._moment(replace(when, between=None), author, most, rng), rng
            )
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
