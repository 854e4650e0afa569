"""Words in one form for comparing: two spellings of one name or word are the same, whoever typed them.

Composed and decomposed letters, upper and lower case, curly and straight marks, odd and doubled spaces do not count.
What is kept and shown is always what was written; the fold is never stored. Each letter of a text folds by itself, so
that what is found in a folded text can be shown in the text.
"""

from __future__ import annotations

import unicodedata

_APOSTROPHES = "’‘ʼʻʹ′`´ʽʾʿ＇‛"
ALIKE = str.maketrans(  # marks that are typed for one another
    dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys("“”„‟″＂", '"')
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣", "-"))
# Scripts that write their words without a space between them.
UNPARTED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")


def fold(text: str) -> str:
    """*text* for comparing: a name, a head, what is looked for."""
    return " ".join(folded(text)[0].translate(_DASHES).split())


def holds(text: str, words: str) -> bool:
    """Whether *text* holds each of the *words* that are looked for."""
    inside = fold(text)
    return all(word in inside for word in fold(words).split())


def folded(text: str, *, case: bool = False) -> tuple[str, list[int]]:
    """*text* folded (with *case* its capitals kept), and for each sign of it the place in *text* it came from.

    The list has one place more: the end of *text*.
    """
    if text.isascii():
        return (text if case else text.lower()), list(range(len(text) + 1))
    made: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        letter = _letter(text[at:end], case)
        made.append(letter)
        places += [at] * len(letter)
        at = end
    return "".join(made), [*places, len(text)]


def _letter(cluster: str, case: bool) -> str:
    """One letter with its accents."""
    if cluster in _UNSEEN:
        return ""
    letter = unicodedata.normalize("NFC", cluster).translate(ALIKE)
    if not case:
        letter = unicodedata.normalize("NFC", letter.casefold())
    return " " if letter.isspace() and letter not in "\n\t" else letter
