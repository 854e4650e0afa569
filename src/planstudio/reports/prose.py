"""A district's Markdown on paper: paragraphs, lists in lists, headings, tables, links."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from planstudio.i18n import _
from planstudio.reports.fonts import one_line
from planstudio.reports.style import S1
from planstudio.reports.writer import LONG_LABEL, Writer
from planstudio.richtext import Block, Grid, Heading, Listing, Span, blocks
from planstudio.richtext import Paragraph as TextParagraph
from taggedpdf.breaking import Run
from taggedpdf.paragraph import ListLabel, Paragraph, TextStyle
from taggedpdf.tags import Tag

_STEP = 14.0  # a list's indent
_DEEPEST = 8  # lists deeper than this indent no further
_LONG_HEAD = 300  # letters of a table's head that may not repeat on each page
_NARROW, _WIDE = 4, 36  # letters that weigh in a table's column width


def write(writer: Writer, markdown: str, look: TextStyle | None = None, *, after: Sequence[Run] = ()) -> None:
    """All blocks of *markdown*, in the reading column; headings stand above their text.

    The words *after* which the text begins stand on its first line: "Next: ".
    """
    look = look or writer.styles.main
    start = len(writer.boxes)
    for block in blocks(markdown):
        if not _is_empty_heading(block):
            _write_block(writer, block, look)
    if not after:
        return
    first = writer.boxes[start] if start < len(writer.boxes) else None
    if isinstance(first, Paragraph) and not first.label:
        first.runs = [*after, *first.runs]
    else:
        writer.boxes.insert(start, Paragraph(after, look, writer.sect.add("P")))


def write_hung(writer: Writer, markdown: str) -> None:
    """As write, but headings hang in the side column, beside the text they head."""
    queue = deque(block for block in blocks(markdown) if not _is_empty_heading(block))
    while queue:
        block = queue.popleft()
        short = isinstance(block, Heading) and sum(len(span.text) for span in block.spans) <= LONG_LABEL
        if isinstance(block, Heading) and short and queue and not isinstance(queue[0], Heading):
            with writer.hung(writer.setter.rich(block.spans, writer.styles.side), level=_level(block)):
                _write_block(writer, queue.popleft(), writer.styles.main)
        else:
            _write_block(writer, block, writer.styles.main)


def _is_empty_heading(block: Block) -> bool:
    return isinstance(block, Heading) and not any(one_line(span.text) for span in block.spans)


def cell_runs(writer: Writer, markdown: str, look: TextStyle) -> list[Paragraph]:
    """The paragraphs of *markdown* for a table's cell, lists and tables line by line."""
    return [Paragraph(writer.setter.rich(spans, look), replace(look, after=S1)) for spans in _flat(blocks(markdown))]


def _flat(parts: tuple[Block, ...]) -> list[tuple[Span, ...]]:
    lines: list[tuple[Span, ...]] = []
    for block in parts:
        match block:
            case TextParagraph(spans) | Heading(_, spans):
                lines.append(spans)
            case Listing(_, _, entries):
                lines += [line for entry in entries for line in _flat(entry)]
            case Grid(rows):
                lines += [cell for row in rows for cell in row if cell]
    return lines


def _level(heading: Heading) -> int:
    return min(max(heading.level, 2), 4)


def _write_block(writer: Writer, block: Block, look: TextStyle) -> None:
    match block:
        case TextParagraph(spans):
            writer.p(writer.setter.rich(spans, look), look)
        case Heading(_, spans):
            above = replace(writer.styles.h3, left=look.left)
            writer.heading(writer.setter.rich(spans, above), above, _level(block))
        case Listing():
            _write_list(writer, block, look, writer.sect, 0)
            writer.boxes[-1].after = look.after
        case Grid(rows):
            _write_grid(writer, rows, look.left)


def _write_list(writer: Writer, listing: Listing, look: TextStyle, parent: Tag, depth: int) -> None:
    """A list; each entry's first paragraph carries its number or dash."""
    kind = "Decimal" if listing.ordered else "Disc"
    group = parent.add("L", attributes=f"<</O/List/ListNumbering/{kind}>>")
    texts = [f"{listing.start + n}." if listing.ordered else "–" for n in range(len(listing.entries))]
    step = max(_STEP, 6.5 * max((len(text) for text in texts), default=1)) if depth < _DEEPEST else 0.0
    inner = replace(look, left=look.left + step, after=S1)
    for text, entry in zip(texts, listing.entries, strict=True):
        item = group.add("LI")
        label: ListLabel | None = ListLabel(text, look.run_style, item.add("Lbl"), look.left)
        body = item.add("LBody")
        if not entry or not isinstance(entry[0], TextParagraph):
            writer.boxes.append(Paragraph([], inner, body.add("P"), label))
            label = None
        for block in entry:
            label = _write_entry(writer, block, inner, body, depth, label)


def _write_entry(
    writer: Writer, block: Block, look: TextStyle, body: Tag, depth: int, label: ListLabel | None
) -> ListLabel | None:
    match block:
        case TextParagraph(spans) | Heading(_, spans):
            writer.boxes.append(Paragraph(writer.setter.rich(spans, look), look, body.add("P"), label))
            return None
        case Listing():
            _write_list(writer, block, look, body, depth + 1)
        case Grid(rows):
            outer, writer.sect = writer.sect, body
            _write_grid(writer, rows, look.left)
            writer.sect = outer
    return label


def listed(writer: Writer, lines: Iterable[str], look: TextStyle | None = None, *, ordered: bool = False) -> None:
    """A list of plain lines; *ordered*, they are numbered from 1."""
    entries = tuple((TextParagraph((Span(line),)),) for line in lines)
    _write_block(writer, Listing(ordered, 1, entries), look or writer.styles.main)


def _write_grid(writer: Writer, rows: tuple[tuple[tuple[Span, ...], ...], ...], left: float) -> None:
    """A table of the text; columns as wide as their words ask for."""
    if not rows or not rows[0]:
        return
    count, room = len(rows[0]), writer.grid.text - left
    rows = tuple((*row, *(((),) * count))[:count] for row in rows)
    longest = (max(sum(len(span.text) for span in row[at]) for row in rows) for at in range(count))
    weights = [min(max(letters, _NARROW), _WIDE) for letters in longest]
    table = writer.table([room * weight / sum(weights) for weight in weights], left=left, row_heads=False)
    styles, setter = writer.styles, writer.setter
    if max(len(span.text) for row in rows[:1] for cell in row for span in (*cell, Span(""))) <= _LONG_HEAD:
        head = [setter.rich(cell, styles.head) or setter.plain(_("(none)"), styles.head) for cell in rows[0]]
        table.set_head([writer.cell(runs, styles.head) for runs in head])
        rows = rows[1:]
    for row in rows:
        table.add_row([writer.cell(setter.rich(cell, styles.cell)) for cell in row])
