"""What changed between two texts, word by word.

    compare(before, after) → runs: kept, deleted, added, moved away, moved here

Kept, deleted and moved away, put together, are exactly the text before; kept, added and moved here exactly the text
after. Lines are compared first and then the words of those that are alike, so a text of a megabyte takes no longer than
its length asks for. The same texts always give the same runs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from planstudio.domain.alignment import Block, blocks, tokens, words_in

_ALIKE, _ONLY = 0.4, 0.25  # lines that share less are not the same line; nor are two that have no other choice
_PAIRS = 2_500  # lines of a gap are paired by likeness while the pairs are no more
_MOVED = 20  # letters of a line that is known again elsewhere
_SHARED = 0.2  # of its words must stay, or a line is told as replaced


class Mark(StrEnum):
    KEPT = "kept"
    DELETED = "deleted"
    ADDED = "added"
    MOVED_AWAY = "moved away"
    MOVED_HERE = "moved here"


class Run(NamedTuple):
    """Words that share a fate."""

    mark: Mark
    text: str


Runs = tuple[Run, ...]
_Gap = tuple[int, int, int, int]  # the first place before and the end, the first place after and the end


@dataclass(frozen=True)
class LineChange:
    """A line with its places before and after; None where it is not."""

    before: int | None
    after: int | None
    runs: Runs

    @property
    def kept(self) -> bool:
        return all(run.mark is Mark.KEPT for run in self.runs)

    @property
    def mark(self) -> Mark | None:
        """What became of the line as a whole; None where words in it changed."""
        marks = {run.mark for run in self.runs}
        return marks.pop() if len(marks) == 1 else Mark.KEPT if not marks else None


def compare(before: str, after: str) -> Runs:
    """The runs that make *after* of *before*."""
    lines = compare_lines(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return _joined(run for line in lines for run in line.runs)


def compare_lines(before: Sequence[str], after: Sequence[str]) -> tuple[LineChange, ...]:
    """As compare(), line by line, in an order that reads: what went before what came."""
    same = blocks(before, after)
    gaps = _gaps(same, len(before), len(after))
    moved = _moves(before, after, gaps)
    there = set(moved.values())
    changes: list[LineChange] = []
    for block, gap in zip([Block(0, 0, 0), *same], gaps, strict=True):
        changes += [LineChange(block.at + n, block.there + n, _kept(before[block.at + n])) for n in range(block.size)]
        gone = [at for at in range(*gap[:2]) if at not in moved]
        come = [at for at in range(*gap[2:]) if at not in there]
        changes += _gap(before, after, gap, moved, there, _pairs(before, after, gone, come))
    return tuple(changes)


def _gaps(same: Sequence[Block], size: int, there_size: int) -> list[_Gap]:
    """What differs before the first equal block, between each two, and after the last."""
    ends = [(0, 0), *((block.at + block.size, block.there + block.size) for block in same)]
    starts = [*((block.at, block.there) for block in same), (size, there_size)]
    return [(a, c, b, d) for (a, b), (c, d) in zip(ends, starts, strict=True)]


def _moves(before: Sequence[str], after: Sequence[str], gaps: Sequence[_Gap]) -> dict[int, int]:
    """Lines that stand elsewhere now, word for word: their place before to that after."""
    come: dict[str, list[int]] = defaultdict(list)
    for _low, _high, low, high in gaps:
        for at in range(low, high):
            come[after[at]].append(at)
    moved = {}
    for low, high, _there_low, _there_high in gaps:
        for at in range(low, high):
            if len(before[at].strip()) >= _MOVED and (places := come.get(before[at])):
                moved[at] = places.pop(0)
    return moved


def _gap(
    before: Sequence[str], after: Sequence[str], gap: _Gap, moved: dict[int, int], there: Container[int],
    pairs: list[tuple[int, int]],
) -> Iterator[LineChange]:  # fmt: skip
    low, high, there_low, there_high = gap
    for end, there_end in [*pairs, (high, there_high)]:
        for at in range(low, end):
            yield LineChange(at, None, (Run(Mark.MOVED_AWAY if at in moved else Mark.DELETED, before[at]),))
        for at in range(there_low, there_end):
            yield LineChange(None, at, (Run(Mark.MOVED_HERE if at in there else Mark.ADDED, after[at]),))
        if (end, there_end) != (high, there_high):
            yield LineChange(end, there_end, compare_words(before[end], after[there_end]))
        low, there_low = end + 1, there_end + 1


def _kept(text: str) -> Runs:
    return (Run(Mark.KEPT, text),) if text else ()


def _pairs(
    before: Sequence[str], after: Sequence[str], gone: Sequence[int], come: Sequence[int]
) -> list[tuple[int, int]]:
    """The lines of a gap that are the same line with other words, in order."""
    if not gone or not come:
        return []
    if len(gone) == len(come) == 1:
        return [(gone[0], come[0])] if _likeness(_bag(before[gone[0]]), _bag(after[come[0]])) >= _ONLY else []
    if len(gone) * len(come) > _PAIRS:
        level = zip(gone, come, strict=False)
        return [(a, b) for a, b in level if _likeness(_bag(before[a]), _bag(after[b])) >= _ALIKE]
    bags, bags_there = ([_bag(lines[at]) for at in places] for lines, places in ((before, gone), (after, come)))
    return _best_pairs(gone, come, [[_likeness(one, other) for other in bags_there] for one in bags])


def _best_pairs(gone: Sequence[int], come: Sequence[int], like: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs that keep their order and are most alike in all."""
    best = [[0.0] * (len(come) + 1) for _ in range(len(gone) + 1)]
    for a in range(len(gone) - 1, -1, -1):
        for b in range(len(come) - 1, -1, -1):
            paired = best[a + 1][b + 1] + like[a][b] if like[a][b] >= _ALIKE else 0.0
            best[a][b] = max(best[a + 1][b], best[a][b + 1], paired)
    pairs, a, b = [], 0, 0
    while a < len(gone) and b < len(come):
        if like[a][b] >= _ALIKE and best[a][b] == best[a + 1][b + 1] + like[a][b]:
            pairs.append((gone[a], come[b]))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _bag(text: str) -> Counter[str]:
    return Counter(token.casefold() for token in tokens(text) if not token.isspace())


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of their words that two lines have in common."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def compare_words(before: str, after: str) -> Runs:
    """The runs that make one line of another; words that stay alone between changes go with these."""
    if before == after:
        return _kept(before)
    old, new = tokens(before), tokens(after)
    same = blocks(old, new)
    parts: list[_Part] = []
    gaps = _gaps(same, len(old), len(new))
    for block, (low, high, there_low, there_high) in zip([Block(0, 0, 0), *same], gaps, strict=True):
        if block.size:
            kept = "".join(old[block.at : block.at + block.size])
            parts.append(_Part(kept, kept, True))
        if low < high or there_low < there_high:
            parts.append(_Part("".join(old[low:high]), "".join(new[there_low:there_high]), False))
    stayed = sum(words_in(part.before) for part in parts if part.same)
    if stayed < _SHARED * max(words_in(before), words_in(after)):
        parts = [_Part(before, after, False)]
    return _joined(run for part in _settled(parts) for run in part.runs())


