"""What a board packet is printed from, what is kept of it, and what changed since the last one.

PacketData      everything on paper, with nothing in it that the audience may not see
PacketRecord    what was in a printed packet and on which pages: kept as JSON for the next revision
Difference      one line of the change page
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from typing import TypeVar

from planstudio.domain.agenda import AgendaItemCard, MeetingCard, MonitoringRow, withheld_title
from planstudio.domain.audiences import seen_by
from planstudio.domain.cards import PlanBook, PolicyCard
from planstudio.domain.kinds import Access, Enclosed, ItemType, MeetingKind
from planstudio.domain.leaks import Clearance
from planstudio.domain.numbering import letters
from planstudio.domain.words import word
from planstudio.i18n import _

T = TypeVar("T")
_SHORT = 60  # letters of a change that is told word for word


@dataclass(frozen=True)
class PacketOptions:
    """What a secretary chooses; the rest follows from the meeting."""

    dividers: bool = False  # a page before each section that has pages
    plan_pages: bool = True  # where the plan stands, behind the items
    minutes: bool = True  # those of the meeting before, where they wait for approval
    watermark: str | None = None  # None: what fits; "" none
    archival: bool = False  # leave foreign pages out, so that the file is PDF/A


@dataclass(frozen=True)
class PacketData:
    meeting: MeetingCard  # as the audience may see it
    book: PlanBook  # as it stood, where the meeting has been held
    audience: Access
    revision: int
    printed_at: datetime
    previous: PacketRecord | None = None
    before: Mapping[str, PolicyCard | None] = field(default_factory=dict)  # by enclosure: the policy as it was
    minutes_of: MeetingCard | None = None  # the meeting before, as the audience may see it
    monitoring: tuple[MonitoringRow, ...] = ()
    note: str = ""
    options: PacketOptions = PacketOptions()
    paper: str = "letter"
    cleared: tuple[Clearance, ...] = ()  # the answers to leaks that this audience may read

    @property
    def watermark(self) -> str:
        if self.options.watermark is not None:
            return self.options.watermark
        if self.audience is Access.CLOSED:
            return _("CONFIDENTIAL")
        return _("DRAFT") if self.meeting.posted_at is None and not self.meeting.frozen_at else ""


@dataclass(frozen=True)
class ItemRecord:
    """What a packet said of an item: values, which are the same in every language."""

    number: str
    title: str  # "" where the audience may not see the item
    fields: dict[str, str]
    files: dict[str, tuple[str, str]]  # id: name, SHA-256
    enclosed: dict[str, tuple[str, str]]  # id: what, name
    supports: dict[str, str] = field(default_factory=dict)  # id of the goal, strategy or policy: its label
    withheld: str = ""  # the access of an item that the audience may not see


@dataclass(frozen=True)
class PacketRecord:
    revision: int
    meeting: dict[str, str]  # when and where it was to be, and how its agenda was posted
    items: dict[str, ItemRecord]
    labels: dict[str, list[str]]  # by part: the labels of its pages
    order: list[str]  # the parts in the order of the packet
    content: str = ""  # a digest of all that the body shows, whatever the language
    language: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True)
class PagePlace:
    """What a page of a packet belongs to: its part, the agenda item, and how the page is called."""

    key: str
    item_id: str
    title: str
    label: str


@dataclass(frozen=True)
class Difference:
    """One change since the last revision; *key* is the part it is found in, "" where it is gone.

    *quiet* says as much as can be said without the words of the revision before.
    """

    number: str
    title: str
    what: str
    key: str
    quiet: str = ""


def read_record(text: str) -> PacketRecord | None:
    """The record that was kept of a packet; None where there is none that can be read."""
    try:
        given = json.loads(text)
        items = {
            ident: ItemRecord(
                one["number"], one["title"], dict(one["fields"]), _pairs(one["files"]), _pairs(one["enclosed"]),
                dict(one["supports"]), one["withheld"],
            )
            for ident, one in given["items"].items()
        }  # fmt: skip
        return PacketRecord(
            given["revision"], given["meeting"], items, given["labels"], given["order"], given["content"],
            given["language"],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _pairs(given: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, str]]:
    return {key: (one, other) for key, (one, other) in given.items()}


def record_of(data: PacketData, labels: dict[str, list[str]], content: str = "", language: str = "") -> PacketRecord:
    """What is kept of the packet printed from *data*, whose parts got *labels*."""
    meeting = data.meeting
    when = {
        "start": str(meeting.start or ""), "place": meeting.place, "title": meeting.title, "kind": meeting.kind.value,
        "posted_at": str(meeting.posted_at or ""), "posted_for": str(meeting.posted_for or ""),
        "posted_deadline": str(meeting.posted_deadline or ""), "posted_notice": meeting.posted_notice,
    }  # fmt: skip
    items = {item.id: _item_record(item, data.audience) for item in meeting.items()}
    return PacketRecord(data.revision, when, items, labels, list(labels), content, language)


def _item_record(item: AgendaItemCard, audience: Access) -> ItemRecord:
    if not seen_by(audience, item.access):
        return ItemRecord(item.number, "", {"ground": item.ground}, {}, {}, {}, item.access.value)
    said = {name: getattr(item, name) for name in field_names()} | {
        "type": item.type.value,
        "minutes": "" if item.minutes is None else str(item.minutes),
        "consent": "yes" if item.consent else "",
    }
    files = {file.id: (file.name, file.sha256) for file in item.files}
    enclosed = {one.id: (one.what.value, one.name) for one in item.enclosures}
    return ItemRecord(item.number, item.title, said, files, enclosed, {link.row_id: link.label for link in item.links})


def differences(
    before: PacketRecord, after: PacketRecord, tells: Callable[[str], bool] = lambda _words: False
) -> tuple[Difference, ...]:
    """What changed, in the order of the agenda; what is gone comes last.

    A line that *tells* what is withheld by now says only that something changed:
    what was public in the revision before may not be quoted any more.
    """
    found: list[Difference] = []
    for name, said in (("start", _("the time")), ("place", _("the place")), ("title", _("the name"))):
        old, new = _meeting_value(before, name), _meeting_value(after, name)
        if old != new:
            what, quiet = _change(said, old, new)
            found.append(Difference("", _("Meeting"), what, "agenda", quiet))
    for ident, item in after.items.items():
        known = before.items.get(ident)
        lines = [(_("added"), "")] if known is None else _item_changes(known, item)
        found += [Difference(item.number, _title(item), what, ident, quiet) for what, quiet in lines]
    for ident, item in before.items.items():
        if ident not in after.items:
            found.append(Difference(item.number, _title(item), _("taken off the agenda"), ""))
    return tuple(_hushed(one, tells) for one in found)


def _meeting_value(record: PacketRecord, name: str) -> str:
    """A value of the meeting as it is told: a meeting without a name has that of its kind."""
    value = record.meeting.get(name, "")
    return value or word(MeetingKind(record.meeting["kind"])) if name == "title" else value


def _title(item: ItemRecord) -> str:
    return withheld_title(Access(item.withheld)) if item.withheld else item.title


def _hushed(one: Difference, tells: Callable[[str], bool]) -> Difference:
    quiet = one.quiet if one.quiet and tells(one.what) else one.what
    title = "" if not one.key and tells(one.title) else one.title
    return Difference(one.number, title, quiet, one.key)


def field_names() -> dict[str, str]:
    """What the fields of an item are called on the change page."""
    return {
        "type": _("the type"),
        "presenter": _("the presenter"),
        "contact": _("the contact"),
        "minutes": _("the minutes planned"),
        "consent": _("the consent group"),
        "ground": _("the legal ground"),
        "background": _("the background"),
        "rationale": _("the rationale"),
        "fiscal_impact": _("the fiscal impact"),
        "recommended_motion": _("the recommended motion"),
    }


def _item_changes(before: ItemRecord, after: ItemRecord) -> Iterable[tuple[str, str]]:
    """Each change in words, and without the words of before."""
    if before.number != after.number:
        yield _("moved, was {number}").format(number=before.number), ""
    if before.withheld != after.withheld:
        yield _turned(after.withheld), ""
        return
    if before.title != after.title:
        yield _change(_("the title"), before.title, after.title)
    for name, said in field_names().items():
        old, new = before.fields.get(name, ""), after.fields.get(name, "")
        if old != new:
            yield _change(said, _value(name, old), _value(name, new))
    for label in _only_in(after.supports, before.supports):
        yield _("supports {name}").format(name=label), ""
    for label in _only_in(before.supports, after.supports):
        yield _("no longer supports {name}").format(name=label), _("supports less than before")
    yield from _paper_changes(before, after)


def _paper_changes(before: ItemRecord, after: ItemRecord) -> Iterable[tuple[str, str]]:
    for ident, (name, digest) in after.files.items():
        known = before.files.get(ident)
        if known is None:
            yield _("file added: {name}").format(name=name), ""
        elif known[1] != digest:
            yield _("file replaced: {name}").format(name=name), ""
    for name, _digest in _only_in(before.files, after.files):
        yield _("file removed: {name}").format(name=name), _("a file removed")
    for one in _only_in(after.enclosed, before.enclosed):
        yield _("enclosed: {name}").format(name=_enclosed(one)), ""
    for one in _only_in(before.enclosed, after.enclosed):
        yield _("no longer enclosed: {name}").format(name=_enclosed(one)), _("something is no longer enclosed")


def _only_in(these: Mapping[str, T], others: Mapping[str, T]) -> Iterator[T]:
    return (one for ident, one in these.items() if ident not in others)


def _turned(withheld: str) -> str:
    """What an item has become that one audience could see before, or can see now."""
    if not withheld:
        return _("now for everybody who reads this packet")
    return _("now a closed session") if withheld == Access.CLOSED else _("now an administrative item")


def _enclosed(one: tuple[str, str]) -> str:
    return f"{word(Enclosed(one[0]))}: {one[1]}"


def _value(name: str, value: str) -> str:
    if name == "type" and value:
        return word(ItemType(value))
    return _("yes") if name == "consent" and value else value


def _change(what: str, old: str, new: str) -> tuple[str, str]:
    """A change word for word where it is short enough to be read in a line; and without its words."""
    quiet = _("{what}: changed").format(what=what)
    if not old:
        return (_("{what}: written").format(what=what) if len(new) > _SHORT else f"{what}: {new}"), quiet
    if not new:
        return _("{what}: taken out").format(what=what), quiet
    told = _words(old, new)
    if told is None:
        return quiet, quiet
    return _("{what}: from “{old}” to “{new}”").format(what=what, old=told[0], new=told[1]), quiet


def _words(old: str, new: str) -> tuple[str, str] | None:
    """The words that differ, from the first to the last; None where they are many, or one side has none."""
    one, two = old.split(), new.split()
    if len(one) * len(two) > 4_000_000:
        return None
    spans = [span for span in SequenceMatcher(None, one, two, autojunk=False).get_opcodes() if span[0] != "equal"]
    if not spans:
        return None
    was, now = " ".join(one[spans[0][1] : spans[-1][2]]), " ".join(two[spans[0][3] : spans[-1][4]])
    return (was, now) if was and now and max(len(was), len(now)) <= _SHORT else None


def page_labels(order: Iterable[tuple[str, int]], previous: PacketRecord | None) -> dict[str, list[str]]:
    """The labels of each part's pages, by its key; *order* gives each part's key and how many pages it has.

    Without a *previous* packet pages count from 1. With one, a page keeps its
    label, and pages that are new stand behind their neighbor as 12a, 12b.
    """
    if previous is None:
        numbers = itertools.count(1)
        return {part: [str(next(numbers)) for _n in range(pages)] for part, pages in order}
    reached = (0, 0)  # the last plain number given, and how many pages stand behind it
    made = {}
    for part, pages in order:
        kept = [label for label in previous.labels.get(part, []) if _place(label) > (reached[0], 0)]
        row: list[str] = []
        for n in range(pages):
            label = kept[n] if n < len(kept) else ""
            if label and _place(label) > reached:
                reached = _place(label)
            else:
                reached = (reached[0], reached[1] + 1)
                label = f"{reached[0]}{letters(reached[1]).lower()}"
            row.append(label)
        made[part] = row
    return made


def _place(label: str) -> tuple[int, int]:
    """(12, 0) for "12", (12, 1) for "12a", (12, 27) for "12aa"."""
    behind = 0
    for letter in filter(str.isalpha, label):
        behind = behind * 26 + ord(letter) - ord("a") + 1
    return int("".join(filter(str.isdigit, label)) or 0), behind
