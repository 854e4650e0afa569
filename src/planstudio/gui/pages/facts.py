"""Judgment, data and age of evidence side by side, as every goal and strategy shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from planstudio.domain.cards import GoalCard, MeasureCard, StrategyCard
from planstudio.domain.kinds import Verdict
from planstudio.domain.progress import outdated
from planstudio.gui.widgets.basics import area, column, empty, row, text
from planstudio.gui.widgets.marks import chip
from planstudio.i18n import _, long_date, ngettext


class Facts(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._box: QHBoxLayout = row(space=6, edge=(4, 3.5, 4, 3.5))
        outer = row(area("card", self._box))
        self.setLayout(outer)

    def show_facts(
        self,
        card: GoalCard | StrategyCard,
        verdict: Verdict,
        measures: Sequence[MeasureCard],
        today: date,
    ) -> None:
        empty(self._box)
        newest = card.updates[0] if card.updates else None
        who = ", ".join(filter(None, (newest.author, long_date(newest.on)))) if newest else _("No update yet")
        days = (today - newest.on).days if newest else 0
        stale = outdated(card, today)
        age = ngettext("{n} day", "{n} days", days).format(n=days) if newest else _("Never updated")
        better = sum(m.verdict in (Verdict.MET, Verdict.IMPROVED) for m in measures)
        data = (
            ngettext("{a} of {n} measure moved well", "{a} of {n} measures moved well", len(measures)).format(
                a=better, n=len(measures)
            )
            if measures
            else _("No measure yet")
        )
        evidence = _("Ask the owner for an update")
        if newest and not stale:
            evidence = _("Newest update of {day}").format(day=long_date(newest.on))
        for caption, made, note in (
            (_("Our judgment"), chip(card.status.value), who),
            (_("What the data say"), chip(verdict.value), data),
            (_("Age of evidence"), chip("aged" if stale else "current", age), evidence),
        ):
            part = column(
                text(caption, "caption", "muted"), row(made, None), text(note, "caption", "muted", wrap=True), space=1.5
            )
            part.addStretch(1)
            self._box.addLayout(part, 1)
