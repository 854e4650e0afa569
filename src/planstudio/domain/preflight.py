"""What stands between an agenda and its packet: one line for each thing that somebody should look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planstudio.domain.agenda import AgendaItemCard, MeetingCard
from planstudio.domain.intake import FileFacts, FileKind, facts_notes, kind_phrase, trouble_sentence, what_helps
from planstudio.domain.kinds import Access, ItemState, ItemType
from planstudio.domain.posting import Deadline, late_words, moved_words, posting_stands
from planstudio.i18n import _, day_and_time


class Weight(StrEnum):
    """How much a finding weighs."""

    MUST = "must"  # the packet is not right without it
    SHOULD = "should"
    FINE = "fine"


@dataclass(frozen=True)
class Finding:
    """One thing to look at. *fix* names what helps: a field of the item, "file", or "".

    *code* is the advice that is given for it, the same for all of its kind;
    *place* says shortly where, and *count* how often there.
    """

    weight: Weight
    words: str
    help: str = ""
    item_id: str = ""
    file_id: str = ""
    fix: str = ""
    code: str = ""
    place: str = ""
    count: int = 1


def preflight(
    meeting: MeetingCard, facts: Mapping[str, FileFacts], deadline: Deadline | None, now: datetime
) -> tuple[Finding, ...]:
    """Everything to look at, the heaviest first, in the order of the agenda; what is in order comes last.

    *facts* are by the attachment's id; a file without facts has not been read yet.
    """
    found = [*_about_meeting(meeting, deadline, now)]
    for item in meeting.items():
        found += _about_item(item)
        for file in item.files:
            if file.id in facts:
                found += _about_file(item, file.id, file.name, facts[file.id])
    found += _in_order(meeting, facts, found)
    return tuple(sorted(found, key=lambda finding: tuple(Weight).index(finding.weight)))


def _about_meeting(meeting: MeetingCard, deadline: Deadline | None, now: datetime) -> Iterator[Finding]:
    if meeting.start is None:
        yield Finding(Weight.MUST, _("The meeting has no date."), _("Set it"), fix="start")
    if not meeting.place:
        yield Finding(Weight.SHOULD, _("The meeting has no place."), _("Set it"), fix="place")
    if moved := moved_words(meeting):
        yield Finding(Weight.MUST, moved, _("Post it anew"))
    elif late := late_words(meeting):
        yield Finding(Weight.SHOULD, late)
    if deadline and not posting_stands(meeting) and deadline.due < now:
        words = _("The agenda was due to be posted by {when}.").format(when=day_and_time(deadline.due))
        yield Finding(Weight.MUST, words, deadline.rule.name)
    if not any(meeting.items()):
        yield Finding(Weight.MUST, _("There is nothing on the agenda."), _("Add an item."), fix="items")


def _about_item(item: AgendaItemCard) -> list[Finding]:
    must, should = Weight.MUST, Weight.SHOULD
    closed = item.access is Access.CLOSED or item.type is ItemType.CLOSED
    open_session = item.type is ItemType.CLOSED and item.access is not Access.CLOSED
    unmoved = item.wants_motion and not item.recommended_motion and not item.consent
    returned, submitted = item.state is ItemState.RETURNED, item.state is ItemState.SUBMITTED
    lawless = closed and not item.ground
    looked_for = (
        (not item.title, must, _("{number} has no title"), "title", "title", _("Write it")),
        (unmoved, must, _("{number} has no recommended motion"), "recommended_motion", "motion", _("Write it")),
        (lawless, must, _("{number} is closed and names no law that allows it"), "ground", "ground", _("Name it")),
        (open_session, must, _("{number} is a closed session that everybody can read"), "access", "access",
         _("Close it")),
        (returned, should, _("{number} was returned and waits for an answer"), "state", "returned", _("Look at it")),
        (submitted, should, _("{number} was submitted and not accepted yet"), "accept", "submitted", _("Accept it")),
        (item.minutes is None, should, _("{number} has no time planned"), "minutes", "minutes", _("Plan it")),
    )  # fmt: skip
    return [
        Finding(weight, words.format(number=item.number), helps, item.id, fix=fix, code=code, place=item.number)
        for found, weight, words, fix, code, helps in looked_for
        if found
    ]


def _about_file(item: AgendaItemCard, ident: str, name: str, facts: FileFacts) -> list[Finding]:
    def line(weight: Weight, words: str, help_words: str, code: str, fix: str = "file", count: int = 1) -> Finding:
        place = f"{item.number} {name}"
        return Finding(weight, f"{item.number}: {words}", help_words, item.id, ident, fix, code, place, count)

    if facts.trouble is not None:
        words = _("{sentence} A page in the packet says so.").format(sentence=trouble_sentence(facts, name))
        return [line(Weight.MUST, words, what_helps(facts), "trouble")]
    if facts.kind is FileKind.PICTURE and not facts.described:
        words = _("{name} is a picture that nobody has described").format(name=name)
        return [line(Weight.SHOULD, words, _("Describe it"), "picture", "alternative_text")]
    if facts.kind is FileKind.SCAN or facts.scanned:
        words = _("{name} is a scan without text").format(name=name)
        return [line(Weight.SHOULD, words, what_helps(facts), "scan", count=max(1, len(facts.scanned)))]
    if helps := what_helps(facts):
        return [line(Weight.SHOULD, f"{name}: {kind_phrase(facts)}", helps, "tags")]
    notes = "; ".join(facts_notes(facts))
    return [line(Weight.SHOULD, f"{name}: {notes}", "", "notes")] if notes else []


def _in_order(meeting: MeetingCard, facts: Mapping[str, FileFacts], found: list[Finding]) -> list[Finding]:
    """What was looked at and is right, so that silence is not taken for it."""
    closed = any(item.access is not Access.PUBLIC for item in meeting.items())
    pictures = [one.described for one in facts.values() if one.kind is FileKind.PICTURE]
    right = len(facts.keys() - {finding.file_id for finding in found})
    some = _("{n} of {all} files can be read aloud").format(n=right, all=len(facts))
    said = (
        (closed, _("Closed items stay out of the public packet")),
        (bool(pictures) and all(pictures), _("Every picture has a description")),
        (right, _("All files can be read aloud") if right == len(facts) else some),
    )
    return [Finding(Weight.FINE, words) for true, words in said if true]
