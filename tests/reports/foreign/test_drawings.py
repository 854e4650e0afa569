"""Pages that draw in every way that PDF has look the same when they are bound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from planstudio.reports.foreign.child import take
from reports.foreign import files, seeing

BACK = b"0.9 g 0 0 612 792 re f "


def drawn(operators: bytes, resources: Callable[[pikepdf.Pdf], dict[str, Any]] = lambda _document: {}) -> bytes:
    """A page that draws *operators* over gray, with these resources beside its font."""

    def put(document: pikepdf.Pdf) -> None:
        page = document.pages[0].obj
        for name, value in resources(document).items():
            page.Resources["/" + name] = value

    return files.changed(files.content(BACK + operators), put)


def same_and_seen(data: bytes) -> None:
    empty = next(seeing.shown(files.content(BACK)))
    assert next(seeing.shown(data)).tobytes() != empty.tobytes(), "there is nothing to lose"
    seeing.same(data, files.bound(take("Bids.pdf", data)))


def _form(document: pikepdf.Pdf, code: bytes, **more: Any) -> Any:
    made = document.make_stream(code, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 200]))
    for key, value in more.items():
        made["/" + key] = value
    return made


def _exponential(start: list[float], end: list[float]) -> Any:
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(start), C1=Array(end), N=1)


def _stitched(document: pikepdf.Pdf) -> Any:
    parts = Array([document.make_indirect(_exponential([1, 0, 0], [0, 1, 0])), _exponential([0, 1, 0], [0, 0, 1])])
    return Dictionary(
        FunctionType=3, Domain=Array([0, 1]), Functions=parts, Bounds=Array([0.4]), Encode=Array([0, 1, 0, 1])
    )


def _sampled(document: pikepdf.Pdf) -> Any:
    made = document.make_stream(bytes(range(0, 240, 10)), FunctionType=0, Domain=Array([0, 1]), Size=Array([8]))
    made.BitsPerSample, made.Range = 8, Array([0, 1] * 3)
    return made


SHADINGS: dict[str, Callable[[pikepdf.Pdf], Any]] = {
    "axial": lambda document: Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([100, 100, 400, 400]), Function=_stitched(document),
        Extend=Array([True, False]),
    ),
    "radial": lambda document: Dictionary(
        ShadingType=3, ColorSpace=Name.DeviceRGB, Coords=Array([300, 300, 20, 320, 320, 200]),
        Function=_sampled(document), Background=Array([1, 1, 0]),
    ),
    "by functions of each color": lambda _document: Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([100, 0, 500, 0]),
        Function=Array([_exponential([n / 3], [1 - n / 3]) for n in range(3)]),
    ),
    "by place": lambda document: Dictionary(
        ShadingType=1, ColorSpace=Name.DeviceRGB, Domain=Array([0, 1, 0, 1]), Matrix=Array([400, 0, 0, 400, 90, 90]),
        Function=_place(document),
    ),
    "mesh": lambda document: _mesh(document),
}  # fmt: skip


def _place(document: pikepdf.Pdf) -> Any:
    made = document.make_stream(b"{0.5}", FunctionType=4, Domain=Array([0, 1, 0, 1]))
    made.Range = Array([0, 1] * 3)
    return made


def _mesh(document: pikepdf.Pdf) -> Any:
    corners = [(0, 0, 0, b"\xff\0\0"), (0, 255, 0, b"\0\xff\0"), (0, 128, 255, b"\0\0\xff")]
    data = b"".join(bytes([flag, x, y]) + color for flag, x, y, color in corners)
    return document.make_stream(
        data, ShadingType=4, ColorSpace=Name.DeviceRGB, BitsPerCoordinate=8, BitsPerComponent=8, BitsPerFlag=8,
        Decode=Array([100, 500, 100, 500, 0, 1, 0, 1, 0, 1]),
    )  # fmt: skip


@pytest.mark.parametrize("kind", SHADINGS)
@pytest.mark.parametrize("as_pattern", [False, True])
def test_a_shading_looks_the_same(kind: str, as_pattern: bool) -> None:
    if as_pattern:
        same_and_seen(drawn(
            b"/Pattern cs /P0 scn 90 90 400 400 re f",
            lambda document: {"Pattern": Dictionary(P0=Dictionary(
                PatternType=2, Shading=SHADINGS[kind](document), Matrix=Array([0.9, 0.1, 0, 0.9, 5, 5])
            ))},
        ))  # fmt: skip
        return
    same_and_seen(drawn(b"/S0 sh", lambda document: {"Shading": Dictionary(S0=SHADINGS[kind](document))}))


@pytest.mark.parametrize(("paint", "code"), [(1, b"1 0 0 rg 0 0 9 9 re f"), (2, b"0 0 9 9 re f")])
def test_a_tiling_pattern_looks_the_same(paint: int, code: bytes) -> None:
    def tiles(document: pikepdf.Pdf) -> dict[str, Any]:
        tile = document.make_stream(code, PatternType=1, PaintType=paint, TilingType=1, XStep=20, YStep=15)
        tile.BBox, tile.Resources, tile.Matrix = Array([0, 0, 20, 15]), Dictionary(), Array([1, 0.2, 0, 1, 3, 4])
        spaces = Dictionary(C0=Array([Name.Pattern, Name.DeviceRGB]) if paint == 2 else Name.Pattern)
        return {"Pattern": Dictionary(P0=tile), "ColorSpace": spaces}

    color = b"0 0 1 /P0 scn" if paint == 2 else b"/P0 scn"
    same_and_seen(drawn(b"/C0 cs %b 90 90 400 400 re f" % color, tiles))


def test_letters_that_are_drawings_look_the_same() -> None:
    def font(document: pikepdf.Pdf) -> dict[str, Any]:
        inner = _form(document, b"0 0 300 300 re f")
        letters = Dictionary(
            a=document.make_stream(b"700 0 0 0 600 600 d1 0 0 600 600 re f"),
            b=document.make_stream(b"700 0 d0 1 0 0 rg q 2 0 0 2 0 0 cm /X0 Do Q"),
        )
        made = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 700, 700]), FirstChar=97, LastChar=98,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), Widths=Array([700, 700]), CharProcs=letters,
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a, Name.b])),
            Resources=Dictionary(XObject=Dictionary(X0=inner)),
        )  # fmt: skip
        return {"Font": Dictionary(F9=document.make_indirect(made))}

    same_and_seen(drawn(b"BT /F9 60 Tf 72 500 Td (abab) Tj ET", font))


@pytest.mark.parametrize("kind", ["Luminosity", "Alpha"])
@pytest.mark.parametrize("says_its_kind", [True, False])
def test_a_soft_mask_looks_the_same(kind: str, says_its_kind: bool) -> None:
    def states(document: pikepdf.Pdf) -> dict[str, Any]:
        group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
        mask = _form(document, b"0.6 g 20 20 100 100 re f 1 g 60 60 100 100 re f", Group=group)
        if not says_its_kind:
            del mask["/Subtype"], mask["/Type"]
        soft = Dictionary(Type=Name.Mask, S=Name("/" + kind), G=mask)
        if kind == "Luminosity":
            soft.BC, soft.TR = Array([0.2]), Dictionary(_exponential([1], [0]))
        return {"ExtGState": Dictionary(G0=Dictionary(SMask=document.make_indirect(soft)))}

    same_and_seen(drawn(b"q 2 0 0 2 50 50 cm /G0 gs 1 0 0 rg 0 0 200 200 re f Q", states))


@pytest.mark.parametrize("mode", ["Multiply", "Screen", "Difference", "Luminosity", "Overlay"])
@pytest.mark.parametrize("group", [None, {"I": True}, {"K": True}, {"I": True, "K": True, "CS": Name.DeviceCMYK}])
def test_transparency_looks_the_same(mode: str, group: dict[str, Any] | None) -> None:
    def put(document: pikepdf.Pdf) -> dict[str, Any]:
        said = {"Group": Dictionary(S=Name.Transparency, **group)} if group is not None else {}
        inner = _form(document, b"0 1 0 rg 0 0 120 120 re f 1 0 0 rg 60 60 120 120 re f", **said)
        state = Dictionary(BM=Array([Name.Unheard, Name("/" + mode)]), ca=0.7, CA=0.5, AIS=False)
        if group is not None:
            document.pages[0].obj.Group = Dictionary(S=Name.Transparency, **group)
        return {"ExtGState": Dictionary(G0=state), "XObject": Dictionary(X0=inner)}

    same_and_seen(drawn(b"0 0 1 rg 100 100 200 200 re f q /G0 gs 1 0 0 1 150 150 cm /X0 Do Q", put))


@pytest.mark.parametrize("unit", [2, 1.5, 0.5, 1000])
def test_a_page_keeps_its_unit(unit: float) -> None:
    data = files.changed(drawn(b"1 0 0 rg 9 9 90 90 re f"), lambda pdf: pdf.pages[0].obj.__setitem__("/UserUnit", unit))
    seeing.same(data, files.bound(take("Bids.pdf", data)))


@pytest.mark.parametrize(
    "box",
    [[0, 0, 594.959961, 840.959961], [0.123456789, -0.987654321, 595.303937008, 841.88976378], [0, 0, 1, 1]],
)  # fmt: skip
def test_boxes_keep_all_their_places(box: list[float]) -> None:
    def lay(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.MediaBox = Array(box)

    data = files.changed(files.text_pages(1), lay)
    assert next(seeing.shown(data, 4)).tobytes() == next(seeing.shown(files.bound(take("Bids.pdf", data)), 4)).tobytes()


def test_what_stands_above_the_pages_is_inherited_by_each() -> None:
    def lift(document: pikepdf.Pdf) -> None:
        above = document.Root.Pages
        middle = document.make_indirect(Dictionary(
            Type=Name.Pages, Parent=above, Count=2, Kids=Array(list(above.Kids)), CropBox=Array([30, 40, 500, 600])
        ))  # fmt: skip
        above.Kids, above.Rotate, above.MediaBox = Array([middle]), 270, Array([0, 0, 612, 700])
        above.Resources = document.pages[0].obj.Resources
        for page in middle.Kids:
            page.Parent = middle
            for key in ("/Resources", "/MediaBox", "/Rotate", "/CropBox"):
                if key in page:
                    del page[key]

    data = files.changed(files.text_pages(2), lift)
    seeing.same(data, files.bound(take("Bids.pdf", data)))


@pytest.mark.parametrize("where", ["page", "form"])
def test_resources_that_are_missing_do_no_harm(where: str) -> None:
    def lose(document: pikepdf.Pdf) -> None:
        page = document.pages[0].obj
        if where == "page":
            del page["/Resources"]
        else:  # a form of old takes those of the page
            page.Resources.XObject = Dictionary(X0=_form(document, b"BT /F1 20 Tf 9 9 Td (Words) Tj ET"))

    data = files.changed(drawn(b"q 1 0 0 1 200 300 cm /X0 Do Q 1 0 0 rg 9 9 90 90 re f"), lose)
    same_and_seen(data)


def test_what_is_no_list_of_resources_does_no_harm() -> None:
    """A field stands where patterns are looked for: the parent would not believe the process that passed it on."""

    def mix(document: pikepdf.Pdf) -> None:
        made = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=Array([1, 1, 9, 9]), S=Name.JavaScript)
        for kind in ("Pattern", "ColorSpace", "XObject", "Properties"):
            document.pages[0].obj.Resources["/" + kind] = document.make_indirect(made)

    found = files.all_bytes(take("Bids.pdf", files.changed(drawn(b"1 0 0 rg 9 9 90 90 re f"), mix)))
    assert b"/Widget" not in found
    assert b"/JavaScript" not in found


def _shipped() -> list[Path]:
    """PDFs that the installed packages bring with them."""
    folders = {Path(module.__file__).parents[1] for module in (pikepdf,) if module.__file__}
    return sorted(path for folder in folders for path in folder.rglob("*.pdf"))[:300]


def test_what_the_installed_packages_ship_looks_the_same() -> None:
    paths = _shipped()
    if not paths:
        pytest.skip("no installed package has a PDF in it")
    for path in paths:
        data = path.read_bytes()
        imported = take(path.name, data)
        if imported.fragment is not None:
            seeing.alike(data, files.bound(imported))
