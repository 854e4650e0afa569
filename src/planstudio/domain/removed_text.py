"""Text whose look carries its meaning: struck out, hidden, raised or lowered, in HTML and in Markdown.

A word that is struck out or hidden looks removed; taken as words alone it would come alive again. It is left out, and
counted, so that the reader is told. A raised 2 is kept as ², for x² is not x2. All other text stays to the letter, its
lines too: what is read afterwards counts them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from planstudio.i18n import _, ngettext


class Look(Enum):
    STRUCK = auto()
    HIDDEN = auto()
    RAISED = auto()
    LOWERED = auto()


@dataclass(frozen=True)
class LeftOut:
    """Words that looked removed, and the line where they stood, counted from 1."""

    words: str
    line: int
    look: Look


@dataclass(frozen=True)
class Settled:
    """A text without what looked removed."""

    text: str
    left: tuple[LeftOut, ...] = ()
    changed: bool = False

    @property
    def sentence(self) -> str:
        """What was left out, in a sentence for each kind; "" where nothing was."""
        struck, hidden = (sum(len(one.words.split()) for one in self.left if one.look is look)
                          for look in (Look.STRUCK, Look.HIDDEN))  # fmt: skip
        said = (
            (struck, ngettext("{n} struck-out word was left out.", "{n} struck-out words were left out.", struck)),
            (hidden, ngettext("{n} hidden word was left out.", "{n} hidden words were left out.", hidden)),
        )
        return " ".join(words.format(n=n) for n, words in said if n)


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)\b([^<>]*)>")
_ANY_TAG = re.compile(r"<[^<>]*>")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"^\s*(?:[a-z]+\d?)?\.([\w-]+)\s*$", re.I)
_STYLE = re.compile(r"""\bstyle\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
_CLASSES = re.compile(r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.I)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:font-size|opacity)\s*:\s*0*\.?0+(?:[a-z]+|%)?\s*(?:!important\s*)?(?:;|$)",
    re.I,
)
_BY_STYLE = (
    (Look.STRUCK, re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)),
    (Look.HIDDEN, _HIDING),
    (Look.RAISED, re.compile(r"vertical-align\s*:\s*super", re.I)),
    (Look.LOWERED, re.compile(r"vertical-align\s*:\s*sub\b", re.I)),
)
_BY_NAME = {"s": Look.STRUCK, "strike": Look.STRUCK, "del": Look.STRUCK, "sup": Look.RAISED, "sub": Look.LOWERED}
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "wbr", "col", "area", "source"])
_INLINE = frozenset(
    ("span", "font", "b", "i", "em", "strong", "u", "a", "small", "big", "p", "ins", "code", "mark", *_BY_NAME)
)
_TILDES = re.compile(r"(?<![~\\`])~~(?=[^\s~])((?:(?!\n\s*\n)[^~`])*?[^\s~])~~(?![~`])")
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_MOST_BROKEN = 50  # so that no page takes longer than its length
_SHORT = re.compile(r"[\w+−-]{1,6}")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|do|ro|to|[aºo]|tm|sm|®|™)$", re.I)


def settled(text: str, *, hidden_blocks: bool = True) -> Settled:
    """HTML, or a text with tags in it, as it was meant to be read.

    A hidden block of a web page is often one that opens by a click: without *hidden_blocks* it stays.
    """
    tags, by_class = list(_TAG.finditer(text)), _classes(text)
    made: list[str] = []
    left: list[LeftOut] = []
    broken = 0  # tags that are never closed: the rest of the text is not thrown away with them
    n = at = lines = counted = 0
    while n < len(tags):
        tag = tags[n]
        name = tag[2].lower()
        look = None if tag[1] or name in _VOID or broken > _MOST_BROKEN else _look_of(name, tag[3], by_class)
        if look is Look.HIDDEN and not hidden_blocks and name not in _INLINE:
            look = None
        end = _end(tags, n) if look else None
        if look is None or end is None:
            broken += look is not None
            n += 1
            continue
        inner, put = text[tag.end() : tags[end].start()], ""
        words = " ".join(html.unescape(_ANY_TAG.sub("", inner)).split())
        lines, counted = lines + text.count("\n", counted, tag.start()), tag.start()
        if look in (Look.RAISED, Look.LOWERED):
            put = html.escape(shifted(words, look, text[at : tag.start()][-1:]), quote=False)
        elif words:
            left.append(LeftOut(words, lines + 1, look))
        made += [text[at : tag.start()], put, "\n" * inner.count("\n")]
        at, n = tags[end].end(), end + 1
    return Settled("".join((*made, text[at:])), tuple(left), bool(made))


