"""Looks at pages: as pixels, as text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pypdfium2
from PIL import Image, ImageChops


def pages(pdf: bytes, scale: float = 0.6) -> Iterator[tuple[Image.Image, str]]:
    """Each page as it looks, and its text."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            words = page.get_textpage().get_text_range()
            yield page.render(scale=scale, draw_annots=False).to_pil().convert("RGB"), words
    finally:
        document.close()


def shown(pdf: bytes, scale: float = 0.8) -> Iterator[Image.Image]:
    """Each page as a screen shows it: with fields, comments and icons, all letters smoothed alike."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()
        for page in document:
            yield page.render(scale=scale, may_draw_forms=True, optimize_mode="lcd").to_pil().convert("RGB")
    finally:
        document.close()


def alike(before: bytes, after: bytes, tolerance: int = 24) -> None:
    """Both look the same on a screen, page by page; a field moves by a rounding error at most."""
    for number, (old, new) in enumerate(zip(shown(before), shown(after), strict=True), 1):
        assert old.size == new.size, f"page {number} has another size"
        levels = ImageChops.difference(old, new).histogram()  # of each color
        assert not any(levels[n] for n in range(len(levels)) if n % 256 > tolerance), f"page {number} looks different"


def same(before: bytes | list[bytes], after: bytes) -> None:
    """Both look the same and say the same, page by page; *before* may be several files."""
    parts = before if isinstance(before, list) else [before]
    were = chain.from_iterable(pages(part) for part in parts)
    for number, (old, new) in enumerate(zip(were, pages(after), strict=True), 1):
        assert old[0].size == new[0].size, f"page {number} has another size"
        assert ImageChops.difference(old[0], new[0]).getbbox() is None, f"page {number} looks different"
        assert old[1] == new[1], f"page {number} says something else"
