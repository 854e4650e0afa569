"""Dates on a policy and what each stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planstudio.domain.recognised import Parsed

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"\b(?:(?P<iy>\d{4})-(?P<im>\d{1,2})(?:-(?P<id>\d{1,2}))?"
    r"|(?P<nm>\d{1,2})[/.-](?P<nd>\d{1,2})[/.-](?P<ny>\d{4}|\d{2})"
    r"|(?P<sm>\d{1,2})/(?P<sy>\d{4})"
    rf"|{_MONTH.format('wm')}\s+(?:(?P<wd>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<wy>\d{{4}})"
    rf"|(?P<bd>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.format('bm')},?\s+(?P<by>\d{{4}}))(?!\d)",
    re.I,
)
_ROLE = re.compile(
    r"(?P<none>(?:first|second|third|1st|2nd|3rd)\s+reading(?!\s*(?:/|and|&)\s*adopt)|pending\s+\w+|proposed\s+\w+|next\s+review"
    r"|draft(?:ed)?|effective|distribut\w*|expir\w*|retired|rescinded|repealed|previous\w*)"
    r"|(?P<adopted>(?:originally\s+|(?:second|third|2nd|3rd)\s+reading\s*(?:/|and|&)\s*)?\b(?:adopt(?:ed|ion)|approv(?:ed|al)"
    r"|accepted|issued))"
    r"|(?P<revised>\bre-?adopt(?:ed|ion)|re-?approved|revis(?:ed|ions?)|amended|updated)"
    r"|(?P<reviewed>review(?:ed)?|reaffirmed)",
    re.I,
)
_OPENS = re.compile(
    r"\W*(?:(?:policy|board|date|dates|original|originally|last|first|second|third|1st|2nd|3rd|legal|regulation|bylaw"
    r"|approval)\W+){0,3}"
    r"(?:(?:re-?)?adopt(?:ed|ion)|approved|approval date|revis(?:ed|ions?)|amended|review(?:ed)?|reading"
    r"|accepted|issued|readopted)\b",
    re.I,
)


@dataclass
class Dates:
    adopted: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)
    reviewed: list[str] = field(default_factory=list)

    def add(self, other: Dates) -> None:
        for mine, theirs in zip(self._lists(), other._lists(), strict=True):
            mine += [text for text in theirs if text not in mine]

    def _lists(self) -> tuple[list[str], list[str], list[str]]:
        return self.adopted, self.revised, self.reviewed

    def __bool__(self) -> bool:
        return any(self._lists())


def is_dated_line(text: str) -> bool:
    """Whether a line tells when a policy was adopted, revised, read or reviewed."""
    return len(text) < 400 and bool(_OPENS.match(text)) and bool(_DATE.search(text) or len(text.split()) < 5)


def dates_of(text: str, role: str = "") -> Dates:
    """Each date under the role of the nearest word before it; *role* until the first such word."""
    marks = [(match.start(), match.lastgroup or "", "") for match in _ROLE.finditer(text)]
    marks += [(match.start(), "", parsed) for match in _DATE.finditer(text) if (parsed := _parsed(match))]
    dates = Dates()
    for _at, named, date in sorted(marks):
        if not date:
            role = named
        elif role in ("adopted", "revised", "reviewed"):
            kept = getattr(dates, role)
            if date not in kept:
                kept.append(date)
    return dates


def dates_in(text: str) -> list[tuple[str, str]]:
    """Every date in *text*: as printed, and as YYYY-MM-DD or YYYY-MM."""
    return [(match[0], parsed) for match in _DATE.finditer(text) if (parsed := _parsed(match))]


def history(text: str) -> Dates:
    """A list of earlier dates: bare, they are revisions; with a word behind each, only the revisions among them are."""
    found = [(match, parsed) for match in _DATE.finditer(text) if (parsed := _parsed(match))]
    dates, bare = Dates(), not re.search(r"[a-z]{4,}", _DATE.sub("", text), re.I)
    for index, (match, parsed) in enumerate(found):
        end = found[index + 1][0].start() if index + 1 < len(found) else len(text)
        if bare or re.search(r"\b(?:revis|amend)", text[match.end() : end], re.I):
            dates.revised.append(parsed)
    return dates


def _parsed(match: re.Match[str]) -> str:
    """YYYY-MM-DD or YYYY-MM; "" for what cannot be a date."""
    year = next((match[name] for name in ("iy", "ny", "sy", "wy", "by") if match[name]), "")
    month = next((match[name] for name in ("im", "nm", "sm", "wm", "bm") if match[name]), "")
    day = next((match[name] for name in ("id", "nd", "wd", "bd") if match[name]), "")
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)
    number = int(month) if month.isdigit() else _MONTHS[month[:3].lower()]
    if not (1 <= number <= 12 and (not day or 1 <= int(day) <= 31) and 1900 <= full < 2100):
        return ""
    return Parsed(full, number, int(day) if day else None).text()
