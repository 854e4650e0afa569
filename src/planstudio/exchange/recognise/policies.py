"""Policies printed in full: header, text, references, dates.

A policy begins with a line or a table that gives its number and title, and is
one only if prose stands under it and something besides says so: an adoption
date, references, a policy's prefix. It ends where the next begins.

    header → text → references and dates; what follows the dates is the page's
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planstudio.domain.recognised import Lines, RecognisedPolicy
from planstudio.exchange.recognise import furniture
from planstudio.exchange.recognise.blocks import Block, Form, fold, span
from planstudio.exchange.recognise.frontmatter import FrontMatter
from planstudio.exchange.recognise.policy_body import markdown, section_headings
from planstudio.exchange.recognise.policy_codes import entry_of, labelled_number, number_of
from planstudio.exchange.recognise.policy_dates import Dates, dates_of, history, is_dated_line
from planstudio.exchange.recognise.policy_fields import Field, labelled
from planstudio.exchange.recognise.policy_references import cross_references, legal_references, reference_lines

_PROSE = 100  # characters of a block that only running text has
_HEADER_BLOCKS = 14  # how far a header of labelled fields may reach
_MOST_STARTS = 3000


@dataclass
class _Start:
    """Where a policy begins: `at` its first block, `body` the first block behind its header."""

    at: int
    body: int
    number: str = ""
    title: str = ""
    sure: bool = False  # the header says that this is a policy
    dates: Dates = field(default_factory=Dates)
    passed: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class FoundPolicy:
    policy: RecognisedPolicy
    first: int  # indices of its blocks
    last: int
    passed: tuple[Block, ...] = ()  # those of its blocks that are in none of its fields


def policies(blocks: Sequence[Block], front: FrontMatter) -> list[FoundPolicy]:
    """The policies whose text the document holds, in its order."""
    code, title = front.first("code", "number", "policy-number", "policy number"), front.first("title")
    if number_of(code) and title:
        return [_from_front(blocks, front, number_of(code), title)]
    starts = _starts(blocks)
    found = []
    for start, end in zip(starts, [*(later.at for later in starts[1:]), len(blocks)], strict=False):
        made = _Reader(blocks[start.body : end], start)
        if made.prose and (start.sure or made.dates or made.legal or made.cross):
            policy = made.policy(start, blocks[start.at : start.body])
            found.append(FoundPolicy(policy, start.at, end - 1, (*start.passed, *made.passed)))
    return found


def _from_front(blocks: Sequence[Block], front: FrontMatter, number: str, title: str) -> FoundPolicy:
    dates = Dates()
    for role, keys in (
        ("adopted", ("date-adoption", "adopted", "date-adopted", "date adopted", "approved", "adoption-date")),
        ("revised", ("date-revised", "revised", "date-revision", "last-revised", "amended", "revision-dates")),
        ("reviewed", ("date-reviewed", "reviewed", "last-reviewed")),
    ):
        dates.add(dates_of("; ".join(front.all(*keys)), role))
    start = _Start(0, 0, number, title, sure=True, dates=dates)
    reader = _Reader(blocks, start)
    reader.legal += front.all("legal-refs", "legal-references", "legal refs", "legal", "legal_refs")
    reader.cross += front.all("cross-refs", "cross-references", "cross refs", "cross_refs", "see-also")
    policy = reader.policy(start, ())
    policy = replace(policy, source=Lines(1, max(front.end, policy.source.last)))
    return FoundPolicy(policy, 0, len(blocks) - 1, tuple(reader.passed))


def _starts(blocks: Sequence[Block]) -> list[_Start]:
    """Every place where a policy may begin; a candidate needs prose before the next one."""
    found: list[_Start] = []
    index = 0
    while index < len(blocks) and len(found) < _MOST_STARTS:
        start, past = _header_table(blocks, index)
        start = start or _header_line(blocks, index)
        if start and _has_prose(blocks, start.body):
            found.append(start)
            past = start.body
        index = max(past, index + 1)
    return found


def _has_prose(blocks: Sequence[Block], body: int) -> bool:
    """Whether running text stands before the next line of the kind "1240 Volunteers"."""
    for block in blocks[body : body + 40]:
        if len(block.text) >= _PROSE and not is_dated_line(block.text):
            return True
        if entry_of(block.text) and block.form is not Form.ROW:
            return False
    return False


def _header_table(blocks: Sequence[Block], at: int) -> tuple[_Start | None, int]:
    """A header of labelled fields with a number and a title, on it or beside it; and where the fields end."""
    start, index = _Start(at, at), at
    while index < min(len(blocks), at + _HEADER_BLOCKS) and (named := labelled(blocks[index])):
        if named.field in (Field.LEGAL, Field.CROSS):
            break
        _fill(start, named.field, named.value)
        start.passed += [blocks[index]] if named.field is Field.ASIDE else []
        index += 1
    start.body = index
    if start.number and not start.title:
        _borrow_title(start, blocks)
    if start.body < len(blocks) and _repeats(blocks[start.body], start):
        start.body += 1
    start.sure = True
    return (start if start.number and start.title else None), index


def _repeats(block: Block, start: _Start) -> bool:
    """Whether the first line of the text only says the header's number and title again."""
    entry = entry_of(block.text)
    return bool(start.title and fold(block.text) == fold(start.title)) or bool(entry and entry.number == start.number)


