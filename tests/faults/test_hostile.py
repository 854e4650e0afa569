"""Plan files made to do harm, or harmed themselves: refused at once with a sentence, and nothing in them runs."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from factories import DISTRICT, LONG_TEXT, add_goal, create, dump, one_of_everything, reopen
from planstudio import app
from planstudio.domain.errors import NotAPlan, PlanStudioError, StoreUnavailable, TooNew
from planstudio.queries.history import plan_history
from planstudio.queries.plans import current_plan, plan_book
from planstudio.store import verify
from planstudio.store.seal import digest_of
from planstudio.store.verify import guarded
from planstudio.store.working import working_folder

TRIGGER = "CREATE TRIGGER x AFTER UPDATE ON goal BEGIN DELETE FROM measure; END"
ENDLESS = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT"
# What somebody with a database tool can do to a plan file.
ALTERED: dict[str, tuple[str, ...]] = {
    "a trigger that deletes": (TRIGGER,),
    "a trigger that rewrites": (
        "CREATE TRIGGER x AFTER UPDATE ON goal BEGIN UPDATE goal SET title = 'HACKED' WHERE id = new.id; END",
    ),
    "a trigger on the journal": ("CREATE TRIGGER x AFTER INSERT ON change BEGIN DELETE FROM change; END",),
    "a temporary-looking name": ("CREATE TABLE sqlitex_stat1 (a)",),
    "an endless view for a table": (
        "DROP TABLE milestone",
        f"CREATE VIEW milestone AS {ENDLESS} n AS id, n AS strategy_id, '' AS text, NULL AS due, NULL AS done_on, "
        "'i' AS rank FROM r",
    ),
    "an endless view for the steps": (
        "DROP TABLE conflict",
        "DROP TABLE change",
        "DROP TABLE change_set",
        f"CREATE VIEW change_set AS {ENDLESS} n AS seq, n AS id FROM r",
    ),
    "a view of a gigabyte": (
        "DROP TABLE milestone",
        "CREATE VIEW milestone AS SELECT 'x' AS id, hex(zeroblob(400000000)) AS text",
    ),
    "a generated column": (
        "ALTER TABLE milestone ADD COLUMN bomb TEXT GENERATED ALWAYS AS (hex(zeroblob(300000000))) VIRTUAL",
    ),
    "an extra index": ("CREATE INDEX mine ON goal (title)",),
    "an index on an expression": ("CREATE INDEX mine ON goal (abs(-9223372036854775807 - length(title)))",),
    "an extra table": ("CREATE TABLE mine (a)",),
    "a table less": ("DROP TABLE milestone",),
    "a column more": ("ALTER TABLE goal ADD COLUMN mine TEXT",),
    "a virtual table": ("CREATE VIRTUAL TABLE mine USING fts5(a)",),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A sound plan with one of everything, published."""
    folder = tmp_path_factory.mktemp("whole")
    workspace = create(folder / "a.planstudio", folder / "data")
    one_of_everything(workspace)
    workspace.publish()
    workspace.close()
    return (folder / "a.planstudio").read_bytes()


@pytest.fixture
def good(whole: bytes, place: Path) -> Path:
    """The sound plan, which this computer has not seen yet."""
    place.write_bytes(whole)
    return place


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            connection.execute(statement)


def refused(path: Path, data: Path, *, read_only: bool = False) -> PlanStudioError:
    """The error that opening *path* ends with, without a trace."""
    before = path.read_bytes() if os.path.isfile(path) else None
    with pytest.raises(PlanStudioError) as caught:
        reopen(path, data, read_only=read_only).close()
    assert str(caught.value).endswith((".", "…", "planstudio"))
    assert "Traceback" not in str(caught.value)
    if before is not None:
        assert path.read_bytes() == before
    folder = working_folder(path, data)
    assert not [found for found in folder.glob("*.db") if found.name != "work.db"]
    return caught.value


# Altered.


@pytest.mark.parametrize("read_only", [False, True], ids=["to edit", "to read"])
@pytest.mark.parametrize("attack", ALTERED)
def test_a_file_with_foreign_parts_is_refused_and_says_how_to_save_its_texts(
    good: Path, data: Path, attack: str, read_only: bool
) -> None:
    alter(good, *ALTERED[attack])
    error = refused(good, data, read_only=read_only)
    assert isinstance(error, NotAPlan)
    assert "altered by another program" in str(error)
    assert f"{good.name} --salvage" in str(error)
    assert not (working_folder(good, data) / "work.db").exists()


