"""Three texts into one: what both changed of the same words, put together where the changes do not touch.

    weave(before, mine, theirs) → Woven

Words are compared, not letters. Two changes touch when no word that both left alone stands between them; then both
stand between two signs, ‹mine | theirs›, for a person to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from planstudio.domain.alignment import blocks, tokens, words_in

_SIGNS = (("‹", "›"), ("⟨", "⟩"), ("⟦", "⟧"), ("⦅", "⦆"))  # the first that no text uses itself
BETWEEN = " | "


@dataclass(frozen=True)
class Woven:
    """One text; `places` differ from what stood before, and in `touching` of them somebody has to decide."""

    text: str
    places: int
    touching: int
    signs: tuple[str, str] = _SIGNS[0]

    def waits(self, text: str) -> bool:
        """Whether in *text*, which a person has made of this one, something is undecided still."""
        return self.touching > 0 and any(sign in text for sign in self.signs)


class _Part(NamedTuple):
    """A stretch of the three texts."""

    before: str
    mine: str
    theirs: str

    @property
    def same(self) -> bool:
        return self.before == self.mine == self.theirs

    @property
    def touches(self) -> bool:
        return self.mine not in (self.before, self.theirs) and self.theirs != self.before

    def followed_by(self, other: _Part) -> _Part:
        return _Part(self.before + other.before, self.mine + other.mine, self.theirs + other.theirs)


def weave(before: str, mine: str, theirs: str) -> Woven:
    """Put the changes of *mine* and *theirs* together."""
    signs = next((pair for pair in _SIGNS if not any(s in t for s in pair for t in (before, mine, theirs))), _SIGNS[-1])
    if mine == theirs or theirs == before:
        return Woven(mine, int(mine != before), 0, signs)
    if mine == before:
        return Woven(theirs, 1, 0, signs)
    parts = _joined(_parts(tokens(before), tokens(mine), tokens(theirs)))
    changed, touching = sum(not part.same for part in parts), sum(part.touches for part in parts)
    return Woven("".join(_said(part, signs) for part in parts), changed, touching, signs)


def _said(part: _Part, signs: tuple[str, str]) -> str:
    if part.touches:
        return f"{signs[0]}{part.mine}{BETWEEN}{part.theirs}{signs[1]}"
    return part.theirs if part.mine == part.before else part.mine


def _parts(before: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[_Part]:
    """What all three share, token by token, and what lies between."""
    here, there = _homes(before, mine), _homes(before, theirs)
    low = (0, 0, 0)
    for at in range(len(before) + 1):
        end = at == len(before)
        if not end and (at not in here or at not in there):
            continue
        high = (len(before), len(mine), len(theirs)) if end else (at, here[at], there[at])
        texts = ["".join(text[a:b]) for text, a, b in zip((before, mine, theirs), low, high, strict=True)]
        if any(texts):
            yield _Part(*texts)
        if not end:
            yield _Part(before[at], before[at], before[at])
            low = (at + 1, here[at] + 1, there[at] + 1)


def _homes(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Where the tokens of *before* that stayed stand in *after*."""
    return {block.at + n: block.there + n for block in blocks(before, after) for n in range(block.size)}


def _joined(parts: Iterator[_Part]) -> list[_Part]:
    """*parts* with the changes in one that have no word left alone between them, where both changed something."""
    made: list[_Part] = []
    between: list[_Part] = []  # what stayed since the last change
    for part in parts:
        if part.same:
            between.append(part)
            continue
        if made and not any(words_in(one.before) for one in between) and _by_both(made[-1], part):
            part = reduce(_Part.followed_by, (made.pop(), *between, part))
        else:
            made += between
        between = []
        made.append(part)
    return made + between


def _by_both(one: _Part, other: _Part) -> bool:
    """Whether the two are not changes of one side alone, or of both alike."""
    mine = one.mine != one.before or other.mine != other.before
    theirs = one.theirs != one.before or other.theirs != other.before
    return mine and theirs and (one.mine + other.mine != one.theirs + other.theirs)
