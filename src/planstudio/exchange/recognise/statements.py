"""Mission, vision, values and their kin from sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import RecognisedStatement, Remark
from planstudio.exchange.recognise import furniture
from planstudio.exchange.recognise.blocks import Block, Form, fold
from planstudio.exchange.recognise.outline import Section, children
from planstudio.exchange.recognise.statement_body import Body, adoption, without_adoption
from planstudio.exchange.recognise.wording import STATEMENTS, Topic

_SENTENCES = {
    kind: re.compile(
        rf"(?:It is the|The|Our)(?: \S+){{0,3}} {name}(?: statement)?(?: of .{{3,80}}?)? (?:is|to)\b", re.I
    )
    for kind, name in ((StatementKind.MISSION, "mission"), (StatementKind.VISION, "vision"))
}


@dataclass
class ReadStatements:
    """What the sections gave, and the headings with nothing under them."""

    statements: list[RecognisedStatement] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    empty: list[Section] = field(default_factory=list)


def statements(parts: Sequence[Section]) -> ReadStatements:
    """Every statement that a heading announces, then those that only a sentence does."""
    found = ReadStatements()
    for at, section in enumerate(parts):
        if section.topic in STATEMENTS:
            _read(found, parts, at)
        elif section.topic is Topic.SEVERAL:
            found.statements += _said(section.body)
    found.statements = _unique(found.statements)
    filled = {statement.kind for statement in found.statements}
    found.empty = [section for section in found.empty if STATEMENTS[section.topic] not in filled]
    return found


def from_sentences(parts: Sequence[Section]) -> list[RecognisedStatement]:
    """Mission and vision of a document whose headings announce neither: "Our mission is to …"."""
    return _unique(made for section in parts if section.topic is Topic.NONE for made in _said(section.body))


def _said(body: Sequence[Block]) -> Iterator[RecognisedStatement]:
    for block in body:
        for kind, pattern in _SENTENCES.items():
            if block.form is Form.PARAGRAPH and pattern.match(block.text[:300]):
                lead, said = without_adoption(block.text), adoption([block.text])
                yield RecognisedStatement(kind, "", lead=lead, source=block.source, **said)


def _read(found: ReadStatements, parts: Sequence[Section], at: int) -> None:
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


def _unique(found: Iterable[RecognisedStatement]) -> list[RecognisedStatement]:
    """A statement printed twice is one."""
    kept: dict[tuple[StatementKind, str], RecognisedStatement] = {}
    for statement in found:
        words = " ".join((statement.lead, *(f"{entry.title} {entry.whole}" for entry in statement.items)))
        kept.setdefault((statement.kind, fold(words)), statement)
    return list(kept.values())
