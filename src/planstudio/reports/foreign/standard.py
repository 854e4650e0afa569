"""The structure types of PDF 1.7, which need no role map, and the attributes that say something to a reader."""

from __future__ import annotations

from planstudio.reports.foreign.source import Source
from planstudio.reports.foreign.values import NULL, Placed, Ref, Value, string_bytes

TYPES = frozenset(
    b"/" + name
    for name in b"Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6"
    b" L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP"
    b" Warichu WT WP Figure Formula Form".split()
)
# Of PDF 2.0, whose types are told by namespaces.
_NEWER = {
    b"/DocumentFragment": b"/Sect", b"/Aside": b"/Div", b"/Title": b"/P", b"/FENote": b"/Note", b"/Sub": b"/Span",
    b"/Em": b"/Span", b"/Strong": b"/Span", b"/Artifact": b"/NonStruct", b"/StructTreeRoot": b"/Sect",
}  # fmt: skip
_HOPS = 20
_KEYS = {
    b"/Layout": frozenset(
        b"/" + name
        for name in b"Placement WritingMode BackgroundColor BorderColor BorderStyle BorderThickness Color Padding"
        b" SpaceBefore SpaceAfter StartIndent EndIndent TextIndent TextAlign BBox Width Height BlockAlign InlineAlign"
        b" TBorderStyle TPadding LineHeight BaselineShift TextDecorationType TextDecorationColor"
        b" TextDecorationThickness ColumnCount ColumnGap ColumnWidths GlyphOrientationVertical RubyAlign"
        b" RubyPosition".split()
    ),
    b"/List": frozenset((b"/ListNumbering",)),
    b"/Table": frozenset((b"/RowSpan", b"/ColSpan", b"/Headers", b"/Scope", b"/Summary")),
}
_MOST_VALUES = 2000


class Roles:
    """Says what a foreign structure type is called in PDF 1.7."""

    def __init__(self, source: Source, tree: dict[bytes, Value]) -> None:
        self.source = source
        self._map = source.dictionary(tree.get(b"/RoleMap"))
        self._known: dict[bytes, bytes] = {}

    def standard(self, said: bytes, namespace: object) -> bytes:
        """The standard type, or nothing where the file does not say."""
        if namespace is not None and (mapped := self._newer(said, namespace)):
            return mapped
        if said not in self._known:
            self._known[said] = self._follow(said)
        return self._known[said]

    def _follow(self, said: bytes) -> bytes:
        for _hop in range(_HOPS):
            if said in TYPES:
                return said
            below = self.source.name(self._map.get(said))
            if not below:
                break
            said = below
        return _newer(said)

    def _newer(self, said: bytes, namespace: object) -> bytes:
        mapped = self.source.each(self.source.inside(namespace, b"/RoleMapNS").get(said))
        name = self.source.name(mapped[0]) if mapped else b""
        return name if name in TYPES else _newer(name)


def _newer(said: bytes) -> bytes:
    if said in TYPES:
        return said
    if said[:2] == b"/H" and said[2:].isdigit():
        return b"/H6"
    return _NEWER.get(said, b"")


class Attributes:
    """Spells the attributes of an element and of its classes; their names for other elements become unique."""

    def __init__(self, source: Source, tree: dict[bytes, Value], identifiers: dict[bytes, bytes]) -> None:
        self.source, self.identifiers = source, identifiers
        self._classes = source.dictionary(tree.get(b"/ClassMap"))

    def spell(self, own: object, classes: object) -> bytes:
        """What follows /A; nothing where there is nothing to say."""
        found = [*self._owned(own), *self._of_classes(classes)]
        if not found:
            return b""
        return found[0] if len(found) == 1 else b"[" + b"".join(found) + b"]"

    def _of_classes(self, said: object) -> list[bytes]:
        names = [self.source.name(each) for each in self.source.each(said)[:50]]
        return [spelled for name in names for spelled in self._owned(self._classes.get(name))]

    def _owned(self, said: object) -> list[bytes]:
        spelled = (self._entries(self.source.dictionary(each)) for each in self.source.each(said)[:50])
        return [each for each in spelled if each]

    def _entries(self, entries: dict[bytes, Value]) -> bytes:
        owner = self.source.name(entries.get(b"/O"))
        said = [b"<</O", owner]
        for key in sorted(_KEYS.get(owner, frozenset()) & entries.keys()):
            spelled = self._headers(entries[key]) if key == b"/Headers" else self._plain(entries[key])
            if spelled:
                said += (key, b" ", spelled)
        return b"".join([*said, b">>"]) if len(said) > 2 else b""

    def _headers(self, said: Value) -> bytes:
        names = [self.identifiers.get(string_bytes(self.source.value(each)), b"") for each in self.source.array(said)]
        return b"[" + b" ".join(filter(None, names)) + b"]"

    def _plain(self, said: Value, depth: int = 0) -> bytes:
        value = self.source.value(said)
        if isinstance(value, list) and depth < 3:
            return b"[" + b" ".join(self._plain(each, depth + 1) or NULL for each in value[:_MOST_VALUES]) + b"]"
        return value if isinstance(value, bytes) and not isinstance(value, Placed | Ref) else b""
