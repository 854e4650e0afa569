"""One sentence on what became of a pasted block of figures, and what else a careful reader wants to know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planstudio.domain import dates, numbers
from planstudio.domain.figure_blocks import Cell, Fate
from planstudio.i18n import _, medium_date, ngettext, number

Values = Mapping[tuple[date, str], float | None]  # None for a figure that is hidden


def sum_of(block: Sequence[Cell], before: Values, now: Values) -> str:
    """How many cells of *block* are stored, to mend, left out: by what the plan held *before* and holds *now*."""
    by_fate = {fate: [cell for cell in block if cell.fate is fate] for fate in Fate}
    stored = [cell for cell in by_fate[Fate.FIGURE] if _key(cell) in now and now[_key(cell)] in (None, cell.value)]
    mend = len(by_fate[Fate.MEND]) + len(by_fate[Fate.FIGURE]) - len(stored)
    waiting, left = len(by_fate[Fate.WAITS]), by_fate[Fate.LEFT]
    named = sum(len(by_fate[fate]) for fate in (Fate.TITLE, Fate.HEAD, Fate.DATE))
    others = (
        (mend, ngettext("{n} to mend", "{n} to mend", mend)),
        (waiting, ngettext("{n} waiting for its date", "{n} waiting for their date", waiting)),
        (len(left), ngettext("{n} left out", "{n} left out", len(left))),
    )
    parts = [ngettext("{n} stored", "{n} stored", len(stored)).format(n=len(stored))]
    parts += [words.format(n=n) for n, words in others if n]
    count = len(block) - named
    said = [ngettext("{n} cell: {parts}.", "{n} cells: {parts}.", count).format(n=count, parts=", ".join(parts))]
    if left:
        said.append(_("Left out first: {why}.").format(why=left[0].why))
    said += [*_replaced(stored, before), *_read_as(stored, by_fate[Fate.DATE])]
    if named:
        words = ngettext("Beside them {n} title, head or date.", "Beside them {n} titles, heads and dates.", named)
        said.append(words.format(n=named))
    return " ".join(said)


def _key(cell: Cell) -> tuple[date, str]:
    return cell.day or date.min, cell.group or ""


def _replaced(stored: Sequence[Cell], before: Values) -> Iterator[str]:
    olds = [(cell.value, before.get(_key(cell))) for cell in stored]
    count = sum(old is not None and old != new for new, old in olds)
    if count:
        yield ngettext("{n} replaces another figure.", "{n} replace other figures.", count).format(n=count)


def _read_as(stored: Sequence[Cell], days: Sequence[Cell]) -> Iterator[str]:
    """Which spellings were taken for what."""
    comma = next((cell for cell in stored if numbers.read(cell.words).comma), None)
    if comma is not None and comma.value is not None:
        words = _("Commas were read as decimal points: {words} as {value}.")
        yield words.format(words=comma.words, value=number(comma.value))
    span = next((cell for cell in days if dates.read(cell.words).kind is not dates.Kind.DAY), None)
    if span is not None and span.day is not None:
        yield _("{words} stands for {day}.").format(words=span.words, day=medium_date(span.day))
