"""The status command: how the file and the work on this computer stand."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planstudio import app
from planstudio.cli import arguments as takes
from planstudio.cli.terminal import say, say_json, shown
from planstudio.domain.files import FileRelation, FileState
from planstudio.i18n import _, ngettext

if TYPE_CHECKING:
    from planstudio.domain.files import PlanStatus


def add_status(add: takes.Add) -> None:
    p = takes.command(add, status, "how the file and the work on this computer stand; 1 when something is not saved")
    takes.as_json(p)


def status(arguments: Namespace) -> int:
    """0 when everything is saved, else 1: a script can wait for it."""
    found = app.how_it_stands(arguments.plan)
    saved = found.state.relation is FileRelation.SAVED
    if arguments.json:
        say_json(_status_form(found))
    else:
        for line in _status_lines(found, arguments.plan):
            say(line)
    return 0 if saved else 1


def _status_form(found: PlanStatus) -> dict[str, Any]:
    state, who = found.state, found.elsewhere
    return {
        "place": state.relation.value,
        "saved": state.relation is FileRelation.SAVED,
        "written": found.written.isoformat(timespec="seconds") if found.written else None,
        "only_here": state.missing,
        "only_in_the_file": state.new,
        "why": state.why,
        "differences": found.differences,
        "open_by": who
        and {
            "user": who.user,
            "computer": who.computer,
            "since": who.since.isoformat(timespec="seconds") if who.since else None,
        },
        "open_on_this_computer": found.open_here,
        "worked_on_here": found.worked_on,
    }


def _status_lines(found: PlanStatus, path: Path) -> list[str]:
    lines = [_place(found, path)]
    if not found.worked_on:
        lines.append(_("This computer has no working copy of it."))
    elif found.state.missing and found.state.relation in (FileRelation.GONE, FileRelation.OTHER_PLAN, *_UNREAD):
        words = ngettext("{n} step is kept on this computer.", "{n} steps are kept on this computer.", _n(found))
        lines.append(words.format(n=_n(found)))
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


_UNREAD = (
    FileRelation.NO_PLAN,
    FileRelation.TOO_NEW,
    FileRelation.LOCKED,
    FileRelation.UNREADABLE,
    FileRelation.OUT_OF_REACH,
)


def _n(found: PlanStatus) -> int:
    return found.state.missing


def _place(found: PlanStatus, path: Path) -> str:
    """A sentence for how the file stands."""
    state, where = found.state, shown(path)
    match state.relation:
        case FileRelation.SAVED:
            when = f"{found.written:%Y-%m-%d %H:%M}" if found.written else "?"
            return _("Saved: the file of {when} has everything.").format(when=when)
        case FileRelation.GONE:
            words = _("Gone: there is no file at {path} any more. The next save writes it again.")
        case FileRelation.OTHER_PLAN:
            words = _("Not saved: another plan stands at {path} now. Nothing is written over it.")
        case FileRelation.NO_PLAN | FileRelation.TOO_NEW:
            return _("Not saved: {why} Nothing is written over it.").format(why=state.why)
        case FileRelation.LOCKED:
            words = _("Not saved: {path} is under another password. Nothing is written over it.")
        case FileRelation.UNREADABLE:
            words = _("Not saved: {path} is damaged or half written. Nothing is written over it.")
        case FileRelation.OUT_OF_REACH:
            words = _("Waiting: the folder of {path} cannot be reached.")
        case _:
            return _counted(state)
    return words.format(path=where)


def _counted(state: FileState) -> str:
    """A sentence for steps that one of the two lacks."""
    ours = ngettext("{n} step is only on this computer", "{n} steps are only on this computer", state.missing)
    theirs = ngettext("{n} step of others is only in the file", "{n} steps of others are only in the file", state.new)
    told = {"ours": ours.format(n=state.missing), "theirs": theirs.format(n=state.new)}
    match state.relation:
        case FileRelation.NEWER:
            words = _("Newer: {theirs}. The next opening takes that in.")
        case FileRelation.BOTH:
            words = _("Both: {ours}, and {theirs}. The next save puts both together.")
        case FileRelation.OLDER:
            words = _("Older: the file has gone back to a former state; {ours}. The next save puts it right.")
        case FileRelation.READ_ONLY:
            words = _("Read only: the folder does not let this program write; {ours}.")
        case _:
            words = _("Waiting: {ours}. The next save writes it into the file.")
    return words.format(**told)
