"""Find: where words stand, and which page shows the place."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.outline import Hit
from planstudio.domain.texts import name_of
from planstudio.domain.words import table_word
from planstudio.queries.rows import rows
from planstudio.store.schema import JOURNALED
from planstudio.store.search import SearchIndex

_OWNERS = (
    ("statement_id", "statement"), ("goal_id", "goal"), ("strategy_id", "strategy"), ("measure_id", "measure"),
)  # fmt: skip
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


def find(session: Session, index: SearchIndex, words: str, limit: int = 60) -> tuple[Hit, ...]:
    """The best places for *words*, each once."""
    hits = []
    for table, row_id, title, excerpt in index.find(session.connection(), words, limit):
        page = page_of(session, table, row_id)
        if page is None:
            continue
        if not title and page[0] == "policy":
            policy = JOURNALED["policy"]
            title = " ".join(next(rows(session, select(policy.c.code, policy.c.title).where(policy.c.id == page[1]))))
        if not title and table == "strategy":
            own = JOURNALED[table]
            (text,) = next(rows(session, select(own.c.text).where(own.c.id == row_id)))
            title = name_of("", text, most=80)
        hits.append(Hit(table, row_id, title or table_word(table), excerpt, page))
    return tuple(hits)


def page_of(session: Session, table: str, row_id: str) -> tuple[str, str] | None:
    """The table and id of the page that shows an element."""
    if table not in _PAGES:
        return table, row_id
    own = JOURNALED[table]
    columns = [own.c[column] for column, _page_table in _PAGES[table]]
    found = next(rows(session, select(*columns).where(own.c.id == row_id)), None)
    if found is None:
        return None
    owner = next(((page, value) for value, (_c, page) in zip(found, _PAGES[table], strict=True) if value), None)
    return page_of(session, *owner) if owner else None