@pytest.mark.parametrize("attack", ["a trigger that deletes", "an endless view for the steps", "a table less"])
def test_a_file_exchanged_for_a_hostile_one_is_refused_and_our_copy_untouched(
    good: Path, data: Path, attack: str
) -> None:
    workspace = reopen(good, data)
    add_goal(workspace, "Only here")
    before = dump(workspace)
    workspace.close()
    sound = good.read_bytes()
    alter(good, *ALTERED[attack])
    refused(good, data)
    good.write_bytes(sound)
    os.utime(good)
    again = reopen(good, data)
    assert dump(again) == before
    again.close()


FOREIGN_STEP = "INSERT INTO change_set SELECT 99, 'new', 9, 'x', 'x', at, at, 'edit', 'x', NULL FROM change_set LIMIT 1"


@pytest.mark.parametrize("fits", [True, False], ids=["seal fits", "seal does not fit"])
def test_a_file_exchanged_while_it_is_open_is_not_merged(good: Path, data: Path, fits: bool) -> None:
    workspace = reopen(good, data)
    goal = add_goal(workspace, "Ours")
    alter(good, TRIGGER, FOREIGN_STEP)
    with closing(sqlite3.connect(good)) as connection, connection:
        steps = [step for (step,) in connection.execute("SELECT id FROM change_set")]
        if fits:
            connection.execute("UPDATE seal SET digest = ?, count = ?", (digest_of(steps), len(steps)))
    doctored = good.read_bytes()
    with pytest.raises(PlanStudioError, match="altered by another program" if fits else "damaged or half written"):
        workspace.publish()
    assert goal in dump(workspace)["goal"]
    assert good.read_bytes() == doctored
    workspace.close()


@pytest.mark.parametrize(
    "attack", ["a trigger that deletes", "a trigger that rewrites", "a generated column", "an extra index"]
)
def test_salvage_gets_the_whole_plan_out_of_an_altered_file(
    good: Path, data: Path, tmp_path: Path, attack: str
) -> None:
    reader = reopen(good, data, read_only=True)
    before = dump(reader)
    reader.close()
    alter(good, *ALTERED[attack])
    lost = app.salvage(good, tmp_path / "saved.planstudio")
    assert lost == {}
    saved = reopen(tmp_path / "saved.planstudio", data)
    assert dump(saved) == before
    saved.close()


def test_salvage_leaves_out_a_view_and_says_so(good: Path, data: Path, tmp_path: Path) -> None:
    alter(good, *ALTERED["an endless view for a table"])
    lost = app.salvage(good, tmp_path / "saved.planstudio")
    assert lost == {"milestone": 1}
    saved = reopen(tmp_path / "saved.planstudio", data)
    assert [row["text"] for row in dump(saved)["strategy"].values()] == [LONG_TEXT.strip(), ""]
    saved.close()


def test_salvage_never_writes_over_a_file(good: Path, tmp_path: Path) -> None:
    target = tmp_path / "saved.planstudio"
    target.write_text("minutes")
    with pytest.raises(StoreUnavailable, match="exists already"):
        app.salvage(good, target)
    assert target.read_text() == "minutes"


@pytest.mark.parametrize("content", [b"", b"minutes of the meeting " * 99, bytes(8192)], ids=["empty", "text", "zeros"])
def test_salvage_of_something_else_leaves_nothing_behind(tmp_path: Path, content: bytes) -> None:
    path, target = tmp_path / "a.planstudio", tmp_path / "saved.planstudio"
    path.write_bytes(content)
    with pytest.raises(NotAPlan, match="Nothing of a plan"):
        app.salvage(path, target)
    assert not target.exists()


# Damaged, and saved from it.


