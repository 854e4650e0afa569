"""Reads what is drawn on each page of a foreign file: text or pictures, and its marks."""

from __future__ import annotations

from dataclasses import dataclass, field

from planstudio.domain.intake import Trouble
from planstudio.reports.foreign.content import MOST_MARKS, Scan, scan
from planstudio.reports.foreign.emitting import Emitter
from planstudio.reports.foreign.opening import Refused
from planstudio.reports.foreign.source import SourcePage
from planstudio.reports.foreign.values import Ref, Value

_MOST_READ = 512_000_000  # bytes of content in one file
_DEEPEST = 12  # forms in forms


@dataclass
class Drawing:
    """What a page or a form draws, itself and through the forms in it."""

    scan: Scan
    text: bool
    pictures: bool
    paints: bool
    mcids: set[int] = field(default_factory=set)  # of its own content
    forms: set[Ref] = field(default_factory=set)
    images: set[Ref] = field(default_factory=set)
    rewritten: bytes | None = None  # its content without what is hidden

    @property
    def blank(self) -> bool:
        return not (self.text or self.pictures or self.paints)


class Reader:
    """Reads pages; each form once, however often it is drawn."""

    def __init__(self, emitter: Emitter) -> None:
        self.emitter, self.source = emitter, emitter.source
        self.forms: dict[Ref, Drawing] = {}
        self._read = 0

    def page(self, page: SourcePage) -> Drawing:
        return self._drawing(b"\n".join(map(self._data, self.streams(page))), page.entries, 0)

    def streams(self, page: SourcePage) -> list[Ref]:
        """The streams of a page's content, in order."""
        said = page.entries.get(b"/Contents")
        alone = self.source.stream(said)
        found = [alone] if alone else [self.source.stream(each) for each in self.source.array(said)]
        return [ref for ref in found if ref]

    def form(self, ref: Ref, depth: int = 0) -> Drawing:
        """What a form draws; nothing where it draws itself."""
        known = self.forms.get(ref)
        if known is None:
            self.forms[ref] = Drawing(Scan(b""), False, False, False)
            known = self.forms[ref] = self._drawing(self._data(ref), self.source.dictionary(ref), depth)
        return known

    def _data(self, ref: Ref) -> bytes:
        data = self.source.decoded(ref)
        self._read += len(data)
        if self._read > _MOST_READ:
            raise Refused(Trouble.TOO_LARGE)
        return data

    def _drawing(self, data: bytes, holder: dict[bytes, Value], depth: int) -> Drawing:
        found = scan(data)
        rewritten = self.emitter.visible(found, holder) if found.marks or found.surplus else None
        if rewritten is not None:
            found = scan(rewritten)
        drawing = Drawing(found, found.text, found.pictures, False, rewritten=rewritten)
        if len(found.marks) > MOST_MARKS:
            raise Refused(Trouble.TOO_LARGE)
        properties = self.emitter.properties(holder) if found.marks else {}
        numbers = (self.emitter.number(mark, properties) for mark in found.marks)
        drawing.mcids = {number for number in numbers if number is not None}
        for name in found.drawn if depth < _DEEPEST else ():
            self._follow(drawing, name, holder, depth)
        if drawing.blank:
            drawing.paints = found.paints
        found.data = b""
        return drawing

    def _follow(self, drawing: Drawing, name: bytes, holder: dict[bytes, Value], depth: int) -> None:
        ref = self.source.stream(self.source.inside(holder, b"/Resources", b"/XObject").get(name))
        if ref is None:
            return
        kind = self.source.name(self.source.dictionary(ref).get(b"/Subtype"))
        if kind == b"/Image":
            drawing.pictures = True
            drawing.images.add(ref)
        elif kind == b"/Form":
            below = self.form(ref, depth + 1)
            drawing.forms |= {ref, *below.forms}
            drawing.images |= below.images
            drawing.text = drawing.text or below.text
            drawing.pictures = drawing.pictures or below.pictures
            drawing.paints = drawing.paints or below.paints
