"""The outline of a plan as a tree: places, statements, goals with their strategies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, Qt, Signal

from planstudio.domain.gaps import short
from planstudio.domain.kinds import StatementKind, Status
from planstudio.domain.outline import OutlineRow, PlanOutline
from planstudio.domain.places import NOWHERE, OVERVIEW, Place, at_page
from planstudio.domain.progress import silent, stale
from planstudio.domain.strategy_filter import OUTDATED
from planstudio.domain.words import word
from planstudio.gui.models.rows import Index
from planstudio.i18n import _

PlaceRole, KindRole, StatusRole, CountRole, IconRole, GapsRole = (Qt.ItemDataRole.UserRole + i for i in range(6))
MIME = "application/x-planstudio-outline"
_ICONS = {
    "mission": "flag", "vision": "eye", "values": "heart", "beliefs": "star", "guiding_principles": "compass",
    "commitments": "handshake", "priorities": "target", "promise": "star", "equity": "scale", "other": "file",
}  # fmt: skip


@dataclass
class _Node:
    place: Place
    name: str
    kind: str = "row"  # row or head
    status: str = ""
    count: str = ""
    icon: str = ""
    gaps: str = ""  # what it lacks, in words
    parent: _Node | None = None
    children: list[_Node] = field(default_factory=list)

    def add(self, node: _Node) -> None:
        node.parent = self
        self.children.append(node)

    @property
    def row(self) -> int:
        return self.parent.children.index(self) if self.parent else 0


class OutlineModel(QAbstractItemModel):
    """Answers views; a drop becomes *moved* and changes nothing here."""

    moved = Signal(str, list, int, str)  # table, ids, the new place among the others, id of the goal

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(NOWHERE, "")
        self._by_place: dict[Place, _Node] = {}
        # Indexes carry numbers, never pointers: a view may keep one longer than its node lives.
        self._numbers: dict[Place, int] = {}
        self._by_number: dict[int, _Node] = {}

    def show_outline(self, outline: PlanOutline, today: date) -> None:
        root = _build(outline, today)
        same = _shape(root) == _shape(self._root)  # then nothing moves, so nothing folds or scrolls
        if not same:
            self.beginResetModel()
        self._root = root
        self._by_place = {node.place: node for node in _walk(root)}
        self._by_number = {self._number(node): node for node in self._by_place.values()}
        if same:
            self._tell_data(QModelIndex())
        else:
            self.endResetModel()

    def _number(self, node: _Node) -> int:
        return self._numbers.setdefault(node.place, len(self._numbers) + 1)

    def _node(self, index: Index) -> _Node:
        return self._by_number.get(index.internalId(), self._root) if index.isValid() else self._root

    def _index(self, node: _Node) -> QModelIndex:
        return self.createIndex(node.row, 0, self._number(node))

    def _tell_data(self, parent: QModelIndex) -> None:
        rows = self.rowCount(parent)
        if rows:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(rows - 1, 0, parent))
        for n in range(rows):
            below = self.index(n, 0, parent)
            if self.hasChildren(below):
                self._tell_data(below)

    def index_of(self, place: Place) -> QModelIndex:
        node = self._by_place.get(place)
        return self._index(node) if node is not None else QModelIndex()

    def place(self, index: Index) -> Place:
        return self._node(index).place

    def parent_of(self, place: Place) -> Place:
        above = self._by_place[place].parent
        return above.place if above is not None else NOWHERE

    def siblings(self, place: Place) -> tuple[int, int]:
        """The place of a row among its like, and how many these are."""
        node = self._by_place[place]
        like = _like(node)
        return like.index(node), len(like)

    # QAbstractItemModel.

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self._node(parent).children
        return self._index(children[row]) if 0 <= row < len(children) else QModelIndex()

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        above = self._node(index).parent
        return QModelIndex() if above is None or above is self._root else self._index(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self._node(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return node.name
            case Qt.ItemDataRole.ToolTipRole:
                lacks = _("Lacks: {gaps}").format(gaps=node.gaps) if node.gaps else ""
                return "<qt>" + "<br>".join(escape(words) for words in (node.name, lacks) if words) + "</qt>"
            case Qt.ItemDataRole.AccessibleTextRole:
                status = _("outdated") if node.status == OUTDATED else word(Status(node.status)) if node.status else ""
                return ", ".join(filter(None, (node.name, status, node.gaps, node.count)))
        return {
            PlaceRole: node.place, KindRole: node.kind, StatusRole: node.status,
            CountRole: node.count, IconRole: node.icon, GapsRole: node.gaps,
        }.get(role)  # fmt: skip

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag, node = Qt.ItemFlag, self._node(index)
        leaf = flag.NoItemFlags if node.children else flag.ItemNeverHasChildren  # else it would be "expanded"
        if node.kind == "head":
            return flag.ItemIsEnabled | flag.ItemIsDropEnabled | leaf
        movable = flag.ItemIsDragEnabled if node.place.noun in ("statement", "goal", "strategy") else flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDropEnabled | movable | leaf

    # Drag and drop.

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        """Rows of one table, in the order of the plan."""
        carried = QMimeData()
        chosen = self.in_order([self.place(index) for index in indexes])
        if chosen:
            carried.setData(MIME, "\n".join((chosen[0][0], *(ident for _table, ident in chosen))).encode())
        return carried

    def in_order(self, places: Sequence[Place]) -> list[Place]:
        """Those of *places* that are of the first one's table, in the order of the plan."""
        wanted = {place for place in places if place.noun == places[0].noun}
        return [place for place in self._by_place if place in wanted]

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        return self._target(data, row, parent) is not None

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        target = self._target(data, row, parent)
        if target is not None:
            self.moved.emit(*target)
        return False  # the rows move when the plan says so

    def _target(self, data: QMimeData, row: int, parent: Index) -> tuple[str, list[str], int, str] | None:
        """What a drop would mean: table, ids, place, goal; None where it makes no sense."""
        if not data.hasFormat(MIME):
            return None
        table, *ids = bytes(data.data(MIME).data()).decode().split("\n")
        carried = [node for ident in ids if (node := self._by_place.get(Place(table, ident))) is not None]
        onto = self._node(parent)
        if not carried:
            return None
        if table == "strategy":
            goal = onto if onto.place.noun == "goal" else onto.parent
            if goal is None or goal.place.noun != "goal":
                return None
            to = len(goal.children) if row < 0 and onto is goal else onto.row if row < 0 else row
            return table, ids, _behind(goal.children, carried, to), goal.place.ident
        like = _like(carried[0])
        if onto in like and row < 0:
            to = like.index(onto)
        elif onto is self._root and row >= 0:
            before = self._root.children[:row]
            to = sum(1 for node in before if node.place[0] == table)
        else:
            return None
        return table, ids, _behind(like, carried, to), ""


