"""How rows stand in one another: the shape of the JSON, and of what is deleted together; and which plan is first."""

from __future__ import annotations

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from planstudio.domain.kinds import PlanState
from planstudio.store.schema import JOURNALED, Plan

_ALL_HAVE = {"policies": "policy_link", "comments": "comment"}
_FILES = {"files": "attachment"}
# table: key in the JSON: child's table
_INSIDE: dict[str, dict[str, str]] = {
    "plan": {"statements": "statement", "goals": "goal", "monitoring": "monitoring"},
    "statement": {"items": "statement_item"} | _ALL_HAVE | _FILES,
    "statement_item": _ALL_HAVE,
    "goal": {"strategies": "strategy", "measures": "measure", "updates": "progress_update"} | _ALL_HAVE | _FILES,
    "strategy": {"milestones": "milestone", "measures": "measure", "updates": "progress_update"} | _ALL_HAVE | _FILES,
    "measure": {"observations": "observation"} | _ALL_HAVE | _FILES,
    "policy": {"versions": "policy_version", "files": "attachment", "comments": "comment"},
    "meeting": {
        "sections": "agenda_section", "attendance": "attendance", "packets": "packet", "clearances": "clearance",
        "amendments": "amendment",
    },
    "agenda_section": {"items": "agenda_item"},
    "agenda_item": {"links": "agenda_link", "enclosures": "enclosure", "files": "attachment", "motions": "motion"},
    "motion": {"votes": "vote"},
}  # fmt: skip


def _refers(child: str, parent: str) -> str:
    return next(key.parent.name for key in JOURNALED[child].foreign_keys if key.column.table.name == parent)


# table: (key in the JSON, child's table, child's column for the parent)
CHILDREN: dict[str, tuple[tuple[str, str, str], ...]] = {
    table: tuple((key, child, _refers(child, table)) for key, child in inside.items())
    for table, inside in _INSIDE.items()
}

# The lists at the top of the JSON, in the order in which they are read: what others refer to comes first.
TOP = (
    ("organization", "organization"),
    ("people", "person"),
    ("series", "policy_series"),
    ("policies", "policy"),
    ("plans", "plan"),
    ("meetings", "meeting"),
    ("moments", "moment"),
)


def first_plan(session: Session) -> str | None:
    """The id of the first plan that is adopted, else of the first draft, else of the first of all."""
    standing = case({PlanState.ADOPTED: 0, PlanState.DRAFT: 1}, value=Plan.state, else_=2)
    return session.scalars(select(Plan.id).order_by(standing, Plan.rank, Plan.id)).first()
