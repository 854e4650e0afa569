"""Dates in a list of policies: the columns "Adopted" and "Revised", by the words at their heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planstudio.exchange.recognise.blocks import Block, Form, cell_text
from planstudio.exchange.recognise.policy_dates import Dates, dates_in, dates_of
from planstudio.exchange.recognise.policy_fields import Field, field_named

_ROLES = frozenset({Field.ADOPTED, Field.REVISED, Field.REVIEWED})
_MOST_HEAD_WORDS = 10


@dataclass(frozen=True)
class ListDates:
    """The dates of one line, and what stands at its end as printed where the line has no columns."""

    dates: Dates = field(default_factory=Dates)
    words: str = ""


def list_dates(blocks: Sequence[Block]) -> dict[int, ListDates]:
    """The dates of each line under a head that names them, by the index of its block."""
    found: dict[int, ListDates] = {}
    head: list[Field | None] = []
    for at, block in enumerate(blocks):
        if named := _head(block):
            head = named
        elif block.form is Form.HEADING:
            head = []
        elif head:
            said = _row(block, head) if block.form is Form.ROW else _line(block, head)
            if said.dates:
                found[at] = said
    return found


def _head(block: Block) -> list[Field | None]:
    """The columns that *block* names, where one of them is a date and another number or title."""
    if block.form is Form.ROW:
        named = [field_named(cell_text(cell)) for cell in block.cells]
    else:
        words = block.text.split()
        named = [field_named(word) for word in words] if len(words) <= _MOST_HEAD_WORDS else []
    return named if {Field.NUMBER, Field.TITLE} & set(named) and _ROLES & set(named) else []


def _row(row: Block, head: Sequence[Field | None]) -> ListDates:
    """Each cell under its head; of a row with fewer cells, those with a date under the heads of dates."""
    texts = [cell_text(cell) for cell in row.cells]
    if len(texts) == len(head):
        pairs = list(zip(head, texts, strict=True))
    else:
        dated = [text for text in texts if _is_date(text)]
        roles = [name for name in head if name in _ROLES]
        # With fewer dates than columns nobody can tell which is missing.
        pairs = list(zip(roles, dated, strict=True)) if len(dated) == len(roles) else []
    return ListDates(_gathered([(name, text) for name, text in pairs if name in _ROLES]))


def _line(block: Block, head: Sequence[Field | None]) -> ListDates:
    """The dates that a line without columns ends with: "1240 Volunteers 5/6/2021"."""
    roles = [name for name in head if name in _ROLES]
    printed = [text for text, _date in dates_in(block.text)][-len(roles) :]
    start = block.text.rfind(printed[0]) if printed else -1
    behind = block.text[start:] if start > 0 else ""
    if len(printed) != len(roles) or behind.split() != " ".join(printed).split():
        return ListDates()
    return ListDates(_gathered(list(zip(roles, printed, strict=True))), behind)


def _gathered(pairs: Sequence[tuple[Field | None, str]]) -> Dates:
    dates = Dates()
    for name, text in pairs:
        dates.add(dates_of(text, name.value if name else ""))
    return dates


def _is_date(text: str) -> bool:
    found = dates_in(text)
    return len(found) == 1 and found[0][0] == text.strip()
