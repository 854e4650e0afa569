"""What the board's minutes went to, by meeting, item and category.

A minute counts as it was taken, or as it was planned where nobody wrote down the time. Public hearings are listed but
not counted, for the law asks for them whatever the board would rather do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from planstudio.domain.agenda import OUTCOME_SHARE, AgendaItemCard, MeetingCard, dealt_with
from planstudio.domain.kinds import ItemType, TimeUse


@dataclass(frozen=True)
class TimeRow:
    """An item with its minutes."""

    meeting: MeetingCard
    item: AgendaItemCard

    @property
    def minutes(self) -> int:
        """As taken, else as planned."""
        return self.item.minutes or 0 if self.item.actual is None else self.item.actual

    @property
    def counted(self) -> bool:
        return self.item.type is not ItemType.HEARING


@dataclass(frozen=True)
class TimeSum:
    """Minutes in all, and those on student outcomes; `planned` is what the agenda had foreseen."""

    planned: int
    actual: int
    outcome: int
    estimated: bool  # some minutes are as planned, for want of a record

    @property
    def share(self) -> float | None:
        """The percent on student outcomes; None when no minute is known."""
        return self.outcome / self.actual * 100 if self.actual else None

    @property
    def reached(self) -> bool:
        return self.share is not None and self.share >= OUTCOME_SHARE


def day_of(meeting: MeetingCard) -> date | None:
    return meeting.start.date() if meeting.start else None


def time_rows(meetings: Iterable[MeetingCard]) -> list[TimeRow]:
    """Every item that was on an agenda, in order."""
    return [TimeRow(meeting, item) for meeting in meetings for item in dealt_with(meeting.items())]


def total(rows: Sequence[TimeRow]) -> TimeSum:
    counted = [row for row in rows if row.counted]
    return TimeSum(
        sum(row.item.minutes or 0 for row in counted),
        sum(row.minutes for row in counted),
        sum(row.minutes for row in counted if row.item.time_use is not TimeUse.OTHER),
        any(row.item.actual is None and row.item.minutes for row in counted),
    )


def by_category(rows: Sequence[TimeRow]) -> dict[TimeUse, int]:
    """The minutes of each category, also of those that had none."""
    counted = [row for row in rows if row.counted]
    return {use: sum(row.minutes for row in counted if row.item.time_use is use) for use in TimeUse}
