"""Where words stand in a plan, place by place, in the order of its pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from planstudio.domain.places import OVERVIEW, Place
from planstudio.domain.replacing import TEXTS, Match, Wanted, around, spans
from planstudio.domain.texts import name_of
from planstudio.domain.words import table_word
from planstudio.queries.rows import in_plan, rows
from planstudio.richtext import plain
from planstudio.store.schema import JOURNALED, Goal, Measure, Milestone, Plan, Statement, StatementItem, Strategy

Row = tuple[str, str, dict[str, str]]  # table, id, texts by column
MOST = 2_000  # places; more than anybody looks through


def places(session: Session, plan_id: str, wanted: Wanted) -> tuple[Match, ...]:
    """Every place of *wanted* in the plan's texts, 2,000 at most. Adopted words are none: they do not change here."""
    return tuple(islice(_places(session, plan_id, wanted, adopted=False), MOST))


def adopted_places(session: Session, plan_id: str, wanted: Wanted) -> int:
    """How many places of *wanted* stand in words that the board has adopted."""
    return len([*islice(_places(session, plan_id, wanted, adopted=True), MOST)])


def texts_of(session: Session, plan_id: str) -> tuple[str, ...]:
    """Every text of the plan that can be changed, Markdown as words."""
    return tuple(
        plain(text) if TEXTS[table][column] else text
        for (table, _id, texts), _page in _rows(session, plan_id, adopted=False)
        for column, text in texts.items()
        if text
    )


def _places(session: Session, plan_id: str, wanted: Wanted, *, adopted: bool) -> Iterator[Match]:
    for (table, ident, texts), page in _rows(session, plan_id, adopted=adopted) if wanted.words.strip() else ():
        for column, text in texts.items():
            for nth, span in enumerate(spans(text, wanted, markdown=TEXTS[table][column])):
                name = name_of("", next(filter(None, texts.values()), ""), table_word(table), 80)
                yield Match(table, ident, column, nth, name, page, *around(text, *span))


def _rows(session: Session, plan_id: str, *, adopted: bool) -> Iterator[tuple[Row, Place]]:
    """Every row of the plan with the page that shows it: those of *adopted* statements, or all others."""
    closed = {*session.scalars(select(Statement.id).where(Statement.adopted_on.is_not(None)))}
    for row, page in _all_rows(session, plan_id):
        if (page.noun == "statement" and page.ident in closed) is adopted:
            yield row, page


def _all_rows(session: Session, plan_id: str) -> Iterator[tuple[Row, Place]]:
    own = in_plan(plan_id)
    entries = _below(session, StatementItem.statement_id, own)
    of_goals, of_strategies = _below(session, Measure.goal_id, own), _below(session, Measure.strategy_id, own)
    milestones = _below(session, Milestone.strategy_id, own)
    inside = _below(session, Strategy.goal_id, own)
    for plan in _below(session, Plan.id, own)[plan_id]:
        yield plan, OVERVIEW
    for statement in _below(session, Statement.plan_id, own)[plan_id]:
        page = Place("statement", statement[1])
        yield statement, page
        yield from ((entry, page) for entry in entries[statement[1]])
    for goal in _below(session, Goal.plan_id, own)[plan_id]:
        yield goal, Place("goal", goal[1])
        yield from ((measure, Place("measure", measure[1])) for measure in of_goals[goal[1]])
        for strategy in inside[goal[1]]:
            page = Place("strategy", strategy[1])
            yield strategy, page
            yield from ((milestone, page) for milestone in milestones[strategy[1]])
            yield from ((measure, Place("measure", measure[1])) for measure in of_strategies[strategy[1]])


def _below(
    session: Session, parent: InstrumentedAttribute[Any], inside: dict[type[Any], ColumnElement[bool]]
) -> dict[str, list[Row]]:
    """The texts of the rows of one table that stand *inside*, in their order, by their parent's id."""
    model: Any = parent.class_
    table = JOURNALED[model.__tablename__]
    names = list(TEXTS[table.name])
    found: dict[str, list[Row]] = defaultdict(list)
    query = select(parent, table.c.id, *(table.c[name] for name in names)).where(inside[model], parent.is_not(None))
    for owner, ident, *texts in rows(session, query.order_by(table.c.rank, table.c.id)):
        found[owner].append((table.name, ident, dict(zip(names, texts, strict=True))))
    return found
