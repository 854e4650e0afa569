"""What may be told of one measure alone."""

from __future__ import annotations

from collections.abc import Sequence

from planstudio.domain.cards import HiddenRow, ObservationRow
from planstudio.domain.measures import Recorded, suppress_together


def suppress(
    rows: Sequence[ObservationRow], minimum: int, *, unit: str = "", coded_shares: int = 0
) -> tuple[tuple[ObservationRow, ...], tuple[HiddenRow, ...]]:
    """The figures that may be told, and those that are hidden; both oldest first."""
    (found,) = suppress_together([Recorded("", rows, minimum, unit)], coded_shares).values()
    return found.rows, found.hidden
