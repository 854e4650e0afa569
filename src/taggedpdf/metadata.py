"""What a file says of itself: XMP with the standards it claims, and its color space."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from xml.sax.saxutils import escape

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
{claims}
{extension}</rdf:Description></rdf:RDF></x:xmpmeta>
{padding}<?xpacket end="w"?>"""

# PDF/A wants the schema of every foreign property described; pdfuaid is one.
_EXTENSION = """<pdfaExtension:schemas xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"""


SAID = ("title", "author", "subject", "creator", "producer")  # texts that stand in the XMP and in the Info dictionary


@dataclass(frozen=True)
class Metadata:
    """What a file says of itself, and which standards it claims."""

    title: str
    author: str = ""
    subject: str = ""
    language: str = "en-US"
    made: date = date(2000, 1, 1)
    ua: bool = True  # PDF/UA-1
    archival: bool = True  # PDF/A-2a
    creator: str = ""  # the program whose document it is
    producer: str = "taggedpdf with ReportLab"


def xmp(about: Metadata) -> bytes:
    claims = ["<pdfuaid:part>1</pdfuaid:part>"] * about.ua
    claims += ["<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"] * about.archival
    said = {name: escape(getattr(about, name)) for name in ("language", *SAID)}
    date, extension = f"{about.made.isoformat()}T00:00:00Z", _EXTENSION if about.ua else ""
    return _XMP.format(**said, date=date, claims="".join(claims), extension=extension, padding=" " * 2000).encode()


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """An sRGB profile. Its date is taken out, or no two files would be alike."""
    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes([7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])
    return bytes(profile)
