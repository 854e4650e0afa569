"""Many elements in one step: one added for each line, owner or priority set for all, moved, deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from planstudio.domain.blocks import list_of
from planstudio.domain.errors import InvalidInput
from planstudio.i18n import _
from planstudio.operations.goals import add_goal, add_milestone, add_strategy, move_goal, move_strategy
from planstudio.operations.measures import add_measure
from planstudio.operations.people import person_named
from planstudio.operations.rows import Ranked, assign, fetch, ordered
from planstudio.operations.statements import add_item, move_statement
from planstudio.richtext import escape
from planstudio.store.schema import MODELS, Goal, Plan, Statement


def add_lines(session: Session, table: str, parent_id: str, text: str) -> list[str]:
    """An element of *table* under *parent_id* for each line of *text*; their ids.

    Signs and numbers of lists at the beginning of a line are left away.
    """
    words = list_of(text)
    if not words:
        raise InvalidInput(_("Write one line for each."), field="text")
    return [_add(session, table, parent_id, n, line) for n, line in enumerate(words, 1)]


def _add(session: Session, table: str, parent_id: str, n: int, line: str) -> str:
    try:
        return _add_line(session, table, parent_id, line)
    except InvalidInput as error:
        words = _("Line {n}, “{line}”: {why}")
        raise InvalidInput(words.format(n=n, line=line[:40], why=error), field="text") from error


def _add_line(session: Session, table: str, parent_id: str, line: str) -> str:
    match table:
        case "goal":
            return add_goal(session, parent_id, title=line)
        case "strategy":
            return add_strategy(session, parent_id, title=line)
        case "milestone":
            return add_milestone(session, parent_id, text=line)
        case "statement_item":
            return add_item(session, parent_id, text=escape(line))
        case "measure":
            return add_measure(session, goal_id=parent_id, name=line)
    raise TypeError(f"no lines become rows of {table}")


def edit_all(session: Session, table: str, ids: Iterable[str], /, **values: Any) -> None:
    """Set the same *values* for each; *owner* is a person's name and makes one where there is none."""
    if "owner" in values:
        values["owner_id"] = person_named(session, values.pop("owner"))
    for ident in ids:
        assign(fetch(session, MODELS[table], ident), values)


def delete_all(session: Session, table: str, ids: Iterable[str]) -> None:
    for ident in ids:
        session.delete(fetch(session, MODELS[table], ident))


def move_rows(session: Session, table: str, ids: Sequence[str], to: int) -> None:
    """Put the goals or statements *ids*, in this order, at the place *to* among the others of their plan."""
    plan: Plan = fetch(session, MODELS[table], ids[0]).plan  # type: ignore[attr-defined]
    rows: list[Goal] | list[Statement] = plan.goals if table == "goal" else plan.statements
    verb = move_goal if table == "goal" else move_statement
    for ident, place in _places(ids, to, lambda: rows):
        verb(session, ident, place)


def move_strategies(session: Session, ids: Sequence[str], to: int, goal_id: str) -> None:
    """Put the strategies *ids*, in this order, at the place *to* among the others of the goal *goal_id*."""
    goal = fetch(session, Goal, goal_id)
    for ident, place in _places(ids, to, lambda: goal.strategies):
        move_strategy(session, ident, place, goal_id)
        session.flush()
        session.expire(goal, ["strategies"])


def _places(ids: Sequence[str], to: int, rows: Callable[[], Iterable[Ranked]]) -> Iterator[tuple[str, int]]:
    """Where to put each of *ids*, the first at *to*, the others behind it; *rows* as they stand by then."""
    others = [one.id for one in ordered(rows()) if one.id not in ids]
    behind = others[min(to, len(others)) - 1] if to and others else ""
    for ident in ids:
        rest = [one.id for one in ordered(rows()) if one.id != ident]
        yield ident, rest.index(behind) + 1 if behind else 0
        behind = ident
