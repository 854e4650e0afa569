"""The words in a fragment, without a PDF library: what its pages show, and every string in its objects.

For a search, not for a reader: pages that we set are read exactly, for their
letters have fixed places; of foreign pages only the strings are found here.
"""

from __future__ import annotations

import re
import zlib

from taggedpdf.font import letters
from taggedpdf.fragment import Fragment

_SHOWN = re.compile(rb"/([\w-]+)\+(\d+) [\d.]+ Tf|\(((?:[^()\\]|\\.)*)\) Tj|\b(BT)\b", re.S)
_ESCAPE = re.compile(rb"\\(.)", re.S)
_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]{2,})>|/([^\s/<>\[\](){}%\x00-\x1f]{4,})", re.S)
_CONTENTS = re.compile(rb"/Contents \x01(\d+)\x07")


def shown(fragment: Fragment) -> tuple[str, ...]:
    """What each page shows, as far as it was set here."""
    return tuple(_page(fragment, leaf.place) for leaf in fragment.leaves)


def strings(fragment: Fragment) -> str:
    """Every string and name in the objects: alternative texts, titles, addresses of links, destinations."""
    said = ["\n".join(fragment.destinations)]
    for body in fragment.objects:
        said += (_decoded(found) for found in _STRING.finditer(body if isinstance(body, bytes) else body[0]))
    return "\n".join(said)


def _page(fragment: Fragment, place: int) -> str:
    page = fragment.objects[place]
    assert isinstance(page, bytes)
    found = _CONTENTS.search(page)
    body = fragment.objects[int(found[1])] if found else b""
    if isinstance(body, bytes):
        return ""
    codes = letters(0)
    out: list[str] = []
    for part in _SHOWN.finditer(zlib.decompress(body[1])):
        if part[4]:  # a new text object; within one only a space parts words, whatever their look
            out.append("\n")
        elif part[2] is not None:
            codes = letters(int(part[2]))
        else:
            out.append("".join(chr(codes[byte]) for byte in _ESCAPE.sub(rb"\1", part[3]) if byte < len(codes)))
    return "".join(out)


def _decoded(found: re.Match[bytes]) -> str:
    if found[3] is not None:
        return found[3].decode("utf-8", "replace")
    if found[1] is not None:
        return _ESCAPE.sub(rb"\1", found[1]).decode("utf-8", "replace")
    digits = b"".join(found[2].split())
    data = bytes.fromhex((digits if len(digits) % 2 == 0 else digits + b"0").decode())
    if data[:2] == b"\xfe\xff":
        return data[2:].decode("utf-16-be", "replace")
    return data.decode("utf-8", "replace")
