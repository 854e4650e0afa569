"""The attached files of an open plan: taken out of it where it is heavy, brought here and laid there, looked after."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from planstudio.domain.errors import StoreUnavailable
from planstudio.domain.files import FileRelation, Kept, Upkeep
from planstudio.store import doors, upkeep
from planstudio.store.contents import Contents, Progress, known, let_go, too_heavy
from planstudio.store.engine import opened
from planstudio.store.peer import FilePeer

_WEEK = timedelta(days=7)


class AttachedFiles:
    """The files of the plan whose working copy is *work*; none lie outside where there are no *contents*."""

    def __init__(self, contents: Contents | None, work: Path, peer: FilePeer, *, read_only: bool) -> None:
        self._contents, self._work, self._peer, self._read_only = contents, work, peer, read_only

    def lighten(self) -> None:
        """Take the files out of a plan that has become heavy, one after the other: who types meanwhile waits for none.

        So has one that is saved by drops, for these name a file and do not carry it. Not undone by a crash half way:
        each file is in the plan or in the store.
        """
        contents = self._contents
        if contents is None:
            return
        with opened(self._work, known=known(contents)) as engine:
            with engine.execution_options(reading=True).connect() as connection:
                heavy = too_heavy(connection, by_drops=self._peer.is_heavy)
            for sha in heavy:
                with engine.begin() as connection:
                    let_go(connection, sha, contents)
        if heavy:
            with closing(doors.connect(self._work, timeout=10)) as connection:
                connection.execute("VACUUM")  # the room that they took would be written with each save

    def gather(self, told: Progress) -> int:
        """Bring the files that lie beside the plan to this computer, and ours there; how many came. Waits for a share.

        Who moves a plan without its folder gets that at the new place.
        """
        if self._contents is None:
            return 0
        wanted = self._outside()
        came = self._contents.gather(wanted, told)
        if not self._read_only and self._peer.state.relation is FileRelation.SAVED:
            with suppress(OSError, StoreUnavailable):  # a folder that takes nothing: told when the plan is saved
                self._contents.lay_beside(wanted, told)
        return came

    def care_is_due(self, now: datetime) -> bool:
        """Whether the files of this plan have not been looked after for a week."""
        if self._contents is None or self._read_only:
            return False
        with suppress(ValueError):
            return now - datetime.fromisoformat(self._peer.meta.read().get("looked_after", "")) >= _WEEK
        return True

    def look_after(self, now: datetime, told: Progress) -> Upkeep | None:
        """Verify and thin the attached files on this computer; None where *told* has stopped it. Waits for a share."""
        if self._contents is None or self._read_only:
            return None
        named = {sha for (sha,) in doors.rows(self._work, "SELECT sha256 FROM content", timeout=10)}
        found = upkeep.look_after(self._contents, named, told, all_known=self._peer.all_is_known())
        if found is None:
            return None
        gone = upkeep.thin(self._contents.store, self._work.parent.parent)
        with self._peer.gate:
            self._peer.meta.note(looked_after=now.isoformat())
        return replace(found, gone=gone)

    @property
    def folder(self) -> Path | None:
        """The folder beside the plan that its files are in; None for a light plan. Waits for a share."""
        return self._contents.beside.find() if self._contents is not None and self._outside() else None

    def _outside(self) -> list[str]:
        return [sha for (sha,) in doors.rows(self._work, "SELECT sha256 FROM content WHERE data IS NULL", timeout=10)]

    def has(self, sha: str) -> bool:
        return self._contents is not None and self._contents.where(sha) is Kept.HERE
