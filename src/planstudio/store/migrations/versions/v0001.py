"""The first released schema, word for word as it was made."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """\
CREATE TABLE person (
    id VARCHAR(36) NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    role VARCHAR(40) NOT NULL,
    term_start VARCHAR(10),
    term_end VARCHAR(10),
    CONSTRAINT pk_person PRIMARY KEY (id)
)""",
    """\
CREATE TABLE "plan" (
    id VARCHAR(36) NOT NULL,
    title TEXT NOT NULL,
    slogan TEXT NOT NULL,
    period_start VARCHAR(10),
    period_end VARCHAR(10),
    state VARCHAR(40) NOT NULL,
    adopted_on VARCHAR(10),
    rank VARCHAR(200) NOT NULL,
    CONSTRAINT pk_plan PRIMARY KEY (id)
)""",
    """\
CREATE TABLE policy_series (
    id VARCHAR(36) NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    CONSTRAINT pk_policy_series PRIMARY KEY (id)
)""",
    """\
CREATE TABLE content (
    sha256 VARCHAR(64) NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_content PRIMARY KEY (sha256)
)""",
    """\
CREATE TABLE change_set (
    seq INTEGER NOT NULL,
    id VARCHAR(36) NOT NULL,
    device VARCHAR(36) NOT NULL,
    author TEXT NOT NULL,
    at VARCHAR(40) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    applied INTEGER NOT NULL,
    label TEXT NOT NULL,
    target VARCHAR(36),
    CONSTRAINT pk_change_set PRIMARY KEY (seq),
    CONSTRAINT uq_change_set_id UNIQUE (id)
)""",
    """\
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
    CONSTRAINT pk_organization PRIMARY KEY (id),
    CONSTRAINT fk_organization_logo_sha256_content FOREIGN KEY(logo_sha256) REFERENCES content (sha256) ON DELETE RESTRICT
)""",
    """\
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
    CONSTRAINT pk_statement PRIMARY KEY (id),
    CONSTRAINT fk_statement_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_statement_plan_id ON statement (plan_id)""",
    """\
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
    CONSTRAINT pk_goal PRIMARY KEY (id),
    CONSTRAINT fk_goal_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE RESTRICT,
    CONSTRAINT fk_goal_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_goal_owner_id ON goal (owner_id)""",
    """\
CREATE INDEX ix_goal_plan_id ON goal (plan_id)""",
    """\
