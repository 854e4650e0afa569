"""Blocks to sections: which lines are headings, and what stands under each.

Levels of headings are taken as hints only; pages jump from level to level. A
section is flat: a heading with all blocks up to the next heading. Which further
sections belong to it is told by rank (`children`), and read by the builders.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile, zip_longest

from planstudio.domain.recognised import Lines
from planstudio.exchange.recognise import furniture
from planstudio.exchange.recognise.blocks import Block, Form, Rank, Run, Words, plain, span, tidy, word_set
from planstudio.exchange.recognise.particulars import read as particulars_in
from planstudio.exchange.recognise.wording import (
    IN_A_GOAL,
    STATEMENTS,
    Topic,
    heading_words,
    is_question,
    parenthesis,
    topic_of,
)
from planstudio.exchange.recognise.wrapping import ends

_LEAST_PARAGRAPH = 60  # characters; what a capitalized line must stand over to be its heading
_SMALL = word_set("a an and as at but by for from in into is nor of on or the through to up via vs with & our")
_LABELLED = re.compile(r"(?P<label>[^:–—]{3,60}?)\s*(?::|\s[–—-])\s*(?P<text>\S.{14,})", re.S)
_VERB = re.compile(r"\b(?:is|are|will)\b", re.I)
_ONE_WORD = word_set("mission vision values beliefs goals priorities philosophy commitments strategies objectives")
_IN_TABLES = frozenset({Topic.MISSION, Topic.VISION, Topic.VALUES, Topic.BELIEFS, Topic.PRINCIPLES})
_LEAD = re.compile(r"(?:…|\.\.\.|:)\W*$")
_LISTED = frozenset(
    {Topic.VALUES, Topic.BELIEFS, Topic.PRINCIPLES, Topic.COMMITMENTS, Topic.EQUITY, Topic.PROMISE, Topic.OTHER}
)
_SENTENCE_BEGUN = re.compile(r"\b(?:we|staff|students|board)\b.*(?:…|\.\.\.|:|\bthat)\W*$", re.I)
_LEAD_VERB = re.compile(r"\b(?:we|believes?|will|is|are|by|that|to|values?)\W*$|\bwe\b|\bwill\b", re.I)


@dataclass
class Section:
    head: Block | None
    topic: Topic
    body: list[Block] = field(default_factory=list)
    question: str = ""
    above: str = ""  # a question that stands before the heading: "What we will achieve"

    @property
    def asked(self) -> str:
        """All that it asks, in the order of the page."""
        return " · ".join(filter(None, (self.above, self.question)))

    @property
    def rank(self) -> int:
        return self.head.level if self.head else 0

    @property
    def title(self) -> str:
        return heading_words(heading_text(self.head)) if self.head else ""

    @property
    def source(self) -> Lines:
        return span([self.head, *self.body] if self.head else self.body)


def heading_text(block: Block) -> str:
    """The words of a heading without an emphasized subtitle behind them."""
    runs = [run for part in block.parts for run in part]
    while len(runs) > 1 and runs[-1].italic and not all(run.italic for run in runs):
        runs.pop()
    return plain(tuple(runs))


def subtitle(block: Block) -> str:
    """The emphasized words behind a heading's own, or ""."""
    text, own = block.text, heading_text(block)
    return text[len(own) :].strip() if text.startswith(own) else ""


def sections(blocks: Sequence[Block]) -> list[Section]:
    """The document as a flat run of sections; the first may have no heading."""
    made = [Section(None, Topic.NONE)]
    for block in promoted(blocks):
        if block.form is not Form.HEADING:
            made[-1].body.append(block)
            continue
        text = heading_text(block)
        topic = topic_of(text, marked=True)
        last = made[-1]
        awaited = last.topic is not Topic.NONE and not last.body and not last.question
        if topic is Topic.NONE and is_question(text) and awaited:
            last.question = text
        elif _leads_into(last, block, text):
            last.body.append(block.reformed(Form.PARAGRAPH))
        else:
            above = made.pop().title if topic is not Topic.NONE and _only_asks(last) else ""
            made.append(Section(block, topic, question=parenthesis(text), above=above))
    return made


def _only_asks(section: Section) -> bool:
    """Whether *section* is a question over the heading that comes."""
    bare = section.head is not None and section.topic is Topic.NONE and not section.body
    return bare and is_question(section.title)


def _leads_into(section: Section, head: Block, text: str) -> bool:
    """Whether *head* only begins the sentence that the entries go on with: "We believe that:" under "Core Values"."""
    if section.topic not in _LISTED or section.body or (head.level < Rank.LOOKS and head.level <= section.rank):
        return False
    return bool(_SENTENCE_BEGUN.search(text)) and not is_question(text)


def children(parts: Sequence[Section], at: int) -> list[Section]:
    """The sections behind `parts[at]` that stand under it: of no topic, and of lower rank."""
    rank = parts[at].rank
    return list(takewhile(lambda section: section.topic is Topic.NONE and section.rank > rank, parts[at + 1 :]))


