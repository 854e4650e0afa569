"""What stands where in a block of figures: titles above it, heads of one or several lines, dates at the left or across.

Only the shape is found out here; what the cells say is judged in figure_blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate

from planstudio.domain import dates, numbers
from planstudio.domain.blocks import Grid, turned
from planstudio.domain.dates import Doubt
from planstudio.domain.dates import Kind as Exactness
from planstudio.domain.folding import fold
from planstudio.domain.numbers import Sort
from planstudio.i18n import _

_DATE_HEAD = re.compile(
    r"(?:end of (?:the )?)?(?:date|day|period|month|quarter|week|term|time|when|window|semester"
    r"|(?:(?:school|fiscal|academic) )?year)s?(?: (?:end(?:ing|s|ed)?|of .*|tested|reported|date))?"
    r"|(?:period|month|quarter|week|year|test|report|reporting|data|administration|as of|end) (?:end(?:ing|s|ed)?|date)"
    r"|as of(?: .*)?|ending|reported(?: on)?|fin del? (?:periodo|período|mes)|al(?: corte)?|corte"
    r"|(?:fecha|periodo|período|mes|trimestre|semestre|semana|año(?: escolar| fiscal)?)s?(?: (?:de|del|final).*)?"
)
_GROUP_HEAD = re.compile(
    r"(?:(?:student|sub|demographic|population) ?)?groups?|population|demographics?|category|grades?|grade levels?"
    r"|schools?|sites?|campus|gender|sex|race(?: ?/ ?ethnicity)?|ethnicity|grados?|escuelas?|género|raza"
    r"|grupos?(?: de (?:estudiantes|alumnos))?|grupo estudiantil|población"
)
_COUNT_HEAD = re.compile(
    r"n|n ?count|n ?size|n ?tested|counts?|# ?(?:of )?(?:students|tested)|students(?: tested)?|tested"
    r"|(?:number|no\.?) (?:of )?(?:students|tested)(?: tested)?"
    r"|número de (?:estudiantes|alumnos)|(?:estudiantes|alumnos)(?: evaluados)?"
)
_NOTE_HEAD = re.compile(r"#|id|row|notes?|comments?|remarks?|sources?|notas?|comentarios?|fuentes?|observaciones")
_EVERYONE = frozenset(
    ("everyone", "all", "all students", "all pupils", "all student groups", "all groups", "total", "totals", "overall",
     "value", "values", "percent", "%", "result", "results", "rate", "score", "figure", "todos", "todas",
     "todos los estudiantes", "todo el alumnado", "valor", "total de estudiantes")
)  # fmt: skip
_UNIT = re.compile(r"\s*(?:\(\s*(?:%|percent|pct\.?|por ?ciento)\s*\)|,?\s*%|,\s*percent)\s*$", re.I)
_MOST_HEADS = 4


class Role(StrEnum):
    TITLE = "title"
    HEAD = "head"
    FIGURES = "figures"
    COUNT = "count"
    NOTE = "note"


@dataclass(frozen=True)
class Shape:
    """A block with its dates at the left; `across` where they stood at the top."""

    grid: Grid
    lines: tuple[int, ...]  # the rows that hold data
    named: tuple[tuple[int, int, str, Role], ...]  # titles and heads
    heads: tuple[str | None, ...]  # the group of each column, where the block names them
    roles: tuple[Role, ...]
    date_column: int | None
    group_columns: tuple[int, ...] = ()  # that say row by row for whom the figures are
    across: bool = False
    offset: int = 0  # rows above that stay as they are where a block was turned
    empty: frozenset[int] = field(default_factory=frozenset)
    names: tuple[str, ...] = ()  # the heads as they were written

    @property
    def width(self) -> int:
        return len(self.grid[0]) if self.grid else 0

    def head(self, column: int) -> str:
        return self.names[column] if column < len(self.names) else ""

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Where a cell stood in the block as it was pasted."""
        return (column + self.offset, row) if self.across else (row + self.offset, column)


