"""What every test stands on: a real plan in its own folder, a clock that stands still, and a quiet log."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import factories
import secrecy
from factories import Names
from planstudio import app, i18n
from planstudio.domain.clock import Clock
from planstudio.store import doors
from planstudio.workspace import Workspace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A test depends on nothing that a user has chosen for themselves: language, looks, displays.
for _name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "DISPLAY", "WAYLAND_DISPLAY", "SOURCE_DATE_EPOCH"):
    os.environ.pop(_name, None)
for _name in [name for name in os.environ if name.startswith(("QT_", "PLANSTUDIO_")) and name != "QT_QPA_PLATFORM"]:
    del os.environ[_name]
os.environ["LANG"] = "C.UTF-8"


# How long an example takes is a matter of the machine.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "logs: the test provokes warnings in the program's log, and looks at them")
    config.addinivalue_line("markers", "long: takes minutes to hours; `make long` runs it, the suite does not")
    if "MUTANT_UNDER_TEST" in os.environ:
        from mutating import Mutating

        config.pluginmanager.register(Mutating())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests to whoever asks for them, with -m long."""
    if "long" in config.getoption("markexpr"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    items[:] = [item for item in items if item not in long]
    config.hook.pytest_deselected(items=long)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's data folder: working copies, backups and settings of this test only."""
    monkeypatch.setenv("PLANSTUDIO_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning nobody expected is a failure, whatever else the test looks at."""
    yield
    if request.node.get_closest_marker("logs"):
        return
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    loud = [r.getMessage() for r in records if r.name.split(".")[0] == "planstudio" and r.levelno >= logging.WARNING]
    assert not loud, f"unexpected in the log: {loud}"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """Whatever language a test, or the program in it, has begun to speak, and whatever a district calls its levels."""
    yield
    if i18n.language() != "en_US":
        app.speak("en_US")
    i18n.rename({}, {})


@pytest.fixture(autouse=True)
def _closed_windows_go() -> Iterator[None]:
    """Outside an event loop nothing is deleted later; windows left behind make every further one slower."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def clock() -> Clock:
    """Ten in the morning of a Saturday in November, all the time."""
    return Clock(lambda: datetime(2026, 11, 21, 10).astimezone())


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Where the user keeps the plan: one in the clear, or "secret" under a password (see secrecy.py)."""
    folder = tmp_path / "Board"
    folder.mkdir()
    if getattr(request, "param", "plain") == "plain":
        yield folder / "Alder Bend.planstudio"
        return
    secrecy.need_driver()
    yield folder / "Alder Bend.planstudiox"
    doors.forget()


@pytest.fixture
def two(place: Path, data: Path) -> Iterator[tuple[Workspace, Workspace]]:
    """Ann and Bo, each on a computer of their own, with the same file open."""
    ann = factories.create(place, data)
    ann.publish()
    bo = factories.reopen(place, data / "laptop", device="laptop", author="Bo")
    yield ann, bo
    for workspace in (ann, bo):
        workspace.close()


@pytest.fixture
def workspace(place: Path, data: Path, clock: Clock) -> Iterator[Workspace]:
    """An open plan with a name and nothing in it."""
    opened = factories.create(place, data, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def full(place: Path, data: Path, clock: Clock) -> Iterator[tuple[Workspace, Names]]:
    """An open plan with one of everything, saved, and the ids of it."""
    opened, names = factories.prepared(factories.one_of_everything, place, data, clock=clock)
    yield opened, names
    opened.close()


@pytest.fixture
def plan(workspace: Workspace) -> str:
    """The id of the plan in the workspace."""
    return factories.plan_in(workspace)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how the order of this run is repeated: -q shows no head that would."""
    if (seed := config.getoption("randomly_seed", None)) is not None:
        terminalreporter.write_line(f"The order of these tests again: pytest --randomly-seed={seed}")
