"""What was recognised in a document, into a plan, as one step.

What the plan does not have is added; what it says in other words stays, unless
a wish says that the document's words take their place or stand beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from planstudio.domain import ranks, texts
from planstudio.domain.import_matching import (
    Comparison,
    Comparisons,
    Standing,
    Wish,
    compare,
    folded,
    key,
    measure_words,
    texts_of,
)
from planstudio.domain.kinds import PlanState, PolicyState, StatementKind
from planstudio.domain.recognised import (
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedPolicy,
    RecognisedStatement,
    first_day,
)
from planstudio.operations.people import person_named
from planstudio.operations.rows import assign, build, fetch, last_rank, ordered
from planstudio.richtext import escape, plain
from planstudio.store.held import has_words, held, newest
from planstudio.store.schema import (
    Goal,
    Measure,
    Organization,
    Plan,
    Policy,
    PolicySeries,
    PolicyVersion,
    Statement,
    StatementItem,
    Strategy,
)

B = TypeVar("B", Strategy, Measure)
Wishes = Mapping[str, Wish]
_COLUMNS = {"plan_title": "title"}  # where a text of the plan has another name here


def take_in(session: Session, plan_id: str, found: Recognised, source: str = "", wishes: Wishes | None = None) -> None:
    """Take *found* into a plan, what differs as *wishes* say by its key; without a wish the plan's words stay.

    Texts were words, and become Markdown that reads as they did. *source* is the document's name.
    """
    plan = fetch(session, Plan, plan_id)
    _Taking(session, plan, source, compare(found, held(session, plan_id)), wishes or {}).take(found)
    session.flush()


class _Taking:
    """One document on its way into one plan."""

    def __init__(self, session: Session, plan: Plan, source: str, compared: Comparisons, wishes: Wishes) -> None:
        self._session, self._plan, self._source = session, plan, source
        self._compared, self._wishes = compared, wishes

    def take(self, found: Recognised) -> None:
        self._texts(found)
        rank = last_rank(self._plan.statements)
        listed = [(key("statements", at), one) for at, one in enumerate(found.statements)]
        listed += [(key("missing", at), one) for at, one in enumerate(found.missing)]
        for name, statement in sorted(listed, key=lambda pair: pair[1].source.first):
            if self._adds(name):
                self._session.add(_statement(self._plan.id, statement, rank, self._source))
                rank = ranks.between(rank, None)
            elif self._writes(name):
                held = fetch(self._session, Statement, self._compared[name].id)
                _rewrite(self._session, held, statement, self._source)
        rank = last_rank(self._plan.goals)
        for at, goal in enumerate(found.goals):
            if self._adds(key("goals", at)):
                self._session.add(_goal(self._session, self._plan.id, goal, rank))
                rank = ranks.between(rank, None)
            else:
                self._into_goal(key("goals", at), goal)
        self._policies(found)

    def _wish(self, name: str) -> Wish | None:
        wish, one = self._wishes.get(name), self._compared[name]
        return wish if one.standing is Standing.DIFFERS and wish in one.wishes else None

    def _adds(self, name: str) -> bool:
        return self._compared[name].standing is Standing.NEW or self._wish(name) is Wish.ADD

    def _writes(self, name: str) -> bool:
        """Whether the document's words go into what the plan has."""
        return self._compared[name].standing is Standing.FILLS or self._wish(name) is Wish.REPLACE

    def _texts(self, found: Recognised) -> None:
        for name, words in texts_of(found).items():
            if not (self._adds(name) or self._writes(name)):
                continue
            if name == "organization":
                district = self._session.scalars(select(Organization)).first()
                if district is not None:
                    assign(district, {"name": words})
            elif name == "period":
                assign(self._plan, {"period_start": found.period_start, "period_end": found.period_end})
            elif name == "adopted":
                self._plan.adopted_on = first_day(words)
                if self._plan.adopted_on and self._plan.state is PlanState.DRAFT:
                    self._plan.state = PlanState.ADOPTED
            else:
                assign(self._plan, {_COLUMNS.get(name, name): escape(words) if name == "goals_note" else words})

    def _into_goal(self, name: str, found: RecognisedGoal) -> None:
        goal = fetch(self._session, Goal, self._compared[name].id)
        if self._writes(name):
            _write(goal, _goal_values(self._session, found))
        strategies = [_strategy_values(self._session, item) for item in found.strategies]
        self._entries(f"{name} strategies", Strategy, goal.strategies, strategies, priority=found.priority)
        self._entries(f"{name} measures", Measure, goal.measures, [_measure(item) for item in found.measures])

    def _entries(
        self, name: str, model: type[B], held: list[B], found: Sequence[Mapping[str, Any]], **new: str
    ) -> None:
        """Add to what a goal has or write over it; what is *new* has further values."""
        rank = last_rank(held)
        for n, values in enumerate(found):
            entry = key(name, n)
            if self._adds(entry):
                held.append(build(model, rank=rank, **new, **values))
                rank = ranks.between(rank, None)
            elif self._writes(entry):
                _write(fetch(self._session, model, self._compared[entry].id), values)

    def _policies(self, found: Recognised) -> None:
        """Series and policies that the manual does not have yet; a full text fills a policy without one."""
        numbers = {series.number: series for series in self._session.scalars(select(PolicySeries))}
        for at, one in enumerate(found.series):
            if one.number not in numbers:
                numbers[one.number] = build(PolicySeries, number=one.number, title=one.title)
                self._session.add(numbers[one.number])
            elif self._writes(key("series", at)):
                assign(numbers[one.number], {"title": one.title})
        self._session.flush()
        codes = {policy.code: policy for policy in self._session.scalars(select(Policy))}
        for part in ("policy_index", "policies"):
            for at, entry in enumerate(getattr(found, part)):
                self._policy(entry, self._compared[key(part, at)], self._writes(key(part, at)), codes, numbers)

    def _policy(
        self, found: RecognisedPolicy, compared: Comparison, writes: bool, codes: dict[str, Policy],
        series: dict[str, PolicySeries],
    ) -> None:  # fmt: skip
        policy = codes.get(found.number)
        under = _series_of(found.number, series)
        if policy is None:
            policy = build(Policy, code=found.number, title=found.title, series_id=under.id if under else None)
            policy.state = PolicyState.ADOPTED if found.in_force else PolicyState.DRAFT
            codes[found.number] = policy
            self._session.add(policy)
        elif policy.series_id is None and under:
            policy.series_id = under.id
        if writes:
            _write(policy, {"title": found.title})
        if writes or compared.standing is not Standing.DIFFERS:  # dates of other words would be false beside these
            _fill(policy, found, replace=writes)


