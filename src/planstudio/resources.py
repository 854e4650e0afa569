"""Where the files that ship with the program are: icons, samples, word lists."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def folder(name: str) -> Path:
    """The folder of resources called *name*, in the wheel or in the source tree."""
    spec = find_spec("planstudio")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    shipped = package / "_resources"
    return (shipped if shipped.is_dir() else package.parent.parent / "resources") / name
