"""HTML to blocks.

Written for pages as districts publish them: tags left open, lists outside any
list, server code inside tags, layout tables. Menus, footers, scripts and forms
are left out. Every step is one pass over the text, so that no page, however
broken, takes longer than its length.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from planstudio.domain.recognised import Lines
from planstudio.exchange.recognise.blocks import Block, Form, Run, Words, plain, span, tidy, visible, word_set
from planstudio.exchange.recognise.inline import BOLD, BREAKING, ITALIC
from planstudio.exchange.recognise.marks import TYPED, mark_of

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)\b[^<>]*>|<![^<>]*>")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol"})
# Not forms: whole pages of some systems stand in one.
_LEFT_OUT = word_set("nav footer aside select button noscript iframe template svg menu title")
COMMENTS = (("<!--", "-->"),)
_SPANS = (*COMMENTS, ("<?", "?>"), ("<script", "</script>"), ("<style", "</style>"))
_MENU_ROLE = re.compile(r"""\brole\s*=\s*["']?(?:navigation|menu|menubar|search)\b""", re.I)
_MOST_IN_CELL = 12  # blocks; a fuller cell is a page's column, not a table's
_CODED = re.compile(r"\W*(?:[A-Z]{1,3}[- ]?)?\d{3,4}(?:\.\d+)*\b")


def read(text: str) -> tuple[str, list[Block]]:
    """The page's title and blocks."""
    reader = _PageReader(without(text, _SPANS))
    reader.read()
    return reader.title, [block for block in reader.blocks if not _is_menu_entry(block)]


def without(text: str, spans: Sequence[tuple[str, str]]) -> str:
    """*text* without what stands between the *spans*' ends (comments, server code, scripts); line breaks stay."""
    lowered = text.lower()
    if len(lowered) != len(text):  # letters that grow when lowered would shift every position
        lowered = text
    closings = dict(spans)
    openings = re.compile("|".join(map(re.escape, closings)))
    kept: list[str] = []
    at = after = 0
    while found := openings.search(lowered, after):
        start, after = found.span()
        if (closing := closings.get(found[0])) is None:
            continue
        end = lowered.find(closing, start)
        if end < 0:  # never closed: it is only dropped itself, and never looked for again
            del closings[found[0]]
            kept.append(text[at:start])
            at = after
        else:
            kept += [text[at:start], "\n" * text.count("\n", start, end)]
            at = after = end + len(closing)
    return "".join((*kept, text[at:]))


def _is_menu_entry(block: Block) -> bool:
    """A list entry or row that is nothing but a link; an entry of a policy index is not meant."""
    return block.linked and block.form is not Form.HEADING and not _CODED.match(block.text)


@dataclass
class _Open:
    """The block that takes words now, with the lists and tables around it."""

    form: Form = Form.PARAGRAPH
    level: int = 0
    mark: str = ""
    parts: list[list[Run]] = field(default_factory=lambda: [[]])
    first: int = 0
    last: int = 0


