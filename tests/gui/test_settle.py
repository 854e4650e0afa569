"""Settling what both changed: by mouse and by letter, one by one and in groups."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from factories import cell, dump
from gui.test_going import quick_open
from planstudio.domain.agenda import AgendaItemCard
from planstudio.domain.cards import GoalCard
from planstudio.domain.differences import questions
from planstudio.domain.kinds import Choice
from planstudio.domain.places import OVERVIEW, at_page
from planstudio.gui.pages.history_page import HistoryPage
from planstudio.gui.pages.overview_page import OverviewPage
from planstudio.gui.pages.settle_page import SettlePage
from planstudio.gui.theme import gap
from planstudio.gui.widgets.ballot import Ballot
from planstudio.gui.widgets.banner import Banner
from planstudio.gui.widgets.homeless import Homeless
from planstudio.gui.window import Window
from planstudio.operations import goals, measures, meetings
from planstudio.queries.conflicts import open_differences
from planstudio.queries.goals import goal_card
from planstudio.queries.meetings import meeting_card, meeting_rows
from planstudio.queries.plans import plan_outline
from planstudio.store.document import Document
from planstudio.workspace import Workspace

NOVEMBER = date(2026, 11, 20)


class Apart:
    """Ruth Hale in the window and Ana Fuentes in a copy of the same plan."""

    def __init__(self, window: Window, folder: Path) -> None:
        assert window.plan is not None
        assert window.plan is not None
        self.window, self.ours, self.folder = window, window.plan.workspace, folder
        self.ours.write_file()
        self.copy = folder / "copy.planstudio"
        shutil.copy(self.ours.path, self.copy)
        document = Document(self.copy, folder / "ana", author="Ana Fuentes")
        self.theirs = Workspace(document, device="ana", author="Ana Fuentes")

    def meet(self) -> None:
        self.theirs.write_file()
        shutil.copy(self.copy, self.ours.path)
        self.theirs.close()
        self.ours.look_again()
        self.window.plan.saver.take_in()

    @property
    def goal(self) -> GoalCard:
        return self.ours.ask(goal_card, self.ours.ask(plan_outline, self.window.plan.desk.plan_id).goals[0].id)

    @property
    def item(self) -> AgendaItemCard:
        held = self.ours.ask(meeting_rows)[1]
        return next(one for one in self.ours.ask(meeting_card, held.id).items() if one.motions and one.motions[0].votes)


@pytest.fixture
def apart(window: Window, tmp_path: Path) -> Apart:
    folder = tmp_path / "apart"
    folder.mkdir()
    return Apart(window, folder)


def words_and_due(apart: Apart) -> None:
    """Both changed the statement, in different places, and when the first strategy is due."""
    goal = apart.goal
    for who, old, new, due in (
        (apart.ours, "85", "88", date(2027, 5, 1)), (apart.theirs, "June", "May", date(2027, 6, 1)),
    ):  # fmt: skip
        who.do("Say", goals.edit_goal, goal.id, statement=goal.statement.replace(old, new, 1))
        who.do("Due", goals.edit_strategy, goal.strategies[0].id, due=due)
    apart.meet()


def settle_page(window: Window) -> SettlePage:
    window.go(at_page("settle"))
    page = window.plan.view.stack.currentWidget()
    assert isinstance(page, SettlePage)
    QApplication.processEvents()
    return page


def said(widget: QWidget) -> str:
    return " ".join(one.accessibleName() or one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def card_of(page: SettlePage, field: str):  # type: ignore[no-untyped-def]
    return next(card for card in page.cards.values() if card.question.first.field == field)


def press(page: SettlePage, key: Qt.Key) -> None:
    """A key where the cursor is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)
    QTest.keyClick(focus, key)
    QApplication.processEvents()


# What is shown, and the ways to it.


