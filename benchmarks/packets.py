"""A packet of 40 items and sixty files of all kinds: printing, printing again, stopping, and the window meanwhile.

    python benchmarks/packets.py [--rounds 1] [--json] [--parts print,bind,cancel,window] [--explain]

Each part runs in a process of its own, on a plan that another has made, and
the table has the aim beside each figure.

    print    the packet with an empty cache, after one item's text changed, and after nothing changed
    bind     what 300 foreign pages cost: to take in, and to bind once they are
    cancel   from the wish to stop until printing has stopped, at many moments
    window   the longest gap between two ticks of the window's thread while the packet beside it is printed;
             --explain tells where both threads stood meanwhile

CPU is that of this process and of the processes that take files apart. No
office file is converted: this computer's LibreOffice, if any, is not found.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from gauge import Clock, peak, resident

from planstudio.domain import places

PARTS = ("print", "bind", "cancel", "window")
PAUSE = 0.050  # seconds, the longest that the window may stand still
_MODULES = ("foreign.intake", "meeting.leaks", "meeting.packet")
_TAKEN = 0.5  # what progress says when all files are taken in
_FOREIGN = 300  # pages of the part "bind"
_BOUND = "0.95"  # what progress says when the file is bound and is searched for leaks
_DELAYS = (0.1, 0.3, 0.6, 1.0, 1.5, 2.0, 3.0, 5.0)


class Place:
    """The folder that all parts share."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.plan, self.data = folder, folder / "Board.planstudio", folder / "data"
        os.environ["PLANSTUDIO_DATA"] = str(self.data)

    @property
    def meetings(self) -> dict[str, tuple[str, str]]:
        said: dict[str, tuple[str, str]] = json.loads((self.folder / "meetings.json").read_text())
        return said

    def cache(self, name: str, *, empty: bool = True) -> Path:
        path = self.folder / f"cache-{name}"
        if empty:
            shutil.rmtree(path, ignore_errors=True)
        return path


def _no_office() -> None:
    from planstudio.reports.foreign import office

    office._NAMES, office._PLACES, office._WINDOWS = (), (), ()  # type: ignore[assignment]


def _read_modules() -> None:
    """What printing imports, so that it counts neither as time nor as memory of the packet."""
    from planstudio.reports import fonts

    for name in ("pikepdf", "pypdfium2", *(f"planstudio.reports.{name}" for name in _MODULES)):
        importlib.import_module(name)
    fonts.register()


