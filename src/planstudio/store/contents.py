"""The bytes of the files that a plan names: in the plan while they are light, else once each in files of their own.

    content.data            in the plan's own file, while all together take no more than LIGHT bytes and the plan
                            is not saved by drops
    data/contents/          on this computer, each named by its SHA-256: every plan that is opened here shares them
    Plan files/contents/    beside a heavy plan, for the other computers; Plan files/plan-id says whose it is

A row of `content` without data says that the bytes are in a file. Whether they are
is another matter: somebody may have sent the plan alone, or its files are still on
their way. Then there is a placeholder on screen and on paper, and never a hole.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from planstudio import files
from planstudio.domain.errors import Unreadable
from planstudio.domain.files import Kept
from planstudio.i18n import _
from planstudio.store import copies, hashed
from planstudio.store.many import in_lots
from planstudio.store.schema import Base

CONTENT: Table = Base.metadata.tables["content"]
LIGHT = 8_000_000  # bytes of files that a plan keeps in itself
_CONTENTS = "contents"  # under which a connection knows of them
_SELDOM, _SOON = 60.0, 1.0  # seconds
_MOST = 200  # folders beside a plan that are looked at for its own
Progress = Callable[[float], bool]  # hears the share that is done; False stops it


class PlanFiles:
    """The folder beside a heavy plan. It is known by the plan's id in it, for people rename and move folders."""

    def __init__(self, path: Path, plan: Callable[[], str]) -> None:
        self._path, self._plan = path, plan
        self.known: Path | None = None  # the folder as it was found last
        self._sought = -_SELDOM  # when other folders were looked at, by the monotonic clock
        self._as_sought = 0  # what _changed() said then

    def find(self, *, wanted: bool = False) -> Path | None:
        """The folder, if there is one; waits for a share. *wanted*: somebody misses a file that may be in it."""
        if self.known is None or not self._is_ours(self.known):
            usual = self._path.with_name(self._name())
            self.known = usual if self._is_ours(usual) else self._elsewhere(wanted)
        return self.known

    def _elsewhere(self, wanted: bool) -> Path | None:
        """The folder under another name; a folder of many plans is not looked through each time."""
        now, changed = time.monotonic(), self._changed()
        lately = now - self._sought < (_SOON if wanted else _SELDOM)
        if lately and not (wanted and changed != self._as_sought):
            return None
        self._sought, self._as_sought = now, changed
        return next((one for one in self._folders() if self._is_ours(one)), None)

    def make(self) -> Path:
        """The folder, made where there is none."""
        self._sought = -_SELDOM
        found, n = self.find(), 1
        while found is None:
            usual = self._path.with_name(self._name() if n == 1 else f"{self._name()} {n}")
            if self._is_ours(usual) or self._appear(usual):
                found = self.known = usual
            elif not self._is_ours(usual):  # somebody else's
                n += 1
        return found

    def _appear(self, folder: Path) -> bool:
        """Make *folder* with the plan's id in it, at once: who sees one without it takes it for somebody else's.

        False where there is one meanwhile.
        """
        if os.path.lexists(folder):
            return False
        made = folder.with_name(files.beside_now(folder))
        made.mkdir()
        try:
            with files.replacing(made / "plan-id") as temporary:
                temporary.write_text(self._plan(), "utf-8")
            os.rename(made, folder)
        except OSError:
            (made / "plan-id").unlink(missing_ok=True)
            made.rmdir()
            if os.path.lexists(folder):
                return False
            raise
        for one in (folder, folder.parent):
            files.flush_folder(one)
        return True

    def _changed(self) -> int:
        """When something came to lie beside the plan last, or went."""
        with suppress(OSError):
            return self._path.parent.stat().st_mtime_ns
        return 0

    def _name(self) -> str:
        return files.fitting(_("{name} files").format(name=self._path.stem), "")

    def _folders(self) -> list[Path]:
        with suppress(OSError):
            found = [one for one in os.scandir(self._path.parent) if one.is_dir() and not one.name.startswith(".~")]
            return [Path(one.path) for one in found][:_MOST]
        return []

    def _is_ours(self, folder: Path) -> bool:
        with suppress(Unreadable, ValueError):
            return files.read(folder / "plan-id", 100).decode() == self._plan()
        return False


class Contents:
    """Where the bytes are of the plan at *path*; *store* is this computer's folder, for all its plans."""

    def __init__(self, store: Path, beside: PlanFiles) -> None:
        self.store, self.beside = store, beside
        self._there = set[str]()  # what lay in the folder beside when it was looked at
        self._gate = threading.Lock()

    def read(self, sha: str) -> bytes | None:
        """The bytes, from here or from beside the plan; None where neither has them whole."""
        data = hashed.read(self.store, sha)
        if data is None and (folder := self.beside.find(wanted=True)) is not None:
            data = hashed.read(folder / "contents", sha)
            if data is not None:
                with suppress(OSError):  # a full disk is no reason to show less
                    hashed.lay(self.store, data, private=True, anew=True)
        return data

    def keep(self, data: bytes) -> str:
        """Keep *data* on this computer; its SHA-256."""
        with copies.in_plain_words(self.store):
            return hashed.lay(self.store, data, private=True)

    def where(self, sha: str) -> Kept:
        """Where the bytes are, as far as is known without waiting for a share."""
        if hashed.has(self.store, sha):
            return Kept.HERE
        return Kept.COMING if sha in self._there else Kept.MISSING

    def gather(self, wanted: Iterable[str], told: Progress = lambda _share: True) -> int:
        """Bring what lies beside the plan to this computer; how many came. Waits for a share."""
        lacking = [sha for sha in wanted if not hashed.has(self.store, sha)]
        if not lacking:
            return 0
        folder = self.beside.find(wanted=True)
        self._there = hashed.names(folder / "contents") if folder is not None else set()
        came = 0
        for n, sha in enumerate(lacking, 1):
            if folder is not None and sha in self._there:
                with suppress(OSError):  # half arrived: the next time
                    came += hashed.carry(folder / "contents", self.store, sha, private=True)
            if not told(n / len(lacking)):
                break
        return came

    def lay_beside(self, shas: Iterable[str], told: Progress = lambda _share: True) -> None:
        """Put into the folder beside the plan what it lacks of ours. Waits for a share."""
        wanted = {sha for sha in shas if hashed.has(self.store, sha)}
        if not wanted:
            return
        with self._gate:
            folder = self.beside.make() / "contents"
            lacking = sorted(wanted - hashed.names(folder))
            for n, sha in enumerate(lacking, 1):
                hashed.carry(self.store, folder, sha)
                if not told(n / len(lacking)):
                    return

    def fill(self, connection: sqlite3.Connection) -> None:
        """Put all bytes that can be had into the plan of *connection*, which is to travel as one file."""
        for (sha,) in connection.execute("SELECT sha256 FROM content WHERE data IS NULL").fetchall():
            if (data := self.read(sha)) is not None:
                connection.execute("UPDATE content SET data = ? WHERE sha256 = ?", (data, sha))


