"""The page where a document is checked: every field by itself, and every element beside the plan."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem

from planstudio.domain.import_matching import Held, HeldGoal, HeldStatement, HeldText, Wish
from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import (
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedLine,
    RecognisedPolicy,
    RecognisedSeries,
    RecognisedStatement,
)
from planstudio.gui.window.import_page import ImportPage
from planstudio.gui.window.import_parts import fields_of
from planstudio.gui.window.import_rows import FieldRole, PartRole, walk

FOUND = Recognised(
    organization="Barnacle Cove Schools", plan_title="Strategic Plan", slogan="Sail on", adopted="2027-05-04",
    period_start=date(2027, 7, 1), period_end=date(2032, 6, 30),
    statements=(
        RecognisedStatement(StatementKind.MISSION, "Mission", "We sail.", "Why we exist"),
        RecognisedStatement(
            StatementKind.VISION, "Vision", "In 2030: as evidenced by", "",
            (
                RecognisedItem("They choose books: all of them.", "Readers", "Nine of ten"),
                RecognisedItem("No title", evidence="Only evidence"),
            ),
            paragraphs=("In 2030:", "as evidenced by"), notes=("Adopted 2020",),
        ),
    ),
    missing=(RecognisedStatement(StatementKind.VALUES, "Our Values"),),
    above_goals=(RecognisedLine("goals_heading", "Our Goals"), RecognisedLine("goals_note", "One.\n\nTwo.")),
    goals=(
        RecognisedGoal(
            "Goal 1", "Read", "By grade 3", (RecognisedItem("Buy: books", "Aloud", owner="Ana", notes=("by fall",)),),
            (RecognisedItem("Books read", "Count"),), "High", owner="Ruth", due=date(2030, 1, 1),
        ),
    ),
    series=(RecognisedSeries("1000", "Harbor"),),
    policy_index=(RecognisedPolicy("1312", "Complaints"),),
    policies=(RecognisedPolicy("1313", "Gulls", "Text", legal_refs=("Act 7",)),),
)  # fmt: skip


@pytest.fixture
def page(qtbot, dressed) -> ImportPage:
    made = ImportPage()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def rows(page: ImportPage) -> list[QTreeWidgetItem]:
    return [item for item in walk(page.tree.invisibleRootItem()) if item.data(0, FieldRole) != ""]


def row_of(page: ImportPage, words: str) -> QTreeWidgetItem:
    return next(item for item in rows(page) if words in item.text(0))


def write(page: ImportPage, name: str, words: str) -> None:
    page.editors[name].setPlainText(words)
    page.editors[name].document().setModified(True)
    page.editors[name].commit()


def test_a_document_comes_back_from_the_page_as_it_went_in(page: ImportPage) -> None:
    page.open(FOUND, "plan.txt")
    assert page.chosen() == FOUND
    for item in rows(page):  # looking at an element changes nothing
        page.tree.setCurrentItem(item)
    assert page.chosen() == FOUND


def test_every_field_of_every_element_is_corrected_by_itself(page: ImportPage) -> None:
    page.open(FOUND, "plan.txt")
    seen: set[str] = set()
    for n, item in enumerate(rows(page)):
        for name in fields_of(item.data(0, PartRole), item.data(0, FieldRole)):
            before = item.data(0, PartRole)
            page.tree.setCurrentItem(item)
            write(page, name, f"Words {n}: of {name}")
            after = item.data(0, PartRole)
            seen.add(name)
            if isinstance(before, str):
                assert after == f"Words {n}: of {name}"
                continue
            changed = {one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name)}
            assert (changed, getattr(after, name)) == ({name}, f"Words {n}: of {name}")
            write(page, name, getattr(before, name))
    assert seen == set(page.editors)


def test_evidence_stays_evidence_when_a_text_is_corrected(page: ImportPage) -> None:
    page.open(FOUND, "plan.txt")
    page.tree.setCurrentItem(row_of(page, "Readers"))
    assert page.editors["evidence"].text() == "Nine of ten"
    write(page, "text", "They choose their books.")
    item = page.chosen().statements[1].items[0]
    assert (item.title, item.text, item.evidence) == ("Readers", "They choose their books.", "Nine of ten")


HELD = Held(
    {"organization": "Barnacle Cove Schools", "plan_title": "Old Plan"},
    (HeldStatement("m", StatementKind.MISSION, "Mission", "We row."),),
    (HeldGoal("g", "Goal 1", "Read", "By grade 3", {"owner": "Ruth", "due": "2030-01-01"}, (HeldText("s", "Sing"),)),),
)


def standings(page: ImportPage) -> dict[str, str]:
    return {item.text(0).split("  (")[0]: item.text(1) for item in rows(page) if item.text(1)}


def test_each_element_says_how_it_stands_to_the_plan(page: ImportPage) -> None:
    page.open(FOUND, "plan.txt", HELD)
    said = standings(page)
    assert said["District: Barnacle Cove Schools"] == "the same"
    assert said["Plan: Strategic Plan"] == "differs"
    assert said["Slogan: Sail on"] == "new"
    assert said["Mission: Mission"] == "differs"
    assert said["Goal 1 Read"] == "the same"
    assert said["Aloud: Buy: books"] == "new"
    ticked = {item.text(0) for item in rows(page) if item.checkState(0) is Qt.CheckState.Checked}
    assert not {"District: Barnacle Cove Schools", "Plan: Strategic Plan", "Mission: Mission"} & ticked
    assert "Slogan: Sail on" in ticked


def taken(page: ImportPage) -> tuple[Recognised, dict[str, Wish]]:
    got: list[tuple[Recognised, dict[str, Wish]]] = []
    page.taken.connect(lambda found, _name, wishes: got.append((found, wishes)))
    page.take.click()
    return got[-1]


def test_nothing_chosen_keeps_the_plans_words(page: ImportPage) -> None:
    page.open(FOUND, "plan.txt", HELD)
    found, wishes = taken(page)
    assert Wish.REPLACE not in wishes.values()
    assert Wish.ADD not in wishes.values()
    assert [one.kind for one in found.statements] == [StatementKind.VISION]  # the mission is not taken
    assert [goal.title for goal in found.goals] == ["Read"]  # for its strategy is new


@pytest.mark.parametrize("wish", [Wish.REPLACE, Wish.ADD])
def test_a_choice_goes_with_its_element(page: ImportPage, wish: Wish) -> None:
    page.open(FOUND, "plan.txt", HELD)
    page.tree.setCurrentItem(row_of(page, "Mission: Mission"))
    assert page.wishes[Wish.KEEP].isChecked()
    assert "We row." in page.held.text()
    page.wishes[wish].click()
    found, wishes = taken(page)
    assert found.statements[0].kind is StatementKind.MISSION
    assert wishes["statements 0"] is wish
    page.wishes[Wish.KEEP].click()
    found, _wishes = taken(page)
    assert StatementKind.MISSION not in [one.kind for one in found.statements]


def test_words_that_are_corrected_to_the_plans_are_the_same(page: ImportPage) -> None:
    page.open(replace(FOUND, plan_title="Old plam"), "plan.txt", HELD)
    page.tree.setCurrentItem(row_of(page, "Plan: Old plam"))
    write(page, "text", "OLD plan")
    assert standings(page)["Plan: OLD plan"] == "the same"
    assert not page.wishes[Wish.REPLACE].isVisible()