def test_each_question_stands_with_both_sides_who_and_when(apart: Apart) -> None:
    words_and_due(apart)
    page = settle_page(apart.window)
    words, due = card_of(page, "statement"), card_of(page, "due")
    told = said(words)
    for part in ("Before both: By June 2030", "Yours", "Deleted: 85.", "Added: 88.", "Ana Fuentes", "Deleted: June."):
        assert part in told
    assert "they can stand together" in told
    assert "today, " in told
    assert "May 1, 2027" in said(due)
    assert "one value can be kept" in said(due)
    assert words.accessibleName().startswith("Conflict 1 of 2, Goal “Every child a reader”: statement. Before both: By")
    assert "Keep mine, Take theirs, Write, with both changes." in words.accessibleName()
    assert [row.line.note for row in page.list.rows] == ["Statement · words", "Due · a date"]
    assert page.left.text() == "2"


def test_a_merge_tells_what_is_to_be_settled_and_leads_there(apart: Apart) -> None:
    words_and_due(apart)
    (banner,) = (one for one in apart.window.plan.view.findChildren(Banner) if "changed by you, too" in one.words)
    verb = next(one for one in banner.findChildren(QAbstractButton) if one.text() == "Settle")
    verb.click()
    assert apart.window.plan.view.here == at_page("settle")


@pytest.mark.parametrize("place", ["overview", "history"])
def test_overview_and_history_have_one_line_that_leads_there(apart: Apart, place: str) -> None:
    words_and_due(apart)
    apart.window.go(at_page(place))
    page = apart.window.plan.view.stack.currentWidget()
    assert isinstance(page, OverviewPage | HistoryPage)
    QApplication.processEvents()
    (banner,) = (one for one in page.findChildren(Banner) if one.isVisible() and "to settle" in one.words)
    assert banner.words == "2 differences to settle"
    banner.chosen.emit(0)
    assert apart.window.plan.view.here == at_page("settle")


def test_the_line_goes_when_all_is_settled_and_comes_back_with_undo(apart: Apart, qtbot) -> None:  # type: ignore[no-untyped-def]
    words_and_due(apart)
    apart.window.go(OVERVIEW)
    page = apart.window.plan.view.stack.currentWidget()

    def lines() -> list[str]:
        return [one.words for one in page.findChildren(Banner) if one.isVisible() and "to settle" in one.words]

    shown = settle_page(apart.window)
    for _twice in range(2):
        press(shown, Qt.Key.Key_K)
    apart.window.go(OVERVIEW)
    assert lines() == []
    apart.window.plan.desk.undo()
    qtbot.waitUntil(lambda: lines() == ["1 difference to settle"])


def test_menu_and_quick_open_lead_there_and_later_leads_back(window: Window) -> None:
    window.go(at_page("policies"))
    quick_open(window, "settle what")
    assert window.plan.view.here == at_page("settle")
    page = settle_page(window)
    assert page.nothing.isVisible()
    assert not page.list.isVisible()
    page.later.click()
    assert window.plan.view.here == at_page("policies")
    window.actions_by_name["settle"].trigger()
    assert window.plan.view.here == at_page("settle")


def test_a_plan_with_open_differences_says_so_when_it_is_opened(
    apart: Apart, make_window: Callable[[], Window]
) -> None:
    words_and_due(apart)
    path = apart.ours.path
    apart.window.close_plan()
    other = make_window()
    other.open_plan(path)
    told = [one.words for one in other.plan.view.findChildren(Banner)]
    assert "2 differences between two copies of this plan wait for an answer." in told


def test_the_status_bar_counts_what_is_to_be_settled(apart: Apart, qtbot) -> None:  # type: ignore[no-untyped-def]
    words_and_due(apart)
    apart.window.plan.saver.save()
    status = apart.window.statusBar()
    qtbot.waitUntil(lambda: "2 to settle; the rest is saved" in said(status), timeout=20_000)


# Answers by letter.


def test_k_keeps_mine_and_the_cursor_goes_on_to_the_next(apart: Apart) -> None:
    words_and_due(apart)
    page = settle_page(apart.window)
    press(page, Qt.Key.Key_K)
    assert "88 percent" in apart.goal.statement
    assert list(page.cards) == [card_of(page, "due").question.key]
    assert QApplication.focusWidget() is card_of(page, "due")
    settled = [row.line.note for row in page.list.rows if row.line.settled]
    assert settled == ["Statement · words · kept yours"]
    assert page.left.text() == "1 of 2 left"


