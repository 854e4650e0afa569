"""What does a password cost? A plan under one beside the same plan in the clear, in the same run.

python benchmarks/secret.py [--figures 50000] [--rounds 9]

password   the key found from the password: 256,000 rounds of PBKDF2, once each opening, wanted
open       the plan opened, once the key is known
edit       one title changed, key to commit
save       the plan's file written whole, flushed, read back and exchanged
search     a word looked for in the whole plan, the first time
then       the plan of a former step, as a copy in memory
book       everything asked for, as for a complete JSON
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from planstudio import passwords
from planstudio.operations import goals, measures, plans
from planstudio.queries.export import whole_file
from planstudio.queries.plans import current_plan
from planstudio.store import doors
from planstudio.store.document import Document
from planstudio.workspace import Workspace

WORDS = "four calm owls reading"


def make(place: Path, data: Path, figures: int) -> None:
    workspace = Workspace(Document.create(place, data), device="desk")
    workspace.start_plan("New plan", plans.create_plan, "Alder Bend", "Plan")

    def fill(session: Session) -> None:
        plan = current_plan(session)
        for g in range(20):
            goal = goals.add_goal(session, plan, title=f"Goal {g}", statement="Every child reads. " * 40)
            for n in range(10):
                goals.add_strategy(session, goal, title=f"Strategy {g}.{n}", text="Coach every teacher. " * 20)
            measure = measures.add_measure(session, goal_id=goal, name=f"Measure {g}")
            for n in range(figures // 20):
                measures.record_observation(session, measure, date(1900, 1, 1) + timedelta(days=n), n % 100)

    workspace.do("Fill", fill)
    workspace.publish()
    workspace.close()


def seconds(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def measured(place: Path, data: Path, rounds: int) -> dict[str, float]:
    took: dict[str, list[float]] = {}
    for n in range(rounds):
        for name, one in _round(place, data, n).items():
            took.setdefault(name, []).append(one)
    return {name: statistics.median(all_) for name, all_ in took.items()}


def _round(place: Path, data: Path, n: int) -> dict[str, float]:
    begin = time.perf_counter()
    workspace = Workspace(Document(place, data), device="desk")
    took = {"open": time.perf_counter() - begin}
    goal = workspace.ask(whole_file)["plans"][0]["goals"][0]["id"]
    took["edit"] = seconds(lambda: workspace.do("Rename", goals.edit_goal, goal, title=f"Read {n}"))
    took["backup"] = seconds(workspace.publish)
    workspace.do("Rename", goals.edit_goal, goal, title=f"Read {n} times")
    took["save"] = seconds(workspace.publish)
    took["search"] = seconds(lambda: workspace.find("teacher"))
    took["then"] = seconds(lambda: workspace.snapshot(None).close())
    took["book"] = seconds(lambda: workspace.ask(whole_file))
    workspace.close()
    return took


def main() -> int:
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--figures", type=int, default=50_000)
    parse.add_argument("--rounds", type=int, default=9)
    given = parse.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, data = Path(name), Path(name) / "data"
        plain, secret = folder / "Plan.planstudio", folder / "Plan.planstudiox"
        make(plain, data, given.figures)
        with closing(Workspace(Document(plain, data), device="desk")) as workspace:
            workspace.protect(secret, WORDS)
        doors.forget()
        password = seconds(lambda: passwords.unlock(secret, data, WORDS))
        beside, ours = measured(plain, data, given.rounds), measured(secret, data, given.rounds)
        size = secret.stat().st_size / 1e6
    print(f"{size:.1f} MB, medians of {given.rounds}; the password: {password * 1000:.0f} ms")
    for name in beside:
        a, b = beside[name] * 1000, ours[name] * 1000
        print(f"{name:8} {b:8.1f} ms under a password, {a:8.1f} ms in the clear: {b / a:.2f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
