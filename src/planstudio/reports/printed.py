"""What comes out of a build, a file or the word that it was stopped; and what may be said to any build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypedDict


class Cancelled(Exception):
    """The build was stopped because *cancelled* said so."""


FURNITURE = b"PlanStudioFurniture"  # the name by which each page draws its head and foot


class Watched(TypedDict, total=False):
    """How a build is watched: *progress* is told a share from 0 to 1 and what is being done, *cancelled* may end it."""

    progress: Callable[[float, str], None] | None
    cancelled: Callable[[], bool] | None


class Way(Watched, total=False):
    """How a report is printed, whichever it is; *paper* is a key of `style.PAPERS`, at first "letter"."""

    paper: str


def go_on(cancelled: Callable[[], bool] | None) -> None:
    """Cancelled, if *cancelled* says so."""
    if cancelled and cancelled():
        raise Cancelled


@dataclass(frozen=True)
class Printed:
    """A finished report.

    `missing` counts the characters that no font has; they print as boxes.
    `page_of` is the first page of each statement, goal and policy, by its id.
    """

    pdf: bytes
    pages: int
    missing: dict[str, int] = field(default_factory=dict)
    page_of: dict[str, int] = field(default_factory=dict)
