"""How the parts of an open plan share its width: outline, page, and details or packet."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from planstudio.domain.places import NOWHERE, Place
from planstudio.gui.pages.inspector import Inspector
from planstudio.gui.pages.packet_pane import PacketPane
from planstudio.gui.pages.page import Pane
from planstudio.gui.pages.page_stack import PageStack
from planstudio.gui.pages.side import Side
from planstudio.gui.settings import Settings
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import split
from planstudio.gui.widgets.overlaid import Overlaid

NARROW_MEETING = 330  # gaps of width below which the outline folds beside an agenda
NARROWEST = 220  # gaps of width below which the outline folds once it has been used, and the packet
NARROW = 288  # gaps of width below which the details fold


class Panes:
    def __init__(
        self, side: Side, stack: PageStack, middle: Overlaid, inspector: Inspector, packet: PacketPane,
        settings: Settings, path: Path,
    ) -> None:  # fmt: skip
        """*middle* holds the pages of *stack*; how wide each is, is remembered for the plan at *path*."""
        self._side, self._stack, self._middle = side, stack, middle
        self._inspector, self._packet, self._settings = inspector, packet, settings
        self._here = NOWHERE
        inspector.setMinimumWidth(gap(72))
        packet.setMinimumWidth(gap(106))
        packet.hide()
        self.split = split((side, 68), (middle, 200), (inspector, 74), (packet, 120))
        self.split.setStretchFactor(1, 1)
        side.setVisible(settings.outline_shown)
        if isinstance(sizes := settings.recall(path, "split"), list) and len(sizes) == self.split.count():
            self.split.setSizes([int(size) for size in sizes])
        self.split.splitterMoved.connect(lambda *_at: settings.remember(path, "split", self.split.sizes()))
        packet.large_requested.connect(self._on_large)

    @property
    def _pane(self) -> Pane:
        return self._stack.shown.pane if self._stack.shown is not None else Pane.NONE

    def show_place(self, place: Place) -> None:
        self._here = place
        self.share()

    def share(self) -> None:
        """Show and fold what there is room for."""
        pane, width = self._pane, self.split.width()
        if pane is Pane.PACKET and self._packet.preflight.large:
            return  # what is looked at before posting has the whole page, however narrow that is
        wanted = pane if self._settings.details_shown else Pane.NONE
        self._packet.setVisible(wanted is Pane.PACKET and width >= gap(NARROWEST))
        self._inspector.setVisible(wanted is Pane.DETAILS and width >= gap(NARROW))
        if self._packet.isVisible():
            self._show_packet()
        elif pane is Pane.DETAILS:
            self._inspector.show_element(self._here)
        self.fold_outline()

    def _show_packet(self) -> None:
        if self._stack.shown is not None:
            meeting = self._stack.shown.meeting_id
            self._packet.show()
            self._packet.show_meeting(meeting, "" if self._here.ident == meeting else self._here.ident)

    def _on_large(self, large: bool) -> None:
        """What is to be looked at before posting takes the whole page, and gives it back."""
        self._middle.setVisible(not large)
        if large:
            self._side.hide()
        else:
            self.share()

    def fold_outline(self) -> None:
        """Give the page the room of the outline in a narrow window, once the cursor has left the outline."""
        least = NARROW_MEETING if self._pane is Pane.PACKET else NARROWEST  # the packet needs room beside an agenda
        focus = QApplication.focusWidget()
        used = least == NARROWEST and focus is not None and self._side.isAncestorOf(focus)
        self._side.setVisible(self._settings.outline_shown and (used or self.split.width() >= gap(least)))

    def toggle_outline(self) -> None:
        self._side.setVisible(not self._side.isVisible())
        self._settings.outline_shown = self._side.isVisible()

    def toggle_details(self) -> None:
        if self._pane is Pane.NONE:
            return
        self._settings.details_shown = not (self._inspector.isVisible() or self._packet.isVisible())
        self.share()
        if self._settings.details_shown and self._pane is Pane.PACKET:
            self._show_packet()  # whoever asks for them sees them in a narrow window, too
        elif self._settings.details_shown:
            self._inspector.show()

    def show_details(self) -> None:
        """Show the details from now on, in a narrow window, too."""
        self._settings.details_shown = True
        self._inspector.show()

    def shown(self) -> tuple[QWidget, ...]:
        """The panes that F6 walks through, in the order of reading."""
        places = (self._side.outline, self._stack.currentWidget(), self._inspector, self._packet)
        return tuple(pane for pane in places if pane is not None and pane.isVisible())
