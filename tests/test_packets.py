"""A meeting's packet from the open plan to the printed file: what is in it, what is not, and what changes."""

from __future__ import annotations

import re
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import packets as made
from factories import add, reopen
from planstudio import i18n, resources
from planstudio.domain.clock import Clock
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import (
    Access,
    ClearedAs,
    Enclosed,
    ItemType,
    MotionResult,
    PageNumbers,
    PersonRole,
    PlanState,
)
from planstudio.domain.packets import PacketOptions, read_record
from planstudio.domain.preflight import Weight
from planstudio.operations import files, goals, meetings, policies
from planstudio.operations.drafts import draft_from
from planstudio.operations.loading import load
from planstudio.operations.plans import edit_plan
from planstudio.packets import LeakFound, Packets, Snapshot
from planstudio.queries.clearances import clearances_of
from planstudio.queries.meetings import meeting_card, meeting_rows, packet_bytes, packets_of
from planstudio.queries.plans import all_plans, book_in_force, current_plan
from planstudio.reports.meeting.packet import PrintedPacket
from planstudio.reports.printed import Cancelled
from planstudio.store import contents
from planstudio.workspace import Workspace
from tagged.reading import A2A, UA1, failures, told


@pytest.fixture
def names(workspace: Workspace) -> made.Names:
    return made.a_meeting(workspace)


@pytest.fixture
def office(workspace: Workspace, data: Path) -> Iterator[Packets]:
    opened = Packets(workspace, data / "prepared")
    yield opened
    opened.close()


def printed(office: Packets, names: made.Names, audience: Access = Access.PUBLIC, **how: object) -> PrintedPacket:
    return office.print(shot(office, names, audience, **how))


def shot(office: Packets, names: made.Names, audience: Access = Access.PUBLIC, **how: object) -> Snapshot:
    return office.snapshot(names.meeting, audience, **how)  # type: ignore[arg-type]


def hold(workspace: Workspace, names: made.Names) -> None:
    """The meeting is today, and has been held."""
    now = workspace.clock.now()
    today = now.replace(tzinfo=None, second=0, microsecond=0)
    workspace.do("Date", meetings.edit_meeting, names.meeting, start=today)
    workspace.do("Hold", meetings.hold_meeting, names.meeting, now.isoformat())


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return texts


def test_the_packet_of_a_held_meeting_shows_the_plan_in_force_then(workspace: Workspace, names: made.Names) -> None:
    office = Packets(workspace)
    plan = workspace.ask(current_plan)
    workspace.do("Adopt", edit_plan, plan, state=PlanState.ADOPTED, title="Plan 2026")
    hold(workspace, names)
    workspace.clock = Clock(lambda: datetime(2026, 11, 22, 10).astimezone())
    workspace.do("Draft", draft_from, plan, "Plan 2031")
    draft = next(one.id for one in workspace.ask(all_plans) if one.id != plan)
    workspace.do("Archive", edit_plan, plan, state=PlanState.ARCHIVED)
    workspace.do("Adopt", edit_plan, draft, state=PlanState.ADOPTED)
    assert shot(office, names).data.book.plan.title == "Plan 2026"


def test_what_one_meeting_counts_on_is_there_after_another_was_looked_at(workspace: Workspace) -> None:
    def meeting(day: int) -> str:
        ident = add(workspace, "meeting", meetings.add_meeting, start=datetime(2026, 12, day, 18, 30))
        section = add(workspace, "agenda_section", meetings.add_section, ident, title="Reports")
        item = add(workspace, "agenda_item", meetings.add_item, section, title="Report")
        workspace.do("Attach", files.attach_file, "agenda_item", item, f"{day}.txt", b"Report %d" % day)
        return ident

    office, first, second = Packets(workspace), meeting(1), meeting(2)
    office.print(office.snapshot(first, Access.PUBLIC))
    away = office.snapshot(second, Access.PUBLIC)
    back = office.snapshot(first, Access.PUBLIC)
    office.take_in(away)  # the job of the other meeting comes to an end first
    assert "Report 1" in " ".join(pages(office.print(back).pdf))
    office.close()


# What is in it.


def test_a_packet_holds_agenda_sheets_enclosures_plan_and_the_accessibility_page(
    office: Packets, names: made.Names
) -> None:
    packet = printed(office, names)
    heard = told(packet.pdf)
    at = 0
    for words in (
        "Regular meeting", "Agenda", "Contents", "Item 2A Reading materials", "Teachers tried two programs", "Goal One",
        "Training costs $18,400", "I move to adopt it", "The board supports students", "Accessibility summary",
    ):  # fmt: skip
        at = heard.index(words, at)
    assert failures(packet.pdf, UA1) | failures(packet.pdf, A2A) == set()
    assert packet.accessible


