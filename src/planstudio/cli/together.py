"""The commands about a plan that others work on, too: another copy of it, what waits for an answer."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planstudio import app
from planstudio.cli import arguments as takes
from planstudio.cli.opening import asking_for_force, reading, writing
from planstudio.cli.terminal import remark, say, say_json, shown
from planstudio.domain.differences import Difference, Side
from planstudio.domain.errors import InvalidInput
from planstudio.domain.files import CopyCounts
from planstudio.domain.question_codes import Coded, coded, step_names
from planstudio.i18n import _, ngettext

if TYPE_CHECKING:
    from planstudio.workspace import Workspace

KEPT = "kept"  # the side that keeps what another one has deleted
_MOST_SAID = 200  # characters of a side


_COPY = "the other copy, or a plan that was saved as one; it stays"


@takes.command(
    "put a plan together with another copy of it",
    takes.PLAN,
    takes.argument("copy", type=Path, metavar="COPY", help=_COPY),
    takes.flag("--dry-run", words="only count what each of the two has"),
    takes.MUCH,
    takes.WAIT,
)
def merge(arguments: Namespace) -> None:
    """Both are put among the backups first; the copy stays as it is."""
    if arguments.dry_run:
        with reading(arguments.plan) as workspace:
            _say_counts(workspace.copy_counts(arguments.copy))
        return
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


def _say_unsaved(path: Path) -> None:
    """The copy is taken as its file is: tell where this computer has work on it that is not in the file."""
    if missing := app.how_it_stands(path).state.missing:
        words = ngettext(
            "{n} step of {path} is not in its file yet and is left out. Save it first to take it in.",
            "{n} steps of {path} are not in its file yet and are left out. Save it first to take them in.",
            missing,
        )
        remark(words.format(n=missing, path=shown(path)))


def _say_counts(found: CopyCounts) -> None:
    there = ngettext("{n} step only in the copy", "{n} steps only in the copy", found.only_there)
    both = ngettext("{n} step in both", "{n} steps in both", found.both)
    here = ngettext("{n} step only in the plan", "{n} steps only in the plan", found.only_here)
    counts = ((there, found.only_there), (both, found.both), (here, found.only_here))
    say(", ".join(words.format(n=n) for words, n in counts))


@takes.command("list what was written differently and waits for an answer", takes.PLAN, takes.as_json())
def conflicts(arguments: Namespace) -> None:
    with reading(arguments.plan) as workspace:
        found = _questions(workspace)
    names = step_names(found)
    if arguments.json:
        say_json([_form(one, names) for one in found])
        return
    if not found:
        say(_("Nothing waits for an answer."))
    for place, question in enumerate(found, 1):
        _say_question(place, question, names)


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


@takes.command(
    "answer what was written differently",
    takes.PLAN,
    takes.argument("codes", nargs="+", metavar="CODE", help="of a difference, as conflicts lists it"),
    takes.one_of(
        takes.argument("--take", metavar="SIDE", help="mine, theirs, kept (not deleted), or the step of a side"),
        takes.argument("--value", metavar="WORDS", help="what is to stand there instead of either"),
        required=True,
    ),
    takes.WAIT,
)
def settle(arguments: Namespace) -> None:
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
    refusal = words.format(code=question.code, side=shown(wanted[:40]), steps=", ".join(told.values()))
    raise InvalidInput(refusal, field="take")


def _mine(question: Coded) -> set[str]:
    """The steps of this computer; what others have deleted is kept by whoever did not."""
    mine = {side.step for one in question.cells for side in one.sides if side.mine}
    deleted = [side for one in question.cells if one.whole for side in one.sides if side.gone]
    return mine | {""} if deleted and not any(side.mine for side in deleted) else mine
