"""Commands run in this process, and a document and a plan of an invented district."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from planstudio.cli import main

PAGE = """# Otter Creek School District

## Our Mission

Otter Creek teaches every child to read, to reckon and to swim.

## Our Vision

In five years visitors will find:

- Readers in every room
- Adults who know every name

## Core Values

- **Trust:** We keep our word & say when we cannot.
- **Care:** We know every child.

## Strategic Goals

### Goal 1: Every child reads

- Coach every teacher of the first grades
- Lend books on Saturdays

### Goal 2: Every child swims

- Dig a pool
"""


@dataclass(frozen=True)
class Said:
    """What a command left behind: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*words: object) -> Said:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return go


@pytest.fixture
def done(run: Run) -> Run:
    """As *run*, for what must work."""

    def go(*words: object) -> Said:
        said = run(*words)
        assert (said.code, said.err) == (0, ""), said
        return said

    return go


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def imported(page: Path, tmp_path: Path, done: Run) -> Path:
    """A plan file with the page in it."""
    path = tmp_path / "otter.planstudio"
    done("import", page, "--into", path)
    return path
