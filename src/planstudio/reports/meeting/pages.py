"""Pages of our own for a part of a packet: what they show, and how they are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from planstudio.reports.document import PageLayout
from planstudio.reports.writer import Writer

Write = Callable[[PageLayout, str, str], None]  # onto a layout, under a title and a key


class Pages(NamedTuple):
    """Pages that are kept from the packet before while *shown* is the same."""

    shown: object
    write: Write


def section(write: Callable[[Writer], None], *, wide: bool = False) -> Write:
    """One section, which *write* fills."""

    def on(layout: PageLayout, title: str, key: str) -> None:
        with layout.section("", title, key, wide=wide) as writer:
            write(writer)

    return on
