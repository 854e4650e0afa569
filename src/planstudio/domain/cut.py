"""Snapshots cut to what their readers are given, by the table in given.py: the last step before anything is printed.

What a card shows of a column that its audience does not get is emptied, however
deep the card stands in another. Which rows are on a paper is chosen by whoever
prints it; what of a meeting an audience may see, by `agenda.for_audience`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from planstudio.domain.agenda import (
    AgendaItemCard,
    AttendanceRow,
    EnclosureCard,
    MeetingCard,
    MeetingRow,
    MonitoringRow,
    MotionCard,
    SectionCard,
    VoteRow,
)
from planstudio.domain.audiences import When
from planstudio.domain.cards import (
    FileCard,
    GoalCard,
    HiddenRow,
    ItemCard,
    MeasureCard,
    MilestoneRow,
    ObservationRow,
    OrganizationCard,
    PersonCard,
    PlanCard,
    PolicyCard,
    PolicyRef,
    SeriesCard,
    StatementCard,
    StrategyCard,
    UpdateCard,
    Use,
)
from planstudio.domain.given import GIVEN, columns_when, given
from planstudio.domain.kinds import Access

T = TypeVar("T")

# The tables whose columns a card shows under their own names.
SHOWS: dict[type, tuple[str, ...]] = {
    OrganizationCard: ("organization",),
    PersonCard: ("person",),
    PlanCard: ("plan",),
    StatementCard: ("statement",),
    ItemCard: ("statement_item",),
    GoalCard: ("goal",),
    StrategyCard: ("strategy",),
    MilestoneRow: ("milestone",),
    MeasureCard: ("measure",),
    ObservationRow: ("observation",),
    HiddenRow: ("observation",),
    UpdateCard: ("progress_update",),
    SeriesCard: ("policy_series",),
    PolicyCard: ("policy", "policy_version"),
    PolicyRef: ("policy_link",),
    Use: ("policy_link",),
    FileCard: ("attachment",),
    MeetingCard: ("meeting",),
    MeetingRow: ("meeting",),
    SectionCard: ("agenda_section",),
    AgendaItemCard: ("agenda_item",),
    EnclosureCard: ("enclosure",),
    AttendanceRow: ("attendance",),
    MotionCard: ("motion",),
    VoteRow: ("vote",),
    MonitoringRow: ("monitoring",),
}
_STEERS = {"frozen_at"}  # decides what is shown, and is never shown itself


def cut(value: T, audience: Access) -> T:
    """*value* without what *audience* is not given."""
    return cast(T, _cut(value, audience))


def without_minutes(meeting: MeetingCard) -> MeetingCard:
    """The meeting as its agenda and packet show it: with nothing in it that its minutes are to tell."""
    told: dict[str, Any] = dict.fromkeys(_waiting(AgendaItemCard), "")
    sections = tuple(
        replace(section, items=tuple(replace(item, motions=(), **told) for item in section.items))
        for section in meeting.sections
    )
    own: dict[str, Any] = dict.fromkeys(_waiting(MeetingCard), "")
    return replace(meeting, sections=sections, attendance=(), **own)


@cache
def _waiting(card: type) -> tuple[str, ...]:
    """The texts of a card that wait until the minutes are approved."""
    return tuple(
        name
        for table in SHOWS[card]
        for name in columns_when(table, When.APPROVED)
        if name in _fields(card) and _fields(card)[name].type == "str"
    )


def _cut(value: Any, audience: Access) -> Any:
    if isinstance(value, tuple):
        parts = [_cut(one, audience) for one in value]
        return tuple(parts) if any(a is not b for a, b in zip(parts, value, strict=True)) else value
    if isinstance(value, Mapping):
        made = {key: _cut(one, audience) for key, one in value.items()}
        return made if any(made[key] is not one for key, one in value.items()) else value
    if not is_dataclass(value) or isinstance(value, type):
        return value
    withheld = _withheld(type(value), audience)
    changed = {name: empty for name, empty in withheld.items() if getattr(value, name) != empty}
    for name in _fields(type(value)):
        old = getattr(value, name)
        if name not in withheld and _holds(old) and (new := _cut(old, audience)) is not old:
            changed[name] = new
    return replace(value, **changed) if changed else value


def _holds(value: Any) -> bool:
    """Whether cards may stand in it."""
    return isinstance(value, tuple | Mapping) or is_dataclass(value)


@cache
def _withheld(card: type, audience: Access) -> dict[str, Any]:
    """The fields of a card that *audience* does not get, each with what stands in it instead."""
    return {
        name: _empty(field)
        for name, field in _fields(card).items()
        for table in SHOWS.get(card, ())
        if name in GIVEN[table].columns and name not in _STEERS and not given(table, name).reaches(audience)
    }


@cache
def _fields(card: type) -> dict[str, Field[Any]]:
    return {field.name: field for field in fields(card)}


def _empty(field: Field[Any]) -> Any:
    """What a field says that says nothing."""
    if field.default is not MISSING:
        return field.default
    return "" if field.type == "str" else None
