"""Meetings as screens and reports are shown them, and the rules of an agenda.

    MeetingCard
      ├── SectionCard ── AgendaItemCard ── Support, EnclosureCard, FileCard, MotionCard ── VoteRow
      ├── AttendanceRow
      └── PacketRow

background, rationale, fiscal_impact, recommended_motion and notes hold
Markdown. Times of day are "18:30"; minutes are whole minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from planstudio.domain.audiences import seen_by
from planstudio.domain.cards import FileCard
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import (
    Access,
    Choice,
    Compliance,
    Enclosed,
    ItemState,
    ItemType,
    Majority,
    MeetingKind,
    MeetingState,
    MinutesState,
    MotionResult,
    Numbering,
    PageNumbers,
    Presence,
    TimeUse,
)
from planstudio.domain.times_of_day import MINUTES_A_DAY, minutes_between
from planstudio.domain.voting import BoardRules
from planstudio.domain.words import word
from planstudio.i18n import _

OUTCOME_SHARE = 50  # percent of the minutes that a board should spend on student outcomes (Lone Star Governance)


@dataclass(frozen=True)
class Support:
    """What an item supports or rests on: a goal, a strategy or a policy."""

    link_id: str
    table: str
    row_id: str
    label: str  # "Goal One", "Strategy 1.2", "5145"
    name: str


@dataclass(frozen=True)
class EnclosureCard:
    id: str
    what: Enclosed
    row_id: str  # of the policy, goal or plan
    name: str
    since: date | None = None


@dataclass(frozen=True)
class VoteRow:
    person_id: str
    person: str
    choice: Choice


@dataclass(frozen=True)
class MotionCard:
    id: str
    text: str
    mover: str = ""
    seconder: str = ""
    result: MotionResult = MotionResult.OPEN
    votes: tuple[VoteRow, ...] = ()
    majority: Majority | None = None  # None is the district's
    doubt: str = ""  # what stands against its being decided

    def count(self, choice: Choice) -> int:
        return sum(vote.choice is choice for vote in self.votes)


@dataclass(frozen=True)
class AgendaItemCard:
    id: str
    section_id: str
    number: str  # "7B", by its place
    title: str
    type: ItemType
    access: Access
    ground: str
    state: ItemState
    returned_because: str = ""
    presenter: str = ""
    contact: str = ""
    minutes: int | None = None
    time_use: TimeUse = TimeUse.OTHER
    pulled: bool = False
    background: str = ""
    rationale: str = ""
    fiscal_impact: str = ""
    recommended_motion: str = ""
    began: str = ""
    ended: str = ""
    notes: str = ""
    consent: bool = False  # approved with its group, unless somebody takes it out
    links: tuple[Support, ...] = ()
    enclosures: tuple[EnclosureCard, ...] = ()
    files: tuple[FileCard, ...] = ()
    motions: tuple[MotionCard, ...] = ()

    @property
    def goals(self) -> tuple[Support, ...]:
        return tuple(link for link in self.links if link.table in ("goal", "strategy"))

    @property
    def policies(self) -> tuple[Support, ...]:
        return tuple(link for link in self.links if link.table == "policy")

    @property
    def actual(self) -> int | None:
        """The minutes it took, by its begin and end."""
        return minutes_between(self.began, self.ended)

    @property
    def has_sheet(self) -> bool:
        """Whether there is more to say than the line in the agenda and a motion beneath it."""
        return any((self.background, self.rationale, self.fiscal_impact, self.links, self.enclosures, self.files))

    @property
    def wants_motion(self) -> bool:
        return self.type in (ItemType.ACTION, ItemType.CONSENT, ItemType.FIRST_READING, ItemType.SECOND_READING)


@dataclass(frozen=True)
class SectionCard:
    id: str
    number: str
    title: str
    consent: bool
    items: tuple[AgendaItemCard, ...] = ()

    @property
    def minutes(self) -> int:
        return sum(item.minutes or 0 for item in dealt_with(self.items))


@dataclass(frozen=True)
class AttendanceRow:
    person_id: str
    person: str
    presence: Presence
    arrived: str = ""
    departed: str = ""


@dataclass(frozen=True)
class AmendmentRow:
    """What the board changed in minutes that it had approved."""

    id: str
    on: date
    text: str


@dataclass(frozen=True)
class PacketRow:
    """A packet that was printed; its bytes are asked for apart."""

    id: str
    revision: int
    audience: Access
    printed_at: datetime
    pages: int
    sha256: str
    note: str = ""


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in a list."""

    id: str
    kind: MeetingKind
    state: MeetingState
    title: str
    start: datetime | None
    place: str
    minutes_state: MinutesState
    items: int
    posted_at: datetime | None = None
    posted_for: datetime | None = None
    posted_deadline: datetime | None = None
    posted_notice: str = ""
    zone: str = ""

    @property
    def name(self) -> str:
        return self.title or word(self.kind)


