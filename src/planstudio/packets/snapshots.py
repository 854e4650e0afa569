"""What a packet is printed from, asked of an open plan: plain values, no bytes of files that nobody may see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from planstudio.domain.agenda import MeetingCard, for_audience
from planstudio.domain.cards import FileCard, PlanBook, PolicyCard
from planstudio.domain.cut import cut, without_minutes
from planstudio.domain.errors import NotFound
from planstudio.domain.kinds import Access, Enclosed, MeetingState, MinutesState
from planstudio.domain.leaks import Clearance, readable
from planstudio.domain.packets import PacketData
from planstudio.domain.posting import Deadline
from planstudio.queries import meetings as asked
from planstudio.queries.clearances import clearances_of
from planstudio.queries.history import began
from planstudio.queries.plans import book_in_force
from planstudio.queries.policies import policy_card
from planstudio.workspace import Reader

if TYPE_CHECKING:
    from planstudio.reports.foreign.imported import ImportedFile

Mark = tuple[str, str, str]  # what a file's intake depends on: SHA-256, name, alternative text


@dataclass(frozen=True)
class Snapshot:
    """Everything that a packet is printed from."""

    data: PacketData
    whole: MeetingCard  # with what the audience may not see: for the leak check alone
    files: dict[str, bytes]  # by SHA-256, of the files that have not been taken in yet
    imported: dict[Mark, ImportedFile]  # what has been made of the others
    deadline: Deadline | None
    now: datetime
    clearances: tuple[Clearance, ...] = ()  # the answers to what was found before
    people: tuple[str, ...] = ()  # the board: everybody knows their names


def mark(file: FileCard) -> Mark:
    return file.sha256, file.name, file.alternative_text


def data_of(plans: Reader, whole: MeetingCard, audience: Access, book: PlanBook, now: datetime) -> PacketData:
    """What is on paper for *audience*, as the first revision of a packet."""
    meeting = for_audience(whole, audience)
    return PacketData(
        meeting=without_minutes(meeting), book=book, audience=audience, revision=0,
        printed_at=now.replace(second=0, microsecond=0), before=_before(plans, meeting),
        minutes_of=_minutes_of(plans, whole, audience), monitoring=plans.ask(asked.monitoring_rows, book.plan.id),
    )  # fmt: skip


def whole_snapshot(plans: Reader, data: PacketData, whole: MeetingCard, imported: dict[Mark, ImportedFile]) -> Snapshot:
    """*data* without what its audience may not see, with the files that have not been taken in yet."""
    cleared = plans.ask(clearances_of, whole.id)
    seen = [file for item in whole.items() for file in item.files]
    fresh = {file.sha256 for file in seen if mark(file) not in imported}
    known = frozenset(file.sha256 for file in seen if file.sha256 not in fresh)
    return Snapshot(
        cut(replace(data, cleared=readable(cleared, data.audience)), data.audience),
        whole,
        plans.ask(asked.item_files, whole.id, known) if fresh else {},
        imported,
        plans.ask(asked.posting_deadline, whole.id),
        data.printed_at,
        cleared,
        tuple(name for _ident, name in plans.ask(asked.board_members)),
    )


def book_of(plans: Reader, meeting: MeetingCard, today: date) -> PlanBook:
    """The plan in force, for a meeting that has been held the one that was in force then.

    A file that came from elsewhere may hold a meeting that is older than the
    file's own history: then the plan is the one that came with it.
    """
    if not meeting.frozen_at:
        return plans.ask(book_in_force, today)
    moment = datetime.fromisoformat(meeting.frozen_at)
    begun = plans.ask(began, "meeting", meeting.id)
    if begun is not None and begun.at > moment:
        return plans.ask_at(begun.seq, book_in_force, moment.date())
    return plans.ask_as_of(moment, book_in_force, moment.date())


def _before(plans: Reader, meeting: MeetingCard) -> dict[str, PolicyCard | None]:
    """Each policy whose changes are enclosed, as it was: on the day given, else when it was last adopted."""
    found: dict[str, PolicyCard | None] = {}
    enclosed = (one for item in meeting.items() for one in item.enclosures if one.what is Enclosed.POLICY_CHANGES)
    for one in enclosed:
        since = one.since or plans.ask(policy_card, one.row_id).adopted
        found[one.id] = _policy_on(plans, one.row_id, since) if since else None
    return found


def _policy_on(plans: Reader, policy_id: str, day: date) -> PolicyCard | None:
    try:
        return plans.ask_as_of(end_of(day), policy_card, policy_id)
    except NotFound:
        return None


def _minutes_of(plans: Reader, meeting: MeetingCard, audience: Access) -> MeetingCard | None:
    """The newest meeting before this one whose minutes wait for approval, as the audience may see it."""
    if meeting.start is None:
        return None
    for row in plans.ask(asked.meeting_rows):
        waits = row.state is MeetingState.HELD and row.minutes_state is MinutesState.DRAFT
        if waits and row.start is not None and row.start < meeting.start:
            return for_audience(plans.ask(asked.meeting_card, row.id), audience)
    return None


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59)).astimezone()
