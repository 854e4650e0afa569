"""What every page has: a desk to ask and to do with, a place it shows, and a wish to go elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from planstudio.domain.agenda import MeetingCard
from planstudio.domain.cards import Doubt, MeasureCard
from planstudio.domain.changes import Change, Past
from planstudio.domain.errors import NotFound
from planstudio.domain.places import OVERVIEW, PAGE, Place
from planstudio.domain.preflight import Finding
from planstudio.gui.desk import Desk
from planstudio.gui.settings import Settings
from planstudio.gui.theme import TOKENS, gap, is_dark
from planstudio.gui.widgets.basics import Edge, Part, column, empty, fill, named, scrolled
from planstudio.gui.widgets.fields import Captioned, Entry
from planstudio.gui.widgets.text_field import TextField
from planstudio.i18n import _, near_date

_INKS = {
    "ink": "text", "quiet": "muted", "accent": "accent", "ground": "card",
    "met": "green", "better": "teal", "worse": "amber",
}  # fmt: skip


class Pane(Enum):
    """What stands at the right of a page."""

    NONE = auto()
    DETAILS = auto()
    PACKET = auto()


@dataclass(frozen=True)
class PrintRequest:
    """A report and what it is about; *at* and *before* are of the past, *only* the strategies that are listed."""

    report: str = "packet"
    about: str = ""
    at: Past | None = None
    before: Past | None = None
    only: frozenset[str] | None = None


class Page(QWidget):
    """Shows one place of the plan; redraws when the plan says that something it watches has changed.

    A page says in its class what belongs to it: the pane beside it, whether what it shows takes progress or policies.
    What it wishes of the window are its signals.
    """

    go_requested = Signal(object)  # Place
    said = Signal(str)  # what went wrong, for the top of the window
    told = Signal(str)  # what went well
    removed = Signal(str)  # the name of what was deleted
    print_requested = Signal(object)  # PrintRequest
    record_requested = Signal()
    import_requested = Signal()
    attach_requested = Signal(object)  # the Place to attach a policy to
    item_shown = Signal(str)  # the id of what one stands on, for the pane beside the page

    noun = PAGE  # what it shows, set by gui/pages/registry.py
    page_title = ""  # what a page that stands for no element is called
    pane = Pane.NONE
    under: Place | None = None  # the row of the outline that stands for it, where it has none of its own
    takes_progress = False
    takes_policies = False
    watches: tuple[str, ...] = ()  # the tables that it redraws for
    first: QWidget | None = None  # where the cursor goes in an element that has just been added

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ident = ""
        self.stale = False  # the plan has changed since this was shown
        self.setProperty("area", "page")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        desk.changed.connect(self._on_changed)

    def recall(self, settings: Settings) -> None:
        """Be as this person left it in this plan."""

    def anchor(self) -> Place:
        """The row of the outline that stands for what is shown. NotFound where that is gone."""
        return self.under or Place(self.noun, self.ident)

    def goal(self) -> str:
        """The id of the goal in which what is shown stands; "" for none."""
        return ""

    @property
    def meeting_id(self) -> str:
        """The meeting whose packet is shown beside the page; "" for none."""
        return ""

    def come_from(self, place: Place) -> None:
        """What was shown before."""

    def put_away(self) -> None:
        """Keep what has been begun and not recorded, before something else is shown."""

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """What the pre-flight list of the packet says of what is shown here."""

    def mend_finding(self, what: str, file_id: str = "") -> None:
        """Put the cursor where a line of the pre-flight list is mended."""

    def set_body(self, body: QWidget) -> None:
        refill(self._box, [body])

    def set_column(self, *parts: Part, widest: float = 215, space: float = 0, edge: Edge = (0, 0, 0, 0)) -> None:
        """The page is *parts* below each other, scrolled, no wider than so many gaps."""
        self.set_body(scrolled(column(*parts, None, space=space, edge=edge), widest=gap(widest)))

    def open(self, ident: str) -> None:
        if ident != self.ident:
            self.release()
        self.ident, self.stale = ident, False
        self.refresh()
        self._lock()

    def close_down(self) -> None:
        """Stop what still runs, for the plan is being closed."""

    def fields(self, within: QWidget | None = None) -> list[TextField | Entry]:
        """Every field of text on the page, or in a part of it."""
        part = within or self
        return [*part.findChildren(TextField), *part.findChildren(Entry)]

    def refused(self, within: QWidget | None = None) -> TextField | Entry | None:
        """The field with words that were not stored."""
        return next((field for field in self.fields(within) if field.property("wrong") and field.isVisible()), None)

    def release(self, within: QWidget | None = None) -> None:
        """Let go of what is typed: something else will be shown."""
        for field in self.fields(within):
            field.release()

    def store_typed(self, within: QWidget) -> bool:
        """Store what is typed in a part of the page; False where it was refused: the field has the cursor again."""
        for field in self.fields(within):
            if not field.isReadOnly():
                field.commit()
        if (refused := self.refused(within)) is not None:
            self.said.emit(sent_back(refused))
        return refused is None

    def begin(self) -> None:
        """Take the cursor: into the name of what has none yet, else to the top of the page."""
        if isinstance(self.first, TextField) and not self.first.text() and not self.first.isReadOnly():
            self.first.setFocus()
        else:
            self.setFocus()

    def _lock(self) -> None:
        """Nobody types for nothing: in a plan that is only read the fields do not take words."""
        if self.desk.workspace.read_only:
            for field in self.fields():
                field.setReadOnly(True)
            for box in self.findChildren(QComboBox):
                box.setEnabled(False)

    def refresh(self) -> None:
        raise TypeError(f"{type(self).__name__} shows nothing")

    def concerned(self, change: Change) -> bool:
        return any(change.concerns(table) for table in self.watches)

    def _on_changed(self, change: Change) -> None:
        if self.concerned(change):
            self.stale = True
            self._catch_up()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale:
            QTimer.singleShot(0, self, self._catch_up)

    def _catch_up(self) -> None:
        """Show what has changed; a page that nobody sees does so when it is seen."""
        if not (self.stale and self.isVisible()):
            return
        self.stale = False
        try:
            self.refresh()
            self._lock()
        except NotFound:
            self.release()  # what they belonged to is gone
            self.go_requested.emit(self.fallback())  # what was shown here is gone

    def fallback(self) -> Place:
        """Where to go when what is shown here has been deleted."""
        return OVERVIEW

    def ask_about(self, doubts: Iterable[Doubt], fields: Mapping[str, Captioned], rest: QLabel) -> None:
        """Ask beside each field about what hardly holds together, and in *rest* about what has no field here."""
        asked = [(one.field if one.field in fields else "", one.words) for one in doubts]
        for name, field in fields.items():
            field.ask(" ".join(words for at, words in asked if at == name))
        fill(rest, "\n".join(words for at, words in asked if not at))

    def remove(self, name: str, operation: Callable[..., Any], *args: Any) -> bool:
        """Delete what is called *name*, and offer to bring it back."""
        if done := self.desk.do(_("Delete “{name}”").format(name=name), operation, *args) is not None:
            self.removed.emit(name)
        return done


def refill(box: QLayout, parts: Iterable[QWidget]) -> None:
    """Show *parts* in the place of what stands in *box*."""
    empty(box)
    for part in parts:
        box.addWidget(part)


def sent_back(field: QWidget) -> str:
    """Give the cursor back to a *field* whose words were refused; the sentence that says why and what can be done."""
    field.setFocus()
    return _("{why} Mend it, or press Esc to take it back.").format(why=field.accessibleDescription())


def lead_to_agenda(verb: QPushButton, card: MeetingCard, today: date) -> None:
    """Name *verb* by the meeting to whose agenda it leads."""
    name = ", ".join(filter(None, (card.name, near_date(card.start.date(), today) if card.start else "")))
    verb.setText("‹ " + named(name))
    verb.setAccessibleName(_("To the agenda: {name}").format(name=name))


def draw_trend(measure: MeasureCard, width: int, height: int) -> tuple[str, str]:
    """The trend of a measure as SVG and in words, by the code that draws it on paper.

    Imported when the first chart is painted, so that the window stands before ReportLab is read.
    """
    from planstudio.reports.charts import trend_svg
    from planstudio.reports.figures import trend_text

    family = QApplication.font().family()
    colors = {name: TOKENS[token][is_dark()] for name, token in _INKS.items()}
    return trend_svg(measure, colors, width=width, height=height, font=family), trend_text(measure)
