"""What a document says over all its goals: the district's own heading and question, and a note on all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planstudio.domain.recognised import Lines, RecognisedLine
from planstudio.exchange.recognise.blocks import Block, fold, span
from planstudio.exchange.recognise.outline import Section

_MOST_NOTES = 12  # paragraphs; more are a chapter, not a note
_ON_STRATEGIES = re.compile(r"\b(?:strateg|action|initiative)", re.I)
_PROGRAMS_OWN = frozenset({"strategies", "strategy"})  # what stands over strategies anyhow


@dataclass
class Container:
    """A section that goals stand in, with the paragraphs that are none of them."""

    section: Section
    notes: list[Block] = field(default_factory=list)
    bare: bool = True  # nothing stands under its heading

    def note(self, block: Block) -> None:
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(block)
            self.bare = False


def lines_above(containers: Sequence[Container], over_strategies: Sequence[tuple[str, Lines]]) -> list[RecognisedLine]:
    """The words over all goals. *over_strategies* are the headings over the strategies of each goal."""
    return [*_of([one for one in containers if not one.bare] or containers), *_over_strategies(over_strategies)]


def _of(containers: Sequence[Container]) -> Iterator[RecognisedLine]:
    if not containers:
        return
    first = containers[0]
    section, head = first.section, first.section.head
    source = head.source if head else section.source
    yield RecognisedLine("goals_heading", section.title, source)
    both = bool(section.above and section.question and _ON_STRATEGIES.search(section.title))
    if asked := section.above if both else section.asked:
        yield RecognisedLine("goals_question", asked, source)
    notes = [block for one in containers if fold(one.section.title) == fold(section.title) for block in one.notes]
    if notes:
        words = "\n\n".join(f"{block.mark} {block.text}".strip() for block in notes)
        yield RecognisedLine("goals_note", words, span(notes))
    if both:
        yield RecognisedLine("strategies_question", section.question, source)


def _over_strategies(headings: Sequence[tuple[str, Lines]]) -> Iterator[RecognisedLine]:
    """One heading for all goals, where it says more than the program does by itself."""
    if len({fold(text) for text, _source in headings}) == 1 and fold(headings[0][0]) not in _PROGRAMS_OWN:
        text, source = headings[0]
        yield RecognisedLine("strategies_heading", text.strip(" :"), source)
