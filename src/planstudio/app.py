"""Builds everything, once, in order: the only place that knows every layer.

What is heavy (SQLAlchemy, Qt, ReportLab) is imported by the function that needs it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planstudio import __version__, files, i18n, resources
from planstudio.domain.clock import Clock
from planstudio.domain.errors import PlanStudioError, StoreUnavailable
from planstudio.domain.ids import uuid7
from planstudio.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from planstudio.domain.files import PlanStatus
    from planstudio.gui.settings import Settings
    from planstudio.store.restore import BackupsOfPlan
    from planstudio.store.verify import Watch
    from planstudio.workspace import Workspace


def data_folder() -> Path:
    """Where working copies, backups and the log are kept on this computer."""
    if given := os.environ.get("PLANSTUDIO_DATA"):
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("planstudio", appauthor=False)


def device(data: Path) -> str:
    """This computer's id in the journal, made on the first start."""
    place = data / "device"
    with suppress(OSError):
        if known := place.read_text("utf-8").strip():
            return known
    made = uuid7()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.write_text(made, "utf-8")
    return made


def author(data: Path) -> str:
    """Who works here: the name given in the program, else the computer's user."""
    with suppress(OSError, ValueError):
        if name := str(json.loads((data / "person.json").read_text("utf-8")).get("name", "")):
            return name
    return login()


def login() -> str:
    """The computer's user."""
    import getpass

    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def open_workspace(
    path: Path,
    *,
    create: bool = False,
    read_only: bool = False,
    clock: Clock | None = None,
    patience: float = 0,
    password: str = "",
) -> Workspace:
    """The plan at *path*, ready for operations and queries.

    *patience*: seconds to wait for another window or command of this computer that has it open. *password* is the
    one that a new plan is to have; Locked where that of another one has not been given to unlock().
    """
    from planstudio.store.document import Document
    from planstudio.workspace import Workspace

    data, who = data_folder(), author(data_folder())
    if create:
        key = None
        if password:
            from planstudio.store import doors

            doors.learn(key := doors.new_key(password))
        document = Document.create(path, data, author=who, key=key)
    else:
        document = Document(path, data, author=who, read_only=read_only, patience=patience)
    return Workspace(document, device=device(data), author=who, clock=clock)


def database_errors() -> tuple[type[Exception], ...]:
    """What a driver raises that nobody has put into words."""
    from planstudio.store.doors import either

    return either()


def start_log() -> None:
    from planstudio import logs

    with suppress(OSError):
        logs.start(data_folder() / "logs", files.visible)


def speak(language: str) -> None:
    i18n.use(language, resources.folder("locale"))


def speak_as(workspace: Workspace) -> None:
    """Call levels and statuses as the district of *workspace* does."""
    from planstudio.domain import naming
    from planstudio.queries.plans import organization_card

    naming.use(workspace.ask(organization_card))


