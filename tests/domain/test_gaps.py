"""Each gap is found where it is, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planstudio.domain.cards import ItemCard, PlanBook, StatementCard
from planstudio.domain.gaps import Gap, findings
from planstudio.domain.kinds import Direction, StatementKind, Status
from planstudio.domain.progress import stale
from reports import boards, books

GOOD = replace(books.GOALS[0], strategies=books.GOALS[0].strategies[:1])


def gaps(book: PlanBook) -> set[Gap]:
    return {finding.gap for finding in findings(book, ())}


def test_a_plan_in_order_has_none() -> None:
    assert findings(books.book(goals=(GOOD,)), ()) == []


@pytest.mark.parametrize(
    ("changes", "gap"),
    [
        ({"owner": ""}, Gap.NO_OWNER),
        ({"updated_on": None}, Gap.NEVER_UPDATED),
        ({"updated_on": date(2026, 1, 1)}, Gap.OUTDATED),
        ({"measures": ()}, Gap.NO_MEASURES),
        ({"policies": ()}, Gap.NO_POLICIES),
        ({"strategies": ()}, Gap.NO_STRATEGIES),
        ({"measures": (books.measure(baseline=None),)}, Gap.NO_BASELINE),
        ({"measures": (books.measure(target=None),)}, Gap.NO_TARGET),
        ({"measures": (books.measure(direction=Direction.BAND),)}, Gap.NO_TARGET),
        ({"measures": (books.measure(values=()),)}, Gap.NO_FIGURES),
    ],
)
def test_each_gap_of_a_goal_is_found_alone(changes: dict[str, object], gap: Gap) -> None:
    assert gaps(books.book(goals=(replace(GOOD, **changes),))) == {gap}  # type: ignore[arg-type]


def test_a_department_looks_after_a_strategy_too() -> None:
    strategy = replace(GOOD.strategies[0], owner="")
    assert gaps(books.book(goals=(replace(GOOD, strategies=(strategy,)),))) == {Gap.NO_OWNER}
    kept = replace(strategy, department="Instruction")
    assert gaps(books.book(goals=(replace(GOOD, strategies=(kept,)),))) == set()


def test_what_has_ended_needs_no_update_and_no_agenda() -> None:
    old = replace(GOOD.strategies[0], status=Status.DISCONTINUED, updated_on=date(2020, 1, 1))
    book = books.book(goals=(replace(GOOD, strategies=(old,)),))
    assert findings(book, (boards.HELD,)) == []


def test_strategies_that_no_recent_agenda_names_are_found() -> None:
    book = books.whole()
    found = [finding.number for finding in findings(book, (boards.HELD,)) if finding.gap is Gap.NOT_ON_AGENDA]
    assert found == ["1.2", "1.3", "1.4"]
    long_ago = replace(boards.HELD, start=boards.HELD.start.replace(year=2020))  # type: ignore[union-attr]
    assert Gap.NOT_ON_AGENDA not in {finding.gap for finding in findings(book, (long_ago,))}


def statement(*texts: str) -> StatementCard:
    items = tuple(ItemCard(f"i{n}", "", text) for n, text in enumerate(texts))
    return StatementCard("st", StatementKind.VALUES, "Values", "", "", "", items=items)


def test_entries_that_say_nearly_the_same_are_found_once() -> None:
    book = books.book(statements=(statement(
        "Share the responsibility for learning", "Know every child", "Share the responsibilities for learning!"
    ),))  # fmt: skip
    (found,) = findings(book, ())
    assert (found.gap, found.id, found.other) == (Gap.ALIKE, "i2", "Share the responsibility for learning")


def test_short_words_are_not_nearly_the_same() -> None:
    assert gaps(books.book(statements=(statement("Trust", "Trusts"),))) == set()


def test_statements_and_entries_without_words_are_found() -> None:
    book = books.book(statements=(statement("Trust in one another", ""), replace(statement(), id="empty")))
    assert [(finding.gap, finding.table) for finding in findings(book, ())] == [
        (Gap.EMPTY, "statement_item"), (Gap.EMPTY, "statement"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "on", "old"),
    [
        (Status.ON_TRACK, date(2026, 10, 1), False),
        (Status.ON_TRACK, date(2026, 1, 1), True),
        (Status.ON_TRACK, None, True),
        (Status.NOT_STARTED, None, False),
        (Status.NOT_STARTED, date(2026, 1, 1), True),
        (Status.COMPLETED, date(2020, 1, 1), False),
    ],
)
def test_a_status_is_believed_while_it_is_fresh(status: Status, on: date | None, old: bool) -> None:
    assert stale(replace(books.strategy(status=status), updated_on=on), books.TODAY) is old
