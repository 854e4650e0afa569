"""Find: where words stand, and which page shows the place."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.nouns import NOUNS
from planstudio.domain.outline import Hit
from planstudio.domain.places import Place
from planstudio.domain.texts import name_of
from planstudio.domain.words import table_word
from planstudio.i18n import _
from planstudio.queries.rows import rows
from planstudio.store.schema import JOURNALED, Plan, Policy, Strategy
from planstudio.store.search import SearchIndex
from planstudio.store.tree import first_plan

_IN_PLAN = ("statement", "goal", "strategy", "measure")
# What has no page of its own, and is shown where it stands.
_PAGELESS = (
    "statement_item", "milestone", "progress_update", "policy_version", "policy_link", "attachment", "agenda_section",
    "motion",
)  # fmt: skip


def find(
    session: Session, index: SearchIndex, words: str, plan_id: str | None = None, limit: int = 60
) -> tuple[Hit, ...]:
    """The best places for *words*, each once: those of the plan and of no plan first, then those of others by name."""
    shown = plan_id or first_plan(session)
    names: dict[str, str] = dict(rows(session, select(Plan.id, Plan.title)))
    own: list[Hit] = []
    others: list[Hit] = []
    for table, row_id, title, excerpt in index.find(session.connection(), words, limit * max(len(names), 1)):
        page = page_of(session, table, row_id)
        if page is None:
            continue
        if not title and page.noun == "policy":
            title = " ".join(session.execute(select(Policy.code, Policy.title).where(Policy.id == page.ident)).one())
        if not title and table == "strategy":
            title = name_of("", session.scalar(select(Strategy.text).where(Strategy.id == row_id)) or "", most=80)
        plan = plan_of(session, *page)
        name = "" if plan in (None, shown) else names[plan] or _("Untitled plan")
        (others if name else own).append(Hit(table, row_id, title or table_word(table), excerpt, page, name))
    return tuple([*own, *others][:limit])


def plan_of(session: Session, table: str, row_id: str) -> str | None:
    """The plan in which an element stands; None for what belongs to no plan, such as a policy or a meeting."""
    if table == "plan":
        return row_id
    above = _above(session, table, row_id) if table in _IN_PLAN else None
    return plan_of(session, *above) if above else None


def page_of(session: Session, table: str, row_id: str) -> Place | None:
    """The place at which an element is shown."""
    if table not in _PAGELESS:
        return Place(table, row_id)
    above = _above(session, table, row_id)
    return page_of(session, *above) if above else None


def _above(session: Session, table: str, row_id: str) -> tuple[str, str] | None:
    """What an element stands in; of an attached policy the element that it is attached to."""
    own, nouns = JOURNALED[table], NOUNS[table].inside[::-1]  # the policy comes last
    found = session.execute(select(*(own.c[f"{noun}_id"] for noun in nouns)).where(own.c.id == row_id)).first()
    return next(((noun, ident) for noun, ident in zip(nouns, found, strict=True) if ident), None) if found else None
