"""Bytes to text: UTF-8, UTF-16 with its mark, or Windows-1252; anything else is refused in plain words."""

from __future__ import annotations

import codecs

from planstudio.domain.errors import Unreadable
from planstudio.i18n import _

LARGEST = 20_000_000  # bytes; the longest policy manual seen as text is a tenth of this


def read_text(data: bytes) -> str:
    """Decode a document that somebody picked, or say why it cannot be brought in."""
    if len(data) > LARGEST:
        raise Unreadable(_("This file is too large to be brought in; keep to the pages that hold the plan or policy."))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable(_("This file is damaged: its text breaks off in the middle of a letter.")) from None
    if _is_other_kind(data):
        raise Unreadable(_("This kind of file cannot be brought in yet: save it as text, Markdown or HTML first."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Five bytes have no letter in Windows-1252; they are shown as unknown, not refused.
        return data.decode("cp1252", errors="replace")


def _is_other_kind(data: bytes) -> bool:
    """PDF, ZIP (Word, OpenDocument), old Office, RTF, images, or anything with NULs."""
    headers = (
        b"%PDF",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        b"{\\rtf",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
    )
    return data.lstrip()[:8].startswith(headers) or b"\x00" in data
