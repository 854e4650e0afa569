"""A motion: its words, who moved and seconded it, the vote by name, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from planstudio.domain.agenda import MotionCard
from planstudio.domain.kinds import MotionResult
from planstudio.domain.room import tally
from planstudio.gui.widgets.basics import button, column, row, text, tool
from planstudio.gui.widgets.fields import ChoiceField, NameField
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.vote_rows import VoteRows
from planstudio.i18n import _


class MotionForm(QFrame):
    """Edited in place. *edited* names the column: text, mover, seconder or result."""

    edited = Signal(str, object)
    voted = Signal(str, object)  # person id, Choice | None
    all_yes_asked = Signal()
    delete_asked = Signal()

    def __init__(self, card: MotionCard, number: int) -> None:
        super().__init__()
        self.card = card
        self.setProperty("area", "open")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = RichField(_("Motion {n}").format(n=number), placeholder=_("What is moved"))
        self.mover = NameField(_("Moved by"), placeholder=_("nobody yet"))
        self.seconder = NameField(_("Seconded by"), placeholder=_("nobody yet"))
        self.result = ChoiceField(_("Result"), list(MotionResult))
        self.result.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.result.box.setMinimumContentsLength(8)
        self.votes = VoteRows()
        self.tally = text("", "strong", wrap=True)
        self.all_yes = button(_("All present: yes"), "quiet", "check")
        self.away = tool("trash", tip=_("Delete this motion"), tone="muted")
        self.away.setAccessibleName(_("Delete motion {n}").format(n=number))
        self._names: tuple[str, ...] = ()
        head = row(self.text, 1, self.away)
        head.setStretch(0, 1)
        head.setAlignment(self.away, Qt.AlignmentFlag.AlignTop)
        who = row(self.mover, self.seconder, self.result, space=3)
        for n in range(3):
            who.setStretch(n, 1)
        count = row(self.tally, 2, self.all_yes)
        count.setStretch(0, 1)
        keys = _("In the vote: Y yes, N no, A abstained, B absent, R recused; Tab goes to the next member.")
        self.hint = text(keys, "caption", "muted", wrap=True)
        body = column(who, 2.5, count, 1, self.votes, 1, self.hint, edge=(1.5, 0, 1.5, 0))
        self.setLayout(column(head, 1.5, body, edge=(2.5, 3, 2.5, 3)))
        self.text.edited.connect(lambda words: self.edited.emit("text", words))
        self.mover.edited.connect(lambda name: self.edited.emit("mover", name))
        self.seconder.edited.connect(lambda name: self.edited.emit("seconder", name))
        self.result.edited.connect(lambda result: self.edited.emit("result", result))
        self.votes.voted.connect(self.voted)
        self.all_yes.clicked.connect(self.all_yes_asked)
        self.away.clicked.connect(self.delete_asked)

    def show_card(self, card: MotionCard, members: Sequence[tuple[str, str]], *, can_count: bool) -> None:
        """Show the motion; *can_count*: somebody's attendance is known, so that all present can vote at once."""
        self.card = card
        names = tuple(name for _id, name in members)
        if names != self._names:
            self._names = names
            self.mover.show_names(names)
            self.seconder.show_names(names)
        self.text.show_text(card.text)
        self.mover.show_value(card.mover)
        self.seconder.show_value(card.seconder)
        self.result.show_value(card.result)
        self.votes.show_votes(members, card.votes)
        for part in (self.votes, self.hint):
            part.setVisible(bool(self.votes.lines))
        self.tally.setText(tally(card))
        self.all_yes.setEnabled(can_count)
        self.all_yes.setToolTip("" if can_count else _("Record first who is present."))

    def stops(self) -> list[QWidget]:
        """What takes the focus, in the order of reading."""
        fields: list[QWidget] = [self.text.field, self.away, self.mover.entry, self.seconder.entry, self.result.box]
        return [*fields, self.all_yes, *self.votes.stops()]
