"""The redline finds exactly the edits of a long session: 200 random edits, moves, additions and deletions.

What it should find is reckoned here from the rows of the tables alone, before and
after, by other code than the redline's.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from factories import TODAY, add_goal, add_measure, add_statement, add_strategy, plan_in
from planstudio.domain.cards import PlanBook
from planstudio.domain.plan_changes import ElementChange, compare_plans
from planstudio.operations import bulk, goals, measures, statements
from planstudio.queries.plans import plan_book
from planstudio.store.schema import JOURNALED
from planstudio.workspace import Workspace

# The columns of each table that a reader sees, and the one that names its parent.
SEEN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "statement": (("heading", "question", "lead", "body", "source"), ("plan_id",)),
    "statement_item": (("title", "text", "evidence"), ("statement_id",)),
    "goal": (("label", "title", "statement", "population", "measured_by", "baseline", "target"), ("plan_id",)),
    "strategy": (("title", "text", "priority", "department"), ("goal_id",)),
    "milestone": (("text",), ("strategy_id",)),
    "measure": (("name", "definition", "source"), ("goal_id", "strategy_id")),
}
WORDS = (
    "reading", "writing", "every", "child", "grows", "with", "help", "from", "teachers", "and", "families",
)  # fmt: skip
Rows = dict[str, tuple[str, str, str, tuple[str, ...]]]  # id: table, parent, rank, texts


def rows(session: Session) -> Rows:
    found: Rows = {}
    for table, (columns, owners) in SEEN.items():
        own = JOURNALED[table].c
        parents = [own[owner] for owner in owners]
        for ident, rank, *rest in session.execute(select(own.id, own.rank, *parents, *(own[name] for name in columns))):
            parent = next(one for one in rest[: len(owners)] if one)
            found[ident] = (table, parent, rank, tuple(rest[len(owners) :]))
    return found


def order(found: Rows, parent: str, table: str, among: set[str]) -> list[str]:
    under = [(one[2], ident) for ident, one in found.items() if one[:2] == (table, parent) and ident in among]
    return [ident for _rank, ident in sorted(under)]


def longest_kept(before: Sequence[str], after: Sequence[str]) -> int:
    """How many can stay where they are: the longest common order, by the textbook."""
    table = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for a, one in enumerate(before):
        for b, other in enumerate(after):
            table[a + 1][b + 1] = table[a][b] + 1 if one == other else max(table[a][b + 1], table[a + 1][b])
    return table[-1][-1]


class Evening:
    """Somebody who edits a plan without a plan."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace = workspace
        self.dice = random.Random(seed)

    def words(self) -> str:
        return " ".join(self.dice.choices(WORDS, k=self.dice.randint(2, 9)))

    def some(self, table: str) -> str | None:
        ids = [ident for ident, row in self.workspace.ask(rows).items() if row[0] == table]
        return self.dice.choice(ids) if ids else None

    def do(self, operation: Callable[..., Any], *args: Any, **values: Any) -> None:
        self.workspace.do("Edit", operation, *args, **values)

    def edit(self) -> None:
        table, operation, name = self.dice.choice([
            ("goal", goals.edit_goal, "title"), ("goal", goals.edit_goal, "statement"),
            ("strategy", goals.edit_strategy, "text"), ("strategy", goals.edit_strategy, "department"),
            ("milestone", goals.edit_milestone, "text"), ("measure", measures.edit_measure, "name"),
            ("statement", statements.edit_statement, "body"), ("statement_item", statements.edit_item, "text"),
        ])  # fmt: skip
        if ident := self.some(table):
            self.do(operation, ident, **{name: self.words()})

    def move(self) -> None:
        to = self.dice.randint(0, 6)
        kind = self.dice.choice(["goal", "strategy", "strategies", "statement", "item", "measure"])
        ident = self.some({"strategies": "strategy", "item": "statement_item"}.get(kind, kind))
        goal = self.some("goal")
        if ident is None or goal is None:
            return
        match kind:
            case "goal":
                self.do(goals.move_goal, ident, to)
            case "strategy":
                self.do(goals.move_strategy, ident, to, goal)
            case "strategies":
                several = list({ident, self.some("strategy"), self.some("strategy")})
                self.do(bulk.move_strategies, several, to, goal)
            case "statement":
                self.do(statements.move_statement, ident, to)
            case "item":
                self.do(statements.move_item, ident, to)
            case "measure":
                self.do(measures.move_measure, ident, to)

    def add(self) -> None:
        kind = self.dice.choice(["goal", "strategy", "milestone", "measure", "statement", "item"])
        goal, strategy, statement = self.some("goal"), self.some("strategy"), self.some("statement")
        if kind == "goal" or goal is None:
            add_goal(self.workspace, self.words())
        elif kind == "strategy" or strategy is None:
            add_strategy(self.workspace, goal, self.words())
        elif kind == "milestone":
            self.do(goals.add_milestone, strategy, text=self.words())
        elif kind == "measure":
            add_measure(self.workspace, goal, self.words())
        elif kind == "statement" or statement is None:
            add_statement(self.workspace, heading=self.words())
        else:
            self.do(statements.add_item, statement, text=self.words())

    def delete(self) -> None:
        table, operation = self.dice.choice([
            ("strategy", goals.delete_strategy), ("milestone", goals.delete_milestone),
            ("measure", measures.delete_measure), ("statement_item", statements.delete_item),
            ("goal", goals.delete_goal), ("statement", statements.delete_statement),
        ])  # fmt: skip
        ident = self.some(table)
        if ident is not None and (table not in ("goal", "statement") or self.dice.random() < 0.2):
            self.do(operation, ident)

    def go_on(self, steps: int) -> None:
        for _step in range(steps):
            self.dice.choices([self.edit, self.move, self.add, self.delete], [5, 3, 2, 1])[0]()


