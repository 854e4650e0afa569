"""What does a save cost? Bytes written and seconds, beside copying the plan with its files, in the same run.

    python benchmarks/saving.py                     10 MB, 200 MB and 1 GB of attached files; 50 MB of history
    python benchmarks/saving.py --only 200

    a word      one title typed and saved while the plan is open: two commits of the working copy and the save
    a file      one more file of 2 MB attached and saved
    a backup    ten backups kept, a word typed between two; bytes of each
    close       the plan's own file made whole
    copy        the plan's file and the folder beside it copied, as a program that synchronises would upload them

Bytes are those that this process gave to the system to write, wherever: the file, the folder beside it, the
working copy and its journal, this computer's store of files.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from planstudio.domain.clock import Clock
from planstudio.operations import files, goals, plans
from planstudio.queries.plans import current_plan, plan_outline
from planstudio.store.document import Document
from planstudio.store.schema import Goal
from planstudio.workspace import Workspace

MEGABYTE = 1_000_000
FILE = 2 * MEGABYTE
WORDS = 1_250_000  # bytes of one long text; hexadecimal, and once more in the history


class Bench:
    def __init__(self, folder: Path) -> None:
        self.now = datetime.now().astimezone()
        self.place, self.data = folder / "Board" / "Plan.planstudio", folder / "data"
        self.place.parent.mkdir()
        document = Document.create(self.place, self.data, author="Ann")
        self.workspace = Workspace(document, device="desk", author="Ann", clock=Clock(lambda: self.now))
        self.workspace.start_plan("New plan", plans.create_plan, "Alder Bend", "Plan")
        self.workspace.do("Add", goals.add_goal, self.workspace.ask(current_plan), title="Read")
        outline = self.workspace.ask(plan_outline, self.workspace.ask(current_plan))
        self.goal, self.typed = outline.goals[0].id, 0

    def attach(self) -> None:
        self.workspace.do("Attach", files.attach_file, "goal", self.goal, "Bids.pdf", os.urandom(FILE))

    def write(self, words: str) -> None:
        def work(session: Session) -> None:
            session.get_one(Goal, self.goal).statement = words

        self.workspace.do("Write", work)

    def type_word(self) -> None:
        self.typed += 1
        self.workspace.do("Rename", goals.edit_goal, self.goal, title=f"Read {self.typed}")
        self.workspace.publish(whole=False)

    def attach_and_save(self) -> None:
        self.attach()
        self.workspace.publish(whole=False)

    def back_up_ten_times(self) -> None:
        for _n in range(10):
            self.now += timedelta(minutes=1)
            self.type_word()
            self.workspace.back_up()

    def copy(self) -> None:
        shutil.copytree(self.place.parent, self.place.parent.with_name("copy"))
        shutil.rmtree(self.place.parent.with_name("copy"))


def written() -> int:
    """Bytes that this process has given to the system to write."""
    for line in Path("/proc/self/io").read_text().splitlines():
        if line.startswith("wchar"):
            return int(line.split()[1])
    return 0


def measured(name: str, work: Callable[[], object], copied: float = 0) -> float:
    before, began = written(), time.perf_counter()
    work()
    took, wrote = time.perf_counter() - began, written() - before
    share = f", {wrote / copied:8.5f} of copying" if copied else ""
    sys.stdout.write(f"    {name:10} {wrote / MEGABYTE:10.3f} MB {took:8.2f} s{share}\n")
    return wrote


def run(attached: int, history: int) -> None:
    sys.stdout.write(f"{attached} MB of attached files, {history} MB of history\n")
    with tempfile.TemporaryDirectory(prefix="planstudio-bench-") as folder:
        bench = Bench(Path(folder))
        for _n in range(attached * MEGABYTE // FILE):
            bench.attach()
        for _n in range(history * MEGABYTE // (4 * WORDS)):
            bench.write(os.urandom(WORDS).hex())
        bench.workspace.publish()
        whole = sum(path.stat().st_size for path in bench.place.parent.rglob("*") if path.is_file())
        sys.stdout.write(
            f"    the plan's own file {bench.place.stat().st_size / MEGABYTE:.1f} MB of {whole / MEGABYTE:.0f}\n"
        )
        copied = measured("copy", bench.copy)
        bench.type_word()  # the first save of a day keeps a backup
        measured("a word", bench.type_word, copied)
        measured("a file", bench.attach_and_save, copied)
        measured("a backup", bench.back_up_ten_times, copied * 10)
        sizes = [row.size / MEGABYTE for row in bench.workspace.backups()[:10]]
        sys.stdout.write(f"    ten backups {sum(sizes):.1f} MB\n")
        measured("close", bench.workspace.publish, copied)
        bench.workspace.close()


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--only", type=int, help="megabytes of attached files")
    asked = given.parse_args()
    for attached, history in ((10, 0), (200, 0), (1000, 0), (10, 50)):
        if asked.only in (None, attached):
            run(attached, history)
    return 0


if __name__ == "__main__":
    sys.exit(main())
