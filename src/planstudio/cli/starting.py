"""The commands that open the window or make a plan."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from planstudio import app
from planstudio.cli import arguments as takes
from planstudio.cli.opening import reading, writing
from planstudio.cli.output import write
from planstudio.cli.terminal import Bar, say, shown
from planstudio.domain.errors import NotAPlan, PlanStudioError
from planstudio.domain.kinds import Access, MeetingState
from planstudio.i18n import _

if TYPE_CHECKING:
    from planstudio.workspace import Workspace


@takes.command("open the window, with a plan in it", takes.plan(nargs="?"))
def window(arguments: Namespace) -> int:
    if arguments.plan is not None and not app.is_known(arguments.plan):
        words = _("There is no command and no file called {name}. See planstudio --help.")
        raise NotAPlan(words.format(name=shown(arguments.plan)))
    if not app.has_display():
        raise PlanStudioError(_("There is no display to open a window on. See planstudio --help for the commands."))
    return app.run_window(arguments.plan)


@takes.command(
    "open the sample plan; without a display, print its board packet",
    takes.argument("--print-only", metavar="DIR", type=Path, help="print the packet into this folder, open no window"),
)
def demo(arguments: Namespace) -> int:
    folder = arguments.print_only
    if folder is None and app.has_display():
        return app.run_window(app.sample_plan(app.data_folder() / "samples"))
    folder = Path(folder or Path.cwd() / "demo")
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "juniper-flats-packet.pdf"
    with reading(app.sample_plan(folder)) as workspace:
        pages = _print_meeting(workspace, made)
    say(_("The sample plan's board packet, {pages} pages, is in {path}").format(pages=pages, path=shown(made)))
    return 0


def _print_meeting(workspace: Workspace, target: Path) -> int:
    """The public packet of the sample's next meeting."""
    from planstudio.packets import Packets
    from planstudio.queries.meetings import meeting_rows

    meeting = next(row for row in workspace.ask(meeting_rows) if row.state is MeetingState.DRAFT)
    with closing(Packets(workspace)) as packets, Bar() as bar:
        printed = packets.print(packets.snapshot(meeting.id, Access.PUBLIC), progress=bar)
    write(target, printed.pdf)
    return printed.pages


@takes.command(
    "make an empty plan file",
    takes.PLAN,
    takes.argument("--organization", default="", metavar="NAME", help="the district's name"),
    takes.argument("--title", default="", help="the plan's title"),
)
def new(arguments: Namespace) -> None:
    from planstudio.operations.plans import create_plan

    with writing(arguments.plan, create=True) as workspace:
        workspace.start_plan(_("New plan"), create_plan, arguments.organization, arguments.title)
    say(_("Made {path}").format(path=shown(arguments.plan)))
