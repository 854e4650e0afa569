"""What somebody hears who does not see the window: what was announced, and what a screen reader is told of widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from planstudio.gui.announcing import announcer


@dataclass
class Ear:
    heard: list[tuple[str, bool]] = field(default_factory=list)  # the words, and whether they interrupted

    def hear(self, words: str, urgent: bool) -> None:
        self.heard.append((words, urgent))

    @property
    def words(self) -> str:
        return " | ".join(words for words, _urgent in self.heard)

    def after(self, act: Callable[[], object]) -> str:
        """What is heard of *act* and of what follows from it at once."""
        settle()
        self.heard.clear()
        act()
        settle()
        return self.words


def listening() -> Iterator[Ear]:
    """An ear, while accessibility is on."""
    QAccessible.setActive(True)
    ear = Ear()
    announcer().announced.connect(ear.hear)
    yield ear
    announcer().announced.disconnect(ear.hear)
    QAccessible.setActive(False)


def settle() -> None:
    """Let everything happen that has been put off until the event is over."""
    for _n in range(6):
        QApplication.processEvents()


@dataclass(frozen=True)
class Told:
    """A widget as its interface tells it; never the interface itself, which goes with the widget."""

    role: QAccessible.Role
    name: str
    value: str
    level: int
    actions: tuple[str, ...]
    expandable: bool
    expanded: bool
    invisible: bool


def told(widget: QWidget) -> Told:
    face = QAccessible.queryAccessibleInterface(widget)
    assert face is not None
    state, kinds, acts = face.state(), face.attributesInterface(), face.actionInterface()
    level = kinds.attributeValue(QAccessible.Attribute.Level) if kinds is not None else None
    return Told(
        face.role(),
        face.text(QAccessible.Text.Name),
        face.text(QAccessible.Text.Value),
        level or 0,
        tuple(acts.actionNames()) if acts is not None else (),
        bool(state.expandable),
        bool(state.expanded),
        bool(state.invisible),
    )


def press(widget: QWidget, action: str = "Press") -> None:
    """Press *widget* as a screen reader does, through its interface."""
    face = QAccessible.queryAccessibleInterface(widget)
    assert face is not None
    acts = face.actionInterface()
    assert acts is not None
    assert action in acts.actionNames(), f"{face.text(QAccessible.Text.Name)} cannot be pressed"
    acts.doAction(action)
