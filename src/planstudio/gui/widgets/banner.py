"""One line at the top of a page instead of a box in the way: shape, sentence, verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from planstudio.gui.announcing import announcer
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, row, text, tool
from planstudio.gui.widgets.marks import mark
from planstudio.i18n import _

_READ = 10_000  # milliseconds
_MOST = 3


class Banner(QFrame):
    """Amber when someone should look, red when something was not done, plain for what was. It is heard when it is made.

    A plain one without a verb has been read after ten seconds and goes by itself.
    """

    acted = Signal()  # the first verb
    chosen = Signal(int)  # any verb, by its place

    def __init__(self, words: str, *actions: str, alarm: bool = False, note: bool = False, heard: bool = True) -> None:
        """*heard* is False for a line that only stands on a page, which is built anew at every change."""
        super().__init__()
        self.setProperty("area", "alarm" if alarm else "note" if note else "banner")
        self.words = words
        close = tool("close", tip=_("Close this note"), tone="muted", act=self.hide)
        close.clicked.connect(self.deleteLater)
        shape = mark("off track" if alarm else "completed" if note else "at risk", 3.5)
        actions = tuple(filter(None, actions))
        verbs = [
            button(action, "quiet", act=lambda _on=False, n=n: self.chosen.emit(n)) for n, action in enumerate(actions)
        ]
        self.chosen.connect(lambda n: self.acted.emit() if n == 0 else None)
        self.setLayout(row(shape, 2.5, text(words, wrap=True), *verbs, close, edge=(4, 1.5, 2, 1.5), grow=2))
        self.setAccessibleName(words)
        self._verbs, self._alarm = actions, alarm
        if heard:
            self.speak()
        if note and not actions:
            QTimer.singleShot(_READ, self, self.deleteLater)

    def speak(self) -> None:
        """Say the line with its verbs to whoever listens, once more where it stands already."""
        verbs = _("To choose: {verbs}.").format(verbs=", ".join(self._verbs)) if self._verbs else ""
        announcer().say(f"{self.words} {verbs}".strip(), urgent=self._alarm)


class Banners(QVBoxLayout):
    """The newest first, three at most, none twice."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(gap(1))
        self.setContentsMargins(gap(5), 0, gap(5), 0)

    def say(self, words: str, *, alarm: bool = False, action: str = "", act: Callable[[], Any] | None = None) -> Banner:
        return self.ask(words, *([(action, act)] if act is not None else ()), alarm=alarm)

    def ask(self, words: str, *choices: tuple[str, Callable[[], Any]], alarm: bool = False) -> Banner:
        """A line with its verbs; it goes when one is chosen."""
        for old in self._shown():
            if old.words == words and not old.isHidden():
                old.speak()
                return old
        banner = Banner(words, *(verb for verb, _act in choices), alarm=alarm, note=not alarm)
        banner.chosen.connect(lambda n: choices[n][1]())
        banner.chosen.connect(banner.deleteLater)
        self.insertWidget(0, banner)
        for gone in self._shown()[_MOST:]:
            self.removeWidget(gone)
            gone.deleteLater()
        return banner

    def _shown(self) -> list[Banner]:
        items = (self.itemAt(n) for n in range(self.count()))
        return [one for item in items if item is not None and isinstance(one := item.widget(), Banner)]
