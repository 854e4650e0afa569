"""The half of a journey that ends with a kill: morning.py DOCUMENT PLAN TOLD.json

It drives a real window by mouse and keyboard, writes down what it touched, and
kills its own process while the plan is open.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planstudio import app
from planstudio.domain.kinds import Relation, Status
from planstudio.domain.places import Place, at_page
from planstudio.gui import theme
from planstudio.gui.dialogs.attach_policy import AttachPolicy, LinkDraft
from planstudio.gui.settings import Settings
from planstudio.gui.window import Window
from planstudio.queries.plans import current_plan, plan_outline
from planstudio.queries.policies import all_policies


def wait(qt: QApplication, ready) -> None:  # type: ignore[no-untyped-def]
    deadline = QDeadlineTimer(30_000)
    while not ready():
        if deadline.hasExpired():
            raise TimeoutError
        qt.processEvents()


def run(document: Path, plan: Path, told: Path) -> None:
    qt = QApplication([])
    theme.apply(qt, dark=False)
    data = app.data_folder()
    window = Window(app.open_workspace, lambda: plan, Settings(data / "s.ini"), data, "Ruth Hale")
    window.resize(1440, 900)
    window.show()
    window.open_plan(plan, create=True)
    window.importing.bring_in(document)
    wait(qt, lambda: window.importing.page is not None)
    QTest.mouseClick(window.importing.page.take, Qt.MouseButton.LeftButton)
    wait(qt, lambda: window.importing.page is None)
    desk, view = window.plan.desk, window.plan.view
    assert desk is not None
    assert view is not None
    outline = desk.ask(plan_outline, desk.ask(current_plan))
    touched = {"statement": outline.statements[0].id, "goal": "", "strategy": ""}

    view.go(at_page("policies"))
    manual = view.stack.currentWidget()
    QTest.keyClicks(manual.code.entry, "9999")
    QTest.keyClicks(manual.title.entry, "Bus stops")
    QTest.mouseClick(manual.add, Qt.MouseButton.LeftButton)
    policy = next(p for p in desk.ask(all_policies) if p.code == "9999")
    AttachPolicy.draft = lambda _self: LinkDraft(policy.id, Relation.GOVERNS, "")  # type: ignore[method-assign]

    if outline.goals and outline.goals[0].children:
        goal, strategy = outline.goals[0], outline.goals[0].children[0]
        touched |= {"goal": goal.id, "strategy": strategy.id}
        view.go(Place("goal", goal.id))
        view.attach_policy()
        view.go(Place("strategy", strategy.id))
        view.record_progress()
        form = view.inspector.progress.form
        form.status.box.setCurrentIndex(list(Status).index(Status.ON_TRACK))
        QTest.keyClicks(form.percent.entry, "25")
        QTest.mouseClick(form.record, Qt.MouseButton.LeftButton)

    window.plan.saver.save_and_wait()  # what follows is only on this computer when the power goes
    view.go(Place("statement", touched["statement"]))
    page = view.stack.currentWidget()
    page.question.setFocus()
    page.question.selectAll()
    QTest.keyClicks(page.question, "A slip")
    page.question.commit()
    window.plan.desk.undo()
    window.plan.desk.redo()
    window.plan.desk.undo()
    page.question.setFocus()
    page.question.selectAll()
    QTest.keyClicks(page.question, "Why we get up")
    page.question.commit()
    told.write_text(json.dumps(touched), "utf-8")
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    run(*map(Path, sys.argv[1:4]))
