"""Drawn pages as objects of a fragment, which refer to one another by their places."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from taggedpdf.fragment import Fragment, Leaf, furniture, key, reference
from taggedpdf.tags import Tag, destination, text

_PACK = 6  # zlib's level for page contents


@dataclass(frozen=True)
class Picture:
    """Pixels as a PDF stores them: `entries` of the image's dictionary, and its data."""

    width: int
    height: int
    entries: str  # "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    data: bytes


@dataclass
class DrawnPage:
    """What was drawn on a page that has been ended."""

    size: tuple[float, float]
    code: bytes
    marks: list[Tag]
    links: list[tuple[Tag, str, tuple[float, float, float, float]]]
    pictures: list[Picture] = field(default_factory=list)


class FragmentMaker:
    """Writes pages and their tags as objects that refer to one another by their places."""

    def __init__(self, pages: list[DrawnPage], document: Tag, furniture: bytes) -> None:
        self.pages, self.document, self.furniture = pages, document, furniture
        self.objects: list[bytes | tuple[bytes, bytes]] = []
        self.parents: list[bytes] = []
        self.links: list[list[int]] = []  # by page: the places of its annotations

    def make(self, places: dict[str, tuple[int, float]], fonts: frozenset[str]) -> Fragment:
        count = len(self.pages)
        self.objects += [b""] * count  # the pages, known last
        contents = [self._add(self._packed(page.code)) for page in self.pages]
        pictures = [[self._add(_image(picture)) for picture in page.pictures] for page in self.pages]
        tags = [tag for tag in self.document.walk() if tag is not self.document]
        first = len(self.objects) + sum(len(page.links) for page in self.pages)
        for at, tag in enumerate(tags):
            tag.place = first + at
        for page in self.pages:
            self.links.append([self._link(*link) for link in page.links])
        for tag in tags:
            self._add(tag.serialize(self.document, self.links))
        for at, page in enumerate(self.pages):
            self.objects[at] = self._page(at, page, contents[at], pictures[at])
        return Fragment(
            tuple(self.objects),
            tuple(Leaf(at, (0.0, 0.0, *page.size)) for at, page in enumerate(self.pages)),
            tuple(tag.place for tag in tags if tag.parent is self.document),
            tuple(self.parents),
            dict(places),
            fonts,
        )

    def _add(self, body: bytes | tuple[bytes, bytes]) -> int:
        self.objects.append(body)
        return len(self.objects) - 1

    def _key(self, row: bytes) -> bytes:
        self.parents.append(row)
        return key(len(self.parents) - 1)

    def _page(self, at: int, page: DrawnPage, contents: int, pictures: list[int]) -> bytes:
        width, height = page.size
        drawn = b"".join(b"/Picture%d %b" % (n, reference(place)) for n, place in enumerate(pictures, 1))
        out = [
            b"<</Type/Page/Parent \x04\x07/MediaBox[0 0 %.2f %.2f]/Tabs/S/Contents %b"
            % (width, height, reference(contents)),
            b"/Resources<</Font \x0e\x07/XObject<</%b %b%b>>>>" % (self.furniture, furniture(at), drawn),
        ]
        if page.marks:
            row = b"[%b]" % b" ".join(reference(tag.place) for tag in page.marks)
            out.append(b"/StructParents %b" % self._key(row))
        if self.links[at]:
            out.append(b"/Annots[%b]" % b" ".join(reference(place) for place in self.links[at]))
        return b"".join(out) + b">>"

    def _packed(self, code: bytes) -> tuple[bytes, bytes]:
        whole = b"q\n%b\nQ q /%b Do Q" % (code, self.furniture)
        return b"<</Filter/FlateDecode", zlib.compress(whole, _PACK)

    def _link(self, tag: Tag, target: str, rect: tuple[float, float, float, float]) -> int:
        own = self._key(reference(tag.place))
        if target.startswith("#"):
            leads = b"/Dest " + destination(target[1:])
        else:
            leads = b"/A<</S/URI/URI %b>>" % text(target)
        box = " ".join(f"{value:.2f}" for value in rect).encode()
        return self._add(
            b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%b]/Contents %b/StructParent %b%b>>"
            % (box, text(tag.alt), own, leads)
        )


def _image(picture: Picture) -> tuple[bytes, bytes]:
    entries = f"<</Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}{picture.entries}"
    return entries.encode("latin-1"), picture.data
