"""Rows of a list or table, each of which stands for a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
CardRole = Qt.ItemDataRole.UserRole  # the snapshot


class Rows(QAbstractTableModel):
    """A row for each of *cards*, which are replaced together; a list has one column."""

    columns = 1

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.cards: Sequence[Any] = ()

    def show(self, cards: Sequence[Any]) -> None:
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.cards)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.columns
