"""What holds for any text at all."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from planstudio import richtext
from planstudio.domain.recognised import Lines, Recognised, RecognisedGoal, RecognisedStatement
from planstudio.exchange.recognise import read_text, recognise

LINES = st.sampled_from(
    [
        "Our Mission",
        "# Our Vision",
        "**Core Values**",
        "We Believe",
        "STRATEGIC PRIORITIES",
        "Goal 1: Calm Halls",
        "Goal Two",
        "Strategies:",
        "Measures of Success",
        "Objective 1.1: Count twice",
        "- Respect",
        "~Patience",
        "-",
        "1. Read daily",
        "   a) Read aloud",
        "• **Warmth:** We know names.",
        "| Goal | Strategies |",
        "|---|---|",
        "| Goal 3: Roofs | Patch<br>Replace |",
        "Goal One\tGoal Two",
        "Roofs\tReaders",
        "1110 School News",
        "BP 1240 Helpers",
        "1000 Town",
        "Policy 3210: Gifts",
        "File: JICFX",
        "Code: 1330 BP",
        "Title: Gymnasium",
        "Adopted: May 4, 1998",
        "Revised: 6/2005; 7/9/12",
        "Legal Reference:",
        "RCW 28A.640 Equality",
        "Cross Refs: JB, KA",
        "The Board of Education of the Fern Hollow School District lends its gymnasium to clubs whenever classes do "
        "not need it.",
        "as evidenced by:",
        "Readers\t<i>Children read.</i> Loans rise.",
        "<p>Read <b>daily</b></p>",
        "<li>Sing",
        "<h2>Mission</h2>",
        "WHY WE EXIST",
        "words that go on into the next line of this narrow page and do not",
        "end here.",
        "",
        "",
        "   ",
        "---",
        "Page 3 of 9",
        "![x](y.png)",
        "[Home](/)",
        "\x0c",
        "I. PURPOSE",
        "<!-- note -->",
        "****",
        "|",
    ]
)
DOCUMENTS = st.lists(LINES | st.text(max_size=60), max_size=40).map("\n".join)


def statement_texts(statement: RecognisedStatement) -> Iterator[str]:
    yield from (statement.heading, statement.lead, statement.question, *statement.paragraphs)
    for item in statement.items:
        yield from (item.title, item.text, item.evidence)


def goal_texts(goal: RecognisedGoal) -> Iterator[str]:
    yield from (goal.label, goal.title, goal.description, goal.priority)
    yield from (item.whole for item in (*goal.strategies, *goal.measures))


def texts(found: Recognised) -> Iterator[str]:
    yield from (found.organization, found.plan_title, found.slogan)
    for statement in found.statements:
        yield from statement_texts(statement)
    for goal in found.goals:
        yield from goal_texts(goal)
    for series in found.series:
        yield from (series.number, series.title)
    for policy in (*found.policy_index, *found.policies):
        yield from (policy.number, policy.title, *policy.sections, *policy.legal_refs, *policy.cross_refs)
        yield richtext.plain(policy.body)


def sources(found: Recognised) -> Iterator[Lines]:
    yield from (part.source for part in (*found.statements, *found.goals, *found.series, *found.policy_index))
    yield from (part.source for part in (*found.policies, *found.remarks))
    yield from (item.source for statement in found.statements for item in statement.items)
    yield from (item.source for goal in found.goals for item in (*goal.strategies, *goal.measures))


def letters(text: str) -> str:
    """Only what words are made of, so that joined lines and dropped markup do not count."""
    return re.sub(r"[\W_]+", "", text).casefold()


def check(document: str, name: str) -> None:
    found = recognise(document, name)
    assert found.lines == tuple(re.split(r"\r\n|\r|\n", document))
    for source in sources(found):
        assert 1 <= source.first <= source.last <= len(found.lines)
    without_tags = letters(html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", document)))
    whole = f"{without_tags} {letters(document)}"  # what looks like a tag may be a word of a text
    for text in texts(found):
        for word in text.split():
            assert letters(word) in whole


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS, st.sampled_from(["", "a.txt", "a.md", "a.html", "a.xml"]))
def test_nothing_fails_and_nothing_is_invented(document: str, name: str) -> None:
    check(document, name)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.sampled_from(["", "a.md", "a.html"]))
def test_any_characters_are_borne(document: str, name: str) -> None:
    check(document, name)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<Goal>", "</Goal>", "<Name>", "</Name>", "x", "&", "<Value>", "<!DOCTYPE", "a>", "]]>", "<Mission>"]
        ),
        max_size=30,
    )
)
def test_broken_stratml_is_borne(parts: list[str]) -> None:
    recognise("<StrategicPlan><StrategicPlanCore>" + "".join(parts), "plan.xml")


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_text_comes_back_from_every_encoding(text: str) -> None:
    clean = text.replace("\x00", "").lstrip("\ufeff")
    assert read_text(b"\xef\xbb\xbf" + clean.encode("utf-8", "ignore")) == clean.encode("utf-8", "ignore").decode(
        "utf-8"
    )
    assert read_text(("\ufeff" + clean).encode("utf-16-le", "ignore")) == clean.encode("utf-16-le", "ignore").decode(
        "utf-16-le"
    )