def make(place: Place) -> dict[str, Any]:
    """The plan with its meetings."""
    from papers import sixty, text_files, write_plan

    place.data.mkdir()
    files, bare = sixty(), text_files(_FOREIGN // 12, 12)
    made = write_plan(place.plan, {"mixed": files, "bare": (), "text": bare})
    (place.folder / "meetings.json").write_text(json.dumps(made))
    return {"files": len(files), "megabytes": sum(len(file.data) for file in files) / 1e6}


class Printing(NamedTuple):
    took: Clock
    phases: dict[str, float]  # seconds on the wall
    packet: Any

    @property
    def said(self) -> dict[str, Any]:
        return vars(self.took) | {"phases": self.phases, "parts set": self.packet.set_again}


class Desk:
    """An open plan and what prints its packets."""

    def __init__(self, place: Place, meeting: str = "mixed", beside: Desk | None = None) -> None:
        from planstudio import app
        from planstudio.domain.kinds import Access
        from planstudio.packets import Packets

        self._packets, self._public = Packets, Access.PUBLIC
        self.workspace = beside.workspace if beside else app.open_workspace(place.plan)
        self.meeting, self.item = place.meetings[meeting]
        self.office: Any = None

    def open(self, cache: Path | None) -> None:
        if self.office is not None:
            self.office.close()
        self.office = self._packets(self.workspace, cache)

    def shot(self) -> Any:
        return self.office.snapshot(self.meeting, self._public)

    def print(self, *, search: bool = True, **how: Any) -> Printing:
        """The packet, and when its files were taken in and its pages bound; the rest is the search for leaks."""
        told: list[tuple[float, float]] = []
        start = Clock.now()

        def note(share: float, _words: str) -> None:
            told.append((share, time.perf_counter()))

        printed = (self.office.print if search else self.office.draw)(self.shot(), progress=note, **how)
        took = Clock.now() - start
        imported = next((at for share, at in reversed(told) if share <= _TAKEN), start.wall) - start.wall
        bound = told[-1][1] - start.wall
        return Printing(took, {"files": imported, "pages": bound - imported, "search": took.wall - bound}, printed)

    def edit(self, n: int) -> None:
        from planstudio.operations.meetings import edit_item

        self.workspace.do("Edit", edit_item, self.item, rationale=f"It is cheaper by ${n},000.")

    def close(self) -> None:
        self.office.close()
        self.workspace.close()


def part_print(place: Place) -> dict[str, Any]:
    _read_modules()
    desk = Desk(place)
    desk.open(place.cache("print"))
    base = resident()
    first = desk.print()
    result = {"first": first.said, "first peak MB": peak(), "base MB": base} | _what_is_in(first.packet)
    del first  # the program, too, keeps no more than one packet
    again, same = [], []
    for n in range(3):
        desk.edit(n)
        again.append(desk.print().said)
        same.append(desk.print().said)
    result |= {"again": again, "same": same, "peak MB": peak()}
    desk.close()
    return result


def _what_is_in(packet: Any) -> dict[str, int]:
    facts = [paper.facts for paper in packet.papers]
    return {
        "pages": packet.pages,
        "kilobytes": len(packet.pdf) // 1024,
        "foreign pages": sum(each.pages for each in facts if each.included),
        "files left out": sum(not each.included for each in facts),
    }


def part_bind(place: Place) -> dict[str, Any]:
    from papers import text_files

    from planstudio.reports.foreign.intake import Intake

    _read_modules()
    files = [(file.name, file.data, "") for file in text_files(_FOREIGN // 12, 12)]
    start = Clock.now()
    with Intake() as intake:
        imported = intake.take_all(files)
    taking = Clock.now() - start
    assert sum(each.facts.pages for each in imported) == _FOREIGN
    bare = Desk(place, "bare")
    desks = {"bare": bare, "text": Desk(place, "text", beside=bare)}
    cache = place.cache("bind")
    for desk in desks.values():
        desk.open(cache)
        desk.print()
    least: dict[str, float] = {}
    for search in (False, True):
        for name in ("bare", "text") * 4:
            desks[name].open(cache)  # what was set is forgotten, what was taken in is on the disk
            took = desks[name].print(search=search).took.cpu
            key = f"{name}{', searched' if search else ''}"
            least[key] = min(took, least.get(key, took))
    desks["text"].office.close()
    bare.close()
    return {
        "take in, CPU s": taking.cpu, "take in, wall s": taking.wall, "printed": least,
        "bind, CPU s": least["text"] - least["bare"],
        "bind and search, CPU s": least["text, searched"] - least["bare, searched"],
    }  # fmt: skip


def part_cancel(place: Place) -> dict[str, Any]:
    _read_modules()
    desk = Desk(place)
    found: list[dict[str, Any]] = []
    for delay in _DELAYS:
        desk.open(place.cache("cancel"))
        found.append(_stop(desk, delay, "cold"))
    warm = place.cache("cancel")
    desk.open(warm)
    desk.print()
    desk.open(warm)
    whole = desk.print().took.wall
    for tenth in range(1, 20, 2):
        desk.open(warm)
        found.append(_stop(desk, whole * tenth / 20, "warm"))
    desk.close()
    worst = max(found, key=lambda each: each["latency"])
    before = max(each["latency"] for each in found if not each["told"].startswith(_BOUND))
    return {"tries": found, "worst": worst, "worst before the search, s": before, "warm print, s": whole}


def _stop(desk: Desk, delay: float, cache: str) -> dict[str, Any]:
    """Print in a thread, wish to stop after *delay*; how long until it has."""
    from planstudio.reports.printed import Cancelled

    shot, stop, said = desk.shot(), threading.Event(), [""]
    ended: dict[str, Any] = {"how": "printed", "at": 0.0}

    def work() -> None:
        try:
            desk.office.print(
                shot, progress=lambda share, words: said.__setitem__(0, f"{share:.2f} {words}"), cancelled=stop.is_set
            )
        except Cancelled:
            ended["how"] = "stopped"
        ended["at"] = time.perf_counter()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(delay)
    alive, at, where = thread.is_alive(), time.perf_counter(), said[0]
    stop.set()
    thread.join()
    latency = ended["at"] - at if alive else 0.0
    return {"cache": cache, "after": delay, "latency": latency, "ended": ended["how"], "told": where}


# ── the window


def part_window(place: Place, explain: bool) -> dict[str, Any]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from planstudio import app
    from planstudio.gui import theme
    from planstudio.gui.settings import Settings
    from planstudio.gui.window import Window

    qt = QApplication([])
    theme.apply(qt, dark=False)
    settings = Settings(place.data / "settings.ini")
    shutil.rmtree(settings.folder / "prepared", ignore_errors=True)
    window = Window(app.open_workspace, lambda: place.plan, settings, place.data, "Bench")
    window.resize(1440, 900)
    window.show()
    meeting, item = place.meetings["mixed"]
    watch = Watch(explain)
    result: dict[str, Any] = {}

    def open_meeting() -> float:
        window.open_plan(place.plan)
        watch.wait(0.5)
        start = time.perf_counter()
        window.go(places.Place("meeting", meeting))
        window.repaint()
        return (time.perf_counter() - start) * 1000

    def is_shown() -> bool:
        packet = window.plan.view.packet
        return not packet.maker.is_busy and packet.maker.made is not None and not packet.pages._timer.isActive()

    result["opening the meeting, cold, ms"] = open_meeting()
    result["cold"] = watch.until(is_shown)
    result["idle"] = watch.until(lambda: False, most=5.0)
    for n in range(3):
        from planstudio.operations.meetings import edit_item

        before = window.plan.view.packet.maker.made
        window.plan.desk.do("Edit", edit_item, item, rationale=f"It is dearer by ${n},000.")
        watch.wait(0.3)  # the page itself is drawn; the packet follows 0.7 s after the change
        result[f"after a change {n + 1}"] = watch.until(
            lambda before=before: is_shown() and window.plan.view.packet.maker.made is not before
        )
    window.close_plan()
    result["opening the meeting, warm, ms"] = open_meeting()
    result["warm"] = watch.until(is_shown)
    result["pages"] = window.plan.view.packet.maker.made.printed.pages
    result["peak MB"] = peak()
    window.close()
    return result


class Watch:
    """Ticks each millisecond on the window's thread, and notes the gaps."""

    def __init__(self, explain: bool) -> None:
        from PySide6.QtCore import QEventLoop, Qt, QTimer

        self._loop = QEventLoop()
        self._tick = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._ticked)
        self._look = QTimer(interval=20)
        self._look.timeout.connect(self._looked)
        self._stood: Counter[str] = Counter()
        self._running = False
        self._gaps: list[tuple[float, float]] = []
        self._last = self._start = self._end = 0.0
        self._ready: Callable[[], bool] = lambda: False
        if explain:
            threading.Thread(target=self._sample, args=(threading.get_ident(),), daemon=True).start()

    def wait(self, seconds: float) -> None:
        self.until(lambda: False, most=seconds)

    def until(self, ready: Callable[[], bool], most: float = 300.0) -> dict[str, Any]:
        """Run the window until *ready*; the gaps meanwhile, in milliseconds."""
        self._ready, self._gaps = ready, []
        self._start = self._last = time.perf_counter()
        self._end = self._start + most
        self._stood.clear()
        self._running = True
        self._tick.start()
        self._look.start()
        self._loop.exec()
        self._running = False
        self._tick.stop()
        self._look.stop()
        gaps = sorted(((gap * 1000, at) for gap, at in self._gaps), reverse=True)
        found: dict[str, Any] = {
            "seconds": self._last - self._start,
            "longest, ms": gaps[0][0] if gaps else 0.0,
            "longest five, ms at s": [(round(gap, 1), round(at, 2)) for gap, at in gaps[:5]],
            "gaps above 50 ms": sum(gap > PAUSE * 1000 for gap, _at in gaps),
        }
        if self._stood:
            found["where"] = self._stood.most_common(25)
        return found

    def _ticked(self) -> None:
        now = time.perf_counter()
        self._gaps.append((now - self._last, now - self._start))
        self._last = now

    def _sample(self, window: int) -> None:
        """Each 5 ms of a pause, note where the window's thread stands, and the one that prints.

        When this thread could not wake either, something has held the interpreter.
        """
        while True:
            asleep = time.perf_counter()
            time.sleep(0.005)
            now = time.perf_counter()
            if not self._running or now - self._last < PAUSE / 2:
                continue
            names = {thread.ident: thread.name for thread in threading.enumerate()}
            lines = [f"held the interpreter {now - asleep:.2f} s"] if now - asleep > 0.02 else []
            for ident, frame in sys._current_frames().items():
                if ident == window or names.get(ident, "").startswith("job"):
                    lines.append(f"{'window' if ident == window else 'job'}: {_where(frame)}")
            self._stood[" | ".join(lines)] += 1

    def _looked(self) -> None:
        if time.perf_counter() > self._end or self._ready():
            self._loop.quit()


def _where(frame: FrameType | None, most: int = 6) -> str:
    """The innermost functions of *frame*, but for the standard library's."""
    found: list[str] = []
    while frame is not None and len(found) < most:
        path = Path(frame.f_code.co_filename)
        if "site-packages" in path.parts or "planstudio" in path.parts:
            found.append(f"{path.stem}.{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(found)


# ── all of it


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Each part in its process, in turns."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        found["made"] = _call("make", Path(folder), options)
        for _round in range(options.rounds):
            for part in options.parts.split(","):
                found.setdefault(part, []).append(_call(part, Path(folder), options))
    return found


def _call(part: str, folder: Path, options: argparse.Namespace) -> Any:
    command = [sys.executable, __file__, "--part", part, "--folder", str(folder)]
    command += ["--explain"] if options.explain else []
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def table(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Lines of what, how much, and the aim."""
    lines: list[tuple[str, str, str]] = []

    def line(what: str, value: float, unit: str, aim: float | None = None, more: str = "") -> None:
        met = "" if aim is None else f"< {aim:g}" + ("" if value < aim else ", missed")
        number = f"{value:.0f}" if isinstance(value, int) or value >= 100 else f"{value:.2f}"
        lines.append((what, f"{number} {unit:2}", f"{met:16}{more}".rstrip()))

    for each in found.get("print", ()):
        first = each["first"]
        more = f"({each['foreign pages']} foreign; {each['files left out']} files left out; {each['kilobytes']} KB)"
        line("pages", each["pages"], "", more=more)
        line("first print, wall", first["wall"], "s", more=_phases([first]))
        line("first print, CPU", first["own"] + first["children"], "s", more=f"({first['own']:.2f} of it here)")
        for name, words in (("again", "after one item changed"), ("same", "after nothing changed")):
            wall = statistics.median(one["wall"] for one in each[name])
            cpu = statistics.median(one["own"] + one["children"] for one in each[name])
            line(f"{words}, wall", wall, "s", more=_phases(each[name]))
            line(f"{words}, CPU", cpu, "s")
            line("  wall, share of the first print", wall / first["wall"], "", 0.1 if name == "again" else None)
            line("  CPU, share of the first print", cpu / (first["own"] + first["children"]), "")
        line("memory over the base, first print", each["first peak MB"] - each["base MB"], "MB", 100)
        line("memory over the base, all prints", each["peak MB"] - each["base MB"], "MB", 100)
    for each in found.get("bind", ()):
        line(f"take in {_FOREIGN} pages, CPU", each["take in, CPU s"], "s")
        line(f"bind {_FOREIGN} pages, CPU", each["bind, CPU s"], "s", 2)
        line("  and search them for what is withheld, CPU", each["bind and search, CPU s"], "s", 2)
    for each in found.get("cancel", ()):
        worst = each["worst"]
        more = f"({worst['cache']} cache, after {worst['after']:.1f} s, at “{worst['told']}”: {worst['ended']})"
        line("stop, worst", worst["latency"], "s", 1, more)
        line("  worst before the file is searched for leaks", each["worst before the search, s"], "s", 1)
    for each in found.get("window", ()):
        line("window idle, longest pause", each["idle"]["longest, ms"], "ms")
        for name in ("cold", "after a change 1", "after a change 2", "after a change 3", "warm"):
            if name in ("cold", "warm"):
                line(f"opening the meeting, {name}", each[f"opening the meeting, {name}, ms"], "ms")
            more = f"({each[name]['gaps above 50 ms']} above 50 in {each[name]['seconds']:.1f} s)"
            line(f"window, {name}, longest pause", each[name]["longest, ms"], "ms", 50, more)
    return lines


def _phases(prints: list[dict[str, Any]]) -> str:
    middle = {name: statistics.median(each["phases"][name] for each in prints) for name in prints[0]["phases"]}
    return "(" + ", ".join(f"{name} {seconds:.2f}" for name, seconds in middle.items()) + ")"


def main() -> None:
    parser = argparse.ArgumentParser(description="Packets: print, print again, bind, cancel, and the window meanwhile.")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--explain", action="store_true", help="say where the threads stood when the window did")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        place = Place(options.folder)
        _no_office()
        parts: dict[str, Callable[[], Any]] = {
            "make": lambda: make(place), "print": lambda: part_print(place), "bind": lambda: part_bind(place),
            "cancel": lambda: part_cancel(place), "window": lambda: part_window(place, options.explain),
        }  # fmt: skip
        json.dump(parts[options.part](), sys.stdout)
        return
    found = run(options)
    if options.json:
        json.dump(found, sys.stdout, indent=2)
        print()
        return
    for what, value, aim in table(found):
        print(f"{what:50}{value:>12}  {aim}")
    for each in found.get("window", ()):
        for name, said in each.items():
            if isinstance(said, dict) and said.get("where"):
                print(f"\nWhere the threads were while the window stood still, {name}:")
                for where, samples in said["where"]:
                    print(f"{samples * 5:6} ms  {where}")


if __name__ == "__main__":
    main()
