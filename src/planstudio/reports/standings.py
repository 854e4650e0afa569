"""How anything stands, on paper: a mark and a word for every status, result and finding, old ones as old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.kinds import Compliance, MotionResult
from planstudio.domain.monitored import Cell, Met
from planstudio.domain.progress import stale
from planstudio.domain.reviews import Due
from planstudio.domain.words import word
from planstudio.i18n import _, medium_date
from planstudio.reports import marks
from planstudio.reports.marks import Mark
from planstudio.reports.style import BAD, CALM, GOOD, QUIET, S2, WARN
from planstudio.reports.wording import age, said, status_word
from planstudio.reports.writer import Writer
from taggedpdf.box import Box
from taggedpdf.breaking import Run
from taggedpdf.paragraph import ListLabel, Paragraph, TextStyle
from taggedpdf.tags import Tag

if TYPE_CHECKING:
    from taggedpdf.canvas import TaggedCanvas

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


class Standing(Paragraph):
    """Words behind their mark. A paragraph, so that in a cell of several it is told in its place."""

    def __init__(
        self, mark: Mark, runs: Sequence[Run], style: TextStyle, tag: Tag | None = None, label: ListLabel | None = None
    ) -> None:
        super().__init__(runs, style, tag, label)
        self.mark: Mark | None = mark

    def _part(self, start: int, stop: int) -> Standing:
        part = Standing(self.mark or marks.OUTDATED, self.runs, self.style, self.tag)
        part.mark = self.mark if start == 0 else None
        part._lines, part._width = self._lines[start:stop], self._width
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.mark:
            style = self.style
            y = top - style.ascent + style.size * 0.33
            code = marks.mark_code(self.mark, x + style.left - marks.INDENT + 4.2, y, style.size * 0.38)
            canvas.put_text(f"/Artifact BMC {code} EMC")
        super().draw(canvas, x, top)


def standing(writer: Writer, mark: Mark, words: str, look: TextStyle | None = None, tag: Tag | None = None) -> Standing:
    """Words behind a mark: bold and in the mark's color, or as *look* has it."""
    look = look or replace(writer.styles.cell_bold, color=mark.color)
    look = replace(look, left=look.left + marks.INDENT)
    return Standing(mark, writer.setter.plain(words, look), look, tag)


def line(writer: Writer, mark: Mark, words: str, *, left: float = 0, after: float = S2) -> None:
    """A standing on a line of its own."""
    look = replace(writer.styles.cell_bold, color=mark.color, left=left, after=after)
    writer.boxes.append(standing(writer, mark, words, look, writer.sect.add("P")))


def marked(writer: Writer, stands: StrEnum, words: str = "") -> Standing:
    """A result, an evaluation or a due day with its mark."""
    return standing(writer, MARKS[stands], words or said(stands))


def status_mark(card: GoalCard | StrategyCard, today: date) -> Mark:
    return marks.OUTDATED if stale(card, today) else marks.STATUS[card.status]


def status(
    writer: Writer,
    card: GoalCard | StrategyCard,
    today: date,
    *,
    look: TextStyle | None = None,
    tag: Tag | None = None,
) -> Standing:
    """A judged status with its mark; an old one is not shown as if it were fresh."""
    return standing(writer, status_mark(card, today), status_word(card, today), look, tag)


def status_cell(writer: Writer, card: GoalCard | StrategyCard, today: date) -> list[Box]:
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
