"""What each question answers, in full, of a file in which every text is a word of its own.

A canary reads here as the cell that it stands in, so that a field filled from the wrong column is seen at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import factories
import golden
from canaries import Aviary, fill
from factories import Names
from planstudio.domain.kinds import Access, Enclosed, MomentKind, PersonRole, PolicyState, Relation, Status
from planstudio.domain.progress import ProgressDraft
from planstudio.domain.replacing import Wanted
from planstudio.operations import (
    comments,
    drafts,
    files,
    goals,
    measures,
    meetings,
    moments,
    monitoring,
    people,
    plans,
    policies,
    progress,
    statements,
)
from planstudio.store.search import SearchIndex
from planstudio.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden"
TODAY = factories.TODAY
_CANARY = re.compile(r"zq\d{4}qz")
_NOW = re.compile(r"at=20\d\d-[-0-9T:.]+\+00:00")  # the steps of the plan that grew were made now


@dataclass(frozen=True)
class Filled:
    workspace: Workspace
    aviary: Aviary
    names: dict[str, str]

    def ids(self, table: str) -> list[str]:
        return [key for key, name in self.names.items() if name.startswith(f"<{table} ")]

    def told(self, question: str, *asked: Any, **more: Any) -> list[str]:
        module, name = question.split(".")
        answer = self.workspace.ask(getattr(import_module(f"planstudio.queries.{module}"), name), *asked, **more)
        said = golden.tell(answer, self.names)
        return [_CANARY.sub(lambda found: self._cell(found[0]), line) for line in said]

    def _cell(self, word: str) -> str:
        canary = self.aviary.canaries[int(word[2:6])]
        return f"{canary.column} of {canary.row}"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("told")
    workspace = factories.create(folder / "Told.planstudio", folder / "data")
    hatched: list[Aviary] = []
    workspace.do("Fill", lambda session: hatched.append(fill(session)))
    yield Filled(workspace, hatched[0], golden.names_in(workspace))
    workspace.close()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Filled, Names]]:
    """A plan that was made step by step, so that it has a history, figures and votes."""
    folder = tmp_path_factory.mktemp("grown")
    workspace = factories.create(folder / "Grown.planstudio", folder / "data")
    names = factories.one_of_everything(workspace)
    _go_on(workspace, names)
    yield Filled(workspace, Aviary(), golden.names_in(workspace)), names
    workspace.close()


def _go_on(workspace: Workspace, names: Names) -> None:
    """What one of everything leaves out: several of a kind, in another order than they were made."""
    do = workspace.do
    do("Template", meetings.add_template, names.meeting, "Our usual")
    do("Copy", drafts.draft_from, names.plan, "Next plan")
    for strategy in (names.other_strategy, names.strategy):
        for name in ("Visits", "Loans"):
            do("Measure", measures.add_measure, strategy_id=strategy, name=name, unit="")
    last = factories.add_measure(workspace, names.goal, "Attendance", student_group="Grade 3")
    do("Move", measures.move_measure, last, 0)
    do("Link", meetings.support, names.agenda_item, "strategy", names.other_strategy)
    do("Link", meetings.support, names.agenda_item, "policy", names.policy)
    away = factories.add(workspace, "meeting", meetings.add_meeting, start=datetime(2027, 1, 13, 18, 30))
    section = factories.add(workspace, "agenda_section", meetings.add_section, away, title="Action")
    item = factories.add(workspace, "agenda_item", meetings.add_item, section, title="Library", access=Access.CLOSED)
    do("Link", meetings.support, item, "strategy", names.other_strategy)
    do("Enclose", meetings.enclose, item, Enclosed.MONITORING, names.goal)
    do("File", files.attach_file, "agenda_item", item, "plan.pdf", b"%PDF-1.7 library")
    first = factories.add(workspace, "agenda_item", meetings.add_item, section, title="Bills", after="gone")
    do("Move", meetings.move_item, first, 0)
    do("Motion", meetings.add_motion, first, "To pay", mover="Rosa Finch", seconder="Jordan Lee")
    other = factories.add_policy(workspace, "5145.10", "Loans", body="Books are *lent*.", adopted=factories.TODAY)
    do("State", policies.edit_policy, other, state=PolicyState.ADOPTED)
    factories.add_policy(workspace, "5145.9", "Fines", series_id=names.series)
    for table, row in (("statement", names.statement), ("statement_item", names.item), ("measure", names.measure)):
        do("Attach", policies.attach_policy, other, table, row, Relation.REQUIRES, f"Of the {table}")
    do("Attach", policies.attach_policy, names.policy, "strategy", names.other_strategy)
    for status, day, percent in ((Status.AT_RISK, 6, 45), (Status.OFF_TRACK, 20, None)):
        draft = ProgressDraft(date(2026, 11, day), status, percent, "Two of ten", "Eight more")
        do("Update", progress.record_progress, draft, author="Bo", today=factories.TODAY, goal_id=names.other_goal)
    for text, done in (("Draw it", date(2026, 11, 1)), ("Build it", None)):
        do("Step", goals.add_milestone, names.other_strategy, text=text, done_on=done, due=date(2027, 1, 1))
    do("Report", monitoring.schedule, names.plan, date(2026, 11, 1), subject="Budget", reported_on=date(2026, 11, 18))
    do("Resolve", comments.resolve_comment, names.comment, author="Ann", at=factories.EVENING)
    do("Say", comments.add_comment, "goal", names.goal, "Later?", author="Ann", at=factories.EVENING)
    do("Name", moments.name_moment, "Presented", factories.NOON, MomentKind.PRESENTED)
    do("Old", statements.edit_statement, names.statement, adopted_on=date(2025, 5, 5))
    do("Member", people.add_person, "Bo Ito", role=PersonRole.BOARD_MEMBER, term_end=date(2026, 11, 20))
    do("District", plans.edit_organization, names.organization, seats=5, quorum=3, posting_rule="72 hours")
    do(
        "Rename",
        goals.edit_goal,
        names.goal,
        title="Every student reads well",
        owner_id=None,
        deadline=date(2028, 6, 30),
    )
    workspace.undo()
    workspace.redo()


Asked = list[tuple[Any, ...]]
# What each question is asked in the file of canaries.
ASKED: dict[str, Callable[[Filled], Asked]] = {
    "clearances.clearances_of": lambda f: [(f.aviary.ids["posted meeting"],)],
    "comments.comments_of": lambda f: [("goal", f.aviary.ids["goal of plan in force"])],
    "goals.goal_card": lambda f: [(f.aviary.ids["goal of plan in force"],)],
    "goals.goals_of_plan": lambda f: [(f.aviary.ids["next plan"],)],
    "goals.strategy_card": lambda f: [(f.aviary.ids["strategy of plan of old"],)],
    "intake.held": lambda f: [(f.aviary.ids["plan in force"],)],
    "links.files_of": lambda f: [("policy_id", f.aviary.ids["policy under review"])],
    "links.links_by": lambda f: [("goal_id",), ("statement_id",), ("measure_id",)],
    "links.uses_by_policy": lambda f: [
        (f.aviary.ids["plan in force"],),
        (f.aviary.ids["next plan"], f.aviary.ids["draft policy"]),
    ],
    "measures.measure_card": lambda f: [(f.ids("measure")[0],), (f.ids("measure")[1],)],
    "measures.measure_names": lambda f: [(f.aviary.ids["goal of plan in force"],)],
    "measures.measure_owner": lambda f: [(one,) for one in f.ids("measure")],
    "meetings.board_members": lambda f: [(), (TODAY,)],
    "meetings.district_zone": lambda _f: [()],
    "meetings.meeting_card": lambda f: [(f.aviary.ids["posted meeting"],), (f.aviary.ids["meeting of record"],)],
    "meetings.meeting_of_item": lambda f: [(one,) for one in f.ids("agenda_item")],
    "meetings.meeting_rows": lambda _f: [()],
    "meetings.monitoring_rows": lambda f: [(f.aviary.ids["plan in force"],)],
    "meetings.packets_of": lambda f: [(f.aviary.ids["posted meeting"],)],
    "meetings.packet_record": lambda f: [(one,) for one in f.ids("packet")[:3]],
    "meetings.packet_bytes": lambda f: [(one,) for one in f.ids("packet")[:3]],
    "meetings.item_files": lambda f: [
        (f.aviary.ids["posted meeting"],),
        (f.aviary.ids["posted meeting"], frozenset(f.ids("agenda_item"))),
    ],
    "meetings.posting": lambda _f: [()],
    "meetings.posting_deadline": lambda f: [(f.aviary.ids["posted meeting"],), (f.aviary.ids["template"],)],
    "plans.all_plans": lambda _f: [()],
    "plans.organization_card": lambda _f: [()],
    "plans.people": lambda _f: [()],
    "plans.plan_card": lambda f: [(f.aviary.ids["plan of old"],)],
    "plans.plan_outline": lambda f: [(f.aviary.ids["plan in force"],)],
    "policies.all_series": lambda _f: [()],
    "policies.policy_card": lambda f: [
        (f.aviary.ids["policy in force"], f.aviary.ids["plan in force"]),
        (f.aviary.ids["policy read"],),
    ],
    "policies.all_policies": lambda f: [(f.aviary.ids["next plan"],)],
    "replacing.places": lambda f: [(f.aviary.ids["plan in force"], Wanted("zq"))],
    "replacing.texts_of": lambda f: [(f.aviary.ids["plan in force"],)],
    "reporting.meetings_about": lambda f: [
        (f.aviary.ids[f"goal of {plan}"],) for plan in ("plan in force", "next plan")
    ],
    "search.page_of": lambda f: [
        (table, f.ids(table)[0])
        for table in ("statement_item", "milestone", "progress_update", "policy_version", "attachment",
                      "agenda_section", "motion", "goal", "plan")
    ] + [("policy_link", one) for one in f.ids("policy_link")[:6]],
    "search.plan_of": lambda f: [
        *[(table, f.ids(table)[0]) for table in ("plan", "statement", "goal", "strategy", "measure", "policy")],
        ("measure", f.ids("measure")[1]),
        ("goal", "gone"),
    ],
    "statements.statement_card": lambda f: [(f.ids("statement")[0],)],
    "statements.statements_of_plan": lambda f: [(f.aviary.ids["next plan"],)],
}  # fmt: skip


@pytest.mark.parametrize("question", ASKED)
def test_a_question_answers_with_what_stands_in_the_file(filled: Filled, question: str) -> None:
    golden.hold(
        GOLDEN / "answers.txt",
        question,
        [line for asked in ASKED[question](filled) for line in filled.told(question, *asked)],
    )


# What is asked of the plan that grew.
OF_STEPS: dict[str, Callable[[Names], Asked]] = {
    "clearances.clearances_of": lambda n: [(n.meeting,)],
    "comments.comments_of": lambda n: [("goal", n.goal), ("strategy", n.strategy)],
    "conflicts.ballot_rows": lambda n: [(n.motion,)],
    "goals.goal_card": lambda n: [(n.goal,), (n.other_goal,)],
    "goals.goals_of_plan": lambda n: [(n.plan,)],
    "goals.strategy_card": lambda n: [(n.other_strategy,)],
    "goals.updates_of": lambda _n: [()],
    "history.began": lambda n: [("goal", n.goal), ("policy", n.policy), ("goal", "gone")],
    "history.element_history": lambda n: [
        ("goal", n.goal),
        ("meeting", n.meeting),
        ("policy", n.policy, 2),
        ("goal", "gone"),
    ],
    "history.last_step": lambda _n: [()],
    "history.plan_history": lambda _n: [(5,), (3, 9), (2, 2)],
    "history.step_count": lambda _n: [()],
    "links.files_of": lambda n: [("goal_id", n.goal)],
    "links.links_by": lambda n: [
        ("goal_id",),
        ("strategy_id",),
        ("measure_id",),
        ("statement_item_id",),
    ],
    "links.uses_by_policy": lambda n: [(n.plan,), (n.plan, n.policy)],
    "measures.coded_shares": lambda _n: [()],
    "measures.measure_card": lambda n: [(n.measure,)],
    "measures.measure_names": lambda n: [(n.goal,)],
    "measures.measures_of_goals": lambda n: [([n.goal, n.other_goal],), ([n.other_goal],)],
    "measures.measures_of_strategy": lambda n: [(n.strategy,)],
    "meetings.board_members": lambda _n: [(), (date(2026, 11, 20),), (date(2026, 11, 21),)],
    "meetings.meeting_card": lambda n: [(n.meeting,)],
    "meetings.meeting_rows": lambda _n: [()],
    "meetings.monitoring_rows": lambda n: [(n.plan,)],
    "meetings.packets_of": lambda n: [(n.meeting,)],
    "meetings.posting": lambda _n: [()],
    "meetings.posting_deadline": lambda n: [(n.meeting,)],
    "moments.history_moments": lambda _n: [()],
    "plans.all_plans": lambda _n: [()],
    "plans.organization_card": lambda _n: [()],
    "plans.origins": lambda n: [(n.plan,)],
    "plans.people": lambda _n: [()],
    "plans.plan_outline": lambda n: [(n.plan,)],
    "policies.all_policies": lambda n: [(), (n.plan,)],
    "policies.all_series": lambda _n: [()],
    "policies.policy_card": lambda n: [(n.policy,), (n.policy, n.plan)],
    "replacing.adopted_places": lambda n: [(n.plan, Wanted("every")), (n.plan, Wanted(" "))],
    "replacing.places": lambda n: [(n.plan, Wanted("read")), (n.plan, Wanted(" ")), (n.plan, Wanted("it", whole=True))],
    "reporting.meetings_about": lambda n: [(n.goal,), (n.other_goal,)],
    "search.find": lambda n: [
        (SearchIndex(), "read"),
        (SearchIndex(), "coach"),
        (SearchIndex(), "board", None, 2),
        (SearchIndex(), "visits", n.plan),
        (SearchIndex(), "library", n.plan, 4),
        (SearchIndex(), "5145"),
    ],
    "statements.statements_of_plan": lambda n: [(n.plan,)],
}


def test_a_draft_knows_what_it_was_copied_from(grown: tuple[Filled, Names]) -> None:
    filled, names = grown
    (draft,) = (one for one in filled.ids("plan") if one != names.plan)
    lines = [
        line
        for asked in ("plans.origins", "plans.plan_outline", "goals.goals_of_plan")
        for line in filled.told(asked, draft)
    ]
    golden.hold(GOLDEN / "grown.txt", "the draft", lines)


def test_a_meeting_to_come_is_told_in_full(grown: tuple[Filled, Names]) -> None:
    filled, _names = grown
    coming = filled.ids("meeting")[-1]
    lines = filled.told("meetings.meeting_card", coming) + filled.told("meetings.posting_deadline", coming)
    lines += [line for one in filled.ids("agenda_item")[-2:] for line in filled.told("meetings.meeting_of_item", one)]
    files_of = filled.told("meetings.item_files", coming) + filled.told(
        "meetings.item_files", coming, frozenset(filled.ids("attachment"))
    )
    golden.hold(GOLDEN / "grown.txt", "a meeting to come", lines + files_of)


@pytest.mark.parametrize("question", OF_STEPS)
def test_a_question_answers_with_what_was_done(grown: tuple[Filled, Names], question: str) -> None:
    filled, names = grown
    lines = [line for asked in OF_STEPS[question](names) for line in filled.told(question, *asked)]
    golden.hold(GOLDEN / "grown.txt", question, [_NOW.sub("at=now", line) for line in lines])


@pytest.mark.parametrize("step", range(1, 90, 6))
def test_steps_are_told_cell_by_cell(grown: tuple[Filled, Names], step: int) -> None:
    filled, _names = grown
    lines = [line for n in range(step, step + 6) for line in filled.told("history.step_details", n)]
    golden.hold(GOLDEN / "steps.txt", f"from step {step:02}", lines)


PERIODS = [(None, None), (date(2026, 11, 5), None), (None, date(2026, 11, 4)), (date(2026, 11, 4), date(2026, 12, 9))]


@pytest.mark.parametrize("name", ["strategies", "decisions", "data-quality", "minutes", "time-use", "votes"])
def test_a_report_is_given_the_meetings_of_its_period(filled: Filled, name: str) -> None:
    plan = filled.aviary.ids["plan in force"]
    told = []
    for since, until in PERIODS:
        lines = filled.told("reporting.report_data", name, plan, TODAY, since=since, until=until)
        told.append(f"{since} to {until}")
        told += [line[:120] for line in lines if re.match(r"  (meetings:|  MeetingCard|  Monitor)", line)]
    golden.hold(GOLDEN / "periods.txt", name, told)
