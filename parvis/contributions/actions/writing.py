"""Publishing, commenting, editing."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import actions as communities
from parvis.contributions import rules
from parvis.contributions.actions.versions import raise_version, raise_what_recommends
from parvis.contributions.events import Commented, Edited, Mentioned, Published, TopicsBegun
from parvis.contributions.models import Contribution, Revision
from parvis.contributions.registry import kind_of
from parvis.contributions.writing import Written, keep_what_it_names, written
from parvis.kernel import events
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed

# Of the refusal of an edit that was begun from a former text.
CHANGED_MEANWHILE = "changed_meanwhile"


@transaction.atomic
def publish(*, author: Person, audience_id: int, kind: str, text: str, title: str = "") -> Contribution:
    """A new publication. The caller's module has asked whether the author may publish there.

    Raises PermissionDenied where the author does not even read, ValidationError naming the field.
    """
    must_have_agreed(author)
    if not author.scope().covers(audience_id):
        raise PermissionDenied
    communities.take_turn_to_write(audience_id=audience_id, person=author, field="audience")
    contribution = write(
        words=written(title=title, text=text, scope=author.scope()),
        author=author,
        audience_id=audience_id,
        kind=kind,
    )
    communities.note_exchange(audience_id=audience_id, at=contribution.published_at)
    events.publish(Published(contribution.pk, audience_id, author.pk, kind))
    return contribution


@transaction.atomic
def comment(*, author: Person, on: Contribution, text: str) -> Contribution:
    """A comment under a publication, or a reply to a comment (a reply to a reply joins the same level).

    Raises PermissionDenied, ValidationError naming the field.
    """
    must_have_agreed(author)
    root_id = on.root_id or on.pk
    root = _take_turn_under(root_id, author)
    # Read again: the thread may have moved since the page was opened.
    on = root if on.pk == root_id else Contribution.objects.get(pk=on.pk)
    if root.deleted_at is not None or not rules.may_answer(author, on):
        raise PermissionDenied
    parent = on if on.pk == root_id or on.parent_id == root_id else on.parent
    contribution = write(
        words=written(title="", text=text, scope=author.scope()),
        author=author,
        audience_id=root.audience_id,
        kind="comment",
        root=root,
        parent=parent,
    )
    Contribution.objects.filter(pk=root_id).update(
        comment_count=F("comment_count") + 1, version=F("version") + 1, last_exchange_at=contribution.published_at
    )
    communities.note_exchange(audience_id=root.audience_id, at=contribution.published_at)
    events.publish(Commented(contribution.pk, root_id, on.pk, root.audience_id, author.pk))
    return contribution


def _take_turn_under(root_id: int, author: Person) -> Contribution:
    """The publication, locked: comments of one publication become visible in the order of their ids. Its community's
    turn comes first, as for whatever closes or moves it (merging.py): had it moved meanwhile, the turn taken is given
    back, and the other community's is waited for."""
    while True:
        audience_id = Contribution.objects.values_list("audience_id", flat=True).get(pk=root_id)
        with suppress(_Moved), transaction.atomic():
            # The reader's right comes before what the place says of itself.
            if author.scope().covers(audience_id):
                communities.take_turn_to_write(audience_id=audience_id, person=author, field="text")
            root = Contribution.objects.select_for_update().get(pk=root_id)
            if root.audience_id != audience_id:
                raise _Moved
            return root


class _Moved(Exception):
    """Between two reads."""


def write(
    *,
    words: Written,
    author: Person,
    audience_id: int,
    kind: str,
    root: Contribution | None = None,
    parent: Contribution | None = None,
    about: Contribution | None = None,
) -> Contribution:
    contribution = Contribution.objects.create(
        audience_id=audience_id,
        author=author,
        kind=kind,
        family=kind_of(kind).family,
        root=root,
        parent=parent,
        about=about,
        title=words.title,
        text=words.text,
        html=words.rendered.html,
        language=author.language,
    )
    _tell_what_it_names(contribution, words)
    return contribution


def _tell_what_it_names(contribution: Contribution, words: Written) -> None:
    begun = keep_what_it_names(contribution, words.rendered)
    audience_id = contribution.audience_id
    for person_id in begun.people:
        events.publish(Mentioned(contribution.pk, audience_id, person_id))
    if begun.topic_use and contribution.root_id is None:
        events.publish(TopicsBegun(contribution.pk, audience_id, contribution.author_id, begun.topic_use))


@transaction.atomic
def edit(*, by: Person, contribution: Contribution, text: str, title: str, based_on: int) -> None:
    """A new text; the former stays readable in the history. Saying the same again changes nothing.

    `based_on` is the version of the text the editor was opened with (its number of revisions): two tabs that edit
    the same text do not overwrite each other. Raises PermissionDenied, ValidationError.
    """
    must_have_agreed(by)
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if not rules.may_edit(by, contribution):
        if contribution.author_id == by.pk and (archived := rules.why_not(by, contribution)):
            raise ValidationError({"text": archived})
        raise PermissionDenied
    words = written(title=title, text=text, scope=by.scope())
    if (words.title, words.text) == (contribution.title, contribution.text):
        return
    if contribution.revisions.count() != based_on:
        raise ValidationError(
            {
                "text": ValidationError(
                    _(
                        "Ce texte a été modifié entre-temps, dans un autre onglet. Le vôtre est gardé ci-dessous : "
                        "enregistrez-le encore pour qu’il remplace l’autre, qui restera dans l’historique."
                    ),
                    code=CHANGED_MEANWHILE,
                )
            }
        )
    Revision.objects.create(
        contribution=contribution,
        title=contribution.title,
        text=contribution.text,
        html=contribution.html,
        written_at=contribution.edited_at or contribution.published_at,
        replaced_by=by,
    )
    contribution.title, contribution.text, contribution.html = words.title, words.text, words.rendered.html
    contribution.edited_at = timezone.now()
    contribution.save(update_fields=["title", "text", "html", "edited_at"])
    _tell_what_it_names(contribution, words)
    raise_version(contribution)
    raise_what_recommends(contribution)
    events.publish(Edited(contribution.pk, contribution.root_id, contribution.audience_id))
