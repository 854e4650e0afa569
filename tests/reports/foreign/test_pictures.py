"""Pictures become plain pixels: upright, no larger than paper, with nothing else in them."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from PIL import Image

from planstudio.domain.intake import FileKind, Trouble
from planstudio.reports.foreign.child import take
from planstudio.reports.foreign.imported import Picture
from planstudio.reports.foreign.picture import TALLEST, WIDEST
from reports.foreign import files


def seen(picture: Picture) -> Image.Image:
    if picture.coding == "jpeg":
        return Image.open(BytesIO(picture.data))
    mode = "L" if picture.gray else "RGB"
    return Image.frombytes(mode, (picture.width, picture.height), zlib.decompress(picture.data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_each_kind_is_told_by_what_is_in_it(kind: str) -> None:
    imported = take("wrongly named.pdf" if kind == "PNG" else "x", files.picture(files.drawing(), kind))
    assert imported.facts.kind is FileKind.PICTURE
    (picture,) = imported.pictures
    assert (picture.width, picture.height) == seen(picture).size == (600, 800)
    assert seen(picture).convert("RGB").getpixel((20, 20))[0] > 200  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I", "I;16", "F", "YCbCr"])
def test_every_way_of_keeping_pixels_becomes_gray_or_rgb(mode: str) -> None:
    if mode == "I;16":
        image = Image.frombytes("I;16", (60, 80), bytes(60 * 80 * 2))
    else:
        image = files.drawing((60, 80)).convert("L" if mode in ("F", "I") else "RGB").convert(mode)
    kind = "PNG" if mode in ("1", "L", "P", "LA", "RGBA", "I;16") else "TIFF"
    imported = take("x", files.picture(image, kind))
    assert imported.facts.trouble is None
    assert seen(imported.pictures[0]).mode in ("L", "RGB")


def test_what_one_can_see_through_lies_on_white() -> None:
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    assert seen(take("x", files.picture(image)).pictures[0]).getpixel((5, 5)) == (255, 255, 255)


def test_a_turned_photograph_stands_upright_and_tells_no_place() -> None:
    image = files.drawing((300, 200))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, files.CANARY
    imported = take("x.jpg", files.picture(image, "JPEG", exif=exif.tobytes()))
    (picture,) = imported.pictures
    assert (picture.width, picture.height) == (200, 300)
    assert files.CANARY.encode() not in picture.data
    assert b"Exif" not in picture.data


def test_no_picture_is_finer_than_paper_shows() -> None:
    (picture,) = take("x", files.picture(files.drawing((5000, 4000)), "JPEG")).pictures
    assert picture.width <= WIDEST
    assert picture.height <= TALLEST
    assert picture.width / picture.height == pytest.approx(5 / 4, rel=0.01)


def test_line_art_stays_sharp_and_photographs_small() -> None:
    assert take("x", files.picture(files.drawing())).pictures[0].coding == "deflate"
    noise = Image.effect_noise((400, 400), 80).convert("RGB")
    assert take("x", files.picture(noise)).pictures[0].coding == "jpeg"


def test_the_dictionary_of_an_image_says_how_it_is_kept() -> None:
    (picture,) = take("x", files.picture(files.drawing(mode="L"))).pictures
    assert picture.entries == "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"


def test_a_fax_of_several_pages_has_them_all() -> None:
    pages = [files.drawing((100 + n, 100)) for n in range(3)]
    data = files.picture(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    imported = take("fax.tif", data, "The signed contract")
    assert imported.facts.pages == 3
    assert imported.facts.described
    assert [picture.width for picture in imported.pictures] == [100, 101, 102]


def test_more_pages_than_a_fax_has_are_too_many() -> None:
    pages = [Image.new("1", (8, 8)) for _n in range(51)]
    data = files.picture(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert take("fax.tif", data).facts.trouble is Trouble.TOO_MANY_PAGES


def test_a_small_file_of_endless_pixels_is_too_large() -> None:
    data = files.picture(Image.new("1", (12_000, 12_000)))
    assert len(data) < 50_000
    assert take("x.png", data).facts.trouble is Trouble.TOO_LARGE


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_half_a_picture_is_damaged_or_half(kind: str) -> None:
    data = files.picture(Image.effect_noise((200, 200), 60).convert("RGB"), kind)
    imported = take("x", data[: len(data) // 2])
    assert imported.facts.trouble in (None, Trouble.DAMAGED)
    assert bool(imported.pictures) is (imported.facts.trouble is None)
