"""A ReportLab canvas that marks all it draws.

Text belongs to the tag of the scope it is drawn in; without one it is
refused. Everything else, rules, fills, backgrounds, is written as an
artifact. So nothing real is left untagged, and no text becomes an artifact
by oversight.

What comes out is a fragment: pages that can stand anywhere in a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from taggedpdf.drawn import DrawnPage, FragmentMaker, Picture
from taggedpdf.font import Font
from taggedpdf.fragment import Fragment
from taggedpdf.tags import LAYOUT, Artifact, Note, Root, Tag
from taggedpdf.tags import Mark as TagMark

Owner = Tag | Artifact

# How code that paints nothing ends: it needs no artifact around it.
_STATE = ("q", " cm", " rg", " RG", " g", " G", " w", " J", " j", " d", " M", " gs")


class UntaggedText(Exception):
    """Text was drawn that no tag and no artifact owns."""


class FontNotEmbedded(Exception):
    """A font was set that the file would not hold."""


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose pages are PDF/UA-1 and PDF/A-2a.

    *furniture* is the name by which each page draws its head and foot.
    """

    def __init__(
        self, root: Root, *, pagesize: tuple[float, float], font: str, furniture: bytes = b"Furniture"
    ) -> None:
        super().__init__(
            None, pagesize=pagesize, pdfVersion=(1, 7), lang=root.lang, initialFontName=font, invariant=1,
            pageCompression=1,
        )  # fmt: skip
        self._code: list[str]  # the page's operators so far; ReportLab's
        self._doc.shared_fonts = set()
        self.root, self._furniture = root, furniture
        self.pages: list[DrawnPage] = []
        self.places: dict[str, tuple[int, float]] = {}
        self._scopes: list[Owner | None] = [None]
        self._open = False
        self._marks: list[Tag] = []
        self._links: list[tuple[Tag, str, tuple[float, float, float, float]]] = []
        self._pictures: list[Picture] = []
        self._gap = 0  # where in the page's code the last content ended

    # ── what is drawn, and whose it is

    @property
    def owner(self) -> Owner:
        """Whose the text drawn now is."""
        owner = self._scopes[-1]
        if owner is None:
            raise UntaggedText
        return owner

    @property
    def in_artifact(self) -> bool:
        return isinstance(self._scopes[-1], Artifact)

    @contextmanager
    def scope(self, owner: Owner) -> Iterator[None]:
        """Text drawn inside belongs to *owner*. An artifact's inside stays an artifact."""
        self._scopes.append(self._scopes[-1] if self.in_artifact else owner)
        try:
            yield
        finally:
            self._scopes.pop()

    @contextmanager
    def content(self, owner: Owner) -> Iterator[None]:
        """All that is drawn inside is one piece of *owner*'s content: a figure."""
        if self._open:
            yield
            return
        self.close_gap()
        self._code.append(self.begin(LAYOUT if self.in_artifact else owner))
        self._open = True
        try:
            yield
        finally:
            self._open = False
            self._code.append("EMC")
            self._gap = len(self._code)

    def begin(self, owner: Owner) -> str:
        """The operator that begins a piece of *owner*'s content."""
        if isinstance(owner, Artifact):
            return owner.opening
        mcid = len(self._marks)
        owner.kids.append(TagMark(self.shown, mcid))
        self._marks.append(owner)
        return f"/{owner.name} <</MCID {mcid}>> BDC"

    def close_gap(self) -> None:
        """Mark what was drawn since the last content as an artifact, if anything was."""
        code, gap = self._code, self._gap
        if gap < len(code) and any(line != "Q" and not line.endswith(_STATE) for line in code[gap:]):
            code.insert(gap, LAYOUT.opening)
            code.append("EMC")
        self._gap = len(code)

    def put_text(self, code: str) -> None:
        """Operators that carry their own marks: a paragraph."""
        self.close_gap()
        self._code.append(code)
        self._gap += 1

    def put_rule(self, ink: str, weight: float, x0: float, x1: float, y: float) -> None:
        """A level line, an artifact. *ink* is the operator that sets its color."""
        self.put_text(f"/Artifact BMC q {ink} {weight:.4g} w {x0:.2f} {y:.2f} m {x1:.2f} {y:.2f} l S Q EMC")

    def put_picture(self, tag: Tag, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """A picture with its lower left corner at x, y; *tag* tells what it shows."""
        self._pictures.append(picture)
        with self.content(tag):
            self._code.append(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /Picture{len(self._pictures)} Do Q")

    def encode(self, font: str, text: str) -> list[tuple[str, str]]:
        """*text* in a registered font: pairs of its name in the file and the escaped bytes to show in it."""
        pairs: list[tuple[str, str]] = getFont(font).encode(text, self._doc)
        return pairs

    def setFont(self, psfontname: str, size: float, leading: float | None = None) -> None:
        """Set the font of text by ReportLab's own functions."""
        if not isinstance(getFont(psfontname), Font):
            raise FontNotEmbedded(f"{psfontname}; name a taggedpdf.Font, in a Drawing as its initialFontName")
        super().setFont(psfontname, size, leading)

    def drawText(self, text: Any) -> None:
        """Text by ReportLab's own functions: part of a figure, or marked as the scope's."""
        if not self._open:
            owner = self._scopes[-1]
            if owner is None:
                raise UntaggedText(" ".join(text._code)[:200])
            text._code.insert(1, self.begin(owner))
            text._code.append("EMC")
            self.close_gap()
        super().drawText(text)
        if not self._open:
            self._gap = len(self._code)

    # ── links, pages, the fragment

    def add_link(self, tag: Tag, target: str, rect: tuple[float, float, float, float]) -> None:
        """Make *rect*, in page space, lead to *target*: a web address, or "#" and a bookmark."""
        tag.kids.append(Note(self.shown, len(self._links)))
        self._links.append((tag, target, rect))

    def bookmark(self, name: str, height: float) -> None:
        """A place on this page that links and the outline lead to."""
        self.places.setdefault(name, (self.shown, height))

    def showPage(self) -> None:
        self.close_gap()
        code = "\n".join(self._code).encode("latin-1")
        self.pages.append(DrawnPage(self._pagesize, code, self._marks, self._links, self._pictures))
        self._marks, self._links, self._pictures, self._gap = [], [], [], 0
        self._startPage()
        self._code.clear()

    @property
    def shown(self) -> int:
        """How many pages have been ended."""
        return len(self.pages)

    def sketch(self) -> tuple[bytes, frozenset[str]]:
        """What was drawn since the last page, and the fonts it uses, without making a page of it."""
        self.close_gap()
        code = "\n".join(self._code).encode("latin-1")
        self._code.clear()
        self._gap = 0
        used = frozenset(self._doc.shared_fonts)
        self._doc.shared_fonts.clear()
        return code, used

    def fragment(self) -> Fragment:
        """The pages drawn so far. The canvas must not be used further."""
        document = self.root.document
        document.prune()
        return FragmentMaker(self.pages, document, self._furniture).make(self.places, frozenset(self._doc.shared_fonts))
