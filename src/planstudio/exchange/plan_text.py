"""A whole plan as lines of text, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from planstudio.domain.cards import GoalCard, MeasureCard, PlanBook, PlanCard, PolicyRef, StatementCard
from planstudio.domain.words import word
from planstudio.i18n import _, amount, medium_date
from planstudio.richtext import plain


def book_lines(book: PlanBook) -> Iterator[str]:
    """What `show` prints: every text, with statuses, figures and attached policies."""
    yield book.organization.name or _("District without a name")
    yield from filter(None, (book.plan.title, book.plan.slogan, book.as_of and _("As of {day}").format(day=book.as_of)))
    for statement in book.statements:
        yield from _statement(statement)
    yield from _above_goals(book.plan)
    for goal in book.goals:
        yield from _goal(goal, book.plan.strategies_heading)
    if book.policies:
        yield from ("", _("Policies"))
        yield from (f"  {policy.code}  {policy.title}" for policy in book.policies)


def _statement(statement: StatementCard) -> Iterator[str]:
    yield ""
    yield statement.heading or word(statement.kind)
    for text in (statement.question, statement.lead, statement.body):
        yield from _wrapped(plain(text), "  ")
    for item in statement.items:
        head = f"{item.title}: " if item.title and item.text else item.title
        yield from _wrapped(head + " ".join((plain(item.text), plain(item.evidence))).strip(), "  - ")
    yield from _policies(statement.policies, "  ")


def _above_goals(plan: PlanCard) -> Iterator[str]:
    """The district's own words over its goals and their strategies."""
    if plan.introduces:
        yield ""
        yield plan.goals_heading or _("Goals")
    for text in (plan.goals_question, plan.goals_note, plan.strategies_question):
        yield from _wrapped(plain(text), "  ")


def _goal(goal: GoalCard, over_strategies: str) -> Iterator[str]:
    yield ""
    yield f"{goal.label or goal.number}  {goal.title}  [{word(goal.status)}]".strip()
    yield from _wrapped(plain(goal.statement), "  ")
    yield from _measures(goal.measures, "  ")
    if goal.strategies:
        yield from _wrapped(over_strategies, "  ")
    for one in goal.strategies:
        yield from _wrapped(f"{one.number}  {' '.join(filter(None, (one.title, plain(one.text))))}", "  ")
        facts = (word(one.status), f"{one.percent}%", one.priority, one.owner, medium_date(one.due) if one.due else "")
        yield "       " + " · ".join(filter(None, facts))
        yield from _measures(one.measures, "       ")
        yield from _policies(one.policies, "       ")
    yield from _policies(goal.policies, "  ")


def _measures(measures: tuple[MeasureCard, ...], indent: str) -> Iterator[str]:
    for measure in measures:
        newest, target, unit = measure.newest, measure.target, measure.unit
        now = amount(newest.value, unit) if newest else _("no figure")
        aim = _("target {value}").format(value=amount(target, unit)) if target is not None else ""
        yield f"{indent}◦ {measure.name}: " + ", ".join(filter(None, (now, aim, word(measure.verdict))))


def _policies(refs: tuple[PolicyRef, ...], indent: str) -> Iterator[str]:
    for ref in refs:
        yield f"{indent}§ {ref.code} {ref.title} ({word(ref.relation)})"


def _wrapped(text: str, indent: str) -> Iterator[str]:
    yield from wrap(text, 100, initial_indent=indent, subsequent_indent=" " * len(indent))
