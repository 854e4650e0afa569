"""Mission, vision, values and their kin from sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import RecognisedStatement, Remark
from planstudio.exchange.recognise import furniture
from planstudio.exchange.recognise.blocks import Block, Form, fold
from planstudio.exchange.recognise.outline import Section, children
from planstudio.exchange.recognise.statement_body import Body, adoption, without_adoption
from planstudio.exchange.recognise.wording import STATEMENTS, Topic

_SENTENCES = (
    (
        StatementKind.MISSION,
        re.compile(r"(?:It is the|The|Our)(?: \S+){0,3} mission(?: statement)?(?: of .{3,80}?)? (?:is|to)\b", re.I),
    ),
    (
        StatementKind.VISION,
        re.compile(r"(?:It is the|The|Our)(?: \S+){0,3} vision(?: statement)?(?: of .{3,80}?)? (?:is|to)\b", re.I),
    ),
)


@dataclass
class Found:
    """What the sections gave, and the headings with nothing under them."""

    statements: list[RecognisedStatement] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    empty: list[Section] = field(default_factory=list)


def statements(parts: Sequence[Section]) -> Found:
    """Every statement that a heading announces, then those that only a sentence does."""
    found = Found()
    for at, section in enumerate(parts):
        if section.topic in STATEMENTS:
            _read(found, parts, at)
        elif section.topic is Topic.SEVERAL:
            _read_sentences(found, section.body)
    _drop_repeated(found)
    filled = {statement.kind for statement in found.statements}
    found.empty = [section for section in found.empty if STATEMENTS[section.topic] not in filled]
    return found


def from_sentences(parts: Sequence[Section]) -> Found:
    """Mission and vision of a document whose headings announce neither: "Our mission is to …"."""
    found = Found()
    for section in parts:
        if section.topic is Topic.NONE:
            _read_sentences(found, section.body)
    _drop_repeated(found)
    return found


def _read_sentences(found: Found, body: Sequence[Block]) -> None:
    for block in body:
        for kind, pattern in _SENTENCES:
            if block.form is Form.PARAGRAPH and pattern.match(block.text[:300]):
                lead, said = without_adoption(block.text), adoption([block.text])
                made = RecognisedStatement(kind, "", lead=lead, source=block.source, **said)
                found.statements.append(made)


def _read(found: Found, parts: Sequence[Section], at: int) -> None:
    section = parts[at]
    kind = STATEMENTS[section.topic]
    body = Body(kind)
    body.take(section.body)
    if kind is not StatementKind.MISSION and not body.over:
        body.take_sections(children(parts, at) or _named_only(parts, at, body))
    made = body.statement(section)
    if not (made.lead or made.items):
        found.empty.append(section)
    elif not furniture.points_elsewhere(made.lead):
        found.statements.append(made)
        found.remarks += body.remarks()


def _named_only(parts: Sequence[Section], at: int, body: Body) -> list[Section]:
    """Values set as headings of the section's own rank: a list of at least two, where nothing else stands under it."""
    if body.items or body.paragraphs:
        return []
    found = []
    for section in parts[at + 1 :]:
        if section.topic is not Topic.NONE or section.rank != parts[at].rank or len(section.title.split()) > 4:
            break
        found.append(section)
    return found if len(found) > 1 and parts[at].topic in (Topic.VALUES, Topic.PRINCIPLES) else []


def _drop_repeated(found: Found) -> None:
    """A statement printed twice is one."""
    seen: set[tuple[StatementKind, str]] = set()
    kept = []
    for statement in found.statements:
        words = " ".join((statement.lead, *(f"{entry.title} {entry.whole}" for entry in statement.items)))
        key = (statement.kind, fold(words))
        if key not in seen:
            kept.append(statement)
        seen.add(key)
    found.statements = kept
