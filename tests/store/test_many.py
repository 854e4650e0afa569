"""Rows written past SQLAlchemy's types hold what they would hold with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, bindparam, insert, select, update

from planstudio.domain.errors import NotAPlan
from planstudio.domain.kinds import GoalKind
from planstudio.store import many
from planstudio.store.engine import open_engine
from planstudio.store.layout import lay_out
from planstudio.store.lines import stored, whole
from planstudio.store.schema import JOURNALED
from planstudio.store.types import decode

GOAL = JOURNALED["goal"]


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = open_engine(":memory:")
    with engine.begin() as connection:
        lay_out(connection)
    yield engine
    engine.dispose()


def test_a_column_that_is_younger_than_the_step_is_blank(engine: Engine) -> None:
    rows = [whole(GOAL, {"id": name, "plan_id": "p", "title": name}) for name in ("one", "two")]
    with engine.connect() as connection:
        many.write(connection, insert(GOAL), rows)
        found = connection.execute(select(GOAL)).mappings().all()
    assert [(x["title"], x["statement"], x["kind"], x["rank"], x["deadline"]) for x in found] == [
        (name, "", GoalKind.GOAL, "i", None) for name in ("one", "two")
    ]


def test_each_row_is_changed_by_its_own_values(engine: Engine) -> None:
    rows = [whole(GOAL, {"id": name, "plan_id": "p"}) for name in ("one", "two")]
    told = [{"k": "two", "title": "2"}, {"k": "one", "title": "1"}]
    with engine.connect() as connection:
        many.write(connection, insert(GOAL), rows)
        many.write(connection, update(GOAL).where(GOAL.c.id == bindparam("k")), told)
        found = connection.execute(select(GOAL.c.id, GOAL.c.title)).all()
    assert sorted(map(tuple, found)) == [("one", "1"), ("two", "2")]


def test_nothing_is_written_for_no_rows(engine: Engine) -> None:
    with engine.connect() as connection:
        many.write(connection, insert(GOAL), [])
        assert connection.execute(select(GOAL)).all() == []


def test_what_is_neither_true_nor_false_is_no_truth() -> None:
    kind = JOURNALED["agenda_section"].c.consent.type
    assert [decode(kind, value) for value in (True, 0, None)] == [True, False, None]
    for odd in (5, -1, "yes", 1.0):
        with pytest.raises(NotAPlan):
            decode(kind, odd)


def test_a_word_that_nobody_knows_is_refused() -> None:
    with pytest.raises(NotAPlan):
        stored(GOAL, {"kind": "wish"})
