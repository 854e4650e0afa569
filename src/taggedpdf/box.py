"""What a page is made of: boxes that know their height, may split, and draw themselves.

Positions are page space in points; a box hangs from its top left corner.
"""

from __future__ import annotations

from collections.abc import Sequence

from taggedpdf.canvas import TaggedCanvas

FUZZ = 0.001
MOVED = 320.0  # what is kept whole is moved to the next page up to this height


class Box:
    """One thing in a column. `before` and `after` are space that vanishes at a page's edge."""

    before: float = 0
    after: float = 0
    keep: bool = False  # stay with what follows
    joined: bool = False  # stay with what precedes: a page never begins with it
    unseen: bool = False  # takes no place and no space

    def wrap(self, width: float) -> float:
        """The height at *width*; called before split and draw."""
        raise NotImplementedError

    def lead(self, width: float) -> float:
        """The height of the least part that may begin a column."""
        return self.wrap(width)

    def split(self, width: float, room: float) -> tuple[Box, Box] | None:
        """What fits into *room* and what is left; None when nothing does."""
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw what wrap measured."""
        raise NotImplementedError


class Spacer(Box):
    """Empty height, dropped where a page begins."""

    def __init__(self, height: float) -> None:
        self.before = height

    def wrap(self, width: float) -> float:
        return 0

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        pass


class Stack(Box):
    """Boxes one above the other, as in a table's cell."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.boxes = list(boxes)
        self._placed: list[tuple[Box, float, float]] = []  # box, top and bottom below the stack's top

    def wrap(self, width: float) -> float:
        self._placed, y, after = [], 0.0, 0.0
        for box in self.boxes:
            top = y + (max(after, box.before) if self._placed else 0)
            y = top + box.wrap(width)
            self._placed.append((box, top, y))
            after = box.after
        return y

    def lead(self, width: float) -> float:
        return self.boxes[0].lead(width) if self.boxes else 0

    def split(self, width: float, room: float) -> tuple[Stack, Stack] | None:
        if not self._placed:
            self.wrap(width)
        fits = sum(bottom <= room + FUZZ for _, _, bottom in self._placed)
        if fits == len(self._placed):
            return None
        box, top, _ = self._placed[fits]
        parts = box.split(width, room - top) if room > top else None
        if parts:
            return Stack([*self.boxes[:fits], parts[0]]), Stack([parts[1], *self.boxes[fits + 1 :]])
        if not fits:
            return None
        if box.joined or self.boxes[fits - 1].keep:  # cut the box before it, or send it along
            return self.split(width, self._placed[fits - 1][2] - 1)
        return Stack(self.boxes[:fits]), Stack(self.boxes[fits:])

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for box, above, _ in self._placed:
            box.draw(canvas, x, top - above)


class KeepTogether(Stack):
    """Boxes that stay on one page while they are no taller than *most* points."""

    def __init__(self, boxes: Sequence[Box], most: float = MOVED) -> None:
        super().__init__(boxes)
        self.most = most
        self.before, self.after, self.keep = boxes[0].before, boxes[-1].after, boxes[-1].keep

    def lead(self, width: float) -> float:
        height = self.wrap(width)
        return height if height <= self.most else super().lead(width)

    def split(self, width: float, room: float) -> tuple[Stack, Stack] | None:
        return None if self.wrap(width) <= self.most else super().split(width, room)


class SideLabel(Box):
    """A label in the side column, on the first line of what it names."""

    def __init__(self, label: Box, body: Box, side: float, drop: float) -> None:
        self.label, self.body, self.side, self.drop = label, body, side, drop
        self.before, self.after, self.keep = body.before, body.after, body.keep
        self._tall = 0.0

    def wrap(self, width: float) -> float:
        self._tall = self.label.wrap(self.side) + self.drop
        return max(self.body.wrap(width), self._tall)

    def lead(self, width: float) -> float:
        return max(self.body.lead(width), self.label.wrap(self.side) + self.drop)

    def split(self, width: float, room: float) -> tuple[Box, Box] | None:
        parts = self.body.split(width, room) if self._tall <= room else None
        if parts is None:
            return None
        head = SideLabel(self.label, parts[0], self.side, self.drop)
        head.wrap(width)
        return head, parts[1]

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        self.label.draw(canvas, x, top - self.drop)
        self.body.draw(canvas, x, top)
