"""What changed in one policy: counts, sections and the text with its changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace

from planstudio.domain.cards import PolicyCard
from planstudio.domain.plan_changes import CHANGES
from planstudio.domain.redline import Mark
from planstudio.domain.text_changes import SectionChange, Tally, compare_texts, tally
from planstudio.domain.words import word
from planstudio.i18n import _, long_date, ngettext
from planstudio.reports import policies, prose
from planstudio.reports.revised import counts_told, how_to_read, passages, revised
from planstudio.reports.style import S1, S3
from planstudio.reports.writer import LONG_LABEL, Writer


def policy_changes(
    writer: Writer, before: PolicyCard | None, card: PolicyCard, *, since: str = "", copy: str = ""
) -> None:
    """What changed in a policy. *since* names the earlier moment, *copy* the bookmark of the clean copy."""
    writer.title(_("What changed in {policy}").format(policy=policies.name(card)), kicker=card.title)
    if before is None:
        writer.hang(_("In brief"), _("This policy is new. All of its text was added."), writer.styles.lead_main)
        prose.write_hung(writer, card.body)
        return
    changes = compare_texts(before.body, card.body)
    total, changed = tally(changes), [change for change in changes if change.changed]
    writer.hang(_("In brief"), policy_brief(total, since), writer.styles.lead_main)
    lines = [*_facts(before, card), *(f"{_section(change)}: {_counted(change)}" for change in changed)]
    prose.listed(writer, lines) if lines else None
    if not total.total:
        return
    if same := [_section(change) for change in changes if not change.changed]:
        writer.p(_("As before: {sections}.").format(sections=", ".join(same)))
    how_to_read(writer, moved=bool(total.moved))
    writer.gap(S3)
    writer.rule(keep=True)
    for change in changed:
        _changed_section(writer, change)
    if copy:
        _clean_copy(writer, card, copy)


def _clean_copy(writer: Writer, card: PolicyCard, copy: str) -> None:
    writer.gap(S3)
    writer.rule(left=writer.grid.side)
    with writer.hung(_("Clean copy")):
        words = _("The text without marks: {policy}.")
        opening, _found, closing = words.partition("{policy}")
        look = writer.styles.main
        link = writer.setter.link(writer.setter.name(policies.name(card)), f"#{copy}", look)
        writer.p([(look.run_style, opening), *link, (look.run_style, closing)])


def policy_brief(total: Tally, since: str) -> str:
    """The counts in a sentence."""
    if not total.total:
        words = _("Nothing changed in the text since {moment}.") if since else _("Nothing changed in the text.")
        return words.format(moment=since)
    counted = counts_told({what: getattr(total, what) for what in CHANGES})
    return (_("Since {moment}: {counts}.") if since else _("{counts}.")).format(moment=since, counts=counted)


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
        said, found = [_("the section stands elsewhere")], replace(found, moved=found.moved - 1)
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


def _changed_section(writer: Writer, change: SectionChange) -> None:
    level = min(max(change.level, 2), 4)
    hangs = len(change.title) == 1 and change.title[0].mark is Mark.KEPT and len(change.name) <= LONG_LABEL
    if change.title and not hangs:
        look = replace(writer.styles.h3, left=writer.grid.side, after=S1)
        revised(writer, change.title, look, writer.heading_tag(level))
    with writer.hung(change.name, level=level) if hangs else nullcontext():
        if change.mark is Mark.MOVED_HERE:
            writer.p(_("This section stands elsewhere than before."), replace(writer.styles.note_main, keep=True))
        passages(writer, change.passages, writer.styles.main)
