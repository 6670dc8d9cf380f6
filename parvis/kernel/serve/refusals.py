"""What the door says when a request does not reach Django: short pages that need nothing else."""

from collections.abc import Awaitable
from html import escape

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from parvis.kernel.serve.asgi import Scope, Send, header

# Bytes in what anybody may send: no form before the door has a file, and the longest text is far from it.
MOST_OF_STRANGERS = 256 * 1024

_PAGE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"><h1>{title}</h1><p>{what}</p></html>'
)


async def refuse(
    scope: Scope, send: Send, status: int, first: Awaitable[None] | None = None, *, to_a_stranger: bool = False
) -> None:
    """Answers 404, 413, 503 or 507 in the browser's language, and closes. `first`: to be done between the two."""
    language = _language(scope)
    with translation.override(language):
        title, what = _words(status, to_a_stranger)
    body = _PAGE.format(language=language, title=escape(title), what=escape(what)).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
        (b"content-length", str(len(body)).encode()),
    ]
    if status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    if first is not None:
        await first
    await send({"type": "http.response.body", "body": b""})


def _words(status: int, to_a_stranger: bool) -> tuple[str, str]:
    if status == 413 and to_a_stranger:
        return _("C’est trop lourd."), _(
            "Un envoi de plus de %(most)s Ko demande une session ouverte. Connectez-vous, puis réessayez. "
            "Rien n’a été enregistré."
        ) % {"most": MOST_OF_STRANGERS // 1024}
    if status == 413:
        return _("C’est trop lourd."), _("Un envoi ne peut pas dépasser %(most)s Mo. Rien n’a été enregistré.") % {
            "most": settings.PARVIS_MAX_UPLOAD_MB
        }
    if status == 507:
        return _("Le disque du serveur est plein."), _(
            "Rien n’a été enregistré. Prévenez la personne qui administre Parvis, puis réessayez."
        )
    if status == 404:
        return _("Ce fichier n’est plus là."), _("Il a pu être retiré entre-temps.")
    return _("Il y a foule."), _("Le serveur répond à trop de demandes à la fois. Réessayez dans quelques secondes.")


def _language(scope: Scope) -> str:
    """The first language the browser prefers that Parvis speaks."""
    asked = (header(scope["headers"], b"accept-language") or b"").decode("latin-1").lower()
    spoken = dict(settings.LANGUAGES)
    preferred = (code.split("-")[0] for code, _quality in parse_accept_lang_header(asked))
    return next((code for code in preferred if code in spoken), settings.PARVIS_LANGUAGE)
