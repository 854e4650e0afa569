"""The commands that make another file of a plan: export, copy, protect."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from planstudio import files
from planstudio.cli import arguments as takes
from planstudio.cli import passwords
from planstudio.cli.opening import reading
from planstudio.cli.output import ending, is_stdout, tell, write
from planstudio.cli.terminal import remark, say, shown
from planstudio.domain.errors import InvalidInput, PlanStudioError
from planstudio.domain.kinds import Access
from planstudio.i18n import _


@takes.command(
    "write the whole file as JSON, or what of it is for others",
    takes.PLAN,
    takes.argument("--to", choices=("json", "plan"), default="json", help="complete JSON, or a clean copy (json)"),
    takes.output("where to; - is standard output"),
    takes.FORCE,
    takes.given("only what this audience is given (json: everything; plan: public)"),
)
def export(arguments: Namespace) -> None:
    """The whole file, or what of it an audience is given: as JSON or as a plan."""
    audience = Access(arguments.audience) if arguments.audience else None
    if arguments.to == "plan":
        _copy_to(arguments.plan, arguments.output, audience or Access.PUBLIC)
        return
    from planstudio.exchange import plan_json
    from planstudio.queries.export import whole_file

    ending(arguments.output, ".json")
    with reading(arguments.plan) as workspace:
        if audience is None:
            whole = workspace.ask(whole_file)
        else:
            with closing(workspace.snapshot_for(audience)) as given:
                whole = given.ask(whole_file)
    write(arguments.output, plan_json.write(whole).encode(), force=arguments.force)
    tell(arguments.output, _("Wrote {path}").format(path=shown(arguments.output)))


@takes.command(
    "make a copy of a plan that is a plan of its own",
    takes.PLAN,
    takes.one_of(
        takes.flag("--clean", words="what others are given, without the history"),
        takes.flag("--whole", words="everything, with the history"),
        takes.flag("--send", words="the plan itself as one file, to be merged when it comes back"),
        required=True,
    ),
    takes.output("where to: .planstudio"),
    takes.given("with --clean: what this audience is given (public)"),
)
def copy(arguments: Namespace) -> None:
    if arguments.clean:
        _copy_to(arguments.plan, arguments.output, Access(arguments.audience or Access.PUBLIC))
    elif arguments.audience:
        raise InvalidInput(_("A whole copy has everything. Leave out --audience."), field="audience")
    else:
        _copy_to(arguments.plan, arguments.output, None, send=arguments.send)


def _copy_to(plan: Path, target: Path, audience: Access | None, *, send: bool = False) -> None:
    """A copy of the plan as a plan of its own: what *audience* is given, or for None all of it with its history.

    To *send* it, the copy stays the same plan, so that it can be merged when it comes back.
    """
    if is_stdout(target) or not files.is_plan(target):
        words = _("{path}: a copy of the plan is a plan. End its name with .planstudio.")
        raise InvalidInput(words.format(path=shown(target)), field="output")
    _refuse_taken(target)
    with reading(plan) as workspace:
        if send:
            workspace.one_file(target)
        elif audience is None:
            workspace.save_copy(target)
        else:
            workspace.clean_copy(target, audience)
    say(_("Wrote {path}").format(path=shown(target)))


def _refuse_taken(target: Path) -> None:
    if target.exists():
        raise PlanStudioError(_("{path} would take a plan's place. Choose another name.").format(path=shown(target)))


_PROTECT = "make a plan under a password of a plan, with its whole history"


@takes.command(_PROTECT, takes.PLAN, takes.output("where to: .planstudiox"))
def protect(arguments: Namespace) -> None:
    """The plan with its whole history as a plan under a password; the one in the clear stays."""
    target = arguments.output
    if not files.is_secret(target):
        words = _("{path}: a plan under a password ends with .planstudiox.")
        raise InvalidInput(words.format(path=shown(target)), field="output")
    if files.is_secret(arguments.plan):
        raise PlanStudioError(_("{path} is under a password already.").format(path=shown(arguments.plan)))
    _refuse_taken(target)
    password = passwords.chosen()
    with reading(arguments.plan) as workspace:
        workspace.protect(target, password)
    say(_("Wrote {path}").format(path=shown(target)))
    words = _("{path}, its working copy and its backups on this computer are still there, in the clear.")
    remark(words.format(path=shown(arguments.plan)))
