"""The pages of a goal: what it is, where it stands, what moves it, who looks after it.

Judged by the owner and computed from the figures stand side by side, and may
disagree.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from planstudio.domain.cards import GoalCard, MeasureCard, PlanBook, PolicyRef, StrategyCard, UpdateCard
from planstudio.domain.kinds import Relation
from planstudio.domain.progress import outdated
from planstudio.domain.texts import name_of
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date, medium_date, ngettext, pgettext
from planstudio.reports import marks, measures, prose, standings, strategy_rows
from planstudio.reports.charts import trend
from planstudio.reports.figures import series, trend_text, unit_words
from planstudio.reports.story import Story
from planstudio.reports.style import S3
from planstudio.reports.tagged.box import Box

_CHART = 116.0
_UPDATES = 3  # of a goal; of a strategy the newest

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_DIGITS = 2  # longer numbers are years
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def name(goal: GoalCard) -> str:
    """Goal 1, or what the district calls it."""
    return goal.label or _("{kind} {number}").format(kind=word(goal.kind), number=goal.number)


def labelled(book: PlanBook) -> PlanBook:
    """*book*, its goals without their own labels when one of these counts otherwise than the plan does.

    A goal that was moved still says "GOAL 1" as in the source. Were that
    printed, it would stand beside "Goal 4" and "Strategy 4.1", so places count.
    """
    if all(counted(goal.label) in (None, int(goal.number)) for goal in book.goals if goal.number.isdecimal()):
        return book
    return replace(book, goals=tuple(replace(goal, label="") for goal in book.goals))


def counted(label: str) -> int | None:
    """The place that a label claims: 3 for "Goal Three", "GOAL 3", "Goal III: Safety"; a year is no place."""
    for token in _TOKEN.findall(label):
        if token.isdecimal() and len(token) <= _DIGITS:
            return int(token)
        if token.casefold() in _NUMBERS:
            return _NUMBERS.index(token.casefold()) + 1
        if token in _ROMANS:
            return _ROMANS.index(token) + 1
    return None


def heading(goal: GoalCard) -> str:
    """What stands as the page's title."""
    return name_of(goal.title, goal.statement) or name(goal)


def introduction(story: Story, book: PlanBook) -> None:
    """What stands above all goals: the district's own heading and question, and what is said of them together."""
    plan = book.plan
    story.title(plan.goals_heading or _("Goals"), kicker=plan.goals_question)
    if not book.goals:
        story.quiet(_("This plan has no goals yet."))
    if plan.goals_note:
        prose.write(story, plan.goals_note, story.styles.lead)
    if plan.strategies_question:
        with story.hung(plan.strategies_heading or _("Strategies")):
            story.p(plan.strategies_question)


def goal(story: Story, card: GoalCard, book: PlanBook, printed: set[str]) -> None:
    """One goal. *printed* are the ids of the policies whose text this file holds: they are linked."""
    title = heading(card)
    story.title(title, kicker=name(card) if name(card) != title else "")
    if card.title and card.statement:
        prose.write(story, card.statement, story.styles.lead)
    standing(story, card, book.today)
    _terms(story, card)
    _figures(story, card)
    _strategies(story, card, book)
    _updates(story, card)
    for strategy in card.strategies:
        _strategy(story, strategy)
    _policies(story, card, printed)


def standing(story: Story, card: GoalCard, today: date) -> None:
    """Who looks after it, how it stands by judgment and by the figures, and since when."""
    quarter = story.grid.text / 4
    table = story.table([quarter] * 4, row_heads=False, ruled=False)
    table.set_head(story.heads(_("Owner"), _("Judged by the owner"), _("By the data rule"), _("Last update")))
    table.add_row([
        story.cell(card.owner or _("nobody yet")),
        standings.status_cell(story, card, today),
        story.status(marks.VERDICT[card.verdict], word(card.verdict)),
        _age(story, card, today),
    ])  # fmt: skip


def _age(story: Story, card: GoalCard, today: date) -> Box:
    """When the status was last said, and how old that is; an old one is not shown as if it were fresh."""
    on = card.updated_on
    if on is None:
        return story.cell(_("never"))
    days = (today - on).days
    age = ngettext("{days} day old", "{days} days old", days).format(days=days) if days > 0 else _("today")
    words = f"{long_date(on)}; {age}"
    return story.status(marks.OUTDATED, words) if outdated(card, today) else story.cell(words)


def _terms(story: Story, card: GoalCard) -> None:
    """The parts of a measurable goal, as far as they are written down."""
    terms = [
        (_("For whom"), card.population), (_("Measured by"), card.measured_by), (_("Baseline"), card.baseline),
        (_("Target"), card.target), (_("Deadline"), long_date(card.deadline) if card.deadline else ""),
    ]  # fmt: skip
    for label, words in terms:
        if words:
            with story.hung(label, before=4):
                story.p(words)


def _figures(story: Story, card: GoalCard) -> None:
    groups = measures.groups_of(card)
    if not groups:
        story.quiet(_("No measures yet."))
        return
    shown = next((m for group in groups for m in group.measures if len(series(m).points) > 1), None)
    if shown:
        _chart(story, shown)
    measures.table(story, groups)


def _chart(story: Story, measure: MeasureCard) -> None:
    unit = unit_words(measure.unit)
    story.subtitle(f"{measure.name}, {unit}" if unit else measure.name)
    story.figure(trend(measure, story.grid.text, _CHART), trend_text(measure), after=S3)


