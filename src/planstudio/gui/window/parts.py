"""What everything in an open plan is made over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from planstudio.gui.desk import Desk, Unrecorded
from planstudio.gui.pages.plan_view import PlanView
from planstudio.gui.saving import Saver

if TYPE_CHECKING:
    from planstudio.gui.window import Window
    from planstudio.workspace import Workspace


class PlanParts(QObject):
    """A plan in a window: its workspace, the desk that changes it, the view that shows it, and its saving."""

    def __init__(self, window: Window, workspace: Workspace) -> None:
        super().__init__(window)
        self.window = window
        self.workspace = workspace
        self.desk = Desk(workspace, self)
        self.view = PlanView(self.desk, window.settings)
        self.tell = window.tell
        self.saver = Saver(self.desk, window.jobs)
        self.saver.setParent(self)  # so that it ends with the plan, and never in a job's thread

    def take_unrecorded(self) -> Unrecorded:
        """What was begun and not recorded, for a window in another look to go on with."""
        self.view.put_away()
        begun, self.desk.unrecorded = self.desk.unrecorded, Unrecorded()
        return begun
