"""Words in the place of others, over the whole plan in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain.adopted import check_statement
from planstudio.domain.replacing import TEXTS, Match, Wanted, replaced
from planstudio.operations.rows import assign
from planstudio.store.many import in_lots
from planstudio.store.schema import MODELS, Statement, StatementItem


def replace_words(session: Session, chosen: Iterable[Match], wanted: Wanted, by: str) -> None:
    """Put *by* at the *chosen* places of *wanted*; what has been deleted meanwhile is passed over."""
    cells: dict[str, dict[str, dict[str, set[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for place in chosen:
        cells[place.table][place.row_id][place.column].add(place.nth)
    for table, by_row in cells.items():
        model: Any = MODELS[table]
        rows = [row for ids in in_lots(by_row) for row in session.scalars(select(model).where(model.id.in_(ids)))]
        for row in rows:
            statement = row.statement if isinstance(row, StatementItem) else row
            if isinstance(statement, Statement):
                check_statement(statement.adopted_on, by_row[row.id])
            for column, numbers in by_row[row.id].items():
                text = replaced(getattr(row, column), wanted, by, markdown=TEXTS[table][column], chosen=numbers)
                assign(row, {column: text})
