"""The small parts every page is made of: words, buttons, rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, SignalInstance
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QListWidget,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from planstudio.gui.accessible import Role, present
from planstudio.gui.announcing import announcer
from planstudio.gui.focus import keep_place, never_hand_on_to
from planstudio.gui.icons import icon
from planstudio.gui.theme import font, gap
from planstudio.i18n import _

B = TypeVar("B", bound=QBoxLayout)
Part = QWidget | QLayout | float | None
Edge = tuple[float, float, float, float]  # left, top, right, bottom
Act = Callable[..., object] | SignalInstance
LEVELS = {"display": 1, "heading": 2}  # what is a heading, by how it looks
_AWAY = ("trash", "close")  # the signs of what deletes or closes


def tip_of(words: str) -> str:
    """*words* as a tool tip that cannot be taken for markup."""
    return f"<qt>{escape(words)}</qt>"


def named(words: str) -> str:
    """*words* of a plan on a button or in a menu, where & would underline a letter."""
    return words.replace("&", "&&")


def text(words: str, role: str = "body", tone: str | None = None, *, wrap: bool = False) -> QLabel:
    """Words as they are: never markup, whoever wrote them."""
    made = QLabel(words, textFormat=Qt.TextFormat.PlainText, wordWrap=wrap)
    made.setFont(font(role))
    if tone:
        made.setProperty("tone", tone)
    if role in LEVELS:
        present(made, Role.Heading, level=LEVELS[role])
    return made


def quiet(words: str, role: str = "body", tone: str = "muted") -> QLabel:
    """Words of explanation, which stand back and wrap."""
    return text(words, role, tone, wrap=True)


def fill(line: QLabel, words: str) -> None:
    """Show *words* in a line that is there for them alone; "" hides it."""
    line.setText(words)
    line.setVisible(bool(words))


def complaint() -> QLabel:
    """The line beside a field or below a form that says what is wrong; complain() fills it."""
    made = text("", "caption", "red", wrap=True)
    made.hide()
    return made


def complain(line: QLabel, why: str, of: str = "") -> None:
    """Show in *line* why something was refused, and say it, with the name *of* the field; "" takes it away."""
    fill(line, why)
    if why:
        announcer().say(_("{field}: {why}").format(field=of, why=why) if of else why, urgent=True)


def prose(words: str, role: str = "body", tone: str | None = None) -> QLabel:
    """Wrapped running text with air between its lines."""
    air = 130 if role == "reading" else 120
    made = text(f'<p style="line-height:{air}%; margin:0">{escape(words)}</p>', role, tone, wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setAccessibleName(words)
    return made


def button(
    words: str, kind: str = "plain", sign: str | None = None, *, name: str = "", act: Act | None = None
) -> QPushButton:
    """A verb: what pressing it does is *act*, *name* what is heard where that is more than its *words*."""
    made = QPushButton(" " + words if sign else words)
    made.setAccessibleName(name or words)
    if act is not None:
        made.clicked.connect(act)
    made.setProperty("kind", kind)
    if sign:
        made.setIcon(icon(sign, {"primary": "on_accent", "quiet": "accent"}.get(kind, "text")))
        made.setIconSize(QSize(gap(4), gap(4)))
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAutoDefault(False)
    if sign in _AWAY:
        never_hand_on_to(made)
    return made


def tool(
    sign: str, words: str = "", tip: str = "", tone: str = "text", *, name: str = "", act: Act | None = None
) -> QToolButton:
    """A verb that is a sign, with *words* or a *tip*; *name* and *act* as of a button."""
    made = QToolButton()
    if act is not None:
        made.clicked.connect(act)
    made.setIcon(icon(sign, tone))
    made.setIconSize(QSize(gap(4.5), gap(4.5)))
    made.setToolTip(tip or words)
    made.setAccessibleName(name or words or tip)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if sign in _AWAY:
        never_hand_on_to(made)
    if words:
        made.setText(" " + words)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return made


def more_tool(tip: str, name: str = "") -> tuple[QToolButton, QMenu]:
    """The sign for more, and the menu that it opens at once, to be filled."""
    made = tool("more", tip=tip, tone="muted", name=name)
    menu = QMenu(made)
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return made, menu


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


def row(
    *parts: Part,
    space: float = 0,
    edge: Edge = (0, 0, 0, 0),
    grow: int | None = None,
    top: QWidget | None = None,
    bottom: QWidget | None = None,
) -> QHBoxLayout:
    """Widgets, layouts, numbers (space) and None (stretch) beside each other.

    The part at the place *grow* has the room that is left; *top* and *bottom* are no higher than they need be.
    """
    box = _lay(QHBoxLayout(), parts, space, edge, grow)
    for part, flag in ((top, Qt.AlignmentFlag.AlignTop), (bottom, Qt.AlignmentFlag.AlignBottom)):
        if part is not None:
            box.setAlignment(part, flag)
    return box


def column(*parts: Part, space: float = 0, edge: Edge = (0, 0, 0, 0), grow: int | None = None) -> QVBoxLayout:
    """Widgets, layouts, numbers (space) and None (stretch) below each other; *grow* as of a row."""
    return _lay(QVBoxLayout(), parts, space, edge, grow)


def _lay(box: B, parts: tuple[Part, ...], space: float, edge: Edge, grow: int | None) -> B:
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
    if grow is not None:
        box.setStretch(grow, 1)
    return box


def area(name: str, box: QLayout, kind: type[QWidget] = QFrame) -> QWidget:
    """A ground: page, side, card, banner."""
    made = kind()
    made.setProperty("area", name)
    made.setLayout(box)
    return made


def plain(box: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(box)
    return made


def table(rows: Iterable[Sequence[QWidget]], across: float, *shares: int) -> QWidget:
    """*rows* of widgets in columns, *across* gaps apart, whose room is shared by *shares*."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(gap(across))
    grid.setVerticalSpacing(gap(1.5))
    for n, share in enumerate(shares):
        grid.setColumnStretch(n, share)
    for r, widgets in enumerate(rows):
        for c, widget in enumerate(widgets):
            grid.addWidget(widget, r, c)
    return plain(grid)


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
    if widest:
        middle = plain(box)
        middle.setMaximumWidth(widest)
        box = outer = row(None, middle, None)
        outer.setStretch(1, 1000)
    made = QScrollArea(widgetResizable=True)
    made.setWidget(area(ground, box, QWidget))
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def scrolling(widget: QWidget) -> Iterator[QScrollArea]:
    """What scrolls with *widget* in it, the nearest first."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            yield above
        above = above.parentWidget()


def in_columns(parts: Iterable[QWidget], columns: int) -> QGridLayout:
    """*parts* in a grid of so many *columns*."""
    made = QGridLayout()
    made.setSpacing(gap(3))
    for n, part in enumerate(parts):
        made.addWidget(part, n // columns, n % columns)
    return made


def one_of(*buttons: QPushButton) -> QButtonGroup:
    """One of *buttons* is down at a time, at first the first; each has its place as its id."""
    made = QButtonGroup(buttons[0])
    for n, one in enumerate(buttons):
        one.setCheckable(True)
        made.addButton(one, n)
    buttons[0].setChecked(True)
    return made


def split(*parts: tuple[QWidget, float]) -> QSplitter:
    """Widgets beside each other, each with its width in gaps, and a line between them that can be moved."""
    made = QSplitter(handleWidth=1, childrenCollapsible=False)
    for part, _wide in parts:
        made.addWidget(part)
    made.setSizes([gap(wide) for _part, wide in parts])
    return made


def dress(widget: QWidget, name: str, value: object) -> None:
    """Give *widget* a property by which the style sheet knows it, and its new look."""
    if (widget.property(name) or False) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


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
