"""Where a file goes is asked in one way by everything that saves: the real dialog, typed into as a person does."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget

from planstudio.gui.dialogs.save_as import ask_path
from planstudio.gui.window import Window
from planstudio.gui.window.copies import PRINTING, forget_printed

KINDS = {
    ".planstudio": "Plan Studio (*.planstudio)",
    ".pdf": "PDF (*.pdf)",
    ".json": "JSON (*.json)",
    ".xlsx": "Excel (*.xlsx)",
    ".docx": "",
}


class Person:
    """Types names into save dialogs one after the other, answers questions, and remembers both."""

    def __init__(self, *typed: str, replace: bool = False) -> None:
        self.typed, self.replace = list(typed), replace
        self.asked: list[str] = []
        self._over = False
        QTimer.singleShot(0, self._look)

    def leave(self) -> None:
        self._over = True

    def _look(self) -> None:
        if self._over:
            return
        QTimer.singleShot(10, self._look)  # before anything is done that opens the next question
        shown = QApplication.activeModalWidget()
        if isinstance(shown, QMessageBox):
            self.asked.append(shown.text())
            self._answer(shown)
        elif isinstance(shown, QFileDialog):
            if not self.typed:
                shown.reject()
                return
            line = shown.findChild(QLineEdit, "fileNameEdit")
            assert line is not None
            line.setText(self.typed.pop(0))
            shown.accept()

    def _answer(self, box: QMessageBox) -> None:
        verbs = {button.text().replace("&", ""): button for button in box.buttons()}
        yes = verbs.get("Replace") or verbs.get("Yes")
        no = verbs.get("Cancel") or verbs.get("No")
        chosen = yes if self.replace else no
        assert chosen is not None, list(verbs)
        chosen.click()


@pytest.fixture
def parent(qtbot, dressed: QApplication) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def person() -> Iterator[Callable[..., Person]]:
    made: list[Person] = []

    def come(*typed: str, replace: bool = False) -> Person:
        for one in made:
            one.leave()
        made.append(Person(*typed, replace=replace))
        return made[-1]

    yield come
    for one in made:
        one.leave()


@pytest.mark.parametrize("suffix", list(KINDS))
@pytest.mark.parametrize("typed", ["other", "Plan v1.2", "other.txt"])
def test_a_name_without_its_ending_never_replaces_a_file_unasked(
    suffix: str, typed: str, tmp_path: Path, parent: QWidget, person: Callable[..., Person]
) -> None:
    there = tmp_path / f"{typed}{suffix}"
    there.write_text("Precious")
    asked = person(str(tmp_path / typed))
    assert ask_path(parent, "Save", str(tmp_path), f"mine{suffix}", KINDS[suffix]) is None
    assert [there.name in words for words in asked.asked] == [True]
    asked = person(str(tmp_path / typed), replace=True)
    assert ask_path(parent, "Save", str(tmp_path), f"mine{suffix}", KINDS[suffix]) == there
    assert len(asked.asked) == 1


@pytest.mark.parametrize("suffix", list(KINDS))
def test_a_whole_name_is_asked_about_once_and_a_free_one_not_at_all(
    suffix: str, tmp_path: Path, parent: QWidget, person: Callable[..., Person]
) -> None:
    there = tmp_path / f"other{suffix}"
    there.write_text("Precious")
    asked = person(str(there), replace=True)
    assert ask_path(parent, "Save", str(tmp_path), f"mine{suffix}", KINDS[suffix]) == there
    assert len(asked.asked) == 1
    asked = person(str(tmp_path / "free"))
    assert ask_path(parent, "Save", str(tmp_path), f"mine{suffix}", KINDS[suffix]) == tmp_path / f"free{suffix}"
    assert not asked.asked


def test_after_a_no_another_name_can_be_typed(tmp_path: Path, parent: QWidget, person: Callable[..., Person]) -> None:
    (tmp_path / "other.pdf").write_text("Precious")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "gone")
    asked = person(str(tmp_path / "other"), str(tmp_path / "link"), str(tmp_path / "third"))
    assert ask_path(parent, "Save", str(tmp_path), "mine.pdf", KINDS[".pdf"]) == tmp_path / "third.pdf"
    assert len(asked.asked) == 2


def test_save_a_copy_typed_without_its_ending_leaves_the_other_plan(
    window: Window, tmp_path: Path, person: Callable[..., Person]
) -> None:
    other = tmp_path / "other.planstudio"
    other.write_bytes(b"Precious")
    asked = person(str(tmp_path / "other"))
    window.plan.copies.save_copy()
    window.jobs.wait_for(lambda _job: None, "")
    assert asked.asked
    assert other.read_bytes() == b"Precious"


@pytest.mark.parametrize("way", ["itself", "a link", "a folder"])
def test_a_copy_goes_neither_over_the_open_plan_nor_over_a_folder(
    way: str, window: Window, tmp_path: Path, qtbot
) -> None:
    own = window.plan.workspace.path
    before = own.read_bytes()
    target = {"itself": own, "a link": tmp_path / "l.planstudio", "a folder": tmp_path / "f.planstudio"}[way]
    if way == "a link":
        target.symlink_to(own)
    elif way == "a folder":
        target.mkdir()
    told: list[str] = []
    window.problems.told.connect(lambda words, _alarm: told.append(words))
    window.ask_path = lambda *_given: target
    window.plan.copies.save_copy()
    qtbot.waitUntil(lambda: bool(told), timeout=100_000)
    assert own.read_bytes() == before


def test_a_copy_does_not_go_over_a_plan_that_another_window_has_open(
    make_window: Callable[[], Window], tmp_path: Path, qtbot
) -> None:
    one, other = make_window(), make_window()
    one.open_plan(tmp_path / "one.planstudio", create=True)
    other.open_plan(tmp_path / "other.planstudio", create=True)
    other.plan.saver.save_and_wait()
    before = (tmp_path / "other.planstudio").read_bytes()
    told: list[str] = []
    one.problems.told.connect(lambda words, _alarm: told.append(words))
    one.ask_path = lambda *_given: tmp_path / "other.planstudio"
    one.plan.copies.save_copy()
    qtbot.waitUntil(lambda: bool(told), timeout=100_000)
    assert "already open in another Plan Studio window" in told[0]
    assert (tmp_path / "other.planstudio").read_bytes() == before


# Sent to a printer.


def test_what_is_sent_to_a_printer_is_private_and_goes_with_the_program(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(QUrl(url).toLocalFile())) or True)
    window.plan.copies.send_to_printer(b"%PDF closed session")
    window.plan.copies.send_to_printer(b"%PDF next")
    first, second = opened
    assert first.read_bytes() == b"%PDF closed session"
    assert first != second
    if os.name == "posix":
        assert [stat.S_IMODE(path.stat().st_mode) for path in (first, first.parent)] == [0o600, 0o700]
    crashed = window.data / PRINTING / "packet-4194999-0.pdf"
    crashed.write_bytes(b"%PDF of a crash")
    forget_printed(window.data, own=False)
    assert sorted(first.parent.iterdir()) == sorted(opened), "a viewer may be showing it"
    forget_printed(window.data, own=True)
    assert not list(first.parent.iterdir())
