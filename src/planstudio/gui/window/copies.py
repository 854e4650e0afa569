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
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.kinds import Access
from planstudio.gui.window.importing import PLAN_FILES
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.gui.window import Window
    from planstudio.workspace import Then, Workspace


PRINTING = "printing"  # the folder of what is shown to be printed
_turns = count()


class Copies(QObject):
    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def save_copy(self) -> None:
        self._copy(_("Save a copy"), _("copy"), lambda workspace, path: workspace.save_copy(path))

    def clean_copy(self) -> None:
        self._copy(_("Clean copy to share"), _("to share"), lambda workspace, path: workspace.clean_copy(path))

    def _copy(self, title: str, tail: str, make: Callable[[Workspace, Path], None]) -> None:
        if self._window.workspace is None:
            return
        self._window.leave_field()
        workspace = self._window.workspace
        path = self._window.ask_path(title, f"{workspace.path.stem} {tail}.planstudio", PLAN_FILES)
        if path is not None:
            self._window.jobs.start(
                lambda _job: make(workspace, path),
                lambda _done: self._window.tell(_("Saved {name}.").format(name=path.name), False),
            )

    def export_json(self) -> None:
        self._export(_("Export as JSON"), "", lambda workspace: workspace.then(None))

    def json_for_others(self) -> None:
        self._export(_("JSON for others"), _("to share"), lambda workspace: workspace.given(Access.PUBLIC))

    def _export(self, title: str, tail: str, plan_of: Callable[[Workspace], Then]) -> None:
        if self._window.workspace is None:
            return
        self._window.leave_field()
        workspace = self._window.workspace
        path = self._window.ask_path(title, f"{workspace.path.stem} {tail}".strip() + ".json", "JSON (*.json)")
        if path is None:
            return

        def work(_job: object) -> None:
            from planstudio.exchange import plan_json
            from planstudio.queries.export import whole_file

            with closing(plan_of(workspace)) as plan:
                words = plan_json.write(plan.ask(whole_file))
            files.write(path, words.encode())

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
            self._window.settings.last_folder = str(path.parent)
            self._window.tell(_("Saved {name}.").format(name=path.name), False)
        except PlanStudioError as error:
            self._window.problems.show(error)
            return
        if then is not None:
            then()

    def send_to_printer(self, pdf: bytes) -> None:
        """Open the PDF in the computer's own viewer, which knows its printers."""
        try:
            path = _to_print(self._window.data / PRINTING, pdf)
        except OSError as error:
            words = _("{path} cannot be written: {why}.")
            self._window.tell(words.format(path=self._window.data / PRINTING, why=error.strerror or error), True)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._window.tell(_("No program for PDF was found. Save the PDF and print it from there."), True)

    def restore(self) -> None:
        if self._window.desk is None or self._window.view is None or self._window.saver is None:
            return
        from planstudio.gui.dialogs.restore import Restore

        self._window.leave_field()
        name = Restore(self._window, self._window.desk.workspace.backups()).chosen()
        if name is None:
            return
        if not self._window.desk.restore(name):
            return
        self._window.view.refresh()
        self._window.saver.save()
        self._window.tell(_("The earlier copy stands here now. What was here before is under File, Restore."), False)


def _to_print(folder: Path, pdf: bytes) -> Path:
    """The file that a viewer shows: nobody else's to read, and gone when the program is left (forget_printed)."""
    files.private_folder(folder)
    path = folder / f"packet-{os.getpid()}-{next(_turns)}.pdf"
    files.blank(path)
    path.write_bytes(pdf)
    return path


def forget_printed(data: Path, *, own: bool) -> None:
    """Take away what programs that are gone have sent to a printer, and with *own* what this one has."""
    for path in (data / PRINTING).glob("packet-*.pdf"):
        pid = path.stem.split("-")[1]
        if own if pid == str(os.getpid()) else not files.alive(pid):
            with suppress(OSError):  # a viewer may hold it: the next start tries again
                path.unlink()
