"""Where are we on a goal: all that a board member asks about it, in the order of asking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planstudio.domain.agenda import MeetingCard, MonitoringRow
from planstudio.domain.board_actions import asked, bears_on, decisions
from planstudio.domain.cards import GoalCard, PlanBook, PolicyRef
from planstudio.domain.monitored import entry_for
from planstudio.domain.reviews import review_due
from planstudio.domain.words import word
from planstudio.i18n import _, long_date, ngettext
from planstudio.reports import goals, marks, measures, prose, standings, strategies
from planstudio.reports.goal_names import goal_label, goal_title
from planstudio.reports.motions import motion_cell
from planstudio.reports.style import S2, S3
from planstudio.reports.wording import day, result_words
from planstudio.reports.writer import Writer
from taggedpdf.box import Box

_ACTIONS = 8  # the board's last decisions


def goal_brief(
    writer: Writer, goal: GoalCard, book: PlanBook, meetings: Sequence[MeetingCard], monitoring: Sequence[MonitoringRow]
) -> None:
    """One goal on a page or two."""
    writer.title(_("Where are we on {goal}?").format(goal=goal_label(goal)))
    title = goal_title(goal)
    if title != goal_label(goal):
        writer.p(title, writer.styles.lead)
    if goal.title and goal.statement:
        prose.write(writer, goal.statement, writer.styles.body)
    goals.standing(writer, goal, book.today)
    writer.subtitle(_("Measures"))
    if groups := measures.groups_of(goal):
        measures.table(writer, groups)
    else:
        writer.quiet(_("No measures yet: nothing can be said by figures."))
    writer.subtitle(_("Strategies"))
    if goal.strategies:
        strategies.of_goal(writer, goal, book.today, owner=110, update=92)
    else:
        writer.quiet(_("No strategies yet."))
    _actions(writer, goal, meetings, book.today)
    _policies(writer, goal, book)
    _asked(writer, goal, meetings, monitoring, book.today)


def _actions(writer: Writer, goal: GoalCard, meetings: Sequence[MeetingCard], today: date) -> None:
    writer.subtitle(_("What the board has decided"))
    found = [one for one in decisions(meetings) if bears_on(one.item, goal) and one.decided]
    found = [one for one in found if one.on is None or one.on <= today][::-1]
    if not found:
        writer.quiet(_("No motion on this goal is on record."))
        return
    table = writer.table([80.0, 0.0, 110.0])
    table.set_head(writer.heads(_("Meeting"), _("Motion"), _("Result")))
    for one in found[:_ACTIONS]:
        result = standings.marked(writer, one.motion.result, result_words(one.motion))
        table.add_row([writer.cell(day(one.on)), motion_cell(writer, one), result])
    if (rest := len(found) - _ACTIONS) > 0:
        words = ngettext("{n} earlier decision is not shown.", "{n} earlier decisions are not shown.", rest)
        writer.p(words.format(n=rest), writer.styles.note)


def _policies(writer: Writer, goal: GoalCard, book: PlanBook) -> None:
    writer.subtitle(_("Policies"))
    refs: dict[str, PolicyRef] = {}
    held = [goal.policies, *(s.policies for s in goal.strategies), *(m.policies for m in goal.measures)]
    for ref in (ref for group in held for ref in group):
        refs.setdefault(ref.policy_id, ref)
    if not refs:
        writer.quiet(_("No policy is attached to this goal."))
        return
    known = {policy.id: policy for policy in book.policies}
    table = writer.table([76.0, 0.0, 92.0, 100.0, 92.0])
    table.set_head(writer.heads(_("Code"), _("Policy"), _("Relation"), _("Standing"), _("Next review")))
    for ref in refs.values():
        policy = known.get(ref.policy_id)
        due = review_due(policy) if policy else None
        review: Box = writer.cell(day(due))
        if due is not None and due < book.today:
            review = writer.status(marks.OUTDATED, _("{date}, overdue").format(date=day(due)))
        cells = writer.cells(ref.title or "–", word(ref.relation), word(ref.state))
        table.add_row([writer.cell(ref.code or "–", writer.styles.cell_bold), *cells, review])


def _asked(
    writer: Writer, goal: GoalCard, meetings: Sequence[MeetingCard], monitoring: Sequence[MonitoringRow], today: date
) -> None:
    """Motions that wait for the board, and what the last monitoring report asked for."""
    writer.gap(S3)
    writer.rule(firm=True, keep=True)
    waiting = asked(today, meetings, goal)
    entry = entry_for(monitoring, goal.id, today)
    steps = entry.next_steps if entry else ""
    with writer.hung(_("What is asked of the board")):
        if not waiting and not steps:
            writer.p(_("Nothing is asked of the board at present."))
        for meeting, item in waiting:
            prose.write(writer, item.recommended_motion, writer.styles.lead_main)
            when = long_date(meeting.start.date()) if meeting.start else _("Date not set")
            note = _("{meeting}, {date}, item {number}").format(meeting=meeting.name, date=when, number=item.number)
            writer.p(note, writer.styles.note_main)
        if steps:
            prose.write(writer, steps)
    writer.gap(S2)
