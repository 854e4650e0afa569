"""Binds fragments into one file: catalog, page tree, structure, outline, labels, fonts, heads and feet.

Everything that is not a stream goes into compressed object streams, found
through a cross-reference stream (PDF 1.5): a third of the size. A fragment
gets a range of numbers with some room to spare, so that when one changes the
others mostly keep theirs, and what was written of them is written again as it
is. The same fragments always give the same bytes.

    1 catalog · 2 pages · 3 info · 4 structure · 5 document · 6 fonts · 7 faint · then the fragments · then the rest
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from struct import pack

from reportlab.pdfbase.pdfmetrics import getFont

from planstudio.reports.tagged.font import Font, embedded
from planstudio.reports.tagged.fragment import (
    DOCUMENT,
    FONT,
    FONTS,
    FURNITURE,
    KEY,
    PAGES,
    REFERENCE,
    Fragment,
    Leaf,
    settle,
)
from planstudio.reports.tagged.metadata import About, srgb, xmp
from planstudio.reports.tagged.tags import destination, text

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_GROUP = 200  # objects in one object stream
_END = b"\r\nendstream"  # CR and LF: after data that end in CR, a lone LF would be read as half of the two
_CATALOG, _PAGES, _INFO, _TREE, _DOCUMENT, _FONTS, _FAINT, _FIRST = range(1, 9)
_ROOM, _KEY_ROOM = 32, 8  # numbers and keys are given out in multiples of these
_LETTER = 612.0


@dataclass(frozen=True)
class Bookmark:
    """One line of the outline: its level from 0, its words, the destination it leads to."""

    level: int
    title: str
    target: str
    closed: bool = False


@dataclass(frozen=True)
class Label:
    """How pages are called from a page on, from 0: "P" and 1 gives P1, P2; without a number all are the prefix."""

    page: int
    prefix: str = ""
    number: int | None = 1


@dataclass(frozen=True)
class Furniture:
    """What is drawn over a page as it is seen: operators, and the fonts they use."""

    code: bytes = b""
    fonts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Written:
    """A fragment as it stands in a file: chunks, and where each object is, relative to the first chunk."""

    chunks: tuple[bytes, ...]  # the data of streams are those of the fragment, not copies
    size: int
    rows: tuple[tuple[int, int], ...]  # number, offset
    packed: tuple[tuple[int, int, int], ...]  # number, stream, place in it
    end: int  # the first number it does not use


@dataclass
class Binder:
    """Binds files one after another and remembers what it wrote of each fragment."""

    _known: dict[tuple[int, int, int, tuple[tuple[str, int], ...]], tuple[Fragment, _Written]] = field(
        default_factory=dict
    )

    def bind(
        self,
        fragments: Sequence[Fragment],
        about: About,
        *,
        outline: Sequence[Bookmark] = (),
        labels: Sequence[Label] = (Label(0),),
        furniture: Sequence[Furniture] = (),
        check: Callable[[], None] | None = None,
    ) -> bytes:
        """The file's bytes. *furniture* is by page; *check* is called between fragments and may raise."""
        fonts = sorted(set[str]().union(*(each.fonts for each in fragments), *(each.fonts for each in furniture)))
        numbers = {name: _FIRST + 4 * at for at, name in enumerate(fonts)}  # four objects each
        base = _round(_FIRST + 4 * len(fonts), _ROOM)
        file = _File()
        pages: list[int] = []
        tops: list[int] = []
        rows: list[tuple[int, int, int]] = []  # node of the parent tree, its first and last key
        names: dict[str, tuple[int, float]] = {}
        places: list[tuple[int, Leaf]] = []  # number of its furniture, leaf
        known, keys = {}, 0
        for fragment in fragments:
            if check:
                check()
            mark = (id(fragment), base, keys, tuple(sorted((n, numbers[n]) for n in fragment.fonts)))
            found = self._known.get(mark) or (fragment, _write(fragment, base, keys, numbers))
            known[mark] = found
            written = found[1]
            file.take(written)
            count = len(fragment.objects)
            pages += [base + leaf.place for leaf in fragment.leaves]
            places += [(base + count + at, leaf) for at, leaf in enumerate(fragment.leaves)]
            tops += [base + place for place in fragment.tops]
            if fragment.parents:
                rows.append((base + count + len(fragment.leaves), keys, keys + len(fragment.parents) - 1))
            for name, (page, height) in fragment.destinations.items():
                names.setdefault(name, (base + fragment.leaves[page].place, height))
            keys = _round(keys + len(fragment.parents), _KEY_ROOM)
            base = _round(written.end, _ROOM)
        self._known = known
        for at, (number, leaf) in enumerate(places):
            file.stream(number, *_form(leaf, furniture[at] if at < len(furniture) else Furniture()))
        _write_fonts(file, numbers)
        end = self._catalog(file, base, about, pages, tops, rows, keys, names, outline, labels)
        return file.finish(end)

    def _catalog(
        self,
        file: _File,
        base: int,
        about: About,
        pages: list[int],
        tops: list[int],
        rows: list[tuple[int, int, int]],
        keys: int,
        names: dict[str, tuple[int, float]],
        outline: Sequence[Bookmark],
        labels: Sequence[Label],
    ) -> int:
        """The objects that hold the file together; the first number that is free."""
        said, profile, nodes = base, base + 1, base + 2
        out = [
            b"<</Type/Catalog/Version/1.7/Pages %d 0 R/StructTreeRoot %d 0 R/Lang %b/MarkInfo<</Marked true>>"
            % (_PAGES, _TREE, text(about.language)),
            b"/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R/PageLabels<</Nums[%b]>>"
            % (said, b" ".join(_label(label) for label in labels)),
            b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
            b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]" % profile,
        ]
        file.stream(said, b"<</Type/Metadata/Subtype/XML", xmp(about))
        file.stream(profile, b"<</N 3/Filter/FlateDecode", zlib.compress(srgb()))
        if names:
            leads = sorted((destination(name), place) for name, place in names.items())
            listed = b"".join(b"%b[%d 0 R/XYZ 0 %.2f null]" % (name, page, height) for name, (page, height) in leads)
            out.append(b"/Names<</Dests<</Names[%b]>>>>" % listed)
        bookmarks = [mark for mark in outline if mark.target in names]
        if bookmarks:
            out.append(b"/Outlines %d 0 R/PageMode/UseOutlines" % nodes)
            _write_outline(file, nodes, bookmarks)
        file.small(_CATALOG, b"".join(out) + b">>")
        file.small(
            _PAGES, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), b" ".join(b"%d 0 R" % page for page in pages))
        )
        file.small(_INFO, _info(about))
        tree = b"".join(b"%d 0 R " % node for node, _first, _last in rows)
        file.small(
            _TREE,
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Kids[%b]>>/ParentTreeNextKey %d>>" % (_DOCUMENT, tree, keys),
        )
        kids = b" ".join(b"%d 0 R" % top for top in tops)
        language = text(about.language)
        file.small(_DOCUMENT, b"<</Type/StructElem/S/Document/P %d 0 R/Lang %b/K[%b]>>" % (_TREE, language, kids))
        file.small(_FAINT, b"<</Type/ExtGState/ca 0.07>>")
        return nodes + len(bookmarks) + 1


