"""Meetings: the list of them, one with its agenda, and when its agenda must be posted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from planstudio.domain.agenda import (
    AgendaItemCard,
    AmendmentRow,
    AttendanceRow,
    EnclosureCard,
    MeetingCard,
    MeetingRow,
    MonitoringRow,
    MotionCard,
    PacketRow,
    SectionCard,
    Support,
    VoteRow,
)
from planstudio.domain.approved import ApprovedRoll, read_roll
from planstudio.domain.cards import FileCard
from planstudio.domain.kinds import Access, ItemType, Majority, MeetingState, MinutesState, PersonRole
from planstudio.domain.numbering import item_number, section_number
from planstudio.domain.posting import Deadline, deadline, posting_rule, states
from planstudio.domain.room import judged
from planstudio.domain.texts import name_of
from planstudio.domain.voting import BoardRules, board_rules, sits
from planstudio.i18n import _
from planstudio.queries.rows import alike, bytes_here, placed, rows, there
from planstudio.store.contents import bytes_of
from planstudio.store.schema import (
    AgendaItem,
    AgendaLink,
    AgendaSection,
    Amendment,
    Attachment,
    Attendance,
    Enclosure,
    Goal,
    Meeting,
    Monitoring,
    Motion,
    Organization,
    Packet,
    Person,
    Plan,
    Policy,
    Strategy,
    Vote,
)


def meeting_rows(session: Session) -> tuple[MeetingRow, ...]:
    """All meetings by date, the newest first; templates and those without a date at the end."""
    items = (
        select(func.count(AgendaItem.id))
        .join(AgendaSection, AgendaSection.id == AgendaItem.section_id)
        .where(AgendaSection.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    usual = district_zone(session)
    query = select(*alike(Meeting, MeetingRow), items.label("items"), Meeting.time_zone.label("zone"))
    found = [MeetingRow(**{**row, "zone": row["zone"] or usual}) for row in session.execute(query).mappings()]
    found.sort(key=lambda row: (str(row.start or ""), row.id), reverse=True)
    return tuple(sorted(found, key=lambda row: row.state is MeetingState.TEMPLATE))


def meeting_card(session: Session, meeting_id: str) -> MeetingCard:
    """A meeting with everything on its agenda, without the bytes of its files."""
    row = session.execute(select(*Meeting.__table__.columns).where(Meeting.id == meeting_id)).mappings().one_or_none()
    own = dict(there(row, _("The meeting has been deleted.")))
    approved = own.pop("approved_roll")
    kept = read_roll(approved) if own["minutes_state"] is MinutesState.APPROVED else ApprovedRoll()
    members = _by_name((ident, kept.names[ident]) for ident in kept.members)
    members = members or board_members(session, own["start"].date() if own["start"] else None)
    return judged(
        MeetingCard(
            **own,
            sections=_sections(session, meeting_id, own["numbering"], kept),
            attendance=_attendance(session, meeting_id, kept),
            packets=packets_of(session, meeting_id),
            zone=own["time_zone"] or district_zone(session),
            members=members,
            rules=_rules(session, len(members), own["seats"], own["quorum"]),
            amendments=_amendments(session, meeting_id),
        )
    )


def district_zone(session: Session) -> str:
    """The time zone in which the board meets; "" is that of this computer."""
    return session.scalar(select(Organization.time_zone)) or ""


def _rules(session: Session, members: int, seats: int | None, quorum: int | None) -> BoardRules:
    """By what was kept with the meeting, else by what the district says, else by the number of members."""
    found = session.execute(select(Organization.seats, Organization.quorum, Organization.majority)).first()
    usual = found or (None, None, Majority.SIMPLE)
    return board_rules(members, seats or usual[0], quorum or usual[1], usual[2])


def _amendments(session: Session, meeting_id: str) -> tuple[AmendmentRow, ...]:
    query = select(*alike(Amendment, AmendmentRow)).where(Amendment.meeting_id == meeting_id)
    return tuple(AmendmentRow(*row) for row in rows(session, query.order_by(Amendment.on, Amendment.id)))


def meeting_of_item(session: Session, item_id: str) -> str:
    """The id of the meeting on whose agenda the item stands."""
    found = session.scalar(select(AgendaSection.meeting_id).join(AgendaItem).where(AgendaItem.id == item_id))
    return there(found, _("The agenda item has been deleted."))


def board_members(session: Session, on: date | None = None) -> tuple[tuple[str, str], ...]:
    """Id and name of everybody who sits on the board, on the day *on* where one is given."""
    query = select(Person.id, Person.name, Person.role, Person.term_start, Person.term_end)
    board = rows(session, query.where(Person.role == PersonRole.BOARD_MEMBER))
    return _by_name((ident, name) for ident, name, role, start, end in board if sits(role, start, end, on))


def _by_name(people: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(people, key=lambda person: _surname(person[1])))


def _surname(name: str) -> str:
    return name.rsplit(" ", 1)[-1].casefold()


def packets_of(session: Session, meeting_id: str) -> tuple[PacketRow, ...]:
    query = select(*alike(Packet, PacketRow)).where(Packet.meeting_id == meeting_id)
    found = [PacketRow(*row) for row in rows(session, query)]
    return tuple(sorted(found, key=lambda packet: (packet.printed_at, packet.revision, packet.id), reverse=True))


def packet_record(session: Session, packet_id: str) -> str:
    """What was in a printed packet, as JSON."""
    return session.scalar(select(Packet.record).where(Packet.id == packet_id)) or ""


def packet_bytes(session: Session, packet_id: str) -> bytes:
    """A printed packet, byte for byte."""
    found = session.scalar(select(Packet.sha256).where(Packet.id == packet_id))
    return bytes_here(session, there(found, _("The printed packet has been deleted.")), _("The printed packet"))


def item_files(session: Session, meeting_id: str, without: frozenset[str] = frozenset()) -> dict[str, bytes]:
    """The bytes of the files on the agenda that are here, by their SHA-256, but for those in *without*."""
    query = (
        select(Attachment.sha256)
        .join(AgendaItem, AgendaItem.id == Attachment.agenda_item_id)
        .join(AgendaSection, AgendaSection.id == AgendaItem.section_id)
        .where(AgendaSection.meeting_id == meeting_id, Attachment.sha256.not_in(without))
        .distinct()
    )
    found = {sha: bytes_of(session.connection(), sha) for sha in session.scalars(query).all()}
    return {sha: data for sha, data in found.items() if data is not None}


def posting(session: Session) -> tuple[str, str]:
    """The district's posting rule, and the days on which its offices are closed, a line each."""
    found = session.execute(select(Organization.posting_rule, Organization.closed_days)).first()
    return (found[0], found[1]) if found else ("", "")


