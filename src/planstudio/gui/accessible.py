"""What a screen reader is told of a widget that is not what its class says: role, name, value, state and action.

Qt tells it of its own classes. Ours say once what they are, with present(); from that one factory makes their
interfaces (docs/adr/0025). A widget with a signal `pressed` can be pressed through its interface, one with a method
`spoken` is named by what that answers when somebody asks, so that words that cost something wait for a listener.
"""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAttributesInterface,
    QAccessibleInterface,
    QAccessibleSelectionInterface,
    QAccessibleStateChangeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QComboBox, QLabel, QScrollArea, QWidget
from shiboken6 import VoidPtr

Role = QAccessible.Role
_SHOWING = (Role.StaticText, Role.Graphic, Role.Indicator, Role.Chart)  # what is seen of these is their value
_PRESS, _MENU = QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.showMenuAction()


@runtime_checkable
class Spoken(Protocol):
    def spoken(self) -> str:
        """What is shown here, in words."""


def install() -> None:
    """Have the factory asked for every widget from now on."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_interface)


_installed: list[bool] = []  # Qt keeps every factory that it is given


def present(widget: QWidget, role: Role, *, level: int = 0) -> None:
    """*widget* is a *role* for whoever listens; *level* is that of a heading."""
    if widget.property("heard_as") == role and heading_level(widget) == level:
        return
    widget.setProperty("heard_as", role)
    widget.setProperty("heard_level", level)
    if QAccessible.isActive():  # an interface of Qt's own may have been asked for while the widget was made
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(widget)))


def names_page(widget: QWidget) -> None:
    """*widget* is an editor whose words stand for the heading of its page."""
    widget.setProperty("heard_level", 1)


def heading_level(widget: QWidget) -> int:
    """The level of a heading, or of what stands for one; 0 for what is none."""
    return int(widget.property("heard_level") or 0)


def show_expanded(widget: QWidget, on: bool) -> None:
    """*widget* unfolds something, which is unfolded (*on*) or folded now."""
    present(widget, Role.Button)
    widget.setProperty("heard_expanded", on)
    if QAccessible.isActive():
        changed = QAccessible.State()
        changed.expanded = True
        QAccessible.updateAccessibility(QAccessibleStateChangeEvent(widget, changed))


def words_of(widget: QWidget) -> str:
    """What *widget* is called: what it is named, else what it shows."""
    if isinstance(widget, Spoken):
        return widget.spoken()
    if widget.accessibleName() or not isinstance(widget, QLabel | QAbstractButton):
        return widget.accessibleName()
    return widget.text().strip()


def _interface(_key: str, thing: QObject) -> QAccessibleInterface | None:
    """The interface of *thing*; None where Qt's own says all. Qt asks once for each class that the thing inherits."""
    if isinstance(thing, QComboBox):
        return _Box(thing)
    if isinstance(thing, QScrollArea):
        return QAccessibleWidget(thing)  # Qt's own looks up a child that is not there any more, and falls
    role = thing.property("heard_as")
    if not (isinstance(thing, QWidget) and isinstance(role, Role)):
        return None
    return _Pressed(thing, role) if role in (Role.Button, Role.Link) else _Part(thing, role)


def _cast(pointer: Any) -> Any:
    """What may go back to Qt from interface_cast(): None would be looked at for its type, and there is none."""
    return VoidPtr(0) if pointer is None else pointer


class _Level(QAccessibleAttributesInterface):
    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute, /) -> Any:
        return self._level if key == QAccessible.Attribute.Level else None


class _Part(QAccessibleWidget):
    """What was presented: a heading, words, a picture, a group. A picture without words is there for the eye alone."""

    def __init__(self, widget: QWidget, role: Role) -> None:
        super().__init__(widget, role)
        self._level = _Level(heading_level(widget))

    def text(self, kind: QAccessible.Text, /) -> str:
        named = kind == QAccessible.Text.Name or (kind == QAccessible.Text.Value and self.role() in _SHOWING)
        return words_of(self.widget()) if named else super().text(kind)

    def state(self) -> QAccessible.State:
        state = super().state()
        if self.role() == Role.Graphic and not words_of(self.widget()):
            state.invisible = True
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType, /) -> Any:
        if kind == QAccessible.InterfaceType.AttributesInterface and heading_level(self.widget()):
            return self._level
        return _cast(super().interface_cast(kind))


class _Pressed(_Part):
    """What can be pressed, and may unfold something."""

    def state(self) -> QAccessible.State:
        state = super().state()
        expanded = self.widget().property("heard_expanded")
        if expanded is not None:
            state.expandable, state.expanded = True, bool(expanded)
        return state

    def actionNames(self) -> list[str]:
        others = [one for one in super().actionNames() if one != _PRESS]
        return [_PRESS, *others] if self.widget().isEnabled() else others

    def doAction(self, name: str, /) -> None:
        widget = self.widget()
        if name != _PRESS:
            super().doAction(name)
        elif widget.isEnabled() and isinstance(widget, QAbstractButton):
            widget.click()
        elif widget.isEnabled():
            widget.pressed.emit()  # type: ignore[attr-defined]  # see the module's docstring


class _Box(QAccessibleWidget):
    """A combo box, called by its label: Qt calls it by its value on every system but one."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box, Role.ComboBox)
        self._box, self._chosen = box, _Chosen(box)

    def text(self, kind: QAccessible.Text, /) -> str:
        return self._box.currentText() if kind == QAccessible.Text.Value else super().text(kind)

    def state(self) -> QAccessible.State:
        state, open_ = super().state(), self._box.view().isVisible()
        state.expandable, state.expanded, state.collapsed = True, open_, not open_
        state.hasPopup, state.editable = True, self._box.isEditable()
        return state

    def childCount(self) -> int:
        return 1

    def child(self, at: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt asks for those there are
        return QAccessible.queryAccessibleInterface(self._box.view()) if at == 0 else None

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        return 0 if child.object() is self._box.view() else -1

    def actionNames(self) -> list[str]:
        return [_MENU, _PRESS] if self.widget().isEnabled() else []

    def doAction(self, name: str, /) -> None:
        if name in (_MENU, _PRESS) and self._box.isEnabled():
            if self._box.view().isVisible():
                self._box.hidePopup()
            else:
                self._box.showPopup()

    def interface_cast(self, kind: QAccessible.InterfaceType, /) -> Any:
        if kind == QAccessible.InterfaceType.SelectionInterface:
            return self._chosen
        return _cast(super().interface_cast(kind))


class _Chosen(QAccessibleSelectionInterface):
    """What a combo box shows, as the one chosen row of its list: so its value is heard beside its name."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__()
        self._box = box

    def selectedItemCount(self) -> int:
        return int(self._box.currentIndex() >= 0)

    def selectedItems(self) -> list[QAccessibleInterface]:
        rows = QAccessible.queryAccessibleInterface(self._box.view())
        return [rows.child(self._box.currentIndex())] if rows and self._box.currentIndex() >= 0 else []

    def selectedItem(self, at: int, /) -> QAccessibleInterface | None:  # type: ignore[override]
        return next(iter(self.selectedItems()[at : at + 1]), None)

    def isSelected(self, item: QAccessibleInterface, /) -> bool:
        rows = QAccessible.queryAccessibleInterface(self._box.view())
        return rows is not None and rows.indexOfChild(item) == self._box.currentIndex()

    def select(self, item: QAccessibleInterface, /) -> bool:
        return False  # rows are chosen in the list that is shown

    def unselect(self, item: QAccessibleInterface, /) -> bool:
        return False

    def selectAll(self) -> bool:
        return False

    def clear(self) -> bool:
        return False
