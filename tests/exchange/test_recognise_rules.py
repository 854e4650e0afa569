"""Single rules of the recogniser, as tables."""

from __future__ import annotations

import pytest

from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import RemarkKind
from planstudio.exchange.recognise import recognise
from planstudio.exchange.recognise.blocks import plain
from planstudio.exchange.recognise.furniture import is_contact, is_furniture, is_navigation
from planstudio.exchange.recognise.goal_drafts import label_of, sub_label_of
from planstudio.exchange.recognise.inline import parts_of
from planstudio.exchange.recognise.organizations import Mention, organization
from planstudio.exchange.recognise.policy_codes import entry_of, number_of
from planstudio.exchange.recognise.policy_dates import dates_of, history
from planstudio.exchange.recognise.policy_references import cross_references, legal_references, reference_lines
from planstudio.exchange.recognise.wording import _STEMS, _WORDS, Topic, topic_of
from planstudio.exchange.recognise.wrapping import Wrapping


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Our Mission", Topic.MISSION),
        ("MISSION STATEMENT:", Topic.MISSION),
        ("Mission of the PBPS", Topic.MISSION),
        ("Mission: (Why we open the doors)", Topic.MISSION),
        ("Our Shared Vision", Topic.VISION),
        ("Core Values", Topic.VALUES),
        ("What We Believe", Topic.BELIEFS),
        ("Our Guiding Principles", Topic.PRINCIPLES),
        ("Collective Commitments", Topic.COMMITMENTS),
        ("Equity Beliefs", Topic.EQUITY),
        ("Equity Lens", Topic.EQUITY),
        ("Portrait of a Graduate", Topic.OTHER),
        ("Mission, Vision and Values", Topic.SEVERAL),
        ("Strategic Priorities", Topic.GOALS),
        ("Goals and Strategies", Topic.GOALS),
        ("2030-2031 Board Goals", Topic.GOALS),
        ("Key Performance Indicators", Topic.MEASURES),
        ("Action Steps", Topic.STRATEGIES),
        ("Equity", Topic.NONE),
        ("Vision Screening", Topic.NONE),
        ("Goals Committee", Topic.NONE),
        ("Environmental and resource care", Topic.NONE),
        ("One promise: the best school for all", Topic.NONE),
        ("The mission matters to everyone who works in any of our schools", Topic.NONE),
    ],
)
def test_topic_of_marked_headings(text: str, topic: Topic) -> None:
    assert topic_of(text, marked=True) is topic


@pytest.mark.parametrize(
    "text", ["Maintain a safe mission", "Vision care plans", "Our elementary mission", "Mileage", ""]
)
def test_bare_lines_with_foreign_words_announce_nothing(text: str) -> None:
    assert topic_of(text, marked=False) is Topic.NONE


def test_every_topic_has_a_stem_that_lets_it_be_looked_for() -> None:
    for sample in (
        "mission",
        "what we believe",
        "we value",
        "tenets",
        "non-negotiables",
        "anti-racism",
        "creed",
        "kpis",
        "how we will know",
        "tasks",
        "persons responsible",
        "areas of focus",
        "strategic anchors",
    ):
        assert any(stem in sample for stem in _STEMS), sample
    assert len(_WORDS) == len({topic for topic, _words in _WORDS})


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Goal 1: Calm Halls", ("Goal 1", "Calm Halls")),
        ("GOAL TWO", ("GOAL TWO", "")),
        ("Strategic Priority 3 – Talent", ("Strategic Priority 3", "Talent")),
        ("Direction IV", ("Direction IV", "")),
        ("Goal #2 - Roofs", ("Goal #2", "Roofs")),
        ("Goal: Read daily", ("Goal", "Read daily")),
        ("Goal: N/A Focus: N/A", None),
        ("Goal 1.2: Read", None),
        ("Goal 1 and Goal 2 are linked", None),
        ("Goals", None),
        ("Priority work", None),
    ],
)
def test_goal_labels(line: str, label: tuple[str, str] | None) -> None:
    assert label_of(line) == label


