"""What the outline of a plan lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planstudio.domain.cards import PlanCard
from planstudio.domain.gaps import Gap
from planstudio.domain.kinds import Frequency, Status


@dataclass(frozen=True)
class OutlineRow:
    """A statement, goal or strategy by its name; *kind* is a statement's kind."""

    table: str
    id: str
    name: str
    kind: str = ""
    status: Status | None = None
    updated_on: date | None = None
    update_every: Frequency | None = None
    update_by: date | None = None
    owner: str = ""
    count: int = 0
    gaps: tuple[Gap, ...] = ()  # what is missing: no owner, no baseline, no target
    children: tuple[OutlineRow, ...] = ()


@dataclass(frozen=True)
class PlanOutline:
    plan_id: str
    organization: str
    plan: PlanCard
    statements: tuple[OutlineRow, ...]
    goals: tuple[OutlineRow, ...]
    policies: int
    meetings: int = 0


@dataclass(frozen=True)
class Hit:
    """One place where the words that were looked for stand."""

    table: str
    id: str
    title: str
    excerpt: str
    page: tuple[str, str]  # the table and id of the page that shows it
