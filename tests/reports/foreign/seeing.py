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


def same(before: bytes | list[bytes], after: bytes) -> None:
    """Both look the same and say the same, page by page; *before* may be several files."""
    parts = before if isinstance(before, list) else [before]
    were = chain.from_iterable(pages(part) for part in parts)
    for number, (old, new) in enumerate(zip(were, pages(after), strict=True), 1):
        assert old[0].size == new[0].size, f"page {number} has another size"
        assert ImageChops.difference(old[0], new[0]).getbbox() is None, f"page {number} looks different"
        assert old[1] == new[1], f"page {number} says something else"
