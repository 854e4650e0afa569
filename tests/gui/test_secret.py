"""A plan under a password in the window: made, opened, locked, and what is told on the way."""

from __future__ import annotations

import io
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from factories import add_goal, dump, plan_in
from gui.meeting_window import banners, said
from planstudio import app, passwords
from planstudio.domain.clock import Clock
from planstudio.domain.places import Place
from planstudio.gui.dialogs.new_password import NewPassword
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.widgets.password_line import PasswordLine
from planstudio.gui.window import Window
from planstudio.operations import files as attached
from planstudio.store import contents, doors

WORDS = "four calm owls reading"
OTHER = "nine quick foxes writing"
CANARY = b"Quetzalcoatlus"


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(doors, "_ROUNDS", 10)
    yield
    doors.forget()


@pytest.fixture
def plain(make_window, tmp_path: Path) -> Window:
    """A window with a plan in the clear that has a goal."""
    window = make_window()
    (tmp_path / "Board").mkdir()
    window.open_plan(tmp_path / "Board" / "Closed.planstudio", create=True)
    add_goal(window.plan.workspace, CANARY.decode())
    window.plan.workspace.publish()
    return window


@pytest.fixture
def secret(plain: Window, qtbot, monkeypatch: pytest.MonkeyPatch) -> Window:
    """The same under a password, by the menu."""
    monkeypatch.setattr(NewPassword, "chosen", lambda _self: WORDS)
    plain.actions_by_name["protect"].trigger()
    qtbot.waitUntil(lambda: plain.plan is not None and plain.plan.workspace.secret, timeout=20_000)
    return plain


def press(where: QWidget, words: str) -> None:
    next(b for b in where.findChildren(QPushButton) if b.text() == words).click()


def verb(window: Window, words: str) -> None:
    next(b for one in banners(window) for b in one.findChildren(QPushButton) if b.text() == words).click()


def answer(window: Window, words: str) -> None:
    line = window.unlocking.line
    assert line is not None
    QTest.keyClicks(line.entry, words)
    QTest.keyClick(line.entry, Qt.Key.Key_Return)


def clear_files(folder: Path) -> list[str]:
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and (CANARY in (data := path.read_bytes()) or b"SQLite format 3" in data)
    ]


def test_the_menu_makes_a_plan_under_a_password_beside_the_one_in_the_clear(secret: Window, tmp_path: Path) -> None:
    assert secret.plan.workspace.path == tmp_path / "Board" / "Closed.planstudiox"
    assert [row["title"] for row in dump(secret.plan.workspace)["goal"].values()] == [CANARY.decode()]
    assert "Closed.planstudio, its working copy and its backups are still there, in the clear" in said(secret)
    assert (tmp_path / "Board" / "Closed.planstudio").exists()


def test_the_unprotected_plan_goes_with_all_that_this_computer_keeps_of_it(
    secret: Window, data: Path, tmp_path: Path
) -> None:
    assert clear_files(data)
    verb(secret, "Delete the unprotected plan")
    assert not (tmp_path / "Board" / "Closed.planstudio").exists()
    assert not clear_files(data)
    assert not clear_files(tmp_path / "Board")
    assert str(tmp_path / "Board" / "Closed.planstudio") not in secret.settings.recent
    assert "colleagues' computers" in said(secret)


