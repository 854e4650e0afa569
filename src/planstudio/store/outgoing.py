"""What leaves an open plan as another file: a plan of its own, the plan itself to be sent, a clean copy."""

from __future__ import annotations

import os
from pathlib import Path

from planstudio import files
from planstudio.domain.errors import StoreUnavailable
from planstudio.domain.ids import uuid7
from planstudio.domain.kinds import Access
from planstudio.i18n import _
from planstudio.store import clean_copy, copies, doors
from planstudio.store.contents import Contents
from planstudio.store.working import is_open, open_already


class Outgoing:
    """Copies of the plan at *path*, from its working copy *work* and the *contents* beside it."""

    def __init__(self, path: Path, work: Path, data: Path, contents: Contents | None) -> None:
        self._path, self._work, self._data, self._contents = path, work, data, contents

    def save_copy(self, target: Path) -> None:
        """The whole plan with its history and its files at *target*: from there on a plan of its own."""
        copies.write_copy(self._work, self._as_secret(target), plan=uuid7(), fill=self._fill)

    def one_file(self, target: Path) -> None:
        """The plan with its history and all its files at *target*, to be sent: what comes back can be merged."""
        copies.write_copy(self._work, self._as_secret(target), fill=self._fill)

    @property
    def _fill(self) -> copies.Fill | None:
        return None if self._contents is None else self._contents.fill

    def _as_secret(self, target: Path) -> Path:
        """*target*, where its name says as much about a password as this plan's does."""
        secret = files.is_secret(self._path)
        if files.is_secret(target) != secret:
            words = _("A copy of this plan is under its password, too. End the name with .planstudiox.")
            if not secret:
                words = _("This plan is under no password, and its copy is none. End the name with .planstudio.")
            raise StoreUnavailable(words)
        return self._free(target)

    def clean_copy(self, target: Path, audience: Access) -> None:
        """What of the plan is given to *audience*, without its history, at *target*."""
        if files.is_secret(target):
            words = _("A clean copy is for others and under no password. End the name with .planstudio.")
            raise StoreUnavailable(words)
        clean_copy.write_for(self._work, self._free(target), audience, self._contents)

    def _free(self, target: Path) -> Path:
        """*target*, where a copy may go: into a folder that is there, and over no plan that is open."""
        target = Path(os.path.abspath(target))
        if files.same(target, self._path):
            raise StoreUnavailable(_("The plan is saved there already. Choose another name for the copy."))
        if not target.parent.is_dir():
            raise StoreUnavailable(_("There is no folder {folder}.").format(folder=target.parent))
        if target.is_dir():
            raise StoreUnavailable(_("{path} is a folder. Name a file in it.").format(path=target))
        if is_open(target, self._data):
            raise open_already(target)
        return target

    def protect(self, target: Path, key: doors.Key) -> None:
        """The whole plan with its history and its files at *target*, under *key*: from there on a plan of its own."""
        copies.write_copy(self._work, self._free(target), plan=uuid7(), fill=self._fill, key=key)
