"""The lines of a document that are in nothing that was recognised in it, or only in part."""

from __future__ import annotations

from planstudio.domain.recognised import Recognised, RemarkKind


def told_lines(found: Recognised) -> dict[int, str]:
    """What was said of each of those lines, by its number."""
    told: dict[int, str] = {}
    for remark in found.remarks:
        if remark.kind is RemarkKind.NOT_TAKEN:
            for lines in (remark.source, *remark.more):
                told |= dict.fromkeys(range(lines.first, lines.last + 1), remark.message)
    return told
