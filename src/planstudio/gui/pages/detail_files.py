"""The files that are kept with an element."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from planstudio import files
from planstudio.domain.cards import FileCard
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.file_words import kept_words
from planstudio.gui.desk import Desk
from planstudio.gui.dialogs.save_as import ask_path
from planstudio.gui.pages.detail import Card, Detail
from planstudio.gui.settings import Settings
from planstudio.gui.widgets.basics import plain, row, text, tool
from planstudio.gui.widgets.painted import Elided, sign
from planstudio.i18n import _, number
from planstudio.operations.files import attach_file, detach_file, edit_attachment
from planstudio.queries.links import file_bytes, files_of


class FilesDetail(Detail):
    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, "files", _("Files"), _("Add"))

    def show_card(self, _card: Card | None) -> None:
        kept = self.desk.ask(files_of, f"{self.place.noun}_id", self.place.ident)
        self.list_lines([self._file(file) for file in kept], _("No file kept here."))

    def _file(self, file: FileCard) -> QWidget:
        size = kept_words(file.kept) or _("{n} KB").format(n=number(max(1, file.size / 1024), 0))
        save = tool("download", tip=_("Save this file as…"), tone="muted", act=lambda: self._save_file(file))
        save.setAccessibleName(_("Save {name} as").format(name=file.name))
        remove = _("Remove {name}").format(name=file.name)
        away = tool("trash", tip=_("Remove this file"), tone="muted", name=remove)
        away.clicked.connect(lambda: self.desk.do(remove, detach_file, file.id))
        asked = file.alternative_text or _("Describe this file for those who cannot see it")
        tell = tool("pencil", tip=asked, tone="muted", name=_("Describe {name}").format(name=file.name))
        tell.clicked.connect(lambda: self._describe(file))
        line = row(sign("file"), 2, Elided(file.name), 1, text(size, "caption", "muted"), tell, save, away, grow=2)
        return plain(line)

    def _describe(self, file: FileCard) -> None:
        question = _("What a person who cannot see it should know")
        words, given = QInputDialog.getText(self, _("Description"), question, text=file.alternative_text)
        if given:
            self.desk.do(_("Describe {name}").format(name=file.name), edit_attachment, file.id, alternative_text=words)

    def act(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Keep a file with this"), self.settings.last_folder)
        if not path:
            return
        try:
            data = files.read(Path(path))
        except PlanStudioError as error:
            self.said.emit(str(error))
        else:
            name = files.legible(Path(path).name)
            self.desk.do(_("Add {name}").format(name=name), attach_file, *self.place, name, data)

    def _save_file(self, file: FileCard) -> None:
        path = ask_path(self, _("Save this file as"), self.settings.last_folder, file.name)
        if path is not None:
            try:
                files.write(path, self.desk.ask(file_bytes, file.id))
            except PlanStudioError as error:
                self.said.emit(str(error))
