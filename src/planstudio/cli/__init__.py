"""The command line. It reads as a list; beside each command stand its arguments.

Exit code 0, or 2 with one sentence on stderr. The window is imported only when
it is opened.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial

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
from planstudio.cli.arguments import Add, Parser
from planstudio.domain.errors import PlanStudioError
from planstudio.i18n import _

_COMMANDS: dict[str, Callable[[Add], None]] = {
    "open": starting.add_open,
    "demo": starting.add_demo,
    "new": starting.add_new,
    "import": importing.add_import,
    "show": showing.add_show,
    "print": printing.add_print,
    "meetings": meetings.add_meetings,
    "preflight": meetings.add_preflight,
    "history": steps.add_history,
    "undo": steps.add_undo,
    "redo": steps.add_redo,
    "check": keeping.add_check,
    "restore": keeping.add_restore,
    "backups": keeping.add_backups,
    "export": copies.add_export,
    "status": standing.add_status,
    "merge": together.add_merge,
    "conflicts": together.add_conflicts,
    "settle": together.add_settle,
    "copy": copies.add_copy,
    "protect": copies.add_protect,
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
        command(partial(commands.add_parser, name))
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
        if arguments.run is not starting.window:  # the window asks by itself
            passwords.give(arguments, one_is_enough=arguments.run in (keeping.restore, keeping.backups))
        code = int(arguments.run(arguments))
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
