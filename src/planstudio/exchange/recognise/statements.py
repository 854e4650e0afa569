"""Mission, vision, values and their kin from sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import RecognisedItem, RecognisedStatement, Remark, RemarkKind
from planstudio.exchange.recognise import furniture
from planstudio.exchange.recognise.blocks import Block, Form, Rank, fold, span
from planstudio.exchange.recognise.items import bold_lead, item
from planstudio.exchange.recognise.outline import Section, children
from planstudio.exchange.recognise.wording import STATEMENTS, Topic
from planstudio.exchange.recognise.wrapping import ends
from planstudio.i18n import _

_LISTED = frozenset({StatementKind.VALUES, StatementKind.BELIEFS, StatementKind.GUIDING_PRINCIPLES, StatementKind.COMMITMENTS})
_ADOPTED = re.compile(
    r"(?:^|(?<=[.!?”\"])\s+|\s+[-–—(*\[]+\s*)(?:board[- ])?(?:adopted|approved|revised|amended)\b[^.;]{0,50}\d{4}[)\]]?\.?\s*$", re.I
)
_EVIDENCED = re.compile(r"\bas evidenced by\b|\bas shown by\b|\bevidence", re.I)
_SENTENCES = (
    (StatementKind.MISSION, re.compile(r"(?:The|Our)(?: \S+){0,3} mission(?: statement)?(?: of .{3,80}?)? is\b", re.I)),
    (StatementKind.VISION, re.compile(r"(?:The|Our)(?: \S+){0,3} vision(?: statement)?(?: of .{3,80}?)? is\b", re.I)),
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
                made = RecognisedStatement(kind, "", lead=_without_adoption(block.text), source=block.source)
                found.statements.append(made)


def _read(found: Found, parts: Sequence[Section], at: int) -> None:
    section = parts[at]
    kind = STATEMENTS[section.topic]
    body = _Body(kind)
    body.take(section.body)
    under = children(parts, at)
    if kind in _LISTED or kind in (StatementKind.VISION, StatementKind.OTHER, StatementKind.EQUITY):
        under = under or _named_only(parts, at, body)
        for child in under:
            body.take_titled(child)
    made = body.statement(section, [section, *under])
    if made.lead or made.items:
        found.statements.append(made)
        found.remarks += body.remarks()
    else:
        found.empty.append(section)


def _named_only(parts: Sequence[Section], at: int, body: _Body) -> list[Section]:
    """Values set as headings of the section's own rank: a list of at least two, where nothing else stands under it."""
    if body.items or body.paragraphs:
        return []
    found = []
    for section in parts[at + 1 :]:
        if section.topic is not Topic.NONE or section.rank != parts[at].rank or len(section.title.split()) > 4:
            break
        found.append(section)
    return found if len(found) > 1 and parts[at].topic in (Topic.VALUES, Topic.PRINCIPLES) else []


