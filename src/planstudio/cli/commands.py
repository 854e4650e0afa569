"""What each command does: open the plan, ask or do, say it, close."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from planstudio import app
from planstudio.cli.terminal import Bar, say
from planstudio.domain.cards import PlanBook
from planstudio.domain.errors import InvalidInput, NotAPlan, PlanStudioError, Unreadable
from planstudio.domain.recognised import Recognised, as_form
from planstudio.i18n import _, long_date, ngettext, number

MOST_STEPS = 1_000_000
PLAN_SUFFIX = ".planstudio"
_MOST_SAID = 80  # characters of words that differ

if TYPE_CHECKING:
    from planstudio.domain.taking_in import Comparison, Wish
    from planstudio.workspace import Workspace


# Opening.


@contextmanager
def writing(path: Path, *, create: bool = False) -> Iterator[Workspace]:
    """The plan at *path*, published at the end. One that was to be made is not left behind half made."""
    workspace = app.open_workspace(path, create=create)
    made = not create
    try:
        app.speak_as(workspace)
        yield workspace
        workspace.publish()
        made = True
    finally:
        workspace.close()
        if not made:
            path.unlink(missing_ok=True)


@contextmanager
def reading(path: Path) -> Iterator[Workspace]:
    """The plan at *path*: with what only this computer has of it, unless a window has it open."""
    workspace = app.open_to_read(path)
    try:
        app.speak_as(workspace)
        yield workspace
    finally:
        workspace.close()


# The commands.


def window(arguments: Namespace) -> int:
    if arguments.plan is not None and not app.is_known(arguments.plan):
        words = _("There is no command and no file called {name}. See planstudio --help.")
        raise NotAPlan(words.format(name=arguments.plan))
    if not app.has_display():
        raise PlanStudioError(_("There is no display to open a window on. See planstudio --help for the commands."))
    return app.run_window(arguments.plan)


def demo(arguments: Namespace) -> int:
    folder = arguments.print_only
    if folder is None and app.has_display():
        return app.run_window(app.sample_plan(app.data_folder() / "samples"))
    folder = Path(folder or Path.cwd() / "demo")
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "juniper-flats-packet.pdf"
    with reading(app.sample_plan(folder)) as workspace:
        pages = _print_meeting(workspace, made)
    say(_("The sample plan's board packet, {pages} pages, is in {path}").format(pages=pages, path=made))
    return 0


def _print_meeting(workspace: Workspace, target: Path) -> int:
    """The public packet of the sample's next meeting."""
    from planstudio.domain.kinds import Access, MeetingState
    from planstudio.packets import Packets
    from planstudio.queries.meetings import meeting_rows

    meeting = next(row for row in workspace.ask(meeting_rows) if row.state is MeetingState.DRAFT)
    packets, bar = Packets(workspace), Bar()
    try:
        printed = packets.print(packets.snapshot(meeting.id, Access.PUBLIC), progress=bar)
    finally:
        bar.end()
        packets.close()
    write(target, printed.pdf)
    return printed.pages


def new(arguments: Namespace) -> int:
    from planstudio.operations.plans import create_plan

    with writing(arguments.plan, create=True) as workspace:
        workspace.found(_("New plan"), create_plan, arguments.organization, arguments.title)
    say(_("Made {path}").format(path=arguments.plan))
    return 0


def import_(arguments: Namespace) -> int:
    if arguments.dry_run:
        found = [_recognised(path) for path in arguments.documents]
        for one, path in zip(found, arguments.documents, strict=True):
            _say_found(one, path, arguments.json)
        return 0
    if arguments.into is None:
        raise InvalidInput(_("Say which plan to add to, with --into PLAN."), field="into")
    read = [(path, _read(path)) for path in arguments.documents]
    if all(isinstance(found, Recognised) and found.empty for _path, found in read):
        names = ", ".join(path.name for path in arguments.documents)
        raise Unreadable(_("{names}: nothing of a plan was recognised.").format(names=names))
    from planstudio.domain.taking_in import Wish

    with writing(arguments.into, create=not arguments.into.exists()) as workspace:
        _take_in(workspace, read, Wish.REPLACE if arguments.replace else Wish.ADD if arguments.add else Wish.KEEP)
    return 0


