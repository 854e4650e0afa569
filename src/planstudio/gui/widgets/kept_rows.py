"""Rows that stay when a list is shown anew, so that nobody who writes in one is interrupted."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QWidget

from planstudio.gui.focus import let_go
from planstudio.gui.widgets.basics import rule

C = TypeVar("C")
K = TypeVar("K", bound=Hashable)
R = TypeVar("R", bound=QWidget)


def kept_rows(
    box: QBoxLayout, rows: Mapping[K, R], cards: Mapping[K, C], new: Callable[[C], R], *, ruled: bool = False
) -> list[R]:
    """*rows* as *box* holds them from now on: one for each of *cards*, hairlines between those that are *ruled*."""
    if list(rows) == list(cards):
        return list(rows.values())
    gone, made = dict(rows), dict[K, R]()
    while (taken := box.takeAt(0)) is not None:
        if (line := taken.widget()) not in rows.values() and line is not None:
            line.deleteLater()
    for key, card in cards.items():
        if ruled and made:
            box.addWidget(rule())
        made[key] = gone.pop(key, None) or new(card)
        box.addWidget(made[key])
    let_go(gone.values(), list(made.values()))
    return list(made.values())
