"""Words found in the whole plan: an FTS5 index in memory, made after opening and kept up by what changes.

It is not in the file: a document then carries no second copy of its texts (the
clean copy would have to be cleaned twice), has no shadow tables to verify, and
a deleted text is gone at once (docs/adr/0003).

What is indexed is a key of the text: one spelling of apostrophes and accents,
and every letter by itself where words are written without spaces (学生, 阅读).
What is shown is the text.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, select

from planstudio.domain.folding import ALIKE, UNPARTED, folded
from planstudio.domain.nouns import NOUNS, uses
from planstudio.domain.nouns.fields import Uses
from planstudio.domain.saying import said
from planstudio.richtext import plain
from planstudio.store import doors
from planstudio.store.many import in_lots
from planstudio.store.schema import JOURNALED

# Where each table's words are, the one that names the row first.
TEXTS = {
    table: tuple(sorted((one.name for one in fields), key=NOUNS[table].title.__ne__))
    for table, fields in uses(Uses.FIND).items()
}
_WORDS = re.compile(r"[^\W_]+(?:[.'\-][^\W_]+)*")
_INNER = re.compile(r"[^\W_]+(?:'[^\W_]+)+")
_ALONE = re.compile(f"([{UNPARTED}])")
_BEFORE, _AFTER = 60, 90  # signs shown around what was found
_ON, _OFF = "\x02", "\x03"


class SearchIndex:
    def __init__(self, *, secret: bool = False) -> None:
        """*secret*: of a plan under a password, by the driver that empties what it lets go of."""
        self._secret = secret
        self._db = self._empty()
        self._built = self._building = False
        self._stale: set[tuple[str, str]] = set()
        self._gate = threading.Lock()  # who asks while a job reads the plan waits for the rest

    def _empty(self) -> sqlite3.Connection:
        made = doors.memory(secret=self._secret, own_thread=False)
        made.isolation_level = None
        made.execute(
            "CREATE VIRTUAL TABLE found USING fts5(tbl UNINDEXED, row UNINDEXED, title UNINDEXED, body UNINDEXED, "
            "head, words, tokenize=\"unicode61 remove_diacritics 2\", prefix='2 3')"
        )
        return made

    def close(self) -> None:
        self._db.close()

    def __del__(self) -> None:
        """Whoever asks once and lets go of it has nothing to close."""
        if hasattr(self, "_db"):
            self._db.close()

    def touch(self, keys: Iterable[tuple[str, str]]) -> None:
        """Note that rows have changed; they are read again with the next question."""
        if self._built or self._building:
            self._stale |= {key for key in keys if key[0] in TEXTS}

    def forget(self) -> None:
        with self._gate:
            self._db.close()
            self._db = self._empty()
            self._built = False
            self._stale.clear()

    def build(self, engine: Engine) -> None:
        """Read the whole plan, for a job: over an engine of its own, and no longer at a time than a table takes."""
        with self._gate:
            if self._built:
                return
            self._building, db = True, self._empty()
            try:
                for table in _tables().values():
                    with engine.connect() as connection:
                        rows = connection.execute(_texts(table)).all()
                    _put(db, table, rows)
                self._db, db = db, self._db
                self._built = True
            finally:
                self._building = False
                db.close()  # the one before, or what could not be finished

    def find(self, connection: Connection, words: str, limit: int = 60) -> list[tuple[str, str, str, str]]:
        """The best places as (table, id, title, excerpt); the words found stand between \\x02 and \\x03."""
        query = match(words)
        if not query:
            return []
        with self._gate:
            self._catch_up(connection)
        rows = self._db.execute(
            "SELECT tbl, row, title, body FROM found WHERE found MATCH ? "
            "ORDER BY bm25(found, 0, 0, 0, 0, 8, 1), rowid LIMIT ?",
            (query, limit),
        )
        return [(table, row, title, excerpt(title, body, words)) for table, row, title, body in rows]

    def _catch_up(self, connection: Connection) -> None:
        by_name = _tables()
        if not self._built:
            self._stale.clear()
            for table in by_name.values():
                _put(self._db, table, connection.execute(_texts(table)).all())
            self._built = True
        stale, self._stale = self._stale, set()
        for name in {name for name, _row in stale}:
            ids = [row for table, row in stale if table == name]
            self._db.executemany("DELETE FROM found WHERE tbl = ? AND row = ?", [(name, row) for row in ids])
            for some in in_lots(ids):
                asked = _texts(by_name[name]).where(by_name[name].c.id.in_(some))
                _put(self._db, by_name[name], connection.execute(asked).all())


def _tables() -> dict[str, Table]:
    return {name: table for name, table in JOURNALED.items() if name in TEXTS}


def _texts(table: Table) -> Select[Any]:
    return select(table.c.id, *(table.c[name] for name in TEXTS[table.name]))


def _put(db: sqlite3.Connection, table: Table, rows: Iterable[Any]) -> None:
    """Take the words of *rows* into the index."""
    made = []
    fields = [NOUNS[table.name].fields[name] for name in TEXTS[table.name]]
    for ident, *values in rows:
        words = [plain(said(field, value)) for field, value in zip(fields, values, strict=True)]
        title = words.pop(0) if NOUNS[table.name].title else ""
        body = "\n".join(filter(None, words))
        made.append((table.name, ident, title, body, _indexed(title), _indexed(body)))
    db.execute("BEGIN")
    db.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?)", made)
    db.execute("COMMIT")


def match(words: str) -> str:
    """The user's words for FTS5: each quoted, all wanted, the last one perhaps unfinished."""
    quoted = [f'"{_apart(word)}"' for word in _WORDS.findall(_key(words))[:12]]
    return " ".join(quoted) + ("" if not quoted or words[-1:].isspace() else "*")


