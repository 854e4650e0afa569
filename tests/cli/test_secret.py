"""Commands on a plan under a password: asked once, by the environment or without showing it, never an argument."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.conftest import Run
from factories import add_goal
from planstudio import app
from planstudio.cli import passwords
from planstudio.store import doors

WORDS = "four calm owls reading"
OTHER = "nine quick foxes writing"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    doors.forget()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(passwords.VARIABLE, WORDS)


@pytest.fixture
def secret(imported: Path, tmp_path: Path, run: Run, given: None) -> Path:
    """The page as a plan under a password; nobody has given that yet."""
    target = tmp_path / "otter.planstudiox"
    said = run("protect", imported, "-o", target)
    assert said.code == 0
    assert "otter.planstudio, its working copy and its backups on this computer are still there" in said.err
    doors.forget()
    return target


def test_every_command_takes_the_password_from_the_environment(
    secret: Path, imported: Path, done: Run, tmp_path: Path
) -> None:
    assert done("show", secret).out == done("show", imported).out
    for words in (
        ("check", secret), ("status", secret), ("history", secret), ("conflicts", secret), ("undo", secret),
        ("redo", secret), ("backups", secret), ("restore", secret, "newest"),
        ("print", secret, "-o", tmp_path / "x.pdf"), ("export", secret, "-o", tmp_path / "x.json"),
        ("copy", secret, "--whole", "-o", tmp_path / "whole.planstudiox"),
        ("merge", secret, tmp_path / "whole.planstudiox"),
        ("copy", secret, "--clean", "-o", tmp_path / "clean.planstudio"),
        ("new", tmp_path / "new.planstudiox"),
    ):  # fmt: skip
        doors.forget()
        done(*words)
    assert not (tmp_path / "whole.planstudiox").read_bytes().startswith(b"SQLite")
    assert not (tmp_path / "new.planstudiox").read_bytes().startswith(b"SQLite")


def test_a_wrong_password_and_none_are_told(secret: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(passwords.VARIABLE, "something else")
    said = run("show", secret)
    assert (said.code, said.out) == (2, "")
    assert "This is not the password of this plan." in said.err
    monkeypatch.delenv(passwords.VARIABLE)
    said = run("show", secret)
    assert said.code == 2
    assert passwords.VARIABLE in said.err


def test_on_a_terminal_it_is_asked_for_without_showing_it(
    secret: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(passwords.VARIABLE)
    monkeypatch.setattr(passwords, "_can_ask", lambda: True)
    asked: list[str] = []
    answers = iter(["not this", WORDS])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: asked.append(prompt) or next(answers))
    said = run("show", secret)
    assert said.code == 0
    assert said.err.count("This is not the password of this plan.") == 1
    assert asked == ["Password of otter.planstudiox: "] * 2


def test_salvage_refuses_plainly_and_a_report_takes_no_plans_place(secret: Path, run: Run, tmp_path: Path) -> None:
    assert "cannot be read in parts" in run("restore", secret, "--salvage", tmp_path / "new.planstudio").err
    before = secret.read_bytes()
    assert "would take a plan's place" in run("print", secret, "-o", secret, "--force").err
    assert secret.read_bytes() == before


def test_a_password_in_the_environment_works_in_a_process_of_its_own(secret: Path, data: Path) -> None:
    source = Path(__file__).parents[2] / "src"
    environment = os.environ | {"PYTHONPATH": str(source), "PLANSTUDIO_DATA": str(data), passwords.VARIABLE: WORDS}
    done = subprocess.run(
        [sys.executable, "-m", "planstudio", "check", str(secret)], env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Sound" in done.stdout


@pytest.fixture
def other_copy(secret: Path, tmp_path: Path, done: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the plan, put under another password on another computer, with a goal more."""
    copy = tmp_path / "copy.planstudiox"
    done("copy", secret, "--whole", "-o", copy)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("PLANSTUDIO_DATA", str(tmp_path / "laptop"))
        workspace = app.open_workspace(copy)
        workspace.change_password(OTHER)
        add_goal(workspace, "From Ana")
        workspace.publish()
        workspace.close()
    doors.forget()
    return copy


def test_a_copy_under_another_password_is_merged_by_a_variable_of_its_own(
    secret: Path, other_copy: Path, run: Run, done: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run("merge", secret, other_copy)
    assert said.code == 2
    assert "copy.planstudiox is under another password" in said.err
    assert passwords.COPY_VARIABLE in said.err
    doors.forget()
    monkeypatch.setenv(passwords.COPY_VARIABLE, "something else")
    assert "This is not the password of this plan." in run("merge", secret, other_copy).err
    doors.forget()
    monkeypatch.setenv(passwords.COPY_VARIABLE, OTHER)
    assert "Took in 1 step of" in done("merge", secret, other_copy).out
    assert "From Ana" in done("show", secret).out


def test_a_copy_under_another_password_is_asked_about_on_a_terminal(
    secret: Path, other_copy: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(passwords.VARIABLE)
    monkeypatch.setattr(passwords, "_can_ask", lambda: True)
    answers = {"otter.planstudiox": [WORDS], "copy.planstudiox": ["not this", OTHER]}

    def ask(prompt: str) -> str:
        return next(said for name, said in answers.items() if name in prompt).pop(0)

    monkeypatch.setattr(getpass, "getpass", ask)
    said = run("merge", secret, other_copy)
    assert said.code == 0
    assert said.err.count("This is not the password of this plan.") == 1
    assert "Took in 1 step of" in said.out
