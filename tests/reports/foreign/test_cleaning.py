"""What could act, or was hidden, is gone from the fragment, and the facts say what it was."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from planstudio.domain.intake import Removed, facts_notes
from planstudio.reports.foreign.child import take
from planstudio.reports.foreign.imported import sound
from reports.foreign import files, seeing


def test_scripts_commands_and_enclosed_files_leave_nothing_behind() -> None:
    data = files.hostile()
    imported = take("Bids.pdf", data)
    found = files.all_bytes(imported)
    assert files.CANARY.encode() not in found
    assert files.CANARY.encode("utf-16-be") not in found
    for name in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/AA", b"/OpenAction", b"/PieceInfo", b"/GoToR"):
        assert name not in found, name
    seeing.same(data, files.bound(imported))


def test_the_facts_count_what_was_removed() -> None:
    counts = Counter(take("Bids.pdf", files.hostile()).facts.removed)
    assert counts[Removed.SCRIPT] >= 7
    assert counts[Removed.LAUNCH] == 1
    assert counts[Removed.LINK] == 2  # one to another file, one with a script for an address
    assert counts[Removed.ACTION] == 1
    assert counts[Removed.ATTACHMENT] == 2
    assert counts[Removed.MEDIA] >= 2
    assert counts[Removed.HIDDEN] == 1
    assert "one command was removed" in facts_notes(take("Bids.pdf", files.hostile()).facts)


def test_good_links_stay_and_say_where_they_lead() -> None:
    with pikepdf.open(BytesIO(files.bound(take("Bids.pdf", files.hostile())))) as document:
        notes = list(document.pages[0].Annots)
        links = [note for note in notes if note.Subtype == Name.Link]
        assert [str(link.A.URI) for link in links] == ["https://heronlake.example/bids"]
        assert "/Next" not in links[0].A
        assert [str(note.Contents) for note in notes] == ["https://heronlake.example/bids", "A comment"]
        assert all(int(note.F) & 4 for note in notes)


@pytest.mark.parametrize("xfa", [False, True])
def test_a_form_becomes_content_that_looks_the_same(xfa: bool) -> None:
    data = files.form(xfa=xfa)
    imported = take("Form.pdf", data)
    assert imported.facts.flattened
    assert (Removed.XFA in imported.facts.removed) is xfa
    assert files.CANARY.encode() not in files.all_bytes(imported)
    with pikepdf.open(BytesIO(files.bound(imported))) as document:
        assert "/Annots" not in document.pages[0].obj
    words = next(seeing.pages(files.bound(imported)))[1]
    assert "Heron Roofing" in words


def test_named_destinations_become_pages() -> None:
    def link(document: pikepdf.Pdf) -> None:
        document.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([
            document.make_indirect(Dictionary(
                Names=Array([String("end"), Dictionary(D=Array([document.pages[2].obj, Name.XYZ, 0, 700, None]))])
            ))
        ])))  # fmt: skip
        rect = Array([0, 0, 50, 50])
        document.pages[0].Annots = Array([
            Dictionary(Subtype=Name.Link, Rect=rect, A=Dictionary(S=Name.GoTo, D=String("end"))),
            Dictionary(Subtype=Name.Link, Rect=rect, Dest=Array([1, Name.FitH, 100])),
            Dictionary(Subtype=Name.Link, Rect=rect, Dest=String("nowhere")),
        ])  # fmt: skip

    imported = take("Bids.pdf", files.changed(files.text_pages(3), link))
    with pikepdf.open(BytesIO(files.bound(imported))) as document:
        first, second = document.pages[0].Annots
        assert first.Dest[0].objgen == document.pages[2].obj.objgen
        assert [float(first.Dest[3])] == [700.0]
        assert second.Dest[0].objgen == document.pages[1].obj.objgen
        assert str(first.Contents) == "Page 3 of “Bids.pdf”"


def test_a_link_that_only_the_catalog_knows_leads_nowhere() -> None:
    """Objects of the other file's catalog, page tree and tree of names are not dragged along."""

    def refer(document: pikepdf.Pdf) -> None:
        root = document.make_indirect(document.Root)
        root.Secret = String(files.CANARY)
        document.pages[0].Resources.ExtGState = Dictionary(G0=Dictionary(Evil=root, Type=root))
        document.pages[0].Resources.Properties = Dictionary(P0=Dictionary(OCGs=root))

    imported = take("Bids.pdf", files.changed(files.text_pages(2), refer))
    assert files.CANARY.encode() not in files.all_bytes(imported)


def test_a_hidden_layer_stays_hidden() -> None:
    def layer(document: pikepdf.Pdf) -> None:
        hidden = document.make_indirect(Dictionary(Type=Name.OCG, Name=String(files.CANARY)))
        shown = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("Plan")))
        document.Root.OCProperties = Dictionary(OCGs=Array([hidden, shown]), D=Dictionary(OFF=Array([hidden])))
        page = document.pages[0]
        page.Resources.Properties = Dictionary(L0=hidden, L1=shown)
        secret = f"/OC /L0 BDC BT /F1 30 Tf 72 300 Td ({files.CANARY}) Tj ET EMC ".encode()
        page.contents_add(secret + b"/OC /L1 BDC BT /F1 30 Tf 72 200 Td (shown) Tj ET EMC")

    data = files.changed(files.text_pages(1), layer)
    imported = take("Bids.pdf", data)
    assert Removed.LAYER in imported.facts.removed
    assert f"({files.CANARY}) Tj".encode() not in files.all_bytes(imported)
    old, new = list(seeing.pages(data)), list(seeing.pages(files.bound(imported)))
    assert old[0][0].tobytes() == new[0][0].tobytes()
    assert "shown" in new[0][1]


def test_every_fragment_is_sound_and_has_no_control_bytes() -> None:
    for data in (files.hostile(), files.form(xfa=True), files.text_pages(2), files.scan_pages(1)):
        fragment = take("Ω\x07 odd name.pdf", data).fragment
        assert fragment is not None
        assert sound(fragment) is fragment