def test_t_takes_theirs_and_undo_opens_the_question_again(apart: Apart) -> None:
    words_and_due(apart)
    page = settle_page(apart.window)
    press(page, Qt.Key.Key_T)
    assert "By May 2030, 85" in apart.goal.statement
    apart.window.plan.desk.undo()
    QApplication.processEvents()
    assert len(page.cards) == 2
    assert not any(row.line.settled for row in page.list.rows)


def test_letters_answer_from_the_list_too_and_arrows_walk_it(apart: Apart) -> None:
    words_and_due(apart)
    page = settle_page(apart.window)
    page.list.begin()
    press(page, Qt.Key.Key_Down)
    assert page.list.rows[1].hasFocus()
    press(page, Qt.Key.Key_T)
    assert cell(apart.ours, "strategy", apart.goal.strategies[0].id, "due") == date(2027, 6, 1)
    assert len(page.cards) == 1


def test_the_last_answer_leaves_the_page_empty_with_what_was_done(apart: Apart) -> None:
    words_and_due(apart)
    page = settle_page(apart.window)
    press(page, Qt.Key.Key_K)
    press(page, Qt.Key.Key_T)
    assert page.nothing.isVisible()
    assert page.later.hasFocus()
    assert [row.line.note for row in page.list.rows] == ["Statement · words · kept yours", "Due · a date · took theirs"]
    apart.window.go(OVERVIEW)
    assert not settle_page(apart.window).list.rows, "another visit begins anew"


# Another value.


