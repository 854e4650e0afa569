"""The district's words over its goals, wherever a plan is told."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from planstudio.domain.cards import PlanBook
from planstudio.domain.gaps import Gap, findings
from planstudio.domain.plan_changes import compare_plans
from planstudio.domain.recognised import GOALS_FIELDS
from planstudio.domain.reporting import ReportData
from planstudio.exchange.plan_form import book_form
from planstudio.exchange.plan_text import book_lines
from planstudio.reports import build
from planstudio.reports.listing import print_report
from reports.books import book, goal, strategy
from tagged.reading import extracted, squeezed

WORDS = {name: f"Word{n} of the {name.replace('_', ' ')}" for n, name in enumerate(GOALS_FIELDS)}


@pytest.fixture
def told() -> PlanBook:
    made = book(goals=(goal("1", "Every child a reader", strategies=(strategy(),)),))
    return replace(made, plan=replace(made.plan, **WORDS))


def printed(report: str, told: PlanBook) -> str:
    made = build(report, told) if report in ("plan", "packet") else print_report(report, ReportData(told, told.today))
    return squeezed(extracted(made.pdf))


@pytest.mark.parametrize("report", ["plan", "packet", "one-page", "outline"])
def test_the_words_over_the_goals_are_on_paper(told: PlanBook, report: str) -> None:
    text = printed(report, told)
    assert [words for words in WORDS.values() if words not in text] == []


def test_they_are_shown_in_text_and_json(told: PlanBook) -> None:
    assert {name: book_form(told)[name] for name in GOALS_FIELDS} == WORDS
    text = "\n".join(book_lines(told))
    assert [words for words in WORDS.values() if words not in text] == []


def test_a_change_of_each_is_told_in_the_redline(told: PlanBook) -> None:
    for name in GOALS_FIELDS:
        other = replace(told, plan=replace(told.plan, **{name: "Other words"}))
        (change,) = compare_plans(told, other)
        assert [(field.before, field.after) for field in change.fields] == [(WORDS[name], "Other words")]


def test_a_plan_without_them_is_printed_as_before(told: PlanBook) -> None:
    bare = replace(told, plan=replace(told.plan, **dict.fromkeys(GOALS_FIELDS, "")))
    assert "Word" not in extracted(build("plan", bare).pdf)
    assert build("plan", bare).pages < build("plan", told).pages + 1


def test_a_heading_over_no_goals_is_kept_as_missing() -> None:
    made = book()
    empty = replace(made, plan=replace(made.plan, goals_heading="Our Strategic Priorities"))
    assert book_form(empty)["missing"] == [{"heading": "Our Strategic Priorities", "kind": "goals"}]
    assert [(one.gap, one.name) for one in findings(empty, ())] == [(Gap.EMPTY, "Our Strategic Priorities")]
    for report in ("plan", "one-page", "outline"):
        assert "Our Strategic Priorities" in printed(report, empty)


def test_the_plans_card_has_a_field_for_each() -> None:
    assert set(GOALS_FIELDS) <= {field.name for field in fields(book().plan)}
