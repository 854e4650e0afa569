"""Two texts in one: what was taken out struck out on red, what is new underlined on green, and both said aloud."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from planstudio import richtext
from planstudio.domain.redline import Mark, Run, Runs, compare_words
from planstudio.domain.text_changes import SectionChange, compare_texts
from planstudio.gui.theme import color, font
from planstudio.i18n import _

_WHOLE = 1_500  # letters up to which what stayed is shown, too
_THIN = "\N{THIN SPACE}"
_MOST = 40  # passages that are shown


def html_of(runs: Runs) -> str:
    new = f"color:{color('green').name()}; background-color:{color('green_wash').name()}; text-decoration:underline"
    old = f"color:{color('red').name()}; background-color:{color('red_wash').name()}; text-decoration:line-through"
    styles = {Mark.ADDED: new, Mark.MOVED_HERE: new, Mark.DELETED: old, Mark.MOVED_AWAY: old}
    made, last = [], Mark.KEPT
    for run in runs:
        if run.mark is Mark.ADDED and last is Mark.DELETED:
            made.append(_THIN)  # or the two would read as one word
        said = escape(run.text)
        made.append(f'<span style="{styles[run.mark]}">{said}</span>' if run.mark in styles else said)
        last = run.mark
    return "".join(made)


def spoken(runs: Runs) -> str:
    """The runs as a screen reader says them."""
    said = {
        Mark.ADDED: _("Added: {words}."), Mark.MOVED_HERE: _("Moved here: {words}."),
        Mark.DELETED: _("Deleted: {words}."), Mark.MOVED_AWAY: _("Moved away: {words}."),
    }  # fmt: skip
    return " ".join(said.get(run.mark, "{words}").format(words=run.text.strip()) for run in runs)


def redline(before: str, after: str, *, markdown: bool = False) -> list[Runs]:
    """The lines to show of *after*, beside *before*; of a long text those alone that changed."""
    if not markdown:
        lines, others = before.splitlines(), after.splitlines()
        if max(len(lines), len(others)) < 2:
            return [compare_words(before, after)]
        before, after = "\n\n".join(lines), "\n\n".join(others)
    found = [runs for section in compare_texts(before, after) for runs in _lines(section)]
    if len(before) + len(after) > 2 * _WHOLE:
        found = [runs for runs in found if any(run.mark is not Mark.KEPT for run in runs)]
    return found[:_MOST]


def _lines(section: SectionChange) -> list[Runs]:
    """The heading and the passages of a section, entries with their sign."""
    runs = [
        (Run(one.mark or Mark.KEPT, f"{one.passage.sign} "), *one.runs) if one.passage.sign else one.runs
        for one in section.passages
    ]
    return [section.title, *runs] if section.title else runs


class RedlineText(QLabel):
    """*after* as it differs from *before*; None where nothing stood there."""

    def __init__(self, before: str | None, after: str, *, markdown: bool) -> None:
        super().__init__(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self.setFont(font("reading"))
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if before is None:
            words = richtext.plain(after) if markdown else after
            shown, said = [escape(line) for line in words.splitlines()], words
        else:
            lines = redline(before, after, markdown=markdown)
            shown, said = list(map(html_of, lines)), " ".join(map(spoken, lines))
        if not after and not shown:
            shown, said = [f'<span style="color:{color("muted").name()}">{escape(_("nothing"))}</span>'], _("nothing")
        self.setText("".join(f'<p style="line-height:132%; margin:0 0 4px 0">{line}</p>' for line in shown))
        self.setAccessibleName(said)
