"""Why a file is not taken, in words for the one who sent it. A ValidationError: forms show it under their field."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Refused(ValidationError):
    pass


def refusal(code: str, *, most_bytes: int = 0) -> Refused:
    """`code`: too_heavy (with the limit), too_large, unreadable, not_a_picture, no_browser_shows, empty, disk_full."""
    most = max(1, most_bytes // (1024 * 1024))
    words = {
        "too_heavy": ngettext(
            "Ce fichier dépasse la limite de %(most)d\u00a0Mo. Choisissez-en un plus léger.",
            "Ce fichier dépasse la limite de %(most)d\u00a0Mo. Choisissez-en un plus léger.",
            most,
        )
        % {"most": most},
        "too_large": _("Cette image est trop grande pour être traitée. Réduisez-la, puis envoyez-la de nouveau."),
        "unreadable": _("Cette image est abîmée ou incomplète. Ouvrez-la, enregistrez-la de nouveau, puis réessayez."),
        "not_a_picture": _("Ce fichier n’est pas une image. Choisissez un fichier JPEG, PNG, WebP ou GIF."),
        "no_browser_shows": _(
            "Les navigateurs ne montrent pas les photos HEIC. Enregistrez celle-ci en JPEG, puis réessayez."
        ),
        "empty": _("Ce fichier est vide."),
        "disk_full": _(
            "Le réseau n’a plus de place pour garder ce fichier. Rien n’a été enregistré. Prévenez la personne qui "
            "l’administre."
        ),
    }
    return Refused(words[code], code=code)
