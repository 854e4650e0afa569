"""Walks a window as a screen reader does and says in JSON what it met; run by the system's Python, which has AT-SPI.

In a session bus of its own: starts a display, the accessibility bus and the program, and looks at all that is there,
again and again, while the program goes from page to page.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

WALKS = 6
PATIENCE = 300  # seconds


def main(bus: str, last: str, *program: str) -> None:
    """*last*: what is waited for, beside a number of walks."""
    read, write = os.pipe()
    display = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24"], pass_fds=[write])
    os.environ["DISPLAY"] = ":" + os.read(read, 20).decode().strip()
    launcher = subprocess.Popen([bus, "--launch-immediately"])
    shown = subprocess.Popen(program)
    met: Counter[str] = Counter()
    announced: list[str] = []
    try:
        Atspi.init()
        listener = Atspi.EventListener.new(lambda event: announced.append(str(event.any_data)))
        listener.register("object:announcement")
        end, walks = time.monotonic() + PATIENCE, 0

        def look() -> bool:
            nonlocal walks
            desk = Atspi.get_desktop(0)
            for n in range(desk.get_child_count()):
                found = desk.get_child_at_index(n)
                if found is not None and found.get_name() == "Plan Studio":
                    walks += walk(found, met)
            heard = last in " ".join(announced)
            if shown.poll() is not None or (walks >= WALKS and heard) or time.monotonic() > end:
                Atspi.event_quit()
                return False
            return True

        GLib.timeout_add(200, look)
        Atspi.event_main()
        alive = shown.poll() is None
    finally:
        for process in (shown, launcher, display):
            process.terminate()
            process.wait()
    sys.stdout.write(json.dumps({"alive": alive, "walks": walks, "met": met, "announced": announced}))


def walk(one: Atspi.Accessible, met: Counter[str]) -> int:
    """Ask everything of *one* and of what is in it; whether there was something."""
    try:
        role, actions = one.get_role_name(), one.get_action_iface()
        names = [Atspi.Action.get_action_name(actions, n) for n in range(actions.get_n_actions())] if actions else []
        level = (one.get_attributes() or {}).get("level", "")
        named = "named" if one.get_name() else "nameless"
        met[
            " ".join(filter(None, (role, named, "pressed" if "Press" in names else "", level and f"level {level}")))
        ] += 1
        one.get_state_set()
        for n in range(min(one.get_child_count(), 80)):
            child = one.get_child_at_index(n)
            if child is not None:
                walk(child, met)
    except GLib.GError:
        return 0  # it has gone meanwhile
    return 1


if __name__ == "__main__":
    main(*sys.argv[1:])