def show(arguments: Namespace) -> int:
    from planstudio.exchange.plan_form import book_form

    with reading(arguments.plan) as workspace:
        book = _book(workspace, arguments.as_of)
    if arguments.json:
        say(json.dumps(book_form(book), ensure_ascii=False, indent=1))
    else:
        from planstudio.exchange.plan_text import book_lines

        for line in book_lines(book):
            say(line)
    return 0


def print_book(arguments: Namespace) -> int:
    with reading(arguments.plan) as workspace:
        pages = _print(
            workspace,
            arguments.report,
            arguments.output,
            title=arguments.title,
            policies=arguments.policies,
            paper=arguments.paper,
            as_of=arguments.as_of,
        )
    say(ngettext("{n} page in {path}", "{n} pages in {path}", pages).format(n=pages, path=arguments.output))
    return 0


def history(arguments: Namespace) -> int:
    from planstudio.queries.history import plan_history

    with reading(arguments.plan) as workspace:
        lines = workspace.ask(plan_history, min(max(1, arguments.limit), MOST_STEPS))
    for line in lines:
        at = line.at.isoformat(timespec="seconds")
        if arguments.json:
            say(
                json.dumps({"at": at, "author": line.author, "step": line.label, "kind": line.kind}, ensure_ascii=False)
            )
        else:
            say(f"{at}  {line.author:20}  {line.label}")
    return 0


def undo(arguments: Namespace) -> int:
    with writing(arguments.plan) as workspace:
        change = workspace.undo()
    say(_("Undid “{step}”").format(step=change.label) if change else _("There is nothing to undo."))
    return 0


def redo(arguments: Namespace) -> int:
    with writing(arguments.plan) as workspace:
        change = workspace.redo()
    say(_("Redid “{step}”").format(step=change.label) if change else _("There is nothing to redo."))
    return 0


def check(arguments: Namespace) -> int:
    with reading(arguments.plan) as workspace:
        findings = workspace.check()
    for finding in findings:
        say(("" if finding.harmless else "! ") + finding.message)
    if not all(finding.harmless for finding in findings):
        raise NotAPlan(_("{path} is not sound. Restore its last good copy.").format(path=arguments.plan))
    return 0


def restore(arguments: Namespace) -> int:
    if arguments.salvage is not None:
        lost = app.salvage(arguments.plan, arguments.salvage)
        say(_("Saved what can be read into {path}").format(path=arguments.salvage))
        for table, count in lost.items():
            say(_("not readable: {count} of {table}").format(count=count, table=table))
        return 0
    shelf = app.backups_of(arguments.plan)
    rows = shelf.backups()
    if arguments.backup is None:
        if not rows:
            say(_("There is no backup of this plan on this computer."))
        for row in rows:
            since = ngettext("{n} step since", "{n} steps since", row.steps_since).format(n=row.steps_since)
            say(f"{row.name}  {row.at:%Y-%m-%d %H:%M}  {number(row.size / 1024, 0)} KB  {since}")
        return 0
    name = rows[0].name if arguments.backup == "newest" and rows else arguments.backup
    shelf.restore(name)
    say(_("Restored {name}").format(name=name))
    return 0


def export(arguments: Namespace) -> int:
    from planstudio.exchange import plan_json
    from planstudio.queries.export import whole_file

    with reading(arguments.plan) as workspace:
        whole = workspace.ask(whole_file)
    write(arguments.output, plan_json.write(whole).encode())
    say(_("Wrote {path}").format(path=arguments.output))
    return 0


# Parts of them.


def _book(workspace: Workspace, as_of: str | None) -> PlanBook:
    from planstudio.queries.plans import current_plan, plan_book

    today = workspace.clock.today()
    if not as_of:
        return workspace.ask(plan_book, workspace.ask(current_plan), today)
    moment = _moment(as_of)
    plan_id = workspace.ask_as_of(moment, current_plan)
    return workspace.ask_as_of(moment, plan_book, plan_id, moment.date(), long_date(moment.date()))


def _moment(text: str) -> datetime:
    """A moment as typed; a day alone is its end."""
    try:
        moment = datetime.fromisoformat(text)
        if len(text) <= 10:
            moment = datetime.combine(moment.date(), time.max)
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError) as error:
        words = _("“{text}” is not a date like 2026-10-14 or 2026-10-14T18:30.")
        raise InvalidInput(words.format(text=text), field="as_of") from error


