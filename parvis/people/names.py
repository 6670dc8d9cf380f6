"""Names as people type them: any word of a name by its beginning, without accents, typing errors forgiven.

What is written down (`NameWord`) is found by its beginning through an index. Only when nobody whom the reader may see
answers, the typed words are compared with all words of names, kept in the memory of each process.
"""

import threading
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from parvis.kernel.database.reading import rows
from parvis.kernel.text import folded

LONGEST_WORD = 40
MOST_WORDS = 5
# More words than any company's names have; beyond, typing errors are forgiven in the first of them only.
_MOST_KEPT = 300_000
_NEAREST = 12
_MOST_REMEMBERED = 5_000
# From here on, scripts are written without spaces: a name is found from any of its characters.
_WITHOUT_SPACES = 0x2E80
_ARTICLE = "ال"


def typed_words(typed: str) -> list[str]:
    """The words of a search, folded: at most five of forty letters."""
    readable = typed[:400].encode(errors="ignore").decode()  # halves of characters, which no database takes
    return [word[:LONGEST_WORD] for word in folded(readable.replace(",", " ")).split()[:MOST_WORDS]]


def words_of(name: str) -> set[str]:
    """The words by whose beginning a name is found: also what follows a hyphen, an apostrophe, an Arabic article."""
    found = set()
    for word in folded(name).replace(",", " ").split():
        pieces = [word]
        for mark in "-'":
            pieces += [word.split(mark, n + 1)[-1] for n in range(word.count(mark))]
        if "'" in word:
            pieces.append(word.replace("'", ""))
        if word.startswith(_ARTICLE) and len(word) > 4:
            pieces.append(word[2:])
        if any(ord(letter) >= _WITHOUT_SPACES and unicodedata.category(letter) == "Lo" for letter in word):
            pieces += [word[n:] for n in range(1, min(len(word), 12))]
        found |= {piece[:LONGEST_WORD] for piece in pieces if piece}
    return found


class Words:
    """Words to compare what was typed with, by their beginnings of its length: one types names from the left."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = set(words)
        self._beginnings: dict[tuple[int, str], frozenset[str]] = {}
        self._by_letter: dict[str, list[str]] = {}
        self._near: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self._words)

    def add(self, words: Iterable[str]) -> None:
        new = set(words) - self._words
        if new and len(self._words) < _MOST_KEPT:
            self._words |= new
            self._beginnings, self._by_letter, self._near = {}, {}, {}

    def near(self, typed: str) -> list[str]:
        """The beginnings of words that are nearest to `typed`: one error from four letters on, two from six on (a
        letter more, less, another, or two that changed places). At most twelve, the nearest alone."""
        allowed = 0 if len(typed) < 4 else 1 if len(typed) < 6 else 2
        if not allowed:
            return []
        found = self._near.get(typed)
        if found is None:
            # Most who make an error make one, and not in the first letter: a twentieth of the words. Somebody whom the
            # reader may not see may be named just so: then there is no error.
            beginnings = self._of_length(len(typed), typed[0])
            found = [typed] if typed in beginnings else _nearest(typed, beginnings, 1)
            found = found or _nearest(typed, self._of_length(len(typed)), allowed)
            if len(self._near) >= _MOST_REMEMBERED:
                self._near.clear()
            self._near[typed] = found
        return found

    def _of_length(self, length: int, letter: str = "") -> frozenset[str]:
        """Also one letter longer: what was left out may stand in the middle."""
        beginnings = self._beginnings.get((length, letter))
        if beginnings is None:
            words = [word for word in self._of_letter(letter) if len(word) >= length - 2]
            both = {word[:length] for word in words} | {word[: length + 1] for word in words}
            both |= {word for word in words if len(word) == length + 2}
            beginnings = self._beginnings[length, letter] = frozenset(both)
        return beginnings

    def _of_letter(self, letter: str) -> Collection[str]:
        """All of them for no letter."""
        if not letter:
            return self._words
        if not self._by_letter:
            found = defaultdict(list)
            for word in self._words:
                found[word[0]].append(word)
            self._by_letter = dict(found)
        return self._by_letter.get(letter, [])


def _nearest(typed: str, beginnings: Collection[str], allowed: int) -> list[str]:
    found = process.extract(typed, beginnings, scorer=OSA.distance, score_cutoff=allowed, limit=_NEAREST)
    return [word for word, errors, _place in found if errors == found[0][1]]


class Vocabulary:
    """All words of names, as far as this process has read them: it reads what was added since. A word too many finds
    nobody; a word too few is found by its beginning all the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._words = Words()
        self._last: tuple[int, str] = (0, "")

    def near(self, typed: list[str]) -> list[list[str]]:
        """For each typed word, the beginnings nearest to it; itself where there is none. One query."""
        with self._lock:
            self._read_on()
            return [self._words.near(word) or [word] for word in typed]

    def _read_on(self) -> None:
        new = rows("SELECT id, word FROM people_nameword WHERE id >= %s ORDER BY id", [self._last[0]])
        if self._last[0] and (not new or tuple(new[0]) != self._last):
            # The last one that was read is another now, or gone: renamed, or another database.
            self.forget()
            new = rows("SELECT id, word FROM people_nameword ORDER BY id", [])
        self._words.add(word for _id, word in new)
        if new:
            self._last = (new[-1][0], new[-1][1])


VOCABULARY = Vocabulary()
