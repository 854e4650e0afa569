"""Numbers as people and spreadsheets write them: the one reader of all of them.

A cell may hold a number, nothing, words that say that there is no number ("n/a", "*", "<10"), a number that can be read
in two ways, or something else. Each is told apart, so that nothing is stored that was not written.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from planstudio.domain.errors import InvalidInput
from planstudio.i18n import _, number

TOO_LARGE = 1e15  # no figure of a school, and more than a float tells exactly


class Sort(StrEnum):
    NUMBER = "number"
    EMPTY = "empty"
    NONE = "no number"  # it is said that there is none
    DOUBT = "doubt"
    WRONG = "wrong"


@dataclass(frozen=True)
class NumberSaid:
    """What *words* say. `value` of a doubtful one is its first meaning, `other` the second."""

    words: str
    sort: Sort
    value: float | None = None
    other: float | None = None
    percent: bool = False
    comma: bool = False  # its decimals stand behind a comma
    grouped: bool = False  # 1,234 and 1.234: whole thousands or three decimals, by what a column does


_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_SIGNED = re.compile(r"(?P<open>\()?\s*(?P<sign>[-+])?\s*(?P<body>.*?)\s*(?P<close>\))?", re.S)
_CURRENCY = re.compile(r"^(?:US\$|USD|[$€£])\s*|\s*(?:USD|[$€£])$", re.I)
_PERCENT = re.compile(r"^%\s*|\s*(?:%|percent|per cent|pct\.?|por ?ciento)$", re.I)
_SCALES = {"k": 1e3, "thousand": 1e3, "mil": 1e3, "million": 1e6, "millions": 1e6, "millón": 1e6, "millones": 1e6}
_SCALE = re.compile(rf"(?<=[\d.])\s*({'|'.join(_SCALES)})$", re.I)
_SHORT_SCALE = re.compile(r"(?<=[\d.])\s*(mm|m|b|bn)$", re.I)
_FRACTION = re.compile(r"(?P<whole>\d*)\s*(?P<part>[¼½¾⅐-⅞])")
_MIXED = re.compile(r"(\d+)\s+(\d)/([2-9]|1[0-6])")
_PLAIN = re.compile(r"\d+(?:\.\d*)?(?:[eE][-+]?\d{1,3})?|\.\d+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?")
_POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}|[1-9]\d{0,2}(?:\.\d{3})+,\d+")
_COMMA = re.compile(r"\d+,\d+")
_NO_NUMBER = re.compile(
    r"(?:[*†‡#.•·…x-]{1,5}|n\s?/?\s?[ad]\.?|n\.\s?[ad]\.|s/?d|nd|ns|dns|ds|n/?r|null|none|nil|tbd|pending|missing|blank"
    r"|(?:not|no)\s+(?:available|applicable|reported|data|tested|yet|disponible|aplica)|sin\s+datos?|ninguno|pendiente"
    r"|suppressed|redacted|masked|hidden|suprimido|insufficient\s+(?:n|data|size)|too\s+few(?:\s+students)?"
    r"|(?:n\s*)?[<>≤≥]\s*=?\s*\d+(?:[.,]\d+)?\s*%?|(?:fewer|less|more)\s+than\s+\d+|menos\s+de\s+\d+"
    r"|\d+\s+or\s+(?:fewer|less|more)"
    r"|#(?:n/a|div/0!|value!|ref!|name\?|num!|null!|spill!|¡?valor!))",
    re.I,
)


@lru_cache(maxsize=4096)  # a block looks at each of its cells several times
def read(words: str, *, units: tuple[str, ...] = ()) -> NumberSaid:
    """The number in *words*, a percent sign, a currency or one of *units* beside it."""
    plain = _plain(words)
    if not plain:
        return NumberSaid(words, Sort.EMPTY)
    if _NO_NUMBER.fullmatch(plain.strip("()")):
        return NumberSaid(words, Sort.NONE)
    parts = _SIGNED.fullmatch(plain)
    if parts is None or bool(parts["open"]) != bool(parts["close"]):
        return NumberSaid(words, Sort.WRONG)
    body, percent = _bare(parts["body"], units)
    negative = parts["sign"] == "-"
    if body[:1] in "-+" and body and not parts["sign"]:  # $-5
        negative, body = body[0] == "-", body[1:].strip()
    if parts["open"] and parts["sign"]:
        return NumberSaid(words, Sort.WRONG)
    made = _magnitude(words, body)
    sign = -1 if negative or parts["open"] else 1
    return NumberSaid(
        words, made.sort, None if made.value is None else sign * made.value,
        None if made.other is None else sign * made.other, percent, made.comma, made.grouped,
    )  # fmt: skip


def value_of(words: str, field: str = "", *, units: Sequence[str] = ()) -> float | None:
    """The number in *words*, None where there is none; a sentence for everything else."""
    said = read(words, units=tuple(units))
    if said.sort in (Sort.NUMBER, Sort.EMPTY):
        return said.value
    raise InvalidInput(sentence(said), field=field)


def whole(said: NumberSaid) -> int | None:
    """A count from 0 on; None where there is none, or another number."""
    if said.sort is not Sort.NUMBER or said.value is None or said.percent or said.value < 0:
        return None
    return int(said.value) if said.value == int(said.value) else None


def count_in(words: str) -> int | None:
    """A whole number from 0 on; None where there is none, or another one."""
    return whole(read(words))


def why_not(said: NumberSaid) -> str:
    """Why there is no number, without a full stop; "" where there is one."""
    words = " ".join(said.words.split())[:40]
    if said.sort is Sort.NONE:
        return _("“{words}” says that there is no number").format(words=words)
    if said.sort is Sort.DOUBT and said.other is None and said.value is not None:
        return _("“{words}” may be {value}").format(words=words, value=number(said.value))
    if said.sort is Sort.DOUBT and said.value is not None and said.other is not None:
        told = _("“{words}” may be {value} or {other}")
        return told.format(words=words, value=number(said.value), other=number(said.other))
    return "" if said.sort is Sort.NUMBER else _("“{words}” is not a number").format(words=words)


def sentence(said: NumberSaid) -> str:
    return _("{why}. Write it like {example}.").format(why=why_not(said), example="66.4")


def doubtful_beside_commas(said: NumberSaid) -> NumberSaid:
    """*said* in a column whose decimals stand behind commas: 1,234 and 1.234 can then be either."""
    if said.sort is not Sort.NUMBER or not said.grouped or said.value is None:
        return said
    thousand = said.value >= 1000 or said.value <= -1000
    other = said.value / 1000 if thousand else said.value * 1000
    return NumberSaid(said.words, Sort.DOUBT, said.value, other, said.percent)


def _plain(words: str) -> str:
    """*words* with plain digits, minus signs and spaces; fractions stay single signs."""
    kept = "".join(c if unicodedata.category(c) != "Cf" else "" for c in words)
    text = "".join(c if _FRACTION.search(c) or c == "…" else unicodedata.normalize("NFKC", c) for c in kept)
    text = re.sub("[‐‑‒–—―−﹣]", "-", text).replace("٫", ".").replace("٬", ",").replace("٪", "%")
    text = "".join(str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in text)
    return " ".join(text.split())


def _bare(body: str, units: Sequence[str]) -> tuple[str, bool]:
    """A number without what stands beside it, and whether that was a percent sign."""
    without = _PERCENT.sub("", body, count=1)
    if without != body:
        return without.strip(), True
    for unit in units:
        if unit and without.casefold().endswith(unit.casefold()) and without[: -len(unit)].strip():
            return without[: -len(unit)].strip(), False
    return _CURRENCY.sub("", without, count=1).strip(), False


def _magnitude(words: str, body: str) -> NumberSaid:
    if short := _SHORT_SCALE.search(body):
        scale = 1e9 if short[1][0] in "bB" else 1e6
        inner = _magnitude(words, body[: short.start()])
        return inner if inner.value is None else _made(words, inner.value * scale, sort=Sort.DOUBT)
    factor = 1.0
    if scaled := _SCALE.search(body):
        factor, body = _SCALES[scaled[1].casefold()], body[: scaled.start()].strip()
    if found := _FRACTION.fullmatch(body):
        return _made(words, (int(found["whole"] or 0) + unicodedata.numeric(found["part"])) * factor)
    if found := _MIXED.fullmatch(body):
        return _made(words, (int(found[1]) + int(found[2]) / int(found[3])) * factor)
    return _digits(words, _SPACES.sub("", body), factor)


def _digits(words: str, body: str, factor: float) -> NumberSaid:
    if _PLAIN.fullmatch(body):
        return _made(words, float(body) * factor, grouped=bool(re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", body)))
    if _THOUSANDS.fullmatch(body):
        return _made(words, float(body.replace(",", "")) * factor, grouped=body.count(",") == 1 and "." not in body)
    if _POINTS.fullmatch(body):
        return _made(words, float(body.replace(".", "").replace(",", ".")) * factor, comma="," in body)
    if _COMMA.fullmatch(body):
        return _made(words, float(body.replace(",", ".")) * factor, comma=True)
    return NumberSaid(words, Sort.WRONG)


def _made(
    words: str, value: float, *, sort: Sort = Sort.NUMBER, comma: bool = False, grouped: bool = False
) -> NumberSaid:
    if not math.isfinite(value) or abs(value) >= TOO_LARGE:
        return NumberSaid(words, Sort.WRONG)
    return NumberSaid(words, sort, value, comma=comma, grouped=grouped)
