"""Rows and cells in the words of the screen: what an element is called, where it stands, what a cell says.

For whoever shows cells of any table; pages that know their table ask for cards.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Boolean, Float, Integer, select
from sqlalchemy.orm import Session

from planstudio.domain.differences import Sort
from planstudio.domain.kinds import MeetingKind
from planstudio.domain.nouns import field_of
from planstudio.domain.nouns.fields import Kind
from planstudio.domain.places import NOWHERE, Place
from planstudio.domain.texts import name_in
from planstudio.domain.words import table_word, word
from planstudio.i18n import _, amount, clock_time, day_and_time, medium_date
from planstudio.queries.history import said_of
from planstudio.store.fold import stands_in
from planstudio.store.lines import REFERENCES, Cells, standing, typed
from planstudio.store.schema import JOURNALED, Person
from planstudio.store.types import Day, Moment, Word

PAGES = (
    "organization", "plan", "person", "statement", "goal", "strategy", "measure", "policy", "meeting", "agenda_item",
)  # fmt: skip
_PARTS = ("organization", "plan", "person", "statement", "goal", "policy", "meeting")
_SORTS = {
    Kind.LINE: Sort.LINE, Kind.PROSE: Sort.MARKDOWN, Kind.MARKDOWN: Sort.MARKDOWN, Kind.LINES: Sort.LINES,
    Kind.WHOLE: Sort.NUMBER, Kind.FIGURE: Sort.NUMBER, Kind.MONEY: Sort.NUMBER, Kind.PERCENT: Sort.NUMBER,
    Kind.DAY: Sort.DAY, Kind.MONTH: Sort.DAY, Kind.TIME: Sort.TIME, Kind.CHOICE: Sort.CHOICE,
    Kind.PERSON: Sort.CHOICE, Kind.FLAG: Sort.CHOICE,
}  # fmt: skip

_SAID: dict[type, Callable[[Any], str]] = {
    Word: word, Day: medium_date, Moment: day_and_time, Boolean: lambda read: _("Yes") if read else _("No"),
}  # fmt: skip


class Teller:
    """Tells cells of one plan; what it has read it keeps, so one is made for each question."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._rows: dict[tuple[str, str], Cells] = {}
        self._people: tuple[tuple[str, str], ...] | None = None

    def row(self, tbl: str, ident: str) -> Cells:
        """A row as it stands, cells as the journal holds them; empty where it is gone."""
        if (tbl, ident) not in self._rows:
            self._rows[tbl, ident] = standing(self.session.connection(), [(tbl, ident)]).get((tbl, ident), {})
        return self._rows[tbl, ident]

    # Elements.

    def element(self, tbl: str, cells: Cells) -> str:
        name = self.name(tbl, cells)
        return f"{table_word(tbl)} “{name}”" if name else table_word(tbl)

    def name(self, tbl: str, cells: Cells) -> str:
        """What an element is called: its own name, else that of what it stands in."""
        if tbl == "meeting" and cells:
            kind = word(MeetingKind(cells["kind"]))
            start = self.value(tbl, "", "start", cells["start"], cells)
            return ", ".join(filter(None, (cells["title"] or kind, start)))
        if tbl in ("vote", "attendance"):
            return self._named("person", cells.get("person_id"))
        if tbl == "observation" and cells:
            day = medium_date(date.fromisoformat(cells["period_end"]))
            return ", ".join(filter(None, (self._named("measure", cells["measure_id"]), cells["student_group"], day)))
        above = (self._named(other, ident) for other, ident in _above(tbl, cells))
        return name_in(cells) or next(filter(None, above), "")

    def _named(self, tbl: str, ident: Any) -> str:
        return self.name(tbl, self.row(tbl, ident)) if ident else ""

    def place(self, tbl: str, ident: str, cells: Cells) -> tuple[Place, str]:
        """Where an element is shown, and what that is called; NOWHERE where it is not."""
        while tbl not in PAGES:
            above = next(iter(_above(tbl, cells)), None)
            if above is None:
                return NOWHERE, table_word(tbl)
            (tbl, ident), cells = above, self.row(*above)
        return Place(tbl, ident), self.name(tbl, cells) or table_word(tbl)

    def part(self, tbl: str, cells: Cells) -> str:
        """What the page of an element belongs to: a strategy to its goal, an item to its meeting."""
        while tbl not in _PARTS and (above := next(iter(_above(tbl, cells)), None)) is not None:
            tbl, cells = above[0], self.row(*above)
        return self.name(tbl, cells) or table_word(tbl)

    # Cells.

    def sort(self, tbl: str, field: str) -> Sort:
        """What stands in a column, and so how it is answered."""
        if field == "rank":
            return Sort.ORDER
        known = field_of(tbl, field)
        return _SORTS.get(known.kind, Sort.CLOSED) if known else Sort.CLOSED

    def options(self, tbl: str, field: str) -> tuple[tuple[Any, str], ...]:
        """What can be chosen in a column of a closed list, or of people."""
        kind = JOURNALED[tbl].c[field].type
        if isinstance(kind, Word):
            return tuple((one.value, word(one)) for one in kind.kind)
        if self._refers_to(tbl, field) == "person":
            if self._people is None:
                found = self.session.execute(select(Person.id, Person.name).order_by(Person.name))
                self._people = tuple((ident, name) for ident, name in found)
            return self._people
        return ()

    def unit(self, tbl: str, field: str, cells: Cells) -> str:
        """The unit in which a figure is said."""
        known = field_of(tbl, field)
        if known is None or known.kind is not Kind.FIGURE:
            return ""
        measure = cells if tbl == "measure" else self.row("measure", cells.get("measure_id", ""))
        return str(measure.get("unit", ""))

    def value(self, tbl: str, ident: str, field: str, value: Any, cells: Cells) -> str:
        """A cell that holds a value, in words; "" for nothing."""
        if value is None or value == "":
            return ""
        if field == "rank":
            return self._order(tbl, ident, value, cells)
        known = field_of(tbl, field)
        if known is not None and known.kind is Kind.TIME:
            return clock_time(datetime.combine(date.min, time.fromisoformat(value)))
        if self._refers_to(tbl, field):
            return said_of(self.session, tbl, field, value)
        read = typed(JOURNALED[tbl], {field: value})[field]
        kind = JOURNALED[tbl].c[field].type
        if isinstance(kind, Float | Integer):
            return amount(read, "%" if field == "percent" else self.unit(tbl, field, cells))
        say = next((say for one, say in _SAID.items() if isinstance(kind, one)), None)
        return say(read) if say else said_of(self.session, tbl, field, value)

    def _order(self, tbl: str, ident: str, rank: str, cells: Cells) -> str:
        """A place in words: behind which of the others it puts the element."""
        table = JOURNALED[tbl]
        query = select(table)
        for name, _other in stands_in(tbl):
            if cells.get(name):
                query = query.where(table.c[name] == cells[name])
        others = [row for row in self.session.execute(query).mappings() if row["id"] != ident]
        behind = [row for row in others if (row["rank"], row["id"]) < (rank, ident)]
        before = max(behind, key=lambda row: (row["rank"] or "", row["id"]), default=None)
        if before is None:
            return _("at the beginning")
        name = self.name(tbl, self.row(tbl, before["id"]))
        return _("after “{name}”").format(name=name) if name else _("further down")

    def _refers_to(self, tbl: str, field: str) -> str:
        return dict(REFERENCES[tbl]).get(field, "")


def _above(tbl: str, cells: Cells) -> list[tuple[str, str]]:
    """What an element stands in, the nearest first."""
    return [(other, cells[name]) for name, other in stands_in(tbl) if cells.get(name)]
