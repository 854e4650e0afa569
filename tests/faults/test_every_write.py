"""kill -9 at every write of whatever writes: what is left opens and lacks no step, and a secret stays one.

One run is written down (recorder.py), and the files are made what they were after
each of its operations. All of them are searched for the words of a plan under a
password; a sample is opened as the next start opens it. `make long` opens every one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from factories import KEY, reopen
from faults.editing import gesture, gesture_in, plan_to_edit
from faults.recorder import Disk, Operation, Recorder, lay
from planstudio import passwords
from planstudio.domain.errors import InvalidInput
from planstudio.domain.files import FileRelation
from planstudio.files import is_secret
from planstudio.operations import files
from planstudio.store import contents, doors, drops
from planstudio.store.keys import outline_name
from planstudio.store.union import step_ids
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace
from secrecy import CANARY, SECRET, WORDS, in_the_clear, need_driver, shows

NEW = "another one altogether"
SAMPLE = 4
MOST = pytest.mark.parametrize(
    "most", [pytest.param(SAMPLE, id="sample"), pytest.param(10**9, id="all", marks=[pytest.mark.long])]
)
NOBODY = 99_999_999  # no process has this number
Work = Callable[[Workspace, list[str]], object]


def edits(workspace: Workspace, ids: list[str]) -> None:
    gesture(workspace, ids, 2)


def saves(workspace: Workspace, ids: list[str]) -> None:
    workspace.publish()


def saves_steps(workspace: Workspace, ids: list[str]) -> None:
    workspace.publish(whole=False)


def backs_up(workspace: Workspace, ids: list[str]) -> None:
    workspace.back_up()


def changes_password(workspace: Workspace, ids: list[str]) -> None:
    workspace.change_password(NEW)


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "_ROUNDS", 10)


def steps_of(workspace: Workspace) -> set[str]:
    return workspace.ask(lambda session: step_ids(session.connection()))


class _Ended:
    """The module os as the program has it, in a process that has ended since.

    Patched in os itself the number would be believed by filelock, too, which lets go of the locks of all plans that
    are open in this process: after a fork they are its parent's.
    """

    getpid = staticmethod(lambda: NOBODY)

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


class Killed:
    """What kill -9 leaves of the files in *root* at every moment of some work."""

    def __init__(self, root: Path, place: Path, data: Path) -> None:
        self.root, self.place, self.data = root, place, data
        self.steps: set[str] = set()
        self.recorder: Recorder
        self._ids = plan_to_edit(place, data)

    def record(self, work: Work) -> None:
        """Write down what *work* does in a plan with a gesture and a file that nobody has saved yet."""
        workspace = reopen(self.place, self.data)
        gesture(workspace, self._ids, 1)
        workspace.do("Attach", files.attach_file, "goal", self._ids[0], f"{CANARY}.txt", f"{CANARY} ".encode() * 3000)
        workspace.back_up()
        self.steps = steps_of(workspace)
        workspace.close()
        self.recorder = Recorder(self.root)
        with pytest.MonkeyPatch.context() as patch:
            for module in ("files", "store.copies", "store.document", "store.note", "store.turn"):
                patch.setattr(f"planstudio.{module}.os", _Ended())  # else what is left is that of a program at work
            with self.recorder.recording(), closing(reopen(self.place, self.data)) as workspace:
                work(workspace, self._ids)

    def states(self, most: int, *, plain: tuple[str, ...] = ()) -> Iterator[None]:
        """Make the folder what it was at some *most* moments; at none anything is in the clear but what is *plain*.

        That are the beginnings of names.
        """
        operations, began = self.recorder.operations, self.recorder.began
        assert not shows(self.recorder.spilled)
        disk, chosen = Disk(operations[:began], began), {*sample(operations, began, most)}
        clear = {name for name, data in disk.whole().items() if shows(data)}
        for at in range(began, len(operations)):
            disk.do(operations[at])
            if plain or is_secret(self.place):
                assert all(name.startswith(plain) for name in shown_in(disk, operations[at], clear))
            if at in chosen:
                shutil.rmtree(self.root)
                lay(disk.whole(), self.root)
                doors.forget()
                yield

    def opened(self, *words: str) -> Workspace:
        """The plan as somebody opens it who is asked for its passwords, and has these."""
        doors.learn(KEY)
        for word in words:
            with suppress(InvalidInput):
                passwords.unlock(self.place, self.data, word)
        return reopen(self.place, self.data)


def shown_in(disk: Disk, operation: Operation, clear: set[str]) -> set[str]:
    """The names of files in the clear after *operation*; those in *clear* were it before it."""
    if operation.kind in ("write", "names"):
        numbers = {operation.file} if operation.kind == "write" else {*operation.names.values()}
        for name, number in disk.seen.items():
            if number in numbers:
                clear.discard(name)
                if CANARY in name or shows(disk.file(number).now):
                    clear.add(name)
        clear &= {*disk.seen}
    return clear


def sample(operations: list[Operation], began: int, most: int) -> list[int]:
    """Moments of all kinds: names and folders matter more than one page of many."""
    every = range(began, len(operations))
    turning = [at for at in every if operations[at].kind not in ("write", "cut")]
    written = [at for at in every if operations[at].kind in ("write", "cut")]
    return [at for part in (turning, written) for at in part[:: max(1, -(-2 * len(part) // most))]] + [every[-1]]


def check_each(killed: Killed, most: int, tell: Callable[[str], None], *words: str) -> None:
    met: dict[str, int] = {}
    lock = f".~{killed.place.name}.lock"  # goes when the next one takes its turn
    for _state in killed.states(most):
        workspace = killed.opened(*words)
        met["recovered"] = met.get("recovered", 0) + bool(workspace.recovered)
        met["states"] = met.get("states", 0) + 1
        assert killed.steps <= steps_of(workspace), "a step is missing"
        assert gesture_in(workspace) in (1, 2)
        assert all(finding.harmless for finding in workspace.check())
        workspace.publish()
        assert workspace.file_state.relation is FileRelation.SAVED
        key = workspace._document.keys.key
        workspace.close()
        if is_secret(killed.place):
            assert not in_the_clear(killed.root)
            assert key is not None
            assert doors.salt_of(killed.place) == key.salt
            assert {doors.salt_of(path) for path in killed.data.rglob("*.planstudiox")} == {key.salt}
        left = {path.name for path in killed.place.parent.iterdir() if path.is_file()} - {lock}
        assert left == {killed.place.name}
    tell(f"{len(killed.recorder.operations) - killed.recorder.began} operations, {met}")


@pytest.mark.parametrize(
    ("place", "work"),
    [
        *(("plain", work) for work in (edits, saves, saves_steps, backs_up)),
        *(("secret", work) for work in (edits, saves, backs_up)),  # which lays no drops
    ],
    indirect=["place"],
)
@MOST
@pytest.mark.timeout(7200)
def test_a_kill_at_any_write_loses_nothing_and_shows_nothing(
    place: Path,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tell: Callable[[str], None],
    work: Work,
    most: int,
) -> None:
    if work is saves_steps:
        monkeypatch.setattr(drops, "HEAVY", 0)
        monkeypatch.setattr(contents, "LIGHT", 0)
    killed = Killed(tmp_path, place, data)
    killed.record(work)
    check_each(killed, most, tell)


@SECRET
@MOST
@pytest.mark.timeout(7200)
def test_a_kill_while_the_password_is_changed_leaves_one_of_the_two(
    place: Path, data: Path, tmp_path: Path, tell: Callable[[str], None], most: int
) -> None:
    killed = Killed(tmp_path, place, data)
    killed.record(changes_password)
    check_each(killed, 2 * most, tell, NEW)


# From a plan in the clear to one under a password.


def plain_names(killed: Killed) -> tuple[str, ...]:
    """Where a plan in the clear may be so: its file, its folder, its work, its contents."""
    work = working_folder(killed.place, killed.data).relative_to(killed.root).as_posix()
    name, stem = killed.place.name, killed.place.stem
    return (f"Board/{name}", f"Board/.~{name}.", f"Board/{stem} files/", f"{work}/", "data/contents/")


def has_all(place: Path, data: Path, steps: set[str]) -> None:
    doors.forget()
    passwords.unlock(place, data, WORDS)
    with closing(reopen(place, data)) as secret:
        assert steps <= steps_of(secret)
        assert all(finding.harmless for finding in secret.check())


@pytest.mark.parametrize("light", [10**9, 0], ids=["light", "heavy"])
def test_a_kill_while_a_plan_is_protected_leaves_that_and_none_or_a_whole_one_under_the_password(
    place: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None], light: int
) -> None:
    need_driver()
    monkeypatch.setattr(contents, "LIGHT", light)
    target, killed = place.with_name("Closed.planstudiox"), Killed(tmp_path, place, data)
    killed.record(lambda workspace, _ids: workspace.protect(target, WORDS))
    met = [0, 0]
    for _state in killed.states(SAMPLE, plain=plain_names(killed)):
        there = target.exists()
        met[there] += 1
        with closing(reopen(place, data)) as plain:
            assert killed.steps <= steps_of(plain)
            if not there:
                plain.protect(target, WORDS)
        has_all(target, data, killed.steps)
        assert not [path for path in in_the_clear(tmp_path) if "Closed" in path]
        left = {path.name for path in place.parent.iterdir() if path.name.startswith(".~")}
        assert not left
    tell(f"killed {met[0]} times before the plan under a password was there, {met[1]} times after")
    assert met[0]


@pytest.mark.parametrize("light", [10**9, 0], ids=["light", "heavy"])
def test_a_kill_while_the_unprotected_plan_is_deleted_lets_that_be_done_once_more(
    place: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None], light: int
) -> None:
    need_driver()
    monkeypatch.setattr(contents, "LIGHT", light)
    target, killed = place.with_suffix(".planstudiox"), Killed(tmp_path, place, data)
    colleagues = place.with_name(f".~{target.name}.c0ffee-1-1.tmp")  # under way to the plan under the password
    colleagues.write_bytes(b"under way")
    with closing(reopen(place, data)) as workspace:
        gesture(workspace, killed._ids, 1)
        workspace.do("Attach", files.attach_file, "goal", killed._ids[0], f"{CANARY}.txt", f"{CANARY} ".encode() * 3000)
        workspace.publish()
        workspace.protect(target, WORDS)
        killed.steps = steps_of(workspace)
    for folder, name in (("prepared", "page"), ("outlines", f"{outline_name(place)}.json")):
        (data / folder).mkdir()
        (data / folder / name).write_text(CANARY)
    killed.recorder = Recorder(tmp_path)
    with killed.recorder.recording():
        passwords.delete_unprotected(place, data)
    states = 0
    for _state in killed.states(3 * SAMPLE):
        states += 1
        passwords.delete_unprotected(place, data)
        assert not in_the_clear(tmp_path)
        assert {path.name for path in place.parent.iterdir()} == {target.name, colleagues.name}
    has_all(target, data, killed.steps)
    tell(f"{states} states of {len(killed.recorder.operations) - killed.recorder.began} operations")
