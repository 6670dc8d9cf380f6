"""The sentences that scripts say, in the reader’s language. frontend/src/words.ts lists the same keys; a test says so.

`page.html` writes them with `{{ words()|tojson }}` into `<script type="application/json" id="words">`.
"""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Key to sentence. `%(count)s`, `%(time)s`, `%(bits)s`, `%(least)s` are filled in by the browser."""
    return {
        "offline": _("Connexion perdue. Ce que vous écrivez est gardé sur cet appareil."),
        "online": _("La connexion est revenue."),
        "lost": _("La connexion est perdue\u00a0: rien n’est parti. Votre texte est gardé, réessayez."),
        "timeout": _("Le serveur met trop de temps à répondre. Votre texte est gardé, réessayez."),
        "forbidden": _("Vous n’avez pas le droit de faire cela."),
        "gone": _("Ce contenu n’existe plus, ou n’est plus visible pour vous."),
        "too_big": _("C’est trop lourd pour être envoyé."),
        "too_many": _("C’est beaucoup d’un coup. Réessayez dans un instant."),
        "failed": _("Le serveur a eu un problème. Votre texte est gardé, réessayez dans un instant."),
        "news_one": _("%(count)s nouveauté"),
        "news_other": _("%(count)s nouveautés"),
        "news_some": _("Du nouveau"),
        "rail_news": _("du nouveau"),
        "busy": _("Envoi"),
        "undo": _("Annuler"),
        "close": _("Fermer"),
        "cancel": _("Ne rien faire"),
        "confirm": _("Confirmer"),
        "draft_kept": _("Brouillon gardé à %(time)s"),
        "draft_restored": _("Brouillon retrouvé"),
        "typed": _("Ce que vous aviez écrit"),
        "password_bits": _("%(bits)s points de solidité, %(least)s au moins"),
        "password_weak": _("Trop court ou trop simple"),
        "password_nearly": _("Presque assez long"),
        "password_enough": _("Assez long"),
        "editor": _("Texte"),
        "editor_tools": _("Outils d’écriture"),
        "editor_format": _("Mise en forme"),
        "editor_mention": _("Mentionner quelqu’un"),
        "editor_topic": _("Ajouter un sujet"),
        "editor_bold": _("Gras"),
        "editor_italic": _("Italique"),
        "editor_strike": _("Barré"),
        "editor_code": _("Code"),
        "editor_code_block": _("Bloc de code"),
        "editor_heading": _("Titre de partie"),
        "editor_subheading": _("Sous-titre"),
        "editor_quote": _("Citation"),
        "editor_bullets": _("Liste à puces"),
        "editor_numbers": _("Liste numérotée"),
        "editor_link": _("Lien"),
        "editor_link_address": _("Adresse du lien"),
        "editor_link_set": _("Mettre le lien"),
        "editor_link_remove": _("Retirer le lien"),
        "suggestions_one": _("%(count)s proposition"),
        "suggestions_other": _("%(count)s propositions"),
        "suggestions_none": _("Aucune proposition"),
        "suggestions_no_reader": _("Ne pourra pas lire ceci"),
    }
