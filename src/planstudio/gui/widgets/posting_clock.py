"""How long there is to post an agenda, and the button that posts it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from planstudio.domain.agenda import MeetingCard
from planstudio.domain.kinds import MeetingState
from planstudio.domain.posting import Deadline, late_words, moved_words, posting_stands
from planstudio.domain.zones import wall
from planstudio.gui.widgets.basics import button, column, quiet, row, text, tip_of
from planstudio.gui.widgets.painted import Elided, sign
from planstudio.i18n import _, clock_time, day_and_time, ngettext, weekday_and_day


class PostingClock(QFrame):
    pressed = Signal()  # post it

    def __init__(self) -> None:
        super().__init__()
        self.due = text("", "heading", wrap=True)
        self.by = quiet("", "caption")
        self.rule = Elided("", "caption", "muted")
        self.post = button(_("Post agenda"), "primary", act=self.pressed)
        self.setProperty("area", "card")
        words = column(self.due, self.by, self.rule, space=0.5)
        self.setLayout(row(sign("clock", "teal", 7), 3, words, 2, self.post, edge=(4, 3, 3, 3), grow=2))

    def show_meeting(
        self, card: MeetingCard, deadline: Deadline | None, now: datetime, *, warned: bool, read_only: bool
    ) -> None:
        """*warned*: it has been said what must be done before posting, and the button posts all the same."""
        self.setVisible(card.state is not MeetingState.TEMPLATE)
        stands = posting_stands(card)
        again = _("Post all the same") if warned else _("Post anew") if card.posted_at else _("Post agenda")
        self.post.setText(_("Posted") if stands else again)
        self.post.setEnabled(not stands and card.start is not None and not read_only)
        self.post.setVisible(card.state is not MeetingState.HELD)
        if card.state is MeetingState.HELD:
            self._say(_("Held"), _("Plan and policies are shown as they stood."))
        elif stands and card.posted_at is not None:
            late, when = late_words(card), day_and_time(card.posted_at)
            self._say(_("Posted late") if late else _("Posted"), f"{when}. {late}" if late else when)
        elif deadline is None:
            words = _("No posting rule") if card.start else _("No date yet")
            self._say(words, _("Details of the meeting hold the date and the rule, such as “72 hours”."))
        else:
            self._show_deadline(card, deadline, now)

    def _show_deadline(self, card: MeetingCard, deadline: Deadline, now: datetime) -> None:
        seconds = deadline.left(now).total_seconds()
        left = _("{left} to post").format(left=_span(seconds)) if seconds >= 0 else _("The time to post is over")
        day = weekday_and_day(deadline.due.date(), wall(now, card.zone).date())
        due = _("Due {day}, {time}").format(day=day, time=clock_time(deadline.due))
        rule = _("{notice} before the meeting, {name}") if deadline.rule.named else _("{notice} before the meeting")
        self._say(left, due, rule.format(notice=deadline.rule.notice, name=deadline.rule.name))
        if moved := moved_words(card):
            self.by.setText(f"{moved} {due}")
        if deadline.rule.note:
            self.rule.setToolTip(tip_of(deadline.rule.note))

    def _say(self, head: str, line: str, rule: str = "") -> None:
        self.due.setText(head)
        self.setAccessibleName(f"{head}. {line}")
        self.by.setText(line)
        self.rule.show_words(rule)
        self.rule.setVisible(bool(rule))


def _span(seconds: float) -> str:
    """2 days, 7 hours"""
    hours, minutes = divmod(int(seconds // 60), 60)
    days, hours = divmod(hours, 24)
    parts = (
        ngettext("{n} day", "{n} days", days).format(n=days) if days else "",
        ngettext("{n} hour", "{n} hours", hours).format(n=hours) if hours else "",
        ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes) if not days else "",
    )
    return ", ".join(filter(None, parts))
