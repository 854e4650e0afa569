"""Is a word spelled right, and what may have been meant. Offline, without Qt.

The word lists are those of pyspellchecker; words of schools and of the district
are added. A word of a capital first letter inside a sentence counts like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from planstudio import resources

if TYPE_CHECKING:
    from spellchecker import SpellChecker


_TOKEN = re.compile(r"\S+")
_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"  # each with its accents, written in one sign or in two
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")
_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyzáéíóúüñàâäçèêëîïôöûùœæ'")  # of English, Spanish and what they borrow
_ADDRESS = re.compile(r"://|@|www\.|\.(?:org|com|net|edu|gov|us)\b|[/\\]\w+[/\\]", re.I)
_POSSESSIVE = re.compile(r"(?:'s|s')$")
_PREFIXES = re.compile(r"(?:anti|co|inter|mid|multi|non|over|pre|post|re|self|semi|sub|under|un)(?=[a-z]{4})")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ", "'"))
_LONGEST = 40  # letters; longer is no word, and slow to mend
_FAR = 9  # letters of a word that is looked for with two slips in it


class Speller:
    """Words known in one or several languages. Reading the lists takes about 0.15 s."""

    def __init__(self, languages: Iterable[str]) -> None:
        from spellchecker import SpellChecker

        self.languages = tuple(languages)
        self._lists: SpellChecker = SpellChecker(language=list(self.languages), distance=2)
        for one in self.languages:
            extra = resources.folder("spelling") / f"{one}.txt"
            if extra.exists():
                self._lists.word_frequency.load_words(extra.read_text("utf-8").split())
        self._taught: frozenset[str] = frozenset()
        self._seen: dict[str, bool] = {}
        self._meant: dict[str, list[str]] = {}

    def teach(self, words: Iterable[str]) -> None:
        """Take *words* for right from now on, in the place of those taught before."""
        self._taught = frozenset(_plain(part) for word in words for _at, part in words_in(word))
        self._seen.clear()

    def knows(self, word: str) -> bool:
        """Whether *word* is right: it is in a list, in the plural or possessive of one, or an acronym."""
        known = self._seen.get(word)
        if known is None:
            known = self._seen[word] = self._looked_up(word)
        return known

    def _looked_up(self, word: str) -> bool:
        if len(word) == 1 or len(word) > _LONGEST or (word.isupper() and len(word) <= 6):
            return True
        plain = _plain(word)
        if not _ALPHABET.issuperset(plain):
            return True  # a word of a language of which there is no list here
        stem = _POSSESSIVE.sub("", plain)
        tries = {plain, stem, stem + "s" if plain.endswith("s'") else stem}
        if "en" in self.languages:
            tries |= {_PREFIXES.sub("", one, count=1) for one in (plain, stem)}
            tries |= {one[:-1] for one in (plain, stem) if one.endswith("s") and len(one) > 4 and one[-2] not in "isu"}
        return any(one in self._taught or one in self._lists.word_frequency for one in tries)

    def suggest(self, word: str, most: int = 5) -> list[str]:
        """The likeliest words that may have been meant, in the same capitals. It takes up to 0.1 s, once for a word."""
        if word not in self._meant:
            self._meant[word] = self._reckoned(word)
        return self._meant[word][:most]

    def _reckoned(self, word: str) -> list[str]:
        if len(word) > _LONGEST:
            return []
        self._lists.distance = 2 if len(word) <= _FAR else 1  # every further letter doubles what two slips cost
        found = self._lists.candidates(_plain(word)) or set()
        if not found and len(word) > _FAR:
            plain = _plain(word)
            known = self._lists.word_frequency.dictionary
            pool = [one for one in known if one[0] == plain[0] and abs(len(one) - len(plain)) <= 2]
            found = set(get_close_matches(plain, pool, n=5, cutoff=0.82))
        likely = sorted(found, key=lambda one: (-self._lists.word_usage_frequency(one), one))
        shape = str.upper if word.isupper() else str.capitalize if word[0].isupper() else str
        return [shape(one) for one in likely if one != word]

    def wrong(self, text: str) -> Iterator[tuple[int, str]]:
        """The words of *text* that are not known, each with its place."""
        for at, word in words_in(text):
            if not self.knows(word):
                yield at, word


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """The words of *text* with their places; addresses and everything with a digit in it are no words."""
    for token in _TOKEN.finditer(text):
        if _ADDRESS.search(token[0]) or any(sign.isdigit() for sign in token[0]):
            continue
        for word in _WORD.finditer(token[0]):
            yield token.start() + word.start(), word[0]


def _plain(word: str) -> str:
    """A word in the one spelling of the lists: small, composed, with a straight apostrophe."""
    return unicodedata.normalize("NFC", word.translate(_APOSTROPHES)).lower()
