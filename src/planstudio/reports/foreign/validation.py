"""A whole PDF of one fragment, and what the PDF/UA-1 check says of it.

What is checked is what will be bound, byte by byte, and not the file it came
from. The check is optional: without its library nothing is verified.
"""

from __future__ import annotations

from importlib.util import find_spec

from taggedpdf.fragment import DOCUMENT, FURNITURE, KEY, PAGES, REFERENCE, Fragment, settle
from taggedpdf.objects import PdfFile

FALSE_ALARMS = frozenset({"PDFA2A-STREAM-LENGTH-001"})  # data that end in CR
_LARGEST, _MOST_OBJECTS, _MOST_PAGES = 80_000_000, 250_000, 1000
_MOST_FINDINGS = 40
_METADATA = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Proof</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>
</x:xmpmeta><?xpacket end="w"?>"""


def proof(fragment: Fragment) -> bytes:
    """A file of nothing but *fragment*, with empty furniture."""
    catalog, pages, document, tree, metadata, nothing, end = range(len(fragment.objects) + 1, len(fragment.objects) + 8)
    fixed = {DOCUMENT: document, PAGES: pages, FURNITURE: nothing}

    def number(kind: bytes, said: bytes) -> bytes:
        return said if kind == KEY else b"%d 0 R" % (int(said) + 1 if kind == REFERENCE else fixed[kind])

    file = PdfFile()
    for at, body in enumerate(fragment.objects, 1):
        if isinstance(body, bytes):
            file.add(at, settle(body, number))
        else:
            file.stream(at, settle(body[0], number).rstrip(), body[1])
    kids = b" ".join(b"%d 0 R" % (leaf.place + 1) for leaf in fragment.leaves)
    tops = b" ".join(b"%d 0 R" % (top + 1) for top in fragment.tops)
    rows = b" ".join(b"%d %b" % (n, settle(row, number)) for n, row in enumerate(fragment.parents))
    entries = b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Metadata %d 0 R/MarkInfo<</Marked true>>/Lang(en-US)"
    file.add(catalog, entries % (pages, tree, metadata) + b"/ViewerPreferences<</DisplayDocTitle true>>>>")
    file.add(pages, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(fragment.leaves), kids))
    file.add(document, b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (tree, tops))
    parents = b"<</Nums[%b]>>/ParentTreeNextKey %d" % (rows, len(fragment.parents))
    file.add(tree, b"<</Type/StructTreeRoot/K %d 0 R/ParentTree%b>>" % (document, parents))
    file.stream(metadata, b"<</Type/Metadata/Subtype/XML>>", _METADATA)
    file.stream(nothing, b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]>>", b"")
    return file.finish(end, root=catalog)


def findings(fragment: Fragment) -> tuple[str, ...] | None:
    """The rules of PDF/UA-1 that *fragment* breaks; None where it could not be checked."""
    if find_spec("page") is None or len(fragment.objects) > _MOST_OBJECTS or len(fragment.leaves) > _MOST_PAGES:
        return None
    import page as validator

    data = proof(fragment)
    if len(data) > _LARGEST:
        return None
    limits = validator.SafetyLimits(max_object_count=_MOST_OBJECTS + 10)
    try:
        report = validator.validate_pdf_bytes(data, profile=validator.ValidationProfile.PDF_UA_1, limits=limits)
    except validator.PageError:
        return None
    broken = {failure.rule_id[:60] for failure in report.failures} - FALSE_ALARMS
    return tuple(sorted(broken)[:_MOST_FINDINGS])
