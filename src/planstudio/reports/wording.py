"""How reports say things: words for standings, votes and changes, for paper and spreadsheet alike. No ReportLab."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from enum import StrEnum

from planstudio.domain.agenda import MeetingCard, MotionCard
from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.gaps import Gap
from planstudio.domain.kinds import Choice, MotionResult
from planstudio.domain.monitored import Cell, Met
from planstudio.domain.plan_changes import ElementChange
from planstudio.domain.progress import stale
from planstudio.domain.reviews import Due
from planstudio.domain.words import table_word, word
from planstudio.i18n import N_, _, clock_time, day_and_time, medium_date, ngettext, stopped

_WORDS: dict[StrEnum, str] = {
    Cell.DONE: N_("Done"),
    Cell.NOW: N_("This month"),
    Cell.PLANNED: N_("Planned"),
    Cell.MISSED: N_("Missed"),
    Met.MET: N_("Met"),
    Met.NOT_YET: N_("Not yet"),
    Met.NOT_MET: N_("Not met"),
    Met.UNKNOWN: N_("No data"),
    Met.UNCLEAR: N_("Cannot be judged"),
    Due.OVERDUE: N_("Overdue"),
    Due.SOON: N_("Due within a year"),
    Due.LATER: N_("Later"),
    Due.UNKNOWN: N_("No day known"),
    Gap.NO_OWNER: N_("Nobody looks after it"),
    Gap.NO_BASELINE: N_("Measures without a baseline"),
    Gap.NO_TARGET: N_("Measures without a target"),
    Gap.NO_FIGURES: N_("Measures without a figure"),
    Gap.NEVER_UPDATED: N_("Never updated"),
    Gap.OUTDATED: N_("Last update more than four months old"),
    Gap.NO_MEASURES: N_("Goals without measures"),
    Gap.NO_POLICIES: N_("Goals without policies"),
    Gap.NO_STRATEGIES: N_("Goals without strategies"),
    Gap.NOT_ON_AGENDA: N_("Strategies on no agenda in twelve months"),
    Gap.DOUBTFUL: N_("Hardly holds together"),
    Gap.ALIKE: N_("Nearly the same words twice"),
    Gap.EMPTY: N_("Statements and entries without words"),
}


def said(standing: StrEnum) -> str:
    """What people call *standing*."""
    return _(_WORDS[standing]) if standing in _WORDS else word(standing)


def status_word(card: GoalCard | StrategyCard, today: date) -> str:
    """A judged status in a word; "Outdated" when it is too old to be believed."""
    return _("Outdated") if stale(card, today) else word(card.status)


def age(on: date | None, today: date) -> str:
    """How old an update is: "9 days old"."""
    if on is None:
        return _("never updated")
    days = (today - on).days
    return ngettext("{days} day old", "{days} days old", days).format(days=days) if days > 0 else _("today")


# ── meetings and motions


def clock(text: str) -> str:
    """ "18:30" as people say it: 6:30 PM."""
    return clock_time(datetime.combine(date(2000, 1, 1), time.fromisoformat(text)))


def name_and_day(meeting: MeetingCard) -> str:
    """Regular meeting, Dec 9, 2026."""
    return ", ".join(part for part in (meeting.name, medium_date(meeting.start) if meeting.start else "") if part)


def when_and_where(meeting: MeetingCard) -> str:
    when = day_and_time(meeting.start) if meeting.start else _("Date not set")
    return f"{stopped(when)} {meeting.place}".rstrip()


def motion_lines(motion: MotionCard, *, together: bool = False) -> list[str]:
    """Who moved and seconded, *together* on one line or not, and who voted how."""
    lines = moved_lines(motion) or [_("Who moved it is not on record.")]
    lines = [" ".join(lines)] if together else lines
    lines += [f"{label}: {', '.join(people)}." for label, people in votes_by_choice(motion)]
    if not motion.votes:
        lines.append(_("No vote by name is on record."))
    return lines


def moved_lines(motion: MotionCard) -> list[str]:
    lines = []
    if motion.mover:
        lines.append(_("Moved by {person}.").format(person=motion.mover))
    if motion.seconder:
        lines.append(_("Seconded by {person}.").format(person=motion.seconder))
    return lines


def votes_by_choice(motion: MotionCard) -> Iterable[tuple[str, Sequence[str]]]:
    """The names of those who voted alike, in the order yes, no, abstained, absent, recused."""
    for choice in Choice:
        people = [vote.person for vote in motion.votes if vote.choice is choice]
        if people:
            yield word(choice), people


def result_words(motion: MotionCard) -> str:
    """ "Carried, 4 to 1"."""
    if not motion.votes or motion.result not in (MotionResult.PASSED, MotionResult.FAILED):
        return word(motion.result)
    return _("{result}, {yes} to {no}").format(
        result=word(motion.result), yes=motion.count(Choice.YES), no=motion.count(Choice.NO)
    )


# ── changes


def change_words(change: ElementChange) -> str:
    """What happened to an element: "Added", "Moved and changed"."""
    if change.added:
        return _("Added")
    if change.deleted:
        return _("Deleted")
    if change.moved and change.changed:
        return _("Moved and changed")
    return _("Moved") if change.moved else _("Changed")


def place_words(change: ElementChange) -> str:
    """From where to where an element was moved; "" where it was not, or where its number stayed."""
    before, after = change.before, change.element
    if not change.moved or before is None:
        return ""
    if before.above != after.above and before.parent != after.parent:
        return _("Moved from “{before}”, number {old}, to “{after}”, number {new}.").format(
            before=before.above, after=after.above, old=before.number, new=after.number
        )
    if before.number == after.number:
        return ""
    return _("Moved from number {old} to number {new}.").format(old=before.number, new=after.number)


def element_words(change: ElementChange) -> str:
    """What an element is called: "Strategy 1.2", "Entry 3"."""
    element = change.element
    kind = table_word(element.table)
    return kind if element.table in ("plan", "statement") else f"{kind} {element.number}".strip()


def above_words(change: ElementChange) -> str:
    """What an element without a name of its own belongs to."""
    element = change.element
    if element.table not in ("statement_item", "measure", "milestone") or not element.above:
        return ""
    return _("Of “{name}”.").format(name=element.above)
