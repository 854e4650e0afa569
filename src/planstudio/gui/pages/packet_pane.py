"""Beside an agenda: the posting clock, what to look at before posting, and the packet page by page."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from planstudio.domain.agenda import MeetingCard, PacketRow
from planstudio.domain.changes import Change
from planstudio.domain.errors import NotFound, PlanStudioError
from planstudio.domain.file_names import sound
from planstudio.domain.kinds import Access, ClearedAs, MeetingState
from planstudio.domain.leaks import Clearance, Leak, sentence, unanswered
from planstudio.domain.packets import PacketOptions
from planstudio.domain.posting import Deadline, late_words, moved_words, posting_stands
from planstudio.domain.preflight import Finding, Weight
from planstudio.domain.words import word
from planstudio.domain.zones import wall
from planstudio.gui.desk import Desk
from planstudio.gui.jobs import Job, Jobs
from planstudio.gui.pages.preflight import Preflight
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import Elided, area, button, column, plain, row, sign, text, tip_of
from planstudio.gui.widgets.fields import Choices, LineField
from planstudio.gui.widgets.packet_pages import PacketPages
from planstudio.gui.widgets.pages_view import PdfFile
from planstudio.i18n import _, clock_time, day_and_time, ngettext, weekday_and_day
from planstudio.operations.clearances import clear_leaks, take_back_clearance
from planstudio.operations.files import edit_attachment
from planstudio.operations.meetings import edit_item, post_meeting, reopen_meeting
from planstudio.packets import Packets, Snapshot
from planstudio.queries.meetings import meeting_card, packet_bytes, posting_deadline

if TYPE_CHECKING:
    from planstudio.reports.meeting.packet import PrintedPacket

_REST = 700  # milliseconds after the last change
_FIRST = 100  # milliseconds in which a meeting just opened is painted
_SIGNS = {Weight.MUST: "off track", Weight.SHOULD: "at risk", Weight.FINE: "completed"}
_OWN = frozenset(
    ("meeting", "agenda_section", "agenda_item", "agenda_link", "enclosure", "attachment", "motion", "packet",
     "clearance", "goal", "strategy", "policy", "policy_version", "organization", "progress_update", "statement",
     "monitoring")
)  # fmt: skip


class Made(NamedTuple):
    """A packet as it was set last, and what was found in it."""

    shot: Snapshot
    printed: PrintedPacket
    findings: tuple[Finding, ...]
    leaks: tuple[Leak, ...]


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
        self._packets = Packets(desk.workspace, cache)
        self._jobs = Jobs(self)
        self._job: Job | None = None
        self._meeting_id = ""
        self._made: tuple[Snapshot, PrintedPacket] | None = None
        self._post_wanted = False  # pressed before the packet for the public was looked through
        self._stale = True  # something on the packet has changed since it was printed
        self._findings: tuple[Finding, ...] = ()
        self._leaks: tuple[Leak, ...] | None = None  # of the packet shown, those without an answer; None: not yet known
        self._options = PacketOptions()
        self.due, self.by, self.rule = (
            Elided("", "heading"),
            text("", "caption", "muted"),
            Elided("", "caption", "muted"),
        )
        self.post = button(_("Post agenda"), "primary")
        clock = row(
            sign("clock", "teal", 7), 3, column(self.due, self.by, self.rule, space=0.5), 2, self.post,
            edge=(4, 3, 3, 3),
        )  # fmt: skip
        clock.setStretch(2, 1)
        self._clock = area("card", clock)
        self._warned = False  # that something must be done before posting has been said
        self.preflight = Preflight()
        self.count, self.more = self.preflight.count, self.preflight.more
        self.pages_count = text("", "body", "muted")
        self.audience = Choices()
        self.audience.setAccessibleName(_("Who reads the packet"))
        for one in Access:
            self.audience.addItem(_for(one), one)
        self.audience.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.print = button(_("Print"), "plain", "print")
        self.print.setMenu(self._menu())
        self.note = LineField(_("What changed, for the cover"), placeholder=_("in your words, may stay empty"))
        self.status = text("", "caption", "muted", wrap=True)
        self.cancel = button(_("Cancel"), "quiet")
        self.cancel.hide()
        self.pages = PacketPages()
        self._foot = row(self.status, self.cancel)
        self._foot.setStretch(0, 1)
        head = row(text(_("Packet"), "heading"), 2, self.pages_count, 3, None, self.audience, 2, self.print)
        self._top = plain(column(self._clock, edge=(4, 6, 4, 4)))
        below = column(head, self.note, self._foot, 1, self.pages, edge=(4, 3, 4, 2))
        below.setStretch(4, 1)
        self._packet = plain(below)
        self._list = column(self.preflight, edge=(4, 0, 4, 0))
        box = column(self._top, self._list, self._packet)
        box.setStretch(1, 2)
        box.setStretch(2, 3)
        self.setLayout(box)
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.build)
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._ask_next)
        self._tick = QTimer(self, interval=30_000)
        self._tick.timeout.connect(self._show_clock)
        self.post.clicked.connect(self._post)
        self.audience.activated.connect(lambda _n: self.build())
        self.note.edited.connect(lambda _words: self.build())
        self.preflight.fix_requested.connect(self.fix_requested)
        self.preflight.page_requested.connect(self.pages.go_page)
        self.preflight.answered.connect(self._answer)
        self.preflight.taken_back.connect(self._take_back)
        self.preflight.withheld.connect(self._withhold)
        self.preflight.large_requested.connect(self.set_large)
        self.cancel.clicked.connect(self.stop)
        self.pages.opened.connect(lambda key: self.fix_requested.emit(key, "", ""))
        self._jobs.progressed.connect(self._on_progress)
        self._jobs.failed.connect(lambda error: self._on_failed(error))
        desk.changed.connect(self._on_changed)

    def close_down(self) -> None:
        """Stop what is being printed and the processes that read files."""
        self.stop()
        self._jobs.wait()
        self.pages.show_packet(None, ())
        self._packets.close()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self._keeping = QAction(_("Print and keep this revision…"), self)
        self._keeping.setEnabled(not self.desk.workspace.read_only)
        self._keeping.triggered.connect(self._keep)
        menu.addAction(self._keeping)
        self._previewing = QAction(_("Save a preview…"), self)
        self._previewing.triggered.connect(self._save_preview)
        menu.addAction(self._previewing)
        menu.addAction(_("Save the agenda alone…")).triggered.connect(self._save_agenda)
        self._again = menu.addMenu(_("Print again"))
        self._again.aboutToShow.connect(self._fill_again)
        menu.addSeparator()
        for name, words in (
            ("dividers", _("Dividers between sections")),
            ("plan_pages", _("The plan’s pages behind the items")),
            ("minutes", _("Minutes to be approved")),
            ("archival", _("Archival file (PDF/A): name foreign files, do not include them")),
        ):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(getattr(self._options, name))
            action.toggled.connect(lambda on, name=name: self._choose(name, on))
        return menu

    def _choose(self, name: str, on: bool) -> None:
        chosen: dict[str, Any] = {name: on}
        self._options = replace(self._options, **chosen)
        self.build()

    # Showing.

    def show_meeting(self, meeting_id: str, item_id: str = "") -> None:
        moved = meeting_id != self._meeting_id
        self._warned = self._warned and not moved
        self._meeting_id = meeting_id
        self._refresh()
        if moved:
            self._made, self._leaks, self._post_wanted = None, None, False
            self.note.entry.clear()
            self.pages.show_packet(None, ())
            self.pages_count.setText("")
            self._show_findings(())
        if moved or self._stale:
            self.print.setEnabled(False)
            self.cancel.show()
            self._later.start(_FIRST)
        if item_id:
            self.pages.go(item_id)

    def _refresh(self) -> None:
        self._card: MeetingCard = self.desk.ask(meeting_card, self._meeting_id)
        self._deadline: Deadline | None = self.desk.ask(posting_deadline, self._meeting_id)
        self._show_clock()
        has_old = any(packet.audience is self._audience for packet in self._card.packets)
        self.note.setVisible(has_old)

    @property
    def _audience(self) -> Access:
        return Access(self.audience.currentData())

    def _show_clock(self) -> None:
        if not self._meeting_id:
            return
        card, deadline = self._card, self._deadline
        self._clock.setVisible(card.state is not MeetingState.TEMPLATE)
        stands = posting_stands(card)
        again = _("Post all the same") if self._warned else _("Post anew") if card.posted_at else _("Post agenda")
        self.post.setText(_("Posted") if stands else again)
        self.post.setEnabled(not stands and card.start is not None and not self.desk.workspace.read_only)
        self.post.setVisible(card.state is not MeetingState.HELD)
        if card.state is MeetingState.HELD:
            self._say_clock(_("Held"), _("Plan and policies are shown as they stood."), "")
        elif stands and card.posted_at is not None:
            late, when = late_words(card), day_and_time(card.posted_at)
            self._say_clock(_("Posted late") if late else _("Posted"), f"{when}. {late}" if late else when, "")
        elif deadline is None:
            words = _("No posting rule") if card.start else _("No date yet")
            self._say_clock(words, _("Details of the meeting hold the date and the rule, such as “72 hours”."), "")
        else:
            left = deadline.left(self.desk.workspace.clock.now())
            over, to_post = _("The time to post is over"), _("{left} to post")
            words = to_post.format(left=_span(seconds)) if (seconds := left.total_seconds()) >= 0 else over
            today = wall(self.desk.workspace.clock.now(), card.zone).date()
            day = weekday_and_day(deadline.due.date(), today)
            due = _("Due {day}, {time}").format(day=day, time=clock_time(deadline.due))
            rule = _("{notice} before the meeting, {name}").format(notice=deadline.rule.notice, name=deadline.rule.name)
            own = _("{notice} before the meeting").format(notice=deadline.rule.notice)
            self._say_clock(words, due, rule if deadline.rule.named else own)
            if moved := moved_words(card):
                self.by.setText(f"{moved} {due}")
            if deadline.rule.note:
                self.rule.setToolTip(tip_of(deadline.rule.note))

    def _say_clock(self, head: str, line: str, rule: str) -> None:
        self.due.show_words(head)
        self._clock.setAccessibleName(f"{head}. {line}")
        self.by.setText(line)
        self.by.setWordWrap(True)
        self.rule.show_words(rule)
        self.rule.setVisible(bool(rule))

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
        self._findings = findings
        day = weekday_and_day(self._card.start.date(), self.desk.workspace.clock.today()) if self._card.start else ""
        words = ngettext("{n} page was looked through at {time}.", "{n} pages were looked through at {time}.", pages)
        checked = words.format(n=pages, time=clock_time(self.desk.workspace.clock.now())) if pages else ""
        self.preflight.show_found(
            findings, leaks, clearances, self._audience, kicker=", ".join(filter(None, (self._card.name, day))),
            checked=checked, read_only=self.desk.workspace.read_only,
        )  # fmt: skip
        self.found.emit(findings)

    # Answering.

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

    # Printing.

    def offer_print(self) -> None:
        """Show what can be printed of the meeting, where the packet's pages are seen; nothing while it is set."""
        if self.print.isEnabled():
            self.print.setFocus(Qt.FocusReason.ShortcutFocusReason)
            QTimer.singleShot(0, self.print.showMenu)
        else:
            self.said.emit(_("The packet is being set. Print it when its pages are shown."))

    def build(self) -> None:
        """Set the packet for the list and the small pages; the window stays usable meanwhile."""
        self.stop()
        self._stale, self._leaks = True, None
        if not self._meeting_id or not self.isVisible() or self._card.state is MeetingState.TEMPLATE:
            self.status.setText("")
            return
        self._asking = self._packets.snapshot_in_steps(
            self._meeting_id, self._audience, options=self._options, note=self.note.entry.text()
        )
        self.status.setText(_("Setting the pages…"))
        self.cancel.show()
        self.print.setEnabled(False)
        self._next.start()

    def _ask_next(self) -> None:
        try:
            next(self._asking)
        except StopIteration as last:
            self._start(last.value)
        except PlanStudioError as error:
            self.cancel.hide()
            self.status.setText(str(error))
        else:
            self._next.start()

    def _start(self, shot: Snapshot) -> None:
        packets = self._packets

        def work(job: Job) -> Made:
            import pypdfium2  # noqa: F401 (the window shows the pages with it, and need not wait until it is loaded)

            printed = packets.draw(shot, progress=job.progress, cancelled=lambda: job.cancelled)
            facts = {paper.key: paper.facts for paper in printed.papers}
            leaks = packets.leaks(shot, printed, cancelled=lambda: job.cancelled)
            return Made(shot, printed, packets.findings(shot, facts), leaks)

        self._stale = False
        self._job = self._jobs.start(work, self._show)

    def _show(self, made: Made) -> None:
        self._made = made.shot, made.printed
        self._leaks = unanswered(made.leaks, made.shot.clearances)
        for part in (self._show_pages, self._show_told):  # one after the other, so that the window never stands still
            QTimer.singleShot(0, partial(part, made))
        QTimer.singleShot(0, partial(self._show_done, self._job, made))

    def _show_done(self, job: Job | None, made: Made) -> None:
        if self._job is not job:
            return  # stopped, or the next is being set
        self._job = None
        self.cancel.hide()
        self.print.setEnabled(not self._stale)
        self._hold(bool(self._leaks))
        self._show_status(made.shot, made.printed)
        self._show_clock()
        if self._post_wanted:
            self._post_wanted = False
            self._post()

    def _hold(self, held: bool) -> None:
        """Let what shows something withheld neither be kept nor saved; what was kept before can be printed again."""
        self._keeping.setEnabled(not held and not self.desk.workspace.read_only)
        self._previewing.setEnabled(not held)

    def _show_told(self, made: Made) -> None:
        if self._made is not None and self._made[1] is made.printed:
            self._show_findings(made.findings, made.leaks, made.shot.clearances, pages=made.printed.pages)

    def _show_pages(self, made: Made) -> None:
        printed = made.printed
        if self._made is None or self._made[1] is not printed:
            return  # another meeting is shown by now
        flagged = {
            one.file_id: _SIGNS[one.weight] for one in made.findings if one.file_id and one.weight is not Weight.FINE
        }
        for leak in self._leaks or ():
            flagged[leak.shown.file_id or leak.shown.item_id] = _SIGNS[Weight.MUST]
        self.pages.show_packet(PdfFile(printed.pdf, printed.sizes), printed.parts, flagged)
        self.pages_count.setText(ngettext("{n} page", "{n} pages", printed.pages).format(n=printed.pages))

    def _show_status(self, shot: Snapshot, printed: PrintedPacket) -> None:
        said = [_("Rev {n}").format(n=shot.data.revision)]
        if self._packets.unchanged(shot, printed):
            said = [_("Nothing has changed since Rev {n}").format(n=shot.data.revision - 1)]
        elif printed.changes:
            count = len(printed.changes)
            said.append(ngettext("{n} change", "{n} changes", count).format(n=count))
        if not printed.accessible:
            said.append(_("some files are not accessible"))
        if printed.missing:
            said.append(_("no font has: {signs}").format(signs=" ".join(printed.missing)))
        words = ", ".join(said) + "."
        self.status.setText(f"{sentence(self._leaks)} {words}" if self._leaks else words)

    def _on_failed(self, error: PlanStudioError) -> None:
        self._job = None
        self.cancel.hide()
        self.status.setText(str(error))
        self.failed.emit(str(error))

    def _on_progress(self, share: float, words: str) -> None:
        if self._job is not None:
            self.status.setText(f"{words} {share:.0%}")
            self.preflight.say_busy(_("The pages are set and looked through: {share}").format(share=f"{share:.0%}"))

    @property
    def busy(self) -> bool:
        """Whether the pages shown will be replaced by others in a moment."""
        return self._job is not None or self._later.isActive() or self._next.isActive()

    def stop(self) -> None:
        if self.busy:
            self._later.stop()
            self._next.stop()
            if self._job is not None:
                self._job.cancel()
            self._job = None
            self._stale = True
            self.status.setText(_("Stopped. It goes on with the next change."))
        self.cancel.hide()

    def _keep(self) -> None:
        """Save the packet, and keep it as a printed revision once it is saved."""
        if self._made is None or self.desk.workspace.read_only:
            return
        shot, printed = self._made
        if self._leaks:
            return
        if self._packets.unchanged(shot, printed):
            if kept := self._packets.kept(shot):
                self._save_again(kept)
                return
            shot = self._packets.in_this_language(shot)
            printed = self._packets.print(shot)
        self.save_requested.emit(printed.pdf, self._name(shot.data.revision), lambda: self._record(shot, printed))

    def _record(self, shot: Snapshot, printed: PrintedPacket) -> None:
        from planstudio.packets import keep_packet

        label = _("Print the {audience} packet, revision {n}").format(
            audience=word(shot.data.audience).lower(), n=shot.data.revision
        )
        self.note.show_value("")
        self.desk.do(label, keep_packet, shot.data, printed.pdf, printed.pages, printed.record.to_json())

    def _save_preview(self) -> None:
        if self._made is not None and not self._leaks:
            self.save_requested.emit(self._made[1].pdf, self._name(self._made[0].data.revision), None)

    def _save_agenda(self) -> None:
        if self._made is not None:
            start = f"{self._card.start:%Y-%m-%d}" if self._card.start else ""
            name = _("{day} {meeting}, agenda.pdf").format(day=start, meeting=self._card.name).strip()
            self.save_requested.emit(self._packets.agenda(self._made[0]).pdf, name, None)

    def _fill_again(self) -> None:
        self._again.clear()
        for packet in self._card.packets:
            when = day_and_time(packet.printed_at)
            words = _("{audience}, Rev {n}, {when}").format(
                audience=word(packet.audience), n=packet.revision, when=when
            )
            self._again.addAction(words).triggered.connect(lambda _on=False, packet=packet: self._save_again(packet))
        if self._again.isEmpty():
            self._again.addAction(_("Nothing has been printed yet")).setEnabled(False)

    def _save_again(self, packet: PacketRow) -> None:
        pdf = self.desk.ask(packet_bytes, packet.id)
        self.save_requested.emit(pdf, self._name(packet.revision), None)

    def _name(self, revision: int) -> str:
        start = f"{self._card.start:%Y-%m-%d}" if self._card.start else ""
        return sound(f"{start} {self._card.name}, {word(self._audience).lower()}, Rev {revision}.pdf".strip())

    # Keeping up.

    def _post(self) -> None:
        """Post, once the packet for the public has been looked through and nothing in it waits for an answer.

        What else must be done before is said first, and a second click posts all the same.
        """
        if self._audience is not Access.PUBLIC:
            self.audience.setCurrentIndex(self.audience.findData(Access.PUBLIC))
            self.build()
        if self._leaks:
            self.by.setText(sentence(self._leaks, posting=True))  # beside the button, and gone when it is answered
            return
        if self._leaks is None or self.busy or self._stale:
            self._post_wanted = True
            self.said.emit(_("It is posted when the packet for the public has been looked through."))
            return
        why = "" if self._warned else self._against_posting()
        if why:
            self._warned = True
            self._show_clock()
            self.by.setText(why)
            self.post.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._warned = False
        at = wall(self.desk.workspace.clock.now(), self._card.zone).replace(second=0, microsecond=0)
        if self.desk.do(_("Post the agenda"), post_meeting, self._meeting_id, at, self._deadline):
            self._clock.setFocus(Qt.FocusReason.OtherFocusReason)  # its button is gone; the next Tab goes on from here
            self.said.emit(_("The agenda counts as posted now. Undo takes that back."))

    def _against_posting(self) -> str:
        """Why the agenda should not be posted yet; "" when nothing is against it."""
        anew = moved_words(self._card)  # which posting mends
        musts = sum(one.weight is Weight.MUST and one.words != anew for one in self._findings)
        words = ngettext(
            "{n} thing below must be done before posting.", "{n} things below must be done before posting.", musts
        )
        return words.format(n=musts) if musts else ""

    def reopen(self) -> None:
        self.desk.do(_("Reopen the agenda"), reopen_meeting, self._meeting_id)

    def _on_changed(self, change: Change) -> None:
        if not self._meeting_id or not any(change.concerns(table) for table in _OWN):
            return
        self._stale, self._leaks = True, None
        self._next.stop()
        if not self.isVisible():
            return
        self.print.setEnabled(False)
        try:
            self._refresh()
        except NotFound:
            self._meeting_id = ""
            return
        self._later.start(_REST)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._tick.start()
        if self._meeting_id and self._stale:
            self._later.start(_FIRST)

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._tick.stop()
        self.stop()

    def sizeHint(self) -> QSize:
        return QSize(gap(120), gap(100))


def _for(access: Access) -> str:
    return {
        Access.PUBLIC: _("For the public"),
        Access.ADMINISTRATIVE: _("For administrators"),
        Access.CLOSED: _("For the board"),
    }[access]


def _span(seconds: float) -> str:
    """2 days, 7 hours"""
    minutes = int(seconds // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("{n} day", "{n} days", days).format(n=days) if days else "",
        ngettext("{n} hour", "{n} hours", hours).format(n=hours) if hours else "",
        ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes) if not days else "",
    ]
    return ", ".join(part for part in parts if part)
