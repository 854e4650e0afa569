"""An open plan: the one place that begins and ends transactions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planstudio.domain.changes import Change
from planstudio.domain.files import BackupRow, CopyCounts, Finding, Upkeep
from planstudio.domain.kinds import Access
from planstudio.i18n import _
from planstudio.store import doors
from planstudio.store.another_copy import counts, unite_copy
from planstudio.store.apart import Apart
from planstudio.store.becoming import become_file
from planstudio.store.clean_copy import engine_for
from planstudio.workspace.filing import Filed
from planstudio.workspace.reading import Operation, PlanSnapshot, Reader, plainly

__all__ = ["Apart", "Operation", "PlanSnapshot", "Reader", "Workspace"]


class Workspace(Filed):
    """A document, in which operations and queries are run; its copies, its backups and its password."""

    def save_copy(self, target: Path) -> None:
        with self._file, self._closed_step():
            self._document.outgoing.save_copy(target)

    def one_file(self, target: Path) -> None:
        """The whole plan with all its files as one file, to be sent; what comes back can be merged."""
        with self._file, self._closed_step():
            self._document.outgoing.one_file(target)

    @property
    def files_folder(self) -> Path | None:
        """The folder beside the plan that its files are kept in, if there is one. For a job: it waits for a share."""
        return self._document.attached.folder

    def gather(self, told: Callable[[float], bool] = lambda _share: True) -> int:
        """Bring the files that lie beside the plan to this computer; how many came. For a job: it waits for a share."""
        return self._document.attached.gather(told)

    @property
    def care_is_due(self) -> bool:
        """Whether the attached files of this plan have not been looked after for a week."""
        return self._document.attached.care_is_due(self.clock.now())

    def look_after(self, told: Callable[[float], bool] = lambda _share: True) -> Upkeep | None:
        """Verify and thin this computer's store of attached files; None where *told* has stopped it.

        For a job: it reads every file, and waits for a share.
        """
        return self._document.attached.look_after(self.clock.now(), told)

    def clean_copy(self, target: Path, audience: Access = Access.PUBLIC) -> None:
        """What of the plan is given to *audience*, as a plan of its own."""
        with self._file, self._closed_step():
            self._document.outgoing.clean_copy(target, audience)

    def snapshot_for(self, audience: Access) -> PlanSnapshot:
        """The plan as *audience* gets it, as a copy that a job may ask; close it."""
        with plainly():
            document = self._document
            engine = engine_for(document.working_copy, audience, document.contents, with_files=True)
            return PlanSnapshot(engine, self.clock)

    def backups(self) -> tuple[BackupRow, ...]:
        return self._document.backups()

    def back_up(self) -> None:
        with self._file, self._closed_step():
            self._document.back_up(self.clock.now())

    def restore(self, name: str, *, much: bool = True) -> Change:
        """Have the backup called *name* as the plan: a step like any other, where it is a state of this plan.

        TakesMuch where more than a third of the plan would go, unless it may be *much*.
        """
        with self._file:
            chosen = self._document.chosen(name, self.clock.now())
            try:
                if self._document.is_of(chosen):
                    return self._become(_("Restore a backup"), chosen, much=much)
                self._document.become(chosen)
            finally:
                chosen.unlink(missing_ok=True)
        self._begin_anew()
        self._index.forget()
        return Change(_("Restore a backup"), frozenset(), whole=True)

    def take_older(self, *, much: bool = True) -> Change:
        """Make the plan what stands in its file, which lacks some of our steps: a step like any other."""
        with self._file:
            copy = self._document.incoming.today(self.path)
            try:
                return self._become(_("Take the older state of the file"), copy, much=much)
            finally:
                copy.unlink(missing_ok=True)

    def _become(self, label: str, path: Path, *, much: bool) -> Change:
        return self._step(label, lambda session: become_file(session, path, much=much), kind="restore")

    # Another copy of it, brought by hand.

    def copy_counts(self, path: Path) -> CopyCounts:
        """What the plan and its copy at *path* have; NotAPlan where that is another plan."""
        with self._file, self._document.incoming.another_copy(path) as copy:
            return self.ask(lambda session: counts(session.connection(), copy))

    def merge_copy(self, path: Path, *, much: bool = False) -> Change | None:
        """Unite the plan with its copy at *path*, which stays as it is; both are put among the backups first.

        None when it has nothing new. TakesMuch, and nothing is changed, where more than a third of the plan would
        go and nobody has said that it may be *much*.
        """
        self._refuse_read_only()
        with self._file, self._document.incoming.another_copy(path) as copy:
            if not self.ask(lambda session: counts(session.connection(), copy)).only_there:
                return None
            with self._closed_step():
                self._document.back_up(self.clock.now())
            self._document.incoming.keep(copy, path.name)
            return self._united(self._transact(lambda s: unite_copy(s.connection(), copy, self._now(), much=much)))

    def find_moved(self) -> Path | None:
        """Where the file of this plan lies, when it is no longer in its place: near it, under any name."""
        return self._document.peer.find_moved()

    def is_of(self, path: Path) -> bool:
        """Whether the file at *path* is this plan."""
        return self._document.is_of(path)

    def check(self) -> tuple[Finding, ...]:
        """What a thorough check of rows, structure and history finds."""
        from planstudio.store.check import findings

        return findings(self._engine)

    def close(self) -> None:
        with self._file:
            self._document.close()
            self._index.close()

    # Under a password.

    @property
    def recovery_key(self) -> str:
        """What opens the plan when its password is forgotten, as it is printed."""
        key = self._document.keys.key
        return key.words if key is not None else ""

    def forget_other_keys(self) -> None:
        """Let go of the passwords of other plans."""
        doors.forget(self.path, self._document.working_copy)

    def change_password(self, password: str) -> Change | None:
        """Put the plan, its backups and its file under another *password*; what was taken in from the file."""
        key = doors.new_key(password)
        with self._file, plainly():
            found = self.merge_foreign()
            self._document.change_key(key)
            return self.publish() or found

    def take_password(self) -> bool:
        """Go on under the password that the file has by now, when it has been given; whether it has another."""
        with self._file, plainly():
            return self._document.take_key()

    def protect(self, target: Path, password: str) -> None:
        """The whole plan with its history and its files at *target*, under *password*: a plan of its own."""
        key = doors.new_key(password)
        with self._file, self._closed_step():
            self._document.outgoing.protect(target, key)

    def abandon(self) -> None:
        """Close a plan that was to be made and was not: nothing of it stays."""
        with self._file:
            self._document.abandon()
