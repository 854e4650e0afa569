"""The rules that keep the record of progress honest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from planstudio.domain import progress
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Frequency, Status
from planstudio.domain.progress import ProgressDraft

TODAY = date(2026, 10, 14)


@dataclass(frozen=True)
class Judgment:
    status: Status
    updated_on: date | None
    update_every: Frequency | None = None
    update_by: date | None = None


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
    assert progress.outdated(Judgment(Status.ON_TRACK, updated_on), TODAY) is old


@pytest.mark.parametrize(
    ("every", "days"),
    [(Frequency.WEEKLY, 7), (Frequency.MONTHLY, 31), (Frequency.QUARTERLY, 92), (Frequency.ANNUAL, 366)],
)
def test_an_update_is_outdated_when_it_is_older_than_its_frequency(every: Frequency, days: int) -> None:
    for age, old in ((days, False), (days + 1, True)):
        assert progress.outdated(Judgment(Status.ON_TRACK, TODAY - timedelta(age), every), TODAY) is old


@pytest.mark.parametrize(
    ("judgment", "due"),
    [
        (("on track", None), TODAY),
        (("on track", date(2026, 9, 30)), date(2027, 1, 28)),
        (("on track", date(2026, 9, 30), "monthly"), date(2026, 10, 30)),
        (("at risk", date(2026, 10, 12), "weekly"), date(2026, 10, 19)),
        (("on track", date(2026, 9, 30), "irregular"), None),
        (("on track", date(2026, 9, 30), "monthly", date(2026, 12, 1)), date(2026, 12, 1)),
        (("on track", date(2026, 12, 2), "monthly", date(2026, 12, 1)), date(2027, 1, 2)),  # the day has been met
        (("on track", None, None, date(2026, 12, 1)), date(2026, 12, 1)),
        (("completed", date(2020, 9, 30)), None),
        (("discontinued", None), None),
    ],
)
def test_the_next_update_follows_the_last_one_or_the_day_that_was_set(
    judgment: tuple[Any, ...], due: date | None
) -> None:
    status, on, *rest = judgment
    every = Frequency(rest[0]) if rest and rest[0] else None
    by = rest[1] if len(rest) > 1 else None
    assert progress.next_update(Judgment(Status(status), on, every, by), TODAY) == due
