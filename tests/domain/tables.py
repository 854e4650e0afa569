"""Rules as tables: what each answers over the range of what it may be asked, line by line.

A table stands in golden/ and is read like one: what goes in on the left, what comes out on the right. Around every
bound there is a line on each side of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import golden
from planstudio.domain.cards import MeasureCard
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Direction
from reports import books

Table = Callable[[], Iterable[str]]


class Tables(dict[str, Table]):
    """Those of one file of tests, by their names; the first word of a name is the file that keeps it."""

    def keep(self, one: Table) -> Table:
        self[one.__name__.strip("_").replace("_", " ")] = one
        return one

    def hold(self, name: str) -> None:
        golden.hold(_place(name), name, [*self[name]()])

    def hold_nothing_else(self) -> None:
        """Refuse a chapter whose table has gone."""
        assert {name for place in {_place(one) for one in self} for name in golden.chapters(place)} == {*self}


def line(*asked: Any, says: Callable[[], Any]) -> str:
    """What is asked, and the answer or the refusal."""
    left = " | ".join(golden.short(one, {}) for one in asked)
    try:
        answer = says()
    except InvalidInput as refusal:
        return f"{left} -> refused at {refusal.field}: {refusal}"
    return f"{left} -> {' ; '.join(each.strip() for each in golden.tell(answer, {}))}"


def shares(*values: float, **fields: Any) -> MeasureCard:
    """A sound measure in percent, from 18 down to 10, with *values* and with *fields* changed."""
    rows = tuple(
        replace(
            books.measure().observations[0], student_group="", period_end=date(2024 + n, 6, 30), value=value, count=None
        )
        for n, value in enumerate(values)
    )
    sound: dict[str, Any] = {
        "unit": "%",
        "direction": Direction.LOWER,
        "baseline": 18.0,
        "kept_baseline": 18.0,
        "baseline_on": date(2023, 6, 30),
        "target": 10.0,
        "target_on": date(2027, 6, 30),
        "interim": "",
        "observations": rows,
        "kept": rows,
        "band_low": None,
        "band_high": None,
    }
    return replace(books.measure(), **(sound | fields))


def _place(name: str) -> Path:
    return Path(__file__).parent / "golden" / f"{name.split(' ')[0]}.txt"
