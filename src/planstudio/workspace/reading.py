"""Questions to a plan, as it is and as it was; and what a disk or another program does meanwhile, in plain words."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from planstudio.domain.clock import Clock
from planstudio.domain.errors import EditConflict, StoreUnavailable
from planstudio.i18n import _
from planstudio.store import doors
from planstudio.store.asof import engine_as_of, sequence_at

P = ParamSpec("P")
T = TypeVar("T")
Operation: TypeAlias = Callable[Concatenate[Session, P], T]  # of a session and what it needs: a verb or a question


class Reader(ABC):
    """Answers questions about a plan as it is and as it was."""

    clock: Clock

    @property
    @abstractmethod
    def _engine(self) -> Engine: ...

    @abstractmethod
    def snapshot(self, step: int | None) -> PlanSnapshot:
        """The plan after a step of its history, now for None, as a copy that a job may ask; close it."""

    def ask(self, query: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer *query* with plain values; nothing it changes is kept."""
        with plainly(), Session(self._engine.execution_options(reading=True)) as session:
            return query(session, *args, **kwargs)

    def ask_as_of(self, moment: datetime, query: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer *query* as it would have been answered at *moment*."""
        with plainly(), self._engine.execution_options(reading=True).connect() as connection:
            step = sequence_at(connection, moment)
        return self.ask_at(step, query, *args, **kwargs)

    def ask_at(self, step: int, query: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer *query* as it would have been answered after the step *step* of the history."""
        with closing(self.snapshot(step)) as then:
            return then.ask(query, *args, **kwargs)


class PlanSnapshot(Reader):
    """A plan as it stood, in memory and read only: nobody else has it, so any thread may ask."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._memory, self.clock = engine, clock

    @property
    def _engine(self) -> Engine:
        return self._memory

    def snapshot(self, step: int | None) -> PlanSnapshot:
        return snapshot_of(self._memory, step, self.clock)

    def close(self) -> None:
        self._memory.dispose()

    def __del__(self) -> None:
        """A job that is given up lets go of its copy where it stands."""
        self.close()


def snapshot_of(engine: Engine, step: int | None, clock: Clock) -> PlanSnapshot:
    with plainly(), engine.execution_options(reading=True).connect() as connection:
        return PlanSnapshot(engine_as_of(connection, step), clock)


@contextmanager
def plainly() -> Iterator[None]:
    """Say in plain words what a disk, a lock or another program has done; the rest is a bug and stays one."""
    try:
        yield
    except IntegrityError as error:
        if "FOREIGN KEY" not in str(error.orig):
            raise
        raise EditConflict(_("What this needs is no longer there, so nothing was changed.")) from error
    except DatabaseError as error:
        if type(error) not in (OperationalError, DatabaseError):
            raise
        raise StoreUnavailable(_trouble(str(error.orig))) from error
    except doors.either(sqlite3.Error) as error:  # of a connection beside the engine's
        raise StoreUnavailable(_trouble(str(error))) from error


def _trouble(why: str) -> str:
    if "full" in why:
        return _("The disk of this computer is full. Free some space and try again; nothing was lost.")
    if "locked" in why:
        return _("Another program is using the working copy of this plan. Try again in a moment.")
    words = _("This computer could not store the change ({why}). Nothing was changed.")
    if "malformed" in why or "not a database" in why or "decode" in why:
        words = _("The working copy of this plan is damaged ({why}). Restore its last good copy: File, Restore…")
    return words.format(why=why)
