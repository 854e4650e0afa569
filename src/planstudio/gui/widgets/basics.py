"""The small parts every page is made of: words, buttons, rows and columns."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from planstudio.gui import icons
from planstudio.gui.accessible import Role, present
from planstudio.gui.announcing import announcer
from planstudio.gui.focus import keep_place, never_hand_on_to
from planstudio.gui.icons import icon
from planstudio.gui.theme import color, font, gap
from planstudio.i18n import _

B = TypeVar("B", bound=QBoxLayout)
Part = QWidget | QLayout | float | None
_LEVELS = {"display": 1, "heading": 2}  # what is a heading, by how it looks
_AWAY = ("trash", "close")  # the signs of what deletes or closes


def tip_of(words: str) -> str:
    """*words* as a tool tip that cannot be taken for markup."""
    return f"<qt>{escape(words)}</qt>"


def named(words: str) -> str:
    """*words* of a plan on a button or in a menu, where & would underline a letter."""
    return words.replace("&", "&&")


def text(words: str, role: str = "body", tone: str | None = None, *, wrap: bool = False) -> QLabel:
    """Words as they are: never markup, whoever wrote them."""
    made = QLabel(words)
    made.setFont(font(role))
    made.setTextFormat(Qt.TextFormat.PlainText)
    if tone:
        made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    if role in _LEVELS:
        present(made, Role.Heading, level=_LEVELS[role])
    return made


def complaint() -> QLabel:
    """The line beside a field or below a form that says what is wrong; complain() fills it."""
    made = text("", "caption", "red", wrap=True)
    made.hide()
    return made


def complain(line: QLabel, why: str, of: str = "") -> None:
    """Show in *line* why something was refused, and say it, with the name *of* the field; "" takes it away."""
    line.setText(why)
    line.setVisible(bool(why))
    if why:
        announcer().say(_("{field}: {why}").format(field=of, why=why) if of else why, urgent=True)


def prose(words: str, role: str = "body", tone: str | None = None) -> QLabel:
    """Wrapped running text with air between its lines."""
    air = 130 if role == "reading" else 120
    made = text(f'<p style="line-height:{air}%; margin:0">{escape(words)}</p>', role, tone, wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setAccessibleName(words)
    return made


def button(words: str, kind: str = "plain", sign: str | None = None) -> QPushButton:
    made = QPushButton(" " + words if sign else words)
    made.setAccessibleName(words)
    made.setProperty("kind", kind)
    if sign:
        made.setIcon(icon(sign, {"primary": "on_accent", "quiet": "accent"}.get(kind, "text")))
        made.setIconSize(QSize(gap(4), gap(4)))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAutoDefault(False)
    if sign in _AWAY:
        never_hand_on_to(made)
    return made


def tool(sign: str, words: str = "", tip: str = "", tone: str = "text") -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(sign, tone))
    made.setIconSize(QSize(gap(4.5), gap(4.5)))
    made.setToolTip(tip or words)
    made.setAccessibleName(words or tip)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if sign in _AWAY:
        never_hand_on_to(made)
    if words:
        made.setText(" " + words)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return made


def search_line(name: str, words: str) -> QLineEdit:
    """A line to find something with; *words* stand in it while it is empty."""
    made = QLineEdit()
    made.setAcceptDrops(False)  # a file is for the window, or its address would be looked for
    made.setPlaceholderText(words)
    made.setAccessibleName(name)
    made.setClearButtonEnabled(True)
    made.setTextMargins(gap(5.5), 0, 0, 0)
    made.setLayout(row(sign("search"), None, edge=(2, 0, 0, 0)))
    return made


def listed(name: str) -> QListWidget:
    """A list whose long lines wrap."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setWordWrap(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def unfold_all(tree: QTreeView) -> None:
    """Unfold every row with something below it: a leaf that is unfolded is called "expanded" by screen readers."""
    model = tree.model()
    below = [model.index(n, 0) for n in range(model.rowCount())]
    while below:
        index = below.pop()
        rows = model.rowCount(index)
        if rows:
            tree.expand(index)
            below += [model.index(n, 0, index) for n in range(rows)]


