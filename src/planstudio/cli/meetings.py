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


@takes.command("list the meetings", takes.PLAN, takes.as_json())
def meetings(arguments: Namespace) -> None:
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
        return
    if not rows:
        say(_("There is no meeting in this plan yet."))
    for row in rows:
        when = f"{row.start:%Y-%m-%d %H:%M}" if row.start else " " * 16
        items = ngettext("{n} item", "{n} items", row.items).format(n=row.items)
        say(f"{when}  {row.name}, {word(row.state).lower()}, {items}")


@takes.command(
    "what to look at before a packet is printed or posted; 1 when something must be done",
    takes.PLAN,
    takes.argument("--meeting", required=True, metavar="WHEN", help="the day of the meeting, or: next"),
    takes.AUDIENCE,
    takes.CLEAR,
    takes.CLEAR_AS,
    takes.as_json(),
    takes.WAIT,
)
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
    return int(bool(unanswered(leaks, shot.clearances)) or any(one.weight is Weight.MUST for one in findings))


def _say_findings(findings: tuple[Finding, ...], leaks: tuple[Leak, ...], clearances: tuple[Clearance, ...]) -> None:
    signs = {Weight.MUST: "! ", Weight.SHOULD: "- ", Weight.FINE: "  "}
    for line in map(leak_line, unanswered(leaks, clearances)):
        say(f"! {line}")
    for one in findings:
        say(f"{signs[one.weight]}{one.words}" + (f"  ({one.help})" if one.help else ""))
    answer = _("Not a leak: {kind}. {reason} {author}, {when}")
    for leak, why in answered(leaks, clearances):
        say(f"  {leak_line(leak)}")
        kind, when = word(why.kind).lower(), f"{why.at:%Y-%m-%d %H:%M}"
        say("    " + answer.format(kind=kind, reason=stopped(why.reason), author=why.author, when=when))


def _leak_form(leak: Leak, clearances: tuple[Clearance, ...]) -> dict[str, Any]:
    why = next((one for one in clearances if one.code == leak.code), None)
    spots = {
        name: {
            "item": spot.item_id, "number": spot.item, "where": spot.where, "file": spot.file_id, "page": spot.page,
            "before": spot.before, "words": spot.words, "after": spot.after,
        }
        for name, spot in (("withheld", leak.withheld), ("shown", leak.shown))
    }  # fmt: skip
    at = why and f"{why.at:%Y-%m-%dT%H:%M:%S}"
    answer = why and {"kind": why.kind.value, "reason": why.reason, "author": why.author, "at": at}
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
    words = _("Several meetings are on that day: {names}. Give the time, too.")
    raise InvalidInput(words.format(names=names), field="meeting")
