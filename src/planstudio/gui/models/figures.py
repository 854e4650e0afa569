"""A measure's figures as a table of words, without a widget: what stands where, what was not taken, and why.

Rows are periods, columns student groups. What is written or pasted is judged by domain.figure_blocks; what is sound
becomes a wish for the plan, what is not stays in its cell with its reason until it is mended or taken away. After the
plan has changed the table is filled anew by `show`, around what was left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import attrgetter

from planstudio.domain import dates
from planstudio.domain.blocks import MOST_CELLS, Clip, cells_of
from planstudio.domain.cards import HiddenRow, ObservationRow
from planstudio.domain.dates import End
from planstudio.domain.figure_blocks import Beside, Cell, Fate, Rules, judge, read_block
from planstudio.domain.figure_sums import sum_of
from planstudio.i18n import _, medium_date, number

At = tuple[int, int]
Key = tuple[date, str]
Figure = tuple[date, str, float]


@dataclass
class Line:
    """A row: the period it holds, None while it is being written, and its words by column; 0 is the date's."""

    day: date | None = None
    words: dict[int, str] = field(default_factory=dict)


@dataclass
class Column:
    """For whom figures are; None where nobody has said, with what stood above them instead."""

    group: str | None
    head: str = ""
    slot: int = -1  # where it stood in the block, so that two without a head stay two


@dataclass(frozen=True)
class Wish:
    """What an edit asks of the plan."""

    figures: tuple[Figure, ...] = ()
    deleted: tuple[Key, ...] = ()
    moved: tuple[date, date] | None = None


@dataclass(frozen=True)
class _Kept:
    """A row's cells that were not taken, while the table is filled anew; *date* where its date was not."""

    day: date | None
    date_words: str
    cells: tuple[tuple[Column, Cell], ...]
    date: Cell | None


