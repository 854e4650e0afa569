"""Who works at this computer: asked once, kept in the program's folder."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_FILE = "person.json"


@dataclass(frozen=True)
class Person:
    """Name and role; *known* where a person has said them and not the computer."""

    name: str
    role: str = ""
    known: bool = True

    @classmethod
    def kept_in(cls, data: Path, login: str) -> Self:
        """Who has been introduced, else the computer's user, who is not known yet."""
        with suppress(OSError, ValueError):
            kept = json.loads((data / _FILE).read_text("utf-8"))
            if isinstance(kept, dict) and kept.get("name"):
                return cls(str(kept["name"]), str(kept.get("role", "")))
        return cls(login, known=False)

    def keep(self, data: Path) -> Self:
        (data / _FILE).write_text(json.dumps({"name": self.name, "role": self.role}), "utf-8")
        return self
