"""The parser of the command line, and the arguments that several commands have."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from planstudio import app
from planstudio.cli import terminal
from planstudio.domain.kinds import ClearedAs

MOST_SECONDS = 86_400
_AUDIENCES = ("public", "administrative", "closed")


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, also where there is no terminal."""

    def error(self, message: str) -> NoReturn:
        terminal.complain(f"{message}. See {self.prog} --help.", self.prog)
        sys.exit(2)

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(message, file)
        if terminal.is_mute():  # help and version, too, are read in a window there
            app.tell_in_window(message)


Add: TypeAlias = Callable[..., argparse.ArgumentParser]  # adds a command with its help


def command(add: Add, run: Callable[[argparse.Namespace], int], words: str, **plan: Any) -> argparse.ArgumentParser:
    """Add a command about a plan; *words* are its help."""
    p = add(help=words)
    p.set_defaults(run=run)
    named = "a plan file (.planstudio, or .planstudiox under a password)"
    p.add_argument("plan", type=Path, metavar="PLAN", help=named, **plan)
    return p


def output(p: argparse.ArgumentParser, words: str) -> None:
    p.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help=words)


def as_json(p: argparse.ArgumentParser, words: str = "as JSON") -> None:
    p.add_argument("--json", action="store_true", help=words)


def given(p: argparse.ArgumentParser, words: str) -> None:
    p.add_argument("--audience", choices=_AUDIENCES, help=words)


def audience(p: argparse.ArgumentParser) -> None:
    p.add_argument("--audience", choices=_AUDIENCES, default="public", help="who reads it (public)")


def force(p: argparse.ArgumentParser) -> None:
    p.add_argument("-f", "--force", action="store_true", help="replace FILE whatever it is, unless it is a plan")


def much(p: argparse.ArgumentParser) -> None:
    p.add_argument("-f", "--force", action="store_true", help="also where more than a third of the plan would go")


def wait(p: argparse.ArgumentParser) -> None:
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


def clearing(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--clear", action="append", default=[], metavar='CODE="REASON"',
        help="keep why a finding of withheld words is no leak; several times for several",
    )  # fmt: skip
    kinds = tuple(kind.value for kind in ClearedAs)
    p.add_argument(
        "--clear-as", choices=kinds, default=kinds[0], metavar="KIND", help=f"what it is: {', '.join(kinds)}"
    )


def as_of(p: argparse.ArgumentParser) -> None:
    p.add_argument("--as-of", metavar="WHEN", help="as it stood then: 2026-10-14, or 2026-10-14T18:30")
