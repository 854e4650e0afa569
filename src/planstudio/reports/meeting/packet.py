"""The board packet: every part set on its own, kept while it does not change, bound with the foreign files.

    cover · changes · agenda · contents │ per item: sheet, enclosures, files │ minutes · plan │ accessibility

A printer remembers the parts it has set by a digest of all that they show, so
a packet in which one item changed sets that item, the front, and whatever
names a page that moved. Each foreign file comes as a fragment from the intake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from planstudio import i18n
from planstudio.domain.agenda import AgendaItemCard, SectionCard
from planstudio.domain.cards import FileCard
from planstudio.domain.intake import FileKind
from planstudio.domain.kinds import ItemType, PageNumbers
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
from planstudio.reports import fonts
from planstudio.reports.contents import Entry, contents
from planstudio.reports.foreign.taken import Taken
from planstudio.reports.meeting import agenda, attached, enclosures, front
from planstudio.reports.meeting.accessibility import Paper, summary
from planstudio.reports.meeting.leaks import Leak, Words, leaks_among, leaks_in
from planstudio.reports.meeting.running import PacketStamps, seen
from planstudio.reports.packet_map import Part as MapPart
from planstudio.reports.press import Paper as Sheet
from planstudio.reports.press import Press, Sheets, steady_memory
from planstudio.reports.printed import Cancelled, Printed
from planstudio.reports.story import Story
from planstudio.reports.tagged.binder import Binder, Bookmark, Furniture, Label
from planstudio.reports.tagged.fragment import Fragment
from planstudio.reports.tagged.metadata import About
from planstudio.reports.typesetter import Typesetter

_FOREIGN = "foreign "  # how the digests of foreign files begin
_MOST_TRIES = 6  # page numbers that name one another settle in two or three
_VOTED = (ItemType.ACTION, ItemType.CONSENT, ItemType.FIRST_READING, ItemType.SECOND_READING)


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


@dataclass(frozen=True)
class _Part:
    """A part of the packet in the making."""

    key: str
    title: str
    item: AgendaItemCard | None = None
    place: str = ""  # "Attachment 2"
    foreign: bool = False


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
        self._words: dict[str, tuple[str, Words]] = {}
        self._clean: set[tuple[str, str, str]] = set()  # part, what it shows, what was looked for in vain
        self._binder = Binder()

    def print(
        self,
        data: PacketData,
        taken: Mapping[str, Taken],
        *,
        progress: Callable[[float, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> PrintedPacket:
        """The packet of *data*; *taken* is what the intake made of each file, by the attachment's id."""
        with steady_memory():
            making = _Making(data, taken, self._kept, progress, cancelled)
            printed = making.finish(self._binder)
        self._kept = making.used
        return printed

    def leaks(
        self,
        printed: PrintedPacket,
        wanted: Mapping[str, tuple[str, str]],
        taken: Mapping[str, Taken],
        *,
        check: Callable[[], None] = lambda: None,
    ) -> Iterator[Leak]:
        """Where *printed*, the last packet of this printer, shows any of the *wanted* words."""
        if not wanted:
            return
        asked = sha256(repr(sorted(wanted)).encode("utf-8", "replace")).hexdigest()
        for key, one in self._kept.items():
            if (key, one.digest, asked) in self._clean:
                continue
            check()
            words = self._words.get(key)
            if words is None or words[0] != one.digest:
                text = taken[key].text if key in taken and one.digest.startswith(_FOREIGN) else ""
                words = self._words[key] = (one.digest, Words.of(one.fragment, text))
            found = list(leaks_in(words[1], wanted, printed.page_of[key]))
            yield from found
            if not found:
                self._clean.add((key, one.digest, asked))
        yield from leaks_among(printed.around, wanted)


