"""The print command: a report of the plan, a report of a meeting, or a meeting's packet."""

from __future__ import annotations

from argparse import Namespace

from planstudio.cli import commands, meetings
from planstudio.domain.errors import InvalidInput
from planstudio.i18n import _


def print_(arguments: Namespace) -> int:
    if arguments.report == "packet" and arguments.meeting:
        return meetings.print_packet(arguments)
    if arguments.report in ("packet", "plan"):
        return commands.print_book(arguments)
    raise InvalidInput(_("There is no such report."), field="report")
