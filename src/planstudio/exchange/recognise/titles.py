"""The plan's own title and its motto, from the first lines of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planstudio.exchange.recognise import furniture
from planstudio.exchange.recognise.blocks import Block, Form, fold
from planstudio.exchange.recognise.organizations import Mention, organization
from planstudio.exchange.recognise.outline import Section, heading_text
from planstudio.exchange.recognise.policy_codes import entry_of
from planstudio.exchange.recognise.wording import Topic, topic_of

_PLAN = re.compile(
    r"\b(?:strategic|improvement|long[- ]range|comprehensive|accountability|master|action|learning) plan\b", re.I
)
_NOT_TITLE = re.compile(
    r"\b(?:committee|update|presentation|meeting|development|planning elements|adoption|review)\b", re.I
)
_MOTTO = re.compile(r"(?:our |district |school )?(?:motto|tagline|slogan)\s*[:–—-]\s*(?P<words>\S.{3,120})", re.I)
_SEARCHED = 40  # blocks from the top


def plan_title(page_title: str, blocks: Sequence[Block]) -> str:
    """A heading like "… Strategic Plan", or the page's title."""
    lines = [block.text for block in blocks[:_SEARCHED] if block.form in (Form.HEADING, Form.PARAGRAPH)]
    titles = [text for text in lines if len(text.split()) <= 10 and _is_plan(text)]
    named = next((text.strip(" :") for text in titles if len(text.split()) > 2), "")
    if named:
        return named
    if page_title and _is_plan(page_title) and len(page_title) < 100:
        return page_title
    return titles[0].strip(" :") if titles else ""


def page_heading(parts: Sequence[Section]) -> str:
    """A page's own title that only tells what stands on it: "Mission, Vision and Values"."""
    named = (heading_text(part.head) for part in parts if part.head and part.topic is Topic.SEVERAL)
    return next(named, "").strip(" :")


def _is_plan(text: str) -> bool:
    return bool(_PLAN.search(text)) and not _NOT_TITLE.search(text) and not text.endswith((".", "?", "!"))


def slogan(blocks: Sequence[Block]) -> str:
    """A labelled motto, or a first line in capitals that is no title of anything."""
    for block in blocks[:_SEARCHED]:
        labelled = _MOTTO.match(block.text[:200])
        if labelled:
            return labelled["words"].strip("“”\"' ")
    if not blocks:
        return ""
    text = blocks[0].text
    is_line = blocks[0].form in (Form.HEADING, Form.PARAGRAPH) and 4 <= len(text.split()) <= 14 and text.isupper()
    return text if is_line and not names_something(text) else ""


def names_something(text: str) -> bool:
    """Whether a line names a district, a document or a meeting, and is no motto."""
    return bool(
        topic_of(text, marked=True) is not Topic.NONE
        or _PLAN.search(text)
        or entry_of(text)
        or furniture.is_contact(text)
        or re.search(
            r"\d{4}|\b(?:board|agenda|minutes|meeting|attachment|policy|handbook|report|plan|notice)\b", text, re.I
        )
        or fold(organization([Mention(text, True)])) == fold(text)
    )
