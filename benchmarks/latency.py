"""From key to paint in a policy of 20 pages with the spell check on, and the outline of 5,000 elements scrolled.

    python benchmarks/latency.py [--keys 400] [--json]

In a plan of 20 goals, 200 strategies and 50,000 figures. Beside it the floor: the
same keys in a bare QTextEdit with the same text, and the same scrolling in a bare
QTreeView of as many rows. Times are from the key (or the wheel) until everything
that it sets off has been painted, in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from planstudio.domain.places import Place

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SENTENCE = "The board reviews this policy each year, hears the superintendent's report and asks what has changed."
WORDS = SENTENCE.split()
PAGES, ON_A_PAGE = 20, 500  # words


def policy_text() -> str:
    dice = random.Random(7)
    parts = []
    for page in range(PAGES):
        parts.append(f"## Section {page + 1}")
        for _paragraph in range(5):
            parts.append(" ".join(dice.choices(WORDS, k=ON_A_PAGE // 5)).capitalize() + ".")
    return "\n\n".join(parts)


def spent(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def share(times: list[float], percent: float) -> float:
    return sorted(times)[min(len(times) - 1, round(len(times) * percent / 100))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    (folder / "data").mkdir()
    os.environ["PLANSTUDIO_DATA"] = str(folder / "data")

    import large_plan
    from PySide6.QtGui import QStandardItem, QStandardItemModel, QTextCursor
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QTextEdit, QTreeView

    from planstudio import app
    from planstudio.gui import theme
    from planstudio.gui.settings import Settings
    from planstudio.gui.widgets.spelling import spelling
    from planstudio.gui.window import Window
    from planstudio.operations.bulk import add_lines
    from planstudio.operations.policies import add_policy, edit_policy_text
    from planstudio.queries.plans import plan_outline
    from planstudio.queries.policies import all_policies

    qt = QApplication([])
    theme.apply(qt, dark=False)
    plan = folder / "large.planstudio"
    large_plan.build(plan)
    window = Window(app.open_workspace, lambda: plan, Settings(folder / "s.ini"), folder / "data", "Bench")
    window.resize(1440, 900)
    window.show()
    window.open_plan(plan)
    desk, view = window.plan.desk, window.plan.view
    desk.do("Add", add_policy, "5145", "Equity")
    policy = next(one for one in desk.ask(all_policies) if one.code == "5145")
    desk.do("Write", edit_policy_text, policy.id, body=policy_text())
    spelling().use(["en"])
    while spelling().speller is None:
        qt.processEvents()
    view.go(Place("policy", policy.id))
    field = view.stack.currentWidget().body.field
    field.setFocus()
    qt.processEvents()
    bare = QTextEdit()
    bare.resize(field.size())
    bare.setMarkdown(policy_text())
    bare.show()

    def typed(edit: QTextEdit) -> list[float]:
        cursor = QTextCursor(edit.document().findBlockByNumber(edit.document().blockCount() // 2))
        edit.setTextCursor(cursor)
        qt.processEvents()
        qt.processEvents()
        assert edit.visibleRegion().contains(edit.cursorRect().center()), "what is not seen is not painted"
        dice, times = random.Random(3), []
        for _key in range(arguments.keys):
            key = dice.choice("abcdefghilmnoprstuw ")
            times.append(spent(lambda key=key: (QTest.keyClick(edit, key), qt.processEvents())))
        return times

    ours, floor = typed(field), typed(bare)
    field.commit()
    bare.close()

    goals = desk.ask(plan_outline, desk.plan_id).goals
    for goal in goals:
        desk.do("Add", add_lines, "strategy", goal.id, "\n".join(f"A strategy of many, number {n}" for n in range(240)))
    qt.processEvents()
    outline = view.outline
    outline.expandAll()
    rows = QStandardItemModel()
    for n in range(20):
        top = QStandardItem(f"Goal {n}")
        for m in range(250):
            top.appendRow(QStandardItem(f"{n}.{m}  A strategy of many"))
        rows.appendRow(top)
    tree = QTreeView()
    tree.setModel(rows)
    tree.setHeaderHidden(True)
    tree.expandAll()
    tree.resize(outline.size())
    tree.show()
    qt.processEvents()

    def scrolled(one: QTreeView) -> list[float]:
        bar = one.verticalScrollBar()
        times = []
        for step in range(300):
            to = round(bar.maximum() * step / 300)
            times.append(spent(lambda to=to: (bar.setValue(to), one.viewport().repaint())))
        return times

    frames, bare_frames = scrolled(outline), scrolled(tree)
    tree.close()
    window.close()
    result = {
        "key to paint, p50": share(ours, 50),
        "key to paint, p95": share(ours, 95),
        "key to paint, worst": max(ours),
        "bare QTextEdit, p95": share(floor, 95),
        "outline of 5,000, p95 of a frame": share(frames, 95),
        "outline of 5,000, worst frame": max(frames),
        "bare QTreeView, worst frame": max(bare_frames),
    }
    print(json.dumps(result) if arguments.json else "\n".join(f"{name:36} {ms:7.2f}" for name, ms in result.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
