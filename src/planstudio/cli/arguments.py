"""The parser of the command line, what a command is, and the arguments that several commands have."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from operator import methodcaller
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


Run: TypeAlias = Callable[[argparse.Namespace], int | None]  # answers with the exit code, or nothing for 0
Argument: TypeAlias = Callable[[Any], object]  # adds itself to a parser, or to a group of one


@dataclass(frozen=True)
class Command:
    run: Run
    words: str  # its help
    takes: tuple[Argument, ...]


def command(words: str, *takes: Argument) -> Callable[[Run], Command]:
    """Make a command of a function; *words* are its help."""
    return lambda run: Command(run, words, takes)


def argument(*names: str, **how: Any) -> Argument:
    """An argument as argparse has it."""
    return methodcaller("add_argument", *names, **how)


def flag(*names: str, words: str) -> Argument:
    return argument(*names, action="store_true", help=words)


def one_of(*arguments: Argument, required: bool = False) -> Argument:
    """One of *arguments* and no more."""

    def add(p: Parser) -> None:
        group = p.add_mutually_exclusive_group(required=required)
        for one in arguments:
            one(group)

    return add


def plan(**how: Any) -> Argument:
    named = "a plan file (.planstudio, or .planstudiox under a password)"
    return argument("plan", type=Path, metavar="PLAN", help=named, **how)


def output(words: str) -> Argument:
    return argument("-o", "--output", required=True, type=Path, metavar="FILE", help=words)


def as_json(words: str = "as JSON") -> Argument:
    return flag("--json", words=words)


def given(words: str) -> Argument:
    return argument("--audience", choices=_AUDIENCES, help=words)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"{terminal.shown(text)!r} is no number of seconds from 0 to {MOST_SECONDS}")
    return seconds


PLAN = plan()
AUDIENCE = argument("--audience", choices=_AUDIENCES, default="public", help="who reads it (public)")
AS_OF = argument("--as-of", metavar="WHEN", help="as it stood then: 2026-10-14, or 2026-10-14T18:30")
FORCE = flag("-f", "--force", words="replace FILE whatever it is, unless it is a plan")
MUCH = flag("-f", "--force", words="also where more than a third of the plan would go")
WAIT = argument(
    "--wait", type=_seconds, default=0.0, metavar="SECONDS", help="where the plan is open, wait that long (0)"
)
CLEAR = argument(
    "--clear", action="append", default=[], metavar='CODE="REASON"',
    help="keep why a finding of withheld words is no leak; several times for several",
)  # fmt: skip
_KINDS = tuple(kind.value for kind in ClearedAs)
CLEAR_AS = argument(
    "--clear-as", choices=_KINDS, default=_KINDS[0], metavar="KIND", help=f"what it is: {', '.join(_KINDS)}"
)
