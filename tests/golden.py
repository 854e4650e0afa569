"""Answers and rows as text that a person can read and compare, held against what stands beside the tests.

Ids are named by their table and age, moments stand in Greenwich time, and what is empty is left out. After a wanted
change run with GOLDEN=rewrite in the environment and read the difference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from factories import Rows, dump
from planstudio.workspace import Workspace

_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST = 300  # characters of a text that are shown; of a longer one its beginning, its end and its length


def hold(path: Path, chapter: str, told: Sequence[str]) -> None:
    """Refuse *told* where it differs from that chapter of the file at *path*."""
    kept = chapters(path)
    if os.environ.get("GOLDEN") == "rewrite":
        kept = dict(sorted((kept | {chapter: [*told]}).items()))
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"== {name}\n" + "".join(f"{line}\n" for line in kept[name]) for name in kept), "utf-8")
    assert [*told] == kept.get(chapter)


def chapters(path: Path) -> dict[str, list[str]]:
    """What stands in the file at *path*, by the names of its chapters."""
    kept: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        if line.startswith("== "):
            kept[line[3:]] = []
        else:
            kept[next(reversed(kept))].append(line)
    return kept


def names_in(workspace: Workspace, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every id of the plan with a name: its table, and its place among the ids of it, which sort by age.

    Those of *known* keep their names, and those that have gone since, too.
    """
    names = {**(known or {})}
    for table, rows in dump(workspace).items():
        taken = sum(name.startswith(f"<{table} ") for name in names.values())
        fresh = sorted(key for key in rows if isinstance(key, str) and key not in names)
        names |= {key: f"<{table} {n}>" for n, key in enumerate(fresh, taken + 1)}
    return names


def tell(value: Any, names: Mapping[str, str], lead: str = "", depth: int = 0) -> list[str]:
    """*value* in lines, one for each thing in it that has more than a word to say."""
    pad = "  " * depth
    if is_dataclass(value) and not isinstance(value, type):
        said = [(field.name, getattr(value, field.name)) for field in fields(value)]
        plain = ", ".join(f"{name}={short(one, names)}" for name, one in said if not _empty(one) and not _deep(one))
        lines = [f"{pad}{lead}{type(value).__name__}({plain})"]
        for name, one in said:
            if _deep(one) and not _empty(one):
                lines += tell(one, names, f"{name}: ", depth + 1)
        return lines
    if isinstance(value, Mapping) and _deep(value):
        lines = [f"{pad}{lead}{{{len(value)}}}"]
        for key, one in value.items():
            lines += tell(one, names, f"{short(key, names)}: ", depth + 1)
        return lines
    if _deep(value):
        lines = [f"{pad}{lead}[{len(value)}]"]
        for one in value:
            lines += tell(one, names, "", depth + 1)
        return lines
    return [f"{pad}{lead}{short(value, names)}"]


def short(value: Any, names: Mapping[str, str]) -> str:
    """*value* in a line."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = _ID.sub(lambda found: names.get(found[0], "<an id>"), value)
        return repr(text if len(text) <= _MOST else f"{text[:60]} … {text[-20:]} ({len(text)})")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{short(k, names)}: {short(one, names)}" for k, one in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(short(one, names) for one in value) + "]"
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(short(one, names) for one in value)) + "}"
    return str(value) if value is None or isinstance(value, bool) else repr(value)


def _empty(value: Any) -> bool:
    return value is False or (not isinstance(value, int | float | bool) and value is not None and not value)


def _deep(value: Any) -> bool:
    """Whether it holds more than fits a line."""
    if isinstance(value, Mapping):
        return any(_deep(one) or is_dataclass(one) for one in value.values()) or len(value) > 8
    if isinstance(value, tuple | list):
        return any(_deep(one) or is_dataclass(one) for one in value) or len(value) > 8
    return is_dataclass(value) and not isinstance(value, type)


def changed(before: Rows, after: Rows, names: Mapping[str, str]) -> list[str]:
    """What differs between two looks at the rows of a plan: rows that came with their cells, that went, cells."""
    lines = []
    for table in after:
        old, new = before[table], after[table]
        for key in sorted({*old, *new}, key=lambda one: (len(_row(table, one, names)), _row(table, one, names))):
            cells = new.get(key, {})
            if key not in old:
                said = {name: one for name, one in cells.items() if name != "id" and not (one is None or _empty(one))}
                lines.append(f"+ {_row(table, key, names)} {_cells(said, names)}")
            elif key not in new:
                lines.append(f"- {_row(table, key, names)}")
            elif cells != old[key]:
                for name in cells:
                    if cells[name] != old[key][name]:
                        was, now = short(old[key][name], names), short(cells[name], names)
                        lines.append(f"  {_row(table, key, names)} {name}: {was} > {now}")
    return lines


def _row(table: str, key: object, names: Mapping[str, str]) -> str:
    return names[key] if isinstance(key, str) else f"<{table}> {short(key, names)}"


def _cells(cells: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={short(one, names)}" for name, one in cells.items())
