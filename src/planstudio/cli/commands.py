"""What each command does: open the plan, ask or do, say it, close."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from planstudio import app, files
from planstudio.cli import passwords
from planstudio.cli.output import ending, is_stdout, plan_name, tell, write
from planstudio.cli.terminal import Bar, remark, say, shown
from planstudio.domain import dates
from planstudio.domain.cards import PlanBook
from planstudio.domain.dates import Doubt, End
from planstudio.domain.errors import (
    InvalidInput,
    NotAPlan,
    OpenAlready,
    PlanStudioError,
    StoreUnavailable,
    TakesMuch,
    Unreadable,
)
from planstudio.domain.kinds import Access
from planstudio.domain.recognised import Recognised, as_form
from planstudio.domain.words import table_word
from planstudio.i18n import _, long_date, ngettext, number

MOST_STEPS = 1_000_000
_MOST_SAID = 80  # characters of words that differ

if TYPE_CHECKING:
    from planstudio.domain.import_matching import Comparison, Wish
    from planstudio.workspace import Workspace


# Opening.


@contextmanager
def writing(path: Path, *, create: bool = False, wait: float = 0) -> Iterator[Workspace]:
    """The plan at *path*, published at the end. One that was to be made is not left behind half made.

    Where something else on this computer has it open, *wait* seconds for that.
    """
    if create:
        plan_name(path)
    with _checking():
        password = passwords.chosen_for(path) if create else ""
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
    try:
        _greet(workspace)
        yield workspace
    finally:
        workspace.close()


@contextmanager
def _checking() -> Iterator[None]:
    """A bar while a plan is checked: a large one takes a while, and Ctrl+C stops it."""
    bar = Bar()

    def watch(share: float, name: str) -> bool:
        bar(share, _("Checking {name}").format(name=shown(name)))
        return True

    try:
        with app.watching(watch):
            yield
    finally:
        bar.end()


def _greet(workspace: Workspace) -> None:
    """Speak as its district does, and say what one should know before one begins."""
    app.speak_as(workspace)
    if workspace.former is not None:
        words = _("{name} is another plan than the one that stood here before. The former work is kept: {place}")
        remark(words.format(name=shown(workspace.path.name), place=shown(workspace.former)))


# The commands.


def window(arguments: Namespace) -> int:
    if arguments.plan is not None and not app.is_known(arguments.plan):
        words = _("There is no command and no file called {name}. See planstudio --help.")
        raise NotAPlan(words.format(name=shown(arguments.plan)))
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
    say(_("The sample plan's board packet, {pages} pages, is in {path}").format(pages=pages, path=shown(made)))
    return 0


def _print_meeting(workspace: Workspace, target: Path) -> int:
    """The public packet of the sample's next meeting."""
    from planstudio.domain.kinds import MeetingState
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
        workspace.start_plan(_("New plan"), create_plan, arguments.organization, arguments.title)
    say(_("Made {path}").format(path=shown(arguments.plan)))
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
        names = ", ".join(shown(path.name) for path in arguments.documents)
        raise Unreadable(_("{names}: nothing of a plan was recognised.").format(names=names))
    from planstudio.domain.import_matching import Wish

    with writing(arguments.into, create=not arguments.into.exists(), wait=arguments.wait) as workspace:
        _take_in(workspace, read, Wish.REPLACE if arguments.replace else Wish.ADD if arguments.add else Wish.KEEP)
    return 0


def show(arguments: Namespace) -> int:
    from planstudio.exchange.plan_form import book_form

    with reading(arguments.plan) as workspace:
        book = _shown(workspace, arguments)
    if arguments.json:
        say(json.dumps(book_form(book), ensure_ascii=False, indent=1))
    else:
        from planstudio.exchange.plan_text import book_lines

        for line in book_lines(book):
            say(line)
    return 0


