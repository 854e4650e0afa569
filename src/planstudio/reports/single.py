"""Reports without a cover: the sections of each, and the press they go through.

A report that has several headings gets a bookmark for each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planstudio.domain.agenda import MeetingCard
from planstudio.domain.board_time import day_of
from planstudio.domain.cards import GoalCard
from planstudio.domain.kinds import Access, MinutesState
from planstudio.domain.monitored import entry_for
from planstudio.domain.reporting import ReportData
from planstudio.i18n import _, long_date
from planstudio.memory import steady_memory
from planstudio.reports import goals, measures, policies
from planstudio.reports.brief import goal_brief
from planstudio.reports.calendar import calendar
from planstudio.reports.lcap import lcap
from planstudio.reports.minutes import minutes
from planstudio.reports.monitoring import monitoring_report
from planstudio.reports.one_page import one_page
from planstudio.reports.outline import outline
from planstudio.reports.press import Press
from planstudio.reports.printed import Printed
from planstudio.reports.quality import data_quality
from planstudio.reports.redline import plan_changes, policy_changes
from planstudio.reports.review import review_list
from planstudio.reports.story import Story
from planstudio.reports.strategies import strategy_list
from planstudio.reports.style import S3
from planstudio.reports.tagged.binder import Bookmark
from planstudio.reports.tagged.box import Beside, Box
from planstudio.reports.tagged.pages import Anchor
from planstudio.reports.tagged.paragraph import Paragraph
from planstudio.reports.time_use import time_use
from planstudio.reports.votes import decisions_by_goal, vote_record

Write = Callable[[Story, ReportData], None]

_WHOLE: dict[str, Write] = {
    "scorecard": lambda story, data: measures.scorecard(story, data.book),
    "one-page": lambda story, data: one_page(story, data.book),
    "outline": lambda story, data: outline(story, data.book),
    "calendar": lambda story, data: calendar(story, data.book, data.monitoring),
    "strategies": strategy_list,
    "lcap": lambda story, data: lcap(story, data.book),
    "policy-review": lambda story, data: review_list(story, data.book),
    "time-use": time_use,
    "decisions": decisions_by_goal,
    "data-quality": lambda story, data: data_quality(story, data.book, data.meetings),
}
_WIDE = frozenset(("one-page", "calendar", "strategies", "lcap", "policy-review"))


def printed(
    name: str,
    title: str,
    data: ReportData,
    audience: Access,
    *,
    paper: str,
    progress: Callable[[float, str], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Printed:
    """Lay out and bind the report called *name*."""
    book = goals.labelled(data.book)
    data = replace(data, book=book, before=goals.labelled(data.before) if data.before else None)
    when = _moment(name, data)
    press = Press(
        title, book.organization.name, data.today, subject=book.plan.title or title,
        foot=title if when in title else f"{title} · {when}", paper=paper, progress=progress, cancelled=cancelled,
        steps=max(len(_goals(data)) if name in ("goal-brief", "monitoring") else 1, 1),
    )  # fmt: skip
    report = _Single(press, title, data, audience)
    with steady_memory():
        report.write(name)
        return press.finish(outline=report.outline if len(report.outline) > 1 else ())


def _moment(name: str, data: ReportData) -> str:
    """What the foot says of when: the meeting's day, or the day for which the report is true."""
    meeting = data.meeting
    day = day_of(meeting) if meeting else None
    if name not in ("minutes", "votes") or meeting is None or day is None:
        return data.book.as_of or long_date(data.today)
    said = f"{meeting.name}, {long_date(day)}"
    draft = name == "minutes" and meeting.minutes_state is not MinutesState.APPROVED
    return _("{moment} · Draft").format(moment=said) if draft else said


