"""The bar in a table of measures: a ring for the baseline, a bar to now, a stroke for the target."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect

from planstudio.reports import style
from planstudio.reports.palette import PAPER, Palette


def bar(baseline: float, now: float, target: float, width: float, palette: Palette = PAPER) -> Drawing:
    """From the baseline to now, scaled to its own row; rightward is better, whichever way the numbers run."""
    height = 12.0
    sheet = Drawing(width, height, initialFontName=palette.regular)
    values = (baseline, now, target)
    edge = (max(values) - min(values)) * 0.12 or 1
    low, high, flip = min(values) - edge, max(values) + edge, target < baseline

    def x(value: float) -> float:
        return 1 + (width - 2) * ((high - value) if flip else (value - low)) / (high - low)

    middle, start, end = height / 2, x(baseline), x(now)
    color = palette.accent if end >= start else style.BAD
    shapes: Iterable[Any] = (
        Rect(1, middle - 4, width - 2, 8, fillColor=palette.tint, strokeColor=None),
        Rect(min(start, end), middle - 2, max(abs(end - start), 1.2), 4, fillColor=color, strokeColor=None),
        Circle(start, middle, 2.3, fillColor=palette.ground, strokeColor=palette.ink, strokeWidth=0.9),
        Line(x(target), middle - 6, x(target), middle + 6, strokeColor=palette.ink, strokeWidth=1.6),
    )
    for shape in shapes:
        sheet.add(shape)
    return sheet
