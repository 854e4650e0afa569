"""Ids sort by when they were made."""

from __future__ import annotations

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from planstudio.domain.ids import uuid7


def test_ids_are_version_7_and_strictly_increasing() -> None:
    made = [uuid7() for _n in range(20_000)]
    assert made == sorted(set(made))
    assert {uuid.UUID(one).version for one in made[:50]} == {7}
    assert {uuid.UUID(one).variant for one in made[:50]} == {uuid.RFC_4122}


def test_ids_go_on_when_the_clock_jumps_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    assert uuid7() > before


def test_an_id_says_when_it_was_made() -> None:
    milliseconds = int(uuid7().replace("-", "")[:12], 16)
    assert abs(milliseconds - time.time_ns() // 1_000_000) < 60_000


def test_threads_never_get_the_same_id() -> None:
    with ThreadPoolExecutor(8) as threads:
        batches = list(threads.map(lambda _n: [uuid7() for _m in range(2_000)], range(8)))
    assert len({one for batch in batches for one in batch}) == 16_000
    assert all(batch == sorted(batch) for batch in batches)
