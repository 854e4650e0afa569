"""Two and three computers and a program that synchronises: nobody's step is missing, and at rest all are equal."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from factories import create, dump
from faults.cloud import NAME, Cloud, Computer
from planstudio.domain.files import FileRelation
from planstudio.store import contents, drops
from planstudio.store.union import step_ids

_ROUNDS = 8  # in which everybody has everything, once nobody meddles any more


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LIGHT", 2000)


@pytest.mark.parametrize("heavy", [False, True], ids=["whole files", "drops"])
@pytest.mark.parametrize("people", [2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_a_sync_client_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, people: int, heavy: bool
) -> None:
    monkeypatch.setattr(drops, "HEAVY", 0 if heavy else 10**9)
    session(tmp_path, seed, people, 40)


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("heavy", [False, True], ids=["whole files", "drops"])
@pytest.mark.parametrize("people", [2, 3])
@pytest.mark.parametrize("seed", range(1000, 1025))
def test_a_sync_client_loses_nothing_in_200_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, people: int, heavy: bool
) -> None:
    monkeypatch.setattr(drops, "HEAVY", 0 if heavy else 10**9)
    session(tmp_path, seed, people, 200)


def session(root: Path, seed: int, people: int, turns: int) -> None:
    chance, cloud = Random(seed), Cloud()
    all_of_us = [Computer(f"P{n}", root, cloud, chance) for n in range(people)]
    first = create(all_of_us[0].folder / NAME, all_of_us[0].data, device="P0", author="P0")
    first.publish()
    first.close()
    for one in all_of_us:
        one.sync(all_of_it=True)
    for _n in range(turns):
        turn(chance.choice(all_of_us), chance)
    come_to_rest(all_of_us)
    made = set[str]().union(*(one.made for one in all_of_us))
    shown = []
    for one in all_of_us:
        one.open()
        assert one.workspace is not None
        assert made <= one.workspace.ask(lambda s: step_ids(s.connection())), "somebody's step is missing"
        assert one.workspace.look_again().relation is FileRelation.SAVED
        findings = one.workspace.check()
        assert all(finding.harmless for finding in findings), [finding.message for finding in findings]
        shown.append(dump(one.workspace))
        one.close()
    assert all(state == shown[0] for state in shown), "the copies are not equal"
    plans = [path.name for one in all_of_us for path in one.folder.glob("*.planstudio")]
    assert plans == [NAME] * people, "what was put together is not left lying about"


def turn(one: Computer, chance: Random) -> None:
    what = chance.random()
    if what < 0.45:
        one.work()
        one.save(whole=chance.random() < 0.3)
    elif what < 0.55:
        one.work()
        one.close()
    elif what < 0.92:
        one.sync()
    else:
        one.meddle()


def come_to_rest(all_of_us: list[Computer]) -> None:
    """Nobody meddles any more; everybody starts once more, and the program that synchronises comes to its end."""
    for _n in range(_ROUNDS):
        moved = False
        for one in all_of_us:
            moved |= one.sync(all_of_it=True)
            one.open()
            one.save(whole=True)
            one.close()
            moved |= one.sync(all_of_it=True)
        if not moved:
            return
    raise AssertionError("it never comes to rest")
