"""A packet for a command: drawn, looked through for leaks, and their answers kept."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Unpack

from planstudio import app
from planstudio.cli.terminal import Bar
from planstudio.domain.agenda import MeetingRow
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Access, ClearedAs
from planstudio.domain.leaks import Leak, check_reason
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.packets import Packets, Snapshot, Wish
    from planstudio.reports.meeting.packet import PrintedPacket
    from planstudio.workspace import Workspace


def packets_of(workspace: Workspace) -> closing[Packets]:
    from planstudio.packets import Packets

    return closing(Packets(workspace, app.data_folder() / "prepared"))


def looked_through(
    packets: Packets, row: MeetingRow, audience: Access, arguments: Namespace, **how: Unpack[Wish]
) -> tuple[Snapshot, PrintedPacket, tuple[Leak, ...]]:
    """The packet, drawn and looked through, after the answers that were given on the command line."""
    with Bar() as bar:
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


def leak_line(leak: Leak) -> str:
    words = _("{code}  “{words}” of {withheld} stands in {shown}.")
    place = leak.shown.place or _("the data of the file")
    return words.format(code=leak.code, words=leak.words[:80], withheld=leak.withheld.place, shown=place)
