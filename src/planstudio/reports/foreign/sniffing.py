"""Tells what a file is by what is in it. Its name counts only for plain text, which looks like nothing."""

from __future__ import annotations

import re
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from planstudio.domain.intake import Trouble

OFFICE = frozenset({"docx", "docm", "xlsx", "xlsm", "pptx", "pptm", "odt", "ods", "odp", "rtf", "doc", "xls", "ppt"})
MARKUP = {"txt": "text", "text": "text", "md": "markdown", "markdown": "markdown", "csv": "csv", "": "text"}
PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "webp"})
_PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|II\+\0|MM\0\+|BM[\s\S]{4}\0\0\0\0|RIFF[\s\S]{4}WEBP"
)
_MOST_ENTRIES = 20_000  # files in an archive: each is an object when it is listed
_MOST_MANIFEST = 5_000_000  # bytes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))


class Family(StrEnum):
    PDF = "pdf"
    PICTURE = "picture"
    PLAIN = "plain"
    OFFICE = "office"


def family(name: str, data: bytes) -> tuple[Family, str] | Trouble:
    """What the file is, with the kind of office file or of markup; or why it is nothing that can be taken."""
    if not data.strip(b"\0\t\r\n "):
        return Trouble.EMPTY
    if b"%PDF-" in data[:1024]:
        return Family.PDF, ""
    if _PICTURE.match(data):
        return Family.PICTURE, ""
    if data.startswith(_OLE):
        return _compound(data)
    if data.startswith(b"{\\rtf"):
        return Family.OFFICE, "rtf"
    ending = PurePath(name).suffix[1:].lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, ending)
    if ending in MARKUP:
        return Family.PLAIN, MARKUP[ending]
    return _unlike(ending)


def _compound(data: bytes) -> tuple[Family, str] | Trouble:
    """A container of the older office programs, in which an encrypted newer file stands too."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Trouble.PASSWORD
    kind = next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") + b"\0\0" in data), None)
    return (Family.OFFICE, kind) if kind else Trouble.UNSUPPORTED


def _zipped(data: bytes, ending: str) -> tuple[Family, str] | Trouble:
    if data.count(b"PK\x01\x02") > _MOST_ENTRIES:
        return Trouble.TOO_LARGE
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()[:10_000]
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = _OPEN.get(archive.read("mimetype").strip())
                if kind:
                    return _locked(archive, names, kind)
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return Trouble.DAMAGED if ending in OFFICE else _unlike(ending)
    if "[Content_Types].xml" in names:
        for folder, kind in _INSIDE:
            if any(name.startswith(folder) for name in names):
                return Family.OFFICE, kind
    return _unlike(ending)


def _locked(archive: ZipFile, names: list[str], kind: str) -> tuple[Family, str] | Trouble:
    """An OpenDocument file says in its manifest that it is encrypted."""
    listed = "META-INF/manifest.xml"
    fits = listed in names and archive.getinfo(listed).file_size < _MOST_MANIFEST
    if fits and b"encryption-data" in archive.read(listed):
        return Trouble.PASSWORD
    return Family.OFFICE, kind


def _unlike(ending: str) -> Trouble:
    known = ending == "pdf" or ending in OFFICE or ending in PICTURES
    return Trouble.NOT_WHAT_IT_SAYS if known else Trouble.UNSUPPORTED
