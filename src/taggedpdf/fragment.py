"""Pages that can stand anywhere in a file: our own, and those of foreign files.

A fragment's objects refer to one another by their place in it. When a file is
bound, each fragment gets a range of object numbers and of parent-tree keys,
and the marks below become numbers. So what did not change is neither set nor
serialized again, and a foreign file is taken apart once, in a process of its
own, which hands over nothing but bytes.

    REFERENCE n END   → "17 0 R", the fragment's object n
    KEY n END         → 41, the fragment's key n of the parent tree
    DOCUMENT END      → the Document element: the parent of the fragment's top elements
    PAGES END         → the page tree: the parent of its pages
    FONT name END     → a font that all fragments share, such as "Sans+0"
    FONTS END         → the dictionary of all shared fonts
    FURNITURE n END   → head, foot and watermark of the fragment's page n

These marks are control bytes, so no string may hold them as they are: write
strings in hexadecimal, or escape them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

REFERENCE, KEY, DOCUMENT, PAGES, FONT, FURNITURE, FONTS = b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x06", b"\x0e"
END = b"\x07"
_MARK = re.compile(rb"([\x01-\x06\x0e])([^\x07]*)\x07")
_MAGIC = b"taggedpdf fragment 1\n"


def reference(place: int) -> bytes:
    """A reference to the fragment's object at *place*, from 0."""
    return b"\x01%d\x07" % place


def key(number: int) -> bytes:
    """The fragment's key *number* of the parent tree, from 0."""
    return b"\x02%d\x07" % number


def furniture(page: int) -> bytes:
    """A reference to the furniture of the fragment's page *page*, from 0."""
    return b"\x06%d\x07" % page


@dataclass(frozen=True)
class Leaf:
    """One page: where its object is, and how its furniture lies on it.

    `box` is what is seen of it, in its own space (left, bottom, right, top),
    `turned` its /Rotate, 0, 90, 180 or 270.
    """

    place: int
    box: tuple[float, float, float, float]
    turned: int = 0


@dataclass(frozen=True)
class Fragment:
    """Pages with their objects, structure and destinations.

    A small object is its whole body; a stream its dictionary without /Length
    and its data as they are stored. `objects` holds both, streams as pairs.
    A page's object has /Parent PAGES END, and its content ends by drawing
    an XObject of any name whose resource is FURNITURE n END.
    """

    objects: tuple[bytes | tuple[bytes, bytes], ...]
    leaves: tuple[Leaf, ...]
    tops: tuple[int, ...] = ()  # structure elements whose /P is DOCUMENT END, in reading order
    parents: tuple[bytes, ...] = ()  # by key: what the parent tree says, "[REFERENCE…]" or "REFERENCE…"
    destinations: dict[str, tuple[int, float]] = field(default_factory=dict)  # name: page, height on it
    fonts: frozenset[str] = frozenset()  # shared fonts, "Sans+0"

    def pack(self) -> bytes:
        """As bytes, for a pipe or a cache."""
        blobs = [part for each in self.objects for part in ((each,) if isinstance(each, bytes) else each)]
        shapes = [len(each) if isinstance(each, bytes) else [*map(len, each)] for each in self.objects]
        rows = [len(row) for row in self.parents]
        head = {
            "objects": shapes, "leaves": [asdict(leaf) for leaf in self.leaves], "tops": self.tops, "parents": rows,
            "destinations": self.destinations, "fonts": sorted(self.fonts),
        }  # fmt: skip
        said = json.dumps(head).encode()
        return b"".join([_MAGIC, b"%d\n" % len(said), said, *blobs, *self.parents])


def unpack(data: bytes) -> Fragment:
    """The fragment that `pack` wrote; ValueError where it is none."""
    if not data.startswith(_MAGIC):
        raise ValueError("not a fragment")
    line = data.index(b"\n", len(_MAGIC))
    at = line + 1 + int(data[len(_MAGIC) : line])
    head = json.loads(data[line + 1 : at])

    def take(length: int) -> bytes:
        nonlocal at
        at += length
        if at > len(data):
            raise ValueError("a fragment that ends too early")
        return data[at - length : at]

    shapes = head["objects"]
    return Fragment(
        objects=tuple(take(one) if isinstance(one, int) else (take(one[0]), take(one[1])) for one in shapes),
        leaves=tuple(Leaf(leaf["place"], tuple(leaf["box"]), leaf["turned"]) for leaf in head["leaves"]),
        tops=tuple(head["tops"]),
        parents=tuple(take(length) for length in head["parents"]),
        destinations={name: (page, height) for name, (page, height) in head["destinations"].items()},
        fonts=frozenset(head["fonts"]),
    )


def settle(body: bytes, number: Callable[[bytes, bytes], bytes]) -> bytes:
    """*body* with each mark replaced by what *number* says for its kind and its text."""
    return _MARK.sub(lambda found: number(found[1], found[2]), body)
