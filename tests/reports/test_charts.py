"""Charts: every number of figures from none to many, both directions and a band, on paper and on screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from xml.etree import ElementTree

import pytest
from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, PolyLine, Rect, String
from reportlab.pdfbase.pdfmetrics import stringWidth

from planstudio.domain.cards import MeasureCard, ObservationRow
from planstudio.domain.kinds import Direction, Verdict
from planstudio.domain.measures import forecast_of
from planstudio.reports.bar import bar
from planstudio.reports.charts import trend, trend_svg
from planstudio.reports.figures import bar_text, trend_text
from reports.books import measure, monthly

WIDTH, HEIGHT = 504.0, 116.0
BAND = measure(
    "Fleet in service", (91, 94, 93), direction=Direction.BAND, baseline=90, target=None, band_low=92.0, band_high=96.0
)
CASES = {
    "three": measure(),
    "on the way": measure(interim="2027: 64; 2028: 70"),
    "lower": measure("Behind", (19, 18, 18), direction=Direction.LOWER, baseline=20, target=8),
    "none": measure("Nothing", (), baseline=None, target=None),
    "one": measure("One", (61,), baseline=None),
    "only a baseline": measure("Unrecorded", ()),
    "fourteen": monthly(14),
    "many": monthly(120),
    "band": BAND,
    "flat": measure("Flat", (50, 50, 50), target=50),
    "undated baseline": measure("Undated", (50, 60), baseline_on=None, target_on=None),
    "money": measure("Reserves", (1163900, 1200000), unit="$", baseline=1000000, target=1500000),
    "long ago": measure("Long", tuple(range(40, 70)), target=90, target_on=date(2060, 1, 1)),
    "target past": measure("Late", (52, 55, 60, 70), target=65, target_on=date(2025, 6, 1)),
}


COLORS = {
    "ink": "#ffffff", "quiet": "#999999", "accent": "#66cc99", "ground": "#000000",
    "met": "#80cfa0", "better": "#7bcbd6", "worse": "#ebb961",
}  # fmt: skip


def words(drawing: Drawing) -> list[String]:
    return [shape for shape in drawing.contents if isinstance(shape, String)]


def place(shape: String) -> tuple[float, float, float, float]:
    wide = stringWidth(shape.text, shape.fontName, shape.fontSize)
    left = shape.x - wide / 2 if shape.textAnchor == "middle" else shape.x
    return left, shape.y, left + wide, shape.y + shape.fontSize * 0.7


@pytest.mark.parametrize("case", CASES)
def test_no_words_touch_each_other_or_leave_the_sheet(case: str) -> None:
    boxes = {(s.text, s.y): place(s) for s in words(trend(CASES[case], WIDTH, HEIGHT))}
    for (x0, y0, x1, y1), (a0, b0, a1, b1) in combinations(boxes.values(), 2):
        assert x1 <= a0 or a1 <= x0 or y1 <= b0 or b1 <= y0, boxes
    assert all(x0 >= -0.5 and x1 <= WIDTH + 0.5 and y0 >= 0 and y1 <= HEIGHT for x0, y0, x1, y1 in boxes.values())


def test_each_of_a_few_values_is_written_on_its_point() -> None:
    texts = {shape.text for shape in words(trend(CASES["three"], WIDTH, HEIGHT))}
    assert {"50%", "52%", "55%", "61%", "Target 75%", "by 2029", "Baseline", "2023", "2026", "2028"} <= texts


def test_of_many_values_the_ends_and_the_extremes_are_written() -> None:
    card = CASES["many"]
    texts = [s.text for s in words(trend(card, WIDTH, HEIGHT)) if s.text.endswith("%") and "Target" not in s.text]
    values = [row.value for row in card.observations]
    assert {f"{values[0]:g}%", f"{values[-1]:g}%"} <= set(texts)
    assert len(texts) <= 4


def polygons(card: MeasureCard) -> list[Polygon]:
    return [s for s in trend(card, WIDTH, HEIGHT).contents if isinstance(s, Polygon)]


def test_the_baseline_is_an_open_ring() -> None:
    dots = [s for s in trend(CASES["three"], WIDTH, HEIGHT).contents if isinstance(s, Circle)]
    assert dots[0].fillColor != dots[0].strokeColor
    assert dots[1].fillColor == dots[1].strokeColor


@pytest.mark.parametrize("direction", [Direction.HIGHER, Direction.LOWER])
def test_better_points_up_and_worse_down_whichever_way_the_numbers_run(direction: Direction) -> None:
    def points_up(verdict: Verdict) -> bool:
        xs_ys = polygons(measure(direction=direction, verdict=verdict, target=None))[0].points
        tip, base = xs_ys[1], xs_ys[3]
        return bool(tip > base)

    assert points_up(Verdict.IMPROVED)
    assert not points_up(Verdict.FLAT)


def test_met_is_a_disc_in_a_ring() -> None:
    shapes = trend(measure(verdict=Verdict.MET), WIDTH, HEIGHT).contents
    ring, disc = [s for s in shapes if isinstance(s, Circle)][-2:]
    assert (ring.cx, ring.cy) == (disc.cx, disc.cy)
    assert ring.r > disc.r


def test_the_forecast_is_dashed_hollow_and_called_one() -> None:
    card = CASES["three"]
    drawing = trend(card, WIDTH, HEIGHT)
    diamond = next(s for s in drawing.contents if isinstance(s, Polygon) and s.fillColor != s.strokeColor)
    dashed = [s for s in drawing.contents if isinstance(s, Line) and s.strokeDashArray == [5, 3]]
    assert [(line.x2, line.y2) for line in dashed] == [(diamond.points[0], diamond.points[1] - 4)]
    assert "Forecast 74%" in {shape.text for shape in words(drawing)}


def test_the_way_to_the_target_goes_through_the_targets_on_the_way() -> None:
    card = measure(interim="2024: 51; 2027: 64; 2028: 70")
    way = [s for s in trend(card, WIDTH, HEIGHT).contents if isinstance(s, Line) and s.strokeDashArray == [2, 3]]
    assert len(way) == 3
    assert [(a.x2, a.y2) for a in way[:-1]] == [(b.x1, b.y1) for b in way[1:]]
    assert "Targets on the way: 2027: 64, 2028: 70." in trend_text(card)


def test_two_figures_make_no_forecast() -> None:
    texts = {shape.text for shape in words(trend(measure(values=(52, 55)), WIDTH, HEIGHT))}
    assert not [words for words in texts if "Forecast" in words]


def test_a_forecast_in_percent_stays_between_0_and_100() -> None:
    card = measure(values=(60, 75, 95), target=98)
    assert forecast_of(card) is not None
    assert forecast_of(card).value == 100
    falling = measure("Behind", (19, 10, 2), direction=Direction.LOWER, target=1)
    assert forecast_of(falling).value == 0


def test_a_single_figure_has_no_line() -> None:
    assert not [s for s in trend(CASES["one"], WIDTH, HEIGHT).contents if isinstance(s, PolyLine)]


def test_no_figures_are_said_in_words() -> None:
    assert [s.text for s in words(trend(CASES["none"], WIDTH, HEIGHT))] == ["No figures yet"]


def test_student_groups_are_not_drawn_into_the_line_of_everyone() -> None:
    card = measure()
    groups = (*card.observations, ObservationRow("English learners", date(2026, 6, 2), 12))
    assert trend_text(replace(card, observations=groups)) == trend_text(card)


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (
            CASES["three"],
            "Line chart. Fourth graders who read at grade level, in percent. 2023: 50, 2024: 52, 2025: 55, 2026: 61. "
            "The first value is the baseline. Target 75 by 2029: 14 to go. If it goes on so, a forecast of 74 "
            "by then.",
        ),
        (
            CASES["lower"],
            "Line chart. Behind, in percent. 2023: 20, 2024: 19, 2025: 18, 2026: 18. The first value is the baseline. "
            "Target 8 by 2029: 10 to go. If it goes on so, a forecast of 16.3 by then.",
        ),
        (CASES["none"], "Line chart. Nothing, in percent. No figures yet."),
        (
            BAND,
            "Line chart. Fleet in service, in percent. 2023: 90, 2024: 91, 2025: 94, 2026: 93. The first value is the "
            "baseline. The band is 92 to 96.",
        ),
    ],
    ids=["higher", "lower", "none", "band"],
)
def test_the_alternative_text_is_composed_from_the_figures(card: MeasureCard, said: str) -> None:
    assert trend_text(card) == said


def test_many_values_are_summed_up_in_the_alternative_text() -> None:
    said = trend_text(CASES["many"])
    assert "120 values" in said
    assert len(said) < 400


def test_the_bar_is_told_with_its_unit() -> None:
    assert bar_text(CASES["three"], 61) == (
        "Bar. Fourth graders who read at grade level: from the baseline of 50 percent to 61 percent now; "
        "the target is 75 percent."
    )
    assert "$1,000,000 to $1,200,000 now" in bar_text(CASES["money"], 1200000)


def test_the_bar_runs_rightward_for_better_also_when_less_is_better() -> None:
    def ends(baseline: float, now: float, target: float) -> tuple[float, float]:
        shapes = bar(baseline, now, target, 64).contents
        ring = next(s for s in shapes if isinstance(s, Circle))
        filled = [s for s in shapes if isinstance(s, Rect)][1]
        return ring.cx, filled.x + filled.width

    ring, end = ends(50, 61, 75)
    assert end > ring
    ring, end = ends(20, 18, 8)
    assert end > ring
    ring, end = ends(20, 22, 8)  # worse than the baseline: leftward
    assert end <= ring + 0.1


@pytest.mark.parametrize("case", CASES)
def test_the_screen_gets_well_formed_svg_in_its_own_colors(case: str) -> None:
    svg = trend_svg(
        CASES[case],
        COLORS,
        width=480,
        height=120,
        font="Inter",
    )
    root = ElementTree.fromstring(svg)
    assert root.tag.endswith("svg")
    assert root.get("width") == "480"
    lowered = svg.lower()
    assert "<script" not in lowered
    assert "javascript:" not in lowered
    assert "<image" not in lowered
    assert "http" not in lowered.replace("http://www.w3.org", "")
    assert "clip" not in lowered  # Qt would paint it
    assert any(color in lowered for color in ("#66cc99", "#7bcbd6")) or not CASES[case].observations
    assert "family: Inter" in svg
    assert "family: Sans" not in svg


def test_a_hostile_name_stays_text_in_the_svg() -> None:
    card = measure("</title><script>alert(1)</script>", unit="<b>")
    svg = trend_svg(card, COLORS, width=480, height=120)
    ElementTree.fromstring(svg)
    assert "<script" not in svg
