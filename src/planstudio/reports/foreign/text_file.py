"""Plain text, Markdown and CSV: decoded, with nothing left in it that could not be printed."""

from __future__ import annotations

import codecs
import re

from planstudio.domain.intake import FileFacts, FileKind, Trouble
from planstudio.reports.foreign.opening import Refused

MOST = 2_000_000  # bytes
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_MOST_STRANGE = 0.02  # share of control characters: more are no text


def take_text(data: bytes, markup: str) -> tuple[FileFacts, str]:
    """The text of a file; Refused where it is too long or none."""
    if len(data) > MOST:
        raise Refused(Trouble.TOO_LARGE)
    text = _decoded(data)
    plain = _CONTROLS.sub("", text)
    if len(text) - len(plain) > max(2, len(text) * _MOST_STRANGE):
        raise Refused(Trouble.UNSUPPORTED)
    plain = re.sub("\r\n?|[\x0c\u2028\u2029]", "\n", plain)
    if not plain.strip():
        raise Refused(Trouble.EMPTY)
    return FileFacts(FileKind.PLAIN, pages=0, markup=markup), plain


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
