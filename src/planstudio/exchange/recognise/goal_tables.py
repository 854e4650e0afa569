"""Tables that hold goals: one goal a column, or one a row under a head that names the columns."""

from __future__ import annotations

from planstudio.domain.recognised import RecognisedItem
from planstudio.exchange.recognise.blocks import Block, plain
from planstudio.exchange.recognise.goal_drafts import GoalDraft, label_of
from planstudio.exchange.recognise.items import unnumbered
from planstudio.exchange.recognise.particulars import kind_of, read
from planstudio.exchange.recognise.wording import IN_A_GOAL, Topic, topic_of


class GoalTable:
    """Follows the rows of one table; other lines may stand between them."""

    def __init__(self) -> None:
        self.goals: list[GoalDraft] = []
        self._new: list[GoalDraft] = []
        self._topics: list[Topic] = []  # of the columns, where each row is a goal
        self._heads: list[str] = []  # the columns' own words
        self._mode = Topic.NONE

    def close(self) -> None:
        self.goals, self._topics, self._mode = [], [], Topic.NONE

    def started(self) -> list[GoalDraft]:
        """The goals begun since the last call."""
        new, self._new = self._new, []
        return new

    def take(self, row: Block, *, in_goals: bool, current: GoalDraft | None) -> bool:
        """Read *row* if it belongs to a table of goals, or to one of *current*'s own parts."""
        texts = row.texts
        labels = [label_of(text) for text in texts if text]
        topics = [topic_of(text, marked=True) for text in texts]
        parts = any(topic in IN_A_GOAL for topic in topics[1:])
        if len(labels) > 1 and all(labels):
            self.close()
            for text in texts:
                self._begin(row, *(label_of(text) or ("", "")))
        elif self.goals and not self._topics and len(texts) == len(self.goals):
            self._columns(row, texts)
        elif parts and topics[0] is Topic.GOALS:
            self._topics, self._heads = topics, texts
        elif self._topics and len(texts) <= len(self._topics):
            self._row(row, texts)
        elif current and len(texts) > 1 and _heads_a_goal(texts, topics):
            self._topics, self._heads, self.goals = topics, texts, [current]
        elif labels and labels[0] and len(texts) == 2 and in_goals:
            self._begin(row, *labels[0]).title = labels[0][1] or texts[1]
        else:
            return False
        return True

    def _begin(self, row: Block, label: str, title: str) -> GoalDraft:
        goal = GoalDraft(label, title)
        goal.cover(row)
        self.goals.append(goal)
        self._new.append(goal)
        return goal

    def _columns(self, row: Block, texts: list[str]) -> None:
        topics = {topic_of(text, marked=True) for text in texts if text}
        # What no goal has yet is told by the next row of words.
        unsaid = [name for name in ("title", "description") if not any(getattr(goal, name) for goal in self.goals)]
        if len(topics) == 1 and topics <= IN_A_GOAL:
            self._mode = topics.pop()
            for goal, text in zip(self.goals, texts, strict=True):
                goal.note_heading(self._mode, text, row.source)
        elif self._mode is Topic.NONE and unsaid:
            for goal, text in zip(self.goals, texts, strict=True):
                setattr(goal, unsaid[0], text)
        else:
            for goal, cell in zip(self.goals, row.cells, strict=True):
                for part in cell:
                    goal.add(self._mode, RecognisedItem(unnumbered(plain(part)), source=row.source))
        for goal in self.goals:
            goal.cover(row)

    def _row(self, row: Block, texts: list[str]) -> None:
        for topic, text, cell in zip(self._topics, texts, row.cells, strict=False):
            if topic is Topic.GOALS and text:
                self._begin(row, *(label_of(text) or ("", unnumbered(text))))
            elif topic in IN_A_GOAL and self.goals:
                for part in cell:
                    self.goals[-1].add(topic, RecognisedItem(unnumbered(plain(part)), source=row.source))
        for head, text in zip(self._heads, texts, strict=False):
            if kind_of(head) and text and self.goals:
                self.goals[-1].assign(read(f"{head.strip(' :').capitalize()}: {text}"), row)


def _heads_a_goal(texts: list[str], topics: list[Topic]) -> bool:
    """Whether a row's cells name parts of a goal, or who carries them and by when."""
    parts = [topic in IN_A_GOAL for topic in topics]
    return any(parts) and all(part or kind_of(text) for part, text in zip(parts, texts, strict=True))
