"""What the board's time went to: by category, by meeting, and item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planstudio.domain.agenda import OUTCOME_SHARE, AgendaItemCard, MeetingCard
from planstudio.domain.board_time import TimeRow, TimeSum, by_category, day_of, time_rows, total
from planstudio.domain.kinds import TimeUse
from planstudio.domain.monitored import Met
from planstudio.domain.reporting import ReportData
from planstudio.domain.words import word
from planstudio.i18n import _, long_date, medium_date, ngettext, pgettext
from planstudio.reports import standings
from planstudio.reports.periods import period_words
from planstudio.reports.story import Story
from planstudio.reports.style import S2
from planstudio.reports.tagged.box import Box
from planstudio.reports.tagged.table import Table


def time_use(story: Story, data: ReportData) -> None:
    """The minutes of one meeting, or of all of a period."""
    meetings = [data.meeting] if data.meeting else list(data.meetings)
    kicker = meeting_words(data.meeting) if data.meeting else period_words(data)
    story.title(_("How the board used its time"), kicker=kicker)
    rows = time_rows(meetings)
    found = total(rows)
    if not found.taken and not found.planned:
        story.quiet(_("No minutes are planned or recorded, so nothing can be said about the use of time."))
        return
    story.p(time_sentence(found), replace(story.styles.lead, keep=True))
    _verdict(story, found)
    story.p(_rules(rows, found), story.styles.note)
    _categories(story, rows)
    if len(meetings) > 1:
        _by_meeting(story, meetings)
    for meeting in meetings:
        _items(story, meeting, [row for row in rows if row.meeting is meeting])


def meeting_words(meeting: MeetingCard) -> str:
    day = day_of(meeting)
    return f"{meeting.name}, {long_date(day)}" if day else meeting.name


def time_sentence(found: TimeSum) -> str:
    words = ngettext(
        "{outcome} of {taken} minute went to student outcomes: {share}. The aim is {least} or more.",
        "{outcome} of {taken} minutes went to student outcomes: {share}. The aim is {least} or more.",
        found.taken,
    )
    share, least = _percent(share_words(found)), _percent(str(OUTCOME_SHARE))
    return words.format(outcome=found.outcome, taken=found.taken, share=share, least=least)


def _percent(share: str) -> str:
    """A share in words; the number stays with its unit."""
    return _("{share} percent").format(share=share).replace(" ", "\u00a0")


def share_words(found: TimeSum) -> str:
    """The share in whole percents; one that falls short of the aim is not rounded up to it."""
    if found.share is None:
        return "–"
    return str(round(found.share) if found.reached else min(round(found.share), OUTCOME_SHARE - 1))


def _verdict(story: Story, found: TimeSum) -> None:
    words = _("The share is reached") if found.reached else _("The share is not reached")
    standings.line(story, standings.MARKS[Met.MET if found.reached else Met.NOT_MET], words)


def _rules(rows: Sequence[TimeRow], found: TimeSum) -> str:
    said = [_("Setting and monitoring goals and guardrails count as time on student outcomes.")]
    if found.estimated:
        said.append(_("Where no time was recorded, the planned minutes count; they are marked with an asterisk."))
    if any(not row.counted for row in rows):
        said.append(_("Public hearings are listed, but not counted."))
    return " ".join(said)


def _categories(story: Story, rows: Sequence[TimeRow]) -> None:
    story.subtitle(_("By category"))
    found = total(rows)
    table = story.table([220.0, 80.0, 80.0])
    table.set_head(story.heads(_("Category"), pgettext("length of time", "Minutes"), _("Percent"), numbers=[1, 2]))
    for use, count in by_category(rows).items():
        _numbers(story, table, word(use), count, found.taken)
    for name, count, share in (
        (_("Student outcomes"), found.outcome, share_words(found)),
        (_("All"), found.taken, "100" if found.taken else "–"),
    ):
        bold = story.styles.number_bold
        words = f"{share}%" if share != "–" else share
        table.add_row([story.cell(name, story.styles.cell_bold), *story.cells(str(count), words, look=bold)])


def _numbers(story: Story, table: Table, name: str, count: int, taken: int) -> None:
    share = f"{round(count / taken * 100)}%" if taken else "–"
    table.add_row([story.cell(name), *story.cells(str(count), share, look=story.styles.number)])


def _by_meeting(story: Story, meetings: Sequence[MeetingCard]) -> None:
    story.subtitle(_("By meeting"))
    table = story.table([84.0, 0.0, 62.0, 62.0, 74.0, 62.0])
    heads = (_("Date"), _("Meeting"), _("Planned"), _("Taken"), _("On outcomes"), _("Percent"))
    table.set_head(story.heads(*heads, numbers=range(2, 6)))
    look = story.styles.number
    for meeting in meetings:
        found, day = total(time_rows([meeting])), day_of(meeting)
        share = f"{share_words(found)}%" if found.share is not None else "–"
        table.add_row([
            story.cell(medium_date(day) if day else "–"),
            story.cell(meeting.name),
            *story.cells(str(found.planned), str(found.taken), str(found.outcome), share, look=look),
        ])  # fmt: skip


def _items(story: Story, meeting: MeetingCard, rows: Sequence[TimeRow]) -> None:
    story.subtitle(meeting_words(meeting))
    if not rows:
        story.quiet(_("This meeting has no items."))
        return
    table = story.table([42.0, 0.0, 52.0, 60.0, 124.0, 84.0])
    heads = story.heads(_("Item"), _("Subject"), _("Planned"), _("Taken"), _("Category"), _("Goal"), numbers=[2])
    heads[3] = story.cell(_("Taken"), replace(story.styles.head_number, right=S2))
    table.set_head(heads)
    for row in rows:
        table.add_row(_item(story, row))
    found = total(rows)
    bold, styles = story.styles.number_bold, story.styles
    share = _("On outcomes: {n} ({share}%)").format(n=found.outcome, share=share_words(found))
    table.add_row([
        story.cell(_("All"), styles.cell_bold),
        story.cell(share, styles.cell_bold),
        story.cell(str(found.planned), bold),
        story.cell(str(found.taken), replace(bold, right=S2)),
        None,
        None,
    ])  # fmt: skip


def _item(story: Story, row: TimeRow) -> list[Box | None]:
    item, look = row.item, story.styles.number
    taken = (
        f"{row.minutes}*" if item.actual is None and item.minutes else "–" if item.actual is None else str(item.actual)
    )
    use = word(item.time_use) if row.counted else _("Hearing, not counted")
    return [
        story.cell(item.number, story.styles.cell_bold),
        story.cell(item.title or word(item.type)),
        story.cell("–" if item.minutes is None else str(item.minutes), look),
        story.cell(taken, replace(look, right=S2)),
        story.cell(use, story.styles.cell if item.time_use is TimeUse.OTHER else story.styles.cell_bold),
        story.cell(goal_words(item)),
    ]


def goal_words(item: AgendaItemCard) -> str:
    return ", ".join(link.label for link in item.goals) or "–"
