"""Times of day: "18:30", however they are typed, and the minutes between two of them."""

from __future__ import annotations

import re

from planstudio.domain.errors import InvalidInput
from planstudio.domain.order_of_time import in_order
from planstudio.i18n import _

MINUTES_A_DAY = 24 * 60
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2})(?::\d{2})?)?\s*([ap])?\.?m?\.?", re.I)  # seconds as Excel adds them
_NAMED_TIMES = {"noon": "12:00", "mediodía": "12:00", "medio día": "12:00", "midnight": "00:00", "medianoche": "00:00"}
_HALVES = re.compile(r"([ap])\.\s*m\.?$", re.I)  # as Spanish writes them: 6:30 p. m.


def time_of_day(text: str, field: str) -> str:
    """ "6:30 pm", "18.30" or "1830" as "18:30"; "" stays ""."""
    text = text.strip()
    if not text:
        return ""
    if named := _NAMED_TIMES.get(" ".join(text.casefold().removeprefix("12 ").split())):
        return named
    found = _TIME.fullmatch(_HALVES.sub(r"\1m", text))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if found and found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0) if 1 <= hour <= 12 else 99
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise InvalidInput(_("“{text}” is not a time of day such as 6:30 PM.").format(text=text[:40]), field=field)
    return f"{hour:02}:{minute:02}"


def minutes_between(began: str, ended: str) -> int | None:
    """Whole minutes from "18:30" to "19:05", past midnight too; None where one is missing or they contradict."""
    if not began or not ended or not in_order(began, ended):
        return None
    first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (began, ended))
    return (last - first) % MINUTES_A_DAY
