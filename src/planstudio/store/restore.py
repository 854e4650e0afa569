"""The backups of a plan that may itself be beyond opening."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from planstudio import files
from planstudio.domain.files import BackupRow
from planstudio.store import backups, copies, doors, writing
from planstudio.store.beside import rescue
from planstudio.store.swap import exchange
from planstudio.store.working import open_already, set_aside, working_folder


class BackupsOfPlan:
    def __init__(self, path: Path, data: Path) -> None:
        self._path = Path(os.path.abspath(path))
        self._folder = working_folder(path, data)

    def backups(self) -> tuple[BackupRow, ...]:
        work = self._folder / "work.db"
        head = 0
        with suppress(*doors.either(sqlite3.Error, OSError)):
            if work.exists():
                ((head,),) = doors.rows(work, "SELECT coalesce(max(seq), 0) FROM change_set", read_only=True)
        return backups.rows(self._folder / "backups", head)

    def restore(self, name: str, patience: float = 0) -> None:
        """Put the backup called *name* in the document's place; what stood there is kept beside it.

        *patience*: seconds to wait for a window that has the plan open.
        """
        chosen = backups.checked(self._folder / "backups", name)
        lock = FileLock(self._folder / "lock", timeout=patience)
        try:
            with lock:
                self._replace(chosen)
        except Timeout as error:
            raise open_already(self._path) from error

    def _replace(self, chosen: Path) -> None:
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        target = Path(os.path.realpath(self._path))  # a link stays a link, and what it means is kept beside that
        tail = f" before restore {stamp}{target.suffix or files.PLAN_SUFFIX}"
        aside = target.with_name(files.fitting(target.stem, tail))
        rescue(self._path, self._folder)
        with copies.in_plain_words(target):
            self._exchange(writing.copied_beside(target, chosen), target, aside)
        set_aside(self._folder)  # from here on the document is the backup, whatever happens

    @staticmethod
    def _exchange(made: Path, target: Path, aside: Path) -> None:
        """Put *made* in the place of *target*, and that *aside*: what was there then, if somebody has just saved."""
        if not exchange(made, target):
            if target.exists():
                copies.put(target, aside)
            os.replace(made, target)
        else:
            try:
                os.replace(made, aside)
            except OSError:
                if exchange(made, target):
                    made.unlink()
                raise
        files.flush_folder(target.parent)
