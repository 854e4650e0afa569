"""An attacker who has what is told of student groups and knows how they lie, and reckons in fractions.

He knows of which classes each group consists ("EL girls in grade 3" is one), whether a class can have students, and,
if he is given them, all enrollments. He is exact: the simplex method over the rationals, by Bland's rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor

Classes = frozenset[int]
Bounds = tuple[Fraction, Fraction | None]  # the least and the most; None for no end
_NONE = Fraction(0)


class Unknowns:
    """Numbers that are not negative, of which some sums are known."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.rows: list[tuple[dict[int, Fraction], Fraction]] = []

    def know(self, places: Iterable[int], low: Fraction, high: Fraction) -> None:
        row = {n: Fraction(1) for n in places}
        if low == high:
            self.rows.append((row, low))
            return
        for bound, sign in ((low, -1), (high, 1)):
            self.rows.append(({**row, self.count: Fraction(sign)}, bound))
            self.count += 1

    def bounds(self, wanted: Sequence[Classes]) -> list[Bounds]:
        if not self.rows:
            return [(_NONE, None)] * len(wanted)
        table, basis = self._feasible()
        found: list[Bounds] = []
        for places in wanted:
            most = _climb(table, basis, {n: Fraction(1) for n in places}, self.count)
            least = _climb(table, basis, {n: Fraction(-1) for n in places}, self.count)
            assert least is not None
            found.append((-least, most))
        return found

    def _feasible(self) -> tuple[list[list[Fraction]], list[int]]:
        helpers = len(self.rows)
        table = []
        for n, (row, total) in enumerate(self.rows):
            sign = -1 if total < 0 else 1
            line = [_NONE] * (self.count + helpers + 1)
            for at, factor in row.items():
                line[at] = sign * factor
            line[self.count + n], line[-1] = Fraction(1), sign * total
            table.append(line)
        basis = [self.count + n for n in range(helpers)]
        left = _climb(table, basis, {self.count + n: Fraction(-1) for n in range(helpers)}, self.count)
        assert left == 0, "what is told contradicts the truth"
        for at in reversed(range(len(table))):
            if basis[at] >= self.count:
                column = next((n for n in range(self.count) if table[at][n]), None)
                if column is None:
                    del table[at], basis[at]
                else:
                    _pivot(table, basis, at, column)
        return table, basis


def _climb(table: list[list[Fraction]], basis: list[int], aim: dict[int, Fraction], width: int) -> Fraction | None:
    """The most of the sum; None where it has no end."""
    costs = [*(-aim.get(n, _NONE) for n in range(len(table[0]) - 1)), _NONE]
    for line, at in zip(table, basis, strict=True):
        if aim.get(at):
            costs = [a + aim[at] * b for a, b in zip(costs, line, strict=True)]
    table.append(costs)
    try:
        while (column := next((n for n in range(width) if table[-1][n] < 0), None)) is not None:
            rows = [n for n in range(len(basis)) if table[n][column] > 0]
            if not rows:
                return None
            at = min(rows, key=lambda n: (table[n][-1] / table[n][column], basis[n]))
            _pivot(table, basis, at, column)
        return table[-1][-1]
    finally:
        table.pop()


def _pivot(table: list[list[Fraction]], basis: list[int], at: int, column: int) -> None:
    factor = table[at][column]
    table[at] = [value / factor if value else value for value in table[at]]
    basis[at] = column
    used = [(n, value) for n, value in enumerate(table[at]) if value]
    for n, line in enumerate(table):
        if n != at and (times := line[column]):
            for place, value in used:
                line[place] -= times * value


def students(told: Sequence[tuple[Classes, int]], wanted: Sequence[Classes], width: int) -> list[Bounds]:
    """How many students the *wanted* can have, where those of the *told* are known."""
    unknown = Unknowns(width)
    for classes, size in told:
        unknown.know(classes, Fraction(size), Fraction(size))
    return unknown.bounds(wanted)


def having(
    enrolled: Sequence[tuple[Classes, int]],
    told: Sequence[tuple[Classes, Fraction, Fraction]],
    wanted: Sequence[Classes],
    width: int,
) -> list[Bounds]:
    """How many of the *wanted* can have what is measured, where enrollments are known and shares between bounds."""
    unknown = Unknowns(2 * width)  # of each class those who have it, and those who do not
    for classes, size in enrolled:
        unknown.know([*classes, *(n + width for n in classes)], Fraction(size), Fraction(size))
    for classes, low, high in told:
        unknown.know(classes, low, high)
    return unknown.bounds(wanted)


def whole_numbers(bounds: Bounds) -> int:
    low, high = bounds
    return 1_000_000 if high is None else floor(high) - ceil(low) + 1
