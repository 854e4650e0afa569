"""A policy: code, title, text, dates and references, and the elements it is attached to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from planstudio.domain.adopted import is_adopted_policy, policy_notice
from planstudio.domain.cards import PolicyCard
from planstudio.domain.dates import End, day_of
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import PolicyKind, PolicyState
from planstudio.domain.order_of_time import policy_doubts
from planstudio.gui.desk import Desk
from planstudio.gui.pages.page import Page
from planstudio.gui.theme import gap
from planstudio.gui.widgets.adopted_notice import AdoptedNotice
from planstudio.gui.widgets.basics import button, column, row, scrolled, text
from planstudio.gui.widgets.fields import (
    Captioned,
    ChoiceField,
    Choices,
    DateField,
    LineField,
    NameField,
    NumberField,
)
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, medium_date
from planstudio.operations.people import own
from planstudio.operations.policies import begin_version, delete_policy, edit_policy, edit_policy_text
from planstudio.queries.plans import people
from planstudio.queries.policies import all_series, policy_card

_DATES = ("first_reading", "second_reading", "adopted", "effective", "reviewed", "repealed")


class PolicyPage(Page):
    watches = frozenset(("policy", "policy_version", "policy_series", "policy_link", "person"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.up = button("‹ " + _("Policies"), "quiet")
        self.title = TextField(_("Title"), role="display", placeholder=_("Title of the policy"))
        self.code = LineField(_("Code"))
        self.kind = ChoiceField(_("Kind"), list(PolicyKind))
        self.state = ChoiceField(_("State"), list(PolicyState))
        self.series = Choices()
        self.owner = NameField(_("Owner"), placeholder=_("no owner"))
        self.review = NumberField(_("Review every … months"))
        self.body = RichField(_("Text"), role="reading", placeholder=_("The policy's text, with its headings"))
        self.dates = {
            "first_reading": DateField(_("First reading"), end=End.DAY),
            "second_reading": DateField(_("Second reading"), end=End.DAY),
            "adopted": DateField(_("Adopted"), end=End.DAY),
            "effective": DateField(_("Effective"), end=End.DAY),
            "reviewed": DateField(_("Last reviewed"), end=End.DAY),
            "repealed": DateField(_("Repealed"), end=End.DAY),
        }
        self.revised = LineField(_("Revised"), placeholder=_("none; several with ; between them"))
        self.legal = TextField(_("Legal references, a line each"), lines=True, placeholder=_("none"))
        self.cross = TextField(_("See also, a line each"), lines=True, placeholder=_("none"))
        self.delete = button(_("Delete this policy"), "quiet", "trash")
        self.notice = AdoptedNotice(_("Write a new version"))
        self._first_words = False  # it was adopted before its text was here
        series = Captioned(_("Series"), self.series)
        facts = row(self.code, series, self.kind, self.state, space=3)
        duty = row(self.owner, self.review, None, space=3)
        self.code.setMaximumWidth(gap(36))
        self.owner.setMinimumWidth(gap(60))
        grid = QGridLayout()
        grid.setSpacing(gap(3))
        for n, field in enumerate(self.dates.values()):
            grid.addWidget(field, n // 3, n % 3)
        self.set_body(
            scrolled(
                column(
                    row(self.up, None),
                    self.notice,
                    self.title,
                    2,
                    facts,
                    2,
                    duty,
                    4,
                    self.body,
                    5,
                    text(_("Dates"), "heading"),
                    2,
                    grid,
                    2,
                    self.revised,
                    4,
                    text(_("Legal references"), "caption", "muted"),
                    self.legal,
                    2,
                    text(_("See also"), "caption", "muted"),
                    self.cross,
                    4,
                    row(None, self.delete),
                    None,
                    space=0.5,
                    edge=(8, 4, 8, 6),
                ),
                widest=gap(215),
            )
        )
        self.first = self.body.field
        self._connect()

    def _connect(self) -> None:
        self.up.clicked.connect(lambda: self.go_requested.emit("place", "policies"))
        self.title.edited.connect(lambda words: self._write(self.title, words, edit_policy, "title"))
        self.body.edited.connect(self._on_body)
        self.notice.acted.connect(self._begin_version)
        for name, field in (("legal_refs", self.legal), ("cross_refs", self.cross)):
            field.edited.connect(partial(self._write_text, field, name))
        self.code.edited.connect(self._on_code)
        self.kind.edited.connect(lambda kind: self._change(kind=kind))
        self.state.edited.connect(lambda state: self._change(state=state))
        self.series.activated.connect(lambda _n: self._change(series_id=self.series.currentData()))
        self.review.edited.connect(self._on_review)
        self.owner.edited.connect(lambda name: self.desk.do(_("Change the owner"), own, "policy", self.ident, name))
        for name in _DATES:
            self.dates[name].edited.connect(partial(self._set_date, name))
        self.revised.edited.connect(self._on_revised)
        self.delete.clicked.connect(self._delete)

    def open(self, ident: str) -> None:
        self._first_words = not self.desk.ask(policy_card, ident).body
        super().open(ident)

    def refresh(self) -> None:
        card = self.desk.ask(policy_card, self.ident, self.desk.plan_id)
        self._card: PolicyCard = card
        self.title.show_text(card.title)
        self.code.show_value(card.code)
        self.kind.show_value(card.kind)
        self.state.show_value(card.state)
        self.series.clear()
        self.series.addItem(_("none"), None)
        for one in self.desk.ask(all_series):
            self.series.addItem(f"{one.number} {one.title}".strip(), one.id)
        self.series.setCurrentIndex(max(0, self.series.findData(card.series.id if card.series else None)))
        self.owner.show_names([person.name for person in self.desk.ask(people)])
        self.owner.show_value(card.owner)
        self.review.show_value(card.review_months)
        self.body.show_text(card.body)
        for name in _DATES:
            self.dates[name].show_value(getattr(card, name))
        self.revised.show_value("; ".join(medium_date(day) for day in card.revised))
        self._show_doubts(card)
        self.legal.show_text("\n".join(card.legal_refs))
        self.cross.show_text("\n".join(card.cross_refs))
        closed = is_adopted_policy(card.state) and bool(card.body) and not self._first_words
        words = policy_notice() if closed else ""
        self.notice.guard(words, (self.title, self.body), locked=self.desk.workspace.read_only)

    def _on_body(self, words: str) -> None:
        operation = partial(edit_policy_text, filling=self._first_words)
        self._write(self.body, words, operation, "body")

    def _begin_version(self) -> None:
        if self.change(_("Begin a new version of {code}").format(code=self._card.code), begin_version, self.ident):
            self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_doubts(self, card: PolicyCard) -> None:
        """Dates that cannot be are kept, and questioned where they stand."""
        told: dict[str, str] = {}
        for doubt in policy_doubts(card):
            told[doubt.field] = f"{told.get(doubt.field, '')} {doubt.words}".strip()
        for name, field in (*self.dates.items(), ("revised", self.revised)):
            if not field.entry.property("wrong"):  # a refusal of what stands there now weighs more
                field.complain(told.get(name, ""))

    def _label(self) -> str:
        return _("Edit policy {code}").format(code=self._card.code)

    def _write(self, field: TextField | RichField, words: str, operation: object, name: str) -> None:
        self.write(field, words, self._label(), operation, self.ident, name)  # type: ignore[arg-type]

    def _write_text(self, field: TextField, name: str, words: str) -> None:
        self._write(field, words, edit_policy_text, name)

    def _change(self, **values: object) -> None:
        self.change(self._label(), edit_policy, self.ident, **values)

    def _set_date(self, name: str, day: object) -> None:
        self.put(self.dates[name], self._label(), edit_policy_text, self.ident, name, day)

    def _on_revised(self, words: str) -> None:
        try:
            days = [day_of(part, End.DAY) for part in words.split(";") if part.strip()]
        except InvalidInput as error:
            self.revised.refuse(str(error))
            return
        lines = "\n".join(day.isoformat() for day in days)
        self.put(self.revised, self._label(), edit_policy_text, self.ident, "revised", lines)

    def _on_review(self, months: float | None) -> None:
        value = round(months) if months else None
        self.put(self.review, self._label(), edit_policy, self.ident, "review_months", value)

    def _on_code(self, words: str) -> None:
        self.put(self.code, self._label(), edit_policy, self.ident, "code", words)

    def _delete(self) -> None:
        if self.remove(f"{self._card.code} {self._card.title}", delete_policy, self.ident):
            self.go_requested.emit("place", "policies")
