"""A plan under a password: it works as a plan in the clear does, and no byte of it stands in the clear on a disk."""

from __future__ import annotations

import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import add_goal, create, dump, one_of_everything, plan_in, reopen
from faults.test_placed_race import place_before_the_exchange, unlocked
from planstudio import passwords
from planstudio.domain import recovery
from planstudio.domain.errors import InvalidInput, Locked, NotAPlan, PlanStudioError, StoreUnavailable
from planstudio.domain.files import FileRelation
from planstudio.domain.intake import Trouble, trouble_sentence
from planstudio.domain.kinds import Access
from planstudio.operations import files, goals
from planstudio.packets import Packets
from planstudio.queries.export import whole_file
from planstudio.queries.history import plan_history
from planstudio.reports.foreign.intake import Intake
from planstudio.store import doors, peer
from planstudio.store.standing import how_it_stands
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace
from secrecy import CANARY, WORDS, in_the_clear, learn, need_driver

Pair = tuple[Workspace, Workspace]


@pytest.fixture(autouse=True)
def _driver(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    need_driver()
    monkeypatch.setattr(doors, "_ROUNDS", 10)
    yield
    doors.forget()


@pytest.fixture
def _slow_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """As they are outside of tests: another program looks."""
    monkeypatch.setattr(doors, "_ROUNDS", 256_000)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "Board"
    folder.mkdir()
    return folder / "Closed.planstudiox"


def fill(workspace: Workspace) -> None:
    """The canary in titles, texts, the bytes and the names of attached files, and what was taken back."""
    one_of_everything(workspace)
    goal = add_goal(workspace, f"{CANARY} in a title", statement=f"{CANARY} in a text. " * 300)
    workspace.do("Attach", files.attach_file, "goal", goal, f"{CANARY}.txt", f"{CANARY} in a file. ".encode() * 600_000)
    workspace.do(f"{CANARY} in a step", goals.edit_goal, goal, title=f"{CANARY} again")
    workspace.undo()


def titles(workspace: Workspace) -> set[str]:
    return {row["title"] for row in dump(workspace)["goal"].values()}


# Nothing stands in the clear.


def test_nothing_stands_in_the_clear_during_work_and_after_closing(place: Path, data: Path, tmp_path: Path) -> None:
    workspace = create(place, data)
    fill(workspace)
    assert not in_the_clear(tmp_path)
    workspace.publish()
    for n in range(3):
        add_goal(workspace, f"{CANARY} {n}")
        workspace.publish(whole=False)
        workspace.back_up()
    workspace.find(CANARY)
    workspace.snapshot(1).close()
    workspace.snapshot_for(Access.PUBLIC).close()
    workspace.check()
    workspace.save_copy(place.with_name("Copy.planstudiox"))
    workspace.one_file(place.with_name("To send.planstudiox"))
    workspace.restore(workspace.backups()[0].name)
    assert not in_the_clear(tmp_path)
    workspace.close()
    assert not in_the_clear(tmp_path)
    assert {path.name for path in place.parent.iterdir()} == {
        "Closed.planstudiox", "Copy.planstudiox", "To send.planstudiox",
    }  # fmt: skip
    assert not (data / "contents").exists()
    assert not list(tmp_path.rglob("*.steps"))  # which are compressed, so that no canary would be seen


_KILLED = """
import os, sys
from pathlib import Path
import factories
from secrecy import CANARY
from store.test_secret import fill
from planstudio.operations import goals

def dies(session):
    for n in range(400):
        goals.add_goal(session, factories.plan_in(workspace), title=f"{CANARY} {n}")
        session.flush()
    print("flushed", flush=True)
    sys.stdin.read()

workspace = factories.create(Path(sys.argv[1]), Path(sys.argv[2]))
fill(workspace)
workspace.publish()
plan = factories.plan_in(workspace)
factories.plan_in = lambda _workspace: plan
workspace.do("Never ends", dies)
"""


def test_what_a_killed_program_leaves_shows_nothing_and_comes_back(place: Path, data: Path, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    paths = os.pathsep.join((str(root / "src"), str(root / "tests")))
    child = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(place), str(data)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths},
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == b"flushed\n"
    journal = working_folder(place, data) / "work.db-journal"
    assert journal.stat().st_size > 0
    assert not in_the_clear(tmp_path)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert journal.stat().st_size > 0
    assert not in_the_clear(tmp_path)
    learn()
    workspace = reopen(place, data)
    assert f"{CANARY} in a title" in titles(workspace)
    assert len(titles(workspace)) < 10
    workspace.close()
    assert not in_the_clear(tmp_path)


def test_a_plan_in_the_clear_that_is_merged_by_hand_is_not_kept_in_the_clear(
    place: Path, data: Path, tmp_path: Path
) -> None:
    plain = create(tmp_path / "Plain.planstudio", tmp_path / "elsewhere")
    goal = add_goal(plain, "From before")
    plain.publish()
    plain.protect(place, WORDS)
    add_goal(plain, CANARY)
    plain.publish()
    secret = reopen(place, data)
    assert goal in dump(secret)["goal"]
    secret.merge_copy(plain.path)
    assert titles(secret) == {"From before", CANARY}
    secret.publish()
    for workspace in (plain, secret):
        workspace.close()
    assert not in_the_clear(place.parent, data)


# As a plan in the clear.


def test_it_answers_every_question_as_its_twin_in_the_clear(place: Path, data: Path, tmp_path: Path) -> None:
    plain = create(tmp_path / "Plain.planstudio", data)
    fill(plain)
    plain.protect(place, WORDS)
    secret = reopen(place, data)
    assert secret.ask(whole_file) == plain.ask(whole_file)
    assert secret.ask(plan_history, 100) == plain.ask(plan_history, 100)
    assert secret.find(CANARY.lower()) == plain.find(CANARY.lower())
    assert dump(secret) == dump(plain)
    for step in (1, 5, 9):
        with closing(secret.snapshot(step)) as then, closing(plain.snapshot(step)) as twin:
            assert then.ask(whole_file) == twin.ask(whole_file)
    for audience in Access:
        with closing(secret.snapshot_for(audience)) as theirs, closing(plain.snapshot_for(audience)) as twins:
            assert theirs.ask(whole_file) == twins.ask(whole_file)
    assert secret.check() == plain.check()
    for workspace in (plain, secret):
        workspace.undo()
        workspace.redo()
        add_goal(workspace, "One more")
    assert titles(secret) == titles(plain)
    for workspace in (plain, secret):
        workspace.close()


def test_a_clean_copy_is_in_the_clear_and_no_other_copy_is(place: Path, data: Path) -> None:
    workspace = create(place, data)
    with pytest.raises(StoreUnavailable, match="under its password, too"):
        workspace.save_copy(place.with_name("Copy.planstudio"))
    with pytest.raises(StoreUnavailable, match="under no password"):
        workspace.clean_copy(place.with_name("Clean.planstudiox"))
    workspace.clean_copy(place.with_name("Clean.planstudio"))
    workspace.close()
    clean = reopen(place.with_name("Clean.planstudio"), data)
    assert plan_in(clean)
    assert not clean.secret
    clean.close()


@pytest.mark.parametrize("lock", [True, False], ids=["lock", "no lock"])
@pytest.mark.parametrize("swap", [True, False], ids=["exchange", "rename"])
def test_a_save_between_the_last_look_and_the_exchange_is_not_lost(
    two: Pair, monkeypatch: pytest.MonkeyPatch, lock: bool, swap: bool
) -> None:
    ann, bo = two
    if not lock:
        monkeypatch.setattr(peer, "turn", unlocked)
    add_goal(ann, "Ann's")
    add_goal(bo, "Bo's")
    place_before_the_exchange(monkeypatch, lambda: bo.write_file() if not lock else None, swap=swap)
    ann.publish()
    bo.publish()
    ann.publish()
    assert titles(ann) == titles(bo) == {"Ann's", "Bo's"}
    assert ann.file_state.relation is FileRelation.SAVED


def test_two_copies_unite_and_a_conflicted_copy_is_taken_in(two: Pair, place: Path, data: Path) -> None:
    ann, bo = two
    before = place.read_bytes()
    add_goal(bo, "Bo's")
    bo.publish()
    os.replace(place, place.with_name("Closed (Bo's conflicted copy 2026-11-30).planstudiox"))
    place.write_bytes(before)
    add_goal(ann, "Ann's")
    ann.publish()
    assert titles(ann) == {"Ann's", "Bo's"}
    assert not list(place.parent.glob("*conflicted*"))
    (kept,) = (working_folder(place, data) / "backups" / "copies").iterdir()
    assert doors.salt_of(kept) == doors.salt_of(place)


def test_a_plan_that_was_moved_takes_its_work_along(place: Path, data: Path) -> None:
    workspace = create(place, data)
    workspace.publish()
    add_goal(workspace, "Only here")
    workspace.close()
    moved = place.with_name("Moved.planstudiox")
    os.replace(place, moved)
    workspace = reopen(moved, data)
    assert titles(workspace) == {"Only here"}
    workspace.close()


# Passwords.


def test_a_wrong_password_opens_nothing_and_says_so(place: Path, data: Path) -> None:
    _made(place, data)
    with pytest.raises(Locked, match=r"Closed\.planstudiox is kept under a password"):
        reopen(place, data)
    with pytest.raises(InvalidInput, match="This is not the password of this plan"):
        passwords.unlock(place, data, WORDS + "!")
    assert passwords.is_locked(place, data)
    passwords.unlock(place, data, WORDS)
    reopen(place, data).close()


def _made(place: Path, data: Path, words: str = WORDS) -> str:
    """A plan of its own at *place* under a password that nobody has given any more; its recovery key."""
    plain = create(place.with_name("first.planstudio"), data / "first")
    add_goal(plain, "A goal")
    plain.protect(place, words)
    plain.close()
    plain.path.unlink()
    workspace = reopen(place, data)
    key = workspace.recovery_key
    workspace.close()
    doors.forget()
    return key


def test_an_accent_is_the_same_password_however_it_is_typed(place: Path, data: Path) -> None:
    _made(place, data, "caf\u00e9 at noon")
    passwords.unlock(place, data, "cafe\u0301 at noon")
    assert not passwords.is_locked(place, data)


def test_the_recovery_key_opens_the_plan_and_a_mistyped_one_says_so(place: Path, data: Path) -> None:
    key = _made(place, data)
    wrong = key[:-1] + ("A" if key[-1] != "A" else "B")
    with pytest.raises(InvalidInput, match="mistyped"):
        passwords.unlock(place, data, wrong)
    with pytest.raises(InvalidInput, match="not the recovery key of this plan"):
        passwords.unlock(place, data, recovery.written(os.urandom(32)))
    passwords.unlock(place, data, key.lower().replace("0", "o"))
    workspace = reopen(place, data)
    assert titles(workspace) == {"A goal"}
    workspace.close()


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_recovery_key_is_read_as_it_is_written_and_one_wrong_sign_is_noticed(
    secret: bytes, at: int, sign: str
) -> None:
    written = recovery.written(secret)
    assert recovery.read(written) == secret
    signs = list(written.replace("-", ""))
    if signs[at] != sign:
        signs[at] = sign
        assert recovery.read("".join(signs)) is None


def test_a_changed_password_opens_plan_and_backups_and_the_former_one_nothing(place: Path, data: Path) -> None:
    key = _made(place, data)
    passwords.unlock(place, data, WORDS)
    workspace = reopen(place, data)
    workspace.back_up()
    name = workspace.backups()[-1].name
    workspace.change_password("another one altogether")
    assert workspace.file_state.relation is FileRelation.SAVED
    assert workspace.recovery_key != key
    workspace.close()
    doors.forget()
    for former in (WORDS, key):
        with pytest.raises(InvalidInput):
            passwords.unlock(place, data, former)
    passwords.unlock(place, data, "another one altogether")
    workspace = reopen(place, data)
    workspace.restore(name)
    workspace.close()


def _changed_elsewhere(place: Path, data: Path) -> Workspace:
    """A plan that is open here with work of its own, while its password was changed on another computer."""
    ann = create(place, data)
    ann.publish()
    bo = reopen(place, data / "laptop", device="laptop", author="Bo")
    add_goal(bo, "Bo's")
    bo.change_password("another one altogether")
    bo.close()
    doors.forget()
    learn()
    add_goal(ann, "Ann's")
    return ann


def test_a_file_under_another_password_is_never_written_over_and_is_united_when_that_is_given(
    place: Path, data: Path
) -> None:
    ann = _changed_elsewhere(place, data)
    before = place.read_bytes()
    assert ann.look_again().relation is FileRelation.LOCKED
    with pytest.raises(StoreUnavailable, match="was changed"):
        ann.publish()
    assert place.read_bytes() == before
    passwords.unlock(place, data, "another one altogether")
    assert ann.take_password()
    ann.publish()
    assert titles(ann) == {"Ann's", "Bo's"}
    assert doors.salt_of(place) == doors.salt_of(working_folder(place, data) / "work.db")
    ann.close()


@pytest.mark.usefixtures("_slow_keys")
@pytest.mark.parametrize("lock", [True, False], ids=["lock", "no lock"])
@pytest.mark.parametrize("swap", [True, False], ids=["exchange", "rename"])
def test_a_password_changed_between_the_last_look_and_the_exchange_loses_nobodys_step(
    two: Pair, place: Path, data: Path, monkeypatch: pytest.MonkeyPatch, lock: bool, swap: bool
) -> None:
    ann, bo = two
    add_goal(ann, "Ann's")
    add_goal(bo, "Bo's")

    def bo_changes_it() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(peer, "turn", unlocked)  # Ann's lock file has not reached Bo's computer
            bo.change_password("another one altogether")
        doors.forget()
        learn()  # which is all that Ann's computer knows

    place_before_the_exchange(monkeypatch, bo_changes_it, swap=swap)
    if not lock:
        monkeypatch.setattr(peer, "turn", unlocked)
    if swap:
        with pytest.raises(StoreUnavailable, match=r"password of .* was changed"):
            ann.publish()
    else:
        ann.publish()  # over Bo's, as a disk without the exchange lets it be: his next look finds it
        passwords.unlock(place, data / "laptop", "another one altogether")
        bo.publish()
        doors.forget()
        learn()
    monkeypatch.undo()
    assert ann.look_again().relation is FileRelation.LOCKED
    passwords.unlock(place, data, "another one altogether")
    assert ann.take_password()
    ann.publish()
    bo.publish()
    assert titles(ann) == titles(bo) == {"Ann's", "Bo's"}
    assert ann.file_state.relation is FileRelation.SAVED
    assert [path.name for path in place.parent.iterdir() if path.name.startswith(".~")] == []


def test_work_under_the_former_password_asks_for_both_when_it_is_opened(place: Path, data: Path) -> None:
    _changed_elsewhere(place, data).close()
    with pytest.raises(Locked, match=r"was changed\. Enter the new one"):
        reopen(place, data)
    doors.forget()
    passwords.unlock(place, data, "another one altogether")
    with pytest.raises(Locked, match="still under the former password"):
        reopen(place, data)
    learn()
    ann = reopen(place, data)
    assert titles(ann) == {"Ann's", "Bo's"}
    ann.publish()
    ann.close()
    doors.forget()
    passwords.unlock(place, data, "another one altogether")
    assert not passwords.is_locked(place, data)


def test_an_older_file_under_a_former_password_does_not_bring_that_back(place: Path, data: Path) -> None:
    ann = create(place, data)
    ann.publish()
    before = place.read_bytes()
    ann.change_password("another one altogether")
    place.write_bytes(before)
    ann.look_again()
    assert not ann.take_password() or doors.salt_of(ann._document.working_copy) != doors.salt_of(place)
    ann.publish()
    assert doors.salt_of(place) != before[:16]
    ann.close()


# Damage, and what is no such plan.


def test_one_flipped_bit_is_refused_wherever_it_is(place: Path, data: Path) -> None:
    with closing(create(place, data)) as workspace:
        fill(workspace)
        workspace.publish()
    whole, shelf = place.read_bytes(), data / "other"
    pages = len(whole) // doors.PAGE
    for at in (0, 20, doors.PAGE - 1, doors.PAGE + 5, (pages // 2) * doors.PAGE + 99, len(whole) - 7):
        place.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(PlanStudioError):
            reopen(place, shelf)
    for cut in (len(whole) - 1, len(whole) - doors.PAGE):
        place.write_bytes(whole[:cut])
        with pytest.raises(NotAPlan, match="damaged"):
            reopen(place, shelf)


def test_a_plan_in_the_clear_under_such_a_name_is_not_opened_or_written_over(
    two: Pair, place: Path, data: Path
) -> None:
    ann, _bo = two
    with closing(create(place.with_name("Plain.planstudio"), data / "plain")) as plain:
        plain.publish()
    shutil.copy(plain.path, place)
    add_goal(ann, "Ann's")
    assert ann.look_again().relation is FileRelation.NO_PLAN
    with pytest.raises(NotAPlan, match="not under a password"):
        ann.publish()


def test_without_the_driver_it_says_what_to_install(place: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    _made(place, data)

    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(PlanStudioError, match=r'pip install "planstudio\[secret\]"'):
        passwords.unlock(place, data, WORDS)


def test_a_look_from_outside_answers_and_asks_for_the_password(place: Path, data: Path) -> None:
    _made(place, data)
    with pytest.raises(Locked):
        how_it_stands(place, data)
    passwords.unlock(place, data, WORDS)
    assert how_it_stands(place, data).state.relation is FileRelation.SAVED


@pytest.mark.usefixtures("_slow_keys")
def test_the_driver_opens_it_by_the_password_alone_as_other_tools_do(place: Path, data: Path) -> None:
    _made(place, data)
    other = doors.driver().connect(str(place))
    other.execute(f"PRAGMA key = '{WORDS}'")
    assert other.execute("SELECT title FROM goal").fetchall() == [("A goal",)]
    other.close()


def test_errors_of_either_driver_are_caught_as_one() -> None:
    doors.driver()
    kinds = doors.either(sqlite3.OperationalError, OSError)
    assert [kind.__name__ for kind in kinds] == ["OperationalError", "OSError", "OperationalError"]


# What needs files of its own.


def test_an_office_file_is_refused_with_its_reason_and_no_page_is_kept_prepared(place: Path, data: Path) -> None:
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<w:document/>")
    with Intake(None, in_the_clear=False) as intake:
        facts = intake.take("Contract.docx", word.getvalue()).facts
    assert facts.trouble is Trouble.SECRET
    assert "unprotected" in trouble_sentence(facts, "Contract.docx")
    with closing(create(place, data)) as workspace:
        assert Packets(workspace, data / "prepared")._cache is None
