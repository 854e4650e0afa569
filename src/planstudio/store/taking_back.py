"""A step taken back: refused unless every cell of it is still its own, and nobody has said otherwise beside it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from planstudio.store import journal
from planstudio.store.applying import apply, moved_on
from planstudio.store.fold import referring
from planstudio.store.graph import RowGraph
from planstudio.store.lines import Line, Write, by_table, lines_of, standing, writes_of


def take_back(session: Session, step: str) -> None:
    """Do the inverse of *step* as the step under way; EditConflict changes nothing."""
    connection = session.connection()
    lines = lines_of(connection, step)
    written = writes_of(connection, [x.key for x in lines])
    graphs = {key: RowGraph(writes, spare=step) for key, writes in written.items()}
    if not all(_is_its_own(graphs[x.key], x) for x in lines):
        raise moved_on()
    own = {x.key for x in lines}
    now = standing(connection, own)
    undone = [_inverse(x, x.key in now) for x in reversed(lines)]
    goes = by_table(x.key for x in undone if x.op == "D")
    if any(child not in own for _row, child in referring(connection, goes)):
        raise moved_on()
    whole = {x.key: Line(*x.key, "D", now[x.key], None) for x in undone if x.op == "D" and x.key in now}
    undone = [whole.get(x.key, x) for x in undone]
    apply(connection, undone)
    journal.note(session, undone)
    made: journal.Step = session.info["step"]
    made.doubtful |= {x.key for x in lines if x.op == "R" or not graphs[x.key].is_chain}
    session.expire_all()


def _is_its_own(row: RowGraph, line: Write) -> bool:
    """Whether nobody has written over what *line* says, or beside it."""
    if line.op != "U" and [head.step for head in row.heads] != [line.step]:
        return False
    return all([x.step for x in row.writers(name)] == [line.step] for name in line.said)


def _inverse(line: Write, there: bool) -> Line:
    match line.op:
        case "D":
            if there:
                raise moved_on()  # the deletion did not stand
            return Line(*line.key, "I", None, line.before)
        case "U":
            return Line(*line.key, "U", line.said, line.before)
        case "R" if line.before is not None:  # it was there: only its cells go back
            return Line(*line.key, "U", line.said, {name: line.before[name] for name in line.said})
    return Line(*line.key, "D", {}, None)
