"""The record of what was found and explained: in packets for those who may read it, never in a public one."""

from __future__ import annotations

from collections.abc import Sequence

from planstudio.domain.leaks import Clearance
from planstudio.domain.words import word
from planstudio.i18n import _, day_and_time, stopped
from planstudio.reports.writer import Writer


def answers(writer: Writer, cleared: Sequence[Clearance]) -> None:
    """One page: the words, both places, and why somebody said that this is no leak."""
    writer.title(_("Findings that are no leaks"))
    words = _(
        "The words of withheld items were looked for in the packets of this meeting. These may stand where they do."
    )
    writer.p(words, writer.styles.lead)
    table = writer.table([110.0, 130.0, 0.0, 92.0])
    table.set_head(writer.heads(_("Words"), _("Where"), _("Why it is no leak"), _("Who and when")))
    for one in cleared:
        where = _("Withheld in {withheld}; shown in {shown}").format(withheld=one.withheld, shown=one.shown or "–")
        why = f"{stopped(word(one.kind))} {stopped(one.reason)}"
        table.add_row(writer.cells(one.words, where, why, f"{one.author or '–'}, {day_and_time(one.at)}"))
