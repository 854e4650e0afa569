"""Beside an agenda: the posting clock, what to look at before posting, and the packet page by page."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planstudio.domain.agenda import MeetingCard
from planstudio.domain.changes import Change
from planstudio.domain.errors import NotFound
from planstudio.domain.kinds import Access, ClearedAs, MeetingState
from planstudio.domain.leaks import Clearance, Leak, sentence
from planstudio.domain.posting import Deadline, moved_words
from planstudio.domain.preflight import Finding, Weight
from planstudio.domain.zones import wall
from planstudio.gui.desk import Desk
from planstudio.gui.pages.packet_maker import Made, PacketMaker, PacketWish, State
from planstudio.gui.pages.packet_printing import PacketPrinting
from planstudio.gui.pages.preflight import Preflight
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, plain, quiet, row, text
from planstudio.gui.widgets.fields import Choices, LineField
from planstudio.gui.widgets.packet_pages import PacketPages
from planstudio.gui.widgets.pages_view import PdfFile
from planstudio.gui.widgets.posting_clock import PostingClock
from planstudio.i18n import _, clock_time, ngettext, weekday_and_day
from planstudio.operations.clearances import clear_leaks, take_back_clearance
from planstudio.operations.files import edit_attachment
from planstudio.operations.meetings import edit_item, post_meeting
from planstudio.queries.meetings import meeting_card, posting_deadline

_REST = 700  # milliseconds after the last change
_FIRST = 100  # milliseconds in which a meeting just opened is painted
_SIGNS = {Weight.MUST: "off track", Weight.SHOULD: "at risk", Weight.FINE: "completed"}
_OWN = frozenset(
    ("meeting", "agenda_section", "agenda_item", "agenda_link", "enclosure", "attachment", "motion", "packet",
     "clearance", "goal", "strategy", "policy", "policy_version", "organization", "progress_update", "statement",
     "monitoring")
)  # fmt: skip


class PacketPane(QWidget):
    """The packet is printed anew, off the window's thread, when something on it has changed."""

    fix_requested = Signal(str, str, str)  # item's id, what, file's id
    found = Signal(object)  # the findings
    save_requested = Signal(bytes, str, object)  # the PDF, a name, what to do when it is saved
    said = Signal(str)
    failed = Signal(str)
    large_requested = Signal(bool)  # the findings want the whole page, or give it back

    def __init__(self, desk: Desk, cache: Path) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("area", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._meeting_id = ""
        self._card: MeetingCard
        self._deadline: Deadline | None = None
        self._post_wanted = False  # pressed before the packet for the public was looked through
        self._warned = False  # that something must be done before posting has been said
        self.maker = PacketMaker(desk.workspace, cache, self._wish)
        self.printing = PacketPrinting(desk, self.maker, self)
        self.clock = PostingClock()
        self.due, self.by, self.rule, self.post = self.clock.due, self.clock.by, self.clock.rule, self.clock.post
        self.preflight = Preflight()
        self.count, self.more = self.preflight.count, self.preflight.more
        self.pages_count = text("", "body", "muted")
        readers = (
            (_("For the public"), Access.PUBLIC), (_("For administrators"), Access.ADMINISTRATIVE),
            (_("For the board"), Access.CLOSED),
        )  # fmt: skip
        self.audience = Choices(_("Who reads the packet"), readers)
        self.audience.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.print = button(_("Print"), "plain", "print")
        self.print.setMenu(self.printing.menu)
        self.note = LineField(_("What changed, for the cover"), placeholder=_("in your words, may stay empty"))
        self.status = quiet("", "caption")
        self.cancel = button(_("Cancel"), "quiet", act=self.maker.stop)
        self.cancel.hide()
        self.pages = PacketPages()
        self._lay_out()
        self._tick = QTimer(self, interval=30_000)
        self._connect()

    def _lay_out(self) -> None:
        foot = row(self.status, self.cancel, grow=0)
        head = row(text(_("Packet"), "heading"), 2, self.pages_count, 3, None, self.audience, 2, self.print)
        self._top = plain(column(self.clock, edge=(4, 6, 4, 4)))
        self._packet = plain(column(head, self.note, foot, 1, self.pages, edge=(4, 3, 4, 2), grow=4))
        self._list = column(self.preflight, edge=(4, 0, 4, 0))
        box = column(self._top, self._list, self._packet)
        box.setStretch(1, 2)
        box.setStretch(2, 3)
        self.setLayout(box)

    def _connect(self) -> None:
        self.clock.pressed.connect(self._post)
        self.audience.activated.connect(lambda _n: self.maker.begin())
        self.note.edited.connect(lambda _words: self.maker.begin())
        self.preflight.fix_requested.connect(self.fix_requested)
        self.preflight.page_requested.connect(self.pages.go_page)
        self.preflight.answered.connect(self._answer)
        self.preflight.taken_back.connect(self._take_back)
        self.preflight.withheld.connect(self._withhold)
        self.preflight.large_requested.connect(self.set_large)
        self.pages.opened.connect(lambda key: self.fix_requested.emit(key, "", ""))
        self.printing.options_changed.connect(self.maker.begin)
        self.printing.save_requested.connect(self.save_requested)
        self.printing.kept.connect(lambda: self.note.show_value(""))
        self.maker.state_changed.connect(self._on_state)
        self.maker.pages_set.connect(self._on_set)
        self.maker.progressed.connect(self._on_progress)
        self.maker.refused.connect(self.status.setText)
        self.maker.refused.connect(self.failed)
        self._tick.timeout.connect(self._show_clock)
        self.desk.changed.connect(self._on_changed)

    def close_down(self) -> None:
        self.maker.close()
        self.pages.show_packet(None, ())

    def show_meeting(self, meeting_id: str, item_id: str = "") -> None:
        moved = meeting_id != self._meeting_id
        self._warned = self._warned and not moved
        self._meeting_id = meeting_id
        self._refresh()
        if moved:
            self.maker.forget()
            self._post_wanted = False
            self.note.entry.clear()
            self.pages.show_packet(None, ())
            self.pages_count.setText("")
            self._show_findings(())
        if self.maker.state in (State.IDLE, State.STOPPED):
            self.maker.wait(_FIRST)
        if item_id:
            self.pages.go(item_id)

    def _refresh(self) -> None:
        self._card = self.desk.ask(meeting_card, self._meeting_id)
        self._deadline = self.desk.ask(posting_deadline, self._meeting_id)
        self.printing.show_meeting(self._card)
        self._show_clock()
        self.note.setVisible(any(packet.audience is self._audience for packet in self._card.packets))

    @property
    def _audience(self) -> Access:
        return Access(self.audience.currentData())

    def _show_clock(self) -> None:
        if self._meeting_id:
            workspace = self.desk.workspace
            self.clock.show_meeting(
                self._card, self._deadline, workspace.clock.now(), warned=self._warned, read_only=workspace.read_only
            )

    def set_large(self, large: bool) -> None:
        """Give the findings the whole page, or take it back."""
        if large != self.preflight.large:
            self._top.setVisible(not large)
            self._packet.setVisible(not large)
            edge = 0 if large else gap(4)
            self._list.setContentsMargins(edge, 0, edge, 0)
            self.preflight.set_large(large)
            self.large_requested.emit(large)

    def _show_findings(
        self, findings: tuple[Finding, ...], leaks: tuple[Leak, ...] = (), clearances: tuple[Clearance, ...] = (),
        *, pages: int = 0,
    ) -> None:  # fmt: skip
        day = weekday_and_day(self._card.start.date(), self.desk.workspace.clock.today()) if self._card.start else ""
        words = ngettext("{n} page was looked through at {time}.", "{n} pages were looked through at {time}.", pages)
        checked = words.format(n=pages, time=clock_time(self.desk.workspace.clock.now())) if pages else ""
        self.preflight.show_found(
            findings, leaks, clearances, self._audience, kicker=", ".join(filter(None, (self._card.name, day))),
            checked=checked, read_only=self.desk.workspace.read_only,
        )  # fmt: skip
        self.found.emit(findings)

    def _wish(self) -> PacketWish | None:
        if not self._meeting_id or not self.isVisible() or self._card.state is MeetingState.TEMPLATE:
            return None
        return PacketWish(self._meeting_id, self._audience, self.printing.options, self.note.entry.text())

    def _on_state(self, state: State) -> None:
        self.cancel.setVisible(self.maker.is_busy)
        self.print.setEnabled(state is State.READY)
        match state:
            case State.IDLE:
                self.status.setText("")
            case State.ASKING:
                self.status.setText(_("Setting the pages…"))
            case State.STOPPED:
                self.status.setText(_("Stopped. It goes on with the next change."))
            case State.READY if (made := self.maker.made) is not None:
                self.printing.hold(held=bool(self.maker.leaks))
                self.status.setText(_told(made, unchanged=self.maker.packets.unchanged(made.shot, made.printed)))
                self._show_clock()
                if self._post_wanted:
                    self._post_wanted = False
                    self._post()

    def _on_set(self, made: Made) -> None:
        for part in (self._show_pages, self._show_told):  # one after the other, so that the window never stands still
            QTimer.singleShot(0, self, partial(part, made))

    def _show_pages(self, made: Made) -> None:
        if self.maker.made is not made:
            return  # another meeting is shown by now
        bad = [one for one in made.findings if one.file_id and one.weight is not Weight.FINE]
        flagged = {one.file_id: _SIGNS[one.weight] for one in bad}
        for leak in made.unanswered:
            flagged[leak.shown.file_id or leak.shown.item_id] = _SIGNS[Weight.MUST]
        printed = made.printed
        self.pages.show_packet(PdfFile(printed.pdf, printed.sizes), printed.parts, flagged)
        self.pages_count.setText(ngettext("{n} page", "{n} pages", printed.pages).format(n=printed.pages))

    def _show_told(self, made: Made) -> None:
        if self.maker.made is made:
            self._show_findings(made.findings, made.leaks, made.shot.clearances, pages=made.printed.pages)

    def _on_progress(self, share: float, words: str) -> None:
        told = _("The pages are set and looked through: {share}").format(share=f"{share:.0%}")
        self.status.setText(f"{words} {share:.0%}")
        self.preflight.summary.setText(told)  # what is shown below may be out of date

    def offer_print(self) -> None:
        """Show what can be printed of the meeting, where the packet's pages are seen; nothing while it is set."""
        if self.print.isEnabled():
            self.print.setFocus(Qt.FocusReason.ShortcutFocusReason)
            QTimer.singleShot(0, self.print.showMenu)
        else:
            self.said.emit(_("The packet is being set. Print it when its pages are shown."))

    def _answer(self, leak: Leak, kind: ClearedAs, reason: str) -> None:
        """Keep why a finding is no leak; what is wrong with the reason is told beside it."""
        workspace = self.desk.workspace
        error = self.desk.submit(
            _("Say why a finding is not a leak"), clear_leaks, self._meeting_id, (leak,), kind, reason,
            author=workspace.author, at=workspace.clock.now().replace(tzinfo=None, microsecond=0),
        )  # fmt: skip
        self.preflight.leak.refuse(str(error) if error else "")
        if error is None:
            self.said.emit(_("Kept with your name. If either page changes, the finding comes back."))

    def _take_back(self, why: Clearance) -> None:
        self.desk.do(_("Take back why a finding is not a leak"), take_back_clearance, why.id)

    def _withhold(self, leak: Leak, how: str) -> None:
        """Withhold the file that shows it, or the whole item, from whoever may not see what it shows."""
        if how == "withhold":
            self.desk.do(_("Withhold a file"), edit_attachment, leak.shown.file_id, access=leak.access)
        else:
            self.desk.do(_("Close an item"), edit_item, leak.shown.item_id, access=Access.CLOSED)

    def _post(self) -> None:
        """Post, once the packet for the public has been looked through and nothing in it waits for an answer.

        What else must be done before is said first, and a second click posts all the same.
        """
        if self._audience is not Access.PUBLIC:
            self.audience.setCurrentIndex(self.audience.findData(Access.PUBLIC))
            self.maker.begin()
        leaks = self.maker.leaks
        if leaks is None:
            self._post_wanted = True
            self.said.emit(_("It is posted when the packet for the public has been looked through."))
        elif leaks:
            self.by.setText(sentence(leaks, posting=True))  # beside the button, and gone when it is answered
        elif not self._warned and (why := _against_posting(self._card, self.maker.made)):
            self._warned = True
            self._show_clock()
            self.by.setText(why)
            self.post.setFocus()
        else:
            self._post_now()

    def _post_now(self) -> None:
        self._warned = False
        at = wall(self.desk.workspace.clock.now(), self._card.zone).replace(second=0, microsecond=0)
        if self.desk.do(_("Post the agenda"), post_meeting, self._meeting_id, at, self._deadline):
            self.clock.setFocus()  # its button is gone; the next Tab goes on from here
            self.said.emit(_("The agenda counts as posted now. Undo takes that back."))

    def _on_changed(self, change: Change) -> None:
        if not self._meeting_id or not any(change.concerns(table) for table in _OWN):
            return
        if not self.isVisible():
            self.maker.outdate()
            return
        try:
            self._refresh()
        except NotFound:
            self._meeting_id = ""
            self.maker.forget()
        else:
            self.maker.wait(_REST)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        if self._meeting_id and self.maker.state in (State.IDLE, State.STOPPED):
            self.maker.wait(_FIRST)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
        self.maker.stop()

    def sizeHint(self) -> QSize:
        return QSize(gap(120), gap(100))


def _told(made: Made, *, unchanged: bool) -> str:
    printed, revision = made.printed, made.shot.data.revision
    said = [_("Rev {n}").format(n=revision)]
    if unchanged:
        said = [_("Nothing has changed since Rev {n}").format(n=revision - 1)]
    elif count := len(printed.changes):
        said.append(ngettext("{n} change", "{n} changes", count).format(n=count))
    if not printed.accessible:
        said.append(_("some files are not accessible"))
    if printed.missing:
        said.append(_("no font has: {signs}").format(signs=" ".join(printed.missing)))
    words = ", ".join(said) + "."
    return f"{sentence(made.unanswered)} {words}" if made.unanswered else words


def _against_posting(card: MeetingCard, made: Made | None) -> str:
    """Why the agenda should not be posted yet; "" when nothing is against it."""
    findings = made.findings if made is not None else ()
    anew = moved_words(card)  # which posting mends
    n = sum(one.weight is Weight.MUST and one.words != anew for one in findings)
    words = ngettext("{n} thing below must be done before posting.", "{n} things below must be done before posting.", n)
    return words.format(n=n) if n else ""
