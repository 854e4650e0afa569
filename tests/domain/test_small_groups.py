"""Nobody can reckon a hidden figure from those that are told: an attacker who knows how the groups lie tries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planstudio.domain.cards import ObservationRow
from planstudio.domain.group_names import name_words
from planstudio.domain.measures import Recorded, suppress_together
from planstudio.domain.small_groups import threshold
from suppressing import suppress

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
Row = ObservationRow


# Who a group is, and an attacker.

ATOMS = tuple(product(("boys", "girls"), ("EL", "not EL"), ("grade 3", "grade 4")))
GROUPS = {
    " ".join(part for part in picked if part): frozenset(
        n
        for n, atom in enumerate(ATOMS)
        if all(not part or part == own for part, own in zip(picked, atom, strict=True))
    )
    for picked in product(("", "boys", "girls"), ("", "EL", "not EL"), ("", "grade 3", "grade 4"))
}


@dataclass(frozen=True)
class Table:
    sizes: tuple[int, ...]  # of the atoms
    having: tuple[int, ...]
    names: tuple[str, ...]  # of the groups that have figures
    shown: dict[str, str]  # the names as the district writes them

    def rows(self, digits: int) -> list[ObservationRow]:
        made = []
        for name in self.names:
            size = sum(self.sizes[n] for n in GROUPS[name])
            if size:
                value = round(100 * sum(self.having[n] for n in GROUPS[name]) / size, digits)
                made.append(Row(self.shown[name], JUNE, value, size))
        return made


@st.composite
def tables(draw: st.DrawFn, most: int = 25, atoms: int = len(ATOMS), named: bool = False) -> Table:
    sizes = [draw(st.integers(1, most)) if n < atoms else 0 for n in range(len(ATOMS))]
    having = [draw(st.integers(0, size)) for size in sizes]
    names = draw(st.sets(st.sampled_from(sorted(GROUPS)), min_size=2, max_size=8)) | {""}
    opaque = not named and draw(st.booleans())
    shown = {name: f"Program {chr(65 + n)}{n}" if opaque and name else name for n, name in enumerate(sorted(GROUPS))}
    return Table(tuple(sizes), tuple(having), tuple(sorted(names)), shown)


def spans(told_groups: Sequence[frozenset[int]], wanted: frozenset[int]) -> bool:
    """Whether sums and differences of told groups make the wanted one, by elimination over the rationals."""
    rows = [[Fraction(n in group) for n in range(len(ATOMS))] for group in told_groups]
    goal = [Fraction(n in wanted) for n in range(len(ATOMS))]
    for at in range(len(ATOMS)):
        pivot = next((row for row in rows if row[at]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        rows = [[a - row[at] / pivot[at] * b for a, b in zip(row, pivot, strict=True)] for row in rows]
        goal = [a - goal[at] / pivot[at] * b for a, b in zip(goal, pivot, strict=True)]
    return not any(goal)


@settings(max_examples=250, deadline=None)
@given(tables(), st.sampled_from([5, 10, 15]), st.sampled_from([2, 4]), st.sampled_from([0, 1, 5]))
def test_no_hidden_figure_is_a_sum_or_difference_of_told_ones(
    table: Table, minimum: int, digits: int, coded: int
) -> None:
    kept, hidden = suppress(table.rows(digits), minimum, unit="%", coded_shares=coded)
    names = {shown: name for name, shown in table.shown.items()}
    live = frozenset(n for n, size in enumerate(table.sizes) if size)  # an attacker knows of classes without students
    exact = [GROUPS[names[row.student_group]] & live for row in kept if not row.coded]
    for row in hidden:
        assert not spans(exact, GROUPS[names[row.student_group]] & live), row.student_group
    for row in kept:
        if row.coded and (row.count or 0) <= 300:
            assert not spans(exact, GROUPS[names[row.student_group]] & live), row.student_group


@settings(max_examples=80, deadline=None)
@given(tables(most=9, atoms=4, named=True), st.sampled_from([5, 10]), st.sampled_from([1, 5]))
def test_who_knows_every_enrollment_cannot_narrow_a_hidden_share_down(table: Table, minimum: int, coded: int) -> None:
    kept, hidden = suppress(table.rows(4), minimum, unit="%", coded_shares=coded)
    names = {shown: name for name, shown in table.shown.items()}
    possible = [
        x for x in product(*(range(size + 1) for size in table.sizes)) if all(fits(x, row, names) for row in kept)
    ]
    for row in hidden:
        group = GROUPS[names[row.student_group]]
        size = sum(table.sizes[n] for n in group)
        seen = {sum(x[n] for n in group) for x in possible}
        assert len(seen) > 1 or not size, row.student_group


def fits(having: tuple[int, ...], row: ObservationRow, names: dict[str, str]) -> bool:
    share = 100 * sum(having[n] for n in GROUPS[names[row.student_group]]) / (row.count or 1)
    if row.coded:
        return share < row.value if row.coded == "<" else share > row.value
    return abs(share - row.value) < 0.001


# Cases that people meet.


def shown(*rows: tuple[str, float, int | None], minimum: int = 10, coded: int = 1, unit: str = "%") -> dict[str, float]:
    kept, _hidden = suppress(
        [Row(group, JUNE, value, n) for group, value, n in rows], minimum, unit=unit, coded_shares=coded
    )
    return {row.student_group: row.value for row in kept}


def test_girls_of_a_group_cannot_be_reckoned_from_the_group_and_its_boys() -> None:
    rows = [("", 60.0, 500), ("EL", 40.0, 15), ("EL boys", 45.4545, 11), ("EL girls", 25.0, 4), ("White", 65.0, 300)]
    left = shown(*rows)
    assert "EL girls" not in left
    assert not {"EL", "EL boys"} <= left.keys()
    assert {"", "White"} <= left.keys()


def test_a_group_of_unknown_size_is_hidden_beside_a_hidden_one() -> None:
    assert shown(("", 60.0, 100), ("Boys", 20.0, 5), ("Girls", 62.1, None)) == {"": 60.0}
    assert shown(("", 60.0, None), ("EL", 40.0, None)) == {"": 60.0, "EL": 40.0}


def test_crossed_groups_are_added_and_taken_away() -> None:
    """EL boys = EL + boys + girls who are not EL - everyone, whatever the groups are called."""
    rows = [("", 55.0, 100), ("A", 50.0, 20), ("B", 48.0, 50), ("C", 65.8537, 41), ("D", 54.5455, 11)]
    assert round(20 * 0.5 + 50 * 0.48 + 41 * 0.658537 - 100 * 0.55) == 11 * 0.545455 // 1
    left = shown(*rows, minimum=12)
    assert "D" not in left
    assert not {"A", "B", "C"} <= left.keys()


@pytest.mark.parametrize(
    ("size", "value", "words"),
    [
        (12, 100.0, ">70"), (20, 0.0, "<20"), (40, 97.5, ">90"), (200, 99.0, ">95"), (200, 94.0, "94.0"),
        (4000, 99.9, ">99"), (4000, 98.0, "98.0"), (None, 100.0, ">99"),
    ],
)  # fmt: skip
def test_all_or_none_is_told_by_a_bound_that_has_room_for_three_students(
    size: int | None, value: float, words: str
) -> None:
    found = shown(("", value, size))[""]
    assert repr(found).removesuffix(".0") == words.removesuffix(".0")
    assert shown(("", value, size), coded=0) == {"": value}


def test_a_coded_share_cannot_be_reckoned_from_the_whole_and_the_other_part() -> None:
    left = shown(("", 60.0, 100), ("Boys", 100.0, 50), ("Girls", 20.0, 50))
    assert left[""] == 60.0
    assert "Girls" not in left


def test_none_of_the_whole_says_none_of_each_so_the_whole_is_told_by_a_bound() -> None:
    left = shown(("", 0.0, 500), ("EL", 0.0, 4))
    assert "EL" not in left
    assert repr(left[""]) == "<1.0"


def test_few_students_are_hidden_where_students_are_counted() -> None:
    rows = [("", 40.0, None), ("EL", 3.0, None), ("Not EL", 37.0, None), ("White", 20.0, None)]
    assert shown(*rows, unit="students") == {"": 40.0, "White": 20.0}
    assert shown(*rows, unit="hours per student") == {group: value for group, value, _n in rows}


def test_measures_of_the_same_for_other_students_are_looked_at_together() -> None:
    def one(ident: str, group: str, value: float, n: int) -> Recorded:
        return Recorded(ident, [Row("", JUNE, value, n)], 10, "%", f"Reading {group}".strip(), group)

    rows = [one("a", "", 60.0, 100), one("b", "girls", 62.1053, 95), one("c", "", 60.0, 100)]
    found = suppress_together(rows, 1)
    assert [len(found[ident].rows) for ident in "abc"] == [1, 0, 1]


def test_periods_hide_the_same_group() -> None:
    """Else the boys of one month and the girls of the next would be told, and they are the same children."""
    rows = []
    for day, a, b in ((MAY, 40, 41), (JUNE, 41, 40)):
        rows += [Row("", day, 50.0, 84), Row("EL", day, 40.0, 3), Row("A", day, 51.0, a), Row("B", day, 49.0, b)]
    _kept, hidden = suppress(rows, 10)
    assert [row.student_group for row in hidden if row.student_group != "EL"] == ["A", "A"]


def test_a_baseline_is_told_as_the_figure_of_its_day() -> None:
    few = [Row("", MAY, 25.0, 4)]
    assert suppress_together([Recorded("a", few, 10, "%", baseline=25.0, baseline_on=MAY)], 1)["a"].baseline is None
    many = [Row("", MAY, 100.0, 40)]
    assert repr(suppress_together([Recorded("a", many, 10, "%", baseline=98.0)], 1)["a"].baseline) == ">90.0"
    assert suppress_together([Recorded("a", (), 10, "students", baseline=4.0)], 1)["a"].baseline is None


def test_a_baseline_does_not_tell_what_is_hidden() -> None:
    """Of everyone it is one figure more, whoever recorded it there; and the same figure may be a hidden one's."""
    rows = [Row("EL", MAY, 25.0, 4), Row("Not EL", MAY, 62.5, 96)]
    assert suppress_together([Recorded("a", rows, 10, "%", baseline=61.0, baseline_on=MAY)], 1)["a"].baseline is None
    rows = [Row("", MAY, 61.0, 100), *rows]
    found = [suppress_together([Recorded("a", rows, 10, "%", baseline=one)], 1)["a"].baseline for one in (25.0, 61.0)]
    assert found == [None, 61.0]


