"""What is missing in a plan, or does not fit together: what a careful reader would ask about.

Nothing here is a mistake for certain; each finding names an element and says what is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import count

from planstudio.domain.agenda import MeetingCard, dealt_with
from planstudio.domain.board_time import day_of
from planstudio.domain.cards import GoalCard, MeasureCard, PlanBook, StrategyCard
from planstudio.domain.kinds import Direction, Worded
from planstudio.domain.progress import ENDED, outdated
from planstudio.domain.reviews import add_months
from planstudio.domain.room import contradictions
from planstudio.i18n import N_, _
from planstudio.richtext import plain

_AGENDA_MONTHS = 12
_SHORTEST, _LONGEST, _ALIKE = 12, 2_000, 0.85  # of texts that say nearly the same
_MOST_COMPARED = 400


class Gap(Worded):
    NO_OWNER = "no owner", N_("Nobody looks after it")
    NO_BASELINE = "no baseline", N_("Measures without a baseline")
    NO_TARGET = "no target", N_("Measures without a target")
    NO_FIGURES = "no figures", N_("Measures without a figure")
    NEVER_UPDATED = "never updated", N_("Never updated")
    OUTDATED = "outdated", N_("Last update more than four months old")
    NO_MEASURES = "no measures", N_("Goals without measures")
    NO_POLICIES = "no policies", N_("Goals without policies")
    NO_STRATEGIES = "no strategies", N_("Goals without strategies")
    NOT_ON_AGENDA = "not on an agenda", N_("Strategies on no agenda in twelve months")
    DOUBTFUL = "hardly holds together", N_("Hardly holds together")
    ALIKE = "nearly the same", N_("Nearly the same words twice")
    EMPTY = "empty", N_("Statements and entries without words")


_SHORT = {Gap.NO_OWNER: N_("no owner"), Gap.NO_BASELINE: N_("no baseline"), Gap.NO_TARGET: N_("no target")}


def short(gaps: Sequence[Gap]) -> str:
    """What an element lacks, for a line beside it: "no owner, no target"."""
    return ", ".join(_(_SHORT[gap]) for gap in gaps)


@dataclass(frozen=True)
class Finding:
    """A gap at an element; *other* is a second element, or what is asked, *on* a day that matters."""

    gap: Gap
    table: str
    id: str
    number: str
    name: str
    other: str = ""
    on: date | None = None


def findings(book: PlanBook, meetings: Sequence[MeetingCard]) -> list[Finding]:
    """Every gap, those of a kind together."""
    found = [*_elements(book), *_measures(book), *_agenda(book, meetings), *_statements(book)]
    found += [*_contradictions(meetings), *_codes(book)]
    found += [Finding(Gap.DOUBTFUL, one.table, one.id, one.number, one.name, other=one.words) for one in book.doubts]
    order = list(Gap)
    return sorted(found, key=lambda finding: order.index(finding.gap))


def _elements(book: PlanBook) -> Iterator[Finding]:
    for goal in book.goals:
        yield from _element("goal", goal, goal.owner, book.today)
        yield from (Finding(gap, "goal", goal.id, goal.number, goal.name) for gap in _without(goal))
        for strategy in goal.strategies:
            yield from _element("strategy", strategy, strategy.owner or strategy.department, book.today)


def _element(table: str, one: GoalCard | StrategyCard, owner: str, today: date) -> Iterator[Finding]:
    if not owner:
        yield Finding(Gap.NO_OWNER, table, one.id, one.number, one.name)
    if one.status not in ENDED and outdated(one, today):
        gap = Gap.OUTDATED if one.updated_on else Gap.NEVER_UPDATED
        yield Finding(gap, table, one.id, one.number, one.name, on=one.updated_on)


def _without(goal: GoalCard) -> Iterator[Gap]:
    """What neither a goal nor any of its strategies has."""
    if not goal.measures and not any(strategy.measures for strategy in goal.strategies):
        yield Gap.NO_MEASURES
    if not goal.policies and not any(strategy.policies for strategy in goal.strategies):
        yield Gap.NO_POLICIES
    if not goal.strategies:
        yield Gap.NO_STRATEGIES


def _measures(book: PlanBook) -> Iterator[Finding]:
    for goal in book.goals:
        cards: tuple[GoalCard | StrategyCard, ...] = (goal, *goal.strategies)
        for card in cards:
            for measure in card.measures:
                for gap in _missing(measure):
                    yield Finding(gap, "measure", measure.id, card.number, measure.name)


def _missing(measure: MeasureCard) -> Iterator[Gap]:
    if measure.baseline is None:
        yield Gap.NO_BASELINE
    banded = measure.direction is Direction.BAND
    if measure.band_low is None and measure.band_high is None if banded else measure.target is None:
        yield Gap.NO_TARGET
    if measure.newest is None:
        yield Gap.NO_FIGURES


def _agenda(book: PlanBook, meetings: Sequence[MeetingCard]) -> Iterator[Finding]:
    """Strategies that no agenda of the last twelve months is linked to; without meetings nothing can be said."""
    since = add_months(book.today, -_AGENDA_MONTHS)
    recent = [meeting for meeting in meetings if (day := day_of(meeting)) and since <= day]
    if not recent:
        return
    seen = {link.row_id for meeting in recent for item in dealt_with(meeting.items()) for link in item.links}
    for strategy in book.strategies():
        if strategy.id not in seen and strategy.status not in ENDED:
            yield Finding(Gap.NOT_ON_AGENDA, "strategy", strategy.id, strategy.number, strategy.name)


def _contradictions(meetings: Sequence[MeetingCard]) -> Iterator[Finding]:
    """What the record of a meeting tells in two ways; *other* says why."""
    for meeting in meetings:
        day = f"{meeting.start:%Y-%m-%d}" if meeting.start else ""
        for words in contradictions(meeting):
            yield Finding(Gap.DOUBTFUL, "meeting", meeting.id, day, meeting.name, other=words)


def _codes(book: PlanBook) -> Iterator[Finding]:
    """Codes that two copies gave at once: each but the first, with a code that is free."""
    taken = {policy.code for policy in book.policies}
    seen: dict[str, str] = {}
    for policy in book.policies:
        if policy.code and policy.code in seen:
            free = next(code for n in count(2) if (code := f"{policy.code}-{n}") not in taken)
            taken.add(free)
            words = _("“{other}” has the code {code}, too. {free} is free.")
            words = words.format(other=seen[policy.code], code=policy.code, free=free)
            yield Finding(Gap.DOUBTFUL, "policy", policy.id, policy.code, policy.title, other=words)
        seen.setdefault(policy.code, policy.title)


def _statements(book: PlanBook) -> Iterator[Finding]:
    if book.plan.goals_heading and not book.goals:
        yield Finding(Gap.EMPTY, "plan", book.plan.id, "", book.plan.goals_heading)
    for statement in book.statements:
        if not statement.lead and not statement.body and not statement.items:
            yield Finding(Gap.EMPTY, "statement", statement.id, "", statement.name)
        entries = [(item.id, item.name, plain(f"{item.title} {item.text}")) for item in statement.items]
        for ident, _shown, text in entries:
            if not text:
                yield Finding(Gap.EMPTY, "statement_item", ident, "", statement.name)
        yield from _alike("statement_item", entries)
    yield from _alike("strategy", [(s.id, s.name, plain(f"{s.title} {s.text}")) for s in book.strategies()])


def _alike(table: str, entries: Sequence[tuple[str, str, str]]) -> Iterator[Finding]:
    """Texts that say nearly the same; the later one is named."""
    folded = [" ".join(text.casefold().split())[:_LONGEST] for _id, _name, text in entries[:_MOST_COMPARED]]
    for later, text in enumerate(folded):
        matcher = SequenceMatcher(None, "", text, autojunk=False)
        earlier = range(later) if len(text) >= _SHORTEST else ()
        twin = next((entries[at] for at in earlier if _is_alike(matcher, folded[at])), None)
        if twin is not None:
            ident, name, _text = entries[later]
            yield Finding(Gap.ALIKE, table, ident, "", name, other=twin[1])


def _is_alike(matcher: SequenceMatcher[str], other: str) -> bool:
    matcher.set_seq1(other)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