def _write(row: Any, values: Mapping[str, Any]) -> None:
    """Put *values* where the document has any; what it does not say stays."""
    assign(row, {name: value for name, value in values.items() if value})


def _statement_values(found: RecognisedStatement) -> dict[str, Any]:
    lead = "\n\n".join(escape(text) for text in (*(found.paragraphs or (found.lead,)), *found.notes) if text)
    # The only text of a mission is its body; a text that leads to entries is a lead.
    return {
        "question": found.question,
        "lead": lead if found.items else "",
        "body": "" if found.items else lead,
        "adopted_on": first_day(found.adopted),
    }


def _statement(plan_id: str, found: RecognisedStatement, rank: str, source: str) -> Statement:
    heading = found.heading or ("" if found.kind is StatementKind.OTHER else found.kind.value.title())
    own = {"plan_id": plan_id, "kind": found.kind, "heading": heading, "source": source, "rank": rank}
    statement = build(Statement, **own, **_statement_values(found))
    statement.items = [build(StatementItem, rank=place, **_item_values(item)) for item, place in _placed(found.items)]
    return statement


def _item_values(item: RecognisedItem) -> dict[str, str]:
    return {"title": item.title, "text": escape(item.text), "evidence": escape(item.evidence)}


def _rewrite(session: Session, statement: Statement, found: RecognisedStatement, source: str) -> None:
    """The document's words in the place of the plan's; an entry with the same name or words stays the same entry."""
    values = _statement_values(found)
    heading = {"heading": found.heading} if found.heading and has_words(statement) else {}
    question = {"question": found.question} if found.question else {}
    assign(statement, values | heading | {"question": statement.question} | question | {"source": source})
    left = ordered(statement.items)
    kept = [_twin(item, left) for item in found.items]
    for (item, place), row in zip(_placed(found.items), kept, strict=True):
        if row is None:
            statement.items.append(build(StatementItem, rank=place, **_item_values(item)))
        else:
            assign(row, _item_values(item) | {"rank": place})
    for row in left:
        session.delete(row)


