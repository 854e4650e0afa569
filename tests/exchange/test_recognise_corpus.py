"""The real documents, where they are at hand: they are kept outside the repository."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from planstudio.domain.recognised import as_form
from planstudio.exchange.recognise import read_text, recognise

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
EXPECTED = sorted((CORPUS / "expected").glob("*.json")) if CORPUS.is_dir() else []
FLOOR, MEAN = 0.70, 0.85
LAST = 90  # documents from 101 on are of other bodies and formats; score_import.py measures them

pytestmark = pytest.mark.skipif(not EXPECTED, reason=f"the corpus of real documents is not at {CORPUS}")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_import", CORPUS / "score_import.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(scorer: ModuleType, path: Path) -> float:
    """F1 over all fields of one document, as score_import counts it."""
    expected: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    document = next((CORPUS / "docs").glob(path.stem + ".*"))
    got = as_form(recognise(read_text(document.read_bytes()), document.name))
    skip = list(expected.get("_ambiguous") or [])
    want, have = scorer.flatten(expected, skip), scorer.flatten(got, skip)
    hits = sum(scorer.pair(want.get(field, []), have.get(field, []))[0] for field in set(want) | set(have))
    return float(scorer.f1(hits, sum(map(len, want.values())), sum(map(len, have.values()))))


@pytest.mark.parametrize(
    "path", [path for path in EXPECTED if path.stem.startswith("seed-")], ids=lambda path: path.stem
)
def test_each_seed_is_recognised_in_full(scorer: ModuleType, path: Path) -> None:
    assert score(scorer, path) == 1.0


def test_the_other_documents_keep_their_floor(scorer: ModuleType) -> None:
    first = [path for path in EXPECTED if path.stem[:3].isdigit() and int(path.stem[:3]) <= LAST]
    scores = {path.stem: score(scorer, path) for path in first}
    assert min(scores.values()) >= FLOOR, scores
    assert sum(scores.values()) / len(scores) >= MEAN, scores
