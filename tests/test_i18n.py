"""Words, dates and numbers as people write them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from planstudio import files, i18n, logs, resources

DAY = date(2026, 10, 4)


def test_dates_read_as_people_write_them() -> None:
    assert i18n.long_date(DAY) == "October 4, 2026"
    assert i18n.medium_date(DAY) == "Oct 4, 2026"
    assert i18n.near_date(DAY, date(2026, 1, 1)) == "Oct 4"
    assert i18n.near_date(DAY, date(2027, 1, 1)) == "Oct 4, 2026"


def test_the_time_of_day_has_a_plain_space() -> None:
    assert i18n.clock_time(datetime(2026, 10, 4, 22, 5).astimezone()) == "10:05 PM"


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (66.4, 6, "66.4"),
        (66.0, 6, "66"),
        (1234567.5, 6, "1,234,567.5"),
        (-3.25, 1, "-3.2"),
        (0.1 + 0.2, 6, "0.3"),
        (0, 6, "0"),
        (1e15, 6, "1,000,000,000,000,000"),
        (1999.7, 0, "2,000"),
    ],
)
def test_numbers_have_no_idle_zeros(value: float, digits: int, said: str) -> None:
    assert i18n.number(value, digits) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(66.4, "%", "66.4%"), (163900, "$", "$163,900"), (14, "points", "14 points"), (3, "", "3"), (9, "€", "€9")],
)
def test_an_amount_has_its_unit_at_the_right_side(value: float, unit: str, said: str) -> None:
    assert i18n.amount(value, unit) == said


def test_a_language_without_words_speaks_english_with_its_own_dates(tmp_path: Path) -> None:
    i18n.use("es", tmp_path)
    assert i18n._("Draft") == "Draft"
    assert i18n.ngettext("{n} step", "{n} steps", 2) == "{n} steps"
    assert i18n.long_date(DAY) == "4 de octubre de 2026"
    assert i18n.number(1234.5) == "1.234,5"


def test_resources_are_found_from_the_source_tree() -> None:
    assert (resources.folder("samples") / "juniper-flats.json").is_file()


def test_the_log_is_written_once_into_its_folder(tmp_path: Path) -> None:
    import logging

    root = logging.getLogger("planstudio")
    kept, level = root.handlers[:], root.level
    root.handlers.clear()
    try:
        logs.start(tmp_path / "logs", files.visible)
        logs.start(tmp_path / "elsewhere", files.visible)
        logging.getLogger("planstudio.test").info("started \x1b[2J")
        assert "started \\x1b[2J" in (tmp_path / "logs" / "planstudio.log").read_text("utf-8")
        assert not (tmp_path / "elsewhere").exists()
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers[:] = kept
        root.setLevel(level)
