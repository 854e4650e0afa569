"""The accessibility summary: which pages can be read aloud, which cannot, why, and what was taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planstudio.domain.intake import FileFacts, FileKind, facts_notes, kind_phrase, removal_notes, trouble_sentence
from planstudio.i18n import _, ngettext
from planstudio.reports.marks import Mark
from planstudio.reports.style import BAD, GOOD, S3, WARN
from planstudio.reports.writer import Writer
from taggedpdf.table import Table

_YES, _PART, _NO = Mark("check", GOOD), Mark("triangle", WARN), Mark("cross", BAD)


@dataclass(frozen=True)
class Paper:
    """One foreign file in the packet."""

    key: str  # the attachment's id
    number: str  # of its item
    name: str
    pages: int  # in this packet: 1 for a page that stands in its place
    facts: FileFacts
    description: str = ""


def reads_aloud(paper: Paper) -> bool | None:
    """True, False, or None for in part."""
    facts = paper.facts
    if facts.trouble is not None or facts.kind is FileKind.SCAN:
        return False
    if facts.kind is FileKind.PICTURE:
        return bool(paper.description)
    return True if facts.kind is FileKind.PLAIN or (facts.kind is FileKind.TAGGED and facts.verified) else None


def summary(writer: Writer, own_pages: int, papers: Sequence[Paper], contact: str) -> None:
    """The last page of a packet."""
    writer.title(_("Accessibility summary"))
    scanned = sum(len(paper.facts.scanned) if paper.facts.trouble is None else 0 for paper in papers)
    total = own_pages + sum(paper.pages for paper in papers)
    writer.p(_verdict(total, scanned, papers), writer.styles.lead)
    table = writer.table([150.0, 42.0, 108.0, 0.0])
    names = (_("Document"), _("Pages"), _("Can be read aloud?"), _("What it is"))
    table.set_head(writer.heads(*names, numbers=(1,)))
    ours = _("Made by Plan Studio in the form of PDF/UA-1: headings, lists, tables, links and descriptions of charts.")
    _row(writer, table, _("The packet’s own pages"), own_pages, True, ours)
    for paper in papers:
        _row(writer, table, f"{paper.number} {paper.name}".strip(), paper.pages, reads_aloud(paper), _told(paper))
    writer.gap(S3)
    words = _(
        "Files with tags of their own were tested against PDF/UA-1, the standard for accessible PDF, by a program. "
        "Programs cannot judge everything: people read the descriptions and the order of the pages."
    )
    writer.hang(_("How it was checked"), words)
    if removed := [paper for paper in papers if paper.facts.removed]:
        with writer.hung(_("What was removed")):
            for paper in removed:
                writer.p(f"{paper.number} {paper.name}: {'; '.join(removal_notes(paper.facts))}.")
    if contact:
        words = _("Ask for large print, Braille, a translation or a reading by telephone: {contact}")
        writer.hang(_("Another form"), words.format(contact=contact))
    writer.hang(_("Found a barrier?"), _("Tell us the page number. The next revision lists what was fixed."))


def _verdict(total: int, scanned: int, papers: Sequence[Paper]) -> str:
    missing = sum(1 for paper in papers if paper.facts.trouble is not None)
    if not scanned and not missing:
        return _("All {total} pages can be read aloud, searched and enlarged.").format(total=total)
    words = _("Of {total} pages, {read} can be read aloud, searched and enlarged.")
    said = [words.format(total=total, read=total - scanned)]
    if scanned:
        pictures = ngettext("{n} is a picture of paper.", "{n} are pictures of paper.", scanned)
        said.append(pictures.format(n=scanned))
    if missing:
        left = ngettext("{n} file could not be included.", "{n} files could not be included.", missing)
        said.append(left.format(n=missing))
    return " ".join(said)


def _row(writer: Writer, table: Table, name: str, pages: int, aloud: bool | None, told: str) -> None:
    mark, words = {True: (_YES, _("Yes")), None: (_PART, _("In part")), False: (_NO, _("No"))}[aloud]
    bold, count = writer.cell(name, writer.styles.cell_bold), writer.cell(str(pages), writer.styles.number)
    table.add_row([bold, count, writer.status(mark, words), writer.cell(told)])


def _told(paper: Paper) -> str:
    """What it is, what is missing, and what it shows, as sentences."""
    said = [kind_phrase(paper.facts), *facts_notes(replace(paper.facts, removed=()))]
    if paper.facts.trouble is not None:
        said = [trouble_sentence(paper.facts, paper.name)]
    words = "; ".join(part.rstrip(".") for part in said) + "."
    return f"{words} {paper.description}".strip()
