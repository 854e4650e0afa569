"""A paragraph: runs of text broken into lines, split over pages, drawn with their tags.

It stands in for platypus' Paragraph: no markup is parsed, so no text can be
taken for markup; lines are broken once and kept when the paragraph runs on;
and the operators are written straight away, marks and all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from reportlab.pdfbase.pdfmetrics import getAscentDescent

from taggedpdf.box import FUZZ, Box
from taggedpdf.breaking import Line, Link, Run, RunStyle, break_lines, fill, text_width
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.tags import Artifact, Tag

_BALANCED = 4  # paragraphs of up to so many lines are balanced
_STEPS = 6


@dataclass(frozen=True, eq=False)
class TextStyle:
    """How a paragraph is set, in points. Balanced, it is narrowed until its lines are alike."""

    font: str
    size: float
    leading: float
    color: Any
    before: float = 0
    after: float = 0
    left: float = 0
    right: float = 0
    flush_right: bool = False
    keep: bool = False
    balanced: bool = False

    @property
    def run_style(self) -> RunStyle:
        return RunStyle(self.font, self.size, fill(self.color))

    @property
    def ascent(self) -> float:
        """From the top of the first line to its baseline."""
        ascent: float = getAscentDescent(self.font, self.size)[0]
        return ascent


@dataclass(frozen=True)
class ListLabel:
    """What stands before a list item, on its first line: a dash, a number."""

    text: str
    look: RunStyle
    tag: Tag
    left: float


class Paragraph(Box):
    """Text in a column. With no tag its text is its surroundings': a table cell's."""

    def __init__(
        self, runs: Sequence[Run], style: TextStyle, tag: Tag | None = None, label: ListLabel | None = None
    ) -> None:
        self.runs, self.style, self.tag, self.label = runs, style, tag, label
        self.before, self.after, self.keep = style.before, style.after, style.keep
        self._width = -1.0
        self._lines: list[Line] = []
        self._runs_on = False  # the rest stands on another page

    def wrap(self, width: float) -> float:
        if width != self._width:
            self._lines, self._width = self._break(width), width
        return len(self._lines) * self.style.leading

    def _break(self, width: float) -> list[Line]:
        style = self.style
        room = max(width - style.left - style.right, style.size)
        lines = break_lines(self.runs, room, tied=True)
        if not style.balanced or not 1 < len(lines) <= _BALANCED:
            return lines
        low, high = room / 2, room
        for _ in range(_STEPS):
            middle = (low + high) / 2
            tried = break_lines(self.runs, middle, tied=True)
            if len(tried) > len(lines):
                low = middle
            else:
                high, lines = middle, tried
        return lines

    def lead(self, width: float) -> float:
        self.wrap(width)
        return min(len(self._lines), 3 if len(self._lines) == 3 else 2) * self.style.leading

    def split(self, width: float, room: float) -> tuple[Box, Box] | None:
        self.wrap(width)
        count = len(self._lines)
        fits = int((room + FUZZ) / self.style.leading)
        if count - fits == 1:  # a widow gets company
            fits -= 1
        if fits >= count or fits < 2:
            return None
        head, rest = self._part(0, fits), self._part(fits, count)
        head.before, head.joined, head._runs_on = self.before, self.joined, True
        rest.after, rest.keep, rest._runs_on = self.after, self.keep, self._runs_on
        return head, rest

    def _part(self, start: int, stop: int) -> Self:
        part = type(self)(self.runs, self.style, self.tag, self.label if start == 0 else None)
        part._lines, part._width = self._lines[start:stop], self._width
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        style = self.style
        owner = canvas.owner if self.tag is None or canvas.in_artifact else self.tag
        if self.label:
            marked = owner if isinstance(owner, Artifact) else self.label.tag
            label = Line([(self.label.look, self.label.text)], 0)
            _Setter(canvas, marked, style.leading).set([(x + self.label.left, label)], top - style.ascent)
        left, right = x + style.left, x + self._width - style.right
        placed = [(right - line.width if style.flush_right else left, line) for line in self._lines]
        _Setter(canvas, owner, style.leading, runs_on=self._runs_on).set(placed, top - style.ascent)


class _Setter:
    """Writes lines as one text object, its marked content cut where a link begins and ends."""

    def __init__(self, canvas: TaggedCanvas, owner: Tag | Artifact, leading: float, *, runs_on: bool = False) -> None:
        self.canvas, self.owner, self.leading, self.runs_on = canvas, owner, leading, runs_on
        self.code: list[str] = []
        self._link: Link | None = None
        self._open = False
        self._font = self._color = ""
        self._under: list[tuple[float, float, float, RunStyle]] = []  # x0, x1, y of the baseline
        self._grounds: list[tuple[float, float, float, RunStyle]] = []  # x, width, y of the baseline

    def set(self, lines: list[tuple[float, Line]], y: float) -> None:
        code, at_x, last = self.code, 0.0, len(lines) - 1
        code.append("BT")
        for number, (x, line) in enumerate(lines):
            if number == 0:
                code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {self.leading:.4g} TL")
            elif x == at_x:
                code.append("T*")
            else:
                code.append(f"{x - at_x:.2f} {-self.leading:.4g} Td")
            at_x = x
            self._line(line, x, y - number * self.leading, self.runs_on or number < last)
        if self._open:
            code.append("EMC")
        code.append("ET")
        self._ground()
        self.canvas.put_text(" ".join(code))
        self._underline()

    def _line(self, line: Line, x: float, y: float, more: bool) -> None:
        final = len(line.runs) - 1
        for place, (look, text) in enumerate(line.runs):
            if look.link is not self._link or not self._open:
                self._cut(look.link)
            if look.ground:
                self._grounds.append((x, text_width(text, look), y, look))
            if look.link or look.underline:
                width = text_width(text, look)
                self._under.append((x, x + width, y, look))
                x += width
            elif place < final:
                x += text_width(text, look)
            # a real space ends the line, or a reader joins its last word to the next line's first
            self._show(look, text + " " if more and place == final else text)

    def _cut(self, link: Link | None) -> None:
        """End the marked content and begin the link's, or the owner's again."""
        if self._open:
            self.code.append("EMC")
        owner = self.owner
        if link and isinstance(owner, Tag):
            if link.tag is None:
                link.tag = owner.add("Link", alt=link.words)
            owner = link.tag
        self.code.append(self.canvas.begin(owner))
        self._link, self._open = link, True

    def _show(self, look: RunStyle, text: str) -> None:
        if look.color != self._color:
            self._color = look.color
            self.code.append(look.color)
        for name, data in self.canvas.encode(look.font, text):
            font = f"{name} {look.size:.4g} Tf"
            if font != self._font:
                self._font = font
                self.code.append(font)
            self.code.append(f"({data}) Tj")

    def _ground(self) -> None:
        """The tint that chips stand on, drawn before their words."""
        for x, width, y, look in self._grounds:
            low, height = y - look.size * 0.32, look.size * 1.28
            box = f"{x - 3:.2f} {low:.2f} {width + 6:.2f} {height:.2f} re f"
            self.canvas.put_text(f"/Artifact BMC q {look.ground} {box} Q EMC")

    def _underline(self) -> None:
        canvas = self.canvas
        for x0, x1, y, look in self._under:
            low = y - look.size * 0.16
            canvas.put_rule(look.color.upper(), 0.6, x0, x1, low)
            if look.link and look.link.tag and isinstance(self.owner, Tag):
                canvas.add_link(look.link.tag, look.link.target, (x0, y - look.size * 0.25, x1, y + look.size * 0.85))
