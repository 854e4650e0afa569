"""Asking for the password of a plan or of a copy, in a line on what is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from planstudio import passwords
from planstudio.domain.errors import PlanStudioError
from planstudio.gui.widgets.password_line import PasswordLine

if TYPE_CHECKING:
    from planstudio.gui.window import Window


class Unlocking(QObject):
    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.line: PasswordLine | None = None

    def has_part(self) -> bool:
        """Whether the part of the program that encrypts is here; where it is not, that is told."""
        try:
            passwords.need_part()
        except PlanStudioError as error:
            self._window.problems.show(error)
            return False
        return True

    def open(self, path: Path, words: str, *, read_only: bool = False, then: Callable[[], None] | None = None) -> None:
        """Ask for the password of the plan at *path*; then open it, and *then* what follows."""

        def opened() -> None:
            if self._window.open_plan(path, read_only=read_only, at_once=then is not None) and then is not None:
                then()

        if self.has_part():
            self.ask(path, words, opened)

    def ask(self, path: Path, words: str, opened: Callable[[], None]) -> None:
        self.stop()
        line = self.line = PasswordLine(words)
        line.submitted.connect(lambda typed: self._try(path, typed, line, opened))
        line.left.connect(self.stop)
        plan = self._window.plan
        (plan.view.notices if plan is not None else self._window.start.asked).addWidget(line)
        line.show()
        line.entry.setFocus()

    def stop(self) -> None:
        if self.line is not None and isValid(self.line):
            self.line.entry.clear()
            self.line.hide()
            self.line.deleteLater()
        self.line = None

    def _try(self, path: Path, typed: str, line: PasswordLine, opened: Callable[[], None]) -> None:
        data = self._window.data

        def done(_none: None) -> None:
            if isValid(line):
                self.stop()
                opened()

        def refused(error: PlanStudioError) -> None:
            if isValid(line):
                line.refuse(str(error))

        self._window.jobs.start(lambda _job: passwords.unlock(path, data, typed), done, refused)
