"""Charts that are labelled on themselves: one code for paper and screen.

The trend: one line, each value on its point, the baseline an open ring, the
target a stroke with a dotted path to it. No axis, grid or legend. Where points
stand too close for every value, the first, the last and the extremes are
named and the rest as far as they do not touch.

The bar: a ring for the baseline, a bar to now, a stroke for the target,
always rightward for better; scaled to its own row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from planstudio.domain.cards import MeasureCard
from planstudio.domain.kinds import Direction
from planstudio.i18n import _, amount
from planstudio.reports import fonts, style
from planstudio.reports.figures import Point, Series, series

_LEFT, _RIGHT, _BOTTOM, _TOP = 18.0, 92.0, 24.0, 18.0
_VALUE, _SMALL = 9.5, 8.5


@dataclass(frozen=True)
class Palette:
    """The colors and faces of a chart."""

    ink: Color = style.INK
    quiet: Color = style.QUIET
    accent: Color = style.ACCENT
    ground: Color = style.WHITE
    tint: Color = style.TINT
    rule: Color = style.RULE
    regular: str = "Sans"
    bold: str = "Sans-B"


PAPER = Palette()


def trend(measure: MeasureCard, width: float, height: float, palette: Palette = PAPER) -> Drawing:
    """The line of a measure's figures for everyone, from its baseline to its target."""
    fonts.register()
    return _Trend(measure, width, height, palette).drawing()


def trend_svg(
    measure: MeasureCard, *, ink: str, quiet: str, accent: str, ground: str, width: float, height: float,
    font: str = "",
) -> str:  # fmt: skip
    """The same chart as SVG, in a window's own colors and font family."""
    colors = {"ink": HexColor(ink), "quiet": HexColor(quiet), "accent": HexColor(accent), "ground": HexColor(ground)}
    faint = _between(colors["quiet"], colors["ground"], 0.5)
    palette = Palette(**colors, tint=_between(colors["quiet"], colors["ground"], 0.85), rule=faint)
    svg: str = renderSVG.drawToString(trend(measure, width, height, palette))
    for name, look in (("Sans-B", "font-weight: bold; "), ("Sans", "")):
        svg = svg.replace(f"font-family: {name};", f"{look}font-family: {font or 'sans-serif'};")
    return svg


def _between(color: Color, ground: Color, share: float) -> Color:
    mixed = [a + (b - a) * share for a, b in zip(color.rgb(), ground.rgb(), strict=True)]
    return Color(*mixed)


@dataclass
class _Labels:
    """Where words stand, so that no two touch."""

    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def free(self, box: tuple[float, float, float, float]) -> bool:
        x0, y0, x1, y1 = box
        return not any(x0 < b and a < x1 and y0 < d and c < y1 for a, c, b, d in self.taken)


