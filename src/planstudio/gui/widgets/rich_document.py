"""Markdown into a text document of Qt's, and back: the one way for rich text on screen.

Qt's own reader loads images and files that a text names, and its writer wraps
lines and escapes as it likes; here only the subset of planstudio.richtext goes
in and out, so that what was not edited comes back as it was.
"""

from __future__ import annotations

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
    QTextTableFormat,
)

from planstudio import richtext
from planstudio.gui.theme import color, gap
from planstudio.richtext import SAFE_LINK, Block, Grid, Heading, Listing, Paragraph, Span

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
    cursor = QTextCursor(document)
    writer = _Writer(cursor, document.defaultFont(), air)
    for block in richtext.blocks(markdown):
        writer.block(block, 0)
    document.setUndoRedoEnabled(True)
    document.setModified(False)


class _Writer:
    def __init__(self, cursor: QTextCursor, base: QFont, air: int) -> None:
        self._cursor = cursor
        self._base = base
        self._air = air
        self._fresh = True

    def block(self, block: Block, depth: int) -> None:
        match block:
            case Paragraph(spans):
                self._line(spans, block_format(self._air))
            case Heading(level, spans):
                self._line(spans, block_format(self._air, heading=level), bold=True)
            case Listing(ordered, _start, entries):
                self._listing(ordered, entries, depth + 1)
            case Grid(rows):
                self._grid(rows)

    def _grid(self, rows: tuple[tuple[tuple[Span, ...], ...], ...]) -> None:
        shape = QTextTableFormat()
        shape.setCellPadding(gap(1))
        shape.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderCollapse(True)
        shape.setBorder(1)
        shape.setBorderBrush(color("line"))
        table = self._cursor.insertTable(len(rows), max(map(len, rows)), shape)
        for r, cells in enumerate(rows):
            for c, spans in enumerate(cells):
                cell = table.cellAt(r, c).firstCursorPosition()
                for span in spans:
                    cell.insertText(span.text, char_format(span, bold=r == 0))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def _listing(self, ordered: bool, entries: tuple[tuple[Block, ...], ...], depth: int) -> None:
        made: QTextList | None = None
        for entry in entries:
            first = True
            for part in entry:
                if isinstance(part, Paragraph) and first:
                    self._line(part.spans, block_format(self._air))
                    if made is None:
                        made = self._cursor.createList(list_format(ordered, depth))
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


def block_format(air: int = 120, *, heading: int = 0) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setLineHeight(air, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setHeadingLevel(heading)
    shape.setTopMargin(gap(3) if heading else gap(1.5))
    return shape


def list_format(ordered: bool, depth: int) -> QTextListFormat:
    shape = QTextListFormat()
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
    parts: list[str] = []
    counts: dict[int, int] = {}
    in_list = False
    block = document.begin()
    while block.isValid():
        table = QTextCursor(block).currentTable()
        if table is not None:
            parts.append(("\n" if parts else "") + _table(table))
            in_list, counts = False, {}
            block = table.lastCursorPosition().block().next()
            continue
        words = _inline(block)
        item = block.textList()
        if item is not None and words.strip():
            depth = item.format().indent()
            counts = {d: n for d, n in counts.items() if d <= depth}
            counts[depth] = counts.get(depth, 0) + 1
            ordered = item.format().style() not in _BULLETS
            label = f"{counts[depth]}. " if ordered else "- "
            parts.append(("" if in_list or not parts else "\n") + "   " * (depth - 1) + label + words)
            in_list = True
        elif words.strip():
            level = block.blockFormat().headingLevel()
            mark = "#" * level + " " if level else ""
            parts.append(("\n" if parts else "") + mark + words)
            in_list, counts = False, {}
        block = block.next()
    return "\n".join(parts)


def _table(table: QTextTable) -> str:
    lines = []
    for r in range(table.rows()):
        cells = [table.cellAt(r, c).firstCursorPosition().block() for c in range(table.columns())]
        lines.append("| " + " | ".join(_inline(cell, bare=r == 0).replace("\n", " ") for cell in cells) + " |")
        if r == 0:
            lines.append("|" + " --- |" * table.columns())
    return "\n".join(lines)


def _inline(block: QTextBlock, *, bare: bool = False) -> str:
    made = ""
    heading = bare or bool(block.blockFormat().headingLevel())
    fragments = block.begin()
    while not fragments.atEnd():
        made += _fragment(fragments.fragment(), heading)
        fragments += 1
    if block.textList() is None and not heading:
        return richtext.guard_lines(made)
    return made


def _fragment(fragment: QTextFragment, heading: bool) -> str:
    shape = fragment.charFormat()
    if shape.isImageFormat():
        return ""
    text = fragment.text().replace("\u2028", "\n").replace("\ufffc", "")
    bare = text.strip()
    if not bare:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    words = richtext.escape_inline(bare).replace("\n", "\\\n")
    if shape.fontItalic():
        words = f"*{words}*"
    if shape.fontWeight() >= QFont.Weight.DemiBold and not heading:
        words = f"**{words}**"
    if shape.isAnchor() and SAFE_LINK.match(shape.anchorHref()):
        words = f"[{words}](<{shape.anchorHref()}>)"
    return lead + words + tail
