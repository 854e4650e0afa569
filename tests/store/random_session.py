"""Somebody at work for a while: gestures drawn by lot from what the plan holds at the moment."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from factories import LONG_TEXT, Rows, dump
from planstudio.domain.errors import EditConflict
from planstudio.domain.kinds import StatementKind
from planstudio.operations import files, goals, measures, people, policies, statements
from planstudio.workspace import Workspace


def gesture(workspace: Workspace, chance: Random, *, undoing: bool = False) -> None:
    """One step of a person: type, add, move, delete, record, and with *undoing* undo and redo."""
    rows = dump(workspace)
    if undoing and chance.random() < 0.2:
        try:
            workspace.undo() if chance.random() < 0.6 else workspace.redo()
        except EditConflict:  # a merge has changed it meanwhile: refused, nothing overwritten
            return
        return
    chance.choice(_GESTURES)(workspace, chance, rows)


def _word(workspace: Workspace, chance: Random) -> str:
    return f"{workspace.author} {chance.randrange(10**6)}"


def _pick(chance: Random, rows: Rows, table: str) -> str:
    """The id of a row of *table*, or one that nobody has."""
    ids = sorted(str(key) for key in rows[table])
    return chance.choice(ids) if ids else ""


def _rename(workspace: Workspace, chance: Random, rows: Rows) -> None:
    if goal := _pick(chance, rows, "goal"):
        workspace.do("Rename", goals.edit_goal, goal, title=_word(workspace, chance), target=_word(workspace, chance))


def _edit_long(workspace: Workspace, chance: Random, rows: Rows) -> None:
    if policy := _pick(chance, rows, "policy"):
        at = chance.randrange(len(LONG_TEXT))
        body = LONG_TEXT[:at] + _word(workspace, chance) + LONG_TEXT[at:]
        workspace.do("Edit text", policies.edit_policy_text, policy, body=body)


def _add_goal(workspace: Workspace, chance: Random, rows: Rows) -> None:
    after = _pick(chance, rows, "goal") or None
    workspace.do("Add", goals.add_goal, _pick(chance, rows, "plan"), title=_word(workspace, chance), after=after)


def _add_strategy(workspace: Workspace, chance: Random, rows: Rows) -> None:
    if goal := _pick(chance, rows, "goal"):
        workspace.do("Add", goals.add_strategy, goal, title=_word(workspace, chance), text=LONG_TEXT)


def _edit_strategy(workspace: Workspace, chance: Random, rows: Rows) -> None:
    if strategy := _pick(chance, rows, "strategy"):
        due = date(2027, 1, 1) + timedelta(days=chance.randrange(300))
        workspace.do("Edit", goals.edit_strategy, strategy, title=_word(workspace, chance), due=due)


def _move(workspace: Workspace, chance: Random, rows: Rows) -> None:
    strategy, goal = _pick(chance, rows, "strategy"), _pick(chance, rows, "goal")
    if strategy:
        workspace.do("Move", goals.move_strategy, strategy, chance.randrange(4), goal)


def _delete(workspace: Workspace, chance: Random, rows: Rows) -> None:
    if len(rows["goal"]) > 2 and chance.random() < 0.3:
        workspace.do("Delete", goals.delete_goal, _pick(chance, rows, "goal"))
    elif strategy := _pick(chance, rows, "strategy"):
        workspace.do("Delete", goals.delete_strategy, strategy)


def _figure(workspace: Workspace, chance: Random, rows: Rows) -> None:
    if measure := _pick(chance, rows, "measure"):
        period = date(2026, 1 + chance.randrange(3), 28)
        workspace.do("Figure", measures.record_observation, measure, period, chance.randrange(1000) / 10)
    elif goal := _pick(chance, rows, "goal"):
        workspace.do("Add measure", measures.add_measure, goal_id=goal, name=_word(workspace, chance))


def _people(workspace: Workspace, chance: Random, rows: Rows) -> None:
    voters = {row["person_id"] for row in rows["vote"].values()}
    person = _pick(chance, {"person": {k: r for k, r in rows["person"].items() if k not in voters}}, "person")
    if person and chance.random() < 0.3:
        workspace.do("Delete person", people.delete_person, person)
    elif goal := _pick(chance, rows, "goal"):
        workspace.do("Own", people.set_owner, "goal", goal, _word(workspace, chance))


def _state(workspace: Workspace, chance: Random, rows: Rows) -> None:
    statement = _pick(chance, rows, "statement")
    if statement and chance.random() < 0.7:
        workspace.do("Add entry", statements.add_item, statement, text=_word(workspace, chance))
    elif statement and chance.random() < 0.5:
        workspace.do("Delete", statements.delete_statement, statement)
    else:
        plan = _pick(chance, rows, "plan")
        workspace.do("Add", statements.add_statement, plan, StatementKind.BELIEFS, _word(workspace, chance))


def _attach(workspace: Workspace, chance: Random, rows: Rows) -> None:
    if goal := _pick(chance, rows, "goal"):
        workspace.do("Attach", files.attach_file, "goal", goal, "notes.txt", _word(workspace, chance).encode())


_GESTURES = (
    _rename,
    _rename,
    _edit_long,
    _add_goal,
    _add_strategy,
    _add_strategy,
    _edit_strategy,
    _edit_strategy,
    _move,
    _delete,
    _figure,
    _figure,
    _people,
    _state,
    _attach,
)
