"""Reports without a cover: the sections of each, and the document they go into.

A report that has several headings gets a bookmark for each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Unpack

from planstudio.domain.agenda import MeetingCard
from planstudio.domain.board_time import day_of
from planstudio.domain.cards import GoalCard, PolicyCard
from planstudio.domain.kinds import Access, MinutesState
from planstudio.domain.monitored import entry_for
from planstudio.domain.reporting import ReportData, Table
from planstudio.i18n import _, long_date
from planstudio.memory import steady_memory
from planstudio.reports import lcap, monitoring, policies, quality, review, strategies, tables, time_use, votes
from planstudio.reports.brief import goal_brief
from planstudio.reports.calendar import calendar
from planstudio.reports.document import ReportDocument
from planstudio.reports.goal_names import goal_label, labelled
from planstudio.reports.measures import scorecard
from planstudio.reports.minutes import minutes
from planstudio.reports.one_page import one_page
from planstudio.reports.outline import outline
from planstudio.reports.plan_redline import plan_changes
from planstudio.reports.policy_redline import policy_changes
from planstudio.reports.printed import Printed, Way
from planstudio.reports.style import S3
from planstudio.reports.writer import Writer
from taggedpdf.box import Box, SideLabel
from taggedpdf.navigation import Bookmark
from taggedpdf.pages import Anchor
from taggedpdf.paragraph import Paragraph

Write = Callable[[Writer, ReportData], None]

_WHOLE: dict[str, Write] = {
    "scorecard": lambda writer, data: scorecard(writer, data.book),
    "one-page": lambda writer, data: one_page(writer, data.book),
    "outline": lambda writer, data: outline(writer, data.book),
    "calendar": lambda writer, data: calendar(writer, data.book, data.monitoring),
    "strategies": strategies.strategy_list,
    "lcap": lambda writer, data: lcap.lcap(writer, data.book),
    "policy-review": lambda writer, data: review.review_list(writer, data.book),
    "time-use": time_use.time_use,
    "decisions": votes.decisions_by_goal,
    "data-quality": lambda writer, data: quality.data_quality(writer, data.book, data.meetings),
}
SHEETS: dict[str, Callable[[ReportData], Table]] = {
    "scorecard": tables.scorecard,
    "outline": tables.outline,
    "monitoring": monitoring.sheet,
    "calendar": tables.calendar,
    "strategies": strategies.sheet,
    "lcap": lcap.sheet,
    "policy-review": review.sheet,
    "redline": tables.redline,
    "votes": votes.vote_sheet,
    "time-use": time_use.sheet,
    "decisions": votes.decision_sheet,
    "data-quality": quality.sheet,
}
_WIDE = frozenset(("one-page", "calendar", "strategies", "lcap", "policy-review"))


def printed(name: str, title: str, data: ReportData, audience: Access, **way: Unpack[Way]) -> Printed:
    """Lay out and bind the report called *name*."""
    book = labelled(data.book)
    data = replace(data, book=book, before=labelled(data.before) if data.before else None)
    when = _moment(name, data)
    document = ReportDocument(
        title, book.organization.name, data.today, subject=book.plan.title or title,
        foot=title if when in title else f"{title} · {when}",
        steps=len(_goals(data)) or 1 if name in ("goal-brief", "monitoring") else 1, **way,
    )  # fmt: skip
    report = _Single(document, title, data, audience)
    with steady_memory():
        report.write(name)
        return document.finish(outline=report.outline if len(report.outline) > 1 else ())


def _moment(name: str, data: ReportData) -> str:
    """What the foot says of when: the meeting's day, or the day for which the report is true."""
    meeting, day = data.meeting, day_of(data.meeting) if data.meeting else None
    if name not in ("minutes", "votes") or meeting is None or day is None:
        return data.book.as_of or long_date(data.today)
    said = f"{meeting.name}, {long_date(day)}"
    draft = name == "minutes" and meeting.minutes_state is not MinutesState.APPROVED
    return _("{moment} · Draft").format(moment=said) if draft else said


