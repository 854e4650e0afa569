"""A foreign PDF becomes a fragment and the facts on it; or the reason why it cannot."""

from __future__ import annotations

import re

import pikepdf

from planstudio.domain.intake import FileFacts, FileKind, Trouble
from planstudio.reports.foreign.appearances import draw_fields
from planstudio.reports.foreign.binding import Binding, Bound
from planstudio.reports.foreign.opening import Refused
from planstudio.reports.foreign.source import Source
from planstudio.reports.foreign.validation import findings
from taggedpdf.fragment import Fragment

_CLAIM = re.compile(rb"pdfuaid:part(?:\s*=\s*[\"']|>)\s*1\b")
_MOST_CODES = 1000


def take_pdf(data: bytes, name: str, description: str = "", *, check: bool = True) -> tuple[FileFacts, Fragment]:
    """Open, clean, tag; Refused says why it cannot be included."""
    try:
        return _taken(data, name, description, check)
    except pikepdf.PdfError as error:
        raise Refused(Trouble.DAMAGED) from error


def _taken(data: bytes, name: str, description: str, check: bool) -> tuple[FileFacts, Fragment]:
    source = Source(data)
    try:
        claims = _claims(source)
        draw_fields(source, source.pages(), check)
        bound = Binding(source, name, description).bind()
        repaired = source.repaired()
        decrypted = source.decrypted
    finally:
        source.close()
    found = findings(bound.fragment) if check and claims and bound.tagged else None
    facts = FileFacts(
        kind=_kind(bound),
        pages=len(bound.fragment.leaves),
        claims_ua=claims,
        checked=found is not None,
        verified=found == (),
        repaired=repaired,
        decrypted=decrypted,
        flattened=bound.flattened,
        described=bool(description),
        broken_tags=bound.broken,
        unembedded_fonts=bound.unembedded,
        removed=bound.removed[:_MOST_CODES],
        scanned=bound.scanned,
        untagged=bound.untagged,
        findings=found or (),
    )
    return facts, bound.fragment


def _kind(bound: Bound) -> FileKind:
    if bound.tagged:
        return FileKind.TAGGED
    if bound.scanned:
        return FileKind.MIXED if bound.text else FileKind.SCAN
    return FileKind.TEXT


def _claims(source: Source) -> bool:
    metadata = source.stream(source.root.get(b"/Metadata"))
    return metadata is not None and _CLAIM.search(source.decoded(metadata)) is not None
