"""Which figures of student groups may be told beside one another, so that no small group can be reckoned from them.

What is told is a system of sums: a group's students are the sum of its parts', and so are those of them who have
what is measured. Nobody says which groups are parts of which, so a sum counts as one that holds when its numbers
do: the students to the last one, and what is measured as far as it was rounded. Names only help: "EL boys" lies
within "EL", and everything lies within everyone.

    hidden  of too few students, or it would give such a one away
    coded   so low or so high that nearly all or nearly none have it: told as "<5%" or ">95%"

One figure more is hidden, the smallest that takes part, until no hidden or coded one follows from those that are
told, neither exactly nor within a range that says as much.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import ceil, floor
from typing import NamedTuple, TypeVar

_CODES = (1, 5, 10, 20, 30, 50)
_FEW = 3  # students that a coded share may speak of, at least: 0, 1 or 2
_LARGE = 300  # a coded share of more students than that need not be guarded against sums
_FREE_PARTS = 4  # parts of a sum that no names speak for
_MOST_SUMS = 20_000  # looked at for one group
_MOST_CROSSINGS, _MOST_WORDS = 60, 5
_NO, _NOT = "not ", {"no", "non", "not", "never", "sin"}
_GRADE = frozenset(("grade", "grado"))
_FAMILIES = (  # words that part everyone whose students are told by them
    *(("boy", "girl"), ("male", "female"), ("men", "women"), ("m", "f")),
    *(("niño", "niña"), ("hombre", "mujere"), ("masculino", "femenino"), ("alumno", "alumna")),
)
_NEARLY = 1e-6

Key = tuple[str, str]  # a measure and a student group
Equation = tuple[dict[Key, float], dict[int, float]]  # of unknown figures; of which sums it is made
T = TypeVar("T")


class Range(NamedTuple):
    low: float
    high: float


@dataclass(frozen=True)
class Cell:
    """A figure of one period: whose it is, of how many students, and how many of them that comes to."""

    key: Key
    words: frozenset[str]  # of the group's name; none is everyone
    size: int | None = None
    total: float | None = None  # value × size; the students who have it, where it is a share
    slack: float = 0.0  # by which rounding may have moved the total
    share: bool = False
    coded: Range | None = None  # what is told of the total, where it is not told itself

    @property
    def told(self) -> Range | None:
        if self.coded is not None or self.total is None:
            return self.coded
        return Range(self.total - self.slack, self.total + self.slack)


class Sum(NamedTuple):
    """Groups that make up another one; with *rest* students who are in none of them."""

    whole: Cell
    parts: tuple[Cell, ...]
    rest: int = 0

    def cells(self) -> tuple[Cell, ...]:
        return (self.whole, *self.parts)


def name_words(*names: str) -> frozenset[str]:
    """The words of a group's name, whatever their order, case or number: "EL boys" and "Boys, EL" are one.

    "Not EL" is one word, the contrary of "EL".
    """
    found: list[str] = []
    for word in re.findall(r"\w+", " ".join(names).casefold()):
        word = word[:-1] if len(word) > 3 and word.endswith("s") else word
        if found and found[-1] in _NOT:
            found[-1] = _NO + word
        else:
            found.append(word)
    return frozenset(found)


def threshold(size: int | None, least: int) -> int | None:
    """Below how many percent a share of *size* students is coded: the range must have room for three of them.

    At least *least* percent, 0 for never. Of an unknown number of students only that is sure.
    """
    if not least:
        return None
    if size is None:
        return least
    return next((code for code in _CODES if code >= least and code * size >= 100 * _FEW), _CODES[-1])


def hidden(cells: Sequence[Cell], minimum: int, before: Collection[Key] = ()) -> set[Key]:
    """The figures of one period to hide; rather those that were hidden *before*, so that periods hide alike."""
    if any(not cell.words and cell.size is not None and cell.size < minimum for cell in cells):
        return {cell.key for cell in cells}
    whole = {(cell.size, cell.total) for cell in cells if not cell.words and cell.size is not None}
    cells = [replace(cell, words=frozenset()) if (cell.size, cell.total) in whole else cell for cell in cells]
    known = [cell for cell in cells if cell.size is not None]
    few = {cell.key for cell in known if _size(cell) < minimum}
    named = _named_sums(known, minimum)
    found, sums = set(few), named
    coded = {cell.key for cell in known if cell.coded is not None and _size(cell) <= _LARGE}
    whole_sums = False
    while True:
        _hide_with_them(cells, found)
        if not whole_sums and (found or coded):
            sums, whole_sums = [*sums, *_other_sums(known)], True
            sums += _crossings(known, sums)
        told = [cell for cell in known if cell.key not in found]
        near = _betraying(known, found, coded, sums, minimum, found | coded)
        if near and not any(cell.words for cell in near):
            # everyone alone makes no group by sums: numbers met by chance; only "all" and "none" say it of each
            near = _narrow(known, [one for one in named if not one.rest], found, few | coded)
        if not near or not told:
            return found
        worst = min(near, key=lambda cell: (not cell.words, cell.key not in before, _size(cell), cell.key))
        found.add(worst.key)


def _hide_with_them(cells: Sequence[Cell], found: set[Key]) -> None:
    """The same group in another table is the same figure; and one of unknown size may be what is left of a sum."""
    names = {cell.words for cell in cells if cell.key in found}
    found |= {cell.key for cell in cells if cell.words and (cell.words in names or (names and cell.size is None))}


# Sums


def _named_sums(cells: Sequence[Cell], minimum: int) -> list[Sum]:
    """The sums that names speak for, and those that leave fewer than *minimum* students over."""
    found: list[Sum] = []
    for whole in cells:
        inside = [cell for cell in cells if _within(cell, whole)]
        found += _filling(whole, inside, max(minimum, 1), len(inside))
    return found


def _other_sums(cells: Sequence[Cell]) -> list[Sum]:
    """The sums of few parts that only their numbers speak for."""
    found: list[Sum] = []
    for whole in cells:
        others = [cell for cell in cells if cell is not whole and 0 < _size(cell) < _size(whole)]
        if whole.words and whole.total is not None and not all(_within(cell, whole) for cell in others):
            found += _filling(whole, others, 1, _FREE_PARTS)
    return found


def _crossings(cells: Sequence[Cell], sums: Sequence[Sum]) -> list[Sum]:
    """What the parts of everyone are within each group: "EL" is "EL boys" and "EL girls", whether or not they are told.

    A group that has no figure is a cell of unknown size.
    """
    known = {cell.words: cell for cell in reversed(cells)}
    most = _size(known[frozenset()]) if frozenset() in known else max(map(_size, cells), default=0)
    spoken = frozenset().union(*known)
    ways = [tuple(part.words for part in one.parts) for one in sums if not one.whole.words and not one.rest]
    ways += [way for way in _ways(spoken, known) if sum(_size(known[part]) for part in way if part in known) <= most]
    found: dict[tuple[frozenset[str], ...], Sum] = {}
    names = list(known)
    for name in names:
        for way in ways:
            parts = tuple(name | part for part in way)
            if name in parts or len(found) == _MOST_CROSSINGS:
                continue
            for words in parts:
                if words not in known:
                    known[words] = Cell(("", " ".join(sorted(words))), words)
                    if len(words) < _MOST_WORDS:
                        names.append(words)
            found[(name, *parts)] = Sum(known[name], tuple(known[words] for words in parts))
    return list(found.values())


def _ways(spoken: Set[str], names: Iterable[frozenset[str]]) -> Iterator[tuple[frozenset[str], ...]]:
    """How words part everyone: into boys and girls, EL and not EL, the grades."""
    for family in _FAMILIES:
        if spoken >= {*family}:
            yield tuple(frozenset((word,)) for word in family)
    for word in sorted(spoken):
        if word.startswith(_NO):
            yield frozenset((word,)), frozenset((word[len(_NO) :],))
    graded = [(name, grade) for name in names if (grade := name & _GRADE)]
    grades = {grade | {word} for name, grade in graded for word in name if word.isdigit() or word == "k"}
    if len(grades) > 1:
        yield tuple(sorted(grades, key=sorted))


def _within(part: Cell, whole: Cell) -> bool:
    return part.words > whole.words and 0 < _size(part) <= _size(whole)


def _filling(whole: Cell, parts: Sequence[Cell], minimum: int, most: int) -> Iterator[Sum]:
    """The choices of at most *most* of *parts* that leave fewer than *minimum* students of *whole* over."""
    ordered = sorted(parts, key=_size, reverse=True)
    behind = [0]
    for cell in reversed(ordered):
        behind.append(behind[-1] + _size(cell))
    behind.reverse()
    stack: list[tuple[int, int, tuple[Cell, ...]]] = [(0, _size(whole), ())]
    for _n in range(_MOST_SUMS):
        if not stack:
            return
        at, rest, chosen = stack.pop()
        if rest - behind[at] >= minimum:
            continue
        if at == len(ordered) or not rest or len(chosen) == most:
            sure = rest and len(chosen) == 1 and chosen[0].words > whole.words  # whatever was mistyped
            if chosen and rest < minimum and (sure or _agrees(whole, chosen, rest)):
                yield Sum(whole, chosen, rest)
            continue
        stack.append((at + 1, rest, chosen))
        if _size(ordered[at]) <= rest:
            stack.append((at + 1, rest - _size(ordered[at]), (*chosen, ordered[at])))


def _agrees(whole: Cell, parts: Sequence[Cell], rest: int) -> bool:
    """Whether what is measured leaves for the *rest* no more than they can have, and nothing for nobody."""
    if whole.total is None or any(part.total is None for part in parts):
        return True
    left = whole.total - sum(part.total or 0.0 for part in parts)
    slack = whole.slack + sum(part.slack for part in parts) + _NEARLY * max(abs(whole.total), 1)
    if not rest:
        return abs(left) <= slack
    return not whole.share or -slack <= left <= rest + slack


# What gives a figure away


def _betraying(
    cells: Sequence[Cell], found: Set[Key], coded: Set[Key], sums: Sequence[Sum], minimum: int, guarded: Set[Key]
) -> list[Cell]:
    """Told figures that together give away one of those *guarded*; none when nothing can be reckoned."""
    rests = [one for one in sums if one.rest and not any(cell.key in found for cell in one.cells())]
    if rests:
        return list({cell.key: cell for one in rests for cell in one.parts}.values())
    small = {cell.words: _size(cell) for cell in cells if cell.key in found}
    groups = [cell for cell in cells if cell.words and cell.key not in found]
    if small and groups and sum(small.values()) < minimum:
        return groups
    exact = [one for one in sums if not one.rest]
    return (
        _narrow(cells, exact, found, guarded)
        or (_crossed(cells, found, guarded) if groups else [])
        or _solved(exact, found, guarded)
        or (_solved(exact, found | coded, guarded) if coded else [])
    )


def _solved(sums: Sequence[Sum], unknown: Set[Key], guarded: Set[Key]) -> list[Cell]:
    """The told figures of sums from which a guarded one follows, by Gauss's elimination."""
    rows: list[Equation] = []
    for n, one in enumerate(sums):
        signs = [(one.whole, 1.0), *((part, -1.0) for part in one.parts)]
        row = {cell.key: sign for cell, sign in signs if cell.key in unknown or cell.size is None}
        if row:
            rows.append((row, {n: 1.0}))
    done: list[Equation] = []
    while rows:
        pivot = min(rows, key=lambda one: len(one[0]))
        rows.remove(pivot)
        at = min(pivot[0])
        rows = [less for less in (_less(one, pivot, at) for one in rows) if less[0]]
        done = [*(_less(one, pivot, at) for one in done), pivot]
    for row, sources in done:
        if len(row) == 1 and guarded >= row.keys():
            near = [cell for n in sources for cell in sums[n].cells()]
            return [cell for cell in near if cell.size is not None and cell.key not in unknown]
    return []


