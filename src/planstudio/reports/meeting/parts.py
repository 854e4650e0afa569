"""The parts of a packet in their order, and what follows from it: contents, bookmarks, map, links, labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from planstudio.domain.agenda import AgendaItemCard, SectionCard
from planstudio.domain.kinds import ItemType
from planstudio.domain.packets import Difference, PacketData
from planstudio.i18n import _, medium_date
from planstudio.reports.contents import Entry
from planstudio.reports.foreign.taken import Taken
from planstudio.reports.meeting import enclosures
from planstudio.reports.packet_map import Part as MapPart
from planstudio.reports.tagged.binder import Bookmark, Label
from planstudio.reports.typesetter import Typesetter

_VOTED = (ItemType.ACTION, ItemType.CONSENT, ItemType.FIRST_READING, ItemType.SECOND_READING)


@dataclass(frozen=True)
class Part:
    """A part of the packet in the making."""

    key: str
    title: str
    item: AgendaItemCard | None = None
    place: str = ""  # "Attachment 2"
    foreign: bool = False


class PacketParts:
    """Which parts a packet has, in order, and what follows once their pages have labels."""

    def __init__(self, data: PacketData, taken: Mapping[str, Taken]) -> None:
        self.data, self.taken = data, taken
        self.sheets_of: dict[str, AgendaItemCard] = {}  # the items that have a sheet, by id
        self.labels: dict[str, list[str]] = {}  # by part: how its pages are called
        self.changes: tuple[Difference, ...] = ()
        self.front: list[Part] = []
        self.body: list[Part] = []
        self._list_parts()

    def _list_parts(self) -> None:
        data = self.data
        self.front.append(Part("cover", _("Cover")))
        if data.revision and data.previous:
            self.front.append(Part("changes", _("What changed")))
        self.front += [Part("agenda", _("Agenda")), Part("contents", _("Contents"))]
        for section in data.meeting.sections:
            items = [item for item in section.items if item.has_sheet]
            if items and data.options.dividers:
                self.body.append(Part(f"divider {section.id}", section.title))
            for item in items:
                self._list_item(item)
        if data.options.minutes and data.minutes_of:
            self.body.append(Part("minutes", _("Minutes to be approved")))
        if data.options.plan_pages and data.book.goals:
            self.body += [Part("one page", _("The plan on one page")), Part("scorecard", _("Scorecard"))]
        self.body.append(Part("accessibility", _("Accessibility summary")))
        if data.cleared:
            self.body.append(Part("answers", _("Findings that are no leaks")))

    def _list_item(self, item: AgendaItemCard) -> None:
        self.sheets_of[item.id] = item
        self.body.append(Part(item.id, item.title, item))
        number = 0
        for one in item.enclosures:
            number += 1
            self.body.append(Part(one.id, enclosures.title(one), item, _attachment(number)))
        for file in item.files:
            number += 1
            taken = self.taken[file.id]
            foreign = taken.fragment is not None and not self.data.options.archival
            self.body.append(Part(file.id, file.name, item, _attachment(number), foreign))

    def all_parts(self) -> list[Part]:
        return [*self.front, *self.body]

    def where(self, part: Part) -> str:
        said = [self.when]
        if part.item is not None:
            said.append(_("Item {number}").format(number=part.item.number))
        if part.place:
            said.append(part.place)
        return " · ".join(said)

    @cached_property
    def leads(self) -> dict[str, str]:
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
    def when(self) -> str:
        meeting = self.data.meeting
        return ", ".join(part for part in (meeting.name, medium_date(meeting.start) if meeting.start else "") if part)

    # ── what the front needs to know

    def label(self, key: str) -> str:
        row = self.labels.get(key)
        return row[0] if row else ""

    def first_labels(self) -> dict[str, str]:
        return {key: row[0] for key, row in self.labels.items() if row}

    def papers_of(self, item: AgendaItemCard) -> list[Part]:
        return [part for part in self.body if part.item is item and part.key != item.id]

    def entries(self) -> list[Entry]:
        entries = [Entry(_("Meeting"), part.title, part.key) for part in self.front]
        for section in self.data.meeting.sections:
            for part in self.body:
                if part.item is not None and part.item.section_id == section.id:
                    mark = f"{part.item.number}  " if part.key == part.item.id else f"{part.item.number} {part.place}: "
                    entries.append(Entry(f"{section.number} {section.title}", f"{mark}{part.title}", part.key))
        about = [part for part in self.body if part.item is None and not part.key.startswith("divider")]
        return entries + [Entry(_("About this packet"), part.title, part.key) for part in about]

    def outline(self) -> list[Bookmark]:
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
        yield Bookmark(0, self.name(f"{section.number} {section.title}"), target)
        for item in section.items:
            own = item.id if item.id in self.sheets_of else "agenda"
            yield Bookmark(1, self.name(f"{item.number} {item.title}"), own, closed=True)
            if item.id in self.sheets_of:
                for part in self.papers_of(item):
                    yield Bookmark(2, self.name(part.title), part.key)

    def starts(self) -> set[int]:
        """The pages, counted from 1, on which an item begins."""
        return {page for key, page in self.firsts().items() if key in self.sheets_of}

    def firsts(self) -> dict[str, int]:
        found, at = {}, 1
        for part in (*self.front, *self.body):
            found[part.key] = at
            at += len(self.labels.get(part.key, ()))
        return found

    def revised(self) -> set[int]:
        firsts = self.firsts()
        return {firsts[change.key] for change in self.changes if change.key in self.sheets_of}

    def map_parts(self) -> list[MapPart]:
        firsts, parts = self.firsts(), []
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
                    MapPart(self.name(f"{section.number} {section.title}", 40), firsts[own[0].key], last, dark)
                )
        rest = [part for part in self.body if part.item is None and not part.key.startswith("divider")]
        if rest and self.labels.get(rest[0].key):
            last = firsts[rest[-1].key] + len(self.labels.get(rest[-1].key, ())) - 1
            parts.append(MapPart(_("About"), firsts[rest[0].key], last, dark=False))
        return parts

    def name(self, text: str, most: int = 80) -> str:
        return Typesetter().name(text, most)


def _attachment(number: int) -> str:
    return _("Attachment {n}").format(n=number)


def title_of(part: Part) -> str:
    return f"{part.item.number} {part.title}" if part.item is not None else part.title


def label_runs(labels: Sequence[str]) -> list[Label]:
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
