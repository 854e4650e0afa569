"""Puts a page tree right that comes to a node twice or is too deep: some tools that take pages out leave such trees."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_MOST = 100_000  # nodes and pages
ODD_TREE_TOLD = "/Pages structure"  # it runs in circles, or too deep


def straighten(document: pikepdf.Pdf) -> bool:
    """Hang every page of *document* once under one node, with what it inherits; False where there is none."""
    pages = []
    for page, inherited in _pages(document):
        for key, value in inherited.items():
            if key not in page:
                page[key] = value
        pages.append(page)
    if not pages:
        return False
    top = document.make_indirect(Dictionary(Type=Name.Pages, Count=len(pages), Kids=Array(pages)))
    for page in pages:
        page.Parent = top
    document.Root.Pages = top
    return True


def _pages(document: pikepdf.Pdf) -> Iterator[tuple[Dictionary, dict[str, pikepdf.Object]]]:
    """The pages in their order; each node and page where it is met first."""
    stack: list[tuple[pikepdf.Object | None, dict[str, pikepdf.Object]]] = [(document.Root.get("/Pages"), {})]
    seen: set[tuple[int, int]] = set()
    while stack and len(seen) < _MOST:
        node, above = stack.pop()
        if not isinstance(node, Dictionary) or not node.is_indirect or node.objgen in seen:
            continue
        seen.add(node.objgen)
        kids = node.get("/Kids")
        if isinstance(kids, Array):
            inherited = above | {key: node[key] for key in _INHERITED if key in node}
            stack += [(kid, inherited) for kid in reversed(list(kids))]
        elif node.get("/Type", Name.Page) == Name.Page:
            yield node, above
