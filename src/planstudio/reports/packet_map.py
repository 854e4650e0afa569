"""The map of a packet: a stroke a page, tall where a part's entry begins, dark where a goal stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from reportlab.graphics.shapes import Drawing, Line, Polygon, String
from reportlab.pdfbase.pdfmetrics import stringWidth

from planstudio.i18n import _
from planstudio.reports.style import ACCENT, HAIR, INK, MUTED, QUIET, RULE, THIN

_MOST = 400  # strokes; in longer packets each stands for several pages
_BASE, _TIER = 30.0, 25.0  # the height of the names, and of those that stand lower
_ABOVE, _FLAG, _GAP, _SIZE = 4.0, 12.0, 4.0, 8.5


class Part(NamedTuple):
    """A part of the packet, with its first and last page."""

    name: str
    first: int
    last: int
    dark: bool


def pages_a_stroke(total: int) -> int:
    """How many pages each stroke stands for."""
    return -(-total // _MOST)


def packet_map(
    parts: Sequence[Part], starts: set[int], total: int, width: float, height: float, flagged: Collection[int] = ()
) -> Drawing:
    """One stroke a page over the names of the parts; a flag over the pages that a revision changed."""
    sheet = Drawing(width, height, initialFontName="Sans")
    each = pages_a_stroke(total)
    step = width / -(-total // each)
    titles = _named(parts, step / each, width)
    base = _BASE + _TIER * max((tier for _part, _x, tier in titles), default=0)
    tall = height - base - (_FLAG if flagged else _ABOVE)
    dark = {page for part in parts if part.dark for page in range(part.first, part.last + 1)}
    named = {page for part in parts for page in range(part.first, part.last + 1)}
    for number, page in enumerate(range(1, total + 1, each)):
        pages = range(page, page + each)
        start = any(p in starts for p in pages)
        share = 1 if start else 0.46 if page in dark else 0.3 if page in named else 0.22
        x = (number + 0.5) * step
        weight = min(step * (0.62 if start else 0.4), 3.6)
        color = ACCENT if page in dark else MUTED
        sheet.add(Line(x, base, x, base + tall * share, strokeColor=color, strokeWidth=weight))
        if any(p in flagged for p in pages):
            top = base + tall + 3
            sheet.add(Polygon([x, top, x + 4.5, top + 3, x, top + 6], fillColor=INK, strokeColor=None))
            sheet.add(Line(x, base + tall, x, top + 6, strokeColor=INK, strokeWidth=THIN))
    _name(sheet, titles, base)
    return sheet


def _named(parts: Sequence[Part], step: float, width: float) -> list[tuple[Part, float, int]]:
    """The parts whose names have room, each with its place and its tier.

    From right to left: a name that would reach the line of the next stands
    one tier lower, so that no line crosses a name.
    """
    placed: list[tuple[Part, float, int]] = []
    ends = [width, width]  # where a tier's room ends
    for part in reversed(parts):
        x = (part.first - 1) * step
        end = x + _GAP + stringWidth(part.name, "Sans-B", _SIZE)
        tier = next((tier for tier, limit in enumerate(ends) if end <= limit), None)
        if tier is not None:
            placed.append((part, x, tier))
            ends[: tier + 1] = [x - _GAP] * (tier + 1)
    return placed[::-1]


def _name(sheet: Drawing, named: Sequence[tuple[Part, float, int]], base: float) -> None:
    for part, x, tier in named:
        low = base - _BASE - tier * _TIER + 4
        sheet.add(Line(x + 0.4, base - 4, x + 0.4, low, strokeColor=RULE, strokeWidth=HAIR))
        pages = f"{part.first}–{part.last}" if part.last > part.first else str(part.first)
        sheet.add(String(x + _GAP, low + 11, part.name, fontName="Sans-B", fontSize=_SIZE, fillColor=INK))
        sheet.add(String(x + _GAP, low, pages, fontName="Sans", fontSize=_SIZE, fillColor=QUIET))


def map_text(parts: Sequence[Part], dark: str = "") -> str:
    """The map in words; *dark* says what is dark in it."""
    dark = dark or _("dark where the goals stand")
    one, many = _("{name}, page {page}"), _("{name}, pages {first} to {last}")
    spans = ((many if part.last > part.first else one, part) for part in parts)
    told = "; ".join(words.format(name=p.name, page=p.first, first=p.first, last=p.last) for words, p in spans)
    return _("Map of the pages, one stroke a page, {dark}. {parts}.").format(dark=dark, parts=told)
