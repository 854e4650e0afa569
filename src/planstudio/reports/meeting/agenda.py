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
from planstudio.reports.story import Story
from planstudio.reports.style import S1, S2, S3, S4, TINT
from planstudio.reports.tagged.box import Box
from planstudio.reports.tagged.breaking import Run, fill
from planstudio.reports.wording import when_and_where
from planstudio.richtext import plain


def agenda(story: Story, data: PacketData, label_of: Mapping[str, str]) -> None:
    """The agenda as one table; *label_of* gives the page of each item that has one."""
    meeting = data.meeting
    story.title(_("Agenda"))
    story.p(when_and_where(meeting), story.styles.lead)
    story.p(_planned(meeting), story.styles.note)
    if not any(section.items for section in meeting.sections):
        story.quiet(_("There is nothing on this agenda yet."))
        return
    table = story.table([40.0, 0.0, 84.0, 96.0, 46.0, 38.0])
    names = (
        _("Item"),
        _("Subject and goal"),
        _("Type"),
        _("Presenter"),
        pgettext("length of time", "Minutes"),
        _("Page"),
    )
    table.set_head(story.heads(*names, numbers=(4, 5)))
    for section in meeting.sections:
        table.add_section(story.cell(f"{section.number}  {section.title}", story.styles.section))
        for item in section.items:
            star = " *" if item.consent else ""
            table.add_row([
                story.cell(item.number + star, story.styles.cell_bold),
                _subject(story, item),
                story.cell(_type(item)),
                story.cell(item.presenter or "–"),
                story.cell("–" if item.minutes is None else str(item.minutes), story.styles.number),
                story.cell(_page(story, item, label_of), story.styles.number_bold),
            ])  # fmt: skip


def _planned(meeting: MeetingCard) -> str:
    parts = []
    if meeting.minutes:
        share = round(100 * meeting.outcome_minutes / meeting.minutes)
        words = _("Planned: {minutes} minutes, of which {outcome} ({share} percent) on student outcomes.")
        parts.append(words.format(minutes=meeting.minutes, outcome=meeting.outcome_minutes, share=share))
    if any(item.consent for item in meeting.items()):
        parts.append(_("* Consent: one motion approves these together, unless a member asks to take one out."))
    return " ".join(parts) or _("No time has been planned.")


def _subject(story: Story, item: AgendaItemCard) -> Box | list[Box]:
    """The title, and on a tint what it supports; below it the motion of an item that has no sheet."""
    title = story.cell(_title(story, item))
    if item.has_sheet or not item.recommended_motion:
        return title
    quiet = replace(story.styles.cell_quiet, before=S1)
    return [title, story.cell(plain(item.recommended_motion), quiet)]


def _title(story: Story, item: AgendaItemCard) -> list[Run]:
    look = story.styles.cell
    runs = list(story.setter.plain(item.title or _("Untitled item"), look))
    chip = replace(story.styles.cell_bold, size=8.5, color=story.styles.section.color)
    for link in item.goals:
        runs.append((look.look, " \u00a0\u00a0"))
        runs += [(part._replace(ground=fill(TINT)), words) for part, words in story.setter.plain(link.label, chip)]
    if item.access is not Access.PUBLIC and item.ground:
        runs.append((look.look, " \u00a0"))
        runs += story.setter.plain(item.ground, story.styles.cell_quiet)
    return runs


def _type(item: AgendaItemCard) -> str:
    if item.pulled:
        return _("{type}, taken out of consent").format(type=word(ItemType.ACTION))
    return word(item.type)


def _page(story: Story, item: AgendaItemCard, label_of: Mapping[str, str]) -> str | list[Run]:
    label = label_of.get(item.id)
    return "–" if label is None else story.setter.link(label, f"#{item.id}", story.styles.number_bold)


def item_sheet(
    story: Story, item: AgendaItemCard, papers: Sequence[tuple[str, str, str]], leads: Mapping[str, str]
) -> None:
    """The sheet of an item.

    *papers* are its enclosures and files: name, page label, key. *leads* gives
    the part of the packet that shows a goal, strategy or policy, by its id.
    """
    story.title(item.title or _("Untitled item"), kicker=_("Item {number}").format(number=item.number))
    _facts(story, item)
    texts = ((_("Background"), item.background), (_("Rationale"), item.rationale))
    for label, markdown in texts:
        if markdown:
            with story.hung(label):
                prose.write(story, markdown)
    if item.goals:
        with story.hung(_("Goal supported")):
            for link in item.goals:
                _supported(story, link, leads.get(link.row_id))
    if item.policies:
        with story.hung(_("Policies")):
            for link in item.policies:
                _supported(story, link, leads.get(link.row_id))
    if item.fiscal_impact:
        with story.hung(_("Fiscal impact")):
            prose.write(story, item.fiscal_impact)
    if item.ground and item.access is not Access.PUBLIC:
        with story.hung(_("Legal ground")):
            story.p(item.ground)
    if papers:
        with story.hung(_("Papers")):
            for n, (name, label, key) in enumerate(papers, 1):
                words = _("{n}. {name}, page {label}").format(n=n, name=name, label=label)
                story.p(story.setter.link(words, f"#{key}", story.styles.main))
    if item.recommended_motion:
        story.gap(S4)
        with story.whole():
            story.rule(firm=True)
            with story.hung(_("Recommended motion")):
                prose.write(story, item.recommended_motion, replace(story.styles.lead, left=story.grid.side))


def _facts(story: Story, item: AgendaItemCard) -> None:
    minutes = "" if item.minutes is None else ngettext("{n} minute", "{n} minutes", item.minutes).format(n=item.minutes)
    pairs = [
        (_("Type"), _type(item)),
        (_("Presenter"), item.presenter),
        (pgettext("length of time", "Time"), minutes),
        (_("Questions before the meeting"), item.contact),
    ]
    shown = [(name, words) for name, words in pairs if words]
    width = story.grid.text / len(shown)
    table = story.table([width] * len(shown), row_heads=False, ruled=False)
    table.set_head(story.heads(*(name for name, _words in shown)))
    table.add_row(story.cells(*(words for _name, words in shown)))
    table.after = S3 + S2


def _supported(story: Story, link: Support, key: str | None) -> None:
    """A goal, strategy or policy, leading to the pages of the packet that show it."""
    bold, look = replace(story.styles.side, size=9.5), story.styles.main
    label = story.setter.link(link.label, f"#{key}", bold) if key else story.setter.plain(link.label, bold)
    runs = [*label, (look.look, "\u00a0\u00a0"), *story.setter.plain(link.name, look)]
    story.p(runs, replace(story.styles.main, after=0 if len(link.name) < 80 else S2))
