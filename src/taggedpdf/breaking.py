"""Text into lines: greedy, without hyphens, a space the only place to break.

Words are looked up in each font's table of widths, so a page of text costs
about one dictionary look-up a word. A word wider than the line is cut where
it must be. A "\\n" always ends a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfmetrics import getFont

from taggedpdf.tags import Tag

_STUMP = 14  # a last pair of words shorter than this does not stand alone
_TAIL = 0.6  # unless the tied words would take more of the line than this
_PIECE = re.compile(r"[ \n]|[^ \n]+")


class Link:
    """Where words lead: a web address, or "#" and a bookmark. Its tag is made when it is first drawn."""

    __slots__ = ("tag", "target", "words")

    def __init__(self, target: str, words: str) -> None:
        self.target, self.words = target, words
        self.tag: Tag | None = None


class RunStyle(NamedTuple):
    """How a run of text is set. Color is the PDF operator that sets it."""

    font: str
    size: float
    color: str
    link: Link | None = None
    underline: bool = False
    ground: str = ""  # the operator that colors what it stands on


Run = tuple[RunStyle, str]


class Line(NamedTuple):
    runs: list[Run]
    width: float


@lru_cache(maxsize=256)
def fill(color: Any) -> str:
    """The operator that fills with a ReportLab color."""
    return f"{color.red:.4g} {color.green:.4g} {color.blue:.4g} rg"


def text_width(text: str, look: RunStyle) -> float:
    """The width of *text* in points."""
    width: float = getFont(look.font).widths[text]
    return width * look.size / 1000


def break_lines(runs: Sequence[Run], width: float, *, tied: bool = False) -> list[Line]:
    """*runs* in lines no wider than *width*. Tied, the last words of a paragraph stay together when short."""
    if len(runs) == 1:
        return _break_plain(*runs[0], width, tied)
    return _break_mixed(runs, width, tied)


def _break_plain(look: RunStyle, text: str, width: float, tied: bool) -> list[Line]:
    widths, scale, lines = getFont(look.font).widths, look.size / 1000, []
    limit, space = width / scale + 0.01, widths[" "]
    for paragraph in text.split("\n"):
        words = [word for word in paragraph.split(" ") if word]
        if tied and len(words) > 3 and len(words[-1]) + len(words[-2]) < _STUMP:
            tail = " ".join(words[-3:])
            words[-3:] = [tail] if widths[tail] < limit * _TAIL else words[-3:]
        start, used = 0, -space
        for at, word in enumerate(words):
            wide = widths[word]
            if used + space + wide > limit:
                if at > start:
                    lines.append(Line([(look, " ".join(words[start:at]))], used * scale))
                if wide > limit:
                    *full, word = _cut(word, limit, widths)
                    lines += [Line([(look, piece)], widths[piece] * scale) for piece in full]
                    words[at], wide = word, widths[word]
                start, used = at, wide
            else:
                used += space + wide
        lines.append(Line([(look, " ".join(words[start:]))] if words else [], max(used, 0) * scale))
    while len(lines) > 1 and not lines[-1].runs:
        lines.pop()
    return lines


def _cut(word: str, limit: float, widths: Any) -> list[str]:
    """A word in pieces that fit, at least a letter each."""
    pieces, start, used = [], 0, 0.0
    for at, letter in enumerate(word):
        wide = widths[letter]
        if used + wide > limit and at > start:
            pieces.append(word[start:at])
            start, used = at, 0.0
        used += wide
    return [*pieces, word[start:]]


class _Word(NamedTuple):
    runs: list[Run]
    width: float
    gap: RunStyle | None  # the look of the space before it; None where there is none


def _words(runs: Sequence[Run]) -> Iterator[_Word | None]:
    """The words of *runs*, each of one or more looks; None where a line must end."""
    pieces: list[Run] = []
    gap: RunStyle | None = None
    for look, piece in ((look, piece) for look, text in runs for piece in _PIECE.findall(text)):
        if piece not in (" ", "\n"):
            pieces.append((look, piece))
            continue
        if pieces:
            yield _word(pieces, gap)
        if piece == "\n":
            yield None
        pieces, gap = [], look if piece == " " else None
    if pieces:
        yield _word(pieces, gap)


def _word(pieces: list[Run], gap: RunStyle | None) -> _Word:
    return _Word(pieces, sum(text_width(text, look) for look, text in pieces), gap)


def _break_mixed(runs: Sequence[Run], width: float, tied: bool) -> list[Line]:
    lines: list[Line] = []
    line, used = list[Run](), 0.0
    words = list(_words(runs))
    if tied:
        _tie(words, width)
    for word in words:
        if word is None:
            lines.append(Line(line, used))
            line, used = [], 0.0
            continue
        gap = word.gap if line else None
        space = text_width(" ", gap) if gap else 0.0
        if line and used + space + word.width > width + 0.01:
            lines.append(Line(line, used))
            line, used, gap, space = [], 0.0, None, 0.0
        if word.width > width:
            *full, (line, used) = _cut_mixed(word, width)
            lines += [Line(*piece) for piece in full]
            continue
        for look, text in [(gap, " "), *word.runs] if gap else word.runs:
            _join(line, look, text)
        used += space + word.width
    if line or not lines:
        lines.append(Line(line, used))
    return lines


def _tie(words: list[_Word | None], width: float) -> None:
    """Make the last three words one, when the last two are short and a line can hold them well."""
    tail = words[-3:]
    if len(words) < 4 or None in tail:
        return
    if sum(len(text) for word in tail[1:] if word for _, text in word.runs) < _STUMP:
        runs: list[Run] = []
        for word in tail:
            if word:
                runs += [(word.gap, " "), *word.runs] if runs and word.gap else word.runs
        first = tail[0]
        tied = _word(runs, first.gap if first else None)
        if tied.width < width * _TAIL:
            words[-3:] = [tied]


def _join(line: list[Run], look: RunStyle, text: str) -> None:
    if line and line[-1][0] == look:
        line[-1] = (look, line[-1][1] + text)
    else:
        line.append((look, text))


def _cut_mixed(word: _Word, width: float) -> list[tuple[list[Run], float]]:
    """A word of several looks in pieces that fit."""
    pieces: list[tuple[list[Run], float]] = []
    line, used = list[Run](), 0.0
    for look, text in word.runs:
        letters = list[str]()
        for letter in text:
            wide = text_width(letter, look)
            if used + wide > width and used:
                pieces.append(([*line, (look, "".join(letters))] if letters else line, used))
                line, letters, used = [], [], 0.0
            letters.append(letter)
            used += wide
        if letters:
            line.append((look, "".join(letters)))
    return [*pieces, (line, used)]