def test_w_begins_with_both_changes_and_settles_with_them(apart: Apart) -> None:
    words_and_due(apart)
    page = settle_page(apart.window)
    card = card_of(page, "statement")
    press(page, Qt.Key.Key_W)
    assert card.third.words.hasFocus()
    assert card.third.words.toPlainText().startswith("By May 2030, 88 percent")
    QTest.keyClicks(card.third.words, "Kt")
    assert len(page.cards) == 2, "in a field a letter is a letter"
    QTest.keyClick(card.third.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert apart.goal.statement.startswith("KtBy May 2030, 88 percent")
    assert len(page.cards) == 1


def test_where_both_changed_the_same_words_the_verb_waits(apart: Apart) -> None:
    goal = apart.goal
    for who, new in ((apart.ours, "88"), (apart.theirs, "90")):
        who.do("Say", goals.edit_goal, goal.id, statement=goal.statement.replace("85", new))
    apart.meet()
    page = settle_page(apart.window)
    (card,) = page.cards.values()
    assert "both changed it" in said(card)
    press(page, Qt.Key.Key_W)
    assert "‹88 | 90›" in card.third.words.toPlainText()
    assert not card.third.verb.isEnabled()
    assert "stand between ‹ and ›" in said(card)
    QTest.keyClick(card.third.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(page.cards) == 1
    cursor = card.third.words.document().find("‹88 | 90›")
    cursor.insertText("89")
    assert card.third.verb.isEnabled()
    card.third.verb.click()
    assert "89 percent" in apart.goal.statement


def test_esc_puts_the_field_away(apart: Apart) -> None:
    words_and_due(apart)
    page = settle_page(apart.window)
    press(page, Qt.Key.Key_W)
    press(page, Qt.Key.Key_Escape)
    card = card_of(page, "statement")
    assert card.third is None
    assert card.hasFocus()
    assert len(page.cards) == 2


def test_words_that_are_too_long_are_refused_beside_the_field_and_stay(apart: Apart) -> None:
    for who, words in ((apart.ours, "Ours"), (apart.theirs, "Theirs")):
        who.do("Rename", goals.edit_goal, apart.goal.id, title=words)
    apart.meet()
    page = settle_page(apart.window)
    (card,) = page.cards.values()
    press(page, Qt.Key.Key_W)
    card.third.words.setPlainText("x" * 1_001)
    card.third.verb.click()
    assert "room for 1,000 characters" in said(card)
    assert len(card.third.words.text()) == 1_001
    assert apart.goal.title in ("Ours", "Theirs")


def test_a_figure_is_written_as_a_figure(apart: Apart) -> None:
    measure = apart.goal.measures[0].id
    for who, value in ((apart.ours, 66.4), (apart.theirs, 66.9)):
        who.do("Figure", measures.record_observation, measure, NOVEMBER, value, source="Screening")
    apart.meet()
    page = settle_page(apart.window)
    (card,) = page.cards.values()
    assert "66.4%" in said(card)
    assert "Screening" in said(card)
    assert "never averaged" in said(card)
    press(page, Qt.Key.Key_W)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "about 67")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert len(page.cards) == 1
    assert line.property("wrong")
    line.clear()
    QTest.keyClicks(line, "66.5%")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not page.cards
    assert dump(apart.ours)["observation"][measure, "", NOVEMBER]["value"] == 66.5


def test_what_is_being_written_survives_an_answer_elsewhere(apart: Apart) -> None:
    words_and_due(apart)
    page = settle_page(apart.window)
    press(page, Qt.Key.Key_W)
    card = card_of(page, "statement")
    QTest.keyClicks(card.third.words, "Unrecorded ")
    card_of(page, "due").verbs[0].click()
    QApplication.processEvents()
    assert card_of(page, "statement") is card
    assert card.third.words.text().startswith("Unrecorded By May")


# Unrecorded and not given.


def begin_answer(apart: Apart, words: str = "Unrecorded ") -> SettlePage:
    words_and_due(apart)
    page = settle_page(apart.window)
    press(page, Qt.Key.Key_W)
    QTest.keyClicks(card_of(page, "statement").third.words, words)
    return page


def test_a_window_is_not_closed_over_an_answer_that_was_begun(apart: Apart) -> None:
    page = begin_answer(apart)
    apart.window.go(OVERVIEW)
    apart.window.go(at_page("settle"))
    assert card_of(page, "statement").third.words.text().startswith("Unrecorded By May")
    apart.window.go(OVERVIEW)
    assert not apart.window.close_plan(), "what was written would be gone"
    assert apart.window.plan.view.here == at_page("settle")
    field = card_of(page, "statement").third
    assert field.words.text().startswith("Unrecorded By May")
    assert field.words.hasFocus()
    assert any("has not been given yet" in one.words for one in apart.window.plan.view.findChildren(Banner))
    field.cancel.click()
    assert card_of(page, "statement").third is None
    assert apart.window.close_plan()


def test_an_answer_that_was_begun_and_put_away_by_esc_is_there_again(apart: Apart) -> None:
    page = begin_answer(apart)
    card = card_of(page, "statement")
    press(page, Qt.Key.Key_Escape)
    assert not card.third.isVisible()
    press(page, Qt.Key.Key_W)
    assert card.third.words.text().startswith("Unrecorded By May")
    press(page, Qt.Key.Key_Escape)
    assert not apart.window.close_plan()
    assert card.third.isVisible()
    assert card.third.words.text().startswith("Unrecorded By May")
    card.third.verb.click()
    assert apart.goal.statement.startswith("Unrecorded By May")
    assert apart.window.close_plan()


def test_both_changes_in_one_text_that_nobody_has_touched_keep_no_window_open(apart: Apart) -> None:
    words_and_due(apart)
    press(settle_page(apart.window), Qt.Key.Key_W)
    assert apart.window.close_plan()


def test_an_answer_that_was_begun_goes_over_to_a_window_in_another_look(apart: Apart) -> None:
    begin_answer(apart)
    begun = apart.window.plan.take_unrecorded()
    assert begun is not None
    path = apart.ours.path
    assert apart.window.close_plan()
    apart.window.open_plan(path, at_once=True)
    apart.window.plan.desk.unrecorded = begun
    page = settle_page(apart.window)
    card = card_of(page, "statement")
    assert card.third.words.text().startswith("Unrecorded By May")
    card.third.cancel.click()


def test_what_was_begun_comes_back_when_the_answer_is_taken_back(apart: Apart) -> None:
    page = begin_answer(apart)
    card_of(page, "statement").verbs[0].click()
    apart.window.plan.desk.undo()
    QApplication.processEvents()
    field = card_of(page, "statement").third
    assert field.words.text().startswith("Unrecorded By May")
    field.cancel.click()


def test_what_was_begun_in_one_group_waits_while_another_is_looked_at(apart: Apart) -> None:
    many(apart)
    page = settle_page(apart.window)
    first = page._here
    press(page, Qt.Key.Key_W)
    QTest.keyClicks(page.cards[first].third.words, "Unrecorded ")
    names = [name for name, _n in page.groups.names(page.questions)]
    page._on_line(f"group:{names[-1]}")
    QApplication.processEvents()
    assert first not in page.cards
    assert not apart.window.close_plan()
    assert page.cards[first].third.words.text().startswith("Unrecorded ")
    page.cards[first].third.cancel.click()


def test_words_for_a_question_that_a_colleague_has_settled_are_kept_to_be_copied(apart: Apart) -> None:
    begin_answer(apart)
    page = apart.window.plan.view.stack.currentWidget()
    apart.ours.write_file()
    theirs = Workspace(Document(apart.ours.path, apart.folder / "bo", author="Bo"), device="bo", author="Bo")
    (asked,) = (one for one in questions(theirs.ask(open_differences, "bo")) if one.first.field == "statement")
    theirs.settle([asked.take(asked.voices[0])])
    theirs.write_file()
    theirs.close()
    apart.ours.look_again()
    apart.window.plan.saver.take_in()
    QApplication.processEvents()
    (left,) = page.findChildren(Homeless)
    assert left.words.text().startswith("Unrecorded By May")
    assert not apart.window.close_plan()
    left.copy.click()
    assert QApplication.clipboard().text().startswith("Unrecorded By May")
    left.leave.click()
    assert apart.window.close_plan()


# Votes.


def test_votes_that_were_chosen_and_not_settled_with_keep_the_window_open(apart: Apart) -> None:
    motion = apart.item.motions[0]
    first, second = [vote.person_id for vote in motion.votes if vote.choice is Choice.YES][:2]
    apart.ours.do("Vote", meetings.record_votes, motion.id, {first: Choice.NO, second: Choice.ABSTAIN})
    apart.theirs.do("Vote", meetings.record_votes, motion.id, {first: Choice.ABSTAIN, second: Choice.NO})
    apart.meet()
    (card,) = settle_page(apart.window).cards.values()
    ballot = card.sides
    assert isinstance(ballot, Ballot)
    box = next(iter(ballot.boxes.values()))
    box.setCurrentIndex(box.findData("yes"))
    box.activated.emit(0)
    apart.window.go(OVERVIEW)
    assert not apart.window.close_plan()
    assert box.currentData() == "yes"
    assert "1 is to be chosen still." in said(card)
    ballot.cancel.click()
    assert box.currentIndex() == -1
    assert apart.window.close_plan()


def test_a_vote_is_chosen_member_by_member_and_counted(apart: Apart) -> None:
    motion = apart.item.motions[0]
    first, second = [vote.person_id for vote in motion.votes if vote.choice is Choice.YES][:2]
    apart.ours.do("Vote", meetings.record_votes, motion.id, {first: Choice.NO, second: Choice.ABSTAIN})
    apart.theirs.do("Vote", meetings.record_votes, motion.id, {first: Choice.ABSTAIN, second: Choice.NO})
    apart.meet()
    page = settle_page(apart.window)
    (card,) = page.cards.values()
    apart.window.plan.desk.do("Elsewhere", goals.edit_goal, apart.goal.id, label="Goal 1")
    QApplication.processEvents()
    assert list(page.cards.values()) == [card], "what is chosen in it stays"
    ballot = card.sides
    assert isinstance(ballot, Ballot)
    assert not ballot.verb.isEnabled()
    boxes = list(ballot.boxes.values())
    assert len(boxes) == 2
    boxes[0].setCurrentIndex(boxes[0].findData("yes"))
    boxes[0].activated.emit(0)
    assert not ballot.verb.isEnabled()
    assert "1 is to be chosen still." in said(card)
    boxes[1].setCurrentIndex(boxes[1].findData("no"))
    boxes[1].activated.emit(0)
    assert "With these votes: " in said(card)
    ballot.verb.click()
    assert not page.cards
    kept = {vote.choice for vote in apart.item.motions[0].votes if vote.person_id in (first, second)}
    assert kept == {Choice.YES, Choice.NO}
    assert [row.line.note for row in page.list.rows] == ["Vote · 2 members · chosen member by member"]


# Many.


def many(apart: Apart) -> None:
    outline = apart.ours.ask(plan_outline, apart.window.plan.desk.plan_id)
    for who in (apart.ours, apart.theirs):
        for goal in outline.goals:
            who.do("Rename", goals.edit_goal, goal.id, title=f"{who.author} {goal.name}")
            for one in goal.children:
                who.do("Rename", goals.edit_strategy, one.id, title=f"{who.author} {one.name}", priority=who.author)
    apart.meet()


def test_many_are_grouped_and_one_answer_settles_a_group(apart: Apart) -> None:
    many(apart)
    page = settle_page(apart.window)
    asked = len(page.questions)
    assert asked > 20
    assert page.groups.isVisible()
    assert len(page.groups.names(page.questions)) == len(
        apart.ours.ask(plan_outline, apart.window.plan.desk.plan_id).goals
    )
    page.groups.box.setCurrentIndex(2)
    page.groups.box.activated.emit(2)
    names = dict(page.groups.names(page.questions))
    assert set(names) == {"Title", "Priority"}
    page._on_line("group:Priority")
    assert len(page.cards) == min(20, names["Priority"])
    assert page.bar.theirs.text() == f"Take all {names['Priority']} of theirs here"
    page.bar.theirs.click()
    QApplication.processEvents()
    assert {one.first.field for one in page.questions} == {"title"}
    assert len(page.questions) == asked - names["Priority"]
    assert apart.goal.strategies[0].priority == "Ana Fuentes"
    assert apart.window.plan.desk.undo_state().undo == f"Settle {names['Priority']} differences"
    apart.window.plan.desk.undo()
    QApplication.processEvents()
    assert len(page.questions) == asked


def test_there_is_no_verb_for_everything(apart: Apart) -> None:
    words_and_due(apart)
    assert not settle_page(apart.window).bar.isVisible()


# Room, reading, names.


def test_in_a_narrow_window_the_list_is_one_line(apart: Apart) -> None:
    words_and_due(apart)
    page = settle_page(apart.window)
    assert page._side.isVisible()
    apart.window.resize(gap(200), gap(160))
    QApplication.processEvents()
    assert not page._side.isVisible()
    assert page.at.text() == "1 of 2"
    page.on.click()
    assert QApplication.focusWidget() is card_of(page, "due")
    assert page.at.text() == "2 of 2"
    assert not page.on.isEnabled()
    sides = card_of(page, "due").sides
    for wide, columns in ((150, 2), (130, 1)):
        sides.resize(gap(wide), sides.height())
        assert sides._abreast == columns


def test_whoever_only_reads_can_settle_nothing(apart: Apart, make_window: Callable[[], Window]) -> None:
    words_and_due(apart)
    path = apart.ours.path
    apart.window.close_plan()
    other = make_window()
    assert other.open_plan(path, read_only=True)
    page = settle_page(other)
    assert len(page.cards) == 2
    assert not any(verb.isVisible() for card in page.cards.values() for verb in card.verbs)
    press(page, Qt.Key.Key_K)
    assert len(other.plan.desk.ask(open_differences)) == 2


def test_everything_here_that_takes_the_focus_has_a_name(apart: Apart) -> None:
    words_and_due(apart)
    page = settle_page(apart.window)
    press(page, Qt.Key.Key_W)
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName().strip(), widget
