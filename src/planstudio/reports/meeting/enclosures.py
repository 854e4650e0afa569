"""Pages of the plan and the policy manual behind an item, and behind all items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from planstudio.domain.agenda import EnclosureCard
from planstudio.domain.kinds import Enclosed
from planstudio.domain.monitored import entry_for
from planstudio.domain.packets import PacketData
from planstudio.domain.words import word
from planstudio.i18n import _, long_date
from planstudio.reports import goals, measures, policies
from planstudio.reports.book import goal_name
from planstudio.reports.press import Sheets
from planstudio.reports.story import Story

Write = Callable[[Sheets, str, str], None]


def title(one: EnclosureCard) -> str:
    """What the pages are called: "The goal: Every child a reader"."""
    return f"{word(one.what)}: {one.name}" if one.name else word(one.what)


def writer(one: EnclosureCard, data: PacketData) -> tuple[object, Write]:
    """What the enclosure shows, and how it is written; a sentence where it is no longer there."""
    book = data.book
    match one.what:
        case Enclosed.POLICY:
            for card in (policy for policy in book.policies if policy.id == one.row_id):
                return card, _pages(partial(policies.policy, card=card, book=book))
        case Enclosed.POLICY_CHANGES:
            for card in (policy for policy in book.policies if policy.id == one.row_id):
                from planstudio.reports.redline import policy_changes

                before = data.before.get(one.id)
                since = long_date(one.since) if one.since else ""
                return (before, card, since), _pages(partial(policy_changes, before=before, card=card, since=since))
        case Enclosed.GOAL | Enclosed.MONITORING:
            goal = next((goal for goal in goals.labelled(book).goals if goal.id == one.row_id), None)
            if goal and one.what is Enclosed.GOAL:
                return (goal, book.today), _pages(lambda story: goals.goal(story, goal, book, set()))
            if goal:
                from planstudio.reports.monitoring import monitoring_report

                row = entry_for(data.monitoring, goal.id, _day(data))
                return (goal, row, book.today), _pages(lambda story: monitoring_report(story, goal, row, book))
        case Enclosed.PLAN:
            return book, _plan(data)
        case Enclosed.ONE_PAGE | Enclosed.SCORECARD:
            return appendix("one page" if one.what is Enclosed.ONE_PAGE else "scorecard", data)
    return one, _pages(lambda story: _gone(story, one))


def _day(data: PacketData) -> date:
    return (data.meeting.start or data.printed_at).date()


def appendix(name: str, data: PacketData) -> tuple[object, Write]:
    """What stands behind all items: the plan on one page, the scorecard, the minutes of the meeting before."""
    book = goals.labelled(data.book)
    if name == "minutes" and data.minutes_of is not None:
        from planstudio.reports.minutes import minutes

        meeting = data.minutes_of
        return meeting, _pages(lambda story: minutes(story, meeting, book.organization, data.audience))
    if name == "one page":
        from planstudio.reports.one_page import one_page

        return (book.plan, book.statements, book.goals, book.today), _pages(
            lambda story: one_page(story, book), wide=True
        )
    return (book.goals, book.today), _pages(lambda story: measures.scorecard(story, book))


def _pages(write: Callable[[Story], None], *, wide: bool = False) -> Write:
    def on(sheets: Sheets, name: str, key: str) -> None:
        with sheets.section("", name, key, wide=wide) as story:
            write(story)

    return on


def _plan(data: PacketData) -> Write:
    """The whole plan, section after section, the first under the enclosure's own key."""
    from planstudio.reports import statements

    book = goals.labelled(data.book)

    def on(sheets: Sheets, name: str, key: str) -> None:
        keys = iter([key])
        for card in book.statements:
            with sheets.section("", statements.name(card), next(keys, f"{key} {card.id}")) as story:
                statements.statement(story, card)
        for goal in book.goals:
            with sheets.section("", goal_name(goal), next(keys, f"{key} {goal.id}")) as story:
                goals.goal(story, goal, book, set())
        with sheets.section("", _("Scorecard"), next(keys, f"{key} scorecard")) as story:
            measures.scorecard(story, book)

    return on


def _gone(story: Story, one: EnclosureCard) -> None:
    story.title(title(one))
    story.quiet(_("This is not in the plan any more."))
