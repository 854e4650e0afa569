"""One leak after another: the same words where they are withheld and where they stand, and why that is no leak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from planstudio.domain.advice import leak_title
from planstudio.domain.kinds import Access, ClearedAs
from planstudio.domain.leaks import Leak, Spot
from planstudio.domain.words import word
from planstudio.gui.theme import color
from planstudio.gui.widgets.basics import area, button, column, complain, complaint, empty, quiet, row, text
from planstudio.gui.widgets.fields import Choices
from planstudio.gui.widgets.keys import OnKeys, Submitting
from planstudio.gui.widgets.marks import mark
from planstudio.gui.widgets.painted import Elided
from planstudio.i18n import _, ngettext


class LeakView(QWidget):
    """The leaks of one packet that wait for an answer, one at a time."""

    answered = Signal(object, object, str)  # Leak, ClearedAs, the reason
    opened = Signal(object)  # Spot: its page or item is to be shown
    mended = Signal(object, str)  # Leak, how: replace, withhold, close
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._leaks: tuple[Leak, ...] = ()
        self._at = 0
        self.read_only = False
        self.back = button(_("‹ Back to the findings"), "quiet", act=self.left)
        self.title = text("", "heading", wrap=True)
        self.line = quiet("")
        self.count = text("", "caption", "muted")
        self.before = button("‹", "quiet", name=_("The finding before"), act=lambda: self._go(-1))
        self.after = button("›", "quiet", name=_("The next finding"), act=lambda: self._go(1))
        for one in (self.before, self.after):
            one.setToolTip(one.accessibleName())
        self._spots = column()
        self._mend = row()
        self._mend_head = text(_("Mend it"), "strong")
        self._why_head = text(_("Or: this is not a leak, because"), "strong")
        self.kind = Choices(_("What it is"), [(word(kind), kind) for kind in ClearedAs])
        self.reason = QLineEdit(placeholderText=_("a sentence"))
        self.reason.setAcceptDrops(False)  # a file is for the window, or its address would be the reason
        self.reason.setAccessibleName(_("This is not a leak, because"))
        self.wrong = complaint()
        self.keep = button(_("Keep with this reason"), "primary", act=self._keep)
        OnKeys(self, {Qt.Key.Key_Escape: self.left.emit, Qt.Key.Key_N: self.begin})
        Submitting(self._keep, None, self.reason, self.kind, self.keep)
        self._lay_out()

    def _lay_out(self) -> None:
        kept = _(
            "The reason is kept with your name in the record of this packet. The public copy does not show it. "
            "If either page changes, the finding comes back."
        )
        head = row(mark("off track", 4), 2, self.title, self.count, self.before, self.after, grow=2)
        answer = column(
            self._why_head, 1, row(self.kind, None), 1.5, self.reason, self.wrong, 1.5,
            quiet(kept, "caption"), 2, row(self.keep, None),
        )  # fmt: skip
        shown = column(row(self.back, None), 1, head, 1, self.line, 3, self._spots)
        self.setLayout(column(shown, 4, self._mend_head, 1, self._mend, 4, answer, None, edge=(6, 6, 6, 4)))

    @property
    def leak(self) -> Leak | None:
        return self._leaks[self._at] if self._leaks else None

    def show_leaks(self, leaks: Sequence[Leak], audience: Access, *, read_only: bool) -> None:
        """Show *leaks*, the one that stood here before if it is among them; what is being written stays with it."""
        standing = self.leak
        self._leaks, self._audience, self.read_only = tuple(leaks), audience, read_only
        codes = [leak.code for leak in leaks]
        if standing is not None and standing.code in codes:
            self._at = codes.index(standing.code)
            self._show()
        else:
            self._stand_at(min(self._at, max(0, len(codes) - 1)))

    def begin(self) -> None:
        """Put the cursor where the reason is written."""
        (self.reason if not self.read_only else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, why: str) -> None:
        complain(self.wrong, why)
        self.reason.setAccessibleDescription(why)

    def _go(self, step: int) -> None:
        self._stand_at((self._at + step) % max(1, len(self._leaks)))

    def _stand_at(self, at: int) -> None:
        self._at = at
        self.reason.clear()
        self.refuse("")
        self._show()

    def _show(self) -> None:
        leak = self.leak
        if leak is None:
            return
        many = len(self._leaks) > 1
        self.count.setText(_("{n} of {all}").format(n=self._at + 1, all=len(self._leaks)) if many else "")
        self.before.setVisible(many)
        self.after.setVisible(many)
        self.title.setText(leak_title(leak))
        self.line.setText(self._said(leak))
        empty(self._spots)
        withheld = _("In the closed item") if leak.access is Access.CLOSED else _("In the administrative item")
        public = self._audience is Access.PUBLIC
        here = _("In the packet for the public") if public else _("In the packet for administrators")
        for name, spot, tone in ((withheld, leak.withheld, "violet"), (here, leak.shown, "red")):
            self._spots.addWidget(self._excerpt(name, spot, tone))
            self._spots.addSpacing(2 * self.fontMetrics().height() // 4)
        self._show_mending(leak)
        for part in (self.kind, self.reason, self.keep):
            part.setEnabled(not self.read_only)

    def _said(self, leak: Leak) -> str:
        n = len(leak.words.split())
        words = ngettext("The same word stands in both places.", "The same {n} words stand in both places.", n)
        said = words.format(n=n)
        if leak.count > 1:
            more = ngettext("{n} more place in the same paper.", "{n} more places in the same paper.", leak.count - 1)
            said = f"{said} {more.format(n=leak.count - 1)}"
        return said

    def _excerpt(self, name: str, spot: Spot, tone: str) -> QWidget:
        """The words with some around them; a screen reader hears where the match begins and ends."""
        wash, ink = color(f"{tone}_wash").name(), color(tone).name()
        match = f'<span style="background-color:{wash}; color:{ink}; font-weight:600">{escape(spot.words)}</span>'
        before = f"… {escape(spot.before)}" if spot.before else ""
        after = f"{escape(spot.after)} …" if spot.after else ""
        around = " ".join(filter(None, (before, match, after)))
        around = re.sub(r"</span> (?=[,.;:!?)”’])", "</span>", around)  # a comma stands at the word before it
        words = text(f'<p style="line-height:130%; margin:0">{around}</p>', "reading", wrap=True)
        words.setTextFormat(Qt.TextFormat.RichText)
        spoken = _("{before} match begins {words} match ends {after}")
        words.setAccessibleName(spoken.format(before=spot.before, words=spot.words, after=spot.after).strip())
        place = Elided(spot.place, "caption", "muted", hug=True)
        head = row(text(name, "caption strong", tone), 2, None, place)
        verb = _("Open the page") if spot.number else _("Open the item")
        go = button(verb, "quiet", name=f"{verb}: {spot.place}", act=lambda: self.opened.emit(spot))
        go.setVisible(bool(spot.number or spot.item_id))
        return area("card", column(head, 1.5, words, 1, row(go, None), edge=(4, 3, 4, 1.5)))

    def _show_mending(self, leak: Leak) -> None:
        empty(self._mend)
        ways = []
        if leak.shown.file_id:
            ways = [("replace", _("Replace the file of {number}")), ("withhold", _("Withhold this file"))]
        elif leak.shown.item_id:
            ways = [("replace", _("Change the words of {number}"))]
        if leak.shown.item_id:
            ways.append(("close", _("Move {number} to closed")))
        for how, words in ways:
            verb = button(words.format(number=leak.shown.item), "plain")
            verb.setEnabled(not self.read_only or how == "replace")
            verb.clicked.connect(lambda _on=False, how=how: self.mended.emit(leak, how))
            self._mend.addWidget(verb)
            self._mend.addSpacing(self.fontMetrics().height() // 3)
        self._mend.addStretch(1)
        self._mend_head.setVisible(bool(ways))

    def _keep(self) -> None:
        if self.leak is not None and not self.read_only:
            self.answered.emit(self.leak, self.kind.currentData(), self.reason.text())