def shape_of(grid: Grid, *, dated: bool) -> Shape:
    """The shape of *grid*; *dated* where it falls beside rows that have dates."""
    titles = _titles(grid)
    body = grid[titles:]
    named = tuple((r - titles, c, _words(cell), Role.TITLE) for r, c, cell in _filled(grid) if r < titles)
    across = _is_across(body)
    if across:
        body = turned(body)
        named = tuple((c, r, words, role) for r, c, words, role in named)  # turned back like every other's place
    heads = _heads_of(body)
    width = len(body[0]) if body else 0
    lines = tuple(r for r in range(heads, len(body)) if any(cell.strip() for cell in body[r]))
    names = _joined(body[:heads])
    date_column = _date_column(body, names, lines, dated=dated, across=across)
    roles, group_columns = _roles(names, date_column, width)
    named += tuple((r, c, _words(cell), Role.HEAD) for r, c, cell in _filled(body[:heads]))
    empty = frozenset(c for c in range(width) if not any(row[c].strip() for row in body))
    return Shape(
        body, lines, named, _groups(names, roles, body, lines), roles, date_column, group_columns,
        across, titles, empty, tuple(names),
    )  # fmt: skip


def group_name(head: str) -> str:
    """The student group that a head names; "" for everyone."""
    name = _UNIT.sub("", " ".join(head.split())).strip(" :")
    return "" if fold(name) in _EVERYONE | {"", fold(_("everyone"))} else name


def _words(cell: str) -> str:
    return " ".join(cell.split())


def _filled(grid: Grid) -> list[tuple[int, int, str]]:
    return [(r, c, cell) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell.strip()]


def _is_date(words: str) -> bool:
    """Whether a cell names a time, if not a sure one; a bare number is none."""
    said = dates.read(words)
    return said.doubt is not Doubt.NO_DATE and said.kind not in (Exactness.SERIAL, Exactness.YEAR)


def _is_counted(words: str) -> bool:
    """Whether a cell may be a date as a spreadsheet counts it, or a year."""
    return dates.read(words).kind in (Exactness.SERIAL, Exactness.YEAR)


def _is_figure(words: str) -> bool:
    return numbers.read(words).sort in (Sort.NUMBER, Sort.DOUBT)


def _is_label(words: str) -> bool:
    """Words that can head a column: no figure, no date, not what stands for a missing figure."""
    return numbers.read(words).sort is Sort.WRONG and not _is_date(words)


def _titles(grid: Grid) -> int:
    """How many rows stand above the block: empty ones, and single words over several columns."""
    filled = [[cell for cell in row if cell.strip()] for row in grid]
    if max(map(len, filled), default=0) < 2:
        return next((n for n, row in enumerate(filled) if row), 0)
    titled = (not row or (len(row) == 1 and _is_label(row[0]) and _alone(grid, at)) for at, row in enumerate(filled))
    return next((at for at, is_title in enumerate(titled) if not is_title), len(grid))


def _alone(grid: Grid, at: int) -> bool:
    """Whether the single words of a row are a title: at the left, and not the first line of heads that go on below."""
    column = next(c for c, cell in enumerate(grid[at]) if cell.strip())
    return column == 0 or not any(row[column].strip() for row in grid[at + 1 : at + 2])


def _spans_all(row: Sequence[str], below: Sequence[str]) -> int | None:
    """The column of words that stand over all figures: everyone is among the heads below, and none goes on there."""
    filled = [c for c, cell in enumerate(row) if cell.strip() and not _names_rows(cell)]
    if len(filled) != 1:
        return None
    (column,) = filled
    beside, under = below[:column], below[column:]
    whole = bool(under) and all(map(_is_label, under)) and all(map(_names_rows, filter(str.strip, beside)))
    goes_on = under[0].strip()[:1].islower()
    return column if whole and not goes_on and any(not group_name(head) for head in under) else None


def _names_rows(cell: str) -> bool:
    """Whether a head stands over dates or groups."""
    return bool(_DATE_HEAD.fullmatch(fold(cell)) or _GROUP_HEAD.fullmatch(fold(cell)))


def end_of_first(grid: Grid) -> int:
    """The row where another block begins, with heads of its own; the length of *grid* where there is one block."""
    figures = False
    for r, row in enumerate(grid):
        cells = [cell for cell in row if cell.strip()]
        if figures and len(cells) > 1 and _is_head_again(cells) and row not in grid[:r]:  # the same: a page began
            return r
        figures = figures or any(_is_figure(cell) for cell in row[1:])
    return len(grid)


def _is_head_again(cells: Sequence[str]) -> bool:
    """Whether a row below figures names columns: dates and groups, or dates across the top."""
    if all(map(_is_label, cells)):
        return any(map(_names_rows, cells))
    return _is_label(cells[0]) and all(map(_is_date, cells[1:]))


