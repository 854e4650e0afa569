"""One plan, and everything that names its elements or tells its figures: the same words and the same figures."""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from factories import TODAY, add_goal, add_measure, add_policy, add_statement, add_strategy, create, plan_in, reopen
from planstudio import app
from planstudio.cli import main
from planstudio.domain.coded import Bound
from planstudio.domain.kinds import Direction, Status, Verdict
from planstudio.domain.progress import ProgressDraft
from planstudio.domain.strategy_filter import Attention, Filter, filtered
from planstudio.exchange.plan_form import book_form
from planstudio.exchange.plan_text import book_lines
from planstudio.operations import measures, plans, policies, progress, statements
from planstudio.packets import report
from planstudio.queries.goals import goals_of_plan
from planstudio.queries.history import plan_history
from planstudio.queries.measures import measure_card
from planstudio.queries.plans import plan_book, plan_outline
from planstudio.queries.policies import policy_card
from planstudio.reports.listing import LISTING, table_of
from planstudio.workspace import Workspace

MARKS = re.compile(r"\*\*|\*\w|\w\*|__|~~|^#|\]\(")
JUNE = date(2026, 6, 30)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = create(tmp_path / "a.planstudio", tmp_path / "data")
    yield made
    made.close()


# Names.


@pytest.fixture
def unnamed(workspace: Workspace) -> Workspace:
    """A plan whose every name is its text in Markdown."""
    goal = add_goal(workspace, "", statement="Every child reads **by grade 3** in *all* schools")
    strategy = add_strategy(workspace, goal, "", text="Coach **all** teachers of [reading](https://example.org)")
    add_measure(workspace, goal, unit="%", baseline=50.0, target=80.0)
    mission = add_statement(workspace, "")
    workspace.do("Add", statements.add_item, mission, title="", text="We keep **our** word")
    policy = add_policy(workspace)
    for table, ident in (("statement", mission), ("goal", goal), ("strategy", strategy)):
        workspace.do("Attach", policies.attach_policy, policy, table, ident)
    workspace.do("Edit", statements.edit_statement, mission, lead="**We** teach")
    return workspace


def test_every_table_and_list_names_elements_in_plain_words(unnamed: Workspace) -> None:
    told: list[str] = []
    for one in LISTING:
        if one.has_table and one.name in ("scorecard", "strategies", "lcap", "data-quality", "outline", "calendar"):
            table = table_of(one.name, report(unnamed, one.name))
            assert table is not None
            told += [cell for row in table.rows for cell in row if isinstance(cell, str)]
    book = unnamed.ask(plan_book, plan_in(unnamed), TODAY)
    outline = unnamed.ask(plan_outline, plan_in(unnamed))
    told += [goal.name for goal in book.goals] + [row.name for row in book.strategies()]
    told += [item.name for statement in book.statements for item in statement.items]
    told += [row.name for goal in outline.goals for row in (goal, *goal.children)]
    told += [use.name for policy in book.policies for use in policy.uses]
    told += [line.label for line in unnamed.ask(plan_history, 50)]
    told += list(book_lines(book))
    assert any("Every child reads by grade 3 in all schools" in words for words in told)
    assert [words for words in told if MARKS.search(words)] == []


def test_an_attached_policy_names_a_statement_without_heading_by_its_kind(unnamed: Workspace) -> None:
    policy = unnamed.ask(plan_book, plan_in(unnamed), TODAY).policies[0]
    app.speak("es_US")
    assert [use.name for use in unnamed.ask(policy_card, policy.id).uses][0] == "Misión"


# Figures.


def record(workspace: Workspace, measure: str, *figures: tuple[str, float, int | None]) -> None:
    for group, value, count in figures:
        workspace.do("Record", measures.record_observation, measure, JUNE, value, group, count=count)


def test_figures_are_told_alike_in_json_text_tables_and_a_clean_copy(workspace: Workspace, tmp_path: Path) -> None:
    goal = add_goal(workspace)
    measure = add_measure(workspace, goal, unit="%", baseline=1.25, baseline_on=date(2025, 6, 30), target=90.0)
    record(workspace, measure, ("", 97.5, 40), ("EL", 40.0, 15), ("EL boys", 45.4545, 11), ("EL girls", 25.0, 4))
    card = workspace.ask(measure_card, measure)
    assert [row.student_group for row in card.kept] == ["", "EL", "EL boys", "EL girls"]
    assert {row.student_group: row.value for row in card.observations} == {"": Bound(90, ">"), "EL": 40.0}
    assert card.verdict is Verdict.MET
    book = workspace.ask(plan_book, plan_in(workspace), TODAY)
    form = json.dumps(book_form(book))
    text = "\n".join(book_lines(book))
    table = table_of("scorecard", report(workspace, "scorecard"))
    assert table is not None
    for out in (form, text, repr(table.rows)):
        assert ">90" in out
        assert not re.search(r"97\.5|1\.25|45\.45|25\.0", out)
    workspace.clean_copy(tmp_path / "clean.planstudio")
    with closing(reopen(tmp_path / "clean.planstudio", tmp_path / "other")) as copy:
        found = copy.ask(measure_card, measure)
        assert {row.student_group: row.value for row in found.kept} == {"": Bound(90, ">"), "EL": 40.0}
        assert found.kept_baseline is None
    assert b"45.4545" not in (tmp_path / "clean.planstudio").read_bytes()


