"""The plan on one page: the motto, what the district stands for, and its goals abreast with their strategies.

It needs a wide page. A plan that does not fit goes on on further pages: words
are never set smaller than they can be read.
"""

from __future__ import annotations

from dataclasses import replace

from planstudio.domain.cards import GoalCard, PlanBook, StatementCard
from planstudio.domain.kinds import StatementKind
from planstudio.i18n import _, long_date, ngettext
from planstudio.reports import standings, statements
from planstudio.reports.goal_columns import GUTTER, GoalColumn, GoalColumns, SideBySide
from planstudio.reports.goal_names import goal_label, goal_title
from planstudio.reports.strategies import numbered
from planstudio.reports.style import ACCENT, INK, S1, S3
from planstudio.reports.writer import Writer
from planstudio.richtext import plain
from taggedpdf.box import Box, KeepTogether, Stack
from taggedpdf.paragraph import TextStyle

_MOST = 5  # goals abreast
_SHORT, _LONG = 150, 420  # letters of a statement that is set larger, and of the longest
_TITLE, _MORE, _NAME = 110, 150, 200
_SHOWN = (  # in this order, one of each line
    (StatementKind.MISSION,),
    (StatementKind.VISION,),
    (StatementKind.VALUES, StatementKind.BELIEFS, StatementKind.GUIDING_PRINCIPLES, StatementKind.COMMITMENTS),
)

MOTTO = TextStyle("Serif", 30, 36, ACCENT, after=S1, balanced=True, keep=True)
_GOAL = TextStyle("Serif", 16, 20, INK, after=S1, balanced=True)


def one_page(writer: Writer, book: PlanBook) -> None:
    """The plan at a glance."""
    title = book.plan.slogan or book.organization.motto or book.plan.title or _("Strategic plan")
    look = MOTTO if len(title) <= _TITLE else writer.styles.long_title
    writer.heading(writer.setter.name(title, 400), look, 1)
    writer.p(_facts(book), replace(writer.styles.note, after=S3, keep=True))
    _statements(writer, book)
    _above_goals(writer, book)
    if not book.goals:
        writer.quiet(_("This plan has no goals yet."))
        return
    abreast = -(-len(book.goals) // -(-len(book.goals) // _MOST))
    outer = writer.sect
    for start in range(0, len(book.goals), abreast):
        columns = []
        for goal in book.goals[start : start + abreast]:
            writer.sect = outer.add("Sect")
            columns.append(_column(writer, goal, book))
        writer.boxes.append(GoalColumns(columns, max(abreast, 2), GUTTER))
    writer.sect = outer


def _facts(book: PlanBook) -> str:
    plan = book.plan
    said = []
    if plan.title and (plan.slogan or book.organization.motto):
        said.append(f"{plan.title}.")
    if plan.adopted_on:
        said.append(_("Adopted {date}.").format(date=long_date(plan.adopted_on)))
    said.append(_("Status as of {date}.").format(date=book.as_of or long_date(book.today)))
    return " ".join(said)


def _statements(writer: Writer, book: PlanBook) -> None:
    cards = [found for kinds in _SHOWN if (found := _first(book, kinds)) is not None]
    if not cards:
        return
    texts = [_words(card) for card in cards]
    look = writer.styles.lead if max(map(len, texts)) <= _SHORT else writer.styles.body
    stacks = []
    for card, words in zip(cards, texts, strict=True):
        head = writer.text(statements.name(card), writer.styles.kicker, writer.heading_tag(2))
        stacks.append(Stack([head, writer.text(words, replace(look, after=0), writer.sect.add("P"))]))
    writer.boxes.append(SideBySide(stacks, GUTTER * 1.6, after=S3))


def _above_goals(writer: Writer, book: PlanBook) -> None:
    """The district's heading over its goals, with its question and what it says of all of them."""
    plan = book.plan
    if plan.goals_heading:
        writer.heading(writer.setter.name(plan.goals_heading, _TITLE), replace(writer.styles.kicker, keep=True), 2)
    if said := " · ".join(filter(None, (plan.goals_question, plan.strategies_question, plain(plan.goals_note)))):
        writer.p(writer.setter.name(said, _LONG), replace(writer.styles.note, after=S1, keep=True))
    if plan.introduces:
        writer.boxes[-1].after = S3


def _first(book: PlanBook, kinds: tuple[StatementKind, ...]) -> StatementCard | None:
    """The first statement of the first of *kinds* that has words."""
    said = [card for card in book.statements if card.body or card.lead or card.items]
    return next((card for kind in kinds for card in said if card.kind is kind), None)


def _words(card: StatementCard) -> str:
    """What a statement says, its entries by their names; what does not fit is counted, not shrunk."""
    said = [plain(text) for text in (card.lead, card.body) if text]
    names = [_sentence(item.name) for item in card.items]
    if names and all(item.title for item in card.items):
        said = []  # names speak for themselves
    room = _LONG - sum(map(len, said))
    shown: list[str] = []
    for name in names:
        if sum(map(len, shown)) + len(name) > room:
            break
        shown.append(name)
    if rest := len(names) - len(shown):
        shown.append(ngettext("And {n} more.", "And {n} more.", rest).format(n=rest))
    text = " ".join([*said, *shown])
    return text if len(text) <= _LONG + 20 else text[:_LONG].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _sentence(words: str) -> str:
    words = words.strip().rstrip(";,")
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _column(writer: Writer, goal: GoalCard, book: PlanBook) -> GoalColumn:
    setter = writer.setter
    head: list[Box] = [writer.text(setter.name(goal_label(goal), 60), writer.styles.side, writer.sect.add("P"))]
    head.append(writer.text(setter.name(goal_title(goal), _TITLE), _GOAL, writer.heading_tag(2)))
    if goal.title and goal.statement:
        more = setter.name(plain(goal.statement), _MORE)
        head.append(writer.text(more, writer.styles.note, writer.sect.add("P")))
    status = standings.status(writer, goal, book.today, tag=writer.sect.add("P"))
    return GoalColumn(Stack(head), status, _strategies(writer, goal, book))


def _strategies(writer: Writer, goal: GoalCard, book: PlanBook) -> Stack:
    if not goal.strategies:
        return Stack([writer.text(_("No strategies yet."), writer.styles.note, writer.sect.add("P"))])
    entries: list[Box] = []
    if book.plan.strategies_heading:
        head = writer.setter.name(book.plan.strategies_heading, 60)
        entries.append(writer.text(head, replace(writer.styles.side, after=S1, keep=True), writer.sect.add("P")))
    group = writer.sect.add("L")
    look, accompanying = replace(writer.styles.cell, balanced=True), replace(writer.styles.note, leading=12, after=0)
    for strategy in goal.strategies:
        body = group.add("LI").add("LBody")
        words = writer.setter.name(strategy.name or "–", _NAME)
        name = writer.text([*numbered(writer, strategy), *writer.setter.plain(words, look)], look, body.add("P"))
        status = standings.status(writer, strategy, book.today, accompanying, body.add("P"))
        entry = KeepTogether([name, status])
        entry.after = S3 - S1
        entries.append(entry)
    return Stack(entries)
