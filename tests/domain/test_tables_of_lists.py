"""What a plan lacks, what is due, and other lists (tables.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

import golden
from domain.tables import Tables, line
from planstudio.domain import (
    due,
    file_words,
    gaps,
    lcap,
    naming,
    outline,
    progress,
    strategy_filter,
)
from planstudio.domain.cards import MilestoneRow, PlanCard
from planstudio.domain.files import FileRelation, FileState, Kept
from planstudio.domain.gaps import Gap
from planstudio.domain.kinds import (
    Frequency,
    Status,
)
from reports import boards, books

TABLES = Tables()
table = TABLES.keep
TODAY = date(2026, 10, 14)
NOON = datetime(2026, 9, 20, 12)
MEMBERS = tuple((name, name) for name in boards.MEMBERS)


def told(value: Any, depth: int = 1, most: int = 500) -> list[str]:
    return [row[:most] for row in golden.tell(value, {}, "", depth)]


# The plan as a list.


@table
def _list_of_gaps() -> Iterable[str]:
    book = books.whole()
    twice = (
        replace(
            book.statements[-1],
            items=tuple(
                replace(i, id=f"{n}", text="We keep our word to every child here.")
                for n, i in enumerate(book.statements[-1].items)
            ),
        )
        if book.statements[-1].items
        else book.statements[-1]
    )
    for name, (one, meetings) in {
        "whole": (book, (boards.AUGUST, boards.HELD, boards.COMING)),
        "without meetings": (book, ()),
        "years later": (replace(book, today=date(2027, 10, 22)), (boards.HELD, boards.COMING)),
        "no goals": (replace(book, goals=(), plan=replace(book.plan, goals_heading="Goals")), ()),
        "twice": (
            replace(
                book,
                statements=(*book.statements[:-1], twice),
                policies=(*book.policies, replace(book.policies[0], id="x"), replace(book.policies[0], id="y")),
            ),
            (),
        ),
    }.items():
        yield name
        yield from told(gaps.findings(one, meetings))
    yield line("short", says=lambda: gaps.short([Gap.NO_OWNER, Gap.NO_TARGET, Gap.NO_BASELINE]))


@table
def _list_of_what_is_due() -> Iterable[str]:
    card = books.GOALS[0].strategies[0]
    for every, last, by, status in product(
        (None, *Frequency),
        (None, TODAY - timedelta(8), TODAY - timedelta(7), date(2026, 6, 16), date(2026, 6, 17)),
        (None, TODAY),
        (Status.ON_TRACK, Status.NOT_STARTED, Status.COMPLETED),
    ):
        one = replace(card, update_every=every, updated_on=last, update_by=by, status=status)
        if by and every not in (None, Frequency.WEEKLY):
            continue
        yield f"{every} {last} {by} {status} -> {progress.next_update(one, TODAY)} outdated {progress.outdated(one, TODAY)} stale {progress.stale(one, TODAY)} silent {progress.silent(one, TODAY)}"
    goals = [
        replace(
            books.GOALS[0],
            updated_on=TODAY - timedelta(n),
            update_every=every,
            id=f"{every}{n}",
            owner="Ann Á",
            strategies=(),
        )
        for every in (Frequency.WEEKLY, Frequency.MONTHLY, Frequency.QUARTERLY)
        for n in (0, 4, 5, 6, 7, 8, 22, 23, 24, 77, 78, 79, 100)
    ]
    goals.append(replace(books.GOALS[1], owner="ann a"))
    found = due.due_updates(goals, TODAY)
    for one in found:
        yield f"{one.card.id} on {one.on} late {one.late(TODAY)} {due.name_of(one)} {one.name[:30]} {one.department}"
    yield f"{len(due.mine(found, 'ANN A'))} {len(due.mine(found, 'Bo'))}"
    row = MilestoneRow("m", "x")
    for rows in (
        (),
        (row,),
        (replace(row, done_on=TODAY),),
        (replace(row, id="late", due=TODAY), replace(row, id="first", due=TODAY - timedelta(1)), row),
    ):
        one = replace(card, milestones=rows, updates=(), status=Status.ON_TRACK)
        nearest = progress.next_milestone(one)
        yield f"{len(rows)}: {progress.percent_rule(one)} next {nearest and nearest.id} {progress.previous(one)}"
    for goal in (
        books.GOALS[0],
        replace(books.GOALS[0], strategies=()),
        replace(books.GOALS[0], strategies=books.GOALS[0].strategies[:1]),
        replace(books.GOALS[0], status=Status.COMPLETED),
    ):
        yield progress.percent_rule(goal)


@table
def _list_filtered_and_sorted() -> Iterable[str]:
    goals = [
        replace(
            goal,
            strategies=tuple(
                replace(s, owner=owner, due=due_on, department=dep, percent=n * 10, priority=p, updated_on=up)
                for n, (s, owner, due_on, dep, p, up) in enumerate(
                    zip(
                        goal.strategies,
                        ("Ann", "", "Bo"),
                        (TODAY - timedelta(1), None, TODAY),
                        ("", "Office", ""),
                        ("High", "", "Low"),
                        (TODAY, date(2026, 1, 1), None),
                        strict=False,
                    )
                )
            ),
        )
        for goal in books.whole().goals
    ]
    for sort, backwards in product(strategy_filter.SortBy, (False, True)):
        yield f"{sort.value} {backwards}: {[one.id for one in strategy_filter.filtered(goals, strategy_filter.Filter(sort=sort, backwards=backwards), TODAY)]}"
    for name, value in (
        ("words", "reader"),
        ("words", "READER october"),
        ("status", "on track"),
        ("status", "outdated"),
        ("goal", "g1"),
        ("owner", "ann"),
        ("owner", "Ann"),
        ("department", "Office"),
        ("priority", "High"),
        *(("attention", one) for one in strategy_filter.Attention),
    ):
        asked = replace(strategy_filter.Filter(), **{name: value})
        yield f"{name} {value}: {[one.id for one in strategy_filter.filtered(goals, asked, TODAY)]}"
        assert strategy_filter.read_filter(asked.text()) == asked
    for text in ("", "[]", "{}", '{"sort": "odd"}', '{"words": "x", "new": 1}'):
        yield line(text, says=lambda t=text: strategy_filter.read_filter(t))


@table
def _list_for_the_state() -> Iterable[str]:
    book = books.whole()
    for start, goal in product((None, date(2023, 7, 1), date(2024, 6, 1), date(2026, 7, 1)), book.goals):
        dated = replace(book, plan=replace(book.plan, period_start=start))
        for metric in lcap.metrics(goal, dated):
            yield f"{start} {metric.number} {metric.measure.id}: {metric.years} target {metric.target} on {metric.target_on} difference {metric.difference}"
    measure = replace(book.goals[0].measures[0], interim="2026: 66; 2029: 71")
    for on in (date(2025, 6, 30), date(2025, 7, 1), date(2026, 7, 1), date(2026, 7, 2)):
        goal = replace(book.goals[0], measures=(replace(measure, target_on=on, interim=""), measure), strategies=())
        dated = replace(book, plan=replace(book.plan, period_start=date(2023, 7, 1)))
        yield f"{on}: {[(one.target, one.target_on) for one in lcap.metrics(goal, dated)]}"


@table
def _list_that_was_kept() -> Iterable[str]:
    row = outline.OutlineRow(
        "goal",
        "g",
        "Read",
        "",
        Status.AT_RISK,
        TODAY,
        Frequency.MONTHLY,
        TODAY,
        "Ann",
        3,
        (Gap.NO_OWNER, Gap.NO_TARGET),
        (outline.OutlineRow("strategy", "s", "Coach", "kind", None, None),),
    )
    whole = outline.PlanOutline(
        "p",
        "District",
        PlanCard("p", "Plan"),
        (outline.OutlineRow("statement", "st", "Mission", "mission"),),
        (row,),
        4,
        5,
        False,
    )
    assert outline.read_kept(outline.kept(whole)) == whole
    for field in (
        "plan_id",
        "organization",
        "plan",
        "goals",
        "statements",
        "policies",
        "meetings",
        "children",
        "gaps",
        "status",
    ):
        yield line(field, says=lambda f=field: outline.read_kept(outline.kept(whole).replace(f'"{f}"', '"x"')))
    yield line("in force", says=lambda: outline.read_kept(outline.kept(whole).replace('"in_force": false', '"x": 1')))
    for text in ("", "{", "[]", "null"):
        yield line(text, says=lambda t=text: outline.read_kept(t))


@table
def _list_of_words_for_files() -> Iterable[str]:
    for place, missing, found in product(FileRelation, (0, 1, 2), ("", "/home/ann/Plan.planstudio")):
        state = (
            FileState(place, why="No answer." if missing else "", missing=missing)
            if "missing" in FileState.__dataclass_fields__
            else FileState(place)
        )
        yield line(
            place, missing, found, says=lambda s=state, f=found: file_words.notice(s, "Board", "Plan.planstudio", f)
        )
        yield line(
            place,
            missing,
            says=lambda s=state: (file_words.status(s, NOON, "Board"), file_words.status(s, None, "Board")),
        )
    for kept in Kept:
        yield line(kept, says=lambda k=kept: file_words.kept_words(k))
    for people, open_ones in product(
        (
            [],
            [("Ann", NOON)],
            [("Ann", NOON), ("", NOON), ("Bo", NOON + timedelta(1))],
            [(f"P{n}", NOON) for n in range(9)],
        ),
        (0, 1, 2),
    ):
        yield line(
            [name for name, _at in people],
            open_ones,
            says=lambda p=people, n=open_ones: file_words.arrivals(p, n) if p else "",
        )


@table
def _list_of_own_names() -> Iterable[str]:
    long = "x" * naming.LONGEST
    for text in (
        "",
        "goal = Pillar, Pillars",
        "goal=Pillar",
        "goal = Pillar, Pillars\nstrategy = Step, Steps",
        "pillar",
        "goal =",
        "unknown = X, Y",
        "goal = A, B\ngoal = C, D",
        f"goal = {long}, y",
        f"goal = {long}x, y",
        f"goal = y, {long}x",
        "goal = A, B\nstrategy = A, B",
        "goal = Goal, Goals",
    ):
        yield line(text, says=lambda t=text: naming.read_levels(t))
        yield line(text, says=lambda t=text: naming.levels_text(naming.read_levels(t)))
        yield line(text, says=lambda t=text: naming.check(t, ""))
    for text in (
        "",
        "at risk = Behind",
        "At risk = Behind",
        "at risk = Behind\noff track = Behind",
        "at risk = BEHIND\noff track = behind",
        "sometimes = X",
        "at risk =",
        f"at risk = {long}",
        f"at risk = {long}x",
        "on track = On track",
        "at risk = On track",
        "target met = Yes\nat risk = Yes",
    ):
        yield line(text, says=lambda t=text: {kind.value: words for kind, words in naming.read_statuses(t).items()})
        yield line(text, says=lambda t=text: naming.statuses_text(naming.read_statuses(t)))
        yield line(text, says=lambda t=text: naming.check("", t))


@pytest.mark.parametrize("name", TABLES)
def test_a_rule_answers_as_its_table_says(name: str) -> None:
    TABLES.hold(name)


def test_each_chapter_has_its_table() -> None:
    TABLES.hold_nothing_else()
