"""Beside an agenda: the clock, the list before posting, and the packet that is printed, kept and printed again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

import factories
import packets
from gui.meeting_window import (
    LONG,
    Wall,
    banners,
    from_menu,
    go,
    item,
    key,
    keys,
    meeting,
    open_window,
    page,
    press,
    retype,
    rows,
    said,
    verb,
    with_meeting,
    words_on,
)
from planstudio.domain.kinds import Access, ClearedAs, ItemState, ItemType, MeetingState
from planstudio.domain.places import OVERVIEW, Place
from planstudio.gui.pages.goal_page import GoalPage
from planstudio.gui.pages.item_page import ItemPage
from planstudio.gui.pages.meeting_page import MeetingPage
from planstudio.gui.pages.packet_maker import State
from planstudio.gui.theme import gap
from planstudio.gui.window import Window
from planstudio.operations import meetings, plans
from planstudio.operations.files import detach_file
from planstudio.queries.clearances import clearances_of
from planstudio.queries.meetings import packet_bytes
from planstudio.queries.plans import organization_card


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def window(qtbot: Any, dressed: QApplication, data: Path, tmp_path: Path, wall: Wall) -> Iterator[Window]:
    made = open_window(qtbot, data, wall)
    made.names = with_meeting(made, tmp_path / "Board.planstudio")
    yield made
    made.close()


def pane(window: Window) -> Any:
    return window.plan.view.packet


def printed(window: Window, qtbot: Any) -> None:
    """Until the packet on the screen is that of the plan as it is now."""

    def ready() -> bool:
        here = pane(window)
        return here.maker.made is not None and not here.maker.is_busy

    qtbot.waitUntil(ready, timeout=LONG)
    QApplication.processEvents()  # the lines made just now are laid out


def texts(pdf: bytes) -> list[str]:
    """The words of each page."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        return [one.get_textpage().get_text_bounded() for one in file]
    finally:
        file.close()


def shown_text(window: Window) -> str:
    """All words of the packet that is on the screen."""
    return " ".join(" ".join(texts(pane(window).maker.made.printed.pdf)).split())


def labels(window: Window) -> list[str]:
    pages = pane(window).pages.model()
    return [pages.index(n, 0).data() for n in range(pages.rowCount())]


