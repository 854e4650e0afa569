"""Verified copies of a plan in the local data folder, thinned as they age.

Kept: all of the last two days, then one a day for 14 days, one a week for 8
weeks, one a month for 24 months. Nothing is thinned while the newest copy does
not pass its check. The last state of another plan that stood under the same name
is called "former", and stays for 24 months. Of a heavy plan most are small (increments.py).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from planstudio import files
from planstudio.domain.errors import NotAPlan, StoreUnavailable
from planstudio.domain.files import BackupRow
from planstudio.i18n import _
from planstudio.store import copies, doors, increments
from planstudio.store.verify import guarded, inspect

_NAME = re.compile(r"(\d{8}-\d{6})-(\d+)(-former)?\.planstudiox?")
_SHAPE = "%Y%m%d-%H%M%S"
_RENEWED = timedelta(days=30)  # after which a heavy plan gets a whole backup again
_LAST = "SELECT coalesce(max(seq), 0), (SELECT id FROM change_set ORDER BY seq DESC LIMIT 1) FROM change_set"
_RULES: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (14, lambda at: at.date()),
    (8 * 7, lambda at: at.isocalendar()[:2]),
    (24 * 31, lambda at: (at.year, at.month)),
)


def keep(source: Path, folder: Path, now: datetime, *, former: bool = False) -> Path:
    """Copy the live database at *source* into *folder*, check the copy and thin the old ones."""
    try:
        files.private_folder(folder)
        with closing(doors.connect(source)) as connection:
            head, last = connection.execute(_LAST).fetchone()
            base = None if former else increments.base_for(source, connection, folder, _stamp(now - _RENEWED))
            added = base and increments.keep(source, base, head, folder, _stamp(now))
            if added:
                _thin(folder, now)
                return added
            mark, at = "-former" if former else "", now.astimezone()
            ending = files.SECRET_SUFFIX if doors.salt_of(source) else files.PLAN_SUFFIX
            while (made := folder / f"{_stamp(at)}-{head}{mark}{ending}").exists():
                if _last_step(made) == last:
                    return made
                at += timedelta(seconds=1)  # another plan with as many steps was kept in this second
            with copies.replacing(made, private=True) as temporary:  # it gets its name when it has passed its check
                copies.vacuum_into(connection, temporary)
                inspect(temporary, made.name, values=False)
    except doors.either(sqlite3.Error, OSError) as error:
        raise StoreUnavailable(_("The backup could not be written: {why}.").format(why=error)) from error
    _thin(folder, now)
    return made


def _thin(folder: Path, now: datetime) -> None:
    for old in thinned(_listed(folder), now):
        (folder / old).unlink(missing_ok=True)


def _last_step(backup: Path) -> str | None:
    with closing(guarded(backup)) as connection:
        return connection.execute(_LAST).fetchone()[1]  # type: ignore[no-any-return]


def thinned(names: Collection[str], now: datetime) -> list[str]:
    """Which of *names* have had their time; what others add to stays with them."""
    longest = timedelta(days=_RULES[-1][0])
    moments = {name: _moment(name) for name in names}
    gone = by_age({name: at for name, at in moments.items() if not is_former(name) or now - at > longest}, now)
    needed = {increments.base_of(name) for name in {*names} - {*gone}}
    return [name for name in gone if name not in needed]


def by_age(moments: Mapping[str, datetime], now: datetime) -> list[str]:
    """Which of the names have had their time, newest first; each stands for the moment it was kept."""
    gone, seen = [], set()
    for name, at in sorted(moments.items(), key=lambda item: (item[1], item[0]), reverse=True):
        if now - at <= timedelta(days=2):
            continue
        rule = next(((n, key(at)) for n, (days, key) in enumerate(_RULES) if now - at <= timedelta(days=days)), None)
        if rule is None or rule in seen:
            gone.append(name)
        seen.add(rule)
    return gone


def rows(folder: Path, head: int) -> tuple[BackupRow, ...]:
    """The backups in *folder*, newest first; *head* is the journal's last step now."""
    found = []
    for name in sorted(_listed(folder), reverse=True):
        match = _match(name)
        assert match is not None
        since = max(0, head - int(match[2]))
        former = is_former(name)
        found.append(BackupRow(name, _moment(name), (folder / name).stat().st_size, 0 if former else since, former))
    return tuple(found)


def checked(folder: Path, name: str) -> Path:
    """The backup called *name*, whole and after one more check."""
    path = folder / name
    if not _match(name) or not path.is_file():
        raise NotAPlan(_("There is no backup called {name}.").format(name=name))
    if increments.base_of(name):
        made = folder.with_name("backup.tmp")
        increments.whole(path, made)
        path = made
    inspect(path, name)
    return path


def _listed(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("[0-9]*") if _match(path.name)]


def _match(name: str) -> re.Match[str] | None:
    return _NAME.fullmatch(name) or increments.NAME.fullmatch(name)


def is_former(name: str) -> bool:
    """Whether the backup *name* is of another plan than the one that stands there."""
    return "-former" in name


def _stamp(at: datetime) -> str:
    return at.astimezone().strftime(_SHAPE)


def _moment(name: str) -> datetime:
    return datetime.strptime(name[:15], _SHAPE).astimezone()
