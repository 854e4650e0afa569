"""A key on a recovery sheet: what was printed once is read for good."""

from __future__ import annotations

import pytest

from planstudio.domain.recovery import looks_like_one, read, written

SECRET = bytes(range(32))
PRINTED = "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFG-51R7"


def test_a_sheet_that_was_printed_once_opens_the_plan_for_good() -> None:
    assert written(SECRET) == PRINTED
    assert read(PRINTED) == SECRET
    assert read(PRINTED.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == SECRET


@pytest.mark.parametrize("at", range(0, len(PRINTED), 5))
def test_one_wrong_letter_is_no_key_and_still_meant_as_one(at: int) -> None:
    wrong = PRINTED[:at] + ("Z" if PRINTED[at] != "Z" else "Y") + PRINTED[at + 1 :]
    assert read(wrong) is None
    assert looks_like_one(wrong)


def test_a_password_is_no_key() -> None:
    assert read("correct horse battery staple") is None
    assert not looks_like_one("correct horse battery staple")
