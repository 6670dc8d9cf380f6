"""What is left of a word once its ending is taken off: « souder », « soudage » and « soudeuse » are one thing to know.

Enough for names of skills and functions in French and in English; it is no dictionary. Stems are kept in the database
(HeldStem): whoever changes an ending here writes those again.
"""

import re
from functools import lru_cache

from parvis.kernel.text import folded

_WORD = re.compile(r"[^\W_]+(?:[.+#][^\W_]*)*")
# The longest first; a stem keeps at least four letters.
_ENDINGS = sorted(
    """isations isation ications ication ations ation itions ition ements ement ments ment ances ance ences ence
    euses euse eurs eur rices rice teurs teur teuse ages age ures ure ables able ibles ible ives ive ifs if
    iennes ienne iens ien istes iste iques ique istries istry ities ity ites ite ables ants ante antes ant
    ees ee es er ers ies ie ier iers iere ieres ir is ing ings ed s e t x y""".split(),
    key=len,
    reverse=True,
)
_SHORTEST = 4
# Words of a question, and those that say nothing of what one knows. Folded.
IDLE = frozenset(
    """a ai ait as au aux avec c ca ce ces cet cette chez comment connait connaissent connais d dans de des du elle en
    est et faire fait faites faut il ils j je l la le les leur lui m ma me mes moi mon n ne nos notre nous on ou par
    parle parler pas peut peuvent personne plus pour pourrait qqn qu quand que quel quelle quelqu quelqu'un qui quoi s
    sa sais sait sachant savent savez savoir se ses si son sont sous sur t ta te tes toi ton tres trouver tu un une
    utiliser va vers vos votre vous y
    an and any anybody anyone are at by can could do does for from help how i in into is it know knows me my of on or
    somebody someone speak that the this to use what which who whom whose with you your""".split()
)
MOST_WORDS = 5
_LONGEST = 40
# Stems that no ending explains.
_FAMILIES = {"ache": "acha", "vendr": "vent", "vend": "vent", "pein": "peint", "peindr": "peint", "polir": "poli"}


def words_in(text: str) -> list[str]:
    """The folded words of a text, in its order, each once: « L’inox, à l’arc » gives ["l", "inox", "a", "arc"]."""
    return list(dict.fromkeys(_WORD.findall(folded(text))))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Of a folded word. Two endings at most: « soudeuses » and « soudage » give « soud »."""
    for _time in range(2):
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _SHORTEST), None)
        if ending is None:
            break
        word = word[: -len(ending)]
    return _FAMILIES.get(word, word)[:_LONGEST]


def stems_of(text: str) -> set[str]:
    """Of the words that say something. « l’inox » gives {"inox"}."""
    return {stem(word) for word in words_in(text) if word not in IDLE}


def asked_in(text: str) -> list[str]:
    """The stems of a question, in its order, at most five: « Qui sait souder l’inox ? » asks for soud and inox."""
    return list(dict.fromkeys(stem(word) for word in words_in(text) if word not in IDLE))[:MOST_WORDS]


def is_near(one: str, other: str) -> bool:
    """Two stems of one family whose endings are not in the list: « peind(re) » and « peint(ure) »."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 5 or len(long) - len(short) > 3:
        return False
    return long.startswith(short[: max(4, len(short) - 1)])
