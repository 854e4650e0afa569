"""What can be said of a field: its word, what stands in it, who is given it, and what is done with it.

A noun's fields are the keys of one TypedDict, each annotated with what one of the makers below returns. The TypedDict
is what operations take, and `planstudio.domain.nouns` reads the annotations: nothing else lists fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Flag, StrEnum, auto
from functools import partial
from types import MappingProxyType
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin

from planstudio.domain.audiences import Given, Rows
from planstudio.domain.dates import End

F = TypeVar("F")
LARGEST = 2**53  # whole numbers beyond it are no longer told apart, and no school has so many of anything


class Kind(StrEnum):
    """What stands in a field, and so how it is read, shown, compared and answered."""

    LINE = "line"
    PROSE = "text"  # several lines, as they were typed
    MARKDOWN = "Markdown"
    LINES = "lines"  # a list, an entry a line
    WHOLE = "whole number"
    FIGURE = "number"  # in the unit of its measure
    MONEY = "money"
    PERCENT = "percent"
    DAY = "date"
    MONTH = "month"  # its first day
    MOMENT = "date and time"
    STAMP = "moment"  # ISO 8601 with its offset, as in the journal
    TIME = "time"  # of a day, HH:MM
    CHOICE = "choice"
    PERSON = "person"
    REFERENCE = "reference"  # to a row of another table
    FLAG = "yes or no"
    OWN = "own"  # what the program writes for itself


class Uses(Flag):
    """What is done with a field beside showing it on its page."""

    NONE = 0
    FIND = auto()  # Ctrl+K and Find read it
    REPLACE = auto()  # find and replace changes it, and the spell check reads it
    COMPARE = auto()  # the redline shows what changed in it
    WORDS = FIND | REPLACE | COMPARE


FIND, REPLACE, COMPARE, WORDS = Uses.FIND, Uses.REPLACE, Uses.COMPARE, Uses.WORDS


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `least` and `most` are the bounds of a number, `of` the table that it refers to."""

    word: str  # in English; `words.field_word` says it
    given: Given
    uses: Uses = Uses.NONE
    kind: Kind = Kind.LINE
    least: float = -LARGEST
    most: float = LARGEST
    of: str = ""
    end: End = End.LAST  # which day is meant where a month or a school year is written
    name: str = ""

    @property
    def shown(self) -> str:
        """What cards call it: an owner's name stands in `owner`, the id in `owner_id`."""
        return self.name.removesuffix("_id") if self.kind is Kind.PERSON else self.name


@dataclass(frozen=True)
class Noun:
    """A table of the plan and its fields, in the order in which they are read.

    `title` is the field that names a row in a search. `inside` are the nouns that it stands in or is about, one column
    each. `keys` go with their row, `house` stays in the house.
    """

    table: str
    word: str
    rows: Rows
    fields: Mapping[str, Field]
    inside: tuple[str, ...] = ()
    title: str = ""
    keyed: bool = True  # has an id of its own
    ranked: bool = True
    origin: bool = False  # whether it says what it was copied from

    @property
    def keys(self) -> tuple[str, ...]:
        return ("id",) * self.keyed + tuple(f"{name}_id" for name in self.inside) + ("rank",) * self.ranked

    @property
    def house(self) -> tuple[str, ...]:
        return ("origin",) * self.origin

    def using(self, use: Uses) -> tuple[Field, ...]:
        """The fields that are found, replaced or compared."""
        return tuple(field for field in self.fields.values() if use in field.uses)


def noun(
    table: str, word: str, rows: Rows, declared: type, *, inside: str = "", title: str = "", keyed: bool = True,
    ranked: bool = True, origin: bool = False,
) -> Noun:  # fmt: skip
    """The noun whose fields are the keys of the TypedDict *declared*."""
    fields = {name: replace(_field(hint), name=name) for name, hint in declared.__annotations__.items()}
    return Noun(table, word, rows, MappingProxyType(fields), tuple(inside.split()), title, keyed, ranked, origin)


def only(declared: type[F], name: str, value: object) -> F:
    """One field of a noun, for whoever has its name at hand; TypeError for a name that is none."""
    if name not in declared.__annotations__:
        raise TypeError(f"{declared.__name__} has no field {name}")
    return cast(F, {name: value})


def _field(hint: Any) -> Field:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{hint} is not annotated with a field")
    found: Field = get_args(hint)[1]
    return found


line = partial(Field, kind=Kind.LINE)
prose = partial(Field, kind=Kind.PROSE)
markdown = partial(Field, kind=Kind.MARKDOWN)
lines = partial(Field, kind=Kind.LINES)
whole = partial(Field, kind=Kind.WHOLE)
figure = partial(Field, kind=Kind.FIGURE)
money = partial(Field, kind=Kind.MONEY, least=0)
percent = partial(Field, kind=Kind.PERCENT, least=0, most=100)
day = partial(Field, kind=Kind.DAY)  # by which something is due or over: of a month or a school year the last
first_day = partial(Field, kind=Kind.DAY, end=End.FIRST)  # on which something begins
exact_day = partial(Field, kind=Kind.DAY, end=End.DAY)  # on which something was done: a month is no such day
month = partial(Field, kind=Kind.MONTH, end=End.FIRST)
moment = partial(Field, kind=Kind.MOMENT)
stamp = partial(Field, kind=Kind.STAMP)
time = partial(Field, kind=Kind.TIME)
choice = partial(Field, kind=Kind.CHOICE)  # of the members of its type
person = partial(Field, kind=Kind.PERSON, of="person")
refers = partial(Field, kind=Kind.REFERENCE)
flag = partial(Field, kind=Kind.FLAG)
own = partial(Field, kind=Kind.OWN)
