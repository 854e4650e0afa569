"""Files that are dropped together: each is dealt with or named, and none is ever moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from gui.meeting_window import drop_files
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.widgets.fields import LineField
from planstudio.gui.window import Window

LONG = 100_000


def told(window: Window) -> str:
    QApplication.processEvents()
    return " ".join(one.words for one in window.findChildren(Banner))


def dropped(target: QWidget, paths: list[Path], action: Qt.DropAction) -> QDropEvent:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    every = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction
    buttons = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(QPoint(2, 2), every, mime, *buttons)
    entered.setDropAction(action)
    QApplication.sendEvent(target, entered)
    event = QDropEvent(QPointF(2, 2), every, mime, *buttons)
    event.setDropAction(action)
    QApplication.sendEvent(target, event)
    event.kept = mime  # Qt does not own it
    return event


def documents(folder: Path, *names: str) -> list[Path]:
    made = [folder / name for name in names]
    for path in made:
        path.write_text(f"Goal 1: Read well in {path.stem}\n\nStrategy 1.1: Hire a coach\n", "utf-8")
    return made


@pytest.mark.parametrize("action", [Qt.DropAction.MoveAction, Qt.DropAction.LinkAction, Qt.DropAction.CopyAction])
def test_a_drop_is_a_copy_whatever_the_source_proposes(
    action: Qt.DropAction, make_window, tmp_path: Path, qtbot
) -> None:
    window = make_window()
    (path,) = documents(tmp_path, "a.txt")
    event = dropped(window, [path], action)
    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert path.exists()
    qtbot.waitUntil(lambda: window.importing.page is not None, timeout=LONG)
    window.importing._leave()


def test_of_several_plans_the_first_is_opened_and_the_others_are_named(make_window, tmp_path: Path, qtbot) -> None:
    window = make_window()
    paths = []
    for name in ("one", "two", "three"):
        paths.append(tmp_path / f"{name}.planstudio")
        window.open_plan(paths[-1], create=True)
        window.close_plan()
    assert drop_files(window.start, paths)
    qtbot.waitUntil(lambda: window.plan is not None and window.plan.workspace.path == paths[0], timeout=LONG)
    assert "two.planstudio, three.planstudio" in told(window)


def test_documents_come_one_after_the_other_and_what_cannot_be_read_is_told(
    window: Window, tmp_path: Path, qtbot
) -> None:
    first, second, third = documents(tmp_path, "first.txt", "second.txt", "third.txt")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (tmp_path / "folder").mkdir()
    drop_files(window.plan.view, [first, tmp_path / "picture.png", second, tmp_path / "folder"])
    qtbot.waitUntil(lambda: window.importing.page is not None, timeout=LONG)
    assert "second.txt" in window.statusBar().currentMessage()
    window.open_all([third], ["https://example.org/a.txt"])
    assert "third.txt" in window.statusBar().currentMessage()
    seen = []
    for _turn in range(3):
        qtbot.waitUntil(lambda: window.importing.page is not None, timeout=LONG)
        page = window.importing.page
        seen.append(page._name)
        page.closed.emit()
        qtbot.waitUntil(lambda page=page: window.importing.page is not page, timeout=LONG)
    qtbot.waitUntil(lambda: "picture.png" in told(window), timeout=LONG)
    assert seen == ["first.txt", "second.txt", "third.txt"]
    assert window.importing.page is None
    assert "folder is not a file" in told(window)
    assert "https://example.org/a.txt" in told(window)


def test_a_plan_and_a_document_dropped_together_are_both_taken(window: Window, tmp_path: Path, qtbot) -> None:
    plan = tmp_path / "one.planstudio"
    window.open_plan(plan, create=True)
    window.close_plan()
    (document,) = documents(tmp_path, "a.txt")
    window.open_all([document, plan], [])
    assert window.plan.workspace.path == plan
    qtbot.waitUntil(lambda: window.importing.page is not None, timeout=LONG)
    window.importing._leave()


def test_no_line_types_the_address_of_a_file(qtbot, dressed: QApplication, window: Window) -> None:
    field = LineField("Name")
    qtbot.addWidget(field)
    field.show()
    lines = [field.entry, *window.findChildren(QLineEdit)]
    assert len(lines) > 1
    for line in lines:
        mime = QMimeData()
        mime.setUrls([QUrl("file:///a.txt")])
        mime.setText("file:///a.txt")
        event = QDragEnterEvent(
            QPoint(2, 2), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        event.ignore()
        if line.acceptDrops():
            line.dragEnterEvent(event)  # alone: Qt would go on to the window behind it, which takes files
        assert not event.isAccepted(), line
