"""What changed in a plan between two moments, element by element.

Elements are matched by their ids, so what was renamed is the same element and what was put elsewhere has moved. Within
a parent only those elements have moved that left the order which the others keep.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planstudio.domain.alignment import rising
from planstudio.domain.cards import GoalCard, MeasureCard, PlanBook, StrategyCard
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
    later_id: str = ""  # its id in the later plan, where that is another one


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
    old, new = ([_without_status(e) if same else e for e in elements(book)] for book in (before, after))
    new = [replace(e, id=same.get(e.id, e.id), parent=same.get(e.parent, e.parent), later_id=e.id) for e in new]
    known, kept = {e.id: e for e in old}, {e.id: e for e in new}
    moved, gone = _moved(old, new), _gone_after(old, kept)
    changes = [*gone[""]]
    for element in kept.values():
        changes += _change(known.get(element.id), element, moved=element.id in moved)
        changes += gone[element.id]
    return tuple(changes)


def _without_status(element: Element) -> Element:
    return replace(element, texts=tuple(text for text in element.texts if text.name != _("Status")))


CHANGES = ("added", "deleted", "moved", "changed")  # what can have happened to an element


def counts(changes: Sequence[ElementChange]) -> dict[str, Counter[str]]:
    """How many elements of each table were "added", "deleted", "moved", "changed"."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for change in changes:
        found[change.element.table].update({name: int(getattr(change, name)) for name in CHANGES})
    return dict(found)


def count_words(tally: Mapping[str, int]) -> dict[str, str]:
    """ "2 changed" of each of CHANGES."""
    told = {
        "added": ngettext("{n} added", "{n} added", tally["added"]),
        "deleted": ngettext("{n} deleted", "{n} deleted", tally["deleted"]),
        "moved": ngettext("{n} moved", "{n} moved", tally["moved"]),
        "changed": ngettext("{n} changed", "{n} changed", tally["changed"]),
    }
    return {what: words.format(n=tally[what]) for what, words in told.items()}


def _gone_after(old: Sequence[Element], kept: dict[str, Element]) -> defaultdict[str, list[ElementChange]]:
    """The elements that are no more, by the last one before them that still is."""
    gone: defaultdict[str, list[ElementChange]] = defaultdict(list)
    last = ""
    for element in old:
        if element.id in kept:
            last = element.id
        else:
            gone[last].append(ElementChange(element, element, deleted=True, fields=_fields(element, None)))
    return gone


def _change(before: Element | None, after: Element, *, moved: bool) -> list[ElementChange]:
    if before is None:
        return [ElementChange(after, None, added=True, fields=_fields(None, after))]
    fields = _fields(before, after)
    return [ElementChange(after, before, moved=moved, fields=fields)] if fields or moved else []


def _fields(before: Element | None, after: Element | None) -> tuple[FieldChange, ...]:
    old = {text.name: text for text in before.texts} if before else {}
    new = {text.name: text for text in after.texts} if after else {}
    made = []
    for name, text in (new | old | new).items():  # the later ones first, and as they look
        was, now = old[name].words if name in old else "", new[name].words if name in new else ""
        if was != now:
            made.append(FieldChange(name, was, now, text.markdown))
    return tuple(made)


def _moved(old: Sequence[Element], new: Sequence[Element]) -> set[str]:
    """The ids of those with another parent, and of those that left the order of their siblings."""
    known, place = {e.id: e for e in old}, {e.id: at for at, e in enumerate(old)}
    moved = {e.id for e in new if e.id in known and known[e.id].parent != e.parent}
    siblings: dict[tuple[str, str], list[Element]] = defaultdict(list)
    for element in new:
        if element.id in known and element.id not in moved and element.table != "policy":
            siblings[element.table, element.parent].append(element)
    for rows in siblings.values():
        moved |= {row.id for row in rows} - {rows[at].id for at in rising([place[row.id] for row in rows])}
    return moved


def elements(book: PlanBook) -> Iterator[Element]:
    """Everything in *book* that can change, in reading order."""
    plan = book.plan
    yield Element("plan", plan.id or "plan", plan.title, "", "", _texts("plan", plan))
    for place, statement in enumerate(book.statements, 1):
        texts = _texts("statement", statement)
        yield Element("statement", statement.id, statement.name, str(place), plan.id, texts)
        for at, item in enumerate(statement.items, 1):
            texts = _texts("statement_item", item)
            yield Element("statement_item", item.id, item.name, str(at), statement.id, texts, statement.name)
    for goal in book.goals:
        texts = (*_texts("goal", goal), Text(_("Status"), word(goal.status)))
        yield Element("goal", goal.id, goal.name, goal.number, plan.id, texts)
        yield from _measures(goal.measures, goal.id, goal.name)
        for strategy in goal.strategies:
            yield from _strategy(strategy, goal)
    for policy in book.policies:
        texts = (*_texts("policy", policy), *_texts("policy_version", policy))
        yield Element("policy", policy.id, f"{policy.code} {policy.title}".strip(), policy.code, "", texts)


def _strategy(strategy: StrategyCard, goal: GoalCard) -> Iterator[Element]:
    texts = (*_texts("strategy", strategy), Text(_("Status"), word(strategy.status)))
    above = name_of(goal.title, goal.statement)
    yield Element("strategy", strategy.id, strategy.name, strategy.number, goal.id, texts, above)
    yield from _measures(strategy.measures, strategy.id, strategy.name)
    for place, step in enumerate(strategy.milestones, 1):
        texts = _texts("milestone", step)
        yield Element("milestone", step.id, step.text, str(place), strategy.id, texts, strategy.name)


def _measures(cards: Sequence[MeasureCard], parent: str, above: str) -> Iterator[Element]:
    for place, card in enumerate(cards, 1):
        figure = ""
        if newest := card.newest:
            words = _("{value} on {date}")
            figure = words.format(value=amount(newest.value, card.unit), date=long_date(newest.period_end))
        texts = (*_texts("measure", card, card.unit), Text(_("Newest figure"), figure))
        yield Element("measure", card.id, card.name, str(place), parent, texts, above)


def _texts(table: str, card: object, unit: str = "") -> tuple[Text, ...]:
    """The fields of an element that the redline compares, as they are said."""
    return tuple(
        Text(_(field.word), said(field, getattr(card, field.shown), unit), field.kind is Kind.MARKDOWN)
        for field in NOUNS[table].using(Uses.COMPARE)
    )
