"""A folder that a program synchronises: each computer has its own copy of it, and the cloud has the versions.

What both sides changed becomes a conflicted copy, as Dropbox, OneDrive and Drive
make one. Files come late, in any order and sometimes half; old versions come back;
somebody deletes, renames or copies a file in the file manager.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from random import Random

from factories import add_goal, reopen
from planstudio.domain.errors import EditConflict, PlanStudioError
from planstudio.operations import files, goals
from planstudio.queries.plans import current_plan, plan_outline
from planstudio.store.lines import SETS
from planstudio.store.working import has_working_copy
from planstudio.workspace import Workspace

NAME = "Plan.planstudio"
_PRIVATE = (".~", "~$", ".half-")


class Cloud:
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.former: list[bytes] = []  # every state that the plan's file ever had

    def put(self, name: str, data: bytes) -> None:
        self.files[name] = data
        if name == NAME:
            self.former.append(data)


class Computer:
    """A person with a program and a synchronised folder."""

    def __init__(self, name: str, root: Path, cloud: Cloud, chance: Random) -> None:
        self.name, self.folder, self.data = name, root / name, root / f"data of {name}"
        self.folder.mkdir()
        self.cloud, self.chance = cloud, chance
        self.base: dict[str, bytes] = {}  # what was last the same here and there
        self.workspace: Workspace | None = None
        self.copies = 0
        self.made: set[str] = set()  # the steps of this person

    # The program.

    def open(self) -> None:
        place = self.folder / NAME
        if self.workspace is None and (place.exists() or has_working_copy(place, self.data)):
            self.workspace = reopen(self.folder / NAME, self.data, device=self.name, author=self.name)

    def work(self) -> None:
        """A gesture: a word, a goal, a file."""
        self.open()
        if self.workspace is None:
            return
        plan = self.workspace.ask(plan_outline, self.workspace.ask(current_plan))
        what = self.chance.random()
        words = f"{self.name} {self.chance.randrange(10**9)}"
        if what < 0.25 or not plan.goals:
            add_goal(self.workspace, words)
        elif what < 0.35:
            goal = self.chance.choice(plan.goals).id
            self.workspace.do("Attach", files.attach_file, "goal", goal, "File.txt", words.encode() * 50)
        elif what < 0.42:
            self.workspace.do("Delete", goals.delete_goal, self.chance.choice(plan.goals).id)
        elif what < 0.5:
            with suppress(EditConflict):  # somebody went on with it
                self.workspace.undo()
        else:
            self.workspace.do("Rename", goals.edit_goal, self.chance.choice(plan.goals).id, title=words)
        self.made |= self.workspace.ask(
            lambda s: set(s.connection().execute(SETS.select().with_only_columns(SETS.c.id)).scalars())
        )

    def save(self, *, whole: bool) -> None:
        """A refusal leaves the work on this computer."""
        if self.workspace is not None:
            try:
                self.workspace.publish(whole=whole, anew=True)
                self.workspace.gather()
            except PlanStudioError:
                pass

    def close(self) -> None:
        """Closed, or killed: what was not saved is on this computer alone."""
        if self.workspace is not None:
            self.workspace.close()
            self.workspace = None

    # The program that synchronises.

    def sync(self, *, all_of_it: bool = False) -> bool:
        """Bring some of what changed there here, and the other way round; whether anything moved."""
        here = {p.relative_to(self.folder).as_posix(): p for p in self.folder.rglob("*") if p.is_file()}
        here = {name: path for name, path in here.items() if not path.name.startswith(_PRIVATE)}
        moved = False
        for name in sorted({*here, *self.cloud.files, *self.base}):
            if not all_of_it and self.chance.random() < 0.4:
                continue  # later
            moved |= self._one(name, here.get(name))
        return moved

    def _one(self, name: str, path: Path | None) -> bool:
        mine = path.read_bytes() if path is not None else None
        there, base = self.cloud.files.get(name), self.base.get(name)
        if mine == there:
            self._agree(name, there)
            return False
        if there == base and mine is not None:
            self.cloud.put(name, mine)
            self._agree(name, mine)
        elif there == base:
            self.cloud.files.pop(name, None)
            self._agree(name, None)
        else:
            if mine is not None and mine != base:
                self.copies += 1
                stem, dot, ending = Path(name).name.partition(".")
                aside = f"{stem} ({self.name}'s conflicted copy {self.copies}){dot}{ending}"
                (self.folder / name).with_name(aside).write_bytes(mine)
            self._down(name, there)
        return True

    def _down(self, name: str, data: bytes | None) -> None:
        target = self.folder / name
        if data is None:
            target.unlink(missing_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            half = target.with_name(f".half-{target.name}")
            half.write_bytes(data)
            os.replace(half, target)
        self._agree(name, data)

    def _agree(self, name: str, data: bytes | None) -> None:
        if data is None:
            self.base.pop(name, None)
        else:
            self.base[name] = data

    # Somebody with a file manager.

    def meddle(self) -> None:
        plan, what = self.folder / NAME, self.chance.random()
        if what < 0.4 and self.cloud.former:
            self.cloud.put(NAME, self.chance.choice(self.cloud.former))  # an old version is brought back
        elif what < 0.55:
            plan.unlink(missing_ok=True)
        elif what < 0.7 and plan.exists():
            self.copies += 1
            shutil.copy(plan, self.folder / f"Plan ({self.name}'s conflicted copy of {self.copies}).planstudio")
        elif what < 0.85:
            laid = [p for p in self.folder.glob("*/steps/*") if not p.name.startswith(_PRIVATE)]
            if laid:
                self.chance.choice(laid).unlink()
        else:
            found = next((p.parent for p in self.folder.glob("*/plan-id")), None)
            if found is not None:
                self.copies += 1
                found.rename(found.with_name(f"Files {self.name} {self.copies}"))