class _Part(NamedTuple):
    """A stretch of a line: what stood there and what stands there."""

    before: str
    after: str
    same: bool

    def runs(self) -> Runs:
        if self.same:
            return (Run(Mark.KEPT, self.before),)
        return Run(Mark.DELETED, self.before), Run(Mark.ADDED, self.after)


def _settled(parts: list[_Part]) -> list[_Part]:
    """*parts* without lone words kept between changes: "[Deleted: a cat] [Added: the dog]", not word by word."""
    made: list[_Part] = []
    for at, part in enumerate(parts):
        if part.same and made and not made[-1].same and at + 1 < len(parts) and _is_lone(made[-1], part, parts[at + 1]):
            part = part._replace(same=False)
        if made and not part.same and not made[-1].same:
            last = made.pop()
            part = _Part(last.before + part.before, last.after + part.after, False)
        made.append(part)
    return made


def _is_lone(before: _Part, part: _Part, after: _Part) -> bool:
    words = words_in(part.before)
    return words < 2 or words * 2 <= min(max(words_in(side.before), words_in(side.after)) for side in (before, after))


def _joined(runs: Iterator[Run]) -> Runs:
    """*runs*, neighbours of one fate in one; between two kept ones deleted words come before added ones."""
    made: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if made and made[-1].mark is run.mark:
            made[-1] = Run(run.mark, made[-1].text + run.text)
        else:
            made.append(run)
    return tuple(made)
