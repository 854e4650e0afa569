"""Files kept with an element."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

import factories
from factories import Names
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.operations import files
from planstudio.operations.files import attach_file, detach_file
from planstudio.queries.links import file_bytes, files_of
from planstudio.store.schema import Content
from planstudio.workspace import Workspace


@pytest.mark.parametrize("table", files.TARGETS)
def test_a_file_is_kept_with_an_element_and_given_back(table: str, filled: Workspace, names: Names) -> None:
    ident = str(getattr(names, table))
    made = factories.add(
        filled, "attachment", attach_file, table, ident, "rubric.pdf", b"%PDF-1.7", alternative_text="The rubric"
    )
    card = filled.ask(files_of, f"{table}_id", ident)[-1]
    assert (card.id, card.name, card.media_type, card.size, card.alternative_text) == (
        made,
        "rubric.pdf",
        "application/pdf",
        8,
        "The rubric",
    )
    assert filled.ask(file_bytes, made) == b"%PDF-1.7"


def test_the_same_bytes_are_stored_once(filled: Workspace, names: Names) -> None:
    count = select(func.count()).select_from(Content)
    before = filled.ask(lambda session: session.scalar(count))
    for name in ("a.txt", "b.txt"):
        filled.do("Attach", attach_file, "goal", names.goal, name, b"the same")
    assert filled.ask(lambda session: session.scalar(count)) == before + 1


def test_a_detached_file_is_gone_and_comes_back(filled: Workspace, names: Names) -> None:
    data = filled.ask(file_bytes, names.file)
    filled.do("Detach", detach_file, names.file)
    with pytest.raises(NotFound):
        filled.ask(file_bytes, names.file)
    filled.undo()
    assert filled.ask(file_bytes, names.file) == data


def test_an_empty_file_can_be_kept(filled: Workspace, names: Names) -> None:
    made = factories.add(filled, "attachment", attach_file, "goal", names.goal, "empty.txt", b"")
    assert filled.ask(file_bytes, made) == b""


def test_a_file_too_large_is_refused(filled: Workspace, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    with pytest.raises(InvalidInput, match=r"film\.mp4 is larger than 100 MB"):
        filled.do("Attach", attach_file, "goal", names.goal, "film.mp4", b"x" * 11)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("abc\u202egnp.exe", "abcgnp.exe"), ("CON.pdf", "_CON.pdf"), ("..", "file")],
)
def test_a_file_is_kept_under_a_name_that_every_system_takes(
    given: str, kept: str, filled: Workspace, names: Names
) -> None:
    filled.do("Attach", attach_file, "goal", names.goal, given, b"x")
    assert kept in [file.name for file in filled.ask(files_of, "goal_id", names.goal)]
