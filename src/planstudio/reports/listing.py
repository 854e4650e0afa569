"""Every report but the agenda and the packet: what each is called, what it needs, and the ways to make it.

A report is a pure function of a snapshot, and nothing that its audience may
not see gets into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Unpack

from planstudio.domain.kinds import Access
from planstudio.domain.reporting import ReportData, Table
from planstudio.i18n import N_, _
from planstudio.reports.printed import Printed, Way


@dataclass(frozen=True)
class Report:
    """A line of the menu; `label` is its title in the language spoken now."""

    name: str
    title: str
    has_table: bool = True

    @property
    def label(self) -> str:
        return _(self.title)


LISTING: tuple[Report, ...] = (
    Report("one-page", N_("Plan on one page"), has_table=False),
    Report("outline", N_("Plan outline")),
    Report("scorecard", N_("Scorecard")),
    Report("strategies", N_("Strategies and their status")),
    Report("goal-brief", N_("Where are we on a goal?"), has_table=False),
    Report("monitoring", N_("Monitoring report")),
    Report("calendar", N_("Monitoring calendar")),
    Report("lcap", N_("Goals and actions (LCAP)")),
    Report("minutes", N_("Minutes"), has_table=False),
    Report("votes", N_("Vote record")),
    Report("decisions", N_("Decisions by goal")),
    Report("time-use", N_("How the board used its time")),
    Report("policy", N_("Policy"), has_table=False),
    Report("policy-review", N_("Policies to review")),
    Report("redline", N_("What changed")),
    Report("data-quality", N_("What is missing in the plan")),
)
_BY_NAME = {report.name: report for report in LISTING}


def report_named(name: str) -> Report:
    if name not in _BY_NAME:
        raise ValueError(f"no report is called {name!r}")
    return _BY_NAME[name]


def print_report(
    name: str, data: ReportData, *, title: str = "", audience: Access = Access.PUBLIC, **way: Unpack[Way]
) -> Printed:
    """The report as a PDF for *audience*."""
    from planstudio.reports.single import printed  # ReportLab loads with the first report, not with the window

    return printed(name, title or report_named(name).label, data.seen_by(audience), audience, **way)


def table_of(name: str, data: ReportData, *, audience: Access = Access.PUBLIC) -> Table | None:
    """The report as a table; None where it is a text."""
    if not report_named(name).has_table:
        return None
    from planstudio.reports.single import SHEETS

    return SHEETS[name](data.seen_by(audience))
