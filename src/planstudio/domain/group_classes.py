"""What follows from the figures that are told, exactly, where names say how groups lie: by linear programming.

Groups that name the dimensions of one another stand over the same classes, "EL girls in grade 3" being one. Of each
class nobody knows how many students it has, nor how many of them have what is measured; the figures are sums of
them. The question is what a hidden sum can be, at least and at most. Dimensions that no group crosses cannot say more
of one another than everyone does, so each is looked at by itself.

An unnamed class is added to a dimension whose named ones are fewer than everyone, or where a name says "not".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import product
from math import ceil, floor, inf

from planstudio.domain.group_names import Place, Side
from planstudio.domain.group_sums import NEARLY, Cell, Key
from planstudio.domain.simplex import Most, Program, Row

_MOST_CLASSES = 120  # of one system; more are looked at by sums alone
_UNNAMED = "?"
_LARGE = 300


def pinned(cells: Sequence[Cell], found: Set[Key], coded: Set[Key], minimum: int) -> list[Cell]:
    """Told figures from which a hidden number of students follows, or what is measured of them, or nearly so."""
    for dimensions in _together(cells):
        here = [cell for cell in cells if {side.dimension for side in cell.place} <= dimensions]
        if len(dimensions) < 2 and not any(cell.key in found or cell.key in coded for cell in here if cell.place):
            continue
        for more in (False, True):
            system = _system(here, dimensions, more)
            if system is None:
                break
            near = system.counted(found, minimum)
            if near is None:
                continue  # the names say too much: there are others
            near = near or system.having(found, coded)
            if near is None:
                continue
            if near:
                return near
            break
    return []


def _together(cells: Sequence[Cell]) -> list[set[str]]:
    """The dimensions that groups cross, directly or by others."""
    found: list[set[str]] = []
    for cell in cells:
        own = {side.dimension for side in cell.place}
        if own:
            met = [one for one in found if one & own]
            found = [one for one in found if not one & own] + [own.union(*met)]
    return found


def _system(cells: Sequence[Cell], dimensions: Set[str], more: bool) -> System | None:
    ways = []
    size = 1
    for dimension in sorted(dimensions):
        names = _class_names(cells, dimension, more)
        ways.append([(dimension, name) for name in names])
        size *= len(names)
    if size > _MOST_CLASSES:
        return None
    classes = [dict(each) for each in product(*ways)]
    spread = {
        place: tuple(n for n, one in enumerate(classes) if _holds(place, one)) for place in {c.place for c in cells}
    }
    return System(tuple(cells), len(classes), spread)


def _class_names(cells: Sequence[Cell], dimension: str, more: bool) -> list[str]:
    sides = {side for cell in cells for side in cell.place if side.dimension == dimension}
    names = sorted(name for name in frozenset().union(*(side.names for side in sides)))
    if more or len(names) == 1:
        return [*names, _UNNAMED]
    alone = {cell.place: cell.size for cell in reversed(cells)}
    sizes = [alone.get(frozenset((Side(dimension, frozenset((name,))),))) for name in names]
    everyone = alone.get(frozenset())
    if any(size is None for size in sizes) or everyone is None:
        return names
    return names if sum(size or 0 for size in sizes) >= everyone else [*names, _UNNAMED]


def _holds(place: Place, one: dict[str, str]) -> bool:
    return all((one[side.dimension] in side.names) is not side.outside for side in place)


@dataclass(frozen=True)
class System:
    """Groups as sums of classes."""

    cells: tuple[Cell, ...]
    width: int
    spread: dict[Place, tuple[int, ...]]

    def counted(self, found: Set[Key], minimum: int) -> list[Cell] | None:
        """Told figures that say how many students a hidden group has, or a class of few; None if they contradict."""
        told = [cell for cell in self.cells if cell.size is not None and cell.key not in found]
        rows = [Row(dict.fromkeys(self.spread[cell.place], 1.0), float(cell.students)) for cell in told]
        program = Program(rows, self.width)
        if not program.possible:
            return None
        sure = {self.spread[cell.place] for cell in told}
        for cell in self.cells:
            if cell.key in found and cell.students and (near := _held(program, self.spread[cell.place], told)):
                return near
        for n in range(self.width) if len(self.spread) > 2 else ():
            if (n,) not in sure and (near := _held(program, (n,), told, minimum)):
                return near
        return []

    def having(self, found: Set[Key], coded: Set[Key]) -> list[Cell] | None:
        """Told figures that leave hardly any room for what is measured, to somebody who knows every enrollment."""
        shares = [cell for cell in self.cells if cell.share and cell.total is not None]
        guarded = [c for c in shares if c.students and (c.key in found or (c.key in coded and c.students <= _LARGE))]
        if not guarded:
            return []
        rows: list[Row] = []
        sources: list[Cell | None] = []
        for place, size in {cell.place: cell.size for cell in self.cells if cell.size is not None}.items():
            both = (*self.spread[place], *(n + self.width for n in self.spread[place]))
            rows.append(Row(dict.fromkeys(both, 1.0), float(size)))
            sources.append(None)
        width = 2 * self.width
        for cell in shares:
            if cell.key not in found and (told := cell.told) is not None:
                for row in _between(self.spread[cell.place], told.low, told.high, cell.students, width):
                    rows.append(row)
                    sources.append(cell)
                    width += row.factors.keys() - {*range(width)} != set()
        program = Program(rows, width)
        if not program.possible:
            return None
        for cell in guarded:
            low = program.most(self.spread[cell.place], -1.0)
            high = program.most(self.spread[cell.place])
            room = floor(high.value + NEARLY) - ceil(-low.value - NEARLY)
            if room < (min(2, cell.students) if cell.key in found else 1):
                near = [sources[n] for n in sorted(low.rows | high.rows)]
                if giving := [one for one in near if one is not None and one.key != cell.key]:
                    return giving
        return []


def _between(classes: Sequence[int], low: float, high: float, size: int, width: int) -> Iterator[Row]:
    """Rows that hold a sum between two bounds, each with an unknown more, unless they are one."""
    if high - low < NEARLY:
        yield Row(dict.fromkeys(classes, 1.0), low)
        return
    if low > 0:
        yield Row({**dict.fromkeys(classes, 1.0), width: -1.0}, low)
        width += 1
    if high < size:
        yield Row({**dict.fromkeys(classes, 1.0), width: 1.0}, high)


def _held(program: Program, classes: Sequence[int], told: Sequence[Cell], below: int | None = None) -> list[Cell]:
    """The told groups that leave one number of students alone possible; *below* so many, if only such count."""
    high = program.most(classes)
    if high.value == inf or (below is not None and not 0.5 < high.value < below - 0.5):
        return []
    low = program.most(classes, -1.0)
    if high.value + low.value > 0.5:
        return []
    return _sources(low, high, told)


def _sources(low: Most, high: Most, told: Sequence[Cell]) -> list[Cell]:
    return [told[n] for n in sorted(low.rows | high.rows)]
