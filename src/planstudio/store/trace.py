"""What tells one plan from another: the steps of its history, and whose plan it is where it has none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from planstudio.store.verify import guarded


@dataclass(frozen=True)
class Trace:
    """The ids of a plan's steps, the first of them, and of its districts."""

    steps: set[str] = field(default_factory=set)
    first: str | None = None
    districts: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, path: Path, *, ours: bool = False) -> Trace:
        """Of the plan at *path*: our own working copy, else a closed file that is not trusted."""
        with closing(sqlite3.connect(path) if ours else guarded(path)) as connection:
            steps = [ident for (ident,) in connection.execute("SELECT id FROM change_set ORDER BY seq")]
            districts = {ident for (ident,) in connection.execute("SELECT id FROM organization")}
        return cls(set(steps), steps[0] if steps else None, districts)

    def same_plan(self, ours: Trace, *, from_nothing: bool) -> bool:
        """Whether this is a state of the plan *ours*, before or after: the first step of one stands in the other.

        A new file and a clean copy have no step yet; who began *from_nothing*
        knows them by their district.
        """
        if self.first in ours.steps or ours.first in self.steps:
            return True
        return from_nothing and self.districts <= ours.districts