def excerpt(title: str, body: str, words: str) -> str:
    """Where *words* stand in the body, else in the title, each of them between \\x02 and \\x03."""
    wanted = [_spelled(word) for word in _WORDS.findall(_key(words))[:12]]
    shape = re.compile("|".join(f"(?:{one})" for one in wanted) or r"(?!)")
    for text in (body, title):
        if places := _places(text, shape):
            return _around(text, places)
    return _around(body or title, [])


def _key(text: str) -> str:
    """*text* in the one spelling in which it is looked for."""
    bare = unicodedata.normalize("NFD", text.translate(ALIKE))
    if not bare.isascii():
        bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return bare.lower()


def _apart(key: str) -> str:
    return _ALONE.sub(r" \1 ", key).strip()


def _indexed(text: str) -> str:
    """What the index holds of *text*: with Hawai'i also hawaii."""
    key = _key(text)
    return " ".join((_apart(key), *sorted({found.replace("'", "") for found in _INNER.findall(key)})))


def _spelled(word: str) -> str:
    """A word of a key as a pattern: from the beginning of a word, with an apostrophe wherever one may stand."""
    if _ALONE.search(word):
        return re.escape(word)
    return r"(?<![^\W_])" + "'?".join(map(re.escape, word.replace("'", "")))


def _places(text: str, shape: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the words stand in *text* itself."""
    inside, places = folded(text)
    parts = ((p, at) for sign, at in zip(inside, places, strict=False) for p in unicodedata.normalize("NFD", sign))
    bare = [(part, at) for part, at in parts if not unicodedata.combining(part)]
    origins = [*(at for _part, at in bare), len(text)]
    matches = shape.finditer("".join(part for part, _at in bare))
    found = ((origins[match.start()], origins[match.end()]) for match in matches)
    return [(start, end) for start, end in found if end > start]


def _around(text: str, places: list[tuple[int, int]]) -> str:
    """The words around the first of *places*, those found marked."""
    first = places[0][0] if places else 0
    start = max(0, first - _BEFORE)
    if start:
        start = next((n + 1 for n in range(start, first) if text[n].isspace()), start)
    end = min(len(text), first + _AFTER)
    if end < len(text):
        end = next((n for n in range(end, first, -1) if text[n].isspace()), end)
    end = max(end, places[0][1] if places else 0)
    made, at = [], start
    for begin, stop in places:
        if begin >= at and stop <= end:
            made += [text[at:begin], _ON, text[begin:stop], _OFF]
            at = stop
    made.append(text[at:end])
    return ("…" if start else "") + "".join(made) + ("…" if end < len(text) else "")