def row(*parts: Part, space: float = 0, edge: tuple[float, float, float, float] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Widgets, layouts, numbers (space) and None (stretch) beside each other."""
    return _lay(QHBoxLayout(), parts, space, edge)


def column(*parts: Part, space: float = 0, edge: tuple[float, float, float, float] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Widgets, layouts, numbers (space) and None (stretch) below each other."""
    return _lay(QVBoxLayout(), parts, space, edge)


def _lay(box: B, parts: tuple[Part, ...], space: float, edge: tuple[float, float, float, float]) -> B:
    box.setSpacing(gap(space) if space else 0)
    box.setContentsMargins(*(gap(e) for e in edge))
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addSpacing(gap(part))
    return box


def area(name: str, box: QLayout, kind: type[QWidget] = QFrame) -> QWidget:
    """A ground: page, side, card, banner."""
    made = kind()
    made.setProperty("area", name)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setLayout(box)
    return made


def plain(box: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(box)
    return made


def empty_state(title: str, hint: str) -> QWidget:
    """What stands where there is nothing to show."""
    words = [text(title, "title", wrap=True), text(hint, "reading", "muted", wrap=True)]
    present(words[0], Role.Heading, level=2)
    for one in words:
        one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return plain(column(8, words[0], 2, words[1], None))


def rule() -> QFrame:
    made = QFrame()
    made.setProperty("area", "line")
    made.setFixedHeight(1)
    return made


def scrolled(box: QLayout, ground: str = "page", widest: int | None = None) -> QScrollArea:
    """A scrolling page; its column is centered and no wider than *widest* pixels."""
    inner = QWidget()
    if widest:
        middle = plain(box)
        middle.setMaximumWidth(widest)
        outer = QHBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(middle, 1000)
        outer.addStretch(1)
        inner.setLayout(outer)
    else:
        inner.setLayout(box)
    inner.setProperty("area", ground)
    inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setWidget(inner)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of *layout*; what comes into it next has the focus that was in it."""
    keep_place(layout)
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
            inner.deleteLater()


class Elided(QLabel):
    """One line that ends in … where there is no room, with the whole as a tip."""

    def __init__(self, words: str, role: str = "body", tone: str = "text", *, hug: bool = False) -> None:
        super().__init__()
        self._tone = tone
        self.setFont(font(role))
        self.setTextFormat(Qt.TextFormat.PlainText)
        wide = QSizePolicy.Policy.Maximum if hug else QSizePolicy.Policy.Ignored
        self.setSizePolicy(wide, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(round(QFontMetricsF(self.font()).height()))
        if role in _LEVELS:
            present(self, Role.Heading, level=_LEVELS[role])
        self.show_words(words)

    def show_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(tip_of(words))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self._words)) + 2, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(color(self._tone))
        painter.setFont(self.font())
        shown = QFontMetricsF(self.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class Painted(QWidget):
    """A widget of fixed size that one function paints."""

    def __init__(self, width: float, height: float, paint: Callable[[QPainter, QRectF], None], name: str = "") -> None:
        super().__init__()
        self.setFixedSize(round(width), round(height))
        self._paint = paint
        self.setAccessibleName(name)
        present(self, Role.Graphic)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, QRectF(self.rect()))
        painter.end()


def sign(name: str, tone: str = "muted", steps: float = 4.5) -> Painted:
    """An icon that is only looked at."""
    return Painted(gap(steps), gap(steps), lambda p, box: icons.paint(p, box, name, color(tone)))


class Pressable(QFrame):
    """A card or a row that is one button: click, Enter or Space."""

    pressed = Signal()

    def __init__(self, box: QLayout | None, name: str, ground: str = "card") -> None:
        """*box* lays out what stands on it; a subclass without one paints that."""
        super().__init__()
        self.setProperty("area", ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if box is not None:
            self.setLayout(box)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        present(self, Role.Button)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)