def print_book(arguments: Namespace) -> int:
    ending(arguments.output, ".pdf")
    with reading(arguments.plan) as workspace:
        pages = _print(
            workspace,
            arguments.report,
            arguments.output,
            title=arguments.title,
            policies=arguments.policies,
            paper=arguments.paper,
            as_of=arguments.as_of,
            audience=Access(arguments.audience),
            force=arguments.force,
        )
    pages_words = ngettext("{n} page in {path}", "{n} pages in {path}", pages)
    tell(arguments.output, pages_words.format(n=pages, path=shown(arguments.output)))
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
    with writing(arguments.plan, wait=arguments.wait) as workspace:
        change = workspace.undo()
    say(_("Undid “{step}”").format(step=change.label) if change else _("There is nothing to undo."))
    return 0


def redo(arguments: Namespace) -> int:
    with writing(arguments.plan, wait=arguments.wait) as workspace:
        change = workspace.redo()
    say(_("Redid “{step}”").format(step=change.label) if change else _("There is nothing to redo."))
    return 0


def check(arguments: Namespace) -> int:
    with reading(arguments.plan) as workspace:
        findings = workspace.check()
    for finding in findings:
        say(("" if finding.harmless else "! ") + finding.message)
    if not all(finding.harmless for finding in findings):
        raise NotAPlan(_("{path} is not sound. Restore its last good copy.").format(path=shown(arguments.plan)))
    return 0


def restore(arguments: Namespace) -> int:
    if arguments.salvage is not None:
        plan_name(arguments.salvage)
        lost = app.salvage(arguments.plan, arguments.salvage)
        say(_("Saved what can be read into {path}").format(path=shown(arguments.salvage)))
        for table, count in lost.items():
            say(_("not readable: {count} of {table}").format(count=count, table=table))
        return 0
    if arguments.backup is None:
        return backups(arguments)
    shelf = app.backups_of(arguments.plan)
    rows = shelf.backups()
    name = rows[0].name if arguments.backup == "newest" and rows else arguments.backup
    with ExitStack() as opened:
        try:
            workspace = opened.enter_context(writing(arguments.plan, wait=arguments.wait))
        except OpenAlready:
            raise
        except (NotAPlan, StoreUnavailable):  # beyond opening: the backup takes its place
            shelf.restore(name, arguments.wait)
        else:
            with asking_for_force():
                workspace.restore(name, much=arguments.force)
    say(_("Restored {name}").format(name=name))
    return 0


@contextmanager
def asking_for_force() -> Iterator[None]:
    """Say how much of the plan is taken away where that is meant."""
    try:
        yield
    except TakesMuch as error:
        raise PlanStudioError(_("{why} If that is meant, say --force.").format(why=error)) from error


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


def export(arguments: Namespace) -> int:
    """The whole file, or what of it an audience is given: as JSON or as a plan."""
    audience = Access(arguments.audience) if arguments.audience else None
    if arguments.to == "plan":
        return copy_to(arguments.plan, arguments.output, audience or Access.PUBLIC)
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
    return 0


def copy_to(plan: Path, target: Path, audience: Access | None, *, send: bool = False) -> int:
    """A copy of the plan as a plan of its own: what *audience* is given, or for None all of it with its history.

    To *send* it, the copy stays the same plan, so that it can be merged when it comes back.
    """
    if is_stdout(target) or not files.is_plan(target):
        words = _("{path}: a copy of the plan is a plan. End its name with .planstudio.")
        raise InvalidInput(words.format(path=shown(target)), field="output")
    if target.exists():
        raise PlanStudioError(_("{path} would take a plan's place. Choose another name.").format(path=shown(target)))
    with reading(plan) as workspace:
        if send:
            workspace.one_file(target)
        elif audience is None:
            workspace.save_copy(target)
        else:
            workspace.clean_copy(target, audience)
    say(_("Wrote {path}").format(path=shown(target)))
    return 0


def protect(arguments: Namespace) -> int:
    """The plan with its whole history as a plan under a password; the one in the clear stays."""
    target = arguments.output
    if not files.is_secret(target):
        words = _("{path}: a plan under a password ends with .planstudiox.")
        raise InvalidInput(words.format(path=shown(target)), field="output")
    if files.is_secret(arguments.plan):
        raise PlanStudioError(_("{path} is under a password already.").format(path=shown(arguments.plan)))
    if target.exists():
        raise PlanStudioError(_("{path} would take a plan's place. Choose another name.").format(path=shown(target)))
    password = passwords.chosen()
    with reading(arguments.plan) as workspace:
        workspace.protect(target, password)
    say(_("Wrote {path}").format(path=shown(target)))
    words = _("{path}, its working copy and its backups on this computer are still there, in the clear.")
    remark(words.format(path=shown(arguments.plan)))
    return 0


