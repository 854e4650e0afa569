"""Charts that are labelled on themselves: one code for paper and screen.

The trend: one line, each value on its point, the baseline an open ring, the
target a stroke with a dotted path to it. The newest figure has a shape and a color:
better is a triangle that points up, whichever way the numbers run, worse or no
better one that points down, met a disc in a ring, what cannot be judged an open square. A forecast is a hollow diamond
at the end of dashes, and says so. No axis, grid or legend. Where points
stand too close for every value, the first, the last and the extremes are
named and the rest as far as they do not touch.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain, pairwise
from xml.sax.saxutils import escape

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from planstudio.domain.cards import MeasureCard
from planstudio.domain.kinds import Direction, Verdict
from planstudio.i18n import _, amount
from planstudio.reports import fonts, style
from planstudio.reports.chart_space import BOTTOM, LEFT, Labels, Scale
from planstudio.reports.figures import Point, Series, series, trend_text
from planstudio.reports.palette import PAPER, Palette

_RIGHT = 92.0
_VALUE, _SMALL = 9.5, 8.5
_NAMED = 12  # values up to so many are all named, as far as there is room
_DOTTED = 7.0  # points closer than this are not dotted

# Qt draws a clip's shape as if it were a picture's: the whole chart, black.
_CLIP = re.compile(r'<clipPath.*?</clipPath>|style="clip-path: url\(#clip\)"|<desc>.*?</desc>', re.DOTALL)


def trend(measure: MeasureCard, width: float, height: float, palette: Palette = PAPER) -> Drawing:
    """The line of a measure's figures for everyone, from its baseline to its target."""
    for name in (palette.regular, palette.bold):
        fonts.face(name)  # two of the six: the window asks for charts long before anything is printed
    return _Trend(measure, width, height, palette).drawing()


def trend_svg(measure: MeasureCard, colors: Mapping[str, str], *, width: float, height: float, font: str = "") -> str:
    """The same chart as SVG in a window's own font and colors (ink, quiet, accent, ground, met, better, worse)."""
    inks = {name: HexColor(color) for name, color in colors.items()}
    faint = _between(inks["quiet"], inks["ground"], 0.5)
    palette = Palette(**inks, tint=_between(inks["quiet"], inks["ground"], 0.85), rule=faint)
    svg: str = renderSVG.drawToString(trend(measure, width, height, palette))
    svg = _CLIP.sub("", svg[svg.index("<svg") :]).replace("fill: None", "fill: none")
    svg = svg.replace("<title>...</title>", f"<title>{escape(trend_text(measure))}</title>")
    for color in (*inks.values(), palette.tint, palette.rule):
        percent = ",".join(f"{int(part * 100)}%" for part in color.rgb())
        svg = svg.replace(f"rgb({percent})", f"#{color.hexval()[2:]}")  # ReportLab rounds to percents
    for name, look in (("Sans-B", "font-weight: bold; "), ("Sans", "")):
        svg = svg.replace(f"font-family: {name};", f"{look}font-family: {font or 'sans-serif'};")
    return svg


def _between(color: Color, ground: Color, share: float) -> Color:
    return Color(*(a + (b - a) * share for a, b in zip(color.rgb(), ground.rgb(), strict=True)))


