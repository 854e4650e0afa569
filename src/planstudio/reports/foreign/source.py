"""A foreign PDF as plain values: its objects, pages and names.

Nothing here changes the file. All that is read is bounded: a stream that would
inflate beyond LARGEST is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import pikepdf

from planstudio.domain.intake import MOST_PAGES, Trouble
from planstudio.reports.foreign.opening import LARGEST, LIMIT_TOLD, Refused, open_pdf, trouble_in
from planstudio.reports.foreign.values import NULL, Ref, Value, integer, numbers, parse

MOST_OBJECTS = 2_000_000
_LARGEST_OLD = 200_000  # bytes of a stream with LZW, which qpdf does not bound
_NODES = 100_000  # of a name tree
Box: TypeAlias = tuple[float, float, float, float]
_LETTER: Box = (0.0, 0.0, 612.0, 792.0)
_LONGEST, _SHORTEST = 14_400.0, 1.0  # sides of a page in points: more Acrobat does not take


@dataclass(frozen=True)
class SourcePage:
    """A page as the file has it, with what it inherits."""

    ref: Ref
    entries: dict[bytes, Value]
    media: Box
    box: Box  # what is seen of it
    turned: int


class Source:
    """One open file. Values are parsed once."""

    def __init__(self, data: bytes) -> None:
        self.pdf, self._straightened = open_pdf(data)
        self.decrypted = self.pdf.is_encrypted
        self._values: dict[Ref, Value] = {}
        self._streams: set[Ref] = set()

    def forget(self) -> None:
        """Read everything again: pikepdf has changed the file in memory."""
        self._values.clear()
        self._streams.clear()

    def repaired(self) -> bool:
        """Whether anything had to be repaired since this was asked last; Refused where a limit was the reason."""
        warnings = [str(warning) for warning in self.pdf.get_warnings()]
        if any(LIMIT_TOLD in warning for warning in warnings):
            raise Refused(Trouble.TOO_LARGE)
        return bool(warnings) or self._straightened

    # Objects

    def value(self, what: object) -> Value:
        """*what* itself, or the object that it refers to. A stream is told by its dictionary."""
        for _hop in range(20):
            if not isinstance(what, Ref):
                return what if isinstance(what, dict | list | bytes) else NULL
            what = self._object(what)
        return NULL

    def _object(self, ref: Ref) -> Value:
        known = self._values.get(ref)
        if known is None:
            if len(self._values) > MOST_OBJECTS:
                raise Refused(Trouble.TOO_LARGE)
            known = self._values[ref] = self._read(ref)
        return known

    def _read(self, ref: Ref) -> Value:
        if ref.number > 2**31 - 1 or ref.generation > 65535:
            return NULL
        found = self.pdf.get_object((ref.number, ref.generation))
        if isinstance(found, pikepdf.Stream):
            self._streams.add(ref)
            value = parse(found.stream_dict.unparse(resolved=True))
            return value if isinstance(value, dict) else {}
        return parse(found.unparse(resolved=True)) if isinstance(found, pikepdf.Object) else _plain(found)

    def dictionary(self, what: object) -> dict[bytes, Value]:
        found = self.value(what)
        return found if isinstance(found, dict) else {}

    def array(self, what: object) -> list[Value]:
        found = self.value(what)
        return found if isinstance(found, list) else []

    def name(self, what: object) -> bytes:
        """A name with its slash; nothing where it is none."""
        found = self.value(what)
        return found if isinstance(found, bytes) and found[:1] == b"/" else b""

    def integer(self, what: object) -> int | None:
        return integer(self.value(what))

    def inside(self, holder: object, *path: bytes) -> dict[bytes, Value]:
        """The dictionary at the end of *path*, key by key from *holder* on; an empty one where there is none."""
        for key in path:
            holder = self.dictionary(holder).get(key)
        return self.dictionary(holder)

    def each(self, what: object) -> list[Value]:
        """The values of an array; what is none, alone."""
        found = self.value(what)
        return found if isinstance(found, list) else [found]

    def rectangle(self, what: object) -> Box | None:
        """Left, bottom, right and top, whichever corners are given."""
        sides = numbers(self.value(each) for each in self.array(what))
        if not sides or len(sides) != 4 or any(abs(side) > 1e7 for side in sides):
            return None
        (left, right), (bottom, top) = sorted(sides[::2]), sorted(sides[1::2])
        return left, bottom, right, top

    def stream(self, what: object) -> Ref | None:
        """The reference of the stream that *what* refers to, also through other references."""
        for _hop in range(20):
            if not isinstance(what, Ref):
                return None
            found = self._object(what)
            if what in self._streams:
                return what
            what = found
        return None

    # Streams

    def raw(self, ref: Ref) -> bytes:
        """A stream's data as they are stored."""
        return self._stream(ref).read_raw_bytes()

    def decoded(self, ref: Ref) -> bytes:
        """A stream's data, inflated; nothing where they cannot be."""
        stream = self._stream(ref)
        entries = self.dictionary(ref)
        if b"LZW" in str(entries.get(b"/Filter")).encode() and len(stream.read_raw_bytes()) > _LARGEST_OLD:
            raise Refused(Trouble.TOO_LARGE)
        try:
            data = stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)  # run lengths, too
        except UnicodeDecodeError:  # the reason has bytes of the file in it
            return b""
        except pikepdf.PdfError as error:
            if trouble_in(str(error)) is Trouble.TOO_LARGE:
                raise Refused(Trouble.TOO_LARGE) from error
            return b""
        if len(data) > LARGEST:
            raise Refused(Trouble.TOO_LARGE)
        return data

    def _stream(self, ref: Ref) -> pikepdf.Stream:
        found = self.pdf.get_object((ref.number, ref.generation))
        if not isinstance(found, pikepdf.Stream):
            raise Refused(Trouble.DAMAGED)
        return found

    # The document

    @property
    def root(self) -> dict[bytes, Value]:
        parsed = parse(self.pdf.trailer.unparse(resolved=True))
        return self.dictionary(parsed.get(b"/Root")) if isinstance(parsed, dict) else {}

    def pages(self) -> list[SourcePage]:
        """All pages, each with what it inherits; Refused where there are none or too many."""
        try:
            count = len(self.pdf.pages)
        except pikepdf.PdfError as error:
            raise Refused(trouble_in(str(error))) from error
        if not count:
            raise Refused(Trouble.EMPTY)
        if count > MOST_PAGES:
            raise Refused(Trouble.TOO_MANY_PAGES)
        refs = [Ref(*page.objgen) for page in self.pdf.pages]
        if len(set(refs)) != count or Ref(0, 0) in refs:
            raise Refused(Trouble.DAMAGED)
        return [self._page(ref) for ref in refs]

    def _page(self, ref: Ref) -> SourcePage:
        entries = dict(self.dictionary(ref))
        above: Value = entries.get(b"/Parent", NULL)
        for _level in range(50):
            node = self.dictionary(above)
            if not node:
                break
            for key in (b"/Resources", b"/MediaBox", b"/CropBox", b"/Rotate"):
                if key in node:
                    entries.setdefault(key, node[key])
            above = node.get(b"/Parent", NULL)
        media = self._box(entries.get(b"/MediaBox")) or _LETTER
        crop = self._box(entries.get(b"/CropBox"))
        turned = round((self.integer(entries.get(b"/Rotate")) or 0) / 90) * 90 % 360
        return SourcePage(ref, entries, media, _common(media, crop) if crop else media, turned)

    def _box(self, what: object) -> Box | None:
        found = self.rectangle(what)
        if found is None or found[2] - found[0] < _SHORTEST or found[3] - found[1] < _SHORTEST:
            return None
        left, bottom, right, top = found
        return left, bottom, min(right, left + _LONGEST), min(top, bottom + _LONGEST)

    def names(self, tree: object) -> Iterator[tuple[bytes, Value]]:
        """The entries of a name tree."""
        queue, seen = [tree], 0
        while queue and seen < _NODES:
            node = self.dictionary(queue.pop())
            seen += 1
            pairs = self.array(node.get(b"/Names"))
            seen += len(pairs)
            for key, value in zip(pairs[::2], pairs[1::2], strict=False):
                name = self.value(key)
                if isinstance(name, bytes):
                    yield name, value
            queue += reversed(self.array(node.get(b"/Kids")))


def _common(media: Box, crop: Box) -> Box:
    """What both boxes hold; all of the page where that is nothing."""
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if right - left >= _SHORTEST and top - bottom >= _SHORTEST else media


def _plain(found: object) -> bytes:
    """What pikepdf hands over as a Python value."""
    if isinstance(found, bool):
        return b"true" if found else b"false"
    text = str(found).encode("ascii", "ignore")
    return text if re.fullmatch(rb"[+-]?(?:\d+\.?\d*|\.\d+)", text) else NULL
