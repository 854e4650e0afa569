"""Markdown into a text document of Qt's, and back: the one way for rich text on screen.

Qt's own reader loads images and files that a text names, and its writer wraps lines and escapes as it likes; here only
the subset of planstudio.richtext goes in and out, so that what was not edited comes back as it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableCell,
)

from planstudio import richtext
from planstudio.domain.removed_text import Look, shifted
from planstudio.gui.theme import color, gap
from planstudio.gui.widgets.table_edit import table_format
from planstudio.richtext import SAFE_LINK, Block, Grid, Heading, Listing, Paragraph, Span

_SHIFTED = {
    QTextCharFormat.VerticalAlignment.AlignSuperScript: Look.RAISED,
    QTextCharFormat.VerticalAlignment.AlignSubScript: Look.LOWERED,
}
_BULLETS = {QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListCircle, QTextListFormat.Style.ListSquare}


class SafeDocument(QTextDocument):
    """A document that loads nothing: no image, no style sheet, no file."""

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        return QImage()


def fill(document: QTextDocument, markdown: str, *, air: int = 120) -> None:
    """Show *markdown* in *document*; *air* is the height of a line in percent."""
    document.setUndoRedoEnabled(False)
    document.clear()
    document.setIndentWidth(gap(5))
    writer = _Writer(QTextCursor(document), air)
    for block in richtext.blocks(markdown):
        writer.block(block, 0)
    document.setUndoRedoEnabled(True)
    document.setModified(False)


class _Writer:
    def __init__(self, cursor: QTextCursor, air: int) -> None:
        self._cursor, self._air = cursor, air
        self._fresh = True

    def block(self, block: Block, depth: int) -> None:
        match block:
            case Paragraph(spans):
                self._line(spans, block_format(self._air, depth=depth))
            case Heading(level, spans):
                self._line(spans, block_format(self._air, heading=level), bold=True)
            case Listing():
                self._listing(block, depth + 1)
            case Grid(rows):
                self._grid(rows)

    def _grid(self, rows: tuple[tuple[tuple[Span, ...], ...], ...]) -> None:
        table = self._cursor.insertTable(len(rows), max(map(len, rows)), table_format())
        for r, cells in enumerate(rows):
            for c, spans in enumerate(cells):
                cell = table.cellAt(r, c).firstCursorPosition()
                for span in spans:
                    cell.insertText(span.text, char_format(span, bold=r == 0))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def _listing(self, listing: Listing, depth: int) -> None:
        made: QTextList | None = None
        for entry in listing.entries:
            first = True
            for part in entry:
                if isinstance(part, Paragraph) and first:
                    self._line(part.spans, block_format(self._air))
                    if made is None:
                        made = self._cursor.createList(list_format(listing.ordered, depth, listing.start))
                    else:
                        made.add(self._cursor.block())
                    first = False
                else:
                    self.block(part, depth)

    def _line(self, spans: tuple[Span, ...], shape: QTextBlockFormat, *, bold: bool = False) -> None:
        if self._fresh:
            if self._cursor.atStart():
                shape.setTopMargin(0)
            self._cursor.setBlockFormat(shape)
            self._fresh = False
        else:
            self._cursor.insertBlock(shape, QTextCharFormat())
        for span in spans:
            self._cursor.insertText(span.text.replace("\n", "\u2028"), char_format(span, bold=bold))


def block_format(air: int = 120, *, heading: int = 0, depth: int = 0) -> QTextBlockFormat:
    """A block's looks; *depth* is that of the list entry it goes on with."""
    shape = QTextBlockFormat()
    shape.setIndent(depth)
    shape.setLineHeight(air, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setHeadingLevel(heading)
    shape.setTopMargin(gap(3) if heading else gap(1.5))
    return shape


def list_format(ordered: bool, depth: int, start: int = 1) -> QTextListFormat:
    shape = QTextListFormat()
    shape.setStart(start)
    shape.setStyle(QTextListFormat.Style.ListDecimal if ordered else QTextListFormat.Style.ListDisc)
    shape.setIndent(depth)
    return shape


def char_format(span: Span, *, bold: bool = False) -> QTextCharFormat:
    shape = QTextCharFormat()
    if span.bold or bold:
        shape.setFontWeight(QFont.Weight.DemiBold)
    if span.italic:
        shape.setFontItalic(True)
    if span.link:
        shape.setAnchor(True)
        shape.setAnchorHref(span.link)
        shape.setForeground(color("accent"))
        shape.setFontUnderline(True)
    return shape


def markdown_of(document: QTextDocument) -> str:
    """What stands in *document*, as Markdown of the subset."""
    reader = _Reader()
    block = document.begin()
    while block.isValid():
        table = QTextCursor(block).currentTable()
        if table is None:
            reader.block(block)
            block = block.next()
        else:
            reader.apart(_table(table))
            block = table.lastCursorPosition().block().next()
    return "\n".join(reader.parts)


@dataclass
class _Level:
    """A list under way."""

    identity: int
    number: int  # of its next entry
    margin: int  # where its entries' words begin
    other: bool = False  # its signs differ from those of the list of its kind just before


class _Reader:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self._levels: list[_Level] = []  # the lists the last block stands in, the outermost first

    def block(self, block: QTextBlock) -> None:
        words = _inline(block)
        if not words.strip():
            return
        shape, listed = block.blockFormat(), block.textList()
        if listed is not None:
            self._entry(words, listed)
        elif shape.indent() and self._levels:
            del self._levels[shape.indent() :]
            self.parts.append("\n" + _indented(words, self._levels[-1].margin, first=True))
        else:
            level = shape.headingLevel()
            self.apart("#" * level + " " + words if level else words)

    def apart(self, markdown: str) -> None:
        """A paragraph, heading or table that ends every list."""
        self.parts.append(("\n" if self.parts else "") + markdown)
        self._levels = []

    def _entry(self, words: str, listed: QTextList) -> None:
        shape = listed.format()
        depth = min(shape.indent(), len(self._levels) + 1)
        goes_on = bool(self._levels)
        last = self._levels[depth - 1] if len(self._levels) >= depth else None
        del self._levels[depth:]
        if last is None or last.identity != listed.objectIndex():
            del self._levels[depth - 1 :]
            level = _Level(listed.objectIndex(), shape.start(), 0, last is not None and not last.other)
            self._levels.append(level)
            if goes_on and (last is not None or level.number != 1):  # only a 1 may follow words without a gap
                self.parts.append("")
        level = self._levels[depth - 1]
        before = self._levels[depth - 2].margin if depth > 1 else 0
        if shape.style() in _BULLETS:
            label = "* " if level.other else "- "
        else:
            label = f"{level.number}{')' if level.other else '.'} "
        level.number += 1
        level.margin = before + len(label)
        lead = "" if goes_on or not self.parts else "\n"
        self.parts.append(lead + " " * before + label + _indented(words, level.margin))


def _indented(words: str, margin: int, *, first: bool = False) -> str:
    made = words.replace("\n", "\n" + " " * margin)
    return " " * margin + made if first else made


def _table(table: QTextTable) -> str:
    lines = []
    for r in range(table.rows()):
        cells = []
        for c in range(table.columns()):
            cell = table.cellAt(r, c)  # one over several places stands in the first of them
            cells.append(_cell(cell, bare=r == 0) if (cell.row(), cell.column()) == (r, c) else "")
        lines.append("| " + " | ".join(cells) + " |")
        if r == 0:
            lines.append("|" + " --- |" * table.columns())
    return "\n".join(lines)


def _cell(cell: QTextTableCell, *, bare: bool) -> str:
    """A cell's paragraphs on one line, which is all that Markdown has."""
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    words = [_inline(block, bare=bare)]
    while block != last:
        block = block.next()
        words.append(_inline(block, bare=bare))
    return " ".join(" ".join(part.replace("\\\n", " ").split()) for part in words if part.strip())


def _inline(block: QTextBlock, *, bare: bool = False) -> str:
    heading = bare or bool(block.blockFormat().headingLevel())
    spans = []
    fragments = block.begin()
    while not fragments.atEnd():
        spans.append(_span(fragments.fragment(), heading))
        fragments += 1
    made = richtext.inline(spans)
    return made.replace("\\\n", " ") if heading else richtext.guard_lines(made)


def _span(fragment: QTextFragment, heading: bool) -> Span:
    shape = fragment.charFormat()
    if shape.isImageFormat() or shape.fontStrikeOut():  # by a style sheet that only Qt has read
        return Span("")
    text = fragment.text().replace("\u2028", "\n").replace("\ufffc", "")
    if (raised := _SHIFTED.get(shape.verticalAlignment())) is not None:
        text = shifted(text, raised)
    bold = shape.fontWeight() >= QFont.Weight.DemiBold and not heading
    link = shape.anchorHref() if shape.isAnchor() and SAFE_LINK.match(shape.anchorHref()) else ""
    return Span(text, bold, shape.fontItalic(), link)
