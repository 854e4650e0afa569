"""How anything stands, on paper: a mark and a word for every status, result and finding, old ones as old."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.kinds import Compliance, MotionResult, Worded
from planstudio.domain.monitored import Cell, Met
from planstudio.domain.progress import stale
from planstudio.domain.reviews import Due
from planstudio.domain.words import word
from planstudio.i18n import _, medium_date
from planstudio.reports import marks
from planstudio.reports.marks import Mark, Marked
from planstudio.reports.style import BAD, CALM, GOOD, QUIET, S2, WARN
from planstudio.reports.wording import age, said, status_word
from planstudio.reports.writer import Writer
from taggedpdf.box import Box
from taggedpdf.paragraph import TextStyle
from taggedpdf.tags import Tag

MARKS: dict[Worded, Mark] = {
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
    Met.MET: Mark("check", GOOD),
    Met.NOT_YET: Mark("ring", WARN),
    Met.NOT_MET: Mark("square", BAD),
    Met.UNKNOWN: Mark("dash", QUIET),
    Met.UNCLEAR: Mark("question", WARN),
    Due.OVERDUE: Mark("square", BAD),
    Due.SOON: Mark("triangle", WARN),
    Due.LATER: Mark("ring", QUIET),
    Due.UNKNOWN: Mark("dash", QUIET),
}


Judged = GoalCard | StrategyCard


def line(writer: Writer, mark: Mark, words: str, *, left: float = 0, after: float = S2) -> None:
    """A standing on a line of its own."""
    look = replace(writer.styles.cell_bold, color=mark.color, left=left, after=after)
    writer.boxes.append(writer.status(mark, words, look, writer.sect.add("P")))


def marked(writer: Writer, stands: Worded, words: str = "") -> Marked:
    """A result, an evaluation or a due day with its mark."""
    return writer.status(MARKS[stands], words or said(stands))


def status(writer: Writer, card: Judged, today: date, look: TextStyle | None = None, tag: Tag | None = None) -> Marked:
    """A judged status with its mark; an old one is not shown as if it were fresh."""
    mark = marks.OUTDATED if stale(card, today) else marks.STATUS[card.status]
    return writer.status(mark, status_word(card, today), look, tag)


def status_cell(writer: Writer, card: Judged, today: date) -> list[Box]:
    """As status(), with what an outdated one used to be below it."""
    boxes: list[Box] = [status(writer, card, today)]
    if stale(card, today):
        boxes.append(writer.cell(_("was: {status}").format(status=word(card.status).lower()), writer.styles.cell_quiet))
    return boxes


def update_cell(writer: Writer, on: date | None, today: date) -> list[Box]:
    """The day of the last update and its age."""
    if on is None:
        return [writer.cell(_("never"))]
    return [writer.cell(medium_date(on)), writer.cell(age(on, today), writer.styles.cell_quiet)]