def test_another_measure_does_not_tell_of_how_many_students_a_hidden_group_is() -> None:
    """Black students are hidden with Asian ones in reading; would mathematics tell them, all would be known."""

    def one(ident: str, name: str, *values: float) -> Recorded:
        groups = (("", 100), ("Asian", 4), ("Black", 12), ("White", 84))
        return Recorded(ident, [Row(g, JUNE, v, n) for (g, n), v in zip(groups, values, strict=True)], 10, "%", name)

    found = suppress_together([one("a", "Reading", 58, 25, 50, 60.7), one("b", "Mathematics", 42, 75, 50, 39.3)], 1)
    assert {ident: [row.student_group for row in told.rows] for ident, told in found.items()} == {
        "a": ["", "White"], "b": ["", "White"],
    }  # fmt: skip


def test_a_group_of_unknown_size_counts_as_many_as_the_others_leave() -> None:
    rows = [("", 60.0, 500), ("Boys", 58.0, 240), ("Girls", 61.8, None)]
    assert shown(*rows) == {group: value for group, value, _n in rows}
    assert shown(("", 60.0, 500), ("Boys", 60.2, 496), ("Girls", 50.0, None)).keys() == {""}


def test_nobody_in_a_group_hides_no_other() -> None:
    rows = [("", 60.0, 100), ("Girls", 60.0, 100), ("Boys", 0.0, 0), ("White", 60.0, 50)]
    assert shown(*rows).keys() == {"", "Girls", "White"}


