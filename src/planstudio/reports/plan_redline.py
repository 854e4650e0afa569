"""What changed in the whole plan and its policies, element by element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planstudio.domain.cards import PlanBook
from planstudio.domain.plan_changes import CHANGES, ElementChange, FieldChange, compare_plans, counts
from planstudio.domain.redline import Mark, Run, compare_words
from planstudio.domain.text_changes import compare_texts
from planstudio.domain.words import table_word
from planstudio.i18n import _
from planstudio.reports.revised import counts_told, how_to_read, passages, revised
from planstudio.reports.style import S1, S3
from planstudio.reports.wording import above_words, change_words, element_words, place_words
from planstudio.reports.writer import Writer
from planstudio.richtext import plain

_GROUPS = ("plan", "statement", "statement_item", "goal", "strategy", "milestone", "measure", "policy")


def plan_changes(
    writer: Writer, before: PlanBook, after: PlanBook, origins: Mapping[str, str], *, since: str, until: str
) -> None:
    """What changed in the plan and its policies between two moments, or from one plan to its copy."""
    writer.title(_("What changed in the plan"), kicker=after.plan.title)
    changes = compare_plans(before, after, origins)
    writer.hang(_("In brief"), plan_brief(changes, since, until), writer.styles.lead_main)
    if not changes:
        return
    _count_table(writer, changes)
    how_to_read(writer)
    for name, tables in (
        (_("The plan"), ("plan",)),
        (_("Statements"), ("statement", "statement_item")),
        (_("Goals and strategies"), ("goal", "strategy", "milestone", "measure")),
        (_("Policies"), ("policy",)),
    ):
        group = [change for change in changes if change.element.table in tables]
        if group:
            writer.gap(S3)
            writer.rule(keep=True)
            writer.heading(name, writer.styles.h2, 2)
            for change in group:
                _element(writer, change)


def plan_brief(changes: Sequence[ElementChange], since: str, until: str) -> str:
    moments = {"since": since or _("the earlier moment"), "until": until or _("now")}
    if not changes:
        return _("Nothing changed between {since} and {until}.").format(**moments)
    found = counts(changes)
    sums = {what: sum(tally[what] for tally in found.values()) for what in CHANGES}
    told = _("From {since} to {until}: {counts}.")
    return told.format(**moments, counts=counts_told(sums))


def _count_table(writer: Writer, changes: Sequence[ElementChange]) -> None:
    found = counts(changes)
    table = writer.table([0.0, 62.0, 62.0, 62.0, 62.0], left=writer.grid.side)
    table.set_head(writer.heads(_("Element"), _("Added"), _("Deleted"), _("Moved"), _("Changed"), numbers=[1, 2, 3, 4]))
    for name in _GROUPS:
        if name in found:
            numbers = [str(found[name][what]) for what in CHANGES]
            table.add_row([writer.cell(table_word(name)), *writer.cells(*numbers, look=writer.styles.number)])


def _element(writer: Writer, change: ElementChange) -> None:
    whole = Mark.ADDED if change.added else Mark.DELETED if change.deleted else Mark.KEPT
    fields = [field for field in change.fields if not _is_name(change, field)]
    with writer.hung(writer.setter.name(element_words(change), 68), level=3):
        head = replace(writer.styles.main, font="Serif-B", keep=bool(fields), after=S1)
        revised(writer, (Run(whole, change.element.name or "–"),), head)
        moved = place_words(change)
        what = "" if moved and not change.changed else f"{change_words(change)}."
        note = " ".join(words for words in (what, moved, writer.setter.name(above_words(change), 160)) if words)
        writer.p(note, replace(writer.styles.note_main, keep=bool(fields)))
    for field in fields:
        _field(writer, field)


def _is_name(change: ElementChange, field: FieldChange) -> bool:
    """Whether a new or lost element's name says the field already."""
    name, words = change.element.name, plain(field.before or field.after)
    part = change.element.table == "policy" and (name.startswith(f"{words} ") or name.endswith(f" {words}"))
    return (change.added or change.deleted) and bool(words) and (part or words == name)


def _field(writer: Writer, field: FieldChange) -> None:
    look, opening = writer.styles.main, _("{field}: ").format(field=field.name)
    if not field.markdown:
        runs = (Run(Mark.KEPT, opening), *compare_words(field.before, field.after))
        revised(writer, runs, look)
        return
    sections = [change for change in compare_texts(field.before, field.after) if change.changed]
    if not sections:
        writer.p(_("{field}: only its look changed, not its words.").format(field=field.name))
        return
    first = sections[0]
    if not first.title and first.passages and not first.passages[0].passage.sign:
        passages(writer, first.passages, look, opening)
        sections = sections[1:]
    else:
        writer.p(opening, replace(writer.styles.note_main, keep=True))
    for change in sections:
        if change.title:
            heading = replace(writer.styles.h3, left=writer.grid.side, after=S1)
            revised(writer, change.title, heading, writer.heading_tag(4))
        passages(writer, change.passages, look)
