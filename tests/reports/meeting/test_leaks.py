"""The search for what must not be in a packet: what gives something away is found, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, SectionCard, for_audience
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
from planstudio.reports.foreign.taken import Taken
from planstudio.reports.meeting.leaks import Needles, look
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
    taken = {name: Taken(FileFacts(FileKind.PLAIN), text=text) for name, text in names.items()}
    return Needles(pieces(whole, data, taken), Given(data, ("Theo Marsh", "Ruth Hale")))


def marked(case: Case, page: str | None = None) -> list[str]:
    return [one.words for one in look([plain(case.public) if page is None else page], "", sought(case))]


@pytest.mark.parametrize("case", LEAKY, ids=lambda case: case.name)
def test_what_gives_something_away_is_found_and_marked(case: Case) -> None:
    found = [plain(words) for words in marked(case, case.public if "**" not in case.public else None)]
    assert any(case.marked.split()[0] in words or words in case.marked for words in found), found


@pytest.mark.parametrize("case", HONEST, ids=lambda case: case.name)
def test_what_gives_nothing_away_is_not_found(case: Case) -> None:
    assert marked(case) == []
