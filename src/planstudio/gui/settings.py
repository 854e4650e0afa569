"""Preferences, each declared once with its type and what it is where nobody has chosen."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from planstudio import files
from planstudio.i18n import language

T = TypeVar("T")
RECENT = 12


class _Setting(Generic[T]):
    def __init__(self, key: str, default: T, read: Callable[[Any], T]) -> None:
        self._key, self._default, self._read = key, default, read

    def __get__(self, owner: Settings, _kind: object = None) -> T:
        stored = owner.store.value(self._key)
        try:
            return self._default if stored is None else self._read(stored)
        except (TypeError, ValueError):
            return self._default

    def __set__(self, owner: Settings, value: T) -> None:
        owner.store.setValue(self._key, value)


def _texts(stored: Any) -> list[str]:
    return [stored] if isinstance(stored, str) else [str(one) for one in stored]


class Settings:
    """What this person has chosen on this computer."""

    theme = _Setting("look/theme", "system", str)  # system, light, dark
    percent = _Setting("look/percent", 100, int)  # 100 to 200
    recent = _Setting("recent/files", list[str](), _texts)
    geometry = _Setting("window/geometry", QByteArray(), QByteArray)
    outline_shown = _Setting("window/outline", True, lambda stored: str(stored).lower() == "true")
    details_shown = _Setting("window/details", True, lambda stored: str(stored).lower() == "true")
    folded = _Setting("window/folded", list[str](), _texts)
    language = _Setting("look/language", "", str)  # en_US, es_US; "" as the computer
    keys = _Setting("keys/changed", "", str)  # the keys of menu entries that were changed, by name, as JSON
    filters = _Setting("lists/filters", "", str)  # strategy filters by name, as JSON
    spelling = _Setting("look/spelling", "", str)  # "en", "es", "en es", "off"; "" as the language
    left_open = _Setting("files/open", "", str)  # the plan that was open when the program was left
    last_folder = _Setting("files/folder", "", str)
    lock_after = _Setting("files/lock", 15, int)  # minutes without a key or a mouse; 0 for never

    def __init__(self, file: Path) -> None:
        self.store = QSettings(str(file), QSettings.Format.IniFormat)
        self.folder = file.parent  # where this program keeps what is only its own

    @property
    def own_keys(self) -> dict[str, str]:
        """The keys that this person has given to menu entries, by the entry's name."""
        try:
            kept = json.loads(self.keys or "{}")
        except ValueError:
            return {}
        return {str(name): str(keys) for name, keys in kept.items()} if isinstance(kept, dict) else {}

    @property
    def checked(self) -> tuple[str, ...]:
        """The languages that spelling is checked in; none where the check is off."""
        if self.spelling == "off":
            return ()
        return tuple((self.spelling or language()[:2]).split())

    def recall(self, plan: Path, name: str) -> Any:
        """What was remembered of a plan: a value of JSON, None where there is nothing."""
        try:
            return json.loads(str(self.store.value(self._key(plan, name), "null")))
        except ValueError:
            return None

    def remember(self, plan: Path, name: str, value: Any) -> None:
        """Keep how this person left *plan*: its place, its filter, its layout. *value* is one of JSON.

        Of a plan under a password no filter: what was looked for in it is words of it.
        """
        if name == "filter" and files.is_secret(plan):
            return
        self.store.setValue(self._key(plan, name), json.dumps(value))

    def _key(self, plan: Path, name: str) -> str:
        return f"plans/{hashlib.sha1(os.fsencode(plan), usedforsecurity=False).hexdigest()[:16]}/{name}"

    def opened(self, path: Path) -> None:
        """Put *path* at the head of the recent files."""
        self.recent = [str(path), *(one for one in self.recent if one != str(path))][:RECENT]
        if self.folder not in path.parents:  # the sample is no place to keep a plan in
            self.last_folder = str(path.parent)

    def forget(self, path: str) -> None:
        self.recent = [one for one in self.recent if one != path]
