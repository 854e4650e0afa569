"""Pages of the plan and the policy manual behind an item, and behind all items."""

from __future__ import annotations

from functools import partial

from planstudio.domain.agenda import EnclosureCard
from planstudio.domain.cards import GoalCard, PolicyCard
from planstudio.domain.kinds import Enclosed
from planstudio.domain.monitored import entry_for
from planstudio.domain.packets import PacketData
from planstudio.domain.words import word
from planstudio.i18n import _, long_date
from planstudio.reports import goals, measures, policies, statements
from planstudio.reports.document import PageLayout
from planstudio.reports.goal_names import goal_name, labelled
from planstudio.reports.meeting.pages import Pages, Write, section
from planstudio.reports.minutes import minutes
from planstudio.reports.monitoring import monitoring_report
from planstudio.reports.one_page import one_page
from planstudio.reports.policy_redline import policy_changes
from planstudio.reports.writer import Writer


def title(one: EnclosureCard) -> str:
    """What the pages are called: "The goal: Every child a reader"."""
    return f"{word(one.what)}: {one.name}" if one.name else word(one.what)


def enclosed(one: EnclosureCard, data: PacketData) -> Pages:
    """The pages of an enclosure; a sentence where it is no longer there."""
    match one.what:
        case Enclosed.POLICY | Enclosed.POLICY_CHANGES:
            if card := next((policy for policy in data.book.policies if policy.id == one.row_id), None):
                return _policy(one, card, data)
        case Enclosed.GOAL | Enclosed.MONITORING:
            if goal := next((goal for goal in labelled(data.book).goals if goal.id == one.row_id), None):
                return _goal(one, goal, data)
        case Enclosed.PLAN:
            return Pages(data.book, _plan(data))
        case Enclosed.ONE_PAGE:
            return plan_on_one_page(data)
        case Enclosed.SCORECARD:
            return scorecard(data)
    return Pages(one, section(lambda writer: _gone(writer, one)))


def _policy(one: EnclosureCard, card: PolicyCard, data: PacketData) -> Pages:
    if one.what is Enclosed.POLICY:
        return Pages(card, section(partial(policies.policy, card=card, book=data.book)))
    before, since = data.before.get(one.id), long_date(one.since) if one.since else ""
    return Pages((before, card, since), section(partial(policy_changes, before=before, card=card, since=since)))


def _goal(one: EnclosureCard, goal: GoalCard, data: PacketData) -> Pages:
    book = data.book
    if one.what is Enclosed.GOAL:
        return Pages((goal, book.today), section(lambda writer: goals.goal(writer, goal, book, set())))
    row = entry_for(data.monitoring, goal.id, (data.meeting.start or data.printed_at).date())
    return Pages((goal, row, book.today), section(lambda writer: monitoring_report(writer, goal, row, book)))


def minutes_before(data: PacketData) -> Pages:
    """The minutes of the meeting before, which wait for approval."""
    meeting = data.minutes_of
    assert meeting is not None
    return Pages(meeting, section(lambda writer: minutes(writer, meeting, data.book.organization, data.audience)))


def plan_on_one_page(data: PacketData) -> Pages:
    book = labelled(data.book)
    shown = (book.plan, book.statements, book.goals, book.today)
    return Pages(shown, section(lambda writer: one_page(writer, book), wide=True))


def scorecard(data: PacketData) -> Pages:
    book = labelled(data.book)
    return Pages((book.goals, book.today), section(lambda writer: measures.scorecard(writer, book)))


def _plan(data: PacketData) -> Write:
    """The whole plan, section after section, the first under the enclosure's own key."""
    book = labelled(data.book)

    def on(layout: PageLayout, name: str, key: str) -> None:
        keys = iter([key])
        for card in book.statements:
            with layout.section("", statements.name(card), next(keys, f"{key} {card.id}")) as writer:
                statements.statement(writer, card)
        for goal in book.goals:
            with layout.section("", goal_name(goal), next(keys, f"{key} {goal.id}")) as writer:
                goals.goal(writer, goal, book, set())
        with layout.section("", _("Scorecard"), next(keys, f"{key} scorecard")) as writer:
            measures.scorecard(writer, book)

    return on


def _gone(writer: Writer, one: EnclosureCard) -> None:
    writer.title(title(one))
    writer.quiet(_("This is not in the plan any more."))
