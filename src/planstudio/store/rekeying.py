"""The password of an open plan: that of its file, of the work on this computer, and of its backups.

Another computer may have changed the one of the file. The work is put under it when it has been given.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from planstudio import files
from planstudio.domain.errors import Locked, StoreUnavailable
from planstudio.i18n import _
from planstudio.store import copies, doors
from planstudio.store.look import look, plan_of
from planstudio.store.peer import FilePeer
from planstudio.store.verify import sniff


class Rekeying:
    """Keeps the plan at *path*, its working copy *work* and the backups of that under one password."""

    def __init__(self, path: Path, work: Path, peer: FilePeer) -> None:
        self._path, self._work, self._peer = path, work, peer
        self._secret = files.is_secret(path)

    def sniff(self) -> None:
        try:
            sniff(self._path)
        except Locked:
            if not self._work.exists() or doors.is_locked(self._work):
                raise
            words = _("The password of {name} was changed. Enter the new one.")
            if (doors.salt_of(self._path) or b"").hex() in self._former_salts():
                words = _("The file {name} is still under the former password. Enter that one, too.")
            raise Locked(words.format(name=files.shown(self._path.name))) from None

    def ask_former(self) -> None:
        """Locked where the work on this computer is under a password that nobody has given."""
        if not self._secret or not doors.is_locked(self._work):
            return
        if doors.salt_of(self._path) in (None, doors.salt_of(self._work)):
            raise doors.locked(self._path)
        words = _("Your work on this computer is still under the former password of {name}. Enter that one, too.")
        raise Locked(words.format(name=files.shown(self._path.name)))

    @property
    def is_outdated(self) -> bool:
        """Whether the file is under another password than the work."""
        return self._secret and doors.salt_of(self._path) != doors.salt_of(self._work)

    def take(self) -> None:
        """What another computer changed the password to is the password here; one that we had before is none.

        The backups first: after a crash the work is under the former password, and both are asked for once more.
        """
        key = doors.key_of(self._path) if self._secret else None
        if key is None or key.salt == doors.salt_of(self._work) or key.salt.hex() in self._former_salts():
            return
        seal = look(self._path).seal
        if seal is not None and seal.plan == plan_of(self._work):
            self._rekey_backups(key)
            self._rekey_work(key)

    def _former_salts(self) -> list[str]:
        return [str(one) for one in self._peer.meta.read().get("former", [])]

    def change(self, key: doors.Key) -> None:
        """Put the work and its backups under *key*; the file follows when it is published."""
        doors.learn(key)
        self._rekey_work(key)
        self._rekey_backups(key)

    def _rekey_work(self, key: doors.Key) -> None:
        before = doors.salt_of(self._work)
        doors.rows(self._work, "SELECT count(*) FROM seal")  # a journal that a crash has left is played back
        if before is not None:  # noted first: after a crash the file that is still under it does not bring it back
            self._peer.meta.note(former=[*self._former_salts(), before.hex()])
        with self._peer.gate, copies.in_plain_words(self._work):
            doors.rekey(self._work, key)

    def _rekey_backups(self, key: doors.Key) -> None:
        """Put under *key* what is under another one that we know; what is not is a file that asks for it."""
        for kept in (self._work.parent / "backups").rglob(f"*{files.SECRET_SUFFIX}"):
            if doors.key_of(kept) not in (None, key):
                with copies.in_plain_words(kept):
                    doors.rekey(kept, key)

    def finish(self) -> None:
        """Put the backups under the password of the work, where a crash or a full disk came between."""
        if self.key is not None:
            with suppress(StoreUnavailable):
                self._rekey_backups(self.key)

    @property
    def key(self) -> doors.Key | None:
        return doors.key_of(self._work)
