"""Rows that go from one file into another, all of them: to others, and out of a file that was altered."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import golden
from canaries import Aviary, fill
from factories import Rows, add_goal, create, dump, one_of_everything, reopen
from planstudio.domain.errors import NotAPlan
from planstudio.domain.kinds import Access
from planstudio.store.search import SearchIndex, excerpt, match
from planstudio.store.transfer import salvage
from planstudio.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden"
_CANARY = re.compile(r"zq(\d{4})qz")
_SHA = re.compile("[0-9a-f]{64}")


def _every(rows: Rows, names: dict[str, str]) -> list[str]:
    empty: Rows = {table: {} for table in rows}
    return golden.changed(empty, rows, names)


# To others.


@pytest.mark.parametrize("audience", Access)
def test_others_get_these_rows_and_cells(tmp_path: Path, audience: Access) -> None:
    workspace = create(tmp_path / "Whole.planstudio", tmp_path / "data")
    hatched: list[Aviary] = []
    workspace.do("Fill", lambda session: hatched.append(fill(session)))
    target = tmp_path / "Copy.planstudio"
    workspace.clean_copy(target, audience)
    names = golden.names_in(workspace)
    workspace.close()
    copy = reopen(target, tmp_path / "others")
    canaries = hatched[0].canaries
    lines = _every(dump(copy), golden.names_in(copy, names))
    named = [
        _CANARY.sub(lambda one: f"{canaries[int(one[1])].column} of {canaries[int(one[1])].row}", row) for row in lines
    ]
    golden.hold(GOLDEN / "given.txt", audience.value, [_SHA.sub("<sha>", row) for row in named])
    copy.close()


# Out of a file that was altered.


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Rows, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("sound")
    workspace = create(folder / "Sound.planstudio", folder / "data")
    one_of_everything(workspace)
    workspace.publish()
    yield workspace.path, dump(workspace), golden.names_in(workspace)
    workspace.close()


ALTERED = {
    "nothing": (),
    "a person is gone": ("DELETE FROM person WHERE name = 'Jordan Lee'",),
    "a goal is gone": ("DELETE FROM goal WHERE title = 'Every student reads'",),
    "a strategy is gone": ("DELETE FROM strategy WHERE title = 'Coach teachers'",),
    "a measure is gone": ("DELETE FROM measure",),
    "a plan is gone": ("DELETE FROM plan",),
    "a series is gone": ("DELETE FROM policy_series",),
    "a policy is gone": ("DELETE FROM policy",),
    "a meeting is gone": ("DELETE FROM meeting WHERE place = 'Birch Room'",),
    "a section is gone": ("DELETE FROM agenda_section",),
    "an item is gone": ("DELETE FROM agenda_item",),
    "a statement is gone": ("DELETE FROM statement",),
    "the contents are gone": ("DELETE FROM content",),
    "a table is gone": ("DROP TABLE milestone", "DROP TABLE comment"),
    "a table is a view": ("ALTER TABLE milestone RENAME TO kept", "CREATE VIEW milestone AS SELECT * FROM kept"),
    "a column is gone": ("ALTER TABLE strategy DROP COLUMN priority", "ALTER TABLE goal DROP COLUMN label"),
    "a column is new": ("ALTER TABLE goal ADD COLUMN color TEXT",),
    "odd words": (
        "UPDATE progress_update SET status = 'splendid'", "UPDATE statement SET kind = 'odd'",
        "UPDATE meeting SET kind = 'odd'", "UPDATE agenda_item SET access = 'odd'", "UPDATE vote SET choice = 'odd'",
    ),
    "odd days": (
        "UPDATE strategy SET due = 'soon'", "UPDATE plan SET period_start = '2026-02-31'",
        "UPDATE observation SET period_end = 'never'", "UPDATE progress_update SET \"on\" = 0",
    ),
    "odd numbers": (
        "UPDATE measure SET baseline = 'many', target = 1e300", "UPDATE observation SET value = 'x' WHERE count = 34",
        "UPDATE observation SET count = 2.5",
        "UPDATE agenda_item SET minutes = -1", "UPDATE measure SET minimum_group = -5",
        "UPDATE progress_update SET percent = 900",
    ),
    "odd texts": (
        "UPDATE goal SET title = x'ff41', label = 7", "UPDATE strategy SET text = x'00'", "UPDATE person SET name = 5",
        "UPDATE meeting SET called_to_order = 'noonish', posting_rule = 'whenever'",
    ),
    "odd bytes": ("UPDATE content SET data = 'text'",),
    "rows without owners": (
        "UPDATE measure SET goal_id = NULL", "UPDATE comment SET goal_id = 'gone'",
        "UPDATE attachment SET goal_id = NULL",
        "UPDATE policy_link SET goal_id = 'gone'", "UPDATE agenda_link SET goal_id = NULL",
    ),
    "twice the same": ("UPDATE goal SET rank = 'i'", "UPDATE policy SET code = '5145'", "UPDATE goal SET rank = 'Z!'"),
}  # fmt: skip


@pytest.mark.parametrize("name", ALTERED)
def test_what_can_be_read_of_an_altered_file_is_carried_over(
    sound: tuple[Path, Rows, dict[str, str]], tmp_path: Path, name: str
) -> None:
    path, before, names = sound
    altered, target = tmp_path / "Altered.planstudio", tmp_path / "Salvaged.planstudio"
    shutil.copy(path, altered)
    with closing(sqlite3.connect(altered)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for words in ALTERED[name]:
            connection.execute(words)
        connection.commit()
    kept = altered.read_bytes()
    lost = salvage(altered, target)
    assert altered.read_bytes() == kept
    made = reopen(target, tmp_path / "data")
    lines = golden.changed(before, dump(made), golden.names_in(made, names))
    golden.hold(GOLDEN / "salvaged.txt", name, [f"lost: {lost}", *lines])
    assert len(made.ask(lambda session: list(session.connection().exec_driver_sql("SELECT 1 FROM change_set")))) == 1
    add_goal(made, "It goes on") if dump(made)["plan"] else None
    made.close()


def test_nothing_is_made_of_a_file_that_holds_nothing(tmp_path: Path) -> None:
    for name, content in (("empty", b""), ("words", b"words " * 900)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NotAPlan):
            salvage(tmp_path / name, tmp_path / "Made.planstudio")
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE other (a)")
        connection.commit()
    with pytest.raises(NotAPlan, match=r"Nothing of a plan can be read from other\.db"):
        salvage(tmp_path / "other.db", tmp_path / "Made.planstudio")
    assert not (tmp_path / "Made.planstudio").exists()


# What is looked for.

SOUGHT = (
    "reads", "READS", "every stud", "coach ", "coach", "teach coach", "Alder Bend", "5145", "student support", "don't",
    "keep word", "kept", "survey", "rosa", "Birch", "jordan lee superintendent", "scho", "board reviews", "zzz", "",
    " * ",
    "\"every\"", "é", "hire two", "trust", "a", "o'neil hawaii", "学",
)  # fmt: skip


def test_words_are_found_and_shown_where_they_stand(sound: tuple[Path, Rows, dict[str, str]], tmp_path: Path) -> None:
    shutil.copy(sound[0], tmp_path / "Found.planstudio")
    workspace = reopen(tmp_path / "Found.planstudio", tmp_path / "data")
    _more_words(workspace)
    index, names = SearchIndex(), golden.names_in(workspace, sound[2])
    lines = []
    for words in SOUGHT:
        hits = workspace.ask(lambda session, words=words: index.find(session.connection(), words, 5))
        lines.append(f"{words!r}: {match(words)}")
        lines += [f"  {names[row]} {title!r}: {told!r}" for _table, row, title, told in hits]
    golden.hold(GOLDEN / "found.txt", "found", lines)
    workspace.close()


def _more_words(workspace: Workspace) -> None:
    for title in (
        "O’Neil’s library in Hawai‘i",
        "Élèves et écoles",
        "Café de la école",
        "学生阅读 and reading",
        "A readers’ room reads",
    ):
        add_goal(workspace, title, statement=f"{'Long ' * 40}{title} {'after ' * 40}")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("", ""),
        ("Title alone", ""),
        ("Title", "word " * 60),
        ("x", "a" * 200 + " word " + "b" * 200),
        ("w", "words, word-by-word; Word"),
    ],
)
def test_an_excerpt_is_cut_between_words(title: str, body: str) -> None:
    lines = [
        f"{words!r}: {excerpt(title, body, words)!r}"
        for words in ("word", "title", "wor", "zzz", "", "word by", "a", "word-by")
    ]
    golden.hold(GOLDEN / "found.txt", f"excerpt of {title} {body[:12]}".strip(), lines)
