"""A goal on a card: its judgment, owner and measures, how its strategies stand, and how old the evidence is."""

from __future__ import annotations

from collections import Counter
from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from planstudio.domain.cards import GoalCard, MeasureCard
from planstudio.domain.kinds import Direction
from planstudio.domain.progress import stale
from planstudio.domain.strategy_filter import OUTDATED, URGENCY
from planstudio.domain.texts import shortened
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import column, quiet, row, text
from planstudio.gui.widgets.marks import Stack, chip, mark, status_word
from planstudio.gui.widgets.painted import Elided, Pressable
from planstudio.i18n import _, amount, near_date

_MOST_MEASURES = 3


class GoalTile(Pressable):
    """One goal; a press opens it."""

    def __init__(self, goal: GoalCard, counts: Counter[str], today: date) -> None:
        status = OUTDATED if stale(goal, today) else goal.status.value
        label = goal.label or _("Goal {n}").format(n=goal.number)
        head = row(Elided(label, "caption strong", "muted"), 2, chip(status), grow=0)
        name = text(shortened(goal.name, 120), "heading", wrap=True)
        owner = Elided(goal.owner or _("no owner"), "body", "muted" if goal.owner else "amber")
        box = column(head, 1, name, owner, 2, space=0.5, edge=(4, 3.5, 4, 3.5))
        for measure in goal.measures[:_MOST_MEASURES]:
            box.addLayout(_measure(measure))
        rest = len(goal.measures) - _MOST_MEASURES
        if rest > 0:
            box.addWidget(text(_("and {n} more").format(n=rest), "caption", "muted"))
        box.addStretch(1)
        box.addSpacing(gap(2))
        parts = [(one, counts[one]) for one in reversed(URGENCY) if counts[one]]
        if parts:
            box.addWidget(Stack(parts))
        words = ", ".join(f"{n} {status_word(one).lower()}" for one, n in parts) or _("no strategies yet")
        box.addWidget(quiet(words, "caption"))
        day = near_date(goal.updated_on, today) if goal.updated_on else ""
        age = _("Updated {day}").format(day=day) if day else _("No update yet")
        box.addWidget(text(age, "caption", "amber" if status == OUTDATED or not day else "muted"))
        super().__init__(box, ", ".join((label, goal.name, status_word(status), age)))
        self.setMinimumHeight(gap(35))


def _measure(measure: MeasureCard) -> QHBoxLayout:
    newest = measure.newest
    now = amount(newest.value, measure.unit) if newest else "–"
    name = Elided(measure.name, "caption")
    line = row(mark(measure.verdict.value), 1.5, name, 1, text(now, "caption strong"), grow=2)
    if measure.direction is not Direction.BAND and measure.target is None:
        line.addSpacing(gap(1))
        line.addWidget(text(_("no target"), "caption", "amber"))
    return line
