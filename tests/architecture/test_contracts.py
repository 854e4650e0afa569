"""The import contracts hold, and each of them would notice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]

# For each contract: where an import is planted, which, and how the report names it.
PLANTED = {
    "Layers": (
        "domain/clock.py",
        "import planstudio.store.engine",
        "planstudio.domain.clock -> planstudio.store.engine",
    ),
    "Layers of the window": (
        "gui/theme.py",
        "import planstudio.gui.window",
        "planstudio.gui.theme -> planstudio.gui.window",
    ),
    "Layers of the reports": (
        "reports/writer.py",
        "import planstudio.reports.goals",
        "planstudio.reports.writer -> planstudio.reports.goals",
    ),
    "Layers of the intake of files": (
        "reports/foreign/imported.py",
        "import planstudio.reports.foreign.worker",
        "planstudio.reports.foreign.imported -> planstudio.reports.foreign.worker",
    ),
    "Layers of the packet": (
        "reports/meeting/front.py",
        "import planstudio.reports.meeting.packet",
        "planstudio.reports.meeting.front -> planstudio.reports.meeting.packet",
    ),
    "Only gui and app know Qt": ("queries/goals.py", "import PySide6.QtCore", "planstudio.queries.goals -> PySide6"),
    "The domain needs nothing but the standard library": (
        "domain/codes.py",
        "import sqlalchemy",
        "planstudio.domain.codes -> sqlalchemy",
    ),
    "Reports and exchange cannot query": (
        "exchange/plan_json.py",
        "from sqlalchemy import select",
        "planstudio.exchange.plan_json -> sqlalchemy",
    ),
    "Tables are for the workspace, operations and queries": (
        "reports/book.py",
        "import planstudio.store.schema",
        "planstudio.reports.book -> planstudio.store.schema",
    ),
    "Widgets and models know values, not services": (
        "gui/widgets/section.py",
        "import planstudio.workspace",
        "planstudio.gui.widgets.section -> planstudio.workspace",
    ),
    "taggedpdf knows nothing of Plan Studio": (
        "../taggedpdf/tags.py",
        "import planstudio.i18n",
        "taggedpdf.tags -> planstudio.i18n",
    ),
    "Layers of taggedpdf": ("../taggedpdf/font.py", "import taggedpdf.canvas", "taggedpdf.font -> taggedpdf.canvas"),
    "No cycles": ("domain/clock.py", "import planstudio.domain.progress\nimport planstudio.domain.texts", ""),
}
_CYCLE = ("domain/errors.py", "import planstudio.domain.clock")


def _lint(root: Path) -> str:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache", "--config", str(root / "pyproject.toml")],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src"), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert "Contracts" in done.stdout, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's sources, to plant something in."""
    root = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copyfile(ROOT / "pyproject.toml", root / "pyproject.toml")
    return root


def test_every_contract_is_kept(copy: Path) -> None:
    report = _lint(copy)
    assert "0 broken" in report, report
    assert f"{len(CONTRACTS)} kept" in report


def test_every_contract_has_a_violation_to_notice() -> None:
    assert [contract["name"] for contract in CONTRACTS] == list(PLANTED)


@pytest.mark.parametrize("name", PLANTED)
def test_the_contract_notices_a_planted_import(name: str, copy: Path) -> None:
    where, line, told = PLANTED[name]
    plants = [(where, line)] + ([_CYCLE] if name == "No cycles" else [])
    kept = {}
    for module, planted in plants:
        path = copy / "src" / "planstudio" / module
        kept[path] = path.read_text("utf-8")
        path.write_text(f"{kept[path]}\n{planted}\n", "utf-8")
    try:
        report = _lint(copy)
    finally:
        for path, text in kept.items():
            path.write_text(text, "utf-8")
    assert f"{name} BROKEN" in report, report
    assert told in report


def test_the_layers_name_every_part_of_the_program() -> None:
    """A new module has to be given its place: the contract of the layers is exhaustive."""
    layers = next(contract for contract in CONTRACTS if contract["name"] == "Layers")
    named = {part.strip() for layer in layers["layers"] for part in layer.split("|")}
    there = {path.stem for path in (ROOT / "src" / "planstudio").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert there - named <= {"__init__", "__pycache__"}
    assert layers["exhaustive"]
