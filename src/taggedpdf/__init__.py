"""Tagged PDF on ReportLab's canvas: PDF/UA-1, and PDF/A-2a with it. README.md shows how.

    tags ── the structure tree            font, metadata, navigation ── what a file needs
    canvas ── marks all that is drawn     box, breaking, paragraph, table, figure ── what stands on pages
    pages ── fills pages with boxes       fragment ── pages that can stand anywhere; binder ── binds them into a file

ReportLab gives it fonts, graphics and the canvas; paragraphs, tables and pages
are its own, because platypus draws text first and would be told afterwards
whose it is. It imports nothing of the program around it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taggedpdf.binder import Binder, Furniture
    from taggedpdf.box import Box, KeepTogether, SideLabel, Spacer, Stack
    from taggedpdf.breaking import Link, Run, RunStyle, fill, text_width
    from taggedpdf.canvas import FontNotEmbedded, TaggedCanvas, UntaggedText
    from taggedpdf.drawn import Picture
    from taggedpdf.figure import Figure
    from taggedpdf.font import Font
    from taggedpdf.fragment import Fragment, unpack
    from taggedpdf.metadata import Metadata
    from taggedpdf.navigation import Bookmark, PageLabel
    from taggedpdf.pages import Anchor, Column, Pages
    from taggedpdf.paragraph import ListLabel, Paragraph, TextStyle
    from taggedpdf.table import Table, TableStyle
    from taggedpdf.tags import FOOTER, HEADER, LAYOUT, Artifact, Root, Tag

__all__ = [
    "FOOTER", "HEADER", "LAYOUT", "Anchor", "Artifact", "Binder", "Bookmark", "Box", "Column", "Figure", "Font",
    "FontNotEmbedded", "Fragment", "Furniture", "KeepTogether", "Link", "ListLabel", "Metadata", "PageLabel",
    "Pages", "Paragraph", "Picture", "Root", "Run", "RunStyle", "SideLabel", "Spacer", "Stack", "Table",
    "TableStyle", "Tag", "TaggedCanvas", "TextStyle", "UntaggedText", "fill", "text_width", "unpack",
]  # fmt: skip
_MODULES = (
    "fragment", "tags", "navigation", "metadata", "font", "breaking", "drawn", "box", "paragraph", "table", "figure",
    "canvas", "pages", "binder",
)  # fmt: skip


def __getattr__(name: str) -> object:
    """A public name; its module is imported only now, for fragments are used where ReportLab is not wanted."""
    for module in _MODULES if name in __all__ else ():
        found = import_module(f"{__name__}.{module}")
        if hasattr(found, name):
            return getattr(found, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
