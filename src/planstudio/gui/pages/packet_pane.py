"""Beside an agenda: the posting clock, what to look at before posting, and the packet page by page."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from planstudio.domain.agenda import MeetingCard, PacketRow
from planstudio.domain.changes import Change
from planstudio.domain.errors import NotFound, PlanStudioError
from planstudio.domain.kinds import Access, MeetingState
from planstudio.domain.packets import PacketOptions
from planstudio.domain.posting import Deadline, late_words, moved_words, posting_stands
from planstudio.domain.preflight import Finding, Weight, preflight
from planstudio.domain.words import word
from planstudio.domain.zones import wall
from planstudio.gui.desk import Desk
from planstudio.gui.jobs import Job, Jobs
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import Elided, area, button, column, empty, plain, row, sign, text, tip_of
from planstudio.gui.widgets.fields import Choices, LineField
from planstudio.gui.widgets.marks import mark
from planstudio.gui.widgets.packet_pages import PacketPages
from planstudio.gui.widgets.pages_view import PdfFile
from planstudio.i18n import _, clock_time, day_and_time, ngettext, weekday_and_day
from planstudio.operations.meetings import post_meeting, reopen_meeting
from planstudio.packets import Packets, Snapshot
from planstudio.queries.meetings import meeting_card, packet_bytes, posting_deadline

if TYPE_CHECKING:
    from planstudio.reports.meeting.packet import PrintedPacket

_REST = 700  # milliseconds after the last change
_FIRST = 100  # milliseconds in which a meeting just opened is painted
_SHOWN = 6  # findings in the list before it is unfolded
_SIGNS = {Weight.MUST: "off track", Weight.SHOULD: "at risk", Weight.FINE: "completed"}
_OWN = frozenset(
    ("meeting", "agenda_section", "agenda_item", "agenda_link", "enclosure", "attachment", "motion", "packet",
     "goal", "strategy", "policy", "policy_version", "organization", "progress_update", "statement", "monitoring")
)  # fmt: skip


class PacketPane(QWidget):
    """The packet is printed anew, off the window's thread, when something on it has changed."""

    fix_requested = Signal(str, str, str)  # item's id, what, file's id
    found = Signal(object)  # the findings
    save_requested = Signal(bytes, str, object)  # the PDF, a name, what to do when it is saved
    said = Signal(str)
    failed = Signal(str)

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
        self._unfolded = False
        self._stale = True  # something on the packet has changed since it was printed
        self._findings: tuple[Finding, ...] = ()
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
        self.count = text("", "body", "muted")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.more = button("", "quiet")
        self.more.hide()
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
        box = column(
            self._clock, 4, row(text(_("Before you post"), "heading"), 2, self.count, None), 1, self._lines,
            row(self.more, None), 3, head, self.note, self._foot, 1, self.pages,
            edge=(4, 6, 4, 2),
        )  # fmt: skip
        box.setStretch(box.count() - 1, 1)
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
        self.more.clicked.connect(self._unfold)
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
        keep = QAction(_("Print and keep this revision…"), self)
        keep.setEnabled(not self.desk.workspace.read_only)
        keep.triggered.connect(self._keep)
        menu.addAction(keep)
        menu.addAction(_("Save a preview…")).triggered.connect(self._save_preview)
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
        if moved:
            self._made = None
            self.note.entry.clear()
            self.pages.show_packet(None, ())
            self.pages_count.setText("")
            self._show_findings(())
        self._refresh()
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
            self._say_clock(late_words(card) or _("Posted"), day_and_time(card.posted_at), "")
        elif deadline is None:
            words = _("No posting rule") if card.start else _("No date yet")
            self._say_clock(words, _("Details of the meeting hold the date and the rule, such as “72 hours”."), "")
        else:
            left = deadline.left(self.desk.workspace.clock.now())
            late = left.total_seconds() < 0
            words = (
                _("The time to post is over") if late else _("{left} to post").format(left=_span(left.total_seconds()))
            )
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

    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self._findings = findings
        empty(self._lines)
        open_ones = [one for one in findings if one.weight is not Weight.FINE]
        nothing = _("nothing left to do") if findings else ""
        self.count.setText(_("{n} to look at").format(n=len(open_ones)) if open_ones else nothing)
        shown = findings if self._unfolded else findings[:_SHOWN]
        for one in shown:
            self._lines.addWidget(self._line(one))
        rest = len(findings) - len(shown)
        self.more.setVisible(rest > 0 or self._unfolded)
        words = ngettext("Show {n} more", "Show {n} more", rest).format(n=rest)
        self.more.setText(words if rest > 0 else _("Show fewer"))
        self.found.emit(findings)

    def _line(self, one: Finding) -> QWidget:
        words = text(one.words, "body", "muted" if one.weight is Weight.FINE else None, wrap=True)
        line = row(mark(_SIGNS[one.weight], 3.25), 2.5, words, edge=(0, 1, 0, 1))
        line.setStretch(2, 1)
        if one.fix:
            verb = button(one.help if len(one.help) < 16 else _("Look"), "quiet")
            verb.setToolTip(one.help)
            verb.setAccessibleName(f"{one.words}: {one.help}")
            verb.clicked.connect(lambda: self.fix_requested.emit(one.item_id, one.fix, one.file_id))
            line.addWidget(verb)
        elif one.help:
            words.setToolTip(one.help)
        return plain(line)

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_findings(self._findings)

    # Printing.

    def offer_print(self) -> None:
        """Show what can be printed of the meeting, where the packet's pages are seen; nothing while it is set."""
        if self.print.isEnabled():
            self.print.setFocus(Qt.FocusReason.ShortcutFocusReason)
            QTimer.singleShot(0, self.print.showMenu)
        else:
            self.said.emit(_("The packet is being set. Print it when its pages are shown."))

    def build(self) -> None:
        """Print the packet for the list and the small pages; the window stays usable meanwhile."""
        self.stop()
        self._stale = True
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

        def work(job: Job) -> tuple[Snapshot, PrintedPacket, tuple[Finding, ...]]:
            import pypdfium2  # noqa: F401 (the window shows the pages with it, and need not wait until it is loaded)

            printed = packets.print(shot, progress=job.progress, cancelled=lambda: job.cancelled)
            facts = {paper.key: paper.facts for paper in printed.papers}
            return shot, printed, packets.findings(shot, facts)

        self._stale = False
        self._job = self._jobs.start(work, self._show)

    def _show(self, made: tuple[Snapshot, PrintedPacket, tuple[Finding, ...]]) -> None:
        shot, printed, findings = made
        self._made = shot, printed
        for part in (self._show_pages, self._show_told):  # one after the other, so that the window never stands still
            QTimer.singleShot(0, partial(part, printed, findings))
        QTimer.singleShot(0, partial(self._show_done, self._job, shot, printed))

    def _show_done(self, job: Job | None, shot: Snapshot, printed: PrintedPacket) -> None:
        if self._job is not job:
            return  # stopped, or the next is being set
        self._job = None
        self.cancel.hide()
        self.print.setEnabled(not self._stale)
        self._show_status(shot, printed)

    def _show_told(self, printed: PrintedPacket, findings: tuple[Finding, ...]) -> None:
        if self._made is not None and self._made[1] is printed:
            self._show_findings(findings)

    def _show_pages(self, printed: PrintedPacket, findings: tuple[Finding, ...]) -> None:
        if self._made is None or self._made[1] is not printed:
            return  # another meeting is shown by now
        flagged = {one.file_id: _SIGNS[one.weight] for one in findings if one.file_id and one.weight is not Weight.FINE}
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
        self.status.setText(", ".join(said) + ".")

    def _on_failed(self, error: PlanStudioError) -> None:
        self._job = None
        self.cancel.hide()
        self.status.setText(str(error))
        self.failed.emit(str(error))

    def _on_progress(self, share: float, words: str) -> None:
        if self._job is not None:
            self.status.setText(f"{words} {share:.0%}")

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
        if self._packets.unchanged(shot, printed):
            last = next(one for one in self._card.packets if one.audience is shot.data.audience)
            self._save_again(last)
            return
        self.save_requested.emit(printed.pdf, self._name(shot.data.revision), lambda: self._record(shot, printed))

    def _record(self, shot: Snapshot, printed: PrintedPacket) -> None:
        from planstudio.packets import keep_packet

        label = _("Print the {audience} packet, revision {n}").format(
            audience=word(shot.data.audience).lower(), n=shot.data.revision
        )
        self.note.show_value("")
        self.desk.do(label, keep_packet, shot.data, printed.pdf, printed.pages, printed.record.to_json())

    def _save_preview(self) -> None:
        if self._made is not None:
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
        return f"{start} {self._card.name}, {word(self._audience).lower()}, Rev {revision}.pdf".strip()

    # Keeping up.

    def _post(self) -> None:
        """Post the agenda; what must be done before is said first, and a second click posts all the same."""
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
        findings = self._findings
        if self._stale or self.busy:  # the files are still being read; what the agenda lacks is known without them
            now = wall(self.desk.workspace.clock.now(), self._card.zone)
            findings = preflight(self._card, {}, self._deadline, now)
        anew = moved_words(self._card)  # which posting mends
        musts = sum(one.weight is Weight.MUST and one.words != anew for one in findings)
        words = ngettext(
            "{n} thing below must be done before posting.", "{n} things below must be done before posting.", musts
        )
        return words.format(n=musts) if musts else ""

    def reopen(self) -> None:
        self.desk.do(_("Reopen the agenda"), reopen_meeting, self._meeting_id)

    def _on_changed(self, change: Change) -> None:
        if not self._meeting_id or not any(change.concerns(table) for table in _OWN):
            return
        self._stale = True
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
