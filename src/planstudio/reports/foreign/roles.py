"""What of a foreign object may come along, by the role it plays: all else stays behind.

A list of what is forbidden would always miss something; this one says what is
needed to draw a page. A dictionary keeps the keys of its role, and what stands
there plays the role named for it. DATA is a plain value: atoms and arrays of
them, never a dictionary.
"""

from __future__ import annotations

DATA = "data"


def _keys(plain: str, **others: str) -> dict[bytes, str]:
    entries = {b"/" + key.encode(): DATA for key in plain.split()}
    return entries | {b"/" + key.encode(): role for key, role in others.items()}


# Each value under any name plays one role.
MAPS = {
    "states": "state", "colors": "color", "patterns": "pattern", "shadings": "shading", "xobjects": "xobject",
    "fonts": "font", "properties": "property", "glyphs": "glyph",
}  # fmt: skip

KEYS: dict[str, dict[bytes, str]] = {
    "resources": _keys(
        "ProcSet", ExtGState="states", ColorSpace="colors", Pattern="patterns", Shading="shadings",
        XObject="xobjects", Font="fonts", Properties="properties",
    ),
    "state": _keys(
        "Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK",
        Font="font", SMask="softmask", BG="color", BG2="color", UCR="color", UCR2="color", TR="color", TR2="color",
    ),
    "softmask": _keys("Type S BC", G="look", TR="color"),
    # Color spaces and functions, which stand in one another.
    "color": _keys(
        "N Range WhitePoint BlackPoint Gamma Matrix Subtype FunctionType Domain Size BitsPerSample Order Encode Decode"
        " C0 C1 Bounds Components",
        Alternate="color", Functions="color", Colorants="colors", Process="color", ColorSpace="color",
    ),
    "pattern": _keys(
        "Type PatternType PaintType TilingType BBox XStep YStep Matrix",
        Resources="resources", Shading="shading", ExtGState="state",
    ),
    "shading": _keys(
        "ShadingType Background BBox AntiAlias Coords Domain Extend Matrix BitsPerCoordinate BitsPerComponent"
        " BitsPerFlag Decode VerticesPerRow",
        ColorSpace="color", Function="color",
    ),
    "xobject": _keys(
        "Type Subtype BBox Matrix FormType Width Height BitsPerComponent Intent ImageMask Decode Interpolate"
        " SMaskInData Matte",
        Resources="resources", Group="group", ColorSpace="color", Mask="xobject", SMask="xobject",
    ),
    "group": _keys("Type S I K", CS="color"),
    "font": _keys(
        "Type Subtype BaseFont FirstChar LastChar Widths FontBBox FontMatrix DW W DW2 W2 Name",
        FontDescriptor="descriptor", Encoding="encoding", ToUnicode="encoding", DescendantFonts="font",
        Resources="resources", CharProcs="glyphs", CIDSystemInfo="collection", CIDToGIDMap="stream",
    ),
    "collection": _keys("Registry Ordering Supplement"),
    "encoding": _keys(
        "Type BaseEncoding Differences CMapName WMode", CIDSystemInfo="collection", UseCMap="encoding"
    ),
    "descriptor": _keys(
        "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight"
        " XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet Lang",
        FontFile="program", FontFile2="program", FontFile3="program", CIDSet="stream", Style="style",
    ),
    "style": _keys("Panose"),
    "program": _keys("Length1 Length2 Length3 Subtype"),
    # What a membership hides is cut out already; without its members it hides nothing more.
    "property": _keys("Type Subtype Name MCID Lang ActualText Alt E Attached BBox"),
    "glyph": {},
    "stream": {},
    "decoding": _keys(
        "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1"
        " DamagedRowsBeforeError ColorTransform",
        JBIG2Globals="stream",
    ),
    "border": _keys("Type W S D I"),
}  # fmt: skip

KEYS["look"] = KEYS["xobject"]  # what draws an annotation or a soft mask

STREAMS = frozenset({"color", "pattern", "shading", "xobject", "look", "encoding", "program", "glyph", "stream"})

FILTERS = frozenset(
    b"/" + name
    for name in b"ASCIIHexDecode ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode"
    b" DCTDecode JPXDecode AHx A85 LZW Fl RL CCF DCT".split()
)
