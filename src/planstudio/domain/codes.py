"""Policy codes in the order people file them: 1326 before 1326.1 before 1327, BE before BEDB."""

from __future__ import annotations

import re

_PARTS = re.compile(r"\d+|[^\W\d_]+")


def natural(code: str) -> tuple[tuple[int, int | str], ...]:
    """A key to sort codes by: numbers as numbers, letters as letters."""
    return tuple((0, int(part)) if part.isdecimal() else (1, part.casefold()) for part in _PARTS.findall(code[:200]))
