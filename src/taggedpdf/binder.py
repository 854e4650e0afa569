"""Binds fragments into one file: catalog, page tree, structure, outline, labels, fonts, heads and feet.

A fragment gets a range of numbers with some room to spare, so that when one
changes the others mostly keep theirs, and what was written of them is written
again as it is. The same fragments always give the same bytes.

    1 catalog · 2 pages · 3 info · 4 structure · 5 document · 6 fonts · 7 faint · then the fragments · then the rest
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import getFont

from taggedpdf.font import Font, embedded
from taggedpdf.fragment import DOCUMENT, FONT, FONTS, FURNITURE, KEY, PAGES, REFERENCE, Fragment, Leaf, settle
from taggedpdf.metadata import SAID, Metadata, srgb, xmp
from taggedpdf.navigation import Bookmark, PageLabel, label_entry, named_destinations, write_outline
from taggedpdf.objects import Objects, PdfFile
from taggedpdf.tags import text

_CATALOG, _PAGES, _INFO, _TREE, _DOCUMENT, _FONTS, _FAINT, _FIRST = range(1, 9)
_ROOM, _KEY_ROOM = 32, 8  # numbers and keys are given out in multiples of these
_LETTER = 612.0


@dataclass(frozen=True)
class Furniture:
    """What is drawn over a page as it is seen: operators, and the fonts they use."""

    code: bytes = b""
    fonts: frozenset[str] = frozenset()


@dataclass
class _Body:
    """What the fragments of a file come to."""

    base: int  # the next fragment's first number, and its first key of the parent tree
    keys: int = 0
    pages: list[int] = field(default_factory=list)
    tops: list[int] = field(default_factory=list)  # the elements below Document
    nodes: list[int] = field(default_factory=list)  # of the parent tree
    names: dict[str, tuple[int, float]] = field(default_factory=dict)  # destination: its page's number, its height
    leaves: list[tuple[int, Leaf]] = field(default_factory=list)  # the number of its furniture, the page

    def add(self, fragment: Fragment, end: int) -> None:
        """Count in a fragment that was written from `base` on; *end* is the first number it does not use."""
        base, after = self.base, self.base + len(fragment.objects)
        self.pages += [base + leaf.place for leaf in fragment.leaves]
        self.leaves += enumerate(fragment.leaves, after)
        self.tops += [base + place for place in fragment.tops]
        if fragment.parents:
            self.nodes.append(after + len(fragment.leaves))
        for name, (page, height) in fragment.destinations.items():
            self.names.setdefault(name, (base + fragment.leaves[page].place, height))
        self.base = _round(end, _ROOM)
        self.keys = _round(self.keys + len(fragment.parents), _KEY_ROOM)


_Written = dict[tuple[object, ...], tuple[Fragment, Objects, int]]  # by all that the numbers in it depend on


@dataclass
class Binder:
    """Binds files one after another and remembers what it wrote of each fragment."""

    _known: _Written = field(default_factory=dict)

    def bind(
        self,
        fragments: Sequence[Fragment],
        about: Metadata,
        *,
        outline: Sequence[Bookmark] = (),
        labels: Sequence[PageLabel] = (PageLabel(0),),
        furniture: Sequence[Furniture] = (),
        check: Callable[[], None] | None = None,
    ) -> bytes:
        """The file's bytes. *furniture* is by page; *check* is called between fragments and may raise."""
        used = sorted(set[str]().union(*(each.fonts for each in fragments), *(each.fonts for each in furniture)))
        fonts = {name: _FIRST + 4 * at for at, name in enumerate(used)}  # four objects each
        file, body, known = PdfFile(), _Body(_round(_FIRST + 4 * len(fonts), _ROOM)), _Written()
        for fragment in fragments:
            if check:
                check()
            mark = (id(fragment), body.base, body.keys, tuple(sorted((n, fonts[n]) for n in fragment.fonts)))
            known[mark] = self._known.get(mark) or (fragment, *_write(fragment, body.base, body.keys, fonts))
            _fragment, written, end = known[mark]
            file.take(written)
            body.add(fragment, end)
        self._known = known
        for at, (number, leaf) in enumerate(body.leaves):
            file.stream(number, *_form(leaf, furniture[at] if at < len(furniture) else Furniture()))
        _write_fonts(file, fonts)
        return file.finish(_write_catalog(file, body, about, outline, labels), root=_CATALOG, info=_INFO)


