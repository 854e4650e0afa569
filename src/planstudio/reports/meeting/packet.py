"""The board packet: every part set on its own, kept while it does not change, bound with the foreign files.

    cover · changes · agenda · contents │ per item: sheet, enclosures, files │ minutes · plan │ accessibility

A printer remembers the parts it has set by a digest of all that they show, so
a packet in which one item changed sets that item, the front, and whatever
names a page that moved. Each foreign file comes as a fragment from the intake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from planstudio import i18n
from planstudio.domain.agenda import AgendaItemCard
from planstudio.domain.cards import FileCard
from planstudio.domain.intake import FileKind
from planstudio.domain.kinds import Access, PageNumbers
from planstudio.domain.leaks import Leak
from planstudio.domain.packets import (
    Difference,
    PacketData,
    PacketRecord,
    PagePlace,
    differences,
    page_labels,
    record_of,
)
from planstudio.i18n import _, medium_date
from planstudio.memory import steady_memory
from planstudio.reports import fonts
from planstudio.reports.contents import contents
from planstudio.reports.foreign.taken import Taken
from planstudio.reports.meeting import agenda, attached, enclosures, front
from planstudio.reports.meeting.accessibility import Paper, summary
from planstudio.reports.meeting.answers import answers
from planstudio.reports.meeting.content import content
from planstudio.reports.meeting.leaks import Needles
from planstudio.reports.meeting.parts import PacketParts, Part, label_runs, title_of
from planstudio.reports.meeting.running import PacketStamps, seen
from planstudio.reports.meeting.search import FOREIGN, LeakSearch
from planstudio.reports.meeting.search import Printed as Searched
from planstudio.reports.press import Paper as Sheet
from planstudio.reports.press import Press, Sheets
from planstudio.reports.printed import Cancelled, Printed
from planstudio.reports.story import Story
from planstudio.reports.tagged.binder import Binder, Furniture
from planstudio.reports.tagged.fragment import Fragment
from planstudio.reports.tagged.metadata import About
from planstudio.reports.typesetter import Typesetter
from planstudio.richtext import plain

_MOST_TRIES = 6  # page numbers that name one another settle in two or three


@dataclass(frozen=True)
class PrintedPacket:
    """A finished packet, and what is kept of it."""

    pdf: bytes
    pages: int
    labels: tuple[str, ...]  # of each page
    parts: tuple[PagePlace, ...]  # of each page
    record: PacketRecord
    changes: tuple[Difference, ...]
    papers: tuple[Paper, ...]
    accessible: bool  # the file claims PDF/UA-1
    missing: dict[str, int] = field(default_factory=dict)  # characters that no font has
    around: tuple[str, ...] = ()  # words that belong to no part: bookmarks, title, heads and feet
    sizes: tuple[tuple[float, float], ...] = ()  # of each page as it is seen, in points
    set_again: int = 0  # parts that were not kept from the packet before
    page_of: dict[str, int] = field(default_factory=dict)  # the first page of each part, from 1
    attachments: dict[str, str] = field(default_factory=dict)  # how the papers of an item are called: "Attachment 2"


@dataclass(frozen=True)
class _Set:
    """A part as it was set."""

    digest: str
    fragment: Fragment
    heads: tuple[str, ...]
    wide: tuple[bool, ...]
    missing: dict[str, int]

    @property
    def pages(self) -> int:
        return len(self.fragment.leaves)


def print_agenda(data: PacketData) -> Printed:
    """The agenda alone."""
    meeting = data.meeting
    when = ", ".join(part for part in (meeting.name, medium_date(meeting.start) if meeting.start else "") if part)
    title = _("Agenda: {meeting}").format(meeting=when)
    press = Press(title, data.book.organization.name, data.printed_at.date(), foot=when, paper=data.paper)
    with press.section("", _("Agenda"), "agenda") as story:
        agenda.agenda(story, data, {})
    return press.finish()


class PacketPrinter:
    """Prints packets one after another and remembers the parts."""

    def __init__(self) -> None:
        self._kept: dict[str, _Set] = {}
        self._search = LeakSearch()
        self._binder = Binder()

    def print(
        self,
        data: PacketData,
        taken: Mapping[str, Taken],
        *,
        progress: Callable[[float, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        tells: Callable[[str], bool] = lambda _words: False,
    ) -> PrintedPacket:
        """The packet of *data*; *taken* is what the intake made of each file, by the attachment's id.

        A line about changes that *tells* what is withheld by now is not quoted.
        """
        with steady_memory():
            making = _Making(data, taken, self._kept, progress, cancelled, tells)
            printed = making.finish(self._binder)
        self._kept = making.used
        return printed

    def leaks(
        self,
        printed: PrintedPacket,
        needles: Needles,
        taken: Mapping[str, Taken],
        *,
        audience: Access,
        check: Callable[[], None] = lambda: None,
    ) -> tuple[Leak, ...]:
        """Where *printed*, the last packet of this printer, shows any of the *needles*."""
        about = Searched(printed.labels, printed.parts, printed.page_of, printed.around, printed.attachments)
        return self._search.leaks(self._kept, about, taken, needles, audience, check)


class _Making(PacketParts):
    def __init__(
        self,
        data: PacketData,
        taken: Mapping[str, Taken],
        kept: dict[str, _Set],
        progress: Callable[[float, str], None] | None,
        cancelled: Callable[[], bool] | None,
        tells: Callable[[str], bool],
    ) -> None:
        fonts.register()
        self.kept = kept
        self.progress, self.cancelled, self.tells = progress, cancelled, tells
        self.used: dict[str, _Set] = {}
        self.paper = Sheet.called(data.paper)
        self.set_again = 0
        super().__init__(data, taken)

    # ── setting

    def _own(self, key: str, shown: object, write: Callable[[Sheets], None]) -> _Set:
        """The part *key*, set by *write* unless *shown* is what it showed before."""
        digest = sha256(repr((shown, self.data.paper, i18n.language())).encode("utf-8", "replace")).hexdigest()
        known = self.used.get(key) or self.kept.get(key)
        if known is None or known.digest != digest:
            self._check()
            sheets = Sheets(self.paper, Typesetter(), self._check)
            write(sheets)
            sheets.end()
            wide = tuple(grid is self.paper.wide for grid in sheets.grids)
            heads = tuple(sheets.running.heads)
            known = _Set(digest, sheets.fragment(), heads, wide, sheets.setter.coverage.report())
            self.set_again += 1
        self.used[key] = known
        return known

    def _foreign(self, part: Part, file: FileCard, taken: Taken) -> _Set:
        """A foreign file's pages, with a place that links and bookmarks lead to."""
        fragment = taken.fragment
        assert fragment is not None
        digest = FOREIGN + sha256(repr(file).encode("utf-8", "replace")).hexdigest()
        known = self.kept.get(part.key)
        if known is None or known.digest != digest:
            placed = replace(fragment, destinations={**fragment.destinations, part.key: (0, fragment.leaves[0].box[3])})
            known = _Set(digest, placed, (part.title,) * len(fragment.leaves), (False,) * len(fragment.leaves), {})
            self.set_again += 1
        self.used[part.key] = known
        return known

    def _set(self, part: Part) -> _Set:
        data, key, item = self.data, part.key, part.item
        if item is not None and key == item.id:
            papers = tuple((one.title, self.label(one.key), one.key) for one in self.papers_of(item))
            plain = replace(item, motions=(), notes="", began="", ended="", files=(), enclosures=())
            leads = {link.row_id: lead for link in item.links if (lead := self.leads.get(link.row_id))}
            return self._story(
                part, (plain, papers, leads), lambda story: agenda.item_sheet(story, item, papers, leads)
            )
        if item is not None:
            enclosed = next((one for one in item.enclosures if one.id == key), None)
            if enclosed is not None:
                shown, write = enclosures.writer(enclosed, data)
                return self._own(key, shown, lambda sheets: write(sheets, part.title, key))
            file = next(file for file in item.files if file.id == key)
            return self._file(part, item, file)
        match key.partition(" ")[0]:
            case "divider":
                section = next(one for one in data.meeting.sections if key.endswith(one.id))
                labels = {one.id: self.label(one.id) for one in section.items if one.id in self.sheets_of}
                return self._story(part, (section.title, labels), lambda story: front.divider(story, section, labels))
            case "minutes" | "one" | "scorecard":
                shown, write = enclosures.appendix(key, data)
                return self._own(key, shown, lambda sheets: write(sheets, part.title, key))
        return self._front_part(part)

    def _file(self, part: Part, item: AgendaItemCard, file: FileCard) -> _Set:
        taken = self.taken[file.id]
        if part.foreign:
            return self._foreign(part, file, taken)
        if taken.facts.trouble is None and taken.pictures:
            count, pictures = len(taken.pictures), taken.pictures

            def draw(sheets: Sheets) -> None:
                for n, picture in enumerate(pictures, 1):
                    with sheets.section("", part.title, part.key if n == 1 else f"{part.key} {n}") as story:
                        attached.picture_page(story, file, picture, n, count)

            return self._own(part.key, (file, count), draw)
        if taken.facts.kind is FileKind.PLAIN:
            return self._story(part, file, lambda story: attached.text_pages(story, file, taken.text))
        facts = taken.facts
        return self._story(
            part, (file, facts, item.number), lambda story: attached.placeholder(story, item, file, facts)
        )

    def _story(self, part: Part, shown: object, write: Callable[[Story], None]) -> _Set:
        def on(sheets: Sheets) -> None:
            with sheets.section("", part.title, part.key) as story:
                write(story)

        return self._own(part.key, shown, on)

    def _front_part(self, part: Part) -> _Set:
        data, label_of = self.data, self.first_labels()
        match part.key:
            case "cover":
                total = sum(len(row) for row in self.labels.values())
                starts, revised, parts = self.starts(), self.revised(), self.map_parts()
                seen = (
                    data.meeting, data.book.organization, data.note, data.audience, data.revision, data.printed_at,
                    self.changes, parts, starts, revised, total, label_of if len(self.changes) == 1 else (),
                )  # fmt: skip
                return self._story(
                    part, seen,
                    lambda story: front.cover(story, data, self.changes, parts, starts, revised, total, label_of),
                )  # fmt: skip
            case "changes":
                shown = (self.changes, label_of, data.note, data.printed_at, data.revision)
                return self._story(part, shown, lambda story: front.changes_page(story, data, self.changes, label_of))
            case "agenda":
                pages = {ident: label_of.get(ident, "") for ident in self.sheets_of}
                return self._story(part, (data.meeting, pages), lambda story: agenda.agenda(story, data, pages))
            case "contents":
                entries = self.entries()
                return self._story(part, (entries, label_of), lambda story: contents(story, entries, label_of))
            case "answers":
                return self._story(part, data.cleared, lambda story: answers(story, data.cleared))
        papers = self._all_papers()
        files = {paper.key for paper in papers} | {part.key}
        ours = (self.used[one.key] for one in self.all_parts() if one.key not in files and one.key in self.used)
        own = sum(one.pages for one in ours) + 1
        contact = plain(data.meeting.taking_part) or data.book.organization.contact
        return self._story(
            part, (papers, own, contact),
            lambda story: summary(story, own, papers, contact),
        )  # fmt: skip

    # ── settling the page numbers

    def finish(self, binder: Binder) -> PrintedPacket:
        data, parts = self.data, self.all_parts()
        self.changes = differences(data.previous, record_of(data, {}), self.tells) if data.previous else ()
        kept = data.previous if data.meeting.page_numbers is PageNumbers.KEPT else None
        late = {part.key for part in parts if self._names_pages(part)}
        counts = {part.key: self.kept[part.key].pages if part.key in self.kept else 1 for part in parts}
        for n, part in enumerate(parts):
            if part.key not in late:
                counts[part.key] = self._set(part).pages
                self._told(0.1 + 0.5 * n / len(parts), part.title)
        for _try in range(_MOST_TRIES):
            self.labels = page_labels(((part.key, counts[part.key]) for part in parts), kept)
            now = {part.key: self._set(part).pages for part in parts if part.key in late}
            if all(counts[key] == pages for key, pages in now.items()):
                break
            counts |= now
        self._told(0.8, _("Putting the pages together"))
        return self._bind(binder, parts)

    def _names_pages(self, part: Part) -> bool:
        """Whether a part shows page numbers of others, so that it is set when they are known."""
        if part.item is not None:
            return part.key == part.item.id
        return part.key in ("cover", "changes", "agenda", "contents", "accessibility") or part.key.startswith("divider")

    def _bind(self, binder: Binder, parts: Sequence[Part]) -> PrintedPacket:
        data = self.data
        sets = [self.used[part.key] for part in parts]
        labels = tuple(label for part in parts for label in self.labels[part.key])
        places = tuple(
            PagePlace(part.key, part.item.id if part.item else "", title_of(part), label)
            for part in parts
            for label in self.labels[part.key]
        )
        papers = self._all_papers()
        accessible = all(paper.facts.verified for paper in papers if self._is_foreign(paper))
        foreign = any(part.foreign for part in parts)
        about = About(
            title=self.name(f"{data.book.organization.name}: {data.meeting.name}", 200),
            author=self.name(data.book.organization.name, 200),
            subject=self.name(self.when, 200),
            language=i18n.language().replace("_", "-"),
            made=data.printed_at.date(),
            ua=accessible,
            archival=not foreign,
        )
        outline = self.outline()
        pdf = binder.bind(
            [one.fragment for one in sets], about, outline=outline, labels=label_runs(labels),
            furniture=list(self._furniture(parts, sets, labels)), check=self._check,
        )  # fmt: skip
        self._told(1.0, "")
        missing: dict[str, int] = {}
        for one in sets:
            for letter, count in one.missing.items():
                missing[letter] = missing.get(letter, 0) + count
        firsts, at = {}, 1
        for part, one in zip(parts, sets, strict=True):
            firsts[part.key] = at
            at += one.pages
        record = record_of(data, self.labels, content(data, self.taken), i18n.language())
        heads = (head for one in sets for head in one.heads)
        around = (about.title, about.subject, *(mark.title for mark in outline), *heads, *map(self.where, parts))
        sizes = tuple(seen(leaf) for one in sets for leaf in one.fragment.leaves)
        return PrintedPacket(
            pdf, len(labels), labels, places, record, self.changes, tuple(papers), accessible, missing,
            around, sizes, self.set_again, firsts, {part.key: part.place for part in parts if part.place},
        )  # fmt: skip

    def _furniture(self, parts: Sequence[Part], sets: Sequence[_Set], labels: Sequence[str]) -> Iterator[Furniture]:
        data, at, total = self.data, 0, len(labels)
        stamps = PacketStamps(self.paper, self.name(data.book.organization.name, 70), data.watermark)
        for part, one in zip(parts, sets, strict=True):
            where = self.where(part)
            for n, leaf in enumerate(one.fragment.leaves):
                page = _("Page {page} of {total}").format(page=labels[at], total=total)
                place = f"{page} · {_('Rev {n}').format(n=data.revision)}"
                at += 1
                if part.key == "cover":
                    yield stamps.watermark(leaf)
                elif part.foreign:
                    yield stamps.foreign(leaf, where, place)
                else:
                    yield stamps.own(one.heads[n], where, place, wide=one.wide[n])

    def _all_papers(self) -> list[Paper]:
        found = []
        for part in self.body:
            if part.item is None or part.key not in {file.id for file in part.item.files}:
                continue
            file = next(file for file in part.item.files if file.id == part.key)
            pages = self.used[part.key].pages if part.key in self.used else 1
            found.append(
                Paper(file.id, part.item.number, file.name, pages, self.taken[file.id].facts, file.alternative_text)
            )
        return found

    def _is_foreign(self, paper: Paper) -> bool:
        return any(part.foreign and part.key == paper.key for part in self.body)

    def _check(self) -> None:
        if self.cancelled and self.cancelled():
            raise Cancelled

    def _told(self, share: float, what: str) -> None:
        self._check()
        if self.progress:
            self.progress(share, what)
