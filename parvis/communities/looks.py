"""Icons and hues a community may wear, each with a name one can read."""

from typing import TypeGuard

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.communities.colours import DAY, LEAST, NIGHT, contrast, nearest_that_passes, read_colour
from parvis.kernel.web.icons import DRAWINGS

ICONS = {
    "users": _("Personnes"),
    "ruler": _("Règle"),
    "wrench": _("Clé"),
    "hammer": _("Marteau"),
    "flame": _("Flamme"),
    "hard-hat": _("Casque"),
    "factory": _("Usine"),
    "warehouse": _("Entrepôt"),
    "truck": _("Camion"),
    "package": _("Colis"),
    "ship": _("Navire"),
    "flask-conical": _("Essai"),
    "microscope": _("Mesure"),
    "gauge": _("Cadran"),
    "shield-check": _("Sécurité"),
    "recycle": _("Recyclage"),
    "leaf": _("Feuille"),
    "sprout": _("Pousse"),
    "lightbulb": _("Idée"),
    "rocket": _("Lancement"),
    "code": _("Code"),
    "server": _("Serveur"),
    "briefcase": _("Affaires"),
    "handshake": _("Accord"),
    "scale": _("Droit"),
    "graduation-cap": _("Apprendre"),
    "book-open": _("Lecture"),
    "megaphone": _("Annonce"),
    "building-2": _("Immeuble"),
    "map-pin": _("Lieu"),
    "globe": _("Monde"),
    "languages": _("Langues"),
    "bike": _("Vélo"),
    "car": _("Voiture"),
    "camera": _("Photo"),
    "music": _("Musique"),
    "palette": _("Couleurs"),
    "utensils": _("Table"),
    "coffee": _("Café"),
    "volleyball": _("Sport"),
    "heart-handshake": _("Entraide"),
    "compass": _("Boussole"),
}
HUES = {
    25: _("Terre cuite"),
    60: _("Sable"),
    95: _("Blé"),
    150: _("Sauge"),
    180: _("Lagune"),
    255: _("Bleu encre"),
    290: _("Lavande"),
    345: _("Bruyère"),
}
ICON_OF_KIND = {
    "trade": "wrench",
    "interest": "coffee",
    "project": "rocket",
    "cross_company": "compass",
    "pilot": "flask-conical",
    "site": "map-pin",
}
HUE_OF_KIND = {"trade": 60, "interest": 345, "project": 255, "cross_company": 180, "pilot": 95, "site": 150}


def is_icon(name: str) -> bool:
    """Any drawing will do in code (demo, imports); the form offers those above."""
    return name in DRAWINGS


def is_hue(angle: int | None) -> TypeGuard[int]:
    return angle is not None and 0 <= angle < 360


def checked_colour(text: str) -> str:
    """A colour as it is kept ("#23407a"), or nothing for none. Raises ValidationError naming the field; of one that
    cannot be read by day or by night, with the nearest that can (`params["nearest"]`)."""
    if not text.strip():
        return ""
    colour = read_colour(text)
    if colour is None:
        raise ValidationError({"colour": gettext("Écrivez une couleur comme #23407a, ou laissez vide.")})
    ground, ratio = min((contrast(colour, ground), ground) for ground in (DAY, NIGHT))[::-1]
    if ratio >= LEAST:
        return colour
    said = {"colour": colour, "ratio": number_format(round(ratio, 1), 1), "nearest": nearest_that_passes(colour)}
    by_day = gettext(
        "%(colour)s se lit mal sur le blanc du jour : %(ratio)s pour 1, il en faut 3. La plus proche qui passe est "
        "%(nearest)s."
    )
    by_night = gettext(
        "%(colour)s se lit mal la nuit : %(ratio)s pour 1, il en faut 3. La plus proche qui passe est %(nearest)s."
    )
    raise ValidationError({"colour": ValidationError(by_day if ground == DAY else by_night, params=said)})
