"""Blocks copied from a spreadsheet, a table or a list, into cells: the one reader of all that is pasted.

What stands on the clipboard is text with tabs, semicolons or commas, its cells quoted where they hold more than a word;
or HTML, where the text has lost the table. Nothing is interpreted here: every cell comes out as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from planstudio.domain import dates, numbers
from planstudio.domain.texts import tidy

Grid = list[list[str]]
MOST_CELLS = 100_000
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_BARS = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?\s*")


@dataclass(frozen=True)
class Clip:
    """What was copied: its text, and the HTML beside it."""

    text: str
    html: str = ""


def cells_of(clip: Clip | str) -> Grid:
    """The cells, row by row, every row as long as the longest, without what is empty at the ends."""
    clip = Clip(clip) if isinstance(clip, str) else clip
    text = clip.text.lstrip("\ufeff")
    grid = _html_cells(clip.html) if "<table" in clip.html.lower() and _is_poorer(text) else []
    return _even(grid or _text_cells(text))


def _text_cells(text: str) -> Grid:
    """The cells of a text: at tabs, or at the sign that parts all of its lines alike."""
    text = _BREAKS.sub("\n", text.replace("\x00", "")).rstrip("\n")
    if not text.strip():
        return []
    if "\t" not in text and any(_BARS.fullmatch(line) for line in text.split("\n")[1:3]):
        return [_bars(line) for line in text.split("\n") if line.strip() and not _BARS.fullmatch(line)]
    return _split(text, _separator(text))


def to_text(grid: Sequence[Sequence[str]]) -> str:
    """*grid* as a spreadsheet takes it."""
    return "\n".join("\t".join(_quoted(cell) for cell in line) for line in grid)


def turned(grid: Grid) -> Grid:
    return [list(column) for column in zip(*_even(grid), strict=True)]


def _quoted(cell: str) -> str:
    if "\t" in cell or "\n" in cell or "\r" in cell or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _even(grid: Grid) -> Grid:
    """Every row as long as the longest, without empty rows and columns at the end."""
    wide = max((at + 1 for row in grid for at, cell in enumerate(row) if cell.strip()), default=0)
    rows = [[*row[:wide], *[""] * (wide - len(row))] for row in grid]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows


def _split(text: str, separator: str) -> Grid:
    """Cells at *separator*; one that begins with a quotation mark goes on to its end, over lines too.

    A mark that has no end, or no separator behind it, is a letter like any other.
    """
    if not separator:
        return [[line] for line in text.split("\n")]
    sign = re.escape(separator)
    cell = re.compile(rf'"((?:[^"]|"")*)"(?=[ ]*(?:{sign}|\n|\Z))[ ]*|([^{sign}\n]*)')
    grid: Grid = [[]]
    at = 0
    while True:
        found = cell.match(text, at)
        assert found is not None  # the second form takes anything, and nothing
        grid[-1].append(found[2] if found[1] is None else found[1].replace('""', '"'))
        at = found.end()
        if at >= len(text):
            return grid
        if text[at] == "\n":
            grid.append([])
        at += 1


def _separator(text: str) -> str:
    """The sign between cells; "" where every line is one cell."""
    if "\t" in text:
        return "\t"
    if all(_is_one(line) for line in text.split("\n") if line.strip()):
        return ""
    return next((sign for sign in ";|," if sign in text and _parts_alike(text, sign)), "")


def _is_one(line: str) -> bool:
    """Whether a line is one date or one number as it stands: October 14, 2026 or 1,234."""
    return numbers.read(line).sort is not numbers.Sort.WRONG or dates.read(line).doubt is not dates.Doubt.NO_DATE


def _parts_alike(text: str, sign: str) -> bool:
    """Whether *sign* parts most lines into as many cells, and one of those lines holds a figure or a date alone.

    A sentence has commas, too: a list of sentences stays a list.
    """
    rows = [row for row in _split(text, sign) if any(cell.strip() for cell in row)]
    widths = [len(row) for row in rows]
    usual = max(widths, key=widths.count, default=0)
    if usual < 2 or widths.count(usual) * 2 <= len(rows):
        return False
    return any(cell.strip() and _is_one(cell) for row in rows for cell in row)


def _bars(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def _is_poorer(text: str) -> bool:
    """Whether a text has lost the cells: no tab, or lines of very different lengths and no quotes."""
    if "\t" not in text:
        return True
    rows = [row for row in _split(_BREAKS.sub("\n", text).rstrip("\n"), "\t") if any(row)]
    return len({len(row) for row in rows}) > 1


def _html_cells(html: str) -> Grid:
    """The cells of the first table in *html*; a cell over several places stands in the first of them."""
    reader = _Table()
    reader.feed(html)
    reader.close()
    return reader.rows


class _Table(HTMLParser):
    """The first table of a word processor's or a web page's HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Grid = []
        self._depth = 0
        self._done = False
        self._cell: list[str] | None = None
        self._wide: tuple[int, int] = (1, 1)
        self._held: set[tuple[int, int]] = set()  # places that a cell above covers
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        if self._done or self._depth != 1:
            return
        if tag == "tr":
            self._end()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end()
            given = dict(attrs)
            self._wide = _size(given.get("colspan")), _size(given.get("rowspan"))
            self._cell = []
            if not self.rows:
                self.rows.append([])
        elif tag in ("br", "p", "div", "li") and self._cell:
            self._cell.append("\n")
        elif tag in ("style", "script", "del"):
            self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "del") and self._silent:
            self._silent -= 1
        if self._depth == 1 and tag in ("td", "th", "tr", "table"):
            self._end()
        if tag == "table" and self._depth:
            self._depth -= 1
            self._done = self._done or self._depth == 0

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(re.sub(r"\s+", " ", data))

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        """Put the cell under way into its place, beside those that reach down from above."""
        if self._cell is None:
            return
        words = "\n".join(" ".join(line.split()) for line in "".join(self._cell).split("\n")).strip()
        self._cell = None
        row = self.rows[-1]
        at = len(self.rows) - 1
        while (at, len(row)) in self._held:
            row.append("")
        across, down = self._wide
        self._held |= {(at + y, len(row) + x) for y in range(1, down) for x in range(across)}
        row += [words, *[""] * (across - 1)]


def _size(given: str | None) -> int:
    return min(max(int(given), 1), 500) if given and given.isascii() and given.isdigit() else 1


_SIGN = re.compile(
    r"^\s*(?:[-*+•·▪▫◦‣⁃●○■□◆◇►▸➢➤✓✔✗☐☑\uf0a7\uf0b7\uf0d8–—]+(?:\s+|$)|[oO§](?:\t\s*|\s{2,})"
    r"|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+|\d{1,3}(?:\.\d{1,3})+[.)]?\s+(?=[^\Wa-z\d_]))"
)
_WRAPPED = re.compile(r'(?:(?<=^)|(?<=[\t\n]))"((?:[^"]|"")*[\n\t](?:[^"]|"")*)"(?=[\t\n]|\Z)')


def list_of(text: str) -> list[str]:
    """The lines of a pasted list, without their bullets and numbers; a quoted cell of several lines is one."""
    text = tidy(text)
    text = _WRAPPED.sub(lambda found: " ".join(found[1].replace('""', '"').split()), text)
    return [words for line in text.split("\n") if (words := _SIGN.sub("", line, count=1).strip())]
