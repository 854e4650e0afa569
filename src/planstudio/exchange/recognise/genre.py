"""What a document is when it is no plan: an agenda, minutes, or a board's item form.

Such pages are full of headings and numbered lists that look like goals. Less is
looked for in them, so that nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from planstudio.exchange.recognise.blocks import Block

_AGENDA = re.compile(
    r"(?:call(?:ed)? to order|pledge of allegiance|roll call|adjourn(?:ment)?|consent (?:agenda|calendar|items)"
    r"|executive session|closed session|approval of (?:the )?(?:agenda|minutes)"
    r"|public (?:comments?|input|participation|forum)"
    r"|old business|unfinished business|new business|agenda approval|communications"
    r"|superintendent['’]?s (?:report|update)"
    r"|future agenda items|board member comments|opening ceremony|order of business|action items|recognitions?)\b",
    re.I,
)
_FORM = re.compile(
    r"(?:subject|action requested|rationale|background|fiscal impact|attachments?|prepared by|approved by|submitted by"
    r"|recommendations?|recommended (?:action|motion)|previous (?:staff|board)|department|meeting date|agenda item"
    r"|contact person|funding source|board (?:committee )?action|presented by|motion|item (?:no|number))\b[^a-z]{0,3}",
    re.I,
)
_NUMERAL = re.compile(r"^\W*(?:[IVX]{1,5}|[A-Z]|\d{1,2})?(?:\.\d+)*[.)]?\s+")


class Genre(Enum):
    PLAN = auto()  # or a policy, or a page with either
    AGENDA = auto()
    ITEM_FORM = auto()


def genre_of(blocks: Sequence[Block]) -> Genre:
    """The genre by the headings that only meetings have."""
    agenda: set[str] = set()
    form: set[str] = set()
    for block in blocks:
        text = block.text[:160]
        bare = _NUMERAL.sub("", text)
        if (found := _AGENDA.match(bare)) and len(bare.split()) <= 14:
            agenda.add(found[0].lower()[:8])
        if found := _FORM.match(text):
            is_label = ":" in text[: found.end() + 12] or text[: found.end()].isupper()
            form.update([found[0].lower().strip(" :")[:8]] if is_label else [])
    if len(agenda) >= 3:
        return Genre.AGENDA
    return Genre.ITEM_FORM if len(form) >= 4 else Genre.PLAN
