"""A second look at a finished packet: whether anything of what was withheld stands in it.

What an audience may not see is taken out of the data before anything is set
(domain.agenda.for_audience), so nothing should be found. Every place is
looked at in which words can stand: the pages, the structure's alternative
texts, bookmarks, links, labels, metadata and the names of destinations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, seen_by
from planstudio.domain.kinds import Access
from planstudio.domain.packets import PacketData
from planstudio.richtext import plain

_SHORTEST = 6  # letters of a word that can give something away
_PIECE = re.compile(r"[^\n.;!?]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Leak:
    """Words of a withheld item, and the page that shows them; 0 is none of the pages."""

    words: str
    item: str  # the number of the item they come from
    page: int


def needles(whole: MeetingCard, data: PacketData) -> Mapping[str, tuple[str, str]]:
    """The words that must not be in the packet of *data*, by how they are looked for: words and item number."""
    allowed = _squeezed(repr((data.meeting, data.book, data.minutes_of, data.note)))
    found: dict[str, tuple[str, str]] = {}
    for item in whole.items():
        for words in _withheld(item, data.audience):
            for piece in _PIECE.findall(plain(words)):
                key = _squeezed(piece)
                if len(key) >= _SHORTEST and key not in allowed:
                    found[key] = (piece.strip(), item.number)
    return found


def _withheld(item: AgendaItemCard, audience: Access) -> Iterable[str]:
    hidden = not seen_by(audience, item.access)
    if hidden:
        yield from (item.title, item.presenter, item.contact, item.background, item.rationale, item.fiscal_impact)
        yield from (item.recommended_motion, item.notes, item.returned_because)
        for motion in item.motions:
            yield from (motion.text, motion.mover, motion.seconder)
        for link in item.links:
            yield link.name
        for one in item.enclosures:
            yield one.name
    for file in item.files:
        if hidden or not seen_by(audience, file.access):
            yield from (file.name, file.name.rpartition(".")[0], file.alternative_text)


def find_leaks(pdf: bytes, wanted: Mapping[str, tuple[str, str]]) -> tuple[Leak, ...]:
    """Where any of the *wanted* words stand in the file."""
    if not wanted:
        return ()
    found = []
    for page, text in enumerate(_pages(pdf), 1):
        found += _in(text, wanted, page)
    found += _in(_strings(pdf), wanted, 0)
    return tuple(dict.fromkeys(found))


def _in(text: str, wanted: Mapping[str, tuple[str, str]], page: int) -> list[Leak]:
    squeezed = _squeezed(text)
    return [Leak(words, item, page) for key, (words, item) in wanted.items() if key in squeezed]


def _pages(pdf: bytes) -> Sequence[str]:
    """The text of each page, as a reader would copy it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_bounded())
            text.close()
            page.close()
        return texts
    finally:
        document.close()


def _strings(pdf: bytes) -> str:
    """Every string and name in the file's objects, and its metadata."""
    import pikepdf

    said: list[str] = []
    with pikepdf.open(BytesIO(pdf)) as document:
        for each in document.objects:
            _gather(each, said)
        metadata = document.Root.get("/Metadata")
        if metadata is not None:
            said.append(metadata.read_bytes().decode("utf-8", "replace"))
    return "\n".join(said)


def _gather(value: object, said: list[str]) -> None:
    import pikepdf

    if isinstance(value, pikepdf.Stream):
        value = value.stream_dict
    if isinstance(value, pikepdf.String):
        raw = bytes(value)
        said += [str(value), raw.decode("utf-8", "replace")]
    elif isinstance(value, pikepdf.Array):
        for each in value:
            if not getattr(each, "is_indirect", False):
                _gather(each, said)
    elif isinstance(value, pikepdf.Dictionary):
        for name, each in value.items():
            said.append(str(name))
            if not getattr(each, "is_indirect", False):
                _gather(each, said)


def _squeezed(text: str) -> str:
    """*text* without spaces and case, so that a line's end does not hide a word."""
    return _SPACE.sub("", text).casefold()