class _Single:
    """A report in the making, and the bookmarks it has so far."""

    def __init__(self, press: Press, title: str, data: ReportData, audience: Access) -> None:
        self.press, self.title, self.data, self.audience = press, title, data, audience
        self.outline: list[Bookmark] = []

    def write(self, name: str) -> None:
        data = self.data
        if name in _WHOLE:
            self._section(self.title, name, lambda story: _WHOLE[name](story, data), wide=name in _WIDE)
        elif name in ("goal-brief", "monitoring"):
            self._by_goal(name)
        elif name in ("minutes", "votes"):
            self._of_meeting(name, data.meeting)
        elif name == "redline":
            self._redline()
        else:
            self._policy()

    def _section(self, name: str, key: str, write: Callable[[Story], None], *, wide: bool = False) -> None:
        self.outline.append(Bookmark(0, self.press.setter.name(name), key))
        with self.press.section("", name, key, wide=wide) as story:
            write(story)
            self.outline += bookmarked(story, key)

    def _missing(self, words: str) -> None:
        def write(story: Story) -> None:
            story.title(self.title)
            story.quiet(words)

        self._section(self.title, "nothing", write)

    def _by_goal(self, name: str) -> None:
        data = self.data
        chosen = _goals(data)
        if not chosen:
            self._missing(_("This plan has no goals yet."))
        for goal in chosen:
            self._section(goals.name(goal), goal.id, self._goal_writer(name, goal))

    def _goal_writer(self, name: str, goal: GoalCard) -> Callable[[Story], None]:
        data = self.data
        if name == "goal-brief":
            return lambda story: goal_brief(story, goal, data.book, data.meetings, data.monitoring)
        on = day_of(data.meeting) if data.meeting else None
        row = entry_for(data.monitoring, goal.id, on or data.today)
        return lambda story: monitoring_report(story, goal, row, data.book, on)

    def _of_meeting(self, name: str, meeting: MeetingCard | None) -> None:
        district = self.data.book.organization
        if meeting is None:
            self._missing(_("No meeting was chosen."))
        elif name == "votes":
            self._section(self.title, name, lambda story: vote_record(story, meeting, district))
        else:
            self._section(self.title, name, lambda story: minutes(story, meeting, district, self.audience))

    def _redline(self) -> None:
        data = self.data
        before, card = data.before, data.policy
        if before is None:
            self._missing(_("No earlier moment was chosen to compare with."))
        elif data.policy_id is None:
            words = {"since": data.before_words, "until": data.after_words}
            self._section(
                self.title,
                "changes",
                lambda story: plan_changes(story, before, data.book, origins=data.origins, **words),
            )
        elif card is None:
            self._missing(_("This policy is not in the plan any more."))
        else:
            old = next((policy for policy in before.policies if policy.id == card.id), None)
            since, copy = data.before_words, card.id if old else ""
            self._section(self.title, "changes", lambda story: policy_changes(story, old, card, since=since, copy=copy))
            if old:
                self._section(policies.name(card), card.id, lambda story: policies.policy(story, card, data.book))

    def _policy(self) -> None:
        card, book = self.data.policy, self.data.book
        if card is None:
            self._missing(_("This policy is not in the plan any more."))
        else:
            self._section(policies.name(card), card.id, lambda story: policies.policy(story, card, book))


def _goals(data: ReportData) -> list[GoalCard]:
    """The goal that was chosen, or all."""
    return [data.goal] if data.goal else [] if data.goal_id else list(data.book.goals)


def bookmarked(story: Story, key: str) -> list[Bookmark]:
    """A bookmark for each heading of the second level that is written in *story*, and its end put before it."""
    marks: list[Bookmark] = []
    boxes: list[Box] = []
    for box in story.boxes:
        words = _heading(box)
        if words:
            place = f"{key} {len(marks) + 1}"
            marks.append(Bookmark(1, story.setter.name(words), place))
            boxes.append(Anchor(place, S3))
        boxes.append(box)
    story.boxes = boxes
    return marks


def _heading(box: Box) -> str:
    """The words of a heading of the second level; "" for anything else."""
    if isinstance(box, Beside):
        box = box.label
    if isinstance(box, Paragraph) and box.tag is not None and box.tag.name == "H2":
        return "".join(text for _look, text in box.runs)
    return ""
