"""The cover: whose it is, what it is, of when; the facts; and a map of the pages."""

from __future__ import annotations

from collections.abc import Sequence

from planstudio.domain.cards import PlanBook
from planstudio.domain.words import word
from planstudio.i18n import _, long_date, ngettext
from planstudio.reports.packet_map import Part, map_text, packet_map, pages_a_stroke
from planstudio.reports.style import PAPERS, S1, S2, S4, S5
from planstudio.reports.writer import Writer

_MAP = 128.0
_LONG_TITLE = 90  # letters of a title that is not set as a poster


def cover(writer: Writer, book: PlanBook, title: str, parts: Sequence[Part], starts: set[int], total: int) -> None:
    """The first page; laid out last, when the map is known."""
    district = book.organization
    writer.p(district.name or _("School district"), writer.styles.kicker)
    if district.board_name:
        writer.p(district.board_name, writer.styles.note)
    writer.gap(S5 + S4 + writer.grid.height - PAPERS["letter"][1])
    long = len(title) > _LONG_TITLE
    writer.boxes.append(
        writer.text(title, writer.styles.long_title if long else writer.styles.display, writer.heading_tag(1))
    )
    writer.p(
        _("As of {date}").format(date=book.as_of) if book.as_of else long_date(book.today), writer.styles.statement
    )
    writer.gap(S4)
    writer.rule(firm=True)
    for label, words in _facts(book, title):
        with writer.hung(label, level=0, before=S1):
            writer.p(words)
    if parts:
        with writer.whole():
            writer.subtitle(_("Map of the pages"))
            writer.figure(
                packet_map(parts, starts, total, writer.grid.text, _MAP), map_text(parts), before=S1, after=S2
            )
            writer.p(_legend(total, goals=bool(book.goals)), writer.styles.note)


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