def _fill(start: _Start, name: Field, value: str) -> None:
    if name is Field.NUMBER:
        entry = entry_of(value)
        start.number = start.number or number_of(value) or (entry.number if entry else "")
        start.title = start.title or (entry.title if entry else "")
    elif name is Field.TITLE:
        start.title = start.title or " ".join(value.split())
    elif name is Field.HISTORY:
        start.dates.add(history(value))
    elif name in (Field.ADOPTED, Field.REVISED, Field.REVIEWED):
        start.dates.add(dates_of(value, name.value))


def _borrow_title(start: _Start, blocks: Sequence[Block]) -> None:
    """The title of a policy whose header gives only the number: the next short line, or the one before."""
    after = blocks[start.body] if start.body < len(blocks) else None
    before = blocks[start.at - 1] if start.at else None
    if after is not None and _is_title_line(after):
        start.title, start.body = after.text.strip(" :"), start.body + 1
    elif before is not None and _is_title_line(before):
        start.title = before.text.strip(" :")


def _is_title_line(block: Block) -> bool:
    text = block.text
    shape = block.form is Form.HEADING or (block.form is Form.PARAGRAPH and not text.endswith((".", ";", ",")))
    return shape and 0 < len(text.split()) <= 14 and not labelled(block)


def _header_line(blocks: Sequence[Block], at: int) -> _Start | None:
    """ "1240 Volunteers", "Policy JICFB: Bullying", or "Policy No. 5131" with the title below."""
    block = blocks[at]
    if block.form is Form.ROW and len(block.cells) > 2:
        return None
    entry = entry_of(block.text)
    if entry and (entry.prefixed or not entry.yearlike):
        return _Start(at, at + 1, entry.number, entry.title, sure=entry.prefixed)
    start = _Start(at, at + 1, labelled_number(block.text), sure=True)
    if start.number:
        _borrow_title(start, blocks)
    return start if start.title else None


class _Reader:
    """Parts the blocks behind a header into text, references and dates; without prose there is no policy."""

    def __init__(self, blocks: Sequence[Block], start: _Start) -> None:
        self._blocks = blocks
        self._title = fold(start.title)
        self.body: list[Block] = []
        self.legal: list[str] = []
        self.cross: list[str] = []
        self.dates = Dates()
        self.dates.add(start.dates)
        self.passed: list[Block] = []
        self._tail: list[Block] = []
        self.prose = False
        index = 0
        while index < len(blocks):
            index = self._take(index)

    def _take(self, index: int) -> int:
        block = self._blocks[index]
        named = labelled(block)
        if named and named.field in (Field.LEGAL, Field.CROSS, Field.ASIDE):
            return self._references(index, named.field, named.value)
        text = block.text
        if named and named.field in (Field.ADOPTED, Field.REVISED, Field.REVIEWED, Field.HISTORY):
            self.dates.add(history(named.value) if named.field is Field.HISTORY else dates_of(text, named.field.value))
            self._tail.append(block)
        elif is_dated_line(text):
            self.dates.add(dates_of(text))
            self._tail.append(block)
        elif not (self._tail and self.prose and not self._more_prose(index)):
            self._add(block)
        else:
            self.passed.append(block)
        return index + 1

    def _more_prose(self, index: int) -> bool:
        """Whether the text goes on behind dates or references: one line of prose is enough."""
        texts = [block.text for block in self._blocks[index : index + 3]]
        return any(len(text) >= _PROSE and not furniture.is_contact(text) for text in texts)

    def _add(self, block: Block) -> None:
        if fold(block.text).endswith(self._title) and len(block.text) < len(self._title) + 15 and not self.prose:
            return
        self.body.append(block)
        self.prose = self.prose or len(block.text) >= _PROSE

    def _references(self, index: int, name: Field, value: str) -> int:
        end = index + 1
        while end < len(self._blocks) and not self._ends_references(self._blocks[end]):
            end += 1
        if name is Field.ASIDE:
            end = index + 1 if value or not self.prose else end
            self._tail += self._blocks[index:end] if self.prose else []
            self.passed += self._blocks[index:end]
            return end
        lines = reference_lines(value, self._blocks[index + 1 : end])
        (self.legal if name is Field.LEGAL else self.cross).extend(lines)
        self._tail += self._blocks[index:end]
        return end

    def _ends_references(self, block: Block) -> bool:
        long = len(block.text) > 300 and block.form is Form.PARAGRAPH
        return bool(labelled(block)) or is_dated_line(block.text) or long or furniture.is_contact(block.text)

    def policy(self, start: _Start, header: Sequence[Block]) -> RecognisedPolicy:
        return RecognisedPolicy(
            start.number,
            start.title,
            body=markdown(self.body),
            sections=section_headings(self.body),
            adopted=self.dates.adopted[0] if self.dates.adopted else "",
            revised=tuple(self.dates.revised),
            reviewed=tuple(self.dates.reviewed),
            legal_refs=legal_references(self.legal),
            cross_refs=cross_references(self.cross, [block.text for block in self.body]),
            source=span([*header, *self.body, *self._tail]),
        )