def test_work_that_a_crash_has_left_beside_the_unprotected_plan_keeps_it(
    secret: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tmp_path / "Board" / "Closed.planstudio"
    copy = tmp_path / "copy.planstudio"
    shutil.copyfile(plain, copy)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("PLANSTUDIO_DATA", str(tmp_path / "laptop"))
        theirs = app.open_workspace(copy)
        add_goal(theirs, "Theirs")
        theirs.publish()
        theirs.close()
    left = plain.with_name(f".~{plain.name}.c0ffee-1-1.tmp")
    copy.rename(left)
    os.utime(left, (time.time() - 7200,) * 2)
    verb(secret, "Delete the unprotected plan")
    assert plain.exists()
    assert left.exists()
    assert "has work that is not in its file" in said(secret)


def test_damaged_files_of_the_unprotected_plan_go_with_it(
    plain: Window, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    monkeypatch.setattr(contents, "LIGHT", 1000)
    goal = next(iter(dump(plain.plan.workspace)["goal"]))
    plain.plan.workspace.do("Attach", attached.attach_file, "goal", goal, "Bids.txt", CANARY * 1000)
    plain.plan.workspace.publish()
    (kept,) = (data / "contents").iterdir()
    kept.write_bytes(CANARY * 1000 + b"damaged")
    plain.plan.workspace.look_after()
    assert (data / "contents" / "damaged" / kept.name).exists()
    monkeypatch.setattr(NewPassword, "chosen", lambda _self: WORDS)
    plain.actions_by_name["protect"].trigger()
    qtbot.waitUntil(lambda: plain.plan is not None and plain.plan.workspace.secret, timeout=20_000)
    verb(plain, "Delete the unprotected plan")
    assert not clear_files(data)


def test_what_came_into_the_unprotected_plan_meanwhile_keeps_it(
    secret: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = tmp_path / "Board" / "Closed.planstudio"
    monkeypatch.setenv("PLANSTUDIO_DATA", str(tmp_path / "laptop"))
    theirs = app.open_workspace(plain)
    add_goal(theirs, "Theirs")
    theirs.publish()
    theirs.close()
    verb(secret, "Delete the unprotected plan")
    assert plain.exists()
    assert "was changed since" in said(secret)


def test_locking_lets_go_of_the_key_and_comes_back_to_the_same_page(secret: Window, qtbot) -> None:
    path, goal = secret.plan.workspace.path, next(iter(dump(secret.plan.workspace)["goal"]))
    secret.go(Place("goal", goal))
    secret.actions_by_name["lock"].trigger()
    assert secret.plan is None
    assert passwords.is_locked(path, secret.data)
    line = secret.unlocking.line
    assert isinstance(line, PasswordLine)
    assert line.isVisible()
    assert line.entry.accessibleName()
    answer(secret, "four calm cats reading")
    qtbot.waitUntil(lambda: bool(line.field.error.text()), timeout=20_000)
    assert line.field.error.text() == "This is not the password of this plan."
    assert secret.plan is None
    press(line, "Forgotten?")
    assert "recovery sheet" in line.help.text()
    assert line.help.isVisible()
    answer(secret, WORDS)
    qtbot.waitUntil(lambda: secret.plan is not None, timeout=20_000)
    assert secret.plan.view.here == ("goal", goal)
    assert secret.unlocking.line is None


def test_a_plan_that_is_closed_or_replaced_asks_for_its_password_again(secret: Window, tmp_path: Path) -> None:
    path = secret.plan.workspace.path
    assert not passwords.is_locked(path, secret.data)
    secret.open_plan(tmp_path / "Board" / "Other.planstudio", create=True)
    assert passwords.is_locked(path, secret.data)
    passwords.unlock(path, secret.data, WORDS)
    secret.open_plan(path)
    secret.actions_by_name["close"].trigger()
    assert passwords.is_locked(path, secret.data)


def test_the_recovery_key_opens_what_is_locked(secret: Window, qtbot) -> None:
    key = secret.plan.workspace.recovery_key
    secret.plan.lock.lock()
    answer(secret, key.lower().replace("-", " "))
    qtbot.waitUntil(lambda: secret.plan is not None, timeout=20_000)


def test_it_locks_itself_when_nobody_is_there(secret: Window) -> None:
    now = [secret.plan.lock.now()]
    secret.plan.lock.now = lambda: now[0]
    now[0] += 14 * 60
    QTest.keyClick(secret, Qt.Key.Key_Shift)  # somebody is there
    now[0] += 14 * 60
    secret.plan.lock.quiet.timeout.emit()
    assert secret.plan is not None
    assert secret.plan.lock.quiet.isActive()
    now[0] += 2 * 60
    secret.plan.lock.quiet.timeout.emit()
    assert secret.plan is None


def test_who_wakes_a_computer_that_slept_finds_it_locked(secret: Window, qtbot) -> None:
    now = secret.plan.lock.now()
    secret.plan.lock.now = lambda: now + 3600
    QTest.keyClick(secret, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: secret.plan is None)


def test_never_is_never_and_a_plan_in_the_clear_is_not_watched(plain: Window, secret: Window) -> None:
    secret.settings.lock_after = 0
    secret.plan.lock.begin()
    assert not secret.plan.lock.quiet.isActive()


def test_what_was_begun_is_there_again_after_unlocking(secret: Window, qtbot) -> None:
    place = ("goal", next(iter(dump(secret.plan.workspace)["goal"])))
    secret.plan.desk.unrecorded.comments[place] = "half a sentence"
    secret.plan.lock.lock()
    assert secret.plan is None
    answer(secret, WORDS)
    qtbot.waitUntil(lambda: secret.plan is not None, timeout=20_000)
    assert secret.plan.desk.unrecorded.comments == {place: "half a sentence"}
    secret.plan.desk.unrecorded.comments.clear()  # or the window would not close


def test_a_plan_under_a_password_is_asked_for_where_it_is_chosen(secret: Window, make_window, qtbot) -> None:
    path = secret.plan.workspace.path
    secret.close_plan()
    doors.forget()
    other = make_window()
    other.open_any(path)
    assert other.plan is None
    assert "Closed.planstudiox is kept under a password" in other.unlocking.line.words.text()
    answer(other, WORDS)
    qtbot.waitUntil(lambda: other.plan is not None, timeout=20_000)
    assert other.plan.workspace.path == path


def test_without_the_part_that_is_installed_on_wish_it_says_how_to_get_it(
    secret: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib

    path = secret.plan.workspace.path
    secret.close_plan()
    doors.forget()

    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    secret.open_any(path)
    assert secret.unlocking.line is None
    told = " ".join(one.words for one in secret.start.findChildren(Banner))
    assert 'pip install "planstudio[secret]"' in told


def test_nothing_of_it_is_kept_for_the_first_window_or_sent_to_a_viewer(
    secret: Window, data: Path, tmp_path: Path
) -> None:
    verb(secret, "Delete the unprotected plan")
    secret.plan.copies.send_to_printer(b"%PDF-1.7 " + CANARY)
    assert "print it from there" in said(secret)
    assert not (data / "printing").exists()
    secret.settings.remember(secret.plan.workspace.path, "filter", CANARY.decode())
    secret.settings.store.sync()
    assert secret.close_plan()
    assert not clear_files(data)
    assert not clear_files(tmp_path / "Board")


def test_the_recovery_sheet_holds_the_key_and_is_made_in_memory(
    secret: Window, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bytes] = []
    monkeypatch.setattr(secret.plan.copies, "save_pdf", lambda pdf, _name, _then: made.append(pdf))
    secret.actions_by_name["recovery"].trigger()
    qtbot.waitUntil(lambda: bool(made), timeout=20_000)
    words = pypdfium2.PdfDocument(made[0])[0].get_textpage().get_text_range()
    for group in secret.plan.workspace.recovery_key.split("-"):
        assert group in words
    with pikepdf.open(io.BytesIO(made[0])) as pdf:
        assert pdf.Root.MarkInfo.Marked


def test_a_changed_password_is_asked_for_on_the_other_computer_and_its_work_is_united(
    secret: Window, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = secret.plan.workspace.path
    monkeypatch.setenv("PLANSTUDIO_DATA", str(tmp_path / "laptop"))
    theirs = app.open_workspace(path)
    theirs.change_password("another one altogether")
    add_goal(theirs, "Theirs")
    theirs.publish()
    theirs.close()
    add_goal(secret.plan.workspace, "Ours")
    doors._keys.pop(doors.salt_of(path))
    secret.plan.saver._on_looked(secret.plan.workspace.look_again())
    assert "The password of this plan was changed" in "".join(
        b.words for b in secret.plan.view.findChildren(QWidget) if hasattr(b, "words") and isinstance(b.words, str)
    )
    secret.plan.notice._act("password")
    answer(secret, "another one altogether")
    qtbot.waitUntil(lambda: secret.unlocking.line is None, timeout=20_000)
    secret.plan.workspace.publish()
    titles = {row["title"] for row in dump(secret.plan.workspace)["goal"].values()}
    assert titles == {CANARY.decode(), "Theirs", "Ours"}
    assert doors.salt_of(path) == doors.salt_of(secret.plan.workspace._document.working_copy)
    assert plan_in(secret.plan.workspace)


def test_a_clean_copy_says_that_everybody_can_read_it(
    secret: Window, tmp_path: Path, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "Board" / "To share.planstudio"
    asked: list[str] = []
    monkeypatch.setattr(secret, "ask_path", lambda _title, name, _kinds: asked.append(name) or made)
    secret.plan.copies.clean_copy()
    qtbot.waitUntil(lambda: "everybody can read it" in said(secret), timeout=20_000)
    assert asked == ["Closed to share.planstudio"]
    assert made.read_bytes().startswith(b"SQLite format 3")


@pytest.fixture
def other_copy(secret: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the plan that a colleague has put under a password of her own, with a goal more."""
    copy = tmp_path / "mail" / "For Ana.planstudiox"
    copy.parent.mkdir()
    secret.plan.workspace.one_file(copy)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("PLANSTUDIO_DATA", str(tmp_path / "laptop"))
        ana = app.open_workspace(copy, clock=Clock())
        ana.change_password(OTHER)
        add_goal(ana, "From Ana")
        ana.publish()
        ana.close()
    secret.plan.workspace.forget_other_keys()
    return copy


def test_a_copy_under_another_password_is_asked_for_it_and_merged(secret: Window, other_copy: Path, qtbot) -> None:
    before = other_copy.read_bytes()
    secret.plan.copies.offer_merge(other_copy)
    line = secret.unlocking.line
    assert isinstance(line, PasswordLine)
    assert "For Ana.planstudiox is under a password of its own" in line.words.text()
    answer(secret, "not this one")
    qtbot.waitUntil(lambda: bool(line.field.error.text()), timeout=20_000)
    assert line.field.error.text() == "This is not the password of this plan."
    line.entry.clear()
    answer(secret, OTHER)
    qtbot.waitUntil(lambda: "1 change is only in the copy" in said(secret), timeout=20_000)
    assert secret.unlocking.line is None
    verb(secret, "Merge 1")
    assert {row["title"] for row in dump(secret.plan.workspace)["goal"].values()} == {CANARY.decode(), "From Ana"}
    assert other_copy.read_bytes() == before
    assert passwords.is_locked(other_copy, secret.data), "nobody looks into the copy any more"
    assert not clear_files(secret.data / "working" / secret.plan.workspace.path.name)


def test_a_copy_whose_password_nobody_gives_is_left_alone(secret: Window, other_copy: Path) -> None:
    secret.plan.copies.offer_merge(other_copy)
    press(secret.unlocking.line, "Not now")
    assert secret.unlocking.line is None
    assert [row["title"] for row in dump(secret.plan.workspace)["goal"].values()] == [CANARY.decode()]


def test_a_copy_under_a_password_comes_into_a_plan_in_the_clear_and_is_kept_as_it_was(
    secret: Window, other_copy: Path, tmp_path: Path, qtbot
) -> None:
    clear = secret
    clear.open_plan(tmp_path / "Board" / "Closed.planstudio", at_once=True)
    clear.plan.copies.offer_merge(other_copy)
    answer(clear, OTHER)
    qtbot.waitUntil(lambda: "only in the copy" in said(clear), timeout=20_000)
    verb(clear, "Merge 1")
    assert "From Ana" in {row["title"] for row in dump(clear.plan.workspace)["goal"].values()}
    (kept,) = (clear.data / "working").glob("*/backups/copies/*For Ana*")
    assert kept.suffix == ".planstudiox"
