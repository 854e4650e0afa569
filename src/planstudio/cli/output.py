"""Where a command writes to: a file whose ending says what it is, or standard output for "-".

What is said about a file that goes to standard output is said on stderr, so
that whoever reads the file reads nothing else.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

from planstudio.cli.terminal import say
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.i18n import _

PLAN_SUFFIX = ".planstudio"
_ENDING = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{1,10}", re.IGNORECASE)  # of a kind of file; "packet 10.14" has none


def is_stdout(path: Path) -> bool:
    return str(path) == "-"


def ending(path: Path, *kinds: str) -> str:
    """Which of *kinds* the name at *path* asks for, the first where it says nothing; another one is refused."""
    found = path.suffix.lower()
    if found in kinds:
        return found
    if found == PLAN_SUFFIX:
        raise PlanStudioError(_("{path} would take a plan's place. Choose another ending.").format(path=path))
    if _ENDING.fullmatch(found):
        words = _("{path}: this cannot be written as {ending}. End the name with {kinds}.")
        raise InvalidInput(words.format(path=path, ending=found, kinds=_(" or ").join(kinds)), field="output")
    return kinds[0]


def plan_name(path: Path) -> None:
    """Refuse a name under which no plan is to be made."""
    if is_stdout(path):
        raise InvalidInput(_("A plan is a file. Name one that ends with .planstudio."), field="plan")
    if path.suffix.lower() != PLAN_SUFFIX and _ENDING.fullmatch(path.suffix):
        words = _("{path} would be a plan under another kind's ending. End the name with .planstudio.")
        raise InvalidInput(words.format(path=path), field="plan")


def tell(path: Path, text: str) -> None:
    """Say something of what was written to *path*."""
    if is_stdout(path):
        sys.stderr.write(text + "\n")
    else:
        say(text)


def write(path: Path, data: bytes) -> None:
    """Put *data* at *path* as a whole or not at all; a plan is never written over."""
    if is_stdout(path):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if not path.name or os.path.isdir(path):
        raise PlanStudioError(_("{path} is a folder. Name a file in it.").format(path=path))
    if path.suffix.lower() == PLAN_SUFFIX:
        raise PlanStudioError(_("{path} would take a plan's place. Choose another ending.").format(path=path))
    temporary = path.with_name(f".~{path.name}.{os.getpid()}")
    try:
        if path.exists() and not path.is_file():  # a device or a pipe takes the bytes and stays what it is
            path.write_bytes(data)
            return
        temporary.write_bytes(data)
        os.replace(temporary, os.path.realpath(path))
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        words = _("{path} cannot be written: {why}.")
        raise PlanStudioError(words.format(path=path, why=error.strerror or error)) from error