CREATE TABLE policy (
    id VARCHAR(36) NOT NULL,
    series_id VARCHAR(36),
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    review_months INTEGER,
    owner_id VARCHAR(36),
    CONSTRAINT pk_policy PRIMARY KEY (id),
    CONSTRAINT fk_policy_series_id_policy_series FOREIGN KEY(series_id) REFERENCES policy_series (id) ON DELETE RESTRICT,
    CONSTRAINT fk_policy_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_policy_series_id ON policy (series_id)""",
    """\
CREATE INDEX ix_policy_owner_id ON policy (owner_id)""",
    """\
CREATE TABLE change (
    id INTEGER NOT NULL,
    set_id VARCHAR(36) NOT NULL,
    tbl VARCHAR(40) NOT NULL,
    "row" TEXT NOT NULL,
    op VARCHAR(1) NOT NULL,
    "before" TEXT,
    "after" TEXT,
    CONSTRAINT pk_change PRIMARY KEY (id),
    CONSTRAINT fk_change_set_id_change_set FOREIGN KEY(set_id) REFERENCES change_set (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_change_row ON change (tbl, "row")""",
    """\
CREATE INDEX ix_change_set_id ON change (set_id)""",
    """\
CREATE TABLE "conflict" (
    id VARCHAR(36) NOT NULL,
    set_id VARCHAR(36) NOT NULL,
    tbl VARCHAR(40) NOT NULL,
    "row" TEXT NOT NULL,
    field VARCHAR(40) NOT NULL,
    ours TEXT,
    theirs TEXT,
    author TEXT NOT NULL,
    CONSTRAINT pk_conflict PRIMARY KEY (id),
    CONSTRAINT fk_conflict_set_id_change_set FOREIGN KEY(set_id) REFERENCES change_set (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_conflict_set_id ON "conflict" (set_id)""",
    """\
CREATE TABLE statement_item (
    id VARCHAR(36) NOT NULL,
    statement_id VARCHAR(36) NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    evidence TEXT NOT NULL,
    rank VARCHAR(200) NOT NULL,
    CONSTRAINT pk_statement_item PRIMARY KEY (id),
    CONSTRAINT fk_statement_item_statement_id_statement FOREIGN KEY(statement_id) REFERENCES statement (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_statement_item_statement_id ON statement_item (statement_id)""",
    """\
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
    CONSTRAINT pk_strategy PRIMARY KEY (id),
    CONSTRAINT fk_strategy_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_strategy_owner_id_person FOREIGN KEY(owner_id) REFERENCES person (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_strategy_goal_id ON strategy (goal_id)""",
    """\
CREATE INDEX ix_strategy_owner_id ON strategy (owner_id)""",
    """\
CREATE TABLE policy_version (
    id VARCHAR(36) NOT NULL,
    policy_id VARCHAR(36) NOT NULL,
    body TEXT NOT NULL,
    first_reading VARCHAR(10),
    second_reading VARCHAR(10),
    adopted VARCHAR(10),
    effective VARCHAR(10),
    revised TEXT NOT NULL,
    reviewed VARCHAR(10),
    repealed VARCHAR(10),
    revision VARCHAR(40) NOT NULL,
    legal_refs TEXT NOT NULL,
    cross_refs TEXT NOT NULL,
    CONSTRAINT pk_policy_version PRIMARY KEY (id),
    CONSTRAINT fk_policy_version_policy_id_policy FOREIGN KEY(policy_id) REFERENCES policy (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_policy_version_policy_id ON policy_version (policy_id)""",
    """\
CREATE TABLE milestone (
    id VARCHAR(36) NOT NULL,
    strategy_id VARCHAR(36) NOT NULL,
    text TEXT NOT NULL,
    due VARCHAR(10),
    done_on VARCHAR(10),
    rank VARCHAR(200) NOT NULL,
    CONSTRAINT pk_milestone PRIMARY KEY (id),
    CONSTRAINT fk_milestone_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_milestone_strategy_id ON milestone (strategy_id)""",
    """\
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
    CONSTRAINT pk_measure PRIMARY KEY (id),
    CONSTRAINT ck_measure_one_owner CHECK ((goal_id IS NOT NULL) + (strategy_id IS NOT NULL) = 1),
    CONSTRAINT fk_measure_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_measure_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_measure_goal_id ON measure (goal_id)""",
    """\
CREATE INDEX ix_measure_strategy_id ON measure (strategy_id)""",
    """\
CREATE TABLE progress_update (
    id VARCHAR(36) NOT NULL,
    goal_id VARCHAR(36),
    strategy_id VARCHAR(36),
    "on" VARCHAR(10) NOT NULL,
    status VARCHAR(40) NOT NULL,
    percent INTEGER,
    done TEXT NOT NULL,
    next TEXT NOT NULL,
    author TEXT NOT NULL,
    CONSTRAINT pk_progress_update PRIMARY KEY (id),
    CONSTRAINT ck_progress_update_one_owner CHECK ((goal_id IS NOT NULL) + (strategy_id IS NOT NULL) = 1),
    CONSTRAINT fk_progress_update_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_progress_update_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_progress_update_strategy_id ON progress_update (strategy_id)""",
    """\
CREATE INDEX ix_progress_update_goal_id ON progress_update (goal_id)""",
    """\
CREATE TABLE observation (
    measure_id VARCHAR(36) NOT NULL,
    student_group TEXT NOT NULL,
    period_end VARCHAR(10) NOT NULL,
    value DOUBLE NOT NULL,
    count INTEGER,
    note TEXT NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT pk_observation PRIMARY KEY (measure_id, student_group, period_end),
    CONSTRAINT fk_observation_measure_id_measure FOREIGN KEY(measure_id) REFERENCES measure (id) ON DELETE RESTRICT
)
 WITHOUT ROWID
""",
    """\
CREATE TABLE policy_link (
    id VARCHAR(36) NOT NULL,
    policy_id VARCHAR(36) NOT NULL,
    version_id VARCHAR(36),
    statement_id VARCHAR(36),
    statement_item_id VARCHAR(36),
    goal_id VARCHAR(36),
    strategy_id VARCHAR(36),
    measure_id VARCHAR(36),
    relation VARCHAR(40) NOT NULL,
    note TEXT NOT NULL,
    rank VARCHAR(200) NOT NULL,
    CONSTRAINT pk_policy_link PRIMARY KEY (id),
    CONSTRAINT ck_policy_link_one_owner CHECK ((statement_id IS NOT NULL) + (statement_item_id IS NOT NULL) + (goal_id IS NOT NULL) + (strategy_id IS NOT NULL) + (measure_id IS NOT NULL) = 1),
    CONSTRAINT fk_policy_link_policy_id_policy FOREIGN KEY(policy_id) REFERENCES policy (id) ON DELETE RESTRICT,
    CONSTRAINT fk_policy_link_version_id_policy_version FOREIGN KEY(version_id) REFERENCES policy_version (id) ON DELETE RESTRICT,
    CONSTRAINT fk_policy_link_statement_id_statement FOREIGN KEY(statement_id) REFERENCES statement (id) ON DELETE RESTRICT,
    CONSTRAINT fk_policy_link_statement_item_id_statement_item FOREIGN KEY(statement_item_id) REFERENCES statement_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_policy_link_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_policy_link_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE RESTRICT,
    CONSTRAINT fk_policy_link_measure_id_measure FOREIGN KEY(measure_id) REFERENCES measure (id) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_policy_link_statement_id ON policy_link (statement_id)""",
    """\
CREATE INDEX ix_policy_link_measure_id ON policy_link (measure_id)""",
    """\
CREATE INDEX ix_policy_link_statement_item_id ON policy_link (statement_item_id)""",
    """\
CREATE INDEX ix_policy_link_version_id ON policy_link (version_id)""",
    """\
CREATE INDEX ix_policy_link_goal_id ON policy_link (goal_id)""",
    """\
CREATE INDEX ix_policy_link_strategy_id ON policy_link (strategy_id)""",
    """\
CREATE INDEX ix_policy_link_policy_id ON policy_link (policy_id)""",
    """\
CREATE TABLE attachment (
    id VARCHAR(36) NOT NULL,
    statement_id VARCHAR(36),
    goal_id VARCHAR(36),
    strategy_id VARCHAR(36),
    measure_id VARCHAR(36),
    policy_id VARCHAR(36),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    size INTEGER NOT NULL,
    alternative_text TEXT NOT NULL,
    access VARCHAR(20) NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT ck_attachment_one_owner CHECK ((statement_id IS NOT NULL) + (goal_id IS NOT NULL) + (strategy_id IS NOT NULL) + (measure_id IS NOT NULL) + (policy_id IS NOT NULL) = 1),
    CONSTRAINT fk_attachment_statement_id_statement FOREIGN KEY(statement_id) REFERENCES statement (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_measure_id_measure FOREIGN KEY(measure_id) REFERENCES measure (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_policy_id_policy FOREIGN KEY(policy_id) REFERENCES policy (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_sha256_content FOREIGN KEY(sha256) REFERENCES content (sha256) ON DELETE RESTRICT
)""",
    """\
CREATE INDEX ix_attachment_policy_id ON attachment (policy_id)""",
    """\
CREATE INDEX ix_attachment_statement_id ON attachment (statement_id)""",
    """\
CREATE INDEX ix_attachment_measure_id ON attachment (measure_id)""",
    """\
CREATE INDEX ix_attachment_strategy_id ON attachment (strategy_id)""",
    """\
CREATE INDEX ix_attachment_goal_id ON attachment (goal_id)""",
)


def upgrade(operations: Any) -> None:
    for statement in STATEMENTS:
        operations.execute(statement)
