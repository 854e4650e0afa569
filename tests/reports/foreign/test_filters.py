"""Streams come out of the intake as they went in, whatever filters and parameters say how they are stored."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, StreamDecodeLevel
from PIL import Image

from planstudio.reports.foreign.child import take
from reports.foreign import coding, files, seeing

SHARED = Path(__file__).parents[4] / "shared/faults/inputs"
WIDE, HIGH = 48, 32
AS_THEY_ARE: dict[str, Any] = {"compress_streams": False, "stream_decode_level": StreamDecodeLevel.none}


def photo(mode: str = "RGB") -> Image.Image:
    """A small picture in which no two rows are alike."""
    colors = Image.merge("RGB", [
        Image.frombytes("L", (WIDE, HIGH), bytes((x * a + y * b) % 256 for y in range(HIGH) for x in range(WIDE)))
        for a, b in ((5, 1), (1, 7), (3, 3))
    ])  # fmt: skip
    if mode == "1":
        return Image.eval(colors.convert("L"), lambda level: 255 * (level > 99)).convert("1")
    return colors.convert(mode)


def with_picture(data: bytes, **entries: Any) -> bytes:
    """A page with a picture stored as *entries* say; a callable is given the document."""

    def draw(document: pikepdf.Pdf) -> None:
        picture = document.make_stream(data)
        said = {"Width": WIDE, "Height": HIGH, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB} | entries
        for name, value in said.items():
            made = value(document) if callable(value) else value
            if made is not None:
                picture["/" + name] = made
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        page = document.pages[0]
        page.obj.Resources.XObject = Dictionary(P0=picture)
        page.obj.Contents = document.make_stream(b"1 1 0 rg 0 0 612 792 re f 0 0 1 rg q 480 0 0 320 60 300 cm /P0 Do Q")

    return files.changed(files.content(b" "), draw, **AS_THEY_ARE)


def _indirect(value: Any) -> Callable[[pikepdf.Pdf], Any]:
    return lambda document: document.make_indirect(value)


def same_and_seen(data: bytes) -> None:
    """It looks as before, and its picture is there at all."""
    bare = with_picture(b"", Width=1, Height=1, ColorSpace=Name.DeviceGray, ImageMask=None)
    old, none = next(seeing.pages(data))[0], next(seeing.pages(bare))[0]
    assert old.tobytes() != none.tobytes(), "nothing is drawn that could get lost"
    seeing.same(data, files.bound(take("Bids.pdf", data)))


PREDICTORS: dict[str, tuple[int, Callable[[bytes], bytes]]] = {
    "none": (1, lambda data: data),
    "TIFF": (2, lambda data: coding.tiff_rows(data, WIDE, 3)),
    **{
        f"PNG {number}": (number, lambda data, kind=number - 10: coding.png_rows(data, WIDE, 3, lambda _row: kind))  # type: ignore[misc]
        for number in range(10, 15)
    },
    "PNG 15": (15, lambda data: coding.png_rows(data, WIDE, 3, lambda row: row % 5)),
}


@pytest.mark.parametrize("shape", ["alone", "arrays", "chain", "indirect", "array of one name, one dictionary"])
@pytest.mark.parametrize("name", ["FlateDecode", "LZWDecode"])
@pytest.mark.parametrize("predictor", PREDICTORS)
def test_a_picture_with_a_predictor_looks_the_same(predictor: str, name: str, shape: str) -> None:
    number, predict = PREDICTORS[predictor]
    packed = coding.PLAIN[name](predict(photo().tobytes()))
    filters, said = Name("/" + name), Dictionary(Predictor=number, Columns=WIDE, Colors=3)
    stored: dict[str, tuple[bytes, Any, Any]] = {
        "alone": (packed, filters, said),
        "arrays": (packed, Array([filters]), Array([said])),
        "chain": (coding.ascii_85(packed), Array([Name.ASCII85Decode, filters]), Array([None, said])),
        "indirect": (packed, _indirect(Array([filters])), _indirect(Array([said]))),
        "array of one name, one dictionary": (packed, Array([filters]), said),
    }
    data, filters, said = stored[shape]
    if shape == "array of one name, one dictionary" and number > 1:
        pdf = with_picture(data, Filter=filters, DecodeParms=said)  # readers differ on this pair: it must stay one
        seeing.same(pdf, files.bound(take("Bids.pdf", pdf)))
        return
    same_and_seen(with_picture(data, Filter=filters, DecodeParms=said))


@pytest.mark.parametrize("name", coding.PLAIN)
def test_a_picture_looks_the_same_with_each_plain_filter(name: str) -> None:
    same_and_seen(with_picture(coding.PLAIN[name](photo().tobytes()), Filter=Name("/" + name)))


@pytest.mark.parametrize(
    ("how", "two_ways", "parameters"),
    [
        ("group4", False, {"K": -1}),
        ("group4", False, {"K": -1, "BlackIs1": True}),
        ("group3", False, {"K": 0, "EndOfLine": True}),
        ("group3", True, {"K": 4, "EndOfLine": True}),
    ],
)
@pytest.mark.parametrize("arrays", [False, True])
def test_a_fax_looks_the_same(how: str, two_ways: bool, parameters: dict[str, Any], arrays: bool) -> None:
    said = Dictionary(**parameters, Columns=WIDE, Rows=HIGH)
    filters = Name.CCITTFaxDecode
    same_and_seen(with_picture(
        coding.fax(photo("1"), how, two_ways), BitsPerComponent=1, ColorSpace=Name.DeviceGray,
        Filter=Array([filters]) if arrays else filters, DecodeParms=Array([said]) if arrays else said,
    ))  # fmt: skip


@pytest.mark.parametrize("chain", [False, True])
def test_jbig2_keeps_what_its_pages_share(chain: bool) -> None:
    shared, page = coding.jbig2(photo("1").resize((WIDE // 8, HIGH // 8)))

    def said(document: pikepdf.Pdf) -> Any:
        parameters = Dictionary(JBIG2Globals=document.make_stream(shared))
        return Array([None, document.make_indirect(parameters)]) if chain else parameters

    same_and_seen(with_picture(
        coding.ascii_hex(page) if chain else page, BitsPerComponent=1, ColorSpace=Name.DeviceGray,
        Filter=Array([Name.ASCIIHexDecode, Name.JBIG2Decode]) if chain else Name.JBIG2Decode, DecodeParms=said,
    ))  # fmt: skip


@pytest.mark.parametrize("space", [None, Name.DeviceRGB])
def test_jpeg_2000_looks_the_same_with_and_without_a_color_space(space: Any) -> None:
    data = coding.jpeg_2000(photo())
    same_and_seen(with_picture(data, Filter=Name.JPXDecode, ColorSpace=space, BitsPerComponent=None))


@pytest.mark.parametrize("transform", [None, 0, 1])
def test_a_jpeg_looks_the_same(transform: int | None) -> None:
    said = None if transform is None else Dictionary(ColorTransform=transform)
    same_and_seen(with_picture(coding.jpeg(photo()), Filter=Name.DCTDecode, DecodeParms=said))
    packed = zlib.compress(coding.jpeg(photo("CMYK")))
    chain = Array([Name.FlateDecode, Name.DCTDecode])
    same_and_seen(with_picture(packed, Filter=chain, ColorSpace=Name.DeviceCMYK, Decode=Array([1, 0] * 4)))


def _function(document: pikepdf.Pdf) -> Any:
    """A tint as its own program, stored with a predictor."""
    program = b"{dup 0.2 mul exch dup 0.9 mul exch 0.4 mul}".ljust(48)
    packed = zlib.compress(coding.png_rows(program, 16, 1, lambda row: row % 5))
    tint = document.make_stream(packed, FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1] * 3))
    tint.Filter, tint.DecodeParms = Name.FlateDecode, Dictionary(Predictor=15, Columns=16)
    return tint


def _palette(document: pikepdf.Pdf) -> Any:
    colors = bytes(n * k % 256 for n in range(256) for k in (3, 5, 7))
    packed = coding.lzw(coding.png_rows(colors, 48, 1, lambda row: row % 5), early=False)
    said = Array([Dictionary(Predictor=12, Columns=48, EarlyChange=0)])
    return document.make_stream(packed, Filter=Array([Name.LZWDecode]), DecodeParms=said)


def _profile(document: pikepdf.Pdf) -> Any:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    packed = zlib.compress(coding.png_rows(profile.ljust(-(-len(profile) // 8) * 8, b"\0"), 8, 1, lambda _row: 2))
    return document.make_stream(packed, N=3, Filter=Name.FlateDecode, DecodeParms=Dictionary(Predictor=12, Columns=8))


SPACES: dict[str, tuple[str, Callable[[pikepdf.Pdf], Any]]] = {
    "Indexed": ("L", lambda document: Array([Name.Indexed, Name.DeviceRGB, 255, _palette(document)])),
    "Separation": ("L", lambda document: Array([Name.Separation, Name.Spot, Name.DeviceRGB, _function(document)])),
    "DeviceN": ("L", lambda document: Array([Name.DeviceN, Array([Name.Spot]), Name.DeviceRGB, _function(document)])),
    "ICCBased": ("RGB", lambda document: Array([Name.ICCBased, _profile(document)])),
    "Lab": ("RGB", lambda _document: Array([Name.Lab, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])),
    "CalRGB": (
        "RGB",
        lambda _document: Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.95, 1, 1.09]), Gamma=Array([2, 2, 2]))]),
    ),
    "CalGray": ("L", lambda _document: Array([Name.CalGray, Dictionary(WhitePoint=Array([0.95, 1, 1.09]), Gamma=2)])),
}


@pytest.mark.parametrize("space", SPACES)
def test_a_picture_keeps_its_color_space(space: str) -> None:
    mode, make = SPACES[space]
    packed = zlib.compress(photo(mode).tobytes())
    same_and_seen(with_picture(packed, Filter=Name.FlateDecode, ColorSpace=make))


def _soft(document: pikepdf.Pdf) -> Any:
    rows = zlib.compress(coding.png_rows(photo("L").tobytes(), WIDE, 1, lambda row: row % 5))
    mask = document.make_stream(rows, Type=Name.XObject, Subtype=Name.Image, Width=WIDE, Height=HIGH)
    mask.ColorSpace, mask.BitsPerComponent = Name.DeviceGray, 8
    mask.Filter, mask.DecodeParms, mask.Matte = Name.FlateDecode, Dictionary(Predictor=15, Columns=WIDE), Array([0] * 3)
    return mask


def _stencil(document: pikepdf.Pdf) -> Any:
    mask = document.make_stream(coding.fax(photo("1")), Type=Name.XObject, Subtype=Name.Image, Width=WIDE, Height=HIGH)
    mask.ImageMask, mask.BitsPerComponent, mask.Filter = True, 1, Name.CCITTFaxDecode
    mask.DecodeParms = Dictionary(K=-1, Columns=WIDE, Rows=HIGH)
    return mask


@pytest.mark.parametrize(
    "masks",
    [
        {"SMask": _soft},
        {"Mask": _stencil},
        {"Mask": Array([0, 120, 0, 255, 0, 255])},
        {"Decode": Array([1, 0, 0, 1, 0.2, 0.8])},
        {"Interpolate": True},
    ],
    ids=lambda masks: next(iter(masks)),
)
def test_a_picture_keeps_its_mask(masks: dict[str, Any]) -> None:
    same_and_seen(with_picture(zlib.compress(photo().tobytes()), Filter=Name.FlateDecode, **masks))


def test_a_stencil_is_painted() -> None:
    entries = {"ImageMask": True, "BitsPerComponent": 1, "ColorSpace": None, "Filter": Name.CCITTFaxDecode}
    said = Dictionary(K=-1, Columns=WIDE, Rows=HIGH)
    same_and_seen(with_picture(coding.fax(photo("1")), **entries, DecodeParms=said))


@pytest.mark.parametrize(
    ("said", "data"),
    [
        (b"/W 48 /H 32 /BPC 8 /CS /RGB", photo().tobytes()),
        (b"/W 48 /H 32 /BPC 8 /CS /G /F /Fl", zlib.compress(photo("L").tobytes())),
        (b"/W 48 /H 32 /BPC 8 /CS /RGB /F [/A85 /LZW]", coding.ascii_85(coding.lzw(photo().tobytes()))),
        (b"/W 48 /H 32 /BPC 8 /CS /G /F [/AHx /RL]", coding.ascii_hex(coding.run_length(photo("L").tobytes()))),
        (b"/W 48 /H 32 /BPC 8 /CS /RGB /F /DCT", coding.jpeg(photo())),
        (b"/W 48 /H 32 /IM true /BPC 1 /D [1 0] /F /CCF /DP <</K -1 /Columns 48>>", coding.fax(photo("1"))),
        (
            b"/W 48 /H 32 /BPC 8 /CS /RGB /F [/Fl] /DP [<</Predictor 15 /Colors 3 /Columns 48>>]",
            zlib.compress(coding.png_rows(photo().tobytes(), WIDE, 3, lambda row: row % 5)),
        ),
        (b"/W 48 /H 32 /BPC 8 /CS [/I /RGB 1 <ff00000000ff>]", bytes(n % 2 for n in range(WIDE * HIGH))),
        (b"/W 48 /H 32 /BPC 8 /CS /Named", photo().tobytes()),
    ],
)
def test_a_picture_in_the_content_looks_the_same(said: bytes, data: bytes) -> None:
    drawn = b"1 1 0 rg 0 0 612 792 re f 0 0 1 rg q 480 0 0 320 60 300 cm BI %b ID %b\nEI Q" % (said, data)
    pdf = files.changed(files.content(drawn), lambda document: document.pages[0].obj.Resources.__setitem__(
        "/ColorSpace", Dictionary(Named=Array([Name.ICCBased, _profile(document)]))
    ))  # fmt: skip
    same_and_seen(pdf)


def test_the_picture_that_was_noise() -> None:
    path = SHARED / "png-predictor-picture.pdf"
    if not path.exists():
        pytest.skip("../shared/faults is not here")
    data = path.read_bytes()
    seeing.same(data, files.bound(take("Picture.pdf", data)))


# Whatever comes in, the same bytes come out


def _predicted(data: bytes, predictor: int, columns: int, colors: int) -> bytes:
    if predictor == 2:
        return coding.tiff_rows(data, columns, colors)
    if predictor >= 10:
        return coding.png_rows(
            data, columns, colors, lambda row: (predictor + row) % 5 if predictor > 14 else predictor - 10
        )
    return data


def _spelled(stream: Any, key: str) -> bytes:
    said = stream.get(key)
    return b"" if said is None or said == Array() else bytes(said.unparse(resolved=True))


@st.composite
def stored(draw: st.DrawFn) -> tuple[bytes, bytes, Any, Any]:
    """Data as they are, as they are stored, and how the dictionary says so."""
    columns, colors = draw(st.integers(1, 20)), draw(st.integers(1, 4))
    plain = draw(st.binary(min_size=1, max_size=120)) * columns * colors
    data, names, parameters = plain, list[Any](), list[Any]()
    for name in draw(st.lists(st.sampled_from(sorted(coding.PLAIN)), max_size=4)):
        said = None
        if name in ("FlateDecode", "LZWDecode") and len(data) % (columns * colors) == 0 and draw(st.booleans()):
            predictor = draw(st.sampled_from([1, 2, 10, 11, 12, 13, 14, 15]))
            said = Dictionary(Predictor=predictor, Columns=columns, Colors=colors, BitsPerComponent=8)
            data = _predicted(data, predictor, columns, colors)
        data = coding.PLAIN[name](data)
        names.insert(0, Name("/" + name))
        parameters.insert(0, said)
    single = len(names) == 1 and draw(st.booleans())
    kept = parameters if any(parameters) or draw(st.booleans()) else []
    return plain, data, names[0] if single else Array(names), (kept[0] if single else Array(kept)) if kept else None


@settings(max_examples=60, deadline=None)
@given(stored(), st.booleans())
def test_what_comes_out_decodes_to_what_came_in(stored: tuple[bytes, bytes, Any, Any], indirect: bool) -> None:
    plain, data, filters, said = stored

    def held(value: Any) -> Any:
        return _indirect(value) if indirect and isinstance(value, Array) else value

    pdf = with_picture(
        data, Width=len(plain), Height=1, ColorSpace=Name.DeviceGray, Filter=held(filters), DecodeParms=held(said)
    )
    bound = files.bound(take("Bids.pdf", pdf))
    with pikepdf.open(BytesIO(pdf)) as before, pikepdf.open(BytesIO(bound)) as after:
        old, new = (document.pages[0].Resources.XObject.P0 for document in (before, after))
        assert new.read_bytes(StreamDecodeLevel.specialized) == plain
        assert new.read_raw_bytes() == old.read_raw_bytes(), "it was packed anew without need"
        assert old.read_raw_bytes() == data
        for key in ("/Filter", "/DecodeParms"):
            assert _spelled(new, key) == _spelled(old, key)


@pytest.mark.parametrize("how", [{"R": 4}, {"R": 6}, {"R": 3, "aes": False, "metadata": False}])
def test_an_encrypted_file_keeps_its_filters(how: dict[str, Any]) -> None:
    rows = coding.png_rows(photo().tobytes(), WIDE, 3, lambda row: row % 5)
    said = Dictionary(Predictor=15, Columns=WIDE, Colors=3)
    plain = with_picture(zlib.compress(rows), Filter=Array([Name.FlateDecode]), DecodeParms=Array([said]))
    locked = files.changed(plain, lambda _document: None, encryption=pikepdf.Encryption(owner="owner", user="", **how))
    seeing.same(plain, files.bound(take("Bids.pdf", locked)))


def test_a_crypt_filter_goes_with_its_parameters() -> None:
    rows = zlib.compress(coding.png_rows(photo().tobytes(), WIDE, 3, lambda row: row % 5))
    filters, said = Array([Name.Crypt, Name.FlateDecode]), Dictionary(Predictor=15, Columns=WIDE, Colors=3)
    data = with_picture(rows, Filter=filters, DecodeParms=Array([Dictionary(Name=Name.Identity), said]))
    plain = with_picture(rows, Filter=Name.FlateDecode, DecodeParms=said)
    imported = take("Bids.pdf", data)
    assert b"/Crypt" not in files.all_bytes(imported)
    seeing.same(plain, files.bound(imported))


def test_a_filter_that_nobody_knows_leaves_an_empty_stream() -> None:
    data = with_picture(b"riddle", Filter=Name.RiddleDecode, DecodeParms=Dictionary(Predictor=12))
    found = files.all_bytes(take("Bids.pdf", data))
    assert b"/RiddleDecode" not in found
    assert b"riddle" not in found


@pytest.mark.parametrize("mode", [pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable])
def test_content_with_a_predictor_in_pieces_is_read(mode: Any) -> None:
    """Two streams break off inside a string's operator; with object streams and without."""

    def cut(document: pikepdf.Pdf) -> None:
        first, second = b"BT /F1 30 Tf 72 600 Td (Bids of the", b" roof) Tj ET "
        streams = []
        for part in (b"q 0 0 1 rg 9 9 90 90 re f Q ".ljust(64), first.ljust(64), second.ljust(64)):
            packed = zlib.compress(coding.png_rows(part, 16, 1, lambda row: row % 5))
            said = Dictionary(Predictor=15, Columns=16)
            streams.append(document.make_stream(packed, Filter=Name.FlateDecode, DecodeParms=said))
        document.pages[0].obj.Contents = Array(
            [*streams[:1], document.make_indirect(Array(streams[1:]))[0], streams[2]]
        )

    data = files.changed(files.content(b" "), cut, object_stream_mode=mode, **AS_THEY_ARE)
    imported = take("Bids.pdf", data)
    seeing.same(data, files.bound(imported))
    assert imported.facts.kind == "text"
