"""What a district says over its goals: their heading, a question, a note, and the same over their strategies.

Most plans have a heading alone; the other lines are there when they hold words or are asked for.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from planstudio.domain.cards import PlanCard
from planstudio.gui.widgets.basics import button, column, row
from planstudio.gui.widgets.rich_field import RichField
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _


class GoalsHead(QWidget):
    def __init__(self, *verbs: QWidget) -> None:
        """*verbs* stand at the right of the heading."""
        super().__init__()
        self.heading = TextField(_("Heading of the goals"), role="heading", placeholder=_("Goals"))
        hint = _("A question they answer, such as: What we will achieve")
        self.question = TextField(_("Question of the goals"), placeholder=hint)
        hint = _("What holds for all goals, such as how they are measured")
        self.note = RichField(_("Note on all goals"), placeholder=hint)
        hint = _("A heading over each goal's strategies, such as: High Priority Strategies")
        self.strategies = TextField(_("Heading of the strategies"), placeholder=hint)
        hint = _("A question of the strategies, such as: What is our priority work")
        self.priority = TextField(_("Question of the strategies"), placeholder=hint)
        self.more = button(_("Question and note…"), "quiet", act=self._ask)
        self._asked = self._filled = False
        self.fields: dict[str, TextField | RichField] = {
            "goals_heading": self.heading, "goals_question": self.question, "goals_note": self.note,
            "strategies_heading": self.strategies, "strategies_question": self.priority,
        }  # fmt: skip
        head = row(self.heading, 2, self.more, *verbs, space=1, grow=0)
        self.setLayout(column(head, self.question, self.note, self.strategies, self.priority, space=1))

    def _ask(self) -> None:
        self._asked = True
        self._show_lines()
        self.question.setFocus()

    def show_plan(self, plan: PlanCard) -> None:
        """Show what holds words; the fields are bound to theirs."""
        self._filled = any(getattr(plan, name) for name in self.fields if name != "goals_heading")
        self._show_lines()

    def release(self) -> None:
        """Another plan is shown: what was asked for was asked for the one before."""
        self._asked = False

    def _show_lines(self) -> None:
        lines = self._filled or self._asked
        for name, field in self.fields.items():
            if name != "goals_heading":
                field.setVisible(lines)
        self.more.setVisible(not lines)
