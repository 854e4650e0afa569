"""Meetings: agendas, attendance, motions and votes, printed packets, the monitoring calendar."""

from __future__ import annotations

from typing import Any

# A table whose constraints or columns change is made anew, filled from the old one, and takes its name.
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
    CONSTRAINT pk_organization PRIMARY KEY (id),
    CONSTRAINT fk_organization_logo_sha256_content FOREIGN KEY(logo_sha256) REFERENCES content (sha256) ON DELETE RESTRICT
)
""",
    "attachment": """\
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
    access VARCHAR(40) NOT NULL,
    agenda_item_id VARCHAR(36),
    rank VARCHAR(200),
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT ck_attachment_one_owner CHECK ((statement_id IS NOT NULL) + (goal_id IS NOT NULL) + (strategy_id IS NOT NULL) + (measure_id IS NOT NULL) + (policy_id IS NOT NULL) + (agenda_item_id IS NOT NULL) = 1),
    CONSTRAINT fk_attachment_statement_id_statement FOREIGN KEY(statement_id) REFERENCES statement (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_measure_id_measure FOREIGN KEY(measure_id) REFERENCES measure (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_policy_id_policy FOREIGN KEY(policy_id) REFERENCES policy (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_sha256_content FOREIGN KEY(sha256) REFERENCES content (sha256) ON DELETE RESTRICT,
    CONSTRAINT fk_attachment_agenda_item_id_agenda_item FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT
)
""",
}
STATEMENTS = (
    """\
CREATE TABLE meeting (
    id VARCHAR(36) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    title TEXT NOT NULL,
    start VARCHAR(16),
    place TEXT NOT NULL,
    taking_part TEXT NOT NULL,
    posting_rule TEXT NOT NULL,
    posted_at VARCHAR(16),
    numbering VARCHAR(40) NOT NULL,
    page_numbers VARCHAR(40) NOT NULL,
    called_to_order TEXT NOT NULL,
    adjourned TEXT NOT NULL,
    minutes_state VARCHAR(40) NOT NULL,
    minutes_approved_on VARCHAR(10),
    minutes_opening TEXT NOT NULL,
    minutes_closing TEXT NOT NULL,
    frozen_at TEXT NOT NULL,
    CONSTRAINT pk_meeting PRIMARY KEY (id)
)
""",
    """\
CREATE TABLE agenda_section (
    id VARCHAR(36) NOT NULL,
    meeting_id VARCHAR(36) NOT NULL,
    title TEXT NOT NULL,
    consent BOOLEAN NOT NULL,
    rank VARCHAR(200) NOT NULL,
    CONSTRAINT pk_agenda_section PRIMARY KEY (id),
    CONSTRAINT fk_agenda_section_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT
)
""",
    """\
CREATE TABLE attendance (
    meeting_id VARCHAR(36) NOT NULL,
    person_id VARCHAR(36) NOT NULL,
    presence VARCHAR(40) NOT NULL,
    arrived TEXT NOT NULL,
    departed TEXT NOT NULL,
    CONSTRAINT pk_attendance PRIMARY KEY (meeting_id, person_id),
    CONSTRAINT fk_attendance_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_attendance_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT
)
 WITHOUT ROWID

""",
    """\
CREATE TABLE packet (
    id VARCHAR(36) NOT NULL,
    meeting_id VARCHAR(36) NOT NULL,
    revision INTEGER NOT NULL,
    audience VARCHAR(40) NOT NULL,
    printed_at VARCHAR(16) NOT NULL,
    pages INTEGER NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    record TEXT NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_packet PRIMARY KEY (id),
    CONSTRAINT fk_packet_meeting_id_meeting FOREIGN KEY(meeting_id) REFERENCES meeting (id) ON DELETE RESTRICT,
    CONSTRAINT fk_packet_sha256_content FOREIGN KEY(sha256) REFERENCES content (sha256) ON DELETE RESTRICT
)
""",
    """\
CREATE TABLE agenda_item (
    id VARCHAR(36) NOT NULL,
    section_id VARCHAR(36) NOT NULL,
    title TEXT NOT NULL,
    type VARCHAR(40) NOT NULL,
    access VARCHAR(40) NOT NULL,
    ground TEXT NOT NULL,
    state VARCHAR(40) NOT NULL,
    returned_because TEXT NOT NULL,
    presenter TEXT NOT NULL,
    contact TEXT NOT NULL,
    minutes INTEGER,
    time_use VARCHAR(40) NOT NULL,
    pulled BOOLEAN NOT NULL,
    background TEXT NOT NULL,
    rationale TEXT NOT NULL,
    fiscal_impact TEXT NOT NULL,
    recommended_motion TEXT NOT NULL,
    began TEXT NOT NULL,
    ended TEXT NOT NULL,
    notes TEXT NOT NULL,
    rank VARCHAR(200) NOT NULL,
    CONSTRAINT pk_agenda_item PRIMARY KEY (id),
    CONSTRAINT fk_agenda_item_section_id_agenda_section FOREIGN KEY(section_id) REFERENCES agenda_section (id) ON DELETE RESTRICT
)
""",
    """\
CREATE TABLE monitoring (
    id VARCHAR(36) NOT NULL,
    plan_id VARCHAR(36) NOT NULL,
    goal_id VARCHAR(36),
    subject TEXT NOT NULL,
    month VARCHAR(10) NOT NULL,
    reported_on VARCHAR(10),
    evaluation VARCHAR(40) NOT NULL,
    reason TEXT NOT NULL,
    evidence TEXT NOT NULL,
    next_steps TEXT NOT NULL,
    CONSTRAINT pk_monitoring PRIMARY KEY (id),
    CONSTRAINT fk_monitoring_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE RESTRICT,
    CONSTRAINT fk_monitoring_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT
)
""",
    """\
CREATE TABLE agenda_link (
    id VARCHAR(36) NOT NULL,
    agenda_item_id VARCHAR(36) NOT NULL,
    goal_id VARCHAR(36),
    strategy_id VARCHAR(36),
    policy_id VARCHAR(36),
    rank VARCHAR(200) NOT NULL,
    CONSTRAINT pk_agenda_link PRIMARY KEY (id),
    CONSTRAINT ck_agenda_link_one_owner CHECK ((goal_id IS NOT NULL) + (strategy_id IS NOT NULL) + (policy_id IS NOT NULL) = 1),
    CONSTRAINT fk_agenda_link_agenda_item_id_agenda_item FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_agenda_link_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_agenda_link_strategy_id_strategy FOREIGN KEY(strategy_id) REFERENCES strategy (id) ON DELETE RESTRICT,
    CONSTRAINT fk_agenda_link_policy_id_policy FOREIGN KEY(policy_id) REFERENCES policy (id) ON DELETE RESTRICT
)
""",
    """\
CREATE TABLE enclosure (
    id VARCHAR(36) NOT NULL,
    agenda_item_id VARCHAR(36) NOT NULL,
    what VARCHAR(40) NOT NULL,
    policy_id VARCHAR(36),
    goal_id VARCHAR(36),
    plan_id VARCHAR(36),
    since VARCHAR(10),
    rank VARCHAR(200) NOT NULL,
    CONSTRAINT pk_enclosure PRIMARY KEY (id),
    CONSTRAINT ck_enclosure_one_owner CHECK ((policy_id IS NOT NULL) + (goal_id IS NOT NULL) + (plan_id IS NOT NULL) = 1),
    CONSTRAINT fk_enclosure_agenda_item_id_agenda_item FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_enclosure_policy_id_policy FOREIGN KEY(policy_id) REFERENCES policy (id) ON DELETE RESTRICT,
    CONSTRAINT fk_enclosure_goal_id_goal FOREIGN KEY(goal_id) REFERENCES goal (id) ON DELETE RESTRICT,
    CONSTRAINT fk_enclosure_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id) ON DELETE RESTRICT
)
""",
    """\
CREATE TABLE motion (
    id VARCHAR(36) NOT NULL,
    agenda_item_id VARCHAR(36) NOT NULL,
    text TEXT NOT NULL,
    mover_id VARCHAR(36),
    seconder_id VARCHAR(36),
    result VARCHAR(40) NOT NULL,
    rank VARCHAR(200) NOT NULL,
    CONSTRAINT pk_motion PRIMARY KEY (id),
    CONSTRAINT fk_motion_agenda_item_id_agenda_item FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id) ON DELETE RESTRICT,
    CONSTRAINT fk_motion_mover_id_person FOREIGN KEY(mover_id) REFERENCES person (id) ON DELETE RESTRICT,
    CONSTRAINT fk_motion_seconder_id_person FOREIGN KEY(seconder_id) REFERENCES person (id) ON DELETE RESTRICT
)
""",
    """\
