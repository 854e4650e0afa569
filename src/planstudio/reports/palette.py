"""The colors and faces of charts: those of paper, and a window's own."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import Color

from planstudio.reports import style


@dataclass(frozen=True)
class Palette:
    """The colors and faces of a chart."""

    ink: Color = style.INK
    quiet: Color = style.QUIET
    accent: Color = style.ACCENT
    ground: Color = style.WHITE
    tint: Color = style.TINT
    rule: Color = style.RULE
    met: Color = style.GOOD
    better: Color = style.CALM
    worse: Color = style.WARN
    regular: str = "Sans"
    bold: str = "Sans-B"


PAPER = Palette()
