"""The commands about meetings: list them, look before a packet is printed."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from typing import TYPE_CHECKING, Any

from planstudio.cli import arguments as takes
from planstudio.cli.leaks import leak_line, looked_through, packets_of
from planstudio.cli.opening import reading, writing
from planstudio.cli.showing import typed_moment
from planstudio.cli.terminal import say, say_json
from planstudio.domain.agenda import MeetingRow
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import Access, MeetingState
from planstudio.domain.leaks import Clearance, Leak, answered, unanswered
from planstudio.domain.preflight import Finding, Weight
from planstudio.domain.words import word
from planstudio.domain.zones import wall
from planstudio.i18n import _, ngettext, stopped

if TYPE_CHECKING:
    from planstudio.workspace import Workspace


def add_meetings(add: takes.Add) -> None:
    p = takes.command(add, meetings, "list the meetings")
    takes.as_json(p)


def meetings(arguments: Namespace) -> int:
    from planstudio.queries.meetings import meeting_rows

    with reading(arguments.plan) as workspace:
        rows = workspace.ask(meeting_rows)
    if arguments.json:
        said = [
            {
                "id": row.id, "kind": row.kind.value, "state": row.state.value, "title": row.title,
                "start": f"{row.start:%Y-%m-%dT%H:%M}" if row.start else None, "place": row.place, "items": row.items,
            }
            for row in rows
        ]  # fmt: skip
        say_json(said)
        return 0
    if not rows:
        say(_("There is no meeting in this plan yet."))
    for row in rows:
        when = f"{row.start:%Y-%m-%d %H:%M}" if row.start else " " * 16
        items = ngettext("{n} item", "{n} items", row.items).format(n=row.items)
        say(f"{when}  {row.name}, {word(row.state).lower()}, {items}")
    return 0


def add_preflight(add: takes.Add) -> None:
    p = takes.command(
        add, preflight, "what to look at before a packet is printed or posted; 1 when something must be done"
    )
    p.add_argument("--meeting", required=True, metavar="WHEN", help="the day of the meeting, or: next")
    takes.audience(p)
    takes.clearing(p)
    takes.as_json(p)
    takes.wait(p)


def preflight(arguments: Namespace) -> int:
    """0 when nothing must be done, else 1: a script can stop there."""
    opened = partial(writing, wait=arguments.wait) if arguments.clear else reading
    with opened(arguments.plan) as workspace, packets_of(workspace) as packets:
        row = find_meeting(workspace, arguments.meeting)
        shot, printed, leaks = looked_through(packets, row, Access(arguments.audience), arguments)
        findings = packets.findings(shot, {paper.key: paper.facts for paper in printed.papers})
    if arguments.json:
        said = [_leak_form(leak, shot.clearances) for leak in leaks] + [
            {"weight": one.weight.value, "words": one.words, "help": one.help, "item": one.item_id, "file": one.file_id}
            for one in findings
        ]
        say_json(said)
    else:
        _say_findings(findings, leaks, shot.clearances)
    open_ones = unanswered(leaks, shot.clearances)
    return 1 if open_ones or any(one.weight is Weight.MUST for one in findings) else 0


def _say_findings(findings: tuple[Finding, ...], leaks: tuple[Leak, ...], clearances: tuple[Clearance, ...]) -> None:
    signs = {Weight.MUST: "! ", Weight.SHOULD: "- ", Weight.FINE: "  "}
    for line in map(leak_line, unanswered(leaks, clearances)):
        say(f"! {line}")
    for one in findings:
        say(f"{signs[one.weight]}{one.words}" + (f"  ({one.help})" if one.help else ""))
    for leak, why in answered(leaks, clearances):
        say(f"  {leak_line(leak)}")
        say(f"    {_why(why)}")


def _why(why: Clearance) -> str:
    said = _("Not a leak: {kind}. {reason} {author}, {when}")
    when = f"{why.at:%Y-%m-%d %H:%M}"
    return said.format(kind=word(why.kind).lower(), reason=stopped(why.reason), author=why.author, when=when)


def _leak_form(leak: Leak, clearances: tuple[Clearance, ...]) -> dict[str, Any]:
    why = next((one for one in clearances if one.code == leak.code), None)
    spots = {
        name: {
            "item": spot.item_id, "number": spot.item, "where": spot.where, "file": spot.file_id, "page": spot.page,
            "before": spot.before, "words": spot.words, "after": spot.after,
        }
        for name, spot in (("withheld", leak.withheld), ("shown", leak.shown))
    }  # fmt: skip
    answer = why and {
        "kind": why.kind.value, "reason": why.reason, "author": why.author, "at": f"{why.at:%Y-%m-%dT%H:%M:%S}"
    }  # fmt: skip
    weight = Weight.FINE if why else Weight.MUST
    return {"weight": weight.value, "code": leak.code, "words": leak.words, **spots, "cleared": answer}


def find_meeting(workspace: Workspace, when: str) -> MeetingRow:
    """The meeting on the day or at the moment *when*, or the next one."""
    from planstudio.queries.meetings import district_zone, meeting_rows

    rows = [row for row in workspace.ask(meeting_rows) if row.state is not MeetingState.TEMPLATE]
    if when == "next":
        now = wall(workspace.clock.now(), workspace.ask(district_zone))
        coming = [row for row in reversed(rows) if row.start and row.start >= now]
        if not coming:
            raise NotFound(_("No meeting is coming."))
        return coming[0]
    words = _("“{text}” is not a date like 2026-10-14, a date and time like 2026-10-14T18:30, or: next.")
    day, moment = typed_moment(when, words.format(text=when), "meeting")
    found = [row for row in rows if row.start and row.start.date() == day and moment in (None, row.start)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(_("No meeting is on {when}. See: planstudio meetings PLAN").format(when=when))
    names = "; ".join(f"{row.start:%Y-%m-%dT%H:%M} {row.name}" for row in found)
    raise InvalidInput(
        _("Several meetings are on that day: {names}. Give the time, too.").format(names=names), field="meeting"
    )
