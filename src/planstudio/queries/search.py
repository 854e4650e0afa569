"""Find: where words stand, and which page shows the place."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.outline import Hit
from planstudio.domain.places import Place
from planstudio.domain.texts import name_of
from planstudio.domain.words import table_word
from planstudio.i18n import _
from planstudio.queries.rows import rows
from planstudio.store.schema import JOURNALED
from planstudio.store.search import SearchIndex
from planstudio.store.tree import first_plan

_OWNERS = (
    ("statement_id", "statement"), ("goal_id", "goal"), ("strategy_id", "strategy"), ("measure_id", "measure"),
)  # fmt: skip
_PLAN = JOURNALED["plan"]
# What an element stands in, on the way to its plan.
_ABOVE = {
    "statement": (("plan_id", "plan"),),
    "goal": (("plan_id", "plan"),),
    "strategy": (("goal_id", "goal"),),
    "measure": (("goal_id", "goal"), ("strategy_id", "strategy")),
}
# How an element without a page of its own leads to one: its column for the page's row.
_PAGES = {
    "statement_item": (("statement_id", "statement"),),
    "milestone": (("strategy_id", "strategy"),),
    "progress_update": (("goal_id", "goal"), ("strategy_id", "strategy")),
    "policy_version": (("policy_id", "policy"),),
    "policy_link": (*_OWNERS, ("statement_item_id", "statement_item")),
    "attachment": (*_OWNERS, ("policy_id", "policy"), ("agenda_item_id", "agenda_item")),
    "agenda_section": (("meeting_id", "meeting"),),
    "motion": (("agenda_item_id", "agenda_item"),),
}


def find(
    session: Session, index: SearchIndex, words: str, plan_id: str | None = None, limit: int = 60
) -> tuple[Hit, ...]:
    """The best places for *words*, each once: those of the plan and of no plan first, then those of others by name."""
    shown = plan_id or first_plan(session)
    names: dict[str, str] = dict(rows(session, select(_PLAN.c.id, _PLAN.c.title)))
    own: list[Hit] = []
    others: list[Hit] = []
    for table, row_id, title, excerpt in index.find(session.connection(), words, limit * max(len(names), 1)):
        page = page_of(session, table, row_id)
        if page is None:
            continue
        if not title and page[0] == "policy":
            policy = JOURNALED["policy"]
            title = " ".join(next(rows(session, select(policy.c.code, policy.c.title).where(policy.c.id == page[1]))))
        if not title and table == "strategy":
            own_table = JOURNALED[table]
            (text,) = next(rows(session, select(own_table.c.text).where(own_table.c.id == row_id)))
            title = name_of("", text, most=80)
        plan = plan_of(session, *page)
        name = "" if plan in (None, shown) else names[plan] or _("Untitled plan")
        (others if name else own).append(Hit(table, row_id, title or table_word(table), excerpt, page, name))
    return tuple([*own, *others][:limit])


def plan_of(session: Session, table: str, row_id: str) -> str | None:
    """The plan in which an element stands; None for what belongs to no plan, such as a policy or a meeting."""
    if table == "plan":
        return row_id
    for column, above in _ABOVE.get(table, ()):
        own = JOURNALED[table]
        found = next(rows(session, select(own.c[column]).where(own.c.id == row_id)), None)
        if found is not None and found[0] is not None:
            return plan_of(session, above, found[0])
    return None


def page_of(session: Session, table: str, row_id: str) -> Place | None:
    """The place at which an element is shown."""
    if table not in _PAGES:
        return Place(table, row_id)
    own = JOURNALED[table]
    columns = [own.c[column] for column, _page_table in _PAGES[table]]
    found = next(rows(session, select(*columns).where(own.c.id == row_id)), None)
    if found is None:
        return None
    owner = next(((page, value) for value, (_c, page) in zip(found, _PAGES[table], strict=True) if value), None)
    return page_of(session, *owner) if owner else None
