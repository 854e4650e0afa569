"""The superintendent's morning: bring in a page, edit it, attach, record, undo, crash, come back, print.

Once with a page of an invented district, and once with each of the real pages
where they are at hand. The half before the crash runs in a process of its own,
which is killed while the window is open.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from planstudio.cli import main
from planstudio.domain.kinds import Status
from planstudio.gui.pages.statement_page import StatementPage
from planstudio.gui.window import Window
from planstudio.queries.goals import goal_card, strategy_card
from planstudio.queries.plans import current_plan, plan_outline
from planstudio.queries.policies import all_policies
from planstudio.queries.statements import statement_card

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
HERE = Path(__file__).parent
PAGE = """\
Lark Hollow School District
Our Mission
We teach every child to read the world and to mend it.
Our Vision
Our graduates will be known for:
- asking before they answer
- finishing what they begin
Our Core Values
Candor
Craft
Courage
"""


def seeds() -> Iterator[Any]:
    yield pytest.param(None, id="invented")
    for n in range(5):
        path = CORPUS / "docs" / f"seed-{n}.txt"
        missing = pytest.mark.skipif(not path.exists(), reason="the real pages of ../shared/corpus are not here")
        yield pytest.param(path, id=path.stem, marks=missing)


@pytest.fixture
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param is not None:
        return Path(request.param)
    path = tmp_path / "mission.txt"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.mark.parametrize("document", list(seeds()), indirect=True)
def test_a_page_is_brought_in_edited_and_printed_and_a_crash_costs_nothing(
    document: Path, tmp_path: Path, data: Path, make_window: Callable[[], Window], qtbot, monkeypatch, capsys
) -> None:
    plan = tmp_path / "Plan.planstudio"
    done = morning_until_the_crash(document, plan, tmp_path)

    window = make_window()
    assert window.open_plan(plan)
    assert any("were kept" in banner.words or "was kept" in banner.words for banner in banners(window))
    outline = window.plan.desk.ask(plan_outline, window.plan.desk.ask(current_plan))
    statement = window.plan.desk.ask(statement_card, done["statement"])
    assert statement.question == "Why we get up"
    if done["goal"]:
        goal = window.plan.desk.ask(goal_card, done["goal"])
        assert [ref.code for ref in goal.policies] == ["9999"]
        strategy = window.plan.desk.ask(strategy_card, done["strategy"])
        assert (strategy.status, strategy.percent) == (Status.ON_TRACK, 25)
    assert any(policy.code == "9999" for policy in window.plan.desk.ask(all_policies))
    assert outline.statements

    window.plan.desk.undo()  # also after a restart
    assert window.plan.desk.ask(statement_card, done["statement"]).question != "Why we get up"
    window.plan.desk.redo()
    assert window.plan.desk.ask(statement_card, done["statement"]).question == "Why we get up"

    pdf = print_in_the_window(window, tmp_path / "packet.pdf", qtbot, monkeypatch)
    window.close()
    assert main(["show", str(plan), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    for words, where in ((texts_of(shown), "show --json"), (words_of_pdf(pdf), "the packet")):
        for text in expected_texts(document):
            assert fold(text) in words, f"not in {where}: {text[:80]}"
    assert main(["check", str(plan)]) == 0


def test_the_texts_stand_in_the_order_of_the_document(tmp_path: Path, data: Path, capsys) -> None:
    page, plan = tmp_path / "page.txt", tmp_path / "p.planstudio"
    page.write_text(PAGE, "utf-8")
    assert main(["import", str(page), "--into", str(plan)]) == 0
    assert main(["print", str(plan), "-o", str(tmp_path / "p.pdf")]) == 0
    assert main(["show", str(plan), "--json"]) == 0
    out = capsys.readouterr().out
    words = [words_of_pdf((tmp_path / "p.pdf").read_bytes()), texts_of(json.loads(out[out.index("\n{") :]))]
    for said in words:
        order = [said.rindex(fold(text)) for text in ("mend it", "asking before they answer", "Candor", "Courage")]
        assert order == sorted(order)


def test_a_plan_is_written_by_hand_from_an_empty_file(make_window, tmp_path: Path, qtbot) -> None:
    window = make_window()
    assert window.open_plan(tmp_path / "New.planstudio", create=True)
    view = window.plan.view
    window.actions_by_name["add_statement"].trigger()
    page = view.stack.currentWidget()
    assert isinstance(page, StatementPage)
    page.heading.setFocus()
    QTest.keyClicks(page.heading, "Our promise")
    page.heading.commit()
    page.add.click()
    qtbot.waitUntil(page.items.rows[0].title.hasFocus)
    QTest.keyClicks(page.items.rows[0].title, "Candor")
    QTest.keyClick(page.items.rows[0].title, Qt.Key.Key_Return)
    QTest.keyClicks(page.items.rows[0].text.field, "We say what is so.")
    page.items.rows[0].text.field.commit()
    window.actions_by_name["add_goal"].trigger()
    goal = view.stack.currentWidget()
    QTest.keyClicks(goal.title, "Every child a reader")
    goal.title.commit()
    goal.begin_strategies.click()
    strategy = view.stack.currentWidget()
    QTest.keyClicks(strategy.text.field, "Teach the sounds in order.")
    strategy.text.field.commit()
    outline = window.plan.desk.ask(plan_outline, window.plan.desk.ask(current_plan))
    assert [row.name for row in outline.statements] == ["Our promise"]
    assert [(g.name, g.children[0].name) for g in outline.goals] == [
        ("Every child a reader", "Teach the sounds in order.")
    ]
    statement = window.plan.desk.ask(statement_card, outline.statements[0].id)
    assert [(item.title, item.text) for item in statement.items] == [("Candor", "We say what is so.")]
    while window.plan.desk.undo_state().undo:
        window.plan.desk.undo()
    outline = window.plan.desk.ask(plan_outline, window.plan.desk.ask(current_plan))
    assert (outline.statements, outline.goals) == ((), ())


def morning_until_the_crash(document: Path, plan: Path, tmp_path: Path) -> dict[str, str]:
    """Drive a window in another process, which kills itself; what it had touched."""
    told = tmp_path / "told.json"
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    run = subprocess.run(
        [sys.executable, str(HERE / "morning.py"), str(document), str(plan), str(told)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    return json.loads(told.read_text("utf-8"))


def banners(window: Window) -> list[Any]:
    box = window.plan.view.banners
    return [box.itemAt(n).widget() for n in range(box.count())]


def print_in_the_window(window: Window, target: Path, qtbot, monkeypatch) -> bytes:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    window.actions_by_name["print"].trigger()
    qtbot.waitUntil(lambda: window.plan.printer.save.isEnabled(), timeout=100_000)
    assert window.plan.printer.thumbnails.count() > 2
    window.plan.printer.save.click()
    return target.read_bytes()


def expected_texts(document: Path) -> list[str]:
    """Every text that a careful reader finds in the document."""
    form = CORPUS / "expected" / f"{document.stem}.json"
    if document.stem == "mission":
        return [line.lstrip("- ") for line in PAGE.splitlines()[2:] if not line.startswith("Our")]
    found: list[str] = []

    def walk(value: Any, key: str = "") -> None:
        if key.startswith("_") or key in ("kind", "adopted", "revised", "label", "heading"):
            return
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            for one in value:
                walk(one)
        elif isinstance(value, dict):
            for name, one in value.items():
                walk(one, name)

    walk(json.loads(form.read_text("utf-8")))
    return found


def texts_of(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(
            texts_of(one) for name, one in value.items() if not name.endswith(("id", "source", "_markdown"))
        )
    if isinstance(value, list):
        return " ".join(texts_of(one) for one in value)
    return fold(value) if isinstance(value, str) else ""


def words_of_pdf(pdf: bytes) -> str:
    import pypdfium2

    file = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in file]
    body = [re.sub(r"(?m)^.*Page \d+ of \d+.*$", "", page.replace("\r", "")) for page in pages]
    file.close()
    return fold(" ".join(body))


def fold(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.replace("\ufffe", "")).casefold().strip()
