"""A community in words: its kind, who reads, how one comes in, who welcomes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.communities.models import Community
from parvis.people.models import Person

_KINDS = {
    "trade": gettext_lazy("Communauté de métier"),
    "interest": gettext_lazy("Communauté d’intérêt"),
    "project": gettext_lazy("Communauté de projet"),
    "cross_company": gettext_lazy("Communauté transverse"),
    "pilot": gettext_lazy("Communauté pilote"),
    "site": gettext_lazy("Communauté de site"),
}
_ACCESSES = {
    ("open", "free"): gettext_lazy("ouverte à toute l’entreprise"),
    ("open", "on_request"): gettext_lazy("lue par toute l’entreprise, on demande à entrer"),
    ("open", "invitation"): gettext_lazy("lue par toute l’entreprise, on entre sur invitation"),
    ("on_request", "on_request"): gettext_lazy("lue par ses membres, on demande à entrer"),
    ("on_request", "invitation"): gettext_lazy("lue par ses membres, on entre sur invitation"),
    ("private", "invitation"): gettext_lazy("privée, on entre sur invitation"),
    ("secret", "invitation"): gettext_lazy("secrète, on entre sur invitation"),
}
# Where the way in is not the one the preset proposes.
_HOW_IN = {
    ("open", "on_request"): gettext_lazy(
        "On la suit sans entrer ; pour y écrire, on demande à entrer, et l’animation répond."
    ),
    ("open", "invitation"): gettext_lazy("On la suit sans entrer ; on y entre sur invitation."),
    ("on_request", "invitation"): gettext_lazy("On entre sur invitation de qui l’anime."),
}


@dataclass(frozen=True)
class Preset:
    """One of the three ways a community is open or closed, as docs/glossary.md fixes them."""

    value: str
    icon: str
    word: Any
    who_reads: Any
    how_in: Any


PRESETS = (
    Preset(
        "open",
        "door-open",
        gettext_lazy("Ouverte"),
        gettext_lazy("Toute l’entreprise la lit. Les invités de l’extérieur ne la lisent que s’ils en sont membres."),
        gettext_lazy("On entre d’un geste, ou on la suit sans entrer."),
    ),
    Preset(
        "on_request",
        "key-round",
        gettext_lazy("Sur demande"),
        gettext_lazy("Seuls ses membres la lisent. Toute l’entreprise sait qu’elle existe et à quoi elle sert."),
        gettext_lazy("On demande à entrer, avec un mot ; l’animation répond."),
    ),
    Preset(
        "private",
        "lock",
        gettext_lazy("Privée"),
        gettext_lazy("Seuls ses membres la lisent. Pour les autres, elle ne laisse aucune trace."),
        gettext_lazy("On entre sur invitation."),
    ),
)
# Where the company's policy allows it.
SECRET = Preset(
    "secret",
    "eye-off",
    gettext_lazy("Secrète"),
    gettext_lazy(
        "Comme une privée ; de plus, elle n’entre dans aucun chiffre et aucun groupe de l’annuaire ne l’ouvre."
    ),
    gettext_lazy("On entre sur invitation de qui l’anime."),
)


def preset_of(community: Community) -> Preset:
    """With the way in that those who animate chose."""
    found = next(preset for preset in (*PRESETS, SECRET) if preset.value == community.access)
    how_in = _HOW_IN.get((community.access, community.way_in))
    return replace(found, how_in=how_in) if how_in else found


def presets(*, with_secret: bool) -> tuple[Preset, ...]:
    """Those to choose from."""
    return (*PRESETS, SECRET) if with_secret else PRESETS


def kind_and_access(community: Community) -> str:
    """« Communauté de métier, ouverte à toute l’entreprise »."""
    return _("%(kind)s, %(access)s") % {
        "kind": _KINDS[community.kind],
        "access": _ACCESSES[community.access, community.way_in],
    }


@dataclass(frozen=True)
class Reply:
    """« On y répond en » « 3 h, d’habitude »."""

    label: str
    words: str


def usual_reply(community: Community) -> Reply | None:
    """How soon somebody usually answers there, as one would say it; None where too little was said to know."""
    minutes = community.usual_reply_minutes
    if minutes is None or community.is_archived:
        return None
    if minutes < 50:
        return Reply(_("On y répond en"), _("moins d’une heure"))
    hours = round(minutes / 60)
    if hours <= 9:
        return Reply(_("On y répond en"), _("%(hours)d h, d’habitude") % {"hours": hours})
    if hours <= 24:
        return Reply(_("On y répond"), _("dans la journée"))
    if hours <= 60:
        return Reply(_("On y répond en"), _("un jour ou deux"))
    if hours <= 7 * 24:
        return Reply(_("On y répond"), _("dans la semaine"))
    return Reply(_("On y répond"), _("quand on peut"))


def names_in_words(people: Sequence[Person], *, and_others: bool = False, whole: bool = False) -> str:
    """« Mireille », « Mireille et Yann », « Mireille, Yann et d’autres »; empty for nobody. `whole`: with surnames."""
    names = [person.name if whole else person.called for person in people]
    if not names:
        return ""
    if and_others:
        return _("%(names)s et d’autres") % {"names": ", ".join(names)}
    if len(names) == 1:
        return names[0]
    return _("%(names)s et %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
