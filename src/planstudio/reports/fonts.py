"""The faces that are embedded, and which of them prints a character.

Source Serif 4 (reading) and Source Sans 3 (finding) come from emboss-pdf. A
character that the wanted face lacks is looked for in the others; one that no
face has prints as a box and is counted, so that nobody finds out on paper.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from taggedpdf.font import Font

BOX = "\u25a1"
_FAMILIES = {"Serif": "SourceSerif4", "Sans": "SourceSans3"}
_CUTS = {"": "Regular", "-B": "Bold", "-I": "It", "-BI": "BoldIt"}
_OTHERS = {"Code": "SourceCodePro-Regular", "Code-B": "SourceCodePro-Bold", "Math": "EmbossMath-Regular"}

# Never drawn: controls, bidi and joining controls, soft hyphens, selectors, surrogates, noncharacters.
_UNDRAWN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\t\u1680\u2000-\u200a\u205f\u3000]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def clean(text: str) -> str:
    """*text* as it can be drawn: composed, without controls, "\\n" the only line end."""
    if text.isascii() and text.isprintable():
        return text
    text = _SPACE.sub(" ", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", _UNDRAWN.sub("", text))


def one_line(text: str) -> str:
    """*text* on one line, for titles, cells and names."""
    return " ".join(part for part in clean(text).replace("\n", " ").split(" ") if part)


@lru_cache(maxsize=32)
def face(name: str) -> Font:
    """The face called *name*, read and registered when first asked for."""
    family, _, cut = name.partition("-")
    file = _OTHERS.get(name) or f"{_FAMILIES[family]}-{_CUTS[f'-{cut}' if cut else '']}"
    font = Font(name, str(folder() / f"{file}.ttf"))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=1)
def folder() -> Path:
    spec = find_spec("emboss")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("emboss-pdf, which brings the fonts, is not installed")
    return Path(spec.submodule_search_locations[0]) / "fonts"


def register() -> None:
    """Make the faces known that drawings name."""
    for name in ("Serif", "Serif-B", "Serif-I", "Serif-BI", "Sans", "Sans-B"):
        face(name)


def styled(name: str, *, bold: bool, italic: bool) -> str:
    """The face of *name*'s family in another cut."""
    family, _, cut = name.partition("-")
    letters = ("B" if bold or "B" in cut else "") + ("I" if italic or "I" in cut else "")
    return f"{family}-{letters}" if letters else family


class Coverage:
    """Splits text into runs by the faces that have its characters, and counts those that none has."""

    def __init__(self) -> None:
        self.missing = Counter[str]()  # the characters that no face has, and how often each was wanted

    def runs(self, name: str, text: str) -> list[tuple[str, str]]:
        """Pairs of a face and the text it prints. *text* has been cleaned."""
        wanted = face(name)
        if wanted.covered.issuperset(text.replace("\n", "")) and not _PRIVATE.search(text):
            return [(name, text)]
        chosen = (self._choose(name, wanted, letter) for letter in text)
        return [(one, "".join(shown for _one, shown in run)) for one, run in groupby(chosen, key=itemgetter(0))]

    def _choose(self, name: str, wanted: Font, letter: str) -> tuple[str, str]:
        if letter in "\n ":
            return name, letter
        if not _PRIVATE.match(letter):
            if letter in wanted.covered:
                return name, letter
            for other in _fallbacks(name):
                if letter in face(other).covered:
                    return other, letter
        self.missing[letter] += 1
        return next(other for other in ("Sans-B" if "B" in name else "Sans", "Sans") if BOX in face(other).covered), BOX


@lru_cache(maxsize=16)
def _fallbacks(name: str) -> tuple[str, ...]:
    bold, italic = "B" in name.partition("-")[2], "I" in name.partition("-")[2]
    return (styled("Sans", bold=bold, italic=italic), "Code-B" if bold else "Code", "Math")


def drawable(text: str, name: str) -> str:
    """*text* on one line as the face called *name* alone can draw it: a drawing has no fallback faces."""
    covered = face(name).covered
    return "".join(letter if letter in covered else BOX for letter in one_line(text))
