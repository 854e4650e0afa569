"""Text with its changes: struck and underlined, and in brackets that are read aloud.

    every [Deleted: seven] [Added: five] years

A deletion and an addition are each a Span whose attribute says how its text
is decorated; brackets, words and lines carry what the color carries. Redlines
of all kinds are made of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from reportlab.lib.colors import Color

from planstudio.domain.plan_changes import count_words
from planstudio.domain.redline import Mark, Runs
from planstudio.domain.redline import Run as Change
from planstudio.domain.text_changes import PassageChange
from planstudio.i18n import _
from planstudio.reports.style import BAD, CALM, GOOD, S1, S2
from planstudio.reports.writer import Writer
from planstudio.richtext import Span
from taggedpdf.breaking import Run, RunStyle, fill, text_width
from taggedpdf.canvas import TaggedCanvas
from taggedpdf.paragraph import ListLabel, Paragraph, TextStyle
from taggedpdf.tags import Artifact, Tag

_SMALLER = 0.8  # the brackets' size to the words'
_STRUCK, _UNDER, _WEIGHT = 0.24, -0.16, 0.7
_STEP = 14.0
_TIE = "\u00a0"  # a number stays with its word
_SAMPLE = re.compile(r"\{(\w+)\}")


class _Way(NamedTuple):
    """How a change is shown: the color, where its line runs, and what its Span says of that."""

    color: Color
    line: float
    decoration: str


_WAYS = {
    Mark.DELETED: _Way(BAD, _STRUCK, "LineThrough"),
    Mark.ADDED: _Way(GOOD, _UNDER, "Underline"),
    Mark.MOVED_AWAY: _Way(CALM, _STRUCK, "LineThrough"),
    Mark.MOVED_HERE: _Way(CALM, _UNDER, "Underline"),
}


def brackets(mark: Mark) -> tuple[str, str]:
    """What is read aloud before and after changed words."""
    words = {
        Mark.DELETED: _("[Deleted: {words}]"),
        Mark.ADDED: _("[Added: {words}]"),
        Mark.MOVED_AWAY: _("[Moved from here: {words}]"),
        Mark.MOVED_HERE: _("[Moved here: {words}]"),
    }[mark]
    opening, _found, closing = words.partition("{words}")
    return opening, closing


def set_runs(writer: Writer, runs: Runs, look: TextStyle) -> list[Run]:
    """Changed words as runs: brackets in a small bold sans, a space between two changes."""
    made: list[Run] = []
    changed = False
    for mark, text in runs:
        words = text.strip()
        if mark is Mark.KEPT or not words:
            made += writer.setter.rich([Span(text)], look)
            changed = changed and not text
            continue
        if changed or text[:1].isspace():
            made.append((look.run_style, " "))
        opening, closing = brackets(mark)
        color, under = fill(_WAYS[mark].color), _WAYS[mark].line < 0
        bracket = RunStyle("Sans-B", look.size * _SMALLER, color, underline=under)
        made.append((bracket, opening))
        spans = writer.setter.rich([Span(words)], look)
        made += [(part._replace(color=color, underline=under), piece) for part, piece in spans]
        made.append((bracket, closing))
        changed = True
        if text[-1:].isspace():
            made.append((look.run_style, " "))
            changed = False
    return made


class Revised(Paragraph):
    """A paragraph whose colored words are changes."""

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.label:
            sign = Paragraph([(self.label.look, self.label.text)], self.style, self.label.tag)
            sign.wrap(self._width)
            sign.draw(canvas, x + self.label.left - self.style.left, top)
        y, leading = top - self.style.ascent, self.style.leading
        writer = _Writer(canvas, canvas.owner if self.tag is None else self.tag, self.style)
        for number, line in enumerate(self._lines):
            last = number == len(self._lines) - 1 and not self._runs_on
            writer.line(line.runs, x + self.style.left, y - number * leading, more=not last)
        writer.end()


class _Writer:
    """Writes lines, a Span around each change, and the rules over and under them."""

    def __init__(self, canvas: TaggedCanvas, owner: Tag | Artifact, style: TextStyle) -> None:
        self.canvas, self.owner, self.style = canvas, owner, style
        self.ways = {(fill(way.color), way.line < 0): way for way in _WAYS.values()}
        self.code, self.rules = ["BT"], list[tuple[str, float, float, float]]()
        self._now: _Way | None = None
        self._open = False
        self._state = ""

    def line(self, runs: Sequence[Run], x: float, y: float, *, more: bool) -> None:
        self.code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        for place, (look, text) in enumerate(runs):
            self._turn(self.ways.get((look.color, look.underline)))
            wide = text_width(text, look)
            if self._now and look.size == self.style.size:
                self.rules.append((look.color, x, x + wide, y + look.size * self._now.line))
            x += wide
            self._show(look, f"{text} " if more and place == len(runs) - 1 else text)

    def _turn(self, way: _Way | None) -> None:
        """End a change where its look ends, and begin the next."""
        if self._open and way is self._now:
            return
        if self._open:
            self.code.append("EMC")
        owner = self.owner
        if way and isinstance(owner, Tag):
            owner = owner.add("Span", attributes=f"<</O/Layout/TextDecorationType/{way.decoration}>>")
        self.code.append(self.canvas.begin(owner))
        self._now, self._open = way, True

    def _show(self, look: RunStyle, text: str) -> None:
        for name, data in self.canvas.encode(look.font, text):
            state = f"{look.color} {name} {look.size:.4g} Tf"
            self.code.append(f"({data}) Tj" if state == self._state else f"{state} ({data}) Tj")
            self._state = state

    def end(self) -> None:
        if self._open:
            self.code.append("EMC")
        self.canvas.put_text(" ".join([*self.code, "ET"]))
        for color, x0, x1, y in self.rules:
            self.canvas.put_rule(color.upper(), _WEIGHT, x0, x1, y)


def revised(
    writer: Writer, runs: Runs, look: TextStyle, tag: Tag | None = None, label: ListLabel | None = None
) -> None:
    """A paragraph of changed words."""
    writer.boxes.append(Revised(set_runs(writer, runs, look), look, tag or writer.sect.add("P"), label))


def counts_told(tally: Mapping[str, int]) -> str:
    """How many of each: "1 added, 1 deleted, 0 moved, 2 changed"."""
    return ", ".join(words.replace(" ", _TIE) for words in count_words(tally).values())


def how_to_read(writer: Writer, *, moved: bool = False) -> None:
    writer.gap(S2)
    sample = _("like\u00a0this")
    words = _("Words that were taken out look {deleted}. New words look {added}.")
    if moved:
        words += " " + _("Words that were moved look {away} where they stood and {here} where they stand.")
    words += " " + _("The brackets are read aloud, so color and lines are never the only sign.")
    marks = {"deleted": Mark.DELETED, "added": Mark.ADDED, "away": Mark.MOVED_AWAY, "here": Mark.MOVED_HERE}
    parts = enumerate(_SAMPLE.split(words))
    runs = tuple(Change(marks[part], sample) if at % 2 else Change(Mark.KEPT, part) for at, part in parts)
    with writer.hung(_("How to read this")):
        revised(writer, runs, writer.styles.main)


def passages(writer: Writer, changes: Sequence[PassageChange], look: TextStyle, before: str = "") -> None:
    """Paragraphs and entries with their changes; *before* stands on the first line of all."""
    group = None
    for at, change in enumerate(changes):
        sign = change.passage.sign
        last = at + 1 == len(changes) or not changes[at + 1].passage.sign
        left = look.left + _STEP * (change.passage.depth + bool(sign))
        inner = replace(look, left=left, after=S1 if sign and not last else S2)
        if not sign:
            group = None
            runs = (Change(Mark.KEPT, before), *change.runs) if at == 0 and before else change.runs
            revised(writer, runs, inner)
            continue
        if group is None:
            group = writer.sect.add("L")
        entry = group.add("LI")
        label = ListLabel(sign, look.run_style, entry.add("Lbl"), inner.left - _STEP)
        revised(writer, change.runs, inner, entry.add("LBody").add("P"), label)
