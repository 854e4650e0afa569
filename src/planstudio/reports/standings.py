"""How anything stands, on paper: a mark and a word for every status, result and finding, old ones as old."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from planstudio.domain.kinds import Compliance, MotionResult, Status
from planstudio.domain.monitored import Cell
from planstudio.domain.progress import stale
from planstudio.domain.reviews import Due
from planstudio.domain.words import word
from planstudio.i18n import _, medium_date
from planstudio.reports import marks
from planstudio.reports.marks import Mark, Marked
from planstudio.reports.story import Story
from planstudio.reports.style import BAD, CALM, GOOD, QUIET, WARN
from planstudio.reports.tagged.box import Box
from planstudio.reports.wording import age, said, status_word

MARKS: dict[StrEnum, Mark] = {
    Compliance.COMPLIANT: Mark("disc", GOOD),
    Compliance.PARTIALLY: Mark("triangle", WARN),
    Compliance.NONCOMPLIANT: Mark("square", BAD),
    Compliance.NONE: Mark("ring", QUIET),
    MotionResult.PASSED: Mark("check", GOOD),
    MotionResult.FAILED: Mark("cross", BAD),
    MotionResult.TABLED: Mark("pause", QUIET),
    MotionResult.WITHDRAWN: Mark("dash", QUIET),
    MotionResult.NO_SECOND: Mark("dash", QUIET),
    MotionResult.OPEN: Mark("ring", QUIET),
    Cell.DONE: Mark("check", GOOD),
    Cell.NOW: Mark("disc", CALM),
    Cell.PLANNED: Mark("ring", QUIET),
    Cell.MISSED: Mark("square", BAD),
    Due.OVERDUE: Mark("square", BAD),
    Due.SOON: Mark("triangle", WARN),
    Due.LATER: Mark("ring", QUIET),
    Due.UNKNOWN: Mark("dash", QUIET),
}
MET: dict[bool | None, Mark] = {True: Mark("check", GOOD), False: Mark("cross", BAD), None: Mark("dash", QUIET)}


def marked(story: Story, standing: StrEnum, words: str = "", *, plain: bool = False) -> Marked:
    """A result, an evaluation or a due day with its mark."""
    return story.status(MARKS[standing], words or said(standing), plain=plain)


def status_mark(status: Status, on: date | None, today: date) -> Mark:
    return marks.OUTDATED if stale(status, on, today) else marks.STATUS[status]


def status(story: Story, judged: Status, on: date | None, today: date, *, plain: bool = False) -> Marked:
    """A judged status with its mark; an old one is not shown as if it were fresh."""
    return story.status(status_mark(judged, on, today), status_word(judged, on, today), plain=plain)


def status_cell(story: Story, judged: Status, on: date | None, today: date) -> list[Box]:
    """As status(), with what an outdated one used to be below it."""
    boxes: list[Box] = [status(story, judged, on, today)]
    if stale(judged, on, today):
        boxes.append(story.cell(_("was: {status}").format(status=word(judged).lower()), story.styles.cell_quiet))
    return boxes


def update_cell(story: Story, on: date | None, today: date) -> list[Box]:
    """The day of the last update and its age."""
    if on is None:
        return [story.cell(_("never"))]
    return [story.cell(medium_date(on)), story.cell(age(on, today), story.styles.cell_quiet)]
