"""Now and today, given to whoever needs them, so that no rule asks the computer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


def _here() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Clock:
    now: Callable[[], datetime] = _here

    def today(self) -> date:
        return self.now().date()