def test_every_page_but_the_cover_says_which_it_is(office: Packets, names: made.Names) -> None:
    made.attach(office._workspace, names.action, "Bids.pdf", made.text_pdf("The bids", 3))
    packet = printed(office, names)
    texts = pages(packet.pdf)
    assert len(texts) == packet.pages
    for n, text in enumerate(texts[1:], 2):
        assert f"Page {n} of {packet.pages} · Rev 0" in text
        assert "Regular meeting, Dec 9, 2026" in text
    foreign = [text for text in texts if "The bids" in text]
    assert len(foreign) == 3
    assert all("Item 2A · Attachment 2" in text for text in foreign)


def test_bookmarks_mirror_the_agenda(office: Packets, names: made.Names) -> None:
    made.attach(office._workspace, names.action, "Bids.pdf", made.text_pdf("The bids"))
    packet = printed(office, names)
    document = pypdfium2.PdfDocument(packet.pdf)
    lines = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert [(level, title) for level, title, _page in lines if level < 2] == [
        (0, "Cover"), (0, "Agenda"), (0, "Contents"), (0, "1 Consent agenda"), (1, "1A Minutes of November"),
        (0, "2 Action"), (1, "2A Reading materials"), (1, "2B Administrative item"), (0, "3 Closed session"),
        (1, "3A Closed session"), (0, "The plan on one page"), (0, "Scorecard"), (0, "Accessibility summary"),
    ]  # fmt: skip
    texts = pages(packet.pdf)
    bids = next(page for level, title, page in lines if title == "Bids.pdf")
    assert "The bids" in texts[bids]
    document.close()


def test_agenda_items_and_goals_lead_to_one_another(office: Packets, names: made.Names) -> None:
    packet = printed(office, names)
    with pikepdf.open(BytesIO(packet.pdf)) as document:
        places = pikepdf.NameTree(document.Root.Names.Dests)
        numbers = {page.objgen: at for at, page in enumerate(document.pages, 1)}

        def leads(page: int) -> dict[str, int]:
            notes = document.pages[page - 1].get("/Annots", [])
            return {str(note.Contents): numbers[places[str(note.Dest)][0].objgen] for note in notes}

        sheet = packet.page_of[names.action]
        assert leads(packet.page_of["agenda"]) == {str(sheet): sheet}
        assert leads(sheet)["Goal One"] == packet.page_of["one page"]


def test_closed_and_public_packets_have_the_same_numbers(office: Packets, names: made.Names) -> None:
    public, whole = (told(printed(office, names, audience).pdf) for audience in (Access.PUBLIC, Access.CLOSED))
    for number in ("1A", "2A", "2B", "3A"):
        assert number in public
        assert number in whole
    assert "Closed session Code 54957" in public
    assert "Grievance" in whole
    assert "Grievance" not in public


def test_the_closed_packet_says_confidential_on_every_page(office: Packets, names: made.Names) -> None:
    packet = printed(office, names, Access.CLOSED)
    assert all("CONFIDENTIAL" in text for text in pages(packet.pdf))
    bare = printed(office, names, Access.CLOSED, options=PacketOptions(watermark=""))
    assert not any("CONFIDENTIAL" in text for text in pages(bare.pdf))


def test_dividers_and_appendices_are_printed_when_asked_for(office: Packets, names: made.Names) -> None:
    plain = printed(office, names, options=PacketOptions(plan_pages=False))
    divided = printed(office, names, options=PacketOptions(plan_pages=False, dividers=True))
    assert divided.pages == plain.pages + 1
    assert "Scorecard" not in told(plain.pdf)
    assert failures(divided.pdf, UA1) == set()


# Files of every kind.


