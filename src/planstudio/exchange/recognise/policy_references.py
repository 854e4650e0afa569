"""Legal and cross references of a policy, from the lines under their labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planstudio.exchange.recognise.blocks import Block, Form, fold, plain
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
        if block.form is Form.ROW:
            lines.append(block.text)
        else:
            for part in block.parts:
                lines += _pieces(plain(part))
    return [line for line in lines if not _NONE.match(line)]


def _pieces(text: str) -> list[str]:
    """One line may hold several references, parted by semicolons. A bare number behind one goes on in the line."""
    if "\n" in text:
        return [piece for line in text.split("\n") for piece in _pieces(line)]
    text = text.strip()
    pieces = [piece.strip() for piece in text.split(";")]
    cited = all(_CITED.match(piece) and any(map(str.isdigit, piece)) for piece in pieces if piece)
    made = pieces if len(pieces) > 1 and cited else [text]
    return [piece for piece in made if piece]


def legal_references(lines: Sequence[str]) -> tuple[str, ...]:
    """*lines* without captions of groups ("EDUCATION CODE") and without repetitions."""
    kept = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if not _is_caption(line, following):
            kept.append(line.strip(" ;"))
    return _unique(kept)


def _is_caption(line: str, following: str) -> bool:
    """A line in capitals over numbered ones, or a table's head."""
    if _DESCRIPTION.search(line) and len(line.split()) < 5:
        return True
    if line.endswith(":") and len(line.split()) < 8:
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
