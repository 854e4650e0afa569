"""What stands under the heading of one statement: lead, paragraphs, items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import RecognisedItem, RecognisedStatement, Remark
from planstudio.exchange.recognise import furniture
from planstudio.exchange.recognise.blocks import Block, Form, span
from planstudio.exchange.recognise.items import bold_lead, item
from planstudio.exchange.recognise.outline import Section
from planstudio.exchange.recognise.policy_dates import dates_of
from planstudio.exchange.recognise.remarks import left_out
from planstudio.exchange.recognise.wrapping import ends

_LISTED = frozenset(
    {StatementKind.VALUES, StatementKind.BELIEFS, StatementKind.GUIDING_PRINCIPLES, StatementKind.COMMITMENTS}
)
_ADOPTED = re.compile(
    r"(?:^|(?<=[.!?”\"])\s+|\s+[-–—(*\[]+\s*)(?:board[- ])?(?:adopted|approved|revised|amended)\b"
    r"[^.;]{0,50}\d{4}[)\]]?\.?\s*$",
    re.I,
)
_WHOLE_DAY = len("2026-06-09")
_EVIDENCED = re.compile(r"\bas evidenced by\b|\bas shown by\b|\bevidence", re.I)


class Body:
    """Gathers what stands under one heading until something foreign comes."""

    def __init__(self, kind: StatementKind) -> None:
        self._kind = kind
        self.paragraphs: list[Block] = []
        self.items: list[RecognisedItem] = []
        self._taken: list[Block] = []
        self._passed: list[Block] = []
        self.over = False

    def take(self, blocks: Sequence[Block]) -> None:
        lines = _short_lines(blocks) if self._kind in _LISTED else set()
        for index, block in enumerate(blocks):
            if self.over or is_foreign(block):
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
        if block.form is Form.ROW and not 0 < sum(map(bool, block.cells)) <= 3:
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
            self.over = self._kind not in _LISTED
            return
        self.paragraphs.append(block)
        self._taken.append(block)
        if _ADOPTED.search(block.text[-120:]) and len(block.text) > 120:
            self.over = True

    def take_sections(self, sections: Sequence[Section]) -> None:
        """Deeper headings with words under them are titled items; bare ones are items where nothing else is."""
        bare = not self.paragraphs or _ends_as_lead(self.paragraphs[-1].text)
        for section in sections:
            kept = [block for block in section.body if not is_foreign(block)]
            text = " ".join(block.text for block in kept)
            if section.head and (text or (bare and len(sections) > 1)):
                source = span([section.head, *kept])
                self.items.append(RecognisedItem(text or section.title, section.title if text else "", source=source))
                self._taken += [section.head, *kept]

    def statement(self, section: Section) -> RecognisedStatement:
        texts = [text for block in self.paragraphs if (text := without_adoption(block.text))]
        items = list(self.items)
        if not items and self._kind in _LISTED and len(texts) > 2:
            lead, listed = (1, self.paragraphs[1:]) if _ends_as_lead(texts[0]) else (0, self.paragraphs)
            items, texts = [item(block) for block in listed], texts[:lead]
        elif self._kind is StatementKind.MISSION and len(texts) > 1:
            said = zip(texts[1:], self.paragraphs[1:], strict=False)
            items = [*(RecognisedItem(text, source=block.source) for text, block in said), *items]
            texts = texts[:1]
        return RecognisedStatement(
            self._kind,
            section.title,
            lead=" ".join(texts),
            question=section.asked,
            items=tuple(items),
            source=span(self._taken or ([section.head] if section.head else [])),
            paragraphs=tuple(texts) if len(texts) > 1 else (),
            **adoption([block.text for block in self.paragraphs]),
        )

    def remarks(self) -> list[Remark]:
        return [left_out([block.text], block.source) for block in self._passed if not is_foreign(block)]


def _ends_as_lead(text: str) -> bool:
    return text.rstrip().endswith((":", "…", "...", "that", "believe", "believes"))


def is_foreign(block: Block) -> bool:
    """Whether a block is the page's: a link, an address, an invitation to click."""
    return block.linked or furniture.is_contact(block.text) or furniture.is_navigation(block.text)


def _short_lines(blocks: Sequence[Block]) -> set[int]:
    """Lines that list values without marks: two or more, one after the other."""
    short = [
        index
        for index, block in enumerate(blocks)
        if block.form is Form.PARAGRAPH and len(block.text.split()) <= 8 and not ends(block.text)
    ]
    neighbours = set(short)
    return {index for index in short if index - 1 in neighbours or index + 1 in neighbours}


def adoption(texts: Sequence[str]) -> dict[str, Any]:
    """The day in "-- Adopted June 9, 2020" at the end of *texts*; where no whole day is named, the words as a note."""
    said = [tail for text in texts if (tail := text[len(without_adoption(text)) :].strip(" -–—(*[)]."))]
    days = [day for tail in said for day in dates_of(tail).adopted if len(day) == _WHOLE_DAY]
    known = len(said) == len(days) == 1
    return {"adopted": days[0] if known else "", "notes": () if known else tuple(said)}


def without_adoption(text: str) -> str:
    """*text* without "-- Adopted 2020" at its end."""
    tail = text[-120:]
    found = _ADOPTED.search(tail)
    return text[: len(text) - len(tail) + found.start()].rstrip() if found else text
