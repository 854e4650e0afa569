"""What can be corrected of each element of a document, and how it is shown in a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from planstudio.domain.recognised import (
    RecognisedGoal,
    RecognisedItem,
    RecognisedLine,
    RecognisedPolicy,
    RecognisedSeries,
    RecognisedStatement,
)
from planstudio.domain.words import field_word, word
from planstudio.i18n import N_, _, long_date

# The fields that have an editor each, in the order of reading.
FIELDS: dict[type, tuple[str, ...]] = {
    RecognisedGoal: ("label", "title"),
    RecognisedPolicy: ("number", "title"),
    RecognisedSeries: ("number", "title"),
    RecognisedStatement: ("heading",),
    RecognisedItem: ("title", "text", "evidence"),
    RecognisedLine: ("text",),
    str: ("text",),
}
# The noun of which each of these fields is.
NOUN_OF = {
    "label": "goal", "title": "goal", "number": "policy_series", "heading": "statement", "text": "statement_item",
    "evidence": "statement_item",
}  # fmt: skip
# What is said of the district and of the plan as a whole.
NAMED = {
    "organization": N_("District"), "plan_title": N_("Plan"), "slogan": N_("Slogan"), "adopted": N_("Adopted"),
    "period": N_("Period"),
}  # fmt: skip
_DATED = ("adopted", "period")  # days are corrected in the plan, where a field reads them
_PARAGRAPHS = frozenset({"goals_note"})  # of which each line is a paragraph


def fields_of(part: object, field: str) -> tuple[str, ...]:
    """The fields of *part* that can be corrected; it stands in its parent as *field*."""
    names = () if field in ("", *_DATED) else FIELDS.get(type(part), ())
    return tuple(name for name in names if name != "evidence" or field == "items")


def words_in(part: Any, name: str) -> str:
    if isinstance(part, str):
        return part
    words = str(getattr(part, name))
    return words.replace("\n\n", "\n") if isinstance(part, RecognisedLine) else words


def with_field(part: Any, name: str, words: str) -> Any:
    """*part* with *words* in one field; every other field stays as it was."""
    if isinstance(part, str):
        return words
    if isinstance(part, RecognisedLine) and part.field in _PARAGRAPHS:
        words = words.replace("\n", "\n\n")
    return replace(part, **{name: words})


def shown(part: object) -> str:
    match part:
        case RecognisedStatement():
            return f"{word(part.kind)}: {part.heading or word(part.kind)}"
        case RecognisedGoal():
            name = " ".join(filter(None, (part.label, part.title))) or part.description[:80]
            return _with_facts(name, part.owner, None, part.due, part.notes)
        case RecognisedItem():
            words = f"{part.title}: {part.whole}" if part.title else part.whole
            return _with_facts(words, part.owner, part.start, part.due, part.notes)
        case RecognisedPolicy() | RecognisedSeries():
            return f"{part.number}  {part.title}".strip()
        case RecognisedLine():
            return f"{field_word('plan', part.field)}: {part.text}"
    return str(part or "")


def period(start: date | None, end: date | None) -> str:
    return " – ".join(long_date(day) for day in (start, end) if day)


def _with_facts(words: str, owner: str, start: date | None, due: date | None, notes: tuple[str, ...]) -> str:
    """*words* with who and when, as these are taken with them."""
    dated = _("due {day}").format(day=long_date(due)) if due and not start else period(start, due)
    facts = " · ".join(part for part in (owner, dated, *notes) if part)
    return f"{words}  ({facts})" if facts else words
