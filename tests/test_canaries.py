"""What is given is there, and what is not given is nowhere: for each audience, in everything that leaves the house.

Every text of every table has a word of its own (canaries.py). The copies are
looked through as bytes; of papers the text, the strings and the unpacked
streams; of Excel files every part.
"""

from __future__ import annotations

import re
import sqlite3
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

import factories
from canaries import Aviary, Canary, fill, spoken
from planstudio.domain.audiences import Rows, When, seen_by
from planstudio.domain.changes import Past
from planstudio.domain.clock import Clock
from planstudio.domain.given import GIVEN, columns_for, given
from planstudio.domain.kinds import Access
from planstudio.domain.reporting import SOURCES
from planstudio.exchange import plan_json
from planstudio.exchange.plan_form import book_form
from planstudio.exchange.workbook import write_table
from planstudio.operations.loading import load
from planstudio.packets import Packets, report
from planstudio.queries.export import whole_file
from planstudio.queries.plans import current_plan, plan_book
from planstudio.reports import build
from planstudio.reports.listing import LISTING, Report, print_report, table_of
from planstudio.store.clean_copy import usual
from planstudio.store.document import Document
from planstudio.store.schema import MODELS, Base
from planstudio.workspace import Workspace

Filled = tuple[Workspace, Aviary]
CLOCK = Clock(lambda: datetime(2026, 11, 21, 10).astimezone())
AUDIENCES = pytest.mark.parametrize("audience", Access, ids=str)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("canaries")
    workspace = factories.create(folder / "House.planstudio", folder / "data", clock=CLOCK)
    hatched: list[Aviary] = []
    workspace.do("Fill", lambda session: hatched.append(fill(session)))
    workspace.publish()
    yield workspace, hatched[0]
    workspace.close()


def test_every_text_of_every_table_has_a_canary(filled: Filled) -> None:
    workspace, aviary = filled
    house = workspace.path.read_bytes().decode("latin-1")
    assert aviary.found_in(house) == set(aviary.canaries), "the house has them all"
    there = {(c.table, c.column) for c in aviary.canaries}
    shown = {column for column in spoken() if column[0] in MODELS}
    assert not shown - there
    assert {("content", "data"), ("change", "before"), ("conflict", "sides"), ("change_set", "label")} <= there


# ── copies


@AUDIENCES
def test_the_clean_copy_holds_what_is_given_and_no_byte_of_the_rest(
    filled: Filled, audience: Access, tmp_path: Path
) -> None:
    workspace, aviary = filled
    target = tmp_path / "copy.planstudio"
    workspace.clean_copy(target, audience)
    _same(aviary.found_in(target.read_bytes().decode("latin-1")), _given(aviary, audience))
    assert not list(tmp_path.glob(".~*"))


@AUDIENCES
def test_no_cell_of_the_clean_copy_holds_what_is_withheld(filled: Filled, audience: Access, tmp_path: Path) -> None:
    """Dates, numbers and words of closed lists tell as much as texts do."""
    workspace, _aviary = filled
    target = tmp_path / "copy.planstudio"
    workspace.clean_copy(target, audience)
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA freelist_count").fetchone() == (0,)
        (made,) = copy.execute("SELECT id, device, author, kind, label FROM change_set")  # the step that it begins with
        assert made[1:] == ("", "", "new", "Made as a copy for others")
        assert {row[0] for row in copy.execute("SELECT DISTINCT op FROM change")} == {"I"}
        for table in Base.metadata.sorted_tables:
            if table.name in ("change_set", "change", "seal"):
                continue
            names = columns_for(table.name, audience)
            count = copy.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]
            assert (count > 0) == bool(names), table.name
            for column in table.columns:
                held = {value for (value,) in copy.execute(f'SELECT DISTINCT "{column.name}" FROM "{table.name}"')}
                if column.name not in names and count:
                    assert held == {usual(column)}, f"{table.name}.{column.name}"
        drafts = "SELECT called_to_order, adjourned, minutes_state FROM meeting WHERE minutes_state <> 'approved'"
        assert set(copy.execute(drafts)) == {("", "", "none")}
        assert {row[0] for row in copy.execute("SELECT state FROM policy")} == {"adopted", "under review"}


