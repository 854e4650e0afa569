"""What a plan's cover says: its title and its motto, when it was adopted and for which years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planstudio.domain.recognised import Remark
from planstudio.exchange.recognise import furniture
from planstudio.exchange.recognise.assigning import taken_as
from planstudio.exchange.recognise.blocks import Block, Form, fold
from planstudio.exchange.recognise.goal_drafts import label_of
from planstudio.exchange.recognise.organizations import Mention, organization
from planstudio.exchange.recognise.outline import Section, heading_text
from planstudio.exchange.recognise.periods import Period, years_of
from planstudio.exchange.recognise.policy_codes import entry_of
from planstudio.exchange.recognise.policy_dates import dates_in, dates_of, is_dated_line
from planstudio.exchange.recognise.wording import Topic, topic_of

_PLAN = re.compile(
    r"\b(?:strategic|improvement|long[- ]range|comprehensive|accountability|master|action|learning) plan\b", re.I
)
_NOT_TITLE = re.compile(
    r"\b(?:committee|update|presentation|meeting|development|planning elements|adoption|review)\b", re.I
)
_MOTTO = re.compile(r"(?:our |district |school )?(?:motto|tagline|slogan)\s*[:–—-]\s*(?P<words>\S.{3,120})", re.I)
_YEARS = re.compile(r"(?<![\d/-])(?:19|20)\d\d\s?(?:[-–—]|to|through)\s?(?:20)?\d\d(?![\d/-])", re.I)
_BESIDE_YEARS = re.compile(r"(?:school|fiscal|years?|plan|strategic|period|for|the|sy|covering|term)\b", re.I)
_QUOTED = re.compile(r"[“\"„«](?P<words>[^“”\"„«»]{3,100})[”\"»]\W*")
_NOT_A_MOTTO = re.compile(r"[:\d]|\b(?:draft|by|page|updated|revised)\b", re.I)
_SEARCHED = 40  # blocks from the top
_CLOSING = 6  # blocks from the end
_MOST_WORDS = 25
_MOST_MOTTO = 14


@dataclass(frozen=True)
class Opening:
    adopted: str = ""
    start: date | None = None
    end: date | None = None
    motto: str = ""
    blocks: tuple[Block, ...] = ()
    remarks: tuple[Remark, ...] = ()


def opening(parts: Sequence[Section], title: str, slogan: str) -> Opening:
    """What stands above the first statement or goal; a date of adoption may stand at the very end as well."""
    cover = _cover(parts)
    everything = [block for part in parts for block in part.body]
    adopted = next((block for block in (*cover, *everything[-_CLOSING:]) if _adoption(block)), None)
    years = next((block for block in cover if _period(block, title)), None)
    period = _period(years, title) if years else None
    motto = next((block for block in cover if _motto(block)), None) if not slogan else None
    start, end = (period.start, period.due) if period else (None, None)
    words = _YEARS.search(years.text) if years else None
    return Opening(
        _adoption(adopted) if adopted else "",
        start,
        end,
        _motto(motto) if motto else slogan,
        tuple(block for block in (adopted, years, motto) if block),
        (taken_as(words[0], (start, end), years.source),) if years and words else (),
    )


def _cover(parts: Sequence[Section]) -> list[Block]:
    """The blocks before anything that is a statement or a goal."""
    found: list[Block] = []
    for part in parts:
        if part.topic is not Topic.NONE or (part.head and label_of(part.head.text)):
            break
        for block in ([part.head] if part.head else []) + part.body:
            if label_of(block.text[:600]) or len(found) >= _SEARCHED:
                return found
            found.append(block)
    return found


def _adoption(block: Block) -> str:
    """The day in "Adopted by the Board on June 9, 2026"; "" for other lines and for several dates."""
    if len(block.text.split()) > _MOST_WORDS or not is_dated_line(block.text) or len(dates_in(block.text)) != 1:
        return ""
    return next(iter(dates_of(block.text).adopted), "")


def _period(block: Block, title: str) -> Period | None:
    """The years in the plan's title, or in a line that says little else."""
    found = _YEARS.search(block.text[:300])
    if found is None:
        return None
    rest = block.text[: found.start()] + block.text[found.end() :]
    says_more = bool(_BESIDE_YEARS.sub("", rest).strip(" :,.–—-()|")) and fold(block.text) != fold(title)
    return None if says_more else years_of(found[0])


def _motto(block: Block) -> str:
    """A short line in quotation marks or all in italics."""
    if block.form is Form.ROW or len(block.text.split()) > _MOST_MOTTO or dates_in(block.text):
        return ""
    if quoted := _QUOTED.fullmatch(block.text):
        return quoted["words"].strip()
    italic = block.italic and len(block.text.split()) > 1
    return "" if not italic or _names_something(block.text) or _NOT_A_MOTTO.search(block.text) else block.text


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
    return text if is_line and not _names_something(text) else ""


def _names_something(text: str) -> bool:
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
