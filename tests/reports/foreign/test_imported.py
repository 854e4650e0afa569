"""Answers of the process are believed only when they could do no harm."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from planstudio.domain.intake import Trouble, refused
from planstudio.reports.foreign.child import take
from planstudio.reports.foreign.imported import ImportedFile, Malformed, pack_file, sound, unpack_file
from planstudio.reports.foreign.pipe import Closed, read_frame, write_frame
from reports.foreign import files
from taggedpdf.fragment import Fragment, Leaf, reference

PAGE = b"<</Type/Page/Parent \x04\x07/Resources<</XObject<</PlanStudioFurniture \x060\x07>>>>/Contents \x011\x07>>"
STREAM = (b"<<>>", b"q Q")
PART = b"<</Type/StructElem/S/Part/P \x03\x07>>"
GOOD = Fragment((PAGE, STREAM, PART), (Leaf(0, (0, 0, 612, 792)),), (2,), (b"[\x012\x07]",))


def with_object(body: Any) -> Fragment:
    return replace(GOOD, objects=(*GOOD.objects, body))


def test_an_honest_answer_comes_back_whole() -> None:
    for imported in (
        take("a.pdf", files.text_pages(2)),
        take("a.png", files.picture(files.drawing())),
        take("a.md", "# Señora".encode()),
        ImportedFile(refused(Trouble.PASSWORD)),
    ):
        assert unpack_file(*pack_file(imported)) == imported


def test_a_sound_fragment_is_taken() -> None:
    assert sound(GOOD) is GOOD


@pytest.mark.parametrize(
    "fragment",
    [
        with_object(b"<</A " + reference(4) + b">>"),  # a reference out of range
        with_object(b"<</A " + reference(99_999_999) + b">>"),
        with_object(b"<</A \x021\x07>>"),  # a key out of range
        with_object(b"<</A \x061\x07>>"),  # furniture of a page that is not there
        with_object(b"<</A \x05Sans+0\x07>>"),  # a shared font
        with_object(b"<</A \x0e\x07>>"),
        with_object(b"<</A \x08\x07>>"),  # an unknown mark
        with_object(b"<</A \x01-1\x07>>"),
        with_object(b"<</A \x01x\x07>>"),
        with_object(b"<</A \x010>>"),  # a mark that does not end
        with_object(b"<</A\x010\x07>>"),  # a name that swallows the number
        with_object(b"<</A (a\x00b)>>"),
        with_object(b"<<"),
        with_object(b"<</A [1>>"),
        with_object(b"1 endobj 9 0 obj <</S/Part>>"),
        with_object(b"<<>> stream"),
        with_object(b"% comment"),
        with_object(b"<</S/JavaScript/JS<00>>>"),
        with_object(b"<</S /Launch>>"),
        with_object(b"<</S/J#61vaScript>>"),
        with_object(b"<</Type/Catalog/OpenAction<<>>>>"),
        with_object(b"<</Subtype/Widget>>"),
        with_object((b"[]", b"data")),
        replace(GOOD, leaves=()),
        replace(GOOD, leaves=(Leaf(9, (0, 0, 1, 1)),)),
        replace(GOOD, leaves=(Leaf(1, (0, 0, 1, 1)),)),  # a stream for a page
        replace(GOOD, leaves=(Leaf(0, (0, 0, float("nan"), 1)),)),
        replace(GOOD, leaves=(Leaf(0, (5, 0, 1, 1)),)),
        replace(GOOD, leaves=(Leaf(0, (0, 0, 1, 1), 45),)),
        replace(GOOD, leaves=GOOD.leaves * 2),
        replace(GOOD, leaves=tuple(Leaf(0, (0, 0, 1, 1)) for _n in range(2001))),
        replace(GOOD, tops=(-1,)),
        replace(GOOD, tops=(3,)),
        replace(GOOD, parents=(b"[\x019\x07]",)),
        replace(GOOD, fonts=frozenset({"Sans+0"})),
        replace(GOOD, destinations={"item": (0, 1.0)}),
    ],
)
def test_a_fragment_that_leads_astray_is_refused(fragment: Fragment) -> None:
    with pytest.raises(Malformed):
        sound(fragment)
    head, body = pack_file(ImportedFile(replace(take("a.pdf", files.text_pages(1)).facts), fragment))
    with pytest.raises(Malformed):
        unpack_file(head, body)


def _changed(**more: Any) -> tuple[bytes, bytes]:
    head, body = pack_file(take("a.png", files.picture(files.drawing())))
    return json.dumps(json.loads(head) | more).encode(), body


@pytest.mark.parametrize(
    "answer",
    [
        (b"", b""),
        (b"[]", b""),
        (b"{}", b""),
        (b"\xff\xfe", b""),
        (b"[" * 100_000, b""),
        (b" " * 5_000_000, b""),
        _changed(fragment=-1),
        _changed(fragment=10**12),
        _changed(text="1"),
        _changed(more=1),
        _changed(facts={}),
        _changed(pictures=[["jpeg", False, 1, 1]]),
        _changed(pictures=[["gif", False, 1, 1, 0]]),
        _changed(pictures=[["deflate", False, 10**9, 10**9, 0]]),
        _changed(pictures=[["jpeg", False, 1, 1, 0]] * 60),
        (pack_file(take("a.txt", b"words"))[0], b"words and more"),
        (pack_file(take("a.txt", b"words"))[0], b"\xff\xff\xff\xff\xff"),
    ],
)
def test_an_answer_that_is_none_is_refused(answer: tuple[bytes, bytes]) -> None:
    with pytest.raises(Malformed):
        unpack_file(*answer)


@pytest.mark.parametrize(
    "packed",
    [
        b"not a fragment",
        b"taggedpdf fragment 1\n99999999999\n{}",
        b"taggedpdf fragment 1\n900000000\n{}",
        b"taggedpdf fragment 1\n2\n{}",
        b"taggedpdf fragment 1\n2\n[]",
        b"taggedpdf fragment 1\n400\n{",
    ],
)
def test_bytes_that_are_no_fragment_are_refused(packed: bytes) -> None:
    head, _body = pack_file(take("a.pdf", files.text_pages(1)))
    said = json.loads(head) | {"fragment": len(packed)}
    with pytest.raises(Malformed):
        unpack_file(json.dumps(said).encode(), packed)


def test_a_frame_that_promises_more_than_is_allowed_is_not_waited_for() -> None:
    out = BytesIO()
    write_frame(out, b"{}", b"x" * 100)
    out.seek(0)
    assert read_frame(out, 10, 100) == (b"{}", b"x" * 100)
    for most in ((1, 100), (10, 99)):
        out.seek(0)
        with pytest.raises(Closed):
            read_frame(out, *most)


@pytest.mark.parametrize("data", [b"", b"PSI1", b"HTTP/1.1 200 OK\r\n\r\n", b"PSI1\0\0\0\x02\0\0\0\0\0\0\0\x09{}abc"])
def test_a_frame_that_breaks_off_is_none(data: bytes) -> None:
    with pytest.raises(Closed):
        read_frame(BytesIO(data), 100, 100)
