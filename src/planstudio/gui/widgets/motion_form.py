"""A motion: its words, who moved and seconded it, the vote by name, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from planstudio.domain.agenda import MotionCard
from planstudio.domain.kinds import Majority, MotionResult, PersonRole
from planstudio.domain.room import tally
from planstudio.gui.widgets.basics import button, column, fill, plain, quiet, row, text, tool
from planstudio.gui.widgets.fields import ChoiceField, NameField
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.vote_rows import VoteRows
from planstudio.i18n import _


class MotionForm(QFrame):
    """Its fields are bound by the page; the vote is its own.

    A name that nobody has is asked about: *person_asked* tells for which of the two, and as what it is added.
    """

    voted = Signal(str, object)  # person id, Choice | None
    all_yes_asked = Signal()
    person_asked = Signal(str, str, object)  # the field, the name, PersonRole
    delete_asked = Signal()

    def __init__(self, card: MotionCard, number: int) -> None:
        super().__init__()
        self.card = card
        self.setProperty("area", "open")
        self.text = RichField(_("Motion {n}").format(n=number), placeholder=_("What is moved"))
        self.mover = NameField(_("Moved by"), placeholder=_("nobody yet"))
        self.seconder = NameField(_("Seconded by"), placeholder=_("nobody yet"))
        self.majority = ChoiceField(_("Needs"), list(Majority), empty=_("what the board’s rules say"))
        self.result = ChoiceField(_("Result"), list(MotionResult))
        self.fields: dict[str, RichField | NameField | ChoiceField] = {
            "text": self.text, "mover_id": self.mover, "seconder_id": self.seconder,
            "majority": self.majority, "result": self.result,
        }  # fmt: skip
        self._asked = ("", "")
        self.as_member = button(_("Add as a board member"), "quiet", "plus")
        self.as_staff = button(_("Add as staff"), "quiet", "plus")
        self._ask = plain(row(self.as_member, 1, self.as_staff, None))
        self._ask.hide()
        self.alarm = quiet("", tone="red")
        self.missing = quiet("", tone="amber")
        self.votes = VoteRows()
        self.tally = text("", "strong", wrap=True)
        self.all_yes = button(_("All present: yes"), "quiet", "check", act=self.all_yes_asked)
        name = _("Delete motion {n}").format(n=number)
        self.away = tool("trash", tip=_("Delete this motion"), tone="muted", name=name, act=self.delete_asked)
        keys = _("In the vote: Y yes, N no, A abstained, B absent, R recused; Tab goes to the next member.")
        self.hint = quiet(keys, "caption")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for field in (self.result, self.majority):
            field.box.be_short(8)
        who, what = row(self.mover, self.seconder, space=3), row(self.majority, self.result, space=3)
        for n in range(2):
            who.setStretch(n, 1)
            what.setStretch(n, 1)
        count = row(self.tally, 2, self.all_yes, grow=0)
        body = column(
            who, self._ask, 2, what, 2.5, count, 0.5, self.alarm, self.missing, 1, self.votes, 1, self.hint,
            edge=(1.5, 0, 1.5, 0),
        )  # fmt: skip
        head = row(self.text, 1, self.away, grow=0, top=self.away)
        self.setLayout(column(head, 1.5, body, edge=(2.5, 3, 2.5, 3)))

    def _connect(self) -> None:
        for verb, role in ((self.as_member, PersonRole.BOARD_MEMBER), (self.as_staff, PersonRole.STAFF)):
            verb.clicked.connect(lambda _on=False, role=role: self.person_asked.emit(*self._asked, role))
        for field in (self.mover, self.seconder):
            field.entry.complained.connect(lambda why: self._ask.hide() if not why else None)
        self.votes.voted.connect(self.voted)

    def ask_about(self, field: str, name: str) -> None:
        """Offer to add the person called *name*, whom nobody knows."""
        self._asked = (field, name)
        self._ask.show()

    def show_card(
        self, card: MotionCard, members: Sequence[tuple[str, str]], *, can_count: bool, missing: str = ""
    ) -> None:
        """Show what stands around the fields of a motion; *missing* says whose vote is not recorded.

        *can_count*: somebody's attendance is known, so that all present can vote at once.
        """
        self.card = card
        for line, words in ((self.alarm, card.doubt), (self.missing, missing)):
            fill(line, words)
        self.votes.show_votes(members, card.votes)
        for part in (self.votes, self.hint):
            part.setVisible(bool(self.votes.lines))
        self.tally.setText(tally(card))
        self.all_yes.setEnabled(can_count)
        self.all_yes.setToolTip("" if can_count else _("Record first who is present."))

    def stops(self) -> list[QWidget]:
        """What takes the focus, in the order of reading."""
        fields: list[QWidget] = [self.text.field, self.away, self.mover.entry, self.seconder.entry]
        fields += [self.as_member, self.as_staff, self.majority.box, self.result.box]
        return [*fields, self.all_yes, *self.votes.stops()]
