"""What may stand in a text: every letter of every language, and nothing that only machines see."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planstudio.domain.errors import InvalidInput
from planstudio.i18n import _, number
from planstudio.richtext import plain

LINE = 1_000
NAME = 200  # letters of a text that serves as a name
TEXT = 2_000_000
# Controls but tab and line feed, lone surrogates, and the marks that make text run backwards unseen.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """*text* without unseen characters, its line ends alike."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text)).strip()


def line(text: str, field: str) -> str:
    """A title or a name: one line of at most 1,000 characters."""
    return _within(" ".join(tidy(text).split()), LINE, field)


def prose(text: str, field: str) -> str:
    """A running text of at most two million characters."""
    return _within(tidy(text), TEXT, field)


def shortened(words: str, most: int) -> str:
    """The beginning of *words*, ended at a word."""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"


def name_of(title: str, text: str = "", otherwise: str = "", most: int = NAME) -> str:
    """What an element is called: its title, else the words of its text without Markdown, ended at a word.

    Everything that names an element asks here: pages, tables, lists, filters, history, links, the command line.
    """
    return title or shortened(plain(text), most) or otherwise


def name_in(cells: Mapping[str, object]) -> str:
    """What an element is called by its own cells, whatever it is; "" where they do not say."""
    named = (cells.get(name) for name in ("name", "title", "heading", "label", "code", "text", "statement", "body"))
    return name_of("", str(next(filter(None, named), "")), most=120)


def _within(text: str, most: int, field: str) -> str:
    if len(text) > most:
        words = _("This has room for {most} characters; the text has {count}. Shorten it, or put it in a longer field.")
        raise InvalidInput(words.format(most=number(most), count=number(len(text))), field=field)
    return text
