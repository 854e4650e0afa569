"""Hostile and oversized documents: no crash, and time that grows with length only."""

from __future__ import annotations

import pytest

from growth import grows_with_length
from planstudio.domain.errors import Unreadable
from planstudio.domain.recognised import RemarkKind
from planstudio.exchange.recognise import read_text, recognise
from planstudio.exchange.recognise.decoding import LARGEST

LONG = 100_000


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a ",
        "Word ",
        "**a ",
        "_a",
        "<a ",
        "<p>",
        "<!--",
        "<?",
        "[",
        "[a](",
        "![",
        "&amp;",
        "\\*",
        "# ",
        "1.1 ",
        "(cf. ",
        "School District of ",
        "Adopted: 1/1/2020 ",
        "Mission: ",
        "Goal 1: ",
        "a-",
        "; ",
        "\x00",
        "\u202e",
    ],
)
def test_one_long_line_takes_no_longer_than_its_length(piece: str) -> None:
    assert grows_with_length(lambda n: recognise(piece * (n // len(piece)), "long.txt"), LONG // 4)


@pytest.mark.parametrize(
    "line",
    [
        "Our Mission",
        "- We value the number {0} in all that we do",
        "Goal {0}: Do it",
        "## Values",
        "{0} School News",
        "BP {0} News",
        "Adopted: 1/1/2020",
        "Legal Reference:",
        "Code: 1240\nTitle: x",
        "Values\nRespect\nTrust",
        "a\tb{0}",
        "<li>x{0}",
        "the words of a page that go on and on in this manner\n12",
    ],
)
def test_many_lines_take_no_longer_than_their_number(line: str) -> None:
    def read(n: int) -> None:
        recognise("\n".join(line.format(1000 + number) for number in range(n)), "many.txt")

    assert grows_with_length(read, 500)


@pytest.mark.parametrize("tag", ["<div>", "<ul><li>", "<table><tr><td>", "<b>", "<nav>", "<h1>", "<script>"])
def test_deeply_nested_html_is_read(tag: str) -> None:
    assert grows_with_length(lambda n: recognise("<html>" + tag * (n // len(tag)) + "x", "deep.html"), LONG // 16)


def test_empty_text_holds_nothing() -> None:
    found = recognise("")
    assert found.empty
    assert found.lines == ("",)


def test_unseen_characters_do_not_hide_a_heading() -> None:
    found = recognise("\ufeffOur\u200b Mis\u00adsion\nTo teach\u202e all children\x00 well.\n")
    assert found.statements[0].lead == "To teach all children well."


def test_an_unclosed_menu_does_not_swallow_the_page() -> None:
    found = recognise("<html><body><nav><h2>Mission</h2><p>To teach all children well.</p></body></html>", "a.html")
    assert found.statements[0].lead == "To teach all children well."


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://x/">]>',
    ],
)
def test_document_types_and_entities_are_refused_unread(declared: str) -> None:
    found = recognise(f"{declared}<StrategicPlan><Name>&x;</Name></StrategicPlan>", "plan.xml")
    assert found.empty
    assert [remark.kind for remark in found.remarks] == [RemarkKind.NOT_TAKEN]


def test_xml_that_breaks_off_gives_what_stands_before() -> None:
    core = "<StrategicPlanCore><Mission><Description>To teach.</Description></Mission>"
    found = recognise(f"<StrategicPlan>{core}<Goal><Na", "plan.xml")
    assert found.statements[0].lead == "To teach."
    assert "breaks off" in found.remarks[0].message


def test_endless_depth_is_refused() -> None:
    assert recognise("<StrategicPlan>" + "<a>" * 5000, "plan.xml").empty


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 ...", b"PK\x03\x04 a Word file", b"\xd0\xcf\x11\xe0old Word", b"{\\rtf1 a}", b"a\x00b", b"\x89PNG\r\n"],
)
def test_other_kinds_of_files_are_refused_in_plain_words(data: bytes) -> None:
    with pytest.raises(Unreadable, match="save it as text, Markdown or HTML"):
        read_text(data)


def test_an_enormous_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="too large"):
        read_text(b"a" * (LARGEST + 1))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("naïve — “quoted”".encode(), "naïve — “quoted”"),
        (b"\xef\xbb\xbfMission", "Mission"),
        ("Vision".encode("utf-16"), "Vision"),
        ("Größe".encode("utf-16-be").join([b"\xfe\xff", b""]), "Größe"),
        (b"We\x92ll teach \x96 well", "We’ll teach – well"),
        (b"unknown \x81 letter", "unknown \ufffd letter"),
    ],
)
def test_encodings_are_told_apart(data: bytes, text: str) -> None:
    assert read_text(data) == text


def test_utf16_cut_in_a_letter_is_refused() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read_text("Vision".encode("utf-16")[:-1])
