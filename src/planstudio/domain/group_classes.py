"""What follows from the figures that are told, exactly, where names say how groups lie: by linear programming.

Groups that name the dimensions of one another stand over the same classes, "EL girls in grade 3" being one. Of each
class nobody knows how many students it has, nor how many of them have what is measured; the figures are sums of
them. The question is what a hidden sum can be, at least and at most. Dimensions that no group crosses cannot say more
of one another than everyone does, so each is looked at by itself.

An unnamed class is added to a dimension whose named ones are fewer than everyone, or where a name says "not".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, product
from math import ceil, floor, inf, prod

from planstudio.domain.group_names import Side, Subgroup
from planstudio.domain.group_sums import NEARLY, Cell, Key, Range
from planstudio.domain.simplex import Program, Row

_MOST_CLASSES = 120  # of one system; more are looked at by sums alone
_UNNAMED, _OTHERS = "?", "-"
_MOST_TRIED = 3  # dimensions of which each is tried without an unnamed class
_LARGE = 300


def pinned(cells: Sequence[Cell], found: Set[Key], coded: Set[Key], minimum: int) -> list[Cell]:
    """Told figures from which a hidden number of students follows, or what is measured of them, or nearly so."""
    for dimensions, here in _scopes(cells):
        if len(dimensions) < 2 and not any(cell.key in found or cell.key in coded for cell in here if cell.place):
            continue
        for system in _systems(here, dimensions):
            if near := system.counted(found, minimum) or system.having(found, coded, minimum):
                return near
    return []


def inferred(sizes: Mapping[Subgroup, int | None]) -> dict[Subgroup, int]:
    """How many students those groups have of which nobody has said it, where the others leave one number alone."""
    cells = [Cell(("", str(n)), place, size) for n, (place, size) in enumerate(sizes.items())]
    found: dict[Subgroup, int] = {}
    if None not in sizes.values():
        return found
    for dimensions, here in _scopes(cells):
        asked = [cell for cell in here if cell.size is None and cell.place]
        system = next((one for one in _systems(here, dimensions) if not one.bare), None) if asked else None
        if system is not None:
            program = system.enrolled([cell for cell in here if cell.size is not None])
            for cell in asked:
                high = program.most(system.spread[cell.place])
                if high.value < inf and high.value + program.most(system.spread[cell.place], -1.0).value < 0.5:
                    found[cell.place] = round(high.value)
    return found


def _together(cells: Sequence[Cell]) -> list[set[str]]:
    """The dimensions that groups cross, directly or by others."""
    found: list[set[str]] = []
    for cell in cells:
        own = {side.dimension for side in cell.place}
        if own:
            met = [one for one in found if one & own]
            found = [one for one in found if not one & own] + [own.union(*met)]
    return found


def _scopes(cells: Sequence[Cell]) -> Iterator[tuple[Set[str], list[Cell]]]:
    """The dimensions to look at as one, with the cells that lie in them.

    All that are crossed, or, of too many classes, those that a name crosses.
    """
    for dimensions in _together(cells):
        scopes: list[Set[str]] = [dimensions]
        if prod(len(_class_names(cells, one)) + 1 for one in dimensions) > _MOST_CLASSES:
            crossed = {frozenset(side.dimension for side in cell.place) & dimensions for cell in cells}
            scopes = [one for one in crossed if one and not any(one < other for other in crossed)]
        for scope in scopes:
            yield scope, [cell for cell in cells if {side.dimension for side in cell.place} <= scope]


def _systems(cells: Sequence[Cell], dimensions: Set[str]) -> Iterator[System]:
    """The classes that are named, with as few unnamed ones as the numbers of students leave room for.

    Who finds nothing with few of them finds nothing with more.
    """
    names = {dimension: _class_names(cells, dimension) for dimension in sorted(dimensions)}
    roomy = {one for one in names if _has_room(cells, one, names[one])}
    lengths = range(len(names) + 1) if len(names) <= _MOST_TRIED else (len(names),)
    some = [{*each} for length in lengths for each in combinations(names, length)]
    if len(names) > _MOST_TRIED:
        some.insert(0, roomy)
    sized = [cell for cell in cells if cell.size is not None]
    enough: list[set[str]] = []
    for unnamed in some:
        ways = [[*found, _UNNAMED] if one in unnamed else found for one, found in names.items()]
        if prod(map(len, ways)) > _MOST_CLASSES or any(one <= unnamed for one in enough):
            continue
        classes = [dict(zip(names, each, strict=True)) for each in product(*ways)]
        spread = {
            place: tuple(n for n, one in enumerate(classes) if _holds(place, one)) for place in {c.place for c in cells}
        }
        system = System(tuple(cells), len(classes), spread, not roomy <= unnamed)
        if system.enrolled(sized).possible:
            if not system.bare:
                enough.append(unnamed)
            yield system


def _class_names(cells: Sequence[Cell], dimension: str) -> list[str]:
    """The classes of a dimension by their names; those of whom all others are told are one more."""
    sides = {side for cell in cells for side in cell.place if side.dimension == dimension}
    names = sorted(frozenset[str]().union(*(side.names for side in sides)))
    return [*names, _OTHERS] if len(names) == 1 and any(side.outside for side in sides) else names


def _has_room(cells: Sequence[Cell], dimension: str, names: Sequence[str]) -> bool:
    if len(names) == 1:
        return True
    alone = {cell.place: cell.size for cell in reversed(cells)}
    sizes = [alone.get(frozenset((Side(dimension, frozenset((name,))),))) for name in names]
    everyone = alone.get(frozenset())
    return everyone is not None and None not in sizes and sum(size or 0 for size in sizes) < everyone


def _holds(place: Subgroup, one: dict[str, str]) -> bool:
    return all((one[side.dimension] in side.names) is not side.outside for side in place)


@dataclass(frozen=True)
class System:
    """Groups as sums of classes."""

    cells: tuple[Cell, ...]
    width: int
    spread: dict[Subgroup, tuple[int, ...]]
    bare: bool  # whether no class but the named ones is thought of

    def counted(self, found: Set[Key], minimum: int) -> list[Cell]:
        """Told figures that say how many students a hidden group has, or a class of few."""
        told = [cell for cell in self.cells if cell.size is not None and cell.key not in found]
        program = self.enrolled(told)
        sure = {self.spread[cell.place] for cell in told}
        for cell in self.cells:
            wanted = cell.key in found and (cell.students or (cell.size is None and not self.bare))
            if wanted and (near := _held(program, self.spread[cell.place], told)):
                return near
        for n in range(self.width) if len(self.spread) > 2 else ():
            if (n,) not in sure and (near := _held(program, (n,), told, minimum)):
                return near
        return []

    def enrolled(self, cells: Sequence[Cell]) -> Program:
        rows = [Row(dict.fromkeys(self.spread[cell.place], 1.0), float(cell.students)) for cell in cells]
        return Program(rows, self.width)

    def having(self, found: Set[Key], coded: Set[Key], minimum: int) -> list[Cell]:
        """Told figures that leave hardly any room for what is measured, to somebody who knows every enrollment."""
        shares = [cell for cell in self.cells if cell.share and cell.total is not None]
        guarded = [
            cell
            for cell in (self.cells if shares else ())
            if (cell.key in found and (cell.students or (cell.size is None and not self.bare)))
            or (cell.key in coded and cell.students <= _LARGE)
        ]
        if not guarded:
            return []
        told = [cell for cell in shares if cell.key not in found]
        for exactly in (True, False):
            program, sources = self._shared(told, exactly)
            if program.possible:
                return self._narrow(program, sources, guarded, found, minimum)
        return []  # what was recorded contradicts itself

    def _shared(self, told: Sequence[Cell], exactly: bool) -> tuple[Program, dict[int, Cell]]:
        """Of each class those who have it and those who do not; and which row is whose."""
        rows = [
            Row(dict.fromkeys((*self.spread[place], *(n + self.width for n in self.spread[place])), 1.0), float(size))
            for place, size in {cell.place: cell.size for cell in self.cells if cell.size is not None}.items()
        ]
        sources: dict[int, Cell] = {}
        width = 2 * self.width
        for cell in told:
            bounds = cell.exact if exactly else cell.known_range
            if bounds is not None:
                for row in _between(self.spread[cell.place], bounds, cell.students, width):
                    sources[len(rows)] = cell
                    rows.append(row)
                    width = max(width, *(n + 1 for n in row.factors))
        return Program(rows, width), sources

    def _narrow(
        self, program: Program, sources: Mapping[int, Cell], guarded: Sequence[Cell], found: Set[Key], minimum: int
    ) -> list[Cell]:
        for cell in guarded:
            low = program.most(self.spread[cell.place], -1.0)
            high = program.most(self.spread[cell.place])
            if high.value == inf:
                continue
            room = floor(high.value + NEARLY) - ceil(-low.value - NEARLY)
            small = cell.key in found and 0 < cell.students < minimum
            if room < (min(2, cell.students) if small else 1):
                near = [sources[n] for n in sorted(low.rows | high.rows) if n in sources]
                if giving := [one for one in near if one.key != cell.key]:
                    return giving
        return []


def _between(classes: Sequence[int], bounds: Range, size: int, width: int) -> Iterator[Row]:
    """Rows that hold a sum between two bounds, each with an unknown more, unless they are one."""
    parts = dict.fromkeys(classes, 1.0)
    if bounds.high - bounds.low < NEARLY:
        yield Row(parts, bounds.low)
        return
    if bounds.low > 0:
        yield Row({**parts, width: -1.0}, bounds.low)
        width += 1
    if bounds.high < size:
        yield Row({**parts, width: 1.0}, bounds.high)


def _held(program: Program, classes: Sequence[int], told: Sequence[Cell], below: int | None = None) -> list[Cell]:
    """The told groups that leave one number of students alone possible; *below* so many, if only such count."""
    high = program.most(classes)
    if high.value == inf or (below is not None and not 0.5 < high.value < below - 0.5):
        return []
    low = program.most(classes, -1.0)
    if high.value + low.value > 0.5:
        return []
    return [told[n] for n in sorted(low.rows | high.rows)]
