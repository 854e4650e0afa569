"""A second look at a finished packet: whether anything of what was withheld stands in it.

What an audience may not see is taken out of the data before anything is set
(domain.agenda.for_audience), so nothing should be found. Every place is
looked at in which words can stand: the pages, the structure's alternative
texts, bookmarks, links, labels, metadata and the names of destinations. What
has been looked through is not looked through again while it does not change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, seen_by
from planstudio.domain.kinds import Access
from planstudio.domain.packets import PacketData
from planstudio.reports.foreign.words import PAGE_END
from planstudio.reports.tagged.fragment import Fragment
from planstudio.reports.tagged.words import shown, strings
from planstudio.richtext import plain

_SHORTEST = 6  # letters of a word that can give something away
_PIECE = re.compile(r"[^\n.;!?]+")
_PART = 50_000  # characters


@dataclass(frozen=True)
class Leak:
    """Words of a withheld item, and the page that shows them; 0 is none of the pages."""

    words: str
    item: str  # the number of the item they come from
    page: int


def needles(whole: MeetingCard, data: PacketData) -> Mapping[str, tuple[str, str]]:
    """The words that must not be in the packet of *data*, by how they are looked for: words and item number."""
    allowed = _squeezed(repr((data.meeting, data.book, data.minutes_of, data.note)))
    found: dict[str, tuple[str, str]] = {}
    for item in whole.items():
        for words in _withheld(item, data.audience):
            for piece in _PIECE.findall(plain(words)):
                key = _squeezed(piece)
                if len(key) >= _SHORTEST and key not in allowed:
                    found[key] = (piece.strip(), item.number)
    return found


def _withheld(item: AgendaItemCard, audience: Access) -> Iterable[str]:
    hidden = not seen_by(audience, item.access)
    if hidden:
        yield from (item.title, item.presenter, item.contact, item.background, item.rationale, item.fiscal_impact)
        yield from (item.recommended_motion, item.notes, item.returned_because)
        for motion in item.motions:
            yield from (motion.text, motion.mover, motion.seconder)
        for link in item.links:
            yield link.name
        for one in item.enclosures:
            yield one.name
    for file in item.files:
        if hidden or not seen_by(audience, file.access):
            yield from (file.name, file.name.rpartition(".")[0], file.alternative_text)


@dataclass(frozen=True)
class Words:
    """The words of one part of a packet, without spaces and case: page by page, and those in its objects."""

    pages: tuple[str, ...]
    strings: str

    @classmethod
    def of(cls, fragment: Fragment, text: str | None = None) -> Words:
        """Those of a fragment; *text* is what the intake read on a foreign file's pages."""
        pages = shown(fragment) if text is None else tuple(text.split(PAGE_END))
        return cls(tuple(_squeezed(page) for page in pages), _squeezed(strings(fragment)))


def leaks_in(words: Words, wanted: Mapping[str, tuple[str, str]], first: int) -> Iterator[Leak]:
    """Where any of the *wanted* words stand in a part whose first page is *first*; a page of 0 is none."""
    for n, page in enumerate(words.pages):
        for key, (said, item) in wanted.items():
            if key in page:
                yield Leak(said, item, first + n)
    for key, (said, item) in wanted.items():
        if key in words.strings:
            yield Leak(said, item, 0)


def leaks_among(said: Iterable[str], wanted: Mapping[str, tuple[str, str]]) -> Iterator[Leak]:
    """Where any of the *wanted* words stand in what belongs to no part: bookmarks, titles, heads and feet."""
    whole = "\n".join(_squeezed(each) for each in said)
    return (Leak(words, item, 0) for key, (words, item) in wanted.items() if key in whole)


def _squeezed(text: str) -> str:
    """*text* without spaces and case, so that a line's end does not hide a word."""
    parts = (text[at : at + _PART] for at in range(0, len(text), _PART))  # other threads run between two of them
    return "".join("".join(part.split()).casefold() for part in parts)
