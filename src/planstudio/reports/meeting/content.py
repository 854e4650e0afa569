"""A digest of all that a packet's body shows, whatever the language, the day and the page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from planstudio.domain.agenda import EnclosureCard, MeetingCard, SectionCard
from planstudio.domain.audiences import seen_by
from planstudio.domain.kinds import Access, Enclosed
from planstudio.domain.packets import PacketData
from planstudio.reports.foreign.imported import ImportedFile


def content(data: PacketData, imported: Mapping[str, ImportedFile]) -> str:
    """The digest for the packet of *data*; *imported* are its files, by the attachment's id."""
    shown: list[object] = [data.options]
    for item in data.meeting.items():
        for one in item.enclosures:
            shown += (one.id, one.what.value, *_enclosed(one, data))
        for file in item.files:
            shown += (file, imported[file.id].facts, len(imported[file.id].pictures))
    if data.options.plan_pages:
        shown.append(data.book.goals)
    if data.minutes_of is not None and data.options.minutes:
        shown.append(_nameless(data.minutes_of, data.audience))
    return sha256(repr(shown).encode("utf-8", "replace")).hexdigest()


def _enclosed(one: EnclosureCard, data: PacketData) -> Iterator[object]:
    book = data.book
    match one.what:
        case Enclosed.POLICY | Enclosed.POLICY_CHANGES:
            yield next((policy for policy in book.policies if policy.id == one.row_id), None)
            yield data.before.get(one.id), one.since
        case Enclosed.GOAL | Enclosed.MONITORING:
            yield next((goal for goal in book.goals if goal.id == one.row_id), None)
            yield data.monitoring if one.what is Enclosed.MONITORING else None
        case _:
            yield book.plan, book.statements, book.goals


def _nameless(meeting: MeetingCard, audience: Access) -> MeetingCard:
    """*meeting* without the words that stand for what is withheld: they are of the language spoken."""

    def nameless(section: SectionCard) -> SectionCard:
        items = (item if seen_by(audience, item.access) else replace(item, title="") for item in section.items)
        return replace(section, items=tuple(items))

    return replace(meeting, sections=tuple(map(nameless, meeting.sections)))
