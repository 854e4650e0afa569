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
    e = richtext.escape_inline
    parts = [f"# {e(book.plan.title or book.organization.name)}"]
    if book.plan.slogan:
        parts.append(f"*{e(book.plan.slogan)}*")
    for statement in book.statements:
        parts.append(f"## {e(statement.heading or word(statement.kind))}")
        parts += [e(statement.question), statement.lead, statement.body]
        for item in statement.items:
            parts.append(f"**{e(item.title)}**" if item.title else "")
            parts += [item.text, f"*{_('As evidenced by')}:* {item.evidence}" if item.evidence else ""]
    plan = book.plan
    if plan.introduces:
        parts.append(f"## {e(plan.goals_heading or _('Goals'))}")
        parts += [e(plan.goals_question), plan.goals_note, e(plan.strategies_question)]
    for goal in book.goals:
        parts += _goal_parts(goal, plan.strategies_heading)
    return "\n\n".join(part for part in parts if part)


def _goal_parts(goal: GoalCard, over_strategies: str) -> list[str]:
    e = richtext.escape_inline
    name = " ".join(part for part in (goal.label or f"{word(goal.kind)} {goal.number}", goal.title) if part)
    parts = [f"## {e(name)}", f"*{_facts(word(goal.status), goal.percent, goal.owner)}*", goal.statement]
    if goal.strategies and over_strategies:
        parts.append(f"*{e(over_strategies)}*")
    for one in goal.strategies:
        parts.append(f"**{one.number} {e(one.title)}**")
        parts.append(one.text)
        due = _("due {day}").format(day=medium_date(one.due)) if one.due else ""
        parts.append(f"*{_facts(word(one.status), one.percent, one.owner, due)}*")
    return parts


def _facts(status: str, percent: int, *others: str) -> str:
    return richtext.escape_inline(", ".join(part for part in (status, f"{percent}%", *others) if part))


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
        head = row(
            text(change_words(change), "caption strong", tone), 2, text(element_words(change), "caption", "muted"), None
        )
        box = column(head, text(element.name or "–", "heading", wrap=True), space=1, edge=(4, 3, 4, 3))
        if place := place_words(change):
            box.addWidget(quiet(place))
        for field in change.fields:
            if (field.before or field.after) != element.name:  # which says it already
                box.addWidget(_field(field))
        own = element.own or element.id
        if not change.deleted and element.table != "plan":
            look = button(_("Open"), "quiet", name=_("Open {name}").format(name=element.name))
            look.clicked.connect(lambda: self.opened.emit(Place(element.table, own)))
            head.addWidget(look)
        if can_restore and not change.added and element.table != "plan":
            back = button(_("Restore"), "quiet", "history")
            back.setAccessibleName(_("Restore {name} as it was").format(name=element.name))
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
    shown = "<br>".join(html_of(runs) for runs in lines)
    label = QLabel(f'<span style="color:{color("muted").name()}">{escape(field.name)}</span><br>{shown}')
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setAccessibleName(f"{field.name}. " + " ".join(spoken(runs) for runs in lines))
    return label