def system_language() -> str:
    """The computer's language where there are words in it, else English."""
    import locale

    given = os.environ.get("LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    if not given and sys.platform in ("win32", "darwin"):
        given = locale.getlocale()[0] or ""
    return "es_US" if given.lower().startswith(("es", "spanish")) else "en_US"


def is_known(path: Path) -> bool:
    """Whether there is a file at *path*, or on this computer the work of one that cannot be reached now."""
    from planstudio.store.working import has_working_copy

    return path.exists() or has_working_copy(path, data_folder())


def watching(watch: Watch | None) -> AbstractContextManager[None]:
    """Let *watch* look on while plans are checked that are opened meanwhile."""
    from planstudio.store.verify import watched

    return watched(watch)


def open_to_read(path: Path) -> Workspace:
    """The plan at *path* for asking only.

    With the work that only this computer has of it where there is any and no
    window has it open, else the file as it is.
    """
    from planstudio.store.working import has_working_copy

    if has_working_copy(path, data_folder()):
        with suppress(StoreUnavailable):
            return open_workspace(path)
    return open_workspace(path, read_only=True)


def salvage(path: Path, target: Path) -> dict[str, int]:
    """Save what can be read of the file at *path* into a new plan; the rows lost, by table."""
    from planstudio.store.transfer import salvage as carry

    if files.is_secret(path):
        words = _("A plan under a password cannot be read in parts: each page is whole or nothing. Restore a backup.")
        raise PlanStudioError(words)
    if target.exists():
        raise StoreUnavailable(_("{name} exists already. Choose another name.").format(name=target.name))
    return carry(path, target)


def backups_of(path: Path) -> BackupsOfPlan:
    """The backups of the plan at *path*, also when the plan itself cannot be opened any more."""
    from planstudio.store.restore import BackupsOfPlan

    return BackupsOfPlan(path, data_folder())


def how_it_stands(path: Path) -> PlanStatus:
    """How the plan at *path* stands; nothing is changed."""
    from planstudio.store.standing import how_it_stands as look

    return look(path, data_folder(), author(data_folder()))


def sample_plan(folder: Path) -> Path:
    """The sample plan as a file in *folder*, made where it is not there yet."""
    from planstudio.exchange import plan_json
    from planstudio.operations.loading import load

    path = folder / "Juniper Flats sample plan.planstudio"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        source = resources.folder("samples") / "juniper-flats.json"
        whole = plan_json.read(source.read_text("utf-8"), source.parent)
        workspace = open_workspace(path, create=True)
        try:
            workspace.start_plan(_("Open the sample plan"), load, whole)
            workspace.publish()
        except BaseException:
            path.unlink(missing_ok=True)  # an empty one would be opened for the sample ever after
            raise
        finally:
            workspace.close()
    return path


def has_display() -> bool:
    """Whether a window can be opened here."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def tell_in_window(words: str) -> None:
    """Show *words* where there is no terminal to read them on, and put them in the log."""
    import logging

    start_log()
    logging.getLogger(__name__).info(words)
    if not has_display():
        return
    from PySide6.QtWidgets import QApplication, QMessageBox

    qt = QApplication.instance() or QApplication(["planstudio"])
    box = QMessageBox(QMessageBox.Icon.Warning, "Plan Studio", words)
    box.exec()
    del box, qt


def run_window(path: Path | None) -> int:
    """Open the window, with the plan at *path* in it; the process's exit code."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from planstudio.gui.settings import Settings
    from planstudio.gui.window.copies import forget_printed

    start_log()
    data = data_folder()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("Plan Studio")
    qt.setApplicationVersion(__version__)
    qt.setQuitOnLastWindowClosed(False)
    settings = Settings(data / "settings.ini")
    forget_printed(data, own=False)
    dressed = _Dressed(qt, settings, data)
    left = Path(settings.left_open) if settings.left_open else None
    path = path or (left if left is not None and left.exists() else None)
    if path is not None:
        dressed.window.opening.begin(path)
    dressed.window.show()
    qt.lastWindowClosed.connect(lambda: QTimer.singleShot(50, lambda: dressed.window.isVisible() or qt.quit()))
    if path is not None:
        _when_read(qt, lambda: dressed.window.opening.end(path))
    try:
        return qt.exec()
    finally:
        forget_printed(data, own=True)


class _Dressed:
    """The window in its language and its look; in others it is built anew, at the same place of the same plan."""

    def __init__(self, qt: QApplication, settings: Settings, data: Path) -> None:
        self._qt, self._settings, self._data = qt, settings, data
        self._build()

    def _build(self) -> None:
        from PySide6.QtCore import QTimer

        from planstudio.gui import theme
        from planstudio.gui.window import Window

        self._dress()
        samples = self._data / "samples"
        self.window = Window(_opened, lambda: sample_plan(samples), self._settings, self._data, login())
        self.window.restyled.connect(lambda: QTimer.singleShot(0, self._rebuild))
        self.window.restoreGeometry(self._settings.geometry) or self.window.resize(theme.room(360, 225))
        self._uncaught = self.window.problems.catch_bugs()

    def _dress(self) -> None:
        from planstudio.gui import languages, theme

        settings = self._settings
        language = settings.language or system_language()
        speak(language)
        languages.speak(self._qt, language)
        dark = theme.system_is_dark() if settings.theme == "system" else settings.theme == "dark"
        theme.apply(self._qt, dark=dark, percent=settings.percent)

    def _rebuild(self) -> None:
        shown = self.window.plan
        left = (shown.view.here, shown.take_unrecorded()) if shown is not None else None
        self.window.close()
        self._uncaught()
        self._build()
        self.window.show()
        if shown is not None and left is not None:
            path, read_only = shown.workspace.path, shown.workspace.read_only
            if self.window.open_plan(path, read_only=read_only, at_once=True):
                self.window.resume(*left)


def _opened(path: Path, *, create: bool = False, read_only: bool = False, watch: Watch | None = None) -> Workspace:
    with watching(watch):
        return open_workspace(path, create=create, read_only=read_only)


def _when_read(parent: QObject, then: Callable[[], None]) -> None:
    """Read in a thread what an open plan needs, once the window is seen; then go on in the window's."""
    from PySide6.QtCore import QTimer

    read = threading.Thread(target=_read_modules, name="modules", daemon=True)
    waiting = QTimer(parent, interval=25)

    def look() -> None:
        if read.ident is None:
            read.start()
        elif not read.is_alive():
            waiting.stop()
            then()

    waiting.timeout.connect(look)
    waiting.start()


def _read_modules() -> None:
    """Import what an open plan needs, while the window answers."""
    import planstudio.gui.pages.plan_view
    import planstudio.operations.plans
    import planstudio.queries.plans
    import planstudio.store.document
    import planstudio.workspace  # noqa: F401
