"""Plans under a password in tests: where they run, their keys, and whether a word of them stands in the clear."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path

import pytest

import factories
from planstudio.store import doors

CANARY = "Quetzalcoatlus"
WORDS = "four calm owls reading"
SHOWN = (CANARY.encode(), CANARY.encode("utf-16-le"), b"SQLite format 3", b"CREATE TABLE")
BOTH = pytest.mark.parametrize("place", ["plain", "secret"], indirect=True)
SECRET = pytest.mark.parametrize("place", ["secret"], indirect=True)


def need_driver() -> None:
    """Skip the test where no plan can be under a password."""
    if importlib.util.find_spec("sqlcipher3") is None:
        pytest.skip("sqlcipher3, by which plans are under a password, is not installed")


def learn() -> None:
    """The key of factories.create()."""
    doors.learn(factories.KEY)


def shows(data: bytes | bytearray) -> bool:
    """Whether *data* shows a word of the plan, or that it is a database."""
    return any(sign in data for sign in SHOWN)


def in_the_clear(*folders: Path, but: Iterable[Path] = ()) -> list[str]:
    """The files in *folders* that show something by name or by any of their bytes; those in *but* may."""
    allowed = [*but]
    return [
        str(path)
        for folder in folders
        for path in folder.rglob("*")
        if not any(path.is_relative_to(one) for one in allowed)
        and (CANARY in path.name or (path.is_file() and shows(path.read_bytes())))
    ]
