"""The store's small rules, each by itself: deltas, backups that go, a look at a file, refusals, odd drops."""

from __future__ import annotations

import errno
import json
import re
import shutil
import sqlite3
import zlib
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text as sql

import golden
from factories import Names, add_goal, create, reopen
from planstudio.store import hashed
from planstudio.store.backups import thinned
from planstudio.store.contents import PlanFiles
from planstudio.store.copies import unavailable
from planstudio.store.deltas import KEY, WrongText, cut, is_delta, lay
from planstudio.store.drops import Drops
from planstudio.store.look import There, look, steps_in
from planstudio.store.restore import BackupsOfPlan
from planstudio.store.seal import digest_of
from planstudio.store.working import working_folder
from planstudio.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden"
LONG = "The board reviews this policy each year. " * 80
WORDS = st.text("ab \n", max_size=40)


# Deltas.


@given(WORDS, WORDS, WORDS, WORDS, st.booleans())
def test_a_delta_brings_either_text_back_from_the_other(head: str, old: str, new: str, tail: str, long: bool) -> None:
    before, after = head + LONG * long + old + tail, head + LONG * long + new + tail
    kept, made = cut(before, after)
    assert lay(kept, after, made) == before
    assert lay(made, before, kept) == after
    assert is_delta(kept) == is_delta(made)
    if long and before != after:
        assert is_delta(made)
        assert len(json.dumps(made)) < len(after), "it is kept because it is shorter"
        with pytest.raises(WrongText):
            lay(made, before + "x", kept)


def test_a_delta_holds_the_middle_alone() -> None:
    kept, made = cut("A" + LONG + "old words" + LONG, "A" + LONG + "new words" + LONG)
    assert (kept[KEY]["text"], made[KEY]["text"]) == ("old", "new")
    assert made[KEY]["head"] == 1 + len(LONG)
    assert made[KEY]["tail"] == len(" words" + LONG)
    assert cut("short", "shorter") == ("short", "shorter")
    assert cut(LONG, LONG + "!")[1][KEY]["tail"] == 0


def test_a_seal_is_of_the_steps_and_not_of_their_order() -> None:
    steps = ["a", "b", "c"]
    assert digest_of(steps) == digest_of(reversed(steps)) == digest_of(["c"], digest_of(["a", "b"]))
    assert digest_of(steps) != digest_of(["a", "b"])


# Backups that have had their time.


def test_backups_are_thinned_by_their_age() -> None:
    now = datetime(2026, 11, 21, 10).astimezone()
    ages = [
        0, 1, 47, 48, 49, 60, 72, 80, 24 * 13, 24 * 14 - 1, 24 * 14, 24 * 14 + 1,
        24 * 15, 24 * 20, 24 * 22, 24 * 55, 24 * 56,
            24 * 57, 24 * 60, 24 * 80, 24 * 100, 24 * 300, 24 * 743, 24 * 744, 24 * 745, 24 * 900]  # fmt: skip
    names = {f"{now - timedelta(hours=age):%Y%m%d-%H%M%S}-{n}.planstudio": age for n, age in enumerate(ages)}
    gone = sorted(names[name] for name in thinned(names, now))
    golden.hold(
        GOLDEN / "pieces.txt", "backups that go", [f"after {age // 24} days and {age % 24} hours" for age in gone]
    )
    former = {f"{name[:-11]}-former.planstudio": age for name, age in names.items()}
    assert sorted(former[name] for name in thinned(former, now)) == [age for age in ages if age > 24 * 744]
    assert thinned([], now) == []


def test_the_shelf_of_a_damaged_plan_still_lists_and_restores(workspace: Workspace, place: Path, data: Path) -> None:
    add_goal(workspace, "Kept")
    workspace.back_up()
    workspace.publish()
    workspace.close()
    folder = working_folder(place, data)
    (folder / "work.db").write_bytes(b"garbage " * 600)
    shelf = BackupsOfPlan(place, data)
    (backup, *_more) = shelf.backups()
    assert backup.steps_since == 0
    shelf.restore(backup.name)
    (aside,) = (path for path in place.parent.iterdir() if "before restore" in path.name)
    assert re.fullmatch(rf"{place.stem} before restore \d{{8}}-\d{{6}}\.planstudio", aside.name)
    again = reopen(place, data)
    assert [row.title for row in again.ask(lambda s: list(s.execute(sql("SELECT title FROM goal"))))] == ["Kept"]
    again.close()


# Refusals.


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space"), "The disk that holds {folder} is full."),
        (OSError(errno.EDQUOT, "Quota"), "The disk that holds {folder} is full."),
        (
            OSError(errno.ENAMETOOLONG, "Long"),
            "The name of Plan.planstudio… is too long for this disk. Choose a shorter one.",
        ),
        (PermissionError(errno.EACCES, "No"), "The folder {folder} does not let this program write."),
        (
            sqlite3.OperationalError("attempt to write a readonly database"),
            "The folder {folder} does not let this program write.",
        ),
        (OSError(errno.EIO, "Input/output error"), "{folder} cannot be written to: Input/output error."),
        (sqlite3.OperationalError("disk I/O error"), "{folder} cannot be written to: disk I/O error."),
    ],
)
def test_why_a_file_could_not_be_written_is_said_in_plain_words(tmp_path: Path, error: Exception, said: str) -> None:
    assert str(unavailable(tmp_path / "Plan.planstudio", error)) == said.format(folder=tmp_path)
    gone = tmp_path / "gone" / "Plan.planstudio"
    if not isinstance(error, PermissionError) and getattr(error, "errno", 0) not in (errno.ENOSPC, errno.EDQUOT):
        assert str(unavailable(gone, error)) == f"The folder {gone.parent} cannot be reached."