def _write_catalog(
    file: PdfFile, body: _Body, about: Metadata, outline: Sequence[Bookmark], labels: Sequence[PageLabel]
) -> int:
    """The objects that hold the file together; the first number that is free."""
    said, profile, nodes = body.base, body.base + 1, body.base + 2
    language = text(about.language)
    catalog = [
        b"<</Type/Catalog/Version/1.7/Pages %d 0 R/StructTreeRoot %d 0 R/Lang %b/MarkInfo<</Marked true>>"
        % (_PAGES, _TREE, language),
        b"/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R/PageLabels<</Nums[%b]>>"
        % (said, b" ".join(label_entry(label) for label in labels)),
        b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
        b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]" % profile,
    ]
    file.stream(said, b"<</Type/Metadata/Subtype/XML", xmp(about))
    file.stream(profile, b"<</N 3/Filter/FlateDecode", zlib.compress(srgb()))
    if body.names:
        catalog.append(b"/Names<</Dests<</Names[%b]>>>>" % named_destinations(body.names))
    bookmarks = [mark for mark in outline if mark.target in body.names]
    if bookmarks:
        catalog.append(b"/Outlines %d 0 R/PageMode/UseOutlines" % nodes)
        write_outline(file, nodes, bookmarks)
    file.add(_CATALOG, b"".join(catalog) + b">>")
    file.add(_PAGES, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(body.pages), _references(body.pages)))
    file.add(_INFO, _info(about))
    parents = b"<</Kids[%b]>>" % b"".join(b"%d 0 R " % node for node in body.nodes)
    tree = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree%b/ParentTreeNextKey %d>>" % (_DOCUMENT, parents, body.keys)
    file.add(_TREE, tree)
    kids = _references(body.tops)
    file.add(_DOCUMENT, b"<</Type/StructElem/S/Document/P %d 0 R/Lang %b/K[%b]>>" % (_TREE, language, kids))
    file.add(_FAINT, b"<</Type/ExtGState/ca 0.07>>")
    return nodes + len(bookmarks) + 1


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _write(fragment: Fragment, base: int, keys: int, fonts: Mapping[str, int]) -> tuple[Objects, int]:
    """The fragment, its objects numbered from *base* and its keys from *keys*; the first number it does not use."""
    first = {REFERENCE: base, FURNITURE: base + len(fragment.objects)}
    first |= {DOCUMENT: _DOCUMENT, PAGES: _PAGES, FONTS: _FONTS}

    def number(kind: bytes, said: bytes) -> bytes:
        if kind == KEY:
            return b"%d" % (keys + int(said))
        return b"%d 0 R" % (fonts[said.decode()] if kind == FONT else first[kind] + int(said or 0))

    out, small = Objects(), list[tuple[int, bytes]]()
    for place, body in enumerate(fragment.objects, base):
        if isinstance(body, bytes):
            small.append((place, settle(body, number)))
        else:
            out.stream(place, settle(body[0], number), body[1])
    end = base + len(fragment.objects) + len(fragment.leaves)
    if fragment.parents:
        nums = b" ".join(b"%d %b" % (key, settle(row, number)) for key, row in enumerate(fragment.parents, keys))
        small.append((end, b"<</Limits[%d %d]/Nums[%b]>>" % (keys, keys + len(fragment.parents) - 1, nums)))
        end += 1
    return out, out.pack(small, end)


def _form(leaf: Leaf, furniture: Furniture) -> tuple[bytes, bytes]:
    """Head and foot as a form that lies upright on the page as it is seen, larger on a larger sheet."""
    left, bottom, right, top = leaf.box
    width, height = right - left, top - bottom
    if leaf.turned in (90, 270):
        width, height = height, width
    a, b, c, d, x, y = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }[leaf.turned]
    size = scale(leaf)
    matrix = " ".join(f"{value:.6g}" for value in (a * size, b * size, c * size, d * size, x, y))
    entries = (
        f"<</Type/XObject/Subtype/Form/BBox[0 0 {width / size:.2f} {height / size:.2f}]/Matrix[{matrix}]"
        f"/Resources<</Font {_FONTS} 0 R/ExtGState<</Faint {_FAINT} 0 R>>>>/Filter/FlateDecode"
    )
    return entries.encode(), zlib.compress(furniture.code)  # else its words could be taken for the file's own


def scale(leaf: Leaf) -> float:
    """How much larger furniture stands on a page than on a letter sheet; never smaller."""
    left, bottom, right, top = leaf.box
    return max(1.0, min(right - left, top - bottom) / _LETTER)


def _write_fonts(file: PdfFile, numbers: dict[str, int]) -> None:
    listed = b"".join(b"/%b %d 0 R" % (name.encode(), number) for name, number in numbers.items())
    file.add(_FONTS, b"<<%b>>" % listed)
    for name, number in numbers.items():
        face, _plus, page = name.rpartition("+")
        font = getFont(face)
        assert isinstance(font, Font)
        said, descriptor, program, mapped = embedded(font, int(page))
        said = said.replace("DESCRIPTOR", f"{number + 1} 0 R").replace("MAP>>", f"{number + 3} 0 R>>")
        file.add(number, said.encode())
        file.add(number + 1, descriptor.replace("PROGRAM", f"{number + 2} 0 R").encode())
        file.stream(number + 2, program[0].encode(), program[1])
        file.stream(number + 3, mapped[0].encode(), mapped[1])


def _info(about: Metadata) -> bytes:
    stamp = text(f"D:{about.made:%Y%m%d}000000Z")
    said = b"".join(b"/%b %b" % (name.title().encode(), text(getattr(about, name))) for name in SAID)
    return b"<<%b/CreationDate %b/ModDate %b>>" % (said, stamp, stamp)


def _round(number: int, step: int) -> int:
    return -(-number // step) * step
