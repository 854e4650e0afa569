"""What a report is about: a meeting, a goal, a policy, a span of days; only what it asks for is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planstudio.domain.dates import End
from planstudio.domain.kinds import MeetingState
from planstudio.domain.reporting import Need, ReportSubjects
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import column
from planstudio.gui.widgets.fields import Captioned, Choices, DateField
from planstudio.i18n import _, medium_date


class ReportFields(QWidget):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.meeting, self.goal, self.policy = Choices(), Choices(), Choices()
        self.since, self.until = DateField(_("From"), end=End.FIRST), DateField(_("To"))
        self._boxes = {Need.MEETING: self.meeting, Need.GOAL: self.goal, Need.POLICY: self.policy}
        captions = (_("Meeting"), _("Goal"), _("Policy"))
        self.parts: dict[Need, tuple[Captioned, ...]] = {
            need: (Captioned(words, box),) for words, (need, box) in zip(captions, self._boxes.items(), strict=True)
        }
        self.parts[Need.PERIOD] = (self.since, self.until)
        for box in self._boxes.values():
            box.be_short(18)
            box.activated.connect(lambda _n: self.changed.emit())
        for field in (self.since, self.until):
            field.edited.connect(lambda _day: self.changed.emit())
        self._needs: Sequence[Need] = ()
        self.setLayout(column(*(one for parts in self.parts.values() for one in parts), space=2))
        self.setContentsMargins(0, gap(2), 0, 0)

    def show_choices(self, there: ReportSubjects, about: str = "") -> None:
        """What can be chosen; *about* is the id of what is chosen first."""
        meetings = [row for row in there.meetings if row.state is not MeetingState.TEMPLATE]
        days = [medium_date(row.start) if row.start else _("no date yet") for row in meetings]
        for box, options in (
            (self.meeting, [(f"{row.name}, {day}", row.id) for row, day in zip(meetings, days, strict=True)]),
            (self.goal, [(f"{n}  {goal.name}", goal.id) for n, goal in enumerate(there.goals, 1)]),
            (self.policy, [(f"{policy.code}  {policy.title}", policy.id) for policy in there.policies]),
        ):
            before = box.currentData()
            box.offer(options)
            for wanted in (before, about):
                if (at := box.findData(wanted)) >= 0:
                    box.setCurrentIndex(at)

    def show_needs(self, needs: Sequence[Need], takes: Sequence[Need]) -> None:
        """Show the fields of *needs*, and those of *takes*, which can be left open.

        An earlier moment is the day from which on changes are told.
        """
        self._needs = [Need.PERIOD if need is Need.BEFORE else need for need in (*needs, *takes)]
        for need, box, words in (
            (Need.MEETING, self.meeting, _("All meetings of the time")),
            (Need.POLICY, self.policy, _("The whole plan")),
        ):
            open_ended = box.count() > 0 and box.itemData(0) is None
            if need in takes and not open_ended:
                box.insertItem(0, words, None)
                box.setCurrentIndex(0)
            elif need not in takes and open_ended:
                box.removeItem(0)
        for need, parts in self.parts.items():
            for part in parts:
                part.setVisible(need in self._needs)
        compared = Need.BEFORE in needs
        self.since.caption.setText(_("Compare with the plan of") if compared else _("From"))
        self.since.entry.setAccessibleName(self.since.caption.text())

    def missing(self, needs: Sequence[Need]) -> str:
        """A sentence about what must be chosen first; "" where nothing is missing."""
        words = {
            Need.MEETING: _("There is no meeting yet. Add one, then print this report."),
            Need.GOAL: _("There is no goal yet. Add one, then print this report."),
            Need.POLICY: _("There is no policy yet. Add one, then print this report."),
        }
        for need, box in self._boxes.items():
            if need in needs and box.currentData() is None:
                return words[need]
        if Need.BEFORE in needs and self.since.value() is None:
            return _("Write the day with which the plan of today is compared.")
        return ""

    def chosen(self) -> dict[str, Any]:
        """What the report is about, in the words of `packets.report`."""
        names = {Need.MEETING: "meeting_id", Need.GOAL: "goal_id", Need.POLICY: "policy_id"}
        found = {names[need]: box.currentData() for need, box in self._boxes.items() if need in self._needs}
        if Need.PERIOD in self._needs:
            found |= {"since": self.since.value(), "until": self.until.value()}
        return found