class _Trend:
    """Draws one trend. Sizes are points; (0, 0) is the lower left corner."""

    def __init__(self, measure: MeasureCard, width: float, height: float, palette: Palette) -> None:
        self.measure, self.palette = measure, palette
        self.width, self.height = width, height
        self.series: Series = series(measure)
        self.sheet = Drawing(width, height, initialFontName=palette.regular)
        self.labels = _Labels()
        self.low, self.high = self._range()
        self.right = max(width - (_RIGHT if self.series.target or self._band else _LEFT), _LEFT + 20)

    @property
    def _band(self) -> tuple[float, float] | None:
        m = self.measure
        if m.direction is Direction.BAND and m.band_low is not None and m.band_high is not None:
            return m.band_low, m.band_high
        return None

    def _range(self) -> tuple[float, float]:
        values = [p.value for p in self.series.points] + ([self.series.target.value] if self.series.target else [])
        values += self._band or ()
        low, high = min(values, default=0.0), max(values, default=1.0)
        return (low, high) if high > low else (low - 1, high + 1)

    def x(self, at: float) -> float:
        span = self.series.end - self.series.start
        share = (at - self.series.start) / span if span else 0.0
        return _LEFT + (self.right - _LEFT) * share

    def y(self, value: float) -> float:
        bottom, top = _BOTTOM + 16, self.height - _TOP
        return bottom + (top - bottom) * (value - self.low) / (self.high - self.low)

    def drawing(self) -> Drawing:
        points, palette = self.series.points, self.palette
        self._ground()
        places = [(self.x(p.at), self.y(p.value)) for p in points]
        if self.series.target:
            self._target(self.series.target, places[-1] if places else None)
        if len(places) > 1:
            flat = [n for place in places for n in place]
            self.sheet.add(PolyLine(flat, strokeColor=palette.accent, strokeWidth=1.8))
        crowded = len(places) > 1 and (self.right - _LEFT) / len(places) < 9
        for number, place in enumerate(places):
            self._dot(
                place, ring=number == 0 and self.series.from_baseline, last=number == len(places) - 1, small=crowded
            )
        self._values(places)
        self._times()
        if not points:
            self._put(_LEFT, self.height / 2, _("No figures yet"), palette.quiet)
        return self.sheet

    def _ground(self) -> None:
        if self._band:
            low, high = (self.y(value) for value in self._band)
            self.sheet.add(
                Rect(_LEFT - 8, low, self.right - _LEFT + 16, high - low, fillColor=self.palette.tint, strokeColor=None)
            )
            words = _("Band {low} to {high}").format(
                low=amount(self._band[0], self.measure.unit), high=amount(self._band[1], self.measure.unit)
            )
            self._put(self.right + 12, (low + high) / 2 - 3, words, self.palette.quiet, size=_SMALL)
        line = _BOTTOM - 6
        self.sheet.add(Line(0, line, self.right + 8, line, strokeColor=self.palette.rule, strokeWidth=style.HAIR))

    def _target(self, target: Point, start: tuple[float, float] | None) -> None:
        x, y, palette = self.x(target.at), self.y(target.value), self.palette
        if start:
            path = Line(*start, x, y, strokeColor=palette.quiet, strokeWidth=style.THIN, strokeDashArray=[2, 3])
            self.sheet.add(path)
        self.sheet.add(Line(x - 5, y, x + 5, y, strokeColor=palette.ink, strokeWidth=1.8))
        words = _("Target {value}").format(value=amount(target.value, self.measure.unit))
        self._put(x + 10, y - 3.4, words, palette.ink, font=palette.bold, reserve=True)
        if target.name:
            self._put(x + 10, y - 15, _("by {when}").format(when=target.name), palette.quiet, size=_SMALL, reserve=True)

    def _dot(self, place: tuple[float, float], *, ring: bool, last: bool, small: bool) -> None:
        palette = self.palette
        radius = 3.4 if last or ring else 1.4 if small else 2.4
        fill = palette.ground if ring else palette.accent
        self.sheet.add(Circle(*place, radius, fillColor=fill, strokeColor=palette.accent, strokeWidth=1.4))

    def _values(self, places: list[tuple[float, float]]) -> None:
        """Name the values: the ends first, then the extremes, then whatever finds room."""
        points = self.series.points
        if not points:
            return
        last = len(points) - 1
        order = sorted(range(len(points)), key=lambda n: (points[n].value, n))
        for n in dict.fromkeys([last, 0, order[0], order[-1], *range(len(points))]):
            ends = n in (0, last)
            font = self.palette.bold if ends else self.palette.regular
            words = amount(points[n].value, self.measure.unit)
            x, y = places[n]
            self._beside(x, y, words, font, must=ends)
        if self.series.from_baseline:
            x, y = places[0]
            self._put(max(x - _LEFT, 0), y - 16, _("Baseline"), self.palette.quiet, size=_SMALL, reserve=True)

    def _beside(self, x: float, y: float, words: str, font: str, *, must: bool) -> None:
        half = stringWidth(words, font, _VALUE) / 2
        x = min(max(x, half), self.width - half)
        spots = [(x, y + 8), (x, y - 15)]
        boxes = [(px - half - 3, py - 2, px + half + 3, py + _VALUE) for px, py in spots]
        choice = next((n for n, box in enumerate(boxes) if self.labels.free(box)), 0 if must else None)
        if choice is None:
            return
        self.labels.taken.append(boxes[choice])
        self._put(*spots[choice], words, self.palette.ink, font=font, anchor="middle")

    def _times(self) -> None:
        """Name the places in time, as many as do not touch; the last figure's and the target's first."""
        names: dict[float, str] = {p.at: p.name for p in self.series.points if p.name}
        target = self.series.target
        if target and target.name:
            names.setdefault(target.at, target.name)
        if self.series.yearly and names:
            for year in range(int(min(names)), int(max(names)) + 1):
                names.setdefault(float(year), str(year))
        seen = _Labels()
        known = [p.at for p in self.series.points]
        first = known[-1:] + known[:1] + ([target.at] if target else [])
        for at in dict.fromkeys([*first, *known, *names]):
            words = names.get(at)
            if not words:
                continue
            half = stringWidth(words, self.palette.regular, _SMALL) / 2
            x = min(max(self.x(at), half), self.width - half)
            if seen.free((x - half - 4, 0, x + half + 4, 1)):
                seen.taken.append((x - half - 4, 0, x + half + 4, 1))
                self._put(x, 4, words, self.palette.quiet, size=_SMALL, anchor="middle")

    def _put(
        self, x: float, y: float, words: str, color: Color, *, font: str = "", size: float = _VALUE,
        anchor: str = "start", reserve: bool = False,
    ) -> None:  # fmt: skip
        font = font or self.palette.regular
        words = fonts.drawable(words, font)
        if reserve:
            self.labels.taken.append((x, y - 2, x + stringWidth(words, font, size), y + size))
        self.sheet.add(String(x, y, words, fontName=font, fontSize=size, fillColor=color, textAnchor=anchor))


def bar(baseline: float, now: float, target: float, width: float, palette: Palette = PAPER) -> Drawing:
    """From the baseline to now, the target a stroke; rightward is better, whichever way the numbers run."""
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
