"""The one way from the book's text to runs on paper.

There is no markup on this way: spans become runs of plain characters, so
nothing a user types can be taken for a tag, a picture or a font. Links are
those that richtext lets through: http, https and mailto.
"""

from __future__ import annotations

from collections.abc import Iterable

from planstudio.reports import fonts
from planstudio.reports.style import ACCENT
from planstudio.richtext import SAFE_LINK, Span
from taggedpdf.breaking import Link, Run, RunStyle, fill, text_width
from taggedpdf.paragraph import TextStyle

ELLIPSIS = "\u2026"


class Typesetter:
    """Sets text in the faces that have it, and remembers what none has."""

    def __init__(self) -> None:
        self.coverage = fonts.Coverage()

    def plain(self, text: str, style: TextStyle) -> list[Run]:
        """A text of one look, on one line as far as the page lets it."""
        tail = " " if text.endswith(" ") else ""  # words that more is put after keep their space
        return self._runs(fonts.one_line(text) + tail, style.run_style)

    def rich(self, spans: Iterable[Span], style: TextStyle) -> list[Run]:
        """The spans of a paragraph. Line breaks in them stay."""
        runs: list[Run] = []
        base = style.run_style
        for span in spans:
            if not (text := fonts.clean(span.text)):
                continue
            look = base
            if span.bold or span.italic:
                look = look._replace(font=fonts.styled(base.font, bold=span.bold, italic=span.italic))
            if span.link and SAFE_LINK.match(span.link):
                look = self._linked(look, fonts.clean(span.link), text)
            runs += self._runs(text, look)
        return runs

    def link(self, text: str, target: str, style: TextStyle) -> list[Run]:
        """Words that lead to "#" and a bookmark of this file."""
        text = fonts.one_line(text)
        return self._runs(text, self._linked(style.run_style, target, text))

    def name(self, text: str, most: int = 80) -> str:
        """*text* clipped to *most* letters, for bookmarks, running heads and contents."""
        text = fonts.one_line(text[: most * 4 + 40])
        if len(text) <= most:
            return text
        head = text[: most - 1]
        cut = head.rfind(" ")
        return (head[:cut] if cut > most // 2 else head).rstrip(" ,.;:") + ELLIPSIS

    def fitted(self, text: str, style: TextStyle, width: float) -> list[Run]:
        """*text* on one line no wider than *width*, its end cut off where it must be."""
        most = len(text)
        while True:
            runs = self.plain(self.name(text, most), style)
            wide = sum(text_width(part, look) for look, part in runs)
            if wide <= width or most < 4:
                return runs
            most = min(int(most * width / wide), most - 1)

    def _linked(self, look: RunStyle, target: str, words: str) -> RunStyle:
        return look._replace(color=fill(ACCENT), link=Link(target, " ".join(words.split())), underline=True)

    def _runs(self, text: str, look: RunStyle) -> list[Run]:
        parts = self.coverage.runs(look.font, text)
        return [(look if name == look.font else look._replace(font=name), part) for name, part in parts]
