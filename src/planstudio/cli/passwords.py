"""Passwords on the command line: from the environment, or asked without showing what is typed; never an argument.

What stands among the arguments can be read by every program of the computer, and
is kept in the shell's history.
"""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from planstudio import app, files
from planstudio.cli.terminal import remark, shown
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.i18n import _
from planstudio.passwords import is_locked, locked_files, unlock

VARIABLE = "PLANSTUDIO_PASSWORD"
COPY_VARIABLE = "PLANSTUDIO_COPY_PASSWORD"  # of the copy that is merged, where that has another one
_TRIES = 3


def give(arguments: Namespace, *, one_is_enough: bool = False) -> None:
    """Unlock every plan under a password that a command names.

    *one_is_enough*: of the file and the work on this computer; for backups, whose plan's file may be beyond opening.
    """
    for path, variable in _plans(arguments):
        tries, waiting = 0, locked_files(path, app.data_folder())
        left = waiting
        while left and not (one_is_enough and len(left) < len(waiting)):
            tries = _unlock(path, tries, variable)
            left = locked_files(path, app.data_folder())


def _plans(arguments: Namespace) -> Iterator[tuple[Path, str]]:
    """Every plan under a password, with the variable that holds it."""
    for name, value in vars(arguments).items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Path) and files.is_secret(one):
                yield one, COPY_VARIABLE if name == "copy" else VARIABLE


def _unlock(path: Path, tries: int, variable: str) -> int:
    """Give one password; how many have been asked for without success."""
    given = os.environ.get(variable) or os.environ.get(VARIABLE)
    if given and not tries:
        _try(path, given, variable)
        return 1
    if not _can_ask():
        words = _("{name} is under a password. Put it into the environment as {variable}, or ask on a terminal.")
        raise PlanStudioError(words.format(name=shown(path.name), variable=variable))
    try:
        unlock(path, app.data_folder(), getpass.getpass(_("Password of {name}: ").format(name=shown(path.name))))
    except InvalidInput as error:
        if tries >= _TRIES - 1:
            raise
        remark(str(error))
    return tries + 1


def _try(path: Path, given: str, variable: str) -> None:
    """Give the password of the environment; where nobody can be asked for another one, say what it does not open."""
    try:
        unlock(path, app.data_folder(), given)
    except InvalidInput as error:
        if _can_ask():
            return
        if variable in os.environ:
            raise
        words = _("{name} is under another password. Put it into the environment as {variable}, or ask on a terminal.")
        raise PlanStudioError(words.format(name=shown(path.name), variable=variable)) from error
    if is_locked(path, app.data_folder()) and not _can_ask():
        words = _("Your work on this computer is still under the former password of {name}. Enter that one, too.")
        raise PlanStudioError(words.format(name=shown(path.name)))


def chosen() -> str:
    """The password of a plan that is to be made: from the environment, or asked twice."""
    if given := os.environ.get(VARIABLE):
        return given
    if not _can_ask():
        words = _("A plan under a password needs one: put it into the environment as {variable}, or ask on a terminal.")
        raise PlanStudioError(words.format(variable=VARIABLE))
    first = getpass.getpass(_("A new password: "))
    if not first or first != getpass.getpass(_("The same once more: ")):
        raise InvalidInput(_("These are two different passwords. Nothing was made."), field="password")
    return first


def _can_ask() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
