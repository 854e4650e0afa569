"""Goals side by side: heads on one line, statuses on one line, strategies beneath, tags goal by goal.

    Goal 1          Goal 2          Goal 3
    Every child…    Present and…    Within our means
    ▲ At risk       ● On track      ✓ Completed
    ──────────────────────────────────────────────
    1.1 Know each   2.1 An adult…   3.1 Reserves…

What does not fit goes on on the next page below the same heads, which are
artifacts there, as the head of a table is.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from planstudio.reports.style import ACCENT, FIRM, HAIR, RULE, S1, S2, S3
from taggedpdf.box import FUZZ, Box, Stack
from taggedpdf.breaking import fill
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.tags import LAYOUT

GUTTER = S3 + S1


class SideBySide(Box):
    """Stacks beside each other, their tops on one line. They stay together."""

    def __init__(self, stacks: Sequence[Stack], gutter: float, *, after: float = 0) -> None:
        self.stacks, self.gutter, self.after = list(stacks), gutter, after
        self._each = 0.0

    def wrap(self, width: float) -> float:
        count = len(self.stacks)
        self._each = (width - self.gutter * (count - 1)) / count
        return max(stack.wrap(self._each) for stack in self.stacks)

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for at, stack in enumerate(self.stacks):
            stack.draw(canvas, x + at * (self._each + self.gutter), top)


@dataclass(frozen=True)
class GoalColumn:
    """A goal's head and status, and what stands below."""

    head: Stack
    status: Box
    body: Stack


class GoalColumns(Box):
    """The columns of some goals, as wide as if there were *abreast* of them."""

    def __init__(self, columns: Sequence[GoalColumn], abreast: int, gutter: float, *, again: bool = False) -> None:
        self.columns, self.abreast, self.gutter, self.again = list(columns), abreast, gutter, again
        self.after = S3
        self._each = self._width = self._head = self._status = 0.0

    def wrap(self, width: float) -> float:
        self._width = width
        self._each = (width - self.gutter * (self.abreast - 1)) / self.abreast
        self._head = max(column.head.wrap(self._each) for column in self.columns)
        self._status = max(column.status.wrap(self._each) for column in self.columns)
        return self._above + max(column.body.wrap(self._each) for column in self.columns)

    @property
    def _above(self) -> float:
        """The height of all that stands above the strategies."""
        return S2 + self._head + S2 + self._status + S2 + S3

    def lead(self, width: float) -> float:
        self.wrap(width)
        firsts = [column.body.boxes[0].wrap(self._each) for column in self.columns if column.body.boxes]
        return self._above + max(firsts, default=0.0)

    def split(self, width: float, room: float) -> tuple[Box, Box] | None:
        if self.lead(width) > room + FUZZ:
            return None
        cut = [(column, _cut(column.body, self._each, room - self._above)) for column in self.columns]
        first, rest = ([replace(column, body=parts[half]) for column, parts in cut] for half in (0, 1))
        head = GoalColumns(first, self.abreast, self.gutter, again=self.again)
        return head, GoalColumns(rest, self.abreast, self.gutter, again=True)

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        canvas.put_rule(fill(ACCENT).upper(), FIRM, x, x + self._width, top)
        status_top = top - S2 - self._head - S2
        line = status_top - self._status - S2
        canvas.put_rule(fill(RULE).upper(), HAIR, x, x + self._width, line)
        for at, column in enumerate(self.columns):
            left = x + at * (self._each + self.gutter)
            with canvas.scope(LAYOUT) if self.again else nullcontext():
                column.head.draw(canvas, left, top - S2)
                column.status.draw(canvas, left, status_top)
            column.body.draw(canvas, left, line - S3)


def _cut(body: Stack, width: float, room: float) -> tuple[Stack, Stack]:
    """What of a column's body fits, and what is left."""
    if body.wrap(width) <= room + FUZZ:
        return body, Stack([])
    parts = body.split(width, room)
    if parts is None:
        return Stack([]), body
    parts[0].wrap(width)
    return parts
