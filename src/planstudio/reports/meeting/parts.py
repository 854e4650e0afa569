"""The parts of a packet in their order, and what follows from it: contents, bookmarks, map, links, labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from planstudio.domain.agenda import AgendaItemCard, SectionCard
from planstudio.domain.cards import FileCard
from planstudio.domain.kinds import ItemType
from planstudio.domain.packets import Difference, PacketData, PagePlace
from planstudio.i18n import _
from planstudio.reports.contents import Entry
from planstudio.reports.foreign.imported import ImportedFile
from planstudio.reports.meeting.accessibility import Paper
from planstudio.reports.meeting.pages import Pages
from planstudio.reports.packet_map import Part as MapPart
from planstudio.reports.typesetter import Typesetter
from planstudio.reports.wording import name_and_day
from taggedpdf.fragment import Fragment
from taggedpdf.navigation import Bookmark, PageLabel

_VOTED = (ItemType.ACTION, ItemType.CONSENT, ItemType.FIRST_READING, ItemType.SECOND_READING)
ONE_PAGE = "one page"


@dataclass(frozen=True)
class Part:
    """A part of the packet in the making.

    Its content is the pages of a foreign file, or what gives pages of our own
    for the packet as it is known by then. What is *late* shows page numbers of
    other parts, so it is set when these are known.
    """

    key: str
    title: str
    content: Fragment | Callable[[PacketParts], Pages]
    late: bool = False
    item: AgendaItemCard | None = None
    place: str = ""  # of what is attached to the item: "Attachment 2"
    file: FileCard | None = None
    stamped: bool = True  # has head and foot

    @property
    def foreign(self) -> bool:
        return isinstance(self.content, Fragment)


@dataclass
class PacketParts:
    """The parts of a packet, and what follows once their pages have labels."""

    data: PacketData
    front: list[Part] = field(default_factory=list)  # cover, changes, agenda, contents
    body: list[Part] = field(default_factory=list)  # dividers, the sheet of each item, what is attached to it
    about: list[Part] = field(default_factory=list)  # what stands behind all items
    imported: dict[str, ImportedFile] = field(default_factory=dict)  # by the attachment's id
    labels: dict[str, list[str]] = field(default_factory=dict)  # by part: how its pages are called
    changes: tuple[Difference, ...] = ()

    def all(self) -> list[Part]:
        return [*self.front, *self.body, *self.about]

    def where(self, part: Part) -> str:
        item = _("Item {number}").format(number=part.item.number) if part.item is not None else ""
        return " · ".join(filter(None, (name_and_day(self.data.meeting), item, part.place)))

    def places(self, part: Part) -> Iterator[PagePlace]:
        """Of each of its pages."""
        item, title = (part.item.id, f"{part.item.number} {part.title}") if part.item else ("", part.title)
        return (PagePlace(part.key, item, title, label) for label in self.labels[part.key])

    @cached_property
    def sheets(self) -> dict[str, AgendaItemCard]:
        """The items that have a sheet, by id."""
        return {part.key: part.item for part in self.body if part.item is not None and not part.place}

    @cached_property
    def leads(self) -> dict[str, str]:
        """Which part shows a goal, strategy or policy: what is enclosed, else the plan on one page."""
        leads: dict[str, str] = {}
        for item in self.sheets.values():
            for one in item.enclosures:
                leads.setdefault(one.row_id, one.id)
        whole = next((part.key for part in self.about if part.key == ONE_PAGE), "")
        for goal in self.data.book.goals:
            shown = leads.get(goal.id) or whole
            leads |= dict.fromkeys((goal.id, *(one.id for one in goal.strategies)), shown) if shown else {}
        return leads

    # ── what the front needs to know

    def label(self, key: str) -> str:
        row = self.labels.get(key)
        return row[0] if row else ""

    def first_labels(self) -> dict[str, str]:
        return {key: row[0] for key, row in self.labels.items() if row}

    def attached_to(self, item: AgendaItemCard) -> list[Part]:
        return [part for part in self.body if part.item is item and part.place]

    def papers(self) -> list[Paper]:
        """The attached files."""
        files = [(part.key, part.item, part.file) for part in self.body if part.item and part.file]
        return [
            Paper(key, item.number, file.name, len(self.labels[key]), self.imported[key].facts, file.alternative_text)
            for key, item, file in files
        ]

    def _of(self, section: SectionCard) -> list[Part]:
        return [part for part in self.body if part.item is not None and part.item.section_id == section.id]

    def entries(self) -> list[Entry]:
        entries = [Entry(_("Meeting"), part.title, part.key) for part in self.front]
        for section in self.data.meeting.sections:
            for part in self._of(section):
                assert part.item is not None
                mark = f"{part.item.number} {part.place}: " if part.place else f"{part.item.number}  "
                entries.append(Entry(f"{section.number} {section.title}", f"{mark}{part.title}", part.key))
        return entries + [Entry(_("About this packet"), part.title, part.key) for part in self.about]

    def outline(self) -> list[Bookmark]:
        """The agenda's tree, its papers below each item."""
        marks = [Bookmark(0, part.title, part.key) for part in self.front]
        for section in self.data.meeting.sections:
            marks += self._outline_of(section)
        return marks + [Bookmark(0, part.title, part.key) for part in self.about]

    def _outline_of(self, section: SectionCard) -> Iterator[Bookmark]:
        first = next((item.id for item in section.items if item.id in self.sheets), "agenda")
        divider = divider_key(section)
        target = divider if divider in self.labels else first
        yield Bookmark(0, self.name(f"{section.number} {section.title}"), target)
        for item in section.items:
            own = item.id if item.id in self.sheets else "agenda"
            yield Bookmark(1, self.name(f"{item.number} {item.title}"), own, closed=True)
            for part in self.attached_to(item):
                yield Bookmark(2, self.name(part.title), part.key)

    def starts(self) -> set[int]:
        """The pages, counted from 1, on which an item begins."""
        return {page for key, page in self.firsts().items() if key in self.sheets}

    def firsts(self) -> dict[str, int]:
        """The first page of each part, from 1."""
        found, at = {}, 1
        for part in self.all():
            found[part.key] = at
            at += len(self.labels[part.key])
        return found

    def revised(self) -> set[int]:
        firsts = self.firsts()
        return {firsts[change.key] for change in self.changes if change.key in self.sheets}

    def map_parts(self) -> list[MapPart]:
        firsts, parts = self.firsts(), []

        def span(name: str, own: Sequence[Part], *, dark: bool) -> MapPart:
            last = own[-1].key
            return MapPart(name, firsts[own[0].key], firsts[last] + len(self.labels[last]) - 1, dark)

        for section in self.data.meeting.sections:
            if own := self._of(section):
                dark = any(part.item is not None and part.item.type in _VOTED for part in own)
                parts.append(span(self.name(f"{section.number} {section.title}", 40), own, dark=dark))
        return [*parts, span(_("About"), self.about, dark=False)]

    def name(self, text: str, most: int = 80) -> str:
        return Typesetter().name(text, most)


def divider_key(section: SectionCard) -> str:
    return f"divider {section.id}"


def label_runs(labels: Sequence[str]) -> list[PageLabel]:
    """Page labels as the file keeps them: runs of numbers, and pages such as 12a each on its own."""
    runs: list[PageLabel] = []
    expected = None
    for page, label in enumerate(labels):
        number = int(label) if label.isdecimal() else None
        if number is None or number != expected:
            runs.append(PageLabel(page, label if number is None else "", number))
        expected = None if number is None else number + 1
    return runs or [PageLabel(0)]
