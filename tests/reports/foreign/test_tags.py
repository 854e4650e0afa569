"""Tagged files keep their structure, in the terms of PDF 1.7; trees that cannot be trusted are not used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from planstudio.domain.intake import FileKind, facts_notes, what_helps
from planstudio.reports import Printed
from planstudio.reports.foreign.child import take
from planstudio.reports.foreign.imported import ImportedFile
from planstudio.reports.foreign.validation import findings
from reports.foreign import files, seeing
from tagged import reading
from taggedpdf.binder import Binder
from taggedpdf.metadata import Metadata


def small(change: Any = None) -> bytes:
    """One tagged page: a heading and a paragraph."""

    def tag(document: pikepdf.Pdf) -> None:
        page, root = document.pages[0].obj, document.Root
        tree = root.StructTreeRoot = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        whole = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array([])))
        for mcid, role in enumerate((Name.H1, Name.P)):
            element = Dictionary(Type=Name.StructElem, S=role, P=whole, Pg=page, K=mcid)
            whole.K.append(document.make_indirect(element))
        tree.K = Array([whole])
        tree.ParentTree = Dictionary(Nums=Array([5, Array(list(whole.K))]))
        page.StructParents, page.Tabs = 5, Name.S
        root.MarkInfo, root.Lang = Dictionary(Marked=True), String("es-MX")
        if change:
            change(document, whole)

    operators = b"/H1 <</MCID 0>> BDC BT /F1 20 Tf 72 700 Td (Title) Tj ET EMC "
    operators += b"/P <</MCID 1>> BDC BT /F1 12 Tf 72 600 Td (Words) Tj ET EMC"
    return files.changed(files.content(operators), tag)


def outline(imported: ImportedFile) -> list[str]:
    """The roles in reading order."""
    with pikepdf.open(BytesIO(files.bound(imported))) as document:
        return [str(element.S)[1:] for element in _walk(document.Root.StructTreeRoot.K)]


def _walk(element: Any) -> list[Any]:
    kids = element.get("/K", Array())
    below = kids if isinstance(kids, Array) else [kids]
    return [element, *(each for kid in below if isinstance(kid, Dictionary) and "/S" in kid for each in _walk(kid))]


@contextmanager
def one(imported: ImportedFile, role: str) -> Iterator[Any]:
    with pikepdf.open(BytesIO(files.bound(imported))) as document:
        yield next(element for element in _walk(document.Root.StructTreeRoot.K) if str(element.S) == "/" + role)


def test_a_packet_of_ours_passes_again_and_reads_the_same(packet: Printed) -> None:
    imported = take("Packet.pdf", packet.pdf)
    assert imported.facts.kind is FileKind.TAGGED
    assert imported.facts.claims_ua
    assert imported.facts.verified
    assert imported.facts.findings == ()
    assert what_helps(imported.facts) == ""
    made = files.bound(imported)
    seeing.same(packet.pdf, made)
    assert reading.failures(made, reading.UA1) == set()
    before = [element.role for element in reading.elements(packet.pdf) if element.role][1:]
    assert outline(imported) == ["Document", "Part", *before]


def test_bound_with_others_all_passes(packet: Printed) -> None:
    imported = [take("Packet.pdf", packet.pdf), take("Scan.pdf", files.scan_pages(2)), take("Same.pdf", packet.pdf)]
    fragments = [each.fragment for each in imported if each.fragment]
    about = Metadata(title="Bound", made=date(2026, 10, 14))
    made = Binder().bind(fragments, about)
    assert reading.failures(made, reading.UA1) == set()
    seeing.same([packet.pdf, files.scan_pages(2), packet.pdf], made)


def test_a_part_says_whose_it_is_and_in_which_language() -> None:
    with one(take("Aviso.pdf", small()), "Part") as part:
        assert (str(part.T), str(part.Lang)) == ("Aviso.pdf", "es-MX")
    assert outline(take("Aviso.pdf", small())) == ["Document", "Part", "H1", "P"]


def test_a_file_that_makes_no_claim_is_not_verified() -> None:
    facts = take("Aviso.pdf", small()).facts
    assert (facts.claims_ua, facts.verified, facts.checked) == (False, False, False)


def test_a_claim_that_is_not_kept_is_found_out(packet: Printed) -> None:
    def untell(document: pikepdf.Pdf) -> None:
        for each in document.objects:
            if isinstance(each, Dictionary) and each.get("/S") == Name.Figure:
                del each["/Alt"]

    facts = take("Packet.pdf", files.changed(packet.pdf, untell)).facts
    assert facts.claims_ua
    assert not facts.verified
    assert facts.findings


def test_own_names_of_types_become_standard_ones() -> None:
    def rename(document: pikepdf.Pdf, whole: Any) -> None:
        document.Root.StructTreeRoot.RoleMap = Dictionary(Titel=Name.Kop, Kop=Name.H1, Loop=Name.Loop)
        whole.K[0].S, whole.K[1].S = Name.Titel, Name.Loop

    assert outline(take("Aviso.pdf", small(rename))) == ["Document", "Part", "H1", "Span"]


def test_types_of_pdf_2_become_those_of_1_7() -> None:
    def rename(document: pikepdf.Pdf, whole: Any) -> None:
        space = document.make_indirect(Dictionary(Type=Name.Namespace, RoleMapNS=Dictionary(Titel=Array([Name.H1, 1]))))
        whole.K[0].S, whole.K[0].NS = Name.Titel, space
        whole.K[1].S = Name.Em

    assert outline(take("Aviso.pdf", small(rename))) == ["Document", "Part", "H1", "Span"]


def test_classes_are_written_out_and_private_attributes_left() -> None:
    def classify(document: pikepdf.Pdf, whole: Any) -> None:
        hidden = Dictionary(O=Name.UserProperties, P=Array([Dictionary(N=String("x"), V=String(files.CANARY))]))
        document.Root.StructTreeRoot.ClassMap = Dictionary(Mid=Dictionary(O=Name.Layout, TextAlign=Name.Center))
        whole.K[1].C, whole.K[1].A = Name.Mid, hidden

    imported = take("Aviso.pdf", small(classify))
    with one(imported, "P") as paragraph:
        assert paragraph.A.TextAlign == Name.Center
        assert "/C" not in paragraph
    assert files.CANARY.encode() not in files.all_bytes(imported)


def test_names_of_elements_are_unique_in_the_bound_file() -> None:
    def name(_document: pikepdf.Pdf, whole: Any) -> None:
        whole.K[0].S, whole.K[0].ID = Name.TH, String("h1")
        whole.K[1].S = Name.TD
        whole.K[1].A = Dictionary(O=Name.Table, Headers=Array([String("h1"), String("gone")]))

    fragment = take("Aviso.pdf", small(name)).fragment
    assert fragment is not None
    made = Binder().bind([fragment, fragment], Metadata(title="Twice", made=date(2026, 10, 14)))
    with pikepdf.open(BytesIO(made)) as document:
        elements = _walk(document.Root.StructTreeRoot.K)
        names = [str(each.ID) for each in elements if "/ID" in each]
        heads = [[str(one) for one in each.A.Headers] for each in elements if "/A" in each]
    assert len(set(names)) == 2
    assert heads == [[name] for name in names]


def test_headings_without_a_level_get_one() -> None:
    def unlevel(_document: pikepdf.Pdf, whole: Any) -> None:
        whole.K[0].S = Name.H

    assert outline(take("Aviso.pdf", small(unlevel)))[2] == "H1"


def _cycle(document: pikepdf.Pdf, whole: Any) -> None:
    whole.K.append(whole)


def _orphan(document: pikepdf.Pdf, whole: Any) -> None:
    del whole.K[1]


def _nothing(document: pikepdf.Pdf, whole: Any) -> None:
    del document.Root.StructTreeRoot["/K"]


def _elsewhere(document: pikepdf.Pdf, whole: Any) -> None:
    for kid in whole.K:
        kid.Pg = document.make_indirect(Dictionary(Type=Name.Page))


@pytest.mark.parametrize("spoil", [_cycle, _orphan, _nothing, _elsewhere])
def test_a_broken_tree_is_not_used(spoil: Any) -> None:
    imported = take("Aviso.pdf", small(spoil))
    assert imported.facts.kind is FileKind.TEXT
    assert imported.facts.broken_tags
    assert outline(imported) == ["Document", "Part", "P"]
    assert "it had tags" not in facts_notes(imported.facts)
    assert any("tags were broken" in note for note in facts_notes(imported.facts))
    assert reading.told(files.bound(take("x.pdf", files.content(b" ")))) == ""


def test_what_is_said_of_pages_that_were_taken_out_goes_too(packet: Printed) -> None:
    """Tools that take pages out of a file leave its tree whole, with the words of the other pages in it."""

    def cut(document: pikepdf.Pdf) -> None:
        kept = {page.objgen for page in document.pages[:3]}
        for each in document.objects:
            if isinstance(each, Dictionary) and "/Pg" in each and each.Pg.objgen not in kept:
                each.Alt = String(files.CANARY)
        del document.pages[3:]

    imported = take("Packet.pdf", files.changed(packet.pdf, cut))
    assert imported.facts.kind is FileKind.TAGGED
    assert imported.facts.pages == 3
    found = files.all_bytes(imported)
    assert files.CANARY.encode() not in found
    assert findings(imported.fragment) == ()  # type: ignore[arg-type]


def test_a_tagged_file_with_scans_put_in_has_tags_on_all_pages(packet: Printed) -> None:
    def add(document: pikepdf.Pdf) -> None:
        with pikepdf.open(BytesIO(files.scan_pages(1))) as scan:
            document.pages.insert(2, scan.pages[0])

    imported = take("Packet.pdf", files.changed(packet.pdf, add))
    assert imported.facts.kind is FileKind.TAGGED
    assert imported.facts.untagged == (3,)
    assert imported.facts.scanned == (3,)
    assert findings(imported.fragment) == ()  # type: ignore[arg-type]


def test_a_note_without_a_tag_gets_one() -> None:
    def note(document: pikepdf.Pdf, _whole: Any) -> None:
        link = Dictionary(S=Name.URI, URI=String("mailto:office@heronlake.example"))
        document.pages[0].Annots = Array([
            Dictionary(Subtype=Name.Link, Rect=Array([1, 1, 9, 9]), A=link, F=1),
            Dictionary(Subtype=Name.Highlight, Rect=Array([1, 1, 9, 9]), Contents=String("Look")),
        ])  # fmt: skip

    imported = take("Aviso.pdf", small(note))
    assert outline(imported) == ["Document", "Part", "H1", "P", "Link", "Annot"]
    left = {rule for rule in findings(imported.fragment) or () if "FONT" not in rule and "7.21" not in rule}  # type: ignore[arg-type]
    assert left == set()


def test_a_link_that_is_removed_leaves_its_words() -> None:
    def note(document: pikepdf.Pdf, whole: Any) -> None:
        link = document.make_indirect(Dictionary(Subtype=Name.Link, Rect=Array([1, 1, 9, 9]), A=files.script()))
        link.StructParent = 6
        document.pages[0].Annots = Array([link])
        whole.K[1].S = Name.Link
        whole.K[1].K = Array([1, Dictionary(Type=Name.OBJR, Obj=link)])

    imported = take("Aviso.pdf", small(note))
    assert outline(imported) == ["Document", "Part", "H1", "Span"]
    assert imported.facts.removed == ("script",)


def test_fields_of_a_tagged_form_stay_where_they_are_read() -> None:
    def fill(document: pikepdf.Pdf, whole: Any) -> None:
        look = document.make_stream(b"/Tx BMC BT /F1 9 Tf 2 2 Td (filled in) Tj ET EMC")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 20])
        look.Resources = Dictionary(Font=document.pages[0].Resources.Font)
        widget = document.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("filled in"), F=4,
            Rect=Array([72, 500, 172, 520]), AP=Dictionary(N=look), StructParent=9,
        ))  # fmt: skip
        document.Root.AcroForm = Dictionary(Fields=Array([widget]))
        document.pages[0].Annots = Array([widget])
        field = Dictionary(Type=Name.StructElem, S=Name.Form, P=whole, Pg=document.pages[0].obj)
        field.K = Dictionary(Type=Name.OBJR, Obj=widget)
        whole.K.insert(1, document.make_indirect(field))

    imported = take("Aviso.pdf", small(fill))
    assert imported.facts.flattened
    assert outline(imported) == ["Document", "Part", "H1", "Span", "P"]
    text = next(seeing.pages(files.bound(imported)))[1]
    assert "filled in" in text


def test_marks_in_forms_keep_their_elements() -> None:
    def inner(document: pikepdf.Pdf, whole: Any) -> None:
        form = document.make_stream(b"/P <</MCID 0>> BDC BT /F1 12 Tf 72 400 Td (inside) Tj ET EMC")
        form.Type, form.Subtype, form.BBox, form.StructParents = Name.XObject, Name.Form, Array([0, 0, 612, 792]), 8
        form.Resources = Dictionary(Font=document.pages[0].Resources.Font)
        page = document.pages[0]
        page.Resources.XObject = Dictionary(X1=form)
        page.contents_add(b"/X1 Do")
        mark = Dictionary(Type=Name.MCR, Pg=page.obj, Stm=form, MCID=0)
        element = Dictionary(Type=Name.StructElem, S=Name.Quote, P=whole, K=mark)
        whole.K.append(document.make_indirect(element))

    imported = take("Aviso.pdf", small(inner))
    assert outline(imported) == ["Document", "Part", "H1", "P", "Quote"]
    with one(imported, "Quote") as quote:
        assert "/StructParents" in quote.K.Stm
    left = {rule for rule in findings(imported.fragment) or () if "FONT" not in rule and "7.21" not in rule}  # type: ignore[arg-type]
    assert left == set()


def test_a_mark_with_a_number_beyond_reason_is_refused() -> None:
    def far(document: pikepdf.Pdf, whole: Any) -> None:
        whole.K[1].K = 2_000_000_000
        page = document.pages[0]
        page.Contents = document.make_stream(page.Contents.read_bytes().replace(b"MCID 1", b"MCID 2000000000"))

    imported = take("Aviso.pdf", small(far))
    assert imported.facts.broken_tags or imported.facts.trouble is not None


def test_a_tree_of_a_hundred_levels_is_read() -> None:
    def sink(document: pikepdf.Pdf, whole: Any) -> None:
        last = whole.K[1]
        for _level in range(3000):
            last = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Div, P=whole, K=Array([last])))
        whole.K[1] = last

    assert outline_length(take("Aviso.pdf", small(sink))) > 3000


def outline_length(imported: ImportedFile) -> int:
    assert imported.fragment is not None
    return len(imported.fragment.objects)


def test_a_page_with_layers_only_is_not_tagged(packet: Printed) -> None:
    def add(document: pikepdf.Pdf) -> None:
        document.add_blank_page()
        page = document.pages[-1]
        layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("Plan")))
        page.Resources = Dictionary(Properties=Dictionary(L0=layer))
        page.Contents = document.make_stream(b"/OC /L0 BDC 10 10 90 90 re f EMC")

    imported = take("Packet.pdf", files.changed(packet.pdf, add))
    assert imported.facts.untagged == (imported.facts.pages,)
    assert findings(imported.fragment) == ()  # type: ignore[arg-type]


def test_a_page_that_is_blank_but_for_a_ticked_box_is_a_figure() -> None:
    def tick(document: pikepdf.Pdf) -> None:
        look = document.make_stream(b"2 2 10 10 re f")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 20, 20])
        box = Dictionary(Subtype=Name.Widget, FT=Name.Btn, T=String("b"), AS=Name.Yes, Rect=Array([50, 50, 70, 70]))
        box.AP = Dictionary(N=Dictionary(Yes=look))
        box = document.make_indirect(box)
        document.Root.AcroForm = Dictionary(Fields=Array([box]))
        document.pages[0].Annots = Array([box])

    imported = take("Form.pdf", files.changed(files.content(b" "), tick))
    assert outline(imported) == ["Document", "Part", "Figure"]
    assert findings(imported.fragment) == ()  # type: ignore[arg-type]


def test_a_packet_with_a_packet_in_it_keeps_both_heads(packet: Printed) -> None:
    """A packet that was printed before has drawn by the furniture's name itself."""
    once = take("Packet.pdf", packet.pdf)
    twice = take("Packet.pdf", files.bound(once))
    assert twice.facts.verified
    seeing.same(packet.pdf, files.bound(twice))