def test_each_kind_of_file_is_printed_or_named(office: Packets, names: made.Names) -> None:
    w, at = office._workspace, names.action
    made.attach(w, at, "Text.pdf", made.text_pdf("Plain words"))
    made.attach(w, at, "Scan.pdf", made.scan_pdf(2))
    made.attach(w, at, "Locked.pdf", made.locked_pdf())
    made.attach(w, at, "Owner.pdf", made.locked_pdf(user=""))
    made.attach(w, at, "Broken.pdf", made.text_pdf()[:300])
    made.attach(w, at, "Web.pdf", b"<html><body>not a PDF</body></html>")
    made.attach(w, at, "Empty.pdf", b"")
    made.attach(w, at, "Script.pdf", made.scripted_pdf())
    made.attach(w, at, "Photo.png", made.picture(), alternative_text="A classroom")
    made.attach(w, at, "Undescribed.png", made.picture(70))
    made.attach(w, at, "Letter.md", b"# Dear board\n\nWe *agree*.")
    made.attach(w, at, "Huge.pdf", made.text_pdf("x", 2001))
    packet = printed(office, names)
    texts = pages(packet.pdf)
    whole = " ".join(texts)
    for words in ("Plain words", "Dear board", "Locked.pdf is protected by a password", "Web.pdf is not the kind"):
        assert words in whole
    assert "Huge.pdf has too many pages" in whole
    assert b"canaryscript" not in unpacked(packet.pdf)
    assert b"canaryfile" not in unpacked(packet.pdf)
    findings = office.findings(shot(office, names), {paper.key: paper.facts for paper in packet.papers})
    said = {
        finding.words.partition(":")[2].strip().split(" ")[0].rstrip(":"): finding.weight
        for finding in findings
        if finding.file_id
    }
    must, should = Weight.MUST, Weight.SHOULD
    assert said == {
        "Locked.pdf": must, "Web.pdf": must, "Empty.pdf": must, "Huge.pdf": must, "Text.pdf": should,
        "Scan.pdf": should, "Owner.pdf": should, "Script.pdf": should, "Undescribed.png": should, **(
            {"Broken.pdf": said["Broken.pdf"]}  # repaired or refused: the intake's own tests say which
        ),
    }  # fmt: skip
    assert not packet.accessible
    with pikepdf.open(BytesIO(packet.pdf)) as document:
        claims = document.Root.Metadata.read_bytes()
    assert b"pdfuaid:part" not in claims, "a packet with scans does not claim to be accessible"


def test_a_tagged_file_that_is_verified_keeps_the_claim(office: Packets, names: made.Names) -> None:
    own = printed(office, names, options=PacketOptions(watermark="")).pdf
    made.attach(office._workspace, names.action, "Former packet.pdf", own)
    packet = printed(office, names)
    assert packet.accessible
    assert failures(packet.pdf, UA1) == set()
    assert told(packet.pdf).count("Teachers tried two programs") == 2


def test_an_archival_packet_names_foreign_files_and_is_pdf_a(office: Packets, names: made.Names) -> None:
    made.attach(office._workspace, names.action, "Bids.pdf", made.text_pdf("The bids"))
    packet = printed(office, names, options=PacketOptions(archival=True))
    assert failures(packet.pdf, UA1) | failures(packet.pdf, A2A) == set()
    assert "The bids" not in told(packet.pdf)
    assert "Bids.pdf" in told(packet.pdf)


# Closed stays closed.


