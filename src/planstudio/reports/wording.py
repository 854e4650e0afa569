"""How reports say things: words for standings, votes and changes, for paper and spreadsheet alike. No ReportLab."""

from __future__ import annotations

from datetime import date, datetime, time

from planstudio.domain.agenda import MeetingCard, MotionCard
from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.kinds import Choice, MotionResult
from planstudio.domain.plan_changes import ElementChange
from planstudio.domain.progress import stale
from planstudio.domain.reporting import ReportData
from planstudio.domain.words import table_word, word
from planstudio.i18n import _, clock_time, day_and_time, long_date, medium_date, ngettext, stopped

said = word  # of what stands in a report


def status_word(card: GoalCard | StrategyCard, today: date) -> str:
    """A judged status in a word; "Outdated" when it is too old to be believed."""
    return _("Outdated") if stale(card, today) else word(card.status)


def day(on: date | None) -> str:
    """Oct 14, 2026; an en dash for none."""
    return medium_date(on) if on else "–"


def owners(strategy: StrategyCard) -> str:
    return ", ".join(part for part in (strategy.owner, strategy.department) if part)


def dates(strategy: StrategyCard) -> list[str]:
    """When it begins and is due, a sentence each."""
    said = [_("From {date}.").format(date=long_date(strategy.start))] if strategy.start else []
    return said + ([_("Due {date}.").format(date=long_date(strategy.due))] if strategy.due else [])


def age(on: date | None, today: date) -> str:
    """How old an update is: "9 days old"."""
    if on is None:
        return _("never updated")
    days = (today - on).days
    return ngettext("{days} day old", "{days} days old", days).format(days=days) if days > 0 else _("today")


# ── meetings and motions


def period_words(data: ReportData) -> str:
    """From when to when meetings were asked for; "" when there is no bound."""
    if data.since and data.until:
        return _("{since} to {until}").format(since=long_date(data.since), until=long_date(data.until))
    if data.since:
        return _("Since {date}").format(date=long_date(data.since))
    return _("Up to {date}").format(date=long_date(data.until)) if data.until else ""


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
    moved = ((_("Moved by {person}."), motion.mover), (_("Seconded by {person}."), motion.seconder))
    lines = [words.format(person=person) for words, person in moved if person]
    lines = lines or [_("Who moved it is not on record.")]
    lines = [" ".join(lines)] if together else lines
    for choice in Choice:
        if people := [vote.person for vote in motion.votes if vote.choice is choice]:
            lines.append(f"{word(choice)}: {', '.join(people)}.")
    return lines if motion.votes else [*lines, _("No vote by name is on record.")]


def result_words(motion: MotionCard) -> str:
    """ "Carried, 4 to 1"."""
    if not motion.votes or motion.result not in (MotionResult.PASSED, MotionResult.FAILED):
        return word(motion.result)
    yes, no = motion.count(Choice.YES), motion.count(Choice.NO)
    return _("{result}, {yes} to {no}").format(result=word(motion.result), yes=yes, no=no)


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
    words = _("Moved from number {old} to number {new}.")
    if before.above != after.above and before.parent != after.parent:
        words = _("Moved from “{before}”, number {old}, to “{after}”, number {new}.")
    elif before.number == after.number:
        return ""
    return words.format(before=before.above, after=after.above, old=before.number, new=after.number)


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
