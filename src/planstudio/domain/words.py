"""The words for every kind, status and field, so that screen, PDF and history agree."""

from __future__ import annotations

from planstudio.domain.kinds import Worded
from planstudio.domain.nouns import NOUNS, field_of
from planstudio.i18n import N_, _, pgettext

# What every row has, and what only the journal has: a doctored history may name any.
_KEYS = {
    "id": N_("Id"),
    "rank": N_("Rank"),
    "origin": N_("Origin"),
    "arrived": N_("Arrived"),
    "at": N_("At"),
    "section_id": N_("Section"),
}


def word(kind: Worded) -> str:
    """What people call *kind*: "On track", "Guiding principles"."""
    return _(kind.said) if isinstance(kind.said, str) else pgettext(*kind.said)


def table_word(table: str) -> str:
    """What people call a row of *table*."""
    if table == "content":
        return _("File content")
    return _(NOUNS[table].word) if table in NOUNS else table


def field_word(table: str, column: str) -> str:
    """What people call a column: period_start of a plan → "Begins"."""
    field = field_of(table, column)
    if field is not None:
        return _(field.word)
    if column in _KEYS:
        return _(_KEYS[column])
    return table_word(column.removesuffix("_id")) if column.endswith("_id") else column
