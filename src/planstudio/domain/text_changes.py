"""What changed in a text as people read it: its sections, and in these its paragraphs, entries and rows.

    compare_texts(before, after) → SectionChange ── PassageChange ── runs

Looks do not count: words set bold are the same words. A section that only changed its place is told as moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from operator import add

from planstudio.domain.alignment import blocks, rising
from planstudio.domain.redline import LineChange, Mark, Run, Runs, compare_lines, compare_words
from planstudio.richtext import Block, Grid, Heading, Listing, Paragraph, Span
from planstudio.richtext import blocks as blocks_of

_ALIKE = 0.5  # the words that two sections share when only their heading changed


@dataclass(frozen=True)
class Passage:
    """A paragraph, an entry of a list with its sign, or a row of a table."""

    text: str
    sign: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Section:
    """A heading with the passages below it; the text above the first heading has none."""

    title: str = ""
    level: int = 2
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class PassageChange:
    """What became of a passage; a passage that is no more comes with the sign it had."""

    passage: Passage
    runs: Runs
    mark: Mark | None  # of the passage as a whole; None where words in it changed


@dataclass(frozen=True)
class Tally:
    """How many passages were added, deleted, moved, and changed in their words."""

    added: int = 0
    deleted: int = 0
    moved: int = 0
    changed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*map(add, astuple(self), astuple(other)))

    @property
    def total(self) -> int:
        return sum(astuple(self))


@dataclass(frozen=True)
class SectionChange:
    """A section with what became of it; `title` is the heading's runs."""

    name: str
    level: int
    title: Runs
    passages: tuple[PassageChange, ...] = ()
    mark: Mark = Mark.KEPT  # ADDED, DELETED or MOVED_HERE as a whole

    @property
    def tally(self) -> Tally:
        marks = [passage.mark for passage in self.passages]
        return Tally(
            marks.count(Mark.ADDED),
            marks.count(Mark.DELETED),
            marks.count(Mark.MOVED_HERE) + (self.mark is Mark.MOVED_HERE),
            marks.count(None) + (self.mark in (Mark.KEPT, Mark.MOVED_HERE) and len(self.title) > 1),
        )

    @property
    def changed(self) -> bool:
        return self.mark is not Mark.KEPT or any(p.mark is not Mark.KEPT for p in self.passages) or len(self.title) > 1


def compare_texts(before: str, after: str) -> tuple[SectionChange, ...]:
    """The sections of both texts, in the order of *after*; what is no more stands where it stood."""
    old, new = sections(before), sections(after)
    pairs = _pairs(old, new)
    kept = set(rising([pairs[at] for at in sorted(pairs)]))
    moved = {there for n, (_at, there) in enumerate(sorted(pairs.items())) if n not in kept}
    home = {there: at for at, there in pairs.items()}
    changes: list[SectionChange] = []
    gone = [at for at in range(len(old)) if at not in pairs]
    for there, section in enumerate(new):
        if (at := home.get(there)) is None:
            changes.append(_whole(section, Mark.ADDED))
            continue
        if there not in moved:
            changes += [_whole(old[n], Mark.DELETED) for n in gone if n < at]
            gone = [n for n in gone if n > at]
        changes.append(_compared(old[at], section, moved=there in moved))
    return (*changes, *(_whole(old[n], Mark.DELETED) for n in gone))


def tally(changes: Sequence[SectionChange]) -> Tally:
    return sum((change.tally for change in changes), Tally())


def sections(markdown: str) -> tuple[Section, ...]:
    """*markdown* by its headings."""
    made: list[tuple[Heading | None, list[Passage]]] = [(None, [])]
    for block in blocks_of(markdown):
        if isinstance(block, Heading):
            made.append((block, []))
        else:
            made[-1][1].extend(_passages(block, 0))
    return tuple(
        Section(_words(head.spans) if head else "", head.level if head else 2, tuple(found))
        for head, found in made
        if head or found
    )


def _passages(block: Block, depth: int, sign: str = "") -> Iterator[Passage]:
    match block:
        case Paragraph(spans) | Heading(_, spans):
            yield Passage(_words(spans), sign, depth)
        case Listing(ordered, start, entries):
            for n, entry in enumerate(entries):
                mark = f"{start + n}." if ordered else "–"
                for part in entry:
                    inner = depth + 1 if isinstance(part, Listing) else depth
                    yield from _passages(part, inner, mark)
                    mark = ""
        case Grid(rows):
            for row in rows:
                yield Passage(" | ".join(_words(cell) for cell in row), sign, depth)


def _words(spans: Sequence[Span]) -> str:
    return " ".join("".join(span.text for span in spans).split())


def _whole(section: Section, mark: Mark) -> SectionChange:
    title = (Run(mark, section.title),) if section.title else ()
    passages = tuple(PassageChange(passage, (Run(mark, passage.text),), mark) for passage in section.passages)
    return SectionChange(section.title, section.level, title, passages, mark)


def _compared(old: Section, new: Section, *, moved: bool) -> SectionChange:
    lines = compare_lines([p.text for p in old.passages], [p.text for p in new.passages])
    passages = tuple(PassageChange(_passage(line, old, new), line.runs, line.mark) for line in lines if line.runs)
    mark = Mark.MOVED_HERE if moved else Mark.KEPT
    return SectionChange(new.title or old.title, new.level, compare_words(old.title, new.title), passages, mark)


def _passage(line: LineChange, old: Section, new: Section) -> Passage:
    return old.passages[line.before or 0] if line.after is None else new.passages[line.after]


def _pairs(old: Sequence[Section], new: Sequence[Section]) -> dict[int, int]:
    """The sections of *old* to those of *new*: by their headings in order, then anywhere, then by their words."""
    titles, titles_after = [_key(section) for section in old], [_key(section) for section in new]
    pairs = {block.at + n: block.there + n for block in blocks(titles, titles_after) for n in range(block.size)}
    free = [there for there in range(len(new)) if there not in pairs.values()]
    for at, title in enumerate(titles):
        found = next((there for there in free if titles_after[there] == title), None) if at not in pairs else None
        if found is not None:
            pairs[at] = found
            free.remove(found)
    for at in range(len(old)):
        if at not in pairs and free:
            likes = [(_alike(old[at], new[there]), -abs(there - at), there) for there in free[:40]]
            like, _near, there = max(likes)
            if like >= _ALIKE:
                pairs[at] = there
                free.remove(there)
    return pairs


def _key(section: Section) -> str:
    """A heading without its number, for numbers change when a section is put before."""
    return re.sub(r"^[\W\d_]*(?:[a-z]\W+)?", "", section.title.casefold()).strip() or section.title.casefold()


def _alike(one: Section, other: Section) -> float:
    here, there = ({word for p in section.passages for word in p.text.split()} for section in (one, other))
    return 2 * len(here & there) / (len(here) + len(there)) if here and there else 0.0
