"""The look in one place: color tokens, type, space and the sheet for Qt's own controls.

Pages ask by name (`color("muted")`, `font("title")`, `gap(4)`); nothing else in the
window knows a color, a size or a shape. Every size grows from the platform's font.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QDir, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from planstudio import resources

TOKENS: dict[str, tuple[str, str]] = {  # name: (light, dark)
    "page": ("#FFFFFF", "#1F2124"),
    "side": ("#F5F4F1", "#191A1D"),
    "card": ("#F8F7F5", "#27292D"),
    "field": ("#FFFFFF", "#17181A"),
    "hover": ("#ECEBE7", "#2C2F34"),
    "line": ("#E5E3DE", "#35383E"),
    "edge": ("#84888F", "#767C86"),
    "thumb": ("#C6C3BC", "#4B4F57"),
    "text": ("#1D2126", "#ECEBE8"),
    "muted": ("#585E67", "#A9AEB7"),
    "accent": ("#2256B0", "#8FB6FA"),
    "on_accent": ("#FFFFFF", "#0E2347"),
    "accent_wash": ("#E3ECFA", "#283852"),
    "green": ("#176A40", "#80CFA0"),
    "green_wash": ("#E2F1E8", "#213A2C"),
    "blue": ("#2B4D7E", "#A3BEEC"),
    "blue_wash": ("#E4EAF4", "#26344B"),
    "amber": ("#875100", "#EBB961"),
    "amber_wash": ("#FBEFD8", "#40331D"),
    "red": ("#A72B25", "#F59A91"),
    "red_wash": ("#FBE7E4", "#482926"),
    "violet": ("#614E98", "#BEAEF0"),
    "violet_wash": ("#EDE9F7", "#342D4C"),
    "teal": ("#0B6270", "#7BCBD6"),
    "teal_wash": ("#DFF0F2", "#1C3A40"),
    "grey": ("#585E67", "#ABB0B8"),
    "grey_wash": ("#EDECE8", "#32353A"),
}
TONES = ("green", "blue", "amber", "red", "violet", "teal", "grey")
READ_ON: dict[str, tuple[str, ...]] = {  # which ink stands on which grounds; tests measure each at 4.5 : 1
    "text": ("page", "side", "card", "field", "hover", "accent_wash", "grey_wash", "amber_wash", "red_wash"),
    "on_accent": ("accent",),
    "muted": ("page", "side", "card", "field", "hover", "accent_wash"),
    "accent": ("page", "side", "card", "hover", "accent_wash", "amber_wash"),
    **{tone: (tone + "_wash", "page", "side", "card", "accent_wash") for tone in TONES},
}
SCALE: dict[str, tuple[float, QFont.Weight]] = {  # role: (times the platform's size, weight)
    "display": (1.9, QFont.Weight.DemiBold),
    "title": (1.5, QFont.Weight.DemiBold),
    "heading": (1.15, QFont.Weight.DemiBold),
    "reading": (1.15, QFont.Weight.Normal),
    "body": (1.0, QFont.Weight.Normal),
    "strong": (1.0, QFont.Weight.DemiBold),
    "caption": (0.9, QFont.Weight.Normal),
    "caption strong": (0.9, QFont.Weight.DemiBold),
}
RADIUS = {"control": 1.5, "card": 2.5}  # in steps of gap()
_dark = False
_platform_points = 0.0


def is_dark() -> bool:
    return _dark


def color(name: str) -> QColor:
    return QColor(_color(name, _dark))


def font(role: str = "body") -> QFont:
    return QFont(_font(role))


@cache
def gap(steps: float = 1) -> int:
    """Space in steps of a quarter line: about 4 pixels with a 10 point font, more with a larger one."""
    return round(steps * _metrics("body").height() / 4)


def room(width: float, height: float) -> QSize:
    """So many gaps, and no more than the screen has."""
    screen = QGuiApplication.primaryScreen().availableSize()
    return QSize(min(gap(width), screen.width()), min(gap(height), screen.height() - gap(10)))  # less the title


def width_of(words: str, role: str = "body") -> float:
    return _metrics(role).horizontalAdvance(words)


@cache
def _color(name: str, dark: bool) -> QColor:
    return QColor(TOKENS[name][dark])


@cache  # painters ask for these thousands of times a second; apply() forgets them
def _font(role: str) -> QFont:
    times, weight = SCALE[role]
    made = QFont(QApplication.font())
    made.setPointSizeF(made.pointSizeF() * times)
    made.setWeight(weight)
    return made


@cache
def _metrics(role: str) -> QFontMetricsF:
    return QFontMetricsF(_font(role))


def apply(app: QApplication, *, dark: bool, percent: int = 100) -> None:
    """Dress *app* light or dark, its type at *percent* of the platform's size."""
    global _dark, _platform_points
    _dark = dark
    _platform_points = _platform_points or app.font().pointSizeF()
    grown = QFont(app.font())
    grown.setPointSizeF(_platform_points * percent / 100)
    app.setFont(grown)
    for kept in (gap, _font, _metrics):
        kept.cache_clear()
    app.setStyle("Fusion")
    app.setPalette(_palette())
    QDir.setSearchPaths("icons", [str(resources.folder("icons"))])
    app.setStyleSheet(_sheet())


