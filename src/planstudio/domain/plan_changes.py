"""What changed in a plan between two moments, element by element.

Elements are matched by their ids, so what was renamed is the same element and
what was put elsewhere has moved. Within a parent only those elements have
moved that left the order which the others keep.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planstudio.domain.alignment import rising
from planstudio.domain.cards import (
    GoalCard,
    ItemCard,
    MeasureCard,
    MilestoneRow,
    PlanBook,
    PolicyCard,
    StatementCard,
    StrategyCard,
)
from planstudio.domain.nouns import NOUNS
from planstudio.domain.nouns.fields import Kind, Uses
from planstudio.domain.saying import said
from planstudio.domain.texts import name_of
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date, ngettext


@dataclass(frozen=True)
class Text:
    """A field of an element in words. Markdown where the field holds it."""

    name: str
    words: str
    markdown: bool = False


@dataclass(frozen=True)
class Element:
    """Something of a plan with its place: `number` is "1.2" or the place among its siblings."""

    table: str
    id: str
    name: str
    number: str
    parent: str
    texts: tuple[Text, ...]
    above: str = ""  # the parent's name
    own: str = ""  # its id in the later plan, where that is another one


@dataclass(frozen=True)
class FieldChange:
    name: str
    before: str
    after: str
    markdown: bool


@dataclass(frozen=True)
class ElementChange:
    """An element that was added, deleted, moved or changed; one may have moved and changed."""

    element: Element
    before: Element | None
    added: bool = False
    deleted: bool = False
    moved: bool = False
    fields: tuple[FieldChange, ...] = ()

    @property
    def changed(self) -> bool:
        return bool(self.fields) and not self.added and not self.deleted


def compare_plans(
    before: PlanBook, after: PlanBook, origins: Mapping[str, str] | None = None
) -> tuple[ElementChange, ...]:
    """Every change, in the order of *after*; what is no more stands behind what it followed.

    Where *after* is another plan, *origins* are the elements of *before* that its own were copied from;
    how far each has come is then no change.
    """
    same = origins or {}
    left = {_("Status")} if same else set()
    old = [replace(e, texts=_without(e.texts, left)) for e in elements(before)]
    new = [
        replace(
            e, id=same.get(e.id, e.id), parent=same.get(e.parent, e.parent), own=e.id, texts=_without(e.texts, left)
        )
        for e in elements(after)
    ]
    known, kept = {e.id: e for e in old}, {e.id: e for e in new}
    moved = _moved(old, new)
    changes: list[ElementChange] = []
    gone = _gone_after(old, kept)
    for element in ({"": None} | {e.id: e for e in new}).values():
        if element is not None:
            changes += _change(known.get(element.id), element, moved=element.id in moved)
        for lost in gone.get(element.id if element else "", ()):
            changes.append(ElementChange(lost, lost, deleted=True, fields=_fields(lost, None)))
    return tuple(changes)


def _without(texts: tuple[Text, ...], names: set[str]) -> tuple[Text, ...]:
    return tuple(text for text in texts if text.name not in names)


CHANGES = ("added", "deleted", "moved", "changed")  # what can have happened to an element


def counts(changes: Sequence[ElementChange]) -> dict[str, Counter[str]]:
    """How many elements of each table were "added", "deleted", "moved", "changed"."""
    found: dict[str, Counter[str]] = {}
    for change in changes:
        tally = found.setdefault(change.element.table, Counter())
        for name in CHANGES:
            tally[name] += bool(getattr(change, name))
    return found


def count_words(tally: Mapping[str, int]) -> dict[str, str]:
    """ "2 changed" of each of CHANGES."""
    told = {
        "added": ngettext("{n} added", "{n} added", tally["added"]),
        "deleted": ngettext("{n} deleted", "{n} deleted", tally["deleted"]),
        "moved": ngettext("{n} moved", "{n} moved", tally["moved"]),
        "changed": ngettext("{n} changed", "{n} changed", tally["changed"]),
    }
    return {what: words.format(n=tally[what]) for what, words in told.items()}


def _gone_after(old: Sequence[Element], kept: dict[str, Element]) -> dict[str, list[Element]]:
    """The elements that are no more, by the last one before them that still is."""
    gone: dict[str, list[Element]] = {}
    last = ""
    for element in old:
        if element.id in kept:
            last = element.id
        else:
            gone.setdefault(last, []).append(element)
    return gone


def _change(before: Element | None, after: Element, *, moved: bool) -> list[ElementChange]:
    if before is None:
        return [ElementChange(after, None, added=True, fields=_fields(None, after))]
    fields = _fields(before, after)
    return [ElementChange(after, before, moved=moved, fields=fields)] if fields or moved else []


def _fields(before: Element | None, after: Element | None) -> tuple[FieldChange, ...]:
    old = {text.name: text for text in before.texts} if before else {}
    new = {text.name: text for text in after.texts} if after else {}
    names = dict.fromkeys([*new, *old])
    made = []
    for name in names:
        was, now = old[name].words if name in old else "", new[name].words if name in new else ""
        if was != now:
            markdown = (new.get(name) or old[name]).markdown
            made.append(FieldChange(name, was, now, markdown))
    return tuple(made)


def _moved(old: Sequence[Element], new: Sequence[Element]) -> set[str]:
    """The ids of those with another parent, and of those that left the order of their siblings."""
    known, place = {e.id: e for e in old}, {e.id: at for at, e in enumerate(old)}
    moved = {e.id for e in new if e.id in known and known[e.id].parent != e.parent}
    siblings: dict[tuple[str, str], list[Element]] = {}
    for element in new:
        if element.id in known and element.id not in moved and element.table != "policy":
            siblings.setdefault((element.table, element.parent), []).append(element)
    for rows in siblings.values():
        order = rising([place[row.id] for row in rows])
        moved |= {row.id for row in rows} - {rows[at].id for at in order}
    return moved


# ── the elements of a plan


def elements(book: PlanBook) -> Iterator[Element]:
    """Everything in *book* that can change, in reading order."""
    plan = book.plan
    yield Element("plan", plan.id or "plan", plan.title, "", "", _texts("plan", plan))
    for place, statement in enumerate(book.statements, 1):
        yield _statement(statement, place, plan.id)
        for at, item in enumerate(statement.items, 1):
            yield _item(item, at, statement)
    for goal in book.goals:
        yield _goal(goal, plan.id)
        yield from _measures(goal.measures, goal.id, goal.name)
        for strategy in goal.strategies:
            yield _strategy(strategy, goal)
            yield from _measures(strategy.measures, strategy.id, strategy.name)
            for at, milestone in enumerate(strategy.milestones, 1):
                yield _milestone(milestone, at, strategy)
    for policy in book.policies:
        yield _policy(policy)


def _statement(card: StatementCard, place: int, parent: str) -> Element:
    name = card.heading or word(card.kind)
    return Element("statement", card.id, name, str(place), parent, _texts("statement", card))


def _item(item: ItemCard, place: int, statement: StatementCard) -> Element:
    above = statement.heading or word(statement.kind)
    texts = _texts("statement_item", item)
    return Element("statement_item", item.id, item.name, str(place), statement.id, texts, above)


def _goal(goal: GoalCard, parent: str) -> Element:
    texts = (*_texts("goal", goal), Text(_("Status"), word(goal.status)))
    return Element("goal", goal.id, goal.name, goal.number, parent, texts)


def _strategy(strategy: StrategyCard, goal: GoalCard) -> Element:
    texts = (*_texts("strategy", strategy), Text(_("Status"), word(strategy.status)))
    above = name_of(goal.title, goal.statement)
    return Element("strategy", strategy.id, strategy.name, strategy.number, goal.id, texts, above)


def _milestone(row: MilestoneRow, place: int, strategy: StrategyCard) -> Element:
    return Element(
        "milestone", row.id, row.text, str(place), strategy.id, _texts("milestone", row), strategy.name
    )  # fmt: skip


def _measures(cards: Sequence[MeasureCard], parent: str, above: str) -> Iterator[Element]:
    for place, card in enumerate(cards, 1):
        newest = card.newest
        figure = _("{value} on {date}").format(
            value=amount(newest.value, card.unit), date=long_date(newest.period_end)
        ) if newest else ""  # fmt: skip
        texts = (*_texts("measure", card, card.unit), Text(_("Newest figure"), figure))
        yield Element("measure", card.id, card.name, str(place), parent, texts, above)


def _policy(card: PolicyCard) -> Element:
    texts = (*_texts("policy", card), *_texts("policy_version", card))
    return Element("policy", card.id, f"{card.code} {card.title}".strip(), card.code, "", texts)


def _texts(table: str, card: object, unit: str = "") -> tuple[Text, ...]:
    """The fields of an element that the redline compares, as they are said."""
    return tuple(
        Text(_(field.word), said(field, getattr(card, field.shown), unit), field.kind is Kind.MARKDOWN)
        for field in NOUNS[table].using(Uses.COMPARE)
    )
