"""What leaves the house: for each column of each table the audience it is given to, and which rows are given.

One table for everything that goes to others: the clean copy and the JSON for
others are filled from it (store/giving.py), and what is printed or written to
Excel is cut by it (domain/cut.py). It lists what is given. A column that does
not stand here is withheld until somebody decides; tests/store/test_given.py
refuses a column without a line, and a line without a column. docs/adr/0013
says why each is as it is.

    PUBLIC      everybody
    STAFF       the administration and the board
    HOUSE       nobody outside
    MINUTES     everybody, once the board has approved the minutes; before, only on the minutes themselves
    REPORTED    everybody, once the report has been given to the board; before, only on the report itself
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from planstudio.domain.agenda import seen_by
from planstudio.domain.kinds import Access


class When(StrEnum):
    """What must have happened before a column is given in a copy."""

    ALWAYS = "always"
    APPROVED = "minutes approved"
    REPORTED = "reported"


@dataclass(frozen=True)
class Given:
    """From which audience on a column is given; None is nobody."""

    to: Access | None
    when: When = When.ALWAYS

    def reaches(self, audience: Access) -> bool:
        return self.to is not None and seen_by(audience, self.to)


PUBLIC = Given(Access.PUBLIC)
STAFF = Given(Access.ADMINISTRATIVE)
HOUSE = Given(None)
MINUTES = Given(Access.PUBLIC, When.APPROVED)
REPORTED = Given(Access.PUBLIC, When.REPORTED)


class Rows(StrEnum):
    """Which rows of a table are given. A row whose parent is withheld never is."""

    ALL = "all"
    NONE = "none"  # the table stays in the house
    IN_FORCE = "in force"  # adopted plans, else the one plan there is to show; adopted policies and their text in force
    ON_PAPERS = "on papers"  # people who sit on the board, or whom a given row names
    POSTED = "posted"  # meetings whose agenda is posted, or that have been held
    NUMBERED = "numbered"  # agenda items: of one that is withheld its number is given, and the law that says why
    SEEN = "seen"  # files with an access that the audience has
    APPROVED = "approved"  # what stands in minutes that the board has approved
    NAMED = "named"  # the bytes of files that a given row names


@dataclass(frozen=True)
class GivenTable:
    rows: Rows
    columns: MappingProxyType[str, Given]


def _table(
    rows: Rows, *, public: str = "", staff: str = "", house: str = "", minutes: str = "", reported: str = ""
) -> GivenTable:
    columns: dict[str, Given] = {}
    for given, names in ((PUBLIC, public), (STAFF, staff), (HOUSE, house), (MINUTES, minutes), (REPORTED, reported)):
        columns |= dict.fromkeys(names.split(), given)
    return GivenTable(rows, MappingProxyType(columns))


GIVEN: MappingProxyType[str, GivenTable] = MappingProxyType({
    "organization": _table(
        Rows.ALL,
        public="id name short_name motto address contact website board_name status_words level_words logo_sha256"
        " time_zone seats quorum majority coded_shares",
        staff="posting_rule closed_days",
        house="dictionary",
    ),
    "person": _table(Rows.ON_PAPERS, public="id name title role term_start term_end", staff="department"),
    "plan": _table(
        Rows.IN_FORCE,
        public="id title slogan period_start period_end state adopted_on rank goals_heading goals_question goals_note"
        " strategies_heading strategies_question",
        house="origin",
    ),
    "statement": _table(
        Rows.ALL, public="id plan_id kind heading question lead body adopted_on source rank", house="origin"
    ),
    "statement_item": _table(Rows.ALL, public="id statement_id title text evidence rank", house="origin"),
    "goal": _table(
        Rows.ALL,
        public="id plan_id kind label title statement population measured_by baseline target deadline owner_id rank"
        " update_every update_by",
        house="origin",
    ),
    "strategy": _table(
        Rows.ALL,
        public="id goal_id title text priority owner_id department start due rank update_every update_by",
        house="origin",
    ),
    "milestone": _table(Rows.ALL, public="id strategy_id text due done_on rank", house="origin"),
    "measure": _table(
        Rows.ALL,
        public="id goal_id strategy_id name definition kind timing unit direction frequency baseline baseline_on target"
        " target_on band_low band_high interim source minimum_group rank student_group",
        house="origin",
    ),
    "observation": _table(
        Rows.ALL, public="measure_id student_group period_end value count source coded", staff="note"
    ),
    "progress_update": _table(
        Rows.ALL, public="id goal_id strategy_id on status percent done next", staff="author"
    ),
    "policy_series": _table(Rows.ALL, public="id number title"),
    "policy": _table(Rows.IN_FORCE, public="id series_id code title kind state review_months owner_id"),
    "policy_version": _table(
        Rows.IN_FORCE,
        public="id policy_id body first_reading second_reading adopted effective revised reviewed repealed revision"
        " legal_refs cross_refs",
    ),
    "policy_link": _table(
        Rows.ALL,
        public="id policy_id version_id statement_id statement_item_id goal_id strategy_id measure_id relation note"
        " rank",
    ),
    "attachment": _table(
        Rows.SEEN,
        public="id statement_id goal_id strategy_id measure_id policy_id agenda_item_id name media_type sha256 size"
        " alternative_text access rank",
    ),
    "comment": _table(
        Rows.NONE,
        house="id statement_id statement_item_id goal_id strategy_id measure_id policy_id text author at resolved_at"
        " resolved_by",
    ),
    "moment": _table(Rows.NONE, house="id name kind at"),
    "meeting": _table(
        Rows.POSTED,
        public="id kind state title start place taking_part posted_at numbering page_numbers time_zone posted_for"
        " posted_deadline posted_notice",
        staff="posting_rule",
        house="frozen_at",
        minutes="called_to_order adjourned minutes_state minutes_approved_on minutes_opening minutes_closing"
        " seats quorum approved_roll",
    ),
    "agenda_section": _table(Rows.ALL, public="id meeting_id title consent rank"),
    "agenda_item": _table(
        Rows.NUMBERED,
        public="id section_id title type access ground state presenter contact minutes time_use pulled background"
        " rationale fiscal_impact recommended_motion rank",
        staff="returned_because",
        minutes="began ended notes",
    ),
    "agenda_link": _table(Rows.ALL, public="id agenda_item_id goal_id strategy_id policy_id rank"),
    "enclosure": _table(Rows.ALL, public="id agenda_item_id what policy_id goal_id plan_id since rank"),
    "attendance": _table(Rows.APPROVED, public="meeting_id person_id presence arrived departed"),
    "motion": _table(
        Rows.APPROVED, public="id agenda_item_id text mover_id seconder_id result rank majority", house="made"
    ),
    "amendment": _table(Rows.APPROVED, public="id meeting_id on text"),
    "vote": _table(Rows.APPROVED, public="motion_id person_id choice"),
    "packet": _table(Rows.NONE, house="id meeting_id revision audience printed_at pages sha256 record note"),
    "clearance": _table(
        Rows.SEEN, staff="id meeting_id code words kind reason author at access withheld shown"
    ),
    "monitoring": _table(
        Rows.ALL,
        public="id plan_id goal_id subject month reported_on",
        reported="evaluation reason evidence next_steps",
    ),
    "content": _table(Rows.NAMED, public="sha256 size data"),
    "change_set": _table(Rows.NONE, house="seq id clock device author at arrived kind label target"),
    "change": _table(Rows.NONE, house="id set_id tbl row op before after over head"),
    "conflict": _table(Rows.NONE, house="tbl row field unit sides"),
    "seal": _table(Rows.NONE, house="plan digest count"),
})  # fmt: skip

# What is given of an agenda item that the audience may not see; the law only where the session is closed.
NUMBERED = ("id", "section_id", "access", "state", "rank")


def given(table: str, column: str) -> Given:
    """What the table says of a column; nobody gets one that it does not know."""
    known = GIVEN.get(table)
    return known.columns.get(column, HOUSE) if known else HOUSE


def columns_for(table: str, audience: Access) -> tuple[str, ...]:
    """The columns that *audience* gets of the rows that are given."""
    known = GIVEN.get(table)
    if known is None or known.rows is Rows.NONE:
        return ()
    return tuple(name for name, one in known.columns.items() if one.reaches(audience))


def columns_when(table: str, when: When) -> tuple[str, ...]:
    """The columns that wait for *when*."""
    known = GIVEN.get(table)
    return tuple(name for name, one in known.columns.items() if one.when is when) if known else ()