def keep(window: Window, qtbot: Any, monkeypatch: Any, path: Path) -> bytes:
    """Print and keep, as the file *path*."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    from_menu(pane(window).print.menu(), "Print and keep this revision")
    return path.read_bytes()


# ── the clock


def clock(window: Window) -> tuple[str, str, str]:
    here = pane(window)
    return here.due.text(), here.by.text(), "" if here.rule.isHidden() else here.rule.accessibleName()


def test_the_clock_tells_how_long_there_is_to_post(window: Window, wall: Wall) -> None:
    window.go(Place("meeting", window.names.meeting))
    head, line, rule = clock(window)
    assert head == "2 days, 7 hours to post"
    assert "December 6" in line
    assert "6:30 PM" in line
    assert rule.startswith("72 hours before the meeting")
    wall.now = datetime(2026, 12, 6, 17, 45)
    pane(window)._tick.timeout.emit()
    assert clock(window)[0] == "45 minutes to post"
    wall.now = datetime(2026, 12, 6, 16, 29)
    pane(window)._tick.timeout.emit()
    assert clock(window)[0] == "2 hours, 1 minute to post"


def test_a_minute_too_late_is_told_and_listed(window: Window, wall: Wall, qtbot: Any) -> None:
    wall.now = datetime(2026, 12, 6, 18, 31)
    window.go(Place("meeting", window.names.meeting))
    assert clock(window)[0] == "The time to post is over"
    printed(window, qtbot)
    assert "The agenda was due to be posted by" in words_on(pane(window))
    assert pane(window).post.isEnabled()  # late is better than never


def test_without_a_rule_or_a_date_the_clock_says_what_to_do(window: Window) -> None:
    district = window.plan.desk.ask(organization_card)
    window.go(Place("meeting", window.names.meeting))
    window.plan.desk.do("No rule", plans.edit_organization, district.id, posting_rule="")
    assert clock(window)[0] == "No posting rule"
    assert "the date and the rule" in clock(window)[1]
    window.plan.desk.do("Its own", meetings.edit_meeting, window.names.meeting, posting_rule="3 business days")
    assert "to post" in clock(window)[0]
    assert clock(window)[2].startswith("3 business days before the meeting")
    window.plan.desk.do("No date", meetings.edit_meeting, window.names.meeting, start=None)
    assert clock(window)[0] == "No date yet"
    assert not pane(window).post.isEnabled()


def test_a_span_of_whole_hours_is_never_empty(window: Window, wall: Wall) -> None:
    wall.now = datetime(2026, 12, 6, 18, 29, 40)
    window.go(Place("meeting", window.names.meeting))
    assert clock(window)[0].endswith("to post")
    assert clock(window)[0].split()[0].isdigit()


def test_an_agenda_is_posted_and_undo_takes_that_back(window: Window, qtbot: Any) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    for one in meeting(window, window.names.meeting).items():
        window.plan.desk.do("Fill", meetings.edit_item, one.id, ground="Sec. 1", recommended_motion="To do it.")
    printed(window, qtbot)
    press(pane(window), "Post agenda")
    card = meeting(window, window.names.meeting)
    assert (card.state, card.posted_at) == (MeetingState.POSTED, datetime(2026, 12, 4, 11, 20))
    assert clock(window)[:2] == ("Posted", "Friday, December 4, 2026, at 11:20 AM")
    assert not pane(window).post.isEnabled()
    assert "counts as posted now" in said(window)
    assert shown.line.text() == "6:30 PM, Birch Room. Agenda posted."
    focus = QApplication.focusWidget()
    assert focus is not pane(window).audience, "the next key would choose another audience"
    assert "Posted" in focus.accessibleName()
    window.plan.desk.undo()
    assert meeting(window, window.names.meeting).state is MeetingState.DRAFT
    assert pane(window).post.isEnabled()
    assert "to post" in clock(window)[0]


def test_what_must_be_done_first_is_said_before_posting_and_lateness_stays(
    window: Window, wall: Wall, qtbot: Any
) -> None:
    wall.now = datetime(2026, 12, 8, 8, 30)
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    printed(window, qtbot)
    press(pane(window), "Post agenda")
    assert meeting(window, window.names.meeting).posted_at is None
    assert "must be done before posting" in pane(window).by.text()
    press(pane(window), "Post all the same")
    card = meeting(window, window.names.meeting)
    assert (card.posted_at, card.posted_for) == (datetime(2026, 12, 8, 8, 30), datetime(2026, 12, 9, 18, 30))
    assert clock(window)[0] == "Posted late"
    assert clock(window)[1].endswith("Posted 34 h before; 72 required")
    assert "Posted 34 h before; 72 required" in shown.line.text()
    window.plan.desk.do("Move", meetings.edit_meeting, window.names.meeting, start=datetime(2026, 12, 16, 18, 30))
    assert meeting(window, window.names.meeting).state is MeetingState.DRAFT
    assert pane(window).post.text() == "Post anew"
    assert "It was posted for Wednesday, December 9, 2026" in clock(window)[1]
    for one in meeting(window, window.names.meeting).items():
        window.plan.desk.do("Fill", meetings.edit_item, one.id, ground="Sec. 1", recommended_motion="To do it.")
    printed(window, qtbot)
    press(pane(window), "Post anew")
    assert meeting(window, window.names.meeting).posted_for == datetime(2026, 12, 16, 18, 30)
    assert clock(window)[0] == "Posted"


def test_a_held_meeting_has_no_clock_any_more(window: Window) -> None:
    window.plan.desk.do("Held", meetings.hold_meeting, window.names.meeting, "2026-12-09T20:30:00+00:00")
    window.go(Place("meeting", window.names.meeting))
    assert clock(window)[0] == "Held"
    assert not pane(window).post.isVisible()


def test_a_template_has_neither_clock_nor_packet(window: Window, qtbot: Any) -> None:
    window.plan.desk.do("Keep", meetings.add_template, window.names.meeting, "Usual")
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    printed(window, qtbot)
    template = next(one for one in rows(window) if one.state is MeetingState.TEMPLATE)
    window.go(Place("meeting", template.id))
    assert shown.ident == template.id
    assert not pane(window).clock.isVisible()
    assert labels(window) == []


def test_nothing_of_another_meeting_is_said_of_a_template(window: Window, qtbot: Any) -> None:
    window.plan.desk.do("No motion", meetings.edit_item, window.names.action, recommended_motion="")
    window.plan.desk.do("Keep", meetings.add_template, window.names.meeting, "Usual")
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    template = next(one for one in rows(window) if one.state is MeetingState.TEMPLATE)
    window.go(Place("meeting", template.id))
    QApplication.processEvents()
    assert "has no recommended motion" not in words_on(pane(window))
    assert "pages" not in pane(window).pages_count.text()


def test_while_the_next_meeting_is_set_no_page_of_the_last_is_seen(window: Window, qtbot: Any) -> None:
    other = factories.add(window.plan.workspace, "meeting", meetings.add_meeting, start=datetime(2027, 1, 12, 18, 30))
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    assert labels(window)
    window.go(Place("meeting", other))
    assert labels(window) == [], "nothing but this meeting's own pages, once they are set"
    assert not pane(window).print.isEnabled()
    assert "page" not in pane(window).pages_count.text()
    printed(window, qtbot)
    assert "January 12" in shown_text(window)
    assert labels(window)


# ── the list before posting


def test_each_line_leads_to_what_mends_it(window: Window, qtbot: Any) -> None:
    names = window.names
    window.plan.desk.do("Less", meetings.edit_item, names.action, recommended_motion="", minutes=None)
    window.plan.desk.do("Less", meetings.edit_item, names.closed, ground="", title="")
    window.plan.desk.do("Less", meetings.edit_meeting, names.meeting, place="")
    picture = packets.attach(window.plan.workspace, names.action, "Room.png", packets.picture())
    window.go(Place("meeting", names.meeting))
    printed(window, qtbot)
    pane(window).more.click()
    ways = {
        "2A has no recommended motion: Write it": (names.action, lambda p: p.sheet["recommended_motion"].field),
        "2A has no time planned: Plan it": (names.action, lambda p: p.minutes.entry),
        "3A is closed and names no law that allows it: Name it": (names.closed, lambda p: p.ground.entry),
        "2A: Room.png is a picture that nobody has described: Describe it": (
            names.action,
            lambda p: next(row for row in p.files.rows if row.card.id == picture).description.entry,
        ),
    }
    for words, (ident, field) in ways.items():
        window.go(Place("meeting", names.meeting))
        press(pane(window), words)
        shown = page(window, ItemPage)
        assert shown.ident == ident
        assert field(shown).hasFocus(), words
    press(pane(window), "The meeting has no place.: Set it")
    assert page(window, MeetingPage).form.place.entry.hasFocus()


def test_the_field_that_mends_it_is_seen(window: Window, qtbot: Any) -> None:
    window.resize(1440, 700)
    for n in range(4):
        packets.attach(window.plan.workspace, window.names.action, f"Room {n}.png", packets.picture(60 + n))
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    press(pane(window), "2A Room 0.png, 2A Room 1.png and 2 more: Describe it")
    press(pane(window), "2A: Room 3.png is a picture that nobody has described: Describe it")
    entry = page(window, ItemPage).files.rows[3].description.entry
    qtbot.waitUntil(lambda: entry.hasFocus())
    QApplication.processEvents()
    assert not entry.visibleRegion().isEmpty()


def test_a_returned_item_leads_to_its_verb(window: Window, qtbot: Any) -> None:
    window.plan.desk.do("Return", meetings.send_item, window.names.action, ItemState.RETURNED, "No quotation")
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    press(pane(window), "2A was returned and waits for an answer: Look at it")
    assert page(window, ItemPage).verbs[ItemState.SUBMITTED].hasFocus()


def test_what_is_mended_leaves_the_list_and_the_count(window: Window, qtbot: Any) -> None:
    window.plan.desk.do("Less", meetings.edit_item, window.names.action, recommended_motion="")
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    printed(window, qtbot)
    assert "1 to look at" in words_on(pane(window))
    retype(shown.sheet["recommended_motion"], "I move to adopt it.")
    printed(window, qtbot)
    assert "has no recommended motion" not in words_on(pane(window))
    assert pane(window).count.text() == "nothing left to do"


def test_the_agenda_marks_the_items_that_somebody_should_look_at(window: Window, qtbot: Any) -> None:
    window.plan.desk.do("Less", meetings.edit_item, window.names.action, recommended_motion="")
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    printed(window, qtbot)
    assert list(shown.agenda.findings) == [window.names.action]


def test_the_same_advice_is_given_once_however_often_it_is_needed(window: Window, qtbot: Any) -> None:
    section = meeting(window, window.names.meeting).sections[1].id
    for n in range(90):
        packets.item(window.plan.workspace, section, f"Motion {n}", type=ItemType.ACTION, minutes=1)
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    lines = pane(window).preflight.list.lines
    assert [line.advice.count for line in lines if line.advice.code == "motion"] == [90]
    assert "2C, 2D and 88 more" in words_on(pane(window))
    press(pane(window), "2C, 2D and 88 more: Write it")
    press(pane(window), "2D has no recommended motion: Write it")
    assert page(window, ItemPage).number.text() == "Item 2D"


def test_a_file_that_cannot_be_read_shows_its_reason_beside_it(window: Window, qtbot: Any) -> None:
    packets.attach(window.plan.workspace, window.names.action, "Secret.pdf", packets.locked_pdf())
    packets.attach(window.plan.workspace, window.names.action, "Fine.png", packets.picture(), alternative_text="A wall")
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    printed(window, qtbot)
    QApplication.processEvents()
    locked, fine = shown.files.rows
    qtbot.waitUntil(lambda: "protected by a password" in words_on(locked))
    assert "password" not in words_on(fine)
    assert any("Secret.pdf" in words for words in labels(window)) or "protected by a password" in shown_text(window)


def test_the_reason_is_beside_the_file_also_when_the_item_is_opened_later(window: Window, qtbot: Any) -> None:
    packets.attach(window.plan.workspace, window.names.action, "Secret.pdf", packets.locked_pdf())
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    QApplication.processEvents()
    assert "protected by a password" in words_on(shown.files)


# ── the pages


def test_the_pages_appear_with_their_numbers_and_a_change_prints_them_anew(window: Window, qtbot: Any) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    printed(window, qtbot)
    assert labels(window)[:2] == ["1  Cover", "2  Agenda"]
    assert pane(window).pages_count.text() == f"{len(labels(window))} pages"
    qtbot.waitUntil(lambda: 0 in pane(window).pages.pictures)
    assert "Teachers tried two programs." in shown_text(window)
    retype(shown.sheet["background"], "Teachers tried three programs.")
    qtbot.waitUntil(lambda: "Teachers tried three programs." in shown_text(window), timeout=LONG)
    printed(window, qtbot)
    retype(shown.title, "Materials for reading")
    qtbot.waitUntil(lambda: any("Materials" in words for words in labels(window)), timeout=LONG)


def test_a_page_opens_its_item_and_an_item_shows_its_page(window: Window, qtbot: Any) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    printed(window, qtbot)
    pages = pane(window).pages
    shown.agenda.setFocus()
    shown.agenda.setCurrentItem(shown.agenda._rows()[3])
    assert "2A" in pages.currentIndex().data()
    QTest.keyClick(pages, Qt.Key.Key_Return)
    assert window.plan.view.here == ("agenda_item", window.names.action)


def test_each_audience_sees_its_own(window: Window, qtbot: Any) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    audience = pane(window).audience

    def read_by(access: Access) -> str:
        audience.setFocus()
        audience.setCurrentIndex(audience.findData(access))
        audience.activated.emit(audience.currentIndex())
        qtbot.waitUntil(lambda: pane(window).maker.made.shot.data.audience is access, timeout=LONG)
        return shown_text(window)

    public = shown_text(window)
    assert "Grievance" not in public
    assert "Staffing of offices" not in public
    inner = read_by(Access.ADMINISTRATIVE)
    assert "Staffing of offices" in inner
    assert "Grievance" not in inner
    assert "Grievance" in read_by(Access.CLOSED)
    assert "Grievance" not in read_by(Access.PUBLIC)


def test_the_options_change_what_is_printed(window: Window, qtbot: Any) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    before = len(labels(window))
    menu = pane(window).print.menu()
    from_menu(menu, "Dividers between sections")
    qtbot.waitUntil(lambda: len(labels(window)) > before, timeout=LONG)
    printed(window, qtbot)
    from_menu(menu, "Dividers between sections")
    qtbot.waitUntil(lambda: len(labels(window)) == before, timeout=LONG)
    printed(window, qtbot)
    from_menu(menu, "The plan’s pages behind the items")
    qtbot.waitUntil(lambda: len(labels(window)) < before, timeout=LONG)


# ── printing and keeping


def test_a_packet_is_printed_kept_and_printed_again_to_the_byte(
    window: Window, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    pdf = keep(window, qtbot, monkeypatch, tmp_path / "packet.pdf")
    (kept,) = meeting(window, window.names.meeting).packets
    assert (kept.revision, kept.audience) == (0, Access.PUBLIC)
    assert window.plan.desk.ask(packet_bytes, kept.id) == pdf
    assert "Saved packet.pdf." in said(window)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == kept.pages == len(labels(window))
    printed(window, qtbot)
    assert pane(window).status.text().startswith("Nothing has changed since Rev 0")
    again = tmp_path / "again.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(again), ""))
    pane(window).printing._again.aboutToShow.emit()
    (line,) = pane(window).printing._again.actions()
    assert line.text() == "Public, Rev 0, Friday, December 4, 2026, at 11:20 AM"
    line.trigger()
    assert again.read_bytes() == pdf
    same = keep(window, qtbot, monkeypatch, tmp_path / "same.pdf")
    assert same == pdf  # nothing has changed: no new revision
    assert len(meeting(window, window.names.meeting).packets) == 1


def test_a_change_makes_a_revision_with_a_page_of_changes_and_its_words(
    window: Window, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    shown = go(window, ItemPage, Place("agenda_item", window.names.action))
    printed(window, qtbot)
    assert not pane(window).note.isVisible()
    keep(window, qtbot, monkeypatch, tmp_path / "rev0.pdf")
    printed(window, qtbot)
    retype(shown.sheet["fiscal_impact"], "Training costs $21,000.")
    qtbot.waitUntil(lambda: "Rev 1" in pane(window).status.text(), timeout=LONG)
    printed(window, qtbot)
    assert "1 change" in pane(window).status.text()
    assert pane(window).note.isVisible()
    retype(pane(window).note, "New price of the training.")
    printed(window, qtbot)
    pdf = keep(window, qtbot, monkeypatch, tmp_path / "rev1.pdf")
    first = " ".join(" ".join(texts(pdf)[:2]).split())
    assert "New price of the training." in first
    assert "$21,000" in " ".join(texts(pdf))
    assert [one.revision for one in meeting(window, window.names.meeting).packets] == [1, 0]
    assert pane(window).note.entry.text() == ""
    window.plan.desk.undo()
    assert [one.revision for one in meeting(window, window.names.meeting).packets] == [0]


def test_a_preview_is_saved_and_not_kept(window: Window, qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    path = tmp_path / "preview.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    from_menu(pane(window).print.menu(), "Save a preview")
    assert path.read_bytes().startswith(b"%PDF")
    assert meeting(window, window.names.meeting).packets == ()


def test_who_calls_the_saving_off_or_cannot_write_keeps_no_revision(
    window: Window, qtbot: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    for path, told in (("", ""), (str(tmp_path / "no such folder" / "p.pdf"), "cannot be written")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, path=path, **_k: (path, ""))
        from_menu(pane(window).print.menu(), "Print and keep this revision")
        assert told in said(window)
    assert meeting(window, window.names.meeting).packets == ()


def test_the_name_of_the_file_says_meeting_day_reader_and_revision(
    window: Window, qtbot: Any, monkeypatch: Any
) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    asked: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given, **_k: (asked.append(given[2]), ("", ""))[1])
    from_menu(pane(window).print.menu(), "Print and keep this revision")
    assert Path(asked[0]).name == "2026-12-09 Regular meeting, public, Rev 0.pdf"


def test_cancel_stops_the_printing_and_the_next_change_goes_on(window: Window, qtbot: Any) -> None:
    for n in range(6):
        packets.attach(window.plan.workspace, window.names.action, f"Long {n}.pdf", packets.text_pdf(f"Long {n}", 40))
    window.go(Place("meeting", window.names.meeting))
    press(pane(window), "Cancel")
    assert pane(window).status.text().startswith("Stopped")
    assert not pane(window).cancel.isVisible()
    assert pane(window).maker.made is None
    window.plan.desk.do("Plan", meetings.edit_item, window.names.action, minutes=20)
    printed(window, qtbot)
    assert len(labels(window)) > 240
    assert pane(window).print.isEnabled()


SECRET = "The grievance of Otto Lindgren against his principal is upheld."


def leaking(window: Window, qtbot: Any, words: str = SECRET) -> str:
    """A packet with words of the closed item in a public file; the file's id."""
    window.plan.desk.do("Write", meetings.edit_item, window.names.closed, background=SECRET)
    slip = packets.attach(window.plan.workspace, window.names.action, "Letter.pdf", packets.text_pdf(words))
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    return slip


