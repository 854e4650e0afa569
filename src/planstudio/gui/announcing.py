"""The one door through which something is said to whoever listens: a step, a refusal, a page, a job.

What is said within one event is said together, once and in the order in which it came, when the event is over: a
screen reader that is given two announcements speaks the second into the first. What is typed is told when the cursor
leaves the field, not at every letter.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication

_Politeness = QAccessible.AnnouncementPoliteness
_ENDS = (".", "?", "!", "…", ":")


def announcer() -> Announcer:
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    return qt.findChild(Announcer, options=Qt.FindChildOption.FindDirectChildrenOnly) or Announcer(qt)


class Announcer(QObject):
    announced = Signal(str, bool)  # the words as they were given to the screen reader, and whether they interrupt it

    def __init__(self, qt: QApplication) -> None:
        super().__init__(qt)
        self._words: list[str] = []
        self._step = ""
        self._typed = ""
        self._urgent = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._speak)
        qt.focusChanged.connect(self._say_stored)

    def say(self, words: str, *, urgent: bool = False) -> None:
        self._words.append(words)
        self._urgent = self._urgent or urgent
        self._soon.start()

    def say_step(self, words: str) -> None:
        """Say what a step has done, after what was typed before it."""
        self._say_stored()
        self._step = words
        self.say(words)

    def forget_step(self) -> None:
        """Leave the step of this event unsaid: what is said next says it better."""
        self._words = [one for one in self._words if one != self._step]

    def say_typed(self, words: str) -> None:
        """Say of what is being typed that it has been stored, once the cursor leaves the field."""
        self._typed = words

    @Slot()
    def _say_stored(self) -> None:
        if self._typed:
            self.say(self._typed)
            self._typed = ""

    def _is_begun(self, words: str) -> bool:
        """Whether another sentence says the same and more."""
        return any(one.startswith(words) and not one[len(words) :][:1].isalnum() for one in self._words if one != words)

    def _speak(self) -> None:
        words = " ".join(_sentence(one) for one in dict.fromkeys(self._words) if one and not self._is_begun(one))
        urgent, self._urgent, self._words, self._step = self._urgent, False, [], ""
        if not words:
            return
        window = QApplication.activeWindow() or next((w for w in QApplication.topLevelWidgets() if w.isVisible()), None)
        if window is not None and QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(window, words)
            event.setPoliteness(_Politeness.Assertive if urgent else _Politeness.Polite)
            QAccessible.updateAccessibility(event)
        self.announced.emit(words, urgent)


def _sentence(words: str) -> str:
    """*words* with an end, so that the next ones do not run into them."""
    words = words.strip()
    return words if words.endswith(_ENDS) else f"{words}."
