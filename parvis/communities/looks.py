"""Icons and hues a community may wear, each with a name one can read."""

from typing import TypeGuard

from django.utils.translation import gettext_lazy as _

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
