"""The rows of what was said: publications, comments, reactions, mentions, topics, history."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.core.management.color import no_style
from django.db import connection, models

from parvis.contributions.declares import COMMENT
from parvis.contributions.models import Contribution, Mention, Reaction, Revision, Topic, TopicUse
from parvis.demo.dice import dice
from parvis.demo.marks import tally
from parvis.demo.network import Contributed, Plan
from parvis.demo.rows import insert
from parvis.kernel import richtext
from parvis.people.models import Person
from parvis.wall.actions import INFORMATION

_REVISED = 14
_LAST_SENTENCE = re.compile(r"(?<=[.!?…]) [^.!?…]+[.!?…]$")


def write_contributions(
    plan: Plan, people: Mapping[str, Person], audiences: Mapping[str, int], readers: Mapping[str, frozenset[int]]
) -> list[Contribution]:
    """In the order of time, so that ids follow it."""
    ids = {identifier: person.pk for identifier, person in people.items()}
    first = (Contribution.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
    number = {id(one): first + index for index, one in enumerate(plan.contributed)}
    under = _under(plan.contributed)
    rows: list[Contribution] = []
    mentions: list[Mention] = []
    topics: dict[str, str] = {}
    uses: list[tuple[str, Contribution, str]] = []
    for one in plan.contributed:
        here = {identifier: pk for identifier, pk in ids.items() if pk in readers[one.place]}
        text = richtext.tokenised(richtext.clean(one.text), here)
        rendered = richtext.render(text)
        row = _row(one, number, under, ids, audiences[one.place], text, rendered)
        rows.append(row)
        mentions += [
            Mention(contribution=row, audience_id=row.audience_id, person_id=pk) for pk in sorted(rendered.people)
        ]
        for key, name in sorted(rendered.topics.items()):
            topics.setdefault(key, name)
            uses.append((key, row, name))
    insert(rows)
    insert(mentions)
    named = {key: Topic(key=key, name=name) for key, name in topics.items()}
    insert(named.values())
    insert(
        TopicUse(
            topic=named[key],
            contribution=row,
            spelling=spelling,
            published_at=row.published_at if row.root_id is None else None,
        )
        for key, row, spelling in uses
    )
    insert(
        Reaction(
            contribution_id=number[id(one)],
            person_id=ids[reaction.person.identifier],
            kind=reaction.kind,
            reacted_at=reaction.at,
        )
        for one in plan.contributed
        for reaction in one.reactions
    )
    _move_the_sequence_on()
    return rows


def _row(
    one: Contributed,
    number: dict[int, int],
    under: dict[int, list[Contributed]],
    ids: dict[str, int],
    audience_id: int,
    text: str,
    rendered: richtext.Rendered,
) -> Contribution:
    comments = under.get(id(one), [])
    reactions = len(one.reactions) + sum(len(comment.reactions) for comment in comments)
    return Contribution(
        pk=number[id(one)],
        audience_id=audience_id,
        author_id=ids[one.author.identifier],
        kind=COMMENT.name if one.root else INFORMATION,
        family=Contribution.Family.COMMENT if one.root else Contribution.Family.PUBLICATION,
        root_id=number[id(one.root)] if one.root else None,
        parent_id=number[id(one.parent)] if one.parent else None,
        title=one.title,
        text=text,
        html=rendered.html,
        html_version=richtext.VERSION,
        language=one.language,
        origin=Contribution.Origin.DEMO,
        published_at=one.at,
        # One for the text and one for each change under it, as the acts would have counted.
        version=1 + len(comments) + reactions,
        comment_count=len(comments),
        last_exchange_at=max([one.at, *(comment.at for comment in comments)]),
        reaction_tally=" ".join(f"{kind}:{count}" for kind, count in tally(one.reactions)),
        recent_reactors=" ".join(str(ids[reaction.person.identifier]) for reaction in one.reactions[:-3:-1]),
    )


def _under(contributed: Sequence[Contributed]) -> dict[int, list[Contributed]]:
    under: dict[int, list[Contributed]] = defaultdict(list)
    for one in contributed:
        if one.root is not None:
            under[id(one.root)].append(one)
    return under


def write_revisions(plan: Plan, rows: Sequence[Contribution]) -> None:
    """Some publications had their last sentence added a while later; the history shows it."""
    rng = dice("revised")
    may = [row for row in rows if row.root_id is None and _LAST_SENTENCE.search(row.text)]
    revisions = []
    for row in rng.sample(may, min(_REVISED, len(may))):
        before = _LAST_SENTENCE.sub("", row.text)
        revisions.append(
            Revision(
                contribution=row,
                title=row.title,
                text=before,
                html=richtext.render(before).html,
                written_at=row.published_at,
                replaced_by_id=row.author_id,
            )
        )
        row.edited_at = min(row.published_at + timedelta(minutes=rng.randint(3, 90)), plan.now)
        row.version += 1
    insert(revisions)
    Contribution.objects.bulk_update([one.contribution for one in revisions], ["edited_at", "version"])


def _move_the_sequence_on() -> None:
    """The ids above were ours; PostgreSQL counts on from them. SQLite does by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Contribution]):
            cursor.execute(statement)
