"""Heads and feet: the part above, the place below, and which page of how many. Artifacts all."""

from __future__ import annotations

from planstudio.reports.style import QUIET, Grid
from planstudio.reports.typesetter import Typesetter
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.paragraph import Paragraph, TextStyle
from taggedpdf.tags import FOOTER, HEADER

_HEAD, _FOOT = 42.0, 36.0  # baselines, from the top and from the bottom edge
_PLAIN = TextStyle("Sans", 8.5, 11, QUIET)
_BOLD = TextStyle("Sans-B", 8.5, 11, QUIET)
_RIGHT = TextStyle("Sans", 8.5, 11, QUIET, flush_right=True)


class Running:
    """Which part each page belongs to: the one that began it."""

    def __init__(self) -> None:
        self.heads: list[str] = []
        self._now = self._next = ""

    def enter(self, part: str, *, fresh: bool) -> None:
        """A part begins, on a fresh page or below another."""
        self._next = part
        if fresh:
            self._now = part

    def turned(self) -> None:
        """A page has ended."""
        self.heads.append(self._now)
        self._now = self._next


class Stamp:
    """Draws head and foot into pages that are laid out."""

    def __init__(self, grid: Grid, setter: Typesetter, district: str, title: str) -> None:
        self.grid, self.setter = grid, setter
        self.district, self.title = district, title

    def draw(self, canvas: TaggedCanvas, head: str, place: str) -> None:
        """The furniture of one page; *place* says which of how many it is."""
        above, below = self.grid.height - _HEAD, _FOOT
        with canvas.scope(HEADER):
            self._put(canvas, self.district, _BOLD, above, 0.48)
            self._put(canvas, head, _RIGHT, above, 0.48)
        with canvas.scope(FOOTER):
            self._put(canvas, self.title, _PLAIN, below, 0.7)
            self._put(canvas, place, _RIGHT, below, 0.28)

    def _put(self, canvas: TaggedCanvas, words: str, look: TextStyle, baseline: float, share: float) -> None:
        runs = self.setter.fitted(words, look, self.grid.text * share)
        if not runs:
            return
        line = Paragraph(runs, look)
        line.wrap(self.grid.text)
        line.draw(canvas, self.grid.margin, baseline + look.ascent)
