"""The status command: how the file and the work on this computer stand."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

from planstudio import app
from planstudio.cli import arguments as takes
from planstudio.cli.terminal import say, say_json, shown
from planstudio.domain.files import FileRelation, PlanStatus
from planstudio.i18n import _, ngettext

_NOT_READ = (
    FileRelation.GONE, FileRelation.OTHER_PLAN, FileRelation.NO_PLAN, FileRelation.TOO_NEW, FileRelation.LOCKED,
    FileRelation.UNREADABLE, FileRelation.OUT_OF_REACH,
)  # fmt: skip

_STATUS = "how the file and the work on this computer stand; 1 when something is not saved"


@takes.command(_STATUS, takes.PLAN, takes.as_json())
def status(arguments: Namespace) -> int:
    """0 when everything is saved, else 1: a script can wait for it."""
    found = app.how_it_stands(arguments.plan)
    if arguments.json:
        say_json(_status_form(found))
    else:
        for line in _status_lines(found, arguments.plan):
            say(line)
    return 0 if found.state.relation is FileRelation.SAVED else 1


def _status_form(found: PlanStatus) -> dict[str, Any]:
    state, who = found.state, found.elsewhere
    return {
        "place": state.relation.value,
        "saved": state.relation is FileRelation.SAVED,
        "written": _second(found.written),
        "only_here": state.missing,
        "only_in_the_file": state.new,
        "why": state.why,
        "differences": found.differences,
        "open_by": who and {"user": who.user, "computer": who.computer, "since": _second(who.since)},
        "open_on_this_computer": found.open_here,
        "worked_on_here": found.worked_on,
    }


def _second(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _status_lines(found: PlanStatus, path: Path) -> list[str]:
    lines = [_place(found, path)]
    missing = found.state.missing
    if not found.worked_on:
        lines.append(_("This computer has no working copy of it."))
    elif missing and found.state.relation in _NOT_READ:
        words = ngettext("{n} step is kept on this computer.", "{n} steps are kept on this computer.", missing)
        lines.append(words.format(n=missing))
    if found.differences:
        words = ngettext(
            "{n} difference waits for an answer. See: planstudio conflicts PLAN",
            "{n} differences wait for an answer. See: planstudio conflicts PLAN",
            found.differences,
        )
        lines.append(words.format(n=found.differences))
    if found.elsewhere is not None:
        who = found.elsewhere
        words = _("{user} has it open on {computer}, since {when}.")
        when = f"{who.since.astimezone():%Y-%m-%d %H:%M}" if who.since else "?"
        lines.append(words.format(user=shown(who.user), computer=shown(who.computer), when=when))
    elif found.open_here:
        lines.append(_("It is open on this computer."))
    return lines


def _place(found: PlanStatus, path: Path) -> str:
    """A sentence for how the file stands."""
    state = found.state
    foreign = _("Not saved: {why} Nothing is written over it.")
    words = {
        FileRelation.SAVED: _("Saved: the file of {when} has everything."),
        FileRelation.WAITING: _("Waiting: {ours}. The next save writes it into the file."),
        FileRelation.NEWER: _("Newer: {theirs}. The next opening takes that in."),
        FileRelation.BOTH: _("Both: {ours}, and {theirs}. The next save puts both together."),
        FileRelation.OLDER: _("Older: the file has gone back to a former state; {ours}. The next save puts it right."),
        FileRelation.READ_ONLY: _("Read only: the folder does not let this program write; {ours}."),
        FileRelation.OUT_OF_REACH: _("Waiting: the folder of {path} cannot be reached."),
        FileRelation.GONE: _("Gone: there is no file at {path} any more. The next save writes it again."),
        FileRelation.OTHER_PLAN: _("Not saved: another plan stands at {path} now. Nothing is written over it."),
        FileRelation.NO_PLAN: foreign,
        FileRelation.TOO_NEW: foreign,
        FileRelation.LOCKED: _("Not saved: {path} is under another password. Nothing is written over it."),
        FileRelation.UNREADABLE: _("Not saved: {path} is damaged or half written. Nothing is written over it."),
    }
    ours = ngettext("{n} step is only on this computer", "{n} steps are only on this computer", state.missing)
    theirs = ngettext("{n} step of others is only in the file", "{n} steps of others are only in the file", state.new)
    return words[state.relation].format(
        path=shown(path), why=state.why, when=f"{found.written:%Y-%m-%d %H:%M}" if found.written else "?",
        ours=ours.format(n=state.missing), theirs=theirs.format(n=state.new),
    )  # fmt: skip
