"""The intake survives every file: it kills what does not answer, keeps what it took, and stops when asked."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from planstudio import i18n
from planstudio.domain.intake import FileKind, Trouble
from planstudio.reports import Cancelled, Printed
from planstudio.reports.foreign import Given, Intake
from planstudio.reports.foreign.confinement import COUNTS_WORK
from planstudio.reports.foreign.file_cache import FileCache
from planstudio.reports.foreign.imported import ImportedFile
from planstudio.reports.foreign.worker import Worker, command
from reports.foreign import files

DEAF = [sys.executable, "-c", "import time; time.sleep(60)"]
MAD = [sys.executable, "-c", "import sys; sys.stdout.write('<html>' * 100); sys.stdout.flush(); sys.stdin.read()"]
DEAD = [sys.executable, "-c", "raise SystemExit(3)"]


class Watched(Worker):
    """A worker that tells how often it was asked."""

    asked: list[str]

    def take(self, name: str, *rest: object) -> ImportedFile:  # type: ignore[override]
        self.asked.append(name)
        return super().take(name, *rest)  # type: ignore[arg-type]


@pytest.fixture
def watched() -> type[Watched]:
    class Fresh(Watched):
        asked: list[str] = []

    return Fresh


def test_one_process_takes_many_files(watched: type[Watched]) -> None:
    made: list[Watched] = []

    def make() -> Watched:
        made.append(watched())
        return made[-1]

    with Intake(make_worker=make) as intake:
        kinds = [
            intake.take("Bids.pdf", files.text_pages(1)).facts.kind,
            intake.take("Roof.png", files.picture(files.drawing())).facts.kind,
            intake.take("Note.txt", b"words").facts.kind,
        ]
        first = made[0].pid
        intake.take("Other.txt", b"other words")
        assert (len(made), made[0].pid) == (1, first)
    assert kinds == [FileKind.TEXT, FileKind.PICTURE, FileKind.PLAIN]
    assert made[0].pid is None


def test_nothing_is_started_before_it_is_needed(watched: type[Watched]) -> None:
    with Intake(make_worker=watched) as intake:
        assert intake.take("Bids.pdf", b"").facts.trouble is Trouble.EMPTY
    assert watched.asked == []


def test_what_was_taken_once_is_kept(tmp_path: Path, watched: type[Watched]) -> None:
    data = files.text_pages(2)
    with Intake(tmp_path, make_worker=watched) as intake:
        first = intake.take("Bids.pdf", data)
        assert intake.take("Bids.pdf", data) is first
    with Intake(tmp_path, make_worker=watched) as another:
        assert another.take("Bids.pdf", data) == first
    assert watched.asked == ["Bids.pdf"]
    with Intake(tmp_path, make_worker=watched) as another:
        another.take("Offers.pdf", data)  # its name is said in the structure
        another.take("Bids.pdf", data, description="Three bids")
    assert watched.asked == ["Bids.pdf", "Offers.pdf", "Bids.pdf"]
    assert [path for path in tmp_path.iterdir() if path.suffix != ".bin"] == []


def test_what_was_kept_in_another_language_is_taken_anew(tmp_path: Path, watched: type[Watched]) -> None:
    with Intake(tmp_path, make_worker=watched) as intake:
        intake.take("Bids.pdf", files.scan_pages(1))
        i18n.use("es", tmp_path)
        intake.take("Bids.pdf", files.scan_pages(1))
    assert len(watched.asked) == 2


@pytest.mark.parametrize("spoil", [b"", b"PSI1 garbage", b"PSI1\0\0\0\x02\0\0\0\0\0\0\0\0[]"])
def test_a_kept_entry_that_cannot_be_read_is_ignored(tmp_path: Path, watched: type[Watched], spoil: bytes) -> None:
    data = files.text_pages(1)
    with Intake(tmp_path, make_worker=watched) as intake:
        intake.take("Bids.pdf", data)
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(spoil)
    with Intake(tmp_path, make_worker=watched) as intake:
        assert intake.take("Bids.pdf", data).facts.kind is FileKind.TEXT
    assert len(watched.asked) == 2


def test_the_oldest_entries_make_room(tmp_path: Path) -> None:
    cache = FileCache(tmp_path, most=10_000, in_memory=0)
    for number in range(6):
        cache.put(f"k{number}", ImportedFile(FACTS, text="x" * 2_500))
        os.utime(tmp_path / f"k{number}.bin", (number, number))
    left = sorted(path.name for path in tmp_path.iterdir())
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 10_000
    assert left[-1] == "k5.bin"
    assert "k0.bin" not in left
    assert cache.get("k0") is None
    assert cache.get("k5") is not None


def test_a_folder_that_cannot_be_written_keeps_nothing_and_fails_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with Intake(blocked) as intake:
        assert intake.take("Note.txt", b"words").text == "words"


@pytest.mark.parametrize(
    ("starts", "trouble"), [(DEAD, Trouble.FAILED), (MAD, Trouble.FAILED), (DEAF, Trouble.TOO_LARGE)]
)
def test_a_process_that_dies_lies_or_is_deaf_costs_one_file(starts: list[str], trouble: Trouble) -> None:
    worker = Worker(starts, patience=0.5)
    assert worker.take("Bids.pdf", files.text_pages(1), "", None).facts.trouble is trouble
    assert worker.pid is None


@pytest.mark.skipif(not COUNTS_WORK, reason="this system ends no process by its work")
def test_a_file_that_takes_too_much_work_is_too_large_whatever_the_clock_says() -> None:
    busy = "from planstudio.reports.foreign.confinement import allow_work; allow_work(1)\nwhile True: pass"
    worker = Worker([sys.executable, "-c", busy])
    assert worker.take("Bids.pdf", files.text_pages(1), "", None).facts.trouble is Trouble.TOO_LARGE
    assert worker.pid is None


def test_a_process_that_was_killed_is_started_again() -> None:
    worker = Worker()
    try:
        assert worker.take("a.txt", b"one", "", None).text == "one"
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGTERM)
        assert worker.take("a.txt", b"two", "", None).text == "two"
    finally:
        worker.close()


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    with Intake(tmp_path, make_worker=lambda: Worker(DEAD)) as intake:
        assert intake.take("a.txt", b"words").facts.trouble is Trouble.FAILED
    with Intake(tmp_path) as intake:
        assert intake.take("a.txt", b"words").text == "words"


def test_it_stops_in_the_middle_of_a_file() -> None:
    asked = threading.Event()

    def cancelled() -> bool:
        asked.set()  # it is asked while the process works
        return True

    data = files.text_pages(1500)
    with Intake() as intake:
        intake.take("warm.txt", b"words")
        with pytest.raises(Cancelled):
            intake.take("Bids.pdf", data, cancelled=cancelled)
        assert asked.is_set()
        assert intake.take("next.txt", b"next").text == "next"


def test_a_process_that_hangs_is_left_when_asked() -> None:
    worker = Worker(DEAF)
    with pytest.raises(Cancelled):
        worker.take("a.txt", b"words", "", lambda: True)
    assert worker.pid is None


def test_many_files_come_back_in_their_order() -> None:
    given = [Given(f"{n}.txt", f"words {n}".encode()) for n in range(20)]
    told: list[tuple[float, str]] = []
    with Intake() as intake:
        imported = intake.take_all(given, progress=lambda share, name: told.append((share, name)))
        assert [each.text for each in imported] == [f"words {n}" for n in range(20)]
        assert intake.take_all([]) == []
        assert intake.take_all([("a.txt", b"plain tuples do", "")])[0].text == "plain tuples do"
    assert told[-1][0] == 1
    assert sorted(name for _share, name in told) == sorted(each.name for each in given)
    assert [share for share, _name in told] == sorted(share for share, _name in told)


def test_many_files_stop_together() -> None:
    given = [Given(f"{n}.txt", f"words {n}".encode()) for n in range(50)]
    count = 0

    def cancelled() -> bool:
        nonlocal count
        count += 1
        return count > 5

    with Intake() as intake, pytest.raises(Cancelled):
        intake.take_all(given, cancelled=cancelled)


def test_a_hostile_file_among_many_costs_only_itself() -> None:
    given = [
        Given("a.txt", b"one"),
        Given("Bids.pdf", files.bomb()),
        Given("b.txt", b"two"),
        Given("c.pdf", files.loop()),
    ]
    with Intake() as intake:
        one, bomb, two, loop = intake.take_all(given)
    assert (one.text, two.text) == ("one", "two")
    assert bomb.facts.trouble is Trouble.TOO_LARGE
    assert loop.facts.trouble is Trouble.DAMAGED


def test_the_packaged_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command() == [sys.executable, "--intake-child"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds to the limit of the address space")
def test_the_process_has_a_limit_of_memory() -> None:
    worker = Worker()
    try:
        worker.take("a.txt", b"words", "", None)
        limits = Path(f"/proc/{worker.pid}/limits").read_text("ascii")
    finally:
        worker.close()
    rows = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert rows["Max address space"] == "1100000000"
    assert rows["Max core file size"] == "0"


FACTS = files.plain_facts()


CHECKER_DIES = """
import os, sys
from planstudio.reports.foreign import child, pdf
def die(fragment): os._exit(9)
pdf.findings = die
sys.exit(child.main())
"""


def test_a_checker_that_dies_leaves_the_file_unchecked(packet: Printed) -> None:
    worker = Worker([sys.executable, "-c", CHECKER_DIES])
    try:
        facts = worker.take("Packet.pdf", packet.pdf, "", None).facts
    finally:
        worker.close()
    assert facts.kind is FileKind.TAGGED
    assert (facts.claims_ua, facts.checked, facts.verified) == (True, False, False)


def test_a_process_that_was_out_when_all_were_closed_is_ended_when_it_comes_back() -> None:
    made: list[Worker] = []
    intake = Intake(make_worker=lambda: made.append(Worker()) or made[-1])  # type: ignore[func-returns-value]

    def close_once() -> bool:
        intake.close()
        return False

    assert intake.take("Bids.pdf", files.text_pages(400), cancelled=close_once).facts.kind is FileKind.TEXT
    assert made[0].pid is None
    assert intake.take("a.txt", b"words").text == "words"
    intake.close()
