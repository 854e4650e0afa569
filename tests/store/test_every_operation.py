"""Every verb of the program can be taken back and done again, exactly."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from factories import EVENING, LONG_TEXT, NOON, TODAY, Names, a_leak, add, add_goal, dump, reopen
from planstudio import operations
from planstudio.domain.differences import questions
from planstudio.domain.kinds import (
    Access,
    Choice,
    ClearedAs,
    Compliance,
    Enclosed,
    ItemState,
    MeetingKind,
    MotionResult,
    PersonRole,
    PolicyState,
    Presence,
    Relation,
    StatementKind,
    Status,
)
from planstudio.domain.progress import ProgressDraft
from planstudio.domain.recognised import (
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedPolicy,
    RecognisedSeries,
    RecognisedStatement,
)
from planstudio.domain.replacing import Wanted
from planstudio.queries.clearances import clearances_of
from planstudio.queries.conflicts import open_differences
from planstudio.queries.export import whole_file
from planstudio.queries.replacing import places
from planstudio.workspace import Workspace

Call = Callable[[Workspace, Names], tuple[Any, ...]]
EMPTY = sha256(b"%PDF-1.7").hexdigest()  # what the packet of one_of_everything holds
PRINTED = {"printed_at": EVENING, "pages": 12}
DRAFT = ProgressDraft(date(2026, 11, 20), Status.AT_RISK, 55, "Twelve classrooms", "Twelve more")
DOCUMENT = Recognised(
    organization="Alder Bend",
    statements=(RecognisedStatement(StatementKind.VISION, "Vision", items=(RecognisedItem("Every child", "One"),)),),
    goals=(
        RecognisedGoal("Goal 3", "Belong", strategies=(RecognisedItem("Meet"),), measures=(RecognisedItem("Days"),)),
    ),
    series=(RecognisedSeries("1000", "Community"),),
    policy_index=(RecognisedPolicy("1326", "Visitors"), RecognisedPolicy("5145", "Student support")),
    policies=(RecognisedPolicy("1327", "Gifts", body=LONG_TEXT, adopted="2021-06", legal_refs=("§ 1",)),),
)


def _json(names: Names) -> dict[str, Any]:
    return {
        "format": "planstudio",
        "version": 1,
        "people": [{"name": "Bo"}],
        "plans": [{"id": names.plan, "goals": [{"id": names.goal, "title": "Changed"}, {"title": "Added"}]}],
    }


# Each verb with what it is called with, in a plan that has one of everything.
CALLS: dict[str, Call] = {
    "agendas.add_standard_meeting": lambda _w, _n: (MeetingKind.REGULAR, EVENING),
    "bulk.add_lines": lambda _w, n: ("strategy", n.goal, "1. Listen\n- Read aloud"),
    "bulk.edit_all": lambda _w, n: ("strategy", [n.strategy, n.other_strategy], {"owner": "Kim Ortiz"}),
    "bulk.delete_all": lambda _w, n: ("strategy", [n.strategy, n.other_strategy]),
    "bulk.move_rows": lambda _w, n: ("goal", [n.other_goal], 0),
    "bulk.move_strategies": lambda _w, n: ([n.other_strategy, n.strategy], 0, n.other_goal),
    "clearances.clear_leaks": lambda _w, n: (
        n.meeting,
        (a_leak(),),
        ClearedAs.NAME,
        {"reason": "Another.", "author": "Bo", "at": EVENING},
    ),
    "clearances.take_back_clearance": lambda w, n: (w.ask(clearances_of, n.meeting)[0].id,),
    "comments.add_comment": lambda _w, n: ("strategy", n.strategy, "Who?", {"author": "Bo", "at": EVENING}),
    "comments.resolve_comment": lambda _w, n: (n.comment, {"author": "Ann", "at": EVENING}),
    "comments.reopen_comment": lambda w, n: (_resolved(w, n),),
    "comments.delete_comment": lambda _w, n: (n.comment,),
    "drafts.draft_from": lambda _w, n: (n.plan, "Plan 2030"),
    "files.attach_file": lambda _w, n: ("strategy", n.strategy, "../minutes.pdf", b"%PDF"),
    "files.detach_file": lambda _w, n: (n.file,),
    "files.edit_attachment": lambda _w, n: (n.file, {"alternative_text": "Scores of two schools"}),
    "goals.add_goal": lambda _w, n: (n.plan, {"after": n.goal, "title": "Between"}),
    "goals.edit_goal": lambda _w, n: (n.goal, {"title": "Other", "deadline": TODAY, "owner_id": None}),
    "goals.delete_goal": lambda _w, n: (n.goal,),
    "goals.move_goal": lambda _w, n: (n.goal, 1),
    "goals.add_strategy": lambda _w, n: (n.goal, {"text": LONG_TEXT}),
    "goals.edit_strategy": lambda _w, n: (n.strategy, {"text": LONG_TEXT.upper(), "due": None}),
    "goals.delete_strategy": lambda _w, n: (n.strategy,),
    "goals.move_strategy": lambda _w, n: (n.strategy, 0, n.other_goal),
    "goals.add_milestone": lambda _w, n: (n.strategy, {"text": "Report", "due": TODAY}),
    "goals.edit_milestone": lambda _w, n: (n.milestone, {"done_on": TODAY}),
    "goals.delete_milestone": lambda _w, n: (n.milestone,),
    "importing.take_in": lambda _w, n: (n.plan, DOCUMENT, "plan.txt"),
    "loading.load": lambda _w, n: (_json(n),),
    "measures.add_measure": lambda _w, n: ({"strategy_id": n.strategy, "name": "Visits"},),
    "measures.edit_measure": lambda _w, n: (n.measure, {"target": 82.5, "band_low": None}),
    "measures.delete_measure": lambda _w, n: (n.measure,),
    "measures.move_measure": lambda w, n: (_second_measure(w, n), 0),
    "measures.record_observation": lambda _w, n: (n.measure, date(2026, 5, 31), 67.0, {"note": "Corrected"}),
    "measures.delete_observation": lambda _w, n: (n.measure, date(2026, 5, 31), "EL"),
    "measures.record_counts": lambda _w, n: (n.measure, [(date(2026, 5, 31), "EL", 9)]),
    "measures.record_block": lambda _w, n: (
        n.measure,
        [(date(2027, 5, 31), "", 70.0), (date(2027, 5, 31), "EL", 61.5)],
    ),
    "measures.move_period": lambda _w, n: (n.measure, date(2026, 5, 31), date(2026, 6, 30)),
    "measures.delete_block": lambda _w, n: (n.measure, [(date(2026, 5, 31), ""), (date(2026, 5, 31), "EL")]),
    "files.move_file": lambda w, n: (_second_file(w, n), 0),
    "meetings.add_meeting": lambda _w, n: ({"like": n.meeting, "start": EVENING},),
    "meetings.add_template": lambda _w, n: (n.meeting, "Regular meeting"),
    "meetings.edit_meeting": lambda _w, n: (n.meeting, {"place": "Elm Room", "adjourned": "9:05 pm"}),
    "meetings.delete_meeting": lambda _w, n: (n.meeting,),
    "meetings.post_meeting": lambda _w, n: (n.meeting, EVENING),
    "meetings.hold_meeting": lambda _w, n: (n.meeting, "2026-12-09T18:30:00+00:00"),
    "meetings.reopen_meeting": lambda w, n: (_posted(w, n),),
    "meetings.add_section": lambda _w, n: (n.meeting, {"after": n.section, "title": "Action"}),
    "meetings.edit_section": lambda _w, n: (n.section, {"title": "Consent agenda"}),
    "meetings.delete_section": lambda _w, n: (n.section,),
    "meetings.move_section": lambda w, n: (_second_section(w, n), 0),
    "meetings.add_item": lambda _w, n: (n.section, {"title": "Bills", "minutes": 1}),
    "meetings.edit_item": lambda _w, n: (n.agenda_item, {"background": LONG_TEXT, "began": "18:40"}),
    "meetings.delete_item": lambda _w, n: (n.agenda_item,),
    "meetings.move_item": lambda w, n: (n.agenda_item, 0, _second_section(w, n)),
    "meetings.send_item": lambda w, n: (_undecided(w, n), ItemState.RETURNED, "No amount"),
    "meetings.pull_item": lambda _w, n: (n.agenda_item, True),
    "meetings.support": lambda _w, n: (n.agenda_item, "policy", n.policy),
    "meetings.withdraw_support": lambda _w, n: (n.agenda_link,),
    "meetings.enclose": lambda _w, n: (n.agenda_item, Enclosed.ONE_PAGE, n.plan),
    "meetings.remove_enclosure": lambda _w, n: (n.enclosure,),
    "meetings.record_attendance": lambda _w, n: (n.meeting, n.person, Presence.REMOTE),
    "meetings.add_motion": lambda _w, n: (
        n.agenda_item,
        "To table",
        {"seconder": "Kim Ortiz", "add_as": PersonRole.STAFF},
    ),
    "meetings.edit_motion": lambda _w, n: (
        n.motion,
        {"seconder": "Kim Ortiz", "add_as": PersonRole.BOARD_MEMBER, "result": MotionResult.TABLED},
    ),
    "meetings.delete_motion": lambda _w, n: (n.motion,),
    "meetings.record_votes": lambda _w, n: (n.motion, {n.person: Choice.NO}, {}),
    "meetings.record_packet": lambda _w, n: (n.meeting, EMPTY, {"revision": 1, "audience": Access.CLOSED, **PRINTED}),
    "minutes.approve_minutes": lambda w, n: (_held(w, n), date(2026, 12, 9)),
    "minutes.reopen_minutes": lambda w, n: (_approved(w, n),),
    "minutes.add_amendment": lambda w, n: (_approved(w, n), date(2026, 12, 16), "Item **1A** was tabled."),
    "minutes.delete_amendment": lambda w, n: (_amended(w, n),),
    "monitoring.schedule": lambda _w, n: (n.plan, TODAY, {"subject": "Self-evaluation"}),
    "monitoring.draft_calendar": lambda _w, n: (n.plan, TODAY, 18),
    "monitoring.edit_monitoring": lambda _w, n: (n.monitoring, {"evaluation": Compliance.PARTIALLY}),
    "monitoring.rename_subject": lambda w, n: (n.plan, _own_subject(w, n), "Superintendent’s evaluation"),
    "monitoring.delete_monitoring": lambda _w, n: (n.monitoring,),
    "room.begin_item": lambda _w, n: (n.agenda_item, "18:40"),
    "room.end_item": lambda _w, n: (n.agenda_item, "6:52 pm"),
    "room.call_everyone_present": lambda _w, n: (n.meeting, [n.person]),
    "moments.name_moment": lambda _w, _n: ("Presented", NOON),
    "moments.delete_moment": lambda _w, n: (n.moment,),
    "past.restore_element": lambda w, n: (_as_it_was(w, n), "goal", n.goal),
    "people.person_named": lambda _w, _n: ("Kim Ortiz",),
    "people.add_person": lambda _w, _n: ("Kim Ortiz", {"title": "Clerk"}),
    "people.edit_person": lambda _w, n: (n.person, {"name": "Jordan Leigh"}),
    "people.delete_person": lambda w, n: (_somebody(w, n),),
    "people.set_owner": lambda _w, n: ("policy", n.policy, "Kim Ortiz"),
    "plans.create_plan": lambda _w, _n: ("", "Another plan"),
    "plans.edit_organization": lambda _w, n: (n.organization, {"motto": "Onward"}),
    "plans.learn_word": lambda _w, n: ("Tamaqwet",),
    "plans.edit_plan": lambda _w, n: (n.plan, {"slogan": "Onward", "adopted_on": TODAY}),
    "plans.delete_plan": lambda _w, n: (n.plan,),
    "policies.add_series": lambda _w, _n: ("1000", "Community"),
    "policies.edit_series": lambda _w, n: (n.series, {"title": "Pupils"}),
    "policies.delete_series": lambda _w, n: (n.series,),
    "policies.add_policy": lambda _w, n: ("5146", "Absence", {"series_id": n.series, "body": LONG_TEXT}),
    "policies.edit_policy": lambda _w, n: (n.policy, {"code": "5145.1", "state": PolicyState.ADOPTED}),
    "policies.edit_policy_text": lambda _w, n: (n.policy, {"body": LONG_TEXT + "More.", "adopted": TODAY}),
    "policies.begin_version": lambda _w, n: (n.policy,),
    "policies.delete_policy": lambda _w, n: (n.policy,),
    "policies.attach_policy": lambda _w, n: (n.policy, "measure", n.measure, Relation.REPORTS, "In May"),
    "policies.edit_link": lambda _w, n: (n.link, {"note": "Section 3"}),
    "policies.detach_policy": lambda _w, n: (n.link,),
    "replacing.replace_words": lambda w, n: (w.ask(places, n.plan, Wanted("a")), Wanted("a"), "o"),
    "progress.record_progress": lambda _w, n: (DRAFT, {"author": "Ann", "today": TODAY, "goal_id": n.goal}),
    "progress.delete_update": lambda _w, n: (n.update,),
    "statements.add_statement": lambda _w, n: (n.plan, StatementKind.EQUITY, "Equity", {"body": "**All.**"}),
    "statements.edit_statement": lambda _w, n: (n.statement, {"lead": "We hold:"}),
    "statements.delete_statement": lambda _w, n: (n.statement,),
    "statements.move_statement": lambda w, n: (_second_statement(w, n), 0),
    "statements.add_item": lambda _w, n: (n.statement, {"after": n.item, "text": "Between"}),
    "statements.edit_item": lambda _w, n: (n.item, {"evidence": "Survey"}),
    "statements.delete_item": lambda _w, n: (n.item,),
    "statements.move_item": lambda _w, n: (n.item, 1),
}
APART = {
    "settling.settle_differences": "needs two copies: below, and by Workspace.settle alone",
    "minutes.go_on_with_minutes": "a part of meetings.edit_meeting",
    "people.known_person": "asks and changes nothing",
    "files.store": "keeps bytes, which are never undone: a packet or an attachment refers to them",
}


ASKED_BY_VERBS = {"ballots", "consent", "likeness", "record", "rows", "standing"}  # what verbs ask or share, no verbs


def _undecided(workspace: Workspace, names: Names) -> str:
    section = _second_section(workspace, names)
    return add(workspace, "agenda_item", VERBS["meetings.add_item"], section, title="Boiler")


def _held(workspace: Workspace, names: Names) -> str:
    workspace.do("Hold", VERBS["meetings.hold_meeting"], names.meeting, "2026-12-09T20:30:00+00:00")
    return names.meeting


def _approved(workspace: Workspace, names: Names) -> str:
    workspace.do("Approve", VERBS["minutes.approve_minutes"], _held(workspace, names), date(2026, 12, 9))
    return names.meeting


def _amended(workspace: Workspace, names: Names) -> str:
    meeting = _approved(workspace, names)
    made = add(workspace, "amendment", VERBS["minutes.add_amendment"], meeting, date(2026, 12, 16), "Tabled")
    workspace.do("Back", VERBS["minutes.reopen_minutes"], meeting)
    return made


def _second_file(workspace: Workspace, names: Names) -> str:
    return add(workspace, "attachment", VERBS["files.attach_file"], "goal", names.goal, "second.csv", b"a")


def _as_it_was(workspace: Workspace, names: Names) -> dict[str, Any]:
    whole = workspace.ask(whole_file)
    workspace.do("Delete", VERBS["goals.delete_goal"], names.goal)
    return whole


def _resolved(workspace: Workspace, names: Names) -> str:
    workspace.do("Resolve", VERBS["comments.resolve_comment"], names.comment, author="Ann", at=EVENING)
    return names.comment


def _second_section(workspace: Workspace, names: Names) -> str:
    return add(workspace, "agenda_section", VERBS["meetings.add_section"], names.meeting, title="Action")


def _own_subject(workspace: Workspace, names: Names) -> str:
    workspace.do("Schedule", VERBS["monitoring.schedule"], names.plan, TODAY, subject="Self-evaluation")
    return "Self-evaluation"


def _posted(workspace: Workspace, names: Names) -> str:
    workspace.do("Hold", VERBS["meetings.hold_meeting"], names.meeting, "2026-12-09T18:30:00+00:00")
    return names.meeting


def _somebody(workspace: Workspace, names: Names) -> str:
    """A person who owns a goal, moved a motion and was there, and has not voted."""
    other = add(workspace, "person", VERBS["people.add_person"], "Kim Ortiz")
    workspace.do("Own", VERBS["goals.edit_goal"], names.goal, owner_id=other)
    workspace.do("Move", VERBS["meetings.edit_motion"], names.motion, mover="Kim Ortiz", add_as=PersonRole.STAFF)
    workspace.do("Here", VERBS["meetings.record_attendance"], names.meeting, other, Presence.PRESENT)
    return other


def _second_measure(workspace: Workspace, names: Names) -> str:
    from factories import add_measure

    return add_measure(workspace, names.goal, "Attendance")


def _second_statement(workspace: Workspace, _names: Names) -> str:
    from factories import add_statement

    return add_statement(workspace, "Vision")


def verbs() -> dict[str, Callable[..., Any]]:
    """Every function of the operations that takes a session first, by its module and name."""
    found = {}
    for module in pkgutil.iter_modules(operations.__path__):
        own = import_module(f"{operations.__name__}.{module.name}")
        for name, function in inspect.getmembers(own, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if module.name in ASKED_BY_VERBS:
                continue
            if first == "session" and not name.startswith(("_", "x_")) and function.__module__ == own.__name__:
                found[f"{module.name}.{name}"] = function
    return found


VERBS = verbs()


def test_the_table_of_calls_knows_every_verb() -> None:
    assert VERBS.keys() == CALLS.keys() | APART.keys()


@pytest.mark.parametrize("verb", CALLS)
def test_a_verb_is_undone_and_redone_exactly(full: tuple[Workspace, Names], verb: str) -> None:
    workspace, names = full
    arguments = list(CALLS[verb](workspace, names))
    values = arguments.pop() if isinstance(arguments[-1], dict) and verb != "loading.load" else {}
    before = dump(workspace)
    change = workspace.do(verb, VERBS[verb], *arguments, **values)
    after = dump(workspace)
    assert change.touched, "the verb did nothing, so its undo was not tried"
    assert before != after
    for _twice in range(2):
        workspace.undo()
        assert dump(workspace) == before
        workspace.redo()
        assert dump(workspace) == after


def test_taking_the_other_copys_words_is_undone_and_redone(workspace: Workspace, place: Path, data: Path) -> None:
    goal = add_goal(workspace, "Read")
    workspace.publish()
    other = reopen(place, data / "laptop", device="laptop", author="Bo")
    other.do("Rename", VERBS["goals.edit_goal"], goal, title="Theirs")
    other.publish()
    other.close()
    workspace.do("Rename", VERBS["goals.edit_goal"], goal, title="Ours")
    workspace.publish()
    (question,) = questions(workspace.ask(open_differences, workspace.device))
    before = dump(workspace)
    workspace.settle([question.take(voice) for voice in question.voices if not voice.mine])
    after = dump(workspace)
    assert after["goal"][goal]["title"] == "Theirs"
    assert workspace.ask(open_differences) == ()
    workspace.undo()
    assert dump(workspace) == before
    workspace.redo()
    assert dump(workspace) == after