class _File:
    """A file in the making: what has been written, and where each object is."""

    def __init__(self) -> None:
        self.out: list[bytes] = [_HEAD]
        self.at = len(_HEAD)
        self.where: dict[int, bytes] = {}
        self.left: list[tuple[int, bytes]] = []  # small objects that are packed at the end

    def take(self, written: _Written) -> None:
        self.where |= {number: pack(">BIH", 1, self.at + offset, 0) for number, offset in written.rows}
        self.where |= {number: pack(">BIH", 2, stream, place) for number, stream, place in written.packed}
        self.out += written.chunks
        self.at += written.size

    def stream(self, number: int, entries: bytes, data: bytes) -> None:
        chunks = _stream(number, entries, data)
        self.where[number] = pack(">BIH", 1, self.at, 0)
        self.out += chunks
        self.at += sum(map(len, chunks))

    def small(self, number: int, body: bytes) -> None:
        self.left.append((number, body))

    def finish(self, end: int) -> bytes:
        """Pack what is left, write the cross-reference stream; the whole file."""
        for at in range(0, len(self.left), _GROUP):
            group = self.left[at : at + _GROUP]
            for place, (number, _body) in enumerate(group):
                self.where[number] = pack(">BIH", 2, end, place)
            self.stream(end, *_packed(group))
            end += 1
        rows, free = [pack(">BIH", 0, 0, 65535)], pack(">BIH", 0, 0, 0)
        rows += [self.where.get(number, free) for number in range(1, end)]
        rows.append(pack(">BIH", 1, self.at, 0))
        whole = sha256()
        for chunk in self.out:
            whole.update(chunk)
        digest = whole.hexdigest()[:32].encode()
        entries = b"<</Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/Filter/FlateDecode" % (
            end + 1, _CATALOG, _INFO, digest, digest,
        )  # fmt: skip
        body = _stream(end, entries, zlib.compress(b"".join(rows)))
        return b"".join([*self.out, *body, b"startxref\n%d\n%%%%EOF\n" % self.at])


