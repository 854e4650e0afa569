"""A whole PDF of one fragment, and what the PDF/UA-1 check says of it.

What is checked is what will be bound, byte by byte, and not the file it came
from. The check is optional: without its library nothing is verified.
"""

from __future__ import annotations

from importlib.util import find_spec

from planstudio.reports.tagged.fragment import DOCUMENT, FURNITURE, KEY, PAGES, REFERENCE, Fragment, settle

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
    bodies = list(fragment.objects)
    catalog, pages, document, tree, metadata, nothing = range(len(bodies), len(bodies) + 6)

    def number(kind: bytes, said: bytes) -> bytes:
        places = {REFERENCE: said, DOCUMENT: b"%d" % document, PAGES: b"%d" % pages, FURNITURE: b"%d" % nothing}
        return said if kind == KEY else b"%d 0 R" % (int(places[kind]) + 1)

    def at(place: int) -> bytes:
        return b"%d 0 R" % (place + 1)

    kids = b" ".join(at(leaf.place) for leaf in fragment.leaves)
    tops = b" ".join(at(top) for top in fragment.tops)
    rows = b" ".join(b"%d %b" % (n, settle(row, number)) for n, row in enumerate(fragment.parents))
    bodies += [
        b"<</Type/Catalog/Pages %b/StructTreeRoot %b/Metadata %b/MarkInfo<</Marked true>>/Lang(en-US)"
        b"/ViewerPreferences<</DisplayDocTitle true>>>>" % (at(pages), at(tree), at(metadata)),
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(fragment.leaves), kids),
        b"<</Type/StructElem/S/Document/P %b/K[%b]>>" % (at(tree), tops),
        b"<</Type/StructTreeRoot/K %b/ParentTree<</Nums[%b]>>/ParentTreeNextKey %d>>"
        % (at(document), rows, len(fragment.parents)),
        (b"<</Type/Metadata/Subtype/XML>>", _METADATA),
        (b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]>>", b""),
    ]
    out, offset, table = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], 15, [b"0000000000 65535 f \n"]
    for place, body in enumerate(bodies):
        if isinstance(body, bytes):
            spelled = settle(body, number)
        else:
            entries, data = settle(body[0], number).rstrip(), body[1]
            spelled = b"%b/Length %d>>\nstream\n%b\nendstream" % (entries[:-2], len(data), data)
        out.append(b"%d 0 obj\n%b\nendobj\n" % (place + 1, spelled))
        table.append(b"%010d 00000 n \n" % offset)
        offset += len(out[-1])
    out.append(b"xref\n0 %d\n%b" % (len(table), b"".join(table)))
    ident = b"00112233445566778899aabbccddeeff"
    out.append(
        b"trailer\n<</Size %d/Root %b/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(table), at(catalog), ident, ident, offset)
    )
    return b"".join(out)


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
