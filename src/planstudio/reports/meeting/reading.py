"""Words as the search for leaks compares them: the same whatever their look, their case and their line ends.

    "Pérez’s  $12,500.00\\u00ad" → "perez", "12500"

A token keeps its place in the text, so that a finding can show the words as
they stand there. What a line's end may have cut in two is one token that
remembers its halves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

_INSIDE = r"[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f]"  # what is no letter and parts no word
_CUT = r"(?:[-\u00ad\u2010\u2011\ufffe\x02]\s*[\r\n]+\s*|[\ufffe\x02]\s*)(?=[^\W\d_])"  # a hyphen at a line's end
_TOKEN = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an address
    r"|(?<![^\W_])(?:[A-Z]\. ?){1,3}[A-Z]\.(?!\w)"  # initials
    rf"|\d(?:{_INSIDE}*\d)*(?:[.,/:\u2010-\u2013-]\d(?:{_INSIDE}*\d)*)+(?![^\W_])"
    rf"|[^\W_](?:{_INSIDE}*(?:['’ʼ‘`](?=[^\W\d_])|{_CUT})?{_INSIDE}*[^\W_])*"
)
_CUTS = re.compile(_CUT)
_HIDDEN = re.compile(_INSIDE)
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_OWNER = re.compile(r"'s?$")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)$")  # 14th
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?")
_CENTS = re.compile(r"[.,]\d{1,2}$")
_DAYS = (re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"),
         re.compile(r"(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[-/.](?P<y>\d{4}|\d{2})"))  # fmt: skip
_MONTHS = {
    name: n
    for row in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "ene febr marz abr mayo jun jul ago sept oct nov dic",
    )
    for n, name in enumerate(row.split(), 1)
}
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "‐": "-", "–": "-"})


class Token(NamedTuple):
    """A word as it is compared, its place in the text, and the halves that a line's end may have made of two."""

    key: str
    start: int
    end: int
    halves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """A text and its tokens."""

    text: str
    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, text: str) -> Text:
        return cls(text, tuple(_with_days(text, list(_tokens(text)))))

    @property
    def keys(self) -> list[str]:
        return [token.key for token in self.tokens]

    def word(self, n: int) -> str:
        """Token *n* as it stands there."""
        return self.text[self.tokens[n].start : self.tokens[n].end]

    def near(self, first: int, last: int, words: int = 8) -> tuple[str, str, str]:
        """The words from token *first* up to *last*, and some before and behind them; a line's end is a space."""
        start, end = self.tokens[first].start, self.tokens[last].end
        left = self.tokens[max(0, first - words)].start
        right = self.tokens[min(len(self.tokens) - 1, last + words)].end
        said = (self.text[left:start], self.text[start:end], self.text[end:right])
        before, here, after = (" ".join(_CUTS.sub("", part).split()) for part in said)
        return before, here, after

    def glued(self, other: Text) -> Text:
        """Both, a line's end between them."""
        at = len(self.text) + 1
        moved = (token._replace(start=token.start + at, end=token.end + at) for token in other.tokens)
        return Text(f"{self.text}\n{other.text}", (*self.tokens, *moved))


def keys_of(texts: Iterable[str]) -> list[str]:
    return [token.key for text in texts for token in _tokens(text)]


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        if key := folded(found[0]):
            halves = tuple(map(folded, _CUTS.split(found[0]))) if _CUTS.search(found[0]) else ()
            yield Token(key, *found.span(), halves)


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """One token as it is compared: plain small letters, a number without its signs, a day as 2026-03-14."""
    if _CUTS.search(word):
        word = _CUTS.sub("", word)
    if word.isascii() and word.isalpha():
        return word.lower()
    if word[0].isdigit() and (figure := _figure(_HIDDEN.sub("", word).translate(_PLAIN))):
        return figure
    spread = normalize("NFKD", word.replace("’", "'").replace("ʼ", "'").replace("‘", "'").replace("`", "'"))
    bare = "".join(sign for sign in spread if category(sign) not in ("Mn", "Cf")).casefold().translate(_PLAIN)
    if "@" in bare:
        return bare.strip(".")
    return _OWNER.sub("", bare).replace("'", "").replace(".", "").replace(" ", "")


def _figure(word: str) -> str:
    for shape in _DAYS:
        if day := shape.fullmatch(word):
            return _day(int(day["y"]), int(day["m"]), int(day["d"])) or word
    if _GROUPED.fullmatch(word):
        return re.sub(r"[.,]", "", word if word[-4] in ".," else _CENTS.sub("", word))
    if re.fullmatch(r"\d+[.,]00?", word):
        return re.split(r"[.,]", word)[0]
    return re.sub(r"[^\w.,:/]", "", word) if re.fullmatch(r"[\d.,:/-]+", word) else ""


def _day(year: int, month: int, day: int) -> str:
    real = 1 <= month <= 12 and 1 <= day <= 31
    return f"{year + 2000 if year < 100 else year}-{month:02}-{day:02}" if real else ""


def _with_days(text: str, tokens: list[Token]) -> Iterator[Token]:
    """*tokens*, a day written with its month's name as one: March 14, 2026; 14 de marzo de 2026."""
    at = 0
    while at < len(tokens):
        length, key = _named_day(tokens, at) if tokens[at].key in _MONTHS or tokens[at].key.isdecimal() else (0, "")
        if length:
            yield Token(key, tokens[at].start, tokens[at + length - 1].end)
            at += length
        else:
            yield tokens[at]
            at += 1


def _named_day(tokens: list[Token], at: int) -> tuple[int, str]:
    near = tokens[at : at + 5]
    said = [token for token in near if token.key not in ("de", "del", "of", "the")][:3]
    if len(said) < 3:
        return 0, ""
    first, second, third = (_ORDINAL.sub("", token.key) for token in said)
    month, day = (first, second) if first in _MONTHS else (second, first)
    if month not in _MONTHS or not (day.isdecimal() and third.isdecimal() and len(third) == 4):
        return 0, ""
    made = _day(int(third), _MONTHS[month], int(day))
    return (near.index(said[2]) + 1, made) if made else (0, "")


def parted(name: str) -> str:
    """A file's name as words: without its ending, its humps and signs as spaces."""
    stem = name.rpartition(".")[0] or name
    return " ".join(_HUMP.sub(" ", stem).replace("_", " ").split())
