"""The search for what must not be in a packet: what gives something away is found, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, MotionCard, SectionCard, for_audience
from planstudio.domain.cards import FileCard
from planstudio.domain.intake import FileFacts, FileKind
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
from planstudio.domain.packets import PacketData
from planstudio.reports.foreign.imported import ImportedFile
from planstudio.reports.meeting.leaks import Needles, look
from planstudio.reports.meeting.reading import Text, folded
from planstudio.reports.meeting.withheld import Given, pieces
from planstudio.richtext import plain
from reports import books

CASES = json.loads((Path(__file__).parent / "cases.json").read_text("utf-8"))


class Case(NamedTuple):
    """Something closed, fields of an item or files, beside a public page; what must be marked there, if anything."""

    name: str
    closed: dict[str, Any]
    public: str
    marked: str = ""


LEAKY, HONEST = ([Case(**one) for one in CASES[kind]] for kind in ("leaky", "honest"))

NOW = datetime(2026, 12, 9, 18, 30)


def item(ident: str, title: str, access: Access = Access.PUBLIC, **values: object) -> AgendaItemCard:
    usual = dict.fromkeys(
        ("ground", "returned_because", "presenter", "contact", "background", "rationale", "fiscal_impact"), ""
    )
    card = AgendaItemCard(
        id=ident, section_id="s", number="2A", title=title, type=ItemType.INFORMATION, access=access,
        state=ItemState.DRAFT, minutes=5, time_use=TimeUse.OTHER, pulled=False, recommended_motion="", **usual,
    )  # fmt: skip
    return replace(card, **values)  # type: ignore[arg-type]


def meeting(*items: AgendaItemCard) -> MeetingCard:
    return MeetingCard(
        id="m", kind=MeetingKind.REGULAR, state=MeetingState.DRAFT, title="", start=NOW, place="", taking_part="",
        posting_rule="", posted_at=None, numbering=Numbering.LETTERS, page_numbers=PageNumbers.RENUMBERED,
        called_to_order="", adjourned="", minutes_state=MinutesState.NONE, minutes_approved_on=None,
        minutes_opening="", minutes_closing="", frozen_at="",
        sections=(SectionCard("s", "2", "Business", False, items),),
    )  # fmt: skip


PUBLIC = item(
    "p", "Reading materials", presenter="Johanna Lindqvist",
    background="The **boiler** at Mill *Street* School leaks and rusts.",
)  # fmt: skip


def sought(case: Case, access: Access = Access.CLOSED) -> Needles:
    """What must not be shown of the closed item of *case*, which stands beside a public one."""
    fields = dict(case.closed)
    described = str(fields.pop("alternative_text", ""))
    names: dict[str, str] = fields.pop("files", {})
    files = tuple(
        FileCard(name, name, "", 1, described, access, name + case.name) for name in names
    )  # fmt: skip
    whole = meeting(PUBLIC, item("c", str(fields.pop("title")), access, files=files, **fields))
    data = PacketData(for_audience(whole, Access.PUBLIC), books.book(), Access.PUBLIC, 0, NOW)
    imported = {name: ImportedFile(FileFacts(FileKind.PLAIN), text=text) for name, text in names.items()}
    return Needles(pieces(whole, data, imported), Given(data, ("Theo Marsh", "Ruth Hale")))


def marked(case: Case, page: str | None = None) -> list[str]:
    found = look([plain(case.public) if page is None else page], "", sought(case))
    return [one.text.near(one.hit.first, one.hit.last)[1] for one in found]


@pytest.mark.parametrize("case", LEAKY, ids=lambda case: case.name)
def test_what_gives_something_away_is_found_and_marked(case: Case) -> None:
    found = [plain(words) for words in marked(case, case.public if "**" not in case.public else None)]
    assert any(case.marked.split()[0] in words or words in case.marked for words in found), found


@pytest.mark.parametrize("case", HONEST, ids=lambda case: case.name)
def test_what_gives_nothing_away_is_not_found(case: Case) -> None:
    assert marked(case) == []


# The same words in another look.

NAMES = ("Otto Lindgren", "Ximena Zubiría", "Kim Lee", "Quartermain", "Student 4471", "$12,475", "Zoë O’Rourke")
LOOKS = {
    "as it is": str,
    "capitals": str.upper,
    "a line for each word": lambda words: words.replace(" ", "\r\n"),
    "much air": lambda words: words.replace(" ", " \u00a0 \t "),
    "bold": lambda words: plain(f"**{words[:3]}**{words[3:]}"),
    "a soft hyphen": lambda words: f"{words[:2]}\u00ad{words[2:]}",
    "accents apart": lambda words: normalize("NFD", words),
    "straight quotes": lambda words: words.replace("’", "'"),
    "table cells": lambda words: words.replace(" ", "\n \n"),
}  # fmt: skip
EDGES = st.sampled_from(("", "The list: ", "(", "“", "el ", "…", "12. ", "\n"))


@given(st.sampled_from(NAMES), st.sampled_from(sorted(LOOKS)), EDGES, EDGES)
@settings(max_examples=120, deadline=None)
def test_words_are_found_in_any_look_and_place(name: str, look_: str, before: str, after: str) -> None:
    secret = sought(Case("", {"title": "x", "background": f"The panel heard about {name} in May."}, ""))
    page = f"{before}{LOOKS[look_](name)} {after}"
    assert look([page], "", secret), page
    assert not look([page.replace(LOOKS[look_](name), "somebody else")], "", secret)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzáéíñü ’-\n\r\u00ad.,0123456789ABC", max_size=80))
@settings(max_examples=200, deadline=None)
def test_every_token_tells_its_place_and_folding_twice_changes_nothing(words: str) -> None:
    text = Text.of(words)
    places = [(token.start, token.end) for token in text.tokens]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(words) for start, end in places)
    assert all(folded(token.key) == token.key for token in text.tokens if token.key.isalpha())


@pytest.mark.parametrize("audience", [Access.PUBLIC, Access.ADMINISTRATIVE])
def test_what_a_page_begins_and_the_next_one_ends_is_found(audience: Access) -> None:
    secret = sought(Case("", {"title": "x", "background": "The leave of Kim Lee ends."}, ""))
    (found,) = look(["the leave of Kim", "Lee ends"], "", secret)
    assert found.page == 0
    assert not look(["Kim", "and others", "Lee"], "", secret)


def test_a_file_that_is_given_elsewhere_is_not_withheld() -> None:
    """The same bytes under a public item: nothing of them is secret any more."""
    file = FileCard("a", "Zubiria.txt", "", 1, "", Access.CLOSED, "same")
    whole = meeting(
        replace(PUBLIC, files=(replace(file, id="b", access=Access.PUBLIC),)), item("c", "x", files=(file,))
    )
    data = PacketData(for_audience(whole, Access.PUBLIC), books.book(), Access.PUBLIC, 0, NOW)
    assert not pieces(whole, data, {})


def test_a_row_that_ends_in_small_words_is_told_once() -> None:
    """It went back to its beginning at every small word behind it, for ever."""
    words = "La superintendente renunciará en junio después de la auditoría"
    secret = sought(Case("", {"title": "x", "background": f"Solo para la junta. {words}."}, ""))
    for page in (f"y {words}", "y superintendente renunciará en junio después de hoy", f"{words} {words}"):
        places = [(hit.first, hit.last) for hit in secret.hits(Text.of(page))]
        assert places == sorted(set(places))


def test_the_name_of_a_file_gives_nothing() -> None:
    """A public file called as the withheld one, with another ending, tells what it is about."""
    hidden = FileCard("a", "Investigation Boateng.pdf", "", 1, "", Access.CLOSED, "1")
    public = FileCard("b", "Investigation Boateng.docx", "", 1, "", Access.PUBLIC, "2")
    whole = meeting(replace(PUBLIC, files=(public,)), item("c", "x", Access.CLOSED, files=(hidden,)))
    data = PacketData(for_audience(whole, Access.PUBLIC), books.book(), Access.PUBLIC, 0, NOW)
    needles = Needles(pieces(whole, data, {}), Given(data, ()))
    assert needles.tells("Investigation Boateng.docx")
    assert needles.tells("the memo of Mr. Boateng")


def test_motions_are_looked_for_with_the_names_of_who_made_them() -> None:
    motion = MotionCard("m", "To settle with Quartermain", mover="Zoë O’Rourke")
    whole = meeting(item("c", "x", Access.CLOSED, motions=(motion,)))
    data = PacketData(for_audience(whole, Access.PUBLIC), books.book(), Access.PUBLIC, 0, NOW)
    needles = Needles(pieces(whole, data, {}), Given(data, ()))
    assert needles.tells("Mr. Quartermain")
    assert needles.tells("zoe orourke")
    assert not needles.tells("To settle down with a book")
