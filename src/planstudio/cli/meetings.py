"""The commands about meetings: list them, look before printing, print a packet."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planstudio import app
from planstudio.cli.commands import reading, write, writing
from planstudio.cli.terminal import Bar, say
from planstudio.domain.agenda import MeetingRow
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import Access, MeetingState
from planstudio.domain.packets import PacketOptions
from planstudio.domain.preflight import Weight
from planstudio.domain.words import word
from planstudio.domain.zones import wall
from planstudio.i18n import _, ngettext

if TYPE_CHECKING:
    from planstudio.packets import Packets
    from planstudio.workspace import Workspace


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
        say(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    if not rows:
        say(_("There is no meeting in this plan yet."))
    for row in rows:
        when = f"{row.start:%Y-%m-%d %H:%M}" if row.start else " " * 16
        items = ngettext("{n} item", "{n} items", row.items).format(n=row.items)
        say(f"{when}  {row.name}, {word(row.state).lower()}, {items}")
    return 0


def preflight(arguments: Namespace) -> int:
    """0 when nothing must be done, else 1: a script can stop there."""
    with reading(arguments.plan) as workspace, _packets(workspace) as packets:
        row = find_meeting(workspace, arguments.meeting)
        shot = packets.snapshot(row.id, Access(arguments.audience))
        bar = Bar()
        try:
            findings = packets.preflight(shot, progress=bar)
        finally:
            bar.end()
    if arguments.json:
        said = [
            {"weight": one.weight.value, "words": one.words, "help": one.help, "item": one.item_id, "file": one.file_id}
            for one in findings
        ]
        say(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        signs = {Weight.MUST: "! ", Weight.SHOULD: "- ", Weight.FINE: "  "}
        for one in findings:
            say(f"{signs[one.weight]}{one.words}" + (f"  ({one.help})" if one.help else ""))
    return 1 if any(one.weight is Weight.MUST for one in findings) else 0


def print_packet(arguments: Namespace) -> int:
    """The packet of a meeting, kept in the plan unless it is a preview; or the agenda alone."""
    audience = Access(arguments.audience)
    if not arguments.meeting:
        raise InvalidInput(_("Say of which meeting, with --meeting 2026-10-14."), field="meeting")
    alone = arguments.report == "agenda"
    opened = reading if alone or arguments.preview or arguments.again is not None else writing
    with opened(arguments.plan) as workspace, _packets(workspace) as packets:
        row = find_meeting(workspace, arguments.meeting)
        if arguments.again is not None:
            return _again(workspace, row, audience, arguments.again, arguments.output)
        options = PacketOptions(
            dividers=arguments.dividers, plan_pages=not arguments.no_plan_pages, watermark=arguments.watermark,
            archival=arguments.archival,
        )  # fmt: skip
        shot = packets.snapshot(row.id, audience, options=options, note=arguments.note, paper=arguments.paper)
        if alone:
            made = packets.agenda(shot)
            write(arguments.output, made.pdf)
            pages = ngettext("{n} page in {path}", "{n} pages in {path}", made.pages)
            say(pages.format(n=made.pages, path=arguments.output))
            return 0
        bar = Bar()
        try:
            printed = packets.print(shot, progress=bar, allow_leaks=arguments.allow_leaks)
        finally:
            bar.end()
        if not arguments.preview and packets.unchanged(shot, printed):
            last = max(pk.revision for pk in shot.whole.packets if pk.audience is audience)
            say(_("Nothing has changed since revision {n}; the same file again.").format(n=last))
            return _again(workspace, row, audience, last, arguments.output)
        write(arguments.output, printed.pdf)
        if not arguments.preview:
            packets.record(shot, printed)
    pages = ngettext("{n} page in {path}", "{n} pages in {path}", printed.pages)
    say(pages.format(n=printed.pages, path=arguments.output))
    for change in printed.changes:
        say(f"  {change.number} {change.title}: {change.what}".replace("   ", "  "))
    if not printed.accessible:
        say(_("Some attached files are not accessible; the last page lists them."))
    if printed.missing:
        signs = " ".join(printed.missing)
        sys.stderr.write(_("No font has these characters; they print as boxes: {signs}").format(signs=signs) + "\n")
    return 0


def _again(workspace: Workspace, row: MeetingRow, audience: Access, revision: int, target: Path) -> int:
    """Write a packet that was printed before, byte for byte."""
    from planstudio.queries.meetings import packet_bytes, packets_of

    for packet in workspace.ask(packets_of, row.id):
        if packet.audience is audience and packet.revision == revision:
            write(target, workspace.ask(packet_bytes, packet.id))
            pages = ngettext("{n} page in {path}", "{n} pages in {path}", packet.pages)
            say(pages.format(n=packet.pages, path=target))
            return 0
    words = _("No {audience} packet of revision {n} has been printed.")
    raise NotFound(words.format(audience=word(audience).lower(), n=revision))


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
    try:
        moment = datetime.fromisoformat(when)
    except ValueError as error:
        words = _("“{text}” is not a date like 2026-10-14, a date and time like 2026-10-14T18:30, or: next.")
        raise InvalidInput(words.format(text=when), field="meeting") from error
    found = [
        row
        for row in rows
        if row.start and row.start.date() == moment.date() and (len(when) <= 10 or row.start == moment)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(_("No meeting is on {when}. See: planstudio meetings PLAN").format(when=when))
    names = "; ".join(f"{row.start:%Y-%m-%dT%H:%M} {row.name}" for row in found)
    raise InvalidInput(
        _("Several meetings are on that day: {names}. Give the time, too.").format(names=names), field="meeting"
    )


@contextmanager
def _packets(workspace: Workspace) -> Iterator[Packets]:
    from planstudio.packets import Packets

    made = Packets(workspace, app.data_folder() / "prepared")
    try:
        yield made
    finally:
        made.close()
