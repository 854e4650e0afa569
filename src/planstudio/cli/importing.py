"""The import command: documents that are recognised, or the complete JSON, into a plan."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from planstudio import files
from planstudio.cli import arguments as takes
from planstudio.cli.opening import writing
from planstudio.cli.terminal import remark, say, say_json, shown
from planstudio.domain.errors import InvalidInput, Unreadable
from planstudio.domain.import_matching import Comparison, Standing, Wish, compare, differing
from planstudio.domain.recognised import Recognised, as_form
from planstudio.i18n import _, ngettext

if TYPE_CHECKING:
    from planstudio.workspace import Workspace

_MOST_SAID = 80  # characters of words that differ


_KINDS = "text, Markdown, HTML, StratML or JSON"


@takes.command(
    "recognise plans and policies in documents, or load the complete JSON",
    takes.argument("documents", nargs="+", type=Path, metavar="DOCUMENT", help=_KINDS),
    takes.argument("--into", metavar="PLAN", type=Path, help="the plan to add to; it is made where there is none"),
    takes.one_of(
        takes.flag("--replace", words="where the plan says it in other words, take these"),
        takes.flag("--add", words="where the plan says it in other words, take both"),
    ),
    takes.flag("--dry-run", words="only show what would be taken in"),
    takes.as_json("with --dry-run: as JSON"),
    takes.WAIT,
)
def import_(arguments: Namespace) -> None:
    if arguments.dry_run:
        found = [_recognised(path) for path in arguments.documents]
        for one, path in zip(found, arguments.documents, strict=True):
            if arguments.json:
                say_json(as_form(one))
            else:
                _say_found(one, path)
        return
    if arguments.into is None:
        raise InvalidInput(_("Say which plan to add to, with --into PLAN."), field="into")
    read = [(path, _read(path)) for path in arguments.documents]
    if all(isinstance(found, Recognised) and found.empty for _path, found in read):
        names = ", ".join(shown(path.name) for path in arguments.documents)
        raise Unreadable(_("{names}: nothing of a plan was recognised.").format(names=names))
    with writing(arguments.into, create=not arguments.into.exists(), wait=arguments.wait) as workspace:
        _take_in(workspace, read, Wish.REPLACE if arguments.replace else Wish.ADD if arguments.add else Wish.KEEP)


def _read(path: Path) -> Recognised | dict[str, object]:
    """What was recognised in a document, or the values of a complete JSON."""
    from planstudio.exchange import plan_json
    from planstudio.exchange.recognise import read_text, recognise

    data = files.read(path)
    try:
        text = read_text(data)
    except Unreadable as error:
        raise Unreadable(f"{shown(path)}: {error}") from error
    if plan_json.is_plan(text) or path.suffix.lower() == ".json":
        return plan_json.read(text, path.parent)
    return recognise(text, files.legible(path.name))


def _recognised(path: Path) -> Recognised:
    found = _read(path)
    if not isinstance(found, Recognised):
        raise Unreadable(_("{path} is complete JSON: import it without --dry-run.").format(path=shown(path)))
    return found


def _take_in(workspace: Workspace, read: list[tuple[Path, Recognised | dict[str, object]]], wish: Wish) -> None:
    from planstudio.operations.loading import load
    from planstudio.queries.plans import has_plan

    if any(isinstance(found, dict) or not found.empty for _path, found in read) and workspace.ask(has_plan):
        workspace.back_up()
    for path, found in read:
        if isinstance(found, dict):
            workspace.bring_in(_label(path), load, found)
            say(_("Loaded {path}").format(path=shown(path)))
        elif found.empty:
            remark(_("{path}: nothing of a plan was recognised.").format(path=shown(path)))
        else:
            _take_in_document(workspace, path, found, wish)


def _label(path: Path) -> str:
    return _("Import {name}").format(name=files.legible(path.name))


def _take_in_document(workspace: Workspace, path: Path, found: Recognised, wish: Wish) -> None:
    from planstudio.operations.importing import take_in
    from planstudio.operations.plans import create_plan
    from planstudio.queries.intake import held
    from planstudio.queries.plans import current_plan, has_plan

    if not workspace.ask(has_plan):
        workspace.start_plan(_("New plan"), create_plan)
    plan_id = workspace.ask(current_plan)
    compared = compare(found, workspace.ask(held, plan_id))
    other = differing(compared)
    wishes = {name: wish for name, one in other.items() if wish in one.wishes}
    workspace.bring_in(_label(path), take_in, plan_id, found, files.legible(path.name), wishes)
    _say_found(found, path)
    if same := sum(one.standing is Standing.SAME for one in compared.values()):
        words = ngettext("{n} element says the same as the plan", "{n} elements say the same as the plan", same)
        say("  " + words.format(n=same))
    for name, one in other.items():
        _say_other(one, wishes.get(name))


def _say_other(one: Comparison, wish: Wish | None) -> None:
    """One line on words that differ, and what was done."""
    if wish is Wish.REPLACE:
        words = _("replaced: “{held}” by “{found}”")
    elif wish is Wish.ADD:
        words = _("added: “{found}”, beside “{held}”")
    elif Wish.REPLACE in one.wishes:
        words = _(
            "differs, kept: “{held}”; the document says: “{found}”. --replace takes these words, --add takes both"
        )
    else:
        words = _("differs, kept because it is adopted: “{held}”; the document says: “{found}”")
    say("  " + words.format(held=_short(one.held), found=_short(one.in_document)))


def _short(words: str) -> str:
    return words if len(words) <= _MOST_SAID else words[:_MOST_SAID].rsplit(" ", 1)[0] + "…"


def _say_found(found: Recognised, path: Path) -> None:
    strategies, index = sum(len(goal.strategies) for goal in found.goals), len(found.policy_index)
    counts = (
        (len(found.statements), ngettext("{n} statement", "{n} statements", len(found.statements))),
        (len(found.goals), ngettext("{n} goal", "{n} goals", len(found.goals))),
        (strategies, ngettext("{n} strategy", "{n} strategies", strategies)),
        (index, ngettext("{n} policy in an index", "{n} policies in an index", index)),
        (len(found.policies), ngettext("{n} policy text", "{n} policy texts", len(found.policies))),
    )
    told = ", ".join(words.format(n=n) for n, words in counts if n) or _("nothing of a plan was recognised")
    say(f"{shown(path)}: {told}")
    for one in found.remarks:
        say("  " + _("line {n}: {words}").format(n=one.source.first, words=one.message))
