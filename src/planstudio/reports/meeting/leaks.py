"""A second look at a finished packet: whether anything of what was withheld stands in it.

What an audience may not see is taken out of the data before anything is set
(domain.agenda.for_audience), so our own pages should have nothing; the files
that people attach may. Every place is looked at in which words can stand: the
pages, the structure's alternative texts, bookmarks, links, labels, metadata
and the names of destinations. Whole words are compared, in a row; what a row
gives away is weighed (`weights`), and what the audience is given elsewhere
does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from planstudio.reports.foreign.page_text import PAGE_END
from planstudio.reports.meeting.reading import Text, Token
from planstudio.reports.meeting.weights import ENOUGH, NAME, STRONG, is_called, listed, weight, weights
from planstudio.reports.meeting.withheld import Given, Piece
from taggedpdf.fragment import Fragment
from taggedpdf.words import shown, strings

_WHOLE, _FILE = 0.7, 2.0  # what it adds when all of a short field stands there, or a file's name with an ending
_EACH, _MOST = 0.25, 2.0  # what each word of a long row adds, however common, and all of them
_LONG = 4  # words of a row that is not long
_WEAK, _TOGETHER = 1.0, 3.5  # two rows of one sentence, near one another, give away together what neither does
_APART = 4  # words
_SHORT_FIELD = 12  # words
_BORDER = 14  # words at a page's end that are read on with the next page
_CANDIDATES = 30  # places of the same three words that are compared


class Hit(NamedTuple):
    """Words of a piece, by their places in it and in a text that shows them."""

    piece: int
    start: int
    first: int
    last: int
    worth: float
    telling: bool  # a name or a number is among them

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def near(self, other: Hit) -> bool:
        """Whether *other* follows in the same sentence, there and here."""
        between = other.start - (self.start + self.length)
        return self.piece == other.piece and 0 <= between <= _APART and other.first - self.last - 1 <= _APART


class Needles:
    """The words that a packet must not show, ready to be looked for."""

    def __init__(self, pieces: Sequence[Piece], given: Given) -> None:
        self.pieces, self._given = pieces, given
        self._worth = [weights(piece.text, people=piece.people) for piece in pieces]
        self._starts: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
        self._called: dict[str, list[tuple[int, int]]] = defaultdict(list)  # names that tell only where people stand
        self._known: set[str] = set()
        for n, piece in enumerate(pieces):
            self._add(n, piece.text.keys, self._worth[n])

    def _add(self, n: int, keys: list[str], worth: list[float]) -> None:
        self._known.update(keys)
        if sum(worth) + _WHOLE + _FILE + _MOST < ENOUGH:
            return
        for at in range(len(keys)):
            for length in (1, 2, 3):
                row = tuple(keys[at : at + length])
                pair = length == 2 and sum(worth[at : at + 2]) + (_FILE if self.pieces[n].name else 0) >= ENOUGH
                if len(row) == length and (length == 3 or pair or (length == 1 and worth[at] >= ENOUGH)):
                    self._starts[row].append((n, at))
            if NAME <= worth[at] < ENOUGH:
                self._called[keys[at]].append((n, at))
            if len(keys) > at + 1 and min(worth[at : at + 2]) >= NAME:  # Lindgren, Otto
                self._starts[keys[at + 1], keys[at]].append((n, -1 - at))

    def __bool__(self) -> bool:
        return bool(self._starts)

    def beside(self, given: Given) -> Needles:
        """The same words, where *given* is what the audience is given elsewhere."""
        other = copy(self)
        other._given = given
        return other

    @cached_property
    def digest(self) -> str:
        said = ((piece.key, piece.people, piece.text.text) for piece in self.pieces)
        return sha256(repr(tuple(said)).encode("utf-8", "replace")).hexdigest()

    def tells(self, words: str) -> bool:
        """Whether *words* give away anything that is withheld."""
        return any(True for _hit in self.hits(Text.of(words)))

    def split(self, text: Text) -> Text:
        """*text*, what a line's end has cut in two as two words where these are known and the one is not."""
        if not any(token.halves and token.key not in self._known for token in text.tokens):
            return text
        made: list[Token] = []
        for token in text.tokens:
            if token.halves and token.key not in self._known and any(half in self._known for half in token.halves):
                made += (Token(half, token.start, token.end) for half in token.halves)
            else:
                made.append(token)
        return Text(text.text, tuple(made))

    def hits(self, text: Text) -> Iterator[Hit]:
        """The words in *text*, already split, that give away something, each place once."""
        weak: Hit | None = None
        for hit in self._rows(text):
            if hit.worth >= ENOUGH:
                yield hit
                weak = None
            elif weak is not None and weak.near(hit) and weak.worth + hit.worth >= _TOGETHER:
                worth, telling = weak.worth + hit.worth, weak.telling or hit.telling
                yield Hit(hit.piece, weak.start, weak.first, hit.last, worth, telling)
                weak = None
            else:
                weak = hit

    def _rows(self, text: Text) -> Iterator[Hit]:
        """The longest rows of words that stand in a piece, too, and weigh anything."""
        keys, at = text.keys, 0
        while at < len(keys):
            best: Hit | None = None
            if keys[at] in self._known:
                for starts in self._candidates(text, keys, at):
                    for piece, start in starts[:_CANDIDATES]:
                        hit = self._weighed(text, keys, *self._stretched(keys, at, piece, start))
                        if hit is not None and (best is None or (hit.worth, hit.length) > (best.worth, best.length)):
                            best = hit
            if best is not None and best.last >= at:  # else it was told where it began
                yield best
                at = best.last
            at += 1

    def _candidates(self, text: Text, keys: list[str], at: int) -> Iterator[Sequence[tuple[int, int]]]:
        """Where in the pieces a row may begin that begins here."""
        for length in (3, 2, 1):
            yield self._starts.get(tuple(keys[at : at + length]), ())
        if keys[at] in self._called and is_called(text, at):
            yield self._called[keys[at]]

    def _stretched(self, keys: list[str], at: int, piece: int, start: int) -> tuple[int, int, int, int]:
        """The longest row of the same words around: piece, its start in it, first and last place in *keys*."""
        if start < 0:
            return piece, start, at, at + 1
        own = self.pieces[piece].text.tokens
        back = 0
        while back < min(at, start) and keys[at - back - 1] == own[start - back - 1].key:
            back += 1
        on = 0
        while at + on + 1 < len(keys) and start + on + 1 < len(own) and keys[at + on + 1] == own[start + on + 1].key:
            on += 1
        return piece, start - back, at - back, at + on

    def _weighed(self, text: Text, keys: list[str], piece: int, start: int, first: int, last: int) -> Hit | None:
        own, count = self._worth[piece], last - first + 1
        worth = [own[-1 - start]] * 2 if start < 0 else own[start : start + count]
        for n in range(count):  # "Mr. Young" is not every young one
            alone = not any(0 <= m < count and worth[m] >= NAME for m in (n - 1, n + 1))
            if alone and worth[n] >= NAME and not text.word(first + n)[:1].isupper():
                worth[n] = min(worth[n], weight(keys[first + n])) if keys[first + n].isalpha() else worth[n]
            elif worth[n] >= NAME and is_called(text, first + n):
                worth[n] = max(worth[n], STRONG)  # a name there, and a person here
        extra = self._extra(piece, keys, first, last)
        if sum(worth) + extra < _WEAK:
            return None
        self._discount(keys, worth, first)
        total = sum(worth)
        if total < _WEAK / 2 or total + extra < _WEAK:
            return None
        while start >= 0 and last > first and not own[start]:  # "that" before a name is no part of it
            start, first = start + 1, first + 1
        while start >= 0 and last > first and not own[start + last - first]:
            last -= 1
        return Hit(piece, start, first, last, total + extra, max(worth) >= NAME)

    def _extra(self, piece: int, keys: list[str], first: int, last: int) -> float:
        """What it adds that a whole field or a file's name stands there."""
        own, count = self.pieces[piece], last - first + 1
        long = min(_MOST, _EACH * max(0, count - _LONG))
        if count != len(own.text.tokens) or not 1 < count <= _SHORT_FIELD:
            return long
        if own.name:
            return _FILE if last + 1 < len(keys) and keys[last + 1] in listed("file_endings") else 0.0
        return long + (_WHOLE if sum(weight(key) > 0 for key in keys[first : last + 1]) > 2 else 0.0)

    def _discount(self, keys: list[str], worth: list[float], first: int) -> None:
        """Words that the audience is given elsewhere do not count; one alone of them counts as any other word."""
        row, has = keys[first : first + len(worth)], self._given.has
        if has(*row):
            worth[:] = [0.0] * len(worth)
            return
        seen = [n for n in range(len(row) - 1) if worth[n] and worth[n + 1] and has(row[n], row[n + 1])]
        known = {m for n in seen for m in (n, n + 1)}
        for n, key in enumerate(row):
            if n in known:
                worth[n] = 0.0
            elif worth[n] > 0.8 and has(key):
                named = any(0 <= m < len(row) and m not in known and worth[m] >= NAME for m in (n - 1, n + 1))
                worth[n] = min(worth[n], STRONG / 2 if named else 0.8)


