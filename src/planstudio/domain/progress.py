"""Progress on a goal or strategy: what is typed, and the rules that keep the record honest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from planstudio.domain.cards import GoalCard, MilestoneRow, StrategyCard
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Frequency, Status
from planstudio.domain.reviews import add_months
from planstudio.i18n import _, medium_date, ngettext

STALE_DAYS = 120  # without an update for this long, evidence is outdated where no frequency says otherwise
ENDED = (Status.COMPLETED, Status.DISCONTINUED)
_MONTHS: dict[Frequency | None, int] = {
    Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.SEMESTER: 6, Frequency.ANNUAL: 12,
}  # fmt: skip
_DAYS: dict[Frequency | None, int] = {
    Frequency.WEEKLY: 7, Frequency.MONTHLY: 31, Frequency.QUARTERLY: 92, Frequency.SEMESTER: 184, Frequency.ANNUAL: 366,
}  # fmt: skip


@dataclass(frozen=True)
class ProgressDraft:
    """One update as typed, not yet checked."""

    on: date
    status: Status
    percent: int | None = None
    done: str = ""
    next: str = ""


def check(draft: ProgressDraft, *, last: date | None, today: date) -> None:
    """Refuse a draft that would make the record lie.

    Updates may share a day with the last one (a correction), but not precede
    it: the status is always that of the newest update.
    """
    if draft.percent is not None and not 0 <= draft.percent <= 100:
        raise InvalidInput(_("Progress lies between 0 and 100 percent."), field="percent")
    if draft.status is Status.COMPLETED and draft.percent not in (None, 100):
        raise InvalidInput(_("What is completed is at 100 percent."), field="percent")
    if draft.on > today:
        raise InvalidInput(_("An update tells of a day that has been. Choose today or earlier."), field="on")
    if last is not None and draft.on < last:
        raise InvalidInput(_("There is a later update already. Choose its day or a later one."), field="on")


class Judged(Protocol):
    """A goal or a strategy, with the judgment of its newest update."""

    @property
    def status(self) -> Status | None: ...
    @property
    def updated_on(self) -> date | None: ...
    @property
    def update_every(self) -> Frequency | None: ...
    @property
    def update_by(self) -> date | None: ...


def outdated(element: Judged, today: date) -> bool:
    """Whether the newest update is too old to be believed, or there is none."""
    on = element.updated_on
    return on is None or (today - on).days > _DAYS.get(element.update_every, STALE_DAYS)


def stale(element: Judged, today: date) -> bool:
    """Whether a status is too old to be shown as it was said.

    What has ended needs no more news, and what was never started claims nothing.
    """
    never_begun = element.status in (Status.NOT_STARTED, None) and element.updated_on is None
    return not (element.status in ENDED or never_begun) and outdated(element, today)


def silent(element: Judged, today: date) -> bool:
    """Whether the next word on an element is waited for: what has ended needs no more.

    The one rule of who is silent: the banner, the list and the filter go by it.
    """
    on = next_update(element, today)
    return on is not None and on <= today


def next_update(element: Judged, today: date) -> date | None:
    """The day on which the next update is due; None where none is.

    A day that was set counts until an update of that day or later has come. What was never updated is due today.
    """
    if element.status in ENDED:
        return None
    last = element.updated_on
    if element.update_by is not None and (last is None or last < element.update_by):
        return element.update_by
    if last is None:
        return today
    every = element.update_every
    if every in _MONTHS:
        return add_months(last, _MONTHS[every])
    return None if every is Frequency.IRREGULAR else last + timedelta(_DAYS.get(every, STALE_DAYS))


def percent_rule(card: GoalCard | StrategyCard) -> str:
    """Where the percent of a goal or strategy comes from, in words."""
    if card.status is Status.COMPLETED:
        return _("completed")
    named = next((update for update in card.updates if update.percent is not None), None)
    if named is not None:
        return _("said on {day}").format(day=medium_date(named.on))
    n = len(card.strategies if isinstance(card, GoalCard) else card.milestones)
    if not n:
        return _("nobody has said")
    if isinstance(card, GoalCard):
        return ngettext("as its one strategy", "mean of {n} strategies", n).format(n=n)
    done = sum(row.done_on is not None for row in card.milestones)
    return ngettext("{done} of {n} milestone done", "{done} of {n} milestones done", n).format(done=done, n=n)


def next_milestone(strategy: StrategyCard) -> MilestoneRow | None:
    """The milestone that is due next and not done; those without a day come last."""
    waiting = [row for row in strategy.milestones if row.done_on is None]
    return min(waiting, key=lambda row: row.due or date.max, default=None)


def previous(strategy: StrategyCard) -> Status | None:
    """The status that the update before the newest gave."""
    return strategy.updates[1].status if len(strategy.updates) > 1 else None
