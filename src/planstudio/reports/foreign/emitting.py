"""Takes objects over from a foreign file into a fragment: cleaned by their role, each once, and only what is reached.

What needs other data than the file has (marks taken out, hidden layers cut)
is put into `rewritten` before it is reached.
"""

from __future__ import annotations

import zlib

from planstudio.domain.intake import Trouble
from planstudio.reports.foreign.content import Mark, Scan, scan, without_marks
from planstudio.reports.foreign.layers import Layers
from planstudio.reports.foreign.opening import Refused
from planstudio.reports.foreign.roles import FILTERS, KEYS, MAPS, STREAMS
from planstudio.reports.foreign.source import Source
from planstudio.reports.foreign.values import NULL, Placed, Ref, Value, figure, spell
from taggedpdf.fragment import reference

_MOST_OBJECTS = 1_000_000
_MOST_PIXELS = 400_000_000
_DEEPEST = 60  # of what stands in one object
_FONT_FILES = (b"/FontFile", b"/FontFile2", b"/FontFile3")
_UNEMBEDDABLE = (b"/Type0", b"/Type3")
_KINDS = (b"/S", b"/Subtype", b"/Type")
_CRYPT = b"/Crypt"
LOOK = "look"  # a form by its place, whether it says so or not
_DRAWN = ("xobject", LOOK)
_EVERYWHERE = b"[-20000 -20000 20000 20000]"

Body = bytes | tuple[bytes, bytes]


