"""The codes by which the command line names what is to be answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from planstudio.domain.differences import Difference


@dataclass(frozen=True)
class Coded:
    """What is answered together, and the code that names it on the command line.

    The code is that of the steps that stand against each other: when somebody writes on, it is another question.
    """

    code: str
    cells: tuple[Difference, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """Whose sides can be taken, the shown one first; "" keeps an element that was deleted."""
        return tuple(dict.fromkeys(side.step for one in self.cells for side in one.sides))


def coded(found: Iterable[Difference]) -> tuple[Coded, ...]:
    """The differences by what is answered together, in their order."""
    units = [tuple(group) for _unit, group in groupby(found, key=lambda one: one.unit)]
    sides = [sorted((x.unit, x.row, x.field, sorted(side.step for side in x.sides)) for x in cells) for cells in units]
    codes = _shortest([sha256(repr(said).encode()).hexdigest() for said in sides], 6)
    return tuple(Coded(code, cells) for code, cells in zip(codes, units, strict=True))


def step_names(asked: Iterable[Coded]) -> dict[str, str]:
    """The end of each step's id that tells it from the others: its beginning is only the time."""
    steps = sorted({step for one in asked for step in one.steps if step})
    ends = _shortest([step[::-1] for step in steps], 6)
    return {step: end[::-1] for step, end in zip(steps, ends, strict=True)}


def _shortest(names: list[str], least: int) -> list[str]:
    """The beginnings of *names*, all of one length, from which each is known."""
    most = max(map(len, names), default=least)
    length = next((n for n in range(least, most) if len({name[:n] for name in names}) == len(set(names))), most)
    return [name[:length] for name in names]
