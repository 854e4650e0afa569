"""How long something takes, typed in any usual way, as whole minutes."""

from __future__ import annotations

import re
import unicodedata

from planstudio.domain.errors import InvalidInput
from planstudio.i18n import _

_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_HOURS = r"(?:h|hs|hr|hrs|hour|hours|hora|horas)\.?"
_MINUTES = r"(?:m|min|mins|minute|minutes|minuto|minutos|′|')\.?"
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_PLAIN = re.compile(rf"({_NUMBER})\s*(?:{_MINUTES})?", re.I)
_SPOKEN = re.compile(rf"({_NUMBER})\s*{_HOURS}(?:\s*(?:,|and|y)?\s*(\d{{1,3}})\s*(?:{_MINUTES})?)?", re.I)
_HALVES = re.compile(r"(\d*)\s*([½¼¾])")
_IN_WORDS = (
    (re.compile(r"\b(?:half an hour|media hora)\b", re.I), "30 min"),
    (re.compile(r"\b(?:an?|una?) (?=(?:hour|hora)\b)", re.I), "1 "),
    (re.compile(r"(\d+) (?:hours?|horas?) (?:and a half|y media)\b", re.I), r"\1.5 h"),
    (re.compile(r"(\d+) (?:and a half|y media) (?=h)", re.I), r"\1.5 "),
)


def minutes_of(text: str, field: str = "minutes") -> int | None:
    """90 of "90", "90 min", "1:30", "1 h 30", "1½ hours" and "1.5 h"; None of ""."""
    told = " ".join(text.split())
    if not told:
        return None
    told = _HALVES.sub(lambda found: f"{int(found[1] or 0) + unicodedata.numeric(found[2]):g}", told)
    for pattern, plain in _IN_WORDS:
        told = pattern.sub(plain, told)
    if found := _CLOCK.fullmatch(told):
        return int(found[1]) * 60 + int(found[2])
    if found := _PLAIN.fullmatch(told):
        return _whole(_number(found[1]), text, field)
    if found := _SPOKEN.fullmatch(told):
        return _whole(_number(found[1]) * 60 + int(found[2] or 0), text, field)
    raise _refused(text, field)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _whole(minutes: float, text: str, field: str) -> int:
    if abs(minutes - round(minutes)) > 1e-6:
        raise _refused(text, field)
    return round(minutes)


def _refused(text: str, field: str) -> InvalidInput:
    words = _("“{text}” is not a length of time. Write it like 90, 90 min, 1:30 or 1 h 30.")
    return InvalidInput(words.format(text=text.strip()[:40]), field=field)
