"""Before you post: the advices at the left, what was opened at the right, or in its place where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from planstudio.domain.advice import Advice, advices, summary
from planstudio.domain.kinds import Access
from planstudio.domain.leaks import Clearance, Leak, Spot
from planstudio.domain.preflight import Finding
from planstudio.gui.theme import gap
from planstudio.gui.widgets.advice_list import AdviceList
from planstudio.gui.widgets.basics import button, column, plain, quiet, row, scrolled, split, text
from planstudio.gui.widgets.finding_lines import FindingLines
from planstudio.gui.widgets.leak_view import LeakView
from planstudio.i18n import _, ngettext

WIDE = 200  # gaps of width from which list and finding stand side by side
_SHOWN = 6  # advices beside an agenda, before the list is unfolded


class Preflight(QWidget):
    """Small beside an agenda; when something is opened it asks for the whole page."""

    fix_requested = Signal(str, str, str)  # item's id, what, file's id
    page_requested = Signal(int)  # a page of the packet, from 1
    answered = Signal(object, object, str)  # Leak, ClearedAs, the reason
    taken_back = Signal(object)  # Clearance
    withheld = Signal(object, str)  # Leak; "withhold" its file, "close" its item
    large_requested = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._made: tuple[Advice, ...] = ()
        self._audience, self._read_only = Access.PUBLIC, False
        self._open, self._checked = "", ""
        self._unfolded, self.large = False, False
        self.back = button(_("‹ The agenda and the packet"), "quiet", act=self.leave)
        self.kicker, self.title = text("", "strong", "accent"), text(_("Before you post"), "display")
        self.summary = quiet("")
        self.head, self.count = text(_("Before you post"), "heading"), text("", "body", "muted")
        self.list = AdviceList()
        self.more = button("", "quiet", act=self._unfold)
        self.leak, self.lines = LeakView(), FindingLines()
        self.detail = QStackedWidget()
        self.detail.addWidget(scrolled(column(self.leak), "side"))
        self.detail.addWidget(scrolled(column(self.lines), "side"))
        self._large_head = plain(column(row(self.back, None), 1, self.kicker, self.title, 1, self.summary, 4))
        self._small_head = plain(column(row(self.head, 2, self.count, None), 1))
        self._left = column(self._large_head, self._small_head, self.list, row(self.more, None), None)
        self.findings = scrolled(self._left)
        self.split = split((self.findings, 170), (self.detail, 150))
        self.setLayout(column(self.split))
        self._connect()
        self.set_large(False)

    def _connect(self) -> None:
        self.list.opened.connect(self.open)
        self.list.denied.connect(self.open)
        self.list.mended.connect(self._mend_advice)
        self.leak.left.connect(self._close)
        self.leak.answered.connect(self.answered)
        self.leak.opened.connect(self._open_spot)
        self.leak.mended.connect(self._mend_leak)
        self.lines.left.connect(self._close)
        self.lines.mended.connect(self._mend)
        self.lines.taken_back.connect(self.taken_back)

    def show_found(
        self, findings: Sequence[Finding], leaks: Sequence[Leak], clearances: Sequence[Clearance], audience: Access,
        *, kicker: str, checked: str, read_only: bool,
    ) -> None:  # fmt: skip
        """Show what was found in the packet for *audience*; what is open stays open while there is any of it.

        *checked* says how much was looked through, and when.
        """
        self._checked = checked
        self._made, self._audience, self._read_only = advices(findings, leaks, clearances), audience, read_only
        self.kicker.setText(kicker)
        self._show_list()
        opened = next((one for one in self._made if one.code == self._open), None)
        if opened is not None:
            self._show_detail(opened)
        elif self._open:
            self._close()

    def _show_list(self) -> None:
        most = None if self._unfolded or self.large else _SHOWN
        rest = self.list.show_advices(self._made, most, self._open if self.large else "")
        self.more.setVisible(rest > 0 or (self._unfolded and not self.large and len(self._made) > _SHOWN))
        words = ngettext("Show {n} more", "Show {n} more", rest).format(n=rest)
        self.more.setText(words if rest > 0 else _("Show fewer"))
        to_do = sum(one.count for one in self._made if one.group in ("must", "should"))
        nothing = _("nothing left to do") if self._made else ""
        self.count.setText(_("{n} to look at").format(n=to_do) if to_do else nothing)
        nothing = _("Nothing was found.") if self._checked else ""
        self.summary.setText(f"{summary(self._made) if self._made else nothing} {self._checked}".strip())

    def _unfold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_list()

    def open(self, one: Advice) -> None:
        """Show what stands behind a line; the whole page makes room for it."""
        self._open = one.code
        if not self.large:
            self.large_requested.emit(True)
        self._show_list()
        self._show_detail(one)
        self._fit()
        (self.leak if one.leaks else self.lines).begin()

    def _show_detail(self, one: Advice) -> None:
        if one.leaks:
            self.leak.show_leaks(one.leaks, self._audience, read_only=self._read_only)
        else:
            self.lines.show_advice(one, read_only=self._read_only)
        self.detail.setCurrentIndex(0 if one.leaks else 1)
        self._fit()

    def _close(self) -> None:
        code, self._open = self._open, ""
        self._show_list()
        self._fit()
        self.list.stand_on(code)

    def leave(self) -> None:
        """Back to the agenda and the packet's pages."""
        self._open = ""
        self.large_requested.emit(False)

    def set_large(self, large: bool) -> None:
        """Whether this is the whole page, or stands small beside an agenda."""
        self.large = large
        self._large_head.setVisible(large)
        self._small_head.setVisible(not large)
        if not large:
            self._open = ""
        self._left.setContentsMargins(*((gap(7), gap(6), gap(3), 0) if large else (0, 0, gap(1), 0)))
        self._show_list()
        self._fit()

    def _fit(self) -> None:
        """Side by side where there is room, else one in the place of the other."""
        wide, opened = self.width() >= gap(WIDE), self.large and bool(self._open)
        self.detail.setVisible(opened)
        self.findings.setVisible(not opened or wide)
        for part in (self.leak, self.lines):
            part.back.setVisible(not wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _mend_advice(self, one: Advice) -> None:
        """The verb of a line: it mends the only finding, and leads to the list of several."""
        if len(one.findings) == 1:
            self._mend(one.findings[0])
        else:
            self.open(one)

    def _mend(self, one: Finding) -> None:
        self._put_small()
        self.fix_requested.emit(one.item_id, one.fix, one.file_id)

    def _mend_leak(self, leak: Leak, how: str) -> None:
        if how == "replace":
            self._put_small()
            self.fix_requested.emit(leak.shown.item_id, "file" if leak.shown.file_id else "", leak.shown.file_id)
        else:
            self.withheld.emit(leak, how)

    def _open_spot(self, spot: Spot) -> None:
        self._put_small()
        if spot.number:
            self.page_requested.emit(spot.number)
        else:
            self.fix_requested.emit(spot.item_id, "file" if spot.file_id else "", spot.file_id)

    def _put_small(self) -> None:
        if self.large:
            self.leave()
