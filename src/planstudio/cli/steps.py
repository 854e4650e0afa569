"""The commands about the steps of a plan: its history, undo and redo."""

from __future__ import annotations

import json
from argparse import Namespace

from planstudio.cli import arguments as takes
from planstudio.cli.opening import reading, writing
from planstudio.cli.terminal import say
from planstudio.i18n import _

MOST_STEPS = 1_000_000


@takes.command(
    "who changed what and when",
    takes.PLAN,
    takes.argument("--limit", type=int, default=100, metavar="N", help="the newest N steps (100)"),
    takes.as_json("each step as a line of JSON"),
)
def history(arguments: Namespace) -> None:
    from planstudio.queries.history import plan_history

    with reading(arguments.plan) as workspace:
        lines = workspace.ask(plan_history, min(max(1, arguments.limit), MOST_STEPS))
    for line in lines:
        at = line.at.isoformat(timespec="seconds")
        if arguments.json:
            said = {"at": at, "author": line.author, "step": line.label, "kind": line.kind}
            say(json.dumps(said, ensure_ascii=False))
        else:
            say(f"{at}  {line.author:20}  {line.label}")


@takes.command("take the last step back", takes.PLAN, takes.WAIT)
def undo(arguments: Namespace) -> None:
    with writing(arguments.plan, wait=arguments.wait) as workspace:
        change = workspace.undo()
    say(_("Undid “{step}”").format(step=change.label) if change else _("There is nothing to undo."))


@takes.command("do the last step again that was taken back", takes.PLAN, takes.WAIT)
def redo(arguments: Namespace) -> None:
    with writing(arguments.plan, wait=arguments.wait) as workspace:
        change = workspace.redo()
    say(_("Redid “{step}”").format(step=change.label) if change else _("There is nothing to redo."))
