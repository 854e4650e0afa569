"""A policy's text as Markdown, with its sections as headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from planstudio.exchange.recognise.blocks import Block, Form, Words, cell_text, plain
from planstudio.exchange.recognise.marks import is_numbered
from planstudio.exchange.recognise.outline import heading_text, is_title_case, promoted, subtitle
from planstudio.exchange.recognise.wording import heading_words
from planstudio.richtext import escape

# Marks that Markdown has no list for; the letters are kept as words.
_LETTERED = re.compile(r"(?:[a-zA-Z]{1,5}|\d{1,2}(?:\.\d{1,2})+)[.)]?(?<!^o)")
_OUTLINE_MARK = re.compile(r"(?:[IVX]{1,5}|[A-Z]|\d{1,2})[.)]")


def section_headings(body: Sequence[Block]) -> tuple[str, ...]:
    """The headings of a policy's text, without numbers before and subtitles behind them."""
    return tuple(title for block in _outlined(body) if block.form is Form.HEADING and (title := _title(block)))


def markdown(body: Sequence[Block]) -> str:
    """The text with its headings, lists and tables; every word reads exactly as typed."""
    return "\n".join(_paragraphs(_outlined(body))).strip()


def _title(block: Block) -> str:
    return heading_words(heading_text(block))


def _outlined(body: Sequence[Block]) -> list[Block]:
    """*body* with headings; a numbered line over prose is one too ("II. DEFINITIONS")."""
    pairs = zip_longest(body, body[1:])
    return promoted(
        [one.reformed(Form.HEADING, 2) if _is_numbered_heading(one, after) else one for one, after in pairs]
    )


def _is_numbered_heading(block: Block, following: Block | None) -> bool:
    text = block.text
    if block.form is not Form.BULLET or len(block.parts) > 1 or not _OUTLINE_MARK.fullmatch(block.mark):
        return False
    if len(text.split()) > 10 or following is None or (following.mark == "" and len(following.text) < 40):
        return False
    loud = text.isupper() and len(text) > 3
    return loud or block.bold or (is_title_case(text) and following.form is Form.PARAGRAPH)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    listing = False
    for block in blocks:
        in_list = block.form is Form.BULLET and not _LETTERED.fullmatch(block.mark)
        if not (listing and in_list):
            yield ""
        listing = in_list
        if block.form is Form.HEADING:
            yield f"## {escape(_title(block))}"
            if subtitle(block):
                yield f"\n*{escape(subtitle(block))}*"
        elif in_list:
            mark = f"{block.mark.rstrip('.)')}." if is_numbered(block.mark) else "-"
            yield f"{mark} {' '.join(map(_emphasized, block.parts))}"
        elif block.form is Form.ROW:
            yield " – ".join(" ".join(map(_emphasized, cell)) for cell in block.cells if cell_text(cell))
        else:
            mark = f"{block.mark} " if block.form is Form.BULLET else ""
            yield mark + "\n\n".join(map(_emphasized, block.parts))


def _emphasized(words: Words) -> str:
    """Words with their bold and italic marks."""
    if not any(run.bold or run.italic for run in words):
        return escape(plain(words))
    made: list[str] = []
    for index, run in enumerate(words):
        before = words[index - 1].text[-1:] if index else ""
        after = words[index + 1].text[:1] if index + 1 < len(words) else ""
        made.append(_marked(run.text, "**" * run.bold + "*" * run.italic, before, after))
    return "".join(made).strip()


def _marked(text: str, mark: str, before: str, after: str) -> str:
    """*text* between marks, where Markdown takes them for marks beside the letters *before* and *after*."""
    bare = text.strip()
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    if not mark or not bare or not _opens(lead[-1:] or before, bare[0]) or not _opens(tail[:1] or after, bare[-1]):
        return escape(text)
    return f"{lead}{mark}{escape(bare)}{mark}{tail}"


def _opens(outside: str, inside: str) -> bool:
    """Whether a mark between these two letters counts: a period inside wants a space or a sign outside."""
    return inside.isalnum() or not outside or not outside.isalnum()
