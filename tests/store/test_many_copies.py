"""Three copies that meet in any order: all come to the same, and no word is lost."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from planstudio.operations import goals
from planstudio.store.settling import Answer, differences
from store.many_copies import Copies, fresh, questions, state

SESSIONS, REST = 12, 6
LONG_SESSIONS = 50  # of each of 40 seeds


@pytest.mark.parametrize("seed", range(4))
def test_copies_that_meet_in_any_order_are_equal_and_lose_no_word(tmp_path: Path, seed: int) -> None:
    meet_for(tmp_path, seed, SESSIONS)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(1000, 1040))
def test_2000_sessions_are_equal_and_lose_no_word(tmp_path: Path, seed: int) -> None:
    meet_for(tmp_path, seed, LONG_SESSIONS)


def meet_for(tmp_path: Path, seed: int, sessions: int) -> None:
    chance, copies = Random(seed), Copies(tmp_path)
    for n in range(1, sessions + 1):
        copies.session(chance, chance.randrange(1, 5))
        if chance.random() < 0.5:
            copies.bring(*chance.sample(copies.all, 2))
        if n % REST == 0:
            copies.meet(chance)
            rows, open_ones, loose = fresh(copies.all[0])
            assert not loose
            for workspace in copies.all:
                assert state(workspace) == rows
                assert workspace.ask(lambda s: questions(s.connection())) == open_ones
                assert all(finding.harmless for finding in workspace.check())
            assert copies.lost() == []
    copies.close()


def test_an_answer_that_is_taken_back_twice_opens_the_question_twice(tmp_path: Path) -> None:
    """The second answer stands over the undo of the first: one line over one, in a row that has two ends behind it."""
    copies = Copies(tmp_path)
    ann, bo = copies.all[:2]
    goal = copies.names.goal
    ann.do("Rename", goals.edit_goal, goal, title="Ann's")
    bo.do("Rename", goals.edit_goal, goal, title="Bo's")
    copies.meet(Random(1))
    (asked,) = ann.ask(lambda s: differences(s.connection()))
    for _n in range(2):
        ann.settle([Answer(asked.unit, asked.sides[0][0])])
        assert not ann.ask(lambda s: questions(s.connection()))
        ann.undo()
        assert ann.ask(lambda s: questions(s.connection())) == fresh(ann)[1] != set()
    copies.close()
