"""Writes a ReportLab document to bytes, small and as PDF/A wants it.

ReportLab writes one plain object after another. A structure tree is tens of
thousands of small objects, so everything that is not a stream goes into
compressed object streams, found through a cross-reference stream (PDF 1.5):
a third of the size, and quicker. Streams get the end of line before
"endstream" that PDF/A asks for and ReportLab leaves out.
"""

from __future__ import annotations

import zlib
from struct import pack
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from planstudio.reports.tagged.tags import Root

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_GROUP = 200  # objects in one object stream
_TAIL = b"endstream\n"
_END = b"\r\nendstream"  # CR and LF: after data that end in CR, a lone LF would be read as half of the two


def write(canvas: Canvas, root: Root) -> bytes:
    """The file's bytes. The canvas must not be used further."""
    doc = canvas._doc
    _prepare(doc, canvas)
    document_tags = list(root.document.walk())
    tree = _Numbers(doc)
    bodies = _document_objects(doc, tree)
    for place, tag in enumerate([root, *document_tags]):
        tag.number = tree.root if place == 0 else len(bodies) + place - 1
    bodies[tree.root] = root.serialize(tree.of, _text).encode("latin-1")
    bodies += [tag.serialize(tree.of, _text).encode("latin-1") for tag in document_tags]
    return _assemble(bodies, doc)


def _prepare(doc: Any, canvas: Canvas) -> None:
    """What ReportLab does before it writes: fonts, metadata, outline."""
    for font in doc.delayedFonts:
        font.addObjects(doc)
    doc.info.invariant = doc.invariant
    doc.info.digest(doc.signature)
    doc.Reference(doc.Catalog)
    doc.Reference(doc.info)
    doc.Outlines.prepare(doc, canvas)
    if doc.Outlines.ready < 0:
        doc.Catalog.Outlines = None


class _Numbers:
    """The numbers of named objects; the tree's root is one that is written later."""

    def __init__(self, doc: Any) -> None:
        self._known = doc.idToObjectNumberAndVersion
        self.root = self.of(doc.Catalog.StructTreeRoot.__InternalName__)

    def of(self, name: str) -> int:
        return int(self._known[name][0])


def _document_objects(doc: Any, tree: _Numbers) -> list[bytes]:
    """Every object by number, from 1; formatting may add more while it runs."""
    bodies = [b""]
    while len(bodies) in doc.numberToId:
        obj = doc.idToObject[doc.numberToId[len(bodies)]]
        bodies.append(b"" if len(bodies) == tree.root else _bytes(obj.format(doc)))
    return bodies


def _bytes(body: Any) -> bytes:
    data: bytes = body if isinstance(body, bytes) else str(body).encode("latin-1")
    return data.removesuffix(_TAIL) + _END if data.endswith(_TAIL) else data


def _text(value: str) -> str:
    if value.isascii():
        return "(" + value.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


def _assemble(bodies: list[bytes], doc: Any) -> bytes:
    out, offset = [_HEAD], len(_HEAD)
    rows = [pack(">BIH", 0, 0, 65535)] * len(bodies)

    def add(number: int, body: bytes) -> None:
        nonlocal offset
        if number == len(rows):
            rows.append(b"")
        rows[number] = pack(">BIH", 1, offset, 0)
        out.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        offset += len(out[-1])

    small = []
    for number, body in enumerate(bodies):
        if body.endswith(_END):
            add(number, body)
        elif number:
            small.append(number)
    for at in range(0, len(small), _GROUP):
        group, stream = small[at : at + _GROUP], len(rows)
        add(stream, _object_stream([(number, bodies[number].strip()) for number in group]))
        for place, number in enumerate(group):
            rows[number] = pack(">BIH", 2, stream, place)
    return b"".join(out) + _cross_reference(rows, offset, doc)


def _object_stream(objects: list[tuple[int, bytes]]) -> bytes:
    index, at = [], 0
    for number, body in objects:
        index.append(b"%d %d" % (number, at))
        at += len(body) + 1
    head = b" ".join(index) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))
    return _stream(entries, head + b"\n".join(body for _, body in objects))


def _cross_reference(rows: list[bytes], offset: int, doc: Any) -> bytes:
    number = len(rows)
    rows.append(pack(">BIH", 1, offset, 0))
    numbers = doc.idToObjectNumberAndVersion
    root, info = (numbers[obj.__InternalName__][0] for obj in (doc.Catalog, doc.info))
    digest = doc.signature.hexdigest().encode()
    entries = b"/Type/XRef/W[1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (
        len(rows), root, info, digest, digest,
    )  # fmt: skip
    body = _stream(entries, b"".join(rows))
    return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, body, offset)


def _stream(entries: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b%b" % (entries, len(packed), packed, _END)
