"""Who carries a strategy and by when: lines like "Responsible: …" and "Timeline: …" under it.

Such a line is never an entry of its own. One line may hold several: "Lead: the
principal; Due: June 2027".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from planstudio.exchange.recognise.blocks import Block, Form, plain


class Kind(StrEnum):
    OWNER = "owner"
    TIME = "time"
    START = "start"
    DUE = "due"


_SPELLINGS = {
    Kind.OWNER: r"(?:persons?|people|staff|part(?:y|ies)|leader(?:ship)?|administrators?|departments?|office)(?:\(s\))?"
                r"[ -]responsible|responsible(?: (?:persons?|people|staff|part(?:y|ies)|administrators?|leaders?"
                r"|departments?|offices?|team))?(?:\(s\))?|responsibility"
                r"|(?:(?:strategy|goal|action|project|task|process|primary) )?owners?(?:\(s\))?"
                r"|(?:(?:project|strategy|goal|team|district|action|staff|board) )?leads?(?:\(s\))?"
                r"|led by|assigned to|point (?:person|of contact)|accountable|accountability lead|champions?|who",
    Kind.START: r"start(?:s|ing)?(?: date| on)?|begin(?:s|ning)?(?: date| on)?|date started",
    Kind.DUE: r"due(?: date| by| on)?|by(?: when)?|(?:target |expected |estimated )?completion(?: date| target)?"
              r"|to be completed(?: by)?"
              r"|complet(?:e|ed|es) by|deadline|(?:target |end |finish )dates?|ends?(?: on)?"
              r"|finish",
    Kind.TIME: r"time ?-?lines?|time ?-?frames?|time ?-?periods?|schedule|when|dates?|duration",
}  # fmt: skip
_KINDS = [(kind, re.compile(words, re.I)) for kind, words in _SPELLINGS.items()]
_LABEL = re.compile(rf"(?<![\w(])(?:{'|'.join(_SPELLINGS.values())})\s*:", re.I)
_SURE = re.compile(r"responsib|time ?-?(?:line|frame)|due date|completion date", re.I)
_BEFORE = re.compile(r"^[\s*_]*")
_MOST = 600  # characters of such a line
_MOST_WORDS = 14  # of an owner's name


class Particular(NamedTuple):
    kind: Kind
    value: str
    words: str  # the whole as printed: label and value


@lru_cache(maxsize=1024)
def kind_of(label: str) -> Kind | None:
    """The kind that a column's head or a label without its colon names."""
    bare = label.strip(" :*_")
    return next((kind for kind, pattern in _KINDS if len(bare) < 60 and pattern.fullmatch(bare)), None)


def is_label(text: str) -> bool:
    """Whether a heading is such a label, its value below; single words without a colon are too common."""
    return kind_of(text) is not None and (text.endswith(":") or bool(_SURE.search(text)))


def begins(line: str) -> bool:
    """Whether a printed line begins with such a label, so that it never goes on in the line before."""
    at = _BEFORE.match(line[:_MOST])
    found = _LABEL.match(line[:_MOST].rstrip(), at.end() if at else 0)
    return found is not None and found[0][0].isupper()


def particulars(block: Block) -> tuple[Particular, ...]:
    """What *block* says of who and when; nothing where it begins with other words."""
    if block.form is Form.ROW and len(block.cells) == 2 and kind_of(block.texts[0]):
        label, value = block.texts
        return read(f"{label.strip(' :')}: {value}")
    return read(block.text)


def read(text: str) -> tuple[Particular, ...]:
    if len(text) > _MOST or not begins(text):
        return ()
    labels = [found for found in _LABEL.finditer(text) if found[0][0].isupper()]
    ends = [*(found.start() for found in labels[1:]), len(text)]
    made = []
    for found, end in zip(labels, ends, strict=True):
        kind, value = kind_of(found[0]), text[found.end() : end].strip(" ;|,•·–—")
        if kind and value:
            made.append(Particular(kind, value, f"{found[0].rstrip(' :')}: {value}"))
    return tuple(made)


def is_name(value: str) -> bool:
    """Whether an owner's value is short enough to be somebody's name or office."""
    return len(value.split()) <= _MOST_WORDS and not re.search(r"[a-z]{4,}[.!?]\s+[A-Z]", value)


def apart(blocks: Sequence[Block]) -> list[Block]:
    """*blocks* with such lines inside an entry ("Mentor …<br>Lead: …") as blocks of their own."""
    made: list[Block] = []
    for block in blocks:
        said = [part for part in block.parts if read(plain(part))]
        own = tuple(part for part in block.parts if part not in said)
        if said and own:
            made.append(replace(block, parts=own))
            made += [replace(block, form=Form.PARAGRAPH, parts=(part,), mark="") for part in said]
        else:
            made.append(block)
    return made
