"""The Spanish catalogue: complete, true to every placeholder, compiled, and spoken by the window's dates."""

from __future__ import annotations

import ast
import io
import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PySide6.QtWidgets import QApplication, QLineEdit

import planstudio
from planstudio import i18n, resources
from planstudio.domain.dates import End, day_of
from planstudio.domain.kinds import Status
from planstudio.domain.posting import parse_notice, state_note, states
from planstudio.domain.words import word
from planstudio.gui import languages

PO = resources.folder("locale") / "es" / "LC_MESSAGES" / "planstudio.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "NP_": ((1, "c"), 2)}
PLACES = re.compile(r"\{[^{}]*\}")


@pytest.fixture(scope="module")
def spanish() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file)


@pytest.fixture
def _in_spanish() -> None:
    i18n.use("es_US", resources.folder("locale"))


def forms(said: object) -> list[str]:
    return [said] if isinstance(said, str) else list(said)  # type: ignore[call-overload]


def test_every_word_of_the_program_is_said_in_spanish(spanish: Catalog) -> None:
    source = planstudio.__path__[0]
    missing = []
    for _file, _line, message, _comments, context in extract_from_dir(source, keywords=KEYWORDS):
        known = spanish.get(forms(message)[0], context=context)
        if known is None or not all(forms(known.string)):
            missing.append(message)
    assert missing == [], "say it, then: python packaging/words.py"


def test_no_word_hides_from_the_collector(spanish: Catalog) -> None:
    """Words within an f-string or in a call within another are not collected, and would stay English."""
    hidden = []
    for path in sorted(Path(planstudio.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS):
                continue
            word = node.args[-1 if node.func.id in ("pgettext", "NP_") else 0]
            context = (
                node.args[0].value if word is not node.args[0] and isinstance(node.args[0], ast.Constant) else None
            )
            if isinstance(word, ast.Constant) and spanish.get(word.value, context=context) is None:
                hidden.append((path.name, node.lineno, word.value))
            elif node.func.id == "ngettext" and not isinstance(word, ast.Constant):
                hidden.append((path.name, node.lineno, "not a literal"))
    assert hidden == [], "put the call on a line of its own, with its words in it"


@pytest.mark.usefixtures("_in_spanish")
def test_a_posting_rule_and_what_is_to_be_known_of_it_are_said_in_spanish() -> None:
    assert str(parse_notice("3 business days")) == "3 días hábiles"
    assert state_note("Massachusetts").startswith("Los fines de semana")
    assert all(state_note(name) != state["note"] for name, state in states().items() if state["note"])


def test_every_placeholder_comes_along(spanish: Catalog) -> None:
    for one in spanish:
        english, said = forms(one.id), forms(one.string)
        for n, form in enumerate(said):
            wanted = set(PLACES.findall(english[min(n, len(english) - 1)])) | set(PLACES.findall(english[-1]))
            assert set(PLACES.findall(form)) <= wanted, form
        assert set(PLACES.findall(said[-1])) == set(PLACES.findall(english[-1])), said[-1]


def test_lines_and_ends_agree(spanish: Catalog) -> None:
    for one in spanish:
        if one.id:
            english, said = forms(one.id)[-1], forms(one.string)[-1]
            assert english.count("\n") == said.count("\n"), said
            assert english.endswith("…") == said.endswith("…"), said
            assert ("&" in english.replace("&&", "")) <= ("&" in said or "&" not in english), said


def test_menus_have_a_letter_each_of_their_own(spanish: Catalog) -> None:
    titles = [str(one.string) for one in spanish if isinstance(one.id, str) and re.fullmatch(r"&\w+", one.id)]
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(titles) == 5
    assert len(set(letters)) == 5, titles


def test_what_is_compiled_is_what_is_written(spanish: Catalog) -> None:
    made = io.BytesIO()
    write_mo(made, spanish)
    assert PO.with_suffix(".mo").read_bytes() == made.getvalue(), "python packaging/words.py"


def test_qt_s_own_words_are_said_in_the_language_too(qapp: QApplication) -> None:
    def menu() -> str:
        line = QLineEdit("Liga")
        return " ".join(one.text() for one in line.createStandardContextMenu().actions())

    try:
        languages.speak(qapp, "es_US")
        assert "Copiar" in menu()
        assert "Copy" not in menu()
    finally:
        languages.speak(qapp, "en_US")
    assert "Copy" in menu()


@pytest.mark.usefixtures("_in_spanish")
def test_words_dates_and_numbers_are_said_in_spanish() -> None:
    day = date(2026, 9, 4)
    assert word(Status.ON_TRACK) == "En camino"
    assert i18n.medium_date(day) == "4 sept 2026"
    assert i18n.near_date(day, date(2026, 1, 1)) == "4 sept"
    assert i18n.weekday_and_day(day, date(2026, 1, 1)) == "viernes, 4 de septiembre"
    assert i18n.month_year(day) == "septiembre de 2026"
    assert i18n.number(1234.5) == "1,234.5"
    assert i18n.ngettext("{n} step", "{n} steps", 2) == "{n} pasos"
    assert i18n.pgettext("length of time", "Minutes") == "Minutos"
    assert i18n._("Minutes") == "Acta"


@pytest.mark.usefixtures("_in_spanish")
@pytest.mark.parametrize(
    "written", ["4 sept 2026", "4 de septiembre de 2026", "9/4/2026", "2026-09-04", "Sep 4, 2026", "4 septiembre 2026"]
)
def test_a_day_is_read_as_it_is_written_in_spanish(written: str) -> None:
    assert day_of(written, End.DAY) == date(2026, 9, 4)
