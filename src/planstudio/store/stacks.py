"""What can be undone and redone on this device, read from the journal and kept up with it."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from planstudio.domain.changes import UndoState
from planstudio.store.lines import SETS

_UNDOABLE = ("edit", "import", "settle", "restore")
_WINDOW = 2000  # steps of the end of the journal that are read at first
_WIDER = 8  # times, when that is not enough


class Stacks:
    """Steps of one device, the newest last.

    Only the end of the journal is read, as far as what was taken back, and what can be, reaches: nobody who opens
    a plan of twenty years waits for half a million steps.
    """

    def __init__(self, device: str) -> None:
        self._device = device
        self._before = -1  # the step after which the stacks begin; not known yet
        self._seq = 0
        self._window = _WINDOW
        self._forget()

    def _forget(self) -> None:
        self._labels: dict[str, str] = {}
        self._undone_by: dict[str, str] = {}  # by a step that was undone: the step that did so last
        self._undone: dict[str, str] = {}  # and the other way round
        self._undo: list[str] = []
        self._redo: list[str] = []

    def catch_up(self, connection: Connection) -> None:
        if self._before < 0:
            self._begin(connection)
        while not self._read(connection):
            self._window *= _WIDER
            self._begin(connection)

    def _begin(self, connection: Connection) -> None:
        last = connection.scalar(select(func.max(SETS.c.seq))) or 0
        self._seq = self._before = max(0, last - self._window)
        self._forget()

    def _read(self, connection: Connection) -> bool:
        """Read on from the last step that was; False where the stacks reach further back than they begin."""
        found = connection.execute(
            select(SETS.c.seq, SETS.c.id, SETS.c.kind, SETS.c.target, SETS.c.label)
            .where(SETS.c.seq > self._seq, SETS.c.device == self._device)
            .order_by(SETS.c.seq)
        )
        whole = self._before == 0
        for seq, ident, kind, target, label in found:
            self._seq = seq
            self._labels[ident] = label
            if kind in _UNDOABLE:
                self._undo.append(ident)
                self._redo.clear()
            elif not self._moved(kind, ident, target) and not whole:
                return False
        return whole or bool(self._undo)

    def _moved(self, kind: str, ident: str, target: str) -> bool:
        """Put what an undo or a redo took on the other stack; False where it lies before what was read."""
        if kind == "undo" and target in self._undo:
            self._undo.remove(target)
            self._redo.append(target)
            self._undone_by[target], self._undone[ident] = ident, target
        elif kind == "redo" and (step := self._undone.get(target, "")) in self._redo:
            self._redo.remove(step)
            self._undo.append(step)
        else:
            return kind not in ("undo", "redo")
        return True

    def next(self, kind: str) -> tuple[str, str] | None:
        """The step that *kind* ("undo" or "redo") would take back, and the label of what is undone or done again."""
        stack = self._undo if kind == "undo" else self._redo
        if not stack:
            return None
        step = stack[-1]
        return (step if kind == "undo" else self._undone_by[step]), self._labels[step]

    def state(self) -> UndoState:
        undo, redo = self.next("undo"), self.next("redo")
        return UndoState(undo and undo[1], redo and redo[1])
