"""Goals with their strategies and measures, from sections.

A goal is found by its label ("Goal 2: …", "Direction IV"), by a sentence that
says so ("Our goal is …"), as a column of a table, or else as an entry under a
heading like "Our Priorities". Labels win: where a document has any, entries of
unlabelled lists are captions. A title or description that comes back on a later
page reopens its goal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planstudio.domain.recognised import RecognisedGoal, RecognisedItem, RecognisedLine, Remark
from planstudio.exchange.recognise.above_goals import Container, lines_above
from planstudio.exchange.recognise.blocks import Block, Form, Rank, Run, fold, plain
from planstudio.exchange.recognise.goal_drafts import GoalDraft, Origin, label_of, sub_label_of
from planstudio.exchange.recognise.goal_tables import GoalTable
from planstudio.exchange.recognise.items import item
from planstudio.exchange.recognise.outline import Section, heading_text
from planstudio.exchange.recognise.particulars import apart, is_label, particulars
from planstudio.exchange.recognise.remarks import left_out
from planstudio.exchange.recognise.statement_body import is_foreign
from planstudio.exchange.recognise.wording import IN_A_GOAL, STATEMENTS, Topic, topic_of
from planstudio.exchange.recognise.wrapping import ends

_GOAL_IS = re.compile(r"(?:Our|The) goals? (?:is|are|for)\b", re.I)
_MOST_WORDS = 45  # of a paragraph that is a goal by itself


@dataclass
class FoundGoals:
    """The goals, the announced but empty sections, and what was passed over inside."""

    goals: list[RecognisedGoal] = field(default_factory=list)
    empty: list[Section] = field(default_factory=list)
    missing: list[Section] = field(default_factory=list)  # those of them that are kept apart from the goals
    remarks: list[Remark] = field(default_factory=list)
    assigned: list[str] = field(default_factory=list)  # words that became owners and days
    groups: set[int] = field(default_factory=set)  # sections that only divide a goal, whatever their headings say
    above: list[RecognisedLine] = field(default_factory=list)  # what is said over all of them


def goals(parts: Sequence[Section]) -> FoundGoals:
    """The goals of a document."""
    reader = _GoalReader()
    for at, section in enumerate(parts):
        reader.read(at, section)
    return reader.result()


class _GoalReader:
    def __init__(self) -> None:
        self._goals: list[GoalDraft] = []
        self._known: dict[str, GoalDraft] = {}
        self._current: GoalDraft | None = None
        self._container: Section | None = None
        self._containers: list[Container] = []
        self._mode = Topic.NONE
        self._table = GoalTable()
        self._passed: list[tuple[GoalDraft, Block]] = []
        self._groups: set[int] = set()

    def result(self) -> FoundGoals:
        kept = [goal for goal in self._goals if goal.worded]
        if any(goal.origin is not Origin.LISTED for goal in kept):
            kept = [goal for goal in kept if goal.origin is not Origin.LISTED]
        heads = [head for goal in kept if (head := goal.over_strategies)]
        above = lines_above(self._containers, heads if len(heads) == len(kept) else [])
        bare = [one.section for one in self._containers if one.bare]
        if not kept:  # the first section waits for the goals
            missing = [section for section in bare if section is not self._containers[0].section]
            return FoundGoals(above=above, empty=bare, missing=missing)
        measured = any(goal.is_measured for goal in kept)
        passed = [left_out([block.text], block.source) for goal, block in self._passed if goal in kept]
        return FoundGoals(
            [goal.made(objectives_are_measures=measured) for goal in kept],
            empty=bare,
            missing=bare,
            remarks=passed + [remark for goal in kept for remark in goal.remarks],
            assigned=[words for goal in kept for words in goal.assigned],
            groups=self._groups,
            above=above,
        )

    def read(self, at: int, section: Section) -> None:
        body = apart(section.body)
        if self._divides(section):
            self._groups.add(at)
            self._mode = Topic.NONE
        elif section.head is not None and (value := self._labelled_value(section.head, body)):
            body = [value, *body[1:]]
            self._mode = Topic.ACTIVITIES if body[0].form is Form.BULLET else self._mode
        elif section.head is not None:
            self._heading(section, section.head)
        listed = self._listed_paragraphs(body)
        for index, block in enumerate(body):
            if not is_foreign(block):
                self._block(block, index in listed)

    def _labelled_value(self, head: Block, body: Sequence[Block]) -> Block | None:
        """The first block under a label that stands alone ("Responsible:"), with the label before it."""
        label = heading_text(head).strip(" :")
        if not (self._current and self._current.worded and body and body[0].parts and is_label(heading_text(head))):
            return None
        first = body[0]
        joined = replace(first, parts=((Run(f"{label}: "), *first.parts[0]), *first.parts[1:]))
        return joined if particulars(joined) else None

    def _divides(self, section: Section) -> bool:
        """A heading deeper than its goal's that holds a word of the field by chance: "Our elementary mission"."""
        goal = self._current
        if goal is None or goal.origin is Origin.LISTED or section.topic not in STATEMENTS:
            return False
        return goal.rank < section.rank < Rank.LOOKS and topic_of(section.title.lower(), marked=False) is Topic.NONE

    def _heading(self, section: Section, head: Block) -> None:
        self._table.close()
        text = heading_text(head)
        labelled = label_of(text)
        if labelled:
            self._start(labelled[0], labelled[1], head, Origin.LABELLED, section.rank)
        elif self._current and (section.topic in IN_A_GOAL or sub_label_of(text)):
            self._sub_heading(self._current, section, head, text)
        elif section.topic is Topic.GOALS:
            self._current, self._container, self._mode = None, section, Topic.NONE
            self._containers.append(Container(section))
        elif section.topic in STATEMENTS or section.topic is Topic.SEVERAL:
            self._current = self._container = None
        else:
            self._other_heading(section, head, text)

    def _sub_heading(self, goal: GoalDraft, section: Section, head: Block, text: str) -> None:
        sub = sub_label_of(text)
        if sub and sub[1]:
            self._mode = sub[0]
            goal.add(sub[0], RecognisedItem(sub[1], source=head.source))
        else:
            self._mode = section.topic
            goal.note_heading(section.topic, text, head.source)

    def _other_heading(self, section: Section, head: Block, text: str) -> None:
        said = [block for block in section.body[:1] if block.form is Form.PARAGRAPH and _GOAL_IS.match(block.text)]
        if self._reopen(text):
            return
        if self._current and not self._current.title and not self._current.strategies:
            self._name(self._current, text, head)
        elif said and section.rank < Rank.TITLE_CASE:
            self._start("", section.title, head, Origin.SAID, section.rank)
        elif self._current and self._current.origin is not Origin.LISTED and section.rank > self._current.rank:
            self._mode = Topic.NONE
            self._current.cover(head)
        elif self._container and section.rank > self._container.rank and section.body:
            self._start("", section.title, head, Origin.LISTED, section.rank)
        elif not (self._current and section.rank > self._current.rank):
            self._current = self._container = None

    def _block(self, block: Block, listed: bool) -> None:
        if self._current and self._current.worded and (told := particulars(block)):
            self._current.assign(told, block)
        elif block.form is Form.ROW:
            self._row(block)
        elif len(block.text) < 600 and (labelled := label_of(block.text)):
            label, title = labelled
            if self._current and self._current.awaits(label):
                self._describe(self._current, title, block)
            else:
                self._start(label, title, block, Origin.LABELLED, Rank.LOOKS)
        elif not self._reopen(block.text):
            self._unlabelled(block, listed)

    def _unlabelled(self, block: Block, listed: bool) -> None:
        if block.form is Form.BULLET:
            self._bullet(block)
        elif listed and self._container and (self._current is None or self._current.origin is Origin.LISTED):
            self._start("", block.text, block, Origin.LISTED, Rank.TITLE_CASE)
        elif self._current:
            self._paragraph(self._current, block)
        elif self._container:
            self._containers[-1].note(block)

    def _paragraph(self, goal: GoalDraft, block: Block) -> None:
        text = block.text
        sub = sub_label_of(text)
        if sub and sub[1]:
            self._mode = sub[0]
            goal.add(sub[0], RecognisedItem(sub[1], source=block.source))
        elif topic_of(text, marked=False) in IN_A_GOAL and text.endswith(":"):
            self._mode = topic_of(text, marked=False)
        elif not goal.title:
            self._name(goal, text, block)
        elif self._mode in (Topic.STRATEGIES, Topic.OBJECTIVES, Topic.MEASURES):
            goal.add(self._mode, item(block))
        elif self._mode is Topic.NONE and not goal.description and not goal.strategies and not text.endswith(":"):
            self._describe(goal, text, block)
        elif self._mode is not Topic.ACTIVITIES:
            self._passed.append((goal, block))

    def _describe(self, goal: GoalDraft, text: str, block: Block) -> None:
        goal.description, goal.described = text, block.source
        goal.cover(block)
        self._known.setdefault(fold(text), goal)

    def _bullet(self, block: Block) -> None:
        goal = self._current
        sub = sub_label_of(block.text)
        if goal and goal.origin is Origin.LISTED and goal.bullet and block.level <= goal.depth:
            goal = None
        if goal is None:
            if self._container and block.text[:1].isupper():
                self._list_entry(block)
            elif self._container and self._containers[-1].notes:
                self._containers[-1].note(block)  # "A goal, to us, is an aim that may:" goes on in a list
            return
        if not goal.title:
            self._name(goal, block.text, block)
        elif sub and sub[1]:
            goal.add(sub[0], RecognisedItem(sub[1], source=block.source))
        elif self._mode is not Topic.ACTIVITIES:
            goal.add(self._mode if self._mode in IN_A_GOAL else Topic.STRATEGIES, item(block))

    def _list_entry(self, block: Block) -> None:
        made = item(block)
        name = made.title or made.text
        self._start(block.mark.strip(".)•-*~") if made.title else "", name, block, Origin.LISTED, Rank.TITLE_CASE)
        if self._current:
            self._current.description = made.text if made.title else ""
            self._current.bullet, self._current.depth = True, block.level

    def _row(self, block: Block) -> None:
        in_goals = self._container is not None or self._current is not None
        taken = self._table.take(block, in_goals=in_goals, current=self._current)
        for goal in self._table.started():
            self._enter(goal)
            self._current = None
            if goal.title:
                self._known.setdefault(fold(goal.title), goal)
        if not taken and self._current and len(block.cells) == 2:
            self._pair(self._current, block)

    def _pair(self, goal: GoalDraft, row: Block) -> None:
        """ "Strategies | …": a table that names the kind in its first column."""
        topic = topic_of(row.texts[0], marked=True)
        if topic in IN_A_GOAL - {Topic.ACTIVITIES}:
            for part in row.cells[1]:
                goal.add(topic, RecognisedItem(plain(part), source=row.source))

    def _start(self, label: str, title: str, block: Block, origin: Origin, rank: int) -> None:
        known = self._known.get(fold(title)) if title else None
        if known is not None and (not label or not known.label or fold(label) == fold(known.label)):
            self._current, self._mode = known, Topic.NONE
            return
        goal = GoalDraft(label, title, origin=origin, rank=rank)
        goal.cover(block)
        self._enter(goal)
        self._current, self._mode = goal, Topic.NONE
        if title and origin is not Origin.LISTED:
            self._known[fold(title)] = goal

    def _enter(self, goal: GoalDraft) -> None:
        self._goals.append(goal)
        if self._container:
            self._containers[-1].bare = False

    def _name(self, goal: GoalDraft, title: str, block: Block) -> None:
        goal.title = title.strip(" :")
        goal.cover(block)
        self._known.setdefault(fold(goal.title), goal)

    def _reopen(self, text: str) -> bool:
        """Whether *text* names a goal again; what follows then belongs to it."""
        goal = self._known.get(fold(text)) if len(text) < 1000 else None
        if goal is not None:
            self._current, self._mode = goal, Topic.NONE
        return goal is not None

    def _listed_paragraphs(self, body: Sequence[Block]) -> set[int]:
        """Lines without marks that are goals: short ones, or at least three single sentences."""
        if self._container is None or any(block.form is not Form.PARAGRAPH for block in body):
            return set()
        short = {i for i, block in enumerate(body) if len(block.text.split()) <= 10 and not ends(block.text)}
        if len(short) > 1:
            return short
        whole = all(5 < len(block.text.split()) <= _MOST_WORDS and block.text[-1] == "." for block in body)
        return set(range(len(body))) if whole and len(body) > 2 else set()
