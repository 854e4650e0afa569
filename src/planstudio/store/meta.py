"""What outlives a run about one plan: where its file was, its last stamp, up to which step it has been seen."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from planstudio import files
from planstudio.store import copies


class Meta:
    """meta.json in the *folder* of the working copy of the plan at *path*."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._path, self._folder = path, folder

    def read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            return dict(json.loads((self._folder / "meta.json").read_text("utf-8")))
        return {}

    def note(self, **values: Any) -> None:
        meta = self.read() | {"path": str(self._path)} | values
        temporary = self._folder / "meta.tmp"
        with copies.in_plain_words(temporary):
            files.blank(temporary)
            with open(temporary, "w", encoding="utf-8") as file:
                json.dump(meta, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self._folder / "meta.json")
