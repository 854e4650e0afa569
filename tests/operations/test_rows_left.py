"""What each verb leaves in the tables, cell by cell, and what it refuses, word by word.

A scene is a few verbs on a plan that has one of everything. Everything that they change stands in golden/, so that a
field that is lost, or filled from the wrong place, is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import golden
from factories import EVENING, TODAY, Names, dump
from planstudio.domain.coded import bounded
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.import_matching import Wish, compare
from planstudio.domain.kinds import (
    Access,
    Choice,
    Compliance,
    Enclosed,
    ItemState,
    ItemType,
    Majority,
    MeetingKind,
    MinutesState,
    MotionResult,
    PersonRole,
    PolicyState,
    Presence,
    Relation,
    StatementKind,
    Status,
)
from planstudio.domain.posting import Deadline
from planstudio.domain.progress import ProgressDraft
from planstudio.domain.recognised import (
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedLine,
    RecognisedPolicy,
    RecognisedSeries,
    RecognisedStatement,
)
from planstudio.queries.intake import held
from planstudio.queries.meetings import posting_deadline
from planstudio.workspace import Workspace
from store.test_every_operation import CALLS, VERBS

GOLDEN = Path(__file__).parent / "golden"
MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


class Scene:
    """A plan on which verbs are done, and what each of them left."""

    def __init__(self, workspace: Workspace, names: Names) -> None:
        self.workspace, self.names = workspace, names
        self.told: list[str] = []
        self.known = golden.names_in(workspace)

    def do(self, verb: str, *asked: Any, **values: Any) -> str:
        """The id of the first row that the verb made; nothing where it made none or was refused."""
        before = dump(self.workspace)
        self.known = golden.names_in(self.workspace, self.known)
        try:
            change = self.workspace.do(verb, VERBS[verb], *asked, **values)
        except PlanStudioError as refusal:
            field = getattr(refusal, "field", "")
            self.told.append(f"{verb} is refused{f' at {field}' if field else ''}: {refusal}")
            assert dump(self.workspace) == before, "nothing of what is refused stays"
            return ""
        after = dump(self.workspace)
        self.known = golden.names_in(self.workspace, self.known)
        self.told += [verb, *(f"  {line}" for line in golden.changed(before, after, self.known))]
        made = [row for table, row in change.touched if row not in before[table] and isinstance(row, str)]
        own = [row for row in made if row in after.get(_TABLES.get(verb, ""), {})]
        return min(own or made, default="")

    def policy(self, code: str) -> str:
        return next(str(key) for key, row in dump(self.workspace)["policy"].items() if row["code"] == code)

    def rows(self, table: str) -> list[str]:
        return sorted(str(key) for key in dump(self.workspace)[table])


_TABLES = {
    "meetings.add_meeting": "meeting",
    "agendas.add_standard_meeting": "meeting",
    "policies.add_policy": "policy",
}


@pytest.fixture
def scene(filled: Workspace, names: Names) -> Scene:
    return Scene(filled, names)


@pytest.mark.parametrize("verb", CALLS)
def test_a_verb_leaves_what_it_should(scene: Scene, verb: str) -> None:
    arguments = list(CALLS[verb](scene.workspace, scene.names))
    values = arguments.pop() if isinstance(arguments[-1], dict) and verb != "loading.load" else {}
    scene.do(verb, *arguments, **values)
    golden.hold(GOLDEN / f"{verb.split('.')[0]}.txt", verb, scene.told)


Act = Callable[[Scene, Names], None]
SCENES: dict[str, Act] = {}


def act(module: str) -> Callable[[Act], Act]:
    def keep(one: Act) -> Act:
        SCENES[f"{module}: {one.__name__.strip('_').replace('_', ' ')}"] = one
        return one

    return keep


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_leaves_what_it_should(scene: Scene, name: str) -> None:
    SCENES[name](scene, scene.names)
    golden.hold(GOLDEN / f"{name.split(':')[0]}.txt", name, scene.told)


def test_each_chapter_has_its_scene() -> None:
    kept = {name for path in GOLDEN.glob("*.txt") for name in golden.chapters(path)}
    assert kept == {*CALLS, *SCENES}


# Many at once.


@act("bulk")
def _lines_become_elements(s: Scene, n: Names) -> None:
    s.do("bulk.add_lines", "goal", n.plan, "1) Read\n2) *Reckon*\n\n3) Swim")
    s.do("bulk.add_lines", "strategy", n.goal, "- Lend books\n- Read aloud")
    s.do("bulk.add_lines", "milestone", n.strategy, "• Call\n• Hire")
    s.do("bulk.add_lines", "statement_item", n.statement, "*Trust* me\nCare_for_all")
    s.do("bulk.add_lines", "measure", n.goal, "Attendance\nBooks borrowed")


@act("bulk")
def _lines_are_refused(s: Scene, n: Names) -> None:
    s.do("bulk.add_lines", "goal", n.plan, "  \n\n ")
    s.do("bulk.add_lines", "goal", n.plan, "Read\n" + "x" * 5000)
    s.do("bulk.add_lines", "strategy", "gone", "Read")


@act("bulk")
def _all_are_edited(s: Scene, n: Names) -> None:
    s.do("bulk.edit_all", "strategy", [n.strategy, n.other_strategy], owner="jordan lee", priority="First")
    s.do("bulk.edit_all", "strategy", [n.strategy, n.other_strategy], owner="")
    s.do("bulk.edit_all", "goal", [n.goal, n.other_goal], owner="Somebody New", deadline=TODAY)
    s.do("bulk.edit_all", "goal", [n.goal, "gone"], label="Lost")


@act("bulk")
def _rows_are_moved_in_order(s: Scene, n: Names) -> None:
    third = s.do("goals.add_goal", n.plan, title="Third")
    fourth = s.do("goals.add_goal", n.plan, title="Fourth")
    s.do("bulk.move_rows", "goal", [fourth, n.goal], 1)
    s.do("bulk.move_rows", "goal", [third], 0)
    s.do("bulk.move_rows", "goal", [third, fourth], 99)
    first = s.do("statements.add_statement", n.plan, StatementKind.MISSION, "Mission")
    last = s.do("statements.add_statement", n.plan, StatementKind.VISION, "Vision")
    s.do("bulk.move_rows", "statement", [last, first], 0)
    s.do("bulk.move_rows", "statement", [first], 2)


@act("bulk")
def _strategies_are_moved_to_a_goal(s: Scene, n: Names) -> None:
    there = [s.do("goals.add_strategy", n.other_goal, title=f"There {k}") for k in (1, 2, 3)]
    s.do("bulk.move_strategies", [n.other_strategy, n.strategy], 1, n.other_goal)
    s.do("bulk.move_strategies", [there[2], n.strategy], 0, n.other_goal)
    s.do("bulk.move_strategies", [there[0]], 50, n.other_goal)
    s.do("bulk.delete_all", "strategy", [there[0], there[1]])


# Goals and statements.


@act("goals")
def _places_are_given(s: Scene, n: Names) -> None:
    third = s.do("goals.add_goal", n.plan, title="Third")
    s.do("goals.add_goal", n.plan, title="Second", after=n.goal)
    s.do("goals.add_goal", n.plan, title="At the end", after="gone")
    s.do("goals.move_goal", third, 0)
    s.do("goals.move_goal", third, 0)
    s.do("goals.move_goal", third, 2)
    s.do("goals.move_goal", third, 99)
    between = s.do("goals.add_strategy", n.goal, title="Between", after=n.strategy)
    s.do("goals.move_strategy", between, 0)
    s.do("goals.move_strategy", between, 1, n.other_goal)
    s.do("goals.add_milestone", n.strategy, text="Report", due=TODAY)
    s.do("goals.add_goal", "gone", title="Lost")
    s.do("goals.move_goal", "gone", 0)
    s.do("goals.edit_milestone", "gone", text="Lost")


@act("goals")
def _texts_are_tidied(s: Scene, n: Names) -> None:
    s.do("goals.edit_goal", n.goal, title="  Two \n lines  ", statement="First  \r\n\r\n\r\nSecond\t")
    s.do("goals.edit_goal", n.goal, title="x" * 5000)
    s.do("goals.edit_goal", n.goal, deadline=date(1, 1, 1))
    s.do("goals.edit_goal", n.goal, deadline=date(9999, 12, 31))


@act("statements")
def _adopted_words_stay(s: Scene, n: Names) -> None:
    s.do("statements.edit_statement", n.statement, adopted_on=TODAY)
    s.do("statements.edit_statement", n.statement, lead="Other words")
    s.do("statements.edit_statement", n.statement, heading="Another heading", question="Why?")
    s.do("statements.edit_item", n.item, text="Other words")
    s.do("statements.add_item", n.statement, text="One more")
    s.do("statements.delete_item", n.item)
    s.do("statements.move_item", n.item, 1)
    s.do("statements.delete_statement", n.statement)
    s.do("statements.add_item", n.statement, text="One more", filling=True)
    s.do("statements.edit_item", n.item, evidence="Survey", filling=True)
    s.do("statements.edit_statement", n.statement, lead="Other words", filling=True)
    s.do("statements.edit_statement", n.statement, lead="With the day", adopted_on=JUNE)
    s.do("statements.edit_statement", n.statement, adopted_on=None)
    s.do("statements.delete_statement", n.statement)


@act("statements")
def _a_statement_without_words_takes_some_though_it_is_adopted(s: Scene, n: Names) -> None:
    empty = s.do("statements.add_statement", n.plan, StatementKind.MISSION, adopted_on=TODAY)
    s.do("statements.edit_statement", empty, body="We teach.")
    s.do("statements.edit_statement", empty, body="We learn.")
    first = s.do("statements.add_statement", n.plan, StatementKind.VISION, "Vision", after=n.statement)
    s.do("statements.move_statement", first, 0)
    s.do("statements.move_statement", "gone", 0)


# Measures and figures.


@act("measures")
def _figures_come_change_and_go(s: Scene, n: Names) -> None:
    s.do("measures.record_observation", n.measure, JUNE, 60, "  EL  ", count=12, note="From *paper*", source="State")
    s.do("measures.record_observation", n.measure, JUNE, bounded(5.0, "<"), count=9)
    s.do("measures.record_observation", n.measure, JUNE, 61.5, "EL")
    s.do("measures.move_period", n.measure, JUNE, date(2026, 7, 31))
    s.do("measures.move_period", n.measure, MAY, MAY)
    s.do("measures.move_period", n.measure, date(2026, 7, 31), MAY)
    s.do("measures.record_counts", n.measure, [(MAY, " EL ", 40.0), (MAY, "", None)])
    s.do("measures.record_counts", n.measure, [(JUNE, "EL", 40.0)])
    s.do("measures.delete_observation", n.measure, MAY, "  EL ")
    s.do("measures.delete_observation", n.measure, MAY, "EL")
    s.do("measures.delete_block", n.measure, [(MAY, ""), (date(2026, 7, 31), "EL")])


@act("measures")
def _figures_are_refused(s: Scene, n: Names) -> None:
    ahead, beyond = date(2027, 11, 21), date(2027, 11, 22)
    s.do("measures.record_observation", n.measure, ahead, 1.0, today=TODAY)
    s.do("measures.record_observation", n.measure, beyond, 1.0, today=TODAY)
    s.do("measures.record_block", n.measure, [(MAY, "", 1.0), (beyond, "", 1.0)], today=TODAY)
    s.do("measures.record_observation", n.measure, beyond, float("inf"))
    s.do("measures.record_observation", n.measure, beyond, 1e300)
    s.do("measures.record_observation", "gone", MAY, 1.0)
    s.do("measures.record_observation", n.measure, MAY, 1.0, count=-1)


@act("measures")
def _a_measure_is_kept_in_its_bounds(s: Scene, n: Names) -> None:
    made = s.do("measures.add_measure", goal_id=n.goal, name="Attendance", unit="%", band_low=5, band_high=5)
    s.do("measures.add_measure", goal_id=n.goal, name="Upside down", band_low=6, band_high=5)
    s.do("measures.add_measure", strategy_id=n.strategy, name="Visits", minimum_group=0)
    s.do("measures.add_measure", strategy_id=n.strategy, name="Visits", minimum_group=-1)
    s.do("measures.add_measure", name="Of nothing")
    s.do("measures.edit_measure", made, band_high=4.0)
    s.do("measures.edit_measure", made, interim="2027: 70\n2028: 75")
    s.do("measures.edit_measure", made, interim="2027: 70\nsoon " + "x" * 60)
    s.do("measures.edit_measure", made, minimum_group=-2)
    s.do("measures.move_measure", made, 0)
    of_strategy = [s.do("measures.add_measure", strategy_id=n.strategy, name=f"Visits {k}") for k in (1, 2)]
    s.do("measures.move_measure", of_strategy[1], 0)


# Progress, comments, moments, people.


@act("progress")
def _updates_follow_one_another(s: Scene, n: Names) -> None:
    told = {"author": "Bo", "today": TODAY}
    s.do(
        "progress.record_progress",
        ProgressDraft(TODAY, Status.COMPLETED, 100, "All", "Nothing"),
        strategy_id=n.strategy,
        **told,
    )
    s.do("progress.record_progress", ProgressDraft(TODAY, Status.ON_TRACK, None, "", "More"), goal_id=n.goal, **told)
    s.do("progress.record_progress", ProgressDraft(MAY, Status.ON_TRACK, 10, "", ""), strategy_id=n.strategy, **told)
    s.do("progress.record_progress", ProgressDraft(date(2026, 11, 22), Status.ON_TRACK, 10), goal_id=n.goal, **told)
    s.do("progress.record_progress", ProgressDraft(TODAY, Status.ON_TRACK, 101), goal_id=n.goal, **told)
    s.do("progress.record_progress", ProgressDraft(TODAY, Status.ON_TRACK, -1), goal_id=n.goal, **told)
    s.do("progress.record_progress", ProgressDraft(TODAY, Status.ON_TRACK), **told)


@act("comments")
def _comments_are_resolved_and_opened_again(s: Scene, n: Names) -> None:
    made = s.do("comments.add_comment", "policy", n.policy, " Who *says*? ", author="Bo", at=EVENING)
    s.do("comments.resolve_comment", made, author="Ann", at=EVENING)
    s.do("comments.reopen_comment", made)
    s.do("comments.add_comment", "goal", n.goal, "  ", author="Bo", at=EVENING)
    s.do("comments.add_comment", "goal", "gone", "Who?", author="Bo", at=EVENING)
    s.do("comments.delete_comment", "gone")
    s.do("moments.name_moment", "  ", EVENING)


@act("people")
def _people_come_and_go(s: Scene, n: Names) -> None:
    s.do("people.add_person", " ")
    other = s.do("people.add_person", "Kim Ortiz", title="Clerk", role=PersonRole.STAFF, department="Office")
    s.do("people.set_owner", "goal", n.goal, " kim  ORTIZ ")
    s.do("people.set_owner", "strategy", n.strategy, "Kim Ortiz")
    s.do("people.set_owner", "policy", n.policy, "Kim Ortiz")
    s.do("people.set_owner", "goal", n.other_goal, "")
    s.do("meetings.edit_motion", n.motion, seconder="Kim Ortiz")
    s.do("meetings.record_attendance", n.meeting, other, Presence.PRESENT)
    s.do("people.delete_person", other)
    voter = next(key for key, row in dump(s.workspace)["person"].items() if row["name"] == "Rosa Finch")
    s.do("people.delete_person", voter)
    s.do("people.delete_person", "gone")


@act("plans")
def _the_district_is_kept_in_its_bounds(s: Scene, n: Names) -> None:
    for values in (
        {"posting_rule": "72 hours", "closed_days": "2026-12-25", "time_zone": "America/Los_Angeles"},
        {"posting_rule": "whenever"},
        {"closed_days": "Christmas"},
        {"level_words": "goal = Pillar, Pillars", "status_words": "at risk = Behind"},
        {"level_words": "goal = " + "x" * 41},
        {"status_words": "at risk = Behind\noff track = behind"},
        {"time_zone": "Nowhere/Never"},
        {"coded_shares": 50},
        {"coded_shares": 51},
        {"coded_shares": -1},
        {"seats": 7, "quorum": 4},
        {"seats": 3},
        {"quorum": 8},
        {"seats": 5, "quorum": 3, "majority": Majority.TWO_THIRDS_SEATS},
    ):
        s.do("plans.edit_organization", n.organization, **values)
    s.do("plans.edit_organization", "gone", motto="Onward")


@act("plans")
def _words_are_learned_in_their_order(s: Scene, n: Names) -> None:
    for word in ("Tamaqwet", "abacus", "Tamaqwet", "New Elm", "Zebra", "beta"):
        s.do("plans.learn_word", word)
    s.do("plans.create_plan", "Another district", "Another plan")
    s.do("plans.delete_plan", "gone")


# The manual.


@act("policies")
def _adopted_policies_stay(s: Scene, n: Names) -> None:
    s.do("policies.edit_policy", n.policy, state=PolicyState.ADOPTED)
    s.do("policies.edit_policy", n.policy, title="Other")
    s.do("policies.edit_policy", n.policy, review_months=12)
    s.do("policies.edit_policy_text", n.policy, body="Other words")
    s.do("policies.edit_policy_text", n.policy, reviewed=TODAY)
    s.do("policies.delete_policy", n.policy)
    s.do("policies.edit_policy_text", n.policy, body="Other words", filling=True)
    s.do("policies.edit_policy_text", n.policy, adopted=JUNE, legal_refs="§ 1\n§ 2", cross_refs="5146", filling=True)
    s.do("policies.begin_version", n.policy)
    s.do("policies.edit_policy_text", n.policy, body="The draft")
    s.do("policies.edit_policy", n.policy, state=PolicyState.REPEALED)
    s.do("policies.edit_policy_text", n.policy, body="Too late")
    s.do("policies.delete_policy", n.policy)


@act("policies")
def _codes_are_given_once(s: Scene, n: Names) -> None:
    other = s.do("policies.add_policy", " 5146 ", "Absence", series_id=n.series, body="Words", adopted=JUNE)
    s.do("policies.add_policy", "5145", "Twice")
    s.do("policies.add_policy", " ", "Without")
    s.do("policies.edit_policy", other, code=" 5145")
    s.do("policies.edit_policy", other, code="5146", title="The same")
    s.do("policies.edit_policy", other, code="")
    s.do("policies.add_series", " ", " ")
    s.do("policies.add_series", "", "Without number")
    s.do("policies.add_series", " 9000 ", "")
    s.do("policies.delete_series", n.series)


@act("policies")
def _policies_are_attached_once_for_each_relation(s: Scene, n: Names) -> None:
    targets = [("statement", n.statement), ("statement_item", n.item), ("strategy", n.strategy), ("measure", n.measure)]
    for table, row in targets:
        s.do("policies.attach_policy", n.policy, table, row, note="See *there*")
    s.do("policies.attach_policy", n.policy, "goal", n.goal)
    s.do("policies.attach_policy", n.policy, "goal", n.goal, Relation.REPORTS)
    s.do("policies.attach_policy", n.policy, "goal", "gone")
    s.do("policies.attach_policy", "gone", "goal", n.goal)


# Files.


@act("files")
def _files_are_kept_with_each_kind_of_element(s: Scene, n: Names) -> None:
    made = [
        s.do("files.attach_file", table, row, name, b"bytes of " + name.encode(), alternative_text="A *picture*")
        for table, row, name in (
            ("statement", n.statement, "a/b/photo.PNG"), ("strategy", n.strategy, "plan.docx"),
            ("measure", n.measure, "table.xlsx"), ("policy", n.policy, "law.pdf"),
            ("agenda_item", n.agenda_item, "unknown.zzz"), ("goal", n.goal, "notes"),
        )
    ]  # fmt: skip
    s.do("files.move_file", made[-1], 0)
    s.do("files.move_file", made[-1], 9)
    s.do("files.edit_attachment", made[0], access=Access.CLOSED, name="renamed.png")
    s.do("files.attach_file", "goal", "gone", "notes.txt", b"")
    s.do("files.move_file", "gone", 0)


# The calendar.


@act("monitoring")
def _the_calendar_is_drafted_round_by_round(s: Scene, n: Names) -> None:
    s.do("monitoring.draft_calendar", n.plan, date(2026, 11, 15), 4)
    s.do("monitoring.draft_calendar", n.plan, date(2026, 11, 15), 5)
    for months in (0, 61):
        s.do("monitoring.draft_calendar", n.plan, TODAY, months)
    s.do("monitoring.draft_calendar", "gone", TODAY, 1)
    s.do("monitoring.draft_calendar", n.plan, date(2030, 1, 1), 60)


@act("monitoring")
def _reports_are_scheduled_and_renamed(s: Scene, n: Names) -> None:
    s.do("monitoring.schedule", n.plan, TODAY, subject=" Self-evaluation ")
    s.do("monitoring.schedule", n.plan, TODAY)
    s.do("monitoring.schedule", n.plan, TODAY, subject="  ")
    s.do("monitoring.schedule", "gone", TODAY, subject="Budget")
    made = s.do("monitoring.schedule", n.plan, date(2027, 2, 28), goal_id=n.other_goal, reason="Late", evidence="None")
    s.do("monitoring.edit_monitoring", made, evaluation=Compliance.PARTIALLY, reported_on=TODAY, next_steps="More")
    s.do("monitoring.rename_subject", n.plan, "Self-evaluation", "Own evaluation")
    s.do("monitoring.rename_subject", n.plan, "Own evaluation", "  ")


# Meetings.


@act("agendas")
def _each_kind_of_meeting_has_its_usual_order(s: Scene, n: Names) -> None:
    for kind in MeetingKind:
        s.do("agendas.add_standard_meeting", kind, EVENING)


@act("meetings")
def _a_meeting_is_made_like_another(s: Scene, n: Names) -> None:
    usual = s.do("agendas.add_standard_meeting", MeetingKind.REGULAR, EVENING)
    s.told.clear()
    s.do("meetings.edit_meeting", usual, place="Hall", taking_part="By *video*", posting_rule="72 hours")
    s.do("meetings.add_item", s.rows("agenda_section")[-1], title="Minutes of December 9, 2026", background="Words")
    s.do("meetings.add_meeting", like=usual, start=datetime(2027, 1, 13, 18, 30))
    template = s.do("meetings.add_template", usual, "Our usual")
    s.do("meetings.add_meeting", like=template, kind=MeetingKind.SPECIAL, place="Elsewhere")
    s.do("meetings.edit_meeting", template, start=EVENING)
    s.do("meetings.add_meeting", like="gone")


@act("meetings")
def _a_meeting_goes_its_way(s: Scene, n: Names) -> None:
    undated = s.do("meetings.add_meeting", kind=MeetingKind.SPECIAL)
    s.do("meetings.post_meeting", undated, EVENING)
    s.do("meetings.hold_meeting", undated, "2026-12-09T20:30:00+00:00")
    s.do("plans.edit_organization", n.organization, posting_rule="72 hours")
    due: Deadline | None = s.workspace.ask(posting_deadline, n.meeting)
    s.do("meetings.post_meeting", n.meeting, datetime(2026, 12, 6, 9), due)
    s.do("meetings.edit_meeting", n.meeting, start=datetime(2026, 12, 10, 18, 30))
    s.do("meetings.edit_meeting", n.meeting, start=EVENING)
    s.do("meetings.hold_meeting", n.meeting, "2026-12-08T20:30:00+00:00")
    s.do("meetings.hold_meeting", n.meeting, "2026-12-09T20:30:00+00:00")
    s.do("meetings.post_meeting", n.meeting, EVENING)
    s.do("meetings.edit_meeting", n.meeting, start=datetime(2026, 12, 20, 18, 30))
    s.do("meetings.reopen_meeting", n.meeting)
    s.do("meetings.edit_meeting", n.meeting, minutes_state=MinutesState.DRAFT)
    s.do("meetings.edit_meeting", n.meeting, posting_rule="whenever")
    s.do("meetings.edit_meeting", n.meeting, time_zone="Nowhere/Never")
    s.do("meetings.edit_meeting", n.meeting, time_zone="America/Los_Angeles", start=datetime(2027, 3, 14, 2, 30))
    s.do("meetings.add_meeting", start=datetime(2027, 3, 14, 2, 30), time_zone="America/Los_Angeles")


@act("meetings")
def _times_are_read_and_held_in_order(s: Scene, n: Names) -> None:
    s.do("meetings.edit_meeting", n.meeting, called_to_order="6:31 pm", adjourned="9.05 pm")
    s.do("meetings.edit_meeting", n.meeting, adjourned="6:30 pm")
    s.do("meetings.edit_meeting", n.meeting, called_to_order="noonish")
    s.do("meetings.edit_item", n.agenda_item, began="18:40", ended="6:52 PM")
    s.do("meetings.edit_item", n.agenda_item, ended="18:39")
    s.do("meetings.add_item", n.section, title="Late", began="19:00", ended="18:00")
    s.do("meetings.record_attendance", n.meeting, n.person, Presence.PRESENT, arrived="7 pm", departed="18:30")
    s.do("meetings.record_attendance", n.meeting, n.person, Presence.PRESENT, arrived="6:45 pm", departed="20:30")
    s.do("meetings.record_attendance", n.meeting, n.person, Presence.REMOTE, departed="")
    s.do("meetings.record_attendance", n.meeting, n.person, None)
    s.do("meetings.record_attendance", n.meeting, n.person, None)
    s.do("meetings.edit_item", n.agenda_item, minutes=-1)
    s.do("meetings.edit_item", n.agenda_item, minutes=901)
    s.do("meetings.edit_item", n.agenda_item, minutes=0)


@act("meetings")
def _items_take_the_kind_of_their_section(s: Scene, n: Names) -> None:
    for title in ("Closed session", "Public hearing", "Action items", "Reports", "Discussion", "Anything else"):
        made = s.do("meetings.add_section", n.meeting, title=title)
        s.do("meetings.add_item", made, title="One")
    s.do("meetings.add_item", made, title="Closed", type=ItemType.CLOSED, ground="§ 54957", after="gone")
    closed = s.do("meetings.add_item", made, title="Behind doors", type=ItemType.CLOSED)
    s.do("meetings.edit_item", closed, ground="§ 1")
    s.do("meetings.edit_item", closed, type=ItemType.ACTION)
    s.do("meetings.edit_item", closed, access=Access.ADMINISTRATIVE)
    s.do("meetings.edit_item", closed, type=ItemType.CLOSED)
    s.do("meetings.delete_item", closed)


@act("meetings")
def _a_consent_group_follows_its_agenda(s: Scene, n: Names) -> None:
    second, third, motion = _consent(s, n)
    s.do("meetings.pull_item", second, True)
    s.do("meetings.add_motion", second)
    s.do("meetings.edit_item", third, title="Gifts of May")
    s.do("meetings.send_item", third, ItemState.RETURNED, "No list")
    s.do("meetings.send_item", third, ItemState.ACCEPTED)
    s.do("meetings.delete_item", n.agenda_item)
    s.do("meetings.pull_item", second, False)
    s.do("meetings.move_item", third, 0)
    other = s.do("meetings.add_section", n.meeting, title="Action", after=n.section)
    s.do("meetings.move_item", third, 0, other)
    s.do("meetings.pull_item", third, True)
    s.do("meetings.move_section", other, 0)
    s.do("meetings.move_item", third, 1, n.section)
    s.do("meetings.edit_motion", motion, text="To take them all")
    s.do("meetings.edit_item", second, title="Bills of May")
    s.do("meetings.edit_section", n.section, consent=False)
    s.do("meetings.delete_section", other)


@act("meetings")
def _a_decided_group_stays_as_it_is(s: Scene, n: Names) -> None:
    second, third, motion = _consent(s, n)
    s.do("meetings.pull_item", third, True)
    s.do("meetings.edit_motion", motion, result=MotionResult.PASSED)
    s.do("meetings.pull_item", second, True)
    s.do("meetings.pull_item", third, False)
    s.do("meetings.delete_item", second)
    s.do("meetings.delete_section", n.section)
    s.do("meetings.edit_item", second, title="Other bills")
    s.do("meetings.edit_item", second, background="Only words")
    s.do("meetings.edit_section", n.section, consent=False)
    s.do("meetings.add_item", n.section, title="Late")
    s.do("meetings.send_item", n.agenda_item, ItemState.RETURNED, "No amount")
    s.do("meetings.edit_motion", motion, result=MotionResult.OPEN)
    s.do("meetings.send_item", n.agenda_item, ItemState.RETURNED, "No amount")
    s.do("meetings.send_item", n.agenda_item, ItemState.RETURNED, " ")
    s.do("meetings.send_item", n.agenda_item, ItemState.SUBMITTED, "Not kept")
    s.do("meetings.send_item", n.agenda_item, ItemState.ACCEPTED)


def _consent(s: Scene, n: Names) -> tuple[str, str, str]:
    """Two more items of the consent group, and its motion, in a meeting with a quorum."""
    (voter,) = (key for key, row in dump(s.workspace)["person"].items() if row["name"] == "Rosa Finch")
    s.do("meetings.record_attendance", n.meeting, voter, Presence.PRESENT, arrived="")
    s.do("meetings.delete_motion", n.motion)
    second = s.do("meetings.add_item", n.section, title="Bills")
    third = s.do("meetings.add_item", n.section, title="Gifts", recommended_motion="To accept the gifts")
    return second, third, s.do("meetings.add_motion", n.agenda_item)


@act("meetings")
def _items_are_linked_and_enclose_once(s: Scene, n: Names) -> None:
    for table, row in (("goal", n.goal), ("strategy", n.strategy), ("policy", n.policy), ("policy", "gone")):
        s.do("meetings.support", n.agenda_item, table, row)
    for what, row in (
        (Enclosed.POLICY, n.policy), (Enclosed.POLICY_CHANGES, n.policy), (Enclosed.GOAL, n.goal),
        (Enclosed.MONITORING, n.goal), (Enclosed.PLAN, n.plan), (Enclosed.ONE_PAGE, n.plan),
        (Enclosed.SCORECARD, n.plan), (Enclosed.SCORECARD, "gone"), (Enclosed.GOAL, n.other_goal),
    ):  # fmt: skip
        s.do("meetings.enclose", n.agenda_item, what, row)
    s.do("meetings.withdraw_support", n.agenda_link)
    s.do("meetings.remove_enclosure", "gone")
    s.do("meetings.record_packet", "gone", "0" * 64)


def _members(s: Scene, count: int) -> list[str]:
    names = ["Ann Alvarez", "Bo Ito", "Cy Dunn", "Di Novak", "Ed Marsh"][:count]
    return [s.do("people.add_person", name, role=PersonRole.BOARD_MEMBER) for name in names]


@act("meetings")
def _votes_are_counted(s: Scene, n: Names) -> None:
    members = _members(s, 4)
    for person in members:
        s.do("meetings.record_attendance", n.meeting, person, Presence.PRESENT)
    s.told.clear()
    action = s.do("meetings.add_section", n.meeting, title="Action")
    item = s.do("meetings.add_item", action, title="Boiler", recommended_motion="To buy the boiler")
    motion = s.do("meetings.add_motion", item, mover="ann alvarez", seconder="Bo Ito")
    s.do("meetings.add_motion", item, mover="Cy Dunn", seconder="cy dunn")
    s.do("meetings.add_motion", item, mover="Nobody Known")
    s.do("meetings.add_motion", item, mover="Nobody Known", add_as=PersonRole.STAFF)
    s.do("meetings.record_votes", motion, dict(zip(members, (YES, YES, NO, ABSTAIN), strict=True)))
    s.do("meetings.record_votes", motion, {members[1]: NO, members[3]: None})
    s.do("meetings.edit_motion", motion, majority=Majority.TWO_THIRDS_SEATS)
    s.do("meetings.edit_motion", motion, result=MotionResult.PASSED)
    s.do("meetings.edit_motion", motion, result=MotionResult.NO_SECOND)
    s.do("meetings.edit_motion", motion, seconder="", result=MotionResult.NO_SECOND)
    s.do("meetings.record_votes", motion, {members[0]: Choice.RECUSED})
    s.do("meetings.record_votes", motion, {members[2]: Choice.RECUSED})
    s.do("meetings.edit_motion", motion, mover="Cy Dunn")
    s.do("meetings.record_attendance", n.meeting, members[1], Presence.ABSENT)
    s.do("meetings.record_votes", motion, dict.fromkeys(members))
    s.do("meetings.edit_motion", motion, result=MotionResult.OPEN)
    s.do("meetings.edit_motion", motion, result=MotionResult.PASSED)
    s.do("meetings.record_votes", motion, dict.fromkeys(members, NO))


@act("room")
def _the_table_begins_and_ends_items(s: Scene, n: Names) -> None:
    second = s.do("meetings.add_item", n.section, title="Bills")
    s.do("room.begin_item", n.agenda_item, "6:40 pm")
    s.do("room.begin_item", second, "18:35")
    s.do("room.begin_item", second, "18:50")
    s.do("room.end_item", second, "18:45")
    s.do("room.end_item", second, "19:00")
    s.do("room.begin_item", n.agenda_item, "19:05")
    s.do("room.end_item", n.agenda_item, "late")
    s.do("room.begin_item", n.agenda_item, "late")
    members = _members(s, 3)
    s.do("meetings.record_attendance", n.meeting, members[0], Presence.REMOTE, arrived="18:40")
    s.do("meetings.record_attendance", n.meeting, members[1], Presence.EXCUSED)
    s.do("room.call_everyone_present", n.meeting, members)


@act("minutes")
def _minutes_are_approved_reopened_and_amended(s: Scene, n: Names) -> None:
    s.do("plans.edit_organization", n.organization, seats=5, quorum=3)
    s.do("minutes.approve_minutes", n.meeting, date(2027, 1, 13))
    s.do("minutes.add_amendment", n.meeting, date(2027, 1, 13), "The roll")
    s.do("meetings.edit_motion", n.motion, seconder="Jordan Lee")
    s.do("meetings.hold_meeting", n.meeting, "2026-12-09T20:30:00+00:00")
    s.do("minutes.reopen_minutes", n.meeting)
    s.do("minutes.approve_minutes", n.meeting, date(2026, 12, 8))
    s.do("minutes.approve_minutes", n.meeting, date(2027, 1, 13), today=date(2027, 1, 12))
    s.do("minutes.approve_minutes", n.meeting, date(2027, 1, 13), today=date(2027, 1, 13))
    s.do("meetings.edit_meeting", n.meeting, place="Elsewhere")
    s.do("minutes.add_amendment", n.meeting, date(2027, 1, 12), "Before")
    s.do("minutes.add_amendment", n.meeting, date(2027, 1, 14), "To come", today=date(2027, 1, 13))
    s.do("minutes.add_amendment", n.meeting, date(2027, 1, 13), "  ")
    s.do("minutes.add_amendment", n.meeting, date(2027, 1, 13), " The *roll* ", today=date(2027, 1, 13))
    s.do("minutes.reopen_minutes", n.meeting)
    s.do("meetings.edit_meeting", n.meeting, minutes_state=MinutesState.APPROVED, minutes_approved_on=date(2027, 2, 1))
    s.do("meetings.edit_meeting", n.meeting, minutes_state=MinutesState.DRAFT)
    s.do("meetings.edit_meeting", n.meeting, minutes_approved_on=date(2026, 1, 1))


# A new plan from an old one; an element as it was.


@act("drafts")
def _a_draft_has_what_was_planned(s: Scene, n: Names) -> None:
    s.do("plans.edit_plan", n.plan, adopted_on=TODAY, slogan="Onward")
    s.do("measures.add_measure", strategy_id=n.strategy, name="Visits")
    s.do("policies.attach_policy", n.policy, "strategy", n.strategy)
    s.do("drafts.draft_from", n.plan, " Plan  2030 ")
    s.do("drafts.draft_from", "gone", "Plan 2030")


@act("past")
def _elements_come_back_as_they_were(s: Scene, n: Names) -> None:
    from planstudio.queries.export import whole_file

    whole = s.workspace.ask(whole_file)
    s.do("goals.edit_strategy", n.strategy, title="Changed", text="", due=None, owner_id=None)
    s.do("past.restore_element", whole, "strategy", n.strategy)
    s.do("statements.edit_item", n.item, title="Changed", text="New")
    s.do("past.restore_element", whole, "statement_item", n.item)
    s.do("policies.edit_policy_text", n.policy, body="Changed")
    s.do("past.restore_element", whole, "policy", n.policy)
    s.do("goals.delete_goal", n.goal)
    s.do("past.restore_element", whole, "measure", n.measure)
    s.do("past.restore_element", whole, "goal", n.goal)
    s.do("goals.delete_milestone", n.milestone)
    s.do("past.restore_element", whole, "milestone", n.milestone)
    s.do("past.restore_element", whole, "goal", "never")
    s.do("meetings.delete_item", n.agenda_item)
    s.do("past.restore_element", whole, "agenda_item", n.agenda_item)
    s.do("goals.edit_goal", n.other_goal, owner_id=n.person, deadline=TODAY)
    s.do("past.restore_element", whole, "goal", n.other_goal)


# A document.

_WORDS = "Lamps are lit at dusk, and every boat that is out is called by name until it has come home. "
FIRST = Recognised(
    organization="Otter Creek School District",
    plan_title="Upstream 2030",
    slogan="All the way up",
    adopted="2026-06",
    period_start=date(2026, 7, 1),
    period_end=date(2030, 6, 30),
    statements=(
        RecognisedStatement(
            StatementKind.MISSION, "Mission", "We *teach* every child to swim.", "Why we exist", adopted="2024-05-07"
        ),
        RecognisedStatement(
            StatementKind.VISION, "", "In 2030", notes=("As read",),
            items=(RecognisedItem("They choose books.", "Readers", evidence="Nine of *ten*"), RecognisedItem("# 1")),
        ),
        RecognisedStatement(StatementKind.OTHER, "", paragraphs=("A text without a heading.", "Two of them.")),
    ),
    missing=(
        RecognisedStatement(StatementKind.EQUITY, "Equity"), RecognisedStatement(StatementKind.VISION, "Core values"),
    ),
    above_goals=(
        RecognisedLine("goals_heading", "What we want"), RecognisedLine("goals_note", "Read *all* of it"),
        RecognisedLine("strategies_question", "How do we get there?"),
    ),
    goals=(
        RecognisedGoal(
            "Goal One", "Every student reads", "by grade 3 [sic]", owner="Jordan Lee", due=date(2028, 6, 30),
            strategies=(
                RecognisedItem("Coach teachers", owner="Kim Ortiz", start=JUNE, due=date(2027, 6, 30)),
                RecognisedItem("Lend books", "Library", notes=("On Saturdays", "Free")),
            ),
            measures=(RecognisedItem("Books borrowed"), RecognisedItem(_WORDS * 20, "Lamps")),
            priority="High", notes=("Said twice",),
        ),
        RecognisedGoal("Goal 3", "Every child swims", strategies=(RecognisedItem("Dig a pool"),), priority="Low",
                       measures=(RecognisedItem("Lengths swum"),)),
    ),
    series=(RecognisedSeries("5000", "Pupils"), RecognisedSeries("1300", "Community"), RecognisedSeries("B", "Board")),
    policy_index=(
        RecognisedPolicy("1326.1", "Visitors", in_force=True), RecognisedPolicy("5145", "Support of students"),
        RecognisedPolicy("BEDB", "Agenda"), RecognisedPolicy("5146-R", "Absence"),
    ),
    policies=(
        RecognisedPolicy(
            "1327", "Gifts", "We accept *gifts*.", adopted="2021-06", revised=("2022-01-11", "2023-02-07"),
            reviewed=("2024-03", "2023-01"), legal_refs=("§ 1", "§ 2"), cross_refs=("1326.1", "5145"),
        ),
    ),
)  # fmt: skip
SECOND = replace(
    FIRST,
    organization="Otter Creek Schools",
    plan_title="Upstream 2031",
    adopted="2026-07-01",
    period_end=date(2031, 6, 30),
    statements=(
        RecognisedStatement(StatementKind.MISSION, "Our mission", "We teach everybody.", adopted="2027-01-05"),
        RecognisedStatement(
            StatementKind.VISION, "Vision", "In 2031", "What do we see?",
            items=(
                RecognisedItem("They choose *good* books.", "Readers"),
                RecognisedItem("Swimmers"),
                RecognisedItem("# 1"),
            ),
        ),
        RecognisedStatement(
            StatementKind.VALUES, "Core Values", "We hold:", items=(RecognisedItem("We are kind.", "Care"),)
        ),
    ),
    goals=(
        RecognisedGoal(
            "Goal One", "Every student reads well", "by grade 3", owner="Kim Ortiz",
            strategies=(
                RecognisedItem("Coach teachers", owner="Jordan Lee", start=JUNE),
                RecognisedItem("Lend books for free", "Library"), RecognisedItem("Read aloud"),
            ),
            measures=(
                RecognisedItem("Books borrowed", notes=("A year",)), RecognisedItem(_WORDS * 20 + "Always.", "Lamps"),
            ),
        ),
        RecognisedGoal("Goal 3", "Every child can swim", "in open water", due=date(2029, 6, 30)),
    ),
    series=(RecognisedSeries("5000", "Pupils and students"),),
    policy_index=(RecognisedPolicy("5145", "Support"), RecognisedPolicy("1326.1", "Visitors")),
    policies=(RecognisedPolicy("1327", "Gifts", "We accept no gifts.", adopted="2025-01-14", reviewed=("2025-02-04",),
                               legal_refs=("§ 3",)),),
)  # fmt: skip


def _taken(s: Scene, plan: str, document: Recognised, wish: Wish | None) -> None:
    compared = compare(document, s.workspace.ask(held, plan))
    s.told += golden.tell(compared, s.known)
    wishes = dict.fromkeys(compared, wish) if wish else None
    s.do("importing.take_in", plan, document, "plan.txt", wishes)


@act("importing")
def _a_document_comes_into_an_empty_plan(s: Scene, n: Names) -> None:
    plan = s.do("plans.create_plan", "", "")
    _taken(s, plan, FIRST, None)
    _taken(s, plan, FIRST, Wish.REPLACE)


@act("importing")
def _other_words_stay_beside_the_plans(s: Scene, n: Names) -> None:
    _taken(s, n.plan, FIRST, None)
    _taken(s, n.plan, SECOND, Wish.KEEP)


@act("importing")
def _other_words_take_the_place_of_the_plans(s: Scene, n: Names) -> None:
    s.do("importing.take_in", n.plan, FIRST, "plan.txt")
    s.told.clear()
    s.do("policies.edit_policy", s.policy("1327"), state=PolicyState.DRAFT)
    s.do("policies.edit_policy", s.policy("1326.1"), state=PolicyState.DRAFT)
    for key, row in dump(s.workspace)["statement"].items():
        if row["adopted_on"]:
            s.do("statements.edit_statement", key, adopted_on=None)
    _taken(s, n.plan, SECOND, Wish.REPLACE)


@act("importing")
def _other_words_are_added(s: Scene, n: Names) -> None:
    s.do("importing.take_in", n.plan, FIRST, "plan.txt")
    s.told.clear()
    _taken(s, n.plan, SECOND, Wish.ADD)