@AUDIENCES
def test_the_json_for_others_holds_the_same_and_can_be_read_back(
    filled: Filled, audience: Access, tmp_path: Path
) -> None:
    workspace, aviary = filled
    with closing(workspace.snapshot_for(audience)) as plan:
        text = plan_json.write(plan.ask(whole_file))
    blobs = "".join(b64decode(data).decode() for data in re.findall(r'"data": "([^"]*)"', text))
    _same(aviary.found_in(text + blobs), _given(aviary, audience))
    other = Workspace(Document.create(tmp_path / "Other.planstudio", tmp_path / "data"), device="desk")
    other.bring_in("Import", load, plan_json.read(text, tmp_path))
    assert plan_json.write(other.ask(whole_file)) == text
    other.close()


@AUDIENCES
def test_the_copy_numbers_its_agenda_as_the_posted_one(filled: Filled, audience: Access) -> None:
    """A withheld item keeps its line, or all behind it would have another number than on paper."""
    workspace, aviary = filled
    from planstudio.queries.meetings import meeting_card

    meeting = aviary.ids["posted meeting"]
    whole = workspace.ask(meeting_card, meeting)
    with closing(workspace.snapshot_for(audience)) as plan:
        told = plan.ask(meeting_card, meeting)
    assert [(item.number, item.id) for item in told.items()] == [(item.number, item.id) for item in whole.items()]


@AUDIENCES
def test_the_plan_as_json_for_an_audience(filled: Filled, audience: Access) -> None:
    workspace, aviary = filled
    with closing(workspace.snapshot_for(audience)) as plan:
        book = plan.ask(plan_book, plan.ask(current_plan), factories.TODAY)
    found = aviary.found_in(repr(book_form(book)))
    assert not found - _given(aviary, audience)
    _has(found, aviary, "goal.title", "strategy.text", "measure.definition", "policy.title", "progress_update.done")


# ── papers


@AUDIENCES
@pytest.mark.parametrize("name", ["plan", "packet"])
def test_the_plan_book(filled: Filled, audience: Access, name: str) -> None:
    workspace, aviary = filled
    book = workspace.ask(plan_book, workspace.ask(current_plan), factories.TODAY)
    found = aviary.found_in(_pdf(build(name, book, audience=audience).pdf))
    _only(found, aviary, audience)
    _has(found, aviary, "plan.title", "statement.heading", "goal.title", "strategy.title", "measure.name")
    _has(found, aviary, "progress_update.done", "policy.title")


@AUDIENCES
@pytest.mark.parametrize("one", LISTING, ids=lambda one: one.name)
def test_a_report_and_its_table(filled: Filled, audience: Access, one: Report) -> None:
    workspace, aviary = filled
    needs = SOURCES[one.name].needs
    chosen: dict[str, Any] = {"meeting_id": aviary.ids["meeting of record"]} if "meeting" in needs else {}
    chosen |= {"goal_id": aviary.ids["goal of plan in force"]} if "goal" in needs else {}
    chosen |= {"policy_id": aviary.ids["policy in force"]} if "policy" in needs else {}
    if one.name == "redline":
        now = Past(workspace.ask(current_plan), None, factories.TODAY, "")
        data = report(workspace, one.name, at=now, before=now)
    else:
        data = report(workspace, one.name, **chosen)
    _only(aviary.found_in(_pdf(print_report(one.name, data, audience=audience).pdf)), aviary, audience)
    table = table_of(one.name, data, audience=audience)
    assert (table is not None) == one.has_table
    if table is not None:
        found = aviary.found_in(_xlsx(write_table(table)))
        _only(found, aviary, audience)
        assert found or one.name in ("redline",), "the check has teeth"


@AUDIENCES
@pytest.mark.parametrize("meeting", ["posted meeting", "meeting of record", "meeting with draft minutes"])
def test_the_packet_and_the_agenda_tell_nothing_of_the_minutes(
    filled: Filled, audience: Access, meeting: str, tmp_path: Path
) -> None:
    workspace, aviary = filled
    printer = Packets(workspace, tmp_path / "prepared")
    shot = printer.snapshot(aviary.ids[meeting], audience)
    packet, agenda = printer.print(shot).pdf, printer.agenda(shot).pdf
    printer.close()
    waiting = {"meeting with draft minutes", "mover", "voter of a draft"} if meeting == "posted meeting" else set()
    for paper, bound in ((packet, waiting), (agenda, set())):  # minutes that wait for approval are bound in
        found = aviary.found_in(_pdf(paper))
        _only(found, aviary, audience)
        told = {c for c in found if _of_minutes(c) and not any(c.row.endswith(row) for row in bound)}
        assert not told, _names(told)
    _has(aviary.found_in(_pdf(agenda)), aviary, "agenda_item.title", "meeting.place")
    row = f"{audience.value} item of {meeting}"
    for column in ("title", "background", "rationale", "fiscal_impact", "recommended_motion", "presenter", "contact"):
        assert aviary.of("agenda_item", column, row) in _pdf(packet), column


