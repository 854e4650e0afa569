"""Policy numbers as manuals print them, and lines that give a number with a title.

1326.1   3000P   4119-R     numbers of four or three digits
JICFB    GBA-E   AC         letters by the national scheme
B-1211   2:10    FFH(LOCAL) letter and number, section and number, local
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMERIC = r"\d{3,4}(?:\.\d{1,3}){0,3}(?:[-–]?[A-Z]{1,2}\d?(?![a-zA-Z]))?(?:\(\d\))?"
_LETTERS = r"[A-L][A-Z]{1,6}(?:-[A-Z0-9]{1,3})?(?:/[A-Z]{2,6})?(?:\((?:LOCAL|LEGAL|REGULATION|EXHIBIT)\))?"
_DASHED = r"[A-Z]{1,2}-\d{3,4}(?:\.\d{1,3})?"
_SECTIONED = r"\d:\d{1,3}(?:-[A-Z]{1,2}\d?)?"
_DECIMAL = r"\d{1,2}\.\d{1,3}(?:\.\d{1,2})?"
NUMBER = rf"(?:{_DASHED}|{_NUMERIC}|{_SECTIONED}|{_LETTERS}(?![\w’']))"
_KIND = (
    r"(?:Board\s+Policy|Policy|BP|AR|BB|PO|Administrative\s+Regulation|Regulation|Bylaws?"
    r"|Board\s+Bylaw|Exhibit|File|Code(?=\s+No))"
)
_ENTRY = re.compile(
    rf"(?P<kind>{_KIND}(?:\s+(?:No\.?|Number|Code|\#))?\s*[:#]?\s+)?(?P<number>{NUMBER}|(?(kind){_DECIMAL}|(?!)))"
    rf"(?P<after>\s+(?:BP|AR|BB|E))?(?P<sep>\s*[-–—:|.]\s+|\s+)(?P<title>\S.*)",
    re.S,
)
_LABELLED_NUMBER = re.compile(
    rf"(?:{_KIND}(?:\s+(?:No\.?|Number|Code|\#))?\s*[:#]?\s+)(?P<number>{NUMBER}|{_DECIMAL})\W*$", re.I
)
_ALONE = re.compile(
    rf"(?:(?:BP|AR|BB|E|Policy)\s+|p[og]\s?(?=\d)|ag(?=\d))?(?P<number>{NUMBER}|{_DECIMAL})(?:\s+(?:BP|AR|BB|E))?$"
)
_TITLE_END = re.compile(
    r"\s*\((?:attachment|first|second|third|revis|new|proposed|exhibit|see)\b|\s+\.{3,}|(?<=[a-z)])\.\s+[A-Z]", re.I
)
_ADDRESS = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|drive|dr|boulevard|blvd|lane|ln|court|highway|hwy|suite|p\.?o\.? box|way)\b"
    r"\.?(?:\s|,|$)",
    re.I,
)
_MOST_TITLE_WORDS = 18


class Entry(NamedTuple):
    number: str
    title: str
    prefixed: bool  # "BP 3430": says itself that it is a policy

    @property
    def lettered(self) -> bool:
        return self.number[:2].isalpha()

    @property
    def yearlike(self) -> bool:
        return bool(re.fullmatch(r"(?:19|20)\d\d", self.number))

    @property
    def round(self) -> bool:
        """Whether its number is a series' own: 1000, 300."""
        return bool(re.fullmatch(r"\d000|[1-9]00", self.number))


def entry_of(text: str) -> Entry | None:
    """Number and title of a line like "BP 3430 – Investing"; sentences and addresses are none."""
    found = _ENTRY.match(text[:400])
    if not found:
        return None
    title = found["title"]
    cut = _TITLE_END.search(title)
    title = (title[: cut.start()] if cut else title).strip(" -–—:|")
    if not title or not (title[0].isupper() or title[0] in "“\"‘'") or len(title.split()) > _MOST_TITLE_WORDS:
        return None
    if title.endswith((".", ";", ",")) and not cut:
        return None
    if not found["kind"] and (_ADDRESS.search(title) or _is_shouting(found)):
        return None
    return Entry(found["number"].replace("–", "-"), title, bool(found["kind"] or found["after"]))


def _is_shouting(found: re.Match[str]) -> bool:
    """Whether a lettered "number" is only the first word of a line in capitals."""
    number = found["number"]
    return number.isalpha() and found["sep"].isspace() and found["title"].isupper() and len(number) > 3


def number_of(text: str) -> str:
    """The number in the value of a code field: "1240 BP", "Policy 5131.2"; "" for other words."""
    found = _ALONE.match(text.strip()) or _LABELLED_NUMBER.match(text.strip())
    return found["number"].replace("–", "-") if found else ""


def labelled_number(text: str) -> str:
    """The number of a line that says nothing else: "Policy No. 5131", "File: JICFB"."""
    found = _LABELLED_NUMBER.match(text.strip()) if len(text) < 60 else None
    return found["number"] if found else ""
