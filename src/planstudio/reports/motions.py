"""A motion of the board in a cell of a table."""

from __future__ import annotations

from planstudio.domain.board_actions import Decision
from planstudio.i18n import _
from planstudio.reports import prose
from planstudio.reports.writer import Writer
from taggedpdf.box import Box


def motion_cell(writer: Writer, one: Decision, *, numbered: bool = True) -> list[Box]:
    """A motion with the item it belongs to."""
    motion = prose.cell_runs(writer, one.motion.text, writer.styles.cell) or [writer.cell(_("Motion without words"))]
    words = f"{one.item.number}  {one.item.title}".strip() if numbered else one.item.title
    return [*motion, *([writer.cell(words, writer.styles.cell_quiet)] if words else [])]