class Emitter:
    """The objects of one fragment, in the making."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.objects: list[Body] = []
        self.layers_cut = False
        self.unembedded = False
        self.tagged = False  # whether artifacts are told apart from the rest
        self.rewritten: dict[Ref, bytes] = {}  # data of streams that change
        self.keyed: dict[Ref, bytes] = {}  # entries of streams that stand in the structure tree
        self.layers = Layers(source)
        self._placed: dict[tuple[Ref, str], Placed] = {}
        self._queue: list[tuple[int, Ref, str]] = []
        self._nothing: Placed | None = None

    # Places

    def reserve(self) -> int:
        """A place to be filled later."""
        if len(self.objects) >= _MOST_OBJECTS:
            raise Refused(Trouble.TOO_LARGE)
        self.objects.append(NULL)
        return len(self.objects) - 1

    def add(self, body: Body) -> Placed:
        """A new object; its reference."""
        place = self.reserve()
        self.objects[place] = body
        return Placed(reference(place))

    def add_stream(self, data: bytes, entries: bytes = b"") -> Placed:
        """A new stream, deflated where that makes it smaller."""
        packed = zlib.compress(data) if len(data) > 100 else data
        if len(packed) < len(data):
            return self.add((b"<<%b/Filter/FlateDecode>>" % entries, packed))
        return self.add((b"<<%b>>" % entries, data))

    def place(self, ref: Ref, role: str) -> Placed:
        """The reference to a foreign object in its role."""
        known = self._placed.get((ref, role))
        if known is None:
            at = self.reserve()
            known = self._placed[ref, role] = Placed(reference(at))
            self._queue.append((at, ref, role))
        return known

    def finish(self) -> None:
        """Take over all that was referred to."""
        while self._queue:
            at, ref, role = self._queue.pop()
            if self.source.stream(ref) == ref:
                self.objects[at] = self._stream(ref, role)
            else:
                self.objects[at] = spell(self._cleaned(self.source.value(ref), role, 0))

    # Values

    def clean(self, value: object, role: str) -> Value:
        """*value* in its *role*, with references into the fragment."""
        return self._clean(value, role, 0)

    def _clean(self, value: object, role: str, depth: int) -> Value:
        if depth > _DEEPEST:
            return NULL
        if not isinstance(value, Ref):
            return self._cleaned(value, role, depth)
        stream = self.source.stream(value)
        if stream is not None:
            if role in _DRAWN:
                return self._drawn(stream, role)
            return self.place(stream, role) if role in STREAMS else NULL
        found = self.source.value(value)
        return self.place(value, role) if isinstance(found, dict | list) else self._cleaned(found, role, depth)

    def _cleaned(self, value: object, role: str, depth: int) -> Value:
        if isinstance(value, bytes):
            return value
        if isinstance(value, list):
            return [self._clean(each, role, depth + 1) for each in value]
        if not isinstance(value, dict):
            return NULL
        if role == "font":
            self._look_at_font(value)
        if below := MAPS.get(role):
            return {
                key: self._clean(each, below, depth + 1)
                for key, each in value.items()
                if not (isinstance(each, bytes) and key in _KINDS)  # it is no list of resources but what has a kind
            }
        if (keys := KEYS.get(role)) is None:
            return NULL
        return {key: self._clean(each, keys[key], depth + 1) for key, each in value.items() if key in keys}

    def _look_at_font(self, font: dict[bytes, Value]) -> None:
        if self.source.name(font.get(b"/Subtype")) in _UNEMBEDDABLE:
            return
        descriptor = self.source.dictionary(font.get(b"/FontDescriptor"))
        if not any(self.source.stream(descriptor.get(key)) for key in _FONT_FILES):
            self.unembedded = True

    def _drawn(self, ref: Ref, role: str) -> Value:
        """An XObject, or one that draws nothing where it is hidden or of a kind that is not taken."""
        entries = self.source.dictionary(ref)
        if self.layers.hides(entries.get(b"/OC")):
            self.layers_cut = True
        elif self.source.name(entries.get(b"/Subtype")) in (b"/Image", b"/Form") or role == LOOK:
            return self.place(ref, role)
        return self.nothing()

    def nothing(self) -> Placed:
        """A form that draws nothing."""
        if self._nothing is None:
            self._nothing = self.add((b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]>>", b""))
        return self._nothing

    # Streams

    def _stream(self, ref: Ref, role: str) -> Body:
        source, entries = self.source, self.source.dictionary(ref)
        cleaned = self._cleaned(entries, role, 0)
        assert isinstance(cleaned, dict)
        data, keyed = None, b""
        if role in _DRAWN:
            data, keyed = self._form(ref, entries, role), self.keyed.get(ref, b"")
            _check_picture(source, entries)
        if role == LOOK:
            cleaned |= {b"/Type": b"/XObject", b"/Subtype": b"/Form"}
            cleaned.setdefault(b"/BBox", _EVERYWHERE)
        coding = self._coding(entries) if data is None else None
        if coding is None:
            coding, stored = {b"/Filter": b"/FlateDecode"}, zlib.compress(data or b"")
        else:
            stored = source.raw(ref)
        return spell(cleaned | coding)[:-2] + keyed + b">>", stored

    def _coding(self, entries: dict[bytes, Value]) -> dict[bytes, Value] | None:
        """How the data are stored, in the shape that the file tells it in; None where no reader knows.

        One name may go with one dictionary or with an array, and what a reader
        makes of an odd pair is its own affair: it must find the same pair here.
        """
        filters = self.source.value(entries.get(b"/Filter"))
        alone, names = not isinstance(filters, list), [self.source.name(each) for each in self.source.each(filters)]
        given = self._cleaned(self.source.value(entries.get(b"/DecodeParms")), "decoding", 0)
        if filters == NULL:
            return {}
        if _CRYPT in names:  # the data are decrypted already
            kept = [at for at, name in enumerate(names) if name != _CRYPT]
            each = given if isinstance(given, list) else [given]
            given = [each[at] if at < len(each) else NULL for at in kept]
            names, alone = [names[at] for at in kept], False
        if not all(name in FILTERS for name in names):
            return None
        coding: dict[bytes, Value] = {b"/Filter": names[0] if alone else list(names)}
        return coding | {b"/DecodeParms": given} if given not in (NULL, []) else coding

    def _form(self, ref: Ref, entries: dict[bytes, Value], role: str) -> bytes | None:
        """A form's data where they change: marks that no element has go, as does what is hidden."""
        if ref in self.rewritten:
            return self.rewritten[ref]
        is_form = role == LOOK or self.source.name(entries.get(b"/Subtype")) == b"/Form"
        if not is_form or ref in self.keyed:
            return None
        return self.unmarked(scan(self.source.decoded(ref)), entries, self.tagged)

    def unmarked(self, found: Scan, holder: dict[bytes, Value], artifacts: bool) -> bytes | None:
        """Content of *holder* without marks that nothing refers to, and hidden layers; None where it is so already.

        *artifacts* stay as marked, with all that has no number.
        """
        if not found.marks and not found.surplus:
            return None
        properties = self.properties(holder)
        hidden = self._hidden(found, properties)
        keep = [mark for mark in found.marks if artifacts and self.number(mark, properties) is None]
        if len(keep) == len(found.marks) and not found.surplus and not hidden:
            return None
        return without_marks(found, hidden, keep)

    def visible(self, found: Scan, holder: dict[bytes, Value]) -> bytes | None:
        """Content of *holder* with its marks but without hidden layers; None where it has none."""
        hidden = self._hidden(found, self.properties(holder))
        return without_marks(found, hidden, found.marks) if hidden or found.surplus else None

    def properties(self, holder: dict[bytes, Value]) -> dict[bytes, Value]:
        """The property lists of a page or form, by name."""
        return self.source.inside(holder, b"/Resources", b"/Properties")

    def number(self, mark: Mark, properties: dict[bytes, Value]) -> int | None:
        """The number by which the structure tree knows a mark."""
        if mark.mcid is not None or not mark.properties or mark.tag == b"/OC":
            return mark.mcid
        return self.source.integer(self.source.dictionary(properties.get(mark.properties)).get(b"/MCID"))

    def _hidden(self, found: Scan, properties: dict[bytes, Value]) -> list[Mark]:
        """The marks of layers that do not show: they are cut out."""
        layers = (mark for mark in found.marks if mark.tag == b"/OC")
        hidden = [mark for mark in layers if self.layers.hides(properties.get(mark.properties))]
        self.layers_cut = self.layers_cut or bool(hidden)
        return hidden


def box_bytes(box: tuple[float, float, float, float]) -> bytes:
    return b"[" + b" ".join(figure(side, 9) for side in box) + b"]"


def _check_picture(source: Source, entries: dict[bytes, Value]) -> None:
    width, height = source.integer(entries.get(b"/Width")), source.integer(entries.get(b"/Height"))
    if (width or 0) * (height or 0) > _MOST_PIXELS:
        raise Refused(Trouble.TOO_LARGE)
