"""The print command: a book, a meeting's packet or agenda, or one of the reports; as a PDF or a table."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from planstudio.cli import commands, meetings
from planstudio.cli.output import ending, tell, write
from planstudio.cli.terminal import Bar, shown
from planstudio.domain.dates import End, day_of
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import Access
from planstudio.domain.reporting import SOURCES, Need
from planstudio.i18n import _, ngettext

if TYPE_CHECKING:
    from planstudio.workspace import Workspace

NAMES_HELP = "plan, packet, agenda, or a report: see the manual (packet)"


def names() -> tuple[str, ...]:
    """Every report by its name."""
    return ("plan", "packet", "agenda", *SOURCES)


def print_(arguments: Namespace) -> int:
    if arguments.report == "agenda" or (arguments.report == "packet" and arguments.meeting):
        return meetings.print_packet(arguments)
    if arguments.report in ("packet", "plan"):
        return commands.print_book(arguments)
    return _print_report(arguments)


def _print_report(arguments: Namespace) -> int:
    from planstudio.packets import report
    from planstudio.reports.listing import print_report, report_named, table_of

    name, source = arguments.report, SOURCES[arguments.report]
    takes = (*source.needs, *source.takes)
    if arguments.output.suffix.lower() == ".xlsx" and not report_named(name).has_table:
        raise InvalidInput(_("This report is a text, not a table; write it as a PDF."), field="output")
    kind = ending(arguments.output, ".pdf", *((".xlsx",) if report_named(name).has_table else ()))
    with commands.reading(arguments.plan) as workspace:
        chosen: dict[str, Any] = {}
        if arguments.meeting or Need.MEETING in source.needs:
            if not arguments.meeting:
                raise InvalidInput(_("Say of which meeting, with --meeting 2026-10-14."), field="meeting")
            chosen["meeting_id"] = meetings.find_meeting(workspace, arguments.meeting).id
        if Need.GOAL in takes:
            chosen["goal_id"] = _goal(workspace, arguments.goal)
        if Need.POLICY in takes and (arguments.policy or Need.POLICY in source.needs):
            chosen["policy_id"] = _policy(workspace, arguments.policy)
        data = report(
            workspace, name, since=_day(arguments.since, End.FIRST), until=_day(arguments.until, End.LAST), **chosen
        )
    commands.tell_doubts(data.book)
    audience = Access(arguments.audience)
    if kind == ".xlsx":
        from planstudio.exchange.workbook import write_table

        table = table_of(name, data, audience=audience)
        assert table is not None
        write(arguments.output, write_table(table), force=arguments.force)
        rows = len(table.rows)
        words = ngettext("{n} row in {path}", "{n} rows in {path}", rows)
        tell(arguments.output, words.format(n=rows, path=shown(arguments.output)))
        return 0
    bar = Bar()
    try:
        printed = print_report(
            name, data, title=arguments.title, paper=arguments.paper, audience=audience, progress=bar
        )
    finally:
        bar.end()
    write(arguments.output, printed.pdf, force=arguments.force)
    pages = ngettext("{n} page in {path}", "{n} pages in {path}", printed.pages)
    tell(arguments.output, pages.format(n=printed.pages, path=shown(arguments.output)))
    return 0


def _goal(workspace: Workspace, wanted: str | None) -> str:
    """The id of the goal called *wanted*: by its label, its number or its title."""
    from planstudio.queries.plans import current_plan, plan_book

    goals = workspace.ask(plan_book, workspace.ask(current_plan), workspace.clock.today()).goals
    if not wanted:
        raise InvalidInput(_("Say which goal, with --goal 3 or its label or title."), field="goal")
    for goal in goals:
        if wanted.casefold() in (goal.number, goal.label.casefold(), goal.title.casefold()):
            return goal.id
    raise NotFound(_("There is no goal called {name}.").format(name=wanted))


def _policy(workspace: Workspace, code: str | None) -> str:
    from planstudio.queries.policies import all_policies

    if not code:
        raise InvalidInput(_("Say which policy, with --policy CODE."), field="policy")
    for policy in workspace.ask(all_policies):
        if policy.code == code:
            return policy.id
    raise NotFound(_("The plan has no policy {code}.").format(code=code))


def _day(text: str | None, end: End) -> date | None:
    return day_of(text, end, "since") if text else None
