"""What every format is read into: headings, paragraphs, bullets and table rows with their lines.

A block keeps its words in parts: a bullet whose title stands on a line of its
own has two, a paragraph one. A run is a stretch of words in one look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import NamedTuple

from planstudio.domain.recognised import Lines

_SPACE = re.compile(r"\s+")
# Controls, zero-width and direction marks, soft hyphens: never content, and they hide words from rules.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_ODD_SPACE = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")


class Form(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"


class Rank(IntEnum):
    """How strong a heading is; 1 to 6 are marked-up levels, the others are made out from the look."""

    LOOKS = 7  # a line in capitals, all bold, or in the words of the field
    TITLE_CASE = 8  # a short capitalized line over a paragraph


class Run(NamedTuple):
    text: str
    bold: bool = False
    italic: bool = False
    link: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    form: Form
    parts: tuple[Words, ...]
    source: Lines
    level: int = 0  # a heading's rank, a bullet's depth
    mark: str = ""  # a bullet's mark as printed: "•", "1.", "IV."
    cells: tuple[tuple[Words, ...], ...] = ()
    loose: bool = False  # a blank line stands before it

    @property
    def texts(self) -> list[str]:
        """The words of each part, of a row those of each cell."""
        return [*map(cell_text, self.cells)] if self.form is Form.ROW else [*map(plain, self.parts)]

    @cached_property
    def text(self) -> str:
        return " ".join(self.texts)

    def _words(self, unseen: str | None = None) -> list[Run]:
        return [run for part in self.parts for run in part if run.text.strip(unseen)]

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return bool(runs := self._words()) and all(run.bold for run in runs)

    @property
    def italic(self) -> bool:
        """Whether every word is in italics."""
        return bool(runs := self._words()) and all(run.italic for run in runs)

    @property
    def linked(self) -> bool:
        """Whether every word is a link."""
        return bool(runs := self._words(" .|•-")) and all(run.link for run in runs)

    def reformed(self, form: Form, level: int = 0) -> Block:
        return replace(self, form=form, level=level)


def word_set(words: str) -> frozenset[str]:
    """A set written as a line of words."""
    return frozenset(words.split())


def visible(text: str) -> str:
    """*text* without characters that cannot be seen; odd spaces made plain ones."""
    return _ODD_SPACE.sub(" ", _UNSEEN.sub("", text))


def squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def plain(words: Words) -> str:
    return squeeze("".join(run.text for run in words))


def cell_text(cell: tuple[Words, ...]) -> str:
    return " ".join(plain(part) for part in cell)


def fold(text: str) -> str:
    """*text* for comparing: case, spaces and punctuation do not count."""
    return re.sub(r"[\W_]+", " ", text).casefold().strip()


def tidy(runs: Iterable[Run]) -> Words:
    """Runs with equal looks joined and white space as single spaces, none at the ends."""
    gathered: list[tuple[Run, list[str]]] = []
    space = True  # the words so far end with one, or there are none
    for run in runs:
        text = _SPACE.sub(" ", run.text)
        if space and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        space = text.endswith(" ")
        if gathered and gathered[-1][0][1:] == run[1:]:
            gathered[-1][1].append(text)
        else:
            gathered.append((run, [text]))
    joined = [look._replace(text="".join(texts)) for look, texts in gathered]
    if joined:
        joined[-1] = joined[-1]._replace(text=joined[-1].text.rstrip())
    return tuple(run for run in joined if run.text)


def span(blocks: Iterable[Block]) -> Lines:
    """From the first line of *blocks* to the last; (0, 0) where there are none."""
    sources = [block.source for block in blocks]
    return Lines(min((s.first for s in sources), default=0), max((s.last for s in sources), default=0))
