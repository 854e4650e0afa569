"""A goal while it is read, and the labels by which goals and their parts are known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto

from planstudio.domain.recognised import Lines, RecognisedGoal, RecognisedItem, Remark
from planstudio.exchange.recognise.assigning import Said, said
from planstudio.exchange.recognise.blocks import Block
from planstudio.exchange.recognise.particulars import Particular
from planstudio.exchange.recognise.wording import Topic

_NUMBER = (
    r"(?:\d{1,2}(?!\d|\.\d|[-–/]\d|%)|[IVX]{1,4}\b|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\b"
    r"|[A-H](?=\s*[:.)–—-]|\s*$))"
)
_LABEL = re.compile(
    rf"(?P<label>(?:(?:strategic|district|school|board|key|academic|student|core)\s+){{0,2}}"
    rf"(?:goal(?:\s+area)?|priority(?:\s+area)?|pillar|direction|focus(?:\s+area)?|theme|imperative|aim|anchor"
    rf"|strategic\s+objective)\s*(?:#|no\.?\s*)?\s*{_NUMBER})(?P<sep>\s*[:.)–—-]+\s*|\s+|$)(?P<title>.*)",
    re.I | re.S,
)
_BARE_LABEL = re.compile(r"(?P<label>(?:Strategic |District |School )?(?:Goal|GOAL))\s*:\s*(?P<title>.*)", re.S)
_SUB = re.compile(
    r"(?P<kind>objective|strategy|action(?:\s+step)?|measure|metric|indicator|kpi|outcome|activity|target|initiative|goal)s?"
    r"\s*#?\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}[a-z]?|[A-Z](?=[:.)]))?\s*(?P<sep>[:.)–—-]?)\s+(?P<text>.*)",
    re.I | re.S,
)
_KINDS = {
    "strategy": Topic.STRATEGIES, "initiative": Topic.STRATEGIES, "goal": Topic.STRATEGIES, "action": Topic.STRATEGIES,
    "objective": Topic.OBJECTIVES, "outcome": Topic.OBJECTIVES, "activity": Topic.ACTIVITIES,
}  # fmt: skip
_PRIORITY = re.compile(r"((?:\S+ )?priority)\s+strateg", re.I)
_MEASURED = re.compile(r"\bmeasured by\b|\d\s?%|\bpercent", re.I)
_NOTHING = re.compile(r"(?:n/?a|none|tbd|not applicable)\b", re.I)


def priority_in(heading: str) -> str:
    """The class that a heading over strategies says they are of: "High priority"; "" for none."""
    found = _PRIORITY.search(heading)
    return found[1] if found else ""


class Origin(Enum):
    LABELLED = auto()
    SAID = auto()  # "Our goal is …"
    LISTED = auto()  # an entry under "Our Goals"


def label_of(text: str) -> tuple[str, str] | None:
    """Label and title of a line like "Goal 2: Safe Schools"; the title may still follow on its own line."""
    found = _LABEL.match(text) or _BARE_LABEL.match(text)
    if not found:
        return None
    title = found["title"].strip()
    if _NOTHING.match(title) or (title and not title[0].isupper() and not re.search(r"[:.)–—-]", found["sep"] or "")):
        return None
    return " ".join(found["label"].split()), title.strip(" :–—-") if title else ""


def sub_label_of(text: str) -> tuple[Topic, str] | None:
    """Kind and text of a line like "Strategy 1.2: Train every …"."""
    found = _SUB.match(text[:600])
    if not found or not (found["number"] or found["sep"]):
        return None
    kind = found["kind"].lower().split()[0]
    if kind == "goal" and not (found["number"] and "." in found["number"]):
        return None
    return _KINDS.get(kind, Topic.MEASURES), text[found.start("text") :].strip()


@dataclass(eq=False)
class GoalDraft:
    label: str
    title: str
    description: str = ""
    strategies: list[RecognisedItem] = field(default_factory=list)
    objectives: list[RecognisedItem] = field(default_factory=list)
    measures: list[RecognisedItem] = field(default_factory=list)
    priority: str = ""
    over_strategies: tuple[str, Lines] | None = None
    origin: Origin = Origin.LABELLED
    rank: int = 0
    bullet: bool = False
    depth: int = 0
    first: int = 0
    last: int = 0
    described: Lines | None = None
    owner: str = ""
    due: date | None = None
    notes: tuple[str, ...] = ()
    remarks: list[Remark] = field(default_factory=list)
    assigned: list[str] = field(default_factory=list)  # the lines on who and when, whole and in their parts

    @property
    def worded(self) -> bool:
        return bool(self.title or self.description or self.strategies)

    @property
    def is_measured(self) -> bool:
        """Whether its objectives say by how much."""
        return any(_MEASURED.search(entry.whole) for entry in self.objectives)

    def awaits(self, label: str) -> bool:
        """Whether a bare "Goal:" only words this numbered one ("Pillar 2 – Talent")."""
        numbered = self.origin is Origin.LABELLED and self.label.split()[-1:] != ["Goal"]
        return numbered and label.split()[-1].lower() == "goal" and bool(self.title) and not self.has_content

    @property
    def has_content(self) -> bool:
        return bool(self.description or self.strategies or self.objectives or self.measures)

    def cover(self, block: Block) -> None:
        """Count *block*'s lines among its own. A goal taken up again later keeps its first place."""
        self.first = self.first or block.source.first
        self.last = max(self.last, block.source.last)

    def add(self, topic: Topic, entry: RecognisedItem) -> None:
        kept = {Topic.OBJECTIVES: self.objectives, Topic.MEASURES: self.measures}.get(topic, self.strategies)
        if topic is not Topic.ACTIVITIES and entry.whole:
            kept.append(entry)
            self.last = max(self.last, entry.source.last)

    def assign(self, particulars: Sequence[Particular], block: Block) -> None:
        """Give the newest strategy, or before the first one the goal itself, its owner and its days."""
        source = block.source
        lists = [entries for entries in (self.strategies, self.objectives) if entries]
        newest = max(lists, key=lambda entries: entries[-1].source.first, default=None)
        if newest is None:
            made = said(Said(self.owner, due=self.due, notes=self.notes), particulars, source, starts=False)
            self.owner, self.due, self.notes = made.owner, made.due, made.notes
        else:
            entry = newest[-1]
            made = said(Said(entry.owner, entry.start, entry.due, entry.notes), particulars, source)
            newest[-1] = replace(entry, owner=made.owner, start=made.start, due=made.due, notes=made.notes)
        self.remarks += made.remarks
        self.assigned += [block.text, *(words for one in particulars for words in (one.value, one.words))]
        self.last = max(self.last, source.last)

    def note_heading(self, topic: Topic, heading: str, source: Lines) -> None:
        """What stands over its strategies, and the class that they are of by these words."""
        if topic in (Topic.STRATEGIES, Topic.OBJECTIVES) and self.over_strategies is None:
            self.over_strategies = (heading, source)
        self.priority = priority_in(heading) or self.priority

    def made(self, *, objectives_are_measures: bool) -> RecognisedGoal:
        """The goal. Its objectives are strategies, unless strategies stand beside them and they are measured."""
        beside = bool(self.strategies) and objectives_are_measures
        in_order = sorted([*self.objectives, *self.strategies], key=lambda entry: entry.source.first)
        return RecognisedGoal(
            label=self.label,
            title=self.title or self.description,
            description=self.description if self.title else "",
            strategies=tuple(self.strategies if beside else in_order),
            measures=tuple([*self.objectives, *self.measures] if beside else self.measures),
            priority=self.priority,
            source=Lines(self.first, self.last),
            owner=self.owner,
            due=self.due,
            notes=self.notes,
            description_source=(self.described or Lines(0, 0)) if self.title else Lines(0, 0),
        )