class _Trend:
    """Draws one trend. Sizes are points; (0, 0) is the lower left corner."""

    def __init__(self, measure: MeasureCard, width: float, height: float, palette: Palette) -> None:
        self.measure, self.palette = measure, palette
        self.width, self.height = width, height
        self.series: Series = series(measure)
        self.sheet = Drawing(width, height, initialFontName=palette.regular)
        self.labels = Labels()
        self.right = max(width - self._margin(), LEFT + 20)
        self.scale = Scale(self.series, self._band, self.right, height)

    @property
    def _band(self) -> tuple[float, float] | None:
        m = self.measure
        if m.direction is Direction.BAND and m.band_low is not None and m.band_high is not None:
            return m.band_low, m.band_high
        return None

    def _margin(self) -> float:
        """The room for the words at the right."""
        if self.series.target:
            wide: float = stringWidth(self._target_words(), self.palette.bold, _VALUE)
            ahead: float = stringWidth(self._forecast_words(), self.palette.regular, _SMALL)
            return max(_RIGHT, wide + 12, ahead + 16)
        return _RIGHT + 14 if self._band else LEFT

    def drawing(self) -> Drawing:
        points, palette = self.series.points, self.palette
        self._ground()
        places = [(self.scale.x(p.at), self.scale.y(p.value)) for p in points]
        if self.series.target:
            self._target(self.series.target, places[-1] if places else None)
        if len(places) > 1:
            self.sheet.add(PolyLine([*chain(*places)], strokeColor=palette.accent, strokeWidth=1.8))
        if self.series.forecast and places:
            self._forecast(self.series.forecast, places[-1])
        self.labels.line = places
        steps = [after[0] - before[0] for before, after in pairwise(places)]
        crowded = min(steps, default=_DOTTED) < _DOTTED
        for number, place in enumerate(places):
            ring, last = number == 0 and self.series.from_baseline, number == len(places) - 1
            self._dot(place, ring=ring, last=last, small=crowded)
        self._values(places)
        self._times()
        if not points:
            self._put(LEFT, self.height / 2, _("No figures yet"), palette.quiet)
        return self.sheet

    def _ground(self) -> None:
        if self._band:
            low, high = (self.scale.y(value) for value in self._band)
            wide, tall, look = self.right - LEFT + 16, high - low, {"fillColor": self.palette.tint, "strokeColor": None}
            self.sheet.add(Rect(LEFT - 8, low, wide, tall, **look))
            least, most = (amount(value, self.measure.unit) for value in self._band)
            words = _("Band {low} to {high}").format(low=least, high=most)
            self._put(self.right + 16, (low + high) / 2 - 3, words, self.palette.quiet, size=_SMALL, reserve=True)
        line = BOTTOM - 6
        self.sheet.add(Line(0, line, self.right + 8, line, strokeColor=self.palette.rule, strokeWidth=style.HAIR))

    def _target(self, target: Point, start: tuple[float, float] | None) -> None:
        x, y, palette = self.scale.x(target.at), self.scale.y(target.value), self.palette
        if start and start[0] < x:
            steps = [start, *((self.scale.x(p.at), self.scale.y(p.value)) for p in self.series.interim), (x, y)]
            look = {"strokeColor": palette.quiet, "strokeWidth": style.THIN, "strokeDashArray": [2, 3]}
            for before, after in pairwise(steps):
                self.sheet.add(Line(*before, *after, **look))
            for left, height in steps[1:-1]:
                self.sheet.add(Line(left - 3, height, left + 3, height, strokeColor=palette.quiet, strokeWidth=1.4))
        self.sheet.add(Line(x - 5, y, x + 5, y, strokeColor=palette.ink, strokeWidth=1.8))
        self._put(x + 10, y - 3.4, self._target_words(), palette.ink, font=palette.bold, reserve=True)
        if target.name:
            self._put(x + 10, y - 15, _("by {when}").format(when=target.name), palette.quiet, size=_SMALL, reserve=True)

    def _forecast(self, ahead: Point, start: tuple[float, float]) -> None:
        x, y, palette = self.scale.x(ahead.at), self.scale.y(ahead.value), self.palette
        look = {"strokeColor": palette.accent, "strokeWidth": style.THIN, "strokeDashArray": [5, 3]}
        self.sheet.add(Line(*start, x, y, **look))
        corners = [x, y + 4, x + 4, y, x, y - 4, x - 4, y]
        self.sheet.add(Polygon(corners, fillColor=palette.ground, strokeColor=palette.accent, strokeWidth=1.2))
        words, top = self._forecast_words(), self.height - _SMALL
        wide = stringWidth(words, palette.regular, _SMALL)
        aim = self.scale.y(self.series.target.value) if self.series.target else y
        spots = [at for at in (y - 3, y + 9, y - 15, aim + 10, aim - 28) if BOTTOM - 4 < at < top]
        spots.sort(key=lambda at: (self.labels.faults((x + 10, at - 2, x + 10 + wide, at + _SMALL)), abs(at - y)))
        self._put(x + 10, spots[0], words, palette.quiet, size=_SMALL, reserve=True)

    def _forecast_words(self) -> str:
        ahead = self.series.forecast
        return _("Forecast {value}").format(value=amount(round(ahead.value, 1), self.measure.unit)) if ahead else ""

    def _target_words(self) -> str:
        target = self.measure.target or 0.0
        return _("Target {value}").format(value=amount(target, self.measure.unit))

    def _dot(self, place: tuple[float, float], *, ring: bool, last: bool, small: bool) -> None:
        palette = self.palette
        if small and not (ring or last):
            return
        if last and not ring and not self._band and self.measure.verdict is not Verdict.NO_DATA:
            self._newest(*place)
            return
        radius = 3.4 if last or ring else 2.4
        fill = palette.ground if ring else palette.accent
        self.sheet.add(Circle(*place, radius, fillColor=fill, strokeColor=palette.accent, strokeWidth=1.4))

    def _newest(self, x: float, y: float) -> None:
        """The newest figure by what the data rule says of it: its shape and its color."""
        palette = self.palette
        if self.measure.verdict is Verdict.MET:
            self.sheet.add(Circle(x, y, 5.2, fillColor=palette.ground, strokeColor=palette.met, strokeWidth=1.2))
            self.sheet.add(Circle(x, y, 2.6, fillColor=palette.met, strokeColor=None))
        elif self.measure.verdict is Verdict.UNCLEAR:
            look = {"fillColor": palette.ground, "strokeColor": palette.worse, "strokeWidth": 1.4}
            self.sheet.add(Rect(x - 3.8, y - 3.8, 7.6, 7.6, **look))
        else:
            better = self.measure.verdict is Verdict.IMPROVED
            up, color = (1 if better else -1), (palette.better if better else palette.worse)
            corners = [x, y + 4.8 * up, x + 4.6, y - 3.2 * up, x - 4.6, y - 3.2 * up]
            self.sheet.add(Polygon(corners, fillColor=color, strokeColor=palette.ground, strokeWidth=0.8))

    def _values(self, places: list[tuple[float, float]]) -> None:
        """Name the values: the ends first, then the extremes, then, if they are few, all that find room."""
        points = self.series.points
        if not points:
            return
        last = len(points) - 1
        order = sorted(range(len(points)), key=lambda n: (points[n].value, n))
        rest = range(len(points)) if len(points) <= _NAMED else ()
        for n in dict.fromkeys([last, 0, order[-1], order[0], *rest]):
            ends = n in (0, last)
            font = self.palette.bold if ends else self.palette.regular
            self._beside(places[n], amount(points[n].value, self.measure.unit), font, must=ends)
        if self.series.from_baseline:
            self._baseline(*places[0])

    def _baseline(self, x: float, y: float) -> None:
        words = _("Baseline")
        wide = stringWidth(words, self.palette.regular, _SMALL)
        left = max(x - LEFT, 0)
        spots = [(left, y - 16), (left, y + 20)]
        spot = min(spots, key=lambda at: self.labels.faults((at[0], at[1] - 1, at[0] + wide, at[1] + 7)))
        self._put(*spot, words, self.palette.quiet, size=_SMALL, reserve=True)

    def _beside(self, place: tuple[float, float], words: str, font: str, *, must: bool) -> None:
        """Put *words* above, below or beside a point, where they touch nothing, or not at all."""
        (x, y), half = place, stringWidth(words, font, _VALUE) / 2
        spots = [(x, y + 8), (x, y - 15), (x + half + 7, y - 3), (x - half - 7, y - 3)]
        spots = [(min(max(px, half), self.width - half), py) for px, py in spots if py > BOTTOM - 4]
        boxes = [(px - half - 2, py - 1, px + half + 2, py + _VALUE - 2) for px, py in spots]
        faults = [self.labels.faults(box) for box in boxes]
        best = faults.index(min(faults))
        if faults[best] and not must:
            return
        self.labels.occupied.append(boxes[best])
        self._put(*spots[best], words, self.palette.ink, font=font, anchor="middle")

    def _times(self) -> None:
        """Name the places in time, as many as do not touch; the last figure's and the target's first."""
        names: dict[float, str] = {p.at: p.name for p in self.series.points if p.name}
        target = self.series.target
        if target and target.name:
            names.setdefault(target.at, target.name)
        if self.series.yearly and names:
            for year in range(int(min(names)), int(max(names)) + 1):
                names.setdefault(float(year), str(year))
        seen = Labels()
        known = [p.at for p in self.series.points]
        first = known[-1:] + known[:1] + ([target.at] if target else [])
        for at in dict.fromkeys([*first, *known, *names]):
            if not (words := names.get(at)):
                continue
            half = stringWidth(words, self.palette.regular, _SMALL) / 2
            x = min(max(self.scale.x(at), half), self.width - half)
            box = (x - half - 4, 0, x + half + 4, 1)
            if not seen.faults(box):
                seen.occupied.append(box)
                self._put(x, 4, words, self.palette.quiet, size=_SMALL, anchor="middle")

    def _put(
        self, x: float, y: float, words: str, color: Color, *, font: str = "", size: float = _VALUE,
        anchor: str = "start", reserve: bool = False,
    ) -> None:  # fmt: skip
        font = font or self.palette.regular
        words = fonts.drawable(words, font)
        if reserve:
            self.labels.occupied.append((x, y - 2, x + stringWidth(words, font, size), y + size))
        self.sheet.add(String(x, y, words, fontName=font, fontSize=size, fillColor=color, textAnchor=anchor))
