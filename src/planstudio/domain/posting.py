"""When an agenda must be posted: a rule, a meeting, and the days on which offices are closed.

72 hours             every hour counts
48 business hours    hours of days on which offices are closed do not
6 days               whole days; the day of posting does not count
3 business days      neither the day of posting nor the day of the meeting counts

Hours are real hours of the place where the board meets, over a change of the clock, too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol

from planstudio import resources
from planstudio.domain.agenda import MeetingCard, MeetingRow
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import MeetingKind
from planstudio.domain.zones import back, between, moment
from planstudio.i18n import _, day_and_time, ngettext

_NOTICE = (  # the same in every language, whichever is spoken: a file goes from hand to hand
    re.compile(r"(?P<n>\d{1,4}) (?P<business>business )?(?:(?P<hours>hours?)|days?)", re.I),
    re.compile(r"(?P<n>\d{1,4}) (?:(?P<hours>horas?)|d[ií]as?)(?P<business> h[aá]bil(?:es)?| laborables?)?", re.I),
)
_MOST_DAYS = 366
_DAY_ENDS = time(23, 59)
_UNHURRIED = (MeetingKind.REGULAR, MeetingKind.WORK_SESSION, MeetingKind.RETREAT, MeetingKind.ORGANIZATIONAL)


@dataclass(frozen=True)
class Notice:
    """How long before a meeting its agenda must be posted."""

    amount: int
    business: bool
    hours: bool

    @property
    def plain(self) -> str:
        """As it is stored, whatever language is spoken: parse_notice reads it back."""
        return f"{self.amount} {'business ' if self.business else ''}{'hours' if self.hours else 'days'}"

    def __str__(self) -> str:
        n = self.amount
        words = {
            (True, False): ngettext("{n} hour", "{n} hours", n),
            (True, True): ngettext("{n} business hour", "{n} business hours", n),
            (False, False): ngettext("{n} day", "{n} days", n),
            (False, True): ngettext("{n} business day", "{n} business days", n),
        }
        return words[self.hours, self.business].format(n=n)


@dataclass(frozen=True)
class PostingRule:
    """A state's rule, or the district's own."""

    name: str
    notice: Notice
    note: str = ""
    named: bool = True  # a state's rule; the district's own goes without a name


@dataclass(frozen=True)
class Deadline:
    """Until when an agenda must be posted, and by which rule."""

    rule: PostingRule
    due: datetime  # as the clock says where the board meets
    zone: str = ""

    def left(self, now: datetime) -> timedelta:
        """The real time from the moment *now*, which knows its offset, until the deadline."""
        return moment(self.due, self.zone) - now


class Scheduled(Protocol):
    """A meeting with the time it is set for, and the time that its agenda was posted for."""

    @property
    def start(self) -> datetime | None: ...
    @property
    def posted_at(self) -> datetime | None: ...
    @property
    def posted_for(self) -> datetime | None: ...


def posting_stands(meeting: Scheduled) -> bool:
    """Whether the agenda was posted for the time at which the meeting is set now."""
    return meeting.posted_at is not None and meeting.posted_for in (None, meeting.start)


def late_words(meeting: MeetingCard | MeetingRow) -> str:
    """ "Posted 34 h before; 72 required": how late it was, by the time that stood on the agenda; "" in time."""
    due, at, start = meeting.posted_deadline, meeting.posted_at, meeting.posted_for or meeting.start
    if due is None or at is None or start is None or between(due, at, meeting.zone) <= timedelta(0):
        return ""
    hours = between(at, start, meeting.zone) // timedelta(hours=1)
    try:
        notice = parse_notice(meeting.posted_notice)
    except InvalidInput:  # nobody wrote it down, or a file came with other words in it
        return _("Posted {n} h before: late").format(n=hours) if hours >= 0 else _("Posted after the meeting had begun")
    if hours < 0:
        return _("Posted after the meeting had begun; {required} required").format(required=notice)
    required = str(notice.amount) if notice.hours and not notice.business else str(notice)
    return _("Posted {n} h before; {required} required").format(n=hours, required=required)


def moved_words(meeting: MeetingCard | MeetingRow) -> str:
    """That the agenda was posted for another time than the meeting has now; "" where it was not."""
    if meeting.posted_at is None or posting_stands(meeting) or meeting.posted_for is None:
        return ""
    words = _("It was posted for {day}; the meeting has another time now and must be posted anew.")
    return words.format(day=day_and_time(meeting.posted_for))


def parse_notice(text: str) -> Notice:
    """The notice of "72 hours", "3 business days" or "3 días hábiles"."""
    told = " ".join(text.split())
    found = next(filter(None, (language.fullmatch(told) for language in _NOTICE)), None)
    if found is None or not 0 < int(found["n"]) <= _MOST_DAYS:
        words = _("“{text}” is not a posting rule such as “72 hours” or “3 business days”.")
        raise InvalidInput(words.format(text=text[:60]), field="posting_rule")
    return Notice(int(found["n"]), bool(found["business"]), bool(found["hours"]))


def posting_rule(text: str, kind: MeetingKind) -> PostingRule:
    """The rule called *text*: a state's name, or a notice such as "72 hours"."""
    state = states().get(text.casefold())
    if state is None:
        return PostingRule(_("The district’s rule"), parse_notice(text), named=False)
    notice = state["regular" if kind in _UNHURRIED else "special"]
    return PostingRule(state["name"], parse_notice(notice), state_note(text))


def state_note(name: str) -> str:
    """What is to be known about a state's rule, in the language spoken now; "" where that is nothing."""
    note = states().get(name.casefold(), {}).get("note", "")
    return _(note) if note else ""


def check_rule(text: str) -> None:
    """Refuse what is neither a state nor a notice; "" is no rule."""
    if text.strip() and text.strip().casefold() not in states():
        parse_notice(text)


def check_days(text: str) -> None:
    """Refuse a line that is not a day."""
    for line in filter(None, map(str.strip, text.split("\n"))):
        try:
            date.fromisoformat(line)
        except ValueError as error:
            words = _("“{text}” is not a day like 2026-11-26.").format(text=line[:40])
            raise InvalidInput(words, field="closed_days") from error


@lru_cache(maxsize=1)
def states() -> dict[str, dict[str, str]]:
    """The rules that come with the program, by the state's name in small letters."""
    found: dict[str, dict[str, str]] = json.loads(resources.folder("posting-rules.json").read_text("utf-8"))
    return found


def deadline(start: datetime, notice: Notice, closed: Callable[[date], bool], zone: str = "") -> datetime:
    """The last minute in which the agenda of a meeting at *start* can be posted in time.

    *closed* says whether offices are closed on a day, *zone* where the clock hangs.
    """
    if notice.hours and notice.business:
        return _back_hours(start, notice.amount, closed, zone)
    if notice.hours:
        return back(start, timedelta(hours=notice.amount), zone)
    if not notice.business:
        return datetime.combine(start.date() - timedelta(days=notice.amount), _DAY_ENDS)
    day, left = start.date(), notice.amount
    while left >= 0:  # the last of them is the day of posting
        day -= timedelta(days=1)
        left -= not closed(day)
    return datetime.combine(day, _DAY_ENDS)


def _back_hours(start: datetime, hours: int, closed: Callable[[date], bool], zone: str) -> datetime:
    left, now = timedelta(hours=hours), start
    while left > timedelta(0):
        midnight = datetime.combine(now.date(), time())
        if now == midnight:
            midnight -= timedelta(days=1)
        if not closed(midnight.date()):
            span = between(midnight, now, zone)
            if span >= left:
                return back(now, left, zone)
            left -= span
        now = midnight
    return now
