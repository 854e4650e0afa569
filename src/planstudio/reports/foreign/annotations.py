"""The annotations of a page: links and comments come along cleaned, form fields become drawings, the rest is left."""

from __future__ import annotations

from dataclasses import dataclass, field

from planstudio.domain.intake import Removed
from planstudio.i18n import _
from planstudio.reports.foreign.actions import Actions, Target
from planstudio.reports.foreign.emitting import Emitter
from planstudio.reports.foreign.roles import DATA
from planstudio.reports.foreign.source import Box, Leafage, Source, is_hidden
from planstudio.reports.foreign.values import (
    NULL,
    Ref,
    Value,
    figure,
    numbers,
    string_text,
    text_string,
)

_MOST = 5000  # on a page
_COMMENTS = frozenset(
    b"/" + name
    for name in b"Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp"
    b" Caret Ink".split()
)
_ATTACHED, _MEDIA = (b"/FileAttachment",), (b"/RichMedia", b"/Screen", b"/Movie", b"/Sound", b"/3D")
_PLAIN = frozenset(
    b"/" + name
    for name in b"Subtype Rect C CA Border QuadPoints L LE IC LL LLE Cap IT CP CO InkList Vertices CL RD DA Q DS Name"
    b" Sy AS H T Subj CreationDate M".split()
)
_HIDDEN, _PRINT = 2 | 32, 4  # bits of /F: hidden and not viewed; printed


@dataclass
class Annotation:
    """A link or a comment that comes along."""

    ref: Ref | None
    entries: dict[bytes, Value]
    target: Target | None
    is_link: bool


@dataclass
class Widget:
    """A form field's look: the form that draws it, and how it lies on the page."""

    ref: Ref | None
    drawn: Ref
    matrix: tuple[float, float, float, float, float, float]


@dataclass
class Notes:
    """What stands on one page."""

    annotations: list[Annotation] = field(default_factory=list)
    widgets: list[Widget] = field(default_factory=list)


def read_notes(source: Source, page: Leafage, actions: Actions, off: set[Ref]) -> Notes:
    """Sort the annotations of *page*; what stays behind is counted by *actions*."""
    notes = Notes()
    for said in source.array(page.entries.get(b"/Annots"))[:_MOST]:
        entries = source.dictionary(said)
        kind = source.name(entries.get(b"/Subtype"))
        ref = said if isinstance(said, Ref) else None
        flags = source.integer(entries.get(b"/F")) or 0
        if kind in _ATTACHED or kind in _MEDIA:
            actions.removed.append(Removed.ATTACHMENT if kind in _ATTACHED else Removed.MEDIA)
            actions.count(entries.get(b"/A"), entries.get(b"/AA"))
        elif flags & _HIDDEN or is_hidden(source, entries.get(b"/OC"), off):
            actions.count(entries.get(b"/A"), entries.get(b"/AA"))
            actions.removed += [Removed.HIDDEN] if kind in _COMMENTS else []
        elif kind == b"/Widget":
            actions.count(entries.get(b"/A"), entries.get(b"/AA"))
            widget = _widget(source, ref, entries)
            notes.widgets += [widget] if widget else []
        elif kind == b"/Link":
            target = actions.link(entries)
            if target is not None and _rectangle(source, entries.get(b"/Rect")):
                notes.annotations.append(Annotation(ref, entries, target, True))
        elif kind in _COMMENTS and _rectangle(source, entries.get(b"/Rect")):
            actions.count(entries.get(b"/A"), entries.get(b"/AA"))
            notes.annotations.append(Annotation(ref, entries, None, False))
    return notes


def _rectangle(source: Source, said: object) -> Box | None:
    sides = numbers(source.value(each) for each in source.array(said))
    if not sides or len(sides) != 4 or any(abs(side) > 1e7 for side in sides):
        return None
    return min(sides[0], sides[2]), min(sides[1], sides[3]), max(sides[0], sides[2]), max(sides[1], sides[3])


def _widget(source: Source, ref: Ref | None, entries: dict[bytes, Value]) -> Widget | None:
    look = source.dictionary(entries.get(b"/AP")).get(b"/N")
    if source.stream(look) is None:
        look = source.dictionary(look).get(source.name(entries.get(b"/AS")))
    drawn, lies = source.stream(look), _rectangle(source, entries.get(b"/Rect"))
    if drawn is None or lies is None:
        return None
    form = source.dictionary(drawn)
    box = _rectangle(source, form.get(b"/BBox"))
    given = numbers(source.value(each) for each in source.array(form.get(b"/Matrix")))
    own = given if given and len(given) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    if box is None:
        return None
    corners = [
        (own[0] * x + own[2] * y + own[4], own[1] * x + own[3] * y + own[5]) for x in box[::2] for y in box[1::2]
    ]
    left, bottom = min(x for x, _y in corners), min(y for _x, y in corners)
    width, height = max(x for x, _y in corners) - left, max(y for _x, y in corners) - bottom
    if width <= 0 or height <= 0:
        return None
    across, up = (lies[2] - lies[0]) / width, (lies[3] - lies[1]) / height
    return Widget(ref, drawn, (across, 0.0, 0.0, up, lies[0] - left * across, lies[1] - bottom * up))


def spell_annotation(emitter: Emitter, note: Annotation, structure: bytes, page_of: list[bytes], title: str) -> bytes:
    """The annotation's object. *structure* is its key of the parent tree, *page_of* the reference of each page."""
    entries: dict[bytes, Value] = {
        key: emitter.clean(value, DATA) for key, value in note.entries.items() if key in _PLAIN
    }
    if b"/BS" in note.entries:
        entries[b"/BS"] = emitter.clean(note.entries[b"/BS"], "border")
    look = emitter.source.dictionary(note.entries.get(b"/AP")).get(b"/N")
    if look is not None and emitter.source.stream(look):
        entries[b"/AP"] = {b"/N": emitter.clean(look, "xobject")}
    flags = emitter.source.integer(note.entries.get(b"/F")) or 0
    entries[b"/F"] = figure(flags & ~(_HIDDEN | 1) & 0x3FF | _PRINT)
    said = string_text(emitter.source.value(note.entries.get(b"/Contents")))
    entries[b"/Contents"] = text_string(said or _purpose(note, title))
    spelled = emitter.spelled({key: value for key, value in entries.items() if value != NULL})
    return b"<</Type/Annot%b%b%b>>" % (structure, _target(note.target, page_of), spelled[2:-2])


def _purpose(note: Annotation, title: str) -> str:
    if note.target is None:
        return _("Comment")
    if note.target.address:
        return note.target.address.decode("latin-1")
    return _("Page {page} of “{title}”").format(page=note.target.page + 1, title=title)


def _target(target: Target | None, page_of: list[bytes]) -> bytes:
    if target is None:
        return b""
    if target.address:
        return b"/A<</S/URI/URI<%b>>>" % target.address.hex().encode()
    return b"/Dest[%b%b]" % (page_of[target.page], target.view)
