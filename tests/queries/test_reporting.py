"""What is asked for a report: what it needs, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

import factories
from factories import Names
from planstudio.domain.clock import Clock
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.reporting import SOURCES, ReportData
from planstudio.operations import goals, meetings
from planstudio.queries.plans import plan_book
from planstudio.queries.reporting import report_data
from planstudio.reports.listing import print_report, table_of
from planstudio.workspace import Workspace

TODAY = date(2026, 12, 20)  # after the meeting that factories makes


def asked(known: tuple[Workspace, Names], name: str, today: date = TODAY, **chosen: object) -> ReportData:
    workspace, names = known
    return workspace.ask(report_data, name, names.plan, today, **chosen)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", SOURCES)
def test_every_report_is_made_of_what_is_asked_for_it(name: str, known: tuple[Workspace, Names]) -> None:
    names = known[1]
    data = asked(known, name, meeting_id=names.meeting, goal_id=names.goal, policy_id=names.policy)
    data = replace(data, before=data.book, before_words="yesterday")
    assert print_report(name, data).pages > 0
    table = table_of(name, data)
    assert table is None or table.columns


def test_only_reports_on_meetings_ask_for_them(known: tuple[Workspace, Names]) -> None:
    names = known[1]
    assert asked(known, "scorecard").meetings == ()
    assert asked(known, "scorecard").monitoring == ()
    assert names.meeting in [meeting.id for meeting in asked(known, "decisions").meetings]
    assert [row.id for row in asked(known, "calendar").monitoring] == [names.monitoring]
    one = asked(known, "time-use", meeting_id=names.meeting)
    assert one.meeting is not None
    assert one.meetings == ()


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        (date(2026, 12, 9), date(2026, 12, 9), 1),
        (date(2026, 12, 10), None, 0),
        (None, date(2026, 12, 8), 0),
        (date(2026, 10, 1), date(2026, 12, 31), 1),
    ],
)
def test_a_period_has_both_its_days(
    since: date | None, until: date | None, count: int, known: tuple[Workspace, Names]
) -> None:
    meetings = asked(known, "time-use", since=since, until=until).meetings
    assert len([one for one in meetings if one.id == known[1].meeting]) == count


def test_meetings_to_come_used_no_time_yet_but_may_ask_something(known: tuple[Workspace, Names]) -> None:
    before = factories.TODAY
    used, asking = (asked(known, name, before).meetings for name in ("time-use", "goal-brief"))
    assert known[1].meeting not in [one.id for one in used]
    assert known[1].meeting in [one.id for one in asking]


def test_templates_and_meetings_without_a_date_are_not_told(workspace: Workspace, plan: str) -> None:
    workspace.do("Add", meetings.add_meeting)
    held = factories.add(workspace, "meeting", meetings.add_meeting, start=datetime(2026, 9, 9, 18))
    workspace.do("Template", meetings.add_template, held, "Regular meeting")
    data = workspace.ask(report_data, "decisions", plan, TODAY)
    assert [meeting.id for meeting in data.meetings] == [held]


def test_an_unknown_report_is_refused(known: tuple[Workspace, Names]) -> None:
    with pytest.raises(InvalidInput, match="no such report"):
        asked(known, "horoscope")


def test_what_was_deleted_is_told_in_a_sentence(known: tuple[Workspace, Names]) -> None:
    with pytest.raises(NotFound, match="The goal has been deleted"):
        asked(known, "goal-brief", goal_id="gone")
    with pytest.raises(NotFound, match="The policy has been deleted"):
        asked(known, "policy", policy_id="gone")
    with pytest.raises(NotFound, match="The meeting has been deleted"):
        asked(known, "minutes", meeting_id="gone")


def test_a_redline_compares_with_the_plan_as_it_stood(workspace: Workspace, plan: str) -> None:
    goal = factories.add_goal(workspace, "Every child reads")
    moment = workspace.clock.now()
    workspace.clock = Clock(lambda: datetime(2026, 11, 22, 10).astimezone())
    workspace.do("Rename", goals.edit_goal, goal, title="Every child writes")
    before = workspace.ask_as_of(moment, plan_book, plan, TODAY)
    data = replace(workspace.ask(report_data, "redline", plan, TODAY), before=before)
    table = table_of("redline", data)
    assert table is not None
    assert [row[-2:] for row in table.rows] == [("Every child reads", "Every child writes")]
