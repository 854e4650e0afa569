"""Encodes the data of streams as PDF knows it, in the plainest way: what Pillow and zlib do not write."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image


def ascii_hex(data: bytes) -> bytes:
    return data.hex().encode() + b">"


def ascii_85(data: bytes) -> bytes:
    return base64.a85encode(data) + b"~>"


def run_length(data: bytes) -> bytes:
    """Runs where two or more bytes are alike, else single bytes."""
    out, at = bytearray(), 0
    while at < len(data):
        run = 1
        while run < 128 and data[at : at + run + 1] == data[at : at + 1] * (run + 1):
            run += 1
        out += bytes([257 - run, data[at]]) if run > 1 else bytes([0, data[at]])
        at += run
    return bytes(out) + b"\x80"


def lzw(data: bytes, early: bool = True) -> bytes:
    """LZW with codes of 9 to 12 bits, which grow one code early where *early*."""
    bits, count = 0, 0
    table = {bytes([n]): n for n in range(256)}
    width, out, word = 9, bytearray(), b""

    def put(code: int) -> None:
        nonlocal bits, count
        bits, count = bits << width | code, count + width
        while count >= 8:
            count -= 8
            out.append(bits >> count & 0xFF)
        bits &= (1 << count) - 1

    put(256)
    following = 258
    for byte in data:
        longer = word + bytes([byte])
        if longer in table:
            word = longer
            continue
        put(table[word])
        table[longer] = following
        following += 1
        if following + early > 1 << width:
            width += 1
        if following >= 4094:
            put(256)
            table = {bytes([n]): n for n in range(256)}
            width, following = 9, 258
        word = bytes([byte])
    if word:
        put(table[word])
        following += 1
        if following + early > 1 << width and width < 12:
            width += 1
    put(257)
    put(0)  # fills the last byte
    return bytes(out)


def png_rows(data: bytes, columns: int, colors: int, kinds: Callable[[int], int]) -> bytes:
    """*data* of 8 bits a color with a PNG filter before each row: none, sub, up, average or Paeth by *kinds* of it."""
    long, out, above = columns * colors, bytearray(), bytes(columns * colors)
    for number, at in enumerate(range(0, len(data), long)):
        row, kind = data[at : at + long], kinds(number)
        out.append(kind)
        for n, byte in enumerate(row):
            left = row[n - colors] if n >= colors else 0
            corner = above[n - colors] if n >= colors else 0
            guess = (0, left, above[n], (left + above[n]) // 2, _paeth(left, above[n], corner))[kind]
            out.append((byte - guess) & 0xFF)
        above = row
    return bytes(out)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]


def tiff_rows(data: bytes, columns: int, colors: int) -> bytes:
    """*data* of 8 bits a color, each as the difference from the pixel at its left."""
    out = bytearray()
    for at in range(0, len(data), columns * colors):
        row = data[at : at + columns * colors]
        out += bytes((byte - (row[n - colors] if n >= colors else 0)) & 0xFF for n, byte in enumerate(row))
    return bytes(out)


def fax(image: Image.Image, how: str = "group4", two_ways: bool = False) -> bytes:
    """A picture of one bit a pixel as a fax machine sends it."""
    out = BytesIO()
    image.save(out, "TIFF", compression=how, tiffinfo={292: 1} if two_ways else {}, strip_size=1 << 20)
    with Image.open(BytesIO(out.getvalue())) as read:
        tags = read.tag_v2  # type: ignore[attr-defined]
        (at,), (long,) = tags[273], tags[279]
    return out.getvalue()[at : at + long]


def jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def jpeg_2000(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG2000")
    return out.getvalue()


def jbig2(cells: Image.Image) -> tuple[bytes, bytes]:
    """What all pages share, two patterns of 8 by 8, and a page that sets one of them for each pixel of *cells*."""
    pattern = Image.new("1", (16, 8), 1)
    pattern.paste(0, (9, 1, 15, 7))
    shared = b"\x01\x08\x08" + struct.pack(">I", 1) + fax(pattern)
    width, height = cells.width * 8, cells.height * 8
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", width, height, 0, 0, 0)
    grid = struct.pack(">BIIiiHH", 1, cells.width, cells.height, 0, 0, 8 << 8, 0)
    return (
        _segment(0, 16, b"", 0, shared),
        _segment(1, 48, b"", 1, page) + _segment(2, 22, b"\x00", 1, region + grid + fax(cells)),
    )


def _segment(number: int, kind: int, refers: bytes, page: int, data: bytes) -> bytes:
    return struct.pack(">IBB", number, kind, len(refers) << 5) + refers + struct.pack(">BI", page, len(data)) + data


PLAIN: dict[str, Callable[[bytes], bytes]] = {
    "FlateDecode": zlib.compress,
    "LZWDecode": lzw,
    "ASCII85Decode": ascii_85,
    "ASCIIHexDecode": ascii_hex,
    "RunLengthDecode": run_length,
}
