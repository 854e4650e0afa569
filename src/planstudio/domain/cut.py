"""Snapshots cut to what their readers are given, by the table in given.py: the last step before anything is printed.

What a card shows of a column that its audience does not get is emptied, however deep the card stands in another. Which
rows are on a paper is chosen by whoever prints it; what of a meeting an audience may see, by `agenda.for_audience`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from planstudio.domain import agenda, cards
from planstudio.domain.agenda import AgendaItemCard, MeetingCard, SectionCard
from planstudio.domain.audiences import When
from planstudio.domain.given import GIVEN, columns_when, given
from planstudio.domain.kinds import Access

T = TypeVar("T")

# The tables whose columns a card shows under their own names.
SHOWS: dict[type, tuple[str, ...]] = {
    cards.OrganizationCard: ("organization",),
    cards.PersonCard: ("person",),
    cards.PlanCard: ("plan",),
    cards.StatementCard: ("statement",),
    cards.ItemCard: ("statement_item",),
    cards.GoalCard: ("goal",),
    cards.StrategyCard: ("strategy",),
    cards.MilestoneRow: ("milestone",),
    cards.MeasureCard: ("measure",),
    cards.ObservationRow: ("observation",),
    cards.HiddenRow: ("observation",),
    cards.UpdateCard: ("progress_update",),
    cards.SeriesCard: ("policy_series",),
    cards.PolicyCard: ("policy", "policy_version"),
    cards.PolicyRef: ("policy_link",),
    cards.Use: ("policy_link",),
    cards.FileCard: ("attachment",),
    agenda.MeetingCard: ("meeting",),
    agenda.MeetingRow: ("meeting",),
    agenda.SectionCard: ("agenda_section",),
    agenda.AgendaItemCard: ("agenda_item",),
    agenda.EnclosureCard: ("enclosure",),
    agenda.AttendanceRow: ("attendance",),
    agenda.MotionCard: ("motion",),
    agenda.VoteRow: ("vote",),
    agenda.MonitoringRow: ("monitoring",),
}
_STEERS = {"frozen_at"}  # decides what is shown, and is never shown itself


def cut(value: T, audience: Access) -> T:
    """*value* without what *audience* is not given."""
    return cast(T, _cut(value, audience))


def without_minutes(meeting: MeetingCard) -> MeetingCard:
    """The meeting as its agenda and packet show it: with nothing in it that its minutes are to tell."""

    def shown(section: SectionCard) -> Iterator[AgendaItemCard]:
        return (replace(item, motions=(), **_waiting(AgendaItemCard)) for item in section.items)

    return replace(meeting.with_items(shown), attendance=(), **_waiting(MeetingCard))


@cache
def _waiting(card: type) -> dict[str, Any]:
    """The texts of a card that wait until the minutes are approved, empty."""
    return {
        name: ""
        for table in SHOWS[card]
        for name in columns_when(table, When.APPROVED)
        if name in _fields(card) and _fields(card)[name].type == "str"
    }


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
    for name in _fields(type(value)).keys() - withheld.keys():
        old = getattr(value, name)
        if (new := _cut(old, audience)) is not old:
            changed[name] = new
    return replace(value, **changed) if changed else value


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