def promoted(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with every line that is a heading by its words or look made one."""
    made: list[Block] = []
    told = False  # this row's texts already stand under the headings of the row before
    for block, following in zip_longest(blocks, blocks[1:]):
        if told:
            told = False
        elif block.form is Form.HEADING:
            made.append(block.reformed(Form.PARAGRAPH) if _is_lead(block) else block)
        elif block.form is Form.PARAGRAPH:
            made.extend(_promote(block, following))
        elif columns := _statement_columns(block, following):
            made.extend(columns)
            told = True
        else:
            made.extend(_statement_row(block) or [block])
    return made


def _statement_row(row: Block) -> list[Block]:
    """ "Mission | To teach …" as heading and paragraphs."""
    if row.form is not Form.ROW or len(row.cells) != 2:
        return []
    head, text = row.texts
    found = topic_of(head, marked=True) in _IN_TABLES and len(text) > 15
    return _cell_section(row, row.cells[0], row, row.cells[1]) if found else []


def _statement_columns(row: Block, following: Block | None) -> list[Block]:
    """A row of such headings over a row of their texts."""
    if following is None or len(row.cells) < 2 or len(following.cells) != len(row.cells):
        return []
    if not all(topic_of(text, marked=True) in _IN_TABLES for text in row.texts):
        return []
    cells = zip(row.cells, following.cells, strict=True)
    return [block for head, cell in cells for block in _cell_section(row, head, following, cell)]


def _cell_section(row: Block, head: tuple[Words, ...], under: Block, texts: tuple[Words, ...]) -> list[Block]:
    heading = replace(row, form=Form.HEADING, level=int(Rank.LOOKS), parts=head, cells=())
    return [heading, *(replace(under, form=Form.PARAGRAPH, parts=(part,), cells=()) for part in texts)]


def _is_lead(block: Block) -> bool:
    """A heading that is half a sentence: "At our schools, we believe…"."""
    text = block.text
    if len(text) > 200:
        return block.form is Form.HEADING and text.endswith((".", "!", ":", "…"))
    if topic_of(text, marked=True) is not Topic.NONE and not text.endswith(("…", "...")):
        return False
    if len(text.split()) > 10 and text.endswith((".", "!")):
        return True
    return bool(_LEAD.search(text)) and len(text.split()) > 2 and bool(_LEAD_VERB.search(text))


def _promote(block: Block, following: Block | None) -> list[Block]:
    if particulars_in(block.text):
        return [block]
    if labelled := _split_label(block):
        return labelled
    text = heading_text(block)
    rank = _rank(block, text, following) if len(text) <= 120 and not block.linked else 0
    return [block.reformed(Form.HEADING, rank) if rank else block]


def _rank(block: Block, text: str, following: Block | None) -> int:
    """The rank of a line that looks like a heading; 0 for other lines."""
    words = text.split()
    if _is_lead(block) or furniture.is_contact(text) or furniture.is_navigation(text):
        return 0
    if _announces(text):
        return Rank.LOOKS
    if len(words) > 12 or (ends(text) and not text.endswith(":")) or not any(map(str.isalpha, text)):
        return 0
    if block.bold or (text.isupper() and sum(map(str.isalpha, text)) > 3):
        return Rank.LOOKS
    prose = following is not None and following.form is Form.PARAGRAPH and len(following.text) >= _LEAST_PARAGRAPH
    return Rank.TITLE_CASE if block.loose and prose and is_title_case(text) else 0


def _announces(text: str) -> bool:
    """Whether a bare line is a heading by its words alone."""
    topic = topic_of(text, marked=False)
    if topic is Topic.NONE or text.endswith((".", ",", ";")):
        return False
    if not (text[:1].isupper() or re.match(r"(?:19|20)\d\d", text)):
        return False
    bare = heading_words(text).lower()
    if topic in IN_A_GOAL:
        return text.endswith(":") or (bare.endswith("s") and len(bare.split()) < 4)
    return len(bare.split()) > 1 or bare in _ONE_WORD or text.endswith(":")


def is_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if word.lower() not in _SMALL]
    if not words or not text[0].isupper() or ends(text):
        return False
    return len(text.split()) <= 12 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _split_label(block: Block) -> list[Block]:
    """ "Mission: To teach every child …" as heading and paragraph; nothing for other paragraphs."""
    found = _LABELLED.match(block.text[:400])
    if not found or len(block.parts) != 1:
        return []
    label = found["label"]
    topic = topic_of(label, marked=False)
    if topic not in STATEMENTS or not label[:1].isupper() or len(label.split()) > 5 or _VERB.search(label):
        return []
    if block.text.isupper() and topic not in (Topic.MISSION, Topic.VISION):
        return []  # "ONE PROMISE: …" is a motto
    if topic_of(block.text, marked=True) is Topic.SEVERAL:
        return []  # "Mission – Vision – Values" is a page's title
    rest = _behind(block.parts[0], found.start("text"))
    head = replace(block, form=Form.HEADING, level=int(Rank.LOOKS), parts=((Run(label),),))
    return [head, replace(block, parts=(rest,), loose=False)] if rest else []


def _behind(words: tuple[Run, ...], length: int) -> tuple[Run, ...]:
    """*words* without their first *length* characters."""
    left: list[Run] = []
    for run in words:
        if length < len(run.text):
            left.append(run._replace(text=run.text[length:]))
        length = max(0, length - len(run.text))
    return tidy(left)
