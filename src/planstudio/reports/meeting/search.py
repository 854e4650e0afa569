"""The search through one packet after another, and what was found as findings that somebody can answer.

What has been looked through is not looked through again while neither it nor
what is looked for has changed. Names and numbers are a finding each; plain
phrases of one place in one part are one, however many they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from planstudio.domain.kinds import Access
from planstudio.domain.leaks import Leak, Spot, code_of
from planstudio.domain.packets import PagePlace
from planstudio.i18n import _
from planstudio.reports.foreign.imported import ImportedFile
from planstudio.reports.meeting.leaks import Needles, Occurrence, look, words_of
from taggedpdf.fragment import Fragment

_FRONT = "front"  # cover, contents, bookmarks and what else tells of the packet: one place
FOREIGN = "foreign "  # how the digests of foreign files begin


@dataclass(frozen=True)
class SetPart:
    """A part of a packet as it was set."""

    digest: str  # of all that it shows
    fragment: Fragment
    heads: tuple[str, ...]
    wide: tuple[bool, ...]
    missing: dict[str, int]

    @property
    def pages(self) -> int:
        return len(self.fragment.leaves)


@dataclass(frozen=True)
class Printed:
    """What the search needs to know of a packet."""

    labels: tuple[str, ...]  # of each page
    parts: tuple[PagePlace, ...]  # of each page
    page_of: dict[str, int]  # the first page of each part, from 1
    around: tuple[str, ...]  # words that belong to no part: bookmarks, title, heads and feet
    attachments: dict[str, str]  # how the papers of an item are called, by part: "Attachment 2"


class Row(NamedTuple):
    """One place: its page, from 1, or 0; its part; the words."""

    page: int
    key: str
    occurrence: Occurrence


@dataclass
class LeakSearch:
    """Remembers what it has looked through."""

    _words: dict[str, tuple[str, tuple[Sequence[str], str]]] = field(default_factory=dict)  # its digest, its words
    _found: dict[str, tuple[str, str, list[Occurrence]]] = field(default_factory=dict)  # digests of it and of needles

    def leaks(
        self, parts: Mapping[str, SetPart], printed: Printed, imported: Mapping[str, ImportedFile], needles: Needles,
        audience: Access, check: Callable[[], None],
    ) -> tuple[Leak, ...]:  # fmt: skip
        """Where the packet shows any of the *needles*."""
        if not needles:
            return ()
        found: dict[str, list[Occurrence]] = {}
        for key, one in parts.items():
            known = self._found.get(key)
            if known is None or known[:2] != (one.digest, needles.digest):
                check()
                text = imported[key].text if key in imported and one.digest.startswith(FOREIGN) else None
                words = self._words.get(key)
                if words is None or words[0] != one.digest:
                    words = self._words[key] = (one.digest, words_of(one.fragment, text))
                known = self._found[key] = (one.digest, needles.digest, look(*words[1], needles))
            if known[2]:
                found[key] = known[2]
        if around := look((), "\n".join(printed.around), needles):
            found[""] = around
        return tuple(_leaks(found, printed, needles, audience))


def _leaks(
    found: Mapping[str, list[Occurrence]], printed: Printed, needles: Needles, audience: Access
) -> Iterable[Leak]:
    groups: dict[tuple[object, str, tuple[str, ...]], list[Row]] = defaultdict(list)
    for key, rows in found.items():
        group = _group(key, printed)
        for one in rows:
            page = printed.page_of[key] + one.page if key and one.page >= 0 else 0
            words = one.row if one.hit.telling else ()
            groups[needles.pieces[one.hit.piece].key, group, words].append(Row(page, key, one))
    told = {(piece, words) for piece, group, words in groups if words and group != _FRONT}
    for (piece, group, words), places in groups.items():
        if group == _FRONT and (piece, words) in told and not any(row.page for row in places):
            continue  # a bookmark's name is that of the page it leads to
        yield _leak(places, printed, needles, audience)


def _group(key: str, printed: Printed) -> str:
    """What is one place for a person: a file, the sheet of an item, or all that stands around them."""
    return key if any(place.item_id for place in printed.parts if place.key == key) else _FRONT


def _leak(rows: list[Row], printed: Printed, needles: Needles, audience: Access) -> Leak:
    page, key, first = min(rows, key=lambda row: (row.page == 0, -row.occurrence.hit.worth, row.page))
    hit, piece = first.hit, needles.pieces[first.hit.piece]
    start = hit.start if hit.start >= 0 else -1 - hit.start
    near = piece.text.near(start, min(start + hit.length, len(piece.text.tokens)) - 1)
    item, shown = piece.item, _shown(page, key, first, printed)
    withheld = Spot(item.number, item.title, piece.where, piece.page, *near, item.id, piece.file_id)
    rows_said = sorted({" ".join(row.occurrence.row) for row in rows})
    pages = sorted({" ".join(row.occurrence.text.keys) for row in rows})
    code = code_of(audience.value, *rows_said, piece.where, piece.page, " ".join(piece.text.keys), *pages)
    return Leak(code, shown.words, withheld, shown, piece.access, len(rows))


def _shown(page: int, key: str, found: Occurrence, printed: Printed) -> Spot:
    place = next((one for n, one in enumerate(printed.parts, 1) if (n == page if page else one.key == key)), None)
    near = found.text.near(found.hit.first, found.hit.last)
    label = printed.labels[page - 1] if page else ""
    attached = printed.attachments.get(key, "")
    if place is None:
        return Spot("", _("Bookmarks and title"), "", "", *near)
    number, _space, title = place.title.partition(" ") if place.item_id else ("", "", place.title)
    return Spot(number, title, attached, label, *near, place.item_id, key if attached else "", page)
