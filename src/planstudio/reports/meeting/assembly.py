"""Which parts a packet has, in which order, and what stands on the pages of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from planstudio.domain.agenda import AgendaItemCard, EnclosureCard, SectionCard
from planstudio.domain.cards import FileCard
from planstudio.domain.intake import FileKind
from planstudio.domain.packets import PacketData
from planstudio.i18n import _
from planstudio.reports.contents import contents
from planstudio.reports.document import PageLayout
from planstudio.reports.foreign.imported import ImportedFile
from planstudio.reports.meeting import agenda, attached, enclosures, front
from planstudio.reports.meeting.accessibility import summary
from planstudio.reports.meeting.answers import answers
from planstudio.reports.meeting.pages import Pages, section
from planstudio.reports.meeting.parts import ONE_PAGE, PacketParts, Part, divider_key
from planstudio.richtext import plain

_SUMMARY = "accessibility"


def assemble(data: PacketData, imported: Mapping[str, ImportedFile]) -> PacketParts:
    """The parts of the packet of *data*; *imported* is what the intake made of each file, by the attachment's id."""
    packet = PacketParts(data, imported=dict(imported))
    packet.front.append(Part("cover", _("Cover"), _cover, late=True, stamped=False))
    if data.revision and data.previous:
        packet.front.append(Part("changes", _("What changed"), _changes, late=True))
    packet.front.append(Part("agenda", _("Agenda"), _agenda, late=True))
    packet.front.append(Part("contents", _("Contents"), _contents, late=True))
    for part in data.meeting.sections:
        items = [item for item in part.items if item.has_sheet]
        if items and data.options.dividers:
            packet.body.append(Part(divider_key(part), part.title, partial(_divider, part), late=True))
        for item in items:
            packet.body.append(Part(item.id, item.title, partial(_sheet, item), late=True, item=item))
            packet.body += _attached(item, packet)
    packet.about += _about(data)
    return packet


def _attached(item: AgendaItemCard, packet: PacketParts) -> list[Part]:
    """The enclosures and files of an item."""
    parts = [Part(one.id, enclosures.title(one), partial(_enclosure, one), item=item) for one in item.enclosures]
    for file in item.files:
        imported = packet.imported[file.id]
        fragment = None if packet.data.options.archival else imported.fragment
        parts.append(Part(file.id, file.name, fragment or partial(_file, item, file, imported), item=item, file=file))
    return [replace(part, place=_("Attachment {n}").format(n=n)) for n, part in enumerate(parts, 1)]


def _about(data: PacketData) -> list[Part]:
    """What stands behind all items."""
    parts: list[Part] = []
    if data.options.minutes and data.minutes_of:
        parts.append(Part("minutes", _("Minutes to be approved"), lambda _packet: enclosures.minutes_before(data)))
    if data.options.plan_pages and data.book.goals:
        parts.append(Part(ONE_PAGE, _("The plan on one page"), lambda _packet: enclosures.plan_on_one_page(data)))
        parts.append(Part("scorecard", _("Scorecard"), lambda _packet: enclosures.scorecard(data)))
    parts.append(Part(_SUMMARY, _("Accessibility summary"), _accessibility, late=True))
    if data.cleared:
        write = section(partial(answers, cleared=data.cleared))
        parts.append(Part("answers", _("Findings that are no leaks"), lambda _packet: Pages(data.cleared, write)))
    return parts


# ── the front


def _cover(packet: PacketParts) -> Pages:
    data, changes, label_of = packet.data, packet.changes, packet.first_labels()
    total = sum(len(row) for row in packet.labels.values())
    starts, revised, parts = packet.starts(), packet.revised(), packet.map_parts()
    shown = (
        data.meeting, data.book.organization, data.note, data.audience, data.revision, data.printed_at,
        changes, parts, starts, revised, total, label_of if len(changes) == 1 else (),
    )  # fmt: skip
    cover = partial(front.cover, data=data, changes=changes, parts=parts, starts=starts, revised=revised)
    return Pages(shown, section(partial(cover, total=total, label_of=label_of)))


def _changes(packet: PacketParts) -> Pages:
    data, changes, label_of = packet.data, packet.changes, packet.first_labels()
    shown = (changes, label_of, data.note, data.printed_at, data.revision)
    return Pages(shown, section(lambda writer: front.changes_page(writer, data, changes, label_of)))


def _agenda(packet: PacketParts) -> Pages:
    label_of = {ident: packet.label(ident) for ident in packet.sheets}
    shown = (packet.data.meeting, label_of)
    return Pages(shown, section(lambda writer: agenda.agenda(writer, packet.data, label_of)))


def _contents(packet: PacketParts) -> Pages:
    entries, label_of = packet.entries(), packet.first_labels()
    return Pages((entries, label_of), section(lambda writer: contents(writer, entries, label_of)))


# ── the items


def _divider(part: SectionCard, packet: PacketParts) -> Pages:
    labels = {one.id: packet.label(one.id) for one in part.items if one.id in packet.sheets}
    return Pages((part.title, labels), section(lambda writer: front.divider(writer, part, labels)))


def _sheet(item: AgendaItemCard, packet: PacketParts) -> Pages:
    papers = tuple((one.title, packet.label(one.key), one.key) for one in packet.attached_to(item))
    leads = {link.row_id: lead for link in item.links if (lead := packet.leads.get(link.row_id))}
    shown = replace(item, motions=(), notes="", began="", ended="", files=(), enclosures=())
    return Pages((shown, papers, leads), section(lambda writer: agenda.item_sheet(writer, item, papers, leads)))


def _enclosure(one: EnclosureCard, packet: PacketParts) -> Pages:
    return enclosures.enclosed(one, packet.data)


def _file(item: AgendaItemCard, file: FileCard, imported: ImportedFile, _packet: PacketParts) -> Pages:
    """Pages of our own that stand for a file."""
    facts, pictures = imported.facts, imported.pictures
    if facts.trouble is None and pictures:

        def draw(layout: PageLayout, title: str, key: str) -> None:
            for n, picture in enumerate(pictures, 1):
                with layout.section("", title, key if n == 1 else f"{key} {n}") as writer:
                    attached.picture_page(writer, file, picture, n, len(pictures))

        return Pages((file, len(pictures)), draw)
    if facts.kind is FileKind.PLAIN:
        return Pages(file, section(lambda writer: attached.text_pages(writer, file, imported.text)))
    return Pages((file, facts, item.number), section(lambda writer: attached.placeholder(writer, item, file, facts)))


# ── behind all items


def _accessibility(packet: PacketParts) -> Pages:
    papers, data = packet.papers(), packet.data
    others = {paper.key for paper in papers} | {_SUMMARY}
    own = sum(len(row) for key, row in packet.labels.items() if key not in others) + 1
    contact = plain(data.meeting.taking_part) or data.book.organization.contact
    return Pages((papers, own, contact), section(lambda writer: summary(writer, own, papers, contact)))
