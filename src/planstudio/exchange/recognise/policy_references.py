"""Legal and cross references of a policy, from the lines under their labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from planstudio.exchange.recognise.blocks import Block, Form, fold
from planstudio.exchange.recognise.policy_codes import NUMBER

_CAPTION_WORD = re.compile(r"[A-Z]{4,}")
_DESCRIPTION = re.compile(r"description$", re.I)
_CODES = re.compile(rf"{NUMBER}(?:\s*[,;]\s*(?:and\s+)?{NUMBER})+\W*$")
_CF = re.compile(r"\(\s*cf\.\s*([^()]{2,160}(?:\([^()]{1,20}\)[^()]{0,60})?)\)", re.I)
_NONE = re.compile(r"(?:none|n/?a|not applicable)\W*$", re.I)
_CITED = re.compile(r"(?:[\d.]+,?\s+)?[A-Z§“\"]")


def reference_lines(value: str, blocks: Sequence[Block]) -> list[str]:
    """The references of a label's own line and of the blocks under it."""
    lines = _pieces(value)
    for block in blocks:
        lines += [block.text] if block.form is Form.ROW else [one for text in block.texts for one in _pieces(text)]
    return [line for line in lines if not _NONE.match(line)]


def _pieces(text: str) -> list[str]:
    """One line may hold several references, parted by semicolons. A bare number behind one goes on in the line."""
    if "\n" in text:
        return [piece for line in text.split("\n") for piece in _pieces(line)]
    pieces = [piece for one in text.split(";") if (piece := one.strip())]
    cited = all(_CITED.match(piece) and any(map(str.isdigit, piece)) for piece in pieces)
    return pieces if cited else [text.strip()]


def legal_references(lines: Sequence[str]) -> tuple[str, ...]:
    """*lines* without captions of groups ("EDUCATION CODE") and without repetitions."""
    return _unique([line.strip(" ;") for line, following in pairwise([*lines, ""]) if not _is_caption(line, following)])


def _is_caption(line: str, following: str) -> bool:
    """A line in capitals over numbered ones, or a table's head."""
    words = len(line.split())
    if (_DESCRIPTION.search(line) and words < 5) or (line.endswith(":") and words < 8):
        return True
    in_capitals = not any(map(str.islower, line)) and bool(_CAPTION_WORD.search(line))
    return in_capitals and bool(re.match(r"\d|§", following)) and not line[0].isdigit()


def cross_references(lines: Sequence[str], body: Sequence[str]) -> tuple[str, ...]:
    """Listed references, then those in the text as "(cf. 1240 – …)"; each once."""
    found: list[str] = []
    for line in lines:
        if _CODES.match(line):
            found += re.findall(NUMBER, line)
        elif not _is_caption(line, ""):
            found.append(line.strip(" ;,"))
    for text in body:
        if "cf." in text.lower():
            found += [" ".join(match.split()) for match in _CF.findall(text)]
    return _unique(found)


def _unique(texts: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for text in texts:
        if fold(text):
            seen.setdefault(fold(text), text)
    return tuple(seen.values())
