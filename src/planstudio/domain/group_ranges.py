"""What follows for a hidden figure from sums and from what is told of their other groups: itself, or its bounds."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import product
from math import ceil, floor
from typing import TypeVar

from planstudio.domain.group_sums import NEARLY, Cell, Key, Range, Sum, inside

Equation = tuple[dict[Key, float], dict[int, float]]  # of unknown figures; of which sums it is made
T = TypeVar("T")


def solved(sums: Sequence[Sum], unknown: Set[Key], guarded: Set[Key]) -> list[Cell]:
    """The told figures of sums from which a guarded one follows, by Gauss's elimination."""
    rows: list[Equation] = []
    for n, one in enumerate(sums):
        signs = [(one.whole, 1.0), *((part, -1.0) for part in one.parts)]
        row = {cell.key: sign for cell, sign in signs if cell.key in unknown or cell.size is None}
        if row:
            rows.append((row, {n: 1.0}))
    done: list[Equation] = []
    while rows:
        pivot = min(rows, key=lambda one: len(one[0]))
        rows.remove(pivot)
        at = min(pivot[0])
        rows = [less for less in (_less(one, pivot, at) for one in rows) if less[0]]
        done = [*(_less(one, pivot, at) for one in done), pivot]
    for row, sources in done:
        if len(row) == 1 and guarded >= row.keys():
            near = [cell for n in sources for cell in sums[n].cells()]
            return [cell for cell in near if cell.size is not None and cell.key not in unknown]
    return []


def _less(one: Equation, pivot: Equation, at: Key) -> Equation:
    if at not in one[0]:
        return one
    times = one[0][at] / pivot[0][at]
    return _minus(one[0], pivot[0], times), _minus(one[1], pivot[1], times)


def _minus(one: dict[T, float], other: dict[T, float], times: float) -> dict[T, float]:
    made = dict(one)
    for key, value in other.items():
        made[key] = made.get(key, 0.0) - times * value
    return {key: value for key, value in made.items() if abs(value) > NEARLY}


def narrow(cells: Sequence[Cell], sums: Sequence[Sum], found: Set[Key], guarded: Set[Key]) -> list[Cell]:
    """Told figures that leave an unknown share hardly any room: nobody has it where none of the whole has."""
    shares = [cell for cell in cells if cell.share and cell.total is not None]
    if not any(cell.key in guarded for cell in shares):
        return []
    ranges = {cell.key: Range(0, cell.students) for cell in shares}
    ranges |= {cell.key: told for cell in shares if cell.key not in found and (told := cell.known_range) is not None}
    pairs = [(a, b) for a in shares for b in shares if a is not b and inside(a, b)]
    whole = [one for one in sums if all(cell.key in ranges for cell in one.cells())]
    _tighten(ranges, whole, pairs, len(shares))
    for cell in shares:
        room = floor(ranges[cell.key].high + NEARLY) - ceil(ranges[cell.key].low - NEARLY)
        least = min(2, cell.students) if cell.key in found else 1
        if cell.key in guarded and room < least:
            near = [x for one in whole if cell in one.cells() for x in one.cells()]
            near += [x for pair in pairs if cell in pair for x in pair]
            if giving := [x for x in near if x.key not in found and x is not cell]:
                return giving
    return _left_over([cell for cell in shares if cell.key in found & guarded], shares, ranges, found)


def _left_over(few: Sequence[Cell], cells: Sequence[Cell], ranges: dict[Key, Range], found: Set[Key]) -> list[Cell]:
    """A told group that holds nearly all of the whole who have it, or who lack it: nobody else can."""
    for cell, whole, other in product(few, cells, cells):
        if whole.key in found or other.key in found or not inside(cell, whole) or not inside(other, whole):
            continue
        if cell.students + other.students > whole.students:
            continue
        having = ranges[whole.key].high - ranges[other.key].low
        lacking = whole.students - ranges[whole.key].low - (other.students - ranges[other.key].high)
        if 0 <= min(having, lacking) < min(2, cell.students):
            return [other, whole]
    return []


def _tighten(ranges: dict[Key, Range], whole: Sequence[Sum], pairs: Sequence[tuple[Cell, Cell]], times: int) -> None:
    for _n in range(times):
        before = dict(ranges)
        for one in whole:
            _tighten_sum(one, ranges)
        for part, all_of_it in pairs:
            _tighten_part(part, all_of_it, ranges)
        if ranges == before:
            return


def _tighten_sum(one: Sum, ranges: dict[Key, Range]) -> None:
    low = sum(ranges[part.key].low for part in one.parts)
    high = sum(ranges[part.key].high for part in one.parts)
    whole = ranges[one.whole.key]
    for part in one.parts:
        own = ranges[part.key]
        ranges[part.key] = _met(own, whole.low - (high - own.high), whole.high - (low - own.low))
    ranges[one.whole.key] = _met(whole, low, high)


def _tighten_part(part: Cell, whole: Cell, ranges: dict[Key, Range]) -> None:
    """A part has no more of them than the whole, and lacks no more."""
    a, b, others = ranges[part.key], ranges[whole.key], whole.students - part.students
    ranges[part.key] = _met(a, b.low - others, b.high)
    ranges[whole.key] = _met(b, a.low, a.high + others)


def _met(own: Range, low: float, high: float) -> Range:
    """*own* within other bounds; as it was where they contradict it, as rounded figures may."""
    made = Range(max(own.low, low), min(own.high, high))
    return made if made.low <= made.high else own
