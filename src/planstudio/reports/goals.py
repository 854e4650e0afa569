"""The pages of a goal: what it is, where it stands, what moves it, who looks after it.

Judged by the owner and computed from the figures stand side by side, and may
disagree.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planstudio.domain.cards import GoalCard, PlanBook, PolicyRef, StrategyCard, UpdateCard
from planstudio.domain.kinds import Relation
from planstudio.domain.progress import outdated
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date, medium_date, pgettext
from planstudio.reports import marks, measures, prose, standings, strategies
from planstudio.reports.charts import trend
from planstudio.reports.figures import charted, in_unit, trend_text
from planstudio.reports.goal_names import goal_label, goal_title
from planstudio.reports.style import S3
from planstudio.reports.wording import age, dates, day, owners
from planstudio.reports.writer import Writer
from taggedpdf.box import Box

CHART = 116.0  # the height of a chart
_UPDATES = 3  # of a goal; of a strategy the newest


def introduction(writer: Writer, book: PlanBook) -> None:
    """What stands above all goals: the district's own heading and question, and what is said of them together."""
    plan = book.plan
    writer.title(plan.goals_heading or _("Goals"), kicker=plan.goals_question)
    if not book.goals:
        writer.quiet(_("This plan has no goals yet."))
    if plan.goals_note:
        prose.write(writer, plan.goals_note, writer.styles.lead)
    if plan.strategies_question:
        writer.hang(plan.strategies_heading or _("Strategies"), plan.strategies_question)


def goal(writer: Writer, card: GoalCard, book: PlanBook, printed: set[str]) -> None:
    """One goal. *printed* are the ids of the policies whose text this file holds: they are linked."""
    title = goal_title(card)
    writer.title(title, kicker=goal_label(card) if goal_label(card) != title else "")
    if card.title and card.statement:
        prose.write(writer, card.statement, writer.styles.lead)
    standing(writer, card, book.today)
    _terms(writer, card)
    _figures(writer, card)
    _strategies(writer, card, book)
    for update in card.updates[:_UPDATES]:
        with writer.whole(writer.grid.column), writer.hung(long_date(update.on)):
            _update(writer, update)
    for strategy in card.strategies:
        _strategy(writer, strategy)
    _policies(writer, card, printed)


def standing(writer: Writer, card: GoalCard, today: date) -> None:
    """Who looks after it, how it stands by judgment and by the figures, and since when."""
    quarter = writer.grid.text / 4
    table = writer.table([quarter] * 4, row_heads=False, ruled=False)
    table.set_head(writer.heads(_("Owner"), _("Judged by the owner"), _("By the data rule"), _("Last update")))
    judged, found = standings.status_cell(writer, card, today), marks.VERDICT[card.verdict]
    on = card.updated_on
    last = _updated(writer, card, today, f"{long_date(on)}; {age(on, today)}" if on else _("never"))
    table.add_row([writer.cell(card.owner or _("nobody yet")), judged, writer.status(found, word(card.verdict)), last])


def _updated(writer: Writer, card: standings.Judged, today: date, words: str) -> Box:
    """*words* about the last update; an old one is not shown as if it were fresh."""
    old = card.updated_on is not None and outdated(card, today)
    return writer.status(marks.OUTDATED, words) if old else writer.cell(words)


def _terms(writer: Writer, card: GoalCard) -> None:
    """The parts of a measurable goal, as far as they are written down."""
    terms = [
        (_("For whom"), card.population), (_("Measured by"), card.measured_by), (_("Baseline"), card.baseline),
        (_("Target"), card.target), (_("Deadline"), long_date(card.deadline) if card.deadline else ""),
    ]  # fmt: skip
    for label, words in terms:
        if words:
            writer.hang(label, words, before=4)


def _figures(writer: Writer, card: GoalCard) -> None:
    groups = measures.groups_of(card)
    if not groups:
        writer.quiet(_("No measures yet."))
        return
    if shown := charted(measure for group in groups for measure in group.measures):
        writer.subtitle(in_unit(shown))
        writer.figure(trend(shown, writer.grid.text, CHART), trend_text(shown), after=S3)
    measures.table(writer, groups)


