"""Words found in the whole plan: an FTS5 index in memory, made when first asked and kept up by what changes.

It is not in the file: a document then carries no second copy of its texts (the
clean copy would have to be cleaned twice), has no shadow tables to verify, and
a deleted text is gone at once (docs/adr/0003).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from sqlalchemy import Connection, Table, select

from planstudio.richtext import plain
from planstudio.store.engine import in_parts
from planstudio.store.journal import tables

# Where each table's words are: the first is its title, but for a policy's text.
TEXTS: dict[str, tuple[str, ...]] = {
    "organization": ("name", "short_name", "motto", "board_name", "address", "contact", "website"),
    "plan": (
        *("title", "slogan", "goals_heading", "goals_question", "goals_note"),
        *("strategies_heading", "strategies_question"),
    ),
    "statement": ("heading", "question", "lead", "body", "source"),
    "statement_item": ("title", "text", "evidence"),
    "goal": ("title", "label", "statement", "population", "measured_by", "baseline", "target"),
    "strategy": ("title", "text", "priority", "department"),
    "milestone": ("text",),
    "measure": ("name", "definition", "source", "interim"),
    "progress_update": ("done", "next", "author"),
    "policy_series": ("title", "number"),
    "policy": ("title", "code"),
    "policy_version": ("body", "legal_refs", "cross_refs"),
    "policy_link": ("note",),
    "attachment": ("name", "alternative_text"),
    "person": ("name", "title"),
    "meeting": ("title", "place", "minutes_opening", "minutes_closing"),
    "agenda_section": ("title",),
    "agenda_item": ("title", "background", "rationale", "fiscal_impact", "recommended_motion", "presenter", "notes"),
    "motion": ("text",),
}
_WORDS = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")


class SearchIndex:
    def __init__(self) -> None:
        self._db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute(
            "CREATE VIRTUAL TABLE found USING fts5(tbl UNINDEXED, row UNINDEXED, title, body, "
            "tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
        )
        self._built = False
        self._stale: set[tuple[str, str]] = set()

    def touch(self, keys: Iterable[tuple[str, str]]) -> None:
        """Note that rows have changed; they are read again with the next question."""
        if self._built:
            self._stale |= {key for key in keys if key[0] in TEXTS}

    def forget(self) -> None:
        self._db.execute("DELETE FROM found")
        self._built = False
        self._stale.clear()

    def find(self, connection: Connection, words: str, limit: int = 60) -> list[tuple[str, str, str, str]]:
        """The best places as (table, id, title, excerpt); the words found stand between \\x02 and \\x03."""
        query = match(words)
        if not query:
            return []
        self._catch_up(connection)
        return list(
            self._db.execute(
                "SELECT tbl, row, title, snippet(found, -1, char(2), char(3), '…', 14) FROM found "
                "WHERE found MATCH ? ORDER BY bm25(found, 0, 0, 8, 1), rowid LIMIT ?",
                (query, limit),
            )
        )

    def _catch_up(self, connection: Connection) -> None:
        by_name = {table.name: table for table in tables() if table.name in TEXTS}
        self._db.execute("BEGIN")
        if not self._built:
            for table in by_name.values():
                self._add(connection, table, None)
            self._built = True
        for name in {name for name, _row in self._stale}:
            ids = [row for table, row in self._stale if table == name]
            self._db.executemany("DELETE FROM found WHERE tbl = ? AND row = ?", [(name, row) for row in ids])
            self._add(connection, by_name[name], ids)
        self._stale.clear()
        self._db.execute("COMMIT")

    def _add(self, connection: Connection, table: Table, ids: list[str] | None) -> None:
        columns = [table.c[name] for name in TEXTS[table.name]]
        whole = select(table.c.id, *columns)
        parts = [whole] if ids is None else [whole.where(table.c.id.in_(some)) for some in in_parts(ids)]
        made = []
        for query in parts:
            for ident, *texts in connection.execute(query):
                words = [plain(text) if text else "" for text in texts]
                title = "" if table.name == "policy_version" else words.pop(0)
                made.append((table.name, ident, title, "\n".join(filter(None, words))))
        self._db.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", made)


def match(words: str) -> str:
    """The user's words for FTS5: each quoted, all wanted, the last one perhaps unfinished."""
    found = _WORDS.findall(words)[:12]
    if not found:
        return ""
    quoted = [f'"{word}"' for word in found]
    return " ".join(quoted) + ("" if words[-1:].isspace() else "*")
