"""The outline of a plan: everything in it with its number, its lead-in, its owner and its dates."""

from __future__ import annotations

from dataclasses import replace

from planstudio.domain.cards import GoalCard, ItemCard, MeasureCard, PlanBook, StatementCard, StrategyCard
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date, ngettext
from planstudio.reports import prose, statements
from planstudio.reports.goal_names import goal_label, goal_title
from planstudio.reports.style import S1, S2, S3, S4
from planstudio.reports.wording import dates, owners
from planstudio.reports.writer import Writer
from planstudio.richtext import plain


def outline(writer: Writer, book: PlanBook) -> None:
    """The whole tree, a line or two for each element."""
    writer.title(book.plan.title or _("Strategic plan"), kicker=_("Plan outline"))
    writer.p(_counted(book), writer.styles.lead)
    _facts(writer, book)
    _heading(writer, _("What we stand for"))
    if not book.statements:
        writer.quiet(_("This plan has no statements yet."))
    for card in book.statements:
        _statement(writer, card)
    _heading(writer, book.plan.goals_heading or _("Goals and strategies"))
    _above_goals(writer, book)
    if not book.goals:
        writer.quiet(_("This plan has no goals yet."))
    for goal in book.goals:
        _goal(writer, goal, book.plan.strategies_heading)


def _above_goals(writer: Writer, book: PlanBook) -> None:
    plan = book.plan
    if plan.goals_question:
        writer.p(plan.goals_question, writer.styles.note_main)
    if plan.goals_note:
        prose.write(writer, plan.goals_note)
    if plan.strategies_question:
        writer.hang(plan.strategies_heading or _("Strategies"), plan.strategies_question, level=3)


def _counted(book: PlanBook) -> str:
    strategies = sum(len(goal.strategies) for goal in book.goals)
    told = [
        ngettext("{n} statement", "{n} statements", len(book.statements)).format(n=len(book.statements)),
        ngettext("{n} goal", "{n} goals", len(book.goals)).format(n=len(book.goals)),
        ngettext("{n} strategy", "{n} strategies", strategies).format(n=strategies),
    ]
    return _("{counts}. As of {date}.").format(counts=", ".join(told), date=book.as_of or long_date(book.today))


def _facts(writer: Writer, book: PlanBook) -> None:
    plan = book.plan
    facts = [(_("Standing"), word(plan.state))]
    if plan.period_start or plan.period_end:
        ends = [long_date(day) if day else "…" for day in (plan.period_start, plan.period_end)]
        facts.append((_("Period"), " – ".join(ends)))
    if plan.adopted_on:
        facts.append((_("Adopted"), long_date(plan.adopted_on)))
    if plan.slogan:
        facts.append((_("Motto"), plan.slogan))
    for label, words in facts:
        writer.hang(label, words, level=0, before=S1)


def _heading(writer: Writer, words: str) -> None:
    writer.gap(S3)
    writer.rule(keep=True)
    writer.heading(words, replace(writer.styles.h2, before=0), 2)


def _statement(writer: Writer, card: StatementCard) -> None:
    with writer.hung(statements.name(card), level=3):
        if card.question:
            writer.p(card.question, replace(writer.styles.note_main, keep=True, after=S1))
        if card.lead:
            prose.write(writer, card.lead, replace(writer.styles.main, font="Serif-I", keep=bool(card.items)))
        if card.body:
            prose.write(writer, card.body)
        if not card.lead and not card.body:  # something has to stand beside the label
            if card.items:
                prose.listed(writer, map(_item, card.items), ordered=True)
            else:
                writer.p(_("No words yet."), writer.styles.note_main)
    if card.items and (card.lead or card.body):
        prose.listed(writer, map(_item, card.items), ordered=True)
    if card.adopted_on:
        writer.p(_("Adopted {date}.").format(date=long_date(card.adopted_on)), writer.styles.note_main)


def _item(item: ItemCard) -> str:
    """An entry in a line."""
    text = plain(item.text)
    if item.title and text:
        return _("{name}: {text}").format(name=item.title, text=text)
    return item.title or text or "–"


def _goal(writer: Writer, goal: GoalCard, over_strategies: str) -> None:
    with writer.hung(writer.setter.name(goal_label(goal), 68), level=3, before=S4):
        writer.p(goal_title(goal), replace(writer.styles.lead_main, keep=True))
        if goal.title and goal.statement:
            prose.write(writer, goal.statement)
        said = [_("Owner: {owner}.").format(owner=goal.owner or _("nobody yet"))]
        if goal.deadline:
            said.append(_("Due {date}.").format(date=long_date(goal.deadline)))
        writer.p(" ".join(said), writer.styles.note_main)
    _listed(writer, _("Measures:"), [measure_line(card) for card in goal.measures])
    if not goal.strategies:
        writer.p(_("No strategies yet."), writer.styles.note_main)
    elif over_strategies:
        writer.p(over_strategies, replace(writer.styles.note_main, keep=True, after=S1))
    for strategy in goal.strategies:
        _strategy(writer, strategy)


def _strategy(writer: Writer, strategy: StrategyCard) -> None:
    with writer.hung(strategy.number, level=4, before=S2):
        both = strategy.title and strategy.text
        writer.p(strategy.name or "–", replace(writer.styles.main, font="Serif-B" if both else "Serif", keep=True))
        if both:
            prose.write(writer, strategy.text)
        said = [f"{strategy.priority}."] if strategy.priority else []
        said.append(_("Owner: {owner}.").format(owner=owners(strategy) or _("nobody yet")))
        writer.p(" ".join([*said, *dates(strategy)]), writer.styles.note_main)
    _listed(writer, _("Measures:"), [measure_line(card) for card in strategy.measures])
    lines = []
    for row in strategy.milestones:
        due = _("{text} (due {date})") if row.due else "{text}"
        lines.append(due.format(text=row.text or "–", date=long_date(row.due) if row.due else ""))
    _listed(writer, _("Milestones:"), lines)


def _listed(writer: Writer, head: str, lines: list[str]) -> None:
    if lines:
        look = replace(writer.styles.note_main, after=S1)
        writer.p(head, replace(look, keep=True))
        prose.listed(writer, lines, look)


def measure_line(card: MeasureCard) -> str:
    """A measure in a line: "Grade 3 reading: from 58.5% to 80% by June 1, 2029"."""
    said = card.name or "–"
    if card.target is not None:
        words = _("{name}: to {target}") if card.baseline is None else _("{name}: from {baseline} to {target}")
        baseline, target = amount(card.baseline or 0, card.unit), amount(card.target, card.unit)
        said = words.format(name=said, baseline=baseline, target=target)
    if card.target_on:
        said = _("{measure} by {date}").format(measure=said, date=long_date(card.target_on))
    return said
