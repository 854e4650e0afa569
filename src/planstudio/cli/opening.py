"""Opening a plan for a command: to read it, or to change and publish it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planstudio import app, files
from planstudio.cli import passwords
from planstudio.cli.output import plan_name
from planstudio.cli.terminal import Bar, remark, shown
from planstudio.domain.errors import PlanStudioError, TakesMuch
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.workspace import Workspace


@contextmanager
def writing(path: Path, *, create: bool = False, wait: float = 0) -> Iterator[Workspace]:
    """The plan at *path*, published at the end. One that was to be made is not left behind half made.

    Where something else on this computer has it open, *wait* seconds for that.
    """
    if create:
        plan_name(path)
    with _checking():
        password = passwords.chosen() if create and files.is_secret(path) else ""
        workspace = app.open_workspace(path, create=create, patience=wait, password=password)
    made = not create
    try:
        _greet(workspace)
        yield workspace
        workspace.publish()
        made = True
    finally:
        if made:
            workspace.close()
        else:
            workspace.abandon()


@contextmanager
def reading(path: Path) -> Iterator[Workspace]:
    """The plan at *path*: with what only this computer has of it, unless a window has it open."""
    with _checking():
        workspace = app.open_to_read(path)
    with closing(workspace):
        _greet(workspace)
        yield workspace


@contextmanager
def _checking() -> Iterator[None]:
    """A bar while a plan is checked: a large one takes a while, and Ctrl+C stops it."""
    with Bar() as bar:

        def watch(share: float, name: str) -> bool:
            bar(share, _("Checking {name}").format(name=shown(name)))
            return True

        with app.watching(watch):
            yield


def _greet(workspace: Workspace) -> None:
    """Speak as its district does, and say what one should know before one begins."""
    app.speak_as(workspace)
    if workspace.former is not None:
        words = _("{name} is another plan than the one that stood here before. The former work is kept: {place}")
        remark(words.format(name=shown(workspace.path.name), place=shown(workspace.former)))


@contextmanager
def asking_for_force() -> Iterator[None]:
    """Say how much of the plan is taken away where that is meant."""
    try:
        yield
    except TakesMuch as error:
        raise PlanStudioError(_("{why} If that is meant, say --force.").format(why=error)) from error
