"""Everything that can go wrong without it being a bug.

    PlanStudioError          shown to the user in plain words
    ├── InvalidInput         the form was filled in wrongly
    │   └── UnknownPerson    a name that nobody has: to be asked about
    ├── NotFound             the row is no longer there
    │   └── NotHere          a file's bytes did not come with the plan
    ├── EditConflict         someone else changed it first
    ├── StoreUnavailable     disk full, file locked, drive unplugged
    │   ├── OpenAlready      another window or process of this computer has the plan
    │   └── Replaced         another plan stands where this one stood
    ├── TakesMuch            more of the plan would go than anybody takes away unasked
    ├── NotAPlan             not our file, damaged, or doctored
    ├── TooNew               written by a newer Plan Studio
    ├── ReadOnly             the plan is open for reading only
    ├── Locked               the plan is under a password that nobody has given yet
    ├── PartMissing          a part of the program that is installed on wish is not there
    └── Unreadable           a document that cannot be brought in

Any other exception is a bug: it is logged and told as one; nothing is lost.
"""

from __future__ import annotations

from pathlib import Path

from planstudio.i18n import _


class PlanStudioError(Exception):
    """Base of the errors whose text the user reads."""


class InvalidInput(PlanStudioError):
    """A rule was broken; *field* names the input to point at."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class UnknownPerson(InvalidInput): ...


class NotFound(PlanStudioError): ...


class NotHere(NotFound):
    def __init__(self, name: str) -> None:
        words = _(
            "{name} is not on this computer: the plan came without the folder of its files. Put that folder beside "
            "the plan, or ask for the plan once more with File, Send as one file."
        )
        super().__init__(words.format(name=name))


class EditConflict(PlanStudioError): ...


class StoreUnavailable(PlanStudioError): ...


class OpenAlready(StoreUnavailable): ...


class Replaced(StoreUnavailable): ...


def another_writes(path: Path) -> StoreUnavailable:
    words = _("Another computer is writing {name}. The changes wait here.")
    return StoreUnavailable(words.format(name=path.name))


class TakesMuch(PlanStudioError):
    """*gone* of the *whole* number of entries would be taken away."""

    def __init__(self, gone: int, whole: int) -> None:
        self.gone, self.whole = gone, whole
        words = _("This would take away {gone} of the {whole} entries of the plan, so nothing was changed.")
        super().__init__(words.format(gone=gone, whole=whole))


class NotAPlan(PlanStudioError): ...


class TooNew(NotAPlan): ...


class ReadOnly(PlanStudioError): ...


class Locked(PlanStudioError): ...


class PartMissing(PlanStudioError): ...


class Unreadable(PlanStudioError): ...


def unforeseen(error: BaseException) -> str:
    """The sentence for a bug."""
    words = _("Something unforeseen happened in this program ({kind}). Your work is kept.")
    return words.format(kind=type(error).__name__)
