"""What somebody should look at before a packet is posted, and only whoever has its words can find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from planstudio.domain.preflight import Finding, Weight
from planstudio.domain.words import field_word
from planstudio.i18n import _
from planstudio.packets.snapshots import Mark, Snapshot, mark

if TYPE_CHECKING:
    from planstudio.reports.foreign.imported import ImportedFile
    from planstudio.reports.meeting.leaks import Needles


def typed_words(shot: Snapshot, needles: Needles) -> Iterator[Finding]:
    """Names and numbers of something withheld that somebody typed into an open item.

    leaks() trusts what people type where everybody reads it; here it is told, for nobody remembers every item.
    """
    from planstudio.reports.meeting.reading import Text
    from planstudio.reports.meeting.withheld import given_beside, typed

    beside = needles.beside(given_beside(shot.data, shot.people))
    told = set[tuple[str, str]]()
    for item, field, words in typed(shot.data):
        text = Text.of(words)
        for hit in beside.hits(text):
            _before, shown, _after = text.near(hit.first, hit.last)
            if hit.telling and (item.id, shown) not in told:
                told.add((item.id, shown))
                withheld = needles.pieces[hit.piece].item
                other, name = f"{withheld.number} {withheld.title}".strip(), field_word("agenda_item", field)
                said = _("{number}, {field}: “{words}” stands in {withheld}, too, which stays out of this packet")
                said = said.format(number=item.number, field=name, words=shown, withheld=other)
                look = _("Look at it")
                yield Finding(Weight.SHOULD, said, look, item.id, fix=field, code="typed", place=item.number)


def unread(shot: Snapshot, known: Mapping[Mark, ImportedFile]) -> Iterator[Finding]:
    """Files whose words nobody could look at: withheld ones in trouble, and those without a word."""
    given = {file.id for item in shot.data.meeting.items() for file in item.files}
    for item in shot.whole.items():
        for file in item.files:
            if (imported := known.get(mark(file))) is None:
                continue
            if file.id in given:
                words = _("{number}: no words could be read in {name}, so none could be looked through")
                unread = _is_mute(imported)
            else:
                words = _("{number}: the words of {name} could not be looked for in this packet")
                unread = bool(imported.facts.trouble or imported.facts.scanned)
            if unread:
                said, place = words.format(number=item.number, name=file.name), f"{item.number} {file.name}"
                yield Finding(Weight.SHOULD, said, "", item.id, file.id, code="unread", place=place)


def _is_mute(imported: ImportedFile) -> bool:
    """Pages that are no pictures and of which no word came: a drawing, or what the reader did not survive."""
    return imported.fragment is not None and not imported.facts.scanned and not imported.text.strip()