def monitoring_rows(session: Session, plan_id: str) -> tuple[MonitoringRow, ...]:
    """The monitoring calendar, by month."""
    query = select(*alike(Monitoring, MonitoringRow)).where(Monitoring.plan_id == plan_id)
    return tuple(MonitoringRow(*row) for row in rows(session, query.order_by(Monitoring.month, Monitoring.id)))


def posting_deadline(session: Session, meeting_id: str) -> Deadline | None:
    """Until when the agenda must be posted; None without a date or without a rule."""
    from holidays import country_holidays

    query = select(Meeting.start, Meeting.kind, Meeting.posting_rule, Meeting.time_zone).where(Meeting.id == meeting_id)
    start, kind, own, own_zone = session.execute(query).one()
    zone = own_zone or district_zone(session)
    district, closed_days = posting(session)
    text = own or district
    if start is None or not text:
        return None
    rule = posting_rule(text, kind)
    closed = {line.strip() for line in closed_days.split("\n")}
    subdivision = states().get(text.casefold(), {}).get("subdivision")
    holidays = country_holidays("US", subdiv=subdivision or None)

    def is_closed(day: date) -> bool:
        return day.weekday() >= 5 or day.isoformat() in closed or day in holidays

    return Deadline(rule, deadline(start, rule.notice, is_closed, zone), zone)


