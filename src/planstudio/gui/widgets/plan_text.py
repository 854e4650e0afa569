"""A whole plan to read, and what changed in it, as text on the screen."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QTextBrowser, QWidget

from planstudio import richtext
from planstudio.domain.cards import GoalCard, PlanBook
from planstudio.domain.places import Place
from planstudio.domain.plan_changes import ElementChange, FieldChange
from planstudio.domain.redline import Mark, compare_words
from planstudio.domain.text_changes import compare_texts
from planstudio.domain.words import word
from planstudio.gui.theme import color, font, gap
from planstudio.gui.widgets import rich_document
from planstudio.gui.widgets.basics import area, button, column, empty, quiet, row, text
from planstudio.gui.widgets.redline_text import html_of, spoken
from planstudio.i18n import _, medium_date, ngettext
from planstudio.reports.wording import change_words, element_words, place_words

_MOST = 120  # changes drawn at once


class PlanText(QTextBrowser):
    """A plan as it stands or stood, read only."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("The plan as it was"))
        self.setProperty("area", "page")
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(gap(6))

    def show_book(self, book: PlanBook) -> None:
        made = rich_document.SafeDocument(self)
        made.setDefaultFont(font("body"))
        made.setDocumentMargin(gap(6))
        rich_document.fill(made, book_markdown(book), air=130)
        self.setDocument(made)  # the one before was this view's own and goes with it


def book_markdown(book: PlanBook) -> str:
    """The plan's own texts, one after the other."""
    e, plan = richtext.escape_inline, book.plan
    parts = [f"# {e(plan.title or book.organization.name)}", f"*{e(plan.slogan)}*" if plan.slogan else ""]
    for statement in book.statements:
        parts.append(f"## {e(statement.heading or word(statement.kind))}")
        parts += [e(statement.question), statement.lead, statement.body]
        for item in statement.items:
            parts.append(f"**{e(item.title)}**" if item.title else "")
            parts += [item.text, f"*{_('As evidenced by')}:* {item.evidence}" if item.evidence else ""]
    if plan.introduces:
        parts.append(f"## {e(plan.goals_heading or _('Goals'))}")
        parts += [e(plan.goals_question), plan.goals_note, e(plan.strategies_question)]
    for goal in book.goals:
        parts += _goal_parts(goal, plan.strategies_heading)
    return "\n\n".join(filter(None, parts))


def _goal_parts(goal: GoalCard, over_strategies: str) -> list[str]:
    e = richtext.escape_inline
    name = " ".join(filter(None, (goal.label or f"{word(goal.kind)} {goal.number}", goal.title)))
    parts = [f"## {e(name)}", f"*{_facts(word(goal.status), goal.percent, goal.owner)}*", goal.statement]
    if goal.strategies and over_strategies:
        parts.append(f"*{e(over_strategies)}*")
    for one in goal.strategies:
        due = _("due {day}").format(day=medium_date(one.due)) if one.due else ""
        facts = _facts(word(one.status), one.percent, one.owner, due)
        parts += [f"**{one.number} {e(one.title)}**", one.text, f"*{facts}*"]
    return parts


def _facts(status: str, percent: int, *others: str) -> str:
    return richtext.escape_inline(", ".join(filter(None, (status, f"{percent}%", *others))))


class ChangeList(QWidget):
    """Element by element: what was added is underlined, what was deleted struck out; both are said aloud."""

    restore_requested = Signal(object, str)  # its Place and name
    opened = Signal(object)  # the Place of a row, which may have no page of its own

    def __init__(self) -> None:
        super().__init__()
        self._box = column(space=3)
        self.setLayout(self._box)

    def show_changes(self, changes: tuple[ElementChange, ...], *, can_restore: bool) -> None:
        empty(self._box)
        for change in changes[:_MOST]:
            self._box.addWidget(self._card(change, can_restore))
        if (left := len(changes) - _MOST) > 0:
            words = ngettext("and {n} more change: print them", "and {n} more changes: print them", left)
            self._box.addWidget(text(words.format(n=left), "body", "muted"))

    def _card(self, change: ElementChange, can_restore: bool) -> QWidget:
        element = change.element
        tone = "green" if change.added else "red" if change.deleted else "accent"
        what = text(change_words(change), "caption strong", tone)
        head = row(what, 2, text(element_words(change), "caption", "muted"), None)
        box = column(head, text(element.name or "–", "heading", wrap=True), space=1, edge=(4, 3, 4, 3))
        if place := place_words(change):
            box.addWidget(quiet(place))
        for field in change.fields:
            if (field.before or field.after) != element.name:  # which says it already
                box.addWidget(_field(field))
        own = Place(element.table, element.later_id or element.id)
        if not change.deleted and element.table != "plan":
            name = _("Open {name}").format(name=element.name)
            head.addWidget(button(_("Open"), "quiet", name=name, act=lambda: self.opened.emit(own)))
        if can_restore and not change.added and element.table != "plan":
            back = button(
                _("Restore"), "quiet", "history", name=_("Restore {name} as it was").format(name=element.name)
            )
            back.clicked.connect(lambda: self.restore_requested.emit(Place(element.table, element.id), element.name))
            head.addWidget(back)
        return area("card", box)


def _field(field: FieldChange) -> QLabel:
    if field.markdown:
        lines = [
            passage.runs
            for section in compare_texts(field.before, field.after)
            for passage in section.passages
            if passage.mark is not Mark.KEPT
        ]
    else:
        lines = [compare_words(field.before, field.after)]
    shown = "<br>".join(map(html_of, lines))
    name = f'<span style="color:{color("muted").name()}">{escape(field.name)}</span>'
    label = QLabel(f"{name}<br>{shown}", textFormat=Qt.TextFormat.RichText, wordWrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setAccessibleName(" ".join((f"{field.name}.", *map(spoken, lines))))
    return label