def bytes_of(connection: Connection, sha: str) -> bytes | None:
    """The bytes of a file that the plan names; None where they are not to be had here."""
    data = connection.scalar(select(CONTENT.c.data).where(CONTENT.c.sha256 == sha))
    if data is not None:
        return bytes(data)
    contents = of(connection)
    return contents.read(sha) if contents else None


def whereabouts(connection: Connection, shas: Iterable[str]) -> dict[str, Kept]:
    """Where the bytes of each are, without waiting for a share."""
    wanted, contents = sorted(set(shas)), of(connection)
    inside = set[str]()
    for lot in in_lots(wanted):
        asked = select(CONTENT.c.sha256).where(CONTENT.c.sha256.in_(lot), CONTENT.c.data.is_not(None))
        inside |= set(connection.scalars(asked))
    return {sha: Kept.HERE if sha in inside else contents.where(sha) if contents else Kept.MISSING for sha in wanted}


def keep(connection: Connection, data: bytes) -> str:
    """Keep *data*, once for each content: in the plan while that is light, else on this computer; its SHA-256."""
    sha = hashlib.sha256(data).hexdigest()
    if not _is_named(connection, sha):
        _put(connection, sha, data)
    elif whereabouts(connection, [sha])[sha] is not Kept.HERE and (contents := of(connection)) is not None:
        contents.keep(data)  # what had not come along is brought by hand
    return sha


def declare(connection: Connection, sha: str, size: int) -> None:
    """Name a content whose bytes are not to be had yet."""
    if not _is_named(connection, sha):
        connection.execute(insert(CONTENT).values(sha256=sha, size=size))


def bring(source: Connection, target: Connection) -> None:
    """Name in *target* what only *source* names, and take over the bytes that it holds and ours has nowhere."""
    known = set(target.scalars(select(CONTENT.c.sha256)))
    lacking = known and {sha for sha, kept in whereabouts(target, known).items() if kept is not Kept.HERE}
    for sha, size, held in source.execute(select(CONTENT.c.sha256, CONTENT.c.size, CONTENT.c.data.is_not(None))):
        if held and (sha not in known or sha in lacking):
            keep(target, bytes(source.scalars(select(CONTENT.c.data).where(CONTENT.c.sha256 == sha)).one()))
        elif sha not in known:
            declare(target, sha, size)


def of(connection: Connection) -> Contents | None:
    """Where the bytes are that the plan of the connection does not hold; None for a plan that is no document."""
    return connection.info.get(_CONTENTS)


def known(contents: Contents | None) -> dict[str, Any]:
    """What an engine is to know of them: open_engine(known=…)."""
    return {_CONTENTS: contents}


def _put(connection: Connection, sha: str, data: bytes) -> None:
    contents = of(connection)
    if contents is not None and (_inside(connection) + len(data) > LIGHT or outside(connection)):
        contents.keep(data)
        connection.execute(insert(CONTENT).values(sha256=sha, size=len(data)))
    else:
        connection.execute(insert(CONTENT).values(sha256=sha, size=len(data), data=data))


def _is_named(connection: Connection, sha: str) -> bool:
    return connection.scalar(select(CONTENT.c.sha256).where(CONTENT.c.sha256 == sha)) is not None


def _inside(connection: Connection) -> int:
    return connection.scalar(select(func.sum(CONTENT.c.size)).where(CONTENT.c.data.is_not(None))) or 0


def outside(connection: Connection) -> list[str]:
    """The contents that the plan names and does not hold."""
    return list(connection.execute(select(CONTENT.c.sha256).where(CONTENT.c.data.is_(None))).scalars())


def too_heavy(connection: Connection, *, by_drops: bool) -> list[str]:
    """The contents that are in the plan and should not be: all, once they are more than it keeps in itself.

    None are kept in a plan that is saved *by_drops*.
    """
    inside = _inside(connection)
    heavy = inside > LIGHT or (inside and (by_drops or outside(connection)))
    held = select(CONTENT.c.sha256).where(CONTENT.c.data.is_not(None))
    return list(connection.execute(held).scalars()) if heavy else []


def let_go(connection: Connection, sha: str, contents: Contents) -> None:
    """Move the bytes of one content from the plan to this computer's store."""
    data = connection.scalar(select(CONTENT.c.data).where(CONTENT.c.sha256 == sha))
    if data is not None and contents.keep(bytes(data)) == sha:
        connection.execute(update(CONTENT).where(CONTENT.c.sha256 == sha).values(data=None))
