"""What mutmut has to know of tests that share something. Only `make mutants` loads it.

It looks which test calls which function, and runs those tests alone against a change of that function. What is
called while a file is imported, or for a fixture that many tests share, it would lay at the door of whichever test
came first; what a cache remembers would hide a change altogether.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

import pytest
from mutmut.state import state

import factories

STATS = Path("mutmut-stats.json")  # where mutmut runs the tests
AT_IMPORT = Path("at-import.json")
_MOST = 20.0  # seconds that the tests of one change may compute together
_HANGS = 60  # seconds of one test; a change may make a loop endless
_OTHERS = 3  # turns of a file of the layer's own to one of another


class Mutating:
    """A plugin for the runs of one process."""

    def __init__(self) -> None:
        self._run = os.environ["MUTANT_UNDER_TEST"]
        self._shared: dict[str, set[str]] = {}  # what each shared fixture called
        self._took: dict[str, float] = {}  # seconds that each test has computed

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if not self._run:
            # All of them have just passed, for the statistics: mutmut would run them once more.
            del items[1:]
        elif "__mutmut_" in self._run:
            items[:] = self._soonest(items)
            for item in items:
                item.add_marker(pytest.mark.timeout(_HANGS))

    def _soonest(self, items: list[pytest.Item]) -> list[pytest.Item]:
        """The tests that are likely to notice a change soon; what they do not notice in time is not noticed.

        The quickest of each file by turns, for a branch that is seldom taken has a file of its own: plans under a
        password, tables in full.
        """
        took = json.loads(STATS.read_text("utf-8"))["duration_by_test"]
        own = f"tests/{self._run.split('.')[1]}/"
        turns: Counter[Path] = Counter()
        rows: list[tuple[float, float, pytest.Item]] = []
        for item in sorted(items, key=lambda item: took.get(item.nodeid, 0.0)):
            turn, seconds = turns[item.path], took.get(item.nodeid, 0.0)
            rows.append((turn * (1 if own in item.nodeid else _OTHERS), seconds, item))
            turns[item.path] += 1
        rows.sort(key=lambda row: row[:2])
        spent = accumulate(seconds for _turn, seconds, _item in rows)
        return [item for (_turn, _seconds, item), until in zip(rows, spent, strict=True) if until <= _MOST] or [
            rows[0][2]
        ]

    def pytest_collection_finish(self) -> None:
        if self._run == "stats":
            AT_IMPORT.write_text(json.dumps(sorted(state()._stats)), "utf-8")
            state()._stats.clear()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
        before = {*state()._stats}
        state()._stats.clear()
        try:
            return (yield)
        finally:
            if fixturedef.scope != "function":
                self._shared.setdefault(fixturedef.argname, set()).update(state()._stats)
            state()._stats.update(before)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[object]:
        before = _computed()
        try:
            return (yield)
        finally:
            self._took[item.nodeid] = _computed() - before

    def pytest_sessionfinish(self) -> None:
        if self._run == "stats":  # mutmut counts the call alone, and what else the machine did meanwhile
            state().duration_by_test.update(self._took)

    def pytest_runtest_setup(self) -> None:
        for remembered in _caches():
            remembered()
        if self._run == "stats":
            factories.forget_prepared()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        for name in getattr(item, "fixturenames", ()):
            state()._stats.update(self._shared.get(name, ()))


def _computed() -> float:
    """Seconds that this process has computed, and those that it has waited for."""
    children = os.times()
    return time.process_time() + children.children_user + children.children_system


def _caches() -> list[Callable[[], None]]:
    """How to empty each cache of a function of the program."""
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "planstudio"]
    found = {
        id(one): one.cache_clear
        for module in modules
        for one in vars(module).values()
        if hasattr(one, "cache_clear") and callable(one)
    }
    return list(found.values())
