"""A foreign PDF becomes a fragment and the facts on it; or the reason why it cannot."""

from __future__ import annotations

import re
from dataclasses import replace

import pikepdf

from planstudio.domain.intake import FileFacts, FileKind, Trouble
from planstudio.reports.foreign.appearances import draw_fields
from planstudio.reports.foreign.binding import Binding
from planstudio.reports.foreign.opening import Refused
from planstudio.reports.foreign.source import Source
from planstudio.reports.foreign.validation import findings
from taggedpdf.fragment import Fragment

_CLAIM = re.compile(rb"pdfuaid:part(?:\s*=\s*[\"']|>)\s*1\b")


def take_pdf(data: bytes, name: str, description: str = "", *, check: bool = True) -> tuple[FileFacts, Fragment]:
    """Open, clean, tag; Refused says why it cannot be included."""
    try:
        return _taken(data, name, description, check)
    except pikepdf.PdfError as error:
        raise Refused(Trouble.DAMAGED) from error


def _taken(data: bytes, name: str, description: str, check: bool) -> tuple[FileFacts, Fragment]:
    source = Source(data)
    with source.pdf:
        claims = _claims(source)
        draw_fields(source, source.pages(), check)
        fragment, facts = Binding(source, name, description).bind()
        facts = replace(facts, claims_ua=claims, repaired=source.repaired(), decrypted=source.decrypted)
    found = findings(fragment) if check and claims and facts.kind is FileKind.TAGGED else None
    return replace(facts, checked=found is not None, verified=found == (), findings=found or ()), fragment


def _claims(source: Source) -> bool:
    metadata = source.stream(source.root.get(b"/Metadata"))
    return metadata is not None and _CLAIM.search(source.decoded(metadata)) is not None
