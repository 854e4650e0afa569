"""Makes the fragment of a foreign file: its pages, their structure, and what stands on them.

    tagged page      its own marks, elements of its own tree
    untagged page    all of it is one P in the order of drawing, or one Figure where it has no text
    blank page       nothing is said of it

Every page ends by drawing its furniture, whatever it left open itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planstudio.domain.intake import FileFacts, FileKind, Removed
from planstudio.i18n import _
from planstudio.reports.foreign.actions import Actions
from planstudio.reports.foreign.annotations import Annotation, Shown, read_notes, spell_annotation
from planstudio.reports.foreign.elements import Element, PageMark, Thing, Tree, insert
from planstudio.reports.foreign.emitting import Emitter, box_bytes
from planstudio.reports.foreign.page_contents import PageContents
from planstudio.reports.foreign.reading import Drawing, Reader
from planstudio.reports.foreign.source import Box, Source, SourcePage
from planstudio.reports.foreign.structure import Broken, TreeReader
from planstudio.reports.foreign.structure_objects import StructureObjects
from planstudio.reports.foreign.values import Placed, Ref, figure, number, spell, string_text, text_string
from planstudio.reports.printed import FURNITURE
from taggedpdf.fragment import Fragment, Leaf, furniture, reference

_FIELD = b"PlanStudioField"
_MOST_CODES = 1000  # of what was removed


@dataclass
class Binding:
    """Binds one file. *name* and *description* are said in alternative texts."""

    source: Source
    name: str
    description: str = ""

    def __post_init__(self) -> None:
        self.emitter = Emitter(self.source)
        self.reader = Reader(self.emitter)
        self.pages = self.source.pages()
        self.actions = Actions(self.source, self.pages)
        self.places = [self.emitter.reserve() for _page in self.pages]
        self.contents = PageContents(self.emitter, self.reader)
        self._scanned: list[int] = []
        self._untagged: list[int] = []
        self._text = False

    def bind(self) -> tuple[Fragment, FileFacts]:
        """Everything, in the order that lets later steps know what earlier ones found; and what was found."""
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
        self._keep_things(reader)
        self.structure = StructureObjects(self.emitter, self.places, self.tree)
        leaves = [self._leaf(at, tree is not None) for at in range(len(self.pages))]
        top = self.structure.write(self.name)
        self.emitter.finish()
        fragment = Fragment(tuple(self.emitter.objects), tuple(leaves), (top,), tuple(self.structure.parents))
        hidden = [Removed.LAYER] * max(1, len(self.emitter.layers.off)) if self.emitter.layers_cut else []
        facts = FileFacts(
            FileKind.TAGGED if tree else self._kind(), len(leaves), broken_tags=tree is None and self._claims_tags(),
            scanned=tuple(self._scanned), untagged=tuple(self._untagged) if tree else (),
            flattened=any(shown.is_field for notes in self.notes for shown in notes.shown),
            unembedded_fonts=self.emitter.unembedded, removed=(*self.actions.removed, *hidden)[:_MOST_CODES],
            described=bool(self.description),
        )  # fmt: skip
        return fragment, facts

    def _kind(self) -> FileKind:
        """What a file without tags is: text, pictures of paper, or both."""
        if not self._scanned:
            return FileKind.TEXT
        return FileKind.MIXED if self._text else FileKind.SCAN

    # The tree

    def _claims_tags(self) -> bool:
        root = self.source.root
        marked = self.source.inside(root, b"/MarkInfo").get(b"/Marked")
        return b"/StructTreeRoot" in root and self.source.value(marked) == b"true"

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
        shown = [each.ref for notes in self.notes for each in notes.shown]
        self._fields = {ref: self.tree.things[ref] for ref in shown if ref in self.tree.things}
        if reader is not None:
            reader.settle({ref for ref in self.tree.things if ref not in kept and ref not in self._fields})

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
        furnished = self.contents.free_name(page, FURNITURE)
        tail, fields = self._draw_fields(at, own)
        contents = self.contents.write(page, drawing, whole, tail, b"q %b Do Q\n" % furnished)
        annotations = [self._annotate(at, note) for note in self.notes[at].annotations]
        entries = [
            b"<</Type/Page/Parent \x04\x07/MediaBox", box_bytes(page.media), b"/Contents[", b" ".join(contents), b"]",
            b"/Resources", self.contents.resources(page, fields, furnished, furniture(at)), *self._seen(page),
        ]  # fmt: skip
        if annotations:
            entries += (b"/Annots[", b" ".join(annotations), b"]")
        if at in self.structure.marked:
            entries += (b"/StructParents ", self.structure.key(self.structure.row(self.structure.marked[at])))
        self.emitter.objects[self.places[at]] = b"".join([*entries, b"/Tabs/S>>"])
        return Leaf(self.places[at], page.box, page.turned)

    def _seen(self, page: SourcePage) -> Iterator[bytes]:
        """How a page is seen: what is cut off, turned, larger, blended."""
        if page.box != page.media:
            yield b"/CropBox" + box_bytes(page.box)
        if page.turned:
            yield b"/Rotate %d" % page.turned
        if (unit := number(self.source.value(page.entries.get(b"/UserUnit")))) and 1 < unit <= 100:
            yield b"/UserUnit " + figure(unit, 9)
        if b"/Group" in page.entries:
            yield b"/Group " + spell(self.emitter.clean(page.entries[b"/Group"], "group"))

    def _has_tags(self, drawing: Drawing) -> bool:
        """Whether a page of a tagged file is tagged itself: merged files often are only in part."""
        scans = (drawing.scan, *(self.reader.forms[form].scan for form in drawing.forms))
        return drawing.blank or any(mark.tag != b"/OC" for one in scans for mark in one.marks)

    def _whole(self, at: int) -> Element:
        """The one element that an untagged page is."""
        drawing, page = self.drawings[at], self.pages[at]
        element = Element(b"/P")
        if not drawing.text:
            alt = _("Page {page} of “{name}”: an image without text.")
            if self.description:
                alt = _("Page {page} of “{name}”: {description}")
            alt = alt.format(page=at + 1, name=self.name, description=self.description)
            element = Element(b"/Figure", b"/Alt" + text_string(alt), _placed(page.box))
        element.kids.append(PageMark(at, 0))
        self.structure.marked[at] = {0: element}
        insert(self.tree.part, element, at)
        return element

    # What stands on pages

    def _draw_fields(self, at: int, own: bool) -> tuple[bytes, dict[bytes, Ref]]:
        """Content that draws the fields of a form and what else becomes content, and the names it draws them by."""
        out, names = [], {}
        stem = self.contents.free_name(self.pages[at], _FIELD)
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
        marks = self.structure.marked.setdefault(at, {})
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
            element.attributes = _placed(shown.area)
        element.kids = [kid for kid in element.kids if not (isinstance(kid, Thing) and kid.ref == shown.ref)]
        element.kids.append(PageMark(at, mcid))
        marks[mcid] = element
        return b"%b <</MCID %d>> BDC\n%bEMC\n" % (element.role, mcid, drawn)

    def _annotate(self, at: int, note: Annotation) -> bytes:
        place = self.emitter.reserve()
        ref = note.ref if note.ref and note.ref not in self.structure.annotated else None
        note.ref = ref or Ref(-place - 1, 0)
        element = self.tree.things.get(note.ref)
        if element is None:
            element = Element(b"/Link" if note.is_link else b"/Annot")
            element.kids.append(Thing(at, note.ref))
            insert(self.tree.part, element, at)
        else:
            own = Thing(at, note.ref)
            element.kids = [own if isinstance(kid, Thing) and kid.ref == note.ref else kid for kid in element.kids]
        self.structure.annotated[note.ref] = Placed(reference(place))
        pages = [reference(each) for each in self.places]
        structure = b"/StructParent " + self.structure.key(self.structure.reference(element))
        self.emitter.objects[place] = spell_annotation(self.emitter, note, structure, pages, self.name)
        return reference(place)


def _placed(area: Box) -> bytes:
    """The attributes of a figure that lies on *area*."""
    return b"<</O/Layout/BBox" + box_bytes(area) + b"/Placement/Block>>"