def _is_across(body: Grid) -> bool:
    """Whether dates stand across the top and groups down the side."""
    if len(body) < 2 or len(body[0]) < 2:
        return False
    top = [cell for cell in body[0][1:] if cell.strip()]
    side = [row[0] for row in body[1:] if row[0].strip()]
    if not top or not side or any(_is_date(cell) for cell in side):
        return False
    if all(_is_date(cell) for cell in top):
        return True
    return all(_is_counted(cell) for cell in top) and all(_is_label(cell) for cell in side)


def _heads_of(body: Grid) -> int:
    """How many rows name the columns."""
    for n, row in enumerate(body[:_MOST_HEADS]):
        words = [cell for cell in (row[1:] if len(row) > 1 else row) if cell.strip()]
        bare = not row[0].strip() or (not _is_date(row[0]) and not _is_figure(row[0]))
        goes_on = n == 0 or not row[0].strip() or not body[0][0].strip()
        # what stands for a missing figure may be among heads ("N"), but never alone
        named = any(map(_is_label, words)) and not any(_is_figure(cell) or _is_date(cell) for cell in words)
        if not (bare and goes_on and named):
            return n
    return min(len(body), _MOST_HEADS)


def _joined(rows: Grid) -> list[str]:
    """The heads of several lines as one for each column; a head over several columns counts for each where it must."""
    if not rows:
        return []
    above = [(row, _spans_all(row, rows[-1])) for row in rows[:-1]]
    rows = [*(["" if c == title else cell for c, cell in enumerate(row)] for row, title in above), rows[-1]]
    plain = [" ".join(_words(row[c]) for row in rows if row[c].strip()) for c in range(len(rows[0]))]
    named = [fold(name) for name in plain if name]
    if len(rows) == 1 or len(set(named)) == len(named):
        return plain
    filled: list[Iterator[str]] = [accumulate(map(_words, row), lambda last, cell: cell or last) for row in rows[:-1]]
    return [" ".join(filter(None, column)) for column in zip(*filled, map(_words, rows[-1]), strict=True)]


def _date_column(body: Grid, names: Sequence[str], lines: Sequence[int], *, dated: bool, across: bool) -> int | None:
    """The column of dates; None where figures alone fall beside dates that are there."""
    for c, name in enumerate(names):
        if _DATE_HEAD.fullmatch(fold(name)):
            return c
    if across:
        return 0
    width = len(body[0]) if body else 0
    columns = [[body[r][c] for r in lines if body[r][c].strip()] for c in range(width)]
    for c, cells in enumerate(columns):
        if cells and sum(map(_is_date, cells)) * 2 >= len(cells):
            return c
    first = columns[0] if columns else []
    counted = all(map(_is_counted, first)) and not dated
    labelled = not any(map(_is_figure, first)) and any(map(_is_label, first))
    return 0 if (width > 1 and first and (counted or labelled)) or any(map(_is_date, first)) else None


def _roles(names: Sequence[str], date_column: int | None, width: int) -> tuple[tuple[Role, ...], tuple[int, ...]]:
    """What each column is for, and those that name the groups row by row."""
    shapes = ((_GROUP_HEAD, Role.HEAD), (_NOTE_HEAD, Role.NOTE), (_COUNT_HEAD, Role.COUNT))
    made = [Role.FIGURES] * width
    for c, name in enumerate(names):
        made[c] = next((role for shape, role in shapes if shape.fullmatch(fold(name))), Role.FIGURES)
    if date_column is not None:
        made[date_column] = Role.HEAD
    if Role.FIGURES not in made:  # numbers of students alone are what is pasted
        made = [Role.FIGURES if role is Role.COUNT else role for role in made]
    return tuple(made), tuple(c for c, role in enumerate(made) if role is Role.HEAD and c != date_column)


def _groups(names: Sequence[str], roles: Sequence[Role], body: Grid, lines: Sequence[int]) -> tuple[str | None, ...]:
    """The group of each column by its head; None for what no head names."""
    alone = [c for c, role in enumerate(roles) if role is Role.FIGURES and any(body[r][c].strip() for r in lines)]
    made: list[str | None] = []
    for c, name in enumerate(names):
        if roles[c] is Role.HEAD or not (name or alone == [c]):
            made.append(None)
        else:
            made.append("" if roles[c] is Role.COUNT or not name else group_name(name))
    return tuple(made)
