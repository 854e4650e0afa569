"""The command line. It reads as a list; what each command does is in commands.py.

Exit code 0, or 2 with one sentence on stderr. The window is imported only when
it is opened.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from planstudio import __version__, app
from planstudio.cli import commands, meetings, passwords, printing, terminal, together
from planstudio.domain.errors import PlanStudioError
from planstudio.domain.kinds import ClearedAs
from planstudio.i18n import _


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        terminal.complain(f"{message}. See {self.prog} --help.", self.prog)
        sys.exit(2)

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(message, file)
        if terminal.is_mute():  # help and version, too, are read in a window there
            app.tell_in_window(message)


def parser() -> argparse.ArgumentParser:
    made = _Parser(
        prog="planstudio",
        description="Strategic plans, board policies and board packets of a school district, offline and in one file.",
        epilog="planstudio [PLAN] without a command opens the window. Every command says more with --help.",
    )
    made.add_argument("--version", action="version", version=f"planstudio {__version__}")
    add = made.add_subparsers(metavar="COMMAND", parser_class=_Parser, required=False).add_parser
    plan: dict[str, Any] = {
        "type": Path,
        "metavar": "PLAN",
        "help": "a plan file (.planstudio, or .planstudiox under a password)",
    }

    p = add("open", help="open the window, with a plan in it")
    p.add_argument("plan", nargs="?", **plan)
    p.set_defaults(run=commands.window)

    p = add("demo", help="open the sample plan; without a display, print its board packet")
    p.add_argument("--print-only", metavar="DIR", type=Path, help="print the packet into this folder, open no window")
    p.set_defaults(run=commands.demo)

    p = add("new", help="make an empty plan file")
    p.add_argument("plan", **plan)
    p.add_argument("--organization", default="", metavar="NAME", help="the district's name")
    p.add_argument("--title", default="", help="the plan's title")
    p.set_defaults(run=commands.new)

    p = add("import", help="recognise plans and policies in documents, or load the complete JSON")
    p.add_argument("documents", nargs="+", type=Path, metavar="DOCUMENT", help="text, Markdown, HTML, StratML or JSON")
    p.add_argument("--into", metavar="PLAN", type=Path, help="the plan to add to; it is made where there is none")
    other = p.add_mutually_exclusive_group()
    other.add_argument("--replace", action="store_true", help="where the plan says it in other words, take these")
    other.add_argument("--add", action="store_true", help="where the plan says it in other words, take both")
    p.add_argument("--dry-run", action="store_true", help="only show what would be taken in")
    p.add_argument("--json", action="store_true", help="with --dry-run: as JSON")
    _wait(p)
    p.set_defaults(run=commands.import_)

    p = add("show", help="print the whole plan")
    p.add_argument("plan", **plan)
    p.add_argument("--json", action="store_true", help="as JSON, in the field names of the import")
    _as_of(p)
    _given(p, "as this audience is given it (as it is in the house)")
    p.set_defaults(run=commands.show)

    p = add("print", help="print a report as an accessible PDF")
    p.add_argument("plan", **plan)
    p.add_argument("--report", choices=printing.names(), default="packet", metavar="NAME", help=printing.NAMES_HELP)
    p.add_argument(
        "-o", "--output", required=True, type=Path, metavar="FILE", help="where to: .pdf, .xlsx for a table, or -"
    )
    _force(p)
    p.add_argument("--title", default="", help="the title on the cover")
    p.add_argument("--policies", metavar="CODES", help="print the full text of these policies: 1800,5145 (or: none)")
    p.add_argument("--paper", choices=("letter", "a4"), default="letter", help="US Letter or A4")
    _as_of(p)
    p.add_argument("--meeting", metavar="WHEN", help="the packet of the meeting on that day: 2026-10-14, or: next")
    _audience(p)
    p.add_argument("--goal", metavar="GOAL", help="the goal a report is about: its label, number or title")
    p.add_argument("--policy", metavar="CODE", help="the policy a report is about")
    p.add_argument("--since", metavar="DAY", help="from this day on; of a redline the day to compare with")
    p.add_argument("--until", metavar="DAY", help="up to this day")
    p.add_argument("--note", default="", help="what changed, in your words, for the cover of a revision")
    p.add_argument("--preview", action="store_true", help="do not keep the packet as a printed revision")
    p.add_argument("--again", type=int, metavar="REV", help="the packet of that revision again, byte for byte")
    p.add_argument("--dividers", action="store_true", help="a page before each section of the agenda")
    p.add_argument("--no-plan-pages", action="store_true", help="without the plan's pages behind the items")
    p.add_argument("--watermark", metavar="WORD", help="across each page; empty for none")
    p.add_argument("--archival", action="store_true", help="PDF/A: foreign files are named, not included")
    _clearing(p)
    _wait(p)
    p.set_defaults(run=printing.print_)

    p = add("meetings", help="list the meetings")
    p.add_argument("plan", **plan)
    p.add_argument("--json", action="store_true", help="as JSON")
    p.set_defaults(run=meetings.meetings)

    p = add("preflight", help="what to look at before a packet is printed or posted; 1 when something must be done")
    p.add_argument("plan", **plan)
    p.add_argument("--meeting", required=True, metavar="WHEN", help="the day of the meeting, or: next")
    _audience(p)
    _clearing(p)
    p.add_argument("--json", action="store_true", help="as JSON")
    _wait(p)
    p.set_defaults(run=meetings.preflight)

    p = add("history", help="who changed what and when")
    p.add_argument("plan", **plan)
    p.add_argument("--limit", type=int, default=100, metavar="N", help="the newest N steps (100)")
    p.add_argument("--json", action="store_true", help="each step as a line of JSON")
    p.set_defaults(run=commands.history)

    for name, help_ in (("undo", "take the last step back"), ("redo", "do the last step again that was taken back")):
        p = add(name, help=help_)
        p.add_argument("plan", **plan)
        _wait(p)
        p.set_defaults(run=commands.undo if name == "undo" else commands.redo)

    p = add("check", help="check the file, its structure and its history")
    p.add_argument("plan", **plan)
    p.set_defaults(run=commands.check)

    p = add("restore", help="list the backups of a plan, or bring one back")
    p.add_argument("plan", **plan)
    p.add_argument("backup", nargs="?", metavar="BACKUP", help="the backup's name, or: newest")
    p.add_argument("--salvage", metavar="NEW", type=Path, help="save what can be read of a damaged file")
    _much(p)
    _wait(p)
    p.set_defaults(run=commands.restore)

    p = add("backups", help="list the backups of a plan")
    p.add_argument("plan", **plan)
    p.set_defaults(run=commands.backups)

    p = add("export", help="write the whole file as JSON, or what of it is for others")
    p.add_argument("plan", **plan)
    p.add_argument("--to", choices=("json", "plan"), default="json", help="complete JSON, or a clean copy (json)")
    p.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help="where to; - is standard output")
    _force(p)
    _given(p, "only what this audience is given (json: everything; plan: public)")
    p.set_defaults(run=commands.export)
    _together(add, plan)
    return made


def _together(add: Callable[..., argparse.ArgumentParser], plan: dict[str, Any]) -> None:
    """The commands about a plan that others work on, too."""
    p = add("status", help="how the file and the work on this computer stand; 1 when something is not saved")
    p.add_argument("plan", **plan)
    p.add_argument("--json", action="store_true", help="as JSON")
    p.set_defaults(run=together.status)

    p = add("merge", help="put a plan together with another copy of it")
    p.add_argument("plan", **plan)
    p.add_argument("copy", type=Path, metavar="COPY", help="the other copy, or a plan that was saved as one; it stays")
    p.add_argument("--dry-run", action="store_true", help="only count what each of the two has")
    _much(p)
    _wait(p)
    p.set_defaults(run=together.merge)

    p = add("conflicts", help="list what was written differently and waits for an answer")
    p.add_argument("plan", **plan)
    p.add_argument("--json", action="store_true", help="as JSON")
    p.set_defaults(run=together.conflicts)

    p = add("settle", help="answer what was written differently")
    p.add_argument("plan", **plan)
    p.add_argument("codes", nargs="+", metavar="CODE", help="of a difference, as conflicts lists it")
    answer = p.add_mutually_exclusive_group(required=True)
    answer.add_argument("--take", metavar="SIDE", help="mine, theirs, kept (not deleted), or the step of a side")
    answer.add_argument("--value", metavar="WORDS", help="what is to stand there instead of either")
    _wait(p)
    p.set_defaults(run=together.settle)

    p = add("copy", help="make a copy of a plan that is a plan of its own")
    p.add_argument("plan", **plan)
    how = p.add_mutually_exclusive_group(required=True)
    how.add_argument("--clean", action="store_true", help="what others are given, without the history")
    how.add_argument("--whole", action="store_true", help="everything, with the history")
    how.add_argument("--send", action="store_true", help="the plan itself as one file, to be merged when it comes back")
    p.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help="where to: .planstudio")
    _given(p, "with --clean: what this audience is given (public)")
    p.set_defaults(run=together.copy)

    p = add("protect", help="make a plan under a password of a plan, with its whole history")
    p.add_argument("plan", **plan)
    p.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help="where to: .planstudiox")
    p.set_defaults(run=commands.protect)


MOST_SECONDS = 86_400
_AUDIENCES = ("public", "administrative", "closed")


def _given(p: argparse.ArgumentParser, words: str) -> None:
    p.add_argument("--audience", choices=_AUDIENCES, help=words)


def _force(p: argparse.ArgumentParser) -> None:
    p.add_argument("-f", "--force", action="store_true", help="replace FILE whatever it is, unless it is a plan")


def _much(p: argparse.ArgumentParser) -> None:
    p.add_argument("-f", "--force", action="store_true", help="also where more than a third of the plan would go")


def _wait(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--wait", type=_seconds, default=0.0, metavar="SECONDS", help="where the plan is open, wait that long (0)"
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"{terminal.shown(text)!r} is no number of seconds from 0 to {MOST_SECONDS}")
    return seconds


def _audience(p: argparse.ArgumentParser) -> None:
    p.add_argument("--audience", choices=_AUDIENCES, default="public", help="who reads it (public)")


def _clearing(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--clear", action="append", default=[], metavar='CODE="REASON"',
        help="keep why a finding of withheld words is no leak; several times for several",
    )  # fmt: skip
    kinds = tuple(kind.value for kind in ClearedAs)
    p.add_argument(
        "--clear-as", choices=kinds, default=kinds[0], metavar="KIND", help=f"what it is: {', '.join(kinds)}"
    )


def _as_of(p: argparse.ArgumentParser) -> None:
    p.add_argument("--as-of", metavar="WHEN", help="as it stood then: 2026-10-14, or 2026-10-14T18:30")


_COMMANDS = frozenset(
    (
        *("open", "demo", "new", "import", "show", "print", "meetings", "preflight"),
        *("history", "undo", "redo", "check", "restore", "backups", "export"),
        *("status", "merge", "conflicts", "settle", "copy", "protect"),
    )
)


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
    arguments = parser().parse_args(given)
    try:
        if arguments.run is not commands.window:  # the window asks by itself
            passwords.give(arguments, one_is_enough=arguments.run in (commands.restore, commands.backups))
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
