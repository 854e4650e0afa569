"""What can be read at once: no module, class or function is longer than a reader holds. ruff counts the branches."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"
MODULE, CLASS, FUNCTION = 400, 300, 60
ONE_LIST = {"planstudio/store/schema.py"}  # of all tables: a reader looks for one place (docs/architecture.md)


def too_long(path: Path) -> Iterator[str]:
    name, text = path.relative_to(SRC).as_posix(), path.read_text("utf-8")
    if text.count("\n") > MODULE and name not in ONE_LIST:
        yield name
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            most = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
            if (node.end_lineno or 0) - node.lineno + 1 > most:
                yield f"{name}: {node.name}"


def test_nothing_is_longer_than_a_reader_holds() -> None:
    assert [one for path in sorted(SRC.rglob("*.py")) for one in too_long(path)] == []