def _behind(siblings: list[_Node], carried: list[_Node], to: int) -> int:
    """The place once all that is *carried* is taken out from before it."""
    return to - sum(node in siblings[:to] for node in carried)


def _like(node: _Node) -> list[_Node]:
    assert node.parent is not None
    return [one for one in node.parent.children if one.place.noun == node.place.noun]


def _walk(node: _Node) -> list[_Node]:
    return [node] + [below for child in node.children for below in _walk(child)]


def _shape(node: _Node) -> Any:
    return node.place, [_shape(child) for child in node.children]


def _build(outline: PlanOutline, today: date) -> _Node:
    root = _Node(NOWHERE, "")
    root.add(_Node(OVERVIEW, _("Overview"), icon="grid"))
    root.add(_Node(at_page("district"), _("Plan and district"), icon="home"))
    every = [row for goal in outline.goals for row in (goal, *goal.children)] if outline.in_force else []
    waiting = str(sum(silent(row, today) for row in every) or "")  # whose next update is due
    root.add(_Node(at_page("updates"), _("My updates"), icon="clock", count=waiting))
    root.add(_Node(at_page("meetings"), _("Meetings"), icon="calendar", count=str(outline.meetings or "")))
    root.add(_Node(at_page("policies"), _("Policies"), icon="book", count=str(outline.policies or "")))
    root.add(_Node(at_page("history"), _("History"), icon="history"))
    root.add(_Node(Place("head", "statements"), _("Who we are"), "head"))
    for row in outline.statements:
        name = row.name or word(StatementKind(row.kind))
        root.add(_Node(Place("statement", row.id), name, icon=_ICONS[row.kind], count=str(row.count or "")))
    root.add(_Node(Place("head", "goals"), _("Goals"), "head"))
    for n, row in enumerate(outline.goals, 1):
        goal = _Node(Place("goal", row.id), row.name or _("Goal {n}").format(n=n), status=_status(row, today))
        goal.count, goal.gaps = str(row.count or ""), short(row.gaps)
        root.add(goal)
        for m, below in enumerate(row.children, 1):
            name = f"{n}.{m}  {below.name}"
            goal.add(_Node(Place("strategy", below.id), name, status=_status(below, today), gaps=short(below.gaps)))
    return root


def _status(row: OutlineRow, today: date) -> str:
    if row.status is None:
        return ""
    return OUTDATED if stale(row, today) else row.status.value
