"""Find: what is typed is never an error, and what has changed is found at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table

from factories import LONG_TEXT, Names, add_goal, add_policy, add_statement, add_strategy, reopen
from planstudio.domain.kinds import StatementKind
from planstudio.operations import goals, policies, statements
from planstudio.store import search
from planstudio.workspace import Workspace


def found(workspace: Workspace, words: str) -> list[str]:
    return [hit.id for hit in workspace.find(words)]


@pytest.mark.parametrize(
    "words",
    [
        "it's AND",
        "-foo",
        "title:",
        '"',
        '"open',
        "a OR b NOT c",
        "NEAR(a b)",
        "*",
        "^a",
        "col : x",
        "(",
        ")))",
        "'; DROP TABLE goal",
        "\x00",
        "%_",
        "😀",
        " ",
        "",
        "x" * 5000,
        "a " * 500,
    ],
)
def test_whatever_is_typed_is_looked_for_and_never_an_error(workspace: Workspace, words: str) -> None:
    add_goal(workspace, "Every student reads")
    assert isinstance(workspace.find(words), tuple)


@pytest.mark.parametrize(
    "words",
    ["it's", "It’s".replace("’", "'"), "students'", "well-being", "ÉCOLE", "ecole", "5145.1", "and", "AND", "not"],
)
def test_words_with_signs_in_them_are_found(workspace: Workspace, words: str) -> None:
    goal = add_goal(workspace, "It's our students' well-being and not only école 5145.1")
    assert found(workspace, words) == [goal]


def test_the_last_word_may_be_unfinished_and_a_space_ends_it(workspace: Workspace) -> None:
    goal = add_goal(workspace, "Attendance")
    assert found(workspace, "atten") == [goal]
    assert found(workspace, "atten ") == []
    assert found(workspace, "attendance ") == [goal]


def test_all_words_are_wanted(workspace: Workspace) -> None:
    goal = add_goal(workspace, "Every student reads")
    add_goal(workspace, "Every student counts")
    assert found(workspace, "student reads") == [goal]
    assert found(workspace, "student sings") == []


def test_the_index_keeps_up_with_edits_undo_redo_and_deletion(workspace: Workspace) -> None:
    goal = add_goal(workspace, "Reading")
    assert found(workspace, "reading") == [goal]
    workspace.do("Rename", goals.edit_goal, goal, title="Writing")
    assert found(workspace, "reading") == []
    assert found(workspace, "writing") == [goal]
    workspace.undo()
    assert found(workspace, "reading") == [goal]
    workspace.redo()
    assert found(workspace, "writing") == [goal]
    strategy = add_strategy(workspace, goal, "Write letters")
    assert set(found(workspace, "writ")) == {goal, strategy}
    workspace.do("Delete", goals.delete_goal, goal)
    assert found(workspace, "writ") == []
    workspace.undo()
    assert set(found(workspace, "writ")) == {goal, strategy}


def test_what_another_copy_brought_is_found(workspace: Workspace, place: Path, data: Path) -> None:
    goal = add_goal(workspace, "Reading")
    workspace.publish()
    assert found(workspace, "reading") == [goal]
    other = reopen(place, data / "laptop", device="laptop", author="Bo")
    other.do("Rename", goals.edit_goal, goal, title="Arithmetic")
    other.publish()
    other.close()
    workspace.do("Relabel", goals.edit_goal, goal, label="Goal One")
    workspace.publish()
    assert found(workspace, "arithmetic") == [goal]
    assert found(workspace, "reading") == []


def test_what_a_restored_backup_holds_is_found_and_nothing_else(workspace: Workspace) -> None:
    goal = add_goal(workspace, "Reading")
    workspace.back_up()
    workspace.do("Rename", goals.edit_goal, goal, title="Writing")
    assert found(workspace, "writing") == [goal]
    workspace.restore(workspace.backups()[0].name)
    assert found(workspace, "writing") == []
    assert found(workspace, "reading") == [goal]


def test_each_place_leads_to_the_page_that_shows_it(full: tuple[Workspace, Names]) -> None:
    workspace, names = full
    pages = {hit.table: hit.page for hit in workspace.find("coaches")}
    assert pages["milestone"] == ("strategy", names.strategy)
    assert pages["progress_update"] == ("strategy", names.strategy)
    (entry,) = workspace.find("keep our word")
    assert entry.page == ("statement", names.statement)
    (policy,) = [hit for hit in workspace.find("superintendent's report") if hit.table == "policy_version"]
    assert policy.page == ("policy", names.policy)
    assert policy.title == "5145 Student support"


def test_a_title_comes_before_a_text_that_mentions_the_words(workspace: Workspace) -> None:
    policy = add_policy(workspace, body=LONG_TEXT + " Attendance is taken daily.")
    goal = add_goal(workspace, "Attendance")
    first, *rest = workspace.find("attendance")
    assert first.id == goal
    assert [hit.page for hit in rest] == [("policy", policy)]


def test_the_excerpt_shows_the_words_and_no_markup(workspace: Workspace) -> None:
    statement = add_statement(workspace, "Beliefs", kind=StatementKind.BELIEFS)
    workspace.do(
        "Edit", statements.edit_statement, statement, body="We **believe** in [libraries](https://example.org)."
    )
    (hit,) = workspace.find("libraries")
    assert "\x02libraries\x03" in hit.excerpt
    assert "**" not in hit.excerpt
    assert "](" not in hit.excerpt


def test_a_deleted_text_is_nowhere_in_the_index(workspace: Workspace) -> None:
    policy = add_policy(workspace, body="The closed session dealt with Zachariasson.")
    assert found(workspace, "Zachariasson")
    workspace.do("Edit", policies.edit_policy_text, policy, body="")
    assert not found(workspace, "Zachariasson")


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("学生", "学生"), ("阅读", "阅读"), ("学", "学"), ("Hawaiʻi", "Hawaiʻi"),
        ("hawai'i", "Hawaiʻi"), ("hawaii", "Hawaiʻi"),
        ("ʻōlelo", "ōlelo"), ("olelo", "ōlelo"), ("o'neil", "O’Neil"), ("O’Neil", "O’Neil"), ("oneil", "O’Neil"),
        ("josé", "Jose\u0301"), ("Jose\u0301", "Jose\u0301"), ("jose", "Jose\u0301"), ("teacher", "teacher"),
        ("المدرسة", "المدرسة"),
    ],
)  # fmt: skip
def test_words_are_found_in_every_script_and_spelling(workspace: Workspace, words: str, marked: str) -> None:
    text = "学区的学生都会阅读。 Hawaiʻi, ʻōlelo; Pat O’Neil, Jose\u0301, teacher's كل طلاب المدرسة"
    goal = add_goal(workspace, text)
    (hit,) = workspace.find(words)
    assert hit.id == goal
    assert f"\x02{marked}\x03" in hit.excerpt
    assert hit.excerpt.replace("\x02", "").replace("\x03", "").strip("…") in text


def test_what_is_not_there_in_another_script_is_not_found(workspace: Workspace) -> None:
    add_goal(workspace, "学区的学生都会阅读")
    assert found(workspace, "生学") == []
    assert found(workspace, "学区学生") == []


def test_what_changes_while_a_job_reads_the_plan_is_found(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = add_goal(workspace, "Every student reads")
    real = search._put

    def late(db: sqlite3.Connection, table: Table, rows: Iterable[Any]) -> None:
        if table.name == "goal":  # its rows have been read
            workspace.do("Rename", goals.edit_goal, goal, title="Every student counts")
        real(db, table, rows)

    with monkeypatch.context() as patched:
        patched.setattr(search, "_put", late)
        workspace.read_words()
    assert len(workspace.find("counts")) == 1
    assert workspace.find("student reads") == ()


def test_a_plan_that_was_read_by_a_job_answers_as_one_that_was_not(full: tuple[Workspace, Names]) -> None:
    workspace = full[0]
    before = {words: workspace.find(words) for words in ("reading", "board", "policy", "the")}
    workspace._index.forget()
    workspace.read_words()
    assert {words: workspace.find(words) for words in before} == before