def _twin(item: RecognisedItem, left: list[StatementItem]) -> StatementItem | None:
    """The entry of the plan that *item* is, taken out of *left*."""
    names = {folded(text) for text in (item.title, item.text) if text}
    found = next((row for row in left if names & {folded(row.title), folded(plain(row.text))}), None)
    if found is not None:
        left.remove(found)
    return found


def _goal_values(session: Session, found: RecognisedGoal) -> dict[str, Any]:
    return {
        "label": found.label,
        "title": found.title,
        "statement": _with_notes(found.description, found.notes),
        "owner_id": person_named(session, found.owner),
        "deadline": found.due,
    }


def _goal(session: Session, plan_id: str, found: RecognisedGoal, rank: str) -> Goal:
    goal = build(Goal, plan_id=plan_id, rank=rank, **_goal_values(session, found))
    goal.strategies = [
        build(Strategy, priority=found.priority, rank=place, **_strategy_values(session, item))
        for item, place in _placed(found.strategies)
    ]
    goal.measures = [build(Measure, rank=place, **_measure(item)) for item, place in _placed(found.measures)]
    return goal


def _placed(items: Sequence[RecognisedItem]) -> list[tuple[RecognisedItem, str]]:
    return list(zip(items, ranks.spread(len(items)), strict=True))


def _strategy_values(session: Session, item: RecognisedItem) -> dict[str, Any]:
    return {
        "title": item.title,
        "text": _with_notes(item.whole, item.notes),
        "owner_id": person_named(session, item.owner),
        "start": item.start,
        "due": item.due,
    }


def _with_notes(text: str, notes: tuple[str, ...]) -> str:
    """*text*, and each line that fitted no field as a paragraph below it."""
    return "\n\n".join(escape(paragraph) for paragraph in (text, *notes) if paragraph)


def _measure(item: RecognisedItem) -> dict[str, str]:
    """A short text is the measure's name; a long one its definition, named by its beginning."""
    words = measure_words(item)
    if len(words) <= texts.LINE:
        return {"name": words}
    return {"name": words[:120].rsplit(" ", 1)[0] + "…", "definition": escape(words)}


def _fill(policy: Policy, found: RecognisedPolicy, *, replace: bool) -> None:
    """What the policy's newest text lacks; with *replace* the document's words also where it has others."""
    version = newest(policy)
    if version is None:
        version = build(PolicyVersion)
        policy.versions.append(version)
    body = texts.prose(found.body, "body")
    if body and (replace or not version.body):
        version.body = body
    for field, day in (("adopted", found.adopted), ("reviewed", max(found.reviewed, default=""))):
        if day and (replace or getattr(version, field) is None):
            setattr(version, field, first_day(day))
    if found.adopted and policy.state is PolicyState.DRAFT:
        policy.state = PolicyState.ADOPTED
    for field in ("revised", "legal_refs", "cross_refs"):
        lines = getattr(found, field)
        if lines and (replace or not getattr(version, field)):
            setattr(version, field, texts.prose("\n".join(lines), field))


def _series_of(code: str, series: dict[str, PolicySeries]) -> PolicySeries | None:
    """The series a code is filed under: 1326.1 under 1300 or 1000, BEDB under the longest number it begins with."""
    if code in series:
        return series[code]
    head = code.split(".")[0].split("-")[0]
    if head.isdigit() and len(head) >= 3:
        rounded = (head[:kept] + "0" * (len(head) - kept) for kept in range(len(head), 0, -1))
        return next((series[number] for number in rounded if number in series), None)
    fitting = [number for number in series if number and code.startswith(number)]
    return series[max(fitting, key=len)] if fitting else None
