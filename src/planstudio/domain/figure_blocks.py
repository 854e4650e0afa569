"""A pasted block of figures: what each of its cells is, and why a cell is no figure.

    cells -> titles, heads, dates and figures -> judge -> one answer for every cell

The law: every cell that holds a word comes out once, as what it is: a title, a head, a date, a figure, something left
out, or something to mend. Nothing is stored that is doubtful, and nothing is dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from planstudio.domain import dates, numbers
from planstudio.domain.blocks import Grid
from planstudio.domain.dates import DateSaid, Doubt, End, Order
from planstudio.domain.figure_heads import Role, Shape, end_of_first, group_name, shape_of
from planstudio.domain.folding import fold
from planstudio.domain.numbers import NumberSaid, Sort
from planstudio.i18n import _, medium_date, number


class Fate(StrEnum):
    TITLE = "title"
    HEAD = "head"
    DATE = "date"
    FIGURE = "figure"
    LEFT = "left out"  # it is no figure and was not meant as one
    MEND = "to mend"
    WAITS = "waits"  # a figure whose date is to be mended

    @property
    def has_reason(self) -> bool:
        """Whether a reason stands beside it."""
        return self in (Fate.LEFT, Fate.MEND, Fate.WAITS)


@dataclass(frozen=True)
class Cell:
    """One cell of a block with its place in it. `group` is None where no head says for whom a figure is."""

    row: int
    column: int
    words: str
    fate: Fate = Fate.FIGURE
    why: str = ""
    date_words: str = ""
    day: date | None = None
    group: str | None = ""
    value: float | None = None
    first: Order | None = None  # what stands first in the dates of its column
    commas: bool = False  # decimals of its block stand behind commas
    line: int = -1  # the period it belongs to, counted in the block; -1 for titles and heads
    head: str = ""  # of its column, where that is no group
    dated: bool = False  # it is the date of its line
    slot: int = -1  # of its column among those of the block


@dataclass(frozen=True)
class Rules:
    """What may be taken: periods up to a day, figures or numbers of students; these only where a figure is."""

    latest: date = date.max
    counting: bool = False
    stored: frozenset[tuple[date, str]] = field(default_factory=frozenset)
    groups: tuple[str, ...] = ()  # that are known: a head in other letters is theirs


@dataclass(frozen=True)
class Beside:
    """Where a block without dates or heads falls: the dates of the rows there, and the groups of the columns."""

    days: Sequence[str] = ()  # of the rows from there on, as they are shown
    groups: Sequence[str | None] = ("",)  # of the columns from there on
    every: Sequence[str | None] = ("",)  # of all columns, for a block that brings its dates


def read_block(grid: Grid, beside: Beside, rules: Rules) -> tuple[Cell, ...]:
    """Every cell of *grid* that holds a word, in the order of its rows."""
    end = end_of_first(grid)
    below = _below(grid, end)
    shape = shape_of(grid[:end], dated=any(beside.days))
    columns = _columns(shape, beside, rules)
    by_column = [[shape.grid[r][c] for r in shape.lines] for c in range(shape.width)]
    first = _order(by_column[shape.date_column]) if shape.date_column is not None else None
    commas = any(numbers.read(words).comma for column in by_column for words in column)
    data: list[Cell] = []
    for n, r in enumerate(shape.lines):
        date_words = beside.days[n] if n < len(beside.days) else ""
        if shape.date_column is not None:
            date_words = shape.grid[r][shape.date_column].strip()
        data += _line(shape, Cell(r, 0, "", date_words=date_words, first=first, commas=commas, line=r), columns, rules)
    inside = [*map(_named, shape.named), *judge(data, rules)]
    places = [shape.place(cell.row, cell.column) for cell in inside]
    placed = [replace(cell, row=r, column=c) for cell, (r, c) in zip(inside, places, strict=True)]
    return tuple(sorted([*placed, *below], key=lambda cell: (cell.row, cell.column)))


def _below(grid: Grid, end: int) -> list[Cell]:
    """The cells of another block under the first: for whom its figures are, the first one's heads do not say."""
    why = _("another block begins above; paste it by itself")
    most = max(map(len, grid), default=0)  # beyond the lines of the first block, also where they are its columns
    return [
        Cell(r, c, " ".join(words.split()), Fate.LEFT, why, date_words=row[0].strip(), group=None, line=most + r,
             dated=not c, slot=c)
        for r, row in enumerate(grid[end:], end)
        for c, words in enumerate(row)
        if words.strip()
    ]  # fmt: skip


def judge(cells: Sequence[Cell], rules: Rules) -> list[Cell]:
    """*cells* with what each is, by its words, its date's words and its group."""
    return _once([_judged(cell, rules) for cell in cells])


def _named(place: tuple[int, int, str, Role]) -> Cell:
    row, column, words, role = place
    fate, why = (Fate.TITLE, _("a title is no figure")) if role is Role.TITLE else (Fate.HEAD, "")
    return Cell(row, column, words, fate, why)


def _columns(shape: Shape, beside: Beside, rules: Rules) -> list[str | None]:
    """For whom the figures of each column are; None where nobody says."""
    if shape.heads:
        known = {fold(group): group for group in rules.groups if group}
        return [None if name is None else known.get(fold(name), name) for name in shape.heads]
    made: list[str | None] = []
    waiting = list(beside.groups if shape.date_column is None else beside.every)
    for c in range(shape.width):
        group = waiting.pop(0) if waiting and c != shape.date_column else None
        made.append(None if c in shape.empty else group)
    return made