@pytest.mark.parametrize(
    ("line", "sub"),
    [
        ("Strategy 1.2: Train", (Topic.STRATEGIES, "Train")),
        ("Objective A. Count", (Topic.OBJECTIVES, "Count")),
        ("Measure: 80% pass", (Topic.MEASURES, "80% pass")),
        ("Goal 2.1 Read", (Topic.STRATEGIES, "Read")),
        ("Strategy matters most", None),
        ("Goal 2: Read", None),
    ],
)
def test_labels_inside_a_goal(line: str, sub: tuple[Topic, str] | None) -> None:
    assert sub_label_of(line) == sub


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        ("1326.1 Mileage", "1326.1", "Mileage"),
        ("BP 3290 – Gifts (Attachment A). The county says so.", "3290", "Gifts"),
        ("BP 1240", None, None),
        ("Policy JICFX: Hazing", "JICFX", "Hazing"),
        ("AC-R Complaints", "AC-R", "Complaints"),
        ("B-1211 Harassment", "B-1211", "Harassment"),
        ("FFH(LOCAL) Harassment", "FFH(LOCAL)", "Harassment"),
        ("Policy 4.05: Leave", "4.05", "Leave"),
        ("4.05 Leave", None, None),
        ("3738 Walnut Avenue", None, None),
        ("300 students came", None, None),
        ("Board Bylaw 9300, as amended, asks", None, None),
        ("DEEP ROOTS", None, None),
        ("1240 This is a whole sentence that ends.", None, None),
    ],
)
def test_lines_of_a_policy_list(text: str, number: str | None, title: str | None) -> None:
    entry = entry_of(text)
    assert (entry and entry.number, entry and entry.title) == (number, title)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1240 BP", "1240"),
        ("EFC", "EFC"),
        ("po2105", "2105"),
        ("Policy 5131.2", "5131.2"),
        ("E 1312", "1312"),
        ("none", ""),
    ],
)
def test_values_of_a_code_field(text: str, number: str) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "adopted", "revised", "reviewed"),
    [
        ("Adopted: June 1, 2021", ["2021-06-01"], [], []),
        ("Adopted 5/7/98 Revised 6/2005; 7-9-12", ["1998-05-07"], ["2005-06", "2012-07-09"], []),
        ("Adopted: March 2011 Reviewed: 1 May 2013", ["2011-03"], [], ["2013-05-01"]),
        ("First Reading: 1/2/2020 Second Reading: 2/3/2020", [], [], []),
        ("Second Reading and Adoption: 2/3/2020", ["2020-02-03"], [], []),
        ("Pending adoption: 2/3/2020", [], [], []),
        ("Readopted: Sept. 4th, 2014", [], ["2014-09-04"], []),
        ("Adopted: 13/45/2020", [], [], []),
        ("Adopted 1998", [], [], []),
    ],
)
def test_dates_by_the_word_before_them(text: str, adopted: list[str], revised: list[str], reviewed: list[str]) -> None:
    dates = dates_of(text)
    assert (dates.adopted, dates.revised, dates.reviewed) == (adopted, revised, reviewed)


def test_a_history_counts_bare_dates_and_those_called_revisions() -> None:
    assert history("1/2/2010, 3/4/2012").revised == ["2010-01-02", "2012-03-04"]
    assert history("1/2/2010 Drafted, 3/4/2012 Revised, 5/6/2013 First Reading").revised == ["2012-03-04"]


def test_captions_of_references_are_left_out() -> None:
    lines = [
        "EDUCATION CODE",
        "38130 Civic center",
        "TITLE 5, CODE OF REGULATIONS",
        "14037 Costs",
        "M.G.L. 269:17",
        "14037 Costs",
    ]
    assert legal_references(lines) == ("38130 Civic center", "14037 Costs", "M.G.L. 269:17")


def test_references_on_one_line_are_parted_where_each_is_whole() -> None:
    assert reference_lines("20 U.S.C. 1400; 34 CFR 300", []) == ["20 U.S.C. 1400", "34 CFR 300"]
    assert reference_lines("Sex offense 12; definition", []) == ["Sex offense 12; definition"]
    assert reference_lines("None", []) == []


def test_cross_references_are_free_of_duplicates() -> None:
    body = ["See there (cf. 5131 - Conduct) and (cf. 5131 - Conduct)."]
    assert cross_references(["JB, KA, JB", "JIC, Student Conduct"], body) == (
        "JB",
        "KA",
        "JIC, Student Conduct",
        "5131 - Conduct",
    )


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (["The Juniper Flats School District believes"], "Juniper Flats School District"),
        (["HARLAN BAY PUBLIC SCHOOLS", "Harlan Bay Public Schools lends"], "Harlan Bay Public Schools"),
        (["we value District 904 as ours"], "District 904"),
        (["Rowan Academy Family of Schools teaches"], "Rowan Academy Family of Schools"),
        (["Inquiries go to the Massachusetts Department of Education"], ""),
        (["the Board of Education", "Superintendent of Schools", "a school district"], ""),
        (["Connected School Communities", "Coherent, Resourceful School System"], ""),
    ],
)
def test_names_of_districts(texts: list[str], name: str) -> None:
    assert organization([Mention(text, text.isupper()) for text in texts]) == name


