"""What stands before the items: the cover with the map of the packet, the changes, the contents, dividers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planstudio.domain.agenda import SectionCard
from planstudio.domain.kinds import Access
from planstudio.domain.packets import Difference, PacketData
from planstudio.domain.posting import late_words, moved_words
from planstudio.i18n import _, day_and_time, ngettext, stopped
from planstudio.reports.cover import first_page, page_map
from planstudio.reports.packet_map import Part
from planstudio.reports.style import S5
from planstudio.reports.writer import Writer
from planstudio.richtext import plain


def cover(
    writer: Writer, data: PacketData, changes: Sequence[Difference], parts: Sequence[Part], starts: set[int],
    revised: set[int], total: int, label_of: Mapping[str, str],
) -> None:  # fmt: skip
    """The first page."""
    meeting, facts = data.meeting, _facts(data, changes, label_of)
    when = day_and_time(meeting.start) if meeting.start else _("Date not set")
    first_page(writer, data.book.organization, meeting.name, writer.styles.display, when, facts)
    words = ngettext("{total} page.", "{total} pages, one stroke each.", total).format(total=total)
    legend = _("A tall stroke begins an item; the dark ones are for a vote.")
    flag = _("A flag marks what this revision changed.") if revised else ""
    legend, dark = f"{words} {legend} {flag}".strip(), _("dark where the board votes")
    page_map(writer, _("Map of the packet"), parts, starts, total, legend, dark, revised)


def _facts(data: PacketData, changes: Sequence[Difference], label_of: Mapping[str, str]) -> list[tuple[str, str]]:
    meeting = data.meeting
    facts = []
    if meeting.place:
        facts.append((_("Where"), meeting.place))
    if meeting.posted_at:
        how = moved_words(meeting) or late_words(meeting)
        at = day_and_time(meeting.posted_at)
        facts.append((_("Posted"), f"{stopped(at)} {stopped(how)}" if how else at))
    if data.revision:
        facts.append((_("Revision {n}").format(n=data.revision), _changed(data, changes, label_of)))
    if meeting.taking_part:
        facts.append((_("Taking part"), plain(meeting.taking_part)))
    if data.audience is not Access.PUBLIC:
        words = {
            Access.ADMINISTRATIVE: _("This packet holds what is for the administration. Do not post it."),
            Access.CLOSED: _("This packet holds closed items. Keep it apart, do not copy it, do not post it."),
        }
        facts.append((_("Confidential"), words[data.audience]))
    if not facts:
        facts.append((_("Inside"), _("The agenda and the papers of its items.")))
    return facts


def _changed(data: PacketData, changes: Sequence[Difference], label_of: Mapping[str, str]) -> str:
    said = [stopped(day_and_time(data.printed_at))]
    if data.note:
        said.append(data.note.rstrip(".") + ".")
    if len(changes) == 1:
        only = changes[0]
        place = _("Item {number}").format(number=only.number) if only.number else only.title
        where = _("page {page}").format(page=label_of[only.key]) if only.key in label_of else ""
        told = f"{only.what} ({where})" if where else only.what
        said += [f"{place}: {told}.", _("Nothing else changed.")]
    else:
        count = ngettext(
            "{n} change; it is listed on page {page}.", "{n} changes; they are listed on page {page}.", len(changes)
        )
        said.append(count.format(n=len(changes), page=label_of.get("changes", "2")))
    return " ".join(said)


def changes_page(writer: Writer, data: PacketData, changes: Sequence[Difference], label_of: Mapping[str, str]) -> None:
    """The change page: what differs from the revision before, and where it stands."""
    writer.title(_("What changed in revision {n}").format(n=data.revision))
    before = data.previous.revision if data.previous else data.revision - 1
    told = _("Since revision {n}; printed {when}.").format(n=before, when=day_and_time(data.printed_at))
    writer.p(told, writer.styles.lead)
    if data.note:
        writer.p(data.note, writer.styles.note)
    if not changes:
        writer.quiet(_("Nothing on the agenda and none of its papers changed."))
        return
    table = writer.table([52.0, 150.0, 0.0, 44.0])
    table.set_head(writer.heads(_("Item"), _("Subject"), _("What changed"), _("Page"), numbers=(3,)))
    for change in changes:
        label = label_of.get(change.key)
        page = writer.setter.link(label, f"#{change.key}", writer.styles.number_bold) if label else "–"
        number = writer.cell(change.number or "–", writer.styles.cell_bold)
        last = writer.cell(page, writer.styles.number_bold)
        table.add_row([number, *writer.cells(change.title, change.what), last])


def divider(writer: Writer, section: SectionCard, labels: Mapping[str, str]) -> None:
    """A page that begins a section of the packet."""
    writer.gap(S5 * 3)
    writer.p(section.number, writer.styles.kicker)
    writer.heading(section.title, writer.styles.display, 1)
    for item in section.items:
        page = labels.get(item.id)
        words = f"{item.number}  {item.title}" + (_(", page {page}").format(page=page) if page else "")
        writer.p(writer.setter.link(words, f"#{item.id}", writer.styles.body) if page else words, writer.styles.body)
