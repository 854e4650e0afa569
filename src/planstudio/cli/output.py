"""Where a command writes to: a file whose ending says what it is, or standard output for "-".

What is said about a file that goes to standard output is said on stderr, so
that whoever reads the file reads nothing else.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from planstudio import files
from planstudio.cli.terminal import remark, say, shown
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.i18n import _, ngettext

_ENDING = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{1,10}", re.IGNORECASE)  # of a kind of file; "packet 10.14" has none


def is_stdout(path: Path) -> bool:
    return str(path) == "-"


def ending(path: Path, *kinds: str) -> str:
    """Which of *kinds* the name at *path* asks for, the first where it says nothing; another one is refused."""
    found = path.suffix.lower()
    if found in kinds:
        return found
    if files.is_plan(path):
        raise PlanStudioError(_("{path} would take a plan's place. Choose another ending.").format(path=shown(path)))
    if _ENDING.fullmatch(found):
        words = _("{path}: this cannot be written as {ending}. End the name with {kinds}.")
        raise InvalidInput(words.format(path=shown(path), ending=found, kinds=_(" or ").join(kinds)), field="output")
    return kinds[0]


def plan_name(path: Path) -> None:
    """Refuse a name under which no plan is to be made."""
    if is_stdout(path):
        raise InvalidInput(_("A plan is a file. Name one that ends with .planstudio."), field="plan")
    if not files.is_plan(path) and _ENDING.fullmatch(path.suffix):
        words = _("{path} would be a plan under another kind's ending. End the name with .planstudio.")
        raise InvalidInput(words.format(path=shown(path)), field="plan")


def tell(path: Path, text: str) -> None:
    """Say something of what was written to *path*."""
    (remark if is_stdout(path) else say)(text)


def tell_pages(path: Path, pages: int) -> None:
    tell(path, ngettext("{n} page in {path}", "{n} pages in {path}", pages).format(n=pages, path=shown(path)))


def tell_boxes(missing: Iterable[str]) -> None:
    """Which characters of what was printed have no font."""
    if missing:
        remark(_("No font has these characters; they print as boxes: {signs}").format(signs=" ".join(missing)))


def write(path: Path, data: bytes, *, force: bool = False) -> None:
    """Put *data* at *path* whole or not at all: over a print of its kind, by *force* over any file, over no plan."""
    if is_stdout(path):
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    if files.is_plan(path):
        words = _("{path} would take a plan's place. Choose another ending.")
        raise PlanStudioError(words.format(path=shown(path)))
    files.write(path, data, like=None if force else data[:4])
