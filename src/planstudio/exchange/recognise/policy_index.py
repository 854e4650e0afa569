"""Lists of policies: number and title a line, the series they stand in, and their dates.

Numbers alone prove little; school pages are full of them. A list counts where
at least three lines have one, or where the lines say "BP" or "Policy".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planstudio.domain.recognised import RecognisedPolicy, RecognisedSeries
from planstudio.exchange.recognise.blocks import Block, Form
from planstudio.exchange.recognise.policy_codes import Entry, entry_of, number_of
from planstudio.exchange.recognise.policy_dates import Dates, dates_in, dates_of
from planstudio.exchange.recognise.policy_fields import Field, field_named

_LEAST = 3
_LEAST_PREFIXED = 2
_LEAST_LETTERED = 4  # letters are words as well ("IT Department")
_SERIES = re.compile(
    r"(?:(?:section|series|chapter|article)\s+(?P<number>\d{3,4}|[A-L])\s*(?:series)?|(?P<plain>\d{3,4})\s+series)\s*[-–—:.]*\s+(?P<title>[A-Z].{2,80})$",
    re.I,
)
_OPEN = re.compile(
    r"\b(?:drafts?|proposed|proposals?|(?:first|second|1st|2nd) reading|pending|not (?:yet )?adopted|for adoption|"
    r"to be adopted|repeal(?:ed)?|rescind(?:ed)?|reserved|borrador(?:es)?|propuest[ao]s?|derogad[ao]s?)\b",
    re.I,
)
_ROLES = frozenset({Field.ADOPTED, Field.REVISED, Field.REVIEWED})
_MOST_HEAD_WORDS = 10
_MARKS = re.compile(r"^[>✓✔→»\s\\-]+")


@dataclass(frozen=True)
class _Line:
    at: int  # index of its block
    entry: Entry
    block: Block


@dataclass(frozen=True)
class _ListDates:
    """The dates of one line, and what stands at its end as printed where the line has no columns."""

    dates: Dates = field(default_factory=Dates)
    words: str = ""


def policy_index(
    blocks: Sequence[Block], opened: frozenset[int], *, in_force: bool
) -> tuple[tuple[RecognisedPolicy, ...], tuple[RecognisedSeries, ...]]:
    """Entries and series. *opened* are blocks of policies printed in full; their header line may close the list.

    *in_force* says that a manual lists what it holds: its policies are adopted, but for those that a line or the
    headline above it calls a draft, proposed, repealed or up for reading.
    """
    lines = [line for at, block in enumerate(blocks) if (line := _line(at, block)) and at not in opened]
    series = _series_lines(lines)
    named = [named for block in blocks if (named := _named_series(block))]
    entries = [line for line in lines if line.at not in series]
    if not _is_list(entries, _LEAST_PREFIXED if in_force else _LEAST):
        return (), tuple(named) if len(named) > 1 else ()
    open_ones = _unsettled(blocks) if in_force else frozenset(range(len(blocks)))
    for line in lines:
        if line.at in series:
            named.append(RecognisedSeries(line.entry.number, line.entry.title, line.block.source))
    return _entries(entries, _list_dates(blocks), open_ones), tuple(_unique_series(named))


def _line(at: int, block: Block) -> _Line | None:
    entries = (entry_of(_MARKS.sub("", text[:400])) for text in _texts(block))
    return next((_Line(at, entry, block) for entry in entries if entry), None)


def _texts(block: Block) -> list[str]:
    """What may hold number and title: the whole line, or a row's neighboring cells."""
    if block.form is not Form.ROW:
        return [f"{block.mark} {block.text}" if number_of(block.mark) else block.text]
    cells = [text for text in block.texts if text]
    pairs = [f"{one} {beside}" for one, beside in pairwise(cells) if number_of(one)]
    return [*pairs[:1], *cells[:4]]


def _series_lines(lines: Sequence[_Line]) -> set[int]:
    """Round numbers among round numbers, or at the head of their own list."""
    initials = Counter(line.entry.number[0] for line in lines)
    found = set()
    for index, line in enumerate(lines):
        if not line.entry.round:
            continue
        if line.block.form is Form.HEADING or (index == 0 and line.block.form is Form.PARAGRAPH):
            heads = initials[line.entry.number[0]] > 2
        else:
            neighbors = [*lines[index - 1 : index], *lines[index + 1 : index + 2]]
            heads = any(other.entry.round and abs(other.at - line.at) <= 2 for other in neighbors)
        if heads:
            found.add(line.at)
    return found


def _named_series(block: Block) -> RecognisedSeries | None:
    found = _SERIES.match(block.text) if len(block.text) < 120 else None
    if not found:
        return None
    return RecognisedSeries(found["number"] or found["plain"], found["title"].strip(" :"), block.source)


