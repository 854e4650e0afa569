"""Status marks: a status is a word, then a shape, then a color.

Filled means go on or look, square means stop, open means nothing yet. The
shape is drawn, not set in a font, and is an artifact: the word beside it
speaks. Take the color away and nothing is lost.
"""

from __future__ import annotations

from typing import NamedTuple, Self

from reportlab.lib.colors import Color

from planstudio.domain.kinds import Status, Verdict
from planstudio.reports.style import BAD, CALM, GOOD, QUIET, WARN
from taggedpdf.breaking import fill
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.paragraph import Paragraph

INDENT = 13  # from the mark's left edge to its word


class Mark(NamedTuple):
    shape: str
    color: Color


STATUS: dict[Status, Mark] = {
    Status.NOT_STARTED: Mark("ring", QUIET),
    Status.ON_TRACK: Mark("disc", GOOD),
    Status.AT_RISK: Mark("triangle", WARN),
    Status.OFF_TRACK: Mark("square", BAD),
    Status.COMPLETED: Mark("check", CALM),
    Status.ON_HOLD: Mark("pause", QUIET),
    Status.DISCONTINUED: Mark("cross", QUIET),
}
VERDICT: dict[Verdict, Mark] = {
    Verdict.MET: Mark("check", GOOD),
    Verdict.IMPROVED: Mark("up", WARN),
    Verdict.FLAT: Mark("down", BAD),
    Verdict.UNCLEAR: Mark("question", WARN),
    Verdict.NO_DATA: Mark("dash", QUIET),
}
OUTDATED = Mark("clock", WARN)

# Strokes in a square from -1 to 1, each a run of points; and how thick they are.
_STROKES: dict[str, tuple[float, tuple[tuple[tuple[float, float], ...], ...]]] = {
    "check": (0.5, (((-0.8, -0.05), (-0.2, -0.65), (0.9, 0.7)),)),
    "pause": (0.5, (((-0.4, -0.7), (-0.4, 0.7)), ((0.4, -0.7), (0.4, 0.7)))),
    "cross": (0.34, (((-0.7, -0.7), (0.7, 0.7)), ((-0.7, 0.7), (0.7, -0.7)))),
    "up": (0.34, (((0, -0.9), (0, 0.9)), ((-0.65, 0.2), (0, 0.9), (0.65, 0.2)))),
    "down": (0.34, (((0, 0.9), (0, -0.9)), ((-0.65, -0.2), (0, -0.9), (0.65, -0.2)))),
    "question": (0.34, (((-0.5, 0.5), (-0.2, 0.9), (0.3, 0.9), (0.55, 0.5), (0, -0.15)), ((0, -0.8), (0, -0.8)))),
    "dash": (0.34, (((-0.7, 0), (0.7, 0)),)),
    "clock": (0.34, (((0, 0.5), (0, 0), (0.4, -0.2)),)),
}
_AREAS: dict[str, tuple[tuple[float, float], ...]] = {
    "triangle": ((0, 1), (1, -0.8), (-1, -0.8)),
    "square": ((-0.9, -0.9), (-0.9, 0.9), (0.9, 0.9), (0.9, -0.9)),
}
_ROUND = 0.5523  # a quarter circle as a curve
_CIRCLES = {"disc": 1.0, "ring": 0.83, "clock": 0.83}


def mark_code(mark: Mark, x: float, y: float, r: float) -> str:
    """The operators that draw a mark of radius *r* about (x, y)."""
    ink, parts = fill(mark.color), []
    if mark.shape in _CIRCLES:
        paint = "f" if mark.shape == "disc" else "S"
        parts.append(f"{_circle(x, y, r * _CIRCLES[mark.shape])} {paint}")
    if mark.shape in _AREAS:
        parts.append(_line(_AREAS[mark.shape], x, y, r) + " h f")
    weight, strokes = _STROKES.get(mark.shape, (0.34, ()))
    parts += [_line(points, x, y, r) + " S" for points in strokes]
    return f"q {ink} {ink.upper()} {r * weight:.3g} w 1 J 1 j {' '.join(parts)} Q"


def _line(points: tuple[tuple[float, float], ...], x: float, y: float, r: float) -> str:
    places = [f"{x + a * r:.2f} {y + b * r:.2f}" for a, b in points]
    return " ".join([f"{places[0]} m", *(f"{place} l" for place in places[1:])])


def _circle(x: float, y: float, r: float) -> str:
    k = r * _ROUND
    quarters = ((r, k, k, r, 0, r), (-k, r, -r, k, -r, 0), (-r, -k, -k, -r, 0, -r), (k, -r, r, -k, r, 0))
    curves = (
        f"{x + ax:.2f} {y + ay:.2f} {x + bx:.2f} {y + by:.2f} {x + ex:.2f} {y + ey:.2f} c"
        for ax, ay, bx, by, ex, ey in quarters
    )
    return " ".join([f"{x + r:.2f} {y:.2f} m", *curves])


class Marked(Paragraph):
    """Words behind their mark. A paragraph, so that in a cell of several it is told in its place."""

    mark: Mark | None = None  # none where the words go on on another page

    def _part(self, start: int, stop: int) -> Self:
        part = super()._part(start, stop)
        part.mark = self.mark if start == 0 else None
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.mark:
            style = self.style
            y = top - style.ascent + style.size * 0.33
            code = mark_code(self.mark, x + style.left - INDENT + 4.2, y, style.size * 0.38)
            canvas.put_text(f"/Artifact BMC {code} EMC")
        super().draw(canvas, x, top)
