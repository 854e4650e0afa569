"""The plan as it stood: a slider through the history, named moments, what changed, what can be brought back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSlider, QStackedWidget

from planstudio.domain.cards import PlanBook
from planstudio.domain.changes import Change, HistoryMoment, HistoryStep, Past
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import MomentKind
from planstudio.domain.places import Place, at_page
from planstudio.domain.plan_changes import ElementChange, compare_plans, count_words, counts
from planstudio.domain.words import table_word, word
from planstudio.gui.desk import Desk
from planstudio.gui.jobs import Job, Jobs
from planstudio.gui.pages.page import Page, PrintRequest
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, one_of, quiet, row, scrolled, text, tip_of
from planstudio.gui.widgets.fields import Choices, LineField
from planstudio.gui.widgets.plan_text import ChangeList, PlanText
from planstudio.i18n import N_, _, clock_time, medium_date
from planstudio.operations.moments import delete_moment, name_moment
from planstudio.operations.past import restore_element
from planstudio.queries.export import whole_file
from planstudio.queries.history import step_count
from planstudio.queries.moments import history_moments, history_step
from planstudio.queries.plans import all_plans, origins, plan_book
from planstudio.queries.search import page_of

_REST = 150  # milliseconds that the slider rests before the plan is shown
Looked = PlanBook | tuple[ElementChange, ...] | None  # the plan then, what has changed since, or no plan yet
MomentRole = Qt.ItemDataRole.UserRole


class _Steps(Sequence[HistoryStep]):
    """The steps of the history, each read when it is looked at: there may be half a million."""

    def __init__(self, desk: Desk) -> None:
        self._ask, self._count = desk.ask, desk.ask(step_count)
        self._read: dict[int, HistoryStep] = {}

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, nth: Any) -> Any:
        if not 0 <= nth < self._count:
            raise IndexError(nth)
        if nth not in self._read:
            self._read[nth] = self._ask(history_step, nth)
        return self._read[nth]


def _last_until(steps: Sequence[HistoryStep], moment: datetime) -> int:
    """Which of *steps* was the last by *moment*; -1 where that is before all."""
    return bisect_right(steps, moment, key=lambda step: step.at) - 1


@shows(page="past", title=N_("Look back"))
class PastPage(Page):
    under = at_page("history")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.when, self.step = text("", "heading", wrap=True), quiet("")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("Moment of the history"))
        self.slider.setMinimumHeight(gap(4.5))
        self.moments = _Moments()
        hint = _("Imports, adoptions and meetings name themselves. Give any other moment a name below.")
        self.hint = quiet(hint, "caption")
        self.name = LineField(_("Name for this moment"), placeholder=_("such as: Second reading"))
        self.keep = button(_("Name it"), act=self._name)
        self.delete = button(_("Delete"), "quiet", "trash", act=self._delete, name=_("Delete the name"))
        self.against = Choices(_("Compare with"))
        self.then, self.changed = button(_("The plan then")), button(_("What has changed since"))
        self._group = one_of(self.then, self.changed)
        self.print = button(_("Print…"), "quiet", "print", act=self._print)
        self.text = PlanText()
        self.summary = text("", "reading", wrap=True)
        self.list = ChangeList()
        self.view = QStackedWidget()
        self._lay_out()
        self._later = QTimer(self, singleShot=True, interval=_REST)
        self._jobs = Jobs(self)
        self._job: Job | None = None
        self._can_restore = False
        self._asked: Past | None = None
        self._listed: Past | None = None
        self._steps: Sequence[HistoryStep] = ()
        self._names: dict[str, str] = {}  # of the other plans, by their ids
        self._connect()

    def _lay_out(self) -> None:
        changes = scrolled(column(self.summary, 3, self.list, None, edge=(4, 3, 4, 6)))
        self.view.addWidget(self.text)
        self.view.addWidget(changes)
        side = column(
            text(_("Look back"), "display"), 2, text(_("Moments with a name"), "caption strong", "muted"), 1,
            self.hint, 1, self.moments, 2, self.name, 1, row(self.keep, 1, self.delete, None), edge=(4, 5, 4, 4),
            grow=6,
        )  # fmt: skip
        left = area("side", side)
        left.setFixedWidth(gap(62))
        bar = column(row(self.then, 1, self.changed, None, self.print), row(self.against, None), space=1)
        head = column(self.when, self.step, 1, self.slider, 2, bar, space=0.5, edge=(4, 5, 4, 2))
        self.set_body(area("page", row(left, area("page", column(head, self.view, grow=1)), grow=1)))

    def _connect(self) -> None:
        self.slider.valueChanged.connect(self._say_when)
        self.slider.valueChanged.connect(lambda _at: self._later.start())
        self._later.timeout.connect(self._show)
        self.moments.currentItemChanged.connect(lambda item, _before: self._go_to(item))
        self.name.entry.returnPressed.connect(self._name)
        self._group.idToggled.connect(lambda _n, on: self._show() if on else None)
        self.against.activated.connect(lambda _n: self._show())
        self.list.restore_requested.connect(self._restore)
        self.list.opened.connect(self._open)

    def concerned(self, _change: Change) -> bool:
        return True

    def close_down(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._jobs.wait()

    def refresh(self) -> None:
        at_end = not self._steps or self.slider.value() >= self.slider.maximum()
        self._steps = _Steps(self.desk)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, len(self._steps) - 1))
            if at_end:
                self.slider.setValue(self.slider.maximum())
        at = self.moments.currentRow()
        with QSignalBlocker(self.moments):
            self.moments.clear()
            for moment in self.desk.ask(history_moments):
                item = QListWidgetItem(f"{moment.name}\n{word(moment.kind)}, {medium_date(moment.at.date())}")
                item.setData(MomentRole, moment)
                item.setToolTip(tip_of(moment.name))
                self.moments.addItem(item)
            self.moments.setCurrentRow(min(at, self.moments.count() - 1))
        self._show_delete()
        self._fill_against()
        self._show()

    def _fill_against(self) -> None:
        kept = self.against.currentData()
        self.against.clear()
        self._names.clear()
        self.against.addItem(_("until now"), "")
        for moment in self.desk.ask(history_moments):
            upto = _last_until(self._steps, moment.at)
            if 0 <= upto < len(self._steps) - 1:
                self.against.addItem(_("until “{moment}”").format(moment=moment.name), upto)
        for plan in self.desk.ask(all_plans):
            if plan.id != self.desk.plan_id:
                name = f"{plan.title or _('Untitled plan')}, {word(plan.state).lower()}"
                self.against.addItem(_("against {plan}").format(plan=name), plan.id)
                self._names[plan.id] = name
        self.against.setCurrentIndex(max(0, self.against.findData(kept)))

    @property
    def past(self) -> Past:
        return self._past_at(self.slider.value())

    def _past_at(self, at: int) -> Past:
        """The plan after the step number *at* of those on the slider."""
        plan, today = self.desk.plan_id, self.desk.workspace.clock.today()
        if at >= len(self._steps) - 1:
            return Past(plan, None, today, "")
        step = self._steps[at]
        return Past(plan, step.seq, step.at.date(), f"{medium_date(step.at.date())}, {clock_time(step.at)}")

    @property
    def later(self) -> Past:
        """What the past is compared with."""
        chosen = self.against.currentData()
        if isinstance(chosen, int):
            return self._past_at(chosen)
        plan = chosen or self.desk.plan_id
        return Past(plan, None, self.desk.workspace.clock.today(), self._names.get(plan, ""))

    def _say_when(self) -> None:
        if not self._steps:
            self.when.setText(_("Nothing has been changed yet."))
            return
        step, past = self._steps[self.slider.value()], self.past
        then = _("As of {moment}").format(moment=past.words)
        self.when.setText(_("The plan as it is now") if past.step is None else then)
        self.step.setText(_("after “{step}” by {author}").format(step=step.label, author=step.author or _("somebody")))
        self.slider.setAccessibleDescription(f"{self.when.text()}, {self.step.text()}")

    def _show(self) -> None:
        """Show what is asked for, made and read in a job."""
        self._later.stop()
        self._say_when()
        comparing = self.changed.isChecked()
        self.view.setCurrentIndex(int(comparing))
        self.against.setVisible(comparing)
        if self._job is not None:
            self._job.cancel()
        before, later, same = self._sides() if comparing else (self.past, self.later, {})
        moments = (before, later) if comparing else (before,)
        workspace = self.desk.workspace

        def work(job: Job) -> Looked:
            books = []
            for one in moments:
                if job.cancelled:
                    return None
                with closing(workspace.snapshot(one.step)) as then, suppress(NotFound):
                    books.append(then.ask(plan_book, one.plan_id, one.day, one.words))
            if len(books) < len(moments):
                return None
            return compare_plans(books[0], books[1], same) if comparing else books[0]

        self._can_restore = before.step is not None and not same
        self._listed, self._asked = None, before
        self._job = self._jobs.start(work, self._take, lambda error: self._show_nothing(str(error)))

    def _sides(self) -> tuple[Past, Past, dict[str, str]]:
        """What is compared: the earlier, the later, and what the later one's elements were copied from.

        A draft is compared from the plan it was made of, whichever of the two is open.
        """
        here, other = self.past, self.later
        if here.plan_id == other.plan_id:
            backwards = other.step is not None and (here.step is None or here.step > other.step)
            return (other, here, {}) if backwards else (here, other, {})
        copied = self.desk.ask(origins, other.plan_id)
        if not copied and (own := self.desk.ask(origins, here.plan_id)):
            return other, here, own
        return here, other, copied

    def _take(self, looked: Looked) -> None:
        if looked is None:
            self._show_nothing(_("This plan was not in the file at that moment yet."))
            return
        self._job = None
        self.print.setEnabled(True)
        if isinstance(looked, PlanBook):
            self.text.show_book(looked)
        else:
            self._listed = self._asked  # the moment that this list speaks of, wherever the slider goes
            lines = []
            for table, tally in counts(looked).items():  # the list before the list
                told = ", ".join(words for what, words in count_words(tally).items() if tally[what])
                lines.append(f"{table_word(table)}: {told}")
            self.summary.setText("\n".join(lines) or _("Nothing has changed."))
            self.list.show_changes(looked, can_restore=self._can_restore)

    def _show_nothing(self, why: str) -> None:
        self._job = None
        self.print.setEnabled(False)
        self.text.setPlainText(why)
        self.summary.setText(why)
        self.list.show_changes((), can_restore=False)

    @property
    def busy(self) -> bool:
        """Whether the plan is still being read."""
        return self._job is not None or self._later.isActive()

    def _moment(self) -> HistoryMoment | None:
        """The moment that one stands on."""
        item = self.moments.currentItem()
        moment: HistoryMoment | None = item.data(MomentRole) if item is not None else None
        return moment

    def _show_delete(self) -> None:
        moment = self._moment()
        self.delete.setEnabled(bool(moment and moment.id))

    def _go_to(self, item: QListWidgetItem | None) -> None:
        self._show_delete()
        if item is not None:
            self.slider.setValue(max(0, _last_until(self._steps, item.data(MomentRole).at)))

    def look_at(self, seq: int) -> None:
        """What has changed since the step *seq*."""
        self.slider.setValue(seq - (self._steps[0].seq if self._steps else 0))
        self.changed.setChecked(True)
        self._show()

    def _name(self) -> None:
        words = self.name.entry.text()
        if not self._steps:
            return
        step = self._steps[self.slider.value()]
        refused = self.desk.submit(_("Name a moment"), name_moment, words, step.at, MomentKind.OTHER)
        if refused is None:
            self.name.entry.clear()
            self.name.entry.complain("")
        elif isinstance(refused, InvalidInput):
            self.name.refuse(str(refused))

    def _delete(self) -> None:
        if (moment := self._moment()) is not None and moment.id:
            self.remove(moment.name, delete_moment, moment.id)

    def _restore(self, place: Place, name: str) -> None:
        if self._listed is None or self._listed.step is None:
            return
        whole = self.desk.ask_at(self._listed.step, whole_file)
        self.desk.do(_("Restore “{name}”").format(name=name[:60]), restore_element, whole, *place)

    def _open(self, row: Place) -> None:
        if (place := self.desk.ask(page_of, *row)) is not None:
            self.go_requested.emit(place)

    def _print(self) -> None:
        if self.changed.isChecked():
            before, later, _same = self._sides()
            now = later.step is None and later.plan_id == self.desk.plan_id
            self.print_requested.emit(PrintRequest("redline", at=None if now else later, before=before))
        else:
            self.print_requested.emit(PrintRequest("plan", at=self.past))


class _Moments(QListWidget):
    """Named moments: going through the page by Tab chooses none, an arrow key does."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Moments with a name"))
        self.setWordWrap(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.currentRow() >= 0:
            super().focusInEvent(event)
            return
        with QSignalBlocker(self):  # Qt would choose the first row
            super().focusInEvent(event)
            self.setCurrentRow(-1)
