"""Judgment, data, percent and age of evidence side by side, as every goal and strategy shows them."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from planstudio.domain.cards import GoalCard, StrategyCard
from planstudio.domain.kinds import Verdict
from planstudio.domain.progress import outdated, percent_rule
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, column, empty, quiet, row, text
from planstudio.gui.widgets.marks import STATUS, chip, paint_bar, put
from planstudio.gui.widgets.painted import Painted
from planstudio.i18n import _, long_date, ngettext


class Facts(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._box: QHBoxLayout = row(space=6, edge=(4, 3.5, 4, 3.5))
        self.setLayout(row(area("card", self._box)))

    def show_facts(self, card: GoalCard | StrategyCard, verdict: Verdict, today: date) -> None:
        empty(self._box)
        newest = card.updates[0] if card.updates else None
        who = ", ".join(filter(None, (newest.author, long_date(newest.on)))) if newest else _("No update yet")
        days = (today - newest.on).days if newest else 0
        stale = outdated(card, today)
        age = ngettext("{n} day", "{n} days", days).format(n=days) if newest else _("Never updated")
        n, better = len(card.measures), sum(one.verdict in (Verdict.MET, Verdict.IMPROVED) for one in card.measures)
        words = ngettext("{a} of {n} measure moved well", "{a} of {n} measures moved well", n)
        data = words.format(a=better, n=n) if n else _("No measure yet")
        evidence = _("Ask the owner for an update")
        if newest and not stale:
            evidence = _("Newest update of {day}").format(day=long_date(newest.on))
        share = Painted(gap(26), gap(5.5), partial(_paint_share, card=card), f"{card.percent}%")
        for caption, made, note in (
            (_("Our judgment"), chip(card.status.value), who),
            (_("What the data say"), chip(verdict.value), data),
            (_("Complete"), share, percent_rule(card)),
            (_("Age of evidence"), chip("aged" if stale else "current", age), evidence),
        ):
            parts = (text(caption, "caption", "muted"), row(made, None), quiet(note, "caption"), None)
            self._box.addLayout(column(*parts, space=1.5), 1)


def _paint_share(painter: QPainter, box: QRectF, *, card: GoalCard | StrategyCard) -> None:
    bar = QRectF(box.x(), box.center().y() - gap(0.75), gap(14), gap(1.5))
    paint_bar(painter, bar, card.percent, STATUS[card.status.value][0])
    put(painter, box, f"{card.percent}%", "strong", "text", Qt.AlignmentFlag.AlignRight, elide=False)
