"""Makes the fragment of a foreign file: its pages, their structure, and what stands on them.

    tagged page      its own marks, elements of its own tree
    untagged page    all of it is one P in the order of drawing, or one Figure where it has no text
    blank page       nothing is said of it

Every page ends by drawing its furniture, whatever it left open itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, count

from planstudio.domain.intake import Removed, Trouble
from planstudio.i18n import _
from planstudio.reports.foreign.actions import Actions
from planstudio.reports.foreign.annotations import Annotation, Shown, read_notes, spell_annotation
from planstudio.reports.foreign.content import scan
from planstudio.reports.foreign.emitting import LOOK, Emitter, box_bytes
from planstudio.reports.foreign.reading import Drawing, Reader
from planstudio.reports.foreign.source import Leafage, Refused, Source
from planstudio.reports.foreign.structure import (
    Broken,
    Element,
    FormMark,
    PageMark,
    Thing,
    Tree,
    TreeReader,
    insert,
    language,
)
from planstudio.reports.foreign.values import Placed, Ref, figure, number, string_text, text_string
from planstudio.reports.tagged.fragment import FURNITURE_NAME, Fragment, Leaf, furniture, key, reference

_MOST_MARKS = 2_000_000
_FIELD = b"PlanStudioField"


@dataclass
class Bound:
    """What was made of a file."""

    fragment: Fragment
    tagged: bool
    broken: bool
    scanned: tuple[int, ...]
    untagged: tuple[int, ...]
    text: bool  # whether any untagged page has text
    flattened: bool
    unembedded: bool
    removed: tuple[str, ...]


@dataclass
class Binding:
    """Binds one file. *name* and *description* are said in alternative texts."""

    source: Source
    name: str
    description: str = ""
    parents: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.emitter = Emitter(self.source)
        self.reader = Reader(self.emitter)
        self.pages = self.source.pages()
        self.actions = Actions(self.source, self.pages)
        self.places = [self.emitter.reserve() for _page in self.pages]
        self._plain: dict[bytes, Placed] = {}  # streams that many pages begin or end with
        self._scanned: list[int] = []
        self._untagged: list[int] = []
        self._text = False
        self._rows = 0

    def bind(self) -> Bound:
        """Everything, in the order that lets later steps know what earlier ones found."""
        self.actions.count_document()
        self.drawings = [self.reader.page(page) for page in self.pages]
        self.notes = [read_notes(self.source, page, self.actions, self.emitter.layers) for page in self.pages]
        for drawing, notes in zip(self.drawings, self.notes, strict=True):
            drawn = [self.reader.form(shown.drawn) for shown in notes.shown if shown.drawn]
            drawing.text = drawing.text or any(each.text for each in drawn)
            drawing.paints = drawing.paints or bool(notes.shown)
        reader = self._tree()
        tree = reader.tree if reader else None
        self.emitter.tagged = tree is not None
        self.tree = tree or Tree(Element(b"/Part"), {}, {})
        self._annotated: dict[Ref, Placed] = {}
        self._marked: dict[int, dict[int, Element]] = {}  # by page
        self._formed: dict[Ref, dict[int, Element]] = {}
        self._keep_things(reader)
        for mark, element in self.tree.marks.items():
            if isinstance(mark, PageMark):
                self._marked.setdefault(mark.page, {})[mark.mcid] = element
            else:
                self._formed.setdefault(mark.form, {})[mark.mcid] = element
        leaves = [self._leaf(at, tree is not None) for at in range(len(self.pages))]
        top = self._structure()
        self.emitter.finish()
        fragment = Fragment(tuple(self.emitter.objects), tuple(leaves), (top,), tuple(self.parents))
        removed = [*self.actions.removed, *self._layers()]
        flattened = any(shown.is_field for notes in self.notes for shown in notes.shown)
        return Bound(
            fragment, tree is not None, tree is None and self._claims_tags(), tuple(self._scanned),
            tuple(self._untagged) if tree else (), self._text, flattened,
            self.emitter.unembedded, tuple(removed),
        )  # fmt: skip

    def _layers(self) -> list[Removed]:
        return [Removed.LAYER] * max(1, len(self.emitter.layers.off)) if self.emitter.layers_cut else []

    # The tree

    def _claims_tags(self) -> bool:
        marked = self.source.dictionary(self.source.root.get(b"/MarkInfo")).get(b"/Marked")
        return b"/StructTreeRoot" in self.source.root and self.source.value(marked) == b"true"

    def _tree(self) -> TreeReader | None:
        """The file's own tree, or nothing where it has none that can be used."""
        if not self._claims_tags():
            return None
        known = {page.ref: at for at, page in enumerate(self.pages)}
        try:
            reader = TreeReader(self.source, known, self.drawings, self.reader.forms)
            reader.read()
        except Broken:
            return None
        return reader

    def _keep_things(self, reader: TreeReader | None) -> None:
        """Of what the tree holds as a whole, keep what is bound; a form field becomes marked content."""
        kept = {note.ref for notes in self.notes for note in notes.annotations}
        kept |= {ref for drawing in self.drawings for ref in drawing.images | drawing.forms}
        self._fields: dict[Ref, Element] = {}
        for notes in self.notes:
            for shown in notes.shown:
                if shown.ref in self.tree.things:
                    self._fields[shown.ref] = self.tree.things[shown.ref]
        if reader is not None:
            reader.settle({ref for ref in self.tree.things if ref not in kept and ref not in self._fields})

    def _key(self, row: bytes) -> bytes:
        self.parents.append(row)
        return key(len(self.parents) - 1)

    # Pages

    def _leaf(self, at: int, tagged: bool) -> Leaf:
        page, drawing = self.pages[at], self.drawings[at]
        own = tagged and self._has_tags(drawing)
        if not own and not drawing.blank:
            self._untagged.append(at + 1)
            self._text = self._text or drawing.text
            if not drawing.text:
                self._scanned.append(at + 1)
        whole = None if own or drawing.blank else self._whole(at)
        furnished = self._free_name(page, FURNITURE_NAME)
        tail, fields = self._draw_fields(at, own)
        contents = self._contents(at, whole, tail, b"q %b Do Q\n" % furnished)
        annotations = [self._annotate(at, note) for note in self.notes[at].annotations]
        entries = [
            b"<</Type/Page/Parent \x04\x07/MediaBox", box_bytes(page.media), b"/Contents[", b" ".join(contents), b"]",
            b"/Resources", self._resources(page, at, furnished, fields),
        ]  # fmt: skip
        if page.box != page.media:
            entries += (b"/CropBox", box_bytes(page.box))
        if page.turned:
            entries.append(b"/Rotate %d" % page.turned)
        if (unit := number(self.source.value(page.entries.get(b"/UserUnit")))) and 1 < unit <= 100:
            entries += (b"/UserUnit ", figure(unit, 9))
        if b"/Group" in page.entries:
            entries += (b"/Group ", self.emitter.spelled(self.emitter.clean(page.entries[b"/Group"], "group")))
        if annotations:
            entries += (b"/Annots[", b" ".join(annotations), b"]")
        if at in self._marked:
            entries += (b"/StructParents ", self._key_of_page(at))
        self.emitter.objects[self.places[at]] = b"".join([*entries, b"/Tabs/S>>"])
        return Leaf(self.places[at], page.box, page.turned)

    def _has_tags(self, drawing: Drawing) -> bool:
        """Whether a page of a tagged file is tagged itself: merged files often are only in part."""
        scans = (drawing.scan, *(self.reader.forms[form].scan for form in drawing.forms))
        return drawing.blank or any(mark.tag != b"/OC" for one in scans for mark in one.marks)

    def _whole(self, at: int) -> Element:
        """The one element that an untagged page is."""
        drawing, page = self.drawings[at], self.pages[at]
        element = Element(b"/P")
        if not drawing.text:
            words = {"page": at + 1, "name": self.name, "description": self.description}
            alt = _("Page {page} of “{name}”: an image without text.")
            if self.description:
                alt = _("Page {page} of “{name}”: {description}")
            element = Element(
                b"/Figure", b"/Alt" + text_string(alt.format(**words)),
                b"<</O/Layout/BBox" + box_bytes(page.box) + b"/Placement/Block>>",
            )  # fmt: skip
        element.kids.append(PageMark(at, 0))
        self._marked[at] = {0: element}
        insert(self.tree.part, element, at)
        return element

    def _contents(self, at: int, whole: Element | None, tail: bytes, furnish: bytes) -> list[bytes]:
        found = self.drawings[at].scan
        opening, closing = b"q " * (1 + found.before) + b"\n", b"Q " * (1 + found.after) + b"\n"
        if found.open_text:
            closing = b"ET " + closing
        streams = self._streams(at, whole is not None)
        if whole is not None:
            opening = whole.role + b" <</MCID 0>> BDC\n" + opening
            closing += tail + b"EMC\n"
        else:
            closing = b"EMC " * found.open_marks + closing + tail
        return [self._shared(opening), *streams, self._shared(b"\n" + closing + furnish)]

    def _streams(self, at: int, unmark: bool) -> list[bytes]:
        """The page's own streams as they are, or one new one where marks or layers are taken out."""
        drawing, page = self.drawings[at], self.pages[at]
        refs = self.reader.streams(page)
        data = drawing.rewritten
        if unmark and drawing.scan.marks:
            whole = data if data is not None else b"\n".join(self.source.decoded(ref) for ref in refs)
            data = self.emitter.unmarked(scan(whole), page.entries, artifacts=False)
            drawing.scan.open_marks = 0
        if data is None:
            return [self.emitter.place(ref, "stream") for ref in refs]
        return [self.emitter.add_stream(data)]

    def _shared(self, data: bytes) -> Placed:
        known = self._plain.get(data)
        if known is None:
            known = self._plain[data] = self.emitter.add_stream(data)
        return known

    def _resources(self, page: Leafage, at: int, furnished: bytes, fields: dict[bytes, Ref]) -> bytes:
        said = dict(self.source.dictionary(page.entries.get(b"/Resources")))
        drawn = self.source.dictionary(said.pop(b"/XObject", None))
        cleaned = self.emitter.clean(said, "resources")
        assert isinstance(cleaned, dict)
        named = {name: self.emitter.clean(value, "xobject") for name, value in drawn.items() if isinstance(value, Ref)}
        named |= {name: self.emitter.clean(ref, LOOK) for name, ref in fields.items()}
        named[furnished] = Placed(furniture(at))
        return self.emitter.spelled(cleaned | {b"/XObject": named})

    def _free_name(self, page: Leafage, wanted: bytes) -> bytes:
        """*wanted*, or like it: a packet of ours that is attached to another has drawn by this name before."""
        resources = self.source.dictionary(page.entries.get(b"/Resources"))
        taken = self.source.dictionary(resources.get(b"/XObject"))
        names = chain([b"/" + wanted], (b"/%b%d" % (wanted, n) for n in count(1)))
        return next(name for name in names if name not in taken)

    # What stands on pages

    def _draw_fields(self, at: int, own: bool) -> tuple[bytes, dict[bytes, Ref]]:
        """Content that draws the fields of a form and what else becomes content, and the names it draws them by."""
        out, names = [], {}
        stem = self._free_name(self.pages[at], _FIELD)
        for number_of, shown in enumerate(self.notes[at].shown):
            drawn = shown.lies
            if shown.drawn is not None:
                name = b"%bx%d" % (stem, number_of)
                names[name] = shown.drawn
                drawn = b"q %b %b Do Q\n" % (shown.lies, name)
            out.append(self._tagged(at, shown, drawn) if own else drawn)
        return b"".join(out), names

    def _tagged(self, at: int, shown: Shown, drawn: bytes) -> bytes:
        """What becomes content of a tagged page, in an element; a comment's look has its words beside it."""
        if shown.is_comment:
            return b"/Artifact BMC\n%bEMC\n" % drawn
        marks = self._marked.setdefault(at, {})
        mcid = max(marks, default=-1) + 1
        element = self._fields.pop(shown.ref, None) if shown.ref else None
        if element is None:
            element = Element(b"/P")
            insert(self.tree.part, element, at)
        element.role = b"/Span" if element.role == b"/Form" else element.role
        if not shown.is_field and b"/Alt" not in element.said:
            said = string_text(self.source.value(shown.entries.get(b"/Contents")))
            element.role = b"/Figure"
            element.said += b"/Alt" + text_string(said or _("Picture of an enclosed file or medium"))
            element.attributes = b"<</O/Layout/BBox" + box_bytes(shown.area) + b"/Placement/Block>>"
        element.kids = [kid for kid in element.kids if not (isinstance(kid, Thing) and kid.ref == shown.ref)]
        element.kids.append(PageMark(at, mcid))
        marks[mcid] = element
        return b"%b <</MCID %d>> BDC\n%bEMC\n" % (element.role, mcid, drawn)

    def _annotate(self, at: int, note: Annotation) -> bytes:
        place = self.emitter.reserve()
        element = self.tree.things.get(note.ref) if note.ref else None
        if element is None or note.ref is None or note.ref in self._annotated:
            note.ref = note.ref if note.ref and note.ref not in self._annotated else Ref(-place - 1, 0)
            element = Element(b"/Link" if note.is_link else b"/Annot")
            element.kids.append(Thing(at, note.ref))
            insert(self.tree.part, element, at)
        else:
            element.kids = [
                Thing(at, kid.ref) if isinstance(kid, Thing) and kid.ref == note.ref else kid for kid in element.kids
            ]
        self._annotated[note.ref] = Placed(reference(place))
        pages: list[bytes] = [reference(each) for each in self.places]
        structure = b"/StructParent " + self._key(self._reference(element))
        self.emitter.objects[place] = spell_annotation(self.emitter, note, structure, pages, self.name)
        return reference(place)

    # The structure as objects

    def _reference(self, element: Element) -> bytes:
        if element.place < 0:
            element.place = self.emitter.reserve()
        return reference(element.place)

    def _key_of_page(self, at: int) -> bytes:
        return self._key(self._row(self._marked[at]))

    def _row(self, marks: dict[int, Element]) -> bytes:
        length = max(marks) + 1
        self._rows += length
        if self._rows > _MOST_MARKS:
            raise Refused(Trouble.TOO_LARGE)
        return b"[" + b" ".join(self._reference(marks[n]) if n in marks else b"null" for n in range(length)) + b"]"

    def _structure(self) -> int:
        """Write all elements; the place of the one that holds them."""
        part = self.tree.part
        if b"/Lang" not in part.said:
            part.said += language(self.source.value(self.source.root.get(b"/Lang")))
        part.said += b"/T" + text_string(self.name)
        for form, marks in self._formed.items():
            self.emitter.keyed[form] = b"/StructParents " + self._key(self._row(marks))
        for ref, element in self.tree.things.items():
            if ref not in self._annotated and self.source.stream(ref) and ref not in self.emitter.keyed:
                self.emitter.keyed[ref] = b"/StructParent " + self._key(self._reference(element))
        self._reference(part)
        for parent in part.walk():
            parents = reference(parent.place)
            for kid in parent.kids:
                if isinstance(kid, Element):
                    self._reference(kid)
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
        known = self._annotated.get(kid.ref)
        return b"<</Type/OBJR%b/Obj %b>>" % (home, known or self.emitter.place(kid.ref, "xobject"))
