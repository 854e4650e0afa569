"""The print command: a book, a meeting's packet or agenda, or one of the reports; as a PDF or a table."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from planstudio.cli import arguments as takes
from planstudio.cli.meetings import find_meeting
from planstudio.cli.opening import reading
from planstudio.cli.output import ending, tell, tell_boxes, tell_pages, write
from planstudio.cli.packets import print_packet
from planstudio.cli.showing import book_of
from planstudio.cli.terminal import Bar, remark, shown
from planstudio.domain.cards import PlanBook
from planstudio.domain.dates import End, day_of
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import Access
from planstudio.domain.reporting import SOURCES, Need, Source
from planstudio.domain.words import table_word
from planstudio.i18n import _, ngettext

if TYPE_CHECKING:
    from planstudio.domain.reporting import ReportData
    from planstudio.workspace import Workspace

_NAMES = ("plan", "packet", "agenda", *SOURCES)


_REPORTS = "plan, packet, agenda, or a report: see the manual (packet)"


@takes.command(
    "print a report as an accessible PDF",
    takes.PLAN,
    takes.argument("--report", choices=_NAMES, default="packet", metavar="NAME", help=_REPORTS),
    takes.output("where to: .pdf, .xlsx for a table, or -"),
    takes.FORCE,
    takes.argument("--title", default="", help="the title on the cover"),
    takes.argument("--policies", metavar="CODES", help="print the full text of these policies: 1800,5145 (or: none)"),
    takes.argument("--paper", choices=("letter", "a4"), default="letter", help="US Letter or A4"),
    takes.AS_OF,
    takes.argument("--meeting", metavar="WHEN", help="the packet of the meeting on that day: 2026-10-14, or: next"),
    takes.AUDIENCE,
    takes.argument("--goal", metavar="GOAL", help="the goal a report is about: its label, number or title"),
    takes.argument("--policy", metavar="CODE", help="the policy a report is about"),
    takes.argument("--since", metavar="DAY", help="from this day on; of a redline the day to compare with"),
    takes.argument("--until", metavar="DAY", help="up to this day"),
    # Of a packet.
    takes.argument("--note", default="", help="what changed, in your words, for the cover of a revision"),
    takes.flag("--preview", words="do not keep the packet as a printed revision"),
    takes.argument("--again", type=int, metavar="REV", help="the packet of that revision again, byte for byte"),
    takes.flag("--dividers", words="a page before each section of the agenda"),
    takes.flag("--no-plan-pages", words="without the plan's pages behind the items"),
    takes.argument("--watermark", metavar="WORD", help="across each page; empty for none"),
    takes.flag("--archival", words="PDF/A: foreign files are named, not included"),
    takes.CLEAR,
    takes.CLEAR_AS,
    takes.WAIT,
)
def print_(arguments: Namespace) -> int:
    if arguments.report == "agenda" or (arguments.report == "packet" and arguments.meeting):
        return print_packet(arguments)
    if arguments.report in ("packet", "plan"):
        return _print_book(arguments)
    return _print_report(arguments)


def _print_book(arguments: Namespace) -> int:
    from planstudio.reports import build

    ending(arguments.output, ".pdf")
    with reading(arguments.plan) as workspace:
        book = book_of(workspace, arguments.as_of)
        chosen = None if arguments.policies is None else _policies(book, arguments.policies)
        with Bar() as bar:
            printed = build(
                arguments.report, book, title=arguments.title, policies=chosen, paper=arguments.paper,
                audience=Access(arguments.audience), progress=bar,
            )  # fmt: skip
        write(arguments.output, printed.pdf, force=arguments.force)
        _tell_doubts(book)
        tell_boxes(printed.missing)
    tell_pages(arguments.output, printed.pages)
    return 0


def _policies(book: PlanBook, codes: str) -> set[str]:
    by_code = {policy.code: policy.id for policy in book.policies}
    wanted = [code.strip() for code in codes.split(",") if code.strip() and codes.strip() != "none"]
    if unknown := [code for code in wanted if code not in by_code]:
        raise InvalidInput(_("The plan has no policy {code}.").format(code=unknown[0]), field="policies")
    return {by_code[code] for code in wanted}


def _print_report(arguments: Namespace) -> int:
    from planstudio.packets import report
    from planstudio.reports.listing import print_report, report_named

    name, has_table = arguments.report, report_named(arguments.report).has_table
    if arguments.output.suffix.lower() == ".xlsx" and not has_table:
        raise InvalidInput(_("This report is a text, not a table; write it as a PDF."), field="output")
    kind = ending(arguments.output, ".pdf", *((".xlsx",) if has_table else ()))
    with reading(arguments.plan) as workspace:
        chosen = _chosen(workspace, SOURCES[name], arguments)
        since, until = _day(arguments.since, End.FIRST), _day(arguments.until, End.LAST)
        data = report(workspace, name, since=since, until=until, **chosen)
    _tell_doubts(data.book)
    audience = Access(arguments.audience)
    if kind == ".xlsx":
        return _write_table(data, audience, arguments)
    title, paper = arguments.title, arguments.paper
    with Bar() as bar:
        printed = print_report(name, data, title=title, paper=paper, audience=audience, progress=bar)
    write(arguments.output, printed.pdf, force=arguments.force)
    tell_pages(arguments.output, printed.pages)
    return 0


def _chosen(workspace: Workspace, source: Source, arguments: Namespace) -> dict[str, Any]:
    """The ids of what the report is about."""
    takes = (*source.needs, *source.takes)
    chosen: dict[str, Any] = {}
    if arguments.meeting or Need.MEETING in source.needs:
        if not arguments.meeting:
            raise InvalidInput(_("Say of which meeting, with --meeting 2026-10-14."), field="meeting")
        chosen["meeting_id"] = find_meeting(workspace, arguments.meeting).id
    if Need.GOAL in takes:
        chosen["goal_id"] = _goal(workspace, arguments.goal)
    if Need.POLICY in takes and (arguments.policy or Need.POLICY in source.needs):
        chosen["policy_id"] = _policy(workspace, arguments.policy)
    return chosen


def _write_table(data: ReportData, audience: Access, arguments: Namespace) -> int:
    from planstudio.exchange.workbook import write_table
    from planstudio.reports.listing import table_of

    table = table_of(arguments.report, data, audience=audience)
    assert table is not None
    write(arguments.output, write_table(table), force=arguments.force)
    rows = len(table.rows)
    words = ngettext("{n} row in {path}", "{n} rows in {path}", rows)
    tell(arguments.output, words.format(n=rows, path=shown(arguments.output)))
    return 0


def _tell_doubts(book: PlanBook) -> None:
    """What one would ask about before printing, to whoever prints; the pages are written all the same."""
    for one in book.doubts:
        name = " ".join(part for part in (table_word(one.table), one.number, one.name) if part)
        remark(_("To look at: {name}: {words}").format(name=name, words=one.words))


def _goal(workspace: Workspace, wanted: str | None) -> str:
    """The id of the goal called *wanted*: by its label, its number or its title."""
    if not wanted:
        raise InvalidInput(_("Say which goal, with --goal 3 or its label or title."), field="goal")
    for goal in book_of(workspace, None).goals:
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
