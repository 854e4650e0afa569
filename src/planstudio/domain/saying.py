"""A field's value in words, by the kind of the field."""

from __future__ import annotations

from typing import Any

from planstudio.domain.nouns.fields import Field, Kind
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date

_UNITS = {Kind.MONEY: "$", Kind.PERCENT: "%", Kind.WHOLE: ""}


def said(field: Field, value: Any, unit: str = "") -> str:
    """*value* as a reader expects it; "" for nothing. Figures are said in *unit*."""
    if value is None or value == "":
        return ""
    match field.kind:
        case Kind.CHOICE:
            return word(value)
        case Kind.DAY | Kind.MONTH:
            return long_date(value)
        case Kind.FIGURE | Kind.MONEY | Kind.PERCENT | Kind.WHOLE:
            return amount(value, _UNITS.get(field.kind, unit))
        case Kind.FLAG:
            return _("Yes") if value else _("No")
        case Kind.LINES:
            return "\n\n".join([value] if isinstance(value, str) else value)
    return str(value)
