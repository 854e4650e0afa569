"""What a plan's cover says besides its title: when it was adopted and for which years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planstudio.domain.recognised import Remark, RemarkKind
from planstudio.exchange.recognise.blocks import Block, Form, fold
from planstudio.exchange.recognise.goal_drafts import label_of
from planstudio.exchange.recognise.outline import Section
from planstudio.exchange.recognise.periods import Period, years_of
from planstudio.exchange.recognise.policy_dates import dates_in, dates_of, is_dated_line
from planstudio.exchange.recognise.titles import names_something
from planstudio.exchange.recognise.wording import Topic
from planstudio.i18n import _, long_date

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
    period: Period | None = None
    motto: str = ""
    taken: tuple[Block, ...] = ()
    remarks: tuple[Remark, ...] = ()


def opening(parts: Sequence[Section], title: str, slogan: str) -> Opening:
    """What stands above the first statement or goal; a date of adoption may stand at the very end as well."""
    cover = _cover(parts)
    everything = [block for part in parts for block in part.body]
    adopted = next((block for block in (*cover, *everything[-_CLOSING:]) if _adoption(block)), None)
    years = next((block for block in cover if _period(block, title)), None)
    period = _period(years, title) if years else None
    motto = next((block for block in cover if _motto(block)), None) if not slogan else None
    remarks = []
    if years and period:
        told = _("“{text}” was taken as: {days}. Correct the days where others are meant.")
        days = " – ".join(long_date(day) for day in (period.start, period.due) if day)
        words = _YEARS.search(years.text)
        remarks = [Remark(RemarkKind.TAKEN_AS, told.format(text=words[0] if words else "", days=days), years.source)]
    return Opening(
        _adoption(adopted) if adopted else "",
        period,
        _motto(motto) if motto else slogan,
        tuple(block for block in (adopted, years, motto) if block),
        tuple(remarks),
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
    bare = _BESIDE_YEARS.sub("", rest).strip(" :,.–—-()|")
    if fold(block.text) != fold(title) and bare:
        return None
    return years_of(found[0])


def _motto(block: Block) -> str:
    """A short line in quotation marks or all in italics."""
    if block.form is Form.ROW or len(block.text.split()) > _MOST_MOTTO or dates_in(block.text):
        return ""
    if quoted := _QUOTED.fullmatch(block.text):
        return quoted["words"].strip()
    runs = [run for part in block.parts for run in part if run.text.strip()]
    italic = bool(runs) and all(run.italic for run in runs) and len(block.text.split()) > 1
    if not italic or names_something(block.text) or _NOT_A_MOTTO.search(block.text):
        return ""
    return block.text
