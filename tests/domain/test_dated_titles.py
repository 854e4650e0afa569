"""Titles of agenda items that tell a day: what they are called without it, and next time."""

from __future__ import annotations

from datetime import date

import pytest

from planstudio.domain.dated_titles import is_dated, redated, undated

NOV, DEC, JAN = date(2026, 11, 10), date(2026, 12, 8), date(2027, 1, 12)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Minutes of November 10, 2026", "Minutes of December 8, 2026"),
        ("Minutes of Nov. 10", "Minutes of Dec. 8"),
        ("Minutes of the regular meeting of 11/10/2026", "Minutes of the regular meeting of 12/8/2026"),
        ("Minutes 2026-11-10", "Minutes 2026-12-08"),
        ("Acta del 10 de noviembre de 2026", "Acta del 8 de diciembre de 2026"),
        ("Bills of November 2026", "Bills of December 2026"),
        ("Bills of December", "Bills of January"),
        ("Bills of December 2026", "Bills of January 2027"),
        ("Agenda of December 8, 2026", "Agenda of January 12, 2027"),
        ("Hearing of May 3, 2019", "Hearing of May 3, 2019"),
        ("Students may speak", "Students may speak"),
        ("Bids over 11/40/2026", "Bids over 11/40/2026"),
        ("Adopt policy 5145", "Adopt policy 5145"),
    ],
)
def test_a_title_is_set_on_to_the_next_meeting(title: str, said: str) -> None:
    assert redated(title, DEC, JAN, [NOV, DEC]) == said


def test_without_days_nothing_is_set_on() -> None:
    assert redated("Bills of November 2026", None, JAN, []) == "Bills of November 2026"


def test_titles_are_alike_without_their_days() -> None:
    assert undated("Minutes of November 10, 2026") == undated("minutes of  Dec. 8") == "minutes of"
    assert is_dated("Bills, 11/10/26")
    assert not is_dated("Students may speak")
