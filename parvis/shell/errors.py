"""When something is refused or breaks: what happened, that nothing was lost, and what to do now."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from parvis.communities.seeing_as import why_nothing_is_done
from parvis.kernel.logs import current_request_id
from parvis.shell.context import Shell
from parvis.shell.typed import typed_in


@dataclass(frozen=True)
class Mishap:
    """The words of one error page. `back` proposes the page before, where what was typed still is."""

    title: str
    what: str
    kept: str
    back: bool = False
    # Where to sign in again, for who is no longer.
    sign_in: str = ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_large(request, exception)
    return _show(
        request,
        400,
        Mishap(
            title=_("Cette demande n’est pas lisible."),
            what=_("L’adresse ou le formulaire reçu est incomplet. Cela vient souvent d’un lien coupé en deux."),
            kept=_("Rien n’a été changé."),
            back=True,
        ),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Visible but not allowed. What is invisible answers 404, so that nothing leaks."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _show(
        request,
        403,
        Mishap(
            title=_("Cet acte ne vous est pas ouvert."),
            what=reason or _("Vous pouvez lire ici, mais cet acte revient à l’auteur, ou à qui anime le lieu."),
            kept=_("Rien n’a été changé. Si cela vous surprend, demandez à la personne qui anime la communauté."),
            back=True,
        ),
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """A text arrived from somebody whose session ended while it was written."""
    came_from = urlsplit(request.headers.get("Referer", "")).path or "/"
    return _show(
        request,
        401,
        Mishap(
            title=_("Votre session est finie."),
            what=_("Elle a été fermée, ou votre accès vient d’être suspendu."),
            kept=_("Rien n’a été envoyé. Copiez votre texte, connectez-vous, puis renvoyez-le."),
            sign_in=f"{reverse('account_login')}?{urlencode({'next': came_from})}",
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _show(
        request,
        404,
        Mishap(
            title=_("Il n’y a rien à cette adresse."),
            what=_("La page a pu être retirée ou déplacée, ou bien elle s’adresse à d’autres personnes."),
            kept=_("Vous n’avez rien perdu. Cherchez un nom, une communauté, ou repartez de l’accueil."),
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Must work when nothing else does: no database, no session, no reader."""
    mishap = Mishap(
        title=_("Quelque chose s’est cassé chez nous."),
        what=_("La panne est notée avec son heure, et la personne qui administre le réseau peut la lire."),
        kept=_(
            "Ce que vous aviez envoyé avant est gardé. Ce que vous étiez en train d’écrire se trouve encore "
            "dans la page d’avant\u00a0: revenez-y et réessayez dans une minute."
        ),
        back=True,
    )
    context = {
        "shell": Shell(None),
        "mishap": mishap,
        "status": 500,
        "request_id": current_request_id(),
        "typed": typed_in(request),
    }
    try:
        page: str | bytes = render_to_string("shell/error.html", context)
    except Exception:
        # The front end is not built, a template is broken: words still go out.
        words = (mishap.what, mishap.kept, current_request_id())
        page = f"<!doctype html><title>500</title><h1>{mishap.title}</h1>" + "".join(
            f"<p>{word}</p>" for word in words
        )
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    seeing = getattr(request, "seeing_as", None)
    if seeing is not None:
        # A page that shows what somebody else reads holds no token.
        return forbidden(request, PermissionDenied(why_nothing_is_done(seeing)))
    return _show(
        request,
        403,
        Mishap(
            title=_("La page était ouverte depuis trop longtemps."),
            what=_("Par sécurité, un formulaire ne vaut que pour la connexion qui l’a affiché."),
            kept=_(
                "Rien n’a été envoyé. Revenez en arrière\u00a0: votre texte y est encore. Rechargez, puis renvoyez."
            ),
            back=True,
        ),
    )


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _show(
        request,
        413,
        Mishap(
            title=_("C’est trop lourd pour passer."),
            what=_("Le texte ou le fichier dépasse la limite fixée par votre entreprise."),
            kept=_("Rien n’a été enregistré, et votre texte est encore dans la page d’avant. Allégez, puis renvoyez."),
            back=True,
        ),
    )


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _show(
        request,
        429,
        Mishap(
            title=_("Doucement, un instant."),
            what=_("Trop de demandes sont arrivées d’ici en peu de temps\u202f; le réseau en refuse pour rester là."),
            kept=_("Rien n’est perdu. Attendez une minute, revenez en arrière et renvoyez."),
            back=True,
        ),
    )


def no_room(request: HttpRequest) -> HttpResponse:
    """The disk of the server is full, or writes no more."""
    return _show(
        request,
        507,
        Mishap(
            title=_("Le disque du serveur est plein."),
            what=_(
                "On peut encore lire, mais plus rien ne s’enregistre. La personne qui administre le réseau "
                "peut y remédier."
            ),
            kept=_(
                "Rien n’a été enregistré à moitié, et votre texte est encore dans la page d’avant. "
                "Renvoyez-le plus tard."
            ),
            back=True,
        ),
    )


def _show(request: HttpRequest, status: int, mishap: Mishap) -> HttpResponse:
    context = {"mishap": mishap, "status": status, "request_id": "", "typed": typed_in(request)}
    return render(request, "shell/error.html", context, status=status)