class _PageReader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.title = ""
        self.blocks: list[Block] = []
        self._open = _Open()
        self._looks: dict[str, int] = {"b": 0, "i": 0, "a": 0}
        self._lists: list[Iterator[int] | None] = []  # the numbers of each numbered list, None for bullets
        self._rows: list[list[list[Block]]] = []  # the cells of each open row with the blocks found in them
        self._skipping = ""  # the tag whose end is waited for
        self._skip_depth = 0
        self._ends: dict[str, int] = {}  # where each such tag is closed for the last time

    def read(self) -> None:
        at = 0
        for tag in _TAG.finditer(self._text):
            self._words(at, tag.start())
            self._tag(tag)
            at = tag.end()
        self._words(at, len(self._text))
        self._flush()
        while self._rows:
            self._end_row()

    def _line(self, position: int) -> int:
        return bisect_right(self._starts, position)

    def _words(self, start: int, end: int) -> None:
        if start == end:
            return
        text = self._text[start:end]
        if self._skipping:
            self.title += text if self._skipping == "title" else ""
            return
        if text.strip():
            self._open.first = self._open.first or self._line(end - len(text.lstrip()))
            self._open.last = self._line(start + len(text.rstrip()) - 1)
        words = visible(html.unescape(text))
        looks = self._looks
        self._open.parts[-1].append(Run(words, looks["b"] > 0, looks["i"] > 0, looks["a"] > 0))

    def _tag(self, tag: re.Match[str]) -> None:
        name = (tag[1] or "").lower()
        closes = tag[0].startswith("</")
        if self._skipping:
            if name == self._skipping:
                self._skip_depth += -1 if closes else 1
                if self._skip_depth == 0:
                    self._skipping = ""
        elif name in _LEFT_OUT or (not closes and _MENU_ROLE.search(tag[0])):
            self._skip(name, closes, tag.end())
        elif name in BOLD or name in ITALIC or name == "a":
            self._looks["b" if name in BOLD else "i" if name in ITALIC else "a"] = 0 if closes else 1
        elif name == "br":
            self._open.parts.append([])
        elif name in BREAKING or name in _HEADINGS:
            self._block_tag(name, closes, tag[0])

    def _skip(self, name: str, closes: bool, at: int) -> None:
        if name not in self._ends:
            self._ends[name] = self._text.lower().rfind(f"</{name}")
        if closes or self._ends[name] < at:  # never closed: the rest of the page is not thrown away
            return
        self._flush()
        self._skipping, self._skip_depth = name, 1

    def _block_tag(self, name: str, closes: bool, tag: str) -> None:
        if name == "p" and self._open.form is Form.BULLET:
            self._open.parts.append([])
            return
        self._flush()
        if name in _LISTS:
            self._list_tag(name, closes)
        elif name in ("tr", "td", "th", "table"):
            self._table_tag(name, closes)
        elif closes:
            return
        elif name in _HEADINGS:
            self._open = _Open(Form.HEADING, _HEADINGS[name])
        elif name == "li":
            numbers = self._lists[-1] if self._lists else None
            self._open = _Open(Form.BULLET, max(0, len(self._lists) - 1), f"{next(numbers)}." if numbers else "•")
        elif name == "dt":
            self._looks["b"] = 0
            self._open = _Open(Form.HEADING, 7)

    def _list_tag(self, name: str, closes: bool) -> None:
        if not closes:
            self._lists.append(count(1) if name == "ol" else None)
        elif self._lists:
            self._lists.pop()

    def _table_tag(self, name: str, closes: bool) -> None:
        if name in ("td", "th"):
            if not closes and self._rows:
                self._rows[-1].append([])
        elif name == "tr" and not closes:
            self._rows.append([])
        elif self._rows and closes:
            self._end_row()

    def _end_row(self) -> None:
        row = self._rows.pop()
        found = [block for cell in row for block in cell]
        if _is_grid([cell for cell in row if cell]):
            cells = tuple(tuple(part for block in cell for part in block.parts) for cell in row)
            found = [Block(Form.ROW, (), span(found), cells=cells, loose=True)]
        self._emit(found)

    def _emit(self, blocks: Iterable[Block]) -> None:
        (self._rows[-1][-1] if self._rows and self._rows[-1] else self.blocks).extend(blocks)

    def _flush(self) -> None:
        opened, self._open = self._open, _Open()
        parts: list[Words] = [words for part in opened.parts if (words := tidy(part))]
        if not parts:
            return
        source = Lines(opened.first, opened.last)
        if opened.form is Form.PARAGRAPH:  # a break in a paragraph parts thoughts; in a list entry title and text
            self._emit(_typed_entry(part, source) for part in parts)
        else:
            spaced = (run for part in parts for run in (*part, Run(" ")))
            made = tuple(parts) if opened.form is Form.BULLET else (tidy(spaced),)
            self._emit([Block(opened.form, made, source, opened.level, opened.mark, loose=True)])


def _typed_entry(part: Words, source: Lines) -> Block:
    """A paragraph, or the list entry that somebody typed as one: "• Families matter"."""
    typed = TYPED.match(part[0].text)
    if not typed or typed.end() == len(part[0].text) == len(plain(part)):
        return Block(Form.PARAGRAPH, (part,), source, loose=True)
    words = tidy((part[0]._replace(text=part[0].text[typed.end() :]), *part[1:]))
    return Block(Form.BULLET, (words,), source, 0, mark_of(typed), loose=True)


def _is_grid(cells: list[list[Block]]) -> bool:
    """Whether the cells are a table's and not columns of the page: several, short, without headings."""
    return len(cells) > 1 and all(
        len(cell) <= _MOST_IN_CELL and all(block.form in (Form.PARAGRAPH, Form.BULLET) for block in cell)
        for cell in cells
    )
