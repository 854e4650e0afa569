"""Find and replace: where words stand in the texts of a plan, and the texts with others in their place."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from planstudio.domain.folding import UNPARTED, folded
from planstudio.domain.nouns import uses
from planstudio.domain.nouns.fields import Kind, Uses
from planstudio.domain.places import Place
from planstudio.richtext import escape_inline, guard_lines

# Every text of a plan's own by table and column, and whether it is Markdown. Policies change by readings, not here.
TEXTS = {table: {one.name: one.kind is Kind.MARKDOWN for one in fields} for table, fields in uses(Uses.REPLACE).items()}
# What is no words in Markdown: signs at the beginning of a line, rules of tables, addresses, emphasis, brackets, bars.
_SIGNS = re.compile(
    r"(?m)^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+)|^[ \t]*\|?[ \t:|-]*-[ \t:|-]*$"
    r"|\]\([^)\n]*\)|https?://\S+|mailto:\S+|<[^>\n]*>|\\.|[*_\[\]|`~<>]"
)
_TARGET = re.compile(r"\]\([^)\n]*\)")
_COMBINING = "[\u0300-\u036f]"
_AROUND = 40  # characters shown at either side of what was found


@dataclass(frozen=True)
class Wanted:
    """What is looked for: as typed or in any case, anywhere or as whole words."""

    words: str
    case: bool = False
    whole: bool = False


@dataclass(frozen=True)
class Match:
    """The *nth* place, from 0, in one column of one row. `page` is the table and id of the page that shows it."""

    table: str
    row_id: str
    column: str
    nth: int
    name: str
    page: Place
    before: str
    match: str
    after: str


def spans(text: str, wanted: Wanted, *, markdown: bool) -> list[tuple[int, int]]:
    """Where *wanted* stands in *text*, from left to right."""
    if not wanted.words.strip():
        return []
    barred = [match.span() for match in _SIGNS.finditer(text) if text[match.start()] != "\\"] if markdown else []
    inside, places = folded(text, case=wanted.case) if _has_letters(wanted.words) else (text, range(len(text) + 1))
    found = []
    for match in _pattern(wanted, markdown).finditer(inside):
        start, end = places[match.start()], places[match.end()]
        whole_letters = (match.start() == 0 or places[match.start() - 1] != start) and places[match.end() - 1] != end
        if whole_letters and not any(first < end and start < last for first, last in barred):
            found.append((start, end))
    return found


def _has_letters(words: str) -> bool:
    """Whether words are looked for, whose spelling may differ; signs alone are meant as they were typed."""
    return any(sign.isalnum() for sign in words)


def replaced(text: str, wanted: Wanted, by: str, *, markdown: bool, chosen: Collection[int]) -> str:
    """*text* with *by* at the *chosen* of the places where *wanted* stands."""
    put = guard_lines(escape_inline(by)) if markdown else by
    made, at = [], 0
    for nth, (start, end) in enumerate(spans(text, wanted, markdown=markdown)):
        if nth in chosen:
            if markdown and not put.strip():
                start, end = _with_signs(text, start, end)
            made += [text[at:start], put]
            at = end
    return "".join((*made, text[at:]))


def _with_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """A place with the emphasis or link that is for it alone, which would be left without words."""
    while True:
        if start and text[start - 1] == text[end : end + 1] and text[start - 1] in "*_":
            start, end = start - 1, end + 1
        elif start and text[start - 1] == "[" and (target := _TARGET.match(text, end)):
            start, end = start - 1, target.end()
        else:
            return start, end


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The words before, at and after a place, on one line."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    lead = "…" if start > _AROUND else ""
    tail = "…" if end + _AROUND < len(text) else ""
    return lead + _line(before).lstrip(), _line(text[start:end]), _line(after).rstrip() + tail


def _line(words: str) -> str:
    return re.sub(r"\\([\\`*_\[\]<>&~|])", r"\1", re.sub(r"\s+", " ", words))


@lru_cache(maxsize=8)
def _pattern(wanted: Wanted, markdown: bool) -> re.Pattern[str]:
    parts = []
    words = folded(wanted.words, case=wanted.case)[0] if _has_letters(wanted.words) else wanted.words
    for part in words.split():
        shape = "".join(re.escape(sign) if sign.isalnum() else r"\\?" + re.escape(sign) for sign in part)
        parts.append(shape if markdown else re.escape(part))
    shape = r"(?:[^\S\n]+|[^\S\n]*\n(?![^\S\n]*\n)[^\S\n]*)".join(parts)  # a blank line parts words
    if wanted.whole:  # where words are written without spaces a whole one may stand beside another
        shape = rf"(?<![^\W{UNPARTED}])(?!{_COMBINING}){shape}(?![^\W{UNPARTED}])(?!{_COMBINING})"
    return re.compile(shape, 0 if wanted.case else re.IGNORECASE)
