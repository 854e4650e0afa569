"""A real window on a real plan file, without a screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from planstudio import app
from planstudio.domain.clock import Clock
from planstudio.gui import theme
from planstudio.gui.settings import Settings
from planstudio.gui.window import Window
from planstudio.workspace import Workspace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    theme.apply(qapp, dark=False)
    return qapp


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "person.json").write_text('{"name": "Ruth Hale"}', "utf-8")
    monkeypatch.setenv("PLANSTUDIO_DATA", str(folder))
    return folder


@pytest.fixture
def make_window(qtbot, dressed: QApplication, data: Path, tmp_path: Path) -> Iterator[Callable[[], Window]]:
    """Windows of one computer; each is closed at the end."""
    made: list[Window] = []

    def opener(path: Path, *, create: bool = False, read_only: bool = False) -> Workspace:
        return app.open_workspace(path, create=create, read_only=read_only, clock=Clock())

    def make() -> Window:
        window = Window(
            opener, lambda: app.sample_plan(tmp_path / "samples"), Settings(data / "s.ini"), data, "Ruth Hale"
        )
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()  # nobody else does it where there is no window manager
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window: Callable[[], Window]) -> Window:
    """A window with the sample plan."""
    made = make_window()
    made.open_sample()
    assert made.view is not None
    return made
