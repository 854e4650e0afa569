"""How long something takes, however people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planstudio.domain.durations import minutes_of
from planstudio.domain.errors import InvalidInput


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("", None), ("  ", None), ("90", 90), ("90 min", 90), ("90 min.", 90), ("90 minutes", 90), ("90m", 90),
        ("1:30", 90), ("1 h 30", 90), ("1h30", 90), ("1 h 30 min", 90), ("1½ hours", 90), ("1 ½ h", 90),
        ("1.5 hours", 90), ("1,5 h", 90), ("1 hr, 30 min", 90), ("1 hour and 30 minutes", 90),
        ("1 hour and a half", 90), ("an hour", 60), ("half an hour", 30), ("½ hour", 30), ("2 hours", 120),
        ("¾ h", 45), ("0", 0), ("45'", 45), ("una hora y media", 90), ("media hora", 30), ("0:05", 5),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read(words: str, minutes: int | None) -> None:
    assert minutes_of(words) == minutes


@pytest.mark.parametrize(
    "words", ["soon", "1:75", "-5", "10 %", "1.234 h", "90 s", "1:30 PM", "3 days", "1h30h", "12.5"]
)
def test_what_is_none_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(InvalidInput, match="1:30 or 1 h 30"):
        minutes_of(words)


@given(st.integers(0, 99), st.integers(0, 59))
def test_all_spellings_of_a_length_are_the_same(hours: int, minutes: int) -> None:
    whole = hours * 60 + minutes
    for words in (f"{hours}:{minutes:02}", f"{hours} h {minutes}", f"{hours} hours {minutes} min", f"{whole} min"):
        assert minutes_of(words) == whole
