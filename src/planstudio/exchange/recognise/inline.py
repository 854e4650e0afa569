"""Emphasis, links and small tags inside a line, in Markdown or HTML, to runs.

Districts paste from everywhere: a text file holds <i> and <p>, a Markdown file
<br>. So both are understood in both. Images vanish, links keep their words,
what only looks like markup stays as it was typed.
"""

from __future__ import annotations

import html
import re

from planstudio.exchange.recognise.blocks import Run, Words, tidy, visible, word_set

_LINK_ON, _LINK_OFF = "\x01", "\x02"  # cannot stand in a document: unseen characters are gone by now
_IMAGE = re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_LINK = re.compile(r"\[([^\[\]\n]*)\]\([^()\n]*\)")
_NOTE = re.compile(r"\[\^[^\[\]\s]*\]")
_TOKEN = re.compile(
    r"\\([\\`*_\[\]<>#~|.\-+!(){}])|</?([a-zA-Z][a-zA-Z0-9:]*)\b[^<>]*>|(\*{1,3}|_{1,3})|([\x01\x02\n])"
)
BREAKING = word_set("br p div li ul ol tr td th table h1 h2 h3 h4 h5 h6 section article blockquote hr dd dt dl")
BOLD, ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em", "cite", "dfn"})
QUIET = word_set(
    "a abbr acronym big center code del font ins img input kbd label mark nobr o:p q s small span strike sub sup "
    "time tt u wbr button body html head main header tbody thead"
)


def parts_of(raw: str) -> tuple[Words, ...]:
    """The parts of *raw*; a line break or a breaking tag parts them. Empty parts are left out."""
    text = _NOTE.sub("", _LINK.sub(rf"{_LINK_ON}\1{_LINK_OFF}", _IMAGE.sub("", raw)))
    tokens = list(_TOKEN.finditer(text))
    return _runs(text, tokens, _pairs(text, tokens))


def _pairs(text: str, tokens: list[re.Match[str]]) -> dict[int, bool]:
    """Which emphasis marks belong together: index of the token → whether it opens."""
    waiting: dict[str, int] = {}
    pairs: dict[int, bool] = {}
    for index, token in enumerate(tokens):
        mark = token[3]
        if not mark:
            continue
        before = text[token.start() - 1] if token.start() else " "
        after = text[token.end()] if token.end() < len(text) else " "
        word_inside = mark[0] == "_" and before.isalnum() and after.isalnum()
        if mark in waiting and not before.isspace() and not word_inside:
            pairs[waiting.pop(mark)] = True
            pairs[index] = False
        elif not after.isspace() and not word_inside:
            waiting[mark] = index
    return pairs


class _Looks:
    """The emphasis that holds at one point; tags and marks count apart, so a stray closing tag does no harm."""

    def __init__(self) -> None:
        self.bold = self.italic = self.link = 0

    def mark(self, mark: str, opens: bool) -> None:
        step = 1 if opens else -1
        self.bold += step * (len(mark) >= 2)
        self.italic += step * (len(mark) != 2)

    def tag(self, name: str, opens: bool) -> None:
        step = 1 if opens else -1
        if name in BOLD:
            self.bold = max(0, self.bold + step)
        elif name in ITALIC:
            self.italic = max(0, self.italic + step)
        elif name == "a":
            self.link = max(0, self.link + step)

    def run(self, text: str) -> Run:
        return Run(text, self.bold > 0, self.italic > 0, self.link > 0)


def _runs(text: str, tokens: list[re.Match[str]], pairs: dict[int, bool]) -> tuple[Words, ...]:
    parts: list[list[Run]] = [[]]
    looks, at = _Looks(), 0
    for index, token in enumerate(tokens):
        parts[-1].append(looks.run(_unescaped(text[at : token.start()])))
        at = token.end()
        escaped, tag, mark, control = token.groups()
        tag = tag.lower() if tag else None
        if escaped:
            parts[-1].append(looks.run(escaped))
        elif mark and index in pairs:
            looks.mark(mark, pairs[index])
        elif control in (_LINK_ON, _LINK_OFF):
            looks.tag("a", control == _LINK_ON)
        elif control or (tag in BREAKING):
            parts.append([])
        elif tag and (tag in BOLD or tag in ITALIC or tag in QUIET):
            looks.tag(tag, not token[0].startswith("</"))
        else:
            parts[-1].append(looks.run(token[0]))
    parts[-1].append(looks.run(_unescaped(text[at:])))
    return tuple(words for part in parts if (words := tidy(part)))


def _unescaped(text: str) -> str:
    return visible(html.unescape(text)) if "&" in text else text
