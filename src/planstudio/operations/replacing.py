"""Words in the place of others, over the whole plan in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import Session

from planstudio.domain.replacing import TEXTS, Place, Wanted, replaced
from planstudio.operations.rows import assign
from planstudio.store.schema import MODELS


def replace_words(session: Session, chosen: Iterable[Place], wanted: Wanted, by: str) -> None:
    """Put *by* at the *chosen* places of *wanted*; what has been deleted meanwhile is passed over."""
    cells: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for place in chosen:
        cells[place.table, place.row_id, place.column].add(place.nth)
    for (table, ident, column), numbers in cells.items():
        row = session.get(MODELS[table], ident)
        if row is not None:
            text = replaced(getattr(row, column), wanted, by, markdown=TEXTS[table][column], chosen=numbers)
            assign(row, {column: text})
