"""The annotations of a page: links and comments come along cleaned, all else that is seen becomes content."""

from __future__ import annotations

from dataclasses import dataclass, field

from planstudio.domain.intake import Removed
from planstudio.i18n import _
from planstudio.reports.foreign.actions import Actions, Target
from planstudio.reports.foreign.content import plain_name
from planstudio.reports.foreign.emitting import LOOK, Emitter
from planstudio.reports.foreign.layers import Layers
from planstudio.reports.foreign.roles import DATA
from planstudio.reports.foreign.source import Box, Source, SourcePage
from planstudio.reports.foreign.values import (
    NULL,
    Ref,
    Value,
    figure,
    numbers,
    spell,
    string_bytes,
    string_text,
    text_string,
)

_MOST = 5000  # on a page
_COMMENTS = frozenset(
    b"/" + name
    for name in b"Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp"
    b" Caret Ink".split()
)
_FIELD = b"/Widget"
_ATTACHED, _MEDIA = (b"/FileAttachment",), (b"/RichMedia", b"/Screen", b"/Movie", b"/Sound", b"/3D")
_PUSH = 1 << 16  # a button that is neither a box to tick nor one of several
_THINNEST = 0.001  # side of a box that has an extent
_UNTURNED = 16  # of /F: it stands upright on a turned page
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
    is_content: bool = False  # its look is drawn into the page, below what lies on it


@dataclass
class Shown:
    """What becomes content: the look of a form field, of an icon or of a medium, and how it lies on the page."""

    ref: Ref | None
    drawn: Ref | None  # the form that draws it
    lies: bytes  # the operators before it; all of them where no form draws it
    area: Box
    entries: dict[bytes, Value]
    kind: bytes

    @property
    def is_field(self) -> bool:
        return self.kind == _FIELD

    @property
    def is_comment(self) -> bool:
        return self.kind in _COMMENTS or self.kind == b"/Link"


@dataclass
class Notes:
    """What stands on one page."""

    annotations: list[Annotation] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)  # in the order of drawing


def read_notes(source: Source, page: SourcePage, actions: Actions, layers: Layers) -> Notes:
    """Sort the annotations of *page*; what stays behind is counted by *actions*."""
    order: list[Annotation | Shown] = []
    for said in source.array(page.entries.get(b"/Annots"))[:_MOST]:
        entries = source.dictionary(said)
        kind = source.name(entries.get(b"/Subtype"))
        ref = said if isinstance(said, Ref) else None
        hidden = (source.integer(entries.get(b"/F")) or 0) & _HIDDEN or layers.hides(entries.get(b"/OC"))
        if kind == b"/Link" and not hidden:
            target = actions.link(entries)
            if target is not None and source.rectangle(entries.get(b"/Rect")):
                order.append(Annotation(ref, entries, target, True))
                continue
        else:
            actions.count(entries.get(b"/A"), entries.get(b"/AA"))
        actions.removed += _left(kind, bool(hidden))
        if hidden or kind == b"/Popup":
            continue
        if kind in _COMMENTS:
            order += [Annotation(ref, entries, None, False)] if source.rectangle(entries.get(b"/Rect")) else []
        elif (shown := _shown(source, page, ref, entries)) is not None:
            order.append(shown)
    return _sorted(source, page, order)


def _sorted(source: Source, page: SourcePage, order: list[Annotation | Shown]) -> Notes:
    """What stays an annotation, and what becomes content; fields last, for they lie on top.

    A comment below what becomes content would come to lie on it: its look
    becomes content too, and only its words stay an annotation.
    """
    fields = [each for each in order if isinstance(each, Shown) and each.is_field]
    above, below = [each.area for each in fields], list[Shown]()
    notes = Notes([each for each in order if isinstance(each, Annotation)])
    for each in reversed(order) if above or len(notes.annotations) < len(order) else ():
        if isinstance(each, Annotation):
            area = source.rectangle(each.entries.get(b"/Rect"))
            meets = area is not None and any(_meet(area, other) for other in above)
            if not meets or (shown := _shown(source, page, None, each.entries)) is None:
                continue
            each.is_content, each = True, shown
        if not each.is_field:
            below.append(each)
            above.append(each.area)
    notes.shown = [*reversed(below), *fields]
    return notes


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _left(kind: bytes, hidden: bool) -> list[Removed]:
    """What is left behind of an annotation, as the facts tell it."""
    if kind in _ATTACHED:
        return [Removed.ATTACHMENT]
    if kind in _MEDIA:
        return [Removed.MEDIA]
    return [Removed.HIDDEN] if hidden and kind in _COMMENTS else []


def look_of(source: Source, entries: dict[bytes, Value]) -> Ref | None:
    """The form that draws an annotation as it stands: the only one, or that of its state."""
    look = source.dictionary(entries.get(b"/AP")).get(b"/N")
    alone = source.stream(look)
    if alone is not None:
        return alone
    states = source.dictionary(look)
    state = _state(source, entries.get(b"/AS"))
    if not state:
        above = source.inside(entries, b"/Parent")
        state = _state(source, entries.get(b"/V")) or _state(source, above.get(b"/V"))
        state = state if state in states else b"/Off"
    return source.stream(states.get(state))


