"""A program of its own with the sample plan in a window, for tests/gui/at_spi_ear.py to listen to.

While somebody listens it goes from page to page, adds a goal and takes it back, so that what is asked for goes.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from planstudio import app
from planstudio.domain.places import Place, at_page
from planstudio.gui import theme
from planstudio.gui.settings import Settings
from planstudio.gui.window import Window
from planstudio.queries.plans import plan_outline


def main(data: Path) -> int:
    qt = QApplication(["planstudio"])
    qt.setApplicationName("Plan Studio")
    theme.apply(qt, dark=False)
    window = Window(
        app.open_workspace, lambda: app.sample_plan(data / "samples"), Settings(data / "s.ini"), data, "Ear"
    )
    window.resize(1440, 900)
    window.show()
    window.open_sample()
    assert window.plan is not None
    goal = window.plan.desk.ask(plan_outline, window.plan.desk.plan_id).goals[0].id
    turns = (
        lambda: window.go(at_page("overview")), lambda: window.go(Place("goal", goal)), window.plan.view.add_goal,
        window.plan.desk.undo,
        lambda: window.go(at_page("meetings")), lambda: window.go(at_page("district")),
    )  # fmt: skip
    turn = count()
    walking = QTimer(window, interval=300)
    walking.timeout.connect(lambda: turns[next(turn) % len(turns)]())
    walking.start()
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
