"""Where things stand on a chart: times and values in points, and words so that they do not touch."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from planstudio.reports.figures import Series

LEFT, BOTTOM, TOP = 18.0, 24.0, 18.0
_FUTURE = 0.35  # the most that the way to the target takes, where points stand by date

_Place = tuple[float, float, float, float]  # left, bottom, right, top


class Scale:
    """Points of a drawing that is *right* points wide up to its last time, for a series and the ends of its band."""

    def __init__(self, shown: Series, band: tuple[float, float] | None, right: float, height: float) -> None:
        self.series, self.right, self.height = shown, right, height
        aims = [point for point in (shown.target, shown.forecast, *shown.interim) if point is not None]
        values = [*(point.value for point in (*shown.points, *aims)), *(band or ())]
        low, high = min(values, default=0.0), max(values, default=1.0)
        self.low, self.high = (low, high) if high > low else (low - 1, high + 1)

    def x(self, at: float) -> float:
        """Where a time stands. A far target is drawn near when points stand by date: it has no scale to keep."""
        shown, width = self.series, self.right - LEFT
        span = shown.end - shown.start
        last = shown.points[-1].at if shown.points else shown.end
        future = (shown.end - last) / span if span else 0.0
        if not shown.yearly and future > _FUTURE and last > shown.start:
            if at > last:
                return LEFT + width * (1 - _FUTURE * (shown.end - at) / (shown.end - last))
            return LEFT + width * (1 - _FUTURE) * (at - shown.start) / (last - shown.start)
        return LEFT + width * ((at - shown.start) / span if span else 0.0)

    def y(self, value: float) -> float:
        bottom, top = BOTTOM + 16, self.height - TOP
        return bottom + (top - bottom) * (value - self.low) / (self.high - self.low)


@dataclass
class Labels:
    """Where words stand, so that they touch neither each other nor the line."""

    occupied: list[_Place] = field(default_factory=list)
    line: list[tuple[float, float]] = field(default_factory=list)

    def faults(self, box: _Place) -> int:
        """How badly words would stand in *box*: touching words is worse than touching the line."""
        x0, y0, x1, y1 = box
        words = sum(x0 < b and a < x1 and y0 < d and c < y1 for a, c, b, d in self.occupied)
        return 100 * words + sum(_meets(box, start, end) for start, end in pairwise(self.line))


def _meets(box: _Place, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a stretch of line runs through *box*."""
    x0, y0, x1, y1 = box
    (ax, ay), (bx, by) = sorted((start, end))
    if bx < x0 or ax > x1:
        return False
    slope = (by - ay) / (bx - ax) if bx > ax else 0.0
    left, right = ay + slope * (max(ax, x0) - ax), ay + slope * (min(bx, x1) - ax)
    low, high = (min(left, right), max(left, right)) if bx > ax else (min(ay, by), max(ay, by))
    return low < y1 and high > y0
