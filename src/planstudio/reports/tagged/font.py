"""TrueType fonts for tagged files: clean maps back to Unicode, remembered word widths.

ReportLab's own ToUnicode maps hold rows for U+0000 and blocks of over 100
rows; PDF/UA wants neither. Words repeat, so each is measured once a font.
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_LONG = 40  # words above this are measured, not remembered
_MANY = 50_000  # words remembered at most
_ROWS = 100  # a block of a CMap holds no more

_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
{blocks}
endcmap CMapName currentdict /CMap defineresource pop end end"""


class Widths(dict[str, float]):
    """The width of each word at a size of 1000, filled as words are met."""

    def __init__(self, advances: dict[int, float], default: float) -> None:
        super().__init__()
        self._advances, self._default = advances, default

    def __missing__(self, word: str) -> float:
        advances, default = self._advances, self._default
        width = sum([advances.get(code, default) for code in map(ord, word)])
        if len(word) <= _LONG:
            if len(self) >= _MANY:
                self.clear()
            self[word] = width
        return width


class Font(TTFont):  # type: ignore[misc]
    """A TrueType font whose map back to Unicode holds what it shows and nothing else."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, shapable=False)
        self.widths = Widths(self.face.charWidths, self.face.defaultWidth)
        self.covered = frozenset(chr(code) for code, glyph in self.face.charToGlyph.items() if glyph)

    def addObjects(self, doc: Any) -> None:
        """Write the font's subsets, each with our own ToUnicode map."""
        subsets = self.state[doc].subsets
        super().addObjects(doc)
        for number, codes in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode(codes)


def to_unicode(codes: list[int]) -> str:
    """The CMap from a subset's bytes to its characters."""
    rows = [f"<{byte:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for byte, code in enumerate(codes) if code]
    blocks = [rows[at : at + _ROWS] for at in range(0, len(rows), _ROWS)]
    return _CMAP.format(blocks="\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks))


class Encoder:
    """Text to the bytes of one font's subsets, in one document.

    ASCII stands at its own place in subset 0; other characters get theirs as
    they are met. A text of characters met before is translated, not walked.
    """

    def __init__(self, font: Font, doc: Any) -> None:
        self._font, self._doc = font, doc
        self._table: dict[int, int | str] = {ord(c): f"\\{c}" for c in "()\\"}
        self._known = {chr(code) for code in range(32, 127)}
        self.names = [font.getSubsetInternalName(0, doc)]

    def encode(self, text: str) -> list[tuple[str, str]]:
        """Pairs of a subset's name in the file and the escaped bytes to show in it."""
        if self._known.issuperset(text):
            return [(self.names[0], text.translate(self._table))]
        pairs = []
        for subset, data in self._font.splitString(text, self._doc):
            while len(self.names) <= subset:
                self.names.append(self._font.getSubsetInternalName(len(self.names), self._doc))
            pairs.append((self.names[subset], "".join(map(_byte, data))))
        self._learn(text)
        return pairs

    def _learn(self, text: str) -> None:
        assigned = self._font.state[self._doc].assignments
        for letter in set(text) - self._known:
            place = assigned.get(ord(letter), 256)
            if place < 256:
                self._table[ord(letter)] = _byte(place)
                self._known.add(letter)


def _byte(value: int) -> str:
    if value in (40, 41, 92):
        return f"\\{chr(value)}"
    return chr(value) if 32 <= value < 127 else f"\\{value:03o}"
