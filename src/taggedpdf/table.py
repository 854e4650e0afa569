"""A quiet table: hairlines under rows, a firmer line under the head, no verticals.

Rows may be of any height: one that would not fit a whole page is split
through its cells. The head repeats on each page, an artifact after the first
time, as PDF/UA wants it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from taggedpdf.box import FUZZ, Box, Stack
from taggedpdf.breaking import fill
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.paragraph import Paragraph
from taggedpdf.tags import LAYOUT, Tag

_MOVED_WHOLE = 360.0  # a row up to this height is moved to the next page, a taller one is cut
_BEGUN = 120.0  # the room for a row that is cut to begin in
_LEFT, _LOW = 2, 100.0  # fewer rows than this, if low, do not stand alone on a page
_SENT = 200.0  # the height of rows that may be sent along with them


@dataclass(frozen=True)
class TableStyle:
    """Weights, colors and space of a table, in points."""

    hair: float
    thin: float
    rule: Any
    ink: Any
    gutter: float = 8
    pad: float = 4
    section_above: float = 13
    section_below: float = 4


@dataclass
class Row:
    """One row's cells, their tags, and whether it is a section's head that spans the table."""

    cells: list[Box | None]
    tags: list[Tag]
    section: bool = False
    height: float = 0
    tops: list[float] = field(default_factory=list)  # each cell's height


class Table(Box):
    """A table of boxes. Columns in *numeric* have their gutter on the left side as well as their text."""

    def __init__(
        self,
        tag: Tag,
        widths: Sequence[float],
        look: TableStyle,
        *,
        row_heads: bool = True,
        ruled: bool = True,
        left: float = 0,
    ) -> None:
        self.tag, self.widths, self.look = tag, list(widths), look
        self.row_heads, self.ruled, self.left = row_heads, ruled, left
        self.head: Row | None = None
        self.rows: list[Row] = []
        self._again = False  # the head has been told
        self._measured = False

    # ── what it holds

    def set_head(self, cells: Sequence[Box]) -> None:
        row = self.tag.add("TR")
        tags = [row.add("TH", attributes="<</O/Table/Scope/Column>>") for _ in cells]
        self.head = Row([self._own(cell, tag) for cell, tag in zip(cells, tags, strict=True)], tags)

    def add_row(self, cells: Sequence[Box | Sequence[Box] | None]) -> None:
        """Add a row; a cell of several boxes is a paragraph each."""
        row = self.tag.add("TR")
        heads = 1 if self.row_heads else 0
        tags = [row.add("TH", attributes="<</O/Table/Scope/Row>>") for _cell in cells[:heads]]
        tags += [row.add("TD") for _cell in cells[heads:]]
        self.rows.append(Row([self._own(cell, tag) for cell, tag in zip(cells, tags, strict=True)], tags))

    def add_section(self, cell: Box) -> None:
        """Add a head over the rows that follow."""
        span = f"<</O/Table/Scope/Row/ColSpan {len(self.widths)}>>"
        tag = self.tag.add("TR").add("TH", attributes=span)
        self.rows.append(Row([self._own(cell, tag)], [tag], section=True))

    @staticmethod
    def _own(cell: Box | Sequence[Box] | None, tag: Tag) -> Box | None:
        if cell is None or isinstance(cell, Box):
            return cell
        for box in cell:
            if isinstance(box, Paragraph) and box.tag is None:
                box.tag = tag.add("P")
        return Stack(cell)

    # ── its measures

    def wrap(self, width: float) -> float:
        if not self._measured:
            for row in [self.head, *self.rows] if self.head else self.rows:
                self._measure(row)
            self._measured = True
        return self._head_height() + sum(row.height for row in self.rows)

    def _measure(self, row: Row) -> None:
        widths = [sum(self.widths)] if row.section else self.widths
        last = len(row.cells) - 1
        row.tops = [
            cell.wrap(width - (self.look.gutter if at < last else 0)) if cell else 0
            for at, (cell, width) in enumerate(zip(row.cells, widths, strict=True))
        ]
        above, below = self._padding(row)
        row.height = max(row.tops, default=0) + above + below

    def _padding(self, row: Row) -> tuple[float, float]:
        look = self.look
        return (look.section_above, look.section_below) if row.section else (look.pad, look.pad)

    def _head_height(self) -> float:
        return self.head.height if self.head else 0

    def lead(self, width: float) -> float:
        self.wrap(width)
        used = self._head_height()
        for at, row in enumerate(self.rows):
            if self._before(at):
                break
            if row.height > _MOVED_WHOLE:
                return used + _BEGUN
            used += row.height
        return used

    def _before(self, at: int) -> int:
        """Where to cut when rows up to *at* fit: not below a section's head, nor so that a lone row is cut off."""
        cut, sent = at, 0.0
        while cut and (self.rows[cut - 1].section or self._is_lone(cut)):
            cut -= 1
            sent += self.rows[cut].height
        if sent <= _SENT:
            return cut
        while at and self.rows[at - 1].section:
            at -= 1
        return at

    def _is_lone(self, at: int) -> bool:
        """Whether a cut there leaves less above or below it than is worth a place of its own."""
        return any(
            sum(not row.section for row in rows) < _LEFT and sum(row.height for row in rows) < _LOW
            for rows in (self.rows[max(at - 2 * _LEFT, 0) : at], self.rows[at : at + 2 * _LEFT])
        )

    def split(self, width: float, room: float) -> tuple[Box, Box] | None:
        self.wrap(width)
        used, at = self._head_height(), 0
        while at < len(self.rows) and used + self.rows[at].height <= room + FUZZ:
            used += self.rows[at].height
            at += 1
        if at == len(self.rows):
            return None
        return self._split_row(at, room - used) if self.rows[at].height > _MOVED_WHOLE else self._cut(at)

    def _cut(self, at: int) -> tuple[Box, Box] | None:
        at = self._before(at)
        return (self._part(self.rows[:at], self._again), self._part(self.rows[at:], True)) if at else None

    def _split_row(self, at: int, room: float) -> tuple[Box, Box] | None:
        """Cut through a row's cells: only for one that is too tall to be moved whole."""
        row = self.rows[at]
        above, below = self._padding(row)
        space, last = room - above - below, len(row.cells) - 1
        parts: list[tuple[Box | None, Box | None]] = []
        for place, (cell, height) in enumerate(zip(row.cells, row.tops, strict=True)):
            if cell is None or height <= space:
                parts.append((cell, None))
                continue
            width = sum(self.widths) if row.section else self.widths[place]
            cut = cell.split(width - (self.look.gutter if place < last else 0), space)
            if cut is None:
                return self._cut(at)
            parts.append(cut)
        first, second = (Row([part[half] for part in parts], row.tags, row.section) for half in (0, 1))
        self._measure(first)
        self._measure(second)
        head, rest = [*self.rows[:at], first], [second, *self.rows[at + 1 :]]
        return self._part(head, self._again), self._part(rest, True)

    def _part(self, rows: list[Row], again: bool) -> Table:
        part = Table(self.tag, self.widths, self.look, row_heads=self.row_heads, ruled=self.ruled, left=self.left)
        part.head, part.rows, part._again, part._measured = self.head, rows, again, True
        part.after = self.after
        return part

    # ── its ink

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        x += self.left
        if self.head:
            with canvas.scope(LAYOUT) if self._again else nullcontext():
                self._draw_row(canvas, self.head, x, top, bottom=True)
            top -= self.head.height
            self._line(canvas, x, top, self.look.thin, self.look.ink)
        for row in self.rows:
            self._draw_row(canvas, row, x, top)
            top -= row.height
            if self.ruled:
                self._line(canvas, x, top, self.look.hair, self.look.rule)

    def _draw_row(self, canvas: TaggedCanvas, row: Row, x: float, top: float, *, bottom: bool = False) -> None:
        above, below = self._padding(row)
        for cell, tag, width, height in zip(row.cells, row.tags, self.widths, row.tops, strict=False):
            if cell:
                drop = row.height - below - height if bottom else above
                with canvas.scope(tag):
                    cell.draw(canvas, x, top - drop)
            x += width

    def _line(self, canvas: TaggedCanvas, x: float, y: float, weight: float, color: Any) -> None:
        canvas.put_rule(fill(color).upper(), weight, x, x + sum(self.widths), y)