def _less(one: Equation, pivot: Equation, at: Key) -> Equation:
    if at not in one[0]:
        return one
    times = one[0][at] / pivot[0][at]
    return _minus(one[0], pivot[0], times), _minus(one[1], pivot[1], times)


def _minus(one: dict[T, float], other: dict[T, float], times: float) -> dict[T, float]:
    made = dict(one)
    for key, value in other.items():
        made[key] = made.get(key, 0.0) - times * value
    return {key: value for key, value in made.items() if abs(value) > _NEARLY}


def _narrow(cells: Sequence[Cell], sums: Sequence[Sum], found: Set[Key], guarded: Set[Key]) -> list[Cell]:
    """Told figures that leave an unknown share hardly any room: nobody has it where none of the whole has."""
    shares = [cell for cell in cells if cell.share and cell.total is not None]
    if not any(cell.key in guarded for cell in shares):
        return []
    ranges = {cell.key: Range(0, _size(cell)) for cell in shares}
    ranges |= {cell.key: told for cell in shares if cell.key not in found and (told := cell.told) is not None}
    pairs = [(a, b) for a in shares for b in shares if a is not b and _within(a, b)]
    whole = [one for one in sums if all(cell.key in ranges for cell in one.cells())]
    for _n in range(len(shares)):
        before = dict(ranges)
        for one in whole:
            _tighten_sum(one, ranges)
        for part, all_of_it in pairs:
            _tighten_part(part, all_of_it, ranges)
        if ranges == before:
            break
    for cell in shares:
        room = floor(ranges[cell.key].high + _NEARLY) - ceil(ranges[cell.key].low - _NEARLY)
        least = min(2, _size(cell)) if cell.key in found else 1
        if cell.key in guarded and room < least:
            near = [x for one in whole if cell in one.cells() for x in one.cells()]
            near += [x for pair in pairs if cell in pair for x in pair]
            if giving := [x for x in near if x.key not in found and x is not cell]:
                return giving
    return _left_over([cell for cell in shares if cell.key in found & guarded], shares, ranges, found)


