"""A measure: what is counted, from where to where, and the figures."""

from __future__ import annotations

from datetime import date

from planstudio.domain.cards import MeasureCard
from planstudio.domain.kinds import Direction, Frequency, MeasureKind, MeasureTiming
from planstudio.domain.measures import forecast_of
from planstudio.domain.places import Place
from planstudio.domain.plausibility import about_measure
from planstudio.domain.reviews import add_months
from planstudio.gui.desk import Desk
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.page import Page, Pane, draw_trend, refill
from planstudio.gui.pages.registry import shows
from planstudio.gui.widgets.basics import area, button, column, fill, one_of, plain, quiet, row, text, tool
from planstudio.gui.widgets.fields import ChoiceField, DateField, LineField, NumberField
from planstudio.gui.widgets.figures import Figures
from planstudio.gui.widgets.figures_grid import FiguresGrid
from planstudio.gui.widgets.marks import chip
from planstudio.gui.widgets.measure_card import Trend, standing
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, amount, long_date, ngettext
from planstudio.operations.measures import (
    AHEAD,
    delete_block,
    delete_measure,
    delete_observation,
    edit_measure,
    move_measure,
    move_period,
    record_block,
    record_counts,
    record_observation,
)
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.measures import measure_card, measure_owner


def withheld(card: MeasureCard) -> str:
    """Which of the figures that stand on the page are told nowhere else, and why; "" for none."""
    told = []
    if card.hidden:
        words = ngettext(
            "{n} figure is told nowhere but in this table: of fewer than {least} students, or it would give such a one "
            "away.",
            "{n} figures are told nowhere but in this table: of fewer than {least} students, or they would give such "
            "a one away.",
            len(card.hidden),
        )
        told.append(words.format(n=len(card.hidden), least=card.minimum_group))
    coded = [row for row in card.observations if row.coded]
    if coded:
        words = ngettext(
            "{n} figure is told by its bound alone, as {example}: nearly all of its students, or nearly none.",
            "{n} figures are told by their bounds alone, such as {example}: nearly all of their students, or nearly "
            "none.",
            len(coded),
        )
        told.append(words.format(n=len(coded), example=amount(coded[-1].value, card.unit)))
    if card.kept_baseline is not None and card.baseline is None:
        told.append(_("The baseline is told nowhere but here, for the same reason."))
    elif card.baseline != card.kept_baseline:
        told.append(_("The baseline is told as {value}.").format(value=amount(card.baseline or 0, card.unit)))
    return " ".join(told)


def _forecast(card: MeasureCard) -> str:
    """Where the figures would be on the day of the target; "" where there is nothing to tell it by."""
    told = forecast_of(card)
    if told is None or card.target_on is None:
        return ""
    words = _("Forecast, if it goes on as in the last {n} figures: about {value} on {day}.")
    value = amount(round(told.value, 1), card.unit)
    return words.format(n=told.figures, value=value, day=long_date(card.target_on))


