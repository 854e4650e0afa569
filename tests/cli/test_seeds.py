"""The five real pages, through the command line: every text of each is in the plan and on paper, in its order.

The pages and what a careful reader finds in them lie beside the repository and not in it; without them this is skipped.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from cli.conftest import Run
from planstudio.exchange.recognise import read_text, recognise
from told import told_lines

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
_END = 60  # letters at either end of a line
SEEDS = [f"seed-{n}" for n in range(5)]

pytestmark = pytest.mark.skipif(not (CORPUS / "expected").is_dir(), reason=f"the real documents are not here: {CORPUS}")


def _expected(seed: str) -> dict[str, Any]:
    return dict(json.loads((CORPUS / "expected" / f"{seed}.json").read_text("utf-8")))


def _document(seed: str) -> Path:
    (path,) = (CORPUS / "docs").glob(f"{seed}.*")
    return path


@pytest.fixture
def plan(request: pytest.FixtureRequest, tmp_path: Path, run: Run) -> Path:
    """The seed, imported into a plan of its own."""
    seed = request.node.callspec.params["seed"]
    path = tmp_path / f"{seed}.planstudio"
    assert run("import", _document(seed), "--into", path).code == 0
    return path


def fold(text: str) -> str:
    """Letters and digits alone: wrapping, hyphens and typography do not count."""
    return "".join(re.findall(r"[^\W_]", text)).casefold()


def _item(item: Any) -> Iterator[str]:
    if isinstance(item, dict):
        yield from (item.get("title") or "", item.get("text") or "")
    else:
        yield str(item)


def _block(block: dict[str, Any]) -> Iterator[str]:
    yield from (block.get("heading") or "", block.get("lead") or "")
    for item in block.get("items") or []:
        yield from _item(item)


def groups(form: dict[str, Any]) -> Iterator[list[str]]:
    """The texts of a form, element by element: the order inside a group is that of the page."""
    yield [form.get("organization") or ""]
    yield list(form.get("mission") or [])
    yield list(_block(form.get("vision") or {}))
    for block in form.get("statements") or []:
        yield list(_block(block))
    for goal in form.get("goals") or []:
        texts = [goal.get("title") or "", goal.get("description") or ""]
        for name in ("strategies", "measures"):
            for item in goal.get(name) or []:
                texts += _item(item)
        yield texts
    for entry in form.get("policy_index") or []:
        yield [str(entry.get("number") or ""), str(entry.get("title") or "")]
    for policy in form.get("policies") or []:
        texts = [str(policy.get("number") or ""), str(policy.get("title") or "")]
        yield texts + [section.get("heading") or "" for section in policy.get("sections") or []]
        yield [*(policy.get("legal_refs") or [])]
        yield [*(policy.get("cross_refs") or [])]


def _missing(wanted: list[str], text: str) -> list[str]:
    """What of *wanted* does not stand in the folded *text*, each behind the one before it."""
    at, missed = 0, []
    for one in filter(None, map(fold, wanted)):
        found = text.find(one, at)
        if found < 0:
            missed.append(one)
        else:
            at = found + len(one)
    return missed


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for below in value.values():
            yield from _values(below)
    elif isinstance(value, list):
        for below in value:
            yield from _values(below)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("seed", SEEDS)
def test_every_text_of_the_page_is_shown_in_order(seed: str, plan: Path, run: Run) -> None:
    shown = json.loads(run("show", plan, "--json").out)
    whole = fold(" ".join(_values(shown)))
    wanted = [text for group in groups(_expected(seed)) for text in group]
    assert len([text for text in wanted if text]) >= 5
    assert _missing(wanted, whole) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_shown_scores_as_what_was_expected(seed: str, plan: Path, run: Run) -> None:
    """`show --json` speaks the import's language: the corpus's own scorer finds the same in it."""
    sys.path.insert(0, str(CORPUS))
    try:
        import score_import
    finally:
        sys.path.remove(str(CORPUS))
    shown, expected = json.loads(run("show", plan, "--json").out), _expected(seed)
    want, have = score_import.flatten(expected, []), score_import.flatten(shown, [])
    missed = {field: score_import.pair(texts, have.get(field, []))[1] for field, texts in want.items()}
    assert {field: texts for field, texts in missed.items() if texts} == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_text_of_the_page_is_on_paper_in_order(seed: str, plan: Path, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "packet.pdf"
    codes = ",".join(str(policy["number"]) for policy in _expected(seed).get("policies") or []) or "none"
    assert run("print", plan, "--report", "packet", "-o", target, "--policies", codes).code == 0
    text = fold(_printed(target))
    for group in groups(_expected(seed)):
        assert _missing(group, text) == []


def _printed(path: Path) -> str:
    """The text of a PDF without the lines that stand at the top or bottom of most of its pages."""
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range().splitlines() for page in document]
    document.close()
    edges = [line for lines in pages for line in {*lines[:2], *lines[-2:]}]
    running = {line for line in edges if len(pages) > 2 and edges.count(line) > len(pages) / 2}
    kept = (
        [line for line in lines if line not in running and not re.match(r"(?i)page \d+ of", line)] for lines in pages
    )
    return "\n".join("\n".join(lines) for lines in kept)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_process_of_its_own_recognises_the_same(seed: str) -> None:
    command = [sys.executable, "-m", "planstudio", "import", "--dry-run", "--json", str(_document(seed))]
    done = subprocess.run(command, capture_output=True, timeout=600, check=True)
    found = json.loads(done.stdout.decode("utf-8"))
    expected = _expected(seed)
    assert [len(found.get(key, [])) for key in ("goals", "policy_index", "policies")] == [
        len(expected.get(key, [])) for key in ("goals", "policy_index", "policies")
    ]
    for goal, other in zip(found.get("goals", []), expected.get("goals", []), strict=True):
        assert list(map(fold, goal.get("strategies", []))) == list(map(fold, other.get("strategies", [])))


def _taken_lines(document: Path) -> Iterator[str]:
    """What stands in the cells of the lines that were not told as left out, an index's number and title apart."""
    found = recognise(read_text(document.read_bytes()), document.name)
    told = told_lines(found)
    for number, line in enumerate(found.lines, 1):
        if number in told or line.startswith("Adopted:"):  # a day is written as the program writes days
            continue
        for cell in re.split(r"\t|</?p>", line):
            words = re.sub(r"</?\w+>", "", cell)
            entry = re.match(r"\W*(\d{4}(?:\.\d)?) (.*)", words)
            yield from entry.groups() if entry else (words,)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_line_that_was_taken_is_shown_and_on_paper(seed: str, plan: Path, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "packet.pdf"
    codes = ",".join(str(policy["number"]) for policy in _expected(seed).get("policies") or []) or "none"
    assert run("print", plan, "--report", "packet", "-o", target, "--policies", codes).code == 0
    shown = fold(" ".join(_values(json.loads(run("show", plan, "--json").out))))
    printed = fold(_printed(target))
    lines = [fold(line) for line in _taken_lines(_document(seed)) if fold(line)]
    assert len(lines) >= 10
    assert [line for line in lines if line not in shown] == []
    ends = [part for line in lines for part in (line[:_END], line[-_END:])]  # a page may end within a long one
    assert [part for part in ends if part not in printed] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_document_brought_in_twice_is_there_once(seed: str, plan: Path, run: Run) -> None:
    before = run("show", plan, "--json").out
    again = run("import", _document(seed), "--into", plan)
    assert again.code == 0
    assert "differs" not in again.out
    assert run("show", plan, "--json").out == before
