"""A policy: code, title, text, dates and references, and the elements it is attached to."""

from __future__ import annotations

from typing import Any

from planstudio.domain.adopted import is_adopted_policy, policy_notice
from planstudio.domain.dates import End, day_of
from planstudio.domain.kinds import PolicyKind, PolicyState
from planstudio.domain.order_of_time import policy_doubts
from planstudio.domain.places import at_page
from planstudio.gui.desk import Desk
from planstudio.gui.pages.binding import Binding
from planstudio.gui.pages.page import Page, Pane
from planstudio.gui.pages.registry import shows
from planstudio.gui.theme import gap
from planstudio.gui.widgets.adopted_notice import AdoptedNotice
from planstudio.gui.widgets.basics import button, in_columns, row, text
from planstudio.gui.widgets.fields import Captioned, ChoiceField, Choices, DateField, LineField, NameField, NumberField
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, medium_date
from planstudio.operations.policies import begin_version, delete_policy, edit_policy, edit_policy_text
from planstudio.queries.policies import all_series, policy_card


@shows("policy")
class PolicyPage(Page):
    under = at_page("policies")
    pane = Pane.DETAILS
    watches = ("policy", "policy_version", "policy_series", "policy_link", "person")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bound = Binding(self, "policy", edit_policy, self._step)
        bind = self.bound.bind
        self.words = Binding(self, "policy_version", self._edit_text, self._step)
        self.up = button("‹ " + _("Policies"), "quiet", act=lambda: self.go_requested.emit(at_page("policies")))
        self.title = bind("title", TextField(_("Title"), role="display", placeholder=_("Title of the policy")))
        self.code = bind("code", LineField(_("Code")))
        self.kind = bind("kind", ChoiceField(_("Kind"), list(PolicyKind)))
        self.state = bind("state", ChoiceField(_("State"), list(PolicyState)))
        self.series = Choices()
        self.owner = bind("owner_id", NameField(_("Owner"), placeholder=_("no owner")))
        self.review = bind("review_months", NumberField(_("Review every … months")), read=lambda months: months or None)
        self._bind_words()
        self.delete = button(_("Delete this policy"), "quiet", "trash", act=self._delete)
        self.notice = AdoptedNotice(_("Write a new version"))
        self.notice.acted.connect(self._begin_version)
        self._first_words = False  # it was adopted before its text was here
        self.first = self.body.field
        self.code.setMaximumWidth(gap(36))
        self.owner.setMinimumWidth(gap(60))
        self.set_column(
            row(self.up, None), self.notice, self.title, 2,
            row(self.code, Captioned(_("Series"), self.series), self.kind, self.state, space=3), 2,
            row(self.owner, self.review, None, space=3), 4,
            self.body, 5,
            text(_("Dates"), "heading"), 2, in_columns(self.dates.values(), 3), 2, self.revised, 4,
            text(_("Legal references"), "caption", "muted"), self.legal, 2,
            text(_("See also"), "caption", "muted"), self.cross, 4,
            row(None, self.delete),
            space=0.5, edge=(8, 4, 8, 6),
        )  # fmt: skip
        self.series.activated.connect(
            lambda _n: self.desk.do(self._step(""), edit_policy, self.ident, series_id=self.series.currentData())
        )

    def _bind_words(self) -> None:
        """The fields of the version that is in force or is being written."""
        bind = self.words.bind
        hint = _("The policy's text, with its headings")
        self.body = bind("body", RichField(_("Text"), role="reading", placeholder=hint))
        captions = {
            "first_reading": _("First reading"), "second_reading": _("Second reading"), "adopted": _("Adopted"),
            "effective": _("Effective"), "reviewed": _("Last reviewed"), "repealed": _("Repealed"),
        }  # fmt: skip
        self.dates = {name: bind(name, DateField(caption, end=End.DAY)) for name, caption in captions.items()}
        self.revised = bind(
            "revised", LineField(_("Revised"), placeholder=_("none; several with ; between them")),
            read=_days, shown=lambda card: "; ".join(medium_date(day) for day in card.revised),
        )  # fmt: skip
        legal = TextField(_("Legal references, a line each"), lines=True, placeholder=_("none"))
        self.legal = bind("legal_refs", legal, shown=lambda card: "\n".join(card.legal_refs))
        cross = TextField(_("See also, a line each"), lines=True, placeholder=_("none"))
        self.cross = bind("cross_refs", cross, shown=lambda card: "\n".join(card.cross_refs))

    def open(self, ident: str) -> None:
        self._first_words = not self.desk.ask(policy_card, ident).body
        super().open(ident)

    def refresh(self) -> None:
        card = self._card = self.desk.ask(policy_card, self.ident, self.desk.plan_id)
        self.bound.show(card)
        self.words.show(card)
        self.series.clear()
        self.series.addItem(_("none"), None)
        for one in self.desk.ask(all_series):
            self.series.addItem(f"{one.number} {one.title}".strip(), one.id)
        self.series.setCurrentIndex(max(0, self.series.findData(card.series.id if card.series else None)))
        told: dict[str, str] = {}
        for doubt in policy_doubts(card):
            told[doubt.field] = f"{told.get(doubt.field, '')} {doubt.words}".strip()
        for name, field in (*self.dates.items(), ("revised", self.revised)):
            if not field.entry.property("wrong"):  # a refusal of what stands there now weighs more
                field.complain(told.get(name, ""))
        closed = is_adopted_policy(card.state) and bool(card.body) and not self._first_words
        notice = policy_notice() if closed else ""
        self.notice.guard(notice, (self.title, self.body), locked=self.desk.workspace.read_only)

    def _edit_text(self, *args: Any, **values: Any) -> None:
        edit_policy_text(*args, filling=self._first_words, **values)

    def _begin_version(self) -> None:
        if self.desk.do(_("Begin a new version of {code}").format(code=self._card.code), begin_version, self.ident):
            self.body.setFocus()

    def _step(self, name: str) -> str:
        return _("Change the owner") if name == "owner_id" else _("Edit policy {code}").format(code=self._card.code)

    def _delete(self) -> None:
        if self.remove(f"{self._card.code} {self._card.title}", delete_policy, self.ident):
            self.go_requested.emit(at_page("policies"))


def _days(words: str) -> str:
    """Days between semicolons, a line each."""
    return "\n".join(day_of(part, End.DAY).isoformat() for part in words.split(";") if part.strip())
