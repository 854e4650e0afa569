"""Every noun of a plan with its fields, each declared once.

A field stands as a key of its noun's TypedDict (`GoalFields`, `MotionFields`) with its word, its kind, who is given it
and what is done with it. From there come what operations take and refuse, search, replacing and spelling, the redline,
what leaves the house, the words of the history, and the page on the JSON. The columns stand in store/schema.py;
tests/domain/test_nouns.py holds the two side by side.
"""

from __future__ import annotations

from types import MappingProxyType

from planstudio.domain.nouns import district, meetings, plans, policies
from planstudio.domain.nouns.fields import Field, Noun, Uses

NOUNS: MappingProxyType[str, Noun] = MappingProxyType({
    one.table: one for one in (*district.NOUNS, *plans.NOUNS, *policies.NOUNS, *meetings.NOUNS)
})  # fmt: skip


def field_of(table: str, name: str) -> Field | None:
    """The field called *name*; None for keys, ranks and tables of the program's own."""
    known = NOUNS.get(table)
    return known.fields.get(name) if known else None


def uses(use: Uses) -> dict[str, tuple[Field, ...]]:
    """The fields with that use by table, of the tables that have any."""
    return {table: found for table, one in NOUNS.items() if (found := one.using(use))}
