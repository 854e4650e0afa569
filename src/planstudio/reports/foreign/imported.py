"""What the intake makes of one file, and its form as JSON and bytes for the pipe and the cache.

The process that takes files apart may be taken over by one. So whoever reads
an answer believes nothing: all sizes are bounded, and a fragment whose marks
lead out of it, or that names anything active, is Malformed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from planstudio.domain.intake import MOST_FRAMES, MOST_PAGES, FileFacts
from taggedpdf.fragment import Fragment, unpack

MOST_HEAD, MOST_BODY = 4_000_000, 600_000_000
MOST_TEXT = 40_000_000
_MOST_OBJECTS = 1_200_000
_MOST_SHAPES = 30_000_000  # bytes of JSON
_AT_ONCE = 400  # objects looked at in one go
_LONGEST_SIDE = 20_000  # pixels

_MARK = re.compile(rb"\x01(?P<ref>\d{1,8})\x07|\x02(?P<key>\d{1,8})\x07|\x06(?P<page>\d{1,8})\x07|[\x03\x04]\x07")
_GLUED = re.compile(rb"/[^\s/<>\[\]()\x07]*[\x01-\x04\x06]")  # a name that a number would become part of
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
# a letter that need not be escaped
_HIDDEN_NAME = re.compile(rb"/[^\s/<>\[\]()]*#(?:[46][1-9A-Fa-f]|[57][0-9Aa]|3[0-9])")
_ACTIVE = re.compile(
    rb"/(?:S|Subtype)\s*/(?:JavaScript|Launch|GoTo[RE]|SubmitForm|ImportData|ResetForm|Rendition|Movie|Sound|RichMedia\w*"
    rb"|Screen|FileAttachment|Widget|3D|Hide|Named|SetOCGState|Trans|Thread)\b"
    rb"|/(?:OpenAction|AcroForm|XFA|EmbeddedFiles?|JavaScript)(?![^\s/<>\[\]()])"
)
_KEYWORD = re.compile(rb"(?<![^\s\[\]<>()])(?:endobj|obj|endstream|stream|xref|startxref|trailer)(?![^\s\[\]<>()])|%")
_DICTIONARY = re.compile(rb"<<[\s\S]*>>\Z")


class Malformed(ValueError):
    """An answer that no honest process gives."""


@dataclass(frozen=True)
class Picture:
    """One picture, ready to be drawn.

    `coding` is "jpeg", or "deflate": rows of pixels from the top, 8 bits a
    color, compressed with zlib. `gray` says whether there is one color or
    three.
    """

    data: bytes
    coding: str
    gray: bool
    width: int
    height: int

    @property
    def entries(self) -> str:
        """What the image's dictionary in a PDF says of it."""
        space, coding = ("Gray" if self.gray else "RGB"), ("DCT" if self.coding == "jpeg" else "Flate")
        return f"/ColorSpace/Device{space}/BitsPerComponent 8/Filter/{coding}Decode"


@dataclass(frozen=True)
class ImportedFile:
    """A file's facts, and what is to be bound: a fragment, pictures or text.

    Beside a fragment, `text` is what its pages say, a form feed behind each.
    """

    facts: FileFacts
    fragment: Fragment | None = None
    pictures: tuple[Picture, ...] = ()
    text: str = ""


def pack_file(imported: ImportedFile) -> tuple[bytes, bytes]:
    """Its head, JSON, and its body."""
    fragment = imported.fragment.pack() if imported.fragment else b""
    text = imported.text.encode("utf-8", "replace")
    head = {
        "facts": imported.facts.to_json(),
        "fragment": len(fragment),
        "text": len(text),
        "pictures": [[p.coding, p.gray, p.width, p.height, len(p.data)] for p in imported.pictures],
    }
    return json.dumps(head).encode(), b"".join([fragment, text, *(p.data for p in imported.pictures)])


def unpack_file(head: bytes, body: bytes) -> ImportedFile:
    """What `pack_file` wrote; Malformed where anything about it is odd."""
    if len(head) > MOST_HEAD or len(body) > MOST_BODY:
        raise Malformed("too long")
    try:
        return _unpacked(json.loads(head), body)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OverflowError) as error:
        raise Malformed(str(error)[:200]) from error