CREATE TABLE vote (
    motion_id VARCHAR(36) NOT NULL,
    person_id VARCHAR(36) NOT NULL,
    choice VARCHAR(40) NOT NULL,
    CONSTRAINT pk_vote PRIMARY KEY (motion_id, person_id),
    CONSTRAINT fk_vote_motion_id_motion FOREIGN KEY(motion_id) REFERENCES motion (id) ON DELETE RESTRICT,
    CONSTRAINT fk_vote_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE RESTRICT
)
 WITHOUT ROWID

""",
    """CREATE INDEX ix_attachment_agenda_item_id ON attachment (agenda_item_id)""",
    """CREATE INDEX ix_attachment_goal_id ON attachment (goal_id)""",
    """CREATE INDEX ix_attachment_measure_id ON attachment (measure_id)""",
    """CREATE INDEX ix_attachment_policy_id ON attachment (policy_id)""",
    """CREATE INDEX ix_attachment_statement_id ON attachment (statement_id)""",
    """CREATE INDEX ix_attachment_strategy_id ON attachment (strategy_id)""",
    """CREATE INDEX ix_agenda_section_meeting_id ON agenda_section (meeting_id)""",
    """CREATE INDEX ix_packet_meeting_id ON packet (meeting_id)""",
    """CREATE INDEX ix_agenda_item_section_id ON agenda_item (section_id)""",
    """CREATE INDEX ix_monitoring_goal_id ON monitoring (goal_id)""",
    """CREATE INDEX ix_monitoring_plan_id ON monitoring (plan_id)""",
    """CREATE INDEX ix_agenda_link_agenda_item_id ON agenda_link (agenda_item_id)""",
    """CREATE INDEX ix_agenda_link_goal_id ON agenda_link (goal_id)""",
    """CREATE INDEX ix_agenda_link_policy_id ON agenda_link (policy_id)""",
    """CREATE INDEX ix_agenda_link_strategy_id ON agenda_link (strategy_id)""",
    """CREATE INDEX ix_enclosure_agenda_item_id ON enclosure (agenda_item_id)""",
    """CREATE INDEX ix_enclosure_goal_id ON enclosure (goal_id)""",
    """CREATE INDEX ix_enclosure_plan_id ON enclosure (plan_id)""",
    """CREATE INDEX ix_enclosure_policy_id ON enclosure (policy_id)""",
    """CREATE INDEX ix_motion_agenda_item_id ON motion (agenda_item_id)""",
    """CREATE INDEX ix_motion_mover_id ON motion (mover_id)""",
    """CREATE INDEX ix_motion_seconder_id ON motion (seconder_id)""",
)


def upgrade(operations: Any) -> None:
    for table, statement in CHANGED.items():
        _remake(operations, table, statement)
    for statement in STATEMENTS:
        operations.execute(statement)


def _remake(operations: Any, table: str, statement: str) -> None:
    connection = operations.get_bind()
    names = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
    operations.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    operations.execute(statement)
    added, values = {"organization": ("closed_days", "''"), "attachment": ("rank", "'i'")}[table]
    kept = ", ".join(f'"{name}"' for name in names)
    operations.execute(f'INSERT INTO {table} ({kept}, "{added}") SELECT {kept}, {values} FROM old_{table}')
    operations.execute(f"DROP TABLE old_{table}")
