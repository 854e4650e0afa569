"""Printing the packet or the agenda of a meeting."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from planstudio.cli.leaks import leak_line, looked_through, packets_of
from planstudio.cli.meetings import find_meeting
from planstudio.cli.opening import reading, writing
from planstudio.cli.output import ending, tell, tell_boxes, tell_pages, write
from planstudio.cli.terminal import complain, remark
from planstudio.domain.agenda import MeetingRow, PacketRow
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.kinds import Access
from planstudio.domain.leaks import Leak, sentence, unanswered
from planstudio.domain.packets import PacketOptions, read_record
from planstudio.domain.words import word
from planstudio.i18n import _, language

if TYPE_CHECKING:
    from planstudio.packets import Wish
    from planstudio.reports.meeting.packet import PrintedPacket
    from planstudio.workspace import Workspace


def print_packet(arguments: Namespace) -> int:
    """The packet of a meeting, kept in the plan unless it is a preview; or the agenda alone."""
    if not arguments.meeting:
        raise InvalidInput(_("Say of which meeting, with --meeting 2026-10-14."), field="meeting")
    ending(arguments.output, ".pdf")
    only_read = arguments.report == "agenda" or arguments.preview or arguments.again is not None
    opened = reading if only_read and not arguments.clear else partial(writing, wait=arguments.wait)
    with opened(arguments.plan) as workspace, packets_of(workspace) as packets:
        row = find_meeting(workspace, arguments.meeting)
        if arguments.again is not None:
            return _again(workspace, row, arguments)
        if arguments.report == "agenda":
            made = packets.agenda(packets.snapshot(row.id, Access(arguments.audience), **_how(arguments)))
            write(arguments.output, made.pdf, force=arguments.force)
            tell_pages(arguments.output, made.pages)
            return 0
        shot, printed, leaks = looked_through(packets, row, Access(arguments.audience), arguments, **_how(arguments))
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
    _tell_printed(printed, arguments.output)
    return 0


def _how(arguments: Namespace) -> Wish:
    options = PacketOptions(
        dividers=arguments.dividers, plan_pages=not arguments.no_plan_pages, watermark=arguments.watermark,
        archival=arguments.archival,
    )  # fmt: skip
    return {"options": options, "note": arguments.note, "paper": arguments.paper}


def _tell_printed(printed: PrintedPacket, target: Path) -> None:
    tell_pages(target, printed.pages)
    for change in printed.changes:
        tell(target, f"  {change.number} {change.title}: {change.what}".replace("   ", "  "))
    if not printed.accessible:
        tell(target, _("Some attached files are not accessible; the last page lists them."))
    tell_boxes(printed.missing)


def _refuse(leaks: tuple[Leak, ...]) -> int:
    """Say why nothing was printed, each finding in a line of its own with the code that answers it."""
    complain(sentence(leaks))
    for leak in leaks:
        remark(f"  {leak_line(leak)}")
    remark(_('Mend them, or say of each why it is no leak: --clear CODE="reason"'))
    return 2


def _again(workspace: Workspace, row: MeetingRow, arguments: Namespace) -> int:
    """Write a packet that was printed before, byte for byte; where it was in two languages, the one spoken."""
    from planstudio.queries.meetings import packet_record
    from planstudio.queries.meetings import packets_of as printed_packets

    wanted = audience, revision = Access(arguments.audience), arguments.again
    found = [one for one in workspace.ask(printed_packets, row.id) if (one.audience, one.revision) == wanted]
    if not found:
        words = _("No {audience} packet of revision {n} has been printed.")
        raise NotFound(words.format(audience=word(audience).lower(), n=revision))
    records = ((one, read_record(workspace.ask(packet_record, one.id))) for one in found)
    mine = next((one for one, record in records if record is not None and record.language == language()), found[0])
    return _write_again(workspace, mine, arguments.output, arguments.force)


def _write_again(workspace: Workspace, packet: PacketRow, target: Path, force: bool) -> int:
    from planstudio.queries.meetings import packet_bytes

    write(target, workspace.ask(packet_bytes, packet.id), force=force)
    tell_pages(target, packet.pages)
    return 0
