"""The command line. It reads as a list; beside each command stand its arguments.

Exit code 0, or 2 with one sentence on stderr. The window is imported only when
it is opened.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from planstudio import __version__, app
from planstudio.cli import (
    copies,
    importing,
    keeping,
    meetings,
    passwords,
    printing,
    showing,
    standing,
    starting,
    steps,
    terminal,
    together,
)
from planstudio.cli.arguments import Command, Parser
from planstudio.domain.errors import PlanStudioError
from planstudio.i18n import _

_COMMANDS: dict[str, Command] = {
    "open": starting.window,
    "demo": starting.demo,
    "new": starting.new,
    "import": importing.import_,
    "show": showing.show,
    "print": printing.print_,
    "meetings": meetings.meetings,
    "preflight": meetings.preflight,
    "history": steps.history,
    "undo": steps.undo,
    "redo": steps.redo,
    "check": keeping.check,
    "restore": keeping.restore,
    "backups": keeping.backups,
    "export": copies.export,
    "status": standing.status,
    "merge": together.merge,
    "conflicts": together.conflicts,
    "settle": together.settle,
    "copy": copies.copy,
    "protect": copies.protect,
}


def parser() -> argparse.ArgumentParser:
    made = Parser(
        prog="planstudio",
        description="Strategic plans, board policies and board packets of a school district, offline and in one file.",
        epilog="planstudio [PLAN] without a command opens the window. Every command says more with --help.",
    )
    made.add_argument("--version", action="version", version=f"planstudio {__version__}")
    commands = made.add_subparsers(metavar="COMMAND", parser_class=Parser, required=False)
    for name, command in _COMMANDS.items():
        p = commands.add_parser(name, help=command.words)
        p.set_defaults(command=command)
        for take in command.takes:
            take(p)
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the process's exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    if not given or (not given[0].startswith("-") and given[0] not in _COMMANDS):
        given.insert(0, "open")
    terminal.prepare()
    if given[0] == "--intake-child":  # a packed program starts itself to read foreign files
        from planstudio.reports.foreign.child import main as take_in

        return take_in()
    app.speak(app.system_language())
    return _run(parser().parse_args(given))


def _run(arguments: argparse.Namespace) -> int:
    try:
        command: Command = arguments.command
        if command is not starting.window:  # the window asks by itself
            passwords.give(arguments, one_is_enough=command in (keeping.restore, keeping.backups))
        code = command.run(arguments) or 0
        sys.stdout.flush()
        return code
    except PlanStudioError as error:
        terminal.complain(str(error))
    except app.database_errors() as error:
        terminal.complain(_("the file could not be read or written: {why}.").format(why=error))
    except BrokenPipeError:  # whoever read has had enough
        terminal.hush()
        return 0
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        terminal.complain(f"{place}{error.strerror or error}.")
    except KeyboardInterrupt:
        terminal.complain(_("stopped."))
    return 2