class _Body:
    """Gathers what stands under one heading until something foreign comes."""

    def __init__(self, kind: StatementKind) -> None:
        self._kind = kind
        self.paragraphs: list[Block] = []
        self.items: list[RecognisedItem] = []
        self._taken: list[Block] = []
        self._passed: list[Block] = []
        self._over = False

    def take(self, blocks: Sequence[Block]) -> None:
        lines = _short_lines(blocks) if self._kind in _LISTED else set()
        for index, block in enumerate(blocks):
            if self._over or _is_foreign(block):
                self._passed.append(block)
            elif block.form in (Form.BULLET, Form.ROW) or index in lines or self._is_titled(block, blocks):
                self._add_item(block)
            else:
                self._add_paragraph(block)

    def _is_titled(self, block: Block, blocks: Sequence[Block]) -> bool:
        """ "**Respect:** We …": at least two of them, or one is only emphasis."""
        if self._kind is StatementKind.MISSION or not bold_lead(block.parts[0]):
            return False
        return sum(bool(other.parts and bold_lead(other.parts[0])) for other in blocks[:60]) > 1

    def _add_item(self, block: Block) -> None:
        if block.form is Form.ROW and not _is_entry(block):
            self._passed.append(block)
            return
        lead = " ".join(paragraph.text for paragraph in self.paragraphs[-1:])
        made = item(block, evidence=bool(_EVIDENCED.search(lead)))
        if made.text or made.title:
            self.items.append(made)
            self._taken.append(block)

    def _add_paragraph(self, block: Block) -> None:
        prose = len(block.text.split()) > 5 or ends(block.text) or not self.paragraphs
        if self.items or not prose:
            self._passed.append(block)
            self._over = self._kind not in _LISTED
            return
        self.paragraphs.append(block)
        self._taken.append(block)
        if _ADOPTED.search(block.text[-120:]) and len(block.text) > 120:
            self._over = True

    def take_titled(self, child: Section) -> None:
        """A deeper heading with its words is a titled item; with nothing under it, an item."""
        kept = [block for block in child.body if not _is_foreign(block)]
        text = " ".join(block.text for block in kept)
        if child.head and (text or child.rank <= Rank.LOOKS):
            source = span([child.head, *kept])
            self.items.append(RecognisedItem(text or child.title, child.title if text else "", source=source))
            self._taken += [child.head, *kept]

    def statement(self, section: Section, sections: Sequence[Section]) -> RecognisedStatement:
        texts = [text for block in self.paragraphs if (text := _without_adoption(block.text))]
        items = list(self.items)
        if not items and self._kind in _LISTED and len(texts) > 2:
            lead, listed = (1, self.paragraphs[1:]) if ends_as_lead(texts[0]) else (0, self.paragraphs)
            items, texts = [item(block) for block in listed], texts[:lead]
        elif self._kind is StatementKind.MISSION and len(texts) > 1:
            items = [RecognisedItem(t, source=b.source) for t, b in zip(texts[1:], self.paragraphs[1:], strict=False)] + items
            texts = texts[:1]
        return RecognisedStatement(
            self._kind,
            section.title,
            lead=" ".join(texts),
            question=section.question,
            items=tuple(items),
            source=span([*([section.head] if section.head else []), *self._taken]),
            paragraphs=tuple(texts) if len(texts) > 1 else (),
        )

    def remarks(self) -> list[Remark]:
        return [not_taken(block) for block in self._passed if not _is_foreign(block)]


def not_taken(block: Block) -> Remark:
    """A remark that *block* stands in a recognised section and was left out."""
    text = block.text
    start = text if len(text) <= 80 else text[:79].rsplit(" ", 1)[0] + "…"
    return Remark(RemarkKind.NOT_TAKEN, _("Not taken over: “{text}”").format(text=start), block.source)


def ends_as_lead(text: str) -> bool:
    return text.rstrip().endswith((":", "…", "...", "that", "believe", "believes"))


def _is_foreign(block: Block) -> bool:
    text = block.text
    return block.linked or furniture.is_contact(text) or furniture.is_navigation(text)


def _is_entry(row: Block) -> bool:
    filled = [cell for cell in row.cells if cell]
    return 0 < len(filled) <= 3


def _short_lines(blocks: Sequence[Block]) -> set[int]:
    """Lines that list values without marks: two or more, one after the other."""
    short = [
        index
        for index, block in enumerate(blocks)
        if block.form is Form.PARAGRAPH and len(block.text.split()) <= 8 and not ends(block.text)
    ]
    neighbours = set(short)
    return {index for index in short if index - 1 in neighbours or index + 1 in neighbours}


def _without_adoption(text: str) -> str:
    """*text* without "-- Adopted 2020" at its end."""
    tail = text[-120:]
    found = _ADOPTED.search(tail)
    return text[: len(text) - len(tail) + found.start()].rstrip() if found else text


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