@shows("measure")
class MeasurePage(Page):
    pane = Pane.DETAILS
    takes_policies = True
    watches = ("measure", "observation", "policy_link", "goal", "strategy")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bound = Binding(self, "measure", edit_measure, self._step)
        self._bind()
        self.up = button("", "quiet", act=lambda: self.go_requested.emit(self.anchor()))
        words = _("Move this measure up among its neighbours")
        self.before = tool("up", tip=words, tone="muted", act=lambda: self._move(-1))
        words = _("Move this measure down among its neighbours")
        self.after = tool("down", tip=words, tone="muted", act=lambda: self._move(1))
        self.delete = button(_("Delete this measure"), "quiet", "trash", act=self._delete)
        self.figures = Figures()
        self.grid = FiguresGrid()
        self.forecast, self.hidden = quiet(""), quiet("", "caption")
        self.doubts = quiet("", "caption", "amber")
        self.as_list, self.as_grid = button(_("As a list")), button(_("As a table"))
        self._shape = one_of(self.as_list, self.as_grid)
        self._shape.idToggled.connect(self._show_shape)
        self.grid.hide()
        self.now, self.aim = text("", "title"), text("", "caption", "muted")
        self._chart, self._chip = column(), row()
        self.first = self.name
        self._lay_out()
        self.figures.recorded.connect(self._record)
        self.grid.recorded.connect(self._record_block)
        self.grid.counted.connect(self._record_counts)
        self.grid.delete_requested.connect(self._delete_block)
        self.grid.moved.connect(self._move_period)
        self.figures.delete_requested.connect(
            lambda day, group: self.desk.do(_("Delete a figure"), delete_observation, self.ident, day, group)
        )

    def _bind(self) -> None:
        bind = self.bound.bind
        self.name = bind("name", TextField(_("Name"), role="display", placeholder=_("What is counted")))
        words = _("How it is counted, and by whom")
        self.definition = bind("definition", RichField(_("Definition"), role="reading", placeholder=words))
        self.kind = bind("kind", ChoiceField(_("Kind"), list(MeasureKind)))
        self.timing = bind("timing", ChoiceField(_("Tells"), list(MeasureTiming)))
        self.direction = bind("direction", ChoiceField(_("Direction"), list(Direction)))
        self.frequency = bind("frequency", ChoiceField(_("Frequency"), list(Frequency)))
        self.unit = bind("unit", LineField(_("Unit"), placeholder="%"))
        self.baseline = bind("baseline", NumberField(_("Baseline")), shown=lambda card: card.kept_baseline)
        self.baseline_on = bind("baseline_on", DateField(_("Baseline of")))
        self.target = bind("target", NumberField(_("Target")))
        self.target_on = bind("target_on", DateField(_("Target by")))
        self.band_low = bind("band_low", NumberField(_("Band from")))
        self.band_high = bind("band_high", NumberField(_("Band to")))
        self.interim = bind("interim", LineField(_("Interim targets"), placeholder=_("2027: 70; 2028: 75")))
        self.source = bind("source", LineField(_("Source"), placeholder=_("where the figures come from")))
        self.student_group = bind("student_group", LineField(_("Counts"), placeholder=_("all students")))
        self.minimum_group = bind("minimum_group", NumberField(_("Hide groups below")), read=lambda most: most or 0)

    def _lay_out(self) -> None:
        now = row(self.now, 2, self.aim, None, self._chip)
        self.set_column(
            column(row(self.up, None, self.before, self.after), self.name, self.definition), 3,
            row(self.unit, self.direction, self.kind, self.timing, self.frequency, space=3), 2,
            row(self.baseline, self.baseline_on, self.target, self.target_on, space=3),
            row(self.band_low, self.band_high, None, space=3), 2,
            row(self.interim, self.source, space=3), 2,
            row(self.student_group, self.minimum_group, None, space=3), 4,
            area("card", column(now, self._chart, space=2, edge=(4, 3, 4, 3))), 1, self.forecast, 5,
            row(text(_("Figures"), "heading"), None, self.as_list, 1, self.as_grid),
            self.hidden, self.doubts, 2, self.figures, self.grid, 5,
            plain(row(None, self.delete)),
            space=0.5, edge=(8, 4, 8, 6),
        )  # fmt: skip

    def anchor(self) -> Place:
        return self.desk.ask(measure_owner, self.ident)

    def goal(self) -> str:
        table, ident = self.anchor()
        return ident if table == "goal" else self.desk.ask(strategy_card, ident).goal_id

    def open(self, ident: str) -> None:
        if ident != self.ident:
            self.grid.model.begin(add_months(self.desk.workspace.clock.today(), AHEAD))
        super().open(ident)

    def refresh(self) -> None:
        card = self._card = self.desk.ask(measure_card, self.ident)
        in_goal = self.anchor().noun == "goal"
        self.up.setText("‹ " + (_("Goal") if in_goal else _("Strategy")))
        self.up.setAccessibleName(_("To the goal") if in_goal else _("To the strategy"))
        neighbours = self._neighbours()
        self.before.setEnabled(neighbours[0] != self.ident)
        self.after.setEnabled(neighbours[-1] != self.ident)
        self.bound.show(card)
        for field in (self.band_low, self.band_high):
            field.setVisible(card.direction is Direction.BAND)
        newest = card.newest
        self.now.setText(amount(newest.value, card.unit) if newest else _("No figure yet"))
        self.aim.setText(standing(card))
        refill(self._chip, [chip(card.verdict.value)])
        refill(self._chart, [Trend(card, draw_trend, 44)] if newest or card.baseline is not None else [])
        self.figures.show_figures(card.kept, card.unit)
        self.grid.show_figures(card.kept, card.hidden)
        asked = about_measure(card, "", self.desk.workspace.clock.today(), recording=True)
        fields = ("direction", "baseline", "target", "target_on", "band_low", "band_high", "interim")
        self.ask_about(asked, {name: getattr(self, name) for name in fields}, self.doubts)
        fill(self.hidden, withheld(card))
        fill(self.forecast, _forecast(card))

    def _show_shape(self, n: int, on: bool) -> None:
        (self.grid if n else self.figures).setVisible(on)

    def _step(self, name: str) -> str:
        words = _("Edit “{name}”") if name in ("name", "definition") else _("Change “{name}”")
        return words.format(name=self._card.name or _("Measure"))

    def _neighbours(self) -> list[str]:
        table, ident = self.anchor()
        card = self.desk.ask(goal_card, ident) if table == "goal" else self.desk.ask(strategy_card, ident)
        return [one.id for one in card.measures]

    def _move(self, step: int) -> None:
        to = self._neighbours().index(self.ident) + step
        self.desk.do(_("Move “{name}”").format(name=self._card.name or _("Measure")), move_measure, self.ident, to)

    def _record(self, day: date, value: float, group: str, count: int | None, note: str) -> None:
        self.desk.do(
            _("Record a figure"), record_observation, self.ident, day, value, group, count=count, note=note,
            today=self.desk.workspace.clock.today(),
        )  # fmt: skip

    def _record_block(self, figures: list[tuple[date, str, float]]) -> None:
        words = ngettext("Record {n} figure", "Record {n} figures", len(figures)).format(n=len(figures))
        self.desk.do(words, record_block, self.ident, figures, today=self.desk.workspace.clock.today())

    def _record_counts(self, counts: list[tuple[date, str, float | None]]) -> None:
        words = ngettext("Record the students of {n} figure", "Record the students of {n} figures", len(counts))
        self.desk.do(words.format(n=len(counts)), record_counts, self.ident, counts)

    def _move_period(self, old: date, new: date) -> None:
        self.desk.do(_("Change the date of figures"), move_period, self.ident, old, new)
        self.refresh()  # a date that was refused, or written in another way, does not stay

    def _delete_block(self, figures: list[tuple[date, str]]) -> None:
        words = ngettext("Delete {n} figure", "Delete {n} figures", len(figures)).format(n=len(figures))
        self.desk.do(words, delete_block, self.ident, figures)

    def _delete(self) -> None:
        owner = self.desk.ask(measure_owner, self.ident)
        if self.remove(self._card.name or _("Measure"), delete_measure, self.ident):
            self.go_requested.emit(owner)
