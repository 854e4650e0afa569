"""Told figures that make a hidden one when they are added and taken away, as crossed groups do, under any name.

Of few figures all choices are looked at, in two halves that meet; of many only those for whose groups the names say
nothing, those of two terms, and those of all groups but one or two: numbers of many agree by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import combinations, product

from planstudio.domain.group_names import known
from planstudio.domain.group_sums import NEARLY, Cell, Key

_ALL_CHOICES = 9  # figures of which every choice is looked at
_MOST_UNNAMED = 12  # the same of figures of groups whose names say nothing, and everyone's

Choice = tuple[tuple[int, int], ...]  # places, each with a sign


def crossed(cells: Sequence[Cell], found: Set[Key], guarded: Set[Key]) -> list[Cell]:
    told = [cell for cell in cells if cell.key not in found and cell.total is not None and cell.coded is None]
    wanted = [cell for cell in cells if cell.key in guarded and cell.total is not None and cell.students]
    if not told or not wanted:
        return []
    unnamed = [cell for cell in told if not cell.place or not known(cell.place)]
    unsure = [cell for cell in wanted if not known(cell.place)]
    return (
        _made(wanted, told, _signed(len(told), 1), _signed(len(told), 1))
        or (_in_halves(wanted, told) if len(told) <= _ALL_CHOICES else [])
        or _in_halves(wanted, unnamed[:_MOST_UNNAMED])
        or _made(unsure, told, _signed(len(told), 2), _signed(len(told), 2))
        or _all_but_few(wanted, told, unnamed)
    )


def _in_halves(wanted: Sequence[Cell], told: Sequence[Cell]) -> list[Cell]:
    middle = len(told) // 2
    return _made(wanted, told, _every(range(middle)), _every(range(middle, len(told))))


def _all_but_few(wanted: Sequence[Cell], told: Sequence[Cell], unnamed: Sequence[Cell]) -> list[Cell]:
    """Schools by their names alone make everyone together, however many they are."""
    groups = [cell for cell in unnamed if cell.place]
    if len(groups) <= 2:
        return []
    every = Cell(
        ("", ""), frozenset(), sum(cell.students for cell in groups), sum(cell.total or 0.0 for cell in groups),
        sum(cell.slack for cell in groups),
    )  # fmt: skip
    near = _made(wanted, [every, *told], (((0, 1),), ((0, -1),)), _signed(len(told) + 1, 2, 1))
    return [one for cell in near for one in (groups if cell is every else [cell])]


def _every(places: Sequence[int]) -> Iterator[Choice]:
    for signs in product((0, 1, -1), repeat=len(places)):
        yield tuple((n, sign) for n, sign in zip(places, signs, strict=True) if sign)


def _signed(count: int, most: int, first: int = 0) -> Iterator[Choice]:
    for length in range(most + 1):
        for chosen in combinations(range(first, count), length):
            for signs in product((1, -1), repeat=length):
                yield tuple(zip(chosen, signs, strict=True))


def _made(wanted: Sequence[Cell], told: Sequence[Cell], firsts: Iterator[Choice] | tuple[Choice, ...],
          seconds: Iterator[Choice]) -> list[Cell]:  # fmt: skip
    """The figures of a choice among *firsts* and one among *seconds* that make one that is *wanted*."""
    ends: dict[int, list[Choice]] = {}
    for chosen in seconds:
        ends.setdefault(sum(sign * told[n].students for n, sign in chosen), []).append(chosen)
    starts = [(sum(sign * told[n].students for n, sign in chosen), chosen) for chosen in firsts]
    for cell in wanted:
        for size, first in starts:
            for second in ends.get(cell.students - size, ()):
                used = {n for n, _sign in (*first, *second)}
                if len(used) == len(first) + len(second) and _makes(cell, told, (*first, *second)):
                    return [told[n] for n in sorted(used)]
    return []


def _makes(cell: Cell, told: Sequence[Cell], signed: Choice) -> bool:
    made = slack = 0.0
    for n, sign in signed:
        if told[n] is cell:
            return False
        made, slack = made + sign * (told[n].total or 0.0), slack + told[n].slack
    return abs(made - (cell.total or 0.0)) <= slack + cell.slack + NEARLY * max(abs(made), 1)
