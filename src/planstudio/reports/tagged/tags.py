"""The structure tree of a tagged PDF: what a screen reader walks.

The story declares the tree while it is written; drawing only adds content to
it. So tags stand in reading order whatever the order of drawing, and what
runs over pages stays one element. What was declared and never drawn is
pruned when the file is written.

    Root ── Document ── Sect ── H1, P, L ── LI, Table ── TR ── TH | TD, Figure …

A tag's kids are tags, Marks (drawn content) and Notes (annotations).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

EMPTY_ALLOWED = frozenset({"TD", "TH"})


class Mark(NamedTuple):
    """One run of marked content: the page's object name and the number in it."""

    page: str
    mcid: int


class Note(NamedTuple):
    """One annotation: the page's object name and the annotation's."""

    page: str
    annotation: str


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

    __slots__ = ("actual", "alt", "attributes", "kids", "lang", "name", "number", "parent")

    def __init__(
        self,
        name: str,
        parent: Tag | None = None,
        *,
        alt: str = "",
        lang: str = "",
        attributes: str = "",
        actual: str = "",
    ) -> None:
        self.name, self.parent = name, parent
        self.alt, self.lang, self.attributes, self.actual = alt, lang, attributes, actual
        self.kids: list[Tag | Mark | Note] = []
        self.number = 0  # of its object in the file
        if parent is not None:
            parent.kids.append(self)

    def add(self, name: str, *, alt: str = "", lang: str = "", attributes: str = "", actual: str = "") -> Tag:
        """A new last kid."""
        return Tag(name, self, alt=alt, lang=lang, attributes=attributes, actual=actual)

    def prune(self) -> bool:
        """Drop what was declared and never drawn; say whether anything is left."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Tag) or kid.prune()]
        return bool(self.kids) or self.name in EMPTY_ALLOWED

    def walk(self) -> Iterator[Tag]:
        """This tag and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def serialize(self, number: Callable[[str], int], text: Callable[[str], str]) -> str:
        """The element as PDF. *number* finds a named object's number, *text* writes a PDF string."""
        page = next((kid.page for kid in self.kids if not isinstance(kid, Tag)), "")
        kids = [self._reference(kid, page, number) for kid in self.kids]
        out = [f"<</Type/StructElem/S/{self.name}/P {self.parent.number if self.parent else 0} 0 R"]
        if page:
            out.append(f"/Pg {number(page)} 0 R")
        if kids:
            out.append("/K " + (kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"))
        if self.attributes:
            out.append(f"/A {self.attributes}")
        for key, value in (("Alt", self.alt), ("Lang", self.lang), ("ActualText", self.actual)):
            if value:
                out.append(f"/{key} {text(value)}")
        return "".join(out) + ">>"

    @staticmethod
    def _reference(kid: Tag | Mark | Note, page: str, number: Callable[[str], int]) -> str:
        if isinstance(kid, Tag):
            return f"{kid.number} 0 R"
        if isinstance(kid, Note):
            return f"<</Type/OBJR/Pg {number(kid.page)} 0 R/Obj {number(kid.annotation)} 0 R>>"
        if kid.page == page:
            return str(kid.mcid)
        return f"<</Type/MCR/Pg {number(kid.page)} 0 R/MCID {kid.mcid}>>"


class Root(Tag):
    """The tree's root: one Document, and the way back from marked content to its tag."""

    __slots__ = ("document", "parents")

    def __init__(self, lang: str) -> None:
        super().__init__("StructTreeRoot", lang=lang)
        self.document = Tag("Document", self, lang=lang)
        self.parents: list[Tag | list[Tag]] = []  # by StructParent(s) key: a page's tags by MCID, or a link's one

    def new_key(self, owner: Tag | list[Tag]) -> int:
        """A key of the parent tree for a page's marks or an annotation's tag."""
        self.parents.append(owner)
        return len(self.parents) - 1

    def serialize(self, number: Callable[[str], int], text: Callable[[str], str]) -> str:
        rows = []
        for key, owner in enumerate(self.parents):
            refs = (
                f"{owner.number} 0 R" if isinstance(owner, Tag) else f"[{' '.join(f'{t.number} 0 R' for t in owner)}]"
            )
            rows.append(f"{key} {refs}")
        return (
            f"<</Type/StructTreeRoot/K {self.document.number} 0 R"
            f"/ParentTree <</Nums[{' '.join(rows)}]>>/ParentTreeNextKey {len(self.parents)}>>"
        )
