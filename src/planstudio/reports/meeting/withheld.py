"""What a packet must not show: the words of everything that its audience is not given, piece by piece.

A piece is a field of an item or a page of a file. What is given, too, is not
withheld: names on the board, the plan, the agenda's own words. The name of a
file is not: it may hide what the file holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property, lru_cache

from planstudio.domain.agenda import AgendaItemCard, MeetingCard
from planstudio.domain.audiences import seen_by
from planstudio.domain.cards import FileCard
from planstudio.domain.kinds import Access
from planstudio.domain.packets import PacketData
from planstudio.domain.words import field_word
from planstudio.i18n import _
from planstudio.reports.foreign.imported import ImportedFile
from planstudio.reports.foreign.page_text import PAGE_END
from planstudio.reports.meeting.reading import Text, keys_of, parted
from planstudio.richtext import plain

_TEXTS = ("title", "background", "rationale", "fiscal_impact", "recommended_motion", "notes", "returned_because")
_PEOPLE = ("presenter", "contact")
_USUAL = (  # what every board says, whatever it is about
    "I move to approve the recommendation of the superintendent as presented.",
    "It is recommended that the board of education approve and adopt the following.",
    "The board will meet in closed session pursuant to government code section.",
    "Public employee discipline, dismissal, release, appointment, employment and performance evaluation.",
    "Conference with legal counsel, existing litigation, anticipated litigation, significant exposure to litigation.",
    "Conference with labor negotiators, agency designated representatives, employee organization.",
    "Conference with real property negotiators, price and terms of payment, student discipline or other matters.",
    "For the welfare of all students of the school district. Respectfully submitted by the superintendent of schools.",
    "Confidential, do not copy or distribute. Attorney client privileged communication.",
    "Se recomienda que la junta directiva apruebe lo siguiente. La junta sesionará a puerta cerrada conforme a la ley.",
    "Propongo que se apruebe la recomendación tal como se presentó. Respetuosamente presentado por el superintendente.",
    "Conferencia con asesores legales, con negociadores laborales. Confidencial, no copiar ni distribuir.",
)


@dataclass(frozen=True)
class Piece:
    """Words that are withheld, and where they stand."""

    item: AgendaItemCard
    where: str
    page: str
    access: Access
    text: Text
    people: bool = False  # a field that holds a name
    name: bool = False  # the name of a file
    file_id: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.item.id, self.where, self.page


def pieces(whole: MeetingCard, data: PacketData, imported: Mapping[str, ImportedFile]) -> tuple[Piece, ...]:
    """Everything of *whole* that the packet of *data* must not show; *imported* are the files, by attachment."""
    given = {file.sha256 for item in data.meeting.items() for file in item.files}
    found: list[Piece] = []
    for item in whole.items():
        hidden = not seen_by(data.audience, item.access)
        if hidden:
            found += _of_item(item)
        for file in item.files:
            if (hidden or not seen_by(data.audience, file.access)) and file.sha256 not in given:
                access = max(item.access, file.access, key=tuple(Access).index)
                found += _of_file(item, file, access, imported.get(file.id))
    return tuple(piece for piece in found if piece.text.tokens)


def _of_item(item: AgendaItemCard) -> Iterator[Piece]:
    for name in (*_TEXTS, *_PEOPLE):
        people = name in _PEOPLE
        text = _text(getattr(item, name), markdown=not people)
        yield Piece(item, field_word("agenda_item", name), "", item.access, text, people)
    for motion in item.motions:
        yield Piece(item, _("Motion"), "", item.access, _text(motion.text))
        for name in (motion.mover, motion.seconder):
            yield Piece(item, _("Motion"), "", item.access, _text(name, markdown=False), people=True)
    for link in item.links:
        yield Piece(item, _("Supports"), "", item.access, _text(link.name))
    for one in item.enclosures:
        yield Piece(item, _("Enclosed"), "", item.access, _text(one.name))


def _of_file(item: AgendaItemCard, file: FileCard, access: Access, imported: ImportedFile | None) -> Iterator[Piece]:
    where, stem = _("Name of {file}").format(file=file.name), file.name.rpartition(".")[0] or file.name
    for words in dict.fromkeys((parted(file.name), stem)):
        yield Piece(item, where, "", access, _text(words, markdown=False), name=True, file_id=file.id)
    where = _("Description of {file}").format(file=file.name)
    yield Piece(item, where, "", access, _text(file.alternative_text, markdown=False), file_id=file.id)
    if imported is None:
        return
    paged = imported.fragment is not None
    for n, page in enumerate(imported.text.split(PAGE_END) if paged else [imported.text], 1):
        label = str(n) if paged else ""
        yield Piece(item, file.name, label, access, Text.of(page), file_id=file.id)


def _text(words: str, *, markdown: bool = True) -> Text:
    return Text.of(plain(words) if markdown else words)


def typed(data: PacketData) -> Iterator[tuple[AgendaItemCard, str, str]]:
    """Every text that somebody has typed into an item of *data*: the item, the field, the plain words."""
    for item in data.meeting.items():
        yield from ((item, name, plain(getattr(item, name))) for name in _TEXTS)


def given_beside(data: PacketData, people: Iterable[str]) -> Given:
    """What the audience is given beside the items' own texts: who speaks to them, the plan, the last minutes."""
    presenters = (getattr(item, name) for item in data.meeting.items() for name in _PEOPLE)
    head = replace(data.meeting, sections=())
    return Given(replace(data, meeting=head), (*people, *presenters))


class Given:
    """All words that the audience is given, to be asked whether some of them stand there one after the other."""

    def __init__(self, data: PacketData, people: Iterable[str]) -> None:
        self._data, self._people = data, tuple(people)

    @cached_property
    def _said(self) -> str:
        data = self._data
        texts = (*_USUAL, *self._people, *_strings((data.meeting, data.book, data.minutes_of)))
        return f" {' | '.join(_keys(text) for text in texts)} "

    def has(self, *keys: str) -> bool:
        return f" {' '.join(keys)} " in self._said


def _strings(value: object) -> Iterator[str]:
    """Every text in a value made of dataclasses and tuples; a file's name comes from where the file does."""
    if isinstance(value, FileCard):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _strings(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))


@lru_cache(maxsize=20_000)
def _keys(text: str) -> str:
    return " ".join(keys_of((plain(text),)))
