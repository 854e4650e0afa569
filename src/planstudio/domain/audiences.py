"""To whom a column and a row may be given: the words in which fields are declared.

PUBLIC      everybody
STAFF       the administration and the board
HOUSE       nobody outside
MINUTES     everybody, once the board has approved the minutes; before, only on the minutes themselves
REPORTED    everybody, once the report has been given to the board; before, only on the report itself
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planstudio.domain.kinds import Access

_ORDER = tuple(Access)  # from what everybody sees to what few see


def seen_by(audience: Access, access: Access) -> bool:
    """Whether *audience* may see what has *access*."""
    return _ORDER.index(access) <= _ORDER.index(audience)


class When(StrEnum):
    """What must have happened before a column is given in a copy."""

    ALWAYS = "always"
    APPROVED = "minutes approved"
    REPORTED = "reported"


@dataclass(frozen=True)
class Given:
    """From which audience on a column is given; None is nobody."""

    to: Access | None
    when: When = When.ALWAYS

    def reaches(self, audience: Access) -> bool:
        return self.to is not None and seen_by(audience, self.to)


PUBLIC = Given(Access.PUBLIC)
STAFF = Given(Access.ADMINISTRATIVE)
HOUSE = Given(None)
MINUTES = Given(Access.PUBLIC, When.APPROVED)
REPORTED = Given(Access.PUBLIC, When.REPORTED)


class Rows(StrEnum):
    """Which rows of a table are given. A row whose parent is withheld never is."""

    ALL = "all"
    NONE = "none"  # the table stays in the house
    IN_FORCE = "in force"  # adopted plans, else the one plan there is to show; adopted policies and their text in force
    ON_PAPERS = "on papers"  # people who sit on the board, or whom a given row names
    POSTED = "posted"  # meetings whose agenda is posted, or that have been held
    NUMBERED = "numbered"  # agenda items: of one that is withheld its number is given, and the law that says why
    SEEN = "seen"  # files with an access that the audience has
    APPROVED = "approved"  # what stands in minutes that the board has approved
    NAMED = "named"  # the bytes of files that a given row names
