"""Another copy of the plan, chosen from File: seen first, taken in by one verb, and left as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from factories import add_goal, dump, reopen
from gui.meeting_window import banners, said
from planstudio.domain.places import at_page
from planstudio.gui.window import Window
from planstudio.operations import goals


@pytest.fixture
def plan(make_window, tmp_path: Path) -> Window:
    window = make_window()
    window.open_plan(tmp_path / "Plan.planstudio", create=True)
    for n in range(3):
        add_goal(window.plan.workspace, f"Goal {n}")
    window.plan.workspace.publish()
    return window


@pytest.fixture
def mailed(plan: Window, tmp_path: Path) -> Path:
    copy = tmp_path / "mail" / "Plan for Ana.planstudio"
    copy.parent.mkdir()
    shutil.copy(plan.plan.workspace.path, copy)
    ana = reopen(copy, tmp_path / "laptop", device="laptop", author="Ana Fuentes")
    first = next(iter(dump(ana)["goal"]))
    ana.do("Rename", goals.edit_goal, first, title="Ana's")
    add_goal(ana, "From the mail")
    ana.publish()
    ana.close()
    return copy


def press(window: Window, words: str) -> None:
    next(b for one in banners(window) for b in one.findChildren(QPushButton) if b.text() == words).click()


def titles(window: Window) -> list[str]:
    return sorted(row["title"] for row in dump(window.plan.workspace)["goal"].values())


def test_a_copy_is_seen_before_it_is_merged_and_stays_as_it_is(plan: Window, mailed: Path) -> None:
    before, bytes_ = titles(plan), mailed.read_bytes()
    plan.plan.copies.offer_merge(mailed)
    assert "2 changes are only in the copy, 0 only here" in said(plan)
    assert titles(plan) == before
    press(plan, "Merge 2")
    assert titles(plan) == ["Ana's", "From the mail", "Goal 1", "Goal 2"]
    assert mailed.read_bytes() == bytes_
    plan.plan.copies.offer_merge(mailed)
    assert "has nothing that this plan has not" in said(plan)


def test_what_both_changed_leads_to_the_page_that_settles_it(plan: Window, mailed: Path) -> None:
    first = next(iter(dump(plan.plan.workspace)["goal"]))
    plan.plan.desk.do("Rename", goals.edit_goal, first, title="Mine")
    plan.plan.copies.offer_merge(mailed)
    press(plan, "Merge 2")
    press(plan, "Settle")
    assert plan.plan.view.here == at_page("settle")


def test_another_plan_is_no_copy(plan: Window, tmp_path: Path, make_window) -> None:
    other = make_window()
    other.open_plan(tmp_path / "Other.planstudio", create=True)
    other.plan.workspace.publish()
    plan.plan.copies.offer_merge(tmp_path / "Other.planstudio")
    assert "another plan" in said(plan)


def test_a_copy_that_would_take_most_of_the_plan_is_asked_about(plan: Window, mailed: Path, tmp_path: Path) -> None:
    ana = reopen(mailed, tmp_path / "laptop", device="laptop", author="Ana Fuentes")
    for goal in list(dump(ana)["goal"]):
        ana.do("Delete", goals.delete_goal, goal)
    ana.publish()
    ana.close()
    before = titles(plan)
    plan.plan.copies.offer_merge(mailed)
    press(plan, "Merge 6")
    assert "so nothing was changed" in said(plan)
    assert titles(plan) == before
    press(plan, "Merge all the same")
    assert titles(plan) == []
