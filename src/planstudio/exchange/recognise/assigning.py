"""What lines on who and when give: an owner, first and last day; what fits no field stays a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from planstudio.domain.dates import Doubt, End, read, why_not
from planstudio.domain.recognised import Lines, Remark, RemarkKind
from planstudio.exchange.recognise.particulars import Kind, Particular, is_name
from planstudio.exchange.recognise.periods import Period, period_of
from planstudio.i18n import _, long_date


@dataclass(frozen=True)
class Said:
    owner: str = ""
    start: date | None = None
    due: date | None = None
    notes: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def said(before: Said, particulars: Sequence[Particular], source: Lines, *, starts: bool = True) -> Said:
    """*before* with *particulars*; *starts* where there is a place for a first day."""
    made = before
    for one in particulars:
        if one.kind is Kind.OWNER:
            taken = replace(made, owner=one.value) if not made.owner and is_name(one.value) else None
        else:
            taken = _timed(made, one, source, starts)
        made = taken or _noted(made, one, source)
    return made


def _timed(made: Said, one: Particular, source: Lines, starts: bool) -> Said | None:
    """*made* with the days of *one*; None where they are not told, taken already, or would be lost in part."""
    period = period_of(one.value)
    if period is None:
        return None
    start, due = _days(one.kind, period, starts)
    if (start and (made.start or not starts)) or (due and made.due):
        return None
    begin, end = start or made.start, due or made.due
    if begin and end and begin > end:
        return None
    remarks = (*made.remarks, taken_as(one.words, (start, due), source)) if period.loose else made.remarks
    return replace(made, start=begin, due=end, remarks=remarks)


def taken_as(text: str, days: Sequence[date | None], source: Lines) -> Remark:
    """A remark that *text* was taken as *days* that it does not name itself."""
    told = _("“{text}” was taken as: {days}. Correct the days where others are meant.")
    shown = " – ".join(long_date(day) for day in days if day)
    return Remark(RemarkKind.TAKEN_AS, told.format(text=text, days=shown), source)


def _days(kind: Kind, period: Period, starts: bool) -> tuple[date | None, date | None]:
    if period.span or not (period.start and period.due):
        return period.start, period.due
    if kind is Kind.START:
        return period.start, None
    within = kind is Kind.TIME and starts and not period.day
    return (period.start if within else None), period.due


def _noted(made: Said, one: Particular, source: Lines) -> Said:
    told, why, when = _("“{text}” fits no field and stays a line of the text."), "", read(one.value)
    if one.kind is not Kind.OWNER and when.doubt not in (None, Doubt.NO_DATE):
        told, why = _("“{text}” stays a line of the text: {why}."), why_not(when, End.LAST)
    remark = Remark(RemarkKind.TAKEN_AS, told.format(text=one.words, why=why), source)
    return replace(made, notes=(*made.notes, one.words), remarks=(*made.remarks, remark))
