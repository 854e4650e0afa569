"""Passages with their changes, how many there are, and how to read them: for redlines of all kinds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from planstudio.domain.plan_changes import count_words
from planstudio.domain.redline import Mark, Run
from planstudio.domain.text_changes import PassageChange
from planstudio.i18n import _
from planstudio.reports.revised import revised
from planstudio.reports.style import S1, S2
from planstudio.reports.writer import Writer
from taggedpdf.paragraph import ListLabel, TextStyle

_STEP = 14.0
_TIE = "\u00a0"  # a number stays with its word
_SAMPLE = re.compile(r"\{(\w+)\}")


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
    runs = [
        Run(marks[part], sample) if at % 2 else Run(Mark.KEPT, part) for at, part in enumerate(_SAMPLE.split(words))
    ]
    with writer.hung(_("How to read this")):
        writer.boxes.append(revised(writer, tuple(runs), writer.styles.main, writer.sect.add("P")))


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
            runs = (Run(Mark.KEPT, before), *change.runs) if at == 0 and before else change.runs
            writer.boxes.append(revised(writer, runs, inner, writer.sect.add("P")))
            continue
        if group is None:
            group = writer.sect.add("L")
        entry = group.add("LI")
        label = ListLabel(sign, look.run_style, entry.add("Lbl"), inner.left - _STEP)
        writer.boxes.append(revised(writer, change.runs, inner, entry.add("LBody").add("P"), label))
