"""Words that only look removed are left out and told; a look that means something is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planstudio.domain.removed_text import Look, settled, settled_markdown, shifted


@pytest.mark.parametrize(
    "struck",
    [
        "<s>two old words</s>", "<strike>two old words</strike>", "<del cite='x'>two <b>old</b> words</del>",
        '<span style="text-decoration:line-through">two old words</span>',
        "<span style='color:red; text-decoration: underline line-through;'>two old words</span>",
        "<font style=text-decoration:line-through>two old words</font>",
        "<span class='x gone'>two old words</span>", "<p class=gone>two old words</p>",
        "<span style='text-decoration-line:line-through'>two <span>old</span> words</span>",
    ],
)  # fmt: skip
def test_struck_out_words_are_left_out_and_told(struck: str) -> None:
    sheet = "<style>p {margin:0} p.gone, .gone {text-decoration: line-through}</style>"
    made = settled(f"{sheet}<p>We act{struck}.</p>")
    assert made.text == f"{sheet}<p>We act.</p>"
    assert made.sentence == "3 struck-out words were left out."


@pytest.mark.parametrize(
    "hidden",
    ["<span style='display:none'>secret</span>", "<span style='mso-hide:all'>secret</span>", "<div hidden>secret</div>",
     "<span style='visibility: hidden'>secret</span>", "<span style='color:red;font-size:0'>secret</span>",
     "<span style='font-size: 0.0pt; color:red'>secret</span>", "<span style='opacity:0'>secret</span>",
     "<p class='a quiet'>secret</p>"],
)  # fmt: skip
def test_hidden_words_are_left_out_and_told(hidden: str) -> None:
    made = settled(f"<style>.quiet{{display:none}}</style>We act{hidden}.")
    assert "secret" not in made.text
    assert made.sentence == "1 hidden word was left out."


def test_a_hidden_block_of_a_web_page_stays_and_hidden_words_in_a_line_do_not() -> None:
    page = "<div style='display:none'><p>Policy 1</p></div><span style='display:none'>x</span>"
    assert settled(page, hidden_blocks=False).text == "<div style='display:none'><p>Policy 1</p></div>"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("x<sup>2</sup>", "x²"), ("H<sub>2</sub>O", "H₂O"), ("10<sup>-3</sup>", "10⁻³"), ("x<sup>k</sup>", "x^k"),
        ("5<sup>th</sup>", "5th"), ("a<sub>ij</sub>", "a_ij"), ("students<sup>12</sup>", "students¹²"),
        ("x<span style='font-size:60%;vertical-align:super'>2</span>", "x²"), ("x<sup><b>2</b></sup>", "x²"),
        ("a<span style='font-size:0.8em;opacity:0.5'>b</span>", "a<span style='font-size:0.8em;opacity:0.5'>b</span>"),
        ("See <sup>[1]</sup>", "See [1]"), ("a<sup> long note of words</sup>", "along note of words"),
    ],
)  # fmt: skip
def test_raised_and_lowered_signs_keep_their_meaning(html: str, words: str) -> None:
    made = settled(html)
    assert made.text == words
    assert made.sentence == ""


def test_struck_out_words_of_markdown_keep_the_count_of_lines() -> None:
    made = settled_markdown("one\ntwo ~~three\nfour~~ five\n`~~code~~` a ~ b ~~ c\n~~six~~ x<sup>2</sup>")
    assert made.text == "one\ntwo \n five\n`~~code~~` a ~ b ~~ c\n x²"
    assert [(one.words, one.line, one.look) for one in made.left] == [
        ("three four", 2, Look.STRUCK),
        ("six", 5, Look.STRUCK),
    ]


def test_what_is_never_closed_takes_nothing_with_it() -> None:
    text = "one <s>two three <span style='display:none'>four"
    assert settled(text).text == text
    assert settled("<s/>one <br style='display:none'> two").left == ()


@settings(deadline=None)
@given(st.text())
def test_text_without_such_looks_stays_to_the_letter(text: str) -> None:
    made = settled(text)
    if not made.changed:
        assert made.text == text
    assert made.text.count("\n") == text.count("\n")
    assert settled_markdown(text).text.count("\n") == text.count("\n")


def test_letters_without_a_raised_sign_are_said_in_words() -> None:
    assert shifted("q", Look.RAISED) == "^q"
    assert shifted("2", Look.LOWERED) == "₂"
