"""Where are we on a goal: all that a board member asks about it, in the order of asking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planstudio.domain.agenda import MeetingCard, MonitoringRow
from planstudio.domain.board_actions import Decision, asked, bears_on, decisions
from planstudio.domain.cards import GoalCard, PlanBook, PolicyRef
from planstudio.domain.monitored import entry_for
from planstudio.domain.reviews import review_due
from planstudio.domain.words import word
from planstudio.i18n import _, long_date, medium_date, ngettext
from planstudio.reports import goals, marks, measures, prose, standings, strategy_rows
from planstudio.reports.story import Story
from planstudio.reports.style import S2, S3
from planstudio.reports.tagged.box import Box
from planstudio.reports.wording import result_words

_ACTIONS = 8  # the board's last decisions


def goal_brief(
    story: Story, goal: GoalCard, book: PlanBook, meetings: Sequence[MeetingCard], monitoring: Sequence[MonitoringRow]
) -> None:
    """One goal on a page or two."""
    story.title(_("Where are we on {goal}?").format(goal=goals.name(goal)))
    title = goals.heading(goal)
    if title != goals.name(goal):
        story.p(title, story.styles.lead)
    if goal.title and goal.statement:
        prose.write(story, goal.statement, story.styles.body)
    goals.standing(story, goal, book.today)
    _chart_and_measures(story, goal)
    _strategies(story, goal, book.today)
    _actions(story, goal, meetings, book.today)
    _policies(story, goal, book)
    _asked(story, goal, meetings, monitoring, book.today)


def _chart_and_measures(story: Story, goal: GoalCard) -> None:
    story.subtitle(_("Measures"))
    groups = measures.groups_of(goal)
    if groups:
        measures.table(story, groups)
    else:
        story.quiet(_("No measures yet: nothing can be said by figures."))


def _strategies(story: Story, goal: GoalCard, today: date) -> None:
    story.subtitle(_("Strategies"))
    if not goal.strategies:
        story.quiet(_("No strategies yet."))
        return
    table = story.table([0.0, 110.0, 100.0, 92.0])
    table.set_head(story.heads(_("Strategy"), _("Owner"), _("Status"), _("Last update")))
    for strategy in goal.strategies:
        table.add_row([
            strategy_rows.named(story, strategy),
            story.cell(strategy.owner or strategy.department or _("nobody yet")),
            standings.status_cell(story, strategy, today),
            standings.update_cell(story, strategy.updated_on, today),
        ])  # fmt: skip


def _actions(story: Story, goal: GoalCard, meetings: Sequence[MeetingCard], today: date) -> None:
    story.subtitle(_("What the board has decided"))
    found = [one for one in decisions(meetings) if bears_on(one.item, goal) and one.decided]
    found = [one for one in found if one.on is None or one.on <= today][::-1]
    if not found:
        story.quiet(_("No motion on this goal is on record."))
        return
    table = story.table([80.0, 0.0, 110.0])
    table.set_head(story.heads(_("Meeting"), _("Motion"), _("Result")))
    for one in found[:_ACTIONS]:
        result = standings.marked(story, one.motion.result, result_words(one.motion))
        table.add_row([story.cell(medium_date(one.on) if one.on else "–"), motion_cell(story, one), result])
    rest = len(found) - _ACTIONS
    if rest > 0:
        words = ngettext("{n} earlier decision is not shown.", "{n} earlier decisions are not shown.", rest)
        story.p(words.format(n=rest), story.styles.note)


def motion_cell(story: Story, one: Decision, *, numbered: bool = True) -> list[Box]:
    """A motion with the item it belongs to."""
    boxes: list[Box] = [*prose.cell_runs(story, one.motion.text, story.styles.cell)]
    if not boxes:
        boxes.append(story.cell(_("Motion without words")))
    words = f"{one.item.number}  {one.item.title}".strip() if numbered else one.item.title
    if words:
        boxes.append(story.cell(words, story.styles.cell_quiet))
    return boxes


def _policies(story: Story, goal: GoalCard, book: PlanBook) -> None:
    story.subtitle(_("Policies"))
    refs: dict[str, PolicyRef] = {}
    held = [goal.policies, *(s.policies for s in goal.strategies), *(m.policies for m in goal.measures)]
    for ref in (ref for group in held for ref in group):
        refs.setdefault(ref.policy_id, ref)
    if not refs:
        story.quiet(_("No policy is attached to this goal."))
        return
    known = {policy.id: policy for policy in book.policies}
    table = story.table([76.0, 0.0, 92.0, 100.0, 92.0])
    table.set_head(story.heads(_("Code"), _("Policy"), _("Relation"), _("Standing"), _("Next review")))
    for ref in refs.values():
        policy = known.get(ref.policy_id)
        due = review_due(policy) if policy else None
        late = due is not None and due < book.today
        day = medium_date(due) if due else "–"
        table.add_row([
            story.cell(ref.code or "–", story.styles.cell_bold),
            story.cell(ref.title or "–"),
            story.cell(word(ref.relation)),
            story.cell(word(ref.state)),
            story.status(marks.OUTDATED, _("{date}, overdue").format(date=day)) if late else story.cell(day),
        ])  # fmt: skip


def _asked(
    story: Story, goal: GoalCard, meetings: Sequence[MeetingCard], monitoring: Sequence[MonitoringRow], today: date
) -> None:
    """Motions that wait for the board, and what the last monitoring report asked for."""
    story.gap(S3)
    story.rule(firm=True)
    story.boxes[-1].keep = True
    waiting = asked(today, meetings, goal)
    entry = entry_for(monitoring, goal.id, today)
    steps = entry.next_steps if entry else ""
    with story.hung(_("What is asked of the board")):
        if not waiting and not steps:
            story.p(_("Nothing is asked of the board at present."))
        for meeting, item in waiting:
            prose.write(story, item.recommended_motion, story.styles.lead_main)
            when = long_date(meeting.start.date()) if meeting.start else _("Date not set")
            note = _("{meeting}, {date}, item {number}").format(meeting=meeting.name, date=when, number=item.number)
            story.p(note, story.styles.note_main)
        if steps:
            prose.write(story, steps)
    story.gap(S2)
