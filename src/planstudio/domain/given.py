"""What leaves the house: for each column of each table the audience it is given to, and which rows are given.

One table for everything that goes to others: the clean copy and the JSON for others are filled from it
(store/clean_copy.py), and what is printed or written to Excel is cut by it (domain/cut.py). Each field says it where it
is declared (domain/nouns). It lists what is given: a column that nobody has declared is withheld;
tests/store/test_given.py refuses one. docs/adr/0013 says why each is as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from planstudio.domain.audiences import HOUSE, PUBLIC, STAFF, Given, Rows, When
from planstudio.domain.kinds import Access
from planstudio.domain.nouns import NOUNS
from planstudio.domain.nouns.fields import Noun


@dataclass(frozen=True)
class GivenTable:
    rows: Rows
    columns: MappingProxyType[str, Given]


def _of(noun: Noun) -> GivenTable:
    """Whoever is given a field of a row is given its key."""
    fields = {name: field.given for name, field in noun.fields.items()}
    none = HOUSE if noun.rows is Rows.NONE else PUBLIC
    widest = next((given for given in (PUBLIC, STAFF, HOUSE) if given in fields.values()), none)
    keys, house = dict.fromkeys(noun.keys, widest), dict.fromkeys(noun.house, HOUSE)
    return GivenTable(noun.rows, MappingProxyType(keys | fields | house))


def _own(rows: Rows, given: Given, names: str) -> GivenTable:
    return GivenTable(rows, MappingProxyType(dict.fromkeys(names.split(), given)))


GIVEN: MappingProxyType[str, GivenTable] = MappingProxyType({
    **{table: _of(noun) for table, noun in NOUNS.items()},
    "content": _own(Rows.NAMED, PUBLIC, "sha256 size data"),
    "change_set": _own(Rows.NONE, HOUSE, "seq id clock device author at arrived kind label target"),
    "change": _own(Rows.NONE, HOUSE, "id set_id tbl row op before after over head"),
    "conflict": _own(Rows.NONE, HOUSE, "tbl row field unit sides"),
    "seal": _own(Rows.NONE, HOUSE, "plan digest count"),
})  # fmt: skip

# What is given of an agenda item that the audience may not see; the law only where the session is closed.
NUMBERED = ("id", "section_id", "access", "state", "rank")


def given(table: str, column: str) -> Given:
    """What the table says of a column; nobody gets one that it does not know."""
    known = GIVEN.get(table)
    return known.columns.get(column, HOUSE) if known else HOUSE


def columns_for(table: str, audience: Access) -> tuple[str, ...]:
    """The columns that *audience* gets of the rows that are given."""
    known = GIVEN.get(table)
    if known is None or known.rows is Rows.NONE:
        return ()
    return tuple(name for name, one in known.columns.items() if one.reaches(audience))


def columns_when(table: str, when: When) -> tuple[str, ...]:
    known = GIVEN.get(table)
    return tuple(name for name, one in known.columns.items() if one.when is when) if known else ()