@AUDIENCES
def test_the_minutes_tell_the_record(filled: Filled, audience: Access) -> None:
    workspace, aviary = filled
    for meeting in ("meeting of record", "meeting with draft minutes"):
        data = report(workspace, "minutes", meeting_id=aviary.ids[meeting])
        found = aviary.found_in(_pdf(print_report("minutes", data, audience=audience).pdf))
        _only(found, aviary, audience)
        for cell in (
            ("meeting", "minutes_opening", meeting), ("meeting", "minutes_closing", meeting),
            ("agenda_item", "notes", f"public item of {meeting}"),
            ("motion", "text", f"motion of public item of {meeting}"),
        ):  # fmt: skip
            assert aviary.of(*cell) in {c.word for c in found}, cell


# ── looking


def _given(aviary: Aviary, audience: Access) -> set[Canary]:
    return {canary for canary in aviary.canaries if canary.is_given(audience)}


def _same(found: set[Canary], wanted: set[Canary]) -> None:
    assert not found - wanted, f"told: {_names(found - wanted)}"
    assert not wanted - found, f"lost: {_names(wanted - found)}"


def _only(found: set[Canary], aviary: Aviary, audience: Access) -> None:
    """A paper about the plan in force or a meeting shows nothing that *audience* is not given."""
    told = {c for c in found if _withheld_on_paper(c, audience)}
    assert not told, _names(told)


def _withheld_on_paper(canary: Canary, audience: Access) -> bool:
    return (
        not given(canary.table, canary.column).reaches(audience)
        or GIVEN[canary.table].rows is Rows.NONE
        or not seen_by(audience, canary.access)
        or any(
            canary.row.endswith(row) for row in ("next plan", "plan of old", "template", "clerk", "owner of a draft")
        )
    )


def _of_minutes(canary: Canary) -> bool:
    waits = given(canary.table, canary.column).when is When.APPROVED
    return waits or GIVEN[canary.table].rows is Rows.APPROVED or canary.row in ("mover", "voter of a draft")


def _has(found: set[Canary], aviary: Aviary, *cells: str) -> None:
    there = {f"{c.table}.{c.column}" for c in found}
    assert not set(cells) - there, f"lost: {set(cells) - there}"


def _names(canaries: set[Canary]) -> list[str]:
    return sorted(map(str, canaries))


def _xlsx(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as parts:
        return "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())


def _pdf(data: bytes) -> str:
    """All that a PDF says: on its pages, in its strings, in its unpacked streams."""
    said = [data.decode("latin-1")]
    document = pypdfium2.PdfDocument(data)
    for page in document:
        said.append("".join(page.get_textpage().get_text_range().split()))
    document.close()
    with pikepdf.open(BytesIO(data)) as whole:
        for one in whole.objects:
            said.extend(_strings(one))
    return "\n".join(said)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, pikepdf.Stream):
        yield value.read_bytes().decode("latin-1") if _packed(value) else value.read_raw_bytes().decode("latin-1")
        yield from (text for key in value for text in _direct(value.get(key)))
    elif isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, pikepdf.Dictionary):
        yield from (text for key in value for text in _direct(value.get(key)))
    elif isinstance(value, pikepdf.Array):
        yield from (text for one in value for text in _direct(one))


def _direct(value: Any) -> Iterator[str]:
    """What stands in the object itself; objects of their own are looked at by themselves."""
    if not (isinstance(value, pikepdf.Object) and value.is_indirect):
        yield from _strings(value)


def _packed(stream: pikepdf.Stream) -> bool:
    return "/DCTDecode" not in str(stream.get("/Filter")) and "/JPXDecode" not in str(stream.get("/Filter"))
