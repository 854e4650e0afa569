"""The palette can be read by everyone."""

from __future__ import annotations

import pytest

from planstudio.gui import theme
from planstudio.gui.widgets.marks import STATUS, status_word

PAIRS = [(ink, ground, 4.5) for ink, grounds in theme.READ_ON.items() for ground in grounds]
EDGES = [("edge", ground, 3.0) for ground in ("page", "side", "card")]


def contrast(one: str, two: str) -> float:
    """The contrast ratio of two colors (#RRGGBB), by WCAG 2."""
    low, high = sorted((light(one), light(two)))
    return (high + 0.05) / (low + 0.05)


def light(value: str) -> float:
    parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(("ink", "ground", "least"), [*PAIRS, *EDGES])
@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_every_ink_can_be_read_on_its_grounds(ink: str, ground: str, least: float, mode: int) -> None:
    assert contrast(theme.TOKENS[ink][mode], theme.TOKENS[ground][mode]) >= least


def test_no_two_judged_statuses_share_shape_and_color() -> None:
    judged = ("not started", "on track", "at risk", "off track", "completed", "on hold", "discontinued", "outdated")
    assert len({STATUS[status][:2] for status in judged}) == len(judged)
    assert STATUS["on track"][0] != STATUS["completed"][0]
    assert all(status_word(status) for status in STATUS)


def test_everything_grows_with_the_type(dressed) -> None:
    small = theme.gap(10)
    theme.apply(dressed, dark=False, percent=200)
    try:
        assert 1.8 < theme.gap(10) / small < 2.2
    finally:
        theme.apply(dressed, dark=False)
    assert theme.gap(10) == small
