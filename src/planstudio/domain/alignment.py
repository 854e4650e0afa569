"""What two sequences have in common, in time that grows with their length.

difflib is exact and slow on long sequences. So ends that are alike are taken off first, then what stands once in both
holds the rest in place (patience), and only short gaps are handed to difflib. A long gap with nothing to hold on to
counts as changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_WORD = re.compile(r"\w")
_SMALL = 40_000  # a gap whose sides multiply to no more is compared exactly
_BUDGET = 2_000_000  # of all gaps together


class Block(NamedTuple):
    """`size` items from *at* in the one sequence and from *there* in the other are equal."""

    at: int
    there: int
    size: int


class _Range(NamedTuple):
    low: int
    high: int
    there_low: int
    there_high: int


def tokens(text: str) -> list[str]:
    """Words, white space and signs: put together they are *text*."""
    return _TOKEN.findall(text)


def words_in(text: str) -> int:
    return sum(map(bool, map(_WORD.match, tokens(text))))


def blocks(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Block]:
    """The equal runs of both, in order; what lies between them differs."""
    found: list[Block] = []
    budget = _BUDGET
    stack = [_Range(0, len(before), 0, len(after))]
    while stack:
        left, ends = _ends(before, after, stack.pop())
        found += ends
        room = (left.high - left.low) * (left.there_high - left.there_low)
        if not room:
            continue
        if room <= _SMALL and room <= budget:
            budget -= room
            found += _exact(before, after, left)
            continue
        anchors = _anchors(before, after, left)
        found += [Block(at, there, 1) for at, there in anchors]
        if anchors:
            edges = [(left.low - 1, left.there_low - 1), *anchors, (left.high, left.there_high)]
            stack += [_Range(a + 1, c, b + 1, d) for (a, b), (c, d) in pairwise(edges)]
    return _joined(sorted(found))


def _ends(before: Sequence[Hashable], after: Sequence[Hashable], part: _Range) -> tuple[_Range, list[Block]]:
    """What is left of *part* without its equal beginnings and ends, and these."""
    low, high, there_low, there_high = part
    while low < high and there_low < there_high and before[low] == after[there_low]:
        low, there_low = low + 1, there_low + 1
    while low < high and there_low < there_high and before[high - 1] == after[there_high - 1]:
        high, there_high = high - 1, there_high - 1
    ends = (Block(part.low, part.there_low, low - part.low), Block(high, there_high, part.high - high))
    return _Range(low, high, there_low, there_high), [block for block in ends if block.size]


def _exact(before: Sequence[Hashable], after: Sequence[Hashable], part: _Range) -> list[Block]:
    here, there = before[part.low : part.high], after[part.there_low : part.there_high]
    found = SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()
    return [Block(part.low + a, part.there_low + b, size) for a, b, size in found if size]


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable], part: _Range) -> list[tuple[int, int]]:
    """The places of what stands once in both, as many as keep their order."""
    items, items_there = before[part.low : part.high], after[part.there_low : part.there_high]
    here, there = Counter(items), Counter(items_there)
    place = {item: at for at, item in enumerate(items_there, part.there_low)}
    pairs = [(at, place[item]) for at, item in enumerate(items, part.low) if here[item] == there[item] == 1]
    return [pairs[n] for n in rising([there for _at, there in pairs])]


def rising(values: Sequence[int]) -> list[int]:
    """The places of a longest rising run of *values*, which are all different."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        length = bisect_left(tails, value)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(value)
            ends.append(at)
        else:
            tails[length], ends[length] = value, at
    run: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]


def _joined(found: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in found:
        last = joined[-1] if joined else None
        if last and last.at + last.size == block.at and last.there + last.size == block.there:
            joined[-1] = Block(last.at, last.there, last.size + block.size)
        else:
            joined.append(block)
    return joined
