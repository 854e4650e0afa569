"""Boxes onto pages: one column, headings kept with what they head, nothing ever too big.

A box that fits no page and cannot be split is drawn all the same: a report
with a box over its margin is better than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from taggedpdf.box import FUZZ, Box
from taggedpdf.canvas import TaggedCanvas


@dataclass(frozen=True)
class Column:
    """Where text stands on a page."""

    x: float
    top: float
    bottom: float
    width: float


class Anchor(Box):
    """A place to come back to: calls *reached* when its page is known, and is a bookmark's end."""

    keep = unseen = True

    def __init__(self, key: str, rise: float, reached: Callable[[str], None] | None = None) -> None:
        self.key, self.rise, self.reached = key, rise, reached

    def wrap(self, width: float) -> float:
        return 0

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        canvas.bookmark(self.key, top + self.rise)
        if self.reached:
            self.reached(self.key)


class Pages:
    """Fills page after page of a canvas; of none, it only counts them."""

    def __init__(self, canvas: TaggedCanvas | None, column: Column, turned: Callable[[], None] | None = None) -> None:
        self.canvas, self.column, self.turned = canvas, column, turned
        self._y = column.top
        self._after = 0.0
        self.fresh = True  # nothing stands on the page
        self.ended = 0

    def use(self, column: Column) -> None:
        """Set the pages that follow in another column."""
        self.column, self._y = column, column.top

    @property
    def room(self) -> float:
        """The height that is left on the page."""
        return self._y - self.column.bottom

    def turn(self) -> None:
        """End the page, if anything stands on it."""
        if not self.fresh:
            self._end()

    def _end(self) -> None:
        if self.turned:
            self.turned()
        if self.canvas:
            self.canvas.showPage()
        self.ended += 1
        self._y, self._after, self.fresh = self.column.top, 0.0, True

    def flow(self, boxes: Iterable[Box]) -> None:
        """Place *boxes* one below the other, over as many pages as it takes."""
        queue = list(boxes)
        for at, box in enumerate(queue):
            if box.keep and not self.fresh and self._kept(queue, at) > self.room + FUZZ:
                self._end()
            self._place(box)

    def _kept(self, boxes: Sequence[Box], at: int) -> float:
        """The height of a box that stays with its followers, down to their first lines."""
        height, after, width = 0.0, self._after, self.column.width
        for box in boxes[at:]:
            height += max(after, box.before)
            if not box.keep:
                return height + box.lead(width)
            height += box.wrap(width)
            after = box.after
        return height

    def _place(self, box: Box) -> None:
        width = self.column.width
        if box.unseen:
            if self.canvas:
                box.draw(self.canvas, self.column.x, self._y)
            return
        while True:
            gap = 0.0 if self.fresh else max(self._after, box.before)
            height = box.wrap(width)
            if height <= self.room - gap + FUZZ:
                break
            parts = box.split(width, self.room - gap)
            if parts:
                self._draw(parts[0], gap, parts[0].wrap(width))
                box = parts[1]
            elif self.fresh:
                break
            self._end()
        self._draw(box, 0.0 if self.fresh else max(self._after, box.before), box.wrap(width))

    def _draw(self, box: Box, gap: float, height: float) -> None:
        self._y -= gap
        if self.canvas:
            box.draw(self.canvas, self.column.x, self._y)
        self._y -= height
        self._after = box.after
        if height:
            self.fresh = False
