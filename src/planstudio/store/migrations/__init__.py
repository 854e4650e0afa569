"""From each released schema to the next, by Alembic's operations, in one transaction.

Nothing has been released: until then the one schema is changed in place, and
`versions` is empty. From then on `versions/vNNNN.py` holds `upgrade(operations)`,
frozen with its release.

Alembic is imported only when a file is older than the program. The number of
the schema is SQLite's user_version, so no table of Alembic's is in the file.
Foreign keys are off before BEGIN: a batch change of a parent table would
otherwise take its children along.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from planstudio.domain.errors import NotAPlan
from planstudio.i18n import _
from planstudio.store import backups, doors
from planstudio.store.engine import opened
from planstudio.store.schema import APPLICATION, SCHEMA


def bring_up(path: Path, kept_in: Path | None = None) -> None:
    """Bring the plan at *path* to today's schema; where it is older, a copy is put among the backups *kept_in*."""
    ((version,),) = doors.rows(path, "PRAGMA user_version")  # after a crash the header alone may tell of the new
    if version == SCHEMA:
        return
    if kept_in is not None:
        backups.keep(path, kept_in, datetime.now().astimezone())
    with opened(path) as engine, engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        upgrade(connection, version)


def upgrade(connection: Any, version: int) -> None:
    """Bring the database on *connection* (SQLAlchemy's, no transaction begun) from *version* to today's schema."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    connection.exec_driver_sql("ROLLBACK")
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    operations = Operations(MigrationContext.configure(connection))
    for number in range(version + 1, SCHEMA + 1):
        import_module(f"planstudio.store.migrations.versions.v{number:04}").upgrade(operations)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise NotAPlan(_("The plan's rows do not fit together, so it was left as it is. Restore an earlier copy."))
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
    connection.commit()
    connection.exec_driver_sql("PRAGMA user_version")
    connection.rollback()
