"""A program of tomorrow: one schema further, whose migration adds, remakes and fills."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Column, Text

from planstudio.store import migrations, schema, transfer, verify
from planstudio.store.engine import open_engine
from planstudio.store.schema import SCHEMA, Base
from planstudio.store.verify import structure

NEXT = SCHEMA + 1


def upgrade(operations: Any) -> None:
    """A new column, a new table, a parent table made anew, and every row touched."""
    operations.add_column("strategy", Column("funds", Text))
    operations.create_table("season", Column("id", Text, primary_key=True), Column("name", Text))
    with operations.batch_alter_table("goal", recreate="always") as goal:
        goal.add_column(Column("color", Text, server_default="green", nullable=False))
    operations.execute("UPDATE strategy SET funds = text")


def from_the_future(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Make the program believe that its schema is the next one."""
    module = ModuleType(f"planstudio.store.migrations.versions.v{NEXT:04}")
    module.upgrade = upgrade  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for own in (migrations, transfer, verify):
        monkeypatch.setattr(own, "SCHEMA", NEXT)
    engine = open_engine(":memory:")
    with engine.connect() as connection:
        Base.metadata.create_all(connection)
        connection.commit()
        connection.exec_driver_sql("SELECT 1")
        migrations.upgrade(connection, SCHEMA)
        own_structure = connection.connection.driver_connection
        monkeypatch.setitem(schema.FINGERPRINTS, NEXT, structure(own_structure))  # type: ignore[arg-type]
    engine.dispose()
    yield module
