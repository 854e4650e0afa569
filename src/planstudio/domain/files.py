"""Where a plan's file stands: saved, waiting, read only, open elsewhere, backed up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Standing:
    """What the status bar says. *waiting* is why the file could not be written yet; "" when it is."""

    saved: bool
    at: datetime | None = None
    waiting: str = ""
    read_only: bool = False


@dataclass(frozen=True)
class OpenElsewhere:
    """Who else has the file open, by the note they left beside it."""

    user: str
    computer: str
    since: datetime | None


@dataclass(frozen=True)
class BackupRow:
    """A verified copy that can be restored. *steps_since* counts what was done after it.

    *former*: of another plan, whose file another one has replaced.
    """

    name: str
    at: datetime
    size: int
    steps_since: int
    former: bool = False


@dataclass(frozen=True)
class ConflictRow:
    """A cell that two copies changed differently. Ours stands; theirs is kept here until somebody has looked."""

    id: str
    element: str
    field: str
    ours: str
    theirs: str
    author: str


@dataclass(frozen=True)
class Finding:
    """One thing that `check` found, and whether it is harmless."""

    message: str
    harmless: bool = False
