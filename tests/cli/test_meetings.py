"""Meetings on the command line: listed, looked at before printing, printed, revised, and printed again."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest

import packets as made
from cli.conftest import Run
from tagged.reading import UA1, failures

TODAY = f"{datetime.now().astimezone():%Y-%m-%d}"
WHOLE = {
    "format": "planstudio",
    "version": 1,
    "organization": {"name": "Otter Creek School District", "posting_rule": "texas"},
    "people": [{"name": "Rosa Finch", "role": "board member"}, {"name": "Ben Osei", "role": "board member"}],
    "policies": [{"code": "5145", "title": "Support", "versions": [{"body": "## Purpose\n\nWe support."}]}],
    "plans": [
        {
            "title": "Upstream 2030",
            "goals": [{"label": "Goal One", "title": "Every child reads", "strategies": [{"title": "Coach"}]}],
            "monitoring": [{"goal": "Goal One", "month": "2026-12-01"}],
        }
    ],
    "meetings": [
        {
            "start": "2026-12-09T18:30",
            "place": "Creek Street School",
            "called_to_order": "6:31 pm",
            "attendance": [{"person": "Rosa Finch", "presence": "present"}],
            "sections": [
                {
                    "title": "Action",
                    "items": [
                        {
                            "title": "Reading coaches",
                            "type": "action",
                            "minutes": 15,
                            "time_use": "goal monitoring",
                            "fiscal_impact": "It costs $18,400.",
                            "recommended_motion": "I move to hire two coaches.",
                            "links": [{"goal": "Goal One"}, {"strategy": "Coach"}, {"policy": "5145"}],
                            "enclosures": [{"what": "policy", "policy": "5145"}, {"what": "goal", "goal": "Goal One"}],
                            "files": [{"path": "bids.pdf"}, {"path": "locked.pdf"}],
                            "motions": [
                                {
                                    "text": "To hire two coaches",
                                    "mover": "Rosa Finch",
                                    "seconder": "Ben Osei",
                                    "result": "passed",
                                    "votes": [{"person": "Rosa Finch", "choice": "yes"}],
                                }
                            ],
                        }
                    ],
                },
                {
                    "title": "Closed session",
                    "items": [
                        {
                            "title": "Grievance of Zebulon",
                            "type": "closed session",
                            "access": "closed",
                            "ground": "Code 551.074",
                            "minutes": 20,
                        }
                    ],
                },
            ],
        },
        {"start": "2026-12-09T20:30", "kind": "special"},
        {"state": "template", "title": "Usual"},
    ],
}


@pytest.fixture
def plan(tmp_path: Path, done: Run) -> Path:
    (tmp_path / "bids.pdf").write_bytes(made.text_pdf("The three bids"))
    (tmp_path / "locked.pdf").write_bytes(made.locked_pdf())
    (tmp_path / "whole.json").write_text(json.dumps(WHOLE), "utf-8")
    path = tmp_path / "otter.planstudio"
    done("import", tmp_path / "whole.json", "--into", path)
    return path


def pages(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    document.close()
    return text


def test_a_whole_meeting_comes_from_json_and_goes_back(plan: Path, done: Run, tmp_path: Path) -> None:
    done("export", plan, "-o", tmp_path / "again.json")
    again = json.loads((tmp_path / "again.json").read_text("utf-8"))
    meeting = next(one for one in again["meetings"] if one.get("called_to_order"))
    item = meeting["sections"][0]["items"][0]
    assert meeting["called_to_order"] == "18:31"
    assert [file["name"] for file in item["files"]] == ["bids.pdf", "locked.pdf"]
    assert [enclosure["what"] for enclosure in item["enclosures"]] == ["policy", "goal"]
    assert item["motions"][0]["votes"][0]["choice"] == "yes"
    assert len(item["links"]) == 3


def test_meetings_are_listed_newest_first(plan: Path, done: Run) -> None:
    lines = done("meetings", plan).out.splitlines()
    assert lines[0] == "2026-12-09 20:30  Special meeting, agenda in draft, 0 items"
    assert lines[1] == "2026-12-09 18:30  Regular meeting, agenda in draft, 2 items"
    assert lines[2].strip() == "Usual, template, 0 items"
    said = json.loads(done("meetings", plan, "--json").out)
    assert [one["start"] for one in said] == ["2026-12-09T20:30", "2026-12-09T18:30", None]


def test_the_pre_flight_stops_a_script_when_something_must_be_done(plan: Path, run: Run) -> None:
    said = run("preflight", plan, "--meeting", "2026-12-09T18:30")
    assert said.code == 1
    assert "! 1A: locked.pdf is protected by a password. A page in the packet says so." in said.out
    found = json.loads(run("preflight", plan, "--meeting", "2026-12-09T18:30", "--json").out)
    assert [one["weight"] for one in found][0] == "must"


def test_a_packet_is_printed_kept_revised_and_printed_again(plan: Path, done: Run, tmp_path: Path) -> None:
    at = ("--meeting", "2026-12-09T18:30")
    first, same, revised, again = (tmp_path / f"{name}.pdf" for name in ("first", "same", "revised", "again"))
    assert "pages in" in done("print", plan, "--report", "packet", *at, "-o", first).out
    text = pages(first)
    assert "The three bids" in text
    assert "Zebulon" not in text
    assert "2A Closed session" in text
    assert failures(first.read_bytes(), UA1) == failures(first.read_bytes(), UA1)
    out = done("print", plan, *at, "-o", same).out
    assert "Nothing has changed since revision 0" in out
    assert same.read_bytes() == first.read_bytes()
    export = tmp_path / "change.json"
    done("export", plan, "-o", export)
    whole = json.loads(export.read_text("utf-8"))
    item = next(one for one in whole["meetings"] if one.get("called_to_order"))["sections"][0]["items"][0]
    item["fiscal_impact"] = "It costs $21,600."
    export.write_text(json.dumps(whole), "utf-8")
    done("import", export, "--into", plan)
    out = done("print", plan, *at, "-o", revised, "--note", "The price was wrong").out
    assert "1A Reading coaches: the fiscal impact: from “$18,400.” to “$21,600.”" in out
    assert "What changed in revision 1" in pages(revised)
    done("print", plan, *at, "--again", "0", "-o", again)
    assert again.read_bytes() == first.read_bytes()


@pytest.fixture
def leaky(plan: Path, done: Run, tmp_path: Path) -> Path:
    """A public file names who the closed item is about."""
    export = tmp_path / "leaky.json"
    done("export", plan, "-o", export)
    whole = json.loads(export.read_text("utf-8"))
    item = next(one for one in whole["meetings"] if one.get("called_to_order"))["sections"][0]["items"][0]
    (tmp_path / "letter.txt").write_text("Dear Zebulon, we met in May.", "utf-8")
    item["files"].append({"path": "letter.txt"})
    export.write_text(json.dumps(whole), "utf-8")
    done("import", export, "--into", plan)
    return plan


def test_a_finding_is_cleared_by_its_code_with_a_reason(leaky: Path, run: Run, done: Run, tmp_path: Path) -> None:
    at, target = ("--meeting", "2026-12-09T18:30"), tmp_path / "x.pdf"
    refused = run("print", leaky, *at, "-o", target)
    assert (refused.code, target.exists()) == (2, False)
    assert "“Zebulon” of 2A Grievance of Zebulon, Title stands in 1A letter.txt, Attachment" in refused.err
    found = json.loads(run("preflight", leaky, *at, "--json").out)
    code = next(one["code"] for one in found if one.get("code"))
    assert code in refused.err
    assert "--clear" in refused.err
    assert any(line.strip().startswith(code) for line in refused.err.splitlines())  # a line for each finding
    wrong = run("print", leaky, *at, "-o", target, "--clear", "0000000000=He said so.")
    assert (wrong.code, code in wrong.err) == (2, True)
    empty = run("print", leaky, *at, "-o", target, "--clear", f"{code}=")
    assert (empty.code, "in a sentence" in empty.err) == (2, True)
    assert not target.exists()
    done("print", leaky, *at, "-o", target, "--clear", f"{code}=He is the mascot.", "--clear-as", "common name")
    assert "Dear Zebulon" in pages(target)
    assert "mascot" not in pages(target)
    assert "Not a leak: it is a common name. He is the mascot." in run("preflight", leaky, *at).out
    done("print", leaky, *at, "--audience", "closed", "-o", target)
    assert "He is the mascot." in pages(target)
    done("export", leaky, "-o", tmp_path / "out.json")
    assert "He is the mascot." in (tmp_path / "out.json").read_text("utf-8")


def test_a_packet_in_another_language_is_the_same_revision(
    plan: Path, done: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = ("--meeting", "2026-12-09T18:30")
    done("print", plan, *at, "-o", tmp_path / "en.pdf")
    monkeypatch.setenv("LANGUAGE", "es")
    out = done("print", plan, *at, "-o", tmp_path / "es.pdf").out
    assert "cambi" in out
    assert "de Acción a" not in out
    assert "Rev. 0" in pages(tmp_path / "es.pdf") or "Rev 0" in pages(tmp_path / "es.pdf")
    monkeypatch.setenv("LANGUAGE", "en")
    done("print", plan, *at, "-o", tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "en.pdf").read_bytes()


def test_the_packet_of_a_plan_without_attached_policies_prints_none(plan: Path, done: Run, tmp_path: Path) -> None:
    done("print", plan, "--report", "packet", "-o", tmp_path / "plan.pdf")
    assert "We support." not in pages(tmp_path / "plan.pdf")
    done("print", plan, "--report", "packet", "--policies", "5145", "-o", tmp_path / "plan.pdf")
    assert "We support." in pages(tmp_path / "plan.pdf")


def test_each_audience_has_its_packet(plan: Path, done: Run, tmp_path: Path) -> None:
    for audience in ("public", "administrative", "closed"):
        target = tmp_path / f"{audience}.pdf"
        done("print", plan, "--meeting", "2026-12-09T18:30", "--audience", audience, "--preview", "-o", target)
        assert ("Zebulon" in pages(target)) is (audience == "closed")
    assert "Nothing" not in done("print", plan, "--meeting", "2026-12-09T18:30", "-o", tmp_path / "x.pdf").out


def test_the_agenda_alone_and_reports_of_a_meeting(plan: Path, done: Run, tmp_path: Path) -> None:
    agenda, minutes, votes = (tmp_path / f"{name}.pdf" for name in ("agenda", "minutes", "votes"))
    at = ("--meeting", "2026-12-09T18:30")
    done("print", plan, "--report", "agenda", *at, "-o", agenda)
    assert "Reading coaches" in pages(agenda)
    done("print", plan, "--report", "minutes", *at, "-o", minutes)
    assert "To hire two coaches" in pages(minutes)
    done("print", plan, "--report", "votes", *at, "-o", votes)
    assert "Rosa Finch" in pages(votes)


@pytest.mark.parametrize(
    ("report", "more"),
    [
        ("one-page", ()), ("outline", ()), ("scorecard", ()), ("strategies", ()), ("goal-brief", ("--goal", "1")),
        ("monitoring", ("--goal", "Goal One")), ("calendar", ()), ("lcap", ()), ("decisions", ()), ("time-use", ()),
        ("policy", ("--policy", "5145")), ("policy-review", ()), ("redline", ("--since", TODAY)),
        ("data-quality", ()),
    ],
)  # fmt: skip
def test_every_report_prints(report: str, more: tuple[str, ...], plan: Path, done: Run, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    done("print", plan, "--report", report, *more, "-o", target)
    assert failures(target.read_bytes(), UA1) == set()


def test_a_table_becomes_an_excel_file(plan: Path, done: Run, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "strategies.xlsx"
    assert "1 row in" in done("print", plan, "--report", "strategies", "-o", target).out
    assert ZipFile(target).testzip() is None
    rows = list(openpyxl.load_workbook(target).active.values)
    assert any("Coach" in row for row in rows)
    said = run("print", plan, "--report", "one-page", "-o", tmp_path / "page.xlsx")
    assert (said.code, "a text, not a table" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--report", "packet", "--meeting", "2026-12-09"), "Several meetings are on that day"),
        (("--report", "packet", "--meeting", "2026-12-10"), "No meeting is on 2026-12-10"),
        (("--report", "packet", "--meeting", "soon"), "is not a date"),
        (("--report", "minutes",), "Say of which meeting"),
        (("--report", "goal-brief",), "Say which goal"),
        (("--report", "goal-brief", "--goal", "Nine"), "no goal called Nine"),
        (("--report", "policy", "--policy", "9999"), "no policy 9999"),
        (("--report", "redline"), "Choose the day"),
        (("--report", "redline", "--since", "2020-01-01"), "no plan in this file on January 1, 2020"),
        (("--report", "time-use", "--since", "May"), "has no year"),
        (("--meeting", "2026-12-09T18:30", "--again", "7"), "of revision 7 has been printed"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_in_a_sentence(
    given: tuple[str, ...], told: str, plan: Path, run: Run, tmp_path: Path
) -> None:
    said = run("print", plan, *given, "-o", tmp_path / "x.pdf")
    assert said.code == 2
    assert told in said.err
    assert not (tmp_path / "x.pdf").exists()
