"""What is printed of a meeting: a revision that is kept, a preview, the agenda alone, what was kept before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from planstudio.domain.agenda import MeetingCard, PacketRow
from planstudio.domain.file_names import sound
from planstudio.domain.kinds import Access
from planstudio.domain.packets import PacketOptions
from planstudio.domain.words import word
from planstudio.gui.desk import Desk
from planstudio.gui.pages.packet_maker import PacketMaker
from planstudio.i18n import _, day_and_time
from planstudio.packets import Snapshot, keep_packet
from planstudio.queries.meetings import packet_bytes

if TYPE_CHECKING:
    from planstudio.reports.meeting.packet import PrintedPacket


class PacketPrinting(QObject):
    save_requested = Signal(bytes, str, object)  # the PDF, a name, what to do when it is saved
    kept = Signal()  # a revision was saved and is kept
    options_changed = Signal()

    def __init__(self, desk: Desk, maker: PacketMaker, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._maker = maker
        self._card: MeetingCard | None = None
        self.options = PacketOptions()
        self.menu = menu = QMenu(parent)
        self._keeping = menu.addAction(_("Print and keep this revision…"), self._keep)
        self._previewing = menu.addAction(_("Save a preview…"), self._save_preview)
        menu.addAction(_("Save the agenda alone…"), self._save_agenda)
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
            action.setChecked(getattr(self.options, name))
            action.toggled.connect(lambda on, name=name: self._choose(name, on))
        self.hold(held=False)

    def show_meeting(self, card: MeetingCard) -> None:
        self._card = card

    def hold(self, *, held: bool) -> None:
        """Let what shows something withheld neither be kept nor saved; what was kept before can be printed again."""
        self._keeping.setEnabled(not held and not self._desk.workspace.read_only)
        self._previewing.setEnabled(not held)

    def _choose(self, name: str, on: bool) -> None:
        chosen: dict[str, Any] = {name: on}
        self.options = replace(self.options, **chosen)
        self.options_changed.emit()

    def _keep(self) -> None:
        """Save the packet, and keep it as a printed revision once it is saved."""
        made, packets = self._maker.made, self._maker.packets
        if made is None or made.unanswered or self._desk.workspace.read_only:
            return
        shot, printed = made.shot, made.printed
        if packets.unchanged(shot, printed):
            if kept := packets.kept(shot):
                self._save_again(kept)
                return
            shot = packets.in_this_language(shot)
            printed = packets.print(shot)
        name = self._name(shot.data.audience, shot.data.revision)
        self.save_requested.emit(printed.pdf, name, lambda: self._record(shot, printed))

    def _record(self, shot: Snapshot, printed: PrintedPacket) -> None:
        label = _("Print the {audience} packet, revision {n}")
        label = label.format(audience=word(shot.data.audience).lower(), n=shot.data.revision)
        self.kept.emit()
        self._desk.do(label, keep_packet, shot.data, printed.pdf, printed.pages, printed.record.to_json())

    def _save_preview(self) -> None:
        if (made := self._maker.made) is not None and not made.unanswered:
            name = self._name(made.shot.data.audience, made.shot.data.revision)
            self.save_requested.emit(made.printed.pdf, name, None)

    def _save_agenda(self) -> None:
        if (made := self._maker.made) is not None and self._card is not None:
            name = _("{day} {meeting}, agenda.pdf").format(day=self._day, meeting=self._card.name).strip()
            self.save_requested.emit(self._maker.packets.agenda(made.shot).pdf, name, None)

    def _fill_again(self) -> None:
        self._again.clear()
        for packet in self._card.packets if self._card is not None else ():
            words, when = _("{audience}, Rev {n}, {when}"), day_and_time(packet.printed_at)
            words = words.format(audience=word(packet.audience), n=packet.revision, when=when)
            self._again.addAction(words).triggered.connect(lambda _on=False, packet=packet: self._save_again(packet))
        if self._again.isEmpty():
            self._again.addAction(_("Nothing has been printed yet")).setEnabled(False)

    def _save_again(self, packet: PacketRow) -> None:
        pdf = self._desk.ask(packet_bytes, packet.id)
        self.save_requested.emit(pdf, self._name(packet.audience, packet.revision), None)

    @property
    def _day(self) -> str:
        return f"{self._card.start:%Y-%m-%d}" if self._card is not None and self._card.start else ""

    def _name(self, audience: Access, revision: int) -> str:
        name = self._card.name if self._card is not None else ""
        return sound(f"{self._day} {name}, {word(audience).lower()}, Rev {revision}.pdf".strip())
