"""Copies of a plan that lie beside its file: what a crash or a program that synchronises has left there.

    .~Plan.planstudio.….tmp                    under way when a program ended; or what came out of an exchange
    Plan (Ana's conflicted copy 2026-11-30)    Dropbox, Drive and their like, in their languages
    Plan-RUTH-LAPTOP                           OneDrive

Their steps are taken in by themselves, for they are of the same plan. A leftover
goes then; what a synchronising program made is put among the backups.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from glob import escape
from pathlib import Path

from planstudio import files
from planstudio.domain.ids import uuid7
from planstudio.store import merged_copies
from planstudio.store.look import There, look, steps_in

LEFT = 60.0  # seconds after which a plan under way is nobody's any more
_FORGOTTEN = 3600.0  # seconds after which what was only begun is
_CONFLICT = re.compile(r"conflict|konflikt|conflit|conflicto|conflitto", re.IGNORECASE)
_OUT = "came-out-"
_MOST = 200  # files and folders that are looked at for one that was moved


def rescue(path: Path, folder: Path) -> None:
    """Put among the copies what lies beside the file at *path* and is a plan: it was never read."""
    for left in plans_left(path):
        shutil.move(left, merged_copies.place_for(folder, path.name))


def plans_left(path: Path) -> list[Path]:
    """What lies under way beside the file at *path*, is nobody's any more and was written to its end."""
    # Under a password nobody can tell before it is given.
    return [left for left in _leftovers(path) if look(left).there in (There.PLAN, There.LOCKED)]


class Beside:
    """What lies beside the file at *path*; *folder* is that of the working copy."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._path, self._folder = path, folder
        self._taking: list[Path] = []
        self.copies: list[Path] = []  # of programs that synchronise: told to the user when they have been taken in

    def keep(self, out: Path) -> None:
        """Keep what came out of an exchange until it has been taken in."""
        shutil.move(out, self._folder / f"{_OUT}{uuid7()}.db")

    def copies_to_unite(self, plan: str, ours: Callable[[], set[str]]) -> list[Path]:
        """The copies that have steps which we lack; what has none goes."""
        self._taking, found = [], []
        for path in (*self._folder.glob(f"{_OUT}*.db"), *_leftovers(self._path), *self._conflicted()):
            seen = look(path)
            if seen.there not in (There.PLAN, There.LOCKED) and path.name.startswith(".~"):
                _sweep(path)
            if seen.there is not There.PLAN or seen.seal is None or seen.seal.plan != plan:
                continue
            steps = steps_in(path, seen)
            if steps is None:
                continue
            self._taking.append(path)
            if not steps <= ours():
                found.append(path)
        if not found:
            self.let_go()
        return found

    def let_go(self) -> None:
        """All that they hold is ours now."""
        for path in self._taking:
            with suppress(OSError):
                if self._is_conflicted(path.name):
                    shutil.move(path, merged_copies.place_for(self._folder, path.name))
                    self.copies.append(path)
                else:
                    path.unlink()
        self._taking = []

    def _conflicted(self) -> list[Path]:
        with suppress(OSError):
            names = os.listdir(self._path.parent)
            return [self._path.with_name(name) for name in names if self._is_conflicted(name)]
        return []

    def _is_conflicted(self, name: str) -> bool:
        stem, suffix = self._path.stem, self._path.suffix
        middle = name[len(stem) : -len(suffix)] if name.startswith(stem) and name.endswith(suffix) else ""
        return bool(_CONFLICT.search(middle)) or re.fullmatch(r"-[A-Z][A-Z0-9-]{2,14}", middle) is not None


def _leftovers(path: Path) -> list[Path]:
    """What is under way to the file at *path* and nobody's any more."""
    found: list[Path] = []
    with suppress(OSError):  # a folder that is unplugged meanwhile
        for left in path.parent.glob(f"{escape(files.beside(path.name, '.~'))}.*.tmp"):
            with suppress(OSError):
                if files.is_over(left) or time.time() - left.stat().st_mtime > LEFT:
                    found.append(left)
    return found


def _sweep(left: Path) -> None:
    """Take away what is no plan and nobody's any more."""
    with suppress(OSError):
        if files.is_over(left) or time.time() - left.stat().st_mtime > _FORGOTTEN:
            left.unlink()


def near(path: Path) -> list[Path]:
    """Plan files in the folder of *path*, in those around it, and where people keep what they write; 200 at most."""
    folder, home = path.parent, Path.home()
    places = [folder, folder.parent, *_folders(folder.parent), *_folders(folder)]
    places += [home / "Documents", home / "Desktop", *home.glob("OneDrive*"), *home.glob("OneDrive*/*")]
    found: list[Path] = []
    for place in dict.fromkeys(places):
        with suppress(OSError):
            found += (one for one in sorted(place.glob(f"*{path.suffix}")) if one.is_file() and one != path)
        if len(found) > _MOST:
            break
    return found[:_MOST]


def _folders(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))[:_MOST]
    return []
