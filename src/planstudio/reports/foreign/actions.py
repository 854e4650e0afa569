"""Where a link may lead: to a page of the same file, or to http, https or mailto. All else is left and counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from planstudio.domain.intake import Removed
from planstudio.reports.foreign.source import Source, SourcePage
from planstudio.reports.foreign.values import NULL, Ref, Value, figure, number, string_bytes

_SAFE = re.compile(rb"(?i)(?:https?://|mailto:)[\x21-\x7e\x80-\xff]+\Z")
_LONGEST = 4000
_CHAIN = 100
_FITS = {b"/XYZ": 3, b"/Fit": 0, b"/FitH": 1, b"/FitV": 1, b"/FitR": 4, b"/FitB": 0, b"/FitBH": 1, b"/FitBV": 1}
_CODES = {
    b"/JavaScript": Removed.SCRIPT, b"/Launch": Removed.LAUNCH, b"/GoToR": Removed.LINK, b"/GoToE": Removed.LINK,
    b"/Movie": Removed.MEDIA, b"/Sound": Removed.MEDIA, b"/Rendition": Removed.MEDIA,
    b"/RichMediaExecute": Removed.MEDIA,
}  # fmt: skip
_HARMLESS = (b"/GoTo", b"/URI", b"/Named", b"/Thread", b"/SetOCGState", b"/GoTo3DView", b"/Trans", b"/Hide")


@dataclass(frozen=True)
class Target:
    """Where a link leads: a page of the file, from 0, with the view of it; or an address."""

    page: int = -1
    view: bytes = b""
    address: bytes = b""


@dataclass
class Actions:
    """Reads the actions of one file; `removed` tells each that was left behind."""

    source: Source
    pages: list[SourcePage]
    removed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._page_of = {page.ref: at for at, page in enumerate(self.pages)}

    def link(self, entries: dict[bytes, Value]) -> Target | None:
        """Where an annotation with these entries leads, if it may lead there."""
        action = self.source.dictionary(entries.get(b"/A"))
        self.count(entries.get(b"/AA"), entries.get(b"/PA"), action.get(b"/Next"))
        if action:
            kind = self.source.name(action.get(b"/S"))
            if kind == b"/URI":
                address = string_bytes(self.source.value(action.get(b"/URI"))).strip()
                if _SAFE.match(address) and len(address) <= _LONGEST:
                    return Target(address=address)
                self.removed.append(Removed.LINK)
                return None
            if kind == b"/GoTo":
                return self.destination(action.get(b"/D"))
            self.count(action)
            return None
        return self.destination(entries.get(b"/Dest"))

    def destination(self, said: object) -> Target | None:
        """The page and view that a destination names, also by way of the file's named ones."""
        for _hop in range(5):
            found = self.source.value(said)
            if isinstance(found, list):
                return self._view(found)
            if isinstance(found, dict):
                said = found.get(b"/D")
            else:
                said = self._named.get(found) if isinstance(found, bytes) else None
            if said is None:
                break
        return None

    def _view(self, array: list[Value]) -> Target | None:
        first = array[0] if array else NULL
        page = self._page_of.get(first, -1) if isinstance(first, Ref) else self.source.integer(first)
        if page is None or not 0 <= page < len(self.pages):
            return None
        kind = self.source.name(array[1]) if len(array) > 1 else b""
        if kind not in _FITS:
            return Target(page, b"/Fit")
        given = [number(self.source.value(each)) for each in array[2 : 2 + _FITS[kind]]]
        given += [None] * (_FITS[kind] - len(given))
        sides = b" ".join(b"null" if each is None or abs(each) > 1e7 else figure(each) for each in given)
        if kind == b"/FitR" and b"null" in sides:
            return Target(page, b"/Fit")
        return Target(page, kind + b" " + sides if sides else kind)

    @cached_property
    def _named(self) -> dict[bytes, Value]:
        root = self.source.root
        tree = self.source.inside(root, b"/Names").get(b"/Dests")
        return self.source.inside(root, b"/Dests") | dict(self.source.names(tree))

    # What stays behind

    def count(self, *actions: object) -> None:
        """Note the actions among *actions*, with all that are chained to them or stand in them."""
        queue, seen = list(actions), 0
        visited: set[Ref] = set()
        while queue and seen < _CHAIN:
            said = queue.pop()
            seen += 1
            if isinstance(said, Ref):
                if said in visited:
                    continue
                visited.add(said)
            found = self.source.value(said)
            if isinstance(found, list):
                queue += found
            elif isinstance(found, dict):
                kind = self.source.name(found.get(b"/S"))
                if kind and kind not in _HARMLESS:
                    self.removed.append(_CODES.get(kind, Removed.ACTION))
                queue += [found[b"/Next"]] if kind and b"/Next" in found else [] if kind else list(found.values())

    def count_document(self) -> None:
        """Note what the document as a whole would do or holds: none of it comes along."""
        root = self.source.root
        opening = root.get(b"/OpenAction")
        if isinstance(self.source.value(opening), dict):
            self.count(opening)
        self.count(root.get(b"/AA"))
        names = self.source.dictionary(root.get(b"/Names"))
        for _name, action in self.source.names(names.get(b"/JavaScript")):
            self.count(action)
        files = sum(1 for _name in self.source.names(names.get(b"/EmbeddedFiles")))
        files = files or len(self.source.array(root.get(b"/AF"))) or (b"/Collection" in root)
        self.removed += [Removed.ATTACHMENT] * files
        self.removed += [Removed.MEDIA] * sum(1 for _name in self.source.names(names.get(b"/Renditions")))
        for page in self.pages:
            self.count(page.entries.get(b"/AA"))
        self._count_fields(self.source.dictionary(root.get(b"/AcroForm")))

    def _count_fields(self, form: dict[bytes, Value]) -> None:
        if b"/XFA" in form:
            self.removed.append(Removed.XFA)
        queue: list[Value] = list(self.source.array(form.get(b"/Fields")))
        visited: set[Ref] = set()
        while queue and len(visited) < 20_000:
            said = queue.pop()
            if not isinstance(said, Ref) or said in visited:
                continue
            visited.add(said)
            entries = self.source.dictionary(said)
            if self.source.name(entries.get(b"/Subtype")) != b"/Widget":  # a page's widgets are counted with the page
                self.count(entries.get(b"/AA"))
            queue += self.source.array(entries.get(b"/Kids"))
