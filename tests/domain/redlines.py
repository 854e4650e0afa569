"""The two texts that a redline was made of, from its runs."""

from __future__ import annotations

from collections.abc import Sequence

from planstudio.domain.redline import Mark, Run


def text_before(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs if run.mark in (Mark.KEPT, Mark.DELETED, Mark.MOVED_AWAY))


def text_after(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs if run.mark in (Mark.KEPT, Mark.ADDED, Mark.MOVED_HERE))
