"""The block of "key: value" lines that some Markdown files begin with, read as far as policies need it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_KEY = re.compile(r"([A-Za-z][\w -]{0,40}):\s*(.*)$")
_ENTRY = re.compile(r"\s*-\s+(.*)$")
_MOST_LINES = 200


@dataclass(frozen=True)
class FrontMatter:
    """Values by key in small letters; `end` is the number of its last line, 0 where there is none."""

    values: dict[str, list[str]] = field(default_factory=dict)
    end: int = 0

    def first(self, *keys: str) -> str:
        return next((self.values[key][0] for key in keys if self.values.get(key)), "")

    def all(self, *keys: str) -> list[str]:
        return next((self.values[key] for key in keys if self.values.get(key)), [])


def front_matter(lines: list[str]) -> FrontMatter:
    """The front matter of a document; an opened but never closed one is none."""
    if not lines or lines[0].strip() != "---":
        return FrontMatter()
    values: dict[str, list[str]] = {}
    key = ""
    for number, line in enumerate(lines[1:_MOST_LINES], 2):
        if line.strip() in ("---", "..."):
            return FrontMatter(values, number) if values else FrontMatter()
        if entry := _ENTRY.match(line):
            values.setdefault(key, []).append(_bare(entry[1]))
        elif found := _KEY.match(line):
            key = found[1].strip().lower()
            values[key] = [_bare(found[2])] if found[2].strip() else []
    return FrontMatter()


def _bare(value: str) -> str:
    text = value.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
