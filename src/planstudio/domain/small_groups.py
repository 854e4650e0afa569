"""Which figures of student groups may be told beside one another, so that no small group can be reckoned from them.

What is told is a system of sums: a group's students are the sum of its parts', and so are those of them who have
what is measured. Which groups are parts of which, names say (`group_names`), and numbers that agree (`group_sums`,
`group_signs`).

    hidden  of too few students, or it would give such a one away
    coded   so low or so high that nearly all or nearly none have it: told as "<5%" or ">95%"

One figure more is hidden, of those that take part the most crossed and then the smallest, until no hidden or coded
one follows from those that are told, neither exactly nor within a range that says as much. By names that is exact
(`group_classes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from planstudio.domain.group_classes import pinned
from planstudio.domain.group_names import Subgroup, nested
from planstudio.domain.group_ranges import narrow, solved
from planstudio.domain.group_signs import crossed
from planstudio.domain.group_sums import Cell, Key, Sum, named_sums, other_sums

_CODES = (1, 5, 10, 20, 30, 50)
_FEW = 3  # students that a coded share may speak of, at least: 0, 1 or 2
_LARGE = 300  # a coded share of more students than that need not be guarded against sums


def threshold(size: int | None, least: int) -> int | None:
    """Below how many percent a share of *size* students is coded: the range must have room for three of them.

    At least *least* percent, 0 for never. Of an unknown number of students only that is sure.
    """
    if not least:
        return None
    if size is None:
        return least
    return next((code for code in _CODES if code >= least and code * size >= 100 * _FEW), _CODES[-1])


def hidden(cells: Sequence[Cell], minimum: int, before: Set[Subgroup], also: Set[Key]) -> set[Key]:
    """The figures of one period to hide, *also* among them.

    Rather those groups that were hidden *before*, so that periods hide alike.
    """
    alike = {cell.key for cell in cells if cell.place in before}
    places = nested([cell.place for cell in cells])
    cells = [replace(cell, place=places[cell.place]) for cell in cells]
    if any(not cell.place and cell.size is not None and cell.size < minimum for cell in cells):
        return {cell.key for cell in cells}
    by_name = cells
    whole = {(cell.size, cell.total) for cell in cells if not cell.place and cell.size is not None}
    cells = [replace(cell, place=frozenset()) if (cell.size, cell.total) in whole else cell for cell in cells]
    known = [cell for cell in cells if cell.size is not None]
    few = {cell.key for cell in known if cell.students < minimum}
    named = named_sums(known, minimum)
    found, sums = few | also, named
    coded = {cell.key for cell in known if cell.coded is not None and 0 < cell.students <= _LARGE}
    whole_sums = False
    while True:
        _hide_with_them(cells, found, coded)
        if not whole_sums and (found or coded):
            sums, whole_sums = [*sums, *other_sums(known)], True
        told = [cell for cell in known if cell.key not in found]
        ways = _betraying(known, found, coded, sums, minimum)
        near: Sequence[Cell] = next((near for near in ways if any(cell.place for cell in near)), ())
        if not near:
            # everyone alone makes no group by sums: numbers met by chance; only "all" and "none" say it of each
            near = narrow(known, [one for one in named if not one.rest], found, few | coded)
        if not near:
            keys = {cell.key for cell in pinned(by_name, found, coded, minimum)}
            near = [cell for cell in known if cell.key in keys]
        if not near or not told:
            return found
        worst = min(
            near, key=lambda cell: (not cell.place, cell.key not in alike, -len(cell.place), cell.students, cell.key)
        )
        found.add(worst.key)


def _hide_with_them(cells: Sequence[Cell], found: set[Key], coded: Set[Key]) -> None:
    """The same group in another table is the same figure; and one of unknown size may be what is left of a sum."""
    names = {cell.place for cell in cells if cell.key in found and cell.size != 0}
    unsure = bool(names or coded)
    found |= {cell.key for cell in cells if cell.place and (cell.place in names or (unsure and cell.size is None))}


def _betraying(
    cells: Sequence[Cell], found: Set[Key], coded: Set[Key], sums: Sequence[Sum], minimum: int
) -> Iterator[Sequence[Cell]]:
    """Told figures that together give away a hidden or coded one, by each of the ways in which they do."""
    guarded = found | coded
    if rests := [one for one in sums if one.rest and not any(cell.key in found for cell in one.cells())]:
        yield list({cell.key: cell for one in rests for cell in one.parts}.values())
    small = {cell.place: cell.students for cell in cells if cell.key in found}
    groups = [cell for cell in cells if cell.place and cell.key not in found]
    if 0 < sum(small.values()) < minimum:
        yield groups
    exact = [one for one in sums if not one.rest]
    yield narrow(cells, exact, found, guarded)
    if groups:
        yield crossed(cells, found, guarded)
    yield solved(exact, found, guarded)
    if coded:
        yield solved(exact, found | coded, guarded)
