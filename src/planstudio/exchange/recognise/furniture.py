"""Lines that belong to the page and not to what it says: numbers, print lines, rules, addresses.

Whatever is dropped here is dropped without a remark, so each rule must be sure
of itself; doubtful lines are left to the builders.
"""

from __future__ import annotations

import re
from collections import defaultdict

_PAGE = re.compile(
    r"\W*(?:page\s*)?[-–—|\s]*\d{1,4}\s*[-–—|]*\W*$|\W*page\s+\d{1,4}\s*(?:of|/)\s*\d{1,4}\W*$|\W*\d{1,4}\s+of\s+\d{1,4}\W*$",
    re.I,
)
_RULE = re.compile(r"[\s\-_=*~•.·—–]{3,}$")
_DOTS = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$")
_IMAGE = re.compile(r"\s*(?:!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])\s*)+$")
_LINK = re.compile(r"\W*\[[^\[\]]*\]\([^()]*\)\W*$")
_URL = re.compile(r"(?:https?://|www\.)\S+\s*$", re.I)
_PRINTED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4},?\s+\d{1,2}:\d\d\s*(?:am|pm)?\s*$", re.I)
_PRINTED_FIRST = re.compile(r"\s*\d{1,2}/\d{1,2}/\d{2,4},?\s+\d{1,2}:\d\d\s*(?:am|pm)?\b", re.I)
_ATTACHMENT = re.compile(r"\W*(?:attachment|exhibit|appendix|enclosure)\s+[A-Z0-9]{1,3}(?:[/-][A-Z0-9])?\W*$", re.I)
_BLANK_FORM = re.compile(r"_{5,}")
_NUMBERED_FOOT = re.compile(r"(.*\S)\s{3,}(\d{1,4})\s*$")

_CONTACT = re.compile(
    r"\b\d{3}[-.\s]\d{3}[-.\s]\d{4}\b|\(\d{3}\)\s?\d{3}-\d{4}|\b[\w.]+@[\w.]+\.\w{2,}|\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b"
    r"|^\s*(?:(?:phone|fax|tel|e-?mail|website|address)\s*:|©|copyright\b)",
    re.I,
)
_CLICK = re.compile(
    r"^\W*(?:(?:click|tap)\s+(?:here|below|on|the|to)|skip to|(?:read|learn|find out|see) more|back to"
    r"|share (?:this|on|via|page)"
    r"|(?:view|download|print|open)\s+(?:the|a|an|our|as|all|full|more|this|pdf|here|page|in)\b"
    r"|(?:home|share|print|download|view|menu|search|login|log in|sign in|subscribe)\W*$)",
    re.I,
)
_ELSEWHERE = re.compile(
    r"\b(?:learn|read|find)\b[^.]{0,80}?\b(?:at|on|visit)\s+(?:https?://|www\.)?[\w-]+\.(?:edu|org|com|net|us|gov)\b",
    re.I,
)


def is_furniture(line: str) -> bool:
    """Whether *line* is no content anywhere."""
    text = line.strip()
    if len(text) > 300:
        return False
    return bool(
        _PAGE.match(text)
        or _RULE.match(text)
        or _DOTS.search(text)
        or _IMAGE.match(text)
        or _LINK.match(text)
        or _ATTACHMENT.match(text)
        or _BLANK_FORM.search(text)
        or (_URL.search(text) and len(_URL.sub("", text).split()) <= 3)
        or _PRINTED.search(text)
        or _PRINTED_FIRST.match(text)
    )


def is_contact(text: str) -> bool:
    """A postal address, a telephone number, a mail address, a copyright line."""
    return len(text) < 400 and bool(_CONTACT.search(text))


def is_navigation(text: str) -> bool:
    """An invitation to click."""
    return len(text) < 200 and bool(_CLICK.match(text))


def points_elsewhere(text: str) -> bool:
    """Whether a text only describes another document: "Learn more at district.org"."""
    return bool(_ELSEWHERE.search(text[:5000]))


def page_lines(lines: list[str]) -> frozenset[int]:
    """Numbers of the lines that come back on every page with the page's number far to the right."""
    seen: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, line in enumerate(lines, 1):
        if len(line) < 300 and (foot := _NUMBERED_FOOT.match(line)):
            seen[" ".join(foot[1].split())].append((number, foot[2]))
    return frozenset(
        number
        for entries in seen.values()
        if len(entries) > 1 and len({page for _, page in entries}) == len(entries)
        for number, _ in entries
    )
