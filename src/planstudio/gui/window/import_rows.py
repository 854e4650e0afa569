"""The rows of a document that is being brought in: an element each, with a tick, its lines and its wish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem

from planstudio.domain.import_matching import Comparison, Standing, Wish, key
from planstudio.domain.recognised import GOALS_FIELDS, Recognised, RecognisedGoal, RecognisedStatement
from planstudio.gui.window.import_parts import NAMED

PartRole = Qt.ItemDataRole.UserRole  # the element, or the words of the plan's or its parent's field
FieldRole = Qt.ItemDataRole.UserRole + 1
LinesRole = Qt.ItemDataRole.UserRole + 2
ComparedRole = Qt.ItemDataRole.UserRole + 3  # Comparison, where a plan is open
WishRole = Qt.ItemDataRole.UserRole + 4
Branch = tuple[int, ...]
_LISTS = ("statements", "missing", "goals", "above_goals", "series", "policy_index", "policies")


def children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for n in range(item.childCount()) if (child := item.child(n)) is not None]


def walk(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [one for child in children(item) for one in (child, *walk(child))]


def ticked(item: QTreeWidgetItem) -> bool:
    return item.checkState(0) == Qt.CheckState.Checked


def standing(item: QTreeWidgetItem) -> Standing | None:
    one: Comparison | None = item.data(0, ComparedRole)
    return one.standing if one is not None else None


def wish_of(item: QTreeWidgetItem) -> Wish | None:
    """What is wished of a row that differs; a tick alone is for the document's words."""
    one: Comparison | None = item.data(0, ComparedRole)
    if one is None or one.standing is not Standing.DIFFERS:
        return None
    if not ticked(item):
        return Wish.KEEP
    chosen = item.data(0, WishRole)
    if chosen in (Wish.REPLACE.value, Wish.ADD.value):
        return Wish(chosen)
    return next((wish for wish in one.wishes if wish is not Wish.KEEP), Wish.KEEP)


def place(item: QTreeWidgetItem) -> Branch:
    """Where a row stands; Qt may give another Python object for the same row each time."""
    parent = item.parent()
    if parent is None:
        tree = item.treeWidget()
        return (tree.indexOfTopLevelItem(item) if tree is not None else -1,)
    return (*place(parent), parent.indexOfChild(item))


def collected(root: QTreeWidgetItem, found: Recognised, *, everything: bool) -> tuple[Recognised, dict[Branch, str]]:
    """The rows that are ticked (or all) as one document, and the key of each row in it."""
    gathered: dict[str, list[Any]] = {name: [] for name in _LISTS}
    named: dict[str, str] = {}
    keys: dict[Branch, str] = {}
    for item in _taken(root, everything):
        part, field, at = item.data(0, PartRole), item.data(0, FieldRole), place(item)
        if field in NAMED:
            named[field], keys[at] = part, field
        elif field in GOALS_FIELDS:
            gathered["above_goals"].append(part)
            keys[at] = field
        else:
            keys[at] = key(field, len(gathered[field]))
            if isinstance(part, RecognisedStatement | RecognisedGoal):
                part, below = _whole(item, everything=everything)
                keys |= {where: f"{keys[at]} {name}" for where, name in below.items()}
            gathered[field].append(part)
    values: dict[str, Any] = {name: tuple(parts) for name, parts in gathered.items()}
    values |= {name: named.get(name, "") for name in NAMED if name != "period"}
    if "period" not in named:
        values |= {"period_start": None, "period_end": None}
    return replace(found, **values), keys


def _taken(root: QTreeWidgetItem, everything: bool) -> Iterator[QTreeWidgetItem]:
    """The rows that stand for an element each and are to be taken; a list of policies has its own below it."""
    for top in children(root):
        if top.data(0, PartRole) is None:
            yield from (one for one in children(top) if one.data(0, FieldRole) and (everything or ticked(one)))
        elif everything or ticked(top) or _is_completed(top):
            yield top


def _is_completed(top: QTreeWidgetItem) -> bool:
    """Whether it is a goal that the plan has, of which something below is to be taken."""
    is_in_plan = standing(top) not in (None, Standing.NEW)
    return (
        top.data(0, FieldRole) == "goals"
        and is_in_plan
        and any(ticked(child) for child in children(top) if standing(child) is not None)
    )


def _whole(top: QTreeWidgetItem, *, everything: bool) -> tuple[RecognisedStatement | RecognisedGoal, dict[Branch, str]]:
    """A statement or goal with those of its parts that are ticked, and the keys of these below its own."""
    kept: dict[str, list[QTreeWidgetItem]] = {}
    for child in children(top):
        if everything or ticked(child):
            kept.setdefault(child.data(0, FieldRole), []).append(child)
    parts = {name: tuple(item.data(0, PartRole) for item in items) for name, items in kept.items()}
    said = {name: next(iter(parts.get(name, ())), "") for name in ("question", "lead", "description")}
    found: RecognisedStatement | RecognisedGoal = top.data(0, PartRole)
    if isinstance(found, RecognisedStatement):
        lines = tuple(line for line in said["lead"].split("\n") if line.strip())
        return replace(
            found, question=said["question"], lead=" ".join(lines), paragraphs=lines if len(lines) > 1 else (),
            items=parts.get("items", ()),
        ), {}  # fmt: skip
    below = {
        place(item): key(name, n) for name in ("strategies", "measures") for n, item in enumerate(kept.get(name, ()))
    }
    return replace(
        found, description=said["description"], strategies=parts.get("strategies", ()),
        measures=parts.get("measures", ()),
    ), below  # fmt: skip
