"""Copies know their origin; comments, named moments, words for the levels, dates for updates."""

from __future__ import annotations

from typing import Any

# A table whose columns change is made anew, filled from the old one, and takes its name.
CHANGED = {
    "organization": """\
CREATE TABLE organization (
    id VARCHAR(36) NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    motto TEXT NOT NULL,
    address TEXT NOT NULL,
    contact TEXT NOT NULL,
    website TEXT NOT NULL,
    board_name TEXT NOT NULL,
    posting_rule TEXT NOT NULL,
    status_words TEXT NOT NULL,
    logo_sha256 VARCHAR(64),
    closed_days TEXT NOT NULL,
    level_words TEXT NOT NULL,
    dictionary TEXT NOT NULL,
    CONSTRAINT pk_organization PRIMARY KEY (id),
    CONSTRAINT fk_organization_logo_sha256_content FOREIGN KEY(logo_sha256) REFERENCES content (sha256) ON DELETE RESTRICT
)
""",
    "person": """\
CREATE TABLE person (
    id VARCHAR(36) NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    role VARCHAR(40) NOT NULL,
    term_start VARCHAR(10),
    term_end VARCHAR(10),
    department TEXT NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id)
)
""",
    "plan": """\
CREATE TABLE "plan" (
    id VARCHAR(36) NOT NULL,
    title TEXT NOT NULL,
    slogan TEXT NOT NULL,
    period_start VARCHAR(10),
    period_end VARCHAR(10),
    state VARCHAR(40) NOT NULL,
    adopted_on VARCHAR(10),
    rank VARCHAR(200) NOT NULL,
    origin VARCHAR(36) NOT NULL,
    CONSTRAINT pk_plan PRIMARY KEY (id)
)
""",
    "statement": """\
CREATE TABLE statement (
    id VARCHAR(36) NOT NULL,
    plan_id VARCHAR(36) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    heading TEXT NOT NULL,
    question TEXT NOT NULL,
    lead TEXT NOT NULL,
    body TEXT NOT NULL,
    adopted_on VARCHAR(10),
    source TEXT NOT NULL,
    rank VARCHAR(200) NOT NULL,
    origin VARCHAR(36) NOT NULL,
    CONSTRAINT pk_statement PRIMARY KEY (id),
    CONSTRAINT fk_statement_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE RESTRICT
)
""",
    "statement_item": """\
CREATE TABLE statement_item (
    id VARCHAR(36) NOT NULL,
    statement_id VARCHAR(36) NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    evidence TEXT NOT NULL,
    rank VARCHAR(200) NOT NULL,
    origin VARCHAR(36) NOT NULL,
    CONSTRAINT pk_statement_item PRIMARY KEY (id),
    CONSTRAINT fk_statement_item_statement_id_statement FOREIGN KEY(statement_id) REFERENCES statement (id) ON DELETE RESTRICT
)
""",
    "goal": """\
CREATE TABLE goal (
    id VARCHAR(36) NOT NULL,
    plan_id VARCHAR(36) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    label TEXT NOT NULL,
    title TEXT NOT NULL,
    statement TEXT NOT NULL,
    population TEXT NOT NULL,
    measured_by TEXT NOT NULL,
    baseline TEXT NOT NULL,
    target TEXT NOT NULL,
    deadline VARCHAR(10),
    owner_id VARCHAR(36),
    rank VARCHAR(200) NOT NULL,
    update_every VARCHAR(40),
    update_by VARCHAR(10),
    origin VARCHAR(36) NOT NULL,
    CONSTRAINT pk_goal PRIMARY KEY (id),
    CONSTRAINT fk_goal_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE RESTRICT,
    CONSTRAINT fk_goal_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id) ON DELETE RESTRICT
)
""",
    "strategy": """\
CREATE TABLE strategy (
    id VARCHAR(36) NOT NULL,
    goal_id VARCHAR(36) NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    priority TEXT NOT NULL,
    owner_id VARCHAR(36),
    department TEXT NOT NULL,
    start VARCHAR(10),
    due VARCHAR(10),
    rank VARCHAR(200) NOT NULL,
    update_every VARCHAR(40),
    update_by VARCHAR(10),
    origin VARCHAR(36) NOT NULL,
    CONSTRAINT pk_strategy PRIMARY KEY (id),
    CONSTRAINT fk_strategy_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_strategy_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id) ON DELETE RESTRICT
)
""",
    "milestone": """\
CREATE TABLE milestone (
    id VARCHAR(36) NOT NULL,
    strategy_id VARCHAR(36) NOT NULL,
    text TEXT NOT NULL,
    due VARCHAR(10),
    done_on VARCHAR(10),
    rank VARCHAR(200) NOT NULL,
    origin VARCHAR(36) NOT NULL,
    CONSTRAINT pk_milestone PRIMARY KEY (id),
    CONSTRAINT fk_milestone_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE RESTRICT
)
""",
    "measure": """\
CREATE TABLE measure (
    id VARCHAR(36) NOT NULL,
    goal_id VARCHAR(36),
    strategy_id VARCHAR(36),
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    timing VARCHAR(40) NOT NULL,
    unit TEXT NOT NULL,
    direction VARCHAR(40) NOT NULL,
    frequency VARCHAR(40) NOT NULL,
    baseline DOUBLE,
    baseline_on VARCHAR(10),
    target DOUBLE,
    target_on VARCHAR(10),
    band_low DOUBLE,
    band_high DOUBLE,
    interim TEXT NOT NULL,
    source TEXT NOT NULL,
    minimum_group INTEGER NOT NULL,
    rank VARCHAR(200) NOT NULL,
    student_group TEXT NOT NULL,
    origin VARCHAR(36) NOT NULL,
    CONSTRAINT pk_measure PRIMARY KEY (id),
    CONSTRAINT ck_measure_one_owner CHECK ((goal_id IS NOT NULL) + (strategy_id IS NOT NULL) = 1),
    CONSTRAINT fk_measure_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_measure_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE RESTRICT
)
""",
}
STATEMENTS = (
    """\
CREATE TABLE comment (
    id VARCHAR(36) NOT NULL,
    statement_id VARCHAR(36),
    statement_item_id VARCHAR(36),
    goal_id VARCHAR(36),
    strategy_id VARCHAR(36),
    measure_id VARCHAR(36),
    policy_id VARCHAR(36),
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    at VARCHAR(16) NOT NULL,
    resolved_at VARCHAR(16),
    resolved_by TEXT NOT NULL,
    CONSTRAINT pk_comment PRIMARY KEY (id),
    CONSTRAINT ck_comment_one_owner CHECK ((statement_id IS NOT NULL) + (statement_item_id IS NOT NULL) + (goal_id IS NOT NULL) + (strategy_id IS NOT NULL) + (measure_id IS NOT NULL) + (policy_id IS NOT NULL) = 1),
    CONSTRAINT fk_comment_statement_id_statement FOREIGN KEY(statement_id) REFERENCES statement (id) ON DELETE RESTRICT,
    CONSTRAINT fk_comment_statement_item_id_statement_item FOREIGN KEY(statement_item_id) REFERENCES statement_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_comment_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_comment_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE RESTRICT,
    CONSTRAINT fk_comment_measure_id_measure FOREIGN KEY(measure_id) REFERENCES measure (id) ON DELETE RESTRICT,
    CONSTRAINT fk_comment_policy_id_policy FOREIGN KEY(policy_id) REFERENCES policy (id) ON DELETE RESTRICT
)
""",
    """\
CREATE TABLE moment (
    id VARCHAR(36) NOT NULL,
    name TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    at VARCHAR(40) NOT NULL,
    CONSTRAINT pk_moment PRIMARY KEY (id)
)
""",
    """CREATE INDEX ix_statement_plan_id ON statement (plan_id)""",
    """CREATE INDEX ix_statement_item_statement_id ON statement_item (statement_id)""",
    """CREATE INDEX ix_goal_owner_id ON goal (owner_id)""",
    """CREATE INDEX ix_goal_plan_id ON goal (plan_id)""",
    """CREATE INDEX ix_strategy_goal_id ON strategy (goal_id)""",
    """CREATE INDEX ix_strategy_owner_id ON strategy (owner_id)""",
    """CREATE INDEX ix_milestone_strategy_id ON milestone (strategy_id)""",
    """CREATE INDEX ix_measure_goal_id ON measure (goal_id)""",
    """CREATE INDEX ix_measure_strategy_id ON measure (strategy_id)""",
    """CREATE INDEX ix_comment_goal_id ON comment (goal_id)""",
    """CREATE INDEX ix_comment_measure_id ON comment (measure_id)""",
    """CREATE INDEX ix_comment_policy_id ON comment (policy_id)""",
    """CREATE INDEX ix_comment_statement_id ON comment (statement_id)""",
    """CREATE INDEX ix_comment_statement_item_id ON comment (statement_item_id)""",
    """CREATE INDEX ix_comment_strategy_id ON comment (strategy_id)""",
)
# New columns that are not empty text.
_NULL = {"update_every", "update_by"}


def upgrade(operations: Any) -> None:
    operations.execute("PRAGMA legacy_alter_table=ON")  # else other tables' keys would follow the old table's name
    for table, statement in CHANGED.items():
        _remake(operations, table, statement)
    operations.execute("PRAGMA legacy_alter_table=OFF")
    for statement in STATEMENTS:
        operations.execute(statement)


def _remake(operations: Any, table: str, statement: str) -> None:
    connection = operations.get_bind()
    names = _columns(connection, table)
    operations.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    operations.execute(statement)
    added = [name for name in _columns(connection, table) if name not in names]
    kept = ", ".join(f'"{name}"' for name in names)
    into = ", ".join(f'"{name}"' for name in [*names, *added])
    values = ", ".join([kept, *("NULL" if name in _NULL else "''" for name in added)])
    operations.execute(f"INSERT INTO {table} ({into}) SELECT {values} FROM old_{table}")
    operations.execute(f"DROP TABLE old_{table}")


def _columns(connection: Any, table: str) -> list[str]:
    return [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