def book(workspace: Workspace) -> PlanBook:
    return workspace.ask(plan_book, plan_in(workspace), TODAY)


def told(changes: Sequence[ElementChange], what: str) -> set[str]:
    return {one.element.id for one in changes if getattr(one, what) and one.element.table in SEEN}


@pytest.mark.parametrize("seed", range(6))
def test_the_redline_finds_exactly_the_edits_of_two_hundred(workspace: Workspace, seed: int) -> None:
    Evening(workspace, 1_000 + seed).go_on(60)  # something to begin with
    before, old = workspace.ask(rows), book(workspace)
    Evening(workspace, seed).go_on(200)
    after, new = workspace.ask(rows), book(workspace)
    changes = compare_plans(old, new)

    kept = before.keys() & after.keys()
    assert told(changes, "added") == after.keys() - before.keys()
    assert told(changes, "deleted") == before.keys() - after.keys()
    assert told(changes, "changed") == {ident for ident in kept if before[ident][3] != after[ident][3]}
    by_id = {one.element.id: one for one in changes}
    for ident in told(changes, "changed"):
        differing = [(a, b) for a, b in zip(before[ident][3], after[ident][3], strict=True) if a != b]
        assert sorted((field.before, field.after) for field in by_id[ident].fields) == sorted(differing)

    moved = told(changes, "moved")
    elsewhere = {ident for ident in kept if before[ident][1] != after[ident][1]}
    assert elsewhere <= moved
    stayed = kept - elsewhere
    for table, parent in {after[ident][:2] for ident in stayed}:
        first, then = order(before, parent, table, stayed), order(after, parent, table, stayed)
        assert len([ident for ident in then if ident not in moved]) == longest_kept(first, then), "as few as can be"
        assert [i for i in first if i not in moved] == [i for i in then if i not in moved], (
            "the others kept their order"
        )


def test_a_session_that_is_taken_back_leaves_no_change(workspace: Workspace) -> None:
    Evening(workspace, 1).go_on(60)
    old = book(workspace)
    Evening(workspace, 2).go_on(60)
    assert book(workspace) != old
    while book(workspace) != old:
        assert workspace.undo() is not None
    assert compare_plans(old, book(workspace)) == ()
