"""Reads a foreign structure tree completely, into one that this program writes anew.

The way back from marks to elements is not taken from the file: it follows from
the tree. What the tree says of pages that are not there (a tool that takes
pages out of a file often leaves it whole) is left out. A tree is Broken when it
runs in circles, or when a page has marks that no element knows.
"""

from __future__ import annotations

from planstudio.reports.foreign.elements import Element, FormMark, PageMark, Thing, Tree, language
from planstudio.reports.foreign.reading import Drawing
from planstudio.reports.foreign.source import Source
from planstudio.reports.foreign.standard import Attributes, Roles
from planstudio.reports.foreign.values import Ref, Value, string_bytes, string_text, text_string
from taggedpdf.fragment import key

_MOST_ELEMENTS = 500_000
_CELLS = (b"/TD", b"/TH")
_HOLDERS = (b"/Link", b"/Annot", b"/Form")
_GROUPS = frozenset((b"/Part", b"/Art", b"/Sect", b"/Div", b"/Document"))
_TEXTS = (b"/Alt", b"/ActualText", b"/E", b"/T")


class Broken(Exception):
    """The tree cannot be trusted."""


class TreeReader:
    """Reads one tree. *things* are the annotations, pictures and forms that it may hold as a whole."""

    def __init__(
        self, source: Source, pages: dict[Ref, int], drawings: list[Drawing], forms: dict[Ref, Drawing]
    ) -> None:
        self.source, self.pages, self.drawings, self.forms = source, pages, drawings, forms
        self.root = source.dictionary(source.root.get(b"/StructTreeRoot"))
        self.roles = Roles(source, self.root)
        self.identifiers: dict[bytes, bytes] = {}
        self.attributes = Attributes(source, self.root, self.identifiers)
        self.tree = Tree(Element(b"/Part"), {}, {})
        self._work: list[tuple[Element, dict[bytes, Value], Ref | None]] = []
        self._waiting: list[tuple[Element, dict[bytes, Value]]] = []  # for all identifiers, to spell attributes
        self._seen: set[Ref] = set()
        self._count = 0

    def read(self) -> Tree:
        """The whole tree, or Broken."""
        part = self.tree.part
        self._kids(part, self.root.get(b"/K"), None)
        while self._work:
            element, entries, page = self._work.pop()
            self._kids(element, entries.get(b"/K"), page)
        for element, entries in self._waiting:
            element.attributes = self.attributes.spell(entries.get(b"/A"), entries.get(b"/C"))
        self._check()
        return self.tree

    def settle(self, gone: set[Ref]) -> None:
        """Take out what is not bound, and all that holds nothing then: its words may be of pages that were removed."""
        part = self.tree.part
        for ref in gone:
            holder = self.tree.things.pop(ref)
            holder.kids = [kid for kid in holder.kids if not (isinstance(kid, Thing) and kid.ref == ref)]
        self._prune(part)
        for element in part.walk():
            if element.role in _HOLDERS and not any(isinstance(kid, Thing) for e in element.walk() for kid in e.kids):
                element.role = b"/Span"  # its annotation was removed
        self._unwrap(part)
        _level_headings(part)

    def _kids(self, parent: Element, said: object, page: Ref | None) -> None:
        if said is None:
            return
        value = self.source.value(said)
        for kid in value if isinstance(value, list) else [said]:
            found = self.source.value(kid)
            if isinstance(found, dict):
                if isinstance(kid, Ref) and b"/S" in found:
                    if kid in self._seen:
                        raise Broken
                    self._seen.add(kid)
                self._entries(parent, found, page)
            elif (mcid := self.source.integer(found)) is not None:
                self._mark(parent, page, mcid, None)

    def _entries(self, parent: Element, entries: dict[bytes, Value], page: Ref | None) -> None:
        own = entries.get(b"/Pg")
        page = own if isinstance(own, Ref) else page
        if b"/S" in entries and b"/MCID" not in entries:
            self._element(parent, entries, page)
        elif b"/MCID" in entries:
            mcid = self.source.integer(entries.get(b"/MCID"))
            stream = self.source.stream(entries.get(b"/Stm"))
            if mcid is not None:
                self._mark(parent, page, mcid, stream)
        elif isinstance(thing := entries.get(b"/Obj"), Ref):
            at = self.pages.get(page, -1) if page else -1
            if thing not in self.tree.things:
                self.tree.things[thing] = parent
                parent.kids.append(Thing(at, thing))

    def _element(self, parent: Element, entries: dict[bytes, Value], page: Ref | None) -> None:
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise Broken
        role = self.roles.standard(self.source.name(entries.get(b"/S")), entries.get(b"/NS"))
        element = Element(role, self._said(entries))
        parent.kids.append(element)
        if b"/A" in entries or b"/C" in entries:
            self._waiting.append((element, entries))
        self._work.append((element, entries, page))

    def _said(self, entries: dict[bytes, Value]) -> bytes:
        out = []
        for name in _TEXTS:
            if name in entries and (text := string_text(self.source.value(entries[name]))):
                out.append(name + text_string(text))
        out.append(language(self.source.value(entries.get(b"/Lang"))))
        if b"/ID" in entries and (own := string_bytes(self.source.value(entries[b"/ID"]))):
            # The number in it is unique in the bound file, so two files cannot name the same.
            out.append(b"/ID" + self.identifiers.setdefault(own, self._unique()))
        return b"".join(out)

    def _unique(self) -> bytes:
        return b"(" + key(0) + b"-%d)" % len(self.identifiers)

    def _mark(self, parent: Element, page: Ref | None, mcid: int, form: Ref | None) -> None:
        at = self.pages.get(page, -1) if page else -1
        mark: PageMark | FormMark
        if form is not None:
            drawing = self.forms.get(form)
            mark = FormMark(at, mcid, form)
        else:
            drawing = self.drawings[at] if at >= 0 else None
            mark = PageMark(at, mcid)
        if at < 0 or drawing is None or mcid not in drawing.mcids:
            self.tree.pruned = self.tree.pruned or at < 0
        elif mark not in self.tree.marks:
            self.tree.marks[mark] = parent
            parent.kids.append(mark)

    def _check(self) -> None:
        for at, drawing in enumerate(self.drawings):
            if any(PageMark(at, mcid) not in self.tree.marks for mcid in drawing.mcids):
                raise Broken
        if not self.tree.marks:
            raise Broken

    def _prune(self, part: Element) -> None:
        """Drop elements that nothing is left of, find out where each is seen, and name those without a known type."""
        for element in reversed(list(part.walk())):
            kept = []
            for kid in element.kids:
                if isinstance(kid, Element) and not kid.kids:
                    if kid.role not in _CELLS:
                        continue
                    kid.said = b""
                kept.append(kid)
            element.kids = kept
            pages = [kid.first if isinstance(kid, Element) else kid.page for kid in kept]
            element.first = min((page for page in pages if page >= 0), default=-1)
            if not element.role:
                inline = any(not isinstance(kid, Element) for kid in kept)
                element.role = b"/Span" if inline else b"/Div"
            if element.role == b"/Note" and b"/ID" not in element.said:  # PDF/UA wants one
                element.said += b"/ID" + self.identifiers.setdefault(b"\0%d" % id(element), self._unique())

    def _unwrap(self, part: Element) -> None:
        """A packet has one Document: those of the file become sections, and one alone disappears."""
        for element in part.walk():
            if element.role == b"/Document":
                element.role = b"/Sect"
        only = part.kids[0] if len(part.kids) == 1 else None
        if isinstance(only, Element) and only.role == b"/Sect" and all(isinstance(kid, Element) for kid in only.kids):
            part.kids, part.said = only.kids, _language_of(only.said)


def _language_of(said: bytes) -> bytes:
    at = said.find(b"/Lang")
    return said[at : said.index(b">", at) + 1] if at >= 0 else b""


def _level_headings(part: Element) -> None:
    """Headings without a level get one by their depth: a packet has leveled ones, and must not have both kinds."""
    last = 0
    stack: list[tuple[Element, int]] = [(part, 0)]
    while stack:
        element, depth = stack.pop()
        if element.role == b"/H":
            last = min(6, depth, last + 1)
            element.role = b"/H%d" % max(1, last)
        elif element.role[:2] == b"/H" and element.role[2:].isdigit():
            last = int(element.role[2:])
        below = depth + (element.role in _GROUPS)
        stack += [(kid, below) for kid in reversed(element.kids) if isinstance(kid, Element)]