class _Single:
    """A report in the making, and the bookmarks it has so far."""

    def __init__(self, document: ReportDocument, title: str, data: ReportData, audience: Access) -> None:
        self.document, self.title, self.data, self.audience = document, title, data, audience
        self.outline: list[Bookmark] = []

    def write(self, name: str) -> None:
        if name in _WHOLE:
            self._section(self.title, name, lambda writer: _WHOLE[name](writer, self.data), wide=name in _WIDE)
        elif name in ("goal-brief", "monitoring"):
            self._by_goal(name)
        elif name in ("minutes", "votes"):
            self._of_meeting(name, self.data.meeting)
        elif name == "redline":
            self._redline()
        else:
            self._policy(self.data.policy)

    def _section(self, name: str, key: str, write: Callable[[Writer], None], *, wide: bool = False) -> None:
        self.outline.append(Bookmark(0, self.document.setter.name(name), key))
        with self.document.section("", name, key, wide=wide) as writer:
            write(writer)
            self.outline += bookmarked(writer, key)

    def _missing(self, words: str) -> None:
        def write(writer: Writer) -> None:
            writer.title(self.title)
            writer.quiet(words)

        self._section(self.title, "nothing", write)

    def _by_goal(self, name: str) -> None:
        data, chosen = self.data, _goals(self.data)
        on = day_of(data.meeting) if data.meeting else None

        def write(writer: Writer, goal: GoalCard) -> None:
            if name == "goal-brief":
                goal_brief(writer, goal, data.book, data.meetings, data.monitoring)
            else:
                row = entry_for(data.monitoring, goal.id, on or data.today)
                monitoring.monitoring_report(writer, goal, row, data.book, on)

        if not chosen:
            self._missing(_("This plan has no goals yet."))
        for goal in chosen:
            self._section(goal_label(goal), goal.id, partial(write, goal=goal))

    def _of_meeting(self, name: str, meeting: MeetingCard | None) -> None:
        district = self.data.book.organization
        if meeting is None:
            self._missing(_("No meeting was chosen."))
        elif name == "votes":
            self._section(self.title, name, lambda writer: votes.vote_record(writer, meeting, district))
        else:
            self._section(self.title, name, lambda writer: minutes(writer, meeting, district, self.audience))

    def _redline(self) -> None:
        data = self.data
        before, card = data.before, data.policy
        if before is None:
            self._missing(_("No earlier moment was chosen to compare with."))
        elif data.policy_id is None:
            write = partial(plan_changes, before=before, after=data.book, origins=data.origins)
            self._section(self.title, "changes", partial(write, since=data.before_words, until=data.after_words))
        elif card is None:
            self._policy(None)
        else:
            old = next((policy for policy in before.policies if policy.id == card.id), None)
            copy = card.id if old else ""
            write = partial(policy_changes, before=old, card=card, since=data.before_words, copy=copy)
            self._section(self.title, "changes", write)
            if old:
                self._policy(card)

    def _policy(self, card: PolicyCard | None) -> None:
        if card is None:
            self._missing(_("This policy is not in the plan any more."))
        else:
            self._section(policies.name(card), card.id, partial(policies.policy, card=card, book=self.data.book))


def _goals(data: ReportData) -> list[GoalCard]:
    """The goal that was chosen, or all."""
    return [data.goal] if data.goal else [] if data.goal_id else list(data.book.goals)


def bookmarked(writer: Writer, key: str) -> list[Bookmark]:
    """A bookmark for each heading of the second level that is written with *writer*, and its end put before it."""
    marks: list[Bookmark] = []
    boxes: list[Box] = []
    for box in writer.boxes:
        if words := _heading(box):
            place = f"{key} {len(marks) + 1}"
            marks.append(Bookmark(1, writer.setter.name(words), place))
            boxes.append(Anchor(place, S3))
        boxes.append(box)
    writer.boxes = boxes
    return marks


def _heading(box: Box) -> str:
    """The words of a heading of the second level; "" for anything else."""
    if isinstance(box, SideLabel):
        box = box.label
    if isinstance(box, Paragraph) and box.tag is not None and box.tag.name == "H2":
        return "".join(text for _look, text in box.runs)
    return ""
