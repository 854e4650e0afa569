"""Rules of the house that a reader of one line can check: no file may break them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "planstudio"
FILES = sorted([*SOURCE.rglob("*.py"), *(SOURCE.parent / "taggedpdf").rglob("*.py")])
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}

# Where a bug is met at the edge of the program and told; each names its reason in the code.
CATCHES_ALL = {"gui/problems.py", "gui/jobs.py"}
# What a process has once: the last id, the language, the look.
KEPT_STATE = {"domain/ids.py", "i18n.py", "gui/theme.py"}


def _name(path: Path) -> str:
    return path.relative_to(SOURCE if path.is_relative_to(SOURCE) else SOURCE.parent).as_posix()


def _nodes(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield f"{_name(path)}:{getattr(node, 'lineno', 0)}", node


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 100


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_every_module_says_what_it_holds(path: Path) -> None:
    said = ast.get_docstring(TREES[path])
    assert said, "no docstring"
    assert said[0].isupper() or said[0] in "`\"'" or not said[0].isalpha() or path.name == "__main__.py"


def test_nothing_catches_every_exception_and_goes_on() -> None:
    found = []
    for place, node in _nodes(ast.ExceptHandler):
        assert isinstance(node, ast.ExceptHandler)
        names = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else {"everything"}
        raises = any(isinstance(inner, ast.Raise) for statement in node.body for inner in ast.walk(statement))
        if names & {"Exception", "BaseException", "everything"} and not raises:
            found.append(place)
    assert [place for place in found if place.split(":")[0] not in CATCHES_ALL] == []


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_nothing_runs_the_event_loop_by_hand_or_sleeps() -> None:
    calls = [place for place, node in _nodes(ast.Call) if _called(node) in ("processEvents", "sleep")]  # type: ignore[arg-type]
    assert calls == []


def test_nothing_is_built_before_it_is_translated() -> None:
    """`_(f"…")` and `_("a" + x)` have no words that a translator could collect."""
    built = []
    for place, node in _nodes(ast.Call):
        assert isinstance(node, ast.Call)
        texts = {"_": node.args[:1], "N_": node.args[:1], "ngettext": node.args[:2]}.get(_called(node), [])
        for text in texts:
            formatted = isinstance(text, ast.Call) and _called(text) in ("format", "join", "replace")
            if formatted or isinstance(text, ast.JoinedStr | ast.BinOp | ast.IfExp):
                built.append(place)
    assert built == []


def test_no_rule_asks_the_computer_for_the_day() -> None:
    asked = []
    for place, node in _nodes(ast.Call):
        assert isinstance(node, ast.Call)
        if _called(node) == "today" and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            asked += [place] if node.func.value.id == "date" else []
    assert asked == []


def test_dates_are_written_by_one_module() -> None:
    """`strftime` makes names of files and metadata, never words for people."""
    used = {place.split(":")[0] for place, node in _nodes(ast.Call) if _called(node) == "strftime"}  # type: ignore[arg-type]
    assert used <= {"store/backups.py", "store/restore.py", "store/working.py"}


def test_nothing_of_a_module_is_changed_while_it_runs() -> None:
    assert {place.split(":")[0] for place, _node in _nodes(ast.Global)} <= KEPT_STATE


def test_no_module_makes_a_service_for_others_to_import() -> None:
    """A window, an engine, a session or a workspace is made by app.py and given to whoever needs it."""
    services = {"Workspace", "Document", "Desk", "Window", "QApplication", "Session", "create_engine", "open_engine"}
    made = []
    for path, tree in TREES.items():
        for node in tree.body:
            value = getattr(node, "value", None)
            if (
                isinstance(node, ast.Assign | ast.AnnAssign)
                and isinstance(value, ast.Call)
                and _called(value) in services
            ):
                made.append(f"{_name(path)}:{node.lineno}")
    assert made == []


def test_nothing_is_printed_but_by_the_command_line() -> None:
    printed = {
        place.split(":")[0]
        for place, node in _nodes(ast.Call)
        if isinstance(node.func, ast.Name) and _called(node) == "print"
    }  # type: ignore[arg-type]
    assert {name for name in printed if not name.startswith("gui/")} == set()


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "base", "manager", "misc"])
def test_no_module_has_a_name_that_says_nothing(name: str) -> None:
    assert not [path for path in FILES if name in (path.stem, path.parent.name)]


def test_only_the_workspace_begins_and_ends_transactions() -> None:
    given = ("operations/", "queries/", "reports/", "exchange/")
    found = {
        place
        for place, node in _nodes(ast.Call)
        if _called(node) in ("commit", "rollback", "begin_nested", "expire_all")
    }  # type: ignore[arg-type]
    assert [place for place in found if place.startswith(given)] == []


def test_no_write_escapes_the_journal() -> None:
    """Rows go by the ORM: no `delete()` or `update()` statement in an operation."""
    found = []
    for path, tree in TREES.items():
        if _name(path).startswith("operations/"):
            found += [
                _name(path)
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy"
                for alias in node.names
                if alias.name in ("delete", "update", "insert", "text")
            ]
    assert found == []
