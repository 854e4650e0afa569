"""Locks a plan under a password when nobody is there.

Locking saves and closes the plan and lets go of its key, so that what is left in
this process are lines of paths; the same page comes back when it is opened again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from planstudio import files, passwords
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.gui.window.parts import PlanParts
    from planstudio.gui.window.protection import Protection

_Kind = QEvent.Type
_SIGNS_OF_LIFE = frozenset((_Kind.KeyPress, _Kind.MouseButtonPress, _Kind.MouseMove, _Kind.Wheel, _Kind.TouchBegin))


class Lock(QObject):
    def __init__(self, plan: PlanParts, protection: Protection) -> None:
        super().__init__(plan)
        self._plan, self._protection = plan, protection
        self.now: Callable[[], float] = time.time  # goes on while the computer sleeps
        self._last = 0.0  # when somebody was there
        self.quiet = QTimer(self, singleShot=True)
        self.quiet.timeout.connect(self._on_quiet)

    @property
    def _seconds(self) -> int:
        """How long nobody may be there; 0 for as long as they like."""
        return self._plan.window.settings.lock_after * 60

    def begin(self) -> None:
        """Watch over the plan, if it is under a password."""
        self.end()
        application = QCoreApplication.instance()
        if self._plan.workspace.secret and self._seconds > 0 and application is not None:
            application.installEventFilter(self)
            self._last = self.now()
            self.quiet.start(self._seconds * 1000)

    def end(self) -> None:
        if (application := QCoreApplication.instance()) is not None:
            application.removeEventFilter(self)
        self.quiet.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            if self._is_over():  # the computer has slept: whoever wakes it may be another one
                QTimer.singleShot(0, self, self.lock)
                return True
            self._last = self.now()
        return False

    def _is_over(self) -> bool:
        return 0 < self._seconds <= self.now() - self._last

    def _on_quiet(self) -> None:
        if self._is_over():
            self.lock()
        else:
            self.quiet.start(max(1, round((self._last + self._seconds - self.now()) * 1000)))

    def close(self) -> None:
        """Close the plan; its password is asked for again when it is opened."""
        if self._plan.window.close_plan():
            passwords.lock()

    def lock(self) -> None:
        """Save and close the plan, let go of its key, and ask for its password where it stood."""
        plan, window = self._plan, self._plan.window
        if not self._protection.is_secret():
            return
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog) and one.isVisible():
                one.reject()
        path, here, read_only = plan.workspace.path, plan.view.here, plan.workspace.read_only
        begun = plan.take_unrecorded()
        window.importing.drop()
        window.close_plan(locking=True)
        passwords.lock()
        words = _("{name} is locked. Enter its password to go on where you were.")
        words = words.format(name=files.shown(path.name))
        window.unlocking.open(path, words, read_only=read_only, then=lambda: window.resume(here, begun))
