"""The facts are told in plain sentences, and read back only when they are facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planstudio.domain.intake import (
    FileFacts,
    FileKind,
    Removed,
    Trouble,
    facts_notes,
    kind_phrase,
    page_ranges,
    refused,
    trouble_sentence,
    what_helps,
)

GOOD = FileFacts(FileKind.TAGGED, pages=3, claims_ua=True, verified=True, checked=True)


@pytest.mark.parametrize("trouble", list(Trouble))
def test_each_trouble_has_a_sentence_and_a_way_out(trouble: Trouble) -> None:
    sentence = trouble_sentence(refused(trouble), "Bids.pdf")
    assert sentence.startswith("Bids.pdf ")
    assert sentence.endswith(".")
    assert what_helps(refused(trouble)).endswith(".")


def test_a_password_is_told_as_a_person_would() -> None:
    facts = refused(Trouble.PASSWORD)
    said = f"{trouble_sentence(facts, 'Bids.pdf')} {what_helps(facts)}"
    assert said == "Bids.pdf is protected by a password. Ask for a copy without one."


def test_nothing_is_said_of_a_good_file() -> None:
    assert trouble_sentence(GOOD, "Bids.pdf") == what_helps(GOOD) == ""
    assert facts_notes(GOOD) == ()
    assert kind_phrase(GOOD) == "Tagged, checked"
    assert kind_phrase(replace(GOOD, verified=False, findings=("a rule",))) == "Tagged, with errors"


def test_what_was_done_is_told_in_short_phrases() -> None:
    facts = replace(
        GOOD,
        decrypted=True,
        repaired=True,
        flattened=True,
        removed=("script", "script", "launch"),
        pages=9,
        scanned=(2, 3, 4, 9),
    )
    assert facts_notes(facts) == (
        "it was damaged and was repaired",
        "its encryption was removed",
        "its form was turned into plain text",
        "one command was removed",
        "2 scripts were removed",
        "pages 2–4, 9 have no text",
    )


def test_every_kind_and_every_removal_has_words() -> None:
    assert all(kind_phrase(replace(GOOD, kind=kind)) for kind in FileKind)
    assert len(facts_notes(replace(GOOD, removed=tuple(code.value for code in Removed)))) == len(Removed)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        (FileFacts(FileKind.SCAN, pages=1, scanned=(1,)), "OCR"),
        (FileFacts(FileKind.TEXT, pages=1), "tags"),
        (FileFacts(FileKind.PICTURE, pages=1), "shows"),
        (replace(GOOD, untagged=(2,)), "all pages"),
        (replace(GOOD, unembedded_fonts=True), "fonts"),
    ],
)
def test_what_would_help_is_said(facts: FileFacts, word: str) -> None:
    assert word in what_helps(facts)


def test_a_description_is_help_enough() -> None:
    assert what_helps(FileFacts(FileKind.PICTURE, pages=1, described=True)) == ""


def test_page_ranges_read_as_people_write_them() -> None:
    assert page_ranges((1, 2, 3, 7, 9, 10)) == "1–3, 7, 9–10"
    assert page_ranges(()) == ""


def test_facts_come_back_from_json() -> None:
    facts = replace(GOOD, removed=("script",), scanned=(1, 2), findings=("UA1-7.1",))
    assert FileFacts.from_json(facts.to_json()) == facts
    assert FileFacts.from_json(refused(Trouble.EMPTY).to_json()) == refused(Trouble.EMPTY)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "evil"}, {"pages": "3"}, {"pages": True}, {"pages": -1}, {"trouble": "x"}, {"verified": 1},
        {"removed": ["evil"]}, {"scanned": [1.5]}, {"scanned": "12"}, {"findings": ["x" * 100]}, {"markup": "x" * 99},
        {"more": 1}, {"scanned": list(range(5000))},
    ],
)  # fmt: skip
def test_what_are_no_facts_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        FileFacts.from_json(GOOD.to_json() | change)
    with pytest.raises(ValueError, match=r"."):
        FileFacts.from_json([])