def keeping(window: Window) -> list[bool]:
    """Whether the packet can be kept and saved now."""
    wanted = ("Print and keep", "Save a preview")
    return [one.isEnabled() for one in pane(window).print.menu().actions() if one.text().startswith(wanted)]


def test_words_that_its_reader_may_not_see_hold_keeping_and_posting_and_nothing_else(
    window: Window, qtbot: Any
) -> None:
    slip = leaking(window, qtbot)
    assert "of item 3A" in pane(window).status.text()
    assert keeping(window) == [False, False]
    assert labels(window), "the pages are there to be looked at"
    press(pane(window), "Post agenda")
    assert meeting(window, window.names.meeting).state is MeetingState.DRAFT
    assert "Not posted" in pane(window).by.text()
    assert "of item 3A" in pane(window).by.text()
    assert not said(window), "a line that stays would be false when the finding is answered"
    window.plan.desk.do("Less", meetings.edit_item, window.names.action, recommended_motion="")
    printed(window, qtbot)
    assert "has no recommended motion" in words_on(pane(window)), "the list goes on with every change"
    window.plan.desk.do("Mend", detach_file, slip)
    printed(window, qtbot)
    assert keeping(window) == [True, True]


def test_a_leak_shows_both_places_and_is_answered_with_a_reason(window: Window, qtbot: Any) -> None:
    leaking(window, qtbot)
    here = pane(window).preflight
    here.list.stand_on("leak")
    key(Qt.Key.Key_N)
    assert here.leak.reason.hasFocus()
    shown = [one.accessibleName() for one in here.leak.findChildren(QLabel)]
    assert sum("match begins" in words and "Otto Lindgren" in words and "match ends" in words for words in shown) == 2
    assert "3A Grievance, Background" in shown
    assert any("2A Letter.pdf" in words and "page" in words for words in shown)
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Say in a sentence" in here.leak.wrong.text(), "an answer needs a reason"
    keys("He told it himself.")
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    printed(window, qtbot)
    (kept,) = window.plan.desk.ask(clearances_of, window.names.meeting)
    assert (kept.reason, kept.author) == ("He told it himself.", "Ruth Hale")
    assert keeping(window) == [True, True]
    assert here.list.lines[-1].advice.code == "settled"
    here.leave()
    press(pane(window), "Post agenda")
    assert meeting(window, window.names.meeting).state is MeetingState.POSTED


