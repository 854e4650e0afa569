"""TrueType fonts for tagged files: fixed places for letters, clean maps back to Unicode, remembered word widths.

A face is embedded in pages of letters whose places never change, so pages set
at different times can share one font: page 0 is Windows-1252, every other
page holds 192 letters in a row. ReportLab's own subsets number letters as
they are met, and its ToUnicode maps hold rows for U+0000 and blocks of over
100 rows, which PDF/UA does not want. Words repeat, so each is measured once a
font.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFont

_LONG = 40  # words above this are measured, not remembered
_MANY = 50_000  # words remembered at most
_ROWS = 100  # a block of a CMap holds no more
_PAGE, _FIRST = 192, 32  # letters a page, and the byte of its first

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
    """A TrueType font whose letters have fixed places, and whose maps back to Unicode hold them and nothing else."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, shapable=False)
        self.widths = Widths(self.face.charWidths, self.face.defaultWidth)
        self.covered = frozenset(chr(code) for code, glyph in self.face.charToGlyph.items() if glyph)

    def splitString(self, text: str, doc: Any) -> list[tuple[int, bytes]]:
        """Pairs of a page of letters and the bytes to show in it; ReportLab's own text functions ask for this."""
        pairs: list[tuple[int, bytearray]] = []
        for letter in text if isinstance(text, str) else text.decode():
            page, byte = place(ord(letter))
            if not pairs or pairs[-1][0] != page:
                pairs.append((page, bytearray()))
            pairs[-1][1].append(byte)
        return [(page, bytes(data)) for page, data in pairs]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """The name of a page of letters in the resources; the document notes that it is used."""
        name = f"{self.fontName}+{subset}"
        doc.shared_fonts.add(name)
        return f"/{name}"

    def encode(self, text: str, doc: Any) -> list[tuple[str, str]]:
        """Pairs of a font's name in the file and the bytes to show in it, escaped as in a literal string."""
        if _IN_PAGE_0.issuperset(text):
            return [(self.getSubsetInternalName(0, doc), text.translate(_WESTERN))]
        return [
            (self.getSubsetInternalName(page, doc), data.decode("latin-1").translate(_ESCAPED))
            for page, data in self.splitString(text, doc)
        ]


@lru_cache(maxsize=4096)
def place(code: int) -> tuple[int, int]:
    """The page of letters that has a character, and its byte there."""
    if 32 <= code < 127 or 160 <= code < 256:
        return 0, code
    byte = _SPECIAL.get(code)
    return (0, byte) if byte else (code // _PAGE + 1, code % _PAGE + _FIRST)


def letters(page: int) -> list[int]:
    """The characters of a page by their bytes; 0 where a byte has none."""
    if page == 0:
        codes = {byte: byte for byte in (*range(32, 127), *range(160, 256))}
        codes |= {byte: code for code, byte in _SPECIAL.items()}
        return [codes.get(byte, 0) for byte in range(256)]
    return [0] * _FIRST + [(page - 1) * _PAGE + n for n in range(_PAGE)]


_SPECIAL = {ord(bytes([byte]).decode("cp1252", "replace")): byte for byte in range(128, 160)}
_SPECIAL.pop(0xFFFD, None)


@lru_cache(maxsize=64)
def embedded(font: Font, page: int) -> tuple[str, str, tuple[str, bytes], tuple[str, bytes]]:
    """A page of a font's letters as PDF: font, descriptor, and the streams of its program and of its map.

    The font holds the words DESCRIPTOR and MAP, the descriptor PROGRAM, for the references.
    """
    face = font.face
    codes = [code if chr(code) in font.covered else 0 for code in letters(page)]
    name = b"".join((SUBSETN(page), b"+", face.name, face.subfontNameX)).decode("latin-1")
    program = face.makeSubset(codes)
    widths = " ".join(f"{face.getCharWidth(code):.6g}" for code in codes)
    box = " ".join(f"{value:.6g}" for value in face.bbox)
    flags = (face.flags & ~FF_NONSYMBOLIC) | FF_SYMBOLIC
    said = (
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0/LastChar {len(codes) - 1}/Widths[{widths}]"
        f"/FontDescriptor DESCRIPTOR/ToUnicode MAP>>"
    )
    descriptor = (
        f"<</Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{box}]/ItalicAngle {face.italicAngle:.6g}"
        f"/Ascent {face.ascent:.6g}/Descent {face.descent:.6g}/CapHeight {face.capHeight:.6g}/StemV {face.stemV:.6g}"
        f"/MissingWidth {face.defaultWidth:.6g}/FontFile2 PROGRAM>>"
    )
    return (
        said,
        descriptor,
        (f"<</Filter/FlateDecode/Length1 {len(program)}", zlib.compress(program)),
        ("<</Filter/FlateDecode", zlib.compress(to_unicode(codes).encode("latin-1"))),
    )


def to_unicode(codes: list[int]) -> str:
    """The CMap from a page's bytes to its characters."""
    rows = [f"<{byte:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for byte, code in enumerate(codes) if code]
    blocks = [rows[at : at + _ROWS] for at in range(0, len(rows), _ROWS)]
    return _CMAP.format(blocks="\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks))


_ESCAPED = {ord(c): f"\\{c}" for c in "()\\"}
_WESTERN = _ESCAPED | {code: chr(byte) for code, byte in _SPECIAL.items()}
_IN_PAGE_0 = frozenset(chr(code) for code in letters(0) if code)
