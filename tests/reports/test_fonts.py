"""Which face prints a character; what none has is a box and is told."""

from __future__ import annotations

import pytest

from planstudio.reports import build, fonts
from planstudio.reports.fonts import BOX, Coverage, clean, one_line
from reports import books
from tagged.reading import UA1, extracted, failures, told

LANGUAGES = {
    "Spanish": "¿Cómo mejoró la niñez? ¡Sí, señor!",
    "Hmong RPA": "Lub hom phiaj ntawm lub tsev kawm ntawv yog pab cov tub ntxhais kawm",
    "Vietnamese": "Kế hoạch chiến lược của học khu: nâng cao kết quả học tập, tiếng Việt đầy đủ dấu",
    "Russian": "Стратегический план школьного округа: объём и съезд",
    "Ukrainian": "Кожна дитина читає: ґанок, їжак, єдність",
    "Somali": "Qorshaha istaraatiijiyadeed ee degmada dugsiga",
    "Hawaiian": "Ka papahana ʻōlelo Hawaiʻi",
    "typography": "“Quotes”, ‘single’, en – and em — dashes… 72½ °F × 3 ≥ 2",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_of_our_families_print_in_full(language: str) -> None:
    text = LANGUAGES[language]
    printed = build("plan", books.book(goals=(books.goal(title=text, statement=f"{text}, **{text}** and *{text}*."),)))
    assert printed.missing == {}
    assert BOX not in told(printed.pdf)
    assert text in told(printed.pdf)
    assert text in extracted(printed.pdf)


def test_what_no_face_has_prints_as_a_box_and_is_told() -> None:
    printed = build("plan", books.book(goals=(books.goal(statement="The plan 计划 is 计划 😀."),)))
    assert {"计", "划", "😀"} <= set(printed.missing)
    assert printed.missing["计"] == 2
    assert f"The plan {BOX}{BOX} is {BOX}{BOX} {BOX}." in told(printed.pdf)
    assert failures(printed.pdf, UA1) == set()


def test_a_face_that_lacks_a_character_borrows_it() -> None:
    coverage = Coverage()
    assert coverage.runs("Serif", "a ● b") == [("Serif", "a "), ("Sans", "●"), ("Serif", " b")]
    assert coverage.runs("Serif-B", "●")[0][0] == "Sans-B"
    assert coverage.missing == {}


def test_the_box_is_in_an_embedded_face() -> None:
    assert BOX in fonts.face("Sans").covered
    assert BOX in fonts.face("Sans-B").covered


def test_private_characters_are_not_printed_as_some_other_glyph() -> None:
    coverage = Coverage()
    assert coverage.runs("Serif", "\ue000") == [("Sans", BOX)]
    assert coverage.missing == {"\ue000": 1}


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("a\x00b\x07c\x1b", "abc"),
        ("left\u202eright\u2066x\u2069", "leftrightx"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("e\u0301", "é"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("tab\tand\u2003em", "tab and em"),
        ("\ud800lone", "lone"),
    ],
)
def test_controls_are_never_drawn(typed: str, drawn: str) -> None:
    assert clean(typed) == drawn


def test_a_title_stands_on_one_line() -> None:
    assert one_line("  A\n title \r\n of  many lines ") == "A title of many lines"


def test_every_style_has_its_cut() -> None:
    assert fonts.styled("Serif", bold=True, italic=True) == "Serif-BI"
    assert fonts.styled("Serif-I", bold=True, italic=False) == "Serif-BI"
    assert fonts.styled("Sans-B", bold=False, italic=False) == "Sans-B"