COMPLEMENTS = [
    ("English learners", "English only"), ("EL", "non-EL"), ("Aprendices de inglés", "No aprendices de inglés"),
    ("Economically disadvantaged", "Not economically disadvantaged"), ("Low income", "Non-low-income"),
    ("Students with disabilities", "General education"), ("IEP", "Without IEP"), ("Con PEI", "Sin PEI"),
    ("Female", "Male"), ("Niñas", "Niños"), ("Homeless", "Not homeless"), ("Foster youth", "Not foster"),
    ("Gifted", "Not gifted"), ("Migrantes", "No migrantes"), ("Newcomers", "Others"),
]  # fmt: skip


@pytest.mark.parametrize(("small", "rest"), COMPLEMENTS)
def test_a_complement_is_hidden_under_any_name_and_everyone_is_told(small: str, rest: str) -> None:
    assert shown(("", 61.0, 100), (small, 25.0, 4), (rest, 62.5, 96), ("White", 60.0, 50)).keys() == {"", "White"}
    crossed = [(f"Grade 3 {small}", 25.0, 4), (f"Grade 3 {rest}", 50.0, 26), ("Grade 3", 46.7, 30)]
    left = shown(("", 61.0, 300), *crossed, ("Grade 4", 60.0, 270))
    assert "" in left
    assert f"Grade 3 {small}" not in left
    assert not {"Grade 3", f"Grade 3 {rest}"} <= left.keys()


RACES = ("Asian", "Black", "Hispanic", "White", "Two or more", "American Indian", "Pacific Islander")


@pytest.mark.parametrize(
    "names", [RACES, ("K", *map(str, range(1, 13))), tuple(f"Campus {n}" for n in "ABCDEFGHIJKLM")]
)
@pytest.mark.parametrize("few", [1, 2])
def test_one_or_two_small_ones_of_many_that_make_everyone_are_not_left_over(names: tuple[str, ...], few: int) -> None:
    sizes = [*(4 + n for n in range(few)), *(37 + 613 * n * n % 499 for n in range(len(names) - few))]
    have = [size * (31 + 97 * n % 61) // 100 for n, size in enumerate(sizes)]
    rows = [("", round(100 * sum(have) / sum(sizes), 2), sum(sizes))]
    rows += [(name, round(100 * x / n, 2), n) for name, x, n in zip(names, have, sizes, strict=True)]
    left = shown(*rows)
    assert "" in left
    assert not left.keys() & set(names[:few])
    gone = sum(n for name, n in zip(names, sizes, strict=True) if name not in left)
    assert gone >= 10
    assert len(names) - len(left.keys() - {""}) <= few + 2


def test_names_are_read_whatever_their_order() -> None:
    assert name_words("EL boys") == name_words("Boys, EL") == name_words("boy", "el")
    assert name_words("Not EL") == name_words("non-EL") != name_words("EL")
    assert [threshold(n, 1) for n in (5, 6, 10, 15, 30, 60, 300, None)] == [50, 50, 30, 20, 10, 5, 1, 1]
    assert [threshold(n, 0) for n in (5, 500)] == [None, None]