def test_an_answer_falls_with_a_change_of_the_page_and_can_be_taken_back(window: Window, qtbot: Any) -> None:
    leaking(window, qtbot)
    here = pane(window).preflight
    (leak,) = pane(window).maker.leaks
    here.answered.emit(leak, ClearedAs.PUBLIC, "He told it himself.")
    printed(window, qtbot)
    assert pane(window).maker.leaks == ()
    here.open(here.list.lines[-1].advice)
    press(here.lines, f"“{leak.words}”: Look again")
    printed(window, qtbot)
    assert [one.code for one in pane(window).maker.leaks] == [leak.code]
    here.answered.emit(leak, ClearedAs.PUBLIC, "He told it himself.")
    window.plan.desk.do("More", meetings.edit_item, window.names.closed, background=f"{SECRET} He appeals.")
    printed(window, qtbot)
    assert [one.code for one in pane(window).maker.leaks] != []


def test_a_leak_leads_to_what_mends_it(window: Window, qtbot: Any) -> None:
    slip = leaking(window, qtbot)
    here = pane(window).preflight
    here.open(here.list.lines[0].advice)
    assert here.large
    assert not window.plan.view.stack.isVisible()
    press(here.leak, "Replace the file of 2A")
    assert not here.large
    assert page(window, ItemPage).ident == window.names.action
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    here.open(here.list.lines[0].advice)
    press(here.leak, "Withhold this file")
    printed(window, qtbot)
    files = {one.id: one.access for one in item(window, window.names.meeting, window.names.action).files}
    assert files[slip] is Access.CLOSED
    assert pane(window).maker.leaks == ()