def _left_over(few: Sequence[Cell], cells: Sequence[Cell], ranges: dict[Key, Range], found: Set[Key]) -> list[Cell]:
    """A told group that holds nearly all of the whole who have it, or who lack it: nobody else can."""
    for cell, whole, other in product(few, cells, cells):
        if whole.key in found or other.key in found or not _within(cell, whole) or not _within(other, whole):
            continue
        if _size(cell) + _size(other) > _size(whole):
            continue
        having = ranges[whole.key].high - ranges[other.key].low
        lacking = _size(whole) - ranges[whole.key].low - (_size(other) - ranges[other.key].high)
        if 0 <= min(having, lacking) < min(2, _size(cell)):
            return [other, whole]
    return []


def _tighten_sum(one: Sum, ranges: dict[Key, Range]) -> None:
    low = sum(ranges[part.key].low for part in one.parts)
    high = sum(ranges[part.key].high for part in one.parts)
    whole = ranges[one.whole.key]
    for part in one.parts:
        own = ranges[part.key]
        ranges[part.key] = _met(own, whole.low - (high - own.high), whole.high - (low - own.low))
    ranges[one.whole.key] = _met(whole, low, high)


def _tighten_part(part: Cell, whole: Cell, ranges: dict[Key, Range]) -> None:
    """A part has no more of them than the whole, and lacks no more."""
    a, b, others = ranges[part.key], ranges[whole.key], _size(whole) - _size(part)
    ranges[part.key] = _met(a, b.low - others, b.high)
    ranges[whole.key] = _met(b, a.low, a.high + others)


