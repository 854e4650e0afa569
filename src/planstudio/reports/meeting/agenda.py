"""The agenda, and the sheet that stands before each item's papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, Support
from planstudio.domain.kinds import Access, ItemType
from planstudio.domain.packets import PacketData
from planstudio.domain.words import word
from planstudio.i18n import _, ngettext, pgettext
from planstudio.reports import prose
from planstudio.reports.document import ReportDocument
from planstudio.reports.printed import Printed
from planstudio.reports.style import S1, S2, S3, S4, TINT
from planstudio.reports.wording import name_and_day, when_and_where
from planstudio.reports.writer import Writer
from planstudio.richtext import plain
from taggedpdf.box import Box
from taggedpdf.breaking import Run, fill


def print_agenda(data: PacketData) -> Printed:
    """The agenda alone."""
    when = name_and_day(data.meeting)
    title = _("Agenda: {meeting}").format(meeting=when)
    document = ReportDocument(title, data.book.organization.name, data.printed_at.date(), foot=when, paper=data.paper)
    with document.section("", _("Agenda"), "agenda") as writer:
        agenda(writer, data, {})
    return document.finish()


def agenda(writer: Writer, data: PacketData, label_of: Mapping[str, str]) -> None:
    """The agenda as one table; *label_of* gives the page of each item that has one."""
    meeting = data.meeting
    writer.title(_("Agenda"))
    writer.p(when_and_where(meeting), writer.styles.lead)
    writer.p(_planned(meeting), writer.styles.note)
    if not any(section.items for section in meeting.sections):
        writer.quiet(_("There is nothing on this agenda yet."))
        return
    table = writer.table([40.0, 0.0, 84.0, 96.0, 46.0, 38.0])
    minutes = pgettext("length of time", "Minutes")
    names = (_("Item"), _("Subject and goal"), _("Type"), _("Presenter"), minutes, _("Page"))
    table.set_head(writer.heads(*names, numbers=(4, 5)))
    for section in meeting.sections:
        table.add_section(writer.cell(f"{section.number}  {section.title}", writer.styles.section))
        for item in section.items:
            number = writer.cell(item.number + (" *" if item.consent else ""), writer.styles.cell_bold)
            told = writer.cells(_type(item), item.presenter or "–")
            length = writer.cell("–" if item.minutes is None else str(item.minutes), writer.styles.number)
            page = writer.cell(_page(writer, item, label_of), writer.styles.number_bold)
            table.add_row([number, _subject(writer, item), *told, length, page])


def _planned(meeting: MeetingCard) -> str:
    parts = []
    if meeting.minutes:
        share = round(100 * meeting.outcome_minutes / meeting.minutes)
        words = _("Planned: {minutes} minutes, of which {outcome} ({share} percent) on student outcomes.")
        parts.append(words.format(minutes=meeting.minutes, outcome=meeting.outcome_minutes, share=share))
    if any(item.consent for item in meeting.items()):
        parts.append(_("* Consent: one motion approves these together, unless a member asks to take one out."))
    return " ".join(parts) or _("No time has been planned.")


def _subject(writer: Writer, item: AgendaItemCard) -> Box | list[Box]:
    """The title, and on a tint what it supports; below it the motion of an item that has no sheet."""
    title = writer.cell(_title(writer, item))
    if item.has_sheet or not item.recommended_motion:
        return title
    quiet = replace(writer.styles.cell_quiet, before=S1)
    return [title, writer.cell(plain(item.recommended_motion), quiet)]


def _title(writer: Writer, item: AgendaItemCard) -> list[Run]:
    look = writer.styles.cell
    runs = list(writer.setter.plain(item.title or _("Untitled item"), look))
    chip = replace(writer.styles.cell_bold, size=8.5, color=writer.styles.section.color)
    for link in item.goals:
        runs.append((look.run_style, " \u00a0\u00a0"))
        runs += [(part._replace(ground=fill(TINT)), words) for part, words in writer.setter.plain(link.label, chip)]
    if item.access is not Access.PUBLIC and item.ground:
        runs.append((look.run_style, " \u00a0"))
        runs += writer.setter.plain(item.ground, writer.styles.cell_quiet)
    return runs


def _type(item: AgendaItemCard) -> str:
    if item.pulled:
        return _("{type}, taken out of consent").format(type=word(ItemType.ACTION))
    return word(item.type)


def _page(writer: Writer, item: AgendaItemCard, label_of: Mapping[str, str]) -> str | list[Run]:
    label = label_of.get(item.id)
    return "–" if label is None else writer.setter.link(label, f"#{item.id}", writer.styles.number_bold)


def item_sheet(
    writer: Writer, item: AgendaItemCard, papers: Sequence[tuple[str, str, str]], leads: Mapping[str, str]
) -> None:
    """The sheet of an item.

    *papers* are its enclosures and files: name, page label, key. *leads* gives
    the part of the packet that shows a goal, strategy or policy, by its id.
    """
    writer.title(item.title or _("Untitled item"), kicker=_("Item {number}").format(number=item.number))
    _facts(writer, item)
    _text(writer, _("Background"), item.background)
    _text(writer, _("Rationale"), item.rationale)
    for label, links in ((_("Goal supported"), item.goals), (_("Policies"), item.policies)):
        if links:
            with writer.hung(label):
                for link in links:
                    _supported(writer, link, leads.get(link.row_id))
    _text(writer, _("Fiscal impact"), item.fiscal_impact)
    if item.ground and item.access is not Access.PUBLIC:
        writer.hang(_("Legal ground"), item.ground)
    if papers:
        with writer.hung(_("Papers")):
            for n, (name, label, key) in enumerate(papers, 1):
                words = _("{n}. {name}, page {label}").format(n=n, name=name, label=label)
                writer.p(writer.setter.link(words, f"#{key}", writer.styles.main))
    if item.recommended_motion:
        writer.gap(S4)
        with writer.whole():
            writer.rule(firm=True)
            with writer.hung(_("Recommended motion")):
                prose.write(writer, item.recommended_motion, replace(writer.styles.lead, left=writer.grid.side))


def _text(writer: Writer, label: str, markdown: str) -> None:
    if markdown:
        with writer.hung(label):
            prose.write(writer, markdown)


def _facts(writer: Writer, item: AgendaItemCard) -> None:
    minutes = "" if item.minutes is None else ngettext("{n} minute", "{n} minutes", item.minutes).format(n=item.minutes)
    said = (
        (_("Type"), _type(item)), (_("Presenter"), item.presenter), (pgettext("length of time", "Time"), minutes),
        (_("Questions before the meeting"), item.contact),
    )  # fmt: skip
    names, words = zip(*(pair for pair in said if pair[1]), strict=True)
    table = writer.table([writer.grid.text / len(names)] * len(names), row_heads=False, ruled=False)
    table.set_head(writer.heads(*names))
    table.add_row(writer.cells(*words))
    table.after = S3 + S2


def _supported(writer: Writer, link: Support, key: str | None) -> None:
    """A goal, strategy or policy, leading to the pages of the packet that show it."""
    bold, look = replace(writer.styles.side, size=9.5), writer.styles.main
    label = writer.setter.link(link.label, f"#{key}", bold) if key else writer.setter.plain(link.label, bold)
    runs = [*label, (look.run_style, "\u00a0\u00a0"), *writer.setter.plain(link.name, look)]
    writer.p(runs, replace(writer.styles.main, after=0 if len(link.name) < 80 else S2))