# Parts of them.


def _shown(workspace: Workspace, arguments: Namespace) -> PlanBook:
    """The plan as it is in the house, or as the audience that is named gets it."""
    if not arguments.audience:
        return _book(workspace, arguments.as_of)
    if arguments.as_of:
        raise InvalidInput(_("What others are given is given as it is now. Leave out --as-of."), field="as_of")
    from planstudio.queries.plans import current_plan, plan_book

    with closing(workspace.snapshot_for(Access(arguments.audience))) as given:
        return given.ask(plan_book, given.ask(current_plan), workspace.clock.today())


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
    words = _("“{text}” is not a date like 2026-10-14 or 2026-10-14T18:30.").format(text=text)
    try:
        day, at = typed_moment(text, words, "as_of")
        moment = at or datetime.combine(day, time.max)
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError) as error:
        raise InvalidInput(words, field="as_of") from error


def typed_moment(text: str, refusal: str, field: str) -> tuple[date, datetime | None]:
    """The day in *text*, in any usual spelling, and its time where one is typed: 2026-10-14T18:30."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        said = dates.read(text)
        if said.doubt is Doubt.NO_DATE:
            raise InvalidInput(refusal, field=field) from None
        return dates.day_of(text, End.DAY, field), None
    return moment.date(), moment if len(text) > 10 else None


def _print(
    workspace: Workspace,
    report: str,
    target: Path,
    *,
    title: str = "",
    policies: str | None = None,
    paper: str = "letter",
    as_of: str | None = None,
    audience: Access = Access.PUBLIC,
    force: bool = False,
) -> int:
    from planstudio.reports import build

    book = _book(workspace, as_of)
    chosen = None if policies is None else _policies(book, policies)
    bar = Bar()
    try:
        printed = build(report, book, title=title, policies=chosen, paper=paper, audience=audience, progress=bar)
    finally:
        bar.end()
    write(target, printed.pdf, force=force)
    tell_doubts(book)
    if printed.missing:
        signs = " ".join(printed.missing)
        remark(_("No font has these characters; they print as boxes: {signs}").format(signs=signs))
    return printed.pages


def tell_doubts(book: PlanBook) -> None:
    """What one would ask about before printing, to whoever prints; the pages are written all the same."""
    for one in book.doubts:
        name = " ".join(part for part in (table_word(one.table), one.number, one.name) if part)
        remark(_("To look at: {name}: {words}").format(name=name, words=one.words))


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
    from planstudio.domain.import_matching import Standing, compare, differing
    from planstudio.operations.importing import take_in
    from planstudio.operations.loading import load
    from planstudio.operations.plans import create_plan
    from planstudio.queries.intake import held
    from planstudio.queries.plans import current_plan, has_plan

    if any(isinstance(found, dict) or not found.empty for _path, found in read) and workspace.ask(has_plan):
        workspace.back_up()
    for path, found in read:
        label = _("Import {name}").format(name=files.legible(path.name))
        if isinstance(found, dict):
            workspace.bring_in(label, load, found)
            say(_("Loaded {path}").format(path=shown(path)))
            continue
        if found.empty:
            remark(_("{path}: nothing of a plan was recognised.").format(path=shown(path)))
            continue
        if not workspace.ask(has_plan):
            workspace.start_plan(_("New plan"), create_plan)
        plan_id = workspace.ask(current_plan)
        compared = compare(found, workspace.ask(held, plan_id))
        other = differing(compared)
        wishes = {name: wish for name, one in other.items() if wish in one.wishes}
        workspace.bring_in(label, take_in, plan_id, found, files.legible(path.name), wishes)
        _say_found(found, path, False)
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


def _say_found(found: Recognised, path: Path, as_json: bool) -> None:
    if as_json:
        say(json.dumps(as_form(found), ensure_ascii=False, indent=1))
        return
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
