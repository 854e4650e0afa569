"""What lies on a page looks as it did: fields, icons, media, comments and layers."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from planstudio.domain.intake import Removed
from planstudio.reports.foreign.child import take
from planstudio.reports.foreign.validation import findings
from reports.foreign import files, seeing
from reports.foreign.test_tags import outline, small

RED, BLUE = b"1 0 0 rg 0 0 40 40 re f 0 0 1 rg 20 20 20 20 re f", b"0 0 1 rg 0 0 40 40 re f"


def look(document: pikepdf.Pdf, drawn: bytes = RED, **entries: Any) -> Any:
    """An appearance of 40 by 40 points; an entry that is None is left out."""
    said = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 40, 40])} | entries
    made = document.make_stream(drawn)
    for key, value in said.items():
        if value is not None:
            made["/" + key] = value
    return made


def annotated(change: Any, *, turned: int = 0, fields: bool = True, needs: bool = False) -> bytes:
    """A page with what *change* gives for the document on it; widgets are fields of a form."""

    def put(document: pikepdf.Pdf) -> None:
        notes = [document.make_indirect(Dictionary({"/F": 4, **dict(each.items())})) for each in change(document)]
        page = document.pages[0].obj
        page.Annots = Array(notes)
        if turned:
            page.Rotate = turned
        helvetica = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        if fields:
            document.Root.AcroForm = Dictionary(
                Fields=Array([note for note in notes if note.Subtype == Name.Widget]), DA=String("/Helv 12 Tf 0 g"),
                DR=Dictionary(Font=Dictionary(Helv=helvetica)), NeedAppearances=needs,
            )  # fmt: skip

    return files.changed(files.content(b"0.9 g 50 50 400 600 re f"), put)


def bare() -> bytes:
    return files.content(b"0.9 g 50 50 400 600 re f")


def alike_and_seen(data: bytes) -> Any:
    """It looks as before, and what lies on the page is seen at all; what was taken."""
    assert next(seeing.shown(data)).tobytes() != next(seeing.shown(bare())).tobytes(), "there is nothing to lose"
    imported = take("Form.pdf", data)
    seeing.alike(data, files.bound(imported))
    return imported


def field(kind: Any, name: str = "one", **more: Any) -> Any:
    return Dictionary(Subtype=Name.Widget, FT=kind, T=String(name), Rect=Array([100, 500, 260, 530]), **more)


@pytest.mark.parametrize("needs", [False, True])
@pytest.mark.parametrize(
    "made",
    [
        field(Name.Tx, V=String("Heron Roofing")),
        field(Name.Tx, V=String("Heron\nRoofing"), Ff=4096, MK=Dictionary(BG=Array([1, 1, 0]), BC=Array([1, 0, 0]))),
        field(Name.Ch, V=String("Cedar"), Ff=131072, Opt=Array([String("Cedar"), String("Oak")])),
        field(Name.Ch, V=String("Oak"), Opt=Array([String("Cedar"), String("Oak")])),
        field(Name.Btn, Ff=65536, MK=Dictionary(CA=String("Send"), BG=Array([0.6]), BC=Array([0]))),
        field(Name.Btn, V=Name.Yes, AS=Name.Yes, MK=Dictionary(CA=String("4"), BC=Array([0]), BG=Array([1]))),
        field(Name.Btn, Ff=32768, V=Name.A, AS=Name.A, MK=Dictionary(CA=String("l"), BC=Array([0]))),
    ],
)
def test_a_field_without_a_look_is_drawn_as_the_screen_draws_it(made: Any, needs: bool) -> None:
    imported = alike_and_seen(annotated(lambda _document: [made], needs=needs))
    assert imported.facts.flattened
    with pikepdf.open(BytesIO(files.bound(imported))) as document:
        assert "/Annots" not in document.pages[0].obj


def test_words_of_a_field_without_a_look_can_be_read() -> None:
    data = annotated(lambda _document: [field(Name.Tx, V=String("Heron Roofing"))])
    assert "Heron Roofing" in take("Form.pdf", data).text


def test_what_a_process_could_not_draw_is_drawn_the_second_time() -> None:
    """Where the first try ended the process, PDFium is not asked again; qpdf draws what it can."""
    data = annotated(lambda _document: [field(Name.Tx, V=String("Heron Roofing"))], needs=True)
    imported = take("Form.pdf", data, check=False)
    assert b"Heron Roofing" in files.all_bytes(imported)


@pytest.mark.parametrize(
    "state",
    [
        {"AS": Name.On},
        {"AS": Name.Off},
        {"AS": String("On")},
        {"V": Name.On},
        {"V": String("On"), "AS": Name.On},
        {"AS": Name.Unknown},
        {},
    ],
)
@pytest.mark.parametrize("has_off", [True, False])
def test_a_box_shows_its_state(state: dict[str, Any], has_off: bool) -> None:
    def tick(document: pikepdf.Pdf) -> list[Any]:
        looks = Dictionary(On=look(document), Off=look(document, BLUE)) if has_off else Dictionary(On=look(document))
        return [field(Name.Btn, AP=Dictionary(N=looks), **state)]

    alike_and_seen(annotated(tick))


def test_a_box_takes_its_state_from_the_field_above() -> None:
    def tick(document: pikepdf.Pdf) -> list[Any]:
        above = document.make_indirect(Dictionary(FT=Name.Btn, T=String("bond"), V=Name.On, Ff=32768))
        looks = Dictionary(On=look(document), Off=look(document, BLUE))
        made = field(Name.Btn, AP=Dictionary(N=looks), Parent=above, AS=Name.On)
        del made["/T"]
        return [made]

    alike_and_seen(annotated(tick))


LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "without a kind": {"Subtype": None, "Type": None},
    "without a box": {"BBox": None},
    "with another box": {"BBox": Array([10, 10, 60, 30])},
    "with its box upside down": {"BBox": Array([40, 40, 0, 0])},
    "turned": {"Matrix": Array([0, 1, -1, 0, 0, 0])},
    "slanted": {"Matrix": Array([2, 0.5, 0.3, 1, 7, 9])},
    "clear": {"Group": Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)},
}


@pytest.mark.parametrize("how", LOOKS)
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("flags", [4, 4 | 16])
def test_a_look_lies_where_it_lay(how: str, turned: int, flags: int) -> None:
    def put(document: pikepdf.Pdf) -> list[Any]:
        return [field(Name.Tx, F=flags, AP=Dictionary(N=look(document, **LOOKS[how])))]

    alike_and_seen(annotated(put, turned=turned))


@pytest.mark.parametrize(
    ("kind", "removed"),
    [("FileAttachment", Removed.ATTACHMENT), ("Screen", Removed.MEDIA), ("Movie", Removed.MEDIA), ("3D", Removed.MEDIA),
     ("RichMedia", Removed.MEDIA), ("Sound", Removed.MEDIA), ("Watermark", None), ("PrinterMark", None),
     ("Redact", None)],
)  # fmt: skip
def test_icons_and_posters_become_content(kind: str, removed: Removed | None) -> None:
    def put(document: pikepdf.Pdf) -> list[Any]:
        return [Dictionary(Subtype=Name("/" + kind), Rect=Array([100, 500, 140, 540]), AP=Dictionary(N=look(document)))]

    imported = alike_and_seen(annotated(put))
    assert list(imported.facts.removed) == ([removed] if removed else [])
    assert not imported.facts.flattened
    assert f"/Subtype /{kind}".encode() not in files.all_bytes(imported)


def test_an_icon_of_a_tagged_page_is_a_figure_with_its_words() -> None:
    def put(document: pikepdf.Pdf, _whole: Any) -> None:
        enclosed = Dictionary(Subtype=Name.FileAttachment, Rect=Array([9, 9, 49, 49]), AP=Dictionary(N=look(document)))
        told = Dictionary({**dict(enclosed.items()), "/Contents": String("The bids")})
        document.pages[0].obj.Annots = Array([told, enclosed])

    imported = take("Aviso.pdf", small(put))
    assert outline(imported) == ["Document", "Part", "H1", "P", "Figure", "Figure"]
    with pikepdf.open(BytesIO(files.bound(imported))) as document:
        kids = document.Root.StructTreeRoot.K.K[0].K
        assert [str(kid.Alt) for kid in list(kids)[2:]] == ["The bids", "Picture of an enclosed file or medium"]
    assert imported.fragment is not None
    assert {rule for rule in findings(imported.fragment) or () if "FONT" not in rule and "7.21" not in rule} == set()


@pytest.mark.parametrize("kind", ["Stamp", "FreeText", "Square", "Highlight", "Text", "Line", "Ink", "Caret"])
def test_a_comment_keeps_its_look_and_stays_one(kind: str) -> None:
    def put(document: pikepdf.Pdf) -> list[Any]:
        looks = Dictionary(N=Dictionary(A=look(document), B=look(document, BLUE)))
        return [
            Dictionary(Subtype=Name("/" + kind), Rect=Array([100, 500, 180, 540]), AP=Dictionary(N=look(document))),
            Dictionary(Subtype=Name("/" + kind), Rect=Array([100, 400, 180, 440]), AP=looks, AS=Name.B),
        ]

    imported = alike_and_seen(annotated(put))
    with pikepdf.open(BytesIO(files.bound(imported))) as document:
        assert [str(note.Subtype) for note in document.pages[0].Annots] == ["/" + kind] * 2


def test_a_comment_below_a_field_stays_below_it() -> None:
    def put(document: pikepdf.Pdf) -> list[Any]:
        area = Array([100, 500, 260, 530])
        return [
            field(Name.Tx, AP=Dictionary(N=look(document))),
            Dictionary(Subtype=Name.Square, Rect=area, Contents=String("Look"), AP=Dictionary(N=look(document, BLUE))),
            Dictionary(Subtype=Name.Stamp, Rect=Array([250, 520, 300, 600]), AP=Dictionary(N=look(document))),
            Dictionary(Subtype=Name.Stamp, Rect=Array([400, 50, 440, 90]), AP=Dictionary(N=look(document))),
        ]

    imported = alike_and_seen(annotated(put))
    with pikepdf.open(BytesIO(files.bound(imported))) as document:
        notes = document.pages[0].Annots
        assert [str(note.Contents) for note in notes] == ["Look", "Comment", "Comment"]
        assert notes[2].AP.N.read_bytes() == RED


@pytest.mark.parametrize("flags", [2, 32, 2 | 4])
def test_what_is_hidden_is_not_drawn(flags: int) -> None:
    def put(document: pikepdf.Pdf) -> list[Any]:
        secret = look(document, b"(" + files.CANARY.encode() + b") pop " + RED)
        return [
            field(Name.Tx, F=flags, AP=Dictionary(N=secret)),
            Dictionary(Subtype=Name.Screen, F=flags, Rect=Array([100, 300, 140, 340]), AP=Dictionary(N=secret)),
        ]

    imported = take("Form.pdf", annotated(put))
    assert files.CANARY.encode() not in files.all_bytes(imported)
    seeing.alike(bare(), files.bound(imported))


# Layers

ON, OFF = "on", "off"


def layered(membership: Any, **start: Any) -> bytes:
    """Three layers, the second off; two drawings, in marked content and as a form, hang on *membership* of them."""

    def put(document: pikepdf.Pdf) -> None:
        layers = [document.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in (ON, OFF, "other")]
        said = {"OFF": Array([layers[1]])} | start
        settings = {key: value(layers) if callable(value) else value for key, value in said.items()}
        document.Root.OCProperties = Dictionary(OCGs=Array(layers), D=Dictionary(**settings))
        page = document.pages[0].obj
        page.Resources.Properties = Dictionary(L0=document.make_indirect(membership(layers)))
        page.Resources.XObject = Dictionary(X0=look(document, RED, OC=page.Resources.Properties.L0))
        drawn = b"/OC /L0 BDC 0 1 0 rg 200 200 90 90 re f EMC q 1 0 0 1 300 300 cm /X0 Do Q"
        page.Contents = Array([page.Contents, document.make_stream(drawn)])

    return files.changed(bare(), put)


def _group(policy: str, *which: int) -> Any:
    return lambda layers: Dictionary(Type=Name.OCMD, P=Name("/" + policy), OCGs=Array([layers[n] for n in which]))


def _expression(make: Any) -> Any:
    return lambda layers: Dictionary(Type=Name.OCMD, VE=make(*layers))


@pytest.mark.parametrize(
    ("membership", "is_seen"),
    [
        (lambda layers: layers[0], True),
        (lambda layers: layers[1], False),
        *(
            (_group(policy, *which), seen)
            for policy, which, seen in [
                ("AnyOn", (0, 1), True), ("AnyOn", (1,), False), ("AllOn", (0, 1), False), ("AllOn", (0, 2), True),
                ("AnyOff", (0, 1), True), ("AnyOff", (0, 2), False), ("AllOff", (1,), True), ("AllOff", (0,), False),
                ("AllOff", (0, 1), False), ("AnyOn", (), True),
            ]
        ),
        (_expression(lambda on, off, _other: Array([Name.Not, off])), True),
        (_expression(lambda on, off, _other: Array([Name.Not, on])), False),
        (_expression(lambda on, off, other: Array([Name.And, on, other])), True),
        (_expression(lambda on, off, _o: Array([Name.And, on, Array([Name.Or, off, Array([Name.Not, on])])])), False),
        (_expression(lambda on, off, other: Array([Name.Or, off, Array([Name.Not, off])])), True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("cut", [False, True])
def test_a_membership_shows_and_hides(membership: Any, is_seen: bool, cut: bool) -> None:
    data = layered(membership)
    if cut:  # the layers of the one page that somebody took out of a file are forgotten, but all on then
        data = files.changed(data, lambda document: document.Root.OCProperties.D.__delitem__("/OFF"))
    imported = take("Plan.pdf", data)
    seeing.alike(data, files.bound(imported))
    if not cut:
        assert (Removed.LAYER not in imported.facts.removed) is is_seen
        assert (next(seeing.shown(data)).tobytes() != next(seeing.shown(bare())).tobytes()) is is_seen


@pytest.mark.parametrize(
    "start",
    [
        {"BaseState": Name.OFF},
        {"BaseState": Name.OFF, "ON": lambda layers: Array([layers[0]])},
        {"BaseState": Name.ON, "ON": Array(), "OFF": lambda layers: Array([layers[0]])},
    ],
)
def test_layers_follow_the_state_that_all_begin_with(start: dict[str, Any]) -> None:
    data = layered(lambda layers: layers[0], **start)
    seeing.alike(data, files.bound(take("Plan.pdf", data)))


def test_a_layer_that_a_screen_does_not_show_is_cut() -> None:
    def membership(layers: list[Any]) -> Any:
        layers[0].Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
        return layers[0]

    data = layered(membership)
    imported = take("Plan.pdf", data)
    assert Removed.LAYER in imported.facts.removed
    seeing.alike(data, files.bound(imported))


def test_a_layer_that_is_not_for_viewing_is_always_shown() -> None:
    def membership(layers: list[Any]) -> Any:
        layers[1].Intent = Name.Design
        return layers[1]

    data = layered(membership)
    assert next(seeing.shown(data)).tobytes() != next(seeing.shown(bare())).tobytes()
    seeing.alike(data, files.bound(take("Plan.pdf", data)))