def _strategies(writer: Writer, card: GoalCard, book: PlanBook) -> None:
    today = book.today
    if not card.strategies:
        writer.quiet(_("No strategies yet."))
        return
    if book.plan.strategies_heading:
        writer.subtitle(book.plan.strategies_heading)
    table = writer.table([0.0, 96.0, 98.0, 40.0, 88.0])
    table.set_head(writer.heads(_("Strategy"), _("Owner"), _("Status"), _("Done"), _("Last update"), numbers=[3]))
    for strategy in card.strategies:
        owner, status = writer.cell(owners(strategy) or "–"), standings.status_cell(writer, strategy, today)
        done = writer.cell(amount(strategy.percent, "%"), writer.styles.number)
        last = _updated(writer, strategy, today, day(strategy.updated_on))
        table.add_row([strategies.named(writer, strategy), owner, status, done, last])


def _strategy(writer: Writer, strategy: StrategyCard) -> None:
    """What there is to a strategy besides its line in the table."""
    label = _("Strategy {number}").format(number=strategy.number)
    when, told = " ".join(dates(strategy)), strategy.title and strategy.text
    if told:
        with writer.whole(), writer.hung(label):
            prose.write(writer, strategy.text)
            if when:
                writer.p(when, writer.styles.note_main)
                writer.boxes[-1].joined = True
    elif when:
        writer.hang(label, when)
    label = "" if told or when else label  # it has been said
    _milestones(writer, strategy, label)
    if strategy.updates:
        newest = strategy.updates[0]
        heading = _("{number}: {date}").format(number=strategy.number, date=medium_date(newest.on))
        with writer.whole(writer.grid.column), writer.hung(heading, level=3 if not label else 2):
            _update(writer, newest)


def _milestones(writer: Writer, strategy: StrategyCard, label: str) -> None:
    if not strategy.milestones:
        return
    with writer.hung(label or _("Milestones"), level=3 if not label else 2):
        table = writer.table([0.0, 92.0, 92.0], left=writer.grid.side)
        table.set_head(writer.heads(_("Milestone"), _("Due"), _("Done")))
        for row in strategy.milestones:
            table.add_row(writer.cells(row.text or "–", day(row.due), day(row.done_on)))


def _update(writer: Writer, update: UpdateCard) -> None:
    said = [word(update.status)]
    if update.percent is not None:
        said.append(_("{percent} percent done").format(percent=update.percent))
    if update.author:
        said.append(update.author)
    writer.p(", ".join(said) + ".", replace(writer.styles.note_main, keep=bool(update.done or update.next)))
    if update.done:
        prose.write(writer, update.done)
    if update.next:
        look = replace(writer.styles.main, font="Serif-B")
        start = len(writer.boxes)
        prose.write(writer, update.next, after=writer.setter.plain(_("Next: "), look))
        writer.boxes[start].joined = True


def _policies(writer: Writer, card: GoalCard, printed: set[str]) -> None:
    rows: dict[tuple[str, Relation, str], tuple[PolicyRef, list[str]]] = {}
    held = [(goal_label(card), card.policies), *((s.number, s.policies) for s in card.strategies)]
    held += [(m.name, m.policies) for m in card.measures]
    held += [(m.name, m.policies) for strategy in card.strategies for m in strategy.measures]
    for place, refs in held:
        for ref in refs:
            rows.setdefault((ref.policy_id, ref.relation, ref.note), (ref, []))[1].append(place)
    if not rows:
        return
    writer.subtitle(_("Policies"))
    table = writer.table([76.0, 0.0, 92.0, 84.0, 92.0])
    to = pgettext("what a policy is attached to", "To")
    table.set_head(writer.heads(_("Code"), _("Policy"), _("Relation"), to, _("Adopted")))
    bold, quiet = writer.styles.cell_bold, writer.styles.cell_quiet
    for ref, places in rows.values():
        linked = writer.setter.link(ref.code, f"#{ref.policy_id}", bold) if ref.policy_id in printed else ref.code
        title = [writer.cell(ref.title or "–"), *([writer.cell(ref.note, quiet)] if ref.note else [])]
        adopted = day(ref.adopted) if ref.adopted else word(ref.state)
        table.add_row([writer.cell(linked, bold), title, *writer.cells(word(ref.relation), ", ".join(places), adopted)])
