"""The cover: whose it is, what it is, of when; the facts; and a map of the pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from planstudio.domain.cards import OrganizationCard, PlanBook
from planstudio.domain.words import word
from planstudio.i18n import _, long_date, ngettext
from planstudio.reports.packet_map import Part, map_text, packet_map, pages_a_stroke
from planstudio.reports.style import PAPERS, S1, S2, S4, S5
from planstudio.reports.writer import Writer
from taggedpdf.paragraph import TextStyle

_MAP = 128.0
_LONG_TITLE = 90  # letters of a title that is not set as a poster


def cover(writer: Writer, book: PlanBook, title: str, parts: Sequence[Part], starts: set[int], total: int) -> None:
    """The first page; laid out last, when the map is known."""
    look = writer.styles.long_title if len(title) > _LONG_TITLE else writer.styles.display
    when = _("As of {date}").format(date=book.as_of) if book.as_of else long_date(book.today)
    first_page(writer, book.organization, title, look, when, _facts(book, title))
    page_map(writer, _("Map of the pages"), parts, starts, total, _legend(total, goals=bool(book.goals)))


def first_page(
    writer: Writer, district: OrganizationCard, title: str, look: TextStyle, when: str, facts: Sequence[tuple[str, str]]
) -> None:
    """Whose it is, what it is, of when, and the facts; a map may follow."""
    writer.p(district.name or _("School district"), writer.styles.kicker)
    if district.board_name:
        writer.p(district.board_name, writer.styles.note)
    writer.gap(S5 + S4 + writer.grid.height - PAPERS["letter"][1])
    writer.heading(title, look, 1)
    writer.p(when, writer.styles.statement)
    writer.gap(S4)
    writer.rule(firm=True)
    for label, words in facts:
        writer.hang(label, words, level=0, before=S1)


def page_map(
    writer: Writer, title: str, parts: Sequence[Part], starts: set[int], total: int, legend: str,
    dark: str = "", revised: Collection[int] = (),
) -> None:  # fmt: skip
    """The map of all pages, if it has parts, and how it is read; *dark* says what is dark in it."""
    if parts:
        with writer.whole():
            writer.subtitle(title)
            drawn = packet_map(parts, starts, total, writer.grid.text, _MAP, revised)
            writer.figure(drawn, map_text(parts, dark), before=S1, after=S2)
            writer.p(legend, writer.styles.note)


def _legend(total: int, *, goals: bool) -> str:
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
    adopted = _("Adopted {date}").format(date=long_date(plan.adopted_on)) if plan.adopted_on else ""
    facts += [(_("Standing"), adopted or word(plan.state)), (_("Inside"), _inside(book))]
    contact = ". ".join(part for part in (district.address, district.contact, district.website) if part)
    if contact:
        facts.append((_("Contact"), contact))
    return facts


def _inside(book: PlanBook) -> str:
    goals, statements = len(book.goals), len(book.statements)
    strategies, policies = sum(1 for _strategy in book.strategies()), len(book.policies)
    counts = [
        ngettext("{count} statement", "{count} statements", statements).format(count=statements),
        ngettext("{count} goal", "{count} goals", goals).format(count=goals),
        ngettext("{count} strategy", "{count} strategies", strategies).format(count=strategies),
        ngettext("{count} policy", "{count} policies", policies).format(count=policies),
    ]
    return ", ".join(counts)
