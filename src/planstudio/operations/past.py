"""An element as it was, brought back."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from planstudio.domain.errors import NotFound
from planstudio.domain.words import table_word
from planstudio.i18n import _
from planstudio.operations.loading import load
from planstudio.store.schema import MODELS, Base
from planstudio.store.tree import CHILDREN, TOP

_STAYS = {"id", "rank", "origin"}


def restore_element(session: Session, whole: dict[str, Any], table: str, row_id: str) -> None:
    """Give an element the texts it has in *whole*, an export of the past; a deleted one comes with all in it."""
    path = next(
        (path for key, top in TOP for path in _paths(whole.get(key, []), key, top) if path[-1][2] == row_id), ()
    )
    if not path:
        raise NotFound(_("At that moment this was not in the plan."))
    if session.get(MODELS[table], row_id) is not None:
        given, around = _own(path[-1][3], table), _around(session, table, row_id)
    else:
        given, around = path[-1][3], [(key, ident) for key, _table, ident, _cells in path]
        gone = next((above for _key, above, ident, _c in path[:-1] if session.get(MODELS[above], ident) is None), None)
        if gone is not None:
            words = _("What it stood in has been deleted, too. Restore that first: {name}.")
            raise NotFound(words.format(name=table_word(gone)))
    for (key, _ident), (_key, ident) in zip(around[:0:-1], around[-2::-1], strict=True):
        given = {"id": ident, key: [given]}
    load(session, {"format": "planstudio", "version": 1, around[0][0]: [given]})


def _around(session: Session, table: str, row_id: str) -> list[tuple[str, str]]:
    """In which list an element stands now and its id, and so for what it stands in, from the top down."""
    row: Any = session.get(MODELS[table], row_id)
    for above, lists in CHILDREN.items():
        for key, below, column in lists:
            if below == table and (above_id := getattr(row, column)) is not None:
                return [*_around(session, above, above_id), (key, row_id)]
    return [(next(key for key, top in TOP if top == table), row_id)]


def _own(given: dict[str, Any], table: str) -> dict[str, Any]:
    """The element's own cells, those that were empty named as such; its place stays."""
    columns = Base.metadata.tables[table].columns
    below = {key for key, _table, _column in CHILDREN.get(table, ())} - {"versions"}  # a policy's text is one
    parents = {column.name for column in columns if column.foreign_keys and not column.nullable}
    cells = {c.name: None for c in columns if c.name not in _STAYS | parents} | given
    return {name: value for name, value in cells.items() if name not in below and name not in _STAYS - {"id"}}


Path = tuple[tuple[str, str, str, dict[str, Any]], ...]  # key, table, id and cells, from the top down


def _paths(given: Any, key: str, table: str, above: Path = ()) -> list[Path]:
    found: list[Path] = []
    for cells in given if isinstance(given, list) else [given]:
        path = (*above, (key, table, str(cells.get("id", "")), cells))
        found.append(path)
        for child_key, child, _column in CHILDREN.get(table, ()):
            found += _paths(cells.get(child_key, []), child_key, child, path)
    return found
