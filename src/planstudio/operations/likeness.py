"""What a new agenda takes from a former one, and what a new item takes from its section.

A template is copied with its wording. Of a former meeting only what stands on every agenda comes along, with its
standing motion and its dates set on: what is procedural, what a template or the usual order of business has, what was
on another agenda under the same title, and what is dated in the consent group.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio import resources
from planstudio.domain.dated_titles import is_dated, redated, undated
from planstudio.domain.kinds import ItemType, MeetingState
from planstudio.domain.words import word
from planstudio.i18n import _
from planstudio.operations.rows import build, ordered
from planstudio.store.schema import AgendaItem, AgendaSection, Meeting

_STANDING = ("title", "type", "access", "ground", "presenter", "contact", "minutes", "time_use", "rank")
_MOTION = ("recommended_motion",)
_WORDING = ("background", "rationale", "fiscal_impact", *_MOTION)


def copy_agenda(session: Session, model: Meeting, meeting: Meeting) -> None:
    """The sections of *model* into *meeting* with their items; of a former meeting those that stand."""
    template = MeetingState.TEMPLATE in (model.state, meeting.state)
    usual = set() if template else _usual_titles(session, model)
    days = [start.date() for start in session.scalars(select(Meeting.start).where(Meeting.start.is_not(None))) if start]
    before, after = (one.start.date() if one.start else None for one in (model, meeting))
    for section in ordered(model.sections):
        own = {"title": section.title, "consent": section.consent, "rank": section.rank}
        copy = build(AgendaSection, meeting_id=meeting.id, **own)
        session.add(copy)
        session.flush()
        for item in ordered(section.items):
            values = {name: getattr(item, name) for name in (*_STANDING, *(_WORDING if template else _MOTION))}
            if not template:
                values |= {name: redated(values[name], before, after, days) for name in ("title", *_MOTION)}
            if template or _stands(item, section, usual):
                session.add(build(AgendaItem, section_id=copy.id, **values))
    session.flush()


def _stands(item: AgendaItem, section: AgendaSection, usual: set[str]) -> bool:
    dated = (section.consent or item.type is ItemType.CONSENT) and is_dated(item.title)
    return dated or item.type is ItemType.PROCEDURAL or undated(item.title) in usual


def _usual_titles(session: Session, model: Meeting) -> set[str]:
    """Titles, without dates, of the usual order of business, of templates and of other meetings' agendas."""
    order = orders().get(model.kind.value, ())
    found = {undated(_(item["title"])) for section in order for item in section.get("items", ())}
    query = (
        select(AgendaItem.title)
        .join(AgendaSection, AgendaSection.id == AgendaItem.section_id)
        .where(AgendaSection.meeting_id != model.id)
    )
    return (found | {undated(title) for title in session.scalars(query)}) - {""}


@lru_cache(maxsize=1)
def orders() -> dict[str, Any]:
    """The usual order of business of each kind of meeting."""
    found: dict[str, Any] = json.loads(resources.folder("templates").joinpath("agendas.json").read_text("utf-8"))
    return found


def prevailing_type(section: AgendaSection) -> ItemType:
    """What a new item of the section is: what most of its items are, else what its title says."""
    if section.consent:
        return ItemType.CONSENT
    if section.items:
        return Counter(item.type for item in ordered(section.items)).most_common(1)[0][0]
    title = section.title.casefold()
    kinds = (
        ItemType.CLOSED, ItemType.HEARING, ItemType.ACTION, ItemType.DISCUSSION, ItemType.RECOGNITION, ItemType.REPORT,
        ItemType.FIRST_READING, ItemType.SECOND_READING,
    )  # fmt: skip
    named = (kind for kind in kinds if any(said and said.casefold() in title for said in (kind.value, word(kind))))
    return next(named, ItemType.INFORMATION)
