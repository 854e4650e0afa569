"""A new file beside a plan's own: whether it may take its place, its bytes, its name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from planstudio import files
from planstudio.domain.errors import NotAPlan, Replaced, StoreUnavailable, TooNew
from planstudio.domain.files import FileRelation, FileState
from planstudio.i18n import _
from planstudio.store import copies, doors, merged_copies
from planstudio.store.look import Stamp, stamp
from planstudio.store.swap import exchange

_IN_MEMORY = 256_000_000  # bytes of a plan that is written through memory


def check(path: Path, state: FileState, *, anew: bool) -> None:
    """Refuse to write over what is not this plan, or where nobody asked for a file."""
    shown = files.shown(path)
    match state.relation:
        case FileRelation.OTHER_PLAN:
            words = _("Another plan stands at {path} now. Save a copy of this one under another name.")
            raise Replaced(words.format(path=shown))
        case FileRelation.TOO_NEW:
            raise TooNew(state.why)
        case FileRelation.NO_PLAN:
            raise NotAPlan(state.why)
        case FileRelation.LOCKED:
            raise password_changed(path)
        case FileRelation.UNREADABLE:
            words = _("{path} is damaged or half written. Nothing is written over it; the changes wait here.")
            raise StoreUnavailable(words.format(path=shown))
        case FileRelation.OUT_OF_REACH:
            words = _("The folder {folder} cannot be reached.")
            raise StoreUnavailable(words.format(folder=files.shown(path.parent)))
        case FileRelation.GONE if not anew:
            raise StoreUnavailable(_("There is no file at {path}.").format(path=shown))


def password_changed(path: Path) -> StoreUnavailable:
    words = _("The password of {name} was changed. Nothing is written over it; the changes wait here.")
    return StoreUnavailable(words.format(name=files.shown(path.name)))


def written_beside(target: Path, work: Path) -> Path:
    """The working copy *work* as it stands, flushed beside the file *target* and read back; its name there."""
    with _made_for(target) as made:
        if not _write(work, made):
            words = _("The disk did not keep what was written to {name}.")
            raise StoreUnavailable(words.format(name=files.shown(target.name)))
    return made


def copied_beside(target: Path, source: Path) -> Path:
    """The closed file *source*, flushed beside the file *target*; its name there."""
    with _made_for(target) as made:
        files.blank(made)
        shutil.copyfile(source, made)
        files.flush(made)
    return made


@contextmanager
def _made_for(target: Path) -> Iterator[Path]:
    """A name beside *target*; what is made there goes again in trouble, else who may read the one reads the other."""
    made = target.with_name(files.beside_now(target))
    try:
        yield made
        files.open_up(made, target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _write(work: Path, made: Path) -> bool:
    """Write the working copy into *made*; whether the disk kept it."""
    with closing(doors.connect(work, timeout=10)) as connection:
        size = work.stat().st_size
        files.blank(made)
        if (key := doors.key_of(work)) is not None:
            doors.copy_live(connection, made, key)
            files.flush(made)
            return doors.is_whole(made)
        if size <= _IN_MEMORY:
            data = connection.serialize()
            with open(made, "r+b") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            return made.read_bytes() == data
        with closing(doors.connect(made)) as copy:
            connection.backup(copy)
        files.flush(made)
        return doors.rows(made, "PRAGMA quick_check(1)", immutable=True) == [("ok",)]


def take_the_place(path: Path, work: Path, before: Stamp | None, folder: Path) -> None:
    """Write the working copy *work* to *path*; what somebody has saved there since *before* goes among the copies.

    *folder* is that of the working copy.
    """
    target = Path(os.path.realpath(path))
    with copies.in_plain_words(path):
        made = written_beside(target, work)
        if not exchange(made, target):
            os.replace(made, target)
        elif stamp(made) == before:
            made.unlink()
        else:
            shutil.move(made, merged_copies.place_for(folder, path.name))
        files.flush_folder(target.parent)


def put(made: Path, target: Path, *, fresh: bool) -> None:
    """Give *made* its name; a *fresh* file takes nobody's place."""
    if fresh:
        with suppress(OSError, NotImplementedError):
            os.link(made, target)
            return
        if os.path.lexists(target):
            raise FileExistsError(target)
    os.replace(made, target)
