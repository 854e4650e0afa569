"""Another file that comes in: a verified copy of it, of today's schema, in the folder of the working copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from planstudio import files
from planstudio.domain.errors import NotAPlan
from planstudio.i18n import _
from planstudio.store import copies, doors, merged_copies, migrations
from planstudio.store.verify import check_whole, inspect, sniff


class Incoming:
    """What is brought to the plan at *path*, beside its working copy *work*."""

    def __init__(self, path: Path, work: Path) -> None:
        self._path, self._work = path, work

    def today(self, source: Path) -> Path:
        """The file at *source*, beside the working copy."""
        copy = self._work.with_name("theirs.db")
        copies.verified(source, copy)
        migrations.bring_up(copy)
        return copy

    @contextmanager
    def another_copy(self, path: Path) -> Iterator[Path]:
        """A verified copy of the plan at *path*, which somebody brings by hand; in our own folder, for a while."""
        if files.same(path, self._path):
            raise NotAPlan(_("This is the plan itself, not another copy of it."))
        sniff(path)
        copy = self._work.parent / "brought.tmp"
        try:
            key = doors.key_of(self._work)
            if key is not None and doors.salt_of(path) != key.salt:
                self._copy_under(key, path, copy)
            else:
                copies.verified(path, copy)
            migrations.bring_up(copy)
            yield copy
        finally:
            copy.unlink(missing_ok=True)

    def _copy_under(self, key: doors.Key, source: Path, target: Path) -> None:
        """As copies.verified(), of a plan in the clear or under another password: in our folder it is under ours."""
        inspect(source)
        check_whole(source)
        with copies.in_plain_words(target):
            files.blank(target)
            with closing(doors.made(target, key)) as made, closing(doors.connect(source, immutable=True)) as whole:
                doors.pour(whole, made)

    def keep(self, copy: Path, name: str) -> None:
        """Put what another_copy() gave among the backups, under the *name* that it came with."""
        suffix = files.SECRET_SUFFIX if doors.salt_of(copy) is not None else files.PLAN_SUFFIX
        shutil.copyfile(copy, merged_copies.place_for(self._work.parent, str(Path(name).with_suffix(suffix))))
