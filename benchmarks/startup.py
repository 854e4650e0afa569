"""From the start of the process to the first window, beside the floor and beside other programs.

    python benchmarks/startup.py [--rounds 5] [--peer NAME=COMMAND ...] [--json]

Run it under Xvfb or on a desktop. Ours is measured three times: when its window
is shown, when the outline of the last plan is painted in it, and when the plan
can be worked in. The floor is a bare Qt window and the SQLAlchemy import in one
process. A peer's time ends when the X server shows its first window of at least
300 × 200, with "@TITLE" behind the command the first whose title has that in
it: a splash is no window. Rounds go round robin, so that the machine's moods
fall on everyone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FLOOR = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
qt = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("words"))
window.resize(1200, 800)
window.show()
qt.processEvents()
import sqlalchemy, sqlalchemy.orm
print("shown", flush=True)
"""
OURS = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from planstudio import app

class Watch(QObject):
    def __init__(self):
        super().__init__()
        self.seen = set()
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            kind = type(watched).__name__
            if kind == "StartPage" or kind == "Window":
                self.tell("shown")
            parent = watched.parent()
            if type(parent).__name__ == "OutlineView" and parent.model().rowCount() > 8:
                self.tell("shown")
                self.tell("outline")
            if kind == "OverviewPage":
                self.tell("plan")
        return False
    def tell(self, what):
        if what not in self.seen:
            self.seen.add(what)
            print(what, flush=True)
        if what == "plan" and len(sys.argv) > 2:
            QTimer.singleShot(500, QApplication.closeAllWindows)

qt = QApplication([])
watch = Watch()
qt.installEventFilter(watch)
from pathlib import Path
app.run_window(Path(sys.argv[1]))
"""
_LISTED = re.compile(r"^\s+(0x[0-9a-f]+) (.*?): \(.*?\)\s+(\d+)x(\d+)\+", re.MULTILINE)


def told(code: str, words: list[str], *arguments: str) -> dict[str, float]:
    """When a Python process prints each of *words*, in seconds after its start."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    seen: dict[str, float] = {}
    for line in process.stdout:
        seen.setdefault(line.strip(), time.perf_counter() - start)
        if all(word in seen for word in words):
            break
    if "leave" not in arguments:
        process.send_signal(signal.SIGKILL)
    process.wait()
    return seen


def windows(title: str = "") -> set[str]:
    """The windows of some size that the X server shows, those with *title* in theirs."""
    tree = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True, text=True, check=False).stdout
    found = _LISTED.findall(tree)
    large = {ident for ident, name, wide, high in found if int(wide) >= 300 and int(high) >= 200 and title in name}
    shown = set()
    for ident in large:
        told = subprocess.run(["xwininfo", "-id", ident], capture_output=True, text=True, check=False).stdout
        if "IsViewable" in told:
            shown.add(ident)
    return shown


def seen(command: str, patience: float = 30.0) -> float:
    """When the first window of *command* stands, in seconds after its start; "command@title" waits for a title."""
    command, _at, title = command.partition("@")
    before = windows(title)
    start = time.perf_counter()
    process = subprocess.Popen(
        shlex.split(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while time.perf_counter() - start < patience:
            if windows(title) - before:
                return time.perf_counter() - start
            time.sleep(0.01)
        return float("nan")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        time.sleep(0.3)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND[@TITLE]")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    os.environ["PLANSTUDIO_DATA"] = str(folder / "data")
    from planstudio import app

    plan = app.sample_plan(folder)
    times: dict[str, list[float]] = {}
    peers = dict(peer.split("=", 1) for peer in arguments.peer)
    for turn in range(arguments.rounds + 1):
        one = {"bare Qt window and SQLAlchemy": told(FLOOR, ["shown"])["shown"]}
        told(OURS, ["plan"], str(plan), "leave")  # as somebody leaves it in the evening
        ours = told(OURS, ["shown", "outline", "plan"], str(plan))
        one |= {"Plan Studio, window": ours["shown"], "Plan Studio, outline in it": ours["outline"]}
        one["Plan Studio, the whole plan to work in"] = ours["plan"]
        one |= {name: seen(command) for name, command in peers.items()}
        if turn:  # the first warms the disk for everyone
            for name, seconds in one.items():
                times.setdefault(name, []).append(seconds)
    result = {name: statistics.median(seconds) for name, seconds in times.items()}
    result["outline, beside the floor"] = result["Plan Studio, outline in it"] / result["bare Qt window and SQLAlchemy"]
    print(json.dumps(result) if arguments.json else "\n".join(f"{name:40} {s:6.2f}" for name, s in result.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
