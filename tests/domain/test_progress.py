"""The rules that keep the record of progress honest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planstudio.domain import progress
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Status
from planstudio.domain.progress import ProgressDraft

TODAY = date(2026, 10, 14)


@pytest.mark.parametrize("percent", [None, 0, 1, 99, 100])
@pytest.mark.parametrize("last", [None, TODAY, TODAY - timedelta(1)])
def test_an_honest_update_passes(percent: int | None, last: date | None) -> None:
    progress.check(ProgressDraft(TODAY, Status.ON_TRACK, percent), last=last, today=TODAY)


@pytest.mark.parametrize(
    ("draft", "last", "field", "words"),
    [
        (ProgressDraft(TODAY, Status.ON_TRACK, -1), None, "percent", "between 0 and 100"),
        (ProgressDraft(TODAY, Status.ON_TRACK, 101), None, "percent", "between 0 and 100"),
        (ProgressDraft(TODAY, Status.COMPLETED, 99), None, "percent", "at 100 percent"),
        (ProgressDraft(TODAY + timedelta(1), Status.ON_TRACK), None, "on", "today or earlier"),
        (ProgressDraft(TODAY - timedelta(1), Status.ON_TRACK), TODAY, "on", "later update"),
    ],
)
def test_an_update_that_would_lie_is_refused_at_its_field(
    draft: ProgressDraft, last: date | None, field: str, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        progress.check(draft, last=last, today=TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize("percent", [None, 100])
def test_what_is_completed_is_at_100_percent_or_says_nothing(percent: int | None) -> None:
    progress.check(ProgressDraft(TODAY, Status.COMPLETED, percent), last=None, today=TODAY)


@pytest.mark.parametrize(
    ("updated_on", "old"),
    [(None, True), (TODAY, False), (TODAY - timedelta(120), False), (TODAY - timedelta(121), True)],
)
def test_an_update_is_outdated_after_120_days(updated_on: date | None, old: bool) -> None:
    assert progress.outdated(updated_on, TODAY) is old
