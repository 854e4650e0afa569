"""What two copies wrote differently is printed as it is shown, with a word that it is not settled."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2

from factories import add_goal, add_statement, plan_in, reopen
from planstudio import reports
from planstudio.operations import goals, statements
from planstudio.queries.plans import plan_book
from planstudio.workspace import Workspace


def printed(workspace: Workspace) -> str:
    book = workspace.ask(plan_book, plan_in(workspace), workspace.clock.today())
    document = pypdfium2.PdfDocument(reports.build("plan", book).pdf)
    words = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    return words


def test_a_value_that_waits_for_an_answer_is_printed_with_not_settled(
    workspace: Workspace, place: Path, tmp_path: Path
) -> None:
    goal, mission = add_goal(workspace, "Every student reads"), add_statement(workspace, "Our mission")
    workspace.publish()
    assert "Not settled" not in printed(workspace)
    copy = tmp_path / "copy.planstudio"
    shutil.copy(place, copy)
    other = reopen(copy, tmp_path / "laptop", device="laptop", author="Bo")
    for one, words in ((workspace, "Ann's words"), (other, "Bo's words")):
        one.do("Say", goals.edit_goal, goal, statement=words)
        one.do("Say", statements.edit_statement, mission, body=words)
    other.publish()
    other.close()
    workspace.merge_copy(copy)
    told = printed(workspace)
    assert told.count("Two copies of this plan say different things here") == 2
    assert "Goal “Every student reads”: Statement" in told
    assert "Statement “Our mission”: Text" in told
