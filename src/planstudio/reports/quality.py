"""What is missing in a plan or does not hold together, kind by kind, and what was looked for and not found."""

from __future__ import annotations

from collections.abc import Sequence

from planstudio.domain.agenda import MeetingCard
from planstudio.domain.cards import PlanBook
from planstudio.domain.gaps import Finding, Gap, findings
from planstudio.domain.words import table_word
from planstudio.i18n import _, long_date, medium_date, ngettext
from planstudio.reports.story import Story
from planstudio.reports.tagged.box import Box
from planstudio.reports.wording import said


def data_quality(story: Story, book: PlanBook, meetings: Sequence[MeetingCard]) -> None:
    """Every gap with the element it is at."""
    story.title(_("What is missing in this plan"), kicker=book.plan.title)
    found = findings(book, meetings)
    seen = {finding.gap for finding in found}
    if found:
        words = ngettext(
            "{n} thing to look at, of {kinds} kind. As of {date}.",
            "{n} things to look at, of {kinds} kinds. As of {date}.",
            len(found),
        )
        moment = book.as_of or long_date(book.today)
        story.p(words.format(n=len(found), kinds=len(seen), date=moment), story.styles.lead)
    else:
        story.p(_("Nothing is missing of all that was looked for."), story.styles.lead)
    good = [said(gap).lower() for gap in Gap if gap not in seen]
    if good:
        story.p(_("Looked for and not found: {kinds}.").format(kinds="; ".join(good)), story.styles.note)
    if not meetings:
        story.p(_("There are no meetings, so agendas could not be looked at."), story.styles.note)
    for gap in Gap:
        rows = [finding for finding in found if finding.gap is gap]
        if rows:
            _group(story, gap, rows)


def _group(story: Story, gap: Gap, rows: Sequence[Finding]) -> None:
    story.subtitle(f"{said(gap)}: {len(rows)}")
    last = {
        Gap.DOUBTFUL: _("What is asked"),
        Gap.ALIKE: _("Says nearly the same as"),
        Gap.OUTDATED: _("Last update"),
    }.get(gap)
    wide = 240.0 if gap is Gap.DOUBTFUL else 150.0
    table = story.table([84.0, 44.0, 0.0, wide] if last else [84.0, 44.0, 0.0])
    heads = [_("Element"), _("Number"), _("Name")]
    table.set_head(story.heads(*heads, *([last] if last else [])))
    for row in rows:
        cells: list[Box] = [
            story.cell(table_word(row.table)),
            story.cell(row.number or "–"),
            story.cell(story.setter.name(row.name, 200) or _("without a name")),
        ]
        if last:
            end = (
                medium_date(row.on)
                if row.on
                else row.other
                if gap is Gap.DOUBTFUL
                else story.setter.name(row.other, 200)
            )
            cells.append(story.cell(end or "–"))
        table.add_row(cells)