def system_is_dark() -> bool:
    from PySide6.QtCore import Qt

    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette() -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    for which, name in (
        (role.Window, "page"),
        (role.Base, "field"),
        (role.AlternateBase, "card"),
        (role.WindowText, "text"),
        (role.Text, "text"),
        (role.ButtonText, "text"),
        (role.Button, "card"),
        (role.PlaceholderText, "muted"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Link, "accent"),
        (role.Accent, "accent"),
        (role.ToolTipBase, "text"),
        (role.ToolTipText, "page"),
        (role.Mid, "line"),
        (role.Light, "card"),
    ):
        palette.setColor(which, color(name))
    for faded in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, faded, color("edge"))
    return palette


def _sheet() -> str:
    c = {name: pair[_dark] for name, pair in TOKENS.items()}
    r, big, x, y = gap(RADIUS["control"]), gap(RADIUS["card"]), gap(3), gap(1.25)
    arrow = f"icons:down-{'dark' if _dark else 'light'}.svg"
    check = f"icons:check-{'dark' if _dark else 'light'}.svg"
    tones = "".join(f'QLabel[tone="{tone}"] {{ color: {c[tone]}; }}\n' for tone in READ_ON)
    return (
        tones
        + f"""
QMainWindow, QDialog, QScrollArea, QWidget[area="page"] {{ background: {c["page"]}; border: none; }}
QWidget[area="side"] {{ background: {c["side"]}; border: none; }}
QFrame[area="card"] {{ background: {c["card"]}; border: 2px solid transparent; border-radius: {big}px; }}
QFrame[area="card"]:focus {{ border-color: {c["accent"]}; }}
QFrame[area="advice"], QFrame[area="wash"] {{ border: 2px solid transparent; border-radius: {big}px; }}
QFrame[area="question"] {{ background: {c["page"]}; border: 2px solid transparent; border-radius: {big}px; }}
QFrame[area="question"]:focus {{ border-color: {c["accent"]}; }}
QFrame[area="wash"] {{ background: {c["accent_wash"]}; }}
QFrame[area="advice"]:focus, QFrame[area="wash"]:focus {{ border-color: {c["accent"]}; }}
QFrame[area="open"] {{ background: {c["card"]}; border-radius: {big}px; }}
QFrame[area="banner"] {{ background: {c["amber_wash"]}; border-radius: {big}px; }}
QFrame[area="note"] {{ background: {c["hover"]}; border-radius: {big}px; }}
QFrame[area="float"] {{ background: {c["page"]}; border: 1px solid {c["edge"]}; border-radius: {big}px; }}
QFrame[area="alarm"] {{ background: {c["red_wash"]}; border-radius: {big}px; }}
QFrame[area="line"] {{ background: {c["line"]}; border: none; }}
QToolBar, QStatusBar {{ background: {c["side"]}; border: none; }}
QStatusBar::item {{ border: none; }}
QStatusBar {{ border-top: 1px solid {c["line"]}; }}
QToolBar {{ padding: 0 {gap(2)}px; spacing: {gap(0.5)}px; border-bottom: 1px solid {c["line"]}; }}
QToolBar QToolButton {{ padding: {gap(0.25)}px {gap(1)}px; }}
QMenuBar {{ background: {c["side"]}; padding: {gap(0.25)}px {gap(2)}px; }}
QMenuBar::item {{ padding: {gap(0.75)}px {gap(2)}px; border-radius: {r}px; background: transparent; }}
QMenuBar::item:selected {{ background: {c["hover"]}; }}
QMenu {{ background: {c["page"]}; border: 1px solid {c["line"]}; padding: {gap(1)}px; }}
QMenu::item {{ padding: {gap(1.25)}px {gap(6)}px {gap(1.25)}px {gap(3)}px; border-radius: {r}px; }}
QMenu::item:selected {{ background: {c["accent_wash"]}; color: {c["text"]}; }}
QMenu::item:disabled {{ color: {c["edge"]}; }}
QMenu::separator {{ height: 1px; background: {c["line"]}; margin: {gap(1)}px {gap(2)}px; }}
QSlider::groove:horizontal {{ height: {gap(1)}px; background: {c["line"]}; border-radius: {gap(0.5)}px; }}
QSlider::sub-page:horizontal {{ background: {c["accent"]}; border-radius: {gap(0.5)}px; }}
QSlider::handle:horizontal {{ width: {gap(3.5)}px; margin: -{gap(1.25)}px 0; border-radius: {gap(1.75)}px;
    background: {c["page"]}; border: 2px solid {c["accent"]}; }}
QSlider::handle:horizontal:focus {{ background: {c["accent"]}; }}
QSplitter::handle {{ background: {c["line"]}; }}
QPushButton, QToolButton {{ border: 2px solid transparent; border-radius: {r}px; padding: {y}px {x}px;
    background: {c["grey_wash"]}; }}
QToolButton, QPushButton[kind="quiet"] {{ background: transparent; padding: {gap(1)}px {gap(1.5)}px; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton[kind="quiet"] {{ color: {c["accent"]}; }}
QToolButton:checked, QPushButton:checked {{ background: {c["accent_wash"]}; color: {c["accent"]}; }}
QPushButton:hover, QToolButton:hover {{ background: {c["hover"]}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c["line"]}; }}
QPushButton[kind="primary"] {{ background: {c["accent"]}; color: {c["on_accent"]}; font-weight: 600; }}
QPushButton[kind="primary"]:disabled, QPushButton:disabled {{ background: {c["grey_wash"]}; color: {c["edge"]}; }}
QPushButton[kind="quiet"]:disabled {{ background: transparent; }}
QPushButton:focus, QToolButton:focus {{ border-color: {c["accent"]}; }}
QPushButton[kind="primary"]:focus {{ border-color: {c["text"]}; }}
QLineEdit, QComboBox, QTextEdit, QDateEdit, QSpinBox {{ background: {c["field"]}; border: 1px solid {c["edge"]};
    border-radius: {r}px; padding: {y}px {gap(2)}px; selection-background-color: {c["accent"]};
    selection-color: {c["on_accent"]}; }}
QLineEdit:focus, QComboBox:focus, QTextEdit:focus, QDateEdit:focus, QSpinBox:focus {{
    border: 2px solid {c["accent"]}; padding: {y - 1}px {gap(2) - 1}px; }}
QLineEdit[wrong="true"], QTextEdit[wrong="true"], QDateEdit[wrong="true"] {{ border: 2px solid {c["red"]}; }}
QTextEdit[inline="true"], QLineEdit[inline="true"] {{ background: transparent; border: 2px solid transparent;
    padding: {gap(0.25)}px {gap(1)}px; }}
QTextEdit[inline="true"]:hover, QLineEdit[inline="true"]:hover {{ background: {c["hover"]}; }}
QTextEdit[inline="true"]:focus, QLineEdit[inline="true"]:focus {{ background: {c["field"]};
    border: 2px solid {c["accent"]}; padding: {gap(0.25)}px {gap(1)}px; }}
QTextEdit[inline="true"][wrong="true"] {{ border: 2px solid {c["red"]}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView::item {{ min-height: {gap(7)}px; padding: 0 {gap(1.5)}px; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {gap(6)}px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ image: url({arrow}); width: {gap(3.5)}px; height: {gap(3.5)}px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QComboBox QAbstractItemView {{ background: {c["page"]}; border: 1px solid {c["line"]}; padding: 0;
    selection-background-color: {c["accent_wash"]}; selection-color: {c["text"]}; }}
QAbstractItemView {{ border: none; background: transparent; outline: 0; }}
QHeaderView, QHeaderView::section {{ background: transparent; color: {c["muted"]}; border: none;
    border-bottom: 1px solid {c["line"]}; }}
QHeaderView::section {{ padding: {gap(1.5)}px {gap(2)}px; }}
QTableView {{ gridline-color: {c["line"]}; selection-background-color: {c["accent_wash"]};
    selection-color: {c["text"]}; }}
QTableView:focus, QListView:focus {{ border: none; }}
QScrollBar {{ background: transparent; width: {gap(3)}px; height: {gap(3)}px; margin: 0; }}
QScrollBar::handle {{ background: {c["thumb"]}; border-radius: {gap(0.75)}px; margin: {gap(0.75)}px;
    min-height: {gap(8)}px; min-width: {gap(8)}px; }}
QScrollBar::handle:hover {{ background: {c["edge"]}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    height: 0; width: 0; background: transparent; }}
QProgressBar {{ background: {c["line"]}; border: none; border-radius: {gap(0.5)}px; max-height: {gap(1)}px; }}
QProgressBar::chunk {{ background: {c["accent"]}; border-radius: {gap(0.5)}px; }}
QToolTip {{ border: none; padding: {gap(1)}px {gap(2)}px; background: {c["text"]}; color: {c["page"]}; }}
QCheckBox {{ spacing: {gap(2)}px; }}
QCheckBox::indicator, QTreeView::indicator, QListView::indicator {{ width: {gap(3.5)}px; height: {gap(3.5)}px;
    border: 1px solid {c["edge"]}; border-radius: {gap(0.75)}px; background: {c["field"]}; }}
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked {{
    background: {c["accent"]}; border-color: {c["accent"]}; image: url({check}); }}
QCheckBox::indicator:focus {{ border: 2px solid {c["accent"]}; }}
QTreeView, QListView {{ selection-background-color: {c["accent_wash"]}; selection-color: {c["text"]}; }}
QTreeView[kind="outline"] {{ selection-background-color: transparent; }}
QTreeWidget::item, QListWidget::item {{ min-height: {gap(7)}px; padding: 0 {gap(1)}px; border-radius: {r}px; }}
QTreeWidget::item:selected, QListWidget::item:selected {{ background: {c["accent_wash"]}; color: {c["text"]}; }}
QTableView::item {{ padding: 0 {gap(2)}px; }}
QPlainTextEdit {{ background: {c["field"]}; border: 1px solid {c["line"]}; border-radius: {r}px; padding: {gap(2)}px; }}
QComboBox[kind="quiet"] {{ background: transparent; border: 2px solid transparent; color: {c["accent"]};
    font-weight: 600; padding: {gap(0.5)}px {gap(1)}px; }}
QComboBox[kind="quiet"]:hover {{ background: {c["hover"]}; }}
QComboBox[kind="quiet"]:focus {{ border-color: {c["accent"]}; }}
QTextEdit[tone="accent"] {{ color: {c["accent"]}; }}
"""
    )


def contrast(one: str, two: str) -> float:
    """The contrast ratio of two colors (#RRGGBB), by WCAG 2."""
    low, high = sorted((_light(one), _light(two)))
    return (high + 0.05) / (low + 0.05)


def _light(value: str) -> float:
    parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