@pytest.mark.parametrize(
    ("table", "kept"),
    [
        ("person", ("goal", "strategy", "policy", "measure", "observation", "statement_item", "milestone")),
        ("measure", ("goal", "strategy", "policy")),
        ("plan", ("goal", "strategy", "policy", "statement", "statement_item", "measure", "observation")),
        ("goal", ("strategy", "milestone", "policy", "measure", "observation")),
        ("policy_series", ("policy", "policy_version")),
        ("content", ("goal", "statement")),
    ],
)
def test_salvage_keeps_what_stands_under_a_lost_row(
    good: Path, data: Path, tmp_path: Path, table: str, kept: tuple[str, ...]
) -> None:
    reader = reopen(good, data, read_only=True)
    before = dump(reader)
    reader.close()
    with closing(sqlite3.connect(good)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    pages = bytearray(good.read_bytes())
    pages[(root - 1) * size : root * size] = os.urandom(size)
    good.write_bytes(pages)
    assert isinstance(refused(good, data), NotAPlan)
    lost = app.salvage(good, tmp_path / "saved.planstudio")
    assert table in lost
    saved = reopen(tmp_path / "saved.planstudio", data)
    rows = dump(saved)
    for other in kept:
        assert rows[other].keys() == before[other].keys(), other
    found = [finding.message for finding in saved.check() if not finding.harmless]
    assert len(found) == (table == "content"), "a file that is lost has its place, and is told"
    assert all("not here" in message for message in found)
    saved.ask(plan_book, saved.ask(current_plan), date(2026, 11, 21))
    saved.close()


DOCTORED = {
    "a kind nobody knows": "UPDATE goal SET kind = 'zebra'",
    "a status nobody knows": "UPDATE progress_update SET status = 'splendid'",
    "no date": "UPDATE plan SET period_end = 'soon'",
    "a date beyond all": "UPDATE observation SET period_end = '2026-02-31'",
    "bytes for a text": "UPDATE goal SET title = x'00ff'",
    "a text for a number": "UPDATE observation SET value = 'many'",
    "a text for a count": "UPDATE measure SET minimum_group = 'few'",
    "bytes for a date": "UPDATE strategy SET due = x'32303237'",
    "text that is no text": "UPDATE goal SET title = CAST(x'ff52656164' AS TEXT)",
}


@pytest.mark.parametrize("attack", DOCTORED)
def test_a_doctored_value_is_told_when_it_is_met_and_salvage_gets_around_it(
    good: Path, data: Path, tmp_path: Path, attack: str
) -> None:
    alter(good, DOCTORED[attack])
    with pytest.raises(PlanStudioError) as caught, closing(reopen(good, data)) as workspace:
        workspace.ask(plan_book, workspace.ask(current_plan), date(2026, 11, 21))
    assert str(caught.value).endswith((".", "…"))
    app.salvage(good, tmp_path / "saved.planstudio")
    saved = reopen(tmp_path / "saved.planstudio", data)
    book = saved.ask(plan_book, saved.ask(current_plan), date(2026, 11, 21))
    assert book.organization.name == DISTRICT
    assert len(book.goals) == 2
    assert book.goals[0].strategies[0].text == LONG_TEXT.strip()
    saved.close()


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE change SET tbl = 'sqlite_master'",
        "UPDATE change SET before = '{', after = '{'",
        "UPDATE change SET after = '[]' WHERE op = 'I'",
        "UPDATE change SET row = 'nobody'",
        "UPDATE change SET op = 'X'",
    ],
)
def test_a_history_that_nobody_can_have_made_is_refused_with_its_place(good: Path, data: Path, attack: str) -> None:
    alter(good, attack)
    assert "change" in str(refused(good, data))


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE change SET after = '{\"title\": {\"~delta\": 7}}', op = 'U', before = after",
        "UPDATE change SET after = '{\"kind\": [1]}'",
    ],
)
def test_a_doctored_history_is_told_when_it_is_used_and_the_plan_is_read_all_the_same(
    good: Path, data: Path, attack: str
) -> None:
    alter(good, attack)
    workspace = reopen(good, data)
    before = dump(workspace)
    with pytest.raises(PlanStudioError):
        workspace.undo()
    assert dump(workspace) == before
    assert not all(finding.harmless for finding in workspace.check())
    assert len(workspace.ask(plan_history)) > 10
    workspace.close()


# Something else altogether.


def header(path: Path, at: int, number: int) -> None:
    with open(path, "r+b") as file:
        file.seek(at)
        file.write(number.to_bytes(4, "big"))


def test_a_database_of_another_program_is_refused(good: Path, data: Path) -> None:
    header(good, 68, 0x0F055112)  # Fossil
    assert "is not a Plan Studio plan" in str(refused(good, data))


def test_a_newer_version_is_refused_before_anything_is_read(good: Path, data: Path) -> None:
    header(good, 60, 4_000_000_000)
    assert isinstance(refused(good, data), TooNew)


