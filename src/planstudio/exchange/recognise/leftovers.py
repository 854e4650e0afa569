"""The lines that went nowhere: each is named in a remark, so that nothing is dropped in silence.

Whether a line was taken is told by its words: they stand in what was
recognised, or the line belongs to an element that is taken whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from planstudio.domain.recognised import Lines, Recognised, Remark
from planstudio.exchange.recognise.blocks import Block, Form, fold
from planstudio.exchange.recognise.goal_drafts import label_of, priority_in
from planstudio.exchange.recognise.particulars import kind_of
from planstudio.exchange.recognise.policy_codes import entry_of
from planstudio.exchange.recognise.policy_dates import dates_in, is_dated_line
from planstudio.exchange.recognise.policy_fields import field_named, labelled
from planstudio.exchange.recognise.remarks import left_out, page_lines_left_out
from planstudio.exchange.recognise.wording import IN_A_GOAL, Topic, topic_of

_LEAST_INSIDE = 5  # words; shorter texts stand in others by chance
_STRUCTURE = frozenset(
    {"contents", "table of contents", "policies", "policy index", "index of policies", "policy list"}
)
_MOST_BEGINNING = 200  # words of a taken text that a longer line may begin with
_LEAST_BEHIND = 3  # words behind the title of an index's entry
_MOST_LABEL = 3  # words before a text
_CONTENT = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Known:
    """What the builders say: lines remarked, words and blocks taken, and blocks in no field of their policy."""

    lines: Sequence[Lines]
    words: Sequence[str]
    used: Sequence[Block]
    unused: Sequence[Block]


def leftovers(
    found: Recognised, blocks: Sequence[Block], printed: Sequence[str], known: Known, front: Sequence[str] = ()
) -> list[Remark]:
    """A remark on each run of blocks that is in nothing of *found*, and one on the page's own lines.

    *printed* are the lines where each stands for itself (none of a web page's), *front* those of its front matter.
    """
    taken = _Taken(found, known, blocks)
    left = ((block, taken.rest(block)) for block in blocks)
    runs = (list(run) for is_left, run in groupby(left, key=lambda one: bool(one[1])) if is_left)
    remarks = [
        left_out([words for _block, words in run], Lines(run[0][0].source.first, run[-1][0].source.last))
        for run in runs
    ]
    told = [*(block.source for block in blocks), *(remark.source for remark in remarks)]
    seen = {line for lines in told for line in _each(lines)}
    page = [n for n, line in enumerate(front, 1) if not taken.says(line)]
    page += [n for n, line in enumerate(printed, 1) if n not in seen and _CONTENT.search(line)]
    return remarks + ([page_lines_left_out(page)] if page else [])


class _Taken:
    def __init__(self, found: Recognised, known: Known, blocks: Sequence[Block]) -> None:
        self._pieces = {words for text in (*_texts(found), *known.words) if (words := fold(text))}
        self._long = " | ".join(piece for piece in self._pieces if len(piece.split()) >= _LEAST_INSIDE)
        self._five = {five for piece in self._pieces for five in _fives(piece)}
        whole: list[Lines] = [*known.lines, *(s.source for s in found.series)]
        self._entries = {line: entry.title for entry in found.policy_index for line in _each(entry.source)}
        policies = (*found.policy_index, *found.policies)
        self._dates = {day for one in policies for day in (one.adopted, *one.revised, *one.reviewed)}
        self._bodies = " | ".join(fold(policy.body) for policy in found.policies)
        whole += [item.source for goal in found.goals for item in (*goal.strategies, *goal.measures)]
        whole += [item.source for statement in found.statements for item in statement.items]
        # A web page may hold everything in one line; there only the words can tell.
        crowded = {first for first, count in Counter(block.source.first for block in blocks).items() if count > 1}
        self._lines = {line for lines in whole for line in _each(lines)} - crowded
        # In these "Strategies:" is a caption over what was taken.
        self._goals = [goal.source for goal in found.goals if goal.strategies or goal.measures]
        self._priorities = {fold(goal.priority) for goal in found.goals} | {""}
        self._policies = [policy.source for policy in found.policies]
        self._whole = {_key(block) for block in known.used}
        self._untaken = {_key(block) for block in known.unused}

    def rest(self, block: Block) -> str:
        """What of *block* was not taken, as printed; "" where all was."""
        source = block.source
        if not _CONTENT.search(block.text) or source.first in self._lines or _key(block) in self._whole:
            return ""
        if _key(block) in self._untaken:
            return block.text
        if source.first in self._entries:
            return self._behind_title(block, self._entries[source.first])
        if any(policy.first <= source.first <= policy.last for policy in self._policies):
            return "" if self._is_in_policy(block) else block.text
        if block.form is not Form.ROW and self._holds(block.text):
            return ""
        return " ".join(left for text in block.texts if (left := self._left(text, self._captions(block))))

    def says(self, line: str) -> bool:
        """Whether the value of a "key: value" line was taken."""
        value = fold(line.partition(":")[2] or line.strip(" -"))
        return not value or value in self._pieces

    def _behind_title(self, block: Block, entry: str) -> str:
        """What an entry of an index says behind its title; the other cells of a row are its columns."""
        title = fold(entry)
        for text in block.texts if block.form is Form.ROW else [block.text]:
            words = fold(text)
            at = words.find(title)
            behind = words[at + len(title) :].split() if at >= 0 else []
            if len(behind) >= _LEAST_BEHIND and not dates_in(text):
                return block.text
        return ""

    def _is_in_policy(self, block: Block) -> bool:
        """Whether a line of a policy is in one of its fields: not a reading's day, nor a caption over references."""
        if fold(block.text) in self._bodies:
            return True
        if {day for _printed, day in dates_in(block.text[:2000])} - self._dates:
            return False
        if labelled(block) or is_dated_line(block.text) or entry_of(block.text) or self._holds(block.text):
            return True
        return all(self._holds(text) or field_named(text) for text in block.texts if text.strip())

    def _captions(self, block: Block) -> frozenset[Topic]:
        """What a line may announce without saying anything of its own."""
        if block.form is Form.ROW and self._goals:  # a table's head stands over its goals
            return IN_A_GOAL | {Topic.GOALS}
        inside = any(goal.first <= block.source.first <= goal.last for goal in self._goals)
        return IN_A_GOAL if inside else frozenset()

    def _left(self, text: str, captions: frozenset[Topic]) -> str:
        is_caption = topic_of(text, marked=True) in captions and fold(priority_in(text)) in self._priorities
        is_label = kind_of(text) or field_named(text)  # or a column's head
        if self._holds(text) or is_label or (is_caption and not label_of(text)):
            return ""
        words = fold(text).split(" ")
        longest = min(len(words) - 1, _MOST_BEGINNING)
        begun = next((n for n in range(longest, 1, -1) if " ".join(words[:n]) in self._pieces), 0)
        return _behind(text, begun) if begun else text

    def _holds(self, text: str) -> bool:
        words = fold(text)
        if not words or words in self._pieces or words in _STRUCTURE:
            return True
        # Five words are looked up before the whole text is searched: documents may be long.
        five = next(_fives(words), "")
        if five in self._five and words in self._long:
            return True
        # "Strategy 1.2: …", "Our motto: …": the label is no content
        behind = words.split(" ")
        return any(" ".join(behind[n:]) in self._pieces for n in range(1, min(_MOST_LABEL + 1, len(behind))))


def _each(lines: Lines) -> range:
    return range(lines.first, lines.last + 1)


def _key(block: Block) -> tuple[Lines, str]:
    return block.source, block.text


def _fives(words: str) -> Iterator[str]:
    """Each five words that stand beside each other."""
    single = words.split(" ")
    return (" ".join(single[at : at + _LEAST_INSIDE]) for at in range(len(single) - _LEAST_INSIDE + 1))


def _behind(text: str, count: int) -> str:
    """*text* behind its first *count* words."""
    words = list(re.finditer(r"[^\W_]+", text))
    return text[words[count].start() :] if len(words) > count else ""


def _texts(found: Recognised) -> Iterator[str]:
    """Everything that was recognised, and labels together with their titles."""
    yield from (found.organization, found.plan_title, found.slogan)
    for line in found.above_goals:
        yield from (line.text, *line.text.split("\n\n"), *line.text.split(" · "))
    for statement in (*found.statements, *found.missing):
        yield from (statement.heading, statement.question, statement.lead, *statement.paragraphs, *statement.notes)
        yield f"{statement.heading} {statement.lead}"
        yield f"{statement.heading} {statement.question}"
        for item in statement.items:
            yield from (item.title, item.text, item.whole, f"{item.title} {item.whole}")
    for goal in found.goals:
        yield from (goal.label, goal.title, goal.description, f"{goal.label} {goal.title}")
        yield from (f"{goal.label} {goal.description}", f"{goal.label} {goal.title} {goal.description}")
        for item in (*goal.strategies, *goal.measures):
            yield from (item.title, item.text, item.whole)
    for policy in (*found.policy_index, *found.policies):
        yield from (f"{policy.number} {policy.title}", policy.number, policy.title)
        yield from (policy.adopted, *policy.revised, *policy.reviewed, *policy.legal_refs, *policy.cross_refs)
