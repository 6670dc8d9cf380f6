"""What French does to a name that follows a word: « de Bruno », « d’Amina »."""

import re

from django.utils.translation import get_language

from parvis.kernel.text import folded

# A vowel, written or heard: also « Yves » (not « Yann ») and the silent h of Hélène, Hugo, Hyacinthe. An h before an a
# is said as often as not (Hamid, Hans, Harold), so « de » stands there, which is never wrong.
_BEGINS_WITH_A_VOWEL = re.compile(r"[aeiou]|y(?![aeiou])|h[eiouy]")


def of_name(name: str) -> str:
    """A person's name after « de »: « d’Amina », « de Bruno ». In another language the name alone, so that a
    translation of « Publication %(of_name)s » says its own « by »."""
    if not (get_language() or "fr").startswith("fr"):
        return name
    return f"d’{name}" if _BEGINS_WITH_A_VOWEL.match(folded(name)) else f"de {name}"
