"""A measure: what is counted, from where to where, and the figures."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from planstudio.domain.cards import MeasureCard
from planstudio.domain.kinds import Direction, Frequency, MeasureKind, MeasureTiming
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page, draw_trend
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import area, button, column, empty, plain, row, scrolled, text, tool
from planstudio.gui.widgets.fields import ChoiceField, DateField, EntryField, LineField, NumberField
from planstudio.gui.widgets.figures import Figures
from planstudio.gui.widgets.marks import chip
from planstudio.gui.widgets.measure_card import Trend, standing
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, amount
from planstudio.operations.measures import (
    delete_measure,
    delete_observation,
    edit_measure,
    move_measure,
    record_observation,
)
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.measures import measure_card, measure_owner


class MeasurePage(Page):
    watches = frozenset(("measure", "observation", "policy_link", "goal", "strategy"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.up = button("", "quiet")
        self.before = tool("up", tip=_("Move this measure up among its neighbours"), tone="muted")
        self.after = tool("down", tip=_("Move this measure down among its neighbours"), tone="muted")
        self.name = TextField(_("Name"), role="display", placeholder=_("What is counted"))
        self.definition = RichField(_("Definition"), role="reading", placeholder=_("How it is counted, and by whom"))
        self.kind = ChoiceField(_("Kind"), list(MeasureKind))
        self.timing = ChoiceField(_("Tells"), list(MeasureTiming))
        self.direction = ChoiceField(_("Direction"), list(Direction))
        self.frequency = ChoiceField(_("Frequency"), list(Frequency))
        self.unit = LineField(_("Unit"), placeholder="%")
        self.baseline = NumberField(_("Baseline"))
        self.baseline_on = DateField(_("Baseline of"))
        self.target = NumberField(_("Target"))
        self.target_on = DateField(_("Target by"))
        self.band_low = NumberField(_("Band from"))
        self.band_high = NumberField(_("Band to"))
        self.interim = LineField(_("Interim targets"), placeholder=_("2027: 70; 2028: 75"))
        self.source = LineField(_("Source"), placeholder=_("where the figures come from"))
        self.delete = button(_("Delete this measure"), "quiet", "trash")
        self.figures = Figures()
        self.now = text("", "title")
        self.aim = text("", "caption", "muted")
        self._chart = QVBoxLayout()
        self._chip = row()
        card = area(
            "card", column(row(self.now, 2, self.aim, None, self._chip), self._chart, space=2, edge=(4, 3, 4, 3))
        )
        self.set_body(
            scrolled(
                column(
                    column(row(self.up, None, self.before, self.after), self.name, self.definition),
                    3,
                    row(self.unit, self.direction, self.kind, self.timing, self.frequency, space=3),
                    2,
                    row(self.baseline, self.baseline_on, self.target, self.target_on, space=3),
                    row(self.band_low, self.band_high, None, space=3),
                    2,
                    row(self.interim, self.source, space=3),
                    4,
                    card,
                    5,
                    text(_("Figures"), "heading"),
                    2,
                    self.figures,
                    5,
                    plain(row(None, self.delete)),
                    None,
                    space=0.5,
                    edge=(8, 4, 8, 6),
                ),
                widest=gap(215),
            )
        )
        self.first = self.name
        self._connect()

    def _connect(self) -> None:
        self.name.edited.connect(partial(self._write, "name"))
        self.definition.edited.connect(partial(self._write, "definition"))
        for name in ("kind", "timing", "direction", "frequency", "unit", "baseline", "baseline_on", "target"):
            getattr(self, name).edited.connect(partial(self._set, name))
        for name in ("target_on", "band_low", "band_high", "interim", "source"):
            getattr(self, name).edited.connect(partial(self._set, name))
        self.up.clicked.connect(lambda: self.go_requested.emit(*self.desk.ask(measure_owner, self.ident)))
        self.figures.recorded.connect(self._record)
        self.figures.delete_requested.connect(
            lambda day, group: self.desk.do(_("Delete a figure"), delete_observation, self.ident, day, group)
        )
        self.delete.clicked.connect(self._delete)
        self.before.clicked.connect(lambda: self._move(-1))
        self.after.clicked.connect(lambda: self._move(1))

    def refresh(self) -> None:
        self._show(self.desk.ask(measure_card, self.ident))

    def _show(self, card: MeasureCard) -> None:
        self._card = card
        table, _ident = self.desk.ask(measure_owner, self.ident)
        self.up.setText("‹ " + (_("Goal") if table == "goal" else _("Strategy")))
        self.up.setAccessibleName(_("To the goal") if table == "goal" else _("To the strategy"))
        neighbours = self._neighbours()
        self.before.setEnabled(neighbours[0] != self.ident)
        self.after.setEnabled(neighbours[-1] != self.ident)
        self.name.show_text(card.name)
        self.definition.show_text(card.definition)
        for name in ("kind", "timing", "direction", "frequency", "unit", "baseline", "baseline_on", "target"):
            getattr(self, name).show_value(getattr(card, name))
        for name in ("target_on", "band_low", "band_high", "interim", "source"):
            getattr(self, name).show_value(getattr(card, name))
        band = card.direction is Direction.BAND
        self.band_low.setVisible(band)
        self.band_high.setVisible(band)
        newest = card.newest
        self.now.setText(amount(newest.value, card.unit) if newest else _("No figure yet"))
        self.aim.setText(standing(card))
        empty(self._chip)
        self._chip.addWidget(chip(card.verdict.value))
        empty(self._chart)
        if newest or card.baseline is not None:
            self._chart.addWidget(Trend(card, draw_trend, 44))
        self.figures.show_figures(card.observations, card.unit)

    def _write(self, name: str, words: str) -> None:
        field = self.name if name == "name" else self.definition
        self.write(
            field,
            words,
            _("Edit “{name}”").format(name=self._card.name or _("Measure")),
            edit_measure,
            self.ident,
            name,
        )

    def _set(self, name: str, value: object) -> None:
        label = _("Change “{name}”").format(name=self._card.name or _("Measure"))
        field = getattr(self, name)
        if isinstance(field, EntryField):
            self.put(field, label, edit_measure, self.ident, name, value)
        else:
            self.change(label, edit_measure, self.ident, **{name: value})

    def _neighbours(self) -> list[str]:
        table, ident = self.desk.ask(measure_owner, self.ident)
        card = self.desk.ask(goal_card, ident) if table == "goal" else self.desk.ask(strategy_card, ident)
        return [one.id for one in card.measures]

    def _move(self, step: int) -> None:
        to = self._neighbours().index(self.ident) + step
        self.desk.do(_("Move “{name}”").format(name=self._card.name or _("Measure")), move_measure, self.ident, to)

    def _record(self, day: date, value: float, group: str, note: str) -> None:
        self.desk.do(_("Record a figure"), record_observation, self.ident, day, value, group, note=note)

    def _delete(self) -> None:
        owner = self.desk.ask(measure_owner, self.ident)
        if self.remove(self._card.name or _("Measure"), delete_measure, self.ident):
            self.go_requested.emit(*owner)
