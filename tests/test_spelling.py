"""Which words are known, and what may have been meant."""

from __future__ import annotations

import pytest

from planstudio.spelling import Speller, words_in


@pytest.fixture(scope="module")
def english() -> Speller:
    return Speller(["en"])


@pytest.fixture
def speller(english: Speller) -> Speller:
    english.teach(())
    return english


@pytest.mark.parametrize(
    "word", ["student", "Students", "students’", "child’s", "MTSS", "multilingual", "antiracism", "guardrails", "a"]
)
def test_usual_words_of_a_school_are_known(speller: Speller, word: str) -> None:
    assert speller.knows(word)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("recieve", "receive"),
        ("Asessment", "Assessment"),
        ("STUDNETS", "STUDENTS"),
        ("superintendant", "superintendent"),
    ],
)
def test_a_slip_is_seen_and_mended_in_its_own_capitals(speller: Speller, word: str, meant: str) -> None:
    assert not speller.knows(word)
    assert speller.suggest(word)[0] == meant


def test_the_districts_words_are_known_once_they_are_taught(speller: Speller) -> None:
    assert not speller.knows("Tamaqwet")
    speller.teach(["Tamaqwet Unified School District"])
    assert speller.knows("Tamaqwet")
    assert speller.knows("tamaqwet’s")
    speller.teach(())
    assert not speller.knows("Tamaqwet")


def test_addresses_and_codes_are_no_words() -> None:
    text = "See https://juniperflats.example/plann, mail rosa@flatts.example, form 5145b or D-20."
    assert [word for _at, word in words_in(text)] == ["See", "mail", "form", "or"]


def test_the_place_of_a_wrong_word_is_told(speller: Speller) -> None:
    assert list(speller.wrong("Every studnet, well-prepraed")) == [(6, "studnet"), (20, "prepraed")]


def test_spanish_is_checked_with_its_accents() -> None:
    spanish = Speller(["es"])
    assert spanish.knows("educación")
    assert not spanish.knows("educasion")
    assert "educación" in spanish.suggest("educasión")


def test_two_languages_know_the_words_of_both() -> None:
    both = Speller(["en", "es"])
    assert both.knows("learning")
    assert both.knows("aprendizaje")


@pytest.mark.parametrize("word", ["ʻōlelo", "Hawaiʻi", "学生", "المدرسة", "Łódź", "don’t", "donʼt", "Школа"])
def test_words_of_other_languages_and_spellings_are_not_wrong(speller: Speller, word: str) -> None:
    assert speller.knows(word)


def test_a_word_in_two_signs_a_letter_is_one_word() -> None:
    assert list(words_in("Jose\u0301 reads")) == [(0, "Jose\u0301"), (6, "reads")]


def test_behind_an_emoji_the_place_is_counted_in_letters(speller: Speller) -> None:
    assert list(speller.wrong("🎉 Teh studnets")) == [(2, "Teh"), (6, "studnets")]
