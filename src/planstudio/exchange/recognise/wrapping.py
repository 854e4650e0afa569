"""Whether a line goes on in the next one.

Some documents break lines where the page ended, others only where a paragraph
does. A line is taken to go on when the next begins with a small letter, or when
the next one's first word would not have fitted: the document's own long lines
tell how wide its page was.
"""

from __future__ import annotations

import re
from itertools import pairwise

from planstudio.exchange.recognise.blocks import word_set

TERMINAL = (".", "!", "?", ":", "…", ".”", '."', ".)", "?”", "!”")
_LEAST = 40  # shorter lines are headings and list entries, not wrapped prose
_WIDEST = 160  # nobody wraps by hand beyond
_FULL = 0.9
_HYPHENED = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,40}-[a-z]{2,40}")
_COMPOUNDS = word_set(
    "self well non co cross evidence data student high low long short full part decision community district "
    "school research problem real life standards culture trauma college post pre multi inter year all hands mid "
    "step"
)


def ends(text: str) -> bool:
    """Whether a sentence or a lead-in ends here."""
    return text.rstrip().endswith(TERMINAL)


class Wrapping:
    """The line width of one document and the words it writes with a hyphen."""

    def __init__(self, lines: list[str]) -> None:
        self._width = _width(lines)
        self._hyphened = frozenset(word.lower() for line in lines if "-" in line for word in _HYPHENED.findall(line))

    def goes_on(self, line: str, following: str) -> bool:
        """Whether *following* continues the sentence of *line*; both as printed, indentation and all."""
        here, there = line.strip(), following.strip()
        if not here or not there or here.isupper() != there.isupper():
            return False
        if _broken_word(here) and there[0].islower():
            return True
        if there[0].islower() and not ends(here) and len(here) >= _LEAST:
            return True
        if not self._width or len(here) < _LEAST:
            return False
        return len(line.rstrip()) + 1 + len(there.split(maxsplit=1)[0]) > self._width

    def join(self, line: str, following: str) -> tuple[str, str]:
        """Both as they stand side by side, a word broken at the line's end made whole again."""
        there = following.strip()
        broken = _broken_word(line)
        if not broken or not there[:1].islower():
            return line, f" {there}"
        rest = re.match(r"[a-z]+", there)
        whole = f"{broken}-{rest[0] if rest else ''}".lower()
        if broken.lower() in _COMPOUNDS or whole in self._hyphened:
            return line, there
        return line[:-1], there


def _broken_word(line: str) -> str:
    """The first half of a word that a hyphen breaks at the line's end."""
    if not line.endswith("-"):
        return ""
    last = line[-42:-1].rsplit(maxsplit=1)[-1:]
    return last[0] if last and last[0].isalpha() and len(last[0]) > 1 else ""


def _width(lines: list[str]) -> float:
    """How long lines grow before they are broken; 0 where lines are paragraphs."""
    lengths = sorted(
        len(line.rstrip())
        for line, following in pairwise(lines)
        if _LEAST <= len(line.rstrip()) <= _WIDEST and following.strip()[:1].islower() and not ends(line)
    )
    return lengths[int(len(lengths) * 0.75)] * _FULL if len(lengths) > 1 else 0