def settled_markdown(text: str) -> Settled:
    """Markdown as it was meant to be read: with its tags, and ~~struck-out words~~ too."""
    first = settled(text, hidden_blocks=False)
    left, made = list(first.left), []
    at = lines = 0
    for found in _TILDES.finditer(first.text):
        lines += first.text.count("\n", at, found.start())
        left.append(LeftOut(" ".join(found[1].split()), lines + 1, Look.STRUCK))
        breaks = found[1].count("\n")
        made += [first.text[at : found.start()], "\n" * breaks]
        at, lines = found.end(), lines + breaks
    text = "".join((*made, first.text[at:]))
    return Settled(text, tuple(sorted(left, key=lambda one: one.line)), first.changed or text != first.text)


def shifted(words: str, look: Look, before: str = "x") -> str:
    """Raised or lowered words as plain text: x² and H₂O, x^k where Unicode has no such sign, 5th as it is."""
    table = _RAISED if look is Look.RAISED else _LOWERED
    if words and all(ord(sign) in table for sign in words):
        return words.translate(table)
    if _ORDINAL.fullmatch(words) or not _SHORT.fullmatch(words) or not before.isalnum():
        return words
    return ("^" if look is Look.RAISED else "_") + words


def remark(one: LeftOut) -> str:
    """What is told of words in a document that looked removed."""
    words = _("Struck out and left out: “{words}”") if one.look is Look.STRUCK else _("Hidden and left out: “{words}”")
    return words.format(words=one.words[:200])


def _look_of(name: str, attributes: str, by_class: Mapping[str, Look]) -> Look | None:
    style = _STYLE.search(attributes)
    if style:
        said = next(filter(None, style.groups()), "")
        for look, shape in _BY_STYLE:
            if shape.search(said):
                return look
        if re.search(r"text-decoration\s*:\s*none", said, re.I) and name in ("s", "strike", "del"):
            return None
    if re.search(r"(?<![\w-])hidden(?![\w-])", _QUOTED.sub("", attributes), re.I):
        return Look.HIDDEN
    named = _CLASSES.search(attributes)
    for one in next(filter(None, named.groups()), "").split() if named else ():
        if one in by_class:
            return by_class[one]
    return _BY_NAME.get(name)


def _classes(text: str) -> dict[str, Look]:
    """The classes of a page's own style sheets whose look carries meaning."""
    found: dict[str, Look] = {}
    for sheet in re.findall(r"<style\b[^>]*>(.*?)</style", text, re.S | re.I):
        for selectors, said in _RULE.findall(sheet):
            look = next((look for look, shape in _BY_STYLE if shape.search(said)), None)
            for selector in selectors.split(",") if look else ():
                if look and (named := _CLASS.match(selector)):
                    found[named[1]] = look
    return found


def _end(tags: list[re.Match[str]], n: int) -> int | None:
    """The tag that closes the *n*th."""
    name, depth = tags[n][2].lower(), 0
    if tags[n][3].rstrip().endswith("/"):
        return None
    for at in range(n, len(tags)):
        if tags[at][2].lower() == name:
            depth += -1 if tags[at][1] else 1
            if depth == 0:
                return at
    return None
