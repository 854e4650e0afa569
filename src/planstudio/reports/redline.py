"""What changed between two moments: in one policy, or in the whole plan.

The summary and its counts come first, then how to read what follows, then
only what changed. A policy's clean copy follows on pages of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from planstudio.domain.cards import PlanBook, PolicyCard
from planstudio.domain.plan_changes import CHANGES, ElementChange, FieldChange, compare_plans, count_words, counts
from planstudio.domain.redline import Mark, Run, compare_words
from planstudio.domain.text_changes import PassageChange, SectionChange, Tally, compare_texts, tally
from planstudio.domain.words import table_word, word
from planstudio.i18n import _, long_date, ngettext
from planstudio.reports import policies, prose
from planstudio.reports.revised import revised
from planstudio.reports.story import LONG_LABEL, Story
from planstudio.reports.style import S1, S2, S3
from planstudio.reports.tagged.paragraph import Label, TextStyle
from planstudio.reports.wording import above_words, change_words, element_words, place_words
from planstudio.richtext import plain

_STEP = 14.0
_TIE = "\u00a0"  # a number stays with its word
_SAMPLE = re.compile(r"\{(\w+)\}")
_GROUPS = ("plan", "statement", "statement_item", "goal", "strategy", "milestone", "measure", "policy")


# ── one policy


def policy_changes(
    story: Story, before: PolicyCard | None, card: PolicyCard, *, since: str = "", copy: str = ""
) -> None:
    """What changed in a policy. *since* names the earlier moment, *copy* the bookmark of the clean copy."""
    story.title(_("What changed in {policy}").format(policy=policies.name(card)), kicker=card.title)
    if before is None:
        with story.hung(_("In brief")):
            story.p(_("This policy is new. All of its text was added."), story.styles.lead_main)
        prose.write_hung(story, card.body)
        return
    changes = compare_texts(before.body, card.body)
    fields = list(_facts(before, card))
    total = tally(changes)
    with story.hung(_("In brief")):
        story.p(policy_brief(total, since), story.styles.lead_main)
    lines = [*fields, *(f"{_section(change)}: {_counted(change)}" for change in changes if change.changed)]
    prose.bullets(story, lines) if lines else None
    same = [_section(change) for change in changes if not change.changed]
    if total.total and same:
        story.p(_("As before: {sections}.").format(sections=", ".join(same)))
    if not total.total:
        return
    _how_to_read(story, moved=bool(total.moved))
    story.gap(S3)
    story.rule()
    story.boxes[-1].keep = True
    for change in changes:
        if change.changed:
            _changed_section(story, change)
    if copy:
        story.gap(S3)
        story.rule(left=story.grid.side)
        with story.hung(_("Clean copy")):
            words = _("The text without marks: {policy}.")
            opening, _found, closing = words.partition("{policy}")
            look = story.styles.main
            link = story.setter.link(story.setter.name(policies.name(card)), f"#{copy}", look)
            story.p([(look.look, opening), *link, (look.look, closing)])


def policy_brief(total: Tally, since: str) -> str:
    """The counts in a sentence."""
    if not total.total:
        words = _("Nothing changed in the text since {moment}.") if since else _("Nothing changed in the text.")
        return words.format(moment=since)
    counted = _counts_told({what: getattr(total, what) for what in CHANGES})
    return (_("Since {moment}: {counts}.") if since else _("{counts}.")).format(moment=since, counts=counted)


def _counts_told(tally: Mapping[str, int]) -> str:
    """How many of each: "1 added, 1 deleted, 0 moved, 2 changed"."""
    return ", ".join(words.replace(" ", _TIE) for words in count_words(tally).values())


def _section(change: SectionChange) -> str:
    return change.name or _("The text above the first heading")


def _counted(change: SectionChange) -> str:
    if change.mark is Mark.ADDED:
        return _("the section is new")
    if change.mark is Mark.DELETED:
        return _("the section was deleted")
    found = change.tally
    said = []
    if change.mark is Mark.MOVED_HERE:
        said.append(_("the section stands elsewhere"))
        found = replace(found, moved=found.moved - 1)
    told = [
        (found.changed, ngettext("{n} passage changed", "{n} passages changed", found.changed)),
        (found.added, ngettext("{n} passage added", "{n} passages added", found.added)),
        (found.deleted, ngettext("{n} passage deleted", "{n} passages deleted", found.deleted)),
        (found.moved, ngettext("{n} passage moved", "{n} passages moved", found.moved)),
    ]
    said += [words.format(n=count) for count, words in told if count]
    return ", ".join(said) or _("the section changed")


def _facts(before: PolicyCard, card: PolicyCard) -> Iterator[str]:
    """What changed besides the text."""
    days = ((_("Adopted"), before.adopted, card.adopted), (_("Effective"), before.effective, card.effective))
    pairs = [
        (_("Code"), before.code, card.code),
        (_("Title"), before.title, card.title),
        (_("Standing"), word(before.state), word(card.state)),
        *((name, long_date(old) if old else "", long_date(new) if new else "") for name, old, new in days),
        (_("Legal references"), "; ".join(before.legal_refs), "; ".join(card.legal_refs)),
        (_("See also"), "; ".join(before.cross_refs), "; ".join(card.cross_refs)),
    ]
    for name, old, new in pairs:
        if old != new:
            words = _("{field}: {after}; it was {before}.") if old and new else _("{field}: {after}; there was none.")
            words = words if new else _("{field}: none any more; it was {before}.")
            yield words.format(field=name, after=new, before=old)


def _how_to_read(story: Story, *, moved: bool = False) -> None:
    story.gap(S2)
    sample = _("like\u00a0this")
    words = _("Words that were taken out look {deleted}. New words look {added}.")
    if moved:
        words += " " + _("Words that were moved look {away} where they stood and {here} where they stand.")
    words += " " + _("The brackets are read aloud, so color and lines are never the only sign.")
    marks = {"deleted": Mark.DELETED, "added": Mark.ADDED, "away": Mark.MOVED_AWAY, "here": Mark.MOVED_HERE}
    runs = [
        Run(marks[part], sample) if at % 2 else Run(Mark.KEPT, part) for at, part in enumerate(_SAMPLE.split(words))
    ]
    with story.hung(_("How to read this")):
        story.boxes.append(revised(story, tuple(runs), story.styles.main, story.sect.add("P")))


def _changed_section(story: Story, change: SectionChange) -> None:
    level = min(max(change.level, 2), 4)
    hangs = len(change.title) == 1 and change.title[0].mark is Mark.KEPT and len(change.name) <= LONG_LABEL
    if hangs:
        with story.hung(change.name, level=level):
            _section_text(story, change)
        return
    if change.title:
        look = replace(story.styles.h3, left=story.grid.side, after=S1)
        story.boxes.append(revised(story, change.title, look, story.heading_tag(level)))
    _section_text(story, change)


def _section_text(story: Story, change: SectionChange) -> None:
    if change.mark is Mark.MOVED_HERE:
        story.p(_("This section stands elsewhere than before."), replace(story.styles.note_main, keep=True))
    passages(story, change.passages, story.styles.main)


def passages(story: Story, changes: Sequence[PassageChange], look: TextStyle, before: str = "") -> None:
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
            story.boxes.append(revised(story, runs, inner, story.sect.add("P")))
            continue
        if group is None:
            group = story.sect.add("L")
        entry = group.add("LI")
        label = Label(sign, look.look, entry.add("Lbl"), inner.left - _STEP)
        story.boxes.append(revised(story, change.runs, inner, entry.add("LBody").add("P"), label))


# ── the whole plan


def plan_changes(
    story: Story,
    before: PlanBook,
    after: PlanBook,
    *,
    since: str = "",
    until: str = "",
    origins: Mapping[str, str] | None = None,
) -> None:
    """What changed in the plan and its policies between two moments, or from one plan to its copy."""
    story.title(_("What changed in the plan"), kicker=after.plan.title)
    changes = compare_plans(before, after, origins)
    with story.hung(_("In brief")):
        story.p(plan_brief(changes, since, until), story.styles.lead_main)
    if not changes:
        return
    _count_table(story, changes)
    _how_to_read(story)
    for name, tables in (
        (_("The plan"), ("plan",)),
        (_("Statements"), ("statement", "statement_item")),
        (_("Goals and strategies"), ("goal", "strategy", "milestone", "measure")),
        (_("Policies"), ("policy",)),
    ):
        group = [change for change in changes if change.element.table in tables]
        if group:
            story.gap(S3)
            story.rule()
            story.boxes[-1].keep = True
            story.boxes.append(story.text(name, story.styles.h2, story.heading_tag(2)))
            for change in group:
                _element(story, change)


def plan_brief(changes: Sequence[ElementChange], since: str, until: str) -> str:
    moments = {"since": since or _("the earlier moment"), "until": until or _("now")}
    if not changes:
        return _("Nothing changed between {since} and {until}.").format(**moments)
    found = counts(changes)
    sums = {what: sum(tally[what] for tally in found.values()) for what in CHANGES}
    told = _("From {since} to {until}: {counts}.")
    return told.format(**moments, counts=_counts_told(sums))


def _count_table(story: Story, changes: Sequence[ElementChange]) -> None:
    found = counts(changes)
    side = story.grid.side
    table = story.table([0.0, 62.0, 62.0, 62.0, 62.0], left=side)
    table.set_head(story.heads(_("Element"), _("Added"), _("Deleted"), _("Moved"), _("Changed"), numbers=[1, 2, 3, 4]))
    for name in _GROUPS:
        if name in found:
            numbers = [str(found[name][what]) for what in CHANGES]
            table.add_row([story.cell(table_word(name)), *story.cells(*numbers, look=story.styles.number)])


def _element(story: Story, change: ElementChange) -> None:
    whole = Mark.ADDED if change.added else Mark.DELETED if change.deleted else Mark.KEPT
    name = change.element.name or "–"
    fields = [field for field in change.fields if not _is_name(change, field)]
    with story.hung(story.setter.name(element_words(change), 68), level=3):
        head = replace(story.styles.main, font="Serif-B", keep=bool(fields), after=S1)
        story.boxes.append(revised(story, (Run(whole, name),), head, story.sect.add("P")))
        moved = place_words(change)
        what = "" if moved and not change.changed else f"{change_words(change)}."
        note = " ".join(words for words in (what, moved, story.setter.name(above_words(change), 160)) if words)
        story.p(note, replace(story.styles.note_main, keep=bool(fields)))
    for field in fields:
        _field(story, field)


def _is_name(change: ElementChange, field: FieldChange) -> bool:
    """Whether a new or lost element's name says the field already."""
    name, words = change.element.name, plain(field.before or field.after)
    part = change.element.table == "policy" and (name.startswith(f"{words} ") or name.endswith(f" {words}"))
    return (change.added or change.deleted) and bool(words) and (part or words == name)


def _field(story: Story, field: FieldChange) -> None:
    look = story.styles.main
    opening = _("{field}: ").format(field=field.name)
    if not field.markdown:
        runs = (Run(Mark.KEPT, opening), *compare_words(field.before, field.after))
        story.boxes.append(revised(story, runs, look, story.sect.add("P")))
        return
    sections = [change for change in compare_texts(field.before, field.after) if change.changed]
    if not sections:
        story.p(_("{field}: only its look changed, not its words.").format(field=field.name))
        return
    first = sections[0]
    if not first.title and first.passages and not first.passages[0].passage.sign:
        passages(story, first.passages, look, opening)
        sections = sections[1:]
    else:
        story.p(opening, replace(story.styles.note_main, keep=True))
    for change in sections:
        if change.title:
            heading = replace(story.styles.h3, left=story.grid.side, after=S1)
            story.boxes.append(revised(story, change.title, heading, story.heading_tag(4)))
        passages(story, change.passages, look)
