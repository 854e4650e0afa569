"""Heads, feet and watermarks of a packet: on our own pages, and small on a white strip on foreign ones."""

from __future__ import annotations

from dataclasses import replace

from reportlab.pdfbase.pdfmetrics import stringWidth

from planstudio.reports.document import PaperFormat, stamp
from planstudio.reports.style import QUIET
from planstudio.reports.typesetter import Typesetter
from taggedpdf.binder import Furniture, scale
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.fragment import Leaf
from taggedpdf.paragraph import Paragraph, TextStyle
from taggedpdf.tags import FOOTER, Root

_LOOK = TextStyle("Sans", 8.5, 11, QUIET)
_BASE, _EDGE, _PAD = 14.0, 24.0, 4.0
_LARGEST = 120.0


class PacketStamps:
    """Draws what stands around the pages of one packet."""

    def __init__(self, paper: PaperFormat, district: str, watermark: str) -> None:
        self._canvas = TaggedCanvas(Root("en"), pagesize=(612, 792), font="Sans")
        self._setter = Typesetter()
        self._paper, self._district, self._mark = paper, district, watermark
        self._marks: dict[tuple[float, float], str] = {}

    def head_and_foot(self, head: str, where: str, place: str, *, wide: bool) -> Furniture:
        """Head and foot of a page of our own."""
        grid = self._paper.wide if wide else self._paper.upright
        self._draw_mark(grid.width, grid.height)
        stamp(self._canvas, self._setter, grid, (self._district, head, where, place))
        return Furniture(*self._canvas.sketch())

    def foreign(self, leaf: Leaf, where: str, place: str) -> Furniture:
        """One line at the foot of a foreign page, on white, so that it can be read whatever is under it."""
        (width, height), canvas = _room(leaf), self._canvas
        self._draw_mark(width, height)
        room = width - 2 * _EDGE
        runs = self._setter.fitted(f"{where} · {place}", replace(_LOOK, flush_right=True), room)
        line = Paragraph(runs, _LOOK)
        line.wrap(room)
        wide = sum(stringWidth(words, look.font, look.size) for look, words in runs)
        left = width - _EDGE - wide
        with canvas.scope(FOOTER):
            box = f"{left - _PAD:.2f} {_BASE - _PAD:.2f} {wide + 2 * _PAD:.2f} {_LOOK.size + _PAD:.2f} re f"
            canvas.put_text(f"/Artifact BMC q 1 g {box} Q EMC")
            line.draw(canvas, left, _BASE + _LOOK.ascent)
        return Furniture(*canvas.sketch())

    def watermark(self, leaf: Leaf) -> Furniture:
        self._draw_mark(*_room(leaf))
        return Furniture(*self._canvas.sketch())

    def _draw_mark(self, width: float, height: float) -> None:
        if self._mark:
            self._canvas.put_text(self._marks.get((width, height)) or self._set_mark(width, height))

    def _set_mark(self, width: float, height: float) -> str:
        """The watermark's operators for a page of that size."""
        size = min(_LARGEST, 0.8 * (width**2 + height**2) ** 0.5 / max(stringWidth(self._mark, "Sans-B", 1), 0.1))
        turn, encoded = 0.7071, self._canvas.encode("Sans-B", self._mark)
        half = stringWidth(self._mark, "Sans-B", size) / 2
        x, y = width / 2 - half * turn + size * 0.25, height / 2 - half * turn - size * 0.25
        shown = " ".join(f"{name} {size:.4g} Tf ({data}) Tj" for name, data in encoded)
        turned = f"{turn} {turn} {-turn} {turn} {x:.2f} {y:.2f} Tm"
        code = f"/Artifact BMC q /Faint gs 0.2 g BT {turned} {shown} ET Q EMC"
        self._marks[width, height] = code
        return code


def seen(leaf: Leaf) -> tuple[float, float]:
    """Width and height of a page as it is seen."""
    left, bottom, right, top = leaf.box
    width, height = right - left, top - bottom
    return (height, width) if leaf.turned in (90, 270) else (width, height)


def _room(leaf: Leaf) -> tuple[float, float]:
    """The same in the furniture's own space, which is larger on a larger sheet."""
    width, height = seen(leaf)
    return width / scale(leaf), height / scale(leaf)
