"""The printed page's tokens: type scale, colors, grid, spacing. No layout here, and no words.

A sans says where you are, a serif is what you came for; two weights; italic
only for titles, lead-ins and asides. Nothing is smaller than 8.5 points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportlab.lib.colors import Color, HexColor

from taggedpdf.paragraph import TextStyle
from taggedpdf.table import TableStyle

# contrast on white behind each
INK = HexColor("#1c1b1a")  # text; 17.2
QUIET = HexColor("#57534e")  # labels, heads and feet; 7.6
ACCENT = HexColor("#1d4b3f")  # the one color; 9.9
GOOD = HexColor("#1c6b3c")  # 6.5
WARN = HexColor("#8a5200")  # 6.4
BAD = HexColor("#a12a22")  # 7.3
CALM = HexColor("#2b4d7e")  # 8.5
MUTED = HexColor("#857e75")  # strokes of a lesser meaning; 4.0
RULE = HexColor("#a8a29a")  # hairlines, never the bearer of a meaning
TINT = HexColor("#eeebe4")  # the ground of a bar
WHITE = HexColor("#ffffff")

S1, S2, S3, S4, S5 = 4, 8, 16, 24, 40  # all space is a multiple of 4
HAIR, THIN, FIRM = 0.4, 0.75, 1.5

PAPERS = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}

TABLE = TableStyle(hair=HAIR, thin=THIN, rule=RULE, ink=INK)


@dataclass(frozen=True)
class Grid:
    """Twelve columns: three for labels, nine for reading, about 70 letters a line on both papers."""

    width: float
    height: float
    margin: float = 54
    top: float = 76
    bottom: float = 72
    gutter: float = 12

    @property
    def text(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    def span(self, columns: int) -> float:
        return (self.text - 11 * self.gutter) / 12 * columns + self.gutter * (columns - 1)

    @property
    def side(self) -> float:
        """Where the reading column begins, from the margin."""
        return self.span(3) + self.gutter

    @property
    def column(self) -> float:
        """The height of the text on a page."""
        return self.height - self.top - self.bottom

    @property
    def main(self) -> float:
        """The width of the reading column."""
        return self.span(9)


def _text(font: str, size: float, leading: float, color: Color = INK, *, after: float = 0) -> TextStyle:
    return TextStyle(font, size, leading, color, after=after)


class Styles:
    """The type scale: 8.5, 9.5, 11, 13, 17, 21, 25, 44, set for a grid."""

    def __init__(self, grid: Grid) -> None:
        side = grid.side
        self.display = replace(_text("Serif", 44, 48, ACCENT, after=S4), right=grid.span(2), balanced=True)
        self.title = replace(_text("Serif", 25, 30, after=S3), balanced=True, keep=True)
        self.long_title = replace(_text("Serif", 17, 24, after=S3), keep=True)
        self.statement = _text("Serif", 17, 24, after=S3)
        self.big = replace(_text("Serif", 21, 30, after=S3), left=side, balanced=True)
        self.big_lead = replace(_text("Serif-I", 21, 30, ACCENT, after=S4), left=side, keep=True)
        self.roomy = replace(_text("Serif", 17, 24, after=S3), left=side)
        self.lead = _text("Serif", 13, 20, after=S2)
        self.lead_main = replace(self.lead, left=side)
        self.lead_in = replace(_text("Serif-I", 13, 20, ACCENT, after=S2), left=side, keep=True)
        self.main = replace(_text("Serif", 11, 16, after=S2), left=side)
        self.body = _text("Serif", 11, 16, after=S2)
        self.h2 = replace(_text("Sans-B", 13, 16, after=S2), before=S3, keep=True)
        self.chart_title = replace(_text("Sans-B", 11, 14, after=S1), before=S3, keep=True)
        self.h3 = replace(_text("Sans-B", 11, 16), before=S2, left=side, keep=True)
        self.section = replace(_text("Sans-B", 11, 13, ACCENT), keep=True)
        self.side = _text("Sans-B", 9.5, 12, ACCENT)
        self.kicker = replace(_text("Sans-B", 9.5, 12, ACCENT, after=S1), keep=True)
        self.note = _text("Sans", 9.5, 13, QUIET, after=S2)
        self.note_main = replace(self.note, left=side)
        self.cell = _text("Sans", 9.5, 12)
        self.cell_bold = _text("Sans-B", 9.5, 12)
        self.cell_quiet = _text("Sans", 8.5, 11, QUIET)
        self.head = _text("Sans-B", 8.5, 11, QUIET)
        self.number, self.number_bold, self.head_number = (
            replace(one, flush_right=True) for one in (self.cell, self.cell_bold, self.head)
        )
        self.big_number = replace(_text("Sans-B", 13, 20, ACCENT), flush_right=True)
        self.contents = _text("Serif", 11, 18)
        self.contents_page = replace(_text("Sans-B", 9.5, 18, ACCENT), flush_right=True)
