"""Office files become tagged PDF by the LibreOffice of this computer, if it has one.

It runs in a profile of its own that is thrown away, without macros, without a
window, and not longer than PATIENCE.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from planstudio.domain.intake import Trouble
from planstudio.reports.printed import go_on

PATIENCE = 120.0  # seconds
_POLL = 0.04
_LARGEST = 300_000_000
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_WINDOWS = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432")
_WRITER = frozenset({"docx", "docm", "doc", "odt", "rtf"})
_CALC = frozenset({"xlsx", "xlsm", "xls", "ods"})
_TAGGED = '{"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"}}'
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def converter() -> str | None:
    """The path of LibreOffice's program, if there is one."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _usual_places() if Path(place).is_file()), None)


def _usual_places() -> Iterator[str]:
    yield from _PLACES
    for folder in filter(None, map(os.environ.get, _WINDOWS)):
        for ending in ("com", "exe"):
            yield str(Path(folder) / "LibreOffice" / "program" / f"soffice.{ending}")


def export_filter(kind: str) -> str:
    """What LibreOffice is told to make of a file of this kind."""
    program = "writer" if kind in _WRITER else "calc" if kind in _CALC else "impress"
    return f"pdf:{program}_pdf_Export:{_TAGGED}"


def convert(
    data: bytes, kind: str, cancelled: Callable[[], bool] | None = None, patience: float = PATIENCE
) -> bytes | Trouble:
    """The file as PDF, or why there is none."""
    program = converter()
    if program is None:
        return Trouble.NO_CONVERTER
    with TemporaryDirectory(prefix="planstudio-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made = folder / f"file.{kind}", folder / "made" / "file.pdf"
        source.write_bytes(data)
        made.parent.mkdir()
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, "utf-8")
        arguments = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--nodefault", "--nofirststartwizard", "--convert-to", export_filter(kind),
            "--outdir", str(made.parent), str(source),
        ]  # fmt: skip
        trouble = _run(arguments, folder, cancelled, patience)
        if trouble is not None:
            return trouble
        if not made.is_file():
            return Trouble.FAILED
        return made.read_bytes() if made.stat().st_size <= _LARGEST else Trouble.TOO_LARGE


def _run(arguments: list[str], folder: Path, cancelled: Callable[[], bool] | None, patience: float) -> Trouble | None:
    """Run in a process group of its own: LibreOffice's launcher starts the program proper."""
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    try:
        process = subprocess.Popen(
            arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32", creationflags=flags,
        )  # fmt: skip
    except OSError:
        return Trouble.NO_CONVERTER
    until = time.monotonic() + patience
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return None if process.wait(_POLL) == 0 else Trouble.FAILED
            go_on(cancelled)
            if time.monotonic() > until:
                return Trouble.TOO_LARGE
    finally:
        _kill_group(process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):  # all of the group has ended
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