def test_posting_waits_until_the_packet_for_the_public_was_looked_through(window: Window, qtbot: Any) -> None:
    window.go(Place("meeting", window.names.meeting))
    press(pane(window), "Post agenda")
    assert meeting(window, window.names.meeting).state is MeetingState.DRAFT
    qtbot.waitUntil(lambda: meeting(window, window.names.meeting).state is MeetingState.POSTED, timeout=LONG)


def test_in_a_narrow_window_the_finding_takes_the_page(window: Window, qtbot: Any) -> None:
    leaking(window, qtbot)
    here = pane(window).preflight
    here.open(here.list.lines[0].advice)
    QApplication.processEvents()
    assert here.findings.isVisible()
    assert here.detail.isVisible()
    window.resize(gap(190), window.height())
    QApplication.processEvents()
    assert not here.findings.isVisible()
    press(here.leak, "‹ Back to the findings")
    assert here.findings.isVisible()
    assert not here.detail.isVisible()


# ── what is shown is never what was


def test_what_changed_on_another_page_is_on_the_packet_when_one_comes_back(window: Window, qtbot: Any) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    assert "Every student reads" in shown_text(window)
    retype(go(window, GoalPage, Place("goal", window.names.goal)).title, "Each pupil a reader")
    window.go(Place("meeting", window.names.meeting))
    qtbot.waitUntil(lambda: "Each pupil a reader" in shown_text(window), timeout=100_000)


