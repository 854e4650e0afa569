"""Files that cannot be included are refused with the right reason, quickly, and the next one works."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from planstudio.domain.intake import FileKind, Trouble
from planstudio.reports.foreign import Intake
from planstudio.reports.foreign.child import take
from reports.foreign import files, seeing


@pytest.fixture(scope="module")
def intake() -> Iterator[Intake]:
    with Intake() as opened:
        yield opened


def locked(*, user: str, owner: str = "owner", revision: int = 6) -> bytes:
    return files.changed(
        files.text_pages(2), lambda _pdf: None, encryption=pikepdf.Encryption(owner=owner, user=user, R=revision)
    )


def test_a_file_with_a_password_needs_it() -> None:
    imported = take("Bids.pdf", locked(user="secret"))
    assert imported.facts.kind is FileKind.REFUSED
    assert imported.facts.trouble is Trouble.PASSWORD


@pytest.mark.parametrize("revision", [4, 6])
def test_a_file_that_only_its_owner_locked_is_opened_and_looks_the_same(revision: int) -> None:
    data = locked(user="", revision=revision)
    imported = take("Bids.pdf", data)
    assert imported.facts.decrypted
    seeing.same(data, files.bound(imported))


def test_a_truncated_file_is_repaired_as_far_as_it_goes() -> None:
    whole = files.changed(files.text_pages(10), lambda _pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    imported = take("Bids.pdf", whole[: len(whole) * 9 // 10])
    assert imported.facts.repaired or imported.facts.trouble is Trouble.DAMAGED


def test_a_broken_cross_reference_is_repaired() -> None:
    whole = files.text_pages(4)
    at = whole.rindex(b"startxref")
    data = whole[:at].replace(b"0000000", b"0000009") + b"startxref\n99\n%%EOF"
    imported = take("Bids.pdf", data)
    assert imported.facts.repaired
    assert imported.facts.pages == 4
    seeing.same(whole, files.bound(imported))


@pytest.mark.parametrize(
    ("name", "data", "trouble"),
    [
        ("Bids.pdf", b"<!DOCTYPE html><html><body>Sign in</body></html>", Trouble.NOT_WHAT_IT_SAYS),
        ("Bids.docx", b"<html>Sign in</html>", Trouble.NOT_WHAT_IT_SAYS),
        ("Bids.png", b"GIF7 is no picture", Trouble.NOT_WHAT_IT_SAYS),
        ("Bids.pdf", b"", Trouble.EMPTY),
        ("Bids.pdf", b"\0" * 4000, Trouble.EMPTY),
        ("Bids.pdf", b"%PDF-1.7\n" + b"garbage " * 300, Trouble.DAMAGED),
        ("Bids.exe", b"MZ\x90\0" * 50, Trouble.UNSUPPORTED),
        ("Bids.html", b"<html>Sign in</html>", Trouble.UNSUPPORTED),
        ("Bids.zip", b"PK\x03\x04" + b"\0" * 60, Trouble.UNSUPPORTED),
    ],
)
def test_what_is_no_document_is_refused(name: str, data: bytes, trouble: Trouble) -> None:
    assert take(name, data).facts.trouble is trouble


def test_a_page_tree_that_runs_in_circles_is_damaged() -> None:
    assert take("Bids.pdf", files.loop()).facts.trouble in (Trouble.DAMAGED, Trouble.EMPTY)


@pytest.mark.parametrize("odd", ["empty node twice", "back to the top", "a page in two places", "too deep"])
def test_a_page_tree_that_comes_to_a_node_twice_is_put_right(odd: str) -> None:
    def bend(document: pikepdf.Pdf) -> None:
        top = document.Root.Pages
        first, second, third = top.Kids
        node = document.make_indirect(Dictionary(Type=Name.Pages, Parent=top, Kids=Array([second, third]), Count=2))
        empty = document.make_indirect(Dictionary(Type=Name.Pages, Parent=top, Kids=Array(), Count=0))
        for page in (second, third):
            page.Parent = node
            node.Rotate, node.Resources = 90, page.Resources
            del page["/Resources"]
            if "/Rotate" in page:
                del page["/Rotate"]
        extra = {
            "empty node twice": [empty, empty],
            "back to the top": [top],
            "a page in two places": [node, first],
            "too deep": [],
        }
        if odd == "too deep":
            for _level in range(150):
                node = document.make_indirect(Dictionary(Type=Name.Pages, Parent=top, Kids=Array([node]), Count=2))
        top.Kids = Array([first, node, *extra[odd]])

    straight = files.changed(files.text_pages(3), lambda document: [
        document.pages[n].obj.__setitem__("/Rotate", 90) for n in (1, 2)
    ])  # fmt: skip
    with pikepdf.open(BytesIO(files.text_pages(3))) as document:
        bend(document)
        out = BytesIO()
        document.save(out)
    imported = take("Bids.pdf", out.getvalue())
    assert imported.facts.repaired
    seeing.same(straight, files.bound(imported))


@pytest.mark.parametrize(("streams", "imported"), [("/Identity", True), ("/StdCF", False)])
def test_a_password_for_enclosed_files_alone_is_not_asked_for(streams: str, imported: bool) -> None:
    """Such files do not come along; one whose pages are locked is still refused."""

    def lock(document: pikepdf.Pdf) -> None:
        document.trailer["/Encrypx"] = document.make_indirect(Dictionary(
            Filter=Name.Standard, V=5, R=6, Length=256, P=-1028, O=String("o" * 48), U=String("u" * 48),
            OE=String("e" * 32), UE=String("f" * 32), Perms=String("p" * 16), StmF=Name(streams), StrF=Name(streams),
            EFF=Name.StdCF, CF=Dictionary(StdCF=Dictionary(CFM=Name.AESV3, AuthEvent=Name.EFOpen, Length=32)),
        ))  # fmt: skip

    plain = files.text_pages(2)
    data = files.changed(plain, lock).replace(b"/Encrypx", b"/Encrypt")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(data))
    found = take("Bids.pdf", data)
    assert found.facts.trouble is (None if imported else Trouble.PASSWORD)
    if imported:
        seeing.same(plain, files.bound(found))


def test_a_file_without_pages_is_empty() -> None:
    with pikepdf.new() as document:
        assert take("Bids.pdf", files.saved(document)).facts.trouble is Trouble.EMPTY


def test_five_thousand_pages_are_too_many() -> None:
    with pikepdf.new() as document:
        for _page in range(5000):
            document.add_blank_page()
        assert take("Bids.pdf", files.saved(document)).facts.trouble is Trouble.TOO_MANY_PAGES


@pytest.mark.parametrize("make", [files.bomb, files.object_bomb], ids=["content", "object stream"])
def test_what_inflates_without_end_is_too_large(intake: Intake, make: object) -> None:
    data = make()  # type: ignore[operator]
    assert len(data) < 1_000_000
    assert intake.take("Bids.pdf", data).facts.trouble is Trouble.TOO_LARGE
    assert intake.take("Next.pdf", files.text_pages(1)).facts.kind is FileKind.TEXT


def test_an_image_of_a_pdf_that_fills_the_memory_is_too_large() -> None:
    def blow_up(document: pikepdf.Pdf) -> None:
        named = document.pages[0].Resources.XObject
        image = named[next(iter(named.keys()))]
        image.Width = image.Height = 60_000

    data = files.changed(files.scan_pages(1), blow_up)
    assert take("Bids.pdf", data).facts.trouble is Trouble.TOO_LARGE


def test_forms_that_draw_each_other_are_read_once() -> None:
    def tie(document: pikepdf.Pdf) -> None:
        one, two = document.make_stream(b"/B Do /B Do"), document.make_stream(b"/A Do /A Do")
        for stream in (one, two):
            stream.Type, stream.Subtype, stream.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 9, 9]
            stream.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=one, B=two))
        document.pages[0].Resources.XObject = pikepdf.Dictionary(A=one)
        document.pages[0].contents_add(b"/A Do")

    with Intake() as intake:  # PDFium, which reads the words, dies of it in the process apart
        imported = intake.take("Bids.pdf", files.changed(files.text_pages(1), tie))
    assert imported.facts.kind is FileKind.TEXT
    assert imported.fragment is not None
    assert len(imported.fragment.leaves) == 1


def test_deeply_nested_arrays_do_no_harm() -> None:
    def nest(document: pikepdf.Pdf) -> None:
        value = pikepdf.Array([1])
        for _level in range(300):
            value = pikepdf.Array([value])
        document.pages[0].Resources.ColorSpace = pikepdf.Dictionary(C0=value)

    assert take("Bids.pdf", files.changed(files.text_pages(1), nest)).facts.trouble is None


def test_every_cut_of_a_file_is_answered() -> None:
    """Wherever a download stopped, there is a fragment or a reason, never a bug."""
    whole = files.hostile()
    for share in range(1, 20):
        imported = take("Bids.pdf", whole[: len(whole) * share // 20])
        assert (imported.fragment is None) == (imported.facts.trouble is not None)


def test_bytes_turned_over_are_answered() -> None:
    whole = bytearray(files.changed(files.hostile(), lambda _pdf: None, compress_streams=False))
    for at in range(100, len(whole), max(1, len(whole) // 150)):
        data = bytes(whole[:at] + bytes([whole[at] ^ 0x15]) + whole[at + 1 :])
        imported = take("Bids.pdf", data)
        assert (imported.fragment is None) == (imported.facts.trouble is not None)
        if imported.fragment is not None:
            with pikepdf.open(BytesIO(files.bound(imported))) as document:
                assert len(document.pages) == imported.facts.pages
