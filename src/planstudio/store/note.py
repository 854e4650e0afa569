"""The courtesy note beside an open document: "J. Lee has this open since 9:12".

It is not the safety mechanism: two people may work, and both plans are put
together at the next publish. A note whose program is gone is ignored.
"""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from planstudio import files
from planstudio.domain.files import OpenElsewhere

_FORGOTTEN = timedelta(days=1)  # a note that a crash left behind is not told for ever


class Note:
    def __init__(self, document: Path, author: str) -> None:
        self._path = document.with_name(files.beside(document.name, "~$"))
        self._own = {"user": author, "computer": socket.gethostname(), "pid": os.getpid()}
        self._left = False
        self.elsewhere = self._read()

    def leave(self) -> None:
        """Write our note, unless somebody else's stands there."""
        if self.elsewhere is not None:
            return
        with suppress(OSError):  # a folder that cannot be written to needs no note
            self._path.write_text(json.dumps(self._own | {"since": datetime.now(UTC).isoformat()}), "utf-8")
            self._left = True

    def take_away(self) -> None:
        if self._left:
            with suppress(OSError):
                self._path.unlink()
            self._left = False

    def _read(self) -> OpenElsewhere | None:
        try:
            words = json.loads(self._path.read_text("utf-8"))
            user, computer, pid = str(words["user"]), str(words["computer"]), int(words["pid"])
            since = datetime.fromisoformat(words["since"])
        except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None
        if since.tzinfo is None or datetime.now(UTC) - since > _FORGOTTEN:
            return None
        if computer == self._own["computer"] and (pid == os.getpid() or not files.alive(pid)):
            return None
        return OpenElsewhere(user[:80], computer[:80], since)
