"""Dates on a policy and what each stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planstudio.domain.dates import DateSaid, Kind, find

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
    return len(text) < 400 and bool(_OPENS.match(text)) and bool(any(find(text)) or len(text.split()) < 5)


def dates_of(text: str, role: str = "") -> Dates:
    """Each date under the role of the nearest word before it; *role* until the first such word."""
    marks = [(match.start(), match.lastgroup or "", "") for match in _ROLE.finditer(text)]
    marks += [(start, "", printed(said)) for start, _end, said in find(text)]
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
    return [(text[start:end], printed(said)) for start, end, said in find(text)]


def history(text: str) -> Dates:
    """A list of earlier dates: bare, they are revisions; with a word behind each, only the revisions among them are."""
    found = list(find(text))
    ends = [0, *(end for _start, end, _said in found)]
    starts = [*(start for start, _end, _said in found), len(text)]
    around = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    bare = not re.search(r"[a-z]{4,}", "".join(around), re.I)
    dated = zip(found, around[1:], strict=True)
    revised = [said for (*_at, said), behind in dated if bare or re.search(r"\b(?:revis|amend)", behind, re.I)]
    return Dates(revised=[printed(said) for said in revised])


def printed(said: DateSaid) -> str:
    """YYYY-MM-DD, or YYYY-MM where only the month is printed."""
    assert said.first is not None  # what is found in a text names a day or a month
    return f"{said.first:%Y-%m}" if said.kind is Kind.MONTH else said.first.isoformat()
