"""The frame around every page: menus, toolbar, status bar, and one place to tell something. It knows no plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QWidget,
)

from planstudio.domain.changes import UndoState
from planstudio.domain.file_words import status
from planstudio.domain.files import FileRelation, Standing
from planstudio.files import shown
from planstudio.gui import accessible, focus
from planstudio.gui.actions import MENUS, specs
from planstudio.gui.announcing import announcer
from planstudio.gui.dialogs.save_as import ask_path
from planstudio.gui.icons import icon
from planstudio.gui.settings import Settings
from planstudio.gui.theme import gap, room
from planstudio.gui.widgets.basics import button, named, plain, row, text, tip_of, tool
from planstudio.gui.widgets.marks import paint_mark
from planstudio.gui.widgets.painted import Elided, Painted
from planstudio.gui.widgets.panes import stops
from planstudio.i18n import _, ngettext

_WAITING = (FileRelation.WAITING, FileRelation.BOTH)


class Frame(QMainWindow):
    acted = Signal(str)  # the name of an action

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        accessible.install()
        focus.watch()
        self.settings = settings
        self.setAcceptDrops(True)
        self._title, self._page = "", ""
        self.show_page("")
        self.setMinimumSize(room(160, 110))
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.actions_by_name: dict[str, QAction] = {}
        for title, items in MENUS.items():
            menu = self.menuBar().addMenu(_(title))
            for spec in items:
                if spec is None:
                    menu.addSeparator()
                    continue
                action = self.actions_by_name[spec.name] = QAction(_(spec.words), self)
                if spec.icon:
                    action.setIcon(icon(spec.icon))
                action.triggered.connect(partial(self._tell_act, spec.name))
                menu.addAction(action)
        self.give_keys()
        self._make_toolbar()
        self._make_status_bar()

    def give_keys(self) -> None:
        """Each menu entry its key: the one that was chosen, else the one it came with."""
        own = self.settings.own_keys
        for spec in specs():
            self.actions_by_name[spec.name].setShortcut(QKeySequence(own.get(spec.name, spec.keys)))

    def title_actions(self) -> None:
        """The words of every menu entry, as they are said now."""
        for spec in specs():
            self.actions_by_name[spec.name].setText(_(spec.words))

    def _make_toolbar(self) -> None:
        self.bar = QToolBar(_("Toolbar"))
        self.bar.setMovable(False)
        self.bar.setIconSize(QSize(gap(4.5), gap(4.5)))
        self._district, self._plan_title = Elided("", "strong", hug=True), Elided("", "body", "muted", hug=True)
        name = plain(row(self._district, 2, self._plan_title, None, edge=(2, 0, 0, 0)))
        name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        name.setMinimumWidth(0)
        self._undo, self._redo = tool("undo", tip=_("Undo")), tool("redo", tip=_("Redo"))
        share = tool("share", _("Share"), _("Save a copy, or a clean copy to share"))
        menu = QMenu(share)
        for key in ("save_copy", "one_file", "clean_copy", "json_for_others", "export_json"):
            menu.addAction(self.actions_by_name[key])
        share.setMenu(menu)
        share.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        outline = tool("left", tip=_("Show or hide the outline (F9)"))
        details = tool("right", tip=_("Show or hide the details (F10)"))
        printer = tool("print", _("Print"), _("Print (Ctrl+P)"))
        keys = {"outline": outline, "undo": self._undo, "redo": self._redo, "print": printer, "details": details}
        for key, one in keys.items():
            one.clicked.connect(partial(self._tell_act, key))
        for widget in (outline, name, self._undo, self._redo, share, printer, details):
            self.bar.addWidget(widget)
        self.addToolBar(self.bar)
        self.bar.hide()

    def _make_status_bar(self) -> None:
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        self._mark = Painted(gap(3.25), gap(3.25), lambda p, b: paint_mark(p, b, self._mark_status))
        self._mark_status = "saved"
        self._saved = text("", "caption")
        status.addWidget(plain(row(self._mark, 1.5, self._saved, edge=(3, 1, 0, 1))))
        self._work = text("", "caption", "muted")
        self._progress = QProgressBar()
        self._progress.setFixedWidth(gap(40))
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(_("Progress"))
        self._cancel = button(_("Cancel"), "quiet", act=self._on_cancel)
        self._cancel.hide()
        self._begun = ""  # the job that is shown
        self._stop: Callable[[], object] | None = None
        self._working = plain(row(self._work, 2, self._progress, 1, self._cancel, edge=(0, 0, 3, 0)))
        status.addPermanentWidget(self._working)
        self._working.hide()
        status.hide()
        status.messageChanged.connect(announcer().say)

    def _tell_act(self, name: str, *_given: object) -> None:
        self.acted.emit(name)

    def show_bars(self, shown: bool) -> None:
        self.bar.setVisible(shown)
        self.statusBar().setVisible(shown)

    def show_names(self, district: str, plan: str, window: str) -> None:
        self._district.show_words(district[:80])
        self._plan_title.show_words(plan[:80])
        self._title = window[:100]
        self.show_page(self._page if window else "")

    def show_page(self, name: str) -> None:
        """Say in the title of the window which page of which plan it shows."""
        self._page = name[:80]
        self.setWindowTitle(" — ".join(filter(None, (self._page, self._title, "Plan Studio"))))

    def show_undo(self, state: UndoState) -> None:
        """What Undo and Redo would take back, in menu and tips."""
        for name, one, label in (("undo", self._undo, state.undo), ("redo", self._redo, state.redo)):
            action = self.actions_by_name[name]
            words = _("Undo") if name == "undo" else _("Redo")
            tip = f"{words} “{label}”" if label else words
            action.setEnabled(label is not None)
            action.setText(named(tip))
            one.setEnabled(label is not None)
            one.setToolTip(tip_of(f"{tip} ({action.shortcut().toString()})"))
            one.setAccessibleName(tip)

    def enable(self, *, has_plan: bool) -> None:
        for spec in specs():
            self.actions_by_name[spec.name].setEnabled(has_plan or not spec.needs_plan)

    def show_standing(self, standing: Standing, folder: Path | str, to_settle: int = 0) -> None:
        if standing.read_only:
            words, mark = _("Read-only copy"), "aged"
        elif standing.saved and to_settle:
            words = ngettext("{n} to settle; the rest is saved", "{n} to settle; the rest is saved", to_settle)
            words, mark = words.format(n=to_settle), "waiting"
        elif standing.put_off and not standing.saved:
            words, mark = _("Saved on this computer, until the changes of others are taken in"), "waiting"
        elif standing.waiting and not standing.saved and standing.state.relation in _WAITING:
            words, mark = _("Saved on this computer, waiting for {folder}").format(folder=folder), "waiting"
        else:
            words, mark = status(standing.state, standing.at, shown(folder))
        if mark != self._mark_status and "waiting" in (mark, self._mark_status):
            announcer().say(words)  # every saving would be too much
        self._saved.setText(words)
        self._saved.setToolTip(tip_of(standing.waiting) if standing.waiting else "")
        self._mark_status = mark
        self._mark.update()

    def show_progress(self, share: float, words: str) -> None:
        if self._working.isHidden() and words:
            self._begun = words
            announcer().say(words)
        self._working.show()
        self._work.setText(words)
        self._progress.setValue(round(share * 100))

    def end_progress(self) -> None:
        if not self._working.isHidden() and self._begun:
            announcer().say(_("{work}: ended").format(work=self._begun))
        self._begun = ""
        self._working.hide()

    def offer_cancel(self, stop: Callable[[], object] | None) -> None:
        """Show a Cancel beside the progress that calls *stop*; none for None."""
        self._stop = stop
        self._cancel.setVisible(stop is not None)

    def _on_cancel(self) -> None:
        if self._stop is not None:
            self._stop()

    def leave_field(self) -> None:
        """What is being typed becomes a step before steps are taken back."""
        commit = getattr(QApplication.focusWidget(), "commit", None)
        if callable(commit):
            commit()

    def walk(self, panes: Sequence[QWidget], whole: QWidget, step: int) -> None:
        """From the pane with the focus to the next; into its first field, but *whole* takes the focus itself."""
        focus = QApplication.focusWidget()
        here = (n for n, pane in enumerate(panes) if pane is focus or (focus is not None and pane.isAncestorOf(focus)))
        pane = panes[(next(here, 0) + step) % len(panes)]
        (pane if pane is whole else next(iter(stops(pane)), pane)).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_file(self, title: str, kinds: str) -> Path | None:
        """Which file is to be opened; None where none was chosen."""
        path, _kind = QFileDialog.getOpenFileName(self, title, self.settings.last_folder, kinds)
        return Path(path) if path else None

    def ask_path(self, title: str, name: str, kinds: str) -> Path | None:
        usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = next((place for place in (self.settings.last_folder, usual) if place and Path(place).is_dir()), "")
        return ask_path(self, title, folder or str(Path.home()), name, kinds)
