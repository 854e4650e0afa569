"""Where a plan's file stands: saved, waiting, read only, open elsewhere, backed up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FileRelation(StrEnum):
    """How a plan's file and the work on this computer stand to one another, as the file was looked at."""

    SAVED = "saved"  # the same steps in both
    WAITING = "waiting"  # steps of ours are still to be written
    NEWER = "newer"  # steps of others are in the file alone
    BOTH = "both"  # each has steps that the other lacks
    OLDER = "older"  # the file lacks steps that it had: a former state was put back
    GONE = "gone"  # there is no file any more
    OTHER_PLAN = "other plan"
    NO_PLAN = "no plan"  # a file of another kind
    TOO_NEW = "too new"  # written by a newer program
    LOCKED = "locked"  # under another password than the one that was given
    UNREADABLE = "unreadable"  # damaged, or half written by a program that synchronises
    OUT_OF_REACH = "out of reach"  # the folder does not answer
    READ_ONLY = "read only"  # the folder takes nothing


class Kept(StrEnum):
    """Where the bytes of an attached file are."""

    HERE = "here"  # in the plan or on this computer
    COMING = "coming"  # beside the plan's file; they are being fetched
    MISSING = "missing"  # they came neither with the plan nor to this computer


@dataclass(frozen=True)
class FileState:
    """What a look at the file has found."""

    relation: FileRelation
    missing: int = 0  # steps of ours that the file does not have
    new: int = 0  # steps of the file that we do not have
    why: str = ""  # the sentence, where the system or the file gave one


@dataclass(frozen=True)
class Upkeep:
    """What came of looking after this computer's store of attached files."""

    gone: int = 0  # files that nobody has named for long
    fetched: int = 0  # damaged ones that came anew
    lost: frozenset[str] = frozenset()  # the hashes of those that are to be had nowhere


@dataclass(frozen=True)
class PlanStatus:
    """How a plan stands, as whoever only looks finds it."""

    state: FileState
    written: datetime | None = None  # when the file was written last
    differences: int = 0  # that wait for an answer
    elsewhere: OpenElsewhere | None = None  # who has it open, by the note beside it
    open_here: bool = False  # a window or a command of this computer has it open
    worked_on: bool = True  # this computer has a working copy of it


@dataclass(frozen=True)
class CopyCounts:
    """The steps of a plan and of another copy of it, counted."""

    only_there: int
    both: int
    only_here: int


@dataclass(frozen=True)
class Standing:
    """What the status bar says. *waiting* is why the file could not be written yet; "" when it is."""

    saved: bool
    at: datetime | None = None
    waiting: str = ""
    read_only: bool = False
    state: FileState = FileState(FileRelation.SAVED)
    put_off: int = 0  # steps of others in the file that somebody stopped the taking in of


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
class Finding:
    """One thing that `check` found, and whether it is harmless."""

    message: str
    harmless: bool = False
