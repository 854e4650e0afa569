"""A plan under a password: made of one in the clear, its password changed, its recovery sheet printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from planstudio import files, passwords
from planstudio.domain.errors import PlanStudioError
from planstudio.gui.window.copies import forget_printed
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.gui.window.copies import Copies
    from planstudio.gui.window.parts import PlanParts


class Protection(QObject):
    def __init__(self, plan: PlanParts, copies: Copies) -> None:
        super().__init__(plan)
        self._plan, self._copies, self._window = plan, copies, plan.window

    def ask_for_new(self) -> None:
        """The password of the plan that is open was changed on another computer: ask for the new one."""
        path = self._plan.workspace.path
        words = _("The password of {name} was changed. Enter the new one.")
        self._window.unlocking.ask(path, words.format(name=files.shown(path.name)), self._take_new)

    def _take_new(self) -> None:
        if self._patiently(self._plan.workspace.take_password):
            self._plan.saver.watcher.look()
            self._plan.saver.save()
            self._plan.tell(_("The plan is under the new password here, too."), False)

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

    def protect(self) -> None:
        """The plan that is open as a plan under a password, beside the one in the clear."""
        window, workspace = self._window, self._plan.workspace
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
        if not window.unlocking.has_part():
            return
        if password := self._new_password(_("Keep under a password"), _("Keep under a password")):
            window.jobs.start(
                lambda _job: workspace.protect(target, password), lambda _done: self._on_protected(plain, target)
            )

    def _on_protected(self, plain: Path, target: Path) -> None:
        window = self._window
        if not window.open_plan(target, at_once=True) or window.plan is None:
            return
        protected = window.plan.protection
        words = _("If the password is forgotten, only the recovery sheet opens this plan.")
        window.tell(words, False, _("Print the recovery sheet…"), protected.print_sheet)
        words = _(
            "{name} is under a password now. {plain}, its working copy and its backups are still there, in the clear."
        )
        told = words.format(name=files.shown(target.name), plain=files.shown(plain.name))
        window.tell(told, False, _("Delete the unprotected plan"), lambda: protected.delete_unprotected(plain))

    def delete_unprotected(self, plain: Path) -> None:
        """Take the plan in the clear from this computer, which this one has been made of."""
        window = self._window
        if self._has_all_of(plain) and self._patiently(lambda: passwords.delete_unprotected(plain, window.data)):
            forget_printed(window.data, own=True)
            window.settings.forget(str(plain))
            words = _(
                "The unprotected plan is gone from this computer. A disk without moving parts may keep traces of it, "
                "and colleagues' computers, copies and backups of the folder have their own."
            )
            window.tell(words, False)

    def _has_all_of(self, plain: Path) -> bool:
        """Whether nothing has come into the plan in the clear meanwhile; else that is told, with the verb for it."""
        window = self._window
        try:
            counts = self._plan.workspace.copy_counts(plain)
        except PlanStudioError as error:
            window.problems.show(error)
            return False
        if counts.only_there:
            words = _("{name} was changed since. Take that in first, then delete it.")
            act = (_("Look at it"), lambda: self._copies.offer_merge(plain))
            window.tell(words.format(name=files.shown(plain.name)), False, *act)
        return not counts.only_there

    def change(self) -> None:
        """Another password for the plan, its backups and its file."""
        if not self.is_secret():
            return
        self._window.leave_field()
        password = self._new_password(_("Change the password"), _("Change"))
        if password and self._patiently(lambda: self._plan.workspace.change_password(password)):
            self._plan.saver.watcher.look()
            words = _("The password was changed. The former recovery sheet opens nothing any more.")
            self._window.tell(words, False, _("Print the recovery sheet…"), self.print_sheet)

    def _new_password(self, title: str, verb: str) -> str:
        from planstudio.gui.dialogs.new_password import NewPassword

        return NewPassword(self._window, title, verb).chosen()

    def print_sheet(self) -> None:
        """The recovery sheet as a PDF, made in memory; it is saved where somebody wants it."""
        from planstudio.queries.plans import organization_card, plan_card
        from planstudio.reports.recovery import recovery_sheet

        if not self.is_secret():
            return
        desk, workspace, tail = self._plan.desk, self._plan.workspace, _("recovery sheet")
        key, file, today = workspace.recovery_key, files.shown(workspace.path.name), workspace.clock.today()
        name = desk.ask(plan_card, desk.plan_id).title or workspace.path.stem
        district = desk.ask(organization_card).name

        def saved() -> None:
            words = _("Print the sheet, put the paper into the safe, and delete the file: it opens the plan.")
            self._window.tell(words, False)

        self._window.jobs.start(
            lambda _job: recovery_sheet(key, name, file, district, today).pdf,
            lambda pdf: self._copies.save_pdf(pdf, f"{workspace.path.stem} {tail}.pdf", saved),
        )

    def is_secret(self) -> bool:
        """Whether the plan is under a password; where it is not, that is told."""
        if not self._plan.workspace.secret:
            self._plan.tell(_("This plan is under no password. File, Keep under a password makes one that is."), False)
        return self._plan.workspace.secret
