"""From what somebody typed to what is kept: mentions as ids, HTML, topics."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from parvis.contributions.models import Contribution, Mention, Topic, TopicUse
from parvis.kernel import richtext
from parvis.kernel.audiences.scope import Scope
from parvis.people.models import Person
from parvis.people.ties import out_of_reach_of

MAX_TEXT = 40_000
MAX_TITLE = 200
# Not the spaces that do not break: they stand before « ? » and « : ».
_BREAKS = re.compile(r"[ \t\n]+")


@dataclass(frozen=True)
class Written:
    title: str
    text: str
    rendered: richtext.Rendered


def written(*, title: str, text: str, scope: Scope) -> Written:
    """Raises ValidationError naming the field. Only people the author may see become mentions."""
    title = _BREAKS.sub(" ", richtext.clean(title))
    text = richtext.clean(text)
    if not text:
        raise ValidationError({"text": _("Écrivez au moins un mot.")})
    if len(title) > MAX_TITLE:
        raise ValidationError({"title": _("Le titre dépasse %(limit)d caractères.") % {"limit": MAX_TITLE}})

    text = richtext.tokenised(text, _ids_of(richtext.handles_in(text), scope))
    if len(text) > MAX_TEXT:
        limit = {"limit": MAX_TEXT, "length": len(text)}
        raise ValidationError({"text": _("Le texte compte %(length)d caractères, la limite est %(limit)d.") % limit})
    return Written(title, text, richtext.render(text))


def _ids_of(handles: set[str], scope: Scope) -> dict[str, int]:
    if not handles:
        return {}
    found = Person.objects.visible_to(scope).filter(identifier__in=sorted(handles)[:200])
    return dict(found.values_list("identifier", "pk"))


@dataclass(frozen=True)
class Begun:
    """What a text names that it did not name before."""

    people: set[int]
    # The last of the new uses of topics; 0 without any.
    topic_use: int


def keep_what_it_names(contribution: Contribution, rendered: richtext.Rendered) -> Begun:
    """Replaces the mentions and topics of a contribution by those of its text.

    Only those who exist count, and whom the author may reach: a name of the others stands in the text as any name, and
    calls nobody. Whether they may read it is asked when they are told.
    """
    before = set(Mention.objects.filter(contribution=contribution).values_list("person_id", flat=True))
    reached = Person.objects.filter(pk__in=rendered.people).exclude(out_of_reach_of(contribution.author))
    named = set(reached.values_list("pk", flat=True))
    Mention.objects.filter(contribution=contribution).exclude(person_id__in=named).delete()
    Mention.objects.bulk_create(
        Mention(contribution=contribution, audience_id=contribution.audience_id, person_id=person_id)
        for person_id in sorted(named - before)
    )
    TopicUse.objects.filter(contribution=contribution).exclude(topic__key__in=rendered.topics).delete()
    topic_use = 0
    for key, name in sorted(rendered.topics.items()):
        topic, _is_new = Topic.objects.get_or_create(key=key, defaults={"name": name})
        use, is_begun = TopicUse.objects.update_or_create(
            topic=topic,
            contribution=contribution,
            defaults={
                "spelling": name,
                "published_at": contribution.published_at if contribution.root_id is None else None,
            },
        )
        topic_use = use.pk if is_begun else topic_use
        if name != topic.name:
            _name_as_most_write(topic, name)
    return Begun(named - before, topic_use)


def _name_as_most_write(topic: Topic, spelling: str) -> None:
    """A topic keeps its name until more contributions spell it otherwise."""
    uses = TopicUse.objects.filter(topic=topic)
    if uses.filter(spelling=spelling).count() > uses.filter(spelling=topic.name).count():
        Topic.objects.filter(pk=topic.pk).update(name=spelling)
