"""Numbers, times, what an audience sees, what changed between two packets, and how their pages are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from planstudio.domain.agenda import (
    AgendaItemCard,
    MeetingCard,
    MotionCard,
    PacketRow,
    SectionCard,
    Support,
    for_audience,
)
from planstudio.domain.audiences import seen_by
from planstudio.domain.cards import FileCard
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import (
    Access,
    ItemState,
    ItemType,
    MeetingKind,
    MeetingState,
    MinutesState,
    Numbering,
    PageNumbers,
    TimeUse,
)
from planstudio.domain.numbering import item_number, letters, roman
from planstudio.domain.packets import ItemRecord, PacketRecord, differences, page_labels, read_record
from planstudio.domain.times_of_day import minutes_between, time_of_day

ITEM = AgendaItemCard(
    "i1", "s1", "1A", "Award of contract", ItemType.ACTION, Access.PUBLIC, "", ItemState.ACCEPTED, "", "T. Whitlock",
    "", 10, TimeUse.GOAL_MONITORING, False, "Three bids", "The lowest", "$400", "I move",
)  # fmt: skip


def meeting(*items: AgendaItemCard) -> MeetingCard:
    return MeetingCard(
        "m", MeetingKind.REGULAR, MeetingState.DRAFT, "", datetime(2026, 12, 9, 18, 30), "Hall", "", "", None,
        Numbering.LETTERS, PageNumbers.RENUMBERED, "", "", MinutesState.NONE, None, "", "", "",
        (SectionCard("s1", "1", "Business", False, items),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("style", "number"), [(Numbering.LETTERS, "4B"), (Numbering.DECIMALS, "4.2"), (Numbering.ROMAN, "IV.B")]
)
def test_items_are_numbered_in_the_style_chosen(style: Numbering, number: str) -> None:
    assert item_number(style, 4, 2) == number


def test_long_agendas_have_numbers_too() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]
    assert [roman(n) for n in (1, 4, 9, 14, 19, 40)] == ["I", "IV", "IX", "XIV", "XIX", "XXXX"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("6:30 PM", "18:30"), ("6.30pm", "18:30"), ("18:30", "18:30"), ("1830", "18:30"), ("7 a.m.", "07:00"),
     ("12:05 am", "00:05"), ("12 pm", "12:00"), ("18:30:00", "18:30"), ("6:30:00 PM", "18:30"), ("noon", "12:00"),
     ("", "")],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed: str, kept: str) -> None:
    assert time_of_day(typed, "began") == kept


@pytest.mark.parametrize("wrong", ["25:00", "13 pm", "noonish", "6:75", "-1"])
def test_what_is_no_time_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidInput, match="6:30 PM"):
        time_of_day(wrong, "began")


def test_minutes_are_counted_over_midnight() -> None:
    assert minutes_between("23:50", "00:10") == 20
    assert minutes_between("18:30", "") is None


def test_each_level_sees_those_before_it() -> None:
    assert [[seen_by(audience, access) for access in Access] for audience in Access] == [
        [True, False, False], [True, True, False], [True, True, True],
    ]  # fmt: skip


def test_nothing_of_a_withheld_item_is_left_but_its_number_time_and_ground() -> None:
    secret = replace(
        ITEM, id="i2", number="1B", title="Zebulon", type=ItemType.CLOSED, access=Access.CLOSED, ground="Code 54957",
        presenter="Zebulon", contact="Zebulon", background="Zebulon", notes="Zebulon", returned_because="Zebulon",
        motions=(MotionCard("mo", "Zebulon"),), links=(Support("l", "goal", "g", "Goal 1", "Zebulon"),),
        files=(FileCard("f", "Zebulon.pdf", "application/pdf", 1),),
    )  # fmt: skip
    public = for_audience(meeting(ITEM, secret), Access.PUBLIC)
    assert "Zebulon" not in repr(public)
    first, second = public.items()
    assert first == ITEM
    assert (second.number, second.title, second.ground, second.minutes) == ("1B", "Closed session", "Code 54957", 10)
    living = replace(secret, returned_because="")  # it was not returned, so that nothing is missing
    assert for_audience(meeting(ITEM, secret), Access.CLOSED) == meeting(ITEM, living)


def test_the_law_that_closes_an_item_is_told_of_closed_items_only() -> None:
    inner = replace(ITEM, access=Access.ADMINISTRATIVE, ground="Draft under Code 12", type=ItemType.ACTION)
    (seen,) = for_audience(meeting(inner), Access.PUBLIC).items()
    assert (seen.title, seen.ground, seen.type) == ("Administrative item", "", ItemType.INFORMATION)


def test_an_audience_sees_the_packets_printed_for_it_and_no_others() -> None:
    day = datetime(2026, 12, 1, 9)
    packets = tuple(PacketRow(one.value, 0, one, day, 3, "0" * 64) for one in Access)
    whole = replace(meeting(ITEM), packets=packets)
    seen = {one: [packet.audience for packet in for_audience(whole, one).packets] for one in Access}
    assert seen == {one: [one] for one in Access}


def test_a_withheld_file_of_a_public_item_goes_alone() -> None:
    files = (
        FileCard("a", "Bids.pdf", "", 1),
        FileCard("b", "Inner.pdf", "", 1, "", Access.ADMINISTRATIVE),
        FileCard("c", "Secret.pdf", "", 1, "", Access.CLOSED),
    )
    whole = meeting(replace(ITEM, files=files))
    seen = [[file.name for item in for_audience(whole, one).items() for file in item.files] for one in Access]
    assert seen == [["Bids.pdf"], ["Bids.pdf", "Inner.pdf"], ["Bids.pdf", "Inner.pdf", "Secret.pdf"]]


# What changed.


def record(**items: ItemRecord) -> PacketRecord:
    return PacketRecord(0, {"start": "2026", "place": "Hall", "title": "", "kind": "regular"}, items, {}, [])


ONE = ItemRecord(
    "1A", "Award", {"background": "It costs $18,400 in all", "presenter": "Ann"}, {"f": ("Bids.pdf", "x")}, {}
)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (replace(ONE, title="Grant"), ["the title: from “Award” to “Grant”"]),
        (replace(ONE, title="Award of bid"), ["the title: changed"]),
        (replace(ONE, number="2A"), ["moved, was 1A"]),
        (replace(ONE, fields=ONE.fields | {"background": "It costs $21,600 in all"}),
         ["the background: from “$18,400” to “$21,600”"]),
        (replace(ONE, fields=ONE.fields | {"presenter": ""}), ["the presenter: taken out"]),
        (replace(ONE, fields=ONE.fields | {"rationale": "Because. " * 30}), ["the rationale: written"]),
        (replace(ONE, files={"f": ("Bids.pdf", "y")}), ["file replaced: Bids.pdf"]),
        (replace(ONE, files={"g": ("New.pdf", "y")}), ["file added: New.pdf", "file removed: Bids.pdf"]),
        (ONE, []),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(after: ItemRecord, told: list[str]) -> None:
    found = differences(record(a=ONE), record(a=after))
    assert [one.what for one in found] == told


def test_what_was_open_and_is_closed_is_told_in_one_line_without_its_words() -> None:
    hidden = ItemRecord("1A", "", {"ground": "Code 54957"}, {}, {}, {}, "closed")
    assert [(one.number, one.title, one.what) for one in differences(record(a=ONE), record(a=hidden))] == [
        ("1A", "Closed session", "now a closed session")
    ]
    assert [one.what for one in differences(record(a=hidden), record(a=ONE))] == [
        "now for everybody who reads this packet"
    ]


def test_the_words_of_before_are_not_quoted_when_they_tell_what_is_withheld_by_now() -> None:
    before = replace(ONE, fields=ONE.fields | {"presenter": "Otto"}, files={"f": ("Otto.pdf", "x")})
    after = replace(ONE, files={})
    gone = replace(ONE, number="1B", title="Otto's leave")
    found = differences(record(a=before, b=gone), record(a=after), lambda words: "Otto" in words)
    assert [(one.title, one.what) for one in found] == [
        ("Award", "the presenter: changed"), ("Award", "a file removed"), ("", "taken off the agenda"),
    ]  # fmt: skip


def test_values_are_compared_and_told_in_words() -> None:
    one, other = replace(ONE, fields={"type": "action"}), replace(ONE, fields={"type": "report"})
    assert [line.what for line in differences(record(a=one), record(a=other))] == [
        "the type: from “Action” to “Report”"
    ]
    goals = replace(ONE, supports={"g": "Goal One"})
    assert [line.what for line in differences(record(a=ONE), record(a=goals))] == ["supports Goal One"]
    assert [line.what for line in differences(record(a=goals), record(a=ONE))] == ["no longer supports Goal One"]
    assert not differences(record(a=goals), record(a=replace(goals, supports={"g": "Meta uno"})))


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (replace(ITEM, ground="Code 54957", access=Access.PUBLIC), "ground"),
        (replace(ITEM, ground="Code 54957", access=Access.ADMINISTRATIVE), "ground"),
        (replace(ITEM, returned_because="No price"), "returned_because"),
        (replace(ITEM, pulled=True), "pulled"),
        (replace(ITEM, consent=True), "consent"),
    ],
)
@pytest.mark.parametrize("audience", Access)
def test_a_field_that_is_hidden_has_no_value_on_paper(item: AgendaItemCard, field: str, audience: Access) -> None:
    (seen,) = for_audience(meeting(item), audience).items()
    assert not getattr(seen, field)


def test_what_was_returned_is_on_no_paper_and_in_the_list_of_what_is_to_do() -> None:
    back = replace(ITEM, id="i2", number="1B", state=ItemState.RETURNED, returned_because="No price")
    for audience in Access:
        assert [one.number for one in for_audience(meeting(ITEM, back), audience).items()] == [ITEM.number]
        assert len(list(for_audience(meeting(ITEM, back), audience, returned=True).items())) == 2
    assert "No price" not in repr(for_audience(meeting(back), Access.PUBLIC, returned=True))


def test_items_that_come_and_go_are_told() -> None:
    found = differences(record(a=ONE), record(b=replace(ONE, number="1B", title="New")))
    assert [(one.number, one.what, one.key) for one in found] == [
        ("1B", "added", "b"),
        ("1A", "taken off the agenda", ""),
    ]


def test_a_record_survives_json_and_anything_else_is_none() -> None:
    assert read_record(record(a=ONE).to_json()) == record(a=ONE)
    for wrong in ("", "[]", "{}", '{"items": 3}', "null"):
        assert read_record(wrong) is None


# Page labels.


def test_pages_count_from_one() -> None:
    assert page_labels([("a", 2), ("b", 1)], None) == {"a": ["1", "2"], "b": ["3"]}


def test_kept_pages_keep_their_numbers_and_new_ones_get_letters() -> None:
    before = replace(record(), labels={"cover": ["1"], "a": ["2", "3"], "b": ["4"], "c": ["5"]})
    order = [("cover", 1), ("changes", 1), ("a", 3), ("new", 2), ("b", 1), ("c", 1)]
    assert page_labels(order, before) == {
        "cover": ["1"], "changes": ["1a"], "a": ["2", "3", "3a"], "new": ["3b", "3c"], "b": ["4"], "c": ["5"],
    }  # fmt: skip


def test_a_second_revision_keeps_the_letters_of_the_first() -> None:
    before = replace(record(), labels={"a": ["1"], "new": ["1a"], "b": ["2"]})
    assert page_labels([("a", 1), ("new", 1), ("newer", 1), ("b", 1)], before) == {
        "a": ["1"], "new": ["1a"], "newer": ["1b"], "b": ["2"],
    }  # fmt: skip


@given(
    some.lists(
        some.tuples(some.sampled_from("abcdefgh"), some.integers(1, 4)), max_size=8, unique_by=lambda one: one[0]
    ),
    some.lists(
        some.tuples(some.sampled_from("abcdefgh"), some.integers(1, 4)), max_size=8, unique_by=lambda one: one[0]
    ),
)
def test_no_label_is_given_twice_and_they_only_rise(first: list[tuple[str, int]], then: list[tuple[str, int]]) -> None:
    before = replace(record(), labels=page_labels(first, None))
    now = page_labels(then, before)
    flat = [label for key, _count in then for label in now[key]]
    assert len(set(flat)) == len(flat)
    assert [len(now[key]) for key, _count in then] == [count for _key, count in then]

    def place(label: str) -> tuple[int, int]:
        digits = "".join(c for c in label if c.isdigit())
        value = 0
        for c in label[len(digits) :]:
            value = value * 26 + ord(c) - 96
        return int(digits), value

    assert sorted(flat, key=place) == flat
