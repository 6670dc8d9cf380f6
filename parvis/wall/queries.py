"""Where one may publish, and who would read it, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.communities.actions import words_of_archive
from parvis.communities.models import Community, Membership
from parvis.kernel.audiences.actions import company_audience_id
from parvis.kernel.audiences.models import AudienceMember
from parvis.people.models import Person


@dataclass(frozen=True)
class Destination:
    """A choice of « Pour qui ? »."""

    audience_id: int
    name: str
    slug: str


def destinations(person: Person) -> list[Destination]:
    """One's communities by name; the whole company last, because the wide choice is never the first. Two queries."""
    mine = Membership.objects.current().filter(person=person).values("community_id")
    communities = Community.objects.filter(pk__in=mine, archived_at__isnull=True).order_by("sort_key")
    found = [Destination(c.audience_id, c.name, c.slug) for c in communities]
    if not person.is_guest:
        found.append(Destination(company_audience_id(), _("Toute l’entreprise"), ""))
    return found


def why_closed(person: Person, audience_id: int | None) -> str:
    """Of a place that was archived while somebody wrote, for who reads it: the sentence, and where one goes on."""
    if audience_id is None or not person.scope().covers(audience_id):
        return ""
    found = Community.objects.filter(audience_id=audience_id, archived_at__isnull=False).first()
    return words_of_archive(found, person) if found else ""


def who_reads(audience_id: int) -> str:
    """« Visible par les 42 membres de Qualité Lyon, dont 2 invités. » At most three queries."""
    community = Community.objects.filter(audience_id=audience_id).first()
    if community is None:
        return _("Visible par toutes les personnes de l’entreprise. Les invités ne le voient pas.")
    if community.access == Community.Access.OPEN and community.is_in_preparation:
        sentence = _("Visible par qui prépare %(name)s ; puis, à l’ouverture, par toute l’entreprise.") % {
            "name": community.name
        }
    elif community.access == Community.Access.OPEN:
        sentence = _("Visible par toute l’entreprise, dans %(name)s.") % {"name": community.name}
    else:
        count = AudienceMember.objects.current().filter(audience_id=audience_id).count()
        sentence = ngettext(
            "Visible par vous seulement, dans %(name)s.",
            "Visible par les %(count)d membres, dans %(name)s.",
            count,
        ) % {"name": community.name, "count": count}
    guests = AudienceMember.objects.current().filter(audience_id=audience_id, person__is_guest=True).count()
    if guests:
        sentence += " " + ngettext(
            "Dont %(count)d personne invitée.", "Dont %(count)d personnes invitées.", guests
        ) % {"count": guests}
    return sentence


def destinations_beside(person: Person, audience_id: int) -> list[Destination]:
    """The communities where one may publish, but for the one where something stands already. Two queries."""
    return [d for d in destinations(person) if d.slug and d.audience_id != audience_id]


def who_reads_the_original(audience_id: int) -> str:
    """What those who find a recommendation will read of what it recommends. One query."""
    place = Community.objects.filter(audience_id=audience_id).first()
    if place is None or place.access == Community.Access.OPEN:
        return _("Toute l’entreprise peut lire ce que vous recommandez ; une personne invitée ne verra que votre mot.")
    return _(
        "Seuls ses membres lisent ce qui est dit dans « %(place)s ». Les autres verront votre mot, et rien de ce que "
        "vous recommandez."
    ) % {"place": place.name}
