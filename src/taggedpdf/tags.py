"""The structure tree of a tagged PDF: what a screen reader walks.

The story declares the tree while it is written; drawing only adds content to
it. So tags stand in reading order whatever the order of drawing, and what
runs over pages stays one element. What was declared and never drawn is
pruned when the file is written.

    Root ── Document ── Sect ── H1, P, L ── LI, Table ── TR ── TH | TD, Figure …

A tag's kids are tags, Marks (drawn content) and Notes (annotations).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from taggedpdf.fragment import DOCUMENT, END, reference


class Mark(NamedTuple):
    """One run of marked content: the page, from 0, and the number in it."""

    page: int
    mcid: int


class Note(NamedTuple):
    """One link: the page, from 0, and the link's number on it."""

    page: int
    link: int


class Artifact:
    """What no reader is told: page furniture, rules, backgrounds."""

    __slots__ = ("opening",)

    def __init__(self, kind: str = "", subtype: str = "") -> None:
        entries = (f"/Type/{kind}" if kind else "") + (f"/Subtype/{subtype}" if subtype else "")
        self.opening = f"/Artifact <<{entries}>> BDC" if entries else "/Artifact BMC"


LAYOUT = Artifact()
HEADER = Artifact("Pagination", "Header")
FOOTER = Artifact("Pagination", "Footer")


class Tag:
    """A structure element, with its kids in reading order."""

    __slots__ = ("alt", "attributes", "kids", "name", "parent", "place")

    def __init__(self, name: str, parent: Tag | None = None, *, alt: str = "", attributes: str = "") -> None:
        self.name, self.parent, self.alt, self.attributes = name, parent, alt, attributes
        self.kids: list[Tag | Mark | Note] = []
        self.place = 0  # of its object in the fragment
        if parent is not None:
            parent.kids.append(self)

    def add(self, name: str, *, alt: str = "", attributes: str = "") -> Tag:
        """A new last kid."""
        return Tag(name, self, alt=alt, attributes=attributes)

    def prune(self) -> bool:
        """Drop what was declared and never drawn; say whether anything is left."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Tag) or kid.prune()]
        return bool(self.kids) or self.name in ("TD", "TH")

    def walk(self) -> Iterator[Tag]:
        """This tag and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def serialize(self, document: Tag, links: list[list[int]]) -> bytes:
        """The element as PDF, by places. *links* has each page's annotations."""
        page = next((kid.page for kid in self.kids if not isinstance(kid, Tag)), -1)
        kids = [self._reference(kid, page, links) for kid in self.kids]
        assert self.parent is not None
        above = DOCUMENT + END if self.parent is document else reference(self.parent.place)
        out = [b"<</Type/StructElem/S/%b/P %b" % (self.name.encode(), above)]
        if page >= 0:
            out.append(b"/Pg " + reference(page))
        if kids:
            out.append(b"/K " + (kids[0] if len(kids) == 1 else b"[%b]" % b" ".join(kids)))
        if self.attributes:
            out.append(b"/A " + self.attributes.encode())
        if self.alt:
            out.append(b"/Alt" + text(self.alt))
        return b"".join(out) + b">>"

    @staticmethod
    def _reference(kid: Tag | Mark | Note, page: int, links: list[list[int]]) -> bytes:
        if isinstance(kid, Tag):
            return reference(kid.place)
        if isinstance(kid, Note):
            return b"<</Type/OBJR/Pg %b/Obj %b>>" % (reference(kid.page), reference(links[kid.page][kid.link]))
        if kid.page == page:
            return b"%d" % kid.mcid
        return b"<</Type/MCR/Pg %b/MCID %d>>" % (reference(kid.page), kid.mcid)


class Root(Tag):
    """The tree's root: one Document, whose parts are the fragment's top elements."""

    __slots__ = ("document", "lang")

    def __init__(self, lang: str) -> None:
        super().__init__("StructTreeRoot")
        self.lang, self.document = lang, Tag("Document", self)


def text(value: str) -> bytes:
    """A text string as PDF writes it."""
    if value.isascii() and value.isprintable():
        return b"(" + value.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode() + b")"
    return b"<FEFF" + value.encode("utf-16-be").hex().upper().encode() + b">"


def destination(name: str) -> bytes:
    """A named destination as links, the outline and the catalog write it."""
    return b"<%b>" % name.encode("utf-8", "replace").hex().encode()
