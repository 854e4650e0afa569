"""Markdown in small print: paper and spreadsheet show its words without its signs."""

from __future__ import annotations

from dataclasses import replace

from planstudio.domain.plan_changes import compare_plans
from planstudio.domain.reporting import ReportData
from planstudio.reports import build
from planstudio.reports.listing import table_of
from reports.books import book, goal, measure, strategy
from tagged.reading import extracted, squeezed

DEFINITION = "*Counted* in spring, see [how](https://north.example)"
WORDS = "Counted in spring, see how"


def test_a_definition_is_words_on_paper_and_in_the_spreadsheet() -> None:
    told = book(goals=(goal("1", measures=(measure(definition=DEFINITION),)),))
    text = squeezed(extracted(build("plan", told).pdf))
    assert WORDS in text
    assert "*Counted*" not in text
    table = table_of("outline", ReportData(told, told.today))
    assert table is not None
    assert [cell for row in table.rows for cell in row if isinstance(cell, str) and "spring" in cell] == [WORDS]


def test_a_definition_is_compared_as_markdown() -> None:
    before, after = (book(goals=(goal("1", measures=(measure(definition=one),)),)) for one in ("Counted", DEFINITION))
    (change,) = compare_plans(before, after)
    assert [(field.name, field.markdown) for field in change.fields] == [("Definition", True)]


def test_a_budget_stands_below_its_strategy_on_paper() -> None:
    told = book(goals=(goal("1", strategies=(replace(strategy(), budget=120_000.0),)),))
    assert "$120,000" in squeezed(extracted(build("plan", told).pdf))
