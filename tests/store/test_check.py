"""The thorough check: what it finds, in a sentence, and what it calls harmless."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from factories import create, one_of_everything, reopen
from planstudio.domain.errors import StoreUnavailable
from planstudio.domain.files import Finding
from planstudio.store.working import working_folder


@pytest.fixture
def work(place: Path, data: Path) -> Path:
    """The working copy of a plan with one of everything, closed."""
    workspace = create(place, data)
    one_of_everything(workspace)
    workspace.publish()
    workspace.close()
    return working_folder(place, data) / "work.db"


def findings(place: Path, data: Path) -> tuple[Finding, ...]:
    workspace = reopen(place, data)
    try:
        return workspace.check()
    finally:
        workspace.close()


def tamper(work: Path, *statements: str) -> None:
    with closing(sqlite3.connect(work, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_sound_plan_is_called_sound_with_its_size(work: Path, place: Path, data: Path) -> None:
    (finding,) = findings(place, data)
    assert finding.harmless
    assert finding.message.startswith("Sound: ")
    assert "steps of history" in finding.message


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE goal SET title = 'changed behind our back'", "history does not fit"),
        ("DELETE FROM milestone", "history does not fit"),
        ("DELETE FROM goal WHERE label = 'Goal One'", "refers to one that is not there"),
        ("DELETE FROM content", "refers to one that is not there"),
        ("UPDATE change SET before = '{' WHERE op = 'I'", "history"),
        ("UPDATE change SET after = '{\"no such column\": 1}'", "history"),
        ("UPDATE change SET tbl = 'sqlite_master'", "history"),
        ("UPDATE change SET after = '[1]'", "history"),
        ("UPDATE change SET row = '['", "history"),
        (
            "INSERT INTO milestone SELECT 'rogue', strategy_id, text, due, done_on, rank, origin FROM milestone",
            "not in the history",
        ),
    ],
    ids=["cell", "row", "parent", "bytes", "no json", "column", "table", "list", "key", "rogue child"],
)
def test_what_was_changed_behind_the_journal_is_found(
    work: Path, place: Path, data: Path, statement: str, words: str
) -> None:
    tamper(work, "PRAGMA foreign_keys=OFF", statement)
    found = [finding for finding in findings(place, data) if not finding.harmless]
    assert found
    assert words in found[0].message


def test_a_row_that_no_step_made_is_told(work: Path, place: Path, data: Path) -> None:
    """It stands here and nowhere else: no other copy would ever get it."""
    tamper(work, "INSERT INTO person VALUES ('x', 'Kim', '', 'staff', NULL, NULL, '')")
    (found,) = findings(place, data)
    assert (found.harmless, found.message) == (False, "1 entry is not in the history.")


def test_a_seal_that_does_not_fit_the_steps_is_told(work: Path, place: Path, data: Path) -> None:
    tamper(work, "UPDATE seal SET count = count + 1")
    (found,) = findings(place, data)
    assert "does not fit its seal" in found.message


def test_an_index_that_misses_a_row_is_found(work: Path, place: Path, data: Path) -> None:
    with closing(sqlite3.connect(work)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_strategy_goal_id'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    pages = bytearray(work.read_bytes())
    count = (page - 1) * size + 3  # the number of cells on the index's page
    pages[count : count + 2] = (int.from_bytes(pages[count : count + 2], "big") - 1).to_bytes(2, "big")
    work.write_bytes(pages)
    found = findings(place, data)
    assert not found[0].harmless
    assert "damaged" in found[0].message


def test_a_destroyed_page_is_a_finding_and_no_crash(work: Path, place: Path, data: Path) -> None:
    with closing(sqlite3.connect(work)) as connection:
        roots = [page for (page,) in connection.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 0")]
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (settings,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'change_set'").fetchone()
    sound = work.read_bytes()
    others = sorted({*roots} - {settings, 1})
    told = 0
    for root in others:
        pages = bytearray(sound)
        pages[(root - 1) * size : root * size] = os.urandom(size)
        work.write_bytes(pages)
        try:
            told += any(not finding.harmless for finding in findings(place, data))
        except StoreUnavailable as error:  # the page belongs to what is read on opening
            told += "malformed" in str(error)
    assert told == len(others)