@dataclass(frozen=True)
class MeetingCard:
    id: str
    kind: MeetingKind
    state: MeetingState
    title: str
    start: datetime | None
    place: str
    taking_part: str
    posting_rule: str
    posted_at: datetime | None
    numbering: Numbering
    page_numbers: PageNumbers
    called_to_order: str
    adjourned: str
    minutes_state: MinutesState
    minutes_approved_on: date | None
    minutes_opening: str
    minutes_closing: str
    frozen_at: str
    sections: tuple[SectionCard, ...] = ()
    attendance: tuple[AttendanceRow, ...] = ()
    packets: tuple[PacketRow, ...] = ()  # newest first
    time_zone: str = ""  # "" is the district's
    posted_for: datetime | None = None
    posted_deadline: datetime | None = None
    posted_notice: str = ""
    seats: int | None = None  # kept when the minutes were approved
    quorum: int | None = None
    zone: str = ""  # the one that counts; "" is that of the computer
    members: tuple[tuple[str, str], ...] = ()  # id and name of who sat on the board that day
    rules: BoardRules = field(default_factory=BoardRules)
    amendments: tuple[AmendmentRow, ...] = ()

    @property
    def name(self) -> str:
        return self.title or word(self.kind)

    def items(self) -> Iterator[AgendaItemCard]:
        for section in self.sections:
            yield from section.items

    def with_items(self, told: Callable[[SectionCard], Iterable[AgendaItemCard]]) -> MeetingCard:
        """The meeting with what is *told* of each section as its items."""
        return replace(self, sections=tuple(replace(one, items=tuple(told(one))) for one in self.sections))

    @property
    def minutes(self) -> int:
        return sum(section.minutes for section in self.sections)

    @property
    def outcome_minutes(self) -> int:
        """Planned minutes on student outcomes."""
        return sum(item.minutes or 0 for item in dealt_with(self.items()) if item.time_use is not TimeUse.OTHER)

    @property
    def ends(self) -> datetime | None:
        return self.start + timedelta(minutes=self.minutes) if self.start and self.minutes else None

    def revision(self, audience: Access) -> int | None:
        """The newest revision printed for *audience*; None when there is none yet."""
        return max((packet.revision for packet in self.packets if packet.audience is audience), default=None)


@dataclass(frozen=True)
class MonitoringRow:
    """One line of the monitoring calendar, and what was reported in it."""

    id: str
    goal_id: str | None
    subject: str
    month: date
    reported_on: date | None = None
    evaluation: Compliance = Compliance.NONE
    reason: str = ""
    evidence: str = ""
    next_steps: str = ""


def dealt_with(items: Iterable[AgendaItemCard]) -> tuple[AgendaItemCard, ...]:
    """The items without those that went back to whoever handed them in: what is on the agenda, everywhere."""
    return tuple(item for item in items if is_dealt_with(item))


def is_dealt_with(item: AgendaItemCard) -> bool:
    """Whether the board deals with the item: what went back to whoever handed it in is on no paper and in no vote."""
    return item.state is not ItemState.RETURNED


def living(item: AgendaItemCard, *, consent: bool) -> AgendaItemCard:
    """The item with nothing in a field that its form hides; *consent* is whether its section is a consent group.

    Such a value was written when the item was another: the ground of an item
    that is public again, the mark of one that was taken out of a group.
    """
    closed = item.access is Access.CLOSED or item.type is ItemType.CLOSED
    return replace(
        item,
        ground=item.ground if closed else "",
        returned_because=item.returned_because if item.state is ItemState.RETURNED else "",
        pulled=item.pulled and consent,
        consent=item.consent and consent,
    )


def for_audience(meeting: MeetingCard, audience: Access, *, returned: bool = False) -> MeetingCard:
    """The meeting with nothing in it that *audience* may not see; every number stays.

    A withheld item keeps its line: its number, that it is closed, and the law that says why. Its words, files, people
    and votes are gone from the value, so that no later step can print them. What was *returned* is left out, but for a
    list of what is still to do.
    """

    def seen(section: SectionCard) -> Iterator[AgendaItemCard]:
        for item in section.items if returned else dealt_with(section.items):
            yield _seen(living(item, consent=section.consent), audience)

    packets = tuple(packet for packet in meeting.packets if packet.audience is audience)
    return replace(meeting.with_items(seen), packets=packets)


def withheld_title(access: Access) -> str:
    """What an item is called for those who may not see it."""
    return _("Closed session") if access is Access.CLOSED else _("Administrative item")


def _seen(item: AgendaItemCard, audience: Access) -> AgendaItemCard:
    if seen_by(audience, item.access):
        because = "" if audience is Access.PUBLIC else item.returned_because
        files = tuple(file for file in item.files if seen_by(audience, file.access))
        return replace(item, files=files, returned_because=because)
    closed = item.access is Access.CLOSED
    return AgendaItemCard(
        id=item.id,
        section_id=item.section_id,
        number=item.number,
        title=withheld_title(item.access),
        type=ItemType.CLOSED if closed else ItemType.INFORMATION,
        access=item.access,
        ground=item.ground if closed else "",
        state=item.state,
        minutes=item.minutes,
        began=item.began,
        ended=item.ended,
    )


def check_reason(state: ItemState, because: str) -> None:
    """What is returned is returned with a reason."""
    if state is ItemState.RETURNED and not because.strip():
        raise InvalidInput(_("Say what is missing, so that it can be put right."), field="returned_because")


def check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 0 <= minutes <= MINUTES_A_DAY:
        raise InvalidInput(_("An item takes between 0 minutes and a day."), field="minutes")