def _sections(session: Session, meeting_id: str, style: Any, kept: ApprovedRoll) -> tuple[SectionCard, ...]:
    query = select(AgendaSection.id, AgendaSection.title, AgendaSection.consent)
    query = query.where(AgendaSection.meeting_id == meeting_id).order_by(AgendaSection.rank, AgendaSection.id)
    found = session.execute(query).all()
    listed = (
        select(*(column for column in AgendaItem.__table__.columns if column.name != "rank"))
        .where(AgendaItem.section_id.in_([ident for ident, _title, _consent in found]))
        .order_by(AgendaItem.rank, AgendaItem.id)
    )
    items = [dict(row) for row in session.execute(listed).mappings()]
    for item in items:
        if item["access"] is not Access.CLOSED and item["type"] is not ItemType.CLOSED:
            item["ground"] = ""  # a law that closes nothing is told nowhere, whatever a file holds
    ids = [item["id"] for item in items]
    parts: tuple[tuple[str, dict[str, list[Any]]], ...] = (
        ("links", _links(session, ids)),
        ("enclosures", _enclosures(session, ids)),
        ("files", _files(session, ids)),
        ("motions", _motions(session, ids, kept)),
    )
    made = []
    for n, (ident, title, consent) in enumerate(found, 1):
        cards = []
        for at, item in enumerate((item for item in items if item["section_id"] == ident), 1):
            whole: dict[str, Any] = item | {name: tuple(part[item["id"]]) for name, part in parts}
            number = item_number(style, n, at)
            cards.append(AgendaItemCard(number=number, consent=consent and not item["pulled"], **whole))
        made.append(SectionCard(ident, section_number(style, n), title, consent, tuple(cards)))
    return tuple(made)


def _links(session: Session, ids: list[str]) -> dict[str, list[Support]]:
    numbers = _numbers(session)
    query = (
        select(
            AgendaLink.agenda_item_id, AgendaLink.id, AgendaLink.goal_id, AgendaLink.strategy_id, AgendaLink.policy_id,
            Goal.title, Goal.statement, Strategy.title, Strategy.text, Policy.code, Policy.title,
        )
        .outerjoin(Goal, Goal.id == AgendaLink.goal_id)
        .outerjoin(Strategy, Strategy.id == AgendaLink.strategy_id)
        .outerjoin(Policy, Policy.id == AgendaLink.policy_id)
        .where(AgendaLink.agenda_item_id.in_(ids))
        .order_by(AgendaLink.rank, AgendaLink.id)
    )  # fmt: skip
    found: dict[str, list[Support]] = defaultdict(list)
    for item, link, goal, strategy, policy, title, statement, name, text, code, policy_title in rows(session, query):
        if goal:
            found[item].append(Support(link, "goal", goal, numbers[goal], name_of(title, statement)))
        elif strategy:
            found[item].append(Support(link, "strategy", strategy, numbers[strategy], name_of(name, text)))
        else:
            found[item].append(Support(link, "policy", policy, code, policy_title))
    return found


def _numbers(session: Session) -> dict[str, str]:
    """What goals and strategies are called for short: "Goal One", "Strategy 1.2"."""
    made: dict[str, str] = {}
    places: dict[str, int] = defaultdict(int)
    goals: dict[str, int] = {}
    query = select(Goal.plan_id, Goal.id, Goal.label).order_by(Goal.rank, Goal.id)
    for plan_id, goal_id, label in rows(session, query):
        places[plan_id] += 1
        goals[goal_id] = places[plan_id]
        made[goal_id] = label or _("Goal {number}").format(number=places[plan_id])
    strategies = select(Strategy.goal_id, Strategy.id).order_by(Strategy.rank, Strategy.id)
    for goal_id, strategy_id in rows(session, strategies):
        places[goal_id] += 1
        made[strategy_id] = _("Strategy {number}").format(number=f"{goals[goal_id]}.{places[goal_id]}")
    return made


