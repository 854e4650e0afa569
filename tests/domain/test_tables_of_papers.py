"""Agendas and packets: what of them an audience sees, and what changed (tables.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from typing import Any

import pytest

import golden
from domain.tables import Tables, line
from planstudio.domain import (
    agenda,
    cut,
    numbering,
    packets,
    times_of_day,
)
from planstudio.domain.agenda import EnclosureCard, PacketRow
from planstudio.domain.cards import FileCard
from planstudio.domain.kinds import (
    Access,
    Enclosed,
    ItemState,
    ItemType,
    Numbering,
)
from planstudio.domain.packets import PacketData, PacketOptions
from planstudio.domain.voting import BoardRules
from reports import boards, books

TABLES = Tables()
table = TABLES.keep
TODAY = date(2026, 10, 14)
NOON = datetime(2026, 9, 20, 12)
MEMBERS = tuple((name, name) for name in boards.MEMBERS)


def told(value: Any, depth: int = 1, most: int = 500) -> list[str]:
    return [row[:most] for row in golden.tell(value, {}, "", depth)]


# Agendas.


@table
def _agenda_numbers() -> Iterable[str]:
    for style, section, item in product(Numbering, (1, 4, 9, 14, 40), (1, 2, 26, 27, 52, 703)):
        yield line(
            style,
            section,
            item,
            says=lambda a=style, b=section, c=item: (numbering.item_number(a, b, c), numbering.section_number(a, b)),
        )


@table
def _agenda_times() -> Iterable[str]:
    for words in (
        "6:30 pm",
        "6:30 PM",
        "18.30",
        "1830",
        "18:30",
        "6pm",
        "6 p.m.",
        "12 am",
        "12 pm",
        "12:30 a.m.",
        "noon",
        "12 noon",
        "midnight",
        "mediodía",
        "0:00",
        "23:59",
        "24:00",
        "13 pm",
        "0 am",
        "6:60",
        "630",
        "6",
        "late",
        "",
        " 7 : 05 ",
        "6h30",
        "x" * 60,
    ):
        yield line(words, says=lambda w=words: times_of_day.time_of_day(w, "began"))
    for began, ended in product(("", "18:30", "23:50"), ("", "18:29", "18:30", "18:31", "00:10", "05:59", "06:00")):
        yield line(began, ended, says=lambda b=began, e=ended: times_of_day.minutes_between(b, e))
    for minutes in (None, -1, 0, 1440, 1441):
        yield line(minutes, says=lambda m=minutes: agenda.check_minutes(m))


def _files() -> tuple[FileCard, ...]:
    return tuple(
        FileCard(f"f{access.value}", f"{access.value}.pdf", "application/pdf", 10, "", access, f"sha {access.value}")
        for access in Access
    )


FULL = replace(
    boards.HELD,
    sections=tuple(
        replace(
            s,
            items=tuple(
                replace(i, files=_files(), returned_because="No sum", ground=i.ground or "State Code 1")
                for i in s.items
            ),
        )
        for s in boards.HELD.sections
    ),
    packets=tuple(PacketRow(f"p{n}{a.value}", n, a, NOON, 3, "sha", "") for a in Access for n in (0, 1)),
    members=MEMBERS,
    rules=BoardRules(5, 3),
)


@table
def _agenda_for_each_audience() -> Iterable[str]:
    returned = replace(
        FULL.sections[2], items=tuple(replace(i, state=ItemState.RETURNED) for i in FULL.sections[2].items)
    )
    administrative = replace(
        FULL.sections[3], items=tuple(replace(i, access=Access.ADMINISTRATIVE) for i in FULL.sections[3].items)
    )
    meeting = replace(FULL, sections=(*FULL.sections[:2], returned, administrative, FULL.sections[4]))
    for audience, with_returned in product(Access, (False, True)):
        yield f"{audience.value}{' with what was returned' if with_returned else ''}: {meeting.revision(audience)}"
        seen = agenda.for_audience(meeting, audience, returned=with_returned)
        for item in seen.items():
            yield from told(item)
        yield f"  {[packet.id for packet in seen.packets]} {seen.minutes} minutes, {seen.outcome_minutes} on outcomes, until {seen.ends}"
    yield from told(agenda.for_audience(replace(meeting, packets=()), Access.PUBLIC).revision(Access.PUBLIC), 0)


@table
def _agenda_cut_for_each_audience() -> Iterable[str]:
    for audience in Access:
        yield audience.value
        yield from told(cut.cut(FULL.sections[3].items[0], audience))
        yield from told(cut.cut(books.whole().goals[0], audience))
        yield from told(cut.cut(boards.CALENDAR[1], audience))
    before = cut.without_minutes(FULL)
    yield f"{before.attendance} {before.minutes_opening!r} {before.called_to_order!r}"
    yield from told(before.sections[2].items[0])


# Packets.


def _packet(meeting: Any, audience: Access, revision: int = 0, **more: Any) -> PacketData:
    return PacketData(agenda.for_audience(meeting, audience), books.whole(), audience, revision, NOON, **more)


@table
def _packets_and_what_changed() -> Iterable[str]:
    enclosed = EnclosureCard("e1", Enclosed.POLICY, "6141", "Choosing what is taught")
    item = replace(FULL.sections[3].items[0], enclosures=(enclosed,))

    def of(*items: Any, **more: Any) -> Any:
        return replace(FULL, sections=(replace(FULL.sections[3], items=tuple(items)),), **more)

    before = packets.record_of(_packet(of(item), Access.PUBLIC), {"agenda": ["1", "2"]}, "digest", "en")
    yield from golden.tell(before, {})
    assert packets.read_record(before.to_json()) == before
    long = "A very long text of a background that nobody would read in one line, with many more words than sixty letters hold."
    changes: dict[str, Any] = {
        "nothing": of(item),
        "number": of(replace(item, number="5A")),
        "title": of(replace(item, title="Tutors for two schools")),
        "access": of(replace(item, access=Access.CLOSED)),
        "administrative": of(replace(item, access=Access.ADMINISTRATIVE)),
        "type": of(replace(item, type=ItemType.REPORT)),
        "presenter": of(replace(item, presenter="T. Brand")),
        "no presenter": of(replace(item, presenter="")),
        "contact": of(replace(item, contact="Desk")),
        "minutes": of(replace(item, minutes=None)),
        "consent": of(replace(item, consent=True)),
        "background": of(replace(item, background=long)),
        "rationale": of(replace(item, rationale="Short")),
        "fiscal": of(replace(item, fiscal_impact="$5")),
        "motion": of(replace(item, recommended_motion="I move that the board approve three posts for reading tutors.")),
        "another motion": of(replace(item, recommended_motion=long)),
        "files": of(
            replace(
                item, files=(replace(item.files[0], sha256="other"), replace(item.files[0], id="new", name="new.pdf"))
            )
        ),
        "no files": of(replace(item, files=())),
        "enclosures": of(replace(item, enclosures=(replace(enclosed, id="e2", what=Enclosed.POLICY_CHANGES),))),
        "links": of(replace(item, links=(boards.GOAL, replace(boards.GOAL, row_id="g3", label="Goal 3")))),
        "gone": of(),
        "another": of(item, replace(item, id="i9", number="4B", title="Roof")),
        "time": of(item, start=datetime(2026, 9, 24, 18, 30)),
        "place": of(item, place="Gym"),
        "name": of(item, title="Retreat"),
        "ground": of(replace(item, ground="State Code 2", access=Access.CLOSED)),
    }
    for name, meeting in changes.items():
        after = packets.record_of(_packet(meeting, Access.PUBLIC, 1), {"agenda": ["1"]})
        yield name
        yield from told(packets.differences(before, after))
        yield from told(packets.differences(after, before))
    hushed = packets.differences(
        before,
        packets.record_of(_packet(changes["title"], Access.PUBLIC), {}),
        lambda words: "tutors" in words.casefold(),
    )
    yield from told(hushed)
    for text in ("", "{}", "[]", "null", before.to_json().replace('"order"', '"odd"')):
        yield line(text[:20], says=lambda t=text: packets.read_record(t))
    for audience, posted, frozen, chosen in product(
        Access, (None, NOON), ("", "2026-09-24T00:00:00+00:00"), (None, "", "OURS")
    ):
        data = _packet(
            replace(FULL, posted_at=posted, frozen_at=frozen), audience, options=PacketOptions(watermark=chosen)
        )
        yield f"{audience.value} {bool(posted)} {bool(frozen)} {chosen!r}: {data.watermark!r}"


@table
def _packets_page_labels() -> Iterable[str]:
    first = packets.page_labels([("agenda", 2), ("a", 3), ("b", 1), ("c", 2)], None)
    previous = packets.record_of(_packet(FULL, Access.PUBLIC), first)
    yield f"{first}"
    for name, order in {
        "the same": [("agenda", 2), ("a", 3), ("b", 1), ("c", 2)],
        "longer": [("agenda", 3), ("a", 5), ("b", 1), ("c", 2)],
        "shorter": [("agenda", 1), ("a", 1), ("b", 1), ("c", 2)],
        "new": [("new", 2), ("agenda", 2), ("x", 30), ("c", 2), ("last", 1)],
        "turned": [("agenda", 2), ("b", 1), ("a", 3), ("c", 2)],
    }.items():
        second = packets.page_labels(order, previous)
        third = packets.page_labels(
            [("agenda", 2), ("a", 4), ("b", 2), ("c", 2)], packets.record_of(_packet(FULL, Access.PUBLIC), second)
        )
        yield f"{name}: {second} then {third}"


@pytest.mark.parametrize("name", TABLES)
def test_a_rule_answers_as_its_table_says(name: str) -> None:
    TABLES.hold(name)


def test_each_chapter_has_its_table() -> None:
    TABLES.hold_nothing_else()
