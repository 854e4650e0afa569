"""Plans under a password in the window: made, asked for, changed, and locked when nobody is there.

Locking saves and closes the plan and lets go of its key, so that what is left in
this process are lines of paths; the same page comes back when it is opened again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from planstudio import files, passwords
from planstudio.domain.errors import PlanStudioError
from planstudio.gui.widgets.password_line import PasswordLine
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.gui.desk import Begun
    from planstudio.gui.window import Window

_SIGNS_OF_LIFE = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)


class Secrecy(QObject):
    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.line: PasswordLine | None = None
        self.now: Callable[[], float] = time.time  # goes on while the computer sleeps
        self._last = 0.0  # when somebody was there
        self.quiet = QTimer(self, singleShot=True)
        self.quiet.timeout.connect(self._on_quiet)

    # Asking.

    def ask(self, path: Path, words: str, *, read_only: bool = False, then: Callable[[], None] | None = None) -> None:
        """Ask for the password of the plan at *path* on what is shown; then open it, and *then* what follows."""
        try:
            passwords.need_part()
        except PlanStudioError as error:
            self._window.problems.show(error)
            return

        def opened() -> None:
            if self._window.open_plan(path, read_only=read_only, at_once=then is not None) and then is not None:
                then()

        self._ask(path, words, opened)

    def ask_for_copy(self, path: Path, then: Callable[[], None]) -> None:
        """Ask for the password of a copy that has another one than the plan; *then* look into it."""
        try:
            passwords.need_part()
        except PlanStudioError as error:
            self._window.problems.show(error)
            return
        words = _("{name} is under a password of its own. Enter it to see what is new in the copy.")
        self._ask(path, words.format(name=files.shown(path.name)), then)

    def ask_for_new(self) -> None:
        """The password of the plan that is open was changed on another computer: ask for the new one."""
        if self._window.workspace is not None:
            path = self._window.workspace.path
            words = _("The password of {name} was changed. Enter the new one.")
            self._ask(path, words.format(name=files.shown(path.name)), self._take_new)

    def _ask(self, path: Path, words: str, opened: Callable[[], None]) -> None:
        self.stop_asking()
        window, line = self._window, PasswordLine(words)
        self.line = line
        line.submitted.connect(lambda typed: self._try(path, typed, line, opened))
        line.left.connect(self.stop_asking)
        if window.view is not None:
            window.view.notices.addWidget(line)
        else:
            window.start.asked.addWidget(line)
        line.show()
        line.entry.setFocus()

    def stop_asking(self) -> None:
        if self.line is not None and isValid(self.line):
            self.line.entry.clear()
            self.line.hide()
            self.line.deleteLater()
        self.line = None

    def _try(self, path: Path, typed: str, line: PasswordLine, opened: Callable[[], None]) -> None:
        data = self._window.data

        def done(_none: None) -> None:
            if isValid(line):
                self.stop_asking()
                opened()

        def refused(error: PlanStudioError) -> None:
            if isValid(line):
                line.refuse(str(error))

        self._window.jobs.start(lambda _job: passwords.unlock(path, data, typed), done, refused)

    def _take_new(self) -> None:
        window = self._window
        if window.workspace is None or window.saver is None:
            return
        if self._patiently(window.workspace.take_password):
            window.saver.watcher.look()
            window.saver.save()
            window.tell(_("The plan is under the new password here, too."), False)

    def _patiently(self, act: Callable[[], object]) -> bool:
        """Do what takes a while and cannot be done beside other work; False after a refusal, which is told."""
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            act()
        except PlanStudioError as error:
            self._window.problems.show(error)
            return False
        finally:
            QGuiApplication.restoreOverrideCursor()
        return True

    # Making one, and its password.

    def protect(self) -> None:
        """The plan that is open as a plan under a password, beside the one in the clear."""
        window = self._window
        workspace = window.workspace
        if workspace is None:
            return
        window.leave_field()
        plain = workspace.path
        target = plain.with_suffix(files.SECRET_SUFFIX)
        if workspace.secret:
            window.tell(_("{name} is under a password already.").format(name=files.shown(plain.name)), False)
            return
        if target.exists():
            words = _("{name} exists already. Open it, or give it another name.")
            window.tell(words.format(name=files.shown(target.name)), True)
            return
        try:
            passwords.need_part()
        except PlanStudioError as error:
            window.problems.show(error)
            return
        password = self._new_password(_("Keep under a password"), _("Keep under a password"))
        if password:
            window.jobs.start(
                lambda _job: workspace.protect(target, password), lambda _done: self._on_protected(plain, target)
            )

    def _on_protected(self, plain: Path, target: Path) -> None:
        window = self._window
        if not window.open_plan(target, at_once=True):
            return
        words = _("If the password is forgotten, only the recovery sheet opens this plan.")
        window.tell(words, False, _("Print the recovery sheet…"), self.print_sheet)
        words = _(
            "{name} is under a password now. {plain}, its working copy and its backups are still there, in the clear."
        )
        told = words.format(name=files.shown(target.name), plain=files.shown(plain.name))
        window.tell(told, False, _("Delete the unprotected plan"), lambda: self._delete(plain))

    def _delete(self, plain: Path) -> None:
        window = self._window
        if window.workspace is None or not self._has_all_of(plain):
            return
        if self._patiently(lambda: passwords.delete_unprotected(plain, window.data)):
            window.copies.forget_printed()
            window.settings.forget(str(plain))
            words = _(
                "The unprotected plan is gone from this computer. A disk without moving parts may keep traces of it, "
                "and colleagues' computers, copies and backups of the folder have their own."
            )
            window.tell(words, False)

    def _has_all_of(self, plain: Path) -> bool:
        """Whether nothing has come into the plan in the clear meanwhile; else that is told, with the verb for it."""
        window = self._window
        assert window.workspace is not None
        try:
            counts = window.workspace.copy_counts(plain)
        except PlanStudioError as error:
            window.problems.show(error)
            return False
        if counts.only_there:
            words = _("{name} was changed since. Take that in first, then delete it.")
            act = (_("Look at it"), lambda: window.copies.offer_merge(plain))
            window.tell(words.format(name=files.shown(plain.name)), False, *act)
        return not counts.only_there

    def change(self) -> None:
        """Another password for the plan, its backups and its file."""
        window = self._window
        workspace = window.workspace
        if workspace is None or not self._is_secret():
            return
        window.leave_field()
        password = self._new_password(_("Change the password"), _("Change"))
        if password and self._patiently(lambda: workspace.change_password(password)):
            if window.saver is not None:
                window.saver.watcher.look()
            words = _("The password was changed. The former recovery sheet opens nothing any more.")
            window.tell(words, False, _("Print the recovery sheet…"), self.print_sheet)

    def _new_password(self, title: str, verb: str) -> str:
        from planstudio.gui.dialogs.new_password import NewPassword

        return NewPassword(self._window, title, verb).chosen()

    def print_sheet(self) -> None:
        """The recovery sheet as a PDF, made in memory; it is saved where somebody wants it."""
        from planstudio.reports.recovery import recovery_sheet

        window = self._window
        workspace, desk = window.workspace, window.desk
        if workspace is None or desk is None or not self._is_secret():
            return
        from planstudio.queries.plans import organization_card, plan_card

        tail = _("recovery sheet")
        key, file, today = workspace.recovery_key, files.shown(workspace.path.name), workspace.clock.today()
        district = desk.ask(organization_card).name
        name = desk.ask(plan_card, desk.plan_id).title or workspace.path.stem

        def saved() -> None:
            words = _("Print the sheet, put the paper into the safe, and delete the file: it opens the plan.")
            window.tell(words, False)

        window.jobs.start(
            lambda _job: recovery_sheet(key, name, file, district, today).pdf,
            lambda pdf: window.copies.save_pdf(pdf, f"{workspace.path.stem} {tail}.pdf", saved),
        )

    def _is_secret(self) -> bool:
        workspace = self._window.workspace
        if workspace is not None and not workspace.secret:
            words = _("This plan is under no password. File, Keep under a password makes one that is.")
            self._window.tell(words, False)
        return workspace is not None and workspace.secret

    # Locking.

    def begin(self) -> None:
        """A plan has been opened: watch over it, if it is under a password."""
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        self.quiet.stop()
        workspace, minutes = self._window.workspace, self._window.settings.lock_after
        if workspace is not None and workspace.secret and minutes > 0:
            application.installEventFilter(self)
            self._last = self.now()
            self.quiet.start(minutes * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            if self._is_over():  # the computer has slept: whoever wakes it may be another one
                QTimer.singleShot(0, self, self.lock)
                return True
            self._last = self.now()
        return False

    def _is_over(self) -> bool:
        minutes = self._window.settings.lock_after
        return minutes > 0 and self.now() - self._last >= minutes * 60

    def _on_quiet(self) -> None:
        if self._is_over():
            self.lock()
        else:
            left = self._window.settings.lock_after * 60 - (self.now() - self._last)
            self.quiet.start(max(1, round(left * 1000)))

    def close(self) -> None:
        """Close the plan; its password is asked for again when it is opened."""
        if self._window.close_plan():
            passwords.lock()

    def lock(self) -> None:
        """Save and close the plan, let go of its key, and ask for its password where it stood."""
        window = self._window
        workspace = window.workspace
        if workspace is None or not self._is_secret():
            return
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog) and one.isVisible():
                one.reject()
        path, here, read_only = workspace.path, window.here, workspace.read_only
        begun = window.take_begun()
        window.importing.drop()
        window.close_plan(locking=True)
        passwords.lock()
        words = _("{name} is locked. Enter its password to go on where you were.")
        self.ask(
            path,
            words.format(name=files.shown(path.name)),
            read_only=read_only,
            then=lambda: self._come_back(here, begun),
        )

    def _come_back(self, here: tuple[str, str], begun: Begun | None) -> None:
        if begun is not None:
            self._window.keep_begun(begun)
        self._window.go(*here)
