"""Figures of student groups in one period, and which groups add up to which.

A sum counts as one that holds when its numbers do: the students to the last one, and what is measured as far as it
was rounded. Names help: "EL boys" lies in "EL", and everything lies in everyone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from planstudio.domain.group_names import Subgroup, apart, known, within

_FREE_PARTS = 4  # parts of a sum that no names speak for
_NAMED_PARTS = 2  # the same where names speak against it
_MOST_SUMS = 20_000  # looked at for one group
NEARLY = 1e-6

Key = tuple[str, str]  # a measure and a student group


class Range(NamedTuple):
    low: float
    high: float


@dataclass(frozen=True)
class Cell:
    """A figure of one period: whose it is, of how many students, and how many of them that comes to."""

    key: Key
    place: Subgroup  # of the group by its name; nothing is everyone
    size: int | None = None
    total: float | None = None  # value × size; the students who have it, where it is a share
    slack: float = 0.0  # by which rounding may have moved the total
    share: bool = False
    coded: Range | None = None  # what is told of the total, where it is not told itself

    @property
    def students(self) -> int:
        return self.size or 0

    @property
    def known_range(self) -> Range | None:
        if self.coded is not None or self.total is None:
            return self.coded
        return Range(self.total - self.slack, self.total + self.slack)

    @property
    def exact(self) -> Range | None:
        """What is told to somebody who takes the nearest whole number of students for the true one."""
        if self.known_range is None or self.total is None or self.coded is not None:
            return self.known_range
        near = float(round(self.total))
        return Range(near, near) if self.share and abs(self.total - near) <= self.slack + NEARLY else self.known_range


class Sum(NamedTuple):
    """Groups that make up another one; with *rest* students who are in none of them."""

    whole: Cell
    parts: tuple[Cell, ...]
    rest: int = 0

    def cells(self) -> tuple[Cell, ...]:
        return (self.whole, *self.parts)


def inside(part: Cell, whole: Cell) -> bool:
    return 0 < part.students <= whole.students and within(part.place, whole.place)


def named_sums(cells: Sequence[Cell], minimum: int) -> list[Sum]:
    """The sums that names speak for, and those that leave fewer than *minimum* students over."""
    found: list[Sum] = []
    for whole in cells:
        parts = [cell for cell in cells if inside(cell, whole)]
        found += _filling(whole, parts, max(minimum, 1), len(parts))
    return found


def other_sums(cells: Sequence[Cell]) -> list[Sum]:
    """The sums of few parts that only their numbers speak for."""
    found: list[Sum] = []
    for whole in cells:
        others = [cell for cell in cells if cell is not whole and 0 < cell.students < whole.students]
        if not whole.place or whole.total is None or all(inside(cell, whole) for cell in others):
            continue
        unsure = [cell for cell in others if not (known(whole.place) and known(cell.place)) or inside(cell, whole)]
        found += _filling(whole, unsure, 1, _FREE_PARTS)
        found += _filling(whole, others, 1, _NAMED_PARTS)
    return found


def _filling(whole: Cell, parts: Sequence[Cell], minimum: int, most: int) -> Iterator[Sum]:
    """The choices of at most *most* of *parts* that leave fewer than *minimum* students of *whole* over.

    Groups that overlap by their names, "EL" and "Girls", make a sum only where they are few and leave nobody over.
    """
    ordered = sorted(parts, key=lambda cell: cell.students, reverse=True)
    behind = [0]
    for cell in reversed(ordered):
        behind.append(behind[-1] + cell.students)
    behind.reverse()
    stack: list[tuple[int, int, tuple[Cell, ...], bool]] = [(0, whole.students, (), False)]
    for _n in range(_MOST_SUMS):
        if not stack:
            return
        at, rest, chosen, loose = stack.pop()
        if rest - behind[at] >= (1 if loose else minimum):
            continue
        if at == len(ordered) or not rest or len(chosen) == most:
            sure = rest and len(chosen) == 1 and inside(chosen[0], whole)  # whatever was mistyped
            if chosen and rest < minimum and (sure or _agrees(whole, chosen, rest)):
                yield Sum(whole, chosen, rest)
            continue
        stack.append((at + 1, rest, chosen, loose))
        cell = ordered[at]
        crossing = loose or not all(apart(cell.place, other.place) for other in chosen)
        if cell.students <= rest and not (crossing and len(chosen) >= _NAMED_PARTS):
            stack.append((at + 1, rest - cell.students, (*chosen, cell), crossing))


def _agrees(whole: Cell, parts: Sequence[Cell], rest: int) -> bool:
    """Whether what is measured leaves for the *rest* no more than they can have, and nothing for nobody."""
    if whole.total is None or any(part.total is None for part in parts):
        return True
    left = whole.total - sum(part.total or 0.0 for part in parts)
    slack = whole.slack + sum(part.slack for part in parts) + NEARLY * max(abs(whole.total), 1)
    if not rest:
        return abs(left) <= slack
    return not whole.share or -slack <= left <= rest + slack
