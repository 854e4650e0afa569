"""What a document says against what a plan says already: same, new, or different.

Nothing that differs is taken by itself: the plan's words stay until somebody chooses the document's, or wants both.
Same means the same words after spaces, quotes and case. What a document does not mention stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import (
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedPolicy,
    RecognisedStatement,
)

_ALIKE = 0.85  # of two texts that say nearly the same
_KIN = 0.6  # of two statements of a kind that a district may have several of
_MOST = 2_000  # characters compared for likeness
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
# A district has one of each; another one is the same with other words.
_SINGLE = frozenset({StatementKind.MISSION, StatementKind.VISION, StatementKind.VALUES, StatementKind.BELIEFS})


class Standing(StrEnum):
    NEW = "new"  # the plan has nothing of it
    FILLS = "fills"  # the plan has it and lacks what the document says of it
    SAME = "same"
    DIFFERS = "differs"


class Wish(StrEnum):
    """What is to be done with words that differ."""

    KEEP = "keep"
    REPLACE = "replace"
    ADD = "add"


@dataclass(frozen=True)
class HeldText:
    """A strategy, measure or entry of a plan in words, with who carries it and when."""

    id: str
    words: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HeldStatement:
    id: str
    kind: StatementKind
    heading: str
    words: str
    adopted: bool = False


@dataclass(frozen=True)
class HeldGoal:
    id: str
    label: str
    title: str
    words: str
    facts: Mapping[str, str] = field(default_factory=dict)
    strategies: tuple[HeldText, ...] = ()
    measures: tuple[HeldText, ...] = ()


@dataclass(frozen=True)
class HeldPolicy:
    id: str
    title: str
    body: str
    adopted: bool = False


@dataclass(frozen=True)
class Held:
    """What a plan file says already, as far as a document may say it too, in words."""

    texts: Mapping[str, str] = field(default_factory=dict)  # of the district and the plan, by the document's names
    statements: tuple[HeldStatement, ...] = ()
    goals: tuple[HeldGoal, ...] = ()
    series: Mapping[str, HeldText] = field(default_factory=dict)  # by number
    policies: Mapping[str, HeldPolicy] = field(default_factory=dict)  # by code


@dataclass(frozen=True)
class Comparison:
    """One element of a document beside the plan's. `id` is the plan's element."""

    standing: Standing
    id: str = ""
    held: str = ""
    in_document: str = ""
    wishes: tuple[Wish, ...] = ()  # what may be chosen where it differs


_NEW = Comparison(Standing.NEW)  # also of the words of a plan that has none there
_ANY, _NO_OTHER, _NO_REPLACE = (Wish.KEEP, Wish.REPLACE, Wish.ADD), (Wish.KEEP, Wish.REPLACE), (Wish.KEEP, Wish.ADD)
Comparisons = dict[str, Comparison]
H = TypeVar("H")
F = TypeVar("F")


def key(part: str, *at: int) -> str:
    """What an element of a document is called here: its list and its place, from 0."""
    return " ".join((part, *map(str, at)))


def folded(text: str) -> str:
    """*text* for telling whether it is the same: spaces, quotes and case do not count."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).casefold().split())


def compare(found: Recognised, held: Held) -> Comparisons:
    """How each element of *found* stands to what is *held*, by its key."""
    return dict(_compared(found, held))


def differing(compared: Comparisons) -> Comparisons:
    """What waits for a choice."""
    return {name: one for name, one in compared.items() if one.standing is Standing.DIFFERS}


def _compared(found: Recognised, held: Held) -> Iterator[tuple[str, Comparison]]:
    for name, words in texts_of(found).items():
        was = held.texts.get(name, "")
        inside = name == "adopted" and was.startswith(words)  # of a day the document may name the month alone
        compared = _named("", was, words) if was else _NEW
        yield name, Comparison(Standing.SAME) if inside and was else compared
    matched = _matched(found.statements, held.statements, _STATEMENTS_ALIKE)
    for at, one in enumerate(found.statements):
        yield key("statements", at), _statement(one, matched.get(at))
    known = {folded(statement.heading): statement for statement in held.statements}
    for at, one in enumerate(found.missing):
        twin = known.get(folded(one.heading))
        yield key("missing", at), Comparison(Standing.SAME, twin.id) if twin else _NEW
    goals = _matched(found.goals, held.goals, _GOALS_ALIKE)
    for at, goal in enumerate(found.goals):
        yield from _goal(at, goal, goals.get(at))
    for at, series in enumerate(found.series):
        title = held.series.get(series.number)
        yield key("series", at), _named(title.id, title.words, series.title) if title else _NEW
    for part in ("policy_index", "policies"):
        for at, policy in enumerate(getattr(found, part)):
            yield key(part, at), _policy(policy, held.policies.get(policy.number))


def texts_of(found: Recognised) -> dict[str, str]:
    """What a document says of the district and of the plan as a whole."""
    period = " – ".join(str(day) for day in (found.period_start, found.period_end) if day)
    texts = {
        "organization": found.organization, "plan_title": found.plan_title, "slogan": found.slogan,
        "adopted": found.adopted, "period": period,
    } | {line.field: line.text for line in found.above_goals}  # fmt: skip
    return {name: words for name, words in texts.items() if words}


def _named(ident: str, held: str, words: str) -> Comparison:
    if not words or folded(held) == folded(words):
        return Comparison(Standing.SAME, ident)
    return Comparison(Standing.DIFFERS if held else Standing.FILLS, ident, held, words, _NO_OTHER)


def statement_words(found: RecognisedStatement) -> str:
    """All that a statement of a document says under its heading, in the order in which a plan keeps it."""
    items = [f"{item.title} {item.whole}" if item.title else item.whole for item in found.items]
    return " ".join(filter(None, (found.question, *(found.paragraphs or (found.lead,)), *found.notes, *items)))


