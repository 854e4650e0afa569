"""What a careful reader would point at: near-duplicates and slips of typing. Nothing is changed because of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from planstudio.domain.recognised import Lines, Recognised, Remark, RemarkKind
from planstudio.exchange.recognise.blocks import fold
from planstudio.exchange.recognise.outline import Section
from planstudio.i18n import _

_ALIKE = 0.85
_MOST_COMPARED = 150  # entries of one list; longer lists are compared so far only
_MOST_LENGTH = 1500
_SHORTEST = 20  # short entries are alike by chance
_DOUBLED = re.compile(
    r"(?<![\w-])(the|a|an|of|to|and|in|for|with|our|we|is|are|will|all|their|by|on|at|as)\s+\1(?![\w-])", re.I
)
_NO_SPACE = re.compile(r"(?<=[a-z]{3})[,;](?=[a-z]{3})")


def empty_sections(sections: Iterable[Section]) -> list[Remark]:
    message = _("Nothing stands under the heading “{heading}”. It is kept as known to be missing.")
    return [Remark(RemarkKind.EMPTY_SECTION, message.format(heading=s.title), s.source) for s in sections]


def left_out(texts: Sequence[str], source: Lines) -> Remark:
    """A remark on *texts*, one below the other, that are in nothing that was recognised."""
    told = _("Not taken over: “{text}”")
    if len(texts) > 1:
        told = _("Not taken over: “{text}” and what follows up to line {last}")
    return Remark(RemarkKind.NOT_TAKEN, told.format(text=_begun(texts[0]), last=source.last), source)


def _begun(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rsplit(" ", 1)[0] + "…"


def nothing_taken(printed: Sequence[str]) -> list[Remark]:
    """One remark on all lines of a document in which nothing was recognised."""
    filled = [n for n, line in enumerate(printed, 1) if line.strip()]
    if not filled:
        return []
    told = _("Nothing of a plan or a policy was recognised here; no line was taken over.")
    return [Remark(RemarkKind.NOT_TAKEN, told, Lines(filled[0], filled[-1]))]


def page_lines_left_out(numbers: Sequence[int]) -> Remark:
    """One remark on page numbers, addresses and pictures, wherever they stand."""
    starts = [n for i, n in enumerate(numbers) if i == 0 or numbers[i - 1] + 1 < n]
    ends = [a for a, b in pairwise(numbers) if a + 1 < b] + list(numbers[-1:])
    spans = [Lines(a, b) for a, b in zip(starts, ends, strict=True)]
    runs = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))
    told = _("Page numbers, links or lines of the page itself were not taken over; lines: {lines}").format(lines=runs)
    return Remark(RemarkKind.NOT_TAKEN, told, spans[0], tuple(spans[1:]))


def near_duplicates(found: Recognised) -> Iterator[Remark]:
    """Entries of one list that say nearly the same; the later one is pointed at."""
    message = _("The entries in lines {first} and {second} are nearly the same: “{text}”.")
    lists = [statement.items for statement in found.statements]
    lists += [entries for goal in found.goals for entries in (goal.strategies, goal.measures)]
    for items in lists:
        texts = [fold(f"{item.title} {item.whole}")[:_MOST_LENGTH] for item in items[:_MOST_COMPARED]]
        for at, (text, later) in enumerate(zip(texts, items, strict=False)):
            for before, earlier in zip(texts[:at], items, strict=False):
                if len(text) >= _SHORTEST and _alike(before, text):
                    shown = _begun(later.title or later.text)
                    told = message.format(first=earlier.source.first, second=later.source.first, text=shown)
                    yield Remark(RemarkKind.NEAR_DUPLICATE, told, later.source)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def typos(found: Recognised) -> Iterator[Remark]:
    """Doubled small words and commas without a space. Spelling is left to people."""
    for text, source in _texts(found):
        for match in (*_DOUBLED.finditer(text[:20_000]), *_NO_SPACE.finditer(text[:20_000])):
            around = text[max(0, match.start() - 20) : match.end() + 20]
            message = _("Perhaps a typing error: “…{text}…”").format(text=around)
            yield Remark(RemarkKind.LIKELY_TYPO, message, source)


def _texts(found: Recognised) -> Iterator[tuple[str, Lines]]:
    for statement in found.statements:
        yield statement.lead, statement.source
        yield from ((item.whole, item.source) for item in statement.items)
    for goal in found.goals:
        yield goal.description, goal.source
        yield from ((item.whole, item.source) for item in (*goal.strategies, *goal.measures))
