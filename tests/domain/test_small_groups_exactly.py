"""Random crossed tables, and an attacker who knows how their groups lie and reckons exactly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product
from math import ceil, floor

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import attacker
from planstudio.domain.cards import ObservationRow
from suppressing import suppress

JUNE = date(2026, 6, 30)
RACES = ("Asian", "Black", "Hispanic", "White", "Two or more races", "American Indian", "Pacific Islander")
DIMENSIONS = (  # the names of the classes, in English and Spanish, as districts write them
    ("Girls", "Boys"),
    ("Female", "Male", "Nonbinary"),
    ("Niñas", "Niños"),
    ("EL", "Not EL"),
    ("English learners", "English only"),
    ("Students with disabilities", "General education"),
    ("IEP", "Without IEP"),
    ("Con discapacidad", "Sin discapacidad"),
    ("Economically disadvantaged", "Not economically disadvantaged"),
    ("Grade 3", "Grade 4", "Grade 5", "Grade 6"),
    ("K", "1", "2", "3"),
    ("Oak Elementary", "Hill Elementary", "Lake Middle"),
    RACES,
)
KINDS = ("gender",) * 3 + ("el",) * 2 + ("iep",) * 3 + ("poor",) + ("grade",) * 2 + ("school", "race")


@dataclass(frozen=True)
class Table:
    dimensions: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]  # of the classes
    have: tuple[int, ...]
    groups: tuple[tuple[str, ...], ...]  # of each the class in each dimension, "" for all
    unknown: frozenset[int]  # groups whose number of students nobody has said

    def classes(self, group: tuple[str, ...]) -> frozenset[int]:
        return frozenset(
            n
            for n, one in enumerate(product(*self.dimensions))
            if all(not own or own == there for own, there in zip(group, one, strict=True))
        )

    def size(self, group: tuple[str, ...]) -> int:
        return sum(self.sizes[n] for n in self.classes(group))

    def rows(self, digits: int) -> list[ObservationRow]:
        made = []
        for at, group in enumerate(self.groups):
            size = self.size(group)
            value = 100 * sum(self.have[n] for n in self.classes(group)) / size if size else 0.0
            name = " ".join(own for own in group if own)
            made.append(ObservationRow(name, JUNE, round(value, digits), None if at in self.unknown else size))
        return made


@st.composite
def tables(draw: st.DrawFn, most: int = 16, least_class: int = 0) -> Table:
    picked = draw(
        st.lists(st.sampled_from(range(len(DIMENSIONS))), min_size=1, max_size=3, unique_by=KINDS.__getitem__)
    )
    picked.sort(key=lambda n: KINDS[n] != "school")  # "Black Oak Elementary" is a school
    dimensions = tuple(DIMENSIONS[n] for n in picked)
    while len([*product(*dimensions)]) > 28:
        dimensions = dimensions[:-1]
    count = len([*product(*dimensions)])
    large = draw(st.sampled_from([4, 12, 40]))
    sizes = tuple(draw(st.lists(st.integers(least_class, large), min_size=count, max_size=count)))
    have = tuple(draw(st.integers(0, size)) for size in sizes)
    every = [group for group in product(*(("", *names) for names in dimensions)) if any(group)]
    chosen = draw(st.lists(st.sampled_from(every), min_size=1, max_size=most - 1, unique=True))
    whole = [("",) * len(dimensions)] if draw(st.integers(0, 9)) else []
    unknown = draw(st.sets(st.integers(1, most), max_size=2)) if draw(st.integers(0, 3)) == 0 else ()
    return Table(dimensions, sizes, have, (*whole, *chosen), frozenset(unknown))


def between(row: ObservationRow, digits: int, share: Fraction) -> tuple[Fraction, Fraction]:
    """What is told of how many have it; whole numbers of students."""
    count = row.count or 0
    if row.coded:
        at = Fraction(row.value) * count / 100
        return (Fraction(0), Fraction(ceil(at) - 1)) if row.coded == "<" else (Fraction(floor(at) + 1), Fraction(count))
    half = Fraction(1, 2 * 10**digits)
    low, high = ((Fraction(str(row.value)) + side * half) * count / 100 for side in (-1, 1))
    return Fraction(min(ceil(low), share)), Fraction(max(floor(high), share))


@settings(max_examples=400, deadline=None)
@given(tables(), st.sampled_from([5, 10, 15]), st.sampled_from([0, 1, 2, 4]), st.sampled_from([0, 1, 5]))
def test_an_exact_attacker_finds_no_hidden_figure(table: Table, minimum: int, digits: int, coded: int) -> None:
    """Neither how many students a hidden group has, nor, if he knows all enrollments, fewer than three shares of it."""
    rows = table.rows(digits)
    kept, hidden = suppress(rows, minimum, unit="%", coded_shares=coded)
    place = {row.student_group: table.classes(group) for row, group in zip(rows, table.groups, strict=True)}
    wanted = [row.student_group for row in hidden if sum(table.sizes[n] for n in place[row.student_group])]
    counted = [(place[row.student_group], row.count) for row in kept if row.count is not None]
    width = len(table.sizes)
    for name, (low, high) in zip(wanted, attacker.students(counted, [place[n] for n in wanted], width), strict=True):
        assert low != high, f"{name} has {low} students"
    enrolled = [(place[row.student_group], row.count) for row in rows if row.count is not None]
    shares = [
        (
            place[row.student_group],
            *between(row, digits, Fraction(sum(table.have[n] for n in place[row.student_group]))),
        )
        for row in kept
        if row.count is not None
    ]
    found = attacker.having(enrolled, shares, [place[n] for n in wanted], width)
    for name, bounds in zip(wanted, found, strict=True):
        size = sum(table.sizes[n] for n in place[name])
        least = min(3, size + 1) if size < minimum else 2
        assert attacker.whole_numbers(bounds) >= least, f"{name} have between {bounds[0]} and {bounds[1]}"
