"""What the figures of a measure say by rule, whatever anybody judges."""

from __future__ import annotations

from collections.abc import Sequence

from planstudio.domain.kinds import Direction, Verdict


def verdict(
    values: Sequence[float],
    *,
    baseline: float | None,
    target: float | None,
    direction: Direction,
    band: tuple[float | None, float | None] = (None, None),
) -> Verdict:
    """Met, improved, or flat or declined, by the newest of *values* (oldest first).

    Improved means better than the value before it, or than the baseline where
    it is the first. Within a band, better means nearer to the band.
    """
    if not values:
        return Verdict.NO_DATA
    now = values[-1]
    if _met(now, target, direction, band):
        return Verdict.MET
    before = values[-2] if len(values) > 1 else baseline
    if before is None:
        return Verdict.FLAT
    if direction is Direction.BAND:
        better = _distance(now, band) < _distance(before, band)
    else:
        better = now > before if direction is Direction.HIGHER else now < before
    return Verdict.IMPROVED if better else Verdict.FLAT


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict of a goal: met when all its measures are, improved when any is better."""
    known = [v for v in verdicts if v is not Verdict.NO_DATA]
    if not known:
        return Verdict.NO_DATA
    if all(v is Verdict.MET for v in known):
        return Verdict.MET
    return Verdict.IMPROVED if any(v is not Verdict.FLAT for v in known) else Verdict.FLAT


def _met(now: float, target: float | None, direction: Direction, band: tuple[float | None, float | None]) -> bool:
    if direction is Direction.BAND:
        return band != (None, None) and _distance(now, band) == 0
    if target is None:
        return False
    return now >= target if direction is Direction.HIGHER else now <= target


def _distance(value: float, band: tuple[float | None, float | None]) -> float:
    low, high = band
    if low is not None and value < low:
        return low - value
    return value - high if high is not None and value > high else 0.0
