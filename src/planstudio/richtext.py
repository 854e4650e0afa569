"""Markdown read once for all: the model behind screen, PDF and plain text.

The subset is CommonMark's paragraphs, emphasis, lists, headings and links, and
tables. HTML and images in Markdown stay the characters that were typed: nothing
is fetched and nothing is executed. Only http, https and mailto links are links.

    blocks(markdown) → Paragraph | Heading | Listing | Grid, each with runs of Span
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

SAFE_LINK = re.compile(r"(?i)(https?://|mailto:)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|])")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SIGNS = re.compile(r"[\\`*_\[\]<>&~|#+=\-.)\r\n\x00]")  # without any of them Markdown is the words themselves
_LINE_START = re.compile(r"(?m)^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-+\s*$|(?:\d{1,9})[.)](?=\s|$))")


@dataclass(frozen=True)
class Span:
    """Words in one look. A line break inside a paragraph is a "\\n" in text."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True)
class Paragraph:
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    level: int  # 1 to 6
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Listing:
    """A list; each entry is a run of blocks, so lists stand in lists."""

    ordered: bool
    start: int
    entries: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True)
class Grid:
    """A table; the first row is its head."""

    rows: tuple[tuple[tuple[Span, ...], ...], ...]


Block = Paragraph | Heading | Listing | Grid


@lru_cache(maxsize=2048)
def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of *markdown*."""
    if not markdown.strip():
        return ()
    return tuple(_Reader(_parser().parse(markdown.replace("\x00", "\ufffd"))).blocks())  # type: ignore[attr-defined]


def plain(markdown: str) -> str:
    """The words of *markdown* alone, one space where a paragraph, a line or a cell ends."""
    if not _SIGNS.search(markdown):
        return " ".join(markdown.split())
    return " ".join(" ".join(words.split()) for words in _words(blocks(markdown)) if words.strip())


def paragraphs(markdown: str) -> tuple[str, ...]:
    """The words of each paragraph, heading, list entry and cell of *markdown*."""
    return tuple(_words(blocks(markdown)))


def escape(text: str) -> str:
    """*text* as Markdown that reads exactly as typed; blank lines part paragraphs."""
    return guard_lines(escape_inline(_BREAKS.sub("\n", text)))


def escape_inline(text: str) -> str:
    """As escape(), for words that do not begin a line."""
    return _SPECIAL.sub(r"\\\1", text)


def inline(spans: Sequence[Span]) -> str:
    """*spans* as Markdown of one paragraph.

    Looks that touch within a word cannot always be told in Markdown; there italic,
    then bold too, is left away, so that no asterisk is ever read as a sign.
    """
    tidy = _tidied(spans)
    made = _marked(tidy)
    touching = any(_is_styled(a) and _is_styled(b) for a, b in pairwise(tidy)) or _inside_word(tidy)
    if touching and _read_back(made) != tidy:
        for plainer in (_without(tidy, italic=True), _without(tidy, italic=True, bold=True)):
            made = _marked(plainer)
            if _read_back(made) == plainer:
                break
    return made


def _tidied(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same words, the air around a styled run outside of it, equal neighbours in one."""
    made: list[Span] = []
    for span in spans:
        words = span.text.strip() if _is_styled(span) else span.text
        if not words:
            _append(made, Span(span.text))
            continue
        lead, _, tail = span.text.partition(words)
        for part in (Span(lead), replace(span, text=words), Span(tail)):
            if part.text:
                _append(made, part)
    return tuple(made)


def _is_styled(span: Span) -> bool:
    return span.bold or span.italic or bool(span.link)


def _inside_word(spans: Sequence[Span]) -> bool:
    """Whether a styled run begins or ends beside a letter or sign that is not its own."""
    return any(
        (_is_styled(a) or _is_styled(b)) and not (a.text[-1].isspace() or b.text[0].isspace())
        for a, b in pairwise(spans)
    )


def _without(spans: Sequence[Span], **styles: bool) -> tuple[Span, ...]:
    made: list[Span] = []
    for span in spans:
        _append(made, replace(span, **dict.fromkeys(styles, False)))  # type: ignore[arg-type]
    return tuple(made)