def unpacked(pdf: bytes) -> bytes:
    """The whole file with every stream inflated, object streams too, and text strings in plain letters."""
    with pikepdf.open(BytesIO(pdf)) as document:
        out = BytesIO()
        document.save(
            out, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    whole = out.getvalue()
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            whole += zlib.decompress(packed)
        except zlib.error:
            continue
    for text in re.findall(rb"<FEFF([0-9A-Fa-f]*)>", whole):
        whole += bytes.fromhex(text.decode()).decode("utf-16-be", "replace").encode()
    for text in re.findall(rb"<([0-9A-Fa-f]{6,})>", whole):
        if len(text) % 2 == 0:
            whole += bytes.fromhex(text.decode())
    return whole + " ".join(pages(pdf)).encode()


def test_no_canary_of_closed_items_is_anywhere_in_a_public_packet(office: Packets, names: made.Names) -> None:
    w = office._workspace
    counter = iter(range(1000))
    canaries: list[str] = []

    def canary() -> str:
        digest = sha256(str(next(counter)).encode()).hexdigest()[:10]
        word = "zqx" + digest.translate(str.maketrans("0123456789", "ghijklmnop"))
        canaries.append(word)
        return word

    fields = (
        "title",
        "presenter",
        "contact",
        "background",
        "rationale",
        "fiscal_impact",
        "recommended_motion",
        "notes",
    )
    card = w.ask(meeting_card, names.meeting)
    section_id = next(item.section_id for item in card.items() if item.id == names.closed)
    hidden = [names.closed, *(made.item(w, section_id, "x", access=Access.CLOSED, ground="Code 1") for _n in range(5))]
    for ident in hidden:
        w.do("Fill", meetings.edit_item, ident, **{name: f"{canary()} and {canary()}" for name in fields})
        motion = canary()
        w.do("Move", meetings.add_motion, ident, motion, mover=canary(), seconder=canary(), add_as=PersonRole.STAFF)
        goal = made.factories.add_goal(w, canary())
        w.do("Link", meetings.support, ident, "goal", goal)
        pdf = BytesIO()
        with pikepdf.open(BytesIO(made.text_pdf(canary()))) as document:
            document.docinfo["/Title"] = canary()
            document.attachments[f"{canary()}.txt"] = canary().encode()
            document.save(pdf)
        made.attach(w, ident, f"{canary()}.pdf", pdf.getvalue(), alternative_text=canary())
        w.do("Delete", goals.delete_goal, goal)  # what remains of it is in the history alone
    made.attach(w, names.action, f"{canary()}.txt", canary().encode(), access=Access.CLOSED, alternative_text=canary())
    assert len(canaries) > 100
    w.do("Fill", meetings.send_item, names.closed, meetings.ItemState.RETURNED, canary())
    for audience in (Access.PUBLIC, Access.ADMINISTRATIVE):
        whole = unpacked(printed(office, names, audience).pdf)
        assert [word for word in canaries if word.encode() in whole] == []
    closed = unpacked(printed(office, names, Access.CLOSED).pdf)
    assert sum(word.encode() in closed for word in canaries) > 60, "the search finds what is there"


def test_words_of_a_closed_item_in_a_public_file_stop_the_print(office: Packets, names: made.Names) -> None:
    w = office._workspace
    w.do("Edit", meetings.edit_item, names.closed, background="Complaint of Zebulon Quartermain")
    made.attach(w, names.action, "Bids.pdf", made.text_pdf("Complaint of Zebulon Quartermain about pay"))
    with pytest.raises(LeakFound, match=r"Zebulon.*item 3A.*on page \d+"):
        printed(office, names)
    allowed = office.draw(shot(office, names))
    assert "Zebulon" in " ".join(pages(allowed.pdf))
    assert "Zebulon" in " ".join(pages(printed(office, names, Access.CLOSED).pdf))


# Revisions.


def test_a_revision_tells_what_changed_and_keeps_its_file(office: Packets, names: made.Names) -> None:
    w = office._workspace
    first = shot(office, names)
    packet = office.print(first)
    office.record(first, packet)
    (kept,) = w.ask(packets_of, names.meeting)
    assert (kept.revision, kept.pages, kept.sha256) == (0, packet.pages, sha256(packet.pdf).hexdigest())
    assert w.ask(packet_bytes, kept.id) == packet.pdf
    w.do("Edit", meetings.edit_item, names.action, fiscal_impact="Training costs $21,600.")
    second = shot(office, names, note="The price was wrong")
    revised = office.print(second)
    assert [(change.number, change.what) for change in revised.changes] == [
        ("2A", "the fiscal impact: from “$18,400.” to “$21,600.”")
    ]
    texts = pages(revised.pdf)
    assert "What changed in revision 1" in texts[1]
    assert "The price was wrong" in texts[0]
    assert "Page 2 of" in texts[1]
    assert "· Rev 1" in texts[1]
    assert failures(revised.pdf, UA1) == set()
    office.record(second, revised)
    assert [packet.revision for packet in w.ask(packets_of, names.meeting)] == [1, 0]
    assert w.ask(packet_bytes, kept.id) == packet.pdf, "revision 0 is printed again exactly"


def test_a_packet_in_which_nothing_changed_is_known_as_such(office: Packets, names: made.Names) -> None:
    first = shot(office, names)
    packet = office.print(first)
    assert not office.unchanged(first, packet)
    office.record(first, packet)
    again = shot(office, names)
    assert office.unchanged(again, office.print(again))
    office._workspace.do("Edit", policies.edit_policy_text, names.policy, body="# Purpose\n\nAnother text.")
    other = shot(office, names)
    assert not office.unchanged(other, office.print(other)), "an enclosed policy counts"


def test_pages_keep_their_numbers_where_that_is_chosen(office: Packets, names: made.Names) -> None:
    w = office._workspace
    w.do("Edit", meetings.edit_meeting, names.meeting, page_numbers=PageNumbers.KEPT)
    first = shot(office, names)
    packet = office.print(first)
    office.record(first, packet)
    made.attach(w, names.action, "Late.pdf", made.text_pdf("Came late", 2))
    revised = office.print(shot(office, names))
    before = {place.key: place.label for place in reversed(packet.parts)}
    after = {place.key: place.label for place in reversed(revised.parts)}
    assert {key: after[key] for key in before} == before
    late = [place.label for place in revised.parts if place.title.endswith("Late.pdf")]
    assert [label[-1] for label in late] == ["a", "b"]
    document = pypdfium2.PdfDocument(revised.pdf)
    assert [document.get_page_label(n) for n in range(len(document))] == list(revised.labels)
    document.close()


def test_only_what_changed_is_set_again(office: Packets, names: made.Names) -> None:
    first = printed(office, names)
    assert first.set_again > 6
    office._workspace.do("Edit", meetings.edit_item, names.action, rationale="It is quicker.")
    again = office.print(office.snapshot(names.meeting, Access.PUBLIC))
    assert again.set_again <= 3  # the item, and the cover and agenda that carry the time of printing
    other = Packets(office._workspace)
    try:
        assert other.print(other.snapshot(names.meeting, Access.PUBLIC)).pdf == again.pdf, "no trace of what was kept"
    finally:
        other.close()


def test_a_held_meeting_shows_the_plan_as_it_stood(office: Packets, names: made.Names, workspace: Workspace) -> None:
    hold(workspace, names)
    assert "The board supports students" in told(printed(office, names).pdf)


def test_an_enclosed_change_of_a_policy_is_read_aloud(office: Packets, names: made.Names) -> None:
    office._workspace.do("Enclose", meetings.enclose, names.action, Enclosed.POLICY_CHANGES, names.policy)
    packet = printed(office, names)
    assert "What changed in" in told(packet.pdf)
    assert failures(packet.pdf, UA1) == set()


def test_minutes_that_wait_for_approval_stand_in_the_next_packet(office: Packets, names: made.Names) -> None:
    w = office._workspace
    w.do("Move", meetings.add_motion, names.action, "To adopt it", mover="Rosa Finch", add_as=PersonRole.BOARD_MEMBER)
    motion = w.ask(meeting_card, names.meeting)
    (moved,) = next(item for item in motion.items() if item.id == names.action).motions
    w.do("Result", meetings.edit_motion, moved.id, result=MotionResult.PASSED)
    hold(w, names)
    later = made.factories.add(
        w, "meeting", meetings.add_meeting, start=made.factories.EVENING.replace(year=2027, month=1)
    )
    heard = told(office.print(office.snapshot(later, Access.PUBLIC)).pdf)
    assert "To adopt it" in heard
    assert "Rosa Finch" in heard


# What was open, and what is closed by now.


def test_an_item_closed_after_it_was_printed_is_named_by_one_line(office: Packets, names: made.Names) -> None:
    """Our own page of changes must not print what our own search then finds."""
    w = office._workspace
    w.do("Fill", meetings.edit_item, names.action, title="Hiring of Zebulon Quartermain", background="He asks $91,340.")
    made.attach(w, names.action, "Quartermain.txt", b"His letter")
    office.record(shot(office, names), printed(office, names))
    w.do("Close", meetings.edit_item, names.action, access=Access.CLOSED, ground="Code 54957")
    revised = printed(office, names)
    assert [(one.number, one.title, one.what) for one in revised.changes] == [
        ("2A", "Closed session", "now a closed session")
    ]
    for word in (b"Quartermain", b"Zebulon", b"91,340"):
        assert word not in unpacked(revised.pdf)
    office.record(shot(office, names), revised)
    w.do("Open", meetings.edit_item, names.action, access=Access.PUBLIC)
    again = printed(office, names)
    assert [one.what for one in again.changes] == ["now for everybody who reads this packet"]
    sheet = pages(again.pdf)[again.page_of[names.action] - 1]
    assert "54957" not in sheet, "the ground of an item that is open again has no value"


def test_words_that_moved_into_a_closed_item_are_not_quoted_as_changed(office: Packets, names: made.Names) -> None:
    w = office._workspace
    w.do("Fill", meetings.edit_item, names.action, fiscal_impact="Paid to Zebulon Quartermain.")
    office.record(shot(office, names), printed(office, names))
    w.do("Less", meetings.edit_item, names.action, fiscal_impact="Paid to a coach.")
    w.do("More", meetings.edit_item, names.closed, background="The coach is Zebulon Quartermain.")
    assert [one.what for one in printed(office, names).changes] == ["the fiscal impact: changed"]


def test_a_note_for_the_cover_is_looked_through_too(office: Packets, names: made.Names) -> None:
    w = office._workspace
    office.record(shot(office, names), printed(office, names))
    w.do("More", meetings.edit_item, names.closed, background="The coach is Zebulon Quartermain.")
    with pytest.raises(LeakFound):
        printed(office, names, note="Without Mr. Quartermain.")


@pytest.mark.parametrize("field", ["title", "background", "rationale", "fiscal_impact", "recommended_motion"])
def test_a_name_typed_into_an_open_item_is_told_and_holds_nothing(
    office: Packets, names: made.Names, field: str
) -> None:
    w = office._workspace
    w.do("Fill", meetings.edit_item, names.closed, background="Grievance of Ximena Zubiría, heard in May.")
    assert not [one for one in office.preflight(shot(office, names)) if one.code == "typed"]
    w.do("Fill", meetings.edit_item, names.action, **{field: "Thanks to **Ximena** Zubiría for the work in May."})
    (found,) = (one for one in office.preflight(shot(office, names)) if one.code == "typed")
    assert found.weight is Weight.SHOULD
    assert (found.item_id, found.fix, found.place) == (names.action, field, "2A")
    assert "“Ximena Zubiría” stands in 3A" in found.words
    printed(office, names)  # it is no leak: somebody wrote it there


def test_who_presents_to_the_board_is_no_secret_of_a_closed_item(office: Packets, names: made.Names) -> None:
    w = office._workspace
    w.do("Fill", meetings.edit_item, names.closed, background="Otto Lindgren presents the case.")
    w.do("Fill", meetings.edit_item, names.action, presenter="Otto Lindgren", background="As Otto Lindgren will show.")
    assert not [one for one in office.preflight(shot(office, names)) if one.code == "typed"]


def test_a_returned_item_is_on_no_paper(office: Packets, names: made.Names) -> None:
    w = office._workspace
    made.attach(w, names.action, "Bids.txt", b"The bids")
    w.do("Return", meetings.send_item, names.action, meetings.ItemState.RETURNED, "No price")
    packet = printed(office, names)
    assert "Reading materials" not in told(packet.pdf)
    assert not packet.papers
    assert "Reading materials" not in told(office.agenda(shot(office, names)).pdf)
    assert "2A was returned and waits for an answer" in [one.words for one in office.preflight(shot(office, names))]


@pytest.mark.parametrize("where", ["alternative text", "bookmark", "title", "table", "bold", "two lines", "file name"])
def test_a_canary_is_found_wherever_it_hides_in_a_public_file(office: Packets, names: made.Names, where: str) -> None:
    w, name = office._workspace, "Ximena Zubiría"
    w.do("Fill", meetings.edit_item, names.closed, background="La queja contra **Ximena** Zubiría sigue.")
    match where:
        case "alternative text":
            made.attach(w, names.action, "a.pdf", made.described_pdf(f"Foto de {name}"))
        case "bookmark" | "title":  # neither is taken over from a file that is bound
            made.attach(w, names.action, "a.pdf", made.named_pdf(name))
            assert name.encode() not in unpacked(printed(office, names).pdf)
            return
        case "table":
            made.attach(w, names.action, "a.md", b"| Name | N |\n|---|---|\n| Ximena | 1 |\n| Zubiria | 2 |")
        case "bold":
            made.attach(w, names.action, "a.md", "Con **Xim**ena **Zubiría** y otros.".encode())
        case "two lines":
            made.attach(w, names.action, "a.pdf", made.lines_pdf("de Ximena", "Zubiria ayer"))
        case "file name":
            made.attach(w, names.action, "a.txt", b"see ximena_zubiria.docx")
    with pytest.raises(LeakFound, match="3A"):
        printed(office, names)


# Answers.


def answer(office: Packets, at: Snapshot, reason: str = "It was told in public.") -> None:
    office.clear(at, office.leaks(at, office.draw(at)), ClearedAs.PUBLIC, reason)


def leaky(office: Packets, names: made.Names) -> None:
    w = office._workspace
    w.do("Edit", meetings.edit_item, names.closed, background="Complaint of Zebulon Quartermain")
    made.attach(w, names.action, "Bids.pdf", made.text_pdf("Complaint of Zebulon Quartermain about pay"))


def test_an_answered_finding_is_printed_and_falls_with_either_page(office: Packets, names: made.Names) -> None:
    w = office._workspace
    leaky(office, names)
    answer(office, shot(office, names))
    assert "Zebulon" in " ".join(pages(printed(office, names).pdf))
    w.do("Other", meetings.edit_item, names.action, rationale="Elsewhere on the agenda.")
    printed(office, names)
    w.do("Edit", meetings.edit_item, names.closed, background="Complaint of Zebulon Quartermain about pay and more")
    with pytest.raises(LeakFound):
        printed(office, names)
    answer(office, shot(office, names))
    printed(office, names)
    made.attach(w, names.action, "More.txt", b"Zebulon Quartermain once more")
    with pytest.raises(LeakFound, match="Zebulon"):
        printed(office, names)


def test_answers_stand_in_the_record_of_who_may_read_the_words_and_in_no_public_copy(
    office: Packets, names: made.Names
) -> None:
    leaky(office, names)
    answer(office, shot(office, names), "The wind told it to everybody.")
    for audience, may in ((Access.PUBLIC, False), (Access.ADMINISTRATIVE, False), (Access.CLOSED, True)):
        packet = office.draw(shot(office, names, audience))
        assert (b"The wind told it" in unpacked(packet.pdf)) is may
        assert ("The wind told it" in told(packet.pdf)) is may
    assert "The wind" not in office.draw(shot(office, names)).record.to_json()


def test_a_reason_is_a_sentence_and_a_second_answer_takes_the_place_of_the_first(
    office: Packets, names: made.Names
) -> None:
    leaky(office, names)
    with pytest.raises(InvalidInput, match="in a sentence"):
        answer(office, shot(office, names), " . ")
    answer(office, shot(office, names), "First.")
    answer(office, shot(office, names), "Second.")
    (kept,) = office._workspace.ask(clearances_of, names.meeting)
    assert (kept.reason, kept.words) == ("Second.", "Complaint of Zebulon Quartermain")


# In another language, from another file.


@pytest.fixture
def spanish() -> None:
    i18n.use("es", resources.folder("locale"))


def test_a_packet_in_another_language_has_no_changes(
    office: Packets, names: made.Names, request: pytest.FixtureRequest
) -> None:
    before = shot(office, names)
    english = office.print(before)
    office.record(before, english)
    request.getfixturevalue("spanish")
    at = shot(office, names)
    other = office.print(at)
    assert not other.changes
    assert office.unchanged(at, other)
    assert office.kept(at) is None
    same = office.in_this_language(at)
    assert same.data.revision == 0
    packet = office.print(same)
    assert "Materiales" not in told(packet.pdf)
    assert "· Rev 0" in pages(packet.pdf)[1]
    office.record(same, packet)
    kept = office.kept(shot(office, names))
    assert kept is not None
    assert office._workspace.ask(packet_bytes, kept.id) == packet.pdf


def test_a_meeting_older_than_the_history_of_its_file_prints(workspace: Workspace, data: Path) -> None:
    whole = {
        "plans": [{"title": "Plan", "state": "adopted", "adopted_on": "2026-01-01", "goals": [{"title": "Readers"}]}],
        "meetings": [{
            "start": "2020-11-10T18:30", "state": "held", "frozen_at": "2020-11-10T22:00:00+00:00",
            "sections": [{"title": "Open", "items": [{"title": "Public matter", "type": "action"}]}],
        }],
    }  # fmt: skip
    workspace.bring_in("Import", load, whole)
    (row,) = workspace.ask(meeting_rows)
    book = workspace.ask(book_in_force, workspace.clock.today())
    workspace.do("Later", goals.edit_goal, book.goals[0].id, title="Writers")
    office = Packets(workspace, data / "prepared")
    try:
        at = office.snapshot(row.id, Access.PUBLIC)
        assert [goal.title for goal in at.data.book.goals] == ["Readers"], "as it came with the meeting"
        assert "Public matter" in told(office.print(at).pdf)
    finally:
        office.close()


# Cancel, empty, refused.


def test_printing_stops_when_asked(office: Packets, names: made.Names) -> None:
    with pytest.raises(Cancelled):
        office.print(shot(office, names), cancelled=lambda: True)
    told_shares: list[float] = []
    office.print(shot(office, names), progress=lambda share, _words: told_shares.append(share))
    assert told_shares == sorted(told_shares)
    assert told_shares[-1] <= 1


def test_a_meeting_without_anything_prints(office: Packets, workspace: Workspace) -> None:
    meeting = made.factories.add(workspace, "meeting", meetings.add_meeting)
    packet = office.print(office.snapshot(meeting, Access.PUBLIC))
    assert "There is nothing on this agenda yet" in told(packet.pdf)
    assert failures(packet.pdf, UA1) == set()
    words = [finding.words for finding in office.preflight(office.snapshot(meeting, Access.PUBLIC))]
    assert words[:2] == ["The meeting has no date.", "There is nothing on the agenda."]


def test_the_pre_flight_names_what_an_item_lacks(office: Packets, names: made.Names) -> None:
    w = office._workspace
    w.do("Edit", meetings.edit_item, names.action, recommended_motion="", minutes=None)
    w.do("Edit", meetings.edit_item, names.closed, ground="")
    found = office.preflight(shot(office, names))
    said = [finding.words for finding in found if finding.weight is Weight.MUST]
    assert said == ["2A has no recommended motion", "3A is closed and names no law that allows it"]
    assert "2A has no time planned" in [finding.words for finding in found]


def test_hostile_words_in_every_field_print_as_words(office: Packets, names: made.Names) -> None:
    w, hostile = office._workspace, "</b><img src='x'/>\\) Tj (& \u202e <%=1%> %%EOF endobj"
    fields = ("title", "presenter", "contact", "background", "rationale", "fiscal_impact", "recommended_motion")
    w.do("Edit", meetings.edit_item, names.action, **dict.fromkeys(fields, hostile))
    w.do("Edit", meetings.edit_meeting, names.meeting, title=hostile, place=hostile, taking_part=hostile)
    made.attach(w, names.action, "a'b<c.md", hostile.encode())
    packet = printed(office, names)
    assert failures(packet.pdf, UA1) | failures(packet.pdf, A2A) == set()
    assert packet.pages > 5


def test_the_day_of_a_policy_is_kept(office: Packets, names: made.Names) -> None:
    """An enclosure may say since when changes are told."""
    w = office._workspace
    w.do("Enclose", meetings.enclose, names.action, Enclosed.POLICY_CHANGES, names.policy, since=date(2020, 1, 1))
    assert "All of its text was added" in told(printed(office, names).pdf)


def test_consent_items_are_marked_and_pulled_ones_are_not(office: Packets, names: made.Names) -> None:
    w = office._workspace
    assert "1A *" in told(printed(office, names).pdf)
    consent = next(item for item in w.ask(meeting_card, names.meeting).items() if item.number == "1A")
    assert consent.type is ItemType.CONSENT
    w.do("Pull", meetings.pull_item, consent.id, True)
    heard = told(printed(office, names).pdf)
    assert "1A *" not in heard
    assert "taken out of consent" in heard


def test_a_described_file_is_stored_once_for_each_content(workspace: Workspace, names: made.Names) -> None:
    one = made.attach(workspace, names.action, "A.pdf", made.text_pdf())
    two = made.attach(workspace, names.closed, "B.pdf", made.text_pdf())
    rows = made.factories.dump(workspace)["attachment"]
    assert rows[one]["sha256"] == rows[two]["sha256"]
    workspace.do("Move", files.move_file, one, 0)


def test_a_late_posting_stays_on_the_cover_and_in_the_record(
    workspace: Workspace, office: Packets, names: made.Names
) -> None:
    before = printed(office, names)
    deadline = office.snapshot(names.meeting, Access.PUBLIC).deadline
    workspace.do("Post", meetings.post_meeting, names.meeting, datetime(2026, 12, 8, 8, 30), deadline)
    late = printed(office, names)
    assert "Posted 34 h before; 72 required" in pages(late.pdf)[0]
    assert "required" not in pages(before.pdf)[0]
    assert late.record.meeting["posted_at"] == "2026-12-08 08:30:00"
    assert late.record.meeting["posted_notice"] == "72 hours"
    assert read_record(late.record.to_json()) == late.record
    workspace.do("Move", meetings.edit_meeting, names.meeting, start=datetime(2026, 12, 16, 18, 30))
    assert "must be posted anew" in pages(printed(office, names).pdf)[0]


def test_a_file_of_which_no_word_could_be_read_is_told(
    workspace: Workspace, office: Packets, names: made.Names
) -> None:
    """As where the reader of its words did not survive it: then nothing withheld can be found there."""
    made.attach(workspace, names.action, "Letter.pdf", made.text_pdf())
    whole = shot(office, names)
    (file,) = (file for item in whole.whole.items() for file in item.files)
    mute = replace(office.take_in(whole)[file.id], text="")
    assert not [one for one in office.preflight(whole) if one.code == "unread"]
    whole = replace(whole, imported={(file.sha256, file.name, file.alternative_text): mute})
    told = [one.words for one in office.preflight(whole) if one.code == "unread"]
    assert told == ["2A: no words could be read in Letter.pdf, so none could be looked through"]


# Files that did not come along.


def test_a_file_that_is_not_here_has_a_page_that_says_so_until_it_comes(
    workspace: Workspace, names: made.Names, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "LIGHT", 10)
    made.attach(workspace, names.action, "Bids.pdf", made.text_pdf("The bids", 3))
    workspace.publish()
    sent = tmp_path / "sent" / place.name
    sent.parent.mkdir()
    shutil.copy(place, sent)
    theirs = reopen(sent, tmp_path / "data elsewhere", clock=workspace.clock)
    office = Packets(theirs, tmp_path / "prepared elsewhere")
    seen = shot(office, names)
    found = [finding for finding in office.preflight(seen) if finding.weight is Weight.MUST and "Bids" in finding.words]
    assert [finding.words for finding in found] == [
        "2A: Bids.pdf is not on this computer: the plan came without it. A page in the packet says so."
    ]
    packet = printed(office, names)
    (page,) = [text for text in pages(packet.pdf) if "Not in this packet" in text]
    assert "Bids.pdf is not on this computer" in page
    assert failures(packet.pdf, UA1) == set()
    shutil.copytree(place.with_name(f"{place.stem} files"), sent.with_name("Files from the office"))
    assert sum("The bids" in text for text in pages(printed(office, names).pdf)) == 3
    office.close()
    theirs.close()
