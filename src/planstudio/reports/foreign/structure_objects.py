"""The structure of a foreign file as objects: its elements, and what the parent tree says of pages and things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planstudio.domain.intake import Trouble
from planstudio.reports.foreign.elements import Element, FormMark, PageMark, Thing, Tree, language
from planstudio.reports.foreign.emitting import Emitter
from planstudio.reports.foreign.opening import Refused
from planstudio.reports.foreign.values import Placed, Ref, text_string
from taggedpdf.fragment import key, reference

_MOST_MARKS = 2_000_000


@dataclass
class StructureObjects:
    """Writes the elements of *tree* for pages at *places*."""

    emitter: Emitter
    places: Sequence[int]
    tree: Tree
    parents: list[bytes] = field(default_factory=list)  # by key of the parent tree
    annotated: dict[Ref, Placed] = field(default_factory=dict)  # the annotations that come along
    marked: dict[int, dict[int, Element]] = field(default_factory=dict)  # by page
    formed: dict[Ref, dict[int, Element]] = field(default_factory=dict)  # by form
    _rows: int = 0

    def __post_init__(self) -> None:
        for mark, element in self.tree.marks.items():
            if isinstance(mark, PageMark):
                self.marked.setdefault(mark.page, {})[mark.mcid] = element
            else:
                self.formed.setdefault(mark.form, {})[mark.mcid] = element

    def key(self, row: bytes) -> bytes:
        self.parents.append(row)
        return key(len(self.parents) - 1)

    def reference(self, element: Element) -> bytes:
        if element.place < 0:
            element.place = self.emitter.reserve()
        return reference(element.place)

    def row(self, marks: dict[int, Element]) -> bytes:
        length = max(marks) + 1
        self._rows += length
        if self._rows > _MOST_MARKS:
            raise Refused(Trouble.TOO_LARGE)
        return b"[" + b" ".join(self.reference(marks[n]) if n in marks else b"null" for n in range(length)) + b"]"

    def write(self, name: str) -> int:
        """Write all elements; the place of the one that holds them, which is called *name*."""
        part = self.tree.part
        if b"/Lang" not in part.said:
            part.said += language(self.emitter.source.value(self.emitter.source.root.get(b"/Lang")))
        part.said += b"/T" + text_string(name)
        for form, marks in self.formed.items():
            self.emitter.keyed[form] = b"/StructParents " + self.key(self.row(marks))
        for ref, element in self.tree.things.items():
            if ref not in self.annotated and self.emitter.source.stream(ref) and ref not in self.emitter.keyed:
                self.emitter.keyed[ref] = b"/StructParent " + self.key(self.reference(element))
        self.reference(part)
        for parent in part.walk():
            parents = reference(parent.place)
            for kid in parent.kids:
                if isinstance(kid, Element):
                    self.reference(kid)
                    kid.said += b"/P " + parents
            self.emitter.objects[parent.place] = self._spelled(parent)
        self.emitter.objects[part.place] = b"<</P \x03\x07" + self.emitter.objects[part.place][2:]  # type: ignore[operator]
        return part.place

    def _spelled(self, element: Element) -> bytes:
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element) and kid.page >= 0), -1)
        kids = [self._kid(kid, page) for kid in element.kids]
        out = [b"<</Type/StructElem/S", element.role, element.said]
        if page >= 0:
            out += (b"/Pg ", reference(self.places[page]))
        if kids:
            out += (b"/K ", kids[0] if len(kids) == 1 else b"[" + b" ".join(kids) + b"]")
        if element.attributes:
            out += (b"/A", element.attributes)
        return b"".join([*out, b">>"])

    def _kid(self, kid: Element | PageMark | FormMark | Thing, page: int) -> bytes:
        if isinstance(kid, Element):
            return reference(kid.place)
        if isinstance(kid, PageMark) and kid.page == page:
            return b"%d" % kid.mcid
        home = b"/Pg " + reference(self.places[kid.page]) if kid.page >= 0 else b""
        if isinstance(kid, PageMark):
            return b"<</Type/MCR%b/MCID %d>>" % (home, kid.mcid)
        if isinstance(kid, FormMark):
            return b"<</Type/MCR%b/Stm %b/MCID %d>>" % (home, self.emitter.place(kid.form, "xobject"), kid.mcid)
        known = self.annotated.get(kid.ref)
        return b"<</Type/OBJR%b/Obj %b>>" % (home, known or self.emitter.place(kid.ref, "xobject"))
