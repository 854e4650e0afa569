"""The policies that are attached to an element, or the elements that a policy is attached to."""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog, QToolButton, QWidget

from planstudio.domain.cards import GoalCard, PolicyRef, StatementCard, Use
from planstudio.domain.kinds import Relation
from planstudio.domain.places import NOWHERE, Place
from planstudio.domain.texts import name_of
from planstudio.domain.words import table_word, word
from planstudio.gui.desk import Desk
from planstudio.gui.dialogs.attach_policy import AttachPolicy
from planstudio.gui.pages.detail import Card, Detail
from planstudio.gui.settings import Settings
from planstudio.gui.widgets.basics import column, more_tool, plain, quiet, row, text, tool
from planstudio.gui.widgets.painted import Pressable, sign
from planstudio.i18n import _, medium_date
from planstudio.operations.policies import attach_policy, detach_policy, edit_link
from planstudio.queries.policies import all_policies, policy_card
from planstudio.queries.search import page_of


class PoliciesDetail(Detail):
    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, "policies", _("Policies"), _("Attach"))

    def act(self) -> None:
        self.attach(self.place)

    def attach(self, place: Place) -> None:
        """Ask for a policy and attach it to an element."""
        if place.noun == "policy":
            return
        policies = self.desk.ask(all_policies)
        if not policies:
            self.said.emit(_("There is no policy yet. Add one under Policies, then attach it here."))
        elif draft := AttachPolicy(self.window(), policies, table_word(place.noun).lower()).draft():
            self.desk.do(_("Attach a policy"), attach_policy, draft.policy_id, *place, draft.relation, draft.note)

    def show_card(self, card: Card | None) -> None:
        self.action.setVisible(card is not None)
        if card is None:
            self.rename(_("Attached to"))
            uses = self.desk.ask(policy_card, self.place.ident, self.desk.plan_id).uses
            nothing = _("Attached to nothing yet. Open a goal or a value and choose Attach.")
            self.list_lines([self._use(use) for use in uses], nothing)
        else:
            self.rename(_("Policies"))
            self.list_lines([self._ref(ref, of) for ref, of in _refs(card)], _("No policy attached yet."))

    def _ref(self, ref: PolicyRef, of: str) -> QWidget:
        facts = (
            _("{relation} “{part}”").format(relation=word(ref.relation), part=of) if of else word(ref.relation),
            ref.note,
            _("adopted {day}").format(day=medium_date(ref.adopted)) if ref.adopted else word(ref.state).lower(),
        )
        place = Place("policy", ref.policy_id)
        return self._linked(f"{ref.code}  {ref.title}", facts, place, "book", self._link_menu(ref))

    def _link_menu(self, ref: PolicyRef) -> QToolButton:
        """How the policy bears on this, the note, and detaching."""
        label = _("Change the link to policy {code}").format(code=ref.code)
        more, menu = more_tool(_("Change this link"), label)
        for relation in Relation:
            action = menu.addAction(word(relation))
            action.setCheckable(True)
            action.setChecked(relation is ref.relation)
            action.triggered.connect(
                lambda _on=False, to=relation: self.desk.do(label, edit_link, ref.link_id, relation=to)
            )
        menu.addSeparator()
        menu.addAction(_("Note…")).triggered.connect(lambda: self._ask_note(ref, label))
        detach = _("Detach policy {code}").format(code=ref.code)
        menu.addAction(_("Detach")).triggered.connect(lambda: self.desk.do(detach, detach_policy, ref.link_id))
        return more

    def _ask_note(self, ref: PolicyRef, label: str) -> None:
        note, given = QInputDialog.getText(self, _("Note"), _("Which part, or why"), text=ref.note)
        if given:
            self.desk.do(label, edit_link, ref.link_id, note=note)

    def _use(self, use: Use) -> QWidget:
        facts = (word(use.relation), table_word(use.table).lower(), use.note)
        away = tool("close", tip=_("Detach"), tone="muted", name=_("Detach from {name}").format(name=use.name))
        away.clicked.connect(lambda: self.desk.do(_("Detach a policy"), detach_policy, use.link_id))
        place = self.desk.ask(page_of, use.table, use.row_id) or NOWHERE
        return self._linked(use.name, facts, place, "target", away)

    def _linked(self, name: str, facts: tuple[str, ...], place: Place, icon_name: str, away: QWidget) -> QWidget:
        lead, under = sign(icon_name), quiet(" · ".join(filter(None, facts)), "caption")
        words = column(text(name, wrap=True), under, space=0.5)
        card = Pressable(row(lead, 2.5, words, top=lead, grow=2), name, ground="side")
        card.pressed.connect(lambda: self.go_requested.emit(place))
        return plain(row(card, away, grow=0, top=away))


def _refs(card: Card) -> list[tuple[PolicyRef, str]]:
    """The attached policies, and what in the element each is attached to ("" is the element)."""
    refs = [(ref, "") for ref in card.policies]
    if isinstance(card, StatementCard):
        refs += [(ref, name_of(item.title, item.text, most=40)) for item in card.items for ref in item.policies]
    if isinstance(card, GoalCard):
        refs += [(ref, one.number) for one in card.strategies for ref in one.policies]
    return refs