def _unpacked(said: Any, body: bytes) -> ImportedFile:
    if not isinstance(said, dict) or set(said) != {"facts", "fragment", "text", "pictures"}:
        raise Malformed("not an answer")
    facts = FileFacts.from_json(said["facts"])
    lengths = [_count(said["fragment"]), _count(said["text"])]
    if not isinstance(said["pictures"], list) or len(said["pictures"]) > MOST_FRAMES:
        raise Malformed("too many pictures")
    lengths += [_count(each[4]) for each in said["pictures"]]
    if sum(lengths) != len(body) or lengths[1] > MOST_TEXT:
        raise Malformed("lengths that do not fit")
    parts = [body[start:end] for start, end in pairwise(accumulate(lengths, initial=0))]
    pictures = tuple(_picture(each, data) for each, data in zip(said["pictures"], parts[2:], strict=True))
    fragment = sound(_fragment(parts[0])) if parts[0] else None
    if fragment is not None and facts.pages != len(fragment.leaves):
        raise Malformed("pages that are not there")
    return ImportedFile(facts, fragment, pictures, parts[1].decode("utf-8"))


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MOST_BODY:
        raise Malformed("not a length")
    return value


def _picture(said: list[Any], data: bytes) -> Picture:
    coding, gray, width, height, _length = said
    sides = _count(width), _count(height)
    if coding not in ("jpeg", "deflate") or type(gray) is not bool or not all(0 < s <= _LONGEST_SIDE for s in sides):
        raise Malformed("a picture that cannot be")
    if coding == "jpeg" and not data.startswith(b"\xff\xd8\xff"):
        raise Malformed("not a JPEG")
    return Picture(data, coding, gray, *sides)


def _fragment(data: bytes) -> Fragment:
    """Unpacked only when its head is no longer than an honest one: small numbers can promise millions of objects."""
    promised = re.match(rb"[^\n]{1,60}\n(\d{1,9})\n", data)
    if promised is None or int(promised[1]) > _MOST_SHAPES:
        raise Malformed("a fragment that is no fragment")
    return unpack(data)


def sound(fragment: Fragment) -> Fragment:
    """*fragment* itself, when it can be bound without harm; Malformed otherwise."""
    if not 0 < len(fragment.leaves) <= MOST_PAGES or len(fragment.objects) > _MOST_OBJECTS:
        raise Malformed("too few or too many pages or objects")
    if fragment.fonts or fragment.destinations:
        raise Malformed("a foreign file has no shared fonts and destinations")
    _check_pages(fragment)
    bodies = [each if isinstance(each, bytes) else each[0] for each in fragment.objects]
    if any(not _DICTIONARY.match(each[0]) for each in fragment.objects if not isinstance(each, bytes)):
        raise Malformed("a stream without a dictionary")
    for checked in (bodies, fragment.parents):
        for first in range(0, len(checked), _AT_ONCE):
            _check_bodies(checked[first : first + _AT_ONCE], fragment)
    return fragment


def _check_pages(fragment: Fragment) -> None:
    objects, leaves = fragment.objects, fragment.leaves
    places = [leaf.place for leaf in leaves] + list(fragment.tops)
    if any(type(place) is not int or not 0 <= place < len(objects) for place in places):
        raise Malformed("a page or an element that is not there")
    if len(set(places)) != len(places) or any(not isinstance(objects[place], bytes) for place in places):
        raise Malformed("pages and elements are objects of their own")
    for leaf in leaves:
        sides = [side for side in leaf.box if type(side) in (int, float) and math.isfinite(side) and abs(side) < 1e8]
        proper = len(leaf.box) == len(sides) == 4 and sides[0] < sides[2] and sides[1] < sides[3]
        if not proper or leaf.turned not in (0, 90, 180, 270):
            raise Malformed("a page that cannot be")


def _check_bodies(bodies: Sequence[bytes], fragment: Fragment) -> None:
    """Some small objects at once: a packet has tens of thousands, and the window wants its turn between."""
    most = (len(fragment.objects), len(fragment.parents), len(fragment.leaves))
    for found in _MARK.finditer(whole := b"\n".join(bodies)):
        kind = found.lastindex
        if kind is not None and int(found[kind]) >= most[kind - 1]:
            raise Malformed("a mark that leads out of the fragment")
    if _GLUED.search(whole):
        raise Malformed("a name without an end")
    plain = _MARK.sub(b"0", whole)
    for pattern in (_CONTROL, _HIDDEN_NAME, _ACTIVE, _KEYWORD):
        if pattern.search(plain):
            raise Malformed("an object that no honest process makes")
    for body in bodies:
        if body.count(b"<<") != body.count(b">>") or body.count(b"[") != body.count(b"]"):
            raise Malformed("an object that does not end")
