"""What a report is given, what it needs, and the table it is for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from planstudio.domain.agenda import MeetingCard, MeetingRow, MonitoringRow, for_audience
from planstudio.domain.cards import GoalCard, PlanBook, PolicyCard
from planstudio.domain.cut import cut
from planstudio.domain.kinds import Access
from planstudio.domain.outline import OutlineRow


class Need(StrEnum):
    """What must be chosen before a report can be made; the plan always is."""

    MEETING = "meeting"
    GOAL = "goal"
    POLICY = "policy"
    PERIOD = "period"  # meetings from a day to another
    BEFORE = "before"  # an earlier moment to compare with


@dataclass(frozen=True)
class Source:
    """What a report needs, what it can be narrowed to, and what is asked of the file for it."""

    needs: tuple[Need, ...] = ()
    takes: tuple[Need, ...] = ()
    meetings: bool = False
    monitoring: bool = False


SOURCES: dict[str, Source] = {
    "scorecard": Source(),
    "one-page": Source(),
    "outline": Source(),
    "goal-brief": Source((Need.GOAL,), meetings=True, monitoring=True),
    "monitoring": Source((Need.GOAL,), (Need.MEETING,), monitoring=True),
    "calendar": Source(monitoring=True),
    "strategies": Source(),
    "lcap": Source(),
    "policy": Source((Need.POLICY,)),
    "policy-review": Source(),
    "redline": Source((Need.BEFORE,), (Need.POLICY,)),
    "minutes": Source((Need.MEETING,)),
    "votes": Source((Need.MEETING,)),
    "time-use": Source((), (Need.MEETING, Need.PERIOD), meetings=True),
    "decisions": Source((), (Need.PERIOD,), meetings=True),
    "data-quality": Source(meetings=True),
}


@dataclass(frozen=True)
class ReportSubjects:
    """What a report of a plan can be about."""

    meetings: tuple[MeetingRow, ...]
    goals: tuple[OutlineRow, ...]
    policies: tuple[PolicyCard, ...]


@dataclass(frozen=True)
class ReportData:
    """A snapshot with what the reader has chosen. `meetings` come oldest first."""

    book: PlanBook
    today: date
    meeting: MeetingCard | None = None
    meetings: tuple[MeetingCard, ...] = ()
    monitoring: tuple[MonitoringRow, ...] = ()
    goal_id: str | None = None
    policy_id: str | None = None
    since: date | None = None
    until: date | None = None
    before: PlanBook | None = None  # for redlines: the plan at the earlier moment
    before_words: str = ""  # the earlier moment, as people say it
    after_words: str = ""  # the later one; "" is now
    strategies: frozenset[str] | None = None  # of a list of strategies those that were filtered; None is all
    origins: Mapping[str, str] = field(default_factory=dict)  # what the plan's elements were copied from

    @property
    def goal(self) -> GoalCard | None:
        return next((goal for goal in self.book.goals if goal.id == self.goal_id), None)

    @property
    def policy(self) -> PolicyCard | None:
        return next((policy for policy in self.book.policies if policy.id == self.policy_id), None)

    @property
    def listed(self) -> PlanBook:
        """The plan with the strategies that are asked for."""
        if self.strategies is None:
            return self.book
        wanted = self.strategies
        goals = (
            replace(goal, strategies=tuple(one for one in goal.strategies if one.id in wanted))
            for goal in self.book.goals
        )
        return replace(self.book, goals=tuple(goals))

    def seen_by(self, audience: Access) -> ReportData:
        """The same without anything that *audience* may not see."""
        shown = replace(
            self,
            meeting=for_audience(self.meeting, audience) if self.meeting else None,
            meetings=tuple(for_audience(meeting, audience) for meeting in self.meetings),
        )
        return cut(shown, audience)


class ColumnKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    PERCENT = "percent"  # 0 to 100


@dataclass(frozen=True)
class Column:
    title: str
    kind: ColumnKind = ColumnKind.TEXT


Value = str | int | float | date | None


@dataclass(frozen=True)
class Table:
    """A report as rows and columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
