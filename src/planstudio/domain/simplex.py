"""The most that a sum of unknowns can be, where unknowns are not negative and some of their sums are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import NamedTuple

_ZERO = 1e-9
_STEPS_AT_ONCE = 60  # by the steepest way; then by the one that cannot run in circles
_MOST_STEPS = 2_000


class Row(NamedTuple):
    """The unknowns of a sum with their factors, and what it comes to."""

    factors: dict[int, float]
    total: float


class Most(NamedTuple):
    value: float
    rows: frozenset[int]  # which rows hold it down


class Program:
    """The rows in the form of the simplex method. Asking for another sum goes on from where the last one ended."""

    def __init__(self, rows: Sequence[Row], width: int) -> None:
        self._width, self._helpers = width, len(rows)
        scale = max((abs(row.total) for row in rows), default=1.0) or 1.0
        self._table: list[list[float]] = []
        self._basis = [width + n for n in range(len(rows))]
        for n, row in enumerate(rows):
            sign = -1.0 if row.total < 0 else 1.0
            line = [0.0] * (width + len(rows) + 1)
            for at, factor in row.factors.items():
                line[at] = sign * factor
            line[width + n], line[-1] = 1.0, sign * row.total / scale
            self._table.append(line)
        self._scale = scale
        self.possible = self._climb([0.0] * width + [-1.0] * len(rows)) > -1e-7
        if self.possible:
            self._put_helpers_out()

    def most(self, unknowns: Iterable[int], sign: float = 1.0) -> Most:
        """The most of the sum of *unknowns*; with the sign -1 the most of its negative."""
        aim = [0.0] * (self._width + self._helpers)
        for at in unknowns:
            aim[at] = sign
        value = self._climb(aim)
        costs = self._costs
        used = frozenset(n for n in range(self._helpers) if abs(costs[self._width + n]) > 1e-7)
        return Most(value * self._scale, used)

    def _climb(self, aim: Sequence[float]) -> float:
        costs = [*(-one for one in aim), 0.0]
        for line, at in zip(self._table, self._basis, strict=True):
            if aim[at]:
                costs = [a + aim[at] * b for a, b in zip(costs, line, strict=True)]
        self._costs = costs
        for step in range(_MOST_STEPS):
            column = self._column(step < _STEPS_AT_ONCE)
            if column < 0:
                break
            at = self._row(column)
            if at < 0:
                return inf
            self._pivot(at, column)
        return self._costs[-1]

    def _column(self, steepest: bool) -> int:
        costs = self._costs
        if steepest:
            column = min(range(self._width), key=costs.__getitem__, default=-1)
            return column if column >= 0 and costs[column] < -_ZERO else -1
        return next((n for n in range(self._width) if costs[n] < -_ZERO), -1)

    def _row(self, column: int) -> int:
        best, found = inf, -1
        for n, line in enumerate(self._table):
            if line[column] > _ZERO:
                ratio = line[-1] / line[column]
                if ratio < best - _ZERO or (ratio < best + _ZERO and self._basis[n] < self._basis[found]):
                    best, found = min(best, ratio), n
        return found

    def _pivot(self, at: int, column: int) -> None:
        factor = self._table[at][column]
        pivot = [value / factor for value in self._table[at]]
        used = [(n, value) for n, value in enumerate(pivot) if value]
        self._table[at], self._basis[at] = pivot, column
        for line in (*self._table, self._costs):
            times = line[column]
            if line is not pivot and times:
                for n, value in used:
                    line[n] -= times * value
                line[column] = 0.0

    def _put_helpers_out(self) -> None:
        """A row whose helper cannot leave says nothing that others do not say."""
        for at in reversed(range(len(self._table))):
            if self._basis[at] >= self._width:
                line = self._table[at]
                column = next((n for n in range(self._width) if abs(line[n]) > 1e-7), -1)
                if column >= 0:
                    self._pivot(at, column)
                else:
                    del self._table[at], self._basis[at]
