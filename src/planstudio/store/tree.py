"""How rows stand in one another: the shape of the JSON, and of what is deleted together; and which plan is first."""

from __future__ import annotations

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from planstudio.domain.kinds import PlanState
from planstudio.store.schema import Plan

# table: (key in the JSON, child's table, child's column for the parent)
CHILDREN: dict[str, tuple[tuple[str, str, str], ...]] = {
    "plan": (
        ("statements", "statement", "plan_id"),
        ("goals", "goal", "plan_id"),
        ("monitoring", "monitoring", "plan_id"),
    ),
    "statement": (
        ("items", "statement_item", "statement_id"),
        ("policies", "policy_link", "statement_id"),
        ("comments", "comment", "statement_id"),
        ("files", "attachment", "statement_id"),
    ),
    "statement_item": (
        ("policies", "policy_link", "statement_item_id"),
        ("comments", "comment", "statement_item_id"),
    ),
    "goal": (
        ("strategies", "strategy", "goal_id"),
        ("measures", "measure", "goal_id"),
        ("updates", "progress_update", "goal_id"),
        ("policies", "policy_link", "goal_id"),
        ("comments", "comment", "goal_id"),
        ("files", "attachment", "goal_id"),
    ),
    "strategy": (
        ("milestones", "milestone", "strategy_id"),
        ("measures", "measure", "strategy_id"),
        ("updates", "progress_update", "strategy_id"),
        ("policies", "policy_link", "strategy_id"),
        ("comments", "comment", "strategy_id"),
        ("files", "attachment", "strategy_id"),
    ),
    "measure": (
        ("observations", "observation", "measure_id"),
        ("policies", "policy_link", "measure_id"),
        ("comments", "comment", "measure_id"),
        ("files", "attachment", "measure_id"),
    ),
    "policy": (
        ("versions", "policy_version", "policy_id"),
        ("files", "attachment", "policy_id"),
        ("comments", "comment", "policy_id"),
    ),
    "meeting": (
        ("sections", "agenda_section", "meeting_id"),
        ("attendance", "attendance", "meeting_id"),
        ("packets", "packet", "meeting_id"),
        ("clearances", "clearance", "meeting_id"),
        ("amendments", "amendment", "meeting_id"),
    ),
    "agenda_section": (("items", "agenda_item", "section_id"),),
    "agenda_item": (
        ("links", "agenda_link", "agenda_item_id"),
        ("enclosures", "enclosure", "agenda_item_id"),
        ("files", "attachment", "agenda_item_id"),
        ("motions", "motion", "agenda_item_id"),
    ),
    "motion": (("votes", "vote", "motion_id"),),
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