def _statement(found: RecognisedStatement, held: HeldStatement | None) -> Comparison:
    if held is None:
        return _NEW
    words = statement_words(found)
    if words and not held.words:
        return Comparison(Standing.FILLS, held.id)
    named = not found.heading or folded(found.heading) == folded(held.heading)
    if named and folded(words) == folded(held.words):
        return Comparison(Standing.SAME, held.id)
    wishes = _NO_REPLACE if held.adopted else _ANY
    return Comparison(Standing.DIFFERS, held.id, _under(held.heading, held.words), _under(found.heading, words), wishes)


def _under(heading: str, words: str) -> str:
    return f"{heading}: {words}" if heading else words


def _matched(found: Sequence[F], held: Sequence[H], tests: Sequence[Callable[[F, H], bool]]) -> dict[int, H]:
    """Pairs, each once: those of the first test before those of the next."""
    pairs: dict[int, H] = {}
    free = list(held)
    for test in tests:
        for at, one in enumerate(found):
            if at in pairs:
                continue
            twin = next((n for n, other in enumerate(free) if test(one, other)), None)
            if twin is not None:
                pairs[at] = free.pop(twin)
    return pairs


def alike(one: str, other: str, least: float = _ALIKE) -> bool:
    matcher = SequenceMatcher(None, folded(one)[:_MOST], folded(other)[:_MOST], autojunk=False)
    return matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least


def goal_words(found: RecognisedGoal) -> str:
    return " ".join(filter(None, (found.description, *found.notes)))


def item_words(found: RecognisedItem) -> str:
    return " ".join(filter(None, (found.title, found.whole, *found.notes)))


def measure_words(found: RecognisedItem) -> str:
    return f"{found.title}: {found.whole}" if found.title else found.whole


def facts_of(found: RecognisedGoal | RecognisedItem) -> dict[str, str]:
    """Who carries it and when, where the document says so."""
    start = found.start if isinstance(found, RecognisedItem) else None
    facts = {"owner": found.owner, "start": str(start or ""), "due": str(found.due or "")}
    return {name: value for name, value in facts.items() if value}


def _goal(at: int, found: RecognisedGoal, held: HeldGoal | None) -> Iterator[tuple[str, Comparison]]:
    label = found.label if held is not None and held.label else ""
    words = " ".join(filter(None, (label, found.title, goal_words(found))))
    was = " ".join(filter(None, (held.label if label else "", held.title, held.words))) if held else ""
    yield key("goals", at), _worded(held.id, was, words, held.facts, facts_of(found)) if held else _NEW
    for part, said, entries, known in (
        ("strategies", item_words, found.strategies, held.strategies if held else ()),
        ("measures", measure_words, found.measures, held.measures if held else ()),
    ):
        texts = [said(entry) for entry in entries]
        twins = _matched(texts, known, _TEXTS_ALIKE)
        for n, (entry, words) in enumerate(zip(entries, texts, strict=True)):
            twin = twins.get(n)
            compared = _worded(twin.id, twin.words, words, twin.facts, facts_of(entry)) if twin else _NEW
            yield f"{key('goals', at)} {key(part, n)}", compared


def _worded(ident: str, held: str, words: str, known: Mapping[str, str], facts: Mapping[str, str]) -> Comparison:
    """Words with who and when: another owner or day is a difference, one that the plan lacks fills it."""
    other = any(known.get(name) and folded(known[name]) != folded(value) for name, value in facts.items())
    if folded(held) == folded(words) and not other:
        lacks = any(not known.get(name) for name in facts)
        return Comparison(Standing.FILLS if lacks else Standing.SAME, ident)
    was, now = (" · ".join((text, *filter(None, said.values()))) for text, said in ((held, known), (words, facts)))
    return Comparison(Standing.DIFFERS, ident, was, now, _ANY)


def _policy(found: RecognisedPolicy, held: HeldPolicy | None) -> Comparison:
    if held is None:
        return _NEW
    named = not found.title or not held.title or folded(found.title) == folded(held.title)
    told = not found.body or not held.body or folded(found.body) == folded(held.body)
    if named and told:
        lacks = (found.title and not held.title) or (found.body and not held.body)
        return Comparison(Standing.FILLS if lacks else Standing.SAME, held.id)
    wishes = (Wish.KEEP,) if held.adopted else _NO_OTHER
    was, now = (held.title, found.title) if told else (held.body, found.body)
    return Comparison(Standing.DIFFERS, held.id, was, now, wishes)


# Which element of the plan each of the document is: the surest sign comes first.
_STATEMENTS_ALIKE: tuple[Callable[[RecognisedStatement, HeldStatement], bool], ...] = (
    lambda one, other: one.kind is other.kind and folded(statement_words(one)) == folded(other.words),
    lambda one, other: bool(one.heading) and folded(one.heading) == folded(other.heading),
    lambda one, other: (
        one.kind is other.kind and (one.kind in _SINGLE or alike(statement_words(one), other.words, _KIN))
    ),
)
_GOALS_ALIKE: tuple[Callable[[RecognisedGoal, HeldGoal], bool], ...] = (
    lambda one, other: folded(one.title) == folded(other.title),
    lambda one, other: alike(one.title, other.title) or (bool(goal_words(one)) and alike(goal_words(one), other.words)),
    lambda one, other: bool(re.search(r"\d|\w{3}", one.label)) and folded(one.label) == folded(other.label),
)
_TEXTS_ALIKE: tuple[Callable[[str, HeldText], bool], ...] = (
    lambda one, other: folded(one) == folded(other.words),
    lambda one, other: alike(one, other.words),
)
