"""The content of a page as it is bound: its own streams, closed where it left them open, and what comes behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, count

from planstudio.reports.foreign.content import scan
from planstudio.reports.foreign.elements import Element
from planstudio.reports.foreign.emitting import LOOK, Emitter
from planstudio.reports.foreign.reading import Drawing, Reader
from planstudio.reports.foreign.source import SourcePage
from planstudio.reports.foreign.values import Placed, Ref, spell


@dataclass
class PageContents:
    """Writes what pages draw, and by which names."""

    emitter: Emitter
    reader: Reader
    _plain: dict[bytes, Placed] = field(default_factory=dict)  # streams that many pages begin or end with

    def write(
        self, page: SourcePage, drawing: Drawing, whole: Element | None, tail: bytes, furnish: bytes
    ) -> list[bytes]:
        """The streams of a page, which end by drawing *tail* and *furnish*; with *whole* all of it is one element's."""
        found = drawing.scan
        opening, closing = b"q " * (1 + found.before) + b"\n", b"Q " * (1 + found.after) + b"\n"
        if found.open_text:
            closing = b"ET " + closing
        streams = self._streams(page, drawing, unmark=whole is not None)
        if whole is not None:
            opening = whole.role + b" <</MCID 0>> BDC\n" + opening
            closing += tail + b"EMC\n"
        else:
            closing = b"EMC " * found.open_marks + closing + tail
        return [self._shared(opening), *streams, self._shared(b"\n" + closing + furnish)]

    def _streams(self, page: SourcePage, drawing: Drawing, *, unmark: bool) -> list[bytes]:
        """The page's own streams as they are, or one new one where marks or layers are taken out."""
        refs = self.reader.streams(page)
        data = drawing.rewritten
        if unmark and drawing.scan.marks:
            whole = data if data is not None else b"\n".join(self.emitter.source.decoded(ref) for ref in refs)
            data = self.emitter.unmarked(scan(whole), page.entries, artifacts=False)
            drawing.scan.open_marks = 0
        if data is None:
            return [self.emitter.place(ref, "stream") for ref in refs]
        return [self.emitter.add_stream(data)]

    def _shared(self, data: bytes) -> Placed:
        if data not in self._plain:
            self._plain[data] = self.emitter.add_stream(data)
        return self._plain[data]

    def resources(self, page: SourcePage, fields: dict[bytes, Ref], furnished: bytes, furniture: bytes) -> bytes:
        """What a page draws by name: cleaned, with the *fields* and the furniture under its name."""
        said = dict(self.emitter.source.dictionary(page.entries.get(b"/Resources")))
        drawn = self.emitter.source.dictionary(said.pop(b"/XObject", None))
        cleaned = self.emitter.clean(said, "resources")
        assert isinstance(cleaned, dict)
        named = {name: self.emitter.clean(value, "xobject") for name, value in drawn.items() if isinstance(value, Ref)}
        named |= {name: self.emitter.clean(ref, LOOK) for name, ref in fields.items()}
        named[furnished] = Placed(furniture)
        return spell(cleaned | {b"/XObject": named})

    def free_name(self, page: SourcePage, wanted: bytes) -> bytes:
        """*wanted*, or like it: a packet of ours that is attached to another has drawn by this name before."""
        taken = self.emitter.source.inside(page.entries, b"/Resources", b"/XObject")
        names = chain([b"/" + wanted], (b"/%b%d" % (wanted, n) for n in count(1)))
        return next(name for name in names if name not in taken)