def words_of(fragment: Fragment, text: str | None) -> tuple[Sequence[str], str]:
    """The words of a part's pages, and those in its objects; *text* is what was read on a foreign file's pages."""
    return shown(fragment) if text is None else text.split(PAGE_END), strings(fragment)


@dataclass(frozen=True)
class Occurrence:
    """Words of a piece in a part of a packet: the text around them, and the place of its page, from 0; -1 is none."""

    hit: Hit
    text: Text
    page: int

    @property
    def row(self) -> tuple[str, ...]:
        return tuple(token.key for token in self.text.tokens[self.hit.first : self.hit.last + 1])


def look(pages: Iterable[str], others: str, needles: Needles) -> list[Occurrence]:
    """What the *pages* of a part and its *others*, texts that are on none of them, show of the *needles*."""
    found: list[Occurrence] = []
    before: Text | None = None
    for n, page in enumerate(pages):
        text = needles.split(Text.of(page))
        found += (Occurrence(hit, text, n) for hit in needles.hits(text))
        if before is not None and before.tokens and text.tokens:
            found += _across(before, text, n - 1, needles)
        before = text
    told = {one.row for one in found}
    text = needles.split(Text.of(others))
    found += (one for hit in needles.hits(text) if (one := Occurrence(hit, text, -1)).row not in told)
    return found


def _across(before: Text, after: Text, page: int, needles: Needles) -> Iterator[Occurrence]:
    """What begins on one page and ends on the next."""
    end = Text(before.text, before.tokens[-_BORDER:])
    both = needles.split(end.glued(Text(after.text, after.tokens[:_BORDER])))
    border = sum(token.end <= len(before.text) for token in both.tokens)
    for hit in needles.hits(both):
        if hit.first < border <= hit.last:
            yield Occurrence(hit, both, page)
