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
from planstudio.domain.recognised import Recognised, as_form
from planstudio.i18n import _, ngettext

if TYPE_CHECKING:
    from planstudio.domain.import_matching import Comparison, Wish
    from planstudio.workspace import Workspace

_MOST_SAID = 80  # characters of words that differ


def add_import(add: takes.Add) -> None:
    p = add(help="recognise plans and policies in documents, or load the complete JSON")
    p.add_argument("documents", nargs="+", type=Path, metavar="DOCUMENT", help="text, Markdown, HTML, StratML or JSON")
    p.add_argument("--into", metavar="PLAN", type=Path, help="the plan to add to; it is made where there is none")
    other = p.add_mutually_exclusive_group()
    other.add_argument("--replace", action="store_true", help="where the plan says it in other words, take these")
    other.add_argument("--add", action="store_true", help="where the plan says it in other words, take both")
    p.add_argument("--dry-run", action="store_true", help="only show what would be taken in")
    takes.as_json(p, "with --dry-run: as JSON")
    takes.wait(p)
    p.set_defaults(run=import_)


def import_(arguments: Namespace) -> int:
    if arguments.dry_run:
        found = [_recognised(path) for path in arguments.documents]
        for one, path in zip(found, arguments.documents, strict=True):
            if arguments.json:
                say_json(as_form(one))
            else:
                _say_found(one, path)
        return 0
    if arguments.into is None:
        raise InvalidInput(_("Say which plan to add to, with --into PLAN."), field="into")
    read = [(path, _read(path)) for path in arguments.documents]
    if all(isinstance(found, Recognised) and found.empty for _path, found in read):
        names = ", ".join(shown(path.name) for path in arguments.documents)
        raise Unreadable(_("{names}: nothing of a plan was recognised.").format(names=names))
    from planstudio.domain.import_matching import Wish

    with writing(arguments.into, create=not arguments.into.exists(), wait=arguments.wait) as workspace:
        _take_in(workspace, read, Wish.REPLACE if arguments.replace else Wish.ADD if arguments.add else Wish.KEEP)
    return 0


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
    from planstudio.domain.import_matching import Standing, compare, differing
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
    from planstudio.domain.import_matching import Wish

    told = {
        Wish.REPLACE: _("replaced: “{held}” by “{found}”"),
        Wish.ADD: _("added: “{found}”, beside “{held}”"),
    }
    kept = _("differs, kept: “{held}”; the document says: “{found}”. --replace takes these words, --add takes both")
    if Wish.REPLACE not in one.wishes:
        kept = _("differs, kept because it is adopted: “{held}”; the document says: “{found}”")
    words = told.get(wish, kept) if wish else kept
    say("  " + words.format(held=_short(one.held), found=_short(one.found)))


def _short(words: str) -> str:
    return words if len(words) <= _MOST_SAID else words[:_MOST_SAID].rsplit(" ", 1)[0] + "…"


def _say_found(found: Recognised, path: Path) -> None:
    strategies = sum(len(goal.strategies) for goal in found.goals)
    counts = (
        (len(found.statements), ngettext("{n} statement", "{n} statements", len(found.statements))),
        (len(found.goals), ngettext("{n} goal", "{n} goals", len(found.goals))),
        (strategies, ngettext("{n} strategy", "{n} strategies", strategies)),
        (
            len(found.policy_index),
            ngettext("{n} policy in an index", "{n} policies in an index", len(found.policy_index)),
        ),
        (len(found.policies), ngettext("{n} policy text", "{n} policy texts", len(found.policies))),
    )
    told = ", ".join(words.format(n=n) for n, words in counts if n) or _("nothing of a plan was recognised")
    say(f"{shown(path)}: {told}")
    for one in found.remarks:
        say("  " + _("line {n}: {words}").format(n=one.source.first, words=one.message))