def _is_list(lines: Sequence[_Line], least_prefixed: int) -> bool:
    numbered = {line.entry.number for line in lines if not line.entry.lettered and not line.entry.yearlike}
    lettered = [line.entry.number for line in lines if line.entry.lettered]
    prefixed = {line.entry.number for line in lines if line.entry.prefixed}
    if len(prefixed) >= least_prefixed or len(numbered) >= _LEAST:
        return True
    return len(set(lettered)) >= _LEAST_LETTERED and _is_filed(lettered)


def _is_filed(numbers: Sequence[str]) -> bool:
    """Whether lettered codes stand in the order of a manual; lines in capitals do not."""
    return sum(a[0] == b[0] and a <= b for a, b in pairwise(numbers)) >= 0.6 * (len(numbers) - 1)


def _unsettled(blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks that are not in force by their own words, or by those of the headline that they stand under."""
    found, under = set(), False
    for at, block in enumerate(blocks):
        said = bool(_OPEN.search(" ".join(_texts(block))))
        if block.form is Form.HEADING:
            under = said
        if said or under:
            found.add(at)
    return frozenset(found)


def _entries(
    lines: Sequence[_Line], dated: Mapping[int, _ListDates], open_ones: frozenset[int]
) -> tuple[RecognisedPolicy, ...]:
    """Each number once; its first printing counts."""
    kept: dict[str, RecognisedPolicy] = {}
    numbered = sum(not line.entry.lettered for line in lines)
    for line in lines:
        entry = line.entry
        rare = entry.lettered and numbered >= len(lines) * 0.8
        if entry.prefixed or not rare:
            kept.setdefault(entry.number, _policy(line, dated.get(line.at, _ListDates()), line.at not in open_ones))
    return tuple(kept.values())


def _policy(line: _Line, dated: _ListDates, in_force: bool) -> RecognisedPolicy:
    title = line.entry.title
    if dated.words and title.endswith(dated.words):
        title = title[: -len(dated.words)].strip(" -–—:|") or title
    dates = dated.dates
    return RecognisedPolicy(
        line.entry.number,
        title,
        adopted=dates.adopted[0] if dates.adopted else "",
        revised=tuple(dates.revised),
        reviewed=tuple(dates.reviewed),
        source=line.block.source,
        in_force=in_force,
    )


def _unique_series(found: Sequence[RecognisedSeries]) -> list[RecognisedSeries]:
    """Each series once, in order of numbers, its title not in capitals where another printing has it otherwise."""
    kept: dict[str, RecognisedSeries] = {}
    for series in found:
        if series.number not in kept or kept[series.number].title.isupper():
            kept[series.number] = series
    return sorted(kept.values(), key=lambda series: series.number)


def _list_dates(blocks: Sequence[Block]) -> dict[int, _ListDates]:
    """The dates of each line under a head that names them, by the index of its block."""
    found: dict[int, _ListDates] = {}
    head: list[Field | None] = []
    for at, block in enumerate(blocks):
        if named := _dated_head(block):
            head = named
        elif block.form is Form.HEADING:
            head = []
        elif head:
            said = _row_dates(block, head) if block.form is Form.ROW else _line_dates(block, head)
            if said.dates:
                found[at] = said
    return found


def _dated_head(block: Block) -> list[Field | None]:
    """The columns that *block* names, where one of them is a date and another number or title."""
    if block.form is Form.ROW:
        named = [field_named(text) for text in block.texts]
    else:
        words = block.text.split()
        named = [field_named(word) for word in words] if len(words) <= _MOST_HEAD_WORDS else []
    return named if {Field.NUMBER, Field.TITLE} & set(named) and _ROLES & set(named) else []


def _row_dates(row: Block, head: Sequence[Field | None]) -> _ListDates:
    """Each cell under its head; of a row with fewer cells, those with a date under the heads of dates."""
    texts = row.texts
    if len(texts) != len(head):
        texts = [text for text in texts if [printed for printed, _date in dates_in(text)] == [text.strip()]]
        head = [name for name in head if name in _ROLES]
    # With fewer dates than columns nobody can tell which is missing.
    return _ListDates(_gathered(head, texts) if len(texts) == len(head) else Dates())


def _line_dates(block: Block, head: Sequence[Field | None]) -> _ListDates:
    """The dates that a line without columns ends with: "1240 Volunteers 5/6/2021"."""
    roles = [name for name in head if name in _ROLES]
    printed = [text for text, _date in dates_in(block.text)][-len(roles) :]
    start = block.text.rfind(printed[0]) if printed else -1
    behind = block.text[start:] if start > 0 else ""
    if len(printed) != len(roles) or behind.split() != " ".join(printed).split():
        return _ListDates()
    return _ListDates(_gathered(roles, printed), behind)


def _gathered(head: Sequence[Field | None], texts: Sequence[str]) -> Dates:
    dates = Dates()
    for name, text in zip(head, texts, strict=True):
        if name in _ROLES and name is not None:
            dates.add(dates_of(text, name.value))
    return dates
