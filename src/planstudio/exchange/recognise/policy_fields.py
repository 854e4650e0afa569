"""The labels around a policy's text: "Code", "Adopted", "Legal Reference" and their many spellings."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from planstudio.exchange.recognise.blocks import Block, Form, plain


class Field(StrEnum):
    NUMBER = "number"
    TITLE = "title"
    ADOPTED = "adopted"
    REVISED = "revised"
    REVIEWED = "reviewed"
    HISTORY = "history"
    LEGAL = "legal"
    CROSS = "cross"
    ASIDE = "aside"  # known, and no content of ours


_SPELLINGS: dict[Field, str] = {
    Field.NUMBER: r"(?:policy |regulation |descriptor )?(?:code|number|no\.?|#|id)|file(?: code| name)?"
                  r"|nepn(?:/nsba)?(?: code)?|policy",
    Field.TITLE: r"(?:policy |regulation )?(?:title|name)|descriptor term|subject",
    Field.HISTORY: r"prior revised dates?|previous(?:ly)? revised(?: dates?)?|revision history",
    Field.REVISED: r"(?:last |date |policy )?(?:revised|amended)(?: date| on)?|revisions?(?: dates?)?"
                   r"|dates? (?:revised|amended|of revision)|re-?adopted|date[- ]revis(?:ed|ion)",
    Field.REVIEWED: r"(?:last |date |policy )?reviewed(?: date| on)?|review(?: date)?"
                    r"|dates? (?:reviewed|of review)|date[- ]review(?:ed)?",
    Field.ADOPTED: r"(?:original(?:ly)? |first |date |policy |board )?(?:adopted|approved|adoption|approval)"
                   r"(?: date| on)?|dates? of (?:adoption|approval)|date[- ](?:adoption|adopted|approved)"
                   r"|date issued|policy accepted",
    Field.LEGAL: r"legal (?:ref(?:erence)?s?\.?|authorit(?:y|ies)|citations?|basis)(?:\(s\)|\(es\))?"
                 r"|statutory (?:references?|authority)|state(?: references?)?(?: description)"
                 r"|federal(?: references?)?(?: description)|law|legal|references",
    Field.CROSS: r"cross[- ]?ref(?:erence)?s?\.?(?:\(s\))?(?: description)?|see also|related polic(?:y|ies)"
                 r"|cross references? policy",
    Field.ASIDE: r"status|section|book|category|series|type|first reading|second reading|1st reading|2nd reading|source"
                 r"|management resources?(?: references?)?(?: description)?|exhibits?|comment"
                 r"|policy reference disclaimer|next review(?: date)?|effective(?: date)?|previous[- ]adoption[- ]dates"
                 r"|office|responsible(?: office)?",
}  # fmt: skip
_FIELDS = [(name, re.compile(rf"(?:{words})\s*:?", re.I)) for name, words in _SPELLINGS.items()]
_BEGINS = re.compile(
    r"board|book|catego|code|comment|cross|date|descr|effect|exhib|federal|file|first|1st|2nd|second|id|last|law|legal"
    r"|manage|name|nepn|next|no|number|#|office|orig|polic|prev|prior|re|respon|section|see|series|source|stat|subj|title"
    r"|type|adopt|approv|amend",
    re.I,
)
_SPLIT = re.compile(r"(?P<key>[A-Za-z][A-Za-z/ ().#-]{1,45}?)\s*(?::|\s[–—|]\s)\s*(?P<value>.*)", re.S)


class Labelled(NamedTuple):
    field: Field
    value: str


def field_named(text: str) -> Field | None:
    """The field that *text* is the label of."""
    bare = text.strip(" :*").rstrip(".")
    if len(bare) > 50 or not _BEGINS.match(bare):
        return None
    return next((name for name, pattern in _FIELDS if pattern.fullmatch(bare) or pattern.fullmatch(bare + ".")), None)


def labelled(block: Block) -> Labelled | None:
    """A field and its value, from a row, a line "Label: value", or a label alone (its value follows)."""
    if block.form is Form.ROW:
        cells = [text for text in block.texts if text]
        if named := field_named(" ".join(cells)):
            return Labelled(named, "")
        named = field_named(cells[0]) if cells else None
        lines = ["\n".join(map(plain, cell)) for cell in block.cells if cell]
        return Labelled(named, " ".join(lines[1:])) if named else None
    text = block.text
    whole = field_named(text)
    if whole in (Field.LEGAL, Field.CROSS) or (whole and text.endswith(":")):
        return Labelled(whole, "")
    found = _SPLIT.match(text[:2000]) if _BEGINS.match(text) else None
    named = field_named(found["key"]) if found else None
    return Labelled(named, text[found.start("value") :].strip()) if found and named else None
