"""Names that every system takes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planstudio.domain.file_names import LONGEST, ROOM, apart, key, of_path, sound

RESERVED = ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)))


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Board packet: October 14.pdf", "Board packet- October 14.pdf"),
        ("Goals 1/2.pdf", "Goals 1-2.pdf"),
        ('The "best" plan?.pdf', "The 'best' plan.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("con", "_con"),
        ("Lpt1.txt", "_Lpt1.txt"),
        ("Contract.pdf", "Contract.pdf"),
        ("Plan. . ", "Plan"),
        ("  Plan\t\n2027.pdf", "Plan 2027.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\x07.pdf", "ab.pdf"),
        ("Jose\u0301.pdf", "José.pdf"),
        ("学区计划.pdf", "学区计划.pdf"),
        ("...", "file"),
        ("???", "file"),
        ("", "file"),
        ("~$Plan.planstudio", "Plan.planstudio"),
    ],
)
def test_what_cannot_stand_in_a_name_goes(name: str, made: str) -> None:
    assert sound(name) == made


def test_a_path_of_any_system_gives_its_last_part() -> None:
    assert of_path("C:\\Users\\pat\\Plan.pdf") == "Plan.pdf"
    assert of_path("/home/pat/../.profile") == "profile"
    assert of_path("../../etc/") == "etc"


def test_a_name_is_measured_in_bytes_and_keeps_its_ending() -> None:
    made = sound("学" * 300 + ".planstudio")
    assert made.endswith("学.planstudio")
    assert LONGEST - ROOM - 3 < len(made.encode()) <= LONGEST - ROOM
    accents = sound("xa\u0327" * 200)
    assert not unicodedata.combining(accents[0])


def test_files_that_differ_in_capitals_alone_are_counted() -> None:
    assert apart("Plan.pdf", ["PLAN.pdf", "plan (2).pdf"]) == "Plan (3).pdf"
    assert apart("Jose\u0301.pdf", ["JOSÉ.PDF"]) == "Jose\u0301 (2).pdf"
    assert apart("Plan.pdf", ["Plan.docx"]) == "Plan.pdf"


@settings(deadline=None)
@given(st.text(max_size=400))
def test_every_text_becomes_a_name_that_every_system_takes(text: str) -> None:
    for made in (sound(text), of_path(text)):
        assert made
        assert len(made.encode("utf-8")) <= LONGEST - ROOM
        assert not set(made) & set('<>:"/\\|?*')
        assert made == made.rstrip(" .")
        assert made.split(".")[0].strip().casefold() not in RESERVED
        assert all(unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp") for sign in made)
        assert sound(made) == made, "twice changes nothing"
        assert key(apart(made, [made.upper(), made])) != key(made)
