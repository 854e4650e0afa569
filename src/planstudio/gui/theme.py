"""The look in one place: color tokens, type, space and the sheet for Qt's own controls.

Pages ask by name (`color("muted")`, `font("title")`, `gap(4)`); nothing else in the
window knows a color, a size or a shape. Every size grows from the platform's font.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QDir, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from planstudio import resources
from planstudio.gui.sheet import SHEET

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
RADIUS = {"round": 1.5, "rounder": 2.5}  # of controls and of cards, in steps of gap()
_dark = False
_platform_points = 0.0


def is_dark() -> bool:
    return _dark


def color(name: str) -> QColor:
    return QColor(TOKENS[name][_dark])


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
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette() -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    for name, roles in {
        "page": (role.Window, role.ToolTipText),
        "field": (role.Base,),
        "card": (role.AlternateBase, role.Button, role.Light),
        "text": (role.WindowText, role.Text, role.ButtonText, role.ToolTipBase),
        "muted": (role.PlaceholderText,),
        "accent": (role.Highlight, role.Link, role.Accent),
        "on_accent": (role.HighlightedText,),
        "line": (role.Mid,),
    }.items():
        for which in roles:
            palette.setColor(which, color(name))
    for faded in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, faded, color("edge"))
    return palette


def _sheet() -> str:
    tones = "".join(f'QLabel[tone="{tone}"] {{ color: @{tone}; }}\n' for tone in READ_ON)
    return re.sub(r"@([a-z_]+|[0-9.]+)(-1)?", lambda found: _said(found[1], less=found[2] is not None), tones + SHEET)


def _said(word: str, *, less: bool) -> str:
    """What *word* of the sheet stands for now."""
    if word in TOKENS:
        return TOKENS[word][_dark]
    if word in ("down", "check"):
        return f"icons:{word}-{'dark' if _dark else 'light'}.svg"
    return f"{gap(RADIUS[word] if word in RADIUS else float(word)) - less}px"
