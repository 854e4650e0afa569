"""What is written onto pages: boxes, and the tags they declare, in reading order.

A section of a report is a function that writes with a Writer. Words of the
program arrive translated, words of the book as they are; both go through the
typesetter, the only way to paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from reportlab.graphics.shapes import Drawing

from planstudio.reports import style
from planstudio.reports.fonts import one_line
from planstudio.reports.marks import INDENT, Mark, Marked
from planstudio.reports.style import S2, S3, Grid, Styles
from planstudio.reports.typesetter import Typesetter
from taggedpdf.box import MOVED, Box, KeepTogether, SideLabel, Spacer
from taggedpdf.breaking import Run, fill
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.figure import Figure
from taggedpdf.paragraph import Paragraph, TextStyle
from taggedpdf.table import Table
from taggedpdf.tags import Tag

LONG_LABEL = 70  # a label above this stands over its text, not beside it
_LONG_TITLE = 160
_NAMELESS = "–"  # a heading is never empty: without its words the next one would skip a level


class Rule(Box):
    """A level line: a report has few."""

    after = S3

    def __init__(self, width: float, left: float, *, firm: bool, keep: bool) -> None:
        self.width, self.left, self.keep = width, left, keep
        self.weight, self.color = (style.FIRM, style.ACCENT) if firm else (style.HAIR, style.RULE)

    def wrap(self, width: float) -> float:
        return self.weight

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        canvas.put_rule(fill(self.color).upper(), self.weight, x + self.left, x + self.width, top - self.weight / 2)


class Writer:
    """Collects boxes; `sect` is the element that new tags go under."""

    def __init__(self, grid: Grid, setter: Typesetter, sect: Tag) -> None:
        self.grid, self.setter, self.sect = grid, setter, sect
        self.styles = Styles(grid)
        self.boxes: list[Box] = []
        self._level = 0  # of the last heading: none is ever skipped

    # ── text

    def text(self, words: str | Sequence[Run], look: TextStyle, tag: Tag | None = None) -> Paragraph:
        """A paragraph that is not yet placed."""
        runs = self.setter.plain(words, look) if isinstance(words, str) else words
        return Paragraph(runs, look, tag)

    def p(self, words: str | Sequence[Run], look: TextStyle | None = None) -> None:
        self.boxes.append(self.text(words, look or self.styles.main, self.sect.add("P")))

    def gap(self, height: float) -> None:
        self.boxes.append(Spacer(height))

    def rule(self, *, left: float = 0, firm: bool = False, keep: bool = False) -> None:
        self.boxes.append(Rule(self.grid.text, left, firm=firm, keep=keep))

    # ── headings

    def heading_tag(self, level: int) -> Tag:
        """A heading's tag, of *level* or the deepest that may follow the last one."""
        self._level = min(level, self._level + 1)
        return self.sect.add(f"H{self._level}")

    def heading(self, words: str | Sequence[Run], look: TextStyle, level: int) -> None:
        self.boxes.append(self.text(words, look, self.heading_tag(level)))

    def title(self, words: str, kicker: str = "") -> None:
        """The page's title, with what it is above it. A long one is set smaller."""
        if kicker:
            self.p(kicker, self.styles.kicker)
        words = one_line(words) or _NAMELESS
        self.heading(words, self.styles.title if len(words) <= _LONG_TITLE else self.styles.long_title, 1)

    def subtitle(self, words: str) -> None:
        """A heading over a chart or a table."""
        self.heading(one_line(words) or _NAMELESS, self.styles.chart_title, 2)

    def hang(
        self, label: str, words: str, look: TextStyle | None = None, *, level: int = 2, before: float = 12
    ) -> None:
        """Words beside their label."""
        with self.hung(label, level=level, before=before):
            self.p(words, look)

    @contextmanager
    def hung(self, label: str | Sequence[Run], *, level: int = 2, before: float = 12) -> Iterator[None]:
        """What is written inside answers to *label*, which hangs in the side column on its first line.

        A label too long for the side column stands above, as a heading.
        """
        label = one_line(label) or _NAMELESS if isinstance(label, str) else label
        tag = self.heading_tag(level) if level else self.sect.add("P")
        if isinstance(label, str) and len(label) > LONG_LABEL:
            self.boxes.append(self.text(label, self.styles.h3, tag))
            yield
            return
        side = self.text(label, self.styles.side, tag)
        start = len(self.boxes)
        yield
        if start == len(self.boxes):
            side.before, side.after = before, style.S2
            self.boxes.append(side)
            return
        first = self.boxes[start]
        hung = SideLabel(side, first, self.grid.span(3), self._drop(first))
        hung.before = max(first.before, before)
        self.boxes[start] = hung

    @contextmanager
    def whole(self, most: float = MOVED) -> Iterator[None]:
        """What is written inside stays on one page, if it is no taller than *most*."""
        start = len(self.boxes)
        yield
        if len(self.boxes) > start:
            self.boxes[start:] = [KeepTogether(self.boxes[start:], most)]

    def _drop(self, body: Box) -> float:
        """How far the label stands below its box's top, so that the first lines share a baseline."""
        if isinstance(body, Table):
            first = style.TABLE.pad + self.styles.head.ascent
        elif isinstance(body, Paragraph):
            first = body.style.ascent
        else:
            first = self.styles.main.ascent
        return first - self.styles.side.ascent

    # ── figures, tables, statuses

    def figure(self, drawing: Drawing, words: str, *, before: float = 0, after: float = 0) -> None:
        """A drawing, told by *words*."""
        self.boxes.append(Figure(drawing, self.sect.add("Figure", alt=words), before=before, after=after))

    def table(self, widths: Sequence[float], *, left: float = 0, row_heads: bool = True, ruled: bool = True) -> Table:
        """A table to be filled; a width of 0 takes what the others leave."""
        rest, tag = self.grid.text - left - sum(widths), self.sect.add("Table")
        fitted = [width or rest for width in widths]
        table = Table(tag, fitted, style.TABLE, row_heads=row_heads, ruled=ruled, left=left)
        table.after = S3
        self.boxes.append(table)
        return table

    def cell(self, words: str | Sequence[Run], look: TextStyle | None = None) -> Paragraph:
        return self.text(words, look or self.styles.cell)

    def cells(self, *words: str, look: TextStyle | None = None) -> list[Box]:
        return [self.cell(each, look) for each in words]

    def heads(self, *words: str, numbers: Sequence[int] = ()) -> list[Box]:
        """A table's column heads; those in *numbers* stand right, over their figures."""
        looks = (self.styles.head_number if at in numbers else self.styles.head for at in range(len(words)))
        return [self.cell(each, look) for each, look in zip(words, looks, strict=True)]

    def status(self, mark: Mark, words: str, look: TextStyle | None = None, tag: Tag | None = None) -> Marked:
        """Words behind a mark: bold and in the mark's color, or as *look* has it."""
        look = look or replace(self.styles.cell_bold, color=mark.color)
        look = replace(look, left=look.left + INDENT)
        marked = Marked(self.setter.plain(words, look), look, tag)
        marked.mark = mark
        return marked

    def quiet(self, words: str) -> None:
        """A sentence that says that there is nothing."""
        self.p(words, self.styles.note)
        self.gap(S2)
