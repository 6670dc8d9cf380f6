"""Founding a community, under a name and an address of its own."""

import secrets
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from parvis.communities import rules as may
from parvis.communities.actions.wording import one_line
from parvis.communities.events import CommunityFounded, Joined
from parvis.communities.looks import HUE_OF_KIND, ICON_OF_KIND, is_hue, is_icon
from parvis.communities.models import HIDDEN, Community, Membership
from parvis.kernel import events
from parvis.kernel.audiences.actions import create_audience, let_in
from parvis.kernel.audiences.models import Audience
from parvis.kernel.text import folded, slugged
from parvis.people.models import Person
from parvis.people.rules import must_have_agreed

# Without vowels, nor letters and figures that look alike: no word comes out, and it can be read aloud.
_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
_SUFFIX_LENGTH = 7
_TRIES = 5
MOST_PINNED = 7
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
) -> Community:
    """A new community; the founder is its first member and animates it.

    Raises CharterNeeded, PermissionDenied (a guest), ValidationError naming the field. A name is taken only by
    communities that everybody finds: a private one must leave no trace.
    """
    must_have_agreed(person)
    if not may.may_found(person):
        raise PermissionDenied
    if kind not in Community.Kind.values:
        raise ValidationError({"kind": _("Choisissez un genre de communauté.")})
    if access not in Community.Access.values:
        raise ValidationError({"access": _("Choisissez qui lit et comment on entre.")})

    community = Community(
        name=one_line(name, field="name", most=90, least=2),
        purpose=one_line(purpose, field="purpose", most=280, least=2),
        rules=one_line(rules, field="rules", most=280),
        kind=kind,
        access=access,
        way_in=may.WAY_IN_OF_ACCESS[access],
        icon=icon if is_icon(icon) else ICON_OF_KIND[kind],
        hue=hue if is_hue(hue) else HUE_OF_KIND[kind],
        founded_by=person,
        audience=create_audience(kind=Audience.Kind.COMMUNITY, is_open=access == Community.Access.OPEN),
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
        .values_list("name", flat=True)
        .first()
    )
    if same is not None:
        raise ValidationError(
            {"name": _("« %(name)s » existe déjà. Allez la voir, ou choisissez un autre nom.") % {"name": same}}
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
    return Membership.objects.filter(person=person, is_pinned=True).count() < MOST_PINNED
