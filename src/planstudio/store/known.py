"""Which steps are ours, and which of them others find at the plan's place.

A plan may have half a million steps, and somebody types: so they are counted, and
read only when the seals of two copies differ.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from planstudio.store import copies, doors
from planstudio.store.many import in_lots
from planstudio.store.seal import Seal


class Known:
    """What is known of the steps in the working copy *work*, and of those at its place. Safe in every thread."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._lock = threading.RLock()  # never held while a file is waited for: the window asks at each key
        self._all: set[str] | None = None
        self._seq = -1  # up to which step ours have been counted
        self._recent: dict[str, int] = {}  # those that came since; by the order in which they came
        self.count = 0
        self._looked = False
        self._lacking: set[str] = set()  # ours that the file lacks
        self._foreign: set[str] = set()  # in the file alone
        self._in_drops: set[str] = set()
        self._dropped: set[str] = set()  # those of them that we lack

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with (
            copies.in_plain_words(self._work),
            self._lock,
            closing(doors.connect(self._work, read_only=True, timeout=10)) as connection,
        ):
            yield connection

    def catch_up(self) -> tuple[Seal, int]:
        """Our seal, and the number of our last step."""
        with self._reading() as connection:
            connection.execute("BEGIN")
            if self._seq < 0:
                (self._seq,) = connection.execute("SELECT coalesce(max(seq), 0) FROM change_set").fetchone()
            later = connection.execute("SELECT seq, id FROM change_set WHERE seq > ? ORDER BY seq", (self._seq,))
            for seq, step in later:
                self._seq = seq
                self._came(step)
            seal = Seal(*connection.execute("SELECT plan, digest, count FROM seal").fetchone())
            self.count = seal.count
            return seal, self._seq

    def _came(self, step: str) -> None:
        self._recent[step] = self._seq
        if self._all is not None:
            self._all.add(step)
        self._dropped.discard(step)
        if step in self._foreign:
            self._foreign.discard(step)
        else:
            self._lacking.add(step)

    def ours(self) -> set[str]:
        with self._lock:
            if self._all is None:
                self.catch_up()
                with self._reading() as connection:
                    rows = connection.execute("SELECT id FROM change_set WHERE seq <= ?", (self._seq,))
                    self._all = {step for (step,) in rows}
            return self._all

    # What others find.

    def same(self, seq: int) -> None:
        """The file holds our steps up to *seq*, and no others."""
        with self._lock:
            self._recent = {step: at for step, at in self._recent.items() if at > seq}
            self._lacking, self._foreign, self._looked = {*self._recent}, set(), True

    def note_file(self, in_file: set[str]) -> None:
        """The file holds these."""
        with self._lock:
            ours = self.ours()
            self._lacking, self._foreign, self._looked = ours - in_file, in_file - ours, True

    def dropped(self, in_drops: set[str]) -> None:
        """These lie beside the file."""
        with self._lock:
            fresh = in_drops - self._in_drops
            self._in_drops, self._dropped = in_drops, (self._dropped & in_drops) | (fresh - self._had(fresh))

    def _had(self, steps: set[str]) -> set[str]:
        """Those of *steps* that are ours."""
        if self._all is not None:
            return steps & self._all
        return {step for (step,) in self._rows("SELECT id FROM change_set WHERE id IN ({})", steps)}

    def lacking(self) -> set[str]:
        """Ours that nobody else finds."""
        with self._lock:
            return self._lacking - self._in_drops

    def new_in_drops(self) -> set[str]:
        """Steps that lie beside the file and are neither ours nor in it."""
        with self._lock:
            return self._dropped - self._foreign

    @property
    def missing(self) -> int:
        """How many of ours nobody else finds; all before the first look."""
        with self._lock:
            return len(self.lacking()) if self._looked else max(1, self.count)

    @property
    def file_is_whole(self) -> bool:
        """Whether the file itself has all of ours."""
        with self._lock:
            return self._looked and not self._lacking

    @property
    def new_in_file(self) -> int:
        return len(self._foreign)

    @property
    def new(self) -> int:
        """How many steps others have that we lack."""
        return self.new_in_file + len(self.new_in_drops())

    def in_file(self) -> set[str]:
        """Our steps that the file has."""
        with self._lock:
            return self.ours() - self._lacking

    def first_lacking(self) -> int:
        """The number of the first of our steps that nobody else finds; 0 for none."""
        found = self._rows("SELECT min(seq) FROM change_set WHERE id IN ({})", self.lacking())
        return min((seq for (seq,) in found if seq), default=0)

    def since(self, seen: int) -> int:
        """How many of our steps came after the step *seen*."""
        with self._reading() as connection:
            (found,) = connection.execute("SELECT count(*) FROM change_set WHERE seq > ?", (seen,)).fetchone()
            return int(found)

    def lost_one(self, seen: int) -> bool:
        """Whether one of ours that others found when step *seen* was our last is found no more."""
        asked = "SELECT 1 FROM change_set WHERE seq <= ? AND id IN ({}) LIMIT 1"
        return seen > 0 and any(self._rows(asked, self.lacking(), seen))

    def _rows(self, asked: str, steps: set[str], *values: object) -> Iterator[Any]:
        """What a question answers that names *steps* behind *values*, lot by lot as long as somebody wants more."""
        for lot in in_lots(steps):
            with self._reading() as connection:
                found = connection.execute(asked.format(",".join("?" * len(lot))), (*values, *lot)).fetchall()
            yield from found
