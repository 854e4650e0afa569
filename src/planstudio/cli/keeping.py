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


def add_check(add: takes.Add) -> None:
    takes.command(add, check, "check the file, its structure and its history")


def check(arguments: Namespace) -> int:
    with reading(arguments.plan) as workspace:
        findings = workspace.check()
    for finding in findings:
        say(("" if finding.harmless else "! ") + finding.message)
    if not all(finding.harmless for finding in findings):
        raise NotAPlan(_("{path} is not sound. Restore its last good copy.").format(path=shown(arguments.plan)))
    return 0


def add_restore(add: takes.Add) -> None:
    p = takes.command(add, restore, "list the backups of a plan, or bring one back")
    p.add_argument("backup", nargs="?", metavar="BACKUP", help="the backup's name, or: newest")
    p.add_argument("--salvage", metavar="NEW", type=Path, help="save what can be read of a damaged file")
    takes.much(p)
    takes.wait(p)


def restore(arguments: Namespace) -> int:
    if arguments.salvage is not None:
        return _salvage(arguments)
    if arguments.backup is None:
        return backups(arguments)
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
    return 0


def _salvage(arguments: Namespace) -> int:
    plan_name(arguments.salvage)
    lost = app.salvage(arguments.plan, arguments.salvage)
    say(_("Saved what can be read into {path}").format(path=shown(arguments.salvage)))
    for table, count in lost.items():
        say(_("not readable: {count} of {table}").format(count=count, table=table))
    return 0


def add_backups(add: takes.Add) -> None:
    takes.command(add, backups, "list the backups of a plan")


def backups(arguments: Namespace) -> int:
    """The verified copies that this computer keeps, the newest first."""
    rows = app.backups_of(arguments.plan).backups()
    if not rows:
        say(_("There is no backup of this plan on this computer."))
    for row in rows:
        since = ngettext("{n} step since", "{n} steps since", row.steps_since).format(n=row.steps_since)
        if row.former:
            since = _("another plan, which stood here before")
        say(f"{row.name}  {row.at:%Y-%m-%d %H:%M}  {number(row.size / 1024, 0)} KB  {since}")
    return 0
