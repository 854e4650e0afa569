"""A real window on a real plan file, without a screen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui.meeting_window import end
from planstudio import app
from planstudio.domain.clock import Clock
from planstudio.gui import theme
from planstudio.gui.settings import Settings
from planstudio.gui.window import Window
from planstudio.workspace import Workspace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample plan, made once: each window opens a copy of its own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PLANSTUDIO_DATA", str(tmp_path_factory.mktemp("data of the sample")))
        return app.sample_plan(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def sampler(sample_file: Path, tmp_path: Path) -> Callable[[], Path]:
    def sample() -> Path:
        folder = tmp_path / "samples"
        folder.mkdir(exist_ok=True)
        if not (folder / sample_file.name).exists():
            shutil.copy(sample_file, folder)
        return app.sample_plan(folder)

    return sample


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
def make_window(
    qtbot, dressed: QApplication, data: Path, sampler: Callable[[], Path]
) -> Iterator[Callable[[], Window]]:
    """Windows of one computer; each is closed at the end."""
    made: list[Window] = []

    def opener(path: Path, *, create: bool = False, read_only: bool = False) -> Workspace:
        return app.open_workspace(path, create=create, read_only=read_only, clock=Clock())

    def make() -> Window:
        window = Window(opener, sampler, Settings(data / "s.ini"), data, "Ruth Hale")
        window.resize(1440, 900)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()  # nobody else does it where there is no window manager
        made.append(window)
        return window

    yield make
    for window in made:
        end(window)
        window.deleteLater()


@pytest.fixture
def window(make_window: Callable[[], Window]) -> Window:
    """A window with the sample plan."""
    made = make_window()
    made.open_sample()
    assert made.plan is not None
    return made
