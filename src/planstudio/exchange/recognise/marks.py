"""The marks that begin list entries: glyphs, dashes, numbers, letters."""

from __future__ import annotations

import re

GLYPHS = "•·▪■□○●◦►➢➤‣⁃∙✓✔❖◆◼▸\uf0b7\uf0a7\uf0d8\uf076"
_NUMBER = (
    r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]"  # 1. (2) a) IV. 1.1.
    r"|\d{1,2}(?:\.\d{1,2}){1,3}"  # 1.1
)
BULLET = re.compile(rf"\s*(?:([{GLYPHS}~])\s*|([-–—*+o§])(?:\s+|$)|({_NUMBER})(?:\s+|$))")
# In HTML a dash begins a remark as often as an entry; only sure marks count.
TYPED = re.compile(rf"\s*(?:([{GLYPHS}~])\s*|({_NUMBER})\s+)")


def mark_of(bullet: re.Match[str]) -> str:
    """The mark as printed, without parentheses around it."""
    return next(group for group in bullet.groups() if group).strip("()")


def is_numbered(mark: str) -> bool:
    return any(letter.isalnum() for letter in mark) and mark != "o"
