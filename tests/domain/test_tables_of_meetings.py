"""What the record of a meeting tells, and what is to be looked at before its packet (tables.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

import golden
from domain.tables import Tables, line
from planstudio.domain import (
    advice,
    board_actions,
    board_time,
    leaks,
    preflight,
    room,
)
from planstudio.domain.cards import FileCard
from planstudio.domain.intake import (
    FileFacts,
    FileKind,
    Removed,
    Trouble,
    facts_notes,
    kind_phrase,
    refused,
    trouble_sentence,
    what_helps,
)
from planstudio.domain.kinds import (
    Access,
    ClearedAs,
    ItemState,
    ItemType,
    MinutesState,
    MotionResult,
    Presence,
)
from planstudio.domain.leaks import Clearance, Leak, Spot
from planstudio.domain.posting import Deadline, late_words, moved_words, posting_rule
from planstudio.domain.voting import BoardRules
from reports import boards, books

TABLES = Tables()
table = TABLES.keep
TODAY = date(2026, 10, 14)
NOON = datetime(2026, 9, 20, 12)
FILE = FileCard("f", "Bids.pdf", "application/pdf", 10, "", Access.PUBLIC, "sha")
MEMBERS = tuple((name, name) for name in boards.MEMBERS)


def told(value: Any, depth: int = 1, most: int = 500) -> list[str]:
    return [row[:most] for row in golden.tell(value, {}, "", depth)]


# The record.


def _meetings() -> dict[str, Any]:
    held = replace(boards.HELD, members=MEMBERS, rules=BoardRules(5, 3))
    item = boards.item("1A", "One", ItemType.ACTION, began="18:50", ended="19:10")

    def of(*items: Any, **more: Any) -> Any:
        return replace(held, sections=(replace(boards.SECTIONS[0], items=tuple(items)),), **more)

    def voted(choices: str, **more: Any) -> Any:
        return replace(item, motions=(replace(boards.motion("to do it", choices), **more),))

    rows = [boards.AttendanceRow(name, name, Presence.PRESENT) for name in boards.MEMBERS]
    return {
        "held": held,
        "all there": of(voted("YYYNN"), attendance=tuple(rows)),
        "two there": of(voted("YY"), attendance=tuple(rows[:2])),
        "recorded otherwise": of(voted("YNNNN", result=MotionResult.PASSED), attendance=tuple(rows)),
        "tabled": of(voted("YYY", result=MotionResult.TABLED), attendance=tuple(rows)),
        "open": of(voted("", result=MotionResult.OPEN), attendance=tuple(rows)),
        "approved": of(
            voted("YNNNN", result=MotionResult.PASSED), attendance=tuple(rows), minutes_state=MinutesState.APPROVED
        ),
        "one left": of(voted("YYYY"), attendance=(*rows[:4], replace(rows[4], departed="19:00"))),
        "one gone": of(voted("YYYY"), attendance=(*rows[:4], replace(rows[4], departed="18:45"))),
        "one voted and was gone": of(voted("YYYYY"), attendance=(*rows[:4], replace(rows[4], departed="18:45"))),
        "a guest voted": of(voted("YYYYY"), attendance=tuple(rows), members=MEMBERS[:4]),
        "running": of(replace(item, ended="", motions=())),
        "backwards": of(
            replace(item, began="19:10", ended="18:50"),
            called_to_order="20:00",
            adjourned="19:00",
            attendance=(replace(rows[0], arrived="19:00", departed="18:00"),),
        ),
        "nothing said": of(called_to_order="", adjourned="", attendance=()),
        "nobody knows the seats": of(voted("YYY"), attendance=tuple(rows[:1]), rules=BoardRules(), members=()),
        "too few": of(attendance=tuple(rows[:2])),
    }


@table
def _record_of_a_meeting() -> Iterable[str]:
    for name, meeting in _meetings().items():
        rows = room.roll_of(meeting)
        yield f"{name}: opened {room.opened(meeting)}; {room.quorum_words(rows)}; {room.quorum_words(rows, meeting.rules)}; {room.quorum_line(meeting)}; {room.roll_words(meeting.attendance)}"
        yield f"  still open: {room.still_open(meeting, rows)}"
        yield f"  contradicts: {room.contradictions(meeting)}"
        for item in room.judged(meeting).items():
            for motion in item.motions:
                yield f"  {item.number} {motion.text}: {motion.result.value}; {room.tally(motion)}; {motion.doubt}; {room.unheard_words(meeting, item, motion)}"
                yield f"    {' / '.join(room.motion_words(motion))}"
            yield f"  {item.number} unanimous: { {who: choice and choice.value for who, choice in room.unanimous(rows, item, room.opened(meeting)).items()} }"
            yield f"  {item.number} group {[one.number for one in room.consent_group(meeting, item)]} closed {room.is_closed(item)} running {room.is_running(item)}"
        judged = room.judged(meeting)
        yield f"  judged contradicts: {room.contradictions(judged)}"
    group = boards.SECTIONS[1].items
    yield f"{room.carrier(group).number} {room.carrier(group[1:]).number} {room.consent_motion([(one.number, one.title) for one in group])}"
    for mover, seconder in product(("", "Ann"), ("", "Bo")):
        yield f"{room.motion_words(replace(boards.motion('x', ''), mover=mover, seconder=seconder, result=MotionResult.OPEN))}"


@table
def _time_that_went() -> Iterable[str]:
    meetings = (boards.AUGUST, boards.HELD, boards.COMING)
    rows = board_time.time_rows(meetings)
    for row in rows:
        yield f"{row.meeting.id} {row.item.number}: {row.minutes} {row.counted}"
    for name, some in {
        "all": rows,
        "none": [],
        "held": board_time.time_rows([boards.HELD]),
        "hearing": [row for row in rows if not row.counted],
    }.items():
        total = board_time.total(some)
        yield f"{name}: {total} {total.share} {total.reached} { {use.value: n for use, n in board_time.by_category(some).items()} }"
    for outcome in (49, 50, 51):
        made = board_time.TimeSum(100, 100, outcome, False)
        yield f"{outcome}: {made.share} {made.reached}"


@table
def _time_decisions() -> Iterable[str]:
    meetings = (boards.AUGUST, boards.HELD, boards.COMING)
    found = board_actions.decisions(meetings)
    for one in found:
        yield f"{one.on} {one.meeting.id} {one.item.number} {one.motion.text} {one.decided}"
    groups, others = board_actions.by_goal(books.whole(), found)
    yield f"{[(goal.id, [row.motion.text for row in rows]) for goal, rows in groups]} others {[row.motion.text for row in others]}"
    for day, goal in product(
        (date(2026, 9, 22), date(2026, 9, 23), date(2026, 9, 24), date(2026, 10, 21), date(2026, 10, 22)),
        books.whole().goals,
    ):
        yield f"{day} {goal.id}: {[(meeting.id, item.number) for meeting, item in board_actions.asked(day, meetings, goal)]}"


# What is to be looked at.

FACTS = {
    "tagged": FileFacts(FileKind.TAGGED, 3, checked=True, verified=True, claims_ua=True),
    "tagged, broken": FileFacts(FileKind.TAGGED, 3, checked=True, findings=("7.1-1", "7.2-3")),
    "tagged in part": FileFacts(FileKind.TAGGED, 3, untagged=(2, 3)),
    "text": FileFacts(FileKind.TEXT, 2),
    "broken tags": FileFacts(FileKind.TEXT, 2, broken_tags=True),
    "scan": FileFacts(FileKind.SCAN, 4, scanned=(1, 2, 3, 4)),
    "scan of one": FileFacts(FileKind.SCAN, 1),
    "mixed": FileFacts(FileKind.MIXED, 5, scanned=(2,)),
    "picture": FileFacts(FileKind.PICTURE, 1),
    "described": FileFacts(FileKind.PICTURE, 1, described=True),
    "plain": FileFacts(FileKind.PLAIN, 1, markup="markdown"),
    "csv": FileFacts(FileKind.PLAIN, 1, markup="csv"),
    "office": FileFacts(FileKind.TAGGED, 2, converted=True, unembedded_fonts=True),
    "mended": FileFacts(FileKind.TEXT, 1, repaired=True, decrypted=True, flattened=True),
    "claims": FileFacts(FileKind.TAGGED, 1, claims_ua=True, checked=True, findings=("7.1-1",)),
    "cleaned": FileFacts(
        FileKind.TAGGED, 1, verified=True, checked=True, removed=(*[one.value for one in Removed], "script")
    ),
    **{trouble.value: refused(trouble) for trouble in Trouble},
}


@table
def _look_at_files() -> Iterable[str]:
    for name, facts in FACTS.items():
        yield line(
            name,
            says=lambda f=facts: (
                kind_phrase(f),
                what_helps(f),
                facts_notes(f),
                trouble_sentence(f, "Bids.pdf"),
                f.trouble is None,
            ),
        )
        assert FileFacts.from_json(facts.to_json()) == facts


@table
def _look_at_agendas() -> Iterable[str]:
    item = boards.item(
        "1A",
        "One",
        ItemType.ACTION,
        recommended_motion="To do it",
        files=tuple(replace(FILE, id=name, name=f"{name}.pdf") for name in FACTS),
    )
    items = {
        "sound": item,
        "no title": replace(item, title=""),
        "no motion": replace(item, recommended_motion=""),
        "consent": replace(item, recommended_motion="", consent=True),
        "no time": replace(item, minutes=None),
        "no law": replace(item, type=ItemType.CLOSED, access=Access.CLOSED),
        "open doors": replace(item, type=ItemType.CLOSED, ground="§ 1"),
        "returned": replace(item, state=ItemState.RETURNED),
        "submitted": replace(item, state=ItemState.SUBMITTED),
        "a report": replace(item, type=ItemType.REPORT, recommended_motion=""),
        "closed report": replace(item, type=ItemType.REPORT, access=Access.CLOSED),
    }
    rule = posting_rule("72 hours", boards.HELD.kind)
    for name, one in items.items():
        meeting = replace(boards.COMING, place="Hall", sections=(replace(boards.SECTIONS[0], items=(one,)),))
        yield name
        facts = FACTS if name == "sound" else {"text": FACTS["text"]}
        yield from told(preflight.preflight(meeting, facts, None, NOON))
    for start, place, posted, posted_for, deadline in product(
        (None, datetime(2026, 10, 21, 18, 30)),
        ("", "Hall"),
        (None, NOON),
        (None, datetime(2026, 10, 20, 18, 30)),
        (None, NOON - timedelta(1), NOON),
    ):
        meeting = replace(
            boards.COMING,
            start=start,
            place=place,
            posted_at=posted,
            posted_for=posted_for,
            posted_deadline=deadline,
            posted_notice="72 hours",
            sections=(),
        )
        limit = Deadline(rule, deadline) if deadline else None
        yield f"{start} {place} {posted} {posted_for} {deadline}: {[one.words for one in preflight.preflight(meeting, {}, limit, NOON)]}"
        yield f"  {late_words(meeting)} / {moved_words(meeting)}"
    for hours, notice in product(
        (-80, -72, -71, 0, 1, 2), ("72 hours", "3 business days", "48 business hours", "", "soon")
    ):
        meeting = replace(
            boards.COMING,
            posted_at=boards.COMING.start + timedelta(hours=hours),
            posted_deadline=boards.COMING.start - timedelta(hours=72),
            posted_notice=notice,
        )
        yield line(hours, notice, says=lambda m=meeting: late_words(m))


def _leak(code: str, words: str, access: Access = Access.CLOSED, page: str = "") -> Leak:
    spot = Spot("9A", "Personnel", "Background", "", "at", words, "School")
    return Leak(code, words, spot, replace(spot, item="1A", title="Minutes", page=page), access)


@table
def _look_advice() -> Iterable[str]:
    clearance = Clearance(
        "c1", "b", "Mill", ClearedAs.PLACE, "It is a school.", "Ann", NOON, Access.CLOSED, "9A Personnel", "1A Minutes"
    )
    found = [
        preflight.Finding(
            preflight.Weight.SHOULD,
            f"{n}A has no time planned",
            "Plan it",
            f"i{n}",
            fix="minutes",
            code="minutes",
            place=f"{n}A",
        )
        for n in range(1, 5)
    ] + [
        preflight.Finding(
            preflight.Weight.MUST, "2A has no title", "Write it", "i2", fix="title", code="title", place="2A"
        ),
        preflight.Finding(preflight.Weight.FINE, "All is well"),
        preflight.Finding(preflight.Weight.SHOULD, "Scan", "Scan it", "i1", "f1", "file", "scan", "1A Bids.pdf", 4),
        preflight.Finding(preflight.Weight.SHOULD, "Something else", "Help", place="3A"),
    ]
    for name, asked in {
        "all": (found, [_leak("a", "Mill Street"), _leak("b", "Mill")], [clearance]),
        "two leaks": ([], [_leak("a", "Mill"), _leak("c", "Elm")], []),
        "one page": ([], [_leak("a", "Mill", Access.ADMINISTRATIVE, "7")], []),
        "settled": (found[:1], [_leak("b", "Mill")], [clearance]),
        "nothing": ([], [], []),
        "two": (found[:2], [], []),
        "three": (found[:3], [], []),
    }.items():
        made = advice.advices(*asked)
        yield f"{name}: {advice.summary(made)}"
        yield from told(made)
    one, other = _leak("a", "Mill Street", page="3"), _leak("b", "Mill")
    yield line(
        "sentences",
        says=lambda: (
            leaks.sentence([one]),
            leaks.sentence([one, other]),
            leaks.sentence([one], posting=True),
            one.shown.place,
            other.shown.place,
        ),
    )
    yield line("readable", says=lambda: [[c.id for c in leaks.readable([clearance], audience)] for audience in Access])
    for reason in ("", "  ", " It  is ", "x" * 400):
        yield line(reason, says=lambda r=reason: leaks.check_reason(r))


@pytest.mark.parametrize("name", TABLES)
def test_a_rule_answers_as_its_table_says(name: str) -> None:
    TABLES.hold(name)


def test_each_chapter_has_its_table() -> None:
    TABLES.hold_nothing_else()


def test_what_is_found_in_several_items_is_called_by_its_kind() -> None:
    faults = (
        {"title": ""},
        {"minutes": None},
        {"type": ItemType.CLOSED},
        {"access": Access.CLOSED},
        {"state": ItemState.RETURNED},
        {"state": ItemState.SUBMITTED},
    )
    item = boards.item("1A", "One", ItemType.ACTION, recommended_motion="")
    items = tuple(replace(item, id=str(n), **fault) for n, fault in enumerate(faults))
    meeting = replace(boards.COMING, sections=(replace(boards.SECTIONS[0], items=items),))
    codes = {finding.code for finding in preflight.preflight(meeting, {}, None, NOON) if finding.item_id}
    assert codes == {"title", "minutes", "access", "ground", "returned", "submitted", "motion"}
    assert codes <= advice.titles().keys()
