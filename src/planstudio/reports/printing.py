"""What the program prints, and the one way to print it.

A report is a pure function of a snapshot: the same book gives the same bytes.
Long reports say how far they are and stop when asked.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Unpack

from planstudio.domain.cards import PlanBook
from planstudio.domain.cut import cut
from planstudio.domain.kinds import Access
from planstudio.i18n import N_
from planstudio.reports.printed import Printed, Way

REPORTS: tuple[tuple[str, str], ...] = (("plan", N_("Plan book")), ("packet", N_("Board packet")))


def build(
    report: str, book: PlanBook, *, title: str = "", policies: Collection[str] | None = None,
    audience: Access = Access.PUBLIC, **way: Unpack[Way],
) -> Printed:  # fmt: skip
    """Print *report* of *book* for *audience*.

    *policies* are the ids whose full text a packet holds; None means those
    attached to the plan, or all that have a text if none is attached.
    """
    from planstudio.reports.book import BookDocument  # ReportLab loads with the first report, not with the window

    if report not in dict(REPORTS):
        raise ValueError(f"no report is called {report!r}")
    document = BookDocument(cut(book, audience), title, **way)
    return document.packet(policies) if report == "packet" else document.plan()
