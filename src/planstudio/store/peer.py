"""The plan's file as a peer that is always looked at.

Nothing is believed of the file but what is read from it. The working copy never
forgets a step, so whatever happens to the file, what it lacks is known with the
next look, and is put there again.

    look       the stamp, the seal, the stamp again (look.py)
    take in    steps that only the file has, or a copy that was left beside it (beside.py)
    write      a whole new file beside it, flushed and read back
    lock       only around what follows (turn.py); nothing depends on it
    compare    the stamp once more: changed means back to the look
    exchange   both names in one call (swap.py), then a look at what came out: when that is not what was looked at,
               somebody wrote meanwhile, and it is taken in
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from sqlalchemy import Connection

from planstudio import files
from planstudio.domain.errors import Replaced, another_writes
from planstudio.domain.files import FileRelation, FileState
from planstudio.i18n import _
from planstudio.store import copies, doors, drops, migrations, writing
from planstudio.store.beside import Beside, near
from planstudio.store.contents import Contents, PlanFiles
from planstudio.store.drops import Drops
from planstudio.store.engine import opened
from planstudio.store.known import Known
from planstudio.store.lines import Key
from planstudio.store.look import Look, There, look, stamp, steps_in
from planstudio.store.meta import Meta
from planstudio.store.seal import Seal
from planstudio.store.swap import exchange
from planstudio.store.turn import LockHeld, turn
from planstudio.store.union import Told, unheard, unite

_TRIES = 20  # times that somebody else may write the file while it is read
_PLACES = {
    There.NOTHING: FileRelation.GONE,
    There.NO_PLAN: FileRelation.NO_PLAN,
    There.TOO_NEW: FileRelation.TOO_NEW,
    There.LOCKED: FileRelation.LOCKED,
    There.OUT_OF_REACH: FileRelation.OUT_OF_REACH,
}


class FilePeer:
    """The file at *path*, and the working copy *work*; what is seen is noted beside it unless it only *looks*."""

    def __init__(self, path: Path, work: Path, *, looks: bool = False, contents: Contents | None = None) -> None:
        self.path, self._work, self._folder = path, work, work.parent
        self.meta = Meta(path, work.parent)
        self._looks, self._contents = looks, contents
        self.gate = threading.RLock()  # one at a time looks: a watcher, a job that writes or changes the key
        self._known = Known(work)
        self._looked: Look | None = None
        self._beside = Beside(path, self._folder)
        files_beside = contents.beside if contents else PlanFiles(path, lambda: self._known.catch_up()[0].plan)
        self._drops = Drops(files_beside)
        self._one_file = files.is_secret(path)  # such a plan is one file, and nothing lies beside it
        self._holding = self._lies_beside = False
        self.state = FileState(FileRelation.SAVED)

    def forget(self) -> None:
        """What the file was looked at with has changed: look at it anew."""
        with self.gate:
            self._looked = None

    # Looking.

    def look_again(self) -> FileState:
        """How things stand now, from the file itself; cheap while it stays as it is."""
        with self.gate:
            own, seq = self._known.catch_up()
            seen = self._look_now(own, seq)
            if not self._one_file:
                self._known.dropped(self._drops.look(own.plan))
            self.state = self._judged(seen, own)
            if not self._looks:
                self._lies_beside = bool(self._beside.copies_to_unite(own.plan, self._known.ours))
            if self.state.relation in (FileRelation.SAVED, FileRelation.NEWER) and seen.stamp is not None:
                self._saw(seen, seq)
            return self.state

    def _saw(self, seen: Look, seq: int) -> None:
        """All that we have is there now: should any of it be lacking later, a former state was put back."""
        known, told = self.meta.read(), [seen.stamp and seen.stamp[1], seen.stamp and seen.stamp[2]]
        if not self._looks and (known.get("seen") != seq or known.get("stamp") != told):
            self.meta.note(seen=seq, stamp=told)

    def _look_now(self, own: Seal, seq: int) -> Look:
        known = self._looked
        if known is not None and known.there is There.PLAN and self._stamp() == known.stamp:
            return known
        self._looked = next(filter(None, (self._read(own, seq) for _n in range(_TRIES))), Look(There.UNREADABLE))
        return self._looked

    def _read(self, own: Seal, seq: int) -> Look | None:
        """The file and the steps in it; None where somebody else has written it between the two."""
        seen = look(self.path)
        if seen.there is There.PLAN and seen.seal is not None and seen.seal.plan == own.plan:
            if seen.seal.digest == own.digest:
                self._known.same(seq)
            elif (found := steps_in(self.path, seen)) is not None:
                self._known.note_file(found)
            else:
                return Look(There.UNREADABLE, seen.stamp) if self._stamp() == seen.stamp else None
        return seen

    def _stamp(self) -> object:
        with suppress(OSError):
            return stamp(self.path)
        return None

    def _judged(self, seen: Look, own: Seal) -> FileState:
        if seen.there is not There.PLAN or seen.seal is None:
            return FileState(_PLACES.get(seen.there, FileRelation.UNREADABLE), self._alone(seen), why=seen.why)
        if seen.seal.plan != own.plan:
            return FileState(FileRelation.OTHER_PLAN, own.count)
        missing, new = self._known.missing, self._known.new
        if not missing:
            return FileState(FileRelation.NEWER if new else FileRelation.SAVED, 0, new)
        if new:
            return FileState(FileRelation.BOTH, missing, new)
        if self._known.lost_one(self.meta.read().get("seen", 0)):
            return FileState(FileRelation.OLDER, missing)
        if not os.access(self.path.parent, os.W_OK):
            return FileState(FileRelation.READ_ONLY, missing)
        return FileState(FileRelation.WAITING, missing)

    def waiting(self) -> int:
        """How many steps of ours nobody else found when the file was looked at; without a look."""
        self._known.catch_up()
        seen = self._looked
        if seen is None or seen.there is There.PLAN:
            return self._known.missing or int(self.is_rekeyed)
        return self._alone(seen)

    def _alone(self, seen: Look) -> int:
        """How many steps are nowhere but here when no plan could be *seen*: a share that is away has what it had."""
        if seen.there in (There.OUT_OF_REACH, There.UNREADABLE, There.LOCKED):
            return self._known.since(self.meta.read().get("seen", 0))
        return self._known.count

    @property
    def count(self) -> int:
        return self._known.catch_up()[0].count

    @property
    def common(self) -> int:
        """The number of our last step before the first that nobody else finds; 0 where all are found."""
        return max(0, self._known.first_lacking() - 1)

    def has_all_of(self, seen: Look) -> bool:
        """Whether every step of the file as it was *seen* is ours."""
        found = steps_in(self.path, seen) if seen.there is There.PLAN else None
        self._known.catch_up()
        return found is not None and found <= self._known.ours()

    def all_is_known(self) -> bool:
        """Whether no step of the plan is anywhere at its place that we lack. Looks, and waits for a share."""
        saved = self.look_again().relation is FileRelation.SAVED and self.file_is_whole
        return saved and not self.has_new() and not self._drops.unread()

    @property
    def file_is_whole(self) -> bool:
        """Whether the file itself has all of our steps; some may lie beside it."""
        self._known.catch_up()
        return self._known.file_is_whole

    # Taking in.

    def has_new(self) -> bool:
        """Whether the last look found steps that we do not have, in the file or in a copy beside it."""
        return self.state.new > 0 or self._lies_beside

    def take_in(self, connection: Connection, arrived: str, told: Told = unheard) -> set[Key]:
        """Unite our steps with what the file and the copies beside it have, in the transaction of *connection*.

        *told* hears the share that is done of what is in the file.
        """
        touched: set[Key] = set()
        with self.gate:
            plan = self._known.catch_up()[0].plan
            for source in self._beside.copies_to_unite(plan, self._known.ours):
                touched |= self._united(connection, source, arrived)
            if self._known.new_in_file:
                touched |= self._united(connection, self.path, arrived, told)
            if self._known.new_in_drops():
                touched |= self._drops.take_in(connection, arrived)
        return touched

    def taken_in(self) -> None:
        """The transaction of take_in() has ended well."""
        with self.gate:
            self._beside.let_go()
            self._lies_beside = False

    def _united(self, connection: Connection, source: Path, arrived: str, told: Told = unheard) -> set[Key]:
        copy = self._folder / "theirs.db"
        try:
            copies.verified(source, copy)
            migrations.bring_up(copy)  # not everybody updates the program on the same day
            return unite(connection, copy, arrived, told)
        finally:
            copy.unlink(missing_ok=True)

    def find_moved(self) -> Path | None:
        """Where this plan's file lies now, if it is near its place or where people keep plans."""
        with self.gate:
            plan = self._known.catch_up()[0].plan
        for path in near(self.path):
            seal = look(path).seal
            if seal is not None and seal.plan == plan:
                return path
        return None

    # Publishing.

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the others out for what follows: for who has been beaten once, and would write a large plan in vain."""
        with self._turn():
            self._holding = True
            try:
                yield
            finally:
                self._holding = False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        try:
            with nullcontext() if self._holding else turn(self.path):
                yield
        except LockHeld as error:
            raise another_writes(self.path) from error

    def publish(self, *, anew: bool = True, whole: bool = True) -> bool:
        """Write our steps into the file; False where somebody was faster: take in, and try again.

        *anew* writes a file that is gone. Not *whole*: of a heavy plan only the steps that are new are laid beside it.
        """
        state = self.look_again()
        saved = state.relation in (FileRelation.SAVED, FileRelation.NEWER)
        if saved and not self._known.new_in_file and not self.is_rekeyed and (not whole or self._known.file_is_whole):
            return True
        writing.check(self.path, state, anew=anew)
        with copies.in_plain_words(self.path):
            if not whole and self._looked is not None and self._looked.there is There.PLAN and self.is_heavy:
                return self._drop()
            return not self._known.new_in_file and self._replace()

    @property
    def is_heavy(self) -> bool:
        """Whether the plan's own file is so large that it is saved by drops."""
        return not self._one_file and self._work.stat().st_size > drops.HEAVY

    def _drop(self) -> bool:
        """Lay the steps that are nowhere but here beside the file."""
        with opened(self._work, read_only=True) as engine, engine.connect() as connection:
            self._lay_contents()
            self._drops.write(connection, self._known.catch_up()[0].plan, self._known.lacking())
        self.look_again()
        return True

    @property
    def is_rekeyed(self) -> bool:
        """Whether the file is still under another password than the working copy."""
        seen = self._looked if self._one_file else None
        return seen is not None and seen.there is There.PLAN and seen.salt != doors.salt_of(self._work)

    def _replace(self) -> bool:
        seen = self._looked
        target = Path(os.path.realpath(self.path))  # a link stays a link
        self._lay_contents()
        made = writing.written_beside(target, self._work)
        try:
            with self._turn():
                if stamp(target) != (seen.stamp if seen else None):
                    return False
                came_out = exchange(made, target) if seen and seen.stamp else False
                if not came_out:
                    writing.put(made, target, fresh=not (seen and seen.stamp))
                files.flush_folder(target.parent)
            if came_out:
                self._look_at(made, target, seen.seal if seen else None)
        finally:
            with suppress(OSError):
                made.unlink(missing_ok=True)
        self._looked = None
        self.look_again()
        if not self._one_file:
            self._drops.tidy(self._known.in_file)
        return True

    def _lay_contents(self) -> None:
        """Lay the files of a heavy plan beside it, before anything names them there."""
        if self._contents is not None:
            named = doors.rows(self._work, "SELECT sha256 FROM content WHERE data IS NULL", timeout=10)
            self._contents.lay_beside(sha for (sha,) in named)

    def _look_at(self, out: Path, target: Path, before: Seal | None) -> None:
        """What came out in the exchange: somebody's work since we looked is kept.

        Another plan is put back, and what is under another password, which has to be given first.
        """
        came = look(out)
        if came.seal == before:
            return
        if came.seal is not None and before is not None and came.seal.plan == before.plan:
            self._beside.keep(out)
            return
        exchange(out, target)
        self._looked = None
        if came.there is There.LOCKED:
            raise writing.password_changed(self.path)
        words = _("Another plan stands at {path} now. Save a copy of this one under another name.")
        raise Replaced(words.format(path=files.shown(self.path)))
