"""Findings grouped by what a person would do: one line an advice, with how many, what, where and one verb."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from planstudio.domain.kinds import Access
from planstudio.domain.leaks import Clearance, Leak, answered, unanswered
from planstudio.domain.preflight import Finding, Weight
from planstudio.i18n import _, ngettext

_NAMED = 2  # places that are named; the rest is counted


class Group(StrEnum):
    """How much an advice weighs."""

    MUST = "must"
    SHOULD = "should"
    KNOW = "know"
    SETTLED = "settled"


_GROUPS = {Weight.MUST: Group.MUST, Weight.SHOULD: Group.SHOULD, Weight.FINE: Group.KNOW}


@dataclass(frozen=True)
class Advice:
    group: Group
    code: str
    title: str
    where: str
    count: int
    verb: str = ""
    findings: tuple[Finding, ...] = ()
    leaks: tuple[Leak, ...] = ()
    answers: tuple[tuple[Leak, Clearance], ...] = ()


def advices(findings: Iterable[Finding], leaks: Sequence[Leak], clearances: Sequence[Clearance]) -> tuple[Advice, ...]:
    """What to do, the heaviest first: leaks, what somebody should look at, what is good to know, what is settled."""
    made: list[Advice] = []
    open_ones, settled = unanswered(leaks, clearances), answered(leaks, clearances)
    if open_ones:
        title = leak_title(open_ones[0])
        made.append(Advice(Group.MUST, "leak", title, _leak_places(open_ones), len(open_ones), leaks=open_ones))
    by_code: dict[tuple[Group, str], list[Finding]] = defaultdict(list)
    for one in findings:
        by_code[_GROUPS[one.weight], one.code or one.words].append(one)
    for (group, code), rows in by_code.items():
        alone = len(rows) == 1
        title = titles().get(code, rows[0].words)
        where = ("" if title == rows[0].words else rows[0].words) if alone else places(row.place for row in rows)
        verb = rows[0].help if rows[0].fix else ""
        made.append(Advice(group, code, title, where, sum(row.count for row in rows), verb, tuple(rows)))
    if settled:
        title, verb = _("Not a leak"), _("Look again")
        said = places(f"“{leak.words[:40]}”: {why.reason.rstrip('.')}" for leak, why in settled)
        made.append(Advice(Group.SETTLED, "settled", title, said, len(settled), verb, answers=settled))
    return tuple(sorted(made, key=lambda one: tuple(Group).index(one.group)))


def leak_title(leak: Leak) -> str:
    """What is said above a leak."""
    if leak.access is Access.CLOSED:
        return _("Words of a closed item on an open page")
    return _("Words of an administrative item on a public page")


def titles() -> dict[str, str]:
    """What each advice is called, however often it is given."""
    return {
        "title": _("Items without a title"),
        "motion": _("Items without a recommended motion"),
        "ground": _("Closed items that name no law"),
        "access": _("Closed sessions that everybody can read"),
        "returned": _("Returned items that wait for an answer"),
        "submitted": _("Submitted items that are not accepted yet"),
        "minutes": _("Items without a time"),
        "trouble": _("Files that cannot be included"),
        "picture": _("Pictures without a description"),
        "scan": _("Pages that are pictures of paper"),
        "tags": _("Files without structure for reading aloud"),
        "notes": _("Files that were changed to be included"),
        "typed": _("Names of withheld items in open ones"),
        "unread": _("Files that cannot be looked through"),
    }


def places(names: Iterable[str]) -> str:
    """ "2A, 2B and 3 more"."""
    rows = [name for name in dict.fromkeys(names) if name]
    named, more = ", ".join(rows[:_NAMED]), len(rows) - _NAMED
    if more <= 0:
        return named
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=named, n=more)


def summary(made: Sequence[Advice]) -> str:
    """ "46 findings with 9 pieces of advice. 1 must be mended or explained; nothing else keeps you from posting."."""
    counts = [one.count for one in made if one.group is not Group.SETTLED]
    findings = ngettext("{n} finding", "{n} findings", sum(counts)).format(n=sum(counts))
    pieces = ngettext("{n} piece of advice", "{n} pieces of advice", len(counts)).format(n=len(counts))
    said = _("{findings} with {pieces}.").format(findings=findings, pieces=pieces)
    held = sum(one.count for one in made if one.leaks)
    if not held:
        return f"{said} {_('Nothing keeps you from posting.')}"
    keeps = ngettext(
        "{n} must be mended or explained; nothing else keeps you from posting.",
        "{n} must be mended or explained; nothing else keeps you from posting.",
        held,
    )
    return f"{said} {keeps.format(n=held)}"


def _leak_places(leaks: Sequence[Leak]) -> str:
    if len(leaks) > 1:
        return places(leak.withheld.item for leak in leaks)
    withheld, shown = leaks[0].withheld, leaks[0].shown
    page = _("page {page}").format(page=shown.page) if shown.page else shown.title
    return _("{item}, and {page}").format(item=f"{withheld.item} {withheld.title}".strip(), page=page)
