"""The board packet: every part set on its own, kept while it does not change, bound with the foreign files.

A printer remembers the parts it has set by a digest of all that they show, so
a packet in which one item changed sets that item, the front, and whatever
names a page that moved. Each foreign file comes as a fragment from the intake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Unpack

from planstudio import i18n
from planstudio.domain.kinds import Access, PageNumbers
from planstudio.domain.leaks import Leak
from planstudio.domain.packets import (
    Difference,
    PacketData,
    PacketRecord,
    differences,
    page_labels,
    record_of,
)
from planstudio.i18n import _
from planstudio.memory import steady_memory
from planstudio.reports import fonts
from planstudio.reports.document import PageLayout, PaperFormat, metadata
from planstudio.reports.foreign.imported import ImportedFile
from planstudio.reports.meeting.accessibility import Paper
from planstudio.reports.meeting.assembly import assemble
from planstudio.reports.meeting.content import content
from planstudio.reports.meeting.leaks import Needles
from planstudio.reports.meeting.pages import Write
from planstudio.reports.meeting.parts import PacketParts, Part, label_runs
from planstudio.reports.meeting.running import PacketStamps, seen
from planstudio.reports.meeting.search import FOREIGN, LeakSearch, SetPart
from planstudio.reports.meeting.search import Printed as Searched
from planstudio.reports.printed import Watched, go_on
from planstudio.reports.typesetter import Typesetter
from planstudio.reports.wording import name_and_day
from taggedpdf.binder import Binder, Furniture
from taggedpdf.fragment import Fragment

_MOST_TRIES = 6  # page numbers that name one another settle in two or three


@dataclass(frozen=True)
class PrintedPacket(Searched):
    """A finished packet, and what is kept of it."""

    pdf: bytes
    pages: int
    record: PacketRecord
    changes: tuple[Difference, ...]
    papers: tuple[Paper, ...]
    accessible: bool  # the file claims PDF/UA-1
    missing: dict[str, int]  # characters that no font has
    sizes: tuple[tuple[float, float], ...]  # of each page as it is seen, in points
    set_again: int  # parts that were not kept from the packet before


class PacketPrinter:
    """Prints packets one after another and remembers the parts."""

    def __init__(self) -> None:
        self._kept: dict[str, SetPart] = {}
        self._search = LeakSearch()
        self._binder = Binder()

    def print(
        self, data: PacketData, imported: Mapping[str, ImportedFile], tells: Callable[[str], bool],
        **watched: Unpack[Watched],
    ) -> PrintedPacket:  # fmt: skip
        """The packet of *data*; *imported* is what the intake made of each file, by the attachment's id.

        A line about changes that *tells* what is withheld by now is not quoted.
        """
        with steady_memory():
            packet = assemble(data, imported)
            packet.changes = differences(data.previous, record_of(data, {}), tells) if data.previous else ()
            making = _Making(packet, self._kept, watched)
            making.settle()
            printed = making.bind(self._binder)
        self._kept = making.used
        return printed

    def leaks(
        self, printed: PrintedPacket, needles: Needles, imported: Mapping[str, ImportedFile], audience: Access,
        check: Callable[[], None],
    ) -> tuple[Leak, ...]:  # fmt: skip
        """Where *printed*, the last packet of this printer, shows any of the *needles*."""
        return self._search.leaks(self._kept, printed, imported, needles, audience, check)


class _Making:
    """One packet in the making: parts are set, page numbers settle, all is bound."""

    def __init__(self, packet: PacketParts, kept: dict[str, SetPart], watched: Watched) -> None:
        fonts.register()
        self.packet, self.data = packet, packet.data
        self.kept, self.used = kept, dict[str, SetPart]()
        self.progress, self.cancelled = watched.get("progress"), watched.get("cancelled")
        self.paper = PaperFormat.called(packet.data.paper)
        self.set_again = 0

    # ── setting

    def _set(self, part: Part) -> int:
        """Set a part, or keep it where it shows what it showed before; how many pages it has."""
        if isinstance(part.content, Fragment):
            self._keep(part, FOREIGN + _digest(part.file), partial(self._foreign, part, part.content))
        else:
            shown, write = part.content(self.packet)
            self._keep(part, _digest((shown, self.data.paper, i18n.language())), partial(self._own, part, write))
        return self.used[part.key].pages

    def _keep(self, part: Part, digest: str, make: Callable[[str], SetPart]) -> None:
        known = self.used.get(part.key) or self.kept.get(part.key)
        if known is None or known.digest != digest:
            self._check()
            known = make(digest)
            self.set_again += 1
        self.used[part.key] = known

    def _own(self, part: Part, write: Write, digest: str) -> SetPart:
        layout = PageLayout(self.paper, Typesetter(), self._check)
        write(layout, part.title, part.key)
        layout.end()
        wide = tuple(grid is self.paper.wide for grid in layout.grids)
        missing = dict(layout.setter.coverage.missing)
        return SetPart(digest, layout.canvas.fragment(), tuple(layout.heads), wide, missing)

    def _foreign(self, part: Part, fragment: Fragment, digest: str) -> SetPart:
        """A foreign file's pages, with a place that links and bookmarks lead to."""
        count = len(fragment.leaves)
        places = {**fragment.destinations, part.key: (0, fragment.leaves[0].box[3])}
        return SetPart(digest, replace(fragment, destinations=places), (part.title,) * count, (False,) * count, {})

    # ── settling the page numbers

    def settle(self) -> None:
        """Set all parts, those that name pages of others until no number moves any more."""
        packet, parts = self.packet, self.packet.all()
        kept = self.data.previous if self.data.meeting.page_numbers is PageNumbers.KEPT else None
        counts = {part.key: self.kept[part.key].pages if part.key in self.kept else 1 for part in parts}
        for n, part in enumerate(parts):
            if not part.late:
                counts[part.key] = self._set(part)
                self._report_progress(0.1 + 0.5 * n / len(parts), part.title)
        for _try in range(_MOST_TRIES):
            packet.labels = page_labels(((part.key, counts[part.key]) for part in parts), kept)
            now = {part.key: self._set(part) for part in parts if part.late}
            if all(counts[key] == pages for key, pages in now.items()):
                break
            counts |= now

    # ── binding

    def bind(self, binder: Binder) -> PrintedPacket:
        self._report_progress(0.8, _("Putting the pages together"))
        data, packet, parts = self.data, self.packet, self.packet.all()
        sets = [self.used[part.key] for part in parts]
        places = tuple(place for part in parts for place in packet.places(part))
        labels = tuple(place.label for place in places)
        papers, outline = packet.papers(), packet.outline()
        foreign = {part.key for part in parts if part.foreign}
        accessible = all(paper.facts.verified for paper in papers if paper.key in foreign)
        district = data.book.organization.name
        about = metadata(
            f"{district}: {data.meeting.name}", district, name_and_day(data.meeting), data.printed_at.date(),
            ua=accessible, archival=not foreign,
        )  # fmt: skip
        pdf = binder.bind(
            [one.fragment for one in sets], about, outline=outline, labels=label_runs(labels),
            furniture=list(self._furniture(parts, labels)), check=self._check,
        )  # fmt: skip
        self._report_progress(1.0, "")
        heads = (head for one in sets for head in one.heads)
        return PrintedPacket(
            labels=labels, parts=places, page_of=packet.firsts(),
            around=(about.title, about.subject, *(mark.title for mark in outline), *heads, *map(packet.where, parts)),
            attachments={part.key: part.place for part in parts if part.place}, pdf=pdf, pages=len(labels),
            record=record_of(data, packet.labels, content(data, packet.imported), i18n.language()),
            changes=packet.changes, papers=tuple(papers), accessible=accessible,
            missing=dict(sum((Counter(one.missing) for one in sets), Counter())),
            sizes=tuple(seen(leaf) for one in sets for leaf in one.fragment.leaves), set_again=self.set_again,
        )  # fmt: skip

    def _furniture(self, parts: Sequence[Part], labels: Sequence[str]) -> Iterator[Furniture]:
        data, label = self.data, iter(labels)
        stamps = PacketStamps(self.paper, self.packet.name(data.book.organization.name, 70), data.watermark)
        for part in parts:
            one, where = self.used[part.key], self.packet.where(part)
            for leaf, head, wide in zip(one.fragment.leaves, one.heads, one.wide, strict=True):
                page = _("Page {page} of {total}").format(page=next(label), total=len(labels))
                place = f"{page} · {_('Rev {n}').format(n=data.revision)}"
                if not part.stamped:
                    yield stamps.watermark(leaf)
                elif part.foreign:
                    yield stamps.foreign(leaf, where, place)
                else:
                    yield stamps.head_and_foot(head, where, place, wide=wide)

    def _check(self) -> None:
        go_on(self.cancelled)

    def _report_progress(self, share: float, what: str) -> None:
        self._check()
        if self.progress:
            self.progress(share, what)


def _digest(shown: object) -> str:
    return sha256(repr(shown).encode("utf-8", "replace")).hexdigest()
