"""The objects of a file as bytes, where each is, and the file around them.

Everything that is not a stream goes into compressed object streams, found
through a cross-reference stream (PDF 1.5): a third of the size.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate
from struct import pack

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_GROUP = 200  # objects in one object stream
_END = b"\r\nendstream"  # CR and LF: after data that end in CR, a lone LF would be read as half of the two


class Objects:
    """Objects one after the other, and where each is from the first byte on."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []  # the data of streams are those that were given, not copies
        self.size = 0
        self.offsets: list[tuple[int, int]] = []  # number, offset
        self.packed: list[tuple[int, int, int]] = []  # number, object stream, place in it

    def stream(self, number: int, entries: bytes, data: bytes) -> None:
        """A stream: the entries of its dictionary but for /Length, and its data as they are stored."""
        head = b"%d 0 obj\n%b/Length %d>>\nstream\n" % (number, entries.removesuffix(b">>"), len(data))
        self.offsets.append((number, self.size))
        self._put(head, data, _END + b"\nendobj\n")

    def pack(self, objects: Sequence[tuple[int, bytes]], first: int) -> int:
        """Small objects in object streams, numbered from *first*; the first number that is free."""
        for at in range(0, len(objects), _GROUP):
            group = objects[at : at + _GROUP]
            self.packed += [(number, first, place) for place, (number, _body) in enumerate(group)]
            self.stream(first, *_packed(group))
            first += 1
        return first

    def _put(self, *chunks: bytes) -> None:
        self.chunks += chunks
        self.size += sum(map(len, chunks))


class PdfFile(Objects):
    """A file in the making."""

    def __init__(self) -> None:
        super().__init__()
        self._put(_HEAD)
        self._small: list[tuple[int, bytes]] = []  # what is packed at the end

    def take(self, others: Objects) -> None:
        """Objects that have been written apart."""
        self.offsets += [(number, self.size + offset) for number, offset in others.offsets]
        self.packed += others.packed
        self.chunks += others.chunks
        self.size += others.size

    def add(self, number: int, body: bytes) -> None:
        self._small.append((number, body))

    def finish(self, end: int, *, root: int, info: int | None = None) -> bytes:
        """Pack what is left, write the cross-reference stream numbered *end* or above; the whole file."""
        end = self.pack(self._small, end)
        where = {number: pack(">BIH", 1, offset, 0) for number, offset in self.offsets}
        where |= {number: pack(">BIH", 2, stream, place) for number, stream, place in self.packed}
        free, start = pack(">BIH", 0, 0, 0), self.size
        rows = [pack(">BIH", 0, 0, 65535), *(where.get(number, free) for number in range(1, end))]
        rows.append(pack(">BIH", 1, start, 0))
        whole = sha256()
        for chunk in self.chunks:
            whole.update(chunk)
        digest = whole.hexdigest()[:32].encode()
        about = b"" if info is None else b"/Info %d 0 R" % info
        entries = b"<</Type/XRef/W[1 4 2]/Size %d/Root %d 0 R%b/ID[<%b><%b>]/Filter/FlateDecode" % (
            end + 1, root, about, digest, digest,
        )  # fmt: skip
        self.stream(end, entries, zlib.compress(b"".join(rows)))
        return b"".join([*self.chunks, b"startxref\n%d\n%%%%EOF\n" % start])


def _packed(objects: Sequence[tuple[int, bytes]]) -> tuple[bytes, bytes]:
    """Small objects as one object stream."""
    starts = accumulate((len(body) + 1 for _number, body in objects), initial=0)
    index = b" ".join(b"%d %d" % (number, at) for (number, _body), at in zip(objects, starts, strict=False)) + b"\n"
    entries = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(objects), len(index))
    return entries, zlib.compress(index + b"\n".join(body for _number, body in objects))