def test_who_goes_away_while_it_is_printed_can_print_when_back(window: Window, qtbot: Any) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    window.plan.desk.do("Plan", meetings.edit_item, window.names.action, title="Books for reading")
    qtbot.waitUntil(lambda: pane(window).maker.state is State.SETTING, timeout=LONG)
    window.go(OVERVIEW)
    window.go(Place("meeting", window.names.meeting))
    qtbot.waitUntil(
        lambda: pane(window).print.isEnabled() and "Books for reading" in shown_text(window), timeout=100_000
    )


def test_what_is_kept_has_the_last_change_in_it(window: Window, qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    window.plan.desk.do("Name", meetings.edit_item, window.names.action, title="Books for reading")
    path = tmp_path / "packet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    assert not pane(window).print.isEnabled(), "the pages of before could be kept"
    printed(window, qtbot)
    from_menu(pane(window).print.menu(), "Print and keep this revision")
    assert "Books for reading" in " ".join(" ".join(texts(path.read_bytes())).split())


def test_a_note_stays_with_its_meeting(window: Window, qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    keep(window, qtbot, monkeypatch, tmp_path / "rev0.pdf")
    printed(window, qtbot)
    retype(pane(window).note, "Only for December.")
    printed(window, qtbot)
    other = factories.add(window.plan.workspace, "meeting", meetings.add_meeting, start=datetime(2027, 1, 13, 18))
    window.go(Place("meeting", other))
    qtbot.waitUntil(lambda: pane(window).maker.made is not None and not pane(window).maker.is_busy, timeout=LONG)
    assert pane(window).maker.made.shot.data.meeting.id == other
    assert pane(window).maker.made.shot.data.note == ""


def test_a_deleted_meeting_takes_its_packet_along(window: Window, qtbot: Any) -> None:
    shown = go(window, MeetingPage, Place("meeting", window.names.meeting))
    printed(window, qtbot)
    from_menu(shown.more.menu(), "Delete this meeting")
    assert not pane(window).isVisible()
    (offer,) = [one for one in banners(window) if "was deleted" in one.words]
    press(offer, "Undo")
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    assert labels(window)


def test_closing_the_plan_ends_the_printing(window: Window, qtbot: Any) -> None:
    window.go(Place("meeting", window.names.meeting))
    assert window.close_plan()
    assert window.plan is None


def test_a_plan_that_is_only_read_prints_its_packet_and_keeps_nothing(
    qtbot: Any, dressed: QApplication, data: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    path = tmp_path / "Board.planstudio"
    window = open_window(qtbot, data, Wall())
    names = with_meeting(window, path)
    assert window.close_plan()
    assert window.open_plan(path, read_only=True)
    window.go(Place("meeting", names.meeting))
    printed(window, qtbot)
    assert not pane(window).post.isEnabled()
    target = tmp_path / "packet.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    (keep,) = [one for one in pane(window).print.menu().actions() if one.text().startswith("Print and keep")]
    assert not keep.isEnabled()
    from_menu(pane(window).print.menu(), "Save a preview")
    assert target.read_bytes().startswith(b"%PDF")
    assert meeting(window, names.meeting).packets == ()
    window.close()


def test_the_card_of_an_item_is_what_is_on_paper(window: Window, qtbot: Any) -> None:
    window.go(Place("meeting", window.names.meeting))
    printed(window, qtbot)
    card = item(window, window.names.meeting, window.names.action)
    for words in (card.title, card.rationale, card.recommended_motion, "Goal One"):
        assert words in shown_text(window)
    assert verb(pane(window), "Print").isEnabled()