def _met(own: Range, low: float, high: float) -> Range:
    """*own* within other bounds; as it was where they contradict it, as rounded figures may."""
    made = Range(max(own.low, low), min(own.high, high))
    return made if made.low <= made.high else own


def _crossed(cells: Sequence[Cell], found: Set[Key], unknown: Set[Key]) -> list[Cell]:
    """Up to four told figures that make an unknown one when they are added and taken away, as crossed groups do."""
    told = [cell for cell in cells if cell.key not in found and cell.total is not None and cell.coded is None]
    ends: dict[int, list[tuple[tuple[int, int], ...]]] = {}
    for chosen in _signed(len(told)):
        ends.setdefault(sum(sign * _size(told[n]) for n, sign in chosen), []).append(chosen)
    for cell in cells:
        if cell.key not in unknown or cell.total is None:
            continue
        for size, firsts in ends.items():
            for first in firsts:
                for second in ends.get(_size(cell) - size, ()):
                    used = {n for n, _sign in (*first, *second)}
                    if len(used) == len(first) + len(second) and _makes(cell, told, (*first, *second)):
                        return [told[n] for n in sorted(used)]
    return []


def _signed(count: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every choice of one or two places, each with a sign, and none."""
    yield ()
    for n in range(count):
        yield ((n, 1),)
        yield ((n, -1),)
    for a, b in combinations(range(count), 2):
        yield from (((a, one), (b, other)) for one in (1, -1) for other in (1, -1))


def _makes(cell: Cell, told: Sequence[Cell], signed: Iterable[tuple[int, int]]) -> bool:
    signed = list(signed)
    made = sum(sign * (told[n].total or 0.0) for n, sign in signed)
    slack = cell.slack + sum(told[n].slack for n, _sign in signed)
    return abs(made - (cell.total or 0.0)) <= slack + _NEARLY * max(abs(made), 1)


def _size(cell: Cell) -> int:
    return cell.size or 0
