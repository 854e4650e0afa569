"""A new meeting with the usual order of business of its kind, from the templates that come with the program."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from planstudio.domain.kinds import Access, ItemType, MeetingKind, TimeUse
from planstudio.i18n import _
from planstudio.operations.likeness import orders
from planstudio.operations.meetings import add_item, add_meeting, add_section


def add_standard_meeting(session: Session, kind: MeetingKind, start: datetime | None = None) -> str:
    """A meeting with the sections and standing items that boards usually have; its id."""
    meeting = add_meeting(session, kind=kind, start=start)
    for section in orders()[kind.value]:
        made = add_section(session, meeting, title=_(section["title"]), consent=section.get("consent", False))
        for item in section.get("items", ()):
            values = {name: item[name] for name in ("minutes", "ground") if name in item}
            values |= {
                "type": ItemType(item.get("type", "procedural")),
                "access": Access(item.get("access", "public")),
                "time_use": TimeUse(item.get("time_use", "other")),
            }
            add_item(session, made, title=_(item["title"]), **values)
    return meeting
