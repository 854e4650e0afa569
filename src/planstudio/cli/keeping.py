"""The commands that keep a plan sound: check it, list its backups, bring one back."""

from __future__ import annotations

from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path

from planstudio import app
from planstudio.cli import arguments as takes
from planstudio.cli.opening import asking_for_force, reading, writing
from planstudio.cli.output import plan_name
from planstudio.cli.terminal import say, shown
from planstudio.domain.errors import NotAPlan, OpenAlready, StoreUnavailable
from planstudio.i18n import _, ngettext, number


@takes.command("check the file, its structure and its history", takes.PLAN)
def check(arguments: Namespace) -> None:
    with reading(arguments.plan) as workspace:
        findings = workspace.check()
    for finding in findings:
        say(("" if finding.harmless else "! ") + finding.message)
    if not all(finding.harmless for finding in findings):
        raise NotAPlan(_("{path} is not sound. Restore its last good copy.").format(path=shown(arguments.plan)))


@takes.command(
    "list the backups of a plan, or bring one back",
    takes.PLAN,
    takes.argument("backup", nargs="?", metavar="BACKUP", help="the backup's name, or: newest"),
    takes.argument("--salvage", metavar="NEW", type=Path, help="save what can be read of a damaged file"),
    takes.MUCH,
    takes.WAIT,
)
def restore(arguments: Namespace) -> None:
    if arguments.salvage is not None:
        _salvage(arguments.plan, arguments.salvage)
        return
    if arguments.backup is None:
        backups.run(arguments)
        return
    kept = app.backups_of(arguments.plan)
    rows = kept.backups()
    name = rows[0].name if arguments.backup == "newest" and rows else arguments.backup
    with ExitStack() as opened:
        try:
            workspace = opened.enter_context(writing(arguments.plan, wait=arguments.wait))
        except OpenAlready:
            raise
        except (NotAPlan, StoreUnavailable):  # beyond opening: the backup takes its place
            kept.restore(name, arguments.wait)
        else:
            with asking_for_force():
                workspace.restore(name, much=arguments.force)
    say(_("Restored {name}").format(name=name))


def _salvage(plan: Path, target: Path) -> None:
    plan_name(target)
    lost = app.salvage(plan, target)
    say(_("Saved what can be read into {path}").format(path=shown(target)))
    for table, count in lost.items():
        say(_("not readable: {count} of {table}").format(count=count, table=table))


@takes.command("list the backups of a plan", takes.PLAN)
def backups(arguments: Namespace) -> None:
    """The verified copies that this computer keeps, the newest first."""
    rows = app.backups_of(arguments.plan).backups()
    if not rows:
        say(_("There is no backup of this plan on this computer."))
    for row in rows:
        since = ngettext("{n} step since", "{n} steps since", row.steps_since).format(n=row.steps_since)
        if row.former:
            since = _("another plan, which stood here before")
        say(f"{row.name}  {row.at:%Y-%m-%d %H:%M}  {number(row.size / 1024, 0)} KB  {since}")