def test_a_full_disk_is_told_by_the_database_too(tmp_path: Path) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert str(unavailable(tmp_path / "Plan.planstudio", full)) == f"The disk that holds {tmp_path} is full."


# A look at a file.


def test_what_stands_at_a_place_is_told_apart(full: tuple[Workspace, Names], place: Path, tmp_path: Path) -> None:
    workspace = full[0]
    workspace.publish()
    whole = place.read_bytes()
    steps = workspace.ask(lambda session: set(session.scalars(sql("SELECT id FROM change_set"))))
    seen = look(place)
    assert (seen.there, seen.why) == (There.PLAN, "")
    assert seen.seal is not None
    assert (seen.seal.count, seen.seal.digest) == (len(steps), digest_of(steps))
    assert steps_in(place, seen) == steps
    other = tmp_path / "Other.planstudio"
    for name, content, there in (
        ("words", b"words " * 900, There.NO_PLAN),
        ("empty", b"", There.NO_PLAN),
        ("half", whole[: len(whole) // 2 // 4096 * 4096], There.UNREADABLE),
        ("newer", whole[:60] + (99).to_bytes(4, "big") + whole[64:], There.TOO_NEW),
        ("another application", whole[:68] + b"ABCD" + whole[72:], There.NO_PLAN),
        ("one page", whole[:4096], There.UNREADABLE),
    ):
        other.write_bytes(content)
        told = look(other)
        assert told.there is there, name
        assert told.seal is None
        assert bool(told.why) == (there in (There.NO_PLAN, There.TOO_NEW)), name
        assert steps_in(other, told) is None
    other.unlink()
    assert look(other).there is There.NOTHING
    assert look(tmp_path / "no folder" / "Other.planstudio").there is There.OUT_OF_REACH
    shutil.copy(place, other)
    told = look(other)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("DELETE FROM change_set WHERE seq = 3")
        connection.commit()
    assert steps_in(other, told) is None, "another file by now"
    assert steps_in(other, look(other)) is None, "its seal does not fit its steps"


TAMPERED = {
    "sound": (),
    "a row that nobody wrote": (
        "CREATE TEMP TABLE copy AS SELECT * FROM goal LIMIT 1", "UPDATE copy SET id = 'x' || substr(id, 2)",
        "INSERT INTO goal SELECT * FROM copy",
    ),
    "a cell that nobody wrote": ("UPDATE goal SET title = 'Doctored'",),
    "a row that is gone": ("DELETE FROM milestone",),
    "a reference to nothing": ("UPDATE strategy SET goal_id = 'gone'",),
    "a step that is gone": (
        "DELETE FROM change WHERE set_id = (SELECT id FROM change_set WHERE seq = 5)",
        "DELETE FROM change_set WHERE seq = 5",
    ),
    "another seal": ("UPDATE seal SET count = count + 1",),
    "no history": ("DELETE FROM change", "DELETE FROM change_set"),
    "bytes that are gone": ("UPDATE content SET data = NULL",),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERED)
def test_a_check_says_what_does_not_fit(full: tuple[Workspace, Names], name: str) -> None:
    workspace = full[0]
    engine = workspace._document.engine  # as a program of another kind writes
    with closing(engine.raw_connection()) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        for words in TAMPERED[name]:
            raw.execute(words)
        raw.commit()
    told = [f"{'harmless ' if one.harmless else ''}{one.message}" for one in workspace.check()]
    golden.hold(GOLDEN / "pieces.txt", f"check of {name}", told)


# Odd drops.


def test_a_drop_is_believed_only_where_it_is_whole_and_of_this_plan(tmp_path: Path, data: Path) -> None:
    place = tmp_path / "Plan.planstudio"
    workspace = create(place, data)
    beside = PlanFiles(place, lambda: "plan")
    folder = beside.make() / "steps"
    sound = {
        "planstudio": "steps",
        "schema": 1,
        "plan": "plan",
        "steps": [{"id": "a"}, {"id": "b"}],
        "lines": [],
        "contents": [],
    }
    hashed.lay(folder, _drop(sound))
    assert Drops(beside).look("plan") == {"a", "b"}
    for odd in (
        sound | {"plan": "another"}, sound | {"planstudio": "something"}, sound | {"schema": 99},
        sound | {"steps": [{"id": 7}]}, sound | {"steps": [{}]}, sound | {"steps": 5}, {"planstudio": "steps"},
        [], 7, None, "words",
    ):  # fmt: skip
        hashed.lay(folder, _drop(odd))
    hashed.lay(folder, b"no zlib")
    hashed.lay(folder, _drop(sound | {"steps": [{"id": "c"}]})[:-6])
    hashed.lay(folder, zlib.compress(b"no json"))
    (folder / ("0" * 64)).write_bytes(_drop(sound | {"steps": [{"id": "d"}]}))
    (folder / "notes.txt").write_bytes(_drop(sound | {"steps": [{"id": "e"}]}))
    assert Drops(beside).look("plan") == {"a", "b"}
    assert Drops(beside).look("another") == {"a", "b"}
    hashed.lay(folder, _drop(sound | {"steps": [{"id": "f"}]}))
    read = Drops(beside)
    assert read.look("plan") == {"a", "b", "f"}
    for path in folder.iterdir():
        path.unlink()
    assert read.look("plan") == set()
    workspace.close()


def _drop(said: object) -> bytes:
    return zlib.compress(json.dumps(said).encode(), 9)