def _order(column: Sequence[str]) -> Order | None:
    """Where a date of the column has its day first, none of the others can be read the usual way."""
    told = [dates.read(words).day_first for words in column]
    return Order.UNKNOWN if True in told else None


def _line(shape: Shape, blank: Cell, columns: Sequence[str | None], rules: Rules) -> list[Cell]:
    """The cells of the row of *blank*, which says what they have in common."""
    made = []
    words_at = {c: " ".join(words.split()) for c, words in enumerate(shape.grid[blank.row]) if words.strip()}
    note = len(words_at) == 1 and shape.date_column in words_at and shape.width > 1
    row_group = _row_group(shape, blank.row, rules) if shape.group_columns else None
    for c, words in words_at.items():
        cell = replace(blank, column=c, words=words, group=columns[c], head=shape.head(c), slot=c)
        if c == shape.date_column:
            left = note and dates.read(words).doubt is Doubt.NO_DATE
            fate, why = (Fate.LEFT, _("a line without figures")) if left else (Fate.DATE, "")
            cell = replace(cell, dated=True, group=None, head="", fate=fate, why=why)
        elif c in shape.group_columns:
            cell = replace(cell, fate=Fate.HEAD)
        elif shape.roles[c] is Role.COUNT and not rules.counting:
            cell = replace(cell, group=None, fate=Fate.LEFT, why=_("numbers of students are pasted by themselves"))
        elif rules.counting and shape.roles[c] is Role.FIGURES and Role.COUNT in shape.roles:
            cell = replace(cell, group=None, fate=Fate.LEFT, why=_("figures are pasted by themselves"))
        elif shape.roles[c] is Role.NOTE:
            cell = replace(cell, group=None, fate=Fate.LEFT, why=_("a note is no figure"))
        elif row_group is not None:
            cell = replace(cell, group=row_group)
        made.append(cell)
    return made


def _row_group(shape: Shape, r: int, rules: Rules) -> str:
    """The group that a row names, in one column or in several: Grade 3, Girls."""
    parts = []
    for c in shape.group_columns:
        said = group_name(shape.grid[r][c])
        parts.append(said if any(map(str.isalpha, said)) or not said else f"{shape.head(c)} {said}")
    name = ", ".join(filter(None, parts))
    return {fold(group): group for group in rules.groups}.get(fold(name), name)


def _judged(cell: Cell, rules: Rules) -> Cell:
    if cell.fate in (Fate.LEFT, Fate.HEAD, Fate.TITLE):
        return cell
    said = dates.read(cell.date_words, first=cell.first) if cell.date_words else None
    day = dates.at(said, End.LAST) if said else None
    wrong = _wrong_date(said, day, rules)
    if cell.dated:
        return replace(cell, fate=Fate.MEND if wrong else Fate.DATE, why=wrong, day=None if wrong else day)
    return _figure(replace(cell, day=None if wrong else day, value=None, why=""), rules)


def _wrong_date(said: DateSaid | None, day: date | None, rules: Rules) -> str:
    if said is None:
        return _("the date is missing")
    if day is None:
        return dates.why_not(said, End.LAST)
    if day > rules.latest:
        return _("“{words}” is more than a year ahead").format(words=said.words[:40])
    return ""


def _figure(cell: Cell, rules: Rules) -> Cell:
    said = numbers.read(cell.words)
    if cell.commas:
        said = numbers.doubtful_beside_commas(said)
    if said.sort is Sort.NONE:
        return replace(cell, fate=Fate.LEFT, why=numbers.why_not(said))
    if why := _wrong_figure(cell, said, rules):
        return replace(cell, fate=Fate.MEND, why=why)
    if cell.day is None:
        return replace(cell, fate=Fate.WAITS, why=_("its date is to be mended first"), value=said.value)
    return replace(cell, fate=Fate.FIGURE, value=said.value)


def _wrong_figure(cell: Cell, said: NumberSaid, rules: Rules) -> str:
    if said.sort is not Sort.NUMBER or said.value is None:
        return numbers.why_not(said)
    if rules.counting and numbers.whole(said) is None:
        return _("“{words}” is not a number of students").format(words=cell.words[:40])
    if cell.group is None:
        return _("no head says for whom “{words}” is").format(words=cell.words[:40])
    if rules.counting and cell.day is not None and (cell.day, cell.group) not in rules.stored:
        return _("there is no figure yet")
    return ""


def _once(cells: Sequence[Cell]) -> list[Cell]:
    """One figure for a day and a group: the same twice counts once, of two others neither."""
    by_place: dict[tuple[date | None, str | None], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.fate is Fate.FIGURE:
            by_place[cell.day, cell.group].append(cell)
    made = []
    for cell in cells:
        twins = by_place[cell.day, cell.group] if cell.fate is Fate.FIGURE else []
        values = list(dict.fromkeys(twin.value for twin in twins))
        if len(values) > 1 and cell.day is not None:
            told = " · ".join(number(value) for value in values[:4] if value is not None)
            words = _("{n} figures for {day}: {figures}")
            why = words.format(n=len(twins), day=medium_date(cell.day), figures=told)
            cell = replace(cell, fate=Fate.MEND, why=why)
        elif len(twins) > 1 and cell is not twins[0]:
            cell = replace(cell, fate=Fate.LEFT, why=_("the same figure stands there twice"))
        made.append(cell)
    return made