def _strategies(story: Story, card: GoalCard, book: PlanBook) -> None:
    today = book.today
    if not card.strategies:
        story.quiet(_("No strategies yet."))
        return
    if book.plan.strategies_heading:
        story.subtitle(book.plan.strategies_heading)
    table = story.table([0.0, 96.0, 98.0, 40.0, 88.0])
    table.set_head(story.heads(_("Strategy"), _("Owner"), _("Status"), _("Done"), _("Last update"), numbers=[3]))
    for strategy in card.strategies:
        owner = ", ".join(part for part in (strategy.owner, strategy.department) if part)
        table.add_row([
            strategy_rows.named(story, strategy),
            story.cell(owner or "–"),
            standings.status_cell(story, strategy, today),
            story.cell(amount(strategy.percent, "%"), story.styles.number),
            _updated(story, strategy, today),
        ])  # fmt: skip


def _updated(story: Story, card: StrategyCard, today: date) -> Box:
    on = card.updated_on
    if on is None:
        return story.cell("–")
    return story.status(marks.OUTDATED, medium_date(on)) if outdated(card, today) else story.cell(medium_date(on))


def _strategy(story: Story, strategy: StrategyCard) -> None:
    """What there is to a strategy besides its line in the table."""
    label = _("Strategy {number}").format(number=strategy.number)
    dates = _dates(strategy)
    if strategy.title and strategy.text:
        with story.whole(), story.hung(label):
            prose.write(story, strategy.text)
            if dates:
                story.p(dates, story.styles.note_main)
                story.boxes[-1].joined = True
        label = ""
    elif dates:
        with story.hung(label):
            story.p(dates)
        label = ""
    _milestones(story, strategy, label)
    if strategy.updates:
        newest = strategy.updates[0]
        heading = _("{number}: {date}").format(number=strategy.number, date=medium_date(newest.on))
        with story.whole(story.grid.column), story.hung(heading, level=3 if not label else 2):
            _update(story, newest)


def _dates(strategy: StrategyCard) -> str:
    said = []
    if strategy.start:
        said.append(_("From {date}.").format(date=long_date(strategy.start)))
    if strategy.due:
        said.append(_("Due {date}.").format(date=long_date(strategy.due)))
    return " ".join(said)


def _milestones(story: Story, strategy: StrategyCard, label: str) -> None:
    if not strategy.milestones:
        return
    with story.hung(label or _("Milestones"), level=3 if not label else 2):
        table = story.table([0.0, 92.0, 92.0], left=story.grid.side)
        table.set_head(story.heads(_("Milestone"), _("Due"), _("Done")))
        for row in strategy.milestones:
            table.add_row([
                story.cell(row.text or "–"),
                story.cell(medium_date(row.due) if row.due else "–"),
                story.cell(medium_date(row.done_on) if row.done_on else "–"),
            ])  # fmt: skip


def _updates(story: Story, card: GoalCard) -> None:
    for update in card.updates[:_UPDATES]:
        with story.whole(story.grid.column), story.hung(long_date(update.on)):
            _update(story, update)


def _update(story: Story, update: UpdateCard) -> None:
    said = [word(update.status)]
    if update.percent is not None:
        said.append(_("{percent} percent done").format(percent=update.percent))
    if update.author:
        said.append(update.author)
    story.p(", ".join(said) + ".", replace(story.styles.note_main, keep=bool(update.done or update.next)))
    if update.done:
        prose.write(story, update.done)
    if update.next:
        look = replace(story.styles.main, font="Serif-B")
        start = len(story.boxes)
        prose.write(story, update.next, after=story.setter.plain(_("Next: "), look))
        story.boxes[start].joined = True


def _policies(story: Story, card: GoalCard, printed: set[str]) -> None:
    rows: dict[tuple[str, Relation, str], tuple[PolicyRef, list[str]]] = {}
    held = [(name(card), card.policies), *((s.number, s.policies) for s in card.strategies)]
    held += [(m.name, m.policies) for m in card.measures]
    held += [(m.name, m.policies) for strategy in card.strategies for m in strategy.measures]
    for place, refs in held:
        for ref in refs:
            rows.setdefault((ref.policy_id, ref.relation, ref.note), (ref, []))[1].append(place)
    if not rows:
        return
    story.subtitle(_("Policies"))
    table = story.table([76.0, 0.0, 92.0, 84.0, 92.0])
    table.set_head(
        story.heads(_("Code"), _("Policy"), _("Relation"), pgettext("what a policy is attached to", "To"), _("Adopted"))
    )
    for ref, places in rows.values():
        table.add_row(_policy_cells(story, ref, printed, ", ".join(places)))


def _policy_cells(story: Story, ref: PolicyRef, printed: set[str], place: str) -> list[Box | list[Box]]:
    """An attached policy as a table's row: code, title and note, relation, to what, when adopted."""
    code = (
        story.setter.link(ref.code, f"#{ref.policy_id}", story.styles.cell_bold)
        if ref.policy_id in printed
        else ref.code
    )
    title: list[Box] = [story.cell(ref.title or "–")]
    if ref.note:
        title.append(story.cell(ref.note, story.styles.cell_quiet))
    return [
        story.cell(code, story.styles.cell_bold),
        title,
        story.cell(word(ref.relation)),
        story.cell(place),
        story.cell(medium_date(ref.adopted) if ref.adopted else word(ref.state)),
    ]
