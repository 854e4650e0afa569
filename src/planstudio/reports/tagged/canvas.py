"""A ReportLab canvas that marks all it draws.

Text belongs to the tag of the scope it is drawn in; without one it is
refused. Everything else, rules, fills, backgrounds, is written as an
artifact. So nothing real is left untagged, and no text becomes an artifact
by oversight.

    scope(owner)     text drawn inside is owner's, a Tag's or an Artifact's
    content(owner)   all that is drawn inside is one piece of owner's: a figure
    put_text(code)   text operators that carry their own marks: a paragraph
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFStream, PDFString
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from planstudio.reports.tagged.font import Encoder
from planstudio.reports.tagged.metadata import srgb, xmp
from planstudio.reports.tagged.tags import LAYOUT, Artifact, Note, Root, Tag
from planstudio.reports.tagged.tags import Mark as TagMark
from planstudio.reports.tagged.writer import write

rl_config.useA85 = 0  # base 85 only makes pages bigger

Owner = Tag | Artifact

# How code that paints nothing ends: it needs no artifact around it.
_STATE = ("q", " cm", " rg", " RG", " g", " G", " w", " J", " j", " d", " M", " gs")


class UntaggedText(Exception):
    """Text was drawn that no tag and no artifact owns."""


class _TreeRoot(PDFObject):  # type: ignore[misc]
    """Holds the tree's number in the file; the writer fills it in."""


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose file is PDF/UA-1 and PDF/A-2a."""

    def __init__(
        self,
        root: Root,
        *,
        pagesize: tuple[float, float],
        font: str,
        title: str,
        author: str = "",
        subject: str = "",
        made: date | None = None,
    ) -> None:
        super().__init__(
            None, pagesize=pagesize, pdfVersion=(1, 7), lang=root.lang, initialFontName=font, invariant=1,
            pageCompression=1,
        )  # fmt: skip
        self._code: list[str]  # the page's operators so far; ReportLab's
        self.root = root
        self._scopes: list[Owner | None] = [None]
        self._open = False
        self._marks: list[Tag] = []
        self._gap = 0  # where in the page's code the last content ended
        self._encoders: dict[str, Encoder] = {}
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(subject)
        self.setCreator("Plan Studio")
        self._claim(made)

    def _claim(self, made: date | None) -> None:
        """Write into the catalog what the two standards ask for."""
        self.setViewerPreference("DisplayDocTitle", "true")
        doc, catalog = self._doc, self._doc.Catalog
        if made:
            doc._timeStamp.t = calendar.timegm(made.timetuple())
            doc._timeStamp.YMDhms = (made.year, made.month, made.day, 0, 0, 0)
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Metadata = pdfdoc.XMP(creator=xmp)
        profile = PDFStream(PDFDictionary({"N": 3}), srgb(), [pdfdoc.PDFZCompress])
        name = PDFString("sRGB IEC61966-2.1")
        intent = {
            "Type": PDFName("OutputIntent"), "S": PDFName("GTS_PDFA1"), "OutputConditionIdentifier": name,
            "Info": name, "DestOutputProfile": doc.Reference(profile),
        }  # fmt: skip
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.OutputIntents = PDFArray([PDFDictionary(intent)])
        catalog.StructTreeRoot = _TreeRoot()
        doc.Reference(catalog.StructTreeRoot)

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
        """All that is drawn inside is one piece of *owner*'s content."""
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
        owner.kids.append(TagMark(self._doc.thisPageName(), mcid))
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
        """Operators that carry their own marks."""
        self.close_gap()
        self._code.append(code)
        self._gap += 1

    def put_rule(self, ink: str, weight: float, x0: float, x1: float, y: float) -> None:
        """A level line, an artifact. *ink* is the operator that sets its color."""
        self.put_text(f"/Artifact BMC q {ink} {weight:.4g} w {x0:.2f} {y:.2f} m {x1:.2f} {y:.2f} l S Q EMC")

    def encoder(self, font: str) -> Encoder:
        """The encoder of the registered font called *font*."""
        encoder = self._encoders.get(font)
        if encoder is None:
            encoder = self._encoders[font] = Encoder(getFont(font), self._doc)
        return encoder

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

    # ── links, pages, the file

    def add_link(self, tag: Tag, target: str, rect: tuple[float, float, float, float]) -> None:
        """Make *rect*, in page space, lead to *target*: a web address, or "#" and a bookmark."""
        entries: dict[str, Any] = {
            "Type": PDFName("Annot"), "Subtype": PDFName("Link"), "Rect": PDFArray(rect), "F": 4,
            "Border": PDFArray([0, 0, 0]), "Contents": PDFString(tag.alt), "StructParent": self.root.new_key(tag),
        }  # fmt: skip
        if target.startswith("#"):
            entries["Dest"] = self._bookmarkReference(target[1:])
        else:
            action = {"S": PDFName("URI"), "URI": PDFString(target)}
            entries["A"] = PDFDictionary(action)
        self._annotationCount += 1
        name = f"link{self._annotationCount}"
        tag.kids.append(Note(self._doc.thisPageName(), self._doc.annotationName(name)))
        self._doc.addAnnotation(name, PDFDictionary(entries))
        self._annotatePage(name)

    def _setAnnotations(self, page: Any) -> None:
        """ReportLab's last call that has the page object: give it its key into the tree."""
        super()._setAnnotations(page)
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.Tabs = PDFName("S")
        if self._marks:
            page.StructParents = self.root.new_key(self._marks)

    def showPage(self) -> None:
        """End the page."""
        self.close_gap()
        super().showPage()
        self._marks, self._gap = [], 0

    @property
    def shown(self) -> int:
        """How many pages have been ended."""
        return len(self._doc.Pages.pages)

    def move_pages(self, start: int, to: int) -> None:
        """Put the pages from *start* to the last before page *to*: what is laid out last and read first."""
        pages = self._doc.Pages.pages
        moved = pages[start:]
        del pages[start:]
        pages[to:to] = moved

    @contextmanager
    def again(self, index: int) -> Iterator[None]:
        """Draw onto page *index* of those ended: "page x of y", once y is known. Artifacts only."""
        page = self._doc.Pages.pages[index]
        kept, self._code, self._gap = (self._code, self._gap), [], 0
        try:
            yield
        finally:
            self.close_gap()
            page.stream += "\n".join([*self._code, ""])
            self._code, self._gap = kept

    def finish(self) -> bytes:
        """The whole file. The canvas must not be used further."""
        if self._code:
            self.showPage()
        self.root.document.prune()
        return write(self, self.root)
