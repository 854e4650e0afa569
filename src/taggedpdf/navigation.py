"""How a reader finds the way in a file: bookmarks, page labels, named destinations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taggedpdf.objects import PdfFile
from taggedpdf.tags import destination, text


@dataclass(frozen=True)
class Bookmark:
    """One line of the outline: its level from 0, its words, the destination it leads to."""

    level: int
    title: str
    target: str
    closed: bool = False


@dataclass(frozen=True)
class PageLabel:
    """How pages are called from a page on, from 0: "P" and 1 gives P1, P2; without a number all are the prefix."""

    page: int
    prefix: str = ""
    number: int | None = 1


def label_entry(label: PageLabel) -> bytes:
    prefix = b"/P " + text(label.prefix) if label.prefix else b""
    number = b"" if label.number is None else b"/S/D/St %d" % label.number
    return b"%d<<%b%b>>" % (label.page, number, prefix)


def named_destinations(names: Mapping[str, tuple[int, float]]) -> bytes:
    """The name tree's pairs, sorted: each name with its page's number and its height there."""
    leads = sorted((destination(name), place) for name, place in names.items())
    return b"".join(b"%b[%d 0 R/XYZ 0 %.2f null]" % (name, page, height) for name, (page, height) in leads)


def write_outline(file: PdfFile, first: int, marks: Sequence[Bookmark]) -> None:
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

    file.add(first, b"<</Type/Outlines/Count %d%b>>" % (shown(0), ends(0)))
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
        file.add(first + place, b"".join(out) + b">>")
