"""The numbers of an agenda's sections and items: 7B, 7.2, VII.B."""

from __future__ import annotations

from planstudio.domain.kinds import Numbering

_ROMANS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def item_number(style: Numbering, section: int, item: int) -> str:
    """The number of the item at the place *item* of the section at *section*, both from 1."""
    if style is Numbering.DECIMALS:
        return f"{section}.{item}"
    return f"{section_number(style, section)}{'.' if style is Numbering.ROMAN else ''}{letters(item)}"


def section_number(style: Numbering, section: int) -> str:
    return roman(section) if style is Numbering.ROMAN else str(section)


def letters(place: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    made = ""
    while place:
        place, digit = divmod(place - 1, 26)
        made = chr(ord("A") + digit) + made
    return made


def roman(value: int) -> str:
    made = ""
    for worth, sign in _ROMANS:
        while value >= worth:
            made, value = made + sign, value - worth
    return made