def test_crossed_groups_are_told_alike_on_paper_in_excel_and_everywhere(workspace: Workspace, tmp_path: Path) -> None:
    """Of EL by gender two are too few; what would give them away goes with them, wherever it is told."""
    goal = add_goal(workspace)
    measure = add_measure(workspace, goal, unit="%", baseline=33.33, baseline_on=JUNE, target=80.0)
    record(
        workspace, measure, ("", 61.25, 240), ("Girls", 63.11, 122), ("Boys", 59.32, 118),
        ("English learners", 37.5, 24), ("English only", 63.89, 216), ("English learners girls", 33.33, 9),
        ("English learners boys", 40.0, 15),
        ("English only girls", 65.49, 113), ("English only boys", 62.14, 103), ("White", 61.54, None),
    )  # fmt: skip
    card = workspace.ask(measure_card, measure)
    kept = {row.student_group for row in card.observations}
    assert kept == {"", "Girls", "Boys", "English learners", "English only"}
    assert card.baseline is None  # it is one of the hidden figures
    gone = re.compile(r"33\.3|40\.0|65\.4|65\.5|62\.1|61\.5\D")
    book = workspace.ask(plan_book, plan_in(workspace), TODAY)
    table = table_of("scorecard", report(workspace, "scorecard"))
    assert table is not None
    outs = [json.dumps(book_form(book)), "\n".join(book_lines(book)), repr(table.rows)]
    workspace.publish()
    for name in ("plan", "scorecard"):
        out = tmp_path / f"{name}.pdf"
        assert main(["print", str(workspace.path), "--report", name, "-o", str(out)]) == 0
        with closing(PdfDocument(out)) as paper:
            outs.append("\n".join(page.get_textpage().get_text_range() for page in paper))
    sheet = tmp_path / "scorecard.xlsx"
    assert main(["print", str(workspace.path), "--report", "scorecard", "-o", str(sheet)]) == 0
    outs.append(repr([list(rows) for rows in load_workbook(sheet).active.iter_rows(values_only=True)]))
    assert [found[0] for out in outs if (found := gone.search(out))] == []
    assert all("61.2" in out for out in outs)
    workspace.clean_copy(tmp_path / "clean.planstudio")
    with closing(reopen(tmp_path / "clean.planstudio", tmp_path / "other")) as copy:
        found = copy.ask(measure_card, measure)
        assert {row.student_group for row in found.kept} == kept
        assert found.kept_baseline is None


def test_the_district_says_which_shares_are_coded(workspace: Workspace) -> None:
    measure = add_measure(workspace, add_goal(workspace), unit="%")
    record(workspace, measure, ("", 97.0, 4000))
    district = workspace.ask(plan_book, plan_in(workspace), TODAY).organization.id
    found = []
    for least in (1, 5, 0):
        workspace.do("Set", plans.edit_organization, district, coded_shares=least)
        found.append(repr(workspace.ask(measure_card, measure).observations[0].value))
    assert found == ["97.0", ">95.0", "97.0"]


def test_a_bound_stays_one_when_its_row_is_edited(workspace: Workspace) -> None:
    measure = add_measure(workspace, add_goal(workspace), unit="%")
    workspace.do("Record", measures.record_observation, measure, JUNE, Bound(5, "<"))
    workspace.do("Move", measures.move_period, measure, JUNE, date(2025, 6, 30))
    assert workspace.ask(measure_card, measure).kept[0].value == Bound(5, "<")
    workspace.do("Record", measures.record_observation, measure, date(2025, 6, 30), 4.0)
    assert workspace.ask(measure_card, measure).kept[0].coded == ""


# Questions.


def test_a_contradicted_measure_is_asked_about_wherever_it_is_printed(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measure = add_measure(
        workspace, add_goal(workspace), "Chronic absenteeism", unit="%", baseline=18.0, target=10.0,
        direction=Direction.HIGHER,
    )  # fmt: skip
    record(workspace, measure, ("", 17.0, None))
    assert workspace.ask(measure_card, measure).verdict is Verdict.UNCLEAR
    table = table_of("data-quality", report(workspace, "data-quality"))
    assert table is not None
    assert any("Is lower better?" in str(cell) for row in table.rows for cell in row)
    workspace.publish()
    for name in ("plan", "scorecard"):
        out = tmp_path / f"{name}.pdf"
        assert main(["print", str(workspace.path), "--report", name, "-o", str(out)]) == 0
        assert "To look at: Measure 1 Chronic absenteeism: Higher is better" in capsys.readouterr().err
    workspace.do("Mend", measures.edit_measure, measure, direction=Direction.LOWER)
    assert workspace.ask(plan_book, plan_in(workspace), TODAY).doubts == ()


def test_what_is_silent_is_waited_for_and_what_has_ended_is_not(workspace: Workspace) -> None:
    goal = add_goal(workspace)
    ids = [add_strategy(workspace, goal, name) for name in ("Silent", "Ended")]
    done = ProgressDraft(date(2025, 1, 1), Status.COMPLETED)
    workspace.do("Complete", progress.record_progress, done, author="Ann", today=TODAY, strategy_id=ids[1])
    goals = workspace.ask(goals_of_plan, plan_in(workspace))
    assert [one.title for one in filtered(goals, Filter(attention=Attention.WAITS), TODAY)] == ["Silent"]
