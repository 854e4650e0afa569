"""The manual names every command and every option, and so does the help."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.conftest import Run
from planstudio import cli

PAGE = (Path(__file__).parents[2] / "docs" / "manual" / "command-line.md").read_text("utf-8")


def _subparsers() -> dict[str, argparse.ArgumentParser]:
    (action,) = (a for a in cli.parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(action.choices)


COMMANDS = _subparsers()


def _section(command: str) -> str:
    found = re.search(rf"^## planstudio {command}\b.*?\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    assert found, f"the manual has no section for {command}"
    return found[0]


def _arguments(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    yield from (action for action in parser._actions if not isinstance(action, argparse._HelpAction))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_manual_tells_every_option_and_choice(command: str) -> None:
    section = _section(command)
    for action in _arguments(COMMANDS[command]):
        for word in [*action.option_strings, *(action.choices or ())]:
            assert f"`{word}`" in section or f"`{word} " in section, word
        if action.metavar:
            assert str(action.metavar) in section


def test_the_manual_tells_no_option_that_is_not_there() -> None:
    for command, parser in COMMANDS.items():
        known = {word for action in parser._actions for word in action.option_strings}
        assert set(re.findall(r"^\| `(--?[\w-]+)", _section(command), re.M)) <= known, command


def test_the_manual_tells_the_exit_codes_and_the_version() -> None:
    assert "`planstudio --version`" in PAGE
    assert "exit code is 0" in PAGE
    assert re.search(r"\b2 with one sentence\b", PAGE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_on_everything(command: str, run: Run) -> None:
    said = run(command, "--help")
    assert (said.code, said.err) == (0, "")
    words = " ".join(said.out.split())
    for action in _arguments(COMMANDS[command]):
        assert action.help, f"{command} {action.dest} has no help"
        assert " ".join(str(action.help % vars(action) if "%" in action.help else action.help).split()) in words


def test_the_help_lists_every_command_with_its_words(run: Run) -> None:
    said = run("--help")
    assert said.code == 0
    for command in COMMANDS:
        assert re.search(rf"^    {command}\s+\w", said.out, re.M), command
