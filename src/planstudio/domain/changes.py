"""What an operation touched, so that each screen can decide to redraw."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from planstudio.domain.kinds import MomentKind

T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """One step that was done, undone or redone, and the rows it touched as (table, id)."""

    label: str
    touched: frozenset[tuple[str, str]]
    whole: bool = False  # everything may be another now

    def concerns(self, kind: str, ident: str | None = None) -> bool:
        return self.whole or any(k == kind and ident in (None, i) for k, i in self.touched)


@dataclass(frozen=True)
class Done(Change, Generic[T]):
    """A step that was done, with what its operation answered: of what was added, the id."""

    answer: T = field(kw_only=True)


@dataclass(frozen=True)
class UndoState:
    """What Undo and Redo would take back or do again; None where there is nothing."""

    undo: str | None
    redo: str | None


@dataclass(frozen=True)
class HistoryLine:
    """One row of the audit trail: who did what and when, in the words of the menu."""

    seq: int
    at: datetime
    author: str
    label: str
    kind: str  # new, edit, undo, redo, import, merge


@dataclass(frozen=True)
class HistoryDetail:
    """One changed cell: which element, which field, what stood there and what stands there now."""

    element: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryStep:
    """One step that led to the plan as it is."""

    seq: int
    at: datetime
    label: str
    author: str


@dataclass(frozen=True)
class HistoryMoment:
    """A moment with a name; *id* is "" where the history itself gave the name."""

    id: str
    name: str
    kind: MomentKind
    at: datetime


@dataclass(frozen=True)
class Past:
    """A plan at a moment of its history, in words: "Nov 3, 2026". *step* None is now."""

    plan_id: str
    step: int | None
    day: date
    words: str
