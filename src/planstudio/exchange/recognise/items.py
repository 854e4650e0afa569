"""List entries and paragraphs to recognised items: title, text, evidence."""

from __future__ import annotations

import re

from planstudio.domain.recognised import RecognisedItem
from planstudio.exchange.recognise.blocks import Block, Form, Words, cell_text, plain, tidy

_MOST_TITLE_WORDS = 8
_COLON = re.compile(r"(?P<title>[A-Z][^:.!?…]{1,60}?)(?::| [–—-])\s+(?P<text>[A-Z“\"].+)", re.S)
_NUMERAL = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]|[IVX]{1,4})[.)]\s+")
_WEB = re.compile(r"\b(?:https?|mailto)$")


def item(block: Block, *, evidence: bool = False) -> RecognisedItem:
    """What one bullet, row or paragraph says.

    With *evidence*, an italic definition is the text and what follows it the
    evidence; otherwise emphasis is only a look.
    """
    return _from_row(block, evidence) if block.form is Form.ROW else _titled(block, block.parts)


def _titled(block: Block, parts: tuple[Words, ...]) -> RecognisedItem:
    first, rest = parts[0], parts[1:]
    title = plain(first)
    if rest and _is_title(first, title):
        return RecognisedItem(" ".join(map(plain, rest)), _bare(title), source=block.source)
    if bold := bold_lead(first):
        text = " ".join((plain(tidy(first[1:])).lstrip(" :–—-"), *map(plain, rest))).strip()
        return RecognisedItem(text, _bare(bold), source=block.source)
    whole = " ".join(map(plain, parts))
    found = _COLON.match(whole[:2000])
    if found and len(found["title"].split()) <= 6 and not _WEB.search(found["title"]):
        return RecognisedItem(whole[found.start("text") :], found["title"].strip(), source=block.source)
    return RecognisedItem(unnumbered(whole), source=block.source)


def _is_title(first: Words, text: str) -> bool:
    if len(text.split()) > _MOST_TITLE_WORDS + 4:
        return False
    return text.endswith(":") or all(run.bold for run in first) or not text.endswith((".", ",", ";", "!", "?"))


def bold_lead(words: Words) -> str:
    """The bold words that begin a paragraph as its title, or ""."""
    if len(words) < 2 or not words[0].bold:
        return ""
    title = words[0].text.strip()
    behind = "".join(run.text for run in words[1:]).strip()
    long = len(title.split()) > _MOST_TITLE_WORDS
    marked = title[-1:] in (":", ".", "–", "—", "-", "!") or behind[:1] in (":", "–", "—", "-")
    return "" if long or not behind or not (marked or behind[:1].isupper()) else title


def _bare(title: str) -> str:
    return unnumbered(title.strip()).strip(" :–—-.").strip()


def unnumbered(text: str) -> str:
    return _NUMERAL.sub("", text, count=1) or text


def _from_row(block: Block, evidence: bool) -> RecognisedItem:
    cells = [cell for cell in block.cells if cell]
    if len(cells) < 2:
        return _titled(block, cells[0]) if cells else RecognisedItem("", source=block.source)
    title = cell_text(cells[0]).strip(" :")
    words = tuple(run for cell in cells[1:] for part in cell for run in part)
    if evidence and words[0].italic and len(words) > 1:
        return RecognisedItem(plain(words[:1]), title, plain(tidy(words[1:])), source=block.source)
    return RecognisedItem(" ".join(cell_text(cell) for cell in cells[1:]), title, source=block.source)
