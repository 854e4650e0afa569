"""The commands about meetings: list them, look before printing, print a packet."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planstudio import app
from planstudio.cli.commands import reading, typed_moment, writing
from planstudio.cli.output import ending, tell, write
from planstudio.cli.terminal import Bar, complain, remark, say, shown
from planstudio.domain.agenda import MeetingRow, PacketRow
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import Access, ClearedAs, MeetingState
from planstudio.domain.leaks import Clearance, Leak, Spot, answered, check_reason, sentence, unanswered
from planstudio.domain.packets import PacketOptions
from planstudio.domain.preflight import Weight
from planstudio.domain.words import word
from planstudio.domain.zones import wall
from planstudio.i18n import _, language, ngettext, stopped

if TYPE_CHECKING:
    from planstudio.packets import Packets, Snapshot
    from planstudio.reports.meeting.packet import PrintedPacket
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
    opened = partial(writing, wait=arguments.wait) if arguments.clear else reading
    with opened(arguments.plan) as workspace, _packets(workspace) as packets:
        row = find_meeting(workspace, arguments.meeting)
        shot, printed, leaks = _looked_through(packets, row, Access(arguments.audience), arguments)
        findings = packets.findings(shot, {paper.key: paper.facts for paper in printed.papers})
    open_ones = unanswered(leaks, shot.clearances)
    if arguments.json:
        said = [_leak_form(leak, shot.clearances) for leak in leaks] + [
            {"weight": one.weight.value, "words": one.words, "help": one.help, "item": one.item_id, "file": one.file_id}
            for one in findings
        ]
        say(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        signs = {Weight.MUST: "! ", Weight.SHOULD: "- ", Weight.FINE: "  "}
        for line in map(_leak_line, open_ones):
            say(f"! {line}")
        for one in findings:
            say(f"{signs[one.weight]}{one.words}" + (f"  ({one.help})" if one.help else ""))
        for leak, why in answered(leaks, shot.clearances):
            say(f"  {_leak_line(leak)}")
            say(f"    {_why(why)}")
    return 1 if open_ones or any(one.weight is Weight.MUST for one in findings) else 0


def _looked_through(
    packets: Packets, row: MeetingRow, audience: Access, arguments: Namespace, **how: Any
) -> tuple[Snapshot, PrintedPacket, tuple[Leak, ...]]:
    """The packet, drawn and looked through, after the answers that were given on the command line."""
    bar = Bar()
    try:
        shot = packets.snapshot(row.id, audience, **how)
        printed = packets.draw(shot, progress=bar)
        leaks = packets.leaks(shot, printed)
        if arguments.clear:
            for code, reason in _answers(arguments.clear, leaks):
                found = tuple(one for one in leaks if one.code == code)
                packets.clear(shot, found, ClearedAs(arguments.clear_as), reason)
            shot = packets.snapshot(row.id, audience, **how)  # the record of this packet tells the answers
            printed = packets.draw(shot)
            leaks = packets.leaks(shot, printed)
    finally:
        bar.end()
    return shot, printed, leaks


def _answers(given: list[str], leaks: tuple[Leak, ...]) -> Iterator[tuple[str, str]]:
    """Codes and reasons; a code that nothing has is refused before anything is kept."""
    codes = {leak.code for leak in leaks}
    pairs = [(code.strip().lower(), reason) for code, _sign, reason in (one.partition("=") for one in given)]
    for code, reason in pairs:
        if code not in codes:
            known = ", ".join(sorted(codes)) or _("none")
            words = _("No finding has the code {code}. Codes of this packet: {codes}.")
            raise InvalidInput(words.format(code=code[:40] or "“”", codes=known), field="clear")
        check_reason(reason)
    yield from pairs


def _leak_line(leak: Leak) -> str:
    words = _("{code}  “{words}” of {withheld} stands in {shown}.")
    return words.format(code=leak.code, words=leak.words[:80], withheld=leak.withheld.place, shown=_place(leak.shown))


def _place(spot: Spot) -> str:
    return spot.place or _("the data of the file")


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


def print_packet(arguments: Namespace) -> int:
    """The packet of a meeting, kept in the plan unless it is a preview; or the agenda alone."""
    audience = Access(arguments.audience)
    if not arguments.meeting:
        raise InvalidInput(_("Say of which meeting, with --meeting 2026-10-14."), field="meeting")
    ending(arguments.output, ".pdf")
    alone = arguments.report == "agenda"
    only_read = alone or arguments.preview or arguments.again is not None
    opened = reading if only_read and not arguments.clear else partial(writing, wait=arguments.wait)
    with opened(arguments.plan) as workspace, _packets(workspace) as packets:
        row = find_meeting(workspace, arguments.meeting)
        if arguments.again is not None:
            return _again(workspace, row, audience, arguments.again, arguments.output, arguments.force)
        options = PacketOptions(
            dividers=arguments.dividers, plan_pages=not arguments.no_plan_pages, watermark=arguments.watermark,
            archival=arguments.archival,
        )  # fmt: skip
        how: dict[str, Any] = {"options": options, "note": arguments.note, "paper": arguments.paper}
        if alone:
            shot = packets.snapshot(row.id, audience, **how)
            made = packets.agenda(shot)
            write(arguments.output, made.pdf, force=arguments.force)
            pages = ngettext("{n} page in {path}", "{n} pages in {path}", made.pages)
            tell(arguments.output, pages.format(n=made.pages, path=shown(arguments.output)))
            return 0
        shot, printed, leaks = _looked_through(packets, row, audience, arguments, **how)
        if open_ones := unanswered(leaks, shot.clearances):
            return _refuse(open_ones)
        if not arguments.preview and packets.unchanged(shot, printed):
            last = shot.data.revision - 1
            if kept := packets.kept(shot):
                tell(arguments.output, _("Nothing has changed since revision {n}; the same file again.").format(n=last))
                return _write_again(workspace, kept, arguments.output, arguments.force)
            words = _("Nothing has changed since revision {n}; it is printed in another language.")
            tell(arguments.output, words.format(n=last))
            shot = packets.in_this_language(shot)
            printed = packets.print(shot)
        write(arguments.output, printed.pdf, force=arguments.force)
        if not arguments.preview:
            packets.record(shot, printed)
    pages = ngettext("{n} page in {path}", "{n} pages in {path}", printed.pages)
    tell(arguments.output, pages.format(n=printed.pages, path=shown(arguments.output)))
    for change in printed.changes:
        tell(arguments.output, f"  {change.number} {change.title}: {change.what}".replace("   ", "  "))
    if not printed.accessible:
        tell(arguments.output, _("Some attached files are not accessible; the last page lists them."))
    if printed.missing:
        signs = " ".join(printed.missing)
        remark(_("No font has these characters; they print as boxes: {signs}").format(signs=signs))
    return 0


def _refuse(leaks: tuple[Leak, ...]) -> int:
    """Say why nothing was printed, each finding in a line of its own with the code that answers it."""
    complain(sentence(leaks))
    for leak in leaks:
        remark(f"  {_leak_line(leak)}")
    remark(_('Mend them, or say of each why it is no leak: --clear CODE="reason"'))
    return 2


def _again(workspace: Workspace, row: MeetingRow, audience: Access, revision: int, target: Path, force: bool) -> int:
    """Write a packet that was printed before, byte for byte; where it was in two languages, the one spoken."""
    from planstudio.domain.packets import read_record
    from planstudio.queries.meetings import packet_record, packets_of

    found = [one for one in workspace.ask(packets_of, row.id) if (one.audience, one.revision) == (audience, revision)]
    if not found:
        words = _("No {audience} packet of revision {n} has been printed.")
        raise NotFound(words.format(audience=word(audience).lower(), n=revision))
    records = ((one, read_record(workspace.ask(packet_record, one.id))) for one in found)
    mine = next((one for one, record in records if record is not None and record.language == language()), found[0])
    return _write_again(workspace, mine, target, force)


def _write_again(workspace: Workspace, packet: PacketRow, target: Path, force: bool) -> int:
    from planstudio.queries.meetings import packet_bytes

    write(target, workspace.ask(packet_bytes, packet.id), force=force)
    pages = ngettext("{n} page in {path}", "{n} pages in {path}", packet.pages)
    tell(target, pages.format(n=packet.pages, path=shown(target)))
    return 0


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


@contextmanager
def _packets(workspace: Workspace) -> Iterator[Packets]:
    from planstudio.packets import Packets

    made = Packets(workspace, app.data_folder() / "prepared")
    try:
        yield made
    finally:
        made.close()
