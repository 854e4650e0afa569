"""The cover: whose it is, what it is, of when; the facts; and a map of the pages."""

from __future__ import annotations

from collections.abc import Sequence

from planstudio.domain.cards import PlanBook
from planstudio.domain.words import word
from planstudio.i18n import _, long_date, ngettext
from planstudio.reports.packet_map import Part, map_text, packet_map, pages_a_stroke
from planstudio.reports.story import Story
from planstudio.reports.style import PAPERS, S1, S2, S4, S5

_MAP = 128.0
_LONG_TITLE = 90  # letters of a title that is not set as a poster


def cover(story: Story, book: PlanBook, title: str, parts: Sequence[Part], starts: set[int], total: int) -> None:
    """The first page; laid out last, when the map is known."""
    district = book.organization
    story.p(district.name or _("School district"), story.styles.kicker)
    if district.board_name:
        story.p(district.board_name, story.styles.note)
    story.gap(S5 + S4 + story.grid.height - PAPERS["letter"][1])
    long = len(title) > _LONG_TITLE
    story.boxes.append(
        story.text(title, story.styles.long_title if long else story.styles.display, story.heading_tag(1))
    )
    story.p(_("As of {date}").format(date=book.as_of) if book.as_of else long_date(book.today), story.styles.statement)
    story.gap(S4)
    story.rule(firm=True)
    for label, words in _facts(book, title):
        with story.hung(label, level=0, before=S1):
            story.p(words)
    if parts:
        with story.whole():
            story.subtitle(_("Map of the pages"))
            story.figure(packet_map(parts, starts, total, story.grid.text, _MAP), map_text(parts), before=S1, after=S2)
            story.p(_legend(total, goals=bool(book.goals)), story.styles.note)


def _legend(total: int, *, goals: bool) -> str:
    """How the map is read."""
    pages = pages_a_stroke(total)
    strokes = ngettext(
        "Each stroke is one of the {total} pages.", "Each stroke is {pages} of the {total} pages.", pages
    )
    tall = _("Where a stroke is tall, a title of the contents begins.")
    dark = _("The dark strokes are the goals.") if goals else ""
    return f"{strokes.format(pages=pages, total=total)} {tall} {dark}".strip()


def _facts(book: PlanBook, title: str) -> list[tuple[str, str]]:
    plan, district = book.plan, book.organization
    facts = []
    if plan.title and plan.title != title:
        facts.append((_("Plan"), plan.title))
    if plan.slogan or district.motto:
        facts.append((_("Motto"), plan.slogan or district.motto))
    if plan.period_start and plan.period_end:
        period = _("{start} to {end}").format(start=long_date(plan.period_start), end=long_date(plan.period_end))
        facts.append((_("Period"), period))
    standing = word(plan.state)
    if plan.adopted_on:
        standing = _("Adopted {date}").format(date=long_date(plan.adopted_on))
    facts.append((_("Standing"), standing))
    facts.append((_("Inside"), _inside(book)))
    contact = ". ".join(part for part in (district.address, district.contact, district.website) if part)
    if contact:
        facts.append((_("Contact"), contact))
    return facts


def _inside(book: PlanBook) -> str:
    goals, statements = len(book.goals), len(book.statements)
    strategies = sum(1 for _strategy in book.strategies())
    counts = [
        ngettext("{count} statement", "{count} statements", statements).format(count=statements),
        ngettext("{count} goal", "{count} goals", goals).format(count=goals),
        ngettext("{count} strategy", "{count} strategies", strategies).format(count=strategies),
        ngettext("{count} policy", "{count} policies", len(book.policies)).format(count=len(book.policies)),
    ]
    return ", ".join(counts)