def _write(fragment: Fragment, base: int, keys: int, fonts: dict[str, int]) -> _Written:
    """The fragment with its objects numbered from *base* and its keys from *keys*."""
    count, leaves = len(fragment.objects), len(fragment.leaves)

    def number(kind: bytes, said: bytes) -> bytes:
        if kind == REFERENCE:
            return b"%d 0 R" % (base + int(said))
        if kind == KEY:
            return b"%d" % (keys + int(said))
        if kind == FURNITURE:
            return b"%d 0 R" % (base + count + int(said))
        if kind == FONT:
            return b"%d 0 R" % fonts[said.decode()]
        return b"%d 0 R" % {DOCUMENT: _DOCUMENT, PAGES: _PAGES, FONTS: _FONTS}[kind]

    out: list[bytes] = []
    rows: list[tuple[int, int]] = []
    small: list[tuple[int, bytes]] = []
    at, end = 0, base + count + leaves
    for place, body in enumerate(fragment.objects):
        if isinstance(body, bytes):
            small.append((base + place, settle(body, number)))
        else:
            rows.append((base + place, at))
            chunks = _stream(base + place, settle(body[0], number), body[1])
            out += chunks
            at += sum(map(len, chunks))
    if fragment.parents:
        nums = b" ".join(b"%d %b" % (keys + n, settle(row, number)) for n, row in enumerate(fragment.parents))
        small.append((end, b"<</Limits[%d %d]/Nums[%b]>>" % (keys, keys + len(fragment.parents) - 1, nums)))
        end += 1
    packed: list[tuple[int, int, int]] = []
    for first in range(0, len(small), _GROUP):
        group = small[first : first + _GROUP]
        packed += [(one, end, place) for place, (one, _body) in enumerate(group)]
        rows.append((end, at))
        chunks = _stream(end, *_packed(group))
        out += chunks
        at += sum(map(len, chunks))
        end += 1
    return _Written(tuple(out), at, tuple(rows), tuple(packed), end)


def _packed(objects: Sequence[tuple[int, bytes]]) -> tuple[bytes, bytes]:
    """Small objects as one object stream."""
    starts = accumulate((len(body) + 1 for _number, body in objects), initial=0)
    index = b" ".join(b"%d %d" % (number, at) for (number, _body), at in zip(objects, starts, strict=False)) + b"\n"
    entries = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(objects), len(index))
    return entries, zlib.compress(index + b"\n".join(body for _number, body in objects))


def _stream(number: int, entries: bytes, data: bytes) -> tuple[bytes, bytes, bytes]:
    head = b"%d 0 obj\n%b/Length %d>>\nstream\n" % (number, entries.removesuffix(b">>"), len(data))
    return head, data, _END + b"\nendobj\n"


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


def _write_fonts(file: _File, numbers: dict[str, int]) -> None:
    listed = b"".join(b"/%b %d 0 R" % (name.encode(), number) for name, number in numbers.items())
    file.small(_FONTS, b"<<%b>>" % listed)
    for name, number in numbers.items():
        face, _plus, page = name.rpartition("+")
        font = getFont(face)
        assert isinstance(font, Font)
        said, descriptor, program, mapped = embedded(font, int(page))
        said = said.replace("DESCRIPTOR", f"{number + 1} 0 R").replace("MAP>>", f"{number + 3} 0 R>>")
        file.small(number, said.encode())
        file.small(number + 1, descriptor.replace("PROGRAM", f"{number + 2} 0 R").encode())
        file.stream(number + 2, program[0].encode(), program[1])
        file.stream(number + 3, mapped[0].encode(), mapped[1])


def _write_outline(file: _File, first: int, marks: Sequence[Bookmark]) -> None:
    """The outline's tree, its root at the number *first*."""
    kids: dict[int, list[int]] = {0: []}
    path = [0]  # the open branch: 0 is the root, else places from 1
    above: dict[int, int] = {}
    for place, mark in enumerate(marks, 1):
        del path[max(mark.level, 0) + 1 :]
        above[place] = path[-1]
        kids[path[-1]].append(place)
        kids[place] = []
        path.append(place)

    def shown(place: int) -> int:
        """How many lines an open branch shows."""
        return sum(1 + (0 if marks[kid - 1].closed else shown(kid)) for kid in kids[place])

    def ends(place: int) -> bytes:
        return b"/First %d 0 R/Last %d 0 R" % (first + kids[place][0], first + kids[place][-1])

    file.small(first, b"<</Type/Outlines/Count %d%b>>" % (shown(0), ends(0)))
    for place, mark in enumerate(marks, 1):
        beside = kids[above[place]]
        at = beside.index(place)
        out = [b"<</Title %b/Parent %d 0 R" % (text(mark.title), first + above[place])]
        out.append(b"/Dest " + destination(mark.target))
        if at:
            out.append(b"/Prev %d 0 R" % (first + beside[at - 1]))
        if at + 1 < len(beside):
            out.append(b"/Next %d 0 R" % (first + beside[at + 1]))
        if kids[place]:
            out.append(ends(place) + b"/Count %d" % (-shown(place) if mark.closed else shown(place)))
        file.small(first + place, b"".join(out) + b">>")


def _label(label: Label) -> bytes:
    prefix = b"/P " + text(label.prefix) if label.prefix else b""
    number = b"" if label.number is None else b"/S/D/St %d" % label.number
    return b"%d<<%b%b>>" % (label.page, number, prefix)


def _info(about: About) -> bytes:
    stamp = text(f"D:{about.made:%Y%m%d}000000Z")
    pairs = (
        (b"Title", text(about.title)), (b"Author", text(about.author)), (b"Subject", text(about.subject)),
        (b"Creator", text(about.creator)), (b"Producer", text(about.producer)),
        (b"CreationDate", stamp), (b"ModDate", stamp),
    )  # fmt: skip
    return b"<<%b>>" % b"".join(b"/%b %b" % pair for pair in pairs)


def _round(number: int, step: int) -> int:
    return -(-number // step) * step
