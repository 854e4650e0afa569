"""Every key there is, in one place (F1), and those of the menus to be changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QWidget

from planstudio.gui.dialogs.asked import BaseDialog, accepted
from planstudio.gui.theme import gap
from planstudio.gui.widgets.basics import button, column, complain, quiet, scrolled, table, text
from planstudio.i18n import _

_FIXED = frozenset((
    "Alt+Up", "Alt+Down", "Ctrl+B", "Ctrl+I", "Ctrl+L", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+A", "Ctrl+Shift+K",
    "Ctrl+Shift+L", "Ctrl+Shift+H", "Ctrl+Shift+T", "F2",
))  # fmt: skip


@dataclass(frozen=True)
class Key:
    """A menu entry with the key it has and the key it came with; "" is none."""

    name: str
    words: str
    keys: str
    default: str


class Shortcuts(BaseDialog):
    def __init__(self, parent: QWidget, keys: Sequence[Key]) -> None:
        super().__init__(parent, _("Keys"), 150, 140)
        self._keys = keys
        self.fields = {key.name: self._field(key) for key in keys}
        own = table([(text(key.words, wrap=True), self.fields[key.name]) for key in keys], 4, 1)
        self.told = quiet("", tone="red")
        self.keep = button(_("Keep"), "primary", act=self.accept)
        self.reset = button(_("As they came"), "quiet", act=self._reset)
        hint = _("Click into a field and press the keys you want; the cross takes them away.")
        listed = scrolled(column(own, 4, text(_("In lists and texts"), "heading"), 1, _others(), None))
        parts = (text(_("Keys"), "title"), 1, quiet(hint), 2, listed, 2, self.told)
        self.lay_out(self.keep, *parts, space=0, grow=4, aside=self.reset)
        self._check()
        self.keep.setFocus()  # in a field of keys Esc would be taken for one

    def _field(self, key: Key) -> QKeySequenceEdit:
        made = QKeySequenceEdit(QKeySequence(key.keys))
        made.setMaximumSequenceLength(1)
        made.setClearButtonEnabled(True)
        made.setAccessibleName(_("Key for {action}").format(action=key.words))
        made.setFixedWidth(gap(50))
        made.keySequenceChanged.connect(lambda _keys: self._check())
        return made

    def _now(self) -> dict[str, str]:
        portable = QKeySequence.SequenceFormat.PortableText
        return {name: field.keySequence().toString(portable) for name, field in self.fields.items()}

    def _reset(self) -> None:
        for key in self._keys:
            self.fields[key.name].setKeySequence(QKeySequence(key.default))

    def _check(self) -> None:
        """Two entries cannot have the same key."""
        now = self._now()
        twice = [keys for keys, n in Counter(now.values()).items() if keys and n > 1]
        words = ""
        taken = [keys for keys in now.values() if keys and _is_taken(keys)]
        if taken:
            needed = _("{keys} is needed for writing and for lists. Take Ctrl or Alt with a letter.")
            words = needed.format(keys=taken[0])
        elif twice:
            both = [key.words for key in self._keys if now[key.name] == twice[0]]
            words = _("{keys} would do two things: {actions}.").format(keys=twice[0], actions=", ".join(both))
        complain(self.told, words)
        self.keep.setEnabled(not twice and not taken)

    def chosen(self) -> Mapping[str, str] | None:
        """The keys that differ from those they came with; None where nothing is to be changed."""
        if not accepted(self):
            return None
        portable = QKeySequence.SequenceFormat.PortableText
        defaults = {key.name: QKeySequence(key.default).toString(portable) for key in self._keys}
        return {name: keys for name, keys in self._now().items() if keys != defaults[name]}


def _is_taken(keys: str) -> bool:
    """Whether *keys* write, move or edit: those cannot be given to a menu entry."""
    key = keys.rsplit("+", 1)[-1]
    plain_key = not any(held in keys for held in ("Ctrl+", "Alt+", "Meta+")) and not re.fullmatch(r"F\d{1,2}", key)
    return keys in _FIXED or plain_key


def _others() -> QWidget:
    """The keys that are the same everywhere."""
    listed = (
        (_("Alt+Up, Alt+Down"), _("Move the row")),
        (_("Enter or F2"), _("Open or edit the row")),
        (_("Esc"), _("Give the old text back")),
        (_("Left, Right"), _("Fold, unfold in the outline")),
        (_("Ctrl+Enter"), _("Record progress")),
        (_("Del"), _("Delete the row")),
        (_("Ctrl+B, Ctrl+I, Ctrl+Shift+K"), _("Bold, italic, link")),
        (_("Ctrl+L, Ctrl+Shift+L, Ctrl+Shift+H"), _("List, numbered list, heading")),
        (_("Ctrl+Shift+T, Tab"), _("Table, next cell")),
    )
    return table([(text(keys, "strong", wrap=True), text(words, wrap=True)) for keys, words in listed], 6, 1, 2)
