"""What the outline of a plan lists."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from planstudio.domain.cards import PlanCard
from planstudio.domain.gaps import Gap
from planstudio.domain.kinds import Frequency, Status
from planstudio.domain.places import Place


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
    in_force: bool = True  # updates are due of this plan, and of no draft beside it


@dataclass(frozen=True)
class Hit:
    """One place where the words that were looked for stand."""

    table: str
    id: str
    title: str
    excerpt: str
    page: Place  # that shows it
    plan: str = ""  # the name of its plan, where that is not the one that is shown


def kept(outline: PlanOutline) -> str:
    """*outline* as JSON, to be shown at the next start before the plan itself can be asked."""
    return json.dumps(asdict(outline), default=str)


def read_kept(text: str) -> PlanOutline | None:
    """What was kept; None where it cannot be read, as after a change of the program."""
    try:
        found = json.loads(text)
        plan = PlanCard(found["plan"]["id"], found["plan"]["title"])
        statements, goals = (tuple(map(_row, found[name])) for name in ("statements", "goals"))
        return PlanOutline(
            found["plan_id"], found["organization"], plan, statements, goals, found["policies"], found["meetings"],
            found.get("in_force", True),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError):
        return None


def _row(kept: dict[str, Any]) -> OutlineRow:
    def day(name: str) -> date | None:
        return date.fromisoformat(kept[name]) if kept[name] else None

    return OutlineRow(
        kept["table"], kept["id"], kept["name"], kept["kind"], Status(kept["status"]) if kept["status"] else None,
        day("updated_on"), Frequency(kept["update_every"]) if kept["update_every"] else None, day("update_by"),
        kept["owner"], kept["count"], tuple(Gap(gap) for gap in kept["gaps"]),
        tuple(_row(child) for child in kept["children"]),
    )  # fmt: skip
