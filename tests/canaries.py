"""A plan file in which every text has a word of its own, so that it can be told what of it has come where.

`fill` makes rows that are for everybody, rows that are for some, and rows that
stay in the house. Every text column of every row holds a canary; a `Canary`
says to whom its row is given and what must have happened before. The columns
are the schema's own, so that a new one has a canary at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Session

from planstudio.domain.audiences import When, seen_by
from planstudio.domain.cards import ObservationRow
from planstudio.domain.given import given
from planstudio.domain.kinds import (
    Access,
    Choice,
    ClearedAs,
    Enclosed,
    ItemState,
    ItemType,
    MeetingState,
    MinutesState,
    MotionResult,
    PersonRole,
    PlanState,
    PolicyState,
    Presence,
    StatementKind,
    Status,
)
from planstudio.domain.nouns import NOUNS
from planstudio.domain.nouns.fields import Kind
from planstudio.store.schema import (
    MODELS,
    Base,
    ChangeRow,
    ChangeSet,
    Conflict,
    Content,
    Meeting,
)
from planstudio.store.seal import seal
from planstudio.store.types import Day, Moment, Word
from suppressing import suppress

PUBLIC, STAFF, CLOSED = Access
# Texts with a form of their own: a word would not be taken, or stands for nothing.
SHAPED = {
    ("organization", "time_zone"),
    ("meeting", "time_zone"),
    ("observation", "coded"),
    *((table, name) for table, noun in NOUNS.items() for name, one in noun.fields.items() if one.kind is Kind.TIME),
    *(("organization", name) for name in ("posting_rule", "closed_days", "level_words", "status_words")),
    *(("meeting", name) for name in ("posting_rule", "frozen_at")),
    *(("moment", "at"), ("packet", "record"), ("attachment", "media_type"), ("policy_version", "revised")),
}


@dataclass(frozen=True)
class Canary:
    word: str
    table: str
    column: str
    row: str  # what the row is, for people who read a failure
    to: Access | None  # the first audience that is given the row; None is nobody
    happened: frozenset[When] = frozenset(When)
    access: Access = PUBLIC  # what a reader of a paper about it must be allowed to see

    def is_given(self, audience: Access) -> bool:
        column = given(self.table, self.column)
        return (
            self.to is not None
            and seen_by(audience, self.to)
            and column.reaches(audience)
            and column.when in self.happened
        )

    def __str__(self) -> str:
        return f"{self.table}.{self.column} of {self.row}"


@dataclass
class Aviary:
    """All canaries of a file, and the ids of what its papers are about."""

    canaries: list[Canary] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    def hatch(self, *about: Any) -> str:
        word = f"zq{len(self.canaries):04}qz"
        self.canaries.append(Canary(word, *about))
        return word

    def of(self, table: str, column: str, row: str) -> str:
        """The canary of one cell."""
        return next(c.word for c in self.canaries if (c.table, c.column, c.row) == (table, column, row))

    def found_in(self, text: str) -> set[Canary]:
        return {canary for canary in self.canaries if canary.word in text}


class Filler:
    def __init__(self, session: Session) -> None:
        self._session = session
        self.aviary = Aviary()
        self._happened = frozenset(When)
        self._access = PUBLIC

    def hatch(self, table: str, column: str, row: str, to: Access | None) -> str:
        return self.aviary.hatch(table, column, row, to, self._happened, self._access)

    def row(self, table: str, row: str, to: Access | None, **cells: Any) -> str:
        """A row with a canary in each text that *cells* does not fill; its id."""
        made = MODELS[table]()
        for column in made.__table__.columns:
            if column.name in cells:
                setattr(made, column.name, cells[column.name])
            elif self._speaks(table, column):
                setattr(made, column.name, self.hatch(table, column.name, row, to))
        self._session.add(made)
        self._session.flush()
        return str(getattr(made, "id", ""))

    @staticmethod
    def _speaks(table: str, column: Any) -> bool:
        """Whether a person's words may stand in the column."""
        if column.foreign_keys or column.name in ("id", "rank", "sha256") or (table, column.name) in SHAPED:
            return False
        return isinstance(column.type, String) and not isinstance(column.type, Word | Day | Moment)

    def file(self, to: Access | None, row: str, access: Access, **owner: str) -> None:
        """An attached file whose name and bytes have a canary, too."""
        word = self.hatch("content", "data", row, to)
        data = f"{word} stands in the file".encode()
        digest = sha256(data).hexdigest()
        self._session.add(Content(sha256=digest, data=data))
        self._session.flush()
        name = self.hatch("attachment", "name", row, to) + ".txt"
        self.row(
            "attachment", row, to, name=name, media_type="text/plain", sha256=digest, size=len(data), access=access,
            **owner,
        )  # fmt: skip

    def files(self, to: Access | None, row: str, **owner: str) -> None:
        behind = self._access
        for access in Access:
            self._access = max(behind, access, key=list(Access).index)
            seen = None if to is None else self._access
            self.file(seen, f"{access.value} file of {row}", access, **owner)
        self._access = behind

    # ── what stands in a file

    def everything(self) -> Aviary:
        ids = self.aviary.ids
        self._organization()
        for row, role, to in (
            ("owner", PersonRole.STAFF, PUBLIC), ("member", PersonRole.BOARD_MEMBER, PUBLIC),
            ("mover", PersonRole.STAFF, PUBLIC), ("voter of a draft", PersonRole.STAFF, None),
            ("clerk", PersonRole.STAFF, None), ("owner of a draft", PersonRole.STAFF, None),
            ("owner of a draft text", PersonRole.STAFF, None),
            ("mover behind doors", PersonRole.STAFF, STAFF),
        ):  # fmt: skip
            ids[row] = self.row("person", row, to, role=role)
        self._manual()
        self._plan("plan in force", PUBLIC, PlanState.ADOPTED, "owner")
        self._plan("next plan", None, PlanState.DRAFT, "owner of a draft")
        self._plan("plan of old", None, PlanState.ARCHIVED, "owner of a draft")
        for row, state, minutes in (
            ("template", MeetingState.TEMPLATE, MinutesState.NONE),
            ("draft meeting", MeetingState.DRAFT, MinutesState.NONE),
            ("posted meeting", MeetingState.POSTED, MinutesState.NONE),
            ("meeting with draft minutes", MeetingState.HELD, MinutesState.DRAFT),
            ("meeting of record", MeetingState.HELD, MinutesState.APPROVED),
        ):
            self._meeting(row, state, minutes)
        self.row("moment", "moment", None, at="2026-11-20T10:00:00+00:00")
        self._journal()
        return self.aviary

    def _organization(self) -> None:
        (district,) = self._session.query(MODELS["organization"]).all()
        for plan in self._session.query(MODELS["plan"]).all():
            self._session.delete(plan)
        for column in district.__table__.columns:
            if self._speaks("organization", column):
                setattr(district, column.name, self.aviary.hatch("organization", column.name, "district", PUBLIC))
        word = self.aviary.hatch("content", "data", "logo", PUBLIC)
        digest = sha256(word.encode()).hexdigest()
        self._session.add(Content(sha256=digest, data=word.encode()))
        self._session.flush()
        district.logo_sha256 = digest  # type: ignore[attr-defined]
        district.posting_rule = "72 hours"  # type: ignore[attr-defined]

    def _manual(self) -> None:
        ids = self.aviary.ids
        series = self.row("policy_series", "series", PUBLIC)
        for row, state, to, texts in (
            ("policy in force", PolicyState.ADOPTED, PUBLIC, (("former text", None, 2012), ("text", PUBLIC, 2020))),
            ("policy under review", PolicyState.UNDER_REVIEW, PUBLIC, (("text", PUBLIC, 2020), ("draft", None, 0))),
            ("policy read", PolicyState.FIRST_READING, PUBLIC, (("text", PUBLIC, 2019), ("text read", None, 0))),
            ("policy without a date", PolicyState.ADOPTED, PUBLIC, (("text", PUBLIC, 0),)),
            ("draft policy", PolicyState.DRAFT, None, (("text", None, 0),)),
            ("repealed policy", PolicyState.REPEALED, None, (("text", None, 2001),)),
        ):  # fmt: skip
            owner = ids["owner" if to else "owner of a draft text"]
            ids[row] = self.row("policy", row, to, state=state, series_id=series, owner_id=owner)
            for text, seen, year in texts:
                adopted = date(year, 3, 3) if year else None
                self.row("policy_version", f"{text} of {row}", seen, policy_id=ids[row], adopted=adopted)
            self.files(to, row, policy_id=ids[row])
            self.row("comment", f"comment on {row}", None, policy_id=ids[row], at=datetime(2026, 11, 1, 9))

    def _plan(self, row: str, to: Access | None, state: PlanState, owner: str) -> None:
        ids = self.aviary.ids
        plan = ids[row] = self.row("plan", row, to, state=state)
        statement = self.row("statement", f"statement of {row}", to, plan_id=plan, kind=StatementKind.VALUES)
        item = self.row("statement_item", f"entry of {row}", to, statement_id=statement)
        goal = self.row("goal", f"goal of {row}", to, plan_id=plan, owner_id=ids[owner])
        strategy = self.row("strategy", f"strategy of {row}", to, goal_id=goal, owner_id=ids[owner])
        self.row("milestone", f"milestone of {row}", to, strategy_id=strategy)
        ids[f"goal of {row}"], ids[f"strategy of {row}"] = goal, strategy
        for name, owned in (("goal", {"goal_id": goal}), ("strategy", {"strategy_id": strategy})):
            measure = self.row("measure", f"measure of the {name} of {row}", to, **owned)
            self._figures(f"figures in the {name} of {row}", to, measure)
            self.row("policy_link", f"link of the measure of the {name} of {row}", to, measure_id=measure,
                     policy_id=ids["policy in force"])  # fmt: skip
            self.row("progress_update", f"update of the {name} of {row}", to, on=date(2026, 11, 2),
                     status=Status.AT_RISK, **owned)  # fmt: skip
            self.row("comment", f"comment on the {name} of {row}", None, at=datetime(2026, 11, 1, 9), **owned)
        for name, linked in (
            ("statement", {"statement_id": statement}), ("statement_item", {"statement_item_id": item}),
            ("goal", {"goal_id": goal}), ("strategy", {"strategy_id": strategy}),
        ):  # fmt: skip
            for policy, seen in (("policy in force", to), ("draft policy", None)):
                about = f"link of {policy} in the {name} of {row}"
                self.row("policy_link", about, seen, policy_id=ids[policy], **linked)
        self.files(to, f"goal of {row}", goal_id=goal)
        self.row("monitoring", f"report of {row}", to, plan_id=plan, goal_id=goal, month=date(2026, 10, 1),
                 reported_on=date(2026, 10, 14))  # fmt: skip
        self._happened = frozenset(When) - {When.REPORTED}
        self.row("monitoring", f"coming report of {row}", to, plan_id=plan, month=date(2026, 12, 1))
        self._happened = frozenset(When)

    def _figures(self, row: str, to: Access | None, measure: str) -> None:
        """Figures of everybody and of three groups, one of which is too small to be told."""
        day, counts = date(2026, 5, 31), {"everyone": 200, "few": 3, "some": 90, "many": 107}
        rows = [ObservationRow("" if name == "everyone" else name, day, 50.0, n) for name, n in counts.items()]
        told = {one.student_group or "everyone" for one in suppress(rows, 10)[0]}
        assert "few" not in told < set(counts)
        for name, count in counts.items():
            cells: dict[str, Any] = {"student_group": ""} if name == "everyone" else {}
            self.row(
                "observation", f"{name} of the {row}", to if name in told else None, measure_id=measure,
                period_end=day, value=50.0, count=count, **cells,
            )  # fmt: skip

    def _meeting(self, row: str, state: MeetingState, minutes: MinutesState) -> None:
        ids = self.aviary.ids
        to = PUBLIC if state in (MeetingState.POSTED, MeetingState.HELD) else None
        approved = minutes is MinutesState.APPROVED
        self._happened = frozenset(When) if approved else frozenset(When) - {When.APPROVED}
        start = None if state is MeetingState.TEMPLATE else datetime(2026, 12, 9, 18, 30)
        if state is MeetingState.HELD:
            start = datetime(2026, 11, 4 if approved else 18, 18, 30)
        meeting = ids[row] = self.row(
            "meeting", row, to, state=state, minutes_state=MinutesState.DRAFT, start=start, posting_rule="72 hours",
            called_to_order="18:31", adjourned="21:47",
        )  # fmt: skip
        member = ids["member"]
        self.row("attendance", row, to if approved else None, meeting_id=meeting, person_id=member,
                 presence=Presence.PRESENT)  # fmt: skip
        if state is MeetingState.HELD and not approved:
            self.row("attendance", row, None, meeting_id=meeting, person_id=ids["voter of a draft"],
                     presence=Presence.REMOTE)  # fmt: skip
        section = self.row("agenda_section", f"section of {row}", to, meeting_id=meeting)
        for access in Access:
            seen = None if to is None else access
            self._item(f"{access.value} item of {row}", section, seen, approved, access=access)
        self._item(f"returned item of {row}", section, None, approved, state=ItemState.RETURNED)
        for access in Access:
            self.row("packet", f"{access.value} packet of {row}", None, meeting_id=meeting, revision=0, audience=access,
                     printed_at=datetime(2026, 11, 1, 9), pages=1, sha256=self._packet(row, access),
                     record=json.dumps(self.aviary.hatch("packet", "record", row, None)))  # fmt: skip
        self.row("amendment", row, to if approved else None, meeting_id=meeting, on=datetime(2026, 11, 20).date())
        for access in (STAFF, CLOSED):
            self.row("clearance", f"{access.value} answer of {row}", to and access, meeting_id=meeting,
                     kind=ClearedAs.PLACE, at=datetime(2026, 11, 1, 9), access=access)  # fmt: skip
        self._session.get_one(Meeting, meeting).minutes_state = minutes  # nothing is added to approved ones
        self._session.flush()
        self._happened = frozenset(When)

    def _packet(self, row: str, access: Access) -> str:
        data = self.aviary.hatch("content", "data", f"{access.value} packet of {row}", None).encode()
        digest = sha256(data).hexdigest()
        self._session.add(Content(sha256=digest, data=data))
        self._session.flush()
        return digest

    def _item(self, row: str, section: str, to: Access | None, approved: bool, **cells: Any) -> None:
        ids = self.aviary.ids
        cells = {"access": PUBLIC, "state": ItemState.ACCEPTED, "type": ItemType.ACTION} | cells
        self._access = cells["access"]
        if cells["access"] is CLOSED and to is not None:  # the law is told to everybody
            cells["ground"] = self.aviary.hatch("agenda_item", "ground", row, PUBLIC)
        item = ids[row] = self.row("agenda_item", row, to, section_id=section, minutes=5, began="18:41", ended="18:52",
                                   **cells)  # fmt: skip
        for link in ({"goal_id": ids["goal of plan in force"]}, {"policy_id": ids["policy in force"]}):
            self.row("agenda_link", f"link of {row}", to, agenda_item_id=item, **link)
        self.row("enclosure", f"enclosure of {row}", to, agenda_item_id=item, what=Enclosed.POLICY,
                 policy_id=ids["policy in force"])  # fmt: skip
        self.files(to, row, agenda_item_id=item)
        mover = ids["mover" if cells["access"] is PUBLIC else "mover behind doors"]
        motion = self.row("motion", f"motion of {row}", to if approved else None, agenda_item_id=item, mover_id=mover,
                          result=MotionResult.PASSED)  # fmt: skip
        self.row("vote", row, to if approved else None, motion_id=motion, person_id=ids["member"], choice=Choice.YES)
        self._access = PUBLIC

    def _journal(self) -> None:
        """A step, a change and a conflict with words of their own."""
        hatch = self.hatch
        at = "2026-11-20T10:00:00+00:00"
        step = ChangeSet(
            seq=900_000, id="canary", clock=900_000, device=hatch("change_set", "device", "step", None), at=at,
            arrived=at, author=hatch("change_set", "author", "step", None), kind="edit",
            label=hatch("change_set", "label", "step", None),
        )  # fmt: skip
        self._session.add(step)
        self._session.flush()
        cells = {name: json.dumps({"title": hatch("change", name, "change", None)}) for name in ("before", "after")}
        self._session.add(ChangeRow(set_id="canary", tbl="goal", row="gone", op="U", over="[]", head=1, **cells))
        sides = json.dumps([["canary", hatch("conflict", "sides", "conflict", None)]])
        self._session.add(Conflict(tbl="goal", row="gone", field="title", unit="goal:gone", sides=sides))
        self._session.flush()
        seal(self._session.connection(), ["canary"])


def fill(session: Session) -> Aviary:
    """Put canaries into the plan of *session*."""
    return Filler(session).everything()


def spoken() -> Iterator[tuple[str, str]]:
    """Every column in which a person's words may stand."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if Filler._speaks(table.name, column):
                yield table.name, column.name