class _Making:
    def __init__(
        self,
        data: PacketData,
        taken: Mapping[str, Taken],
        kept: dict[str, _Set],
        progress: Callable[[float, str], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        fonts.register()
        self.data, self.taken, self.kept = data, taken, kept
        self.progress, self.cancelled = progress, cancelled
        self.used: dict[str, _Set] = {}
        self.paper = Sheet.called(data.paper)
        self.set_again = 0
        self.sheets_of: dict[str, AgendaItemCard] = {}
        self.papers: list[Paper] = []
        self.labels: dict[str, list[str]] = {}
        self.front: list[_Part] = []
        self.body: list[_Part] = []
        self._list_parts()

    # ── which parts there are

    def _list_parts(self) -> None:
        data = self.data
        self.front.append(_Part("cover", _("Cover")))
        if data.revision and data.previous:
            self.front.append(_Part("changes", _("What changed")))
        self.front += [_Part("agenda", _("Agenda")), _Part("contents", _("Contents"))]
        for section in data.meeting.sections:
            items = [item for item in section.items if item.has_sheet]
            if items and data.options.dividers:
                self.body.append(_Part(f"divider {section.id}", section.title))
            for item in items:
                self._list_item(item)
        if data.options.minutes and data.minutes_of:
            self.body.append(_Part("minutes", _("Minutes to be approved")))
        if data.options.plan_pages and data.book.goals:
            self.body += [_Part("one page", _("The plan on one page")), _Part("scorecard", _("Scorecard"))]
        self.body.append(_Part("accessibility", _("Accessibility summary")))

    def _list_item(self, item: AgendaItemCard) -> None:
        self.sheets_of[item.id] = item
        self.body.append(_Part(item.id, item.title, item))
        number = 0
        for one in item.enclosures:
            number += 1
            self.body.append(_Part(one.id, enclosures.title(one), item, _attachment(number)))
        for file in item.files:
            number += 1
            taken = self.taken[file.id]
            foreign = taken.fragment is not None and not self.data.options.archival
            self.body.append(_Part(file.id, file.name, item, _attachment(number), foreign))

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

    def _foreign(self, part: _Part, file: FileCard, taken: Taken) -> _Set:
        """A foreign file's pages, with a place that links and bookmarks lead to."""
        fragment = taken.fragment
        assert fragment is not None
        digest = _FOREIGN + sha256(repr(file).encode("utf-8", "replace")).hexdigest()
        known = self.kept.get(part.key)
        if known is None or known.digest != digest:
            placed = replace(fragment, destinations={**fragment.destinations, part.key: (0, fragment.leaves[0].box[3])})
            known = _Set(digest, placed, (part.title,) * len(fragment.leaves), (False,) * len(fragment.leaves), {})
            self.set_again += 1
        self.used[part.key] = known
        return known

    def _set(self, part: _Part) -> _Set:
        data, key, item = self.data, part.key, part.item
        if item is not None and key == item.id:
            papers = tuple((one.title, self._label(one.key), one.key) for one in self._papers_of(item))
            plain = replace(item, motions=(), notes="", began="", ended="", files=(), enclosures=())
            leads = {link.row_id: lead for link in item.links if (lead := self._leads.get(link.row_id))}
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
                labels = {one.id: self._label(one.id) for one in section.items if one.id in self.sheets_of}
                return self._story(part, (section.title, labels), lambda story: front.divider(story, section, labels))
            case "minutes" | "one" | "scorecard":
                shown, write = enclosures.appendix(key, data)
                return self._own(key, shown, lambda sheets: write(sheets, part.title, key))
        return self._front_part(part)

    def _file(self, part: _Part, item: AgendaItemCard, file: FileCard) -> _Set:
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

    def _story(self, part: _Part, shown: object, write: Callable[[Story], None]) -> _Set:
        def on(sheets: Sheets) -> None:
            with sheets.section("", part.title, part.key) as story:
                write(story)

        return self._own(part.key, shown, on)

    def _front_part(self, part: _Part) -> _Set:
        data, label_of = self.data, self._first_labels()
        match part.key:
            case "cover":
                total = sum(len(row) for row in self.labels.values())
                starts, revised, parts = self._starts(), self._revised(), self._map_parts()
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
                entries = self._entries()
                return self._story(part, (entries, label_of), lambda story: contents(story, entries, label_of))
        papers = self._all_papers()
        files = {paper.key for paper in papers} | {part.key}
        own = (
            sum(self.used[one.key].pages for one in self._parts() if one.key not in files and one.key in self.used) + 1
        )
        contact = data.meeting.taking_part or data.book.organization.contact
        return self._story(
            part, (papers, own, contact),
            lambda story: summary(story, own, papers, data.book.organization, contact),
        )  # fmt: skip

    # ── settling the page numbers

    def _parts(self) -> list[_Part]:
        return [*self.front, *self.body]

    def finish(self, binder: Binder) -> PrintedPacket:
        data, parts = self.data, self._parts()
        record = record_of(data, {})
        self.changes = differences(data.previous, record) if data.previous else ()
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

    def _names_pages(self, part: _Part) -> bool:
        """Whether a part shows page numbers of others, so that it is set when they are known."""
        if part.item is not None:
            return part.key == part.item.id
        return part.key in ("cover", "changes", "agenda", "contents", "accessibility") or part.key.startswith("divider")

    def _bind(self, binder: Binder, parts: Sequence[_Part]) -> PrintedPacket:
        data = self.data
        sets = [self.used[part.key] for part in parts]
        labels = tuple(label for part in parts for label in self.labels[part.key])
        places = tuple(
            PagePlace(part.key, part.item.id if part.item else "", _title(part), label)
            for part in parts
            for label in self.labels[part.key]
        )
        papers = self._all_papers()
        accessible = all(paper.facts.verified for paper in papers if self._is_foreign(paper))
        foreign = any(part.foreign for part in parts)
        about = About(
            title=self._name(f"{data.book.organization.name}: {data.meeting.name}", 200),
            author=self._name(data.book.organization.name, 200),
            subject=self._name(self._when, 200),
            language=i18n.language().replace("_", "-"),
            made=data.printed_at.date(),
            ua=accessible,
            archival=not foreign,
        )
        outline = self._outline()
        pdf = binder.bind(
            [one.fragment for one in sets], about, outline=outline, labels=_label_runs(labels),
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
        record = record_of(data, self.labels, self._content())
        heads = (head for one in sets for head in one.heads)
        around = (about.title, about.subject, *(mark.title for mark in outline), *heads, *map(self._where, parts))
        sizes = tuple(seen(leaf) for one in sets for leaf in one.fragment.leaves)
        return PrintedPacket(
            pdf, len(labels), labels, places, record, self.changes, tuple(papers), accessible, missing,
            around, sizes, self.set_again, firsts,
        )  # fmt: skip

    def _furniture(self, parts: Sequence[_Part], sets: Sequence[_Set], labels: Sequence[str]) -> Iterator[Furniture]:
        data, at, total = self.data, 0, len(labels)
        stamps = PacketStamps(self.paper, self._name(data.book.organization.name, 70), data.watermark)
        for part, one in zip(parts, sets, strict=True):
            where = self._where(part)
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

    def _where(self, part: _Part) -> str:
        said = [self._when]
        if part.item is not None:
            said.append(_("Item {number}").format(number=part.item.number))
        if part.place:
            said.append(part.place)
        return " · ".join(said)

    @cached_property
    def _leads(self) -> dict[str, str]:
        """Which part shows a goal, strategy or policy: what is enclosed, else the plan on one page."""
        keys = {part.key for part in self.body}
        leads: dict[str, str] = {}
        for item in self.sheets_of.values():
            for one in item.enclosures:
                leads.setdefault(one.row_id, one.id)
        for goal in self.data.book.goals:
            shown = leads.get(goal.id) or ("one page" if "one page" in keys else "")
            leads |= dict.fromkeys((goal.id, *(one.id for one in goal.strategies)), shown) if shown else {}
        return leads

    @cached_property
    def _when(self) -> str:
        meeting = self.data.meeting
        return ", ".join(part for part in (meeting.name, medium_date(meeting.start) if meeting.start else "") if part)

    # ── what the front needs to know

    def _label(self, key: str) -> str:
        row = self.labels.get(key)
        return row[0] if row else ""

    def _first_labels(self) -> dict[str, str]:
        return {key: row[0] for key, row in self.labels.items() if row}

    def _papers_of(self, item: AgendaItemCard) -> list[_Part]:
        return [part for part in self.body if part.item is item and part.key != item.id]

    def _entries(self) -> list[Entry]:
        entries = [Entry(_("Meeting"), part.title, part.key) for part in self.front]
        for section in self.data.meeting.sections:
            for part in self.body:
                if part.item is not None and part.item.section_id == section.id:
                    mark = f"{part.item.number}  " if part.key == part.item.id else f"{part.item.number} {part.place}: "
                    entries.append(Entry(f"{section.number} {section.title}", f"{mark}{part.title}", part.key))
        about = [part for part in self.body if part.item is None and not part.key.startswith("divider")]
        return entries + [Entry(_("About this packet"), part.title, part.key) for part in about]

    def _outline(self) -> list[Bookmark]:
        """The agenda's tree, its papers below each item."""
        marks = [Bookmark(0, part.title, part.key) for part in self.front]
        for section in self.data.meeting.sections:
            marks += self._outline_of(section)
        about = [part for part in self.body if part.item is None and not part.key.startswith("divider")]
        return marks + [Bookmark(0, part.title, part.key) for part in about]

    def _outline_of(self, section: SectionCard) -> Iterator[Bookmark]:
        first = next((item.id for item in section.items if item.id in self.sheets_of), "agenda")
        divider = f"divider {section.id}"
        target = divider if divider in self.labels else first
        yield Bookmark(0, self._name(f"{section.number} {section.title}"), target)
        for item in section.items:
            own = item.id if item.id in self.sheets_of else "agenda"
            yield Bookmark(1, self._name(f"{item.number} {item.title}"), own, closed=True)
            if item.id in self.sheets_of:
                for part in self._papers_of(item):
                    yield Bookmark(2, self._name(part.title), part.key)

    def _starts(self) -> set[int]:
        """The pages, counted from 1, on which an item begins."""
        return {page for key, page in self._firsts().items() if key in self.sheets_of}

    def _firsts(self) -> dict[str, int]:
        found, at = {}, 1
        for part in (*self.front, *self.body):
            found[part.key] = at
            at += len(self.labels.get(part.key, ()))
        return found

    def _revised(self) -> set[int]:
        firsts = self._firsts()
        return {firsts[change.key] for change in self.changes if change.key in self.sheets_of}

    def _map_parts(self) -> list[MapPart]:
        firsts, parts = self._firsts(), []
        for section in self.data.meeting.sections:
            own = [
                p
                for p in self.body
                if p.item is not None and p.item.section_id == section.id and self.labels.get(p.key)
            ]
            if own:
                last = firsts[own[-1].key] + len(self.labels[own[-1].key]) - 1
                dark = any(part.item is not None and part.item.type in _VOTED for part in own)
                parts.append(
                    MapPart(self._name(f"{section.number} {section.title}", 40), firsts[own[0].key], last, dark)
                )
        rest = [part for part in self.body if part.item is None and not part.key.startswith("divider")]
        if rest and self.labels.get(rest[0].key):
            last = firsts[rest[-1].key] + len(self.labels.get(rest[-1].key, ())) - 1
            parts.append(MapPart(_("About"), firsts[rest[0].key], last, dark=False))
        return parts

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

    def _content(self) -> str:
        """A digest of all that the body shows, whatever the day and the page numbers."""
        shown = [self.used[part.key].digest for part in self.body if part.item is not None and part.key != part.item.id]
        if self.data.options.plan_pages:
            shown.append(repr(self.data.book.goals))
        shown.append(repr((self.data.options, self.data.minutes_of)))
        return sha256("".join(shown).encode("utf-8", "replace")).hexdigest()

    def _name(self, text: str, most: int = 80) -> str:
        return Typesetter().name(text, most)

    def _check(self) -> None:
        if self.cancelled and self.cancelled():
            raise Cancelled

    def _told(self, share: float, what: str) -> None:
        self._check()
        if self.progress:
            self.progress(share, what)


def _attachment(number: int) -> str:
    return _("Attachment {n}").format(n=number)


def _title(part: _Part) -> str:
    return f"{part.item.number} {part.title}" if part.item is not None else part.title


def _label_runs(labels: Sequence[str]) -> list[Label]:
    """Page labels as the file keeps them: runs of numbers, and pages such as 12a each on its own."""
    runs: list[Label] = []
    expected = None
    for page, label in enumerate(labels):
        if label.isdecimal():
            if int(label) != expected:
                runs.append(Label(page, "", int(label)))
            expected = int(label) + 1
        else:
            runs.append(Label(page, label, None))
            expected = None
    return runs or [Label(0)]