def _print(
    workspace: Workspace,
    report: str,
    target: Path,
    *,
    title: str = "",
    policies: str | None = None,
    paper: str = "letter",
    as_of: str | None = None,
) -> int:
    from planstudio.reports import build

    book = _book(workspace, as_of)
    chosen = None if policies is None else _policies(book, policies)
    bar = Bar()
    try:
        printed = build(report, book, title=title, policies=chosen, paper=paper, progress=bar)
    finally:
        bar.end()
    write(target, printed.pdf)
    if printed.missing:
        signs = " ".join(printed.missing)
        sys.stderr.write(_("No font has these characters; they print as boxes: {signs}").format(signs=signs) + "\n")
    return printed.pages


def _policies(book: PlanBook, codes: str) -> set[str]:
    by_code = {policy.code: policy.id for policy in book.policies}
    wanted = [code.strip() for code in codes.split(",") if code.strip() and codes.strip() != "none"]
    for code in wanted:
        if code not in by_code:
            raise InvalidInput(_("The plan has no policy {code}.").format(code=code), field="policies")
    return {by_code[code] for code in wanted}


def _read(path: Path) -> Recognised | dict[str, object]:
    """What was recognised in a document, or the values of a complete JSON."""
    from planstudio.exchange import plan_json
    from planstudio.exchange.recognise import read_text, recognise

    try:
        text = read_text(path.read_bytes())
    except OSError as error:
        words = _("{path} cannot be read: {why}.")
        raise Unreadable(words.format(path=path, why=error.strerror or error)) from error
    except Unreadable as error:
        raise Unreadable(f"{path}: {error}") from error
    if plan_json.is_plan(text) or path.suffix.lower() == ".json":
        return plan_json.read(text, path.parent)
    return recognise(text, path.name)


def _recognised(path: Path) -> Recognised:
    found = _read(path)
    if not isinstance(found, Recognised):
        raise Unreadable(_("{path} is complete JSON: import it without --dry-run.").format(path=path))
    return found


def _take_in(workspace: Workspace, read: list[tuple[Path, Recognised | dict[str, object]]], wish: Wish) -> None:
    from planstudio.domain.taking_in import compare, differing
    from planstudio.operations.importing import take_in
    from planstudio.operations.loading import load
    from planstudio.operations.plans import create_plan
    from planstudio.queries.intake import held
    from planstudio.queries.plans import current_plan, has_plan

    if any(isinstance(found, dict) or not found.empty for _path, found in read) and workspace.ask(has_plan):
        workspace.back_up()
    for path, found in read:
        label = _("Import {name}").format(name=path.name)
        if isinstance(found, dict):
            workspace.bring_in(label, load, found)
            say(_("Loaded {path}").format(path=path))
            continue
        if found.empty:
            sys.stderr.write(_("{path}: nothing of a plan was recognised.").format(path=path) + "\n")
            continue
        if not workspace.ask(has_plan):
            workspace.found(_("New plan"), create_plan)
        plan_id = workspace.ask(current_plan)
        other = differing(compare(found, workspace.ask(held, plan_id)))
        wishes = {name: wish for name, one in other.items() if wish in one.wishes}
        workspace.bring_in(label, take_in, plan_id, found, path.name, wishes)
        _say_found(found, path, False)
        for name, one in other.items():
            _say_other(one, wishes.get(name))


def _say_other(one: Comparison, wish: Wish | None) -> None:
    """One line on words that differ, and what was done."""
    from planstudio.domain.taking_in import Wish

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


def _say_found(found: Recognised, path: Path, as_json: bool) -> None:
    if as_json:
        say(json.dumps(as_form(found), ensure_ascii=False, indent=1))
        return
    counts = (
        (len(found.statements), _("statements")),
        (len(found.goals), _("goals")),
        (sum(len(goal.strategies) for goal in found.goals), _("strategies")),
        (len(found.policy_index), _("policies in an index")),
        (len(found.policies), _("policy texts")),
    )
    say(f"{path}: " + (", ".join(f"{n} {words}" for n, words in counts if n) or _("nothing of a plan was recognised")))
    for remark in found.remarks:
        say(f"  {_('line')} {remark.source.first}: {remark.message}")


def write(path: Path, data: bytes) -> None:
    """Put *data* at *path* as a whole or not at all; a plan is never written over."""
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