def _marked(spans: Sequence[Span]) -> str:
    """*spans* with their signs; a look that goes on over its neighbour stays open."""
    made, opened = "", list[str]()
    for n, span in enumerate(spans):
        wanted = _styles(span)
        while any(style not in wanted for style in opened):
            made += _closing(opened.pop())
        new = sorted((style for style in wanted if style not in opened), key=lambda s: -_reach(spans, n, s))
        for style in new:
            opened.append(style)
            made += "[" if style.startswith("<") else style
        made += escape_inline(span.text).replace("\n", "\\\n")
    while opened:
        made += _closing(opened.pop())
    return made


def _styles(span: Span) -> set[str]:
    """The signs of a span's looks; a link's is its target."""
    marks = {"**": span.bold, "*": span.italic, f"<{span.link}>": bool(span.link)}
    return {mark for mark, on in marks.items() if on}


def _reach(spans: Sequence[Span], start: int, style: str) -> int:
    """How many spans from *start* on have *style*."""
    return next((n for n, span in enumerate(spans[start:]) if style not in _styles(span)), len(spans))


def _closing(style: str) -> str:
    return f"]({style})" if style.startswith("<") else style


def _read_back(markdown: str) -> tuple[Span, ...]:
    read = blocks(guard_lines(markdown.strip()))
    return read[0].spans if len(read) == 1 and isinstance(read[0], Paragraph) else ()


def guard_lines(markdown: str) -> str:
    """*markdown* of one paragraph whose lines cannot be taken for headings, lists or rules."""
    return _LINE_START.sub(_guard, markdown)


def _guard(match: re.Match[str]) -> str:
    indent, mark = match.groups()
    return indent + (f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}")


@lru_cache(maxsize=1)
def _parser() -> object:
    from markdown_it import MarkdownIt

    # no html, no images, no autolinks: what is typed is what is shown
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable("table")
    return parser.disable(["image", "html_block", "html_inline", "code", "autolink"])


def _words(parts: tuple[Block, ...]) -> Iterator[str]:
    for block in parts:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                yield "".join(span.text for span in spans)
            case Listing(_, _, entries):
                for entry in entries:
                    yield from _words(entry)
            case Grid(rows):
                for row in rows:
                    for cell in row:
                        yield "".join(span.text for span in cell)


class _Reader:
    """Folds markdown-it's flat tokens into blocks."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def blocks(self, until: str = "") -> Iterator[Block]:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == until:
                return
            yield from self._block(token)

    def _block(self, token: Token) -> Iterator[Block]:
        match token.type:
            case "heading_open":
                yield Heading(int(token.tag[1]), self._inline())
            case "paragraph_open":
                yield Paragraph(self._inline())
            case "fence" | "code_block" | "html_block":
                yield Paragraph((Span(token.content.rstrip("\n")),))
            case "blockquote_open":
                yield from self.blocks("blockquote_close")
            case "bullet_list_open" | "ordered_list_open":
                yield self._listing(token)
            case "table_open":
                yield self._grid()

    def _inline(self) -> tuple[Span, ...]:
        spans = _spans(self._tokens[self._at])
        self._at += 2  # the words and the closing token
        return spans

    def _listing(self, opened: Token) -> Listing:
        closing = opened.type.replace("_open", "_close")
        entries: list[tuple[Block, ...]] = []
        while self._tokens[self._at].type != closing:
            self._at += 1
            entries.append(tuple(self.blocks("list_item_close")))
        self._at += 1
        start = opened.attrGet("start")
        return Listing(opened.type.startswith("ordered"), 1 if start is None else int(start), tuple(entries))

    def _grid(self) -> Grid:
        rows: list[list[tuple[Span, ...]]] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_spans(token))
        self._at += 1
        return Grid(tuple(tuple(row) for row in rows))


def _spans(inline: Token) -> tuple[Span, ...]:
    spans: list[Span] = []
    depth = {"strong": 0, "em": 0}
    link = ""
    for token in inline.children or ():
        look, _sign, way = token.type.rpartition("_")
        if look in depth:
            depth[look] += 1 if way == "open" else -1
        elif token.type == "link_open":
            target = str(token.attrGet("href") or "")
            link = target if SAFE_LINK.match(target) else ""
        elif token.type == "link_close":
            link = ""
        elif words := {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content):
            _append(spans, Span(words, depth["strong"] > 0, depth["em"] > 0, link))
    return tuple(spans)


def _append(spans: list[Span], span: Span) -> None:
    last = spans[-1] if spans else None
    if last and (last.bold, last.italic, last.link) == (span.bold, span.italic, span.link):
        spans[-1] = Span(last.text + span.text, span.bold, span.italic, span.link)
    else:
        spans.append(span)