@pytest.mark.parametrize("size", [0, 1, 99, 100, 512, 4095, 4096, 5000, 100_000, -4096, -1])
def test_a_truncated_file_is_refused(good: Path, data: Path, size: int) -> None:
    whole = good.read_bytes()
    good.write_bytes(whole[:size])
    assert isinstance(refused(good, data), NotAPlan)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 65536, b"PK\3\4" + b"\0" * 500, b"SQLite format 3\0" + b"\xff" * 500, b"%PDF-1.7\n" * 99],
    ids=["empty", "zeros", "zip", "header only", "pdf"],
)
def test_a_file_of_another_kind_is_refused(place: Path, data: Path, content: bytes) -> None:
    place.write_bytes(content)
    assert "is not a Plan Studio plan" in str(refused(place, data))


def test_a_folder_is_refused(place: Path, data: Path) -> None:
    place.mkdir()
    assert "is a folder" in str(refused(place, data))


def test_links_in_a_ring_are_refused(place: Path, data: Path) -> None:
    other = place.with_name("other.planstudio")
    place.symlink_to(other)
    other.symlink_to(place)
    refused(place, data)
    with pytest.raises(StoreUnavailable, match="exists already"):
        create(place, data)


def test_a_pipe_is_refused_and_not_waited_for(place: Path, data: Path) -> None:
    os.mkfifo(place)
    assert "is not a Plan Studio plan" in str(refused(place, data))


def test_a_name_that_is_too_long_is_refused(place: Path, data: Path) -> None:
    refused(place.with_name("a" * 300 + ".planstudio"), data)


def test_a_link_to_a_plan_opens_the_plan(good: Path, data: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.planstudio"
    link.symlink_to(good)
    workspace = reopen(link, data)
    assert len(dump(workspace)["goal"]) == 2
    workspace.close()


def test_flipped_bits_in_the_header_never_crash(good: Path, data: Path, tell: Callable[[str], None]) -> None:
    _flip(good, data, 100, 60, Random(5), tell)


def test_flipped_bits_anywhere_never_crash(good: Path, data: Path, tell: Callable[[str], None]) -> None:
    _flip(good, data, good.stat().st_size, 25, Random(6), tell)


def _flip(path: Path, data: Path, within: int, times: int, chance: Random, tell: Callable[[str], None]) -> None:
    """Open a file with one bit turned, again and again: a sentence, or a plan that can be worked with."""
    sound, told = path.read_bytes(), []
    for _time in range(times):
        pages = bytearray(sound)
        bit = chance.randrange(within * 8)
        pages[bit // 8] ^= 1 << bit % 8
        path.write_bytes(pages)
        shutil.rmtree(data, ignore_errors=True)
        try:
            with closing(reopen(path, data)) as workspace:
                workspace.ask(plan_book, workspace.ask(current_plan), date(2026, 11, 21))
                add_goal(workspace)
        except PlanStudioError as error:
            told.append(str(error))
    tell(f"{len(told)} of {times} flips were told")
    assert not [words for words in told if not words.endswith((".", "…", "planstudio"))]


def test_a_question_without_end_is_ended_by_its_work_not_by_a_clock(good: Path) -> None:
    with closing(guarded(good)) as connection, pytest.raises(sqlite3.OperationalError, match="interrupted"):
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        ).fetchone()


def test_a_sound_plan_is_far_from_the_bound_and_a_slow_look_does_not_end_it(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock may say what it wants: hours pass between two looks."""
    monkeypatch.setattr(verify, "_EACH", 50)
    hours = iter(range(0, 10**9, 3600))
    monkeypatch.setattr("time.monotonic", lambda: next(hours))
    monkeypatch.setattr(verify, "STEPS", 0)
    monkeypatch.setattr(verify, "STEPS_PER_BYTE", 4)
    shares: list[float] = []
    with verify.watched(lambda share, _name: shares.append(share) or True):
        verify.inspect(good)
    assert shares
    assert max(shares) < 1


def test_who_waits_can_stop_the_check_and_is_not_told_of_damage(good: Path, data: Path, monkeypatch) -> None:
    monkeypatch.setattr(verify, "_EACH", 50)
    before = good.read_bytes()
    with verify.watched(lambda _share, _name: False), pytest.raises(StoreUnavailable, match="was stopped") as caught:
        reopen(good, data)
    assert "damaged" not in str(caught.value)
    assert good.read_bytes() == before
    reopen(good, data).close()


def test_the_key_that_stops_everything_stops_the_check(good: Path, data: Path, monkeypatch) -> None:
    monkeypatch.setattr(verify, "_EACH", 50)

    def stop(_share: float, _name: str) -> bool:
        raise KeyboardInterrupt

    with verify.watched(stop), pytest.raises(KeyboardInterrupt):
        reopen(good, data)
    reopen(good, data).close()