class FiguresModel:
    def __init__(self) -> None:
        self.lines: list[Line] = [Line()]
        self.columns: list[Column] = [Column("")]
        self.told: dict[At, Cell] = {}
        self.hidden: set[At] = set()
        self.values: dict[Key, float | None] = {}
        self.counting = False
        self._latest = date.max
        self._pasted: tuple[Cell, ...] = ()
        self._before: dict[Key, float | None] = {}

    def begin(self, latest: date) -> None:
        """Forget what was not taken and the columns added by hand: another measure comes. *latest* is its last day."""
        self.lines, self.columns, self.told = [Line()], [Column("")], {}
        self._latest, self._pasted = latest, ()

    def drop(self) -> None:
        """Take away what was not taken."""
        for r, c in self.told:
            self.lines[r].words.pop(c, None)
        self.told, self._pasted = {}, ()
        self.columns = [one for one in self.columns if one.group is not None]

    @property
    def _rules(self) -> Rules:
        groups = tuple(one.group for one in self.columns if one.group is not None)
        return Rules(self._latest, self.counting, frozenset(self.values), groups)

    def words(self, r: int, c: int) -> str:
        return self.lines[r].words.get(c, "").strip()

    # Filling.

    def show(self, rows: Sequence[ObservationRow], hidden: Sequence[HiddenRow]) -> None:
        kept = self._kept()
        kept_back = {(one.period_end, one.student_group) for one in hidden}
        there = {(one.period_end, one.student_group): one.count if self.counting else one.value for one in rows}
        self.values = dict.fromkeys(kept_back) | there
        known = {group for _day, group in self.values}
        added = [one for one in self.columns if one.group and one.group not in known]
        self.columns = [Column(""), *(Column(group) for group in sorted(known - {""})), *added]
        self.lines, self.told, self.hidden = [], {}, set()
        for r, day in enumerate(sorted({day for day, _group in self.values})):
            self.lines.append(Line(day, {0: medium_date(day)}))
            for c, column in enumerate(self.columns, 1):
                value = self.values.get((day, column.group or ""))
                if value is not None:
                    self.lines[r].words[c] = number(value)
                if (day, column.group) in kept_back:
                    self.hidden.add((r, c))
        for one in kept:
            self._put_back(one)
        self.lines.append(Line())  # to be written in
        self._judge_left()

    def _kept(self) -> list[_Kept]:
        found = []
        for r, line in enumerate(self.lines):
            dated = (r, 0) in self.told
            whole = dated and line.day is None
            cells = [
                (self.columns[c - 1], self.told.get((r, c)) or self._cell(r, c))
                for c in sorted(line.words)
                if c and self.words(r, c) and ((r, c) in self.told or whole)
            ]
            if cells or dated or (line.day is None and self.words(r, 0)):
                found.append(_Kept(line.day, self.words(r, 0), tuple(cells), self.told.get((r, 0))))
        return found

    def _put_back(self, kept: _Kept) -> None:
        days = [line.day for line in self.lines]
        said = dates.at(dates.read(kept.date_words), End.LAST) if kept.date_words and kept.date is None else None
        own = kept.day is not None and kept.day in days
        target = kept.day if own else said
        at = days.index(target) if target is not None and target in days else None
        if at is not None and not kept.cells and kept.date is None:
            return  # the row has its figures now
        columns = [self._column(column) for column, _cell in kept.cells]
        if at is not None and not own and any(self.words(at, c) for c in columns):
            at = None  # what stands there stays in sight
        if at is None:
            self.lines.append(Line(None, {0: kept.date_words}))
            at = len(self.lines) - 1
        elif own and kept.date is not None:
            self.lines[at].words[0] = kept.date_words
        if kept.date is not None:
            self.told[at, 0] = replace(kept.date, row=at)
        for c, (_column, cell) in zip(columns, kept.cells, strict=True):
            self.lines[at].words[c] = cell.words
            self.told[at, c] = replace(cell, row=at, column=c)

    def _column(self, wanted: Column) -> int:
        for n, one in enumerate(self.columns, 1):
            same = (one.head, one.slot) == (wanted.head, wanted.slot)
            if one.group == wanted.group and (one.group is not None or same):
                return n
        self.columns.append(replace(wanted))
        return len(self.columns)

    def _column_of(self, cell: Cell) -> int:
        return self._column(Column(cell.group) if cell.group is not None else Column(None, cell.head, cell.slot))

    # Writing.

    def write(self, r: int, c: int, words: str) -> Wish:
        """Put *words* into a cell, as somebody who types does."""
        line = self.lines[r]
        line.words[c] = words
        self._pasted = ()
        self.told.pop((r, c), None)
        if c and not words.strip():
            return replace(self._taken(()), deleted=self._stored(r, c))
        if c:
            return self._taken([self._cell(r, c)])
        day = dates.at(dates.read(words), End.LAST) if words.strip() else None
        if line.day is not None and day is not None and day <= self._latest:
            return Wish(moved=(line.day, day))
        waiting = range(1, len(self.columns) + 1) if line.day is None else ()
        return self._taken([self._cell(r, 0), *(self._cell(r, n) for n in waiting if self.words(r, n))])

    def _stored(self, r: int, c: int) -> tuple[Key, ...]:
        """The key of the figure that the plan has at a cell, where it has one."""
        day, group = self.lines[r].day, self.columns[c - 1].group if c else None
        return ((day, group),) if day is not None and group is not None and (day, group) in self.values else ()

    def name_column(self, group: str) -> Wish:
        """A column for *group*, which has none: the first that has no head yet, else a new one."""
        bare = next((one for one in self.columns if one.group is None and not one.head), None)
        if bare is None:
            self.columns.append(Column(group))
            return Wish()
        bare.group = group
        return self._taken(())

    def clear(self, places: Iterable[At]) -> Wish:
        """Empty cells: figures are deleted, words that were never taken go."""
        deleted: tuple[Key, ...] = ()
        for r, c in places:
            if self.told.pop((r, c), None) is not None:
                self.lines[r].words[c] = ""
            else:
                deleted += self._stored(r, c)
        return replace(self._taken(()), deleted=deleted)

    def paste(self, clip: Clip | str, r: int, c: int) -> Wish:
        """Put a block at a cell; every cell of it is taken, or stands there with its reason."""
        grid = cells_of(clip)
        if sum(map(len, grid)) > MOST_CELLS:
            self._pasted = (Cell(0, 0, "", Fate.LEFT, _("this block is larger than a table of figures can be")),)
            return Wish()
        beside = Beside(
            [self.words(at, 0) for at in range(r, len(self.lines))],
            [one.group for one in self.columns[max(c - 1, 0) :]],
            [one.group for one in self.columns],
        )
        block = read_block(grid, beside, self._rules)
        self._before = dict(self.values)
        wish = self._taken(self._placed(block, r), judged=True)
        self._pasted = block
        return wish

    def _placed(self, block: Sequence[Cell], r: int) -> list[Cell]:
        """The cells of *block* in the table: in the row of their day, or in rows of their own."""
        data = [cell for cell in block if cell.line >= 0 and cell.fate is not Fate.HEAD]
        brought = any(cell.dated for cell in data)
        by_line = groupby(sorted(data, key=attrgetter("line")), attrgetter("line"))
        by_day = {line.day: at for at, line in enumerate(self.lines) if line.day is not None}
        made: list[Cell] = []
        taken: set[At] = set()
        for n, cells in enumerate(list(cells) for _line, cells in by_line):
            at = self._row_for(cells, by_day) if brought else self._row(r + n)
            for cell in cells:
                c = 0 if cell.dated else self._column_of(cell)
                here = at
                if (at, c) in taken:  # two columns of one group
                    self.lines.append(Line(None, {0: cell.date_words}))
                    here = len(self.lines) - 1
                if self.lines[here].day is None or c:
                    self.lines[here].words[c] = cell.words
                taken.add((here, c))
                self.told.pop((here, c), None)
                made.append(replace(cell, row=here, column=c))
        return made

    def _row(self, at: int) -> int:
        while at >= len(self.lines):
            self.lines.append(Line())
        return at

    def _row_for(self, cells: Sequence[Cell], by_day: dict[date, int]) -> int:
        """The row of the cells' day, once; else a new one."""
        day = next((cell.day for cell in cells if cell.day is not None), None)
        at = by_day.get(day) if day is not None else None
        if at is not None and day is not None:
            told = [self._column_of(cell) for cell in cells if cell.fate.has_reason and not cell.dated]
            if not any(self.words(at, c) for c in told):  # what stands there stays in sight
                return by_day.pop(day)
        last = len(self.lines) - 1
        return self._row(last if last >= 0 and not self._is_written(last) else last + 1)

    def _is_written(self, r: int) -> bool:
        return self.lines[r].day is not None or any(words.strip() for words in self.lines[r].words.values())

    def confirm(self) -> None:
        """Mark what was asked of the plan and is not in it: it was refused."""
        for r, line in enumerate(self.lines):
            if line.day is None:
                open_ = [self._cell(r, c) for c in line.words if c and self.words(r, c) and (r, c) not in self.told]
                for cell in judge(open_, self._rules):
                    if cell.fate is Fate.FIGURE:
                        why = _("it was not stored")
                        self.told[r, cell.column] = replace(cell, fate=Fate.MEND, why=why)

    # Judging.

    def _cell(self, r: int, c: int) -> Cell:
        """A cell as it stands; what a paste has found out about its column stays true of it."""
        before = self.told.get((r, c))
        first, commas = (before.first, before.commas) if before else (None, False)
        date_cell = self.told.get((r, 0))
        return Cell(
            r, c, self.words(r, c), Fate.FIGURE if c else Fate.DATE, date_words=self.words(r, 0),
            group=self.columns[c - 1].group if c else None,
            first=date_cell.first if date_cell else first, commas=commas, dated=not c,
        )  # fmt: skip

    def _left(self) -> list[Cell]:
        """What was not taken, as it stands now; with a row's date all that waits for it."""
        places = dict.fromkeys(self.told)
        for r, c in self.told:
            if not c and self.lines[r].day is None:
                places |= dict.fromkeys((r, n) for n in range(1, len(self.columns) + 1) if self.words(r, n))
        return [self._left_out(at) or self._cell(*at) for at in places]

    def _left_out(self, at: At) -> Cell | None:
        """A cell that was left out for good: nothing but other words in it changes that."""
        cell = self.told.get(at)
        return cell if cell is not None and cell.fate is Fate.LEFT and cell.words == self.words(*at) else None

    def _taken(self, cells: Sequence[Cell], *, judged: bool = False) -> Wish:
        """Judge *cells*, and again what was not taken before, which gives way to them."""
        now = {(cell.row, cell.column) for cell in cells}
        left = [cell for cell in self._left() if (cell.row, cell.column) not in now]
        fresh = cells if judged else judge(cells, self._rules)
        figures = [_figure(cell) for cell in fresh if cell.fate is Fate.FIGURE]
        keys = {(day, group) for day, group, _value in figures}
        self.told = {(cell.row, cell.column): cell for cell in fresh if cell.fate.has_reason}
        for cell in judge(left, self._rules):
            if cell.fate is Fate.FIGURE and (cell.day, cell.group) in keys:
                cell = replace(cell, fate=Fate.MEND, why=_("there is another figure for this day and group"))
            elif cell.fate is Fate.FIGURE:
                figures.append(_figure(cell))
            if cell.fate.has_reason:
                self.told[cell.row, cell.column] = cell
        self._mark_missing_dates()
        return Wish(figures=tuple(dict.fromkeys(figures)))

    def _mark_missing_dates(self) -> None:
        """Figures without any date point at the cell where it belongs."""
        for r in {r for (r, c), cell in self.told.items() if c and cell.fate is Fate.WAITS}:
            if not self.words(r, 0):
                self.told[r, 0] = Cell(r, 0, "", Fate.MEND, _("the date is missing"), dated=True)

    def _judge_left(self) -> None:
        """The reasons of what was put back; what would be sound now was refused by the plan."""
        judged = judge(self._left(), self._rules)
        self.told = {}
        for cell in judged:
            if cell.fate is Fate.FIGURE:
                stored = cell.day is not None and (cell.day, cell.group or "") in self.values
                why = _("there is another figure for this day and group") if stored else _("it was not stored")
                cell = replace(cell, fate=Fate.MEND, why=why)
            if cell.fate.has_reason:
                self.told[cell.row, cell.column] = cell

    # Telling.

    def reason(self, r: int, c: int) -> str:
        return cell.why if (cell := self.told.get((r, c))) else ""

    def is_wrong(self, r: int, c: int) -> bool:
        return (cell := self.told.get((r, c))) is not None and cell.fate is Fate.MEND

    def wrong(self) -> list[tuple[At, str]]:
        return [(at, cell.why) for at, cell in sorted(self.told.items()) if cell.fate is Fate.MEND]

    def head(self, c: int) -> str:
        if not c:
            return _("End of the period")
        column = self.columns[c - 1]
        return column.head or _("no head") if column.group is None else column.group or _("everyone")

    def sum(self) -> str:
        """What became of the block that was pasted last; "" where somebody has typed since."""
        return sum_of(self._pasted, self._before, self.values) if self._pasted else ""


def _figure(cell: Cell) -> Figure:
    assert cell.day is not None  # a FIGURE has all three
    assert cell.group is not None
    assert cell.value is not None
    return cell.day, cell.group, cell.value
