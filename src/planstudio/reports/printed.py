"""What comes out of a build: a file, or the word that it was stopped."""

from __future__ import annotations

from dataclasses import dataclass, field


class Cancelled(Exception):
    """The build was stopped because *cancelled* said so."""


FURNITURE = b"PlanStudioFurniture"  # the name by which each page draws its head and foot


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