def _enclosures(session: Session, ids: list[str]) -> dict[str, list[EnclosureCard]]:
    query = (
        select(
            Enclosure.agenda_item_id, Enclosure.id, Enclosure.what, Enclosure.since,
            Enclosure.policy_id, Policy.code, Policy.title,
            Enclosure.goal_id, Goal.title, Goal.statement,
            Enclosure.plan_id, Plan.title.label("plan_title"),
        )
        .outerjoin(Policy, Policy.id == Enclosure.policy_id)
        .outerjoin(Goal, Goal.id == Enclosure.goal_id)
        .outerjoin(Plan, Plan.id == Enclosure.plan_id)
        .where(Enclosure.agenda_item_id.in_(ids))
        .order_by(Enclosure.rank, Enclosure.id)
    )  # fmt: skip
    found: dict[str, list[EnclosureCard]] = defaultdict(list)
    for item, ident, what, since, policy, code, title, goal, name, statement, plan, plan_title in rows(session, query):
        said = f"{code} {title}".strip() if policy else name_of(name, statement) if goal else plan_title
        found[item].append(EnclosureCard(ident, what, policy or goal or plan, said, since))
    return found


def _files(session: Session, ids: list[str]) -> dict[str, list[FileCard]]:
    query = select(Attachment.agenda_item_id, *alike(Attachment, FileCard)).where(Attachment.agenda_item_id.in_(ids))
    read = [*rows(session, query.order_by(Attachment.rank, Attachment.id))]
    cards = placed(session, (FileCard(*rest) for _item, *rest in read))
    found: dict[str, list[FileCard]] = defaultdict(list)
    for (item, *_rest), card in zip(read, cards, strict=True):
        found[item].append(card)
    return found


def _motions(session: Session, ids: list[str], kept: ApprovedRoll) -> dict[str, list[MotionCard]]:
    mover, seconder = aliased(Person), aliased(Person)
    inside = select(Motion.id).where(Motion.agenda_item_id.in_(ids))
    votes: dict[str, list[VoteRow]] = defaultdict(list)
    cast = (
        select(Vote.motion_id, Vote.person_id, Person.name, Vote.choice)
        .join(Person, Person.id == Vote.person_id)
        .where(Vote.motion_id.in_(inside))
    )
    for motion_id, person_id, name, choice in rows(session, cast):
        votes[motion_id].append(VoteRow(person_id, kept.name(person_id, name), choice))
    query = (
        select(
            Motion.agenda_item_id, Motion.id, Motion.text, Motion.mover_id, mover.name, Motion.seconder_id,
            seconder.name, Motion.result, Motion.majority,
        )
        .outerjoin(mover, mover.id == Motion.mover_id)
        .outerjoin(seconder, seconder.id == Motion.seconder_id)
        .where(Motion.agenda_item_id.in_(ids))
        .order_by(Motion.rank, Motion.id)
    )  # fmt: skip
    found: dict[str, list[MotionCard]] = defaultdict(list)
    for item, ident, text, mover_id, moved, seconder_id, seconded, result, majority in rows(session, query):
        moved, seconded = kept.name(mover_id or "", moved or ""), kept.name(seconder_id or "", seconded or "")
        cast_here = tuple(sorted(votes[ident], key=lambda vote: _surname(vote.person)))
        found[item].append(MotionCard(ident, text, moved, seconded, result, cast_here, majority))
    return found


def _attendance(session: Session, meeting_id: str, kept: ApprovedRoll) -> tuple[AttendanceRow, ...]:
    query = (
        select(Attendance.person_id, Person.name, Attendance.presence, Attendance.arrived, Attendance.departed)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.meeting_id == meeting_id)
    )
    found = [AttendanceRow(ident, kept.name(ident, name), *rest) for ident, name, *rest in rows(session, query)]
    return tuple(sorted(found, key=lambda row: _surname(row.person)))
