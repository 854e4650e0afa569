"""Every kind and status has its word, on screen, on paper and in the history."""

from __future__ import annotations

import inspect
from enum import StrEnum

import pytest

from planstudio.domain import kinds, words
from planstudio.store.schema import JOURNALED

KINDS = [
    kind for _name, kind in inspect.getmembers(kinds, inspect.isclass) if issubclass(kind, StrEnum) and kind.__members__
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_word_of_the_lists_can_be_shown(kind: type[StrEnum]) -> None:
    shown = [words.word(one) for one in kind]
    assert len(set(shown)) == len(shown), "two of them look the same"
    assert all(one[0].isupper() or one[0].isdigit() for one in shown)


def test_the_same_word_of_two_lists_is_told_apart() -> None:
    assert words.word(kinds.PlanState.DRAFT) == "Draft"
    assert words.word(kinds.MeetingState.DRAFT) == "Agenda in draft"
    assert words.word(kinds.GoalKind.GOAL) == "Goal"
    assert words.word(kinds.Enclosed.GOAL) == "The goal"


def test_all_lists_of_the_field_were_looked_at() -> None:
    assert len(KINDS) == 31


@pytest.mark.parametrize("table", [*JOURNALED, "content"])
def test_every_table_has_a_word_that_is_not_its_name(table: str) -> None:
    assert words.table_word(table) != table


@pytest.mark.parametrize(
    ("table", "column", "said"),
    [
        ("observation", "period_end", "Period end"), ("plan", "period_end", "Ends"), ("goal", "owner_id", "Owner"),
        ("person", "title", "Title"), ("statement_item", "title", "Name"), ("goal", "id", "Id"),
    ],
)  # fmt: skip
def test_a_column_is_called_what_it_is_called_on_its_page(table: str, column: str, said: str) -> None:
    assert words.field_word(table, column) == said
