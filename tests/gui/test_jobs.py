"""Work off the window's thread: what is delivered, to whom, and what is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from planstudio.domain.errors import PlanStudioError
from planstudio.gui.jobs import Job, Jobs


@pytest.fixture
def jobs(qtbot: Any) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.wait()


def test_what_a_job_has_made_is_delivered_on_the_windows_thread(jobs: Jobs, qtbot: Any) -> None:
    got: list[tuple[int, bool]] = []
    with qtbot.waitSignal(jobs.finished):
        jobs.start(
            lambda job: 42, lambda made: got.append((made, threading.current_thread() is threading.main_thread()))
        )
    qtbot.waitUntil(lambda: bool(got))
    assert got == [(42, True)]


def test_a_job_that_was_cancelled_delivers_nothing_however_far_it_came(jobs: Jobs, qtbot: Any) -> None:
    begun, may_end = threading.Event(), threading.Event()
    got: list[object] = []

    def work(job: Job) -> str:
        begun.set()
        may_end.wait()
        return "made all the same"

    job = jobs.start(work, got.append, got.append)
    begun.wait()
    job.cancel()
    assert job.cancelled
    with qtbot.waitSignal(jobs.finished):
        may_end.set()
    after: list[str] = []
    jobs.start(lambda job: "the next", after.append)
    qtbot.waitUntil(lambda: bool(after))
    assert got == []
    assert after == ["the next"]


def test_a_refusal_goes_to_whoever_asked_and_of_a_cancelled_job_to_nobody(jobs: Jobs, qtbot: Any) -> None:
    told: list[str] = []

    def refuse(job: Job) -> None:
        raise PlanStudioError("No.")

    jobs.failed.connect(lambda error: told.append(f"failed: {error}"))
    jobs.start(refuse, told.append, lambda error: told.append(f"otherwise: {error}"))
    jobs.start(refuse, told.append)
    jobs.start(refuse, told.append).cancel()
    qtbot.waitUntil(lambda: len(told) == 2)
    with qtbot.waitSignal(jobs.finished):
        jobs.start(lambda job: None, lambda made: None)
    assert told == ["otherwise: No.", "failed: No."]
