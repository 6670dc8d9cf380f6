"""Founding a community, under a name and an address of its own. It then prepares, until it is opened (opening.py)."""

import secrets
from calendar import monthrange
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities.actions.wording import one_line
from parvis.communities.events import CommunityFounded, CommunityOpened, Joined
from parvis.communities.looks import HUE_OF_KIND, ICON_OF_KIND, is_hue, is_icon
from parvis.communities.models import HIDDEN, Community, Membership
from parvis.kernel import events
from parvis.kernel.audiences.actions import create_audience, let_in, open_or_close
from parvis.kernel.audiences.models import Audience
from parvis.kernel.text import folded, slugged
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed

# Without vowels, nor letters and figures that look alike: no word comes out, and it can be read aloud.
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
_SUFFIX_LENGTH = 7
_TRIES = 5
MOST_PINNED = 7
# The review of the birth contract: proposed, and at most.
REVIEW_AFTER_MONTHS = 6
REVIEW_WITHIN_MONTHS = 18
# First part of an address under /communautes/ that is a page, not a community.
RESERVED_SLUGS = frozenset({"fonder", "invitations", "demandes", "retraits"})


@transaction.atomic
def found(
    *,
    person: Person,
    name: str,
    purpose: str,
    kind: str,
    access: str,
    rules: str = "",
    icon: str = "",
    hue: int | None = None,
    way_in: str = "",
    review_on: date | None = None,
) -> Community:
    """A new community in preparation; the founder is its first member and animates it. It opens once two people
    animate it (`ask_second_animator`, `open_community`).

    Raises CharterNeeded, PermissionDenied (a guest, or the company's policy), ValidationError naming the field. A name
    is taken only by communities that everybody finds: a private one must leave no trace.
    """
    must_have_agreed(person)
    if not may.may_found(person):
        raise PermissionDenied
    if kind not in Community.Kind.values:
        raise ValidationError({"kind": _("Choisissez un genre de communauté.")})
    refuse_access(access)
    today = timezone.localdate()
    review_on = review_on or in_months(today, REVIEW_AFTER_MONTHS)
    refuse_review(review_on)

    community = Community(
        name=one_line(name, field="name", most=90, least=2),
        purpose=one_line(purpose, field="purpose", most=280, least=2),
        rules=one_line(rules, field="rules", most=280),
        kind=kind,
        access=access,
        way_in=way_in_for(access, way_in),
        opened_at=None,
        review_on=review_on,
        icon=icon if is_icon(icon) else ICON_OF_KIND[kind],
        hue=hue if is_hue(hue) else HUE_OF_KIND[kind],
        founded_by=person,
        audience=create_audience(kind=Audience.Kind.COMMUNITY),
    )
    keep_under_a_free_name(community)
    Membership.objects.create(
        community=community, person=person, role=Membership.Role.ANIMATOR, is_pinned=has_room_in_rail(person)
    )
    let_in(person_id=person.pk, audience_id=community.audience_id)
    person.forget_scope()
    events.publish(CommunityFounded(community.pk, person.pk))
    events.publish(Joined(community.pk, person.pk))
    return community


@transaction.atomic
def found_open(*, person: Person, **given: Any) -> Community:
    """A community that lives already: for imports, the demo company and tests. What people found goes by the contract
    (`found`, then `open_community`)."""
    community = found(person=person, **given)
    set_open(community)
    person.forget_scope()
    return community


def set_open(community: Community) -> None:
    """What opening writes. Called within an action that asked its rule."""
    community.opened_at = timezone.now()
    community.save(update_fields=["opened_at"])
    open_or_close(audience_id=community.audience_id, is_open=community.access == Community.Access.OPEN)
    events.publish(CommunityOpened(community.pk))


def refuse_access(access: str, *, was: str = "") -> None:
    if access not in Community.Access.values:
        raise ValidationError({"access": _("Choisissez qui lit et comment on entre.")})
    if not may.may_be(access, was=was):
        raise ValidationError({"access": _("L’entreprise ne permet pas de communauté secrète.")})


def way_in_for(access: str, way_in: str) -> str:
    """The one chosen, within what the access allows; without a choice, the one it proposes."""
    if not way_in:
        return may.WAY_IN_OF_ACCESS[access].value
    if way_in not in Community.WayIn.values:
        raise ValidationError({"way_in": _("Choisissez comment on entre.")})
    # Another access was chosen in the same form: the nearest way that it allows.
    return way_in if way_in in may.WAYS_IN[access] else may.WAY_IN_OF_ACCESS[access].value


def refuse_review(review_on: date) -> None:
    today = timezone.localdate()
    if not today < review_on <= in_months(today, REVIEW_WITHIN_MONTHS):
        raise ValidationError(
            {
                "review_on": _("Choisissez un jour à venir, dans les %(months)d mois.")
                % {"months": REVIEW_WITHIN_MONTHS}
            }
        )


def in_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


@transaction.atomic
def note_exchange(*, audience_id: int, at: datetime) -> None:
    """Somebody wrote in a community: its « Dernier échange ». No event: it follows from the contribution's own."""
    Community.objects.filter(audience_id=audience_id).filter(
        Q(last_exchange_at__isnull=True) | Q(last_exchange_at__lt=at)
    ).update(last_exchange_at=at)


def keep_under_a_free_name(community: Community) -> None:
    """Saves it with its folded name and an address nobody has, also when two people choose the same one at once."""
    community.sort_key = folded(community.name)[:180]
    refuse_taken_name(community)
    for _attempt in range(_TRIES):
        if not community.slug:
            community.slug = free_slug(community)
        try:
            with transaction.atomic():
                community.save()
        except IntegrityError:
            # Either the name or the address was taken a moment ago, by somebody who founded at the same time.
            refuse_taken_name(community)
            community.slug = ""
        else:
            return
    raise ValidationError({"name": _("Ce nom ne peut pas servir d’adresse. Choisissez-en un autre.")})


def refuse_taken_name(community: Community) -> None:
    if community.is_hidden:
        return
    same = (
        Community.objects.filter(sort_key=community.sort_key)
        .exclude(access__in=HIDDEN)
        .exclude(pk=community.pk)
        .values_list("name", "opened_at")
        .first()
    )
    if same is None:
        return
    name, opened_at = same
    if opened_at is None:
        raise ValidationError({"name": _("Ce nom est déjà choisi par une communauté qui se prépare.")})
    raise ValidationError(
        {"name": _("« %(name)s » existe déjà. Allez la voir, ou choisissez un autre nom.") % {"name": name}}
    )


def free_slug(community: Community) -> str:
    """The name as an address; a private community's can be neither guessed nor found taken."""
    plain = slugged(community.name)
    is_plain_taken = not plain or plain in RESERVED_SLUGS or Community.objects.filter(slug=plain).exists()
    if not community.is_hidden and not is_plain_taken:
        return plain
    suffix = "".join(secrets.choice(_LETTERS) for _letter in range(_SUFFIX_LENGTH))
    return f"{plain or 'communaute'}-{suffix}"


def has_room_in_rail(person: Person) -> bool:
    """UI.md: at most seven communities in the rail."""
    pinned = Membership.objects.filter(person=person, is_pinned=True, community__archived_at__isnull=True)
    return pinned.count() < MOST_PINNED
