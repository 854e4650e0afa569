"""How hard texts are to read."""

from __future__ import annotations

from planstudio.domain.reading import level

EASY = (
    "We read each day. We like to read. Each child has a book. The book is good. We go home and read it to Mom and Dad."
)
HARD = (
    "The implementation of differentiated instructional methodologies necessitates continuous professional "
    "development, interdisciplinary collaboration, systematic evaluation and comprehensive accountability "
    "structures throughout organizational hierarchies."
)
SPANISH = (
    "Todos los niños leen un libro cada día. Los libros son de la casa y de la escuela. La maestra lee con ellos. "
    "Los padres leen en la casa."
)


def test_short_words_in_short_sentences_read_like_the_first_grades() -> None:
    assert level(EASY, "en_US") == "reads like grade 1"


def test_long_words_in_one_long_sentence_read_like_college() -> None:
    assert level(HARD, "en") == "reads like college"


def test_of_a_few_words_nothing_is_said() -> None:
    assert level("Every child, every day.", "en") == ""


def test_entries_of_a_list_are_sentences() -> None:
    entries = "\n".join(f"- each child has book {word}" for word in ["one", "two", "three", "four", "five", "six"])
    assert level(entries, "en") == "reads like grade 1"


def test_spanish_is_told_on_its_own_scale() -> None:
    assert level(SPANISH, "es_US") == "very easy to read"
    assert level(HARD, "es") == "very hard to read"
