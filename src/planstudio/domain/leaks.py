"""What a leak is, and how somebody answers that it is none.

    Leak ── Spot, where the words are withheld ── Spot, where they stand in the packet
    Clearance: a leak that somebody has explained, with a kind, a sentence, a name and a time

A leak's code is a digest of its words and of both places. So an answer falls
by itself when one of the places changes: nothing has its code any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from planstudio.domain.audiences import seen_by
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Access, ClearedAs
from planstudio.i18n import _

CODE_LENGTH = 10
SHORTEST_REASON = 3  # letters


@dataclass(frozen=True)
class Spot:
    """Words where they stand: the item, the field or file, the page, and some words around them."""

    item: str  # its number; "" where they belong to no item
    title: str  # of the item, or of the part of the packet
    where: str  # "Background", "Attachment 1, Bids.pdf"
    page: str  # its label; "" for what is on no page
    before: str
    words: str
    after: str
    item_id: str = ""
    file_id: str = ""
    number: int = 0  # of the page in the packet, from 1; 0 is none

    @property
    def place(self) -> str:
        """ "9A Personnel, Bids.pdf, page 3" in the words of the language spoken."""
        page = _("page {page}").format(page=self.page) if self.page else ""
        return ", ".join(filter(None, (f"{self.item} {self.title}".strip(), self.where, page)))


@dataclass(frozen=True)
class Leak:
    """Words of something withheld that stand in a packet."""

    code: str
    words: str
    withheld: Spot
    shown: Spot
    access: Access  # of what is withheld
    count: int = 1  # places in the same part of the packet


@dataclass(frozen=True)
class Clearance:
    """Why a leak is none."""

    id: str
    code: str
    words: str
    kind: ClearedAs
    reason: str
    author: str
    at: datetime
    access: Access  # who may read the words
    withheld: str  # where they are withheld, and where they are shown
    shown: str


def code_of(*contents: str) -> str:
    """The code of a leak, from its words and the contents of both places."""
    return sha256("\x00".join(contents).encode("utf-8", "replace")).hexdigest()[:CODE_LENGTH]


def unanswered(leaks: Iterable[Leak], clearances: Iterable[Clearance]) -> tuple[Leak, ...]:
    known = {one.code for one in clearances}
    return tuple(leak for leak in leaks if leak.code not in known)


def answered(leaks: Iterable[Leak], clearances: Iterable[Clearance]) -> tuple[tuple[Leak, Clearance], ...]:
    by_code = {one.code: one for one in clearances}
    return tuple((leak, by_code[leak.code]) for leak in leaks if leak.code in by_code)


def readable(clearances: Iterable[Clearance], audience: Access) -> tuple[Clearance, ...]:
    """Those that the record of a packet for *audience* may tell: no public one, and none tells what it withholds."""
    return tuple(one for one in clearances if audience is not Access.PUBLIC and seen_by(audience, one.access))


def check_reason(reason: str) -> str:
    """A reason is a sentence: something must be said."""
    said = " ".join(reason.split())
    if sum(map(str.isalnum, said)) < SHORTEST_REASON:
        raise InvalidInput(_("Say in a sentence why this is not a leak."), field="reason")
    return said


def sentence(leaks: Sequence[Leak], *, posting: bool = False) -> str:
    """What keeps a packet from being kept, or an agenda from being posted; one leak told in full."""
    first = leaks[0]
    place = _("on page {page}").format(page=first.shown.page) if first.shown.page else _("in its data")
    words = _("Not printed: “{words}” of item {item}, which this packet must not show, stands {place}.")
    if posting:
        words = _("Not posted: “{words}” of item {item}, which this packet must not show, stands {place}.")
    return words.format(words=first.words[:80], item=first.withheld.item, place=place)
