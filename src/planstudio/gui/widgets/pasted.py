"""What Word and web pages put on the clipboard, as HTML that Qt reads with its structure whole.

Word marks list entries as paragraphs with their bullet typed in front; the texts of comments come along unseen. What
is struck out or hidden is left out and told.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocumentFragment

from planstudio.domain.removed_text import Settled, settled

_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*?)<!--\s*EndFragment\s*-->", re.S)
_ENTRY = re.compile(r"<p\b[^>]*?mso-list:\s*(l\d+)\s+level(\d)[^>]*>(.*?)</p>", re.S | re.I)
_MARK = re.compile(r"<!\[if !supportLists\]>(.*?)<!\[endif\]>", re.S | re.I)
_COMMENT = re.compile(
    r"<div\b[^>]*mso-element:\s*comment-list.*?</div>"
    r"|<a\b[^>]*mso-comment-reference[^>]*>.*?</a>"
    r"|<span\b[^>]*MsoCommentReference[^>]*>.*?</span>",
    re.S | re.I,
)
_GONE = re.compile(r"<(style|script|xml)\b.*?</\1>", re.S | re.I)
_TAGS = re.compile(r"<[^>]*>|&nbsp;|&#160;")
_COUNTED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]$")


def words_of(source: QMimeData) -> tuple[str, str]:
    """The words of what was copied, for a field without styles, and a sentence on those that were left out."""
    html = source.html() if source.hasHtml() else ""
    inside, seen = readable(html) if html else ("", Settled(""))
    return (QTextDocumentFragment.fromHtml(inside).toPlainText() if seen.changed else source.text()), seen.sentence


def readable(html: str) -> tuple[str, Settled]:
    """*html* with Word's lists as lists, without what its writer did not see; and what was struck out or hidden."""
    seen = settled(_COMMENT.sub("", html))
    inside = _FRAGMENT.search(seen.text)
    text = _GONE.sub("", inside[1] if inside else seen.text)
    made, at = [], 0
    opened: list[tuple[str, str]] = []  # each list under way: ul or ol, and Word's name for it
    for entry in _ENTRY.finditer(text):
        between = text[at : entry.start()]
        if between.strip():
            made += [*_close(opened, 0), between]
        name, level, words = entry[1], int(entry[2]), entry[3]
        mark = _MARK.search(words)
        sign = _TAGS.sub("", mark[1]).strip() if mark else ""
        kind = "ol" if _COUNTED.fullmatch(sign) else "ul"
        begins = f' start="{number}"' if (number := sign.strip("().")).isdigit() else ""
        made += _close(opened, level)
        if len(opened) == level and opened[-1] != (kind, name):
            made += _close(opened, level - 1)
        while len(opened) < level:
            opened.append((kind, name))
            made.append(f"<{kind}{begins}>")  # one that words have interrupted goes on with its number
        made.append(f"<li>{_MARK.sub('', words)}</li>")
        at = entry.end()
    return "".join((*made, *_close(opened, 0), text[at:])), seen


def _close(opened: list[tuple[str, str]], level: int) -> list[str]:
    """End the lists that are deeper than *level*."""
    ends = [f"</{kind}>" for kind, _name in reversed(opened[level:])]
    del opened[level:]
    return ends
