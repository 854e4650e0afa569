"""What leaves the plan: copies, JSON, PDF; and the earlier copy that comes back."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from planstudio import files
from planstudio.domain.errors import Locked, PlanStudioError, TakesMuch
from planstudio.domain.kinds import Access
from planstudio.domain.places import at_page
from planstudio.gui.window.greeting import to_settle
from planstudio.gui.window.importing import PLAN_FILES
from planstudio.i18n import _, ngettext

if TYPE_CHECKING:
    from planstudio.gui.window.parts import PlanParts
    from planstudio.workspace import PlanSnapshot, Workspace


PRINTING = "printing"  # the folder of what is shown to be printed
_turns = count()


class Copies(QObject):
    def __init__(self, plan: PlanParts) -> None:
        super().__init__(plan)
        self._plan, self._window = plan, plan.window

    def save_copy(self) -> None:
        self._copy(_("Save a copy"), _("copy"), self._plan.workspace.save_copy)

    def one_file(self) -> None:
        """The plan with all its files as one file, to be sent; what comes back is merged."""
        self._copy(_("Send as one file"), _("to send"), self._plan.workspace.one_file)

    def clean_copy(self) -> None:
        self._copy(_("Clean copy to share"), _("to share"), self._plan.workspace.clean_copy, clear=True)

    def _copy(self, title: str, tail: str, make: Callable[[Path], None], *, clear: bool = False) -> None:
        """*clear*: under no password, whatever the plan is under."""
        self._window.leave_field()
        workspace = self._plan.workspace
        ending = ".planstudio" if clear else workspace.path.suffix
        path = self._window.ask_path(title, f"{workspace.path.stem} {tail}{ending}", PLAN_FILES)
        if path is not None:
            words = _("Saved {name}.")
            if workspace.secret and clear:
                words += " " + _("{name} is for others and under no password: everybody can read it.")
            elif workspace.secret:
                words += " " + _("{name} is under the same password.")
            words = words.format(name=files.shown(path.name))
            self._window.jobs.start(lambda _job: make(path), lambda _done: self._window.tell(words, False))

    def export_json(self) -> None:
        self._export(_("Export as JSON"), "", lambda workspace: workspace.snapshot(None))

    def json_for_others(self) -> None:
        self._export(_("JSON for others"), _("to share"), lambda workspace: workspace.snapshot_for(Access.PUBLIC))

    def _export(self, title: str, tail: str, plan_of: Callable[[Workspace], PlanSnapshot]) -> None:
        self._window.leave_field()
        workspace = self._plan.workspace
        path = self._window.ask_path(title, f"{workspace.path.stem} {tail}".strip() + ".json", "JSON (*.json)")
        if path is None:
            return

        def work(_job: object) -> None:
            from planstudio.exchange import plan_json
            from planstudio.queries.export import whole_file

            with closing(plan_of(workspace)) as plan:
                files.write(path, plan_json.write(plan.ask(whole_file)).encode())

        self._window.jobs.start(work, lambda _done: self._window.tell(_("Saved {name}.").format(name=path.name), False))

    def save_pdf(self, pdf: bytes, name: str, then: Callable[[], None] | None = None) -> None:
        """Ask where to, and save; *then* follows when it has been saved."""
        self._save(_("Save PDF"), pdf, name, "PDF (*.pdf)", then)

    def save_table(self, table: bytes, name: str) -> None:
        self._save(_("Save as Excel"), table, name, "Excel (*.xlsx)", None)

    def _save(self, title: str, data: bytes, name: str, kinds: str, then: Callable[[], None] | None) -> None:
        path = self._window.ask_path(title, name, kinds)
        if path is None:
            return
        try:
            files.write(path, data)
        except PlanStudioError as error:
            self._window.problems.show(error)
            return
        self._window.settings.last_folder = str(path.parent)
        self._window.tell(_("Saved {name}.").format(name=path.name), False)
        if then is not None:
            then()

    def send_to_printer(self, pdf: bytes) -> None:
        """Open the PDF in the computer's own viewer, which knows its printers."""
        if self._plan.workspace.secret:
            words = _(
                "This plan is under a password, so no page of it is put where a viewer could read it. "
                "Save the PDF where you want it, and print it from there."
            )
            self._window.tell(words, False)
            return
        folder = self._window.data / PRINTING
        path = folder / f"packet-{os.getpid()}-{next(_turns)}.pdf"
        try:
            files.private_folder(folder)
            files.blank(path)  # nobody else's to read, and gone when the program is left (forget_printed)
            path.write_bytes(pdf)
        except OSError as error:
            words = _("{path} cannot be written: {why}.")
            self._window.tell(words.format(path=folder, why=error.strerror or error), True)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._window.tell(_("No program for PDF was found. Save the PDF and print it from there."), True)

    def restore(self) -> None:
        from planstudio.gui.dialogs.restore import Restore

        self._window.leave_field()
        name = Restore(self._window, self._plan.workspace.backups()).chosen()
        if name is not None:
            self._restore(name)

    def _restore(self, name: str, *, much: bool = False) -> None:
        plan, done = self._plan, False
        try:
            done = plan.desk.restore(name, much=much)
        except TakesMuch as error:
            plan.tell(str(error), False, _("Restore all the same"), lambda: self._restore(name, much=True))
        if done:
            plan.view.refresh()
            plan.saver.save()
            plan.tell(_("The earlier copy stands here now. What was here before is under File, Restore."), False)

    def ask_merge(self) -> None:
        """Choose another copy of the plan, and see how much of it is new before it is taken in."""
        self._window.leave_field()
        if (path := self._window.ask_file(_("Merge a copy"), PLAN_FILES)) is not None:
            self.offer_merge(path)

    def offer_merge(self, path: Path) -> None:
        """Say what the copy at *path* has, with the verb that takes it in."""
        window = self._window
        try:
            counts = self._plan.workspace.copy_counts(path)
        except Locked:
            if window.unlocking.has_part():
                words = _("{name} is under a password of its own. Enter it to see what is new in the copy.")
                window.unlocking.ask(path, words.format(name=files.shown(path.name)), lambda: self.offer_merge(path))
            return
        except PlanStudioError as error:
            window.problems.show(error)
            return
        name = files.shown(path.name)
        if not counts.only_there:
            window.tell(_("{name} has nothing that this plan has not.").format(name=name), False)
            return
        words = ngettext(
            "{name}: {n} change is only in the copy, {ours} only here. Both are kept as backups first.",
            "{name}: {n} changes are only in the copy, {ours} only here. Both are kept as backups first.",
            counts.only_there,
        )
        said = words.format(name=name, n=counts.only_there, ours=counts.only_here)
        window.tell(said, False, _("Merge {n}").format(n=counts.only_there), lambda: self._merge(path))

    def _merge(self, path: Path, *, much: bool = False) -> None:
        plan, done = self._plan, False
        try:
            done = plan.desk.merge_copy(path, much=much)
        except TakesMuch as error:
            plan.tell(str(error), False, _("Merge all the same"), lambda: self._merge(path, much=True))
        if done:
            plan.workspace.forget_other_keys()  # that of the copy
            plan.saver.save()
            settle = (_("Settle"), lambda: plan.view.go(at_page("settle"))) if to_settle(plan.workspace) else ()
            plan.tell(_("{name} was merged; it stays as it is.").format(name=files.shown(path.name)), False, *settle)


def forget_printed(data: Path, *, own: bool) -> None:
    """Take away what programs that are gone have sent to a printer, and with *own* what this one has."""
    for path in (data / PRINTING).glob("packet-*.pdf"):
        pid = path.stem.split("-")[1]
        if own if pid == str(os.getpid()) else not files.alive(pid):
            with suppress(OSError):  # a viewer may hold it: the next start tries again
                path.unlink()