@pytest.mark.parametrize(
    "line",
    [
        "Page 3 of 9",
        "126",
        "**PAGE 13**",
        "----",
        "![x](y)",
        "[Home](/)",
        "Mission ........ 3",
        "1 of 2          3/2/2031, 8:15 AM",
        "Attachment B",
        "Adopted: ________",
    ],
)
def test_page_furniture_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line", ["1998 was a good year", "Share the work", "Address needs early.", "Goal 3", "1. Read", "View from here"]
)
def test_content_is_not_furniture(line: str) -> None:
    assert not is_furniture(line)
    assert not is_contact(line)
    assert not is_navigation(line)


@pytest.mark.parametrize(
    ("raw", "texts"),
    [
        ("**Bold** and *italic*", ["Bold and italic"]),
        ("2 * 3 * 4", ["2 * 3 * 4"]),
        ("snake_case_word", ["snake_case_word"]),
        ("<p>One</p> <p>Two</p>", ["One", "Two"]),
        ("less < more & <5%", ["less < more & <5%"]),
        ("see [the plan](http://x) now ![a](b)", ["see the plan now"]),
        ("A &amp; B&nbsp;C", ["A & B C"]),
        (r"1\. not a list \*", ["1. not a list *"]),
        ("**open", ["**open"]),
    ],
)
def test_inline_marks(raw: str, texts: list[str]) -> None:
    assert [plain(part) for part in parts_of(raw)] == texts


def test_lines_are_joined_where_the_page_ended() -> None:
    lines = [
        "We teach every child who comes to us, from",
        "the first day to the last, and we do that in",
        "public for all to see.",
    ]
    wrapping = Wrapping(lines)
    assert wrapping.goes_on(lines[0], lines[1])
    assert not wrapping.goes_on("Our Mission", "We teach")
    assert not wrapping.goes_on("OUR MISSION", "we teach")


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        ("a consti-", "tution", "a constitution"),
        ("a well-", "kept yard", "a well-kept yard"),
        ("one", "two", "one two"),
    ],
)
def test_words_broken_at_the_line_end_are_made_whole(line: str, following: str, joined: str) -> None:
    assert "".join(Wrapping([]).join(line, following)) == joined


def test_a_word_that_the_document_hyphens_elsewhere_keeps_its_hyphen() -> None:
    assert "".join(Wrapping(["river-bank walks"]).join("a river-", "bank")) == "a river-bank"


def test_an_empty_heading_is_remarked_and_a_repeated_one_is_not() -> None:
    found = recognise("Our Mission\n\n# Core Values\n\n# Mission\n\nTo teach every child well.\n")
    assert [(r.kind, r.source.first) for r in found.remarks] == [(RemarkKind.EMPTY_SECTION, 3)]


def test_lines_left_out_of_a_section_are_remarked() -> None:
    found = recognise(
        "Core Values\n\n- Respect\n- Trust\n\nThese values were chosen by vote in a meeting of everyone.\n"
    )
    assert [(r.kind, r.source.first) for r in found.remarks] == [(RemarkKind.NOT_TAKEN, 6)]


def test_a_missing_space_and_a_doubled_word_are_likely_typos() -> None:
    found = recognise("# Vision\n\nWe teach reading,which is the the beginning of all.\n")
    assert [r.kind for r in found.remarks] == [RemarkKind.LIKELY_TYPO] * 2
    assert found.statements[0].lead == "We teach reading,which is the the beginning of all."


def test_an_adoption_note_ends_a_statement() -> None:
    text = (
        "# Equity Statement\n\n"
        + "We look for the child who is not in the picture and change the picture. " * 2
        + "-- Adopted 2019\n"
    )
    found = recognise(text + "\nSomething else stands here, after the end.\n")
    assert found.statements[0].lead.endswith("change the picture.")
    assert found.statements[0].kind is StatementKind.EQUITY


def test_a_vision_keeps_its_paragraphs() -> None:
    found = recognise("# Vision\n\nWe see readers in every grade.\n\nWe see families at every table.\n")
    assert found.statements[0].paragraphs == ("We see readers in every grade.", "We see families at every table.")


def test_evidence_is_kept_apart_from_the_definition() -> None:
    text = "Our Vision\nFamilies choose us, as evidenced by:\nReaders\t<i>Children read daily.</i> Loans rise.\n"
    item = recognise(text).statements[0].items[0]
    assert (item.title, item.text, item.evidence) == ("Readers", "Children read daily.", "Loans rise.")


def test_the_statement_of_another_document_is_not_ours() -> None:
    found = recognise("# Equity Commitments\n\nThese are described elsewhere. Learn more about them at example.org.\n")
    assert found.empty


def test_a_goal_named_again_takes_what_follows() -> None:
    text = "# Goal 1: Calm Halls\n\n# Goal 2: Roofs\n\n# Calm Halls\n\n- Greet everyone\n"
    found = recognise(text)
    assert [(goal.title, [s.text for s in goal.strategies]) for goal in found.goals] == [
        ("Calm Halls", ["Greet everyone"]),
        ("Roofs", []),
    ]
