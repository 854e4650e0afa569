"""The map of a packet: a stroke a page, tall where a part's entry begins, dark where a goal stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportlab.graphics.shapes import Drawing, Line, String
from reportlab.pdfbase.pdfmetrics import stringWidth

from planstudio.i18n import _
from planstudio.reports.style import ACCENT, HAIR, INK, MUTED, QUIET, RULE

_MOST = 400  # strokes; in longer packets each stands for several pages
_BASE, _ABOVE, _SIZE = 30.0, 4.0, 8.5


class Part(NamedTuple):
    """A part of the packet, with its first and last page."""

    name: str
    first: int
    last: int
    dark: bool


def packet_map(parts: Sequence[Part], starts: set[int], total: int, width: float, height: float) -> Drawing:
    """One stroke a page over the names of the parts."""
    sheet = Drawing(width, height, initialFontName="Sans")
    each = -(-total // _MOST)
    step, tall = width / -(-total // each), height - _BASE - _ABOVE
    dark = {page for part in parts if part.dark for page in range(part.first, part.last + 1)}
    named = {page for part in parts for page in range(part.first, part.last + 1)}
    for number, page in enumerate(range(1, total + 1, each)):
        pages = range(page, page + each)
        start = any(p in starts for p in pages)
        share = 1 if start else 0.46 if page in dark else 0.3 if page in named else 0.22
        x = (number + 0.5) * step
        weight = min(step * (0.62 if start else 0.4), 3.6)
        color = ACCENT if page in dark else MUTED
        sheet.add(Line(x, _BASE, x, _BASE + tall * share, strokeColor=color, strokeWidth=weight))
    _name(sheet, parts, step / each, width)
    return sheet


def _name(sheet: Drawing, parts: Sequence[Part], step: float, width: float) -> None:
    free = 0.0  # where the last name ends
    for part in parts:
        x = (part.first - 1) * step
        room = max((part.last - part.first + 1) * step, width - x if part is parts[-1] else 0) - 8
        sheet.add(Line(x + 0.4, _BASE - 4, x + 0.4, 4, strokeColor=RULE, strokeWidth=HAIR))
        wide = stringWidth(part.name, "Sans-B", _SIZE)
        if wide > room or x < free:
            continue
        pages = f"{part.first}–{part.last}" if part.last > part.first else str(part.first)
        sheet.add(String(x + 4, 15, part.name, fontName="Sans-B", fontSize=_SIZE, fillColor=INK))
        sheet.add(String(x + 4, 4, pages, fontName="Sans", fontSize=_SIZE, fillColor=QUIET))
        free = x + 4 + wide


def map_text(parts: Sequence[Part]) -> str:
    """The map in words."""
    told = "; ".join(
        _("{name}, pages {first} to {last}").format(name=part.name, first=part.first, last=part.last)
        if part.last > part.first
        else _("{name}, page {page}").format(name=part.name, page=part.first)
        for part in parts
    )
    return _("Map of the pages, one stroke a page, dark where the goals stand. {parts}.").format(parts=told)
