"""The first thing one sees: new, bring in, open; the recent files and a sample."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from planstudio import files
from planstudio.gui.person import Person
from planstudio.gui.theme import color, gap
from planstudio.gui.widgets.basics import area, button, column, empty, plain, prose, quiet, row, rule, text
from planstudio.gui.widgets.fields import LineField
from planstudio.gui.widgets.painted import Painted, Pressable, sign
from planstudio.i18n import _, clock_time, near_date


class StartPage(QWidget):
    new_requested = Signal()
    import_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    recent_chosen = Signal(str)
    introduced = Signal(object)  # Person

    def __init__(self, person: Person, recent: Sequence[str], now: datetime) -> None:
        super().__init__()
        self.hello = text("", "display", wrap=True)
        self.name = LineField(_("Your name, as history shows it"))
        self.role = LineField(_("Your role"), placeholder=_("such as: Board secretary"))
        self.who = self._who_part()
        self.new = _way("plus", _("Start a new plan"), _("An empty plan for your district, in a file of its own"))
        bring = _("From text, Markdown or a web page; you check every line first")
        self.bring = _way("wand", _("Bring in the plan you have"), bring)
        self.open = _way("folder", _("Open a plan file"), _("From this computer, a network folder or OneDrive"))
        self.sample = button(_("Look around a sample plan"), "quiet", "compass", act=self.sample_requested)
        self.told, self.asked = QVBoxLayout(), QVBoxLayout()
        self._recent = column(space=0)
        self._lay_out()
        self.new.pressed.connect(self.new_requested)
        self.bring.pressed.connect(self.import_requested)
        self.open.pressed.connect(self.open_requested)
        self.greet(person, now)
        self.show_recent(recent, now)

    def _lay_out(self) -> None:
        promise = _("Your plan lives in a file on this computer. It opens without a network and saves as you type.")
        drop = text(_("Or drop a file anywhere in this window."), "body", "muted")
        left = column(
            row(emblem(), 3, text("Plan Studio", "heading"), None), 8,
            self.hello, 2, prose(promise, "reading", "muted"), self.who, 4, self.asked, self.told, 3,
            self.new, 3, self.bring, 3, self.open, 5, row(drop, None), None,
            edge=(16, 0, 12, 0),
        )  # fmt: skip
        recent = column(row(text(_("Recent"), "heading"), None), 3, self._recent, edge=(2, 0, 2, 0))
        right = column(17, recent, 5, row(self.sample, None), None, edge=(10, 0, 14, 0))
        grid = QGridLayout(self)
        grid.setSpacing(0)
        grid.setContentsMargins(0, 0, 0, 0)
        for n, ground, box in ((0, "page", left), (1, "side", right)):
            grid.addWidget(area(ground, column(), QWidget), 0, n, 3, 1)
            grid.addWidget(plain(box), 1, n, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(0, 2)
        grid.setRowStretch(2, 3)
        grid.setColumnStretch(0, 11)
        grid.setColumnStretch(1, 9)

    def _who_part(self) -> QWidget:
        """Who works here: asked once, before anything is done."""
        keep = button(_("That is me"), "plain", act=self._introduce)
        for field in (self.name, self.role):
            field.entry.returnPressed.connect(self._introduce)
        line = row(self.name, self.role, keep, space=3, bottom=keep, grow=0)
        line.setStretch(1, 1)
        return plain(column(4, line))

    def _introduce(self) -> None:
        if name := self.name.entry.text().strip():
            self.introduced.emit(Person(name, self.role.entry.text().strip()))

    def greet(self, person: Person, now: datetime) -> None:
        hello = _("Good morning") if now.hour < 12 else _("Good afternoon") if now.hour < 18 else _("Good evening")
        words = [word for word in person.name.split() if not word.endswith(".")]
        is_login = len(words) == 1 and not words[0][:1].isupper()
        self.hello.setText(f"{hello}, {words[0]}" if words and not is_login else hello)
        self.who.setVisible(not person.known)

    def show_recent(self, recent: Sequence[str], now: datetime) -> None:
        empty(self._recent)
        for n, path in enumerate(recent[:6]):
            if n:
                self._recent.addWidget(rule())
            self._recent.addWidget(self._row(Path(path), now))
        if not recent:
            self._recent.addWidget(quiet(_("Plans you have opened stand here.")))

    def _row(self, path: Path, now: datetime) -> QWidget:
        try:
            changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
            when = near_date(changed.date(), now.date())
            if changed.date() == now.date():
                when = _("Today, {time}").format(time=clock_time(changed))
        except OSError:
            when = _("not there now")
        words = column(text(path.stem, "strong"), text(str(path.parent), "caption", "muted"), space=0.5)
        kind, secret = ("lock", _("under a password")) if files.is_secret(path) else ("file", "")
        line = row(sign(kind, "accent", 5.5), 3, words, None, text(when, "caption", "muted"), edge=(1, 2.5, 1, 2.5))
        made = Pressable(line, ", ".join(filter(None, (path.stem, secret, when))), ground="side")
        made.pressed.connect(lambda: self.recent_chosen.emit(str(path)))
        return made


def _way(icon_name: str, title: str, words: str) -> Pressable:
    said = column(text(title, "strong"), quiet(words), space=0.75)
    line = row(sign(icon_name, "accent", 6), 3.5, said, sign("next", "muted", 4), edge=(4, 4, 4, 4), grow=2)
    return Pressable(line, title)


def emblem(steps: float = 9) -> Painted:
    """The program's own mark: three lines of a plan, each reaching further."""

    def paint(p: QPainter, b: QRectF) -> None:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(color("accent"))
        p.drawRoundedRect(b, b.width() * 0.24, b.width() * 0.24)
        p.setBrush(color("on_accent"))
        for n, share in enumerate((0.28, 0.42, 0.56)):
            top = b.height() * (0.26 + n * 0.19)
            line = QRectF(b.width() * 0.22, top, b.width() * share, b.height() * 0.1)
            p.drawRoundedRect(line, b.height() * 0.05, b.height() * 0.05)

    return Painted(gap(steps), gap(steps), paint, "Plan Studio")
