"""Tab through panes side by side: all of one, then the next, in whatever order their widgets were made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def stops(pane: QWidget) -> list[QWidget]:
    """What in *pane* takes the focus by Tab now, in the order of its focus chain."""
    found: list[QWidget] = []
    one = pane.nextInFocusChain()
    while one is not None and one is not pane:
        takes = one.isEnabled() and one.isVisible() and bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes and one.focusProxy() is None and pane.isAncestorOf(one):
            found.append(one)
        one = one.nextInFocusChain()
    return found


def _place(focus: QWidget, inside: Sequence[QWidget], on: bool) -> int:
    """Where *focus* stands among the stops *inside*, also where it is none itself: what is left of a row, or a page."""
    if focus in inside:
        return list(inside).index(focus)
    one = next((stop for stop in inside if focus.isAncestorOf(stop)), focus.nextInFocusChain())
    if inside and one is inside[0]:
        return -1 if on else len(inside)
    while one is not None and one is not focus:
        if one in inside:
            return list(inside).index(one) - (1 if on else 0)
        one = one.nextInFocusChain()
    return -1 if on else len(inside)


def next_stop(panes: Sequence[QWidget], focus: QWidget, on: bool) -> QWidget | None:
    """Where Tab (*on*) or Shift+Tab leads from *focus*; None before the first pane, behind the last, and elsewhere."""
    at = next((n for n, pane in enumerate(panes) if pane is focus or pane.isAncestorOf(focus)), -1)
    if at < 0:
        return None
    inside = stops(panes[at])
    here = _place(focus, inside, on)
    ahead = inside[here + 1 :] if on else inside[: max(here, 0)][::-1]
    others = panes[at + 1 :] if on else panes[:at][::-1]
    for pane in others:
        ahead += stops(pane) if on else stops(pane)[::-1]
    return ahead[0] if ahead else None
