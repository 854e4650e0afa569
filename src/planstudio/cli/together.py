"""The commands about a plan that others work on, too: how it stands, another copy of it, what waits for an answer."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from planstudio import app
from planstudio.cli.commands import asking_for_force, copy_to, reading, writing
from planstudio.cli.terminal import remark, say, shown
from planstudio.domain.differences import Difference, Side
from planstudio.domain.errors import InvalidInput
from planstudio.domain.files import FileRelation, FileState
from planstudio.domain.kinds import Access
from planstudio.domain.question_codes import Coded, coded, step_names
from planstudio.i18n import _, ngettext

if TYPE_CHECKING:
    from pathlib import Path

    from planstudio.domain.files import CopyCounts, PlanStatus
    from planstudio.workspace import Workspace

KEPT = "kept"  # the side that keeps what another one has deleted
_MOST_SAID = 200  # characters of a side


# How a plan stands.


def status(arguments: Namespace) -> int:
    """0 when everything is saved, else 1: a script can wait for it."""
    found = app.how_it_stands(arguments.plan)
    saved = found.state.relation is FileRelation.SAVED
    if arguments.json:
        say(json.dumps(_status_form(found), ensure_ascii=False, indent=1))
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


# Another copy.


def merge(arguments: Namespace) -> int:
    """Both are put among the backups first; the copy stays as it is."""
    if arguments.dry_run:
        with reading(arguments.plan) as workspace:
            _say_counts(workspace.copy_counts(arguments.copy))
        return 0
    _say_unsaved(arguments.copy)
    with writing(arguments.plan, wait=arguments.wait) as workspace:
        found = workspace.copy_counts(arguments.copy)
        before = {question.code for question in _questions(workspace)}
        with asking_for_force():
            workspace.merge_copy(arguments.copy, much=arguments.force)
        new = [question for question in _questions(workspace) if question.code not in before]
    taken = ngettext("Took in {n} step of {path}.", "Took in {n} steps of {path}.", found.only_there)
    words = taken if found.only_there else _("{path} has nothing new.")
    say(words.format(n=found.only_there, path=shown(arguments.copy)))
    if new:
        words = ngettext(
            "{n} difference is to be settled. See: planstudio conflicts PLAN",
            "{n} differences are to be settled. See: planstudio conflicts PLAN",
            len(new),
        )
        say(words.format(n=len(new)))
    return 0


def _say_unsaved(path: Path) -> None:
    """The copy is taken as its file is: tell where this computer has work on it that is not in the file."""
    state = app.how_it_stands(path).state
    if state.missing:
        words = ngettext(
            "{n} step of {path} is not in its file yet and is left out. Save it first to take it in.",
            "{n} steps of {path} are not in its file yet and are left out. Save it first to take them in.",
            state.missing,
        )
        remark(words.format(n=state.missing, path=shown(path)))


def _say_counts(found: CopyCounts) -> None:
    there = ngettext("{n} step only in the copy", "{n} steps only in the copy", found.only_there)
    both = ngettext("{n} step in both", "{n} steps in both", found.both)
    here = ngettext("{n} step only in the plan", "{n} steps only in the plan", found.only_here)
    say(
        ", ".join(
            words.format(n=n) for n, words in ((found.only_there, there), (found.both, both), (found.only_here, here))
        )
    )


# What was written differently.


def conflicts(arguments: Namespace) -> int:
    with reading(arguments.plan) as workspace:
        found = _questions(workspace)
    names = step_names(found)
    if arguments.json:
        say(json.dumps([_form(one, names) for one in found], ensure_ascii=False, indent=1))
        return 0
    if not found:
        say(_("Nothing waits for an answer."))
    for place, question in enumerate(found, 1):
        _say_question(place, question, names)
    return 0


def _questions(workspace: Workspace) -> tuple[Coded, ...]:
    from planstudio.queries.conflicts import open_differences

    return coded(workspace.ask(open_differences, app.device(app.data_folder())))


def _say_question(place: int, question: Coded, names: dict[str, str]) -> None:
    several = len(question.cells) > 1
    say(f"{place}  {question.code}  {question.cells[0].element}")
    for n, one in enumerate(question.cells, 1):
        code = f"  {question.code}.{n}  {one.element}:" if several else "  "
        before = _("before: “{words}”").format(words=_short(one.before)) if one.before else ""
        say("   ".join(filter(None, (f"{code} {one.field_words}", before))))
        for side in one.sides:
            say(f"    {names.get(side.step, KEPT):8}  “{_short(side.words)}”  {_who(side)}".rstrip())


def _who(side: Side) -> str:
    who = ", ".join(filter(None, (shown(side.author), f"{side.at:%Y-%m-%d %H:%M}" if side.at else "")))
    return _("{who} (yours)").format(who=who) if side.mine else who


def _short(words: str) -> str:
    words = " ".join(words.split()) or _("empty")
    return words if len(words) <= _MOST_SAID else words[: _MOST_SAID - 1] + "…"


def _form(question: Coded, names: dict[str, str]) -> dict[str, Any]:
    cells = [
        {
            "code": f"{question.code}.{n}", "table": one.table, "id": one.row, "field": one.field,
            "element": one.element, "before": one.before,
            "sides": [
                {
                    "take": names.get(side.step, KEPT), "words": side.words, "value": side.value, "author": side.author,
                    "at": side.at.isoformat(timespec="seconds") if side.at else None, "mine": side.mine,
                    "deletes": side.gone, "shown": side is one.sides[0],
                }
                for side in one.sides
            ],
        }
        for n, one in enumerate(question.cells, 1)
    ]  # fmt: skip
    return {"code": question.code, "cells": cells}


# Answers.


def settle(arguments: Namespace) -> int:
    """All answers are one step."""
    with writing(arguments.plan, wait=arguments.wait) as workspace:
        found = _questions(workspace)
        names = step_names(found)
        chosen = [_chosen(code, found) for code in dict.fromkeys(arguments.codes)]
        workspace.settle([_answer(question, cell, arguments, names) for question, cell in chosen])
        left = len(_questions(workspace))
    settled = ngettext("Settled {n} difference.", "Settled {n} differences.", len(chosen)).format(n=len(chosen))
    waits = ngettext("{n} waits for an answer.", "{n} wait for an answer.", left).format(n=left)
    say(f"{settled} {waits}" if left else settled)
    return 0


def _chosen(code: str, found: tuple[Coded, ...]) -> tuple[Coded, Difference | None]:
    """The question that *code* names, and the cell of it where it names one."""
    named, _dot, place = code.strip().lower().partition(".")
    question = next((one for one in found if one.code == named), None)
    if question is not None and not place:
        return question, None
    if question is not None and place.isdecimal() and 1 <= int(place) <= len(question.cells):
        return question, question.cells[int(place) - 1]
    words = _("No difference has the code {code}. See: planstudio conflicts PLAN")
    raise InvalidInput(words.format(code=shown(code[:40]) or "“”"), field="codes")


def _answer(question: Coded, cell: Difference | None, arguments: Namespace, names: dict[str, str]) -> Any:
    from planstudio.operations import answers

    if arguments.value is not None:
        if cell is None and len(question.cells) > 1:
            words = _("{code} is several fields. Say which: {codes}.")
            codes = ", ".join(f"{question.code}.{n}" for n in range(1, len(question.cells) + 1))
            raise InvalidInput(words.format(code=question.code, codes=codes), field="codes")
        return answers.say(cell or question.cells[0], arguments.value)
    step = _side(question if cell is None else Coded(question.code, (cell,)), arguments.take, names)
    return answers.take(question, step) if cell is None else answers.take_cell(cell, step)


def _side(question: Coded, wanted: str, names: dict[str, str]) -> str:
    """The step whose side *wanted* means."""
    wanted = wanted.strip().lower()
    told = {step: names.get(step, KEPT) for step in question.steps}
    if wanted in ("mine", "theirs"):
        mine = _mine(question)
        found = [step for step in question.steps if (step in mine) == (wanted == "mine")]
    else:
        found = [step for step in question.steps if wanted in (step, told[step])]
    if len(found) == 1:
        return found[0]
    words = _("{code}: several sides are “{side}”. Name one of {steps}.")
    if not found:
        words = _("{code}: no side is “{side}”. Name one of {steps}.")
    raise InvalidInput(
        words.format(code=question.code, side=shown(wanted[:40]), steps=", ".join(told.values())), field="take"
    )


def _mine(question: Coded) -> set[str]:
    """The steps of this computer; what others have deleted is kept by whoever did not."""
    mine = {side.step for one in question.cells for side in one.sides if side.mine}
    deleted = [side for one in question.cells if one.whole for side in one.sides if side.gone]
    return mine | {""} if deleted and not any(side.mine for side in deleted) else mine


# Copies for others.


def copy(arguments: Namespace) -> int:
    if arguments.whole or arguments.send:
        if arguments.audience:
            raise InvalidInput(_("A whole copy has everything. Leave out --audience."), field="audience")
        return copy_to(arguments.plan, arguments.output, None, send=arguments.send)
    return copy_to(arguments.plan, arguments.output, Access(arguments.audience or Access.PUBLIC))
