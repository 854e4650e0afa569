"""Progress on a goal or strategy: what is typed, and the rules that keep the record honest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planstudio.domain.cards import MilestoneRow, StrategyCard
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Status
from planstudio.i18n import _

STALE_DAYS = 120  # without an update for this long, evidence is outdated


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


def outdated(updated_on: date | None, today: date) -> bool:
    """Whether the newest update is too old to be believed, or there is none."""
    return updated_on is None or (today - updated_on).days > STALE_DAYS


def stale(status: Status, updated_on: date | None, today: date) -> bool:
    """Whether a status is too old to be shown as it was said.

    What has ended needs no more news, and what was never started claims nothing.
    """
    if status in (Status.COMPLETED, Status.DISCONTINUED) or (status is Status.NOT_STARTED and updated_on is None):
        return False
    return outdated(updated_on, today)


def next_milestone(strategy: StrategyCard) -> MilestoneRow | None:
    """The milestone that is due next and not done; those without a day come last."""
    waiting = [row for row in strategy.milestones if row.done_on is None]
    return min(waiting, key=lambda row: row.due or date.max, default=None)


def previous(strategy: StrategyCard) -> Status | None:
    """The status that the update before the newest gave."""
    return strategy.updates[1].status if len(strategy.updates) > 1 else None
