"""What a content stream does, as far as binding it must know: text, pictures, marks, what it leaves open.

One regular expression finds the few operators that matter and steps over
strings, names and inline pictures, so a page takes about a millisecond.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_STRING = rb"\((?>[^\\()]+|\\[\s\S]|\((?>[^\\()]+|\\[\s\S]|\((?>[^\\()]+|\\[\s\S])*+\)?)*+\)?)*+\)?"
_DICT = rb"<<(?>[^<>(]+|%s|<[0-9A-Fa-f\s]*+>|<<(?>[^<>(]+|%s|<[0-9A-Fa-f\s]*+>)*+>>)*+>>" % (_STRING, _STRING)
_BEFORE, _AFTER = rb"(?<![^\s\]>)}/\x00])", rb"(?![^\s\[<(/%\x00])"
_SCAN = re.compile(
    rb"(?P<mark>/(?P<tag>[^\s/\[\]<>(){}%%]*+)\s*+(?:(?P<dict>%s)|/(?P<name>[^\s/\[\]<>(){}%%]*+))?+\s*+B(?:DC|MC)%s)"
    rb"|(?P<do>/(?P<drawn>[^\s/\[\]<>(){}%%]*+)\s++Do%s)"
    rb"|/[^\s/\[\]<>(){}%%]*+"
    rb"|(?P<shown>%s\s*+(?:Tj|['\"])%s)"
    rb"|%s|<[0-9A-Fa-f\s]++>\s*+(?P<hex>Tj|['\"])?"
    rb"|%%[^\r\n]*+"
    rb"|%s(?P<op>q|Q|BT|ET|EMC|TJ|BI)%s" % (_DICT, _AFTER, _AFTER, _STRING, _AFTER, _STRING, _BEFORE, _AFTER)
)
_PICTURE_END = re.compile(rb"[\s\x00]EI(?=[\s\x00]|\Z)")
_PAINT = re.compile(rb"(?<=[\s\])>])(?:f\*?|F|B\*?|b\*?|S|s|sh)(?=[\s\[<(/%]|\Z)")
_NUMBER = re.compile(rb"/MCID\s*(\d{1,10})")
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
MOST_MARKS = 100_000  # on a page


@dataclass
class Mark:
    """One BDC or BMC, up to its EMC."""

    start: int
    end: int
    tag: bytes
    properties: bytes  # the name of its property list, if it has one
    mcid: int | None
    closing: tuple[int, int] = (-1, -1)


@dataclass
class Scan:
    """What was found in one stream, or in those of a page together."""

    data: bytes
    text: bool = False
    pictures: bool = False
    marks: list[Mark] = field(default_factory=list)
    drawn: set[bytes] = field(default_factory=set)  # names of XObjects, with their slash
    before: int = 0  # how many q are missing at its start
    after: int = 0  # how many Q are missing at its end
    open_text: bool = False
    open_marks: int = 0
    surplus: list[tuple[int, int]] = field(default_factory=list)  # each EMC that closes nothing

    @property
    def paints(self) -> bool:
        """Whether anything but text and pictures is drawn."""
        return _PAINT.search(self.data) is not None


def scan(data: bytes) -> Scan:
    return _Scanner(data).read()


class _Scanner:
    """Goes through the operators of one stream."""

    def __init__(self, data: bytes) -> None:
        self._data, self._found = data, Scan(data)
        self._open: list[Mark] = []
        self._depth = 0  # of saved graphics states

    def read(self) -> Scan:
        found = self._found
        for hit in self._hits():
            kind = hit.lastgroup
            if kind == "op":
                self._operator(hit)
            elif kind == "mark":
                self._open.append(_mark(hit))
                found.marks.append(self._open[-1])
            elif kind == "do":
                found.drawn.add(plain_name(b"/" + hit["drawn"]))
            elif kind is not None:  # text that is shown
                found.text = found.text or not hit[0].startswith((b"()", b"<>"))
        found.after = self._depth + found.before
        found.open_marks = len(self._open)
        return found

    def _hits(self) -> Iterator[re.Match[bytes]]:
        """All that the expression finds, but for what stands in inline pictures."""
        at = 0
        while at >= 0:
            start, at = at, -1
            for hit in _SCAN.finditer(self._data, start):
                if hit["op"] == b"BI":
                    self._found.pictures = True
                    end = _PICTURE_END.search(self._data, hit.end())
                    at = end.end() if end else -1
                    break
                yield hit

    def _operator(self, hit: re.Match[bytes]) -> None:
        found, operator = self._found, hit["op"]
        if operator == b"q":
            self._depth += 1
        elif operator == b"Q":
            self._depth -= 1
            found.before = max(found.before, -self._depth)
        elif operator == b"TJ":
            found.text = True
        elif operator != b"EMC":
            found.open_text = operator == b"BT"
        elif self._open:
            self._open.pop().closing = hit.span()
        else:
            found.surplus.append(hit.span())


def _mark(hit: re.Match[bytes]) -> Mark:
    number = _NUMBER.search(hit["dict"]) if hit["dict"] else None
    name = plain_name(b"/" + hit["name"]) if hit["name"] is not None else b""
    tag = b"/" + hit["tag"]
    return Mark(hit.start(), hit.end(), plain_name(tag), name, int(number[1]) if number else None)


def plain_name(name: bytes) -> bytes:
    """A name of a content stream as the resources spell it: escaped only where it must be."""
    if b"#" not in name:
        return name
    return b"/" + _HASH.sub(_unhashed, name[1:])


def _unhashed(found: re.Match[bytes]) -> bytes:
    byte = bytes.fromhex(found[1].decode())
    return byte if byte.isalnum() or byte in b"_-+.*!$&',:;=?@^`|~\\\"" else b"#" + found[1].lower()


def without_marks(found: Scan, hidden: list[Mark], keep: list[Mark]) -> bytes:
    """The stream without marks, but for those to *keep*, and without what stands in *hidden* ones."""
    cuts: list[tuple[int, int]] = list(found.surplus)
    out, stay = set(map(id, hidden)), set(map(id, keep))
    for mark in found.marks:
        start, end = mark.closing
        if id(mark) in out:
            cuts.append((mark.start, end if end >= 0 else len(found.data)))
        elif id(mark) not in stay:
            cuts.append((mark.start, mark.end))
            if start >= 0:
                cuts.append((start, end))
    return _cut(found.data, sorted(cuts))


def _cut(data: bytes, cuts: list[tuple[int, int]]) -> bytes:
    out: list[bytes] = []
    at = 0
    for start, end in cuts:
        if end <= at:
            continue
        out += (data[at : max(at, start)], b" ")
        at = end
    return b"".join([*out, data[at:]])
