"""The outline of a plan: everything in it with its number, its lead-in, its owner and its dates."""

from __future__ import annotations

from dataclasses import replace

from planstudio.domain.cards import GoalCard, ItemCard, MeasureCard, PlanBook, StatementCard, StrategyCard
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date, ngettext
from planstudio.reports import goals, prose, statements
from planstudio.reports.story import Story
from planstudio.reports.style import S1, S2, S3, S4
from planstudio.richtext import plain


def outline(story: Story, book: PlanBook) -> None:
    """The whole tree, a line or two for each element."""
    story.title(book.plan.title or _("Strategic plan"), kicker=_("Plan outline"))
    story.p(_counted(book), story.styles.lead)
    _facts(story, book)
    _heading(story, _("What we stand for"))
    if not book.statements:
        story.quiet(_("This plan has no statements yet."))
    for card in book.statements:
        _statement(story, card)
    _heading(story, book.plan.goals_heading or _("Goals and strategies"))
    _above_goals(story, book)
    if not book.goals:
        story.quiet(_("This plan has no goals yet."))
    for goal in book.goals:
        _goal(story, goal, book.plan.strategies_heading)


def _above_goals(story: Story, book: PlanBook) -> None:
    plan = book.plan
    if plan.goals_question:
        story.p(plan.goals_question, story.styles.note_main)
    if plan.goals_note:
        prose.write(story, plan.goals_note)
    if plan.strategies_question:
        with story.hung(plan.strategies_heading or _("Strategies"), level=3):
            story.p(plan.strategies_question)


def _counted(book: PlanBook) -> str:
    strategies = sum(len(goal.strategies) for goal in book.goals)
    told = [
        ngettext("{n} statement", "{n} statements", len(book.statements)).format(n=len(book.statements)),
        ngettext("{n} goal", "{n} goals", len(book.goals)).format(n=len(book.goals)),
        ngettext("{n} strategy", "{n} strategies", strategies).format(n=strategies),
    ]
    return _("{counts}. As of {date}.").format(
        counts=", ".join(told), date=book.as_of or long_date(book.today)
    )  # fmt: skip


def _facts(story: Story, book: PlanBook) -> None:
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
        with story.hung(label, level=0, before=S1):
            story.p(words)


def _heading(story: Story, words: str) -> None:
    story.gap(S3)
    story.rule()
    story.boxes[-1].keep = True
    story.boxes.append(story.text(words, replace(story.styles.h2, before=0), story.heading_tag(2)))


def _statement(story: Story, card: StatementCard) -> None:
    with story.hung(statements.name(card), level=3):
        if card.question:
            story.p(card.question, replace(story.styles.note_main, keep=True, after=S1))
        if card.lead:
            prose.write(story, card.lead, replace(story.styles.main, font="Serif-I", keep=bool(card.items)))
        if card.body:
            prose.write(story, card.body)
        if not card.lead and not card.body and not card.items:
            story.p(_("No words yet."), story.styles.note_main)
        elif not card.lead and not card.body:
            _items(story, card)
    if card.lead or card.body:
        _items(story, card)
    if card.adopted_on:
        story.p(_("Adopted {date}.").format(date=long_date(card.adopted_on)), story.styles.note_main)


def _items(story: Story, card: StatementCard) -> None:
    prose.numbered(story, [_item(item) for item in card.items]) if card.items else None


def _item(item: ItemCard) -> str:
    """An entry in a line."""
    text = plain(item.text)
    if item.title and text:
        return _("{name}: {text}").format(name=item.title, text=text)
    return item.title or text or "–"


def _goal(story: Story, goal: GoalCard, over_strategies: str) -> None:
    with story.hung(story.setter.name(goals.name(goal), 68), level=3, before=S4):
        title = goals.heading(goal)
        story.p(title, replace(story.styles.lead_main, keep=True))
        if goal.title and goal.statement:
            prose.write(story, goal.statement)
        _quietly(story, _goal_facts(goal))
    _measures(story, goal.measures)
    if not goal.strategies:
        story.p(_("No strategies yet."), story.styles.note_main)
    elif over_strategies:
        story.p(over_strategies, replace(story.styles.note_main, keep=True, after=S1))
    for strategy in goal.strategies:
        _strategy(story, strategy)


def _goal_facts(goal: GoalCard) -> list[str]:
    said = [_("Owner: {owner}.").format(owner=goal.owner or _("nobody yet"))]
    if goal.deadline:
        said.append(_("Due {date}.").format(date=long_date(goal.deadline)))
    return said


def _strategy(story: Story, strategy: StrategyCard) -> None:
    with story.hung(strategy.number, level=4, before=S2):
        name = strategy.name or "–"
        story.p(
            name, replace(story.styles.main, font="Serif-B" if strategy.title and strategy.text else "Serif", keep=True)
        )
        if strategy.title and strategy.text:
            prose.write(story, strategy.text)
        said = [f"{strategy.priority}."] if strategy.priority else []
        owner = ", ".join(part for part in (strategy.owner, strategy.department) if part)
        said.append(_("Owner: {owner}.").format(owner=owner or _("nobody yet")))
        if strategy.start:
            said.append(_("From {date}.").format(date=long_date(strategy.start)))
        if strategy.due:
            said.append(_("Due {date}.").format(date=long_date(strategy.due)))
        _quietly(story, said)
    _measures(story, strategy.measures)
    lines = []
    for row in strategy.milestones:
        due = _("{text} (due {date})") if row.due else "{text}"
        lines.append(due.format(text=row.text or "–", date=long_date(row.due) if row.due else ""))
    if lines:
        story.p(_("Milestones:"), replace(story.styles.note_main, keep=True, after=S1))
        prose.bullets(story, lines, replace(story.styles.note_main, after=S1))


def _quietly(story: Story, said: list[str]) -> None:
    story.p(" ".join(said), story.styles.note_main)


def _measures(story: Story, cards: tuple[MeasureCard, ...]) -> None:
    if cards:
        story.p(_("Measures:"), replace(story.styles.note_main, keep=True, after=S1))
        prose.bullets(story, [measure_line(card) for card in cards], replace(story.styles.note_main, after=S1))


def measure_line(card: MeasureCard) -> str:
    """A measure in a line: "Grade 3 reading: from 58.5% to 80% by June 1, 2029"."""
    said = card.name or "–"
    if card.baseline is not None and card.target is not None:
        said = _("{name}: from {baseline} to {target}").format(
            name=said, baseline=amount(card.baseline, card.unit), target=amount(card.target, card.unit)
        )
    elif card.target is not None:
        said = _("{name}: to {target}").format(name=said, target=amount(card.target, card.unit))
    if card.target_on:
        said = _("{measure} by {date}").format(measure=said, date=long_date(card.target_on))
    return said
