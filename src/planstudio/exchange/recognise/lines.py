"""Plain text and Markdown to blocks, line by line.

One reader for both: text files hold Markdown and Markdown files hold whatever
the scanner saw. Marks that districts use for lists count, also where the mark
stands alone on its line; columns are parted by tabs, bars or wide gaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from planstudio.domain.recognised import Lines
from planstudio.exchange.recognise import furniture
from planstudio.exchange.recognise.blocks import Block, Form, Words
from planstudio.exchange.recognise.inline import parts_of
from planstudio.exchange.recognise.marks import BULLET, GLYPHS, mark_of
from planstudio.exchange.recognise.particulars import begins
from planstudio.exchange.recognise.wrapping import Wrapping, ends

_LATER_MARK = re.compile(rf"(?:[>{GLYPHS}]|\\-)\s+")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*)$")
_SETEXT = re.compile(r"\s{0,3}=+\s*$")
_QUOTE = re.compile(r"^\s{0,3}>\s?")
_GAP = re.compile(r"\t+|\s{3,}")
_TABLE_RULE = re.compile(r"[\s|:+-]+$")


@dataclass
class _Draft:
    """A block that still takes lines."""

    form: Form
    first: int
    last: int
    pieces: list[str]
    printed: str  # its last line as printed, for telling whether that was full
    level: int = 0
    mark: str = ""
    indent: int = 0
    loose: bool = False
    cells: list[str] = field(default_factory=list)
    column: int = 0  # where the last cell begins

    @property
    def waiting(self) -> bool:
        """Whether only its mark has been seen."""
        return self.form is Form.BULLET and len(self.pieces) == 1 and not self.pieces[0].strip()

    def block(self) -> Block | None:
        source = Lines(self.first, self.last)
        if self.form is Form.ROW:
            cells = tuple(parts_of(cell) for cell in self.cells)
            return Block(Form.ROW, (), source, cells=cells, loose=self.loose) if any(cells) else None
        parts: tuple[Words, ...] = parts_of("".join(self.pieces))
        return Block(self.form, parts, source, self.level, self.mark, loose=self.loose) if parts else None


class LineReader:
    """Makes blocks of a document's visible lines."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._wrapping = Wrapping(lines)
        self._blocks: list[Block] = []
        self._draft: _Draft | None = None
        self._blank = True
        self._torn = False  # page furniture stood since the last block

    def read(self) -> list[Block]:
        repeated = furniture.page_lines(self._lines)
        for number, line in enumerate(self._lines, 1):
            if not line.strip():
                if self._draft and not self._draft.waiting:
                    self._flush()
                self._blank = True
            elif number in repeated or furniture.is_furniture(line):
                self._flush()
                self._torn = True
            else:
                self._take(number, line)
                self._blank = False
        self._flush()
        return self._blocks

    def _take(self, number: int, line: str) -> None:
        if heading := _HEADING.match(line):
            self._flush()
            self._start(_Draft(Form.HEADING, number, number, [heading[2].rstrip().rstrip("#")], line, len(heading[1])))
            self._flush()
        elif _SETEXT.match(line):
            self._underline()
        elif cells := _bar_cells(line):
            self._flush()
            if not _TABLE_RULE.match(line):
                self._start(_Draft(Form.ROW, number, number, [], line, cells=cells))
        elif self._draft and self._draft.waiting and not BULLET.fullmatch(line):
            self._continue(self._draft, number, line)  # a mark that stood alone takes the next line
        elif bullet := BULLET.match(line):
            self._start_bullet(bullet, number, line)
        elif self._draft and not self._blank and self._belongs(self._draft, line):
            self._continue(self._draft, number, line)
        else:
            self._start_plain(number, line)

    def _start_bullet(self, bullet: re.Match[str], number: int, line: str) -> None:
        self._flush()
        text = line[bullet.end() :]
        while later := _LATER_MARK.match(text):
            text = text[later.end() :]
        indent = len(line) - len(line.lstrip())
        self._start(_Draft(Form.BULLET, number, number, [text], line, indent // 2, mark_of(bullet), indent))

    def _start_plain(self, number: int, line: str) -> None:
        self._flush()
        line = _QUOTE.sub("", line)
        cells = [cell for cell in _GAP.split(line.strip()) if cell]
        if len(cells) > 1:
            self._start(_Draft(Form.ROW, number, number, [], line, cells=cells, column=line.rindex(cells[-1])))
        else:
            self._start(_Draft(Form.PARAGRAPH, number, number, [line.strip()], line))

    def _belongs(self, draft: _Draft, line: str) -> bool:
        indent = len(line) - len(line.lstrip())
        if begins(line):
            return False
        if draft.form is Form.ROW:
            return draft.column > 0 and abs(indent - draft.column) <= 2 and "\t" not in draft.printed
        if _GAP.search(line.strip()) and not draft.mark:
            return False
        if (draft.form is Form.BULLET and indent > draft.indent) or _open_emphasis(draft.pieces):
            return True
        return not draft.printed.endswith("  ") and self._wrapping.goes_on(draft.printed, line)

    def _continue(self, draft: _Draft, number: int, line: str) -> None:
        draft.last = number
        if draft.form is Form.ROW:
            cell = draft.cells[-1]
            glue = self._wrapping.goes_on(draft.printed, line) and not draft.printed.rstrip().endswith((")", ".", ";"))
            draft.cells[-1] = "".join(self._wrapping.join(cell, line)) if glue else f"{cell}\n{line.strip()}"
        elif draft.waiting:
            draft.pieces = [line.strip()]
        elif draft.printed.endswith("  ") or not self._joins(draft, line):
            draft.pieces.append("\n" + line.strip())
        else:
            draft.pieces[-1:] = self._wrapping.join(draft.pieces[-1].rstrip(), line)
        draft.printed = line

    def _joins(self, draft: _Draft, line: str) -> bool:
        """Whether *line* goes on in the sentence; in a list entry a small letter is enough to tell."""
        small = draft.form is Form.BULLET and line.strip()[:1].islower() and not ends(draft.printed)
        return small or self._wrapping.goes_on(draft.printed, line)

    def _underline(self) -> None:
        if self._draft and self._draft.form is Form.PARAGRAPH:
            self._draft.form, self._draft.level = Form.HEADING, 1
        self._flush()

    def _start(self, draft: _Draft) -> None:
        draft.loose = self._blank or self._torn
        self._draft = draft

    def _flush(self) -> None:
        block = self._draft.block() if self._draft else None
        self._draft = None
        if block is None:
            return
        if self._torn and self._blocks and _torn_apart(self._blocks[-1], block):
            block = _mended(self._blocks.pop(), block)
        self._blocks.append(block)
        self._torn = False


def _bar_cells(line: str) -> list[str]:
    """The cells of a table row drawn with bars."""
    text = line.strip()
    if not text.startswith("|") or text.count("|") < 2:
        return []
    return [cell.strip() for cell in text.strip("|").split("|")]


def _open_emphasis(pieces: list[str]) -> bool:
    """Whether a line began in bold and has not ended it; looked for in the first lines only."""
    return pieces[0].startswith("**") and len(pieces) < 4 and sum(piece.count("**") for piece in pieces) == 1


def _torn_apart(before: Block, after: Block) -> bool:
    """Whether a page's end stood in the middle of a sentence."""
    if after.form is not Form.PARAGRAPH or before.form not in (Form.PARAGRAPH, Form.BULLET):
        return False
    return after.text[:1].islower() and 40 <= len(before.text) < 4000 and before.text[-1] not in ".!?:…"


def _mended(before: Block, after: Block) -> Block:
    first, *rest = after.parts[0]
    words = (*before.parts[-1], first._replace(text=" " + first.text), *rest)
    return replace(before, parts=(*before.parts[:-1], words), source=Lines(before.source.first, after.source.last))