def _state(source: Source, said: object) -> bytes:
    """The name of a state; some files, and PDFium, write a string for it."""
    return source.name(said) or plain_name(b"/" + string_bytes(source.value(said))).removesuffix(b"/")


def _shown(source: Source, page: SourcePage, ref: Ref | None, entries: dict[bytes, Value]) -> Shown | None:
    """How an annotation is drawn into the page; None where it draws nothing."""
    lies, kind = source.rectangle(entries.get(b"/Rect")), source.name(entries.get(b"/Subtype"))
    if lies is None:
        return None
    if kind == _FIELD and _has_empty_box(source, entries):
        sides = (lies[0], lies[1], lies[2] - lies[0], lies[3] - lies[1])
        outline = b"q 0 w .6667 G %b re S Q\n" % b" ".join(figure(side, 9) for side in sides)
        return Shown(ref, None, outline, lies, entries, kind)
    if (drawn := look_of(source, entries)) is None:
        return None
    fitted = _fitted(source, source.dictionary(drawn), lies)
    upright = b""
    if page.turned and (source.integer(entries.get(b"/F")) or 0) & _UNTURNED:
        turn = {90: b"0 1 -1 0", 180: b"-1 0 0 -1", 270: b"0 -1 1 0"}[page.turned]
        x, y = figure(lies[0], 9), figure(lies[3], 9)
        back = figure(-lies[0], 9), figure(-lies[3], 9)
        upright = b"1 0 0 1 %b %b cm %b 0 0 cm 1 0 0 1 %b %b cm " % (x, y, turn, *back)
    placed = upright + b"%b cm" % b" ".join(figure(each, 9) for each in fitted)
    return Shown(ref, drawn, placed, lies, entries, kind)


def _has_empty_box(source: Source, entries: dict[bytes, Value]) -> bool:
    """Whether a box to tick has no look for its state: PDFium, and with it our screen, shows its outline then."""
    kind, flags = _inherited(source, entries, b"/FT"), _inherited(source, entries, b"/Ff")
    if source.name(kind) != b"/Btn" or (source.integer(flags) or 0) & _PUSH or b"/AP" not in entries:
        return False
    states = source.dictionary(entries.get(b"/AP")).get(b"/N")
    if states is None or source.stream(states):
        return states is not None
    return source.stream(source.dictionary(states).get(_state(source, entries.get(b"/AS")))) is None


def _inherited(source: Source, field: dict[bytes, Value], key: bytes) -> Value:
    """What a field says, or one above it."""
    for _level in range(20):
        if key in field or not field:
            break
        field = source.dictionary(field.get(b"/Parent"))
    return field.get(key, NULL)


def _fitted(source: Source, form: dict[bytes, Value], lies: Box) -> list[float]:
    """The matrix that puts a form's box into the rectangle where it lies; one without extent is only moved there."""
    box = source.rectangle(form.get(b"/BBox")) or (0.0, 0.0, 0.0, 0.0)
    given = numbers(source.value(each) for each in source.array(form.get(b"/Matrix")))
    a, b, c, d, e, f = given if given and len(given) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    left, bottom = min(x for x, _y in corners), min(y for _x, y in corners)
    width, height = max(x for x, _y in corners) - left, max(y for _x, y in corners) - bottom
    across = (lies[2] - lies[0]) / width if width > _THINNEST else 1.0
    up = (lies[3] - lies[1]) / height if height > _THINNEST else 1.0
    return [across, 0.0, 0.0, up, lies[0] - left * across, lies[1] - bottom * up]


def spell_annotation(emitter: Emitter, note: Annotation, structure: bytes, page_of: list[bytes], title: str) -> bytes:
    """The annotation's object. *structure* is its key of the parent tree, *page_of* the reference of each page."""
    entries = {key: emitter.clean(value, DATA) for key, value in note.entries.items() if key in _PLAIN}
    if b"/BS" in note.entries:
        entries[b"/BS"] = emitter.clean(note.entries[b"/BS"], "border")
    look = look_of(emitter.source, note.entries)
    if note.is_content:
        entries[b"/AP"] = {b"/N": emitter.nothing()}
    elif look is not None:
        entries[b"/AP"] = {b"/N": emitter.clean(look, LOOK)}
    flags = emitter.source.integer(note.entries.get(b"/F")) or 0
    entries[b"/F"] = figure(flags & ~(_HIDDEN | 1) & 0x3FF | _PRINT)
    said = string_text(emitter.source.value(note.entries.get(b"/Contents")))
    entries[b"/Contents"] = text_string(said or _purpose(note, title))
    spelled = spell({key: value for key, value in entries.items() if value != NULL})
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
