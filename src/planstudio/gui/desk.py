"""The window's only door to the workspace: intents go down, changes come back up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from planstudio.domain.changes import Change, Done, UndoState
from planstudio.domain.differences import Answer
from planstudio.domain.errors import InvalidInput, PlanStudioError, TakesMuch
from planstudio.domain.kinds import Status
from planstudio.domain.places import Place
from planstudio.gui.announcing import announcer
from planstudio.i18n import N_, _
from planstudio.workspace import Apart, Operation, Workspace

P = ParamSpec("P")
T = TypeVar("T")
C = TypeVar("C", bound=Change)
_DONE, _UNDONE, _REDONE = N_("{step}: done"), N_("Undone: {step}"), N_("Done again: {step}")


@dataclass(frozen=True)
class BegunAnswer:
    """What stands in a question's fields, and what the question is called."""

    title: str
    state: Any  # for QuestionCard.fill_in()


@dataclass
class Unrecorded:
    """What somebody has begun to write of an element, or to answer, and neither recorded nor given up."""

    updates: dict[Place, tuple[str, Status, str, str, str]] = field(default_factory=dict)
    comments: dict[Place, str] = field(default_factory=dict)
    answers: dict[str, BegunAnswer] = field(default_factory=dict)  # by the question's key


class Desk(QObject):
    """Carries what a person wants to the workspace, and what has changed to every page."""

    changed = Signal(object)  # Change
    failed = Signal(object)  # PlanStudioError
    plan_chosen = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.unrecorded = Unrecorded()
        self._plan_id = ""

    @property
    def plan_id(self) -> str:
        """The plan that is shown: the one that was chosen, else the one in force."""
        from planstudio.queries.plans import all_plans, current_plan

        if self._plan_id and any(plan.id == self._plan_id for plan in self.ask(all_plans)):
            return self._plan_id
        return self.ask(current_plan)

    def show_plan(self, plan_id: str) -> None:
        self._plan_id = plan_id
        self.plan_chosen.emit()

    def show_plan_of(self, place: Place) -> None:
        """Show the plan in which an element stands, where that is another one."""
        from planstudio.queries.search import plan_of

        plan_id = None if place.is_page else self.ask(plan_of, *place)
        if plan_id is not None and plan_id != self.plan_id:
            self.show_plan(plan_id)

    def do(self, label: str, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Done[T] | None:
        """Run *operation* as one step; None after a refusal, which `failed` has told."""
        return self._announce(lambda: self.workspace.do(label, operation, *args, **kwargs), say=_DONE)

    def submit(
        self, label: str, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> PlanStudioError | None:
        """As do(), for a form: what is wrong with it comes back, to be told at its fields; the rest `failed` tells."""
        return self._told(lambda: self.workspace.do(label, operation, *args, **kwargs))

    def _told(self, step: Callable[[], Change]) -> PlanStudioError | None:
        try:
            change = step()
        except TakesMuch:
            raise
        except PlanStudioError as error:
            if not isinstance(error, InvalidInput):
                self.failed.emit(error)
            return error
        if change.touched:
            announcer().say_step(_(_DONE).format(step=change.label))
            self.changed.emit(change)
        return None

    def settle(self, answers: Sequence[Answer]) -> PlanStudioError | None:
        """Answer what two copies wrote differently, as one step; a refusal comes back as from submit()."""
        return self._told(lambda: self.workspace.settle(answers))

    def type(self, key: str, label: str, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> None:
        """As do(), for text under way: a refusal is raised, for the field to tell it where it stands."""
        change = self.workspace.type(key, label, operation, *args, **kwargs)
        if change.touched:
            announcer().say_typed(_(_DONE).format(step=change.label))
            self.changed.emit(change)

    def bring_in(self, label: str, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Done[T] | None:
        """Run an import as one step, after a backup."""

        def step() -> Done[T]:
            self.workspace.back_up()
            return self.workspace.bring_in(label, operation, *args, **kwargs)

        return self._announce_patiently(step, say=_DONE)

    def do_long(self, label: str, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Done[T] | None:
        """As do(), for what takes seconds in a large plan: the cursor says so."""
        return self._announce_patiently(lambda: self.workspace.do(label, operation, *args, **kwargs), say=_DONE)

    def restore(self, backup: str, *, much: bool = False) -> bool:
        """Put an earlier copy in the place of the plan; False after a refusal, TakesMuch where it has to be asked."""
        return self._announce_patiently(lambda: self.workspace.restore(backup, much=much)) is not None

    def merge_copy(self, path: Path, *, much: bool = False) -> bool:
        """Unite the plan with another copy of it; False where that has nothing new. TakesMuch as restore()."""
        return self._announce_patiently(lambda: self.workspace.merge_copy(path, much=much)) is not None

    def undo(self) -> bool:
        return self._announce_patiently(self.workspace.undo, say=_UNDONE) is not None

    def redo(self) -> bool:
        return self._announce_patiently(self.workspace.redo, say=_REDONE) is not None

    def take_older(self) -> bool:
        """Have the older state of the file as the plan; Undo brings the work back."""
        return self._announce_patiently(self.workspace.take_older) is not None

    def take_over(self, made: Apart) -> bool:
        """Go on in what was united apart from what is shown, with what was typed meanwhile."""
        return self._announce(lambda: self.workspace.take_over(made), always=True) is not None

    def merge_foreign(self) -> bool:
        """Take in what the last look found of another copy; False when there was nothing."""
        return self._announce(lambda: self.workspace.merge_foreign(look=False), always=True) is not None

    def ask(self, query: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.workspace.ask(query, *args, **kwargs)

    def ask_at(self, step: int, query: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.workspace.ask_at(step, query, *args, **kwargs)

    def undo_state(self) -> UndoState:
        return self.workspace.undo_state()

    def _announce_patiently(self, step: Callable[[], C | None], *, say: str = "") -> C | None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return self._announce(step, say=say)
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _announce(self, step: Callable[[], C | None], *, always: bool = False, say: str = "") -> C | None:
        """Tell the pages what a step has changed, or that it was refused; the step, where it was done.

        *always*: also what changes no row, as an answer that keeps what is shown. *say*: how it is said to whoever
        listens, where nobody else says it.
        """
        try:
            change = step()
        except TakesMuch:
            raise
        except PlanStudioError as error:
            self.failed.emit(error)
            return None
        if change is not None and (change.touched or change.whole or always):
            if say:
                announcer().say_step(_(say).format(step=change.label))
            self.changed.emit(change)
        return change
