"""This computer's store of attached files, looked after once a week while nobody works.

    thinned      what no working copy, backup or copy of this computer has named for a month goes
    verified     a file that does not hold what its name says is set aside, and fetched anew from beside the plan
    beside       a damaged file there is laid anew from here; what no known step names goes after half a year

Where anything that may name a file cannot be read, nothing is thinned.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from planstudio import files
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.files import Upkeep
from planstudio.store import doors, drops, hashed
from planstudio.store.contents import Contents, Progress

FORGOTTEN = 30 * 86_400.0  # seconds that a file stays which nobody names
_LONG = 180 * 86_400.0  # and beside a plan, where others may know more than we do
DAMAGED = "damaged"  # the folder of what was set aside


class _Unknown(Exception):
    """Something that may name files cannot be read."""


def look_after(contents: Contents, named: set[str], told: Progress, *, all_known: bool) -> Upkeep | None:
    """Set aside and fetch anew what is damaged of the files *named*; None where *told* has stopped it.

    *all_known*: no step of the plan is anywhere that could name another file. Waits for a share.
    """
    damaged = verify(contents.store, named, told)
    if damaged is None:
        return None
    fetched = contents.gather(damaged, told)
    found = contents.beside.find(wanted=bool(damaged))
    if found is not None:
        beside = found / "contents"
        if not mend_beside(contents.store, beside, named, told):
            return None
        if all_known:
            _take_away(beside, _older(beside, hashed.names(beside) - named, _LONG))
    return Upkeep(0, fetched, frozenset(sha for sha in damaged if not hashed.has(contents.store, sha)))


def thin(store: Path, working: Path) -> int:
    """Take away the files in *store* that no plan in the folder *working* has named for a month; how many went."""
    damaged = store / DAMAGED
    _take_away(damaged, _older(damaged, hashed.names(damaged), FORGOTTEN))
    old = _older(store, hashed.names(store), FORGOTTEN)
    try:
        for named in _named(working):
            if not old:
                return 0
            old -= named
    except _Unknown:
        return 0
    return _take_away(store, old)


def verify(store: Path, shas: Iterable[str], told: Progress) -> set[str] | None:
    """Set aside those of *shas* that are damaged in *store*; which they are, None where *told* has stopped it."""
    found, every = set[str](), sorted(shas)
    for n, sha in enumerate(every, 1):
        if hashed.is_whole(store, sha) is False:
            files.private_folder(store / DAMAGED)
            os.replace(store / sha, store / DAMAGED / sha)
            found.add(sha)
        if not told(n / len(every)):
            return None
    return found


def mend_beside(store: Path, folder: Path, shas: Iterable[str], told: Progress) -> bool:
    """Lay those of *shas* anew that are damaged in *folder* and whole in *store*; False where *told* has stopped it."""
    every = sorted(set(shas) & hashed.names(folder))
    for n, sha in enumerate(every, 1):
        with suppress(OSError):  # a folder that takes nothing
            if hashed.is_whole(folder, sha) is False:
                hashed.carry(store, folder, sha, anew=True)
        if not told(n / len(every)):
            return False
    return True


def _older(folder: Path, names: Iterable[str], age: float) -> set[str]:
    found, now = set[str](), time.time()
    for name in names:
        with suppress(OSError):
            if now - (folder / name).stat().st_mtime > age:
                found.add(name)
    return found


def _take_away(folder: Path, names: Iterable[str]) -> int:
    gone = 0
    for name in names:
        with suppress(OSError):
            (folder / name).unlink()
            gone += 1
    return gone


def _named(working: Path) -> Iterator[set[str]]:
    """The files that each database and each small backup in the folders of the working copies names; _Unknown."""
    for folder in _folders(working):
        for path in (*folder.glob("*.db"), *(folder / "backups").rglob("*.planstudio")):
            if not path.name.startswith("view-"):  # what is only looked at is in its plan, and beside it
                yield _named_in(path)
        for path in (folder / "backups").glob("*.steps"):
            yield _named_in_steps(path)


def _folders(working: Path) -> list[Path]:
    with suppress(OSError):
        return [one for one in working.iterdir() if one.is_dir()]
    return []


def _named_in(path: Path) -> set[str]:
    if doors.salt_of(path) is not None:
        if _is_secret(path.parent):
            return set()  # such a plan keeps its files in itself
        raise _Unknown
    try:
        return {sha for (sha,) in doors.rows(path, "SELECT sha256 FROM content", read_only=True, timeout=10)}
    except doors.either(sqlite3.Error, OSError) as error:
        raise _Unknown from error


def _is_secret(folder: Path) -> bool:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return files.is_secret(json.loads((folder / "meta.json").read_text("utf-8"))["path"])
    return False


def _named_in_steps(path: Path) -> set[str]:
    try:
        said = drops.unpack(files.read(path, 2 * drops.LARGEST))
    except PlanStudioError as error:
        raise _Unknown from error
    if said is None:
        raise _Unknown
    return {sha for sha, _size in said["contents"]}
