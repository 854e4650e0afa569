"""The complete JSON: what is written is read back the same, and anything can be made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import factories
from factories import Names
from operations import json_plans
from planstudio.domain.cards import PlanBook
from planstudio.domain.errors import PlanStudioError, Unreadable
from planstudio.exchange import plan_json
from planstudio.operations.goals import add_goal
from planstudio.operations.loading import load
from planstudio.queries.export import whole_file
from planstudio.queries.links import file_bytes, files_of
from planstudio.queries.plans import current_plan, plan_book
from planstudio.store.document import Document
from planstudio.workspace import Workspace

HEAD = {"format": "planstudio", "version": 1}


def _empty(folder: Path, name: str) -> Workspace:
    """A new file, as the command line makes it before it imports."""
    return Workspace(Document.create(folder / f"{name}.planstudio", folder / name), device=name)


def _export(workspace: Workspace) -> str:
    return plan_json.write(workspace.ask(whole_file))


def _load(workspace: Workspace, text: str, folder: Path) -> None:
    workspace.bring_in("Import", load, plan_json.read(text, folder))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(json_plans.plans())
def test_any_plan_comes_back_the_same_ids_included(made: dict[str, Any]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        first, second = _empty(folder, "first"), _empty(folder, "second")
        try:
            _load(first, json.dumps(made), folder)
            exported = _export(first)
            kept = set(json_plans.texts_of(json.loads(exported)))
            assert {" ".join(text.split()) for text in json_plans.texts_of(made)} <= kept
            _load(second, exported, folder)
            assert _export(second) == exported
            _load(second, exported, folder)
            assert _export(second) == exported, "a second import changed something"
            assert all(finding.harmless for finding in second.check())
        finally:
            first.close()
            second.close()


def test_a_plan_that_was_worked_on_comes_back_row_for_row(full: tuple[Workspace, Names], tmp_path: Path) -> None:
    workspace = full[0]
    other = _empty(tmp_path, "other")
    _load(other, _export(workspace), tmp_path)
    assert factories.dump(other) == factories.dump(workspace)
    other.close()


def test_loading_is_one_step_and_can_be_taken_back(workspace: Workspace, tmp_path: Path) -> None:
    before = factories.dump(workspace)
    _load(workspace, json.dumps(HEAD | {"plans": [{"title": "Second", "goals": [{"title": "Sing"}]}]}), tmp_path)
    assert len(factories.dump(workspace)["plan"]) == 2
    workspace.undo()
    assert factories.dump(workspace) == before


# By hand.

BY_HAND: dict[str, Any] = HEAD | {
    "organization": {"name": "Otter Creek School District", "logo": {"path": "files/logo.png"}},
    "series": [{"number": "1000", "title": "Community"}],
    "policies": [
        {
            "code": "1326",
            "title": "Visitors",
            "series": "1000",
            "owner": "Walt Pettibone",
            "versions": [{"body": "old", "adopted": "2011-05-01"}, {"body": "## Why", "adopted": "2021-05-01"}],
            "files": [{"path": "files/badge.txt", "alternative_text": "A badge"}],
        }
    ],
    "plans": [
        {
            "title": "Upstream 2030",
            "statements": [
                {
                    "kind": "values",
                    "heading": "We value",
                    "items": [{"title": "Trust", "policies": [{"policy": "1326", "relation": "governs"}]}],
                }
            ],
            "goals": [
                {
                    "title": "Read",
                    "owner": "Inés Calloway",
                    "strategies": [
                        {"title": "Buy books", "owner": "Inés Calloway", "due": "2027-06-30"},
                        {"title": "Read them", "milestones": [{"text": "first"}, {"text": "second"}]},
                    ],
                    "measures": [
                        {
                            "name": "Readers",
                            "observations": [
                                {"period_end": "2026-06-30", "value": 61},
                                {"period_end": "2026-06-30", "student_group": "EL", "value": 40.5},
                            ],
                        }
                    ],
                    "updates": [{"on": "2026-10-01", "status": "on track", "percent": 40}],
                    "files": [{"path": "chart.png", "name": "Readers by school.png"}],
                }
            ],
        }
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "by hand"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "badge.txt").write_bytes(b"badge")
    (folder / "files" / "logo.png").write_bytes(b"logo")
    (folder / "chart.png").write_bytes(b"chart")
    return folder


def _book(workspace: Workspace) -> PlanBook:
    return workspace.ask(plan_book, workspace.ask(current_plan), factories.TODAY)


def test_anything_can_be_made_by_hand(folder: Path) -> None:
    workspace = _empty(folder, "made")
    _load(workspace, json.dumps(BY_HAND), folder)
    book = _book(workspace)
    (goal,) = book.goals
    assert (book.organization.name, book.plan.title) == ("Otter Creek School District", "Upstream 2030")
    assert [one.title for one in goal.strategies] == ["Buy books", "Read them"]
    assert [step.text for step in goal.strategies[1].milestones] == ["first", "second"]
    assert goal.owner_id == goal.strategies[0].owner_id
    assert (goal.status.value, goal.percent) == ("on track", 40)
    assert [row.value for row in goal.measures[0].observations] == [61, 40.5]
    (policy,) = book.policies
    assert policy.series is not None
    assert (policy.series.number, policy.owner, policy.body) == ("1000", "Walt Pettibone", "## Why")
    (ref,) = book.statements[0].items[0].policies
    assert (ref.code, ref.relation.value) == ("1326", "governs")
    (badge,) = workspace.ask(files_of, "policy_id", policy.id)
    assert (badge.name, badge.media_type, badge.alternative_text) == ("badge.txt", "text/plain", "A badge")
    assert workspace.ask(file_bytes, badge.id) == b"badge"
    (chart,) = workspace.ask(files_of, "goal_id", goal.id)
    assert (chart.name, chart.media_type) == ("Readers by school.png", "image/png")
    workspace.close()


def test_a_file_given_by_its_path_is_in_the_export_by_its_bytes(folder: Path) -> None:
    workspace, other = _empty(folder, "made"), _empty(folder, "other")
    _load(workspace, json.dumps(BY_HAND), folder)
    exported = _export(workspace)
    assert json.loads(exported)["organization"]["logo"] == {"data": "bG9nbw=="}
    _load(other, exported, folder / "nowhere")
    assert _export(other) == exported
    workspace.close()
    other.close()


def test_a_row_with_its_id_is_changed_in_the_fields_it_names(full: tuple[Workspace, Names], tmp_path: Path) -> None:
    workspace, names = full
    before = factories.dump(workspace)
    change = {
        "plans": [
            {
                "id": names.plan,
                "goals": [
                    {
                        "id": names.goal,
                        "title": "All read",
                        "label": None,
                        "files": [{"id": names.file, "alternative_text": "Scores by school"}],
                    }
                ],
            }
        ]
    }
    _load(workspace, json.dumps(HEAD | change), tmp_path)
    after = factories.dump(workspace)
    before["goal"][names.goal] |= {"title": "All read", "label": ""}
    before["attachment"][names.file]["alternative_text"] = "Scores by school"
    assert after == before


def test_new_rows_stand_behind_what_is_there_in_the_order_of_the_list(workspace: Workspace, tmp_path: Path) -> None:
    plan = workspace.ask(current_plan)
    for title in ("one", "two"):
        workspace.do("Add", add_goal, plan, title=title)
    new = [{"title": str(n)} for n in range(3, 12)]
    _load(workspace, json.dumps(HEAD | {"plans": [{"id": plan, "goals": new}]}), tmp_path)
    assert [goal.title for goal in _book(workspace).goals] == ["one", "two", *map(str, range(3, 12))]


def test_a_goal_put_into_the_middle_of_an_export_stands_in_the_middle(workspace: Workspace, tmp_path: Path) -> None:
    for title in ("one", "three", "five"):
        factories.add_goal(workspace, title)
    whole = json.loads(_export(workspace))
    goals = whole["plans"][0]["goals"]
    goals.insert(1, {"title": "two"})
    goals.insert(3, {"title": "four"})
    goals.append({"title": "six"})
    other = _empty(tmp_path, "other")
    _load(other, json.dumps(whole), tmp_path)
    assert [goal.title for goal in _book(other).goals] == ["one", "two", "three", "four", "five", "six"]
    other.close()


def test_there_is_one_district_in_a_file(workspace: Workspace, tmp_path: Path) -> None:
    _load(workspace, json.dumps(HEAD | {"organization": {"id": "another", "motto": "Upstream"}}), tmp_path)
    (row,) = factories.dump(workspace)["organization"].values()
    assert (row["name"], row["motto"]) == (factories.DISTRICT, "Upstream")


def test_a_reference_to_a_code_may_be_a_number(workspace: Workspace, tmp_path: Path) -> None:
    given = {
        "series": [{"number": "1000"}],
        "policies": [{"code": "1326", "series": 1000}],
        "plans": [{"title": "P", "goals": [{"title": "G", "policies": [{"policy": 1326}]}]}],
    }
    _load(workspace, json.dumps(HEAD | given), tmp_path)
    assert [policy.code for policy in workspace.ask(plan_book, _last_plan(workspace), factories.TODAY).attached] == [
        "1326"
    ]


def _last_plan(workspace: Workspace) -> str:
    return str(list(factories.dump(workspace)["plan"])[-1])


# Wrong values.


def _goal(**values: Any) -> dict[str, Any]:
    return {"plans": [{"goals": [values]}]}


def _measure(**values: Any) -> dict[str, Any]:
    return _goal(measures=[{"name": "m"} | values])


WRONG = [
    (_goal(strategies=[{}, {"due": "next June"}]), "plans[0].goals[0].strategies[1].due", "“next June” is not a date"),
    (_goal(strategies=[{"due": 20270630}]), "plans[0].goals[0].strategies[0].due", "is not a date"),
    (_goal(deadline="2027-02-30"), "plans[0].goals[0].deadline", "there is no such day"),
    (_goal(kind="dream"), "plans[0].goals[0].kind", "not one of: goal, guardrail, priority"),
    (_goal(kind=["goal"]), "plans[0].goals[0].kind", "not one of"),
    (_goal(kind=None), "plans[0].goals[0].kind", "cannot be empty"),
    (_goal(titel="x"), "plans[0].goals[0].titel", "no field of this name"),
    (_goal(plan_id="x"), "plans[0].goals[0].plan_id", "no field of this name"),
    (_goal(title=5), "plans[0].goals[0].title", "not what belongs here"),
    (_goal(title={"en": "x"}), "plans[0].goals[0].title", "not what belongs here"),
    (_goal(title="x" * 1_001), "plans[0].goals[0].title", "room for 1,000 characters"),
    (_goal(owner={"name": "x"}), "plans[0].goals[0].owner", "not what belongs here"),
    (_goal(owner="x" * 1_001), "plans[0].goals[0].owner", "room for 1,000 characters"),
    (_goal(owner_id="nobody"), "plans[0].goals[0].owner_id", "none with the id “nobody”"),
    (_goal(id="x" * 37), "plans[0].goals[0].id", "room for 36 characters"),
    (_goal(rank="a0"), "plans[0].goals[0].rank", "rank"),
    (_goal(rank="Ä"), "plans[0].goals[0].rank", "rank"),
    (_goal(strategies={"title": "x"}), "plans[0].goals[0].strategies", "a list belongs here"),
    (_goal(strategies=["Buy books"]), "plans[0].goals[0].strategies[0]", "an object in braces"),
    (_goal(policies=[{"policy": "9999"}]), "plans[0].goals[0].policies[0].policy", "none called “9999”"),
    (_goal(policies=[{}]), "plans[0].goals[0].policies[0].policy_id", "missing"),
    (_goal(policies=[{"policy": True}]), "plans[0].goals[0].policies[0].policy", "not what belongs here"),
    (_goal(policies=[{"policy": "1", "version_id": "x"}]), "plans[0].goals[0].policies[0]", "none"),
    (_goal(updates=[{"status": "on track"}]), "plans[0].goals[0].updates[0].on", "missing"),
    (
        _goal(updates=[{"on": "2026-01-01", "status": "on track", "percent": 101}]),
        "plans[0].goals[0].updates[0].percent",
        "between 0 and 100",
    ),
    (
        _goal(updates=[{"on": "2026-01-01", "status": "fine"}]),
        "plans[0].goals[0].updates[0].status",
        "not one of: not started, on track",
    ),
    (_goal(files=[{"name": "a.txt"}]), "plans[0].goals[0].files[0].data", "missing"),
    (_goal(files=[{"name": "a.txt", "data": "%%%"}]), "plans[0].goals[0].files[0].data", "Base64"),
    (_goal(files=[{"name": "a.txt", "data": 7}]), "plans[0].goals[0].files[0].data", "Base64"),
    (_measure(baseline="n/a"), "plans[0].goals[0].measures[0].baseline", "says that there is no number"),
    (_measure(baseline="1.2M"), "plans[0].goals[0].measures[0].baseline", "may be 1,200,000"),
    (_measure(minimum_group="ten"), "plans[0].goals[0].measures[0].minimum_group", "not a whole number"),
    (_goal(deadline="14-Oct"), "plans[0].goals[0].deadline", "has no year"),
    (_goal(updates=[{"on": "June 2027", "status": "on track"}]), "plans[0].goals[0].updates[0].on", "names no day"),
    (_measure(baseline=True), "plans[0].goals[0].measures[0].baseline", "not what belongs here"),
    (_measure(baseline=10**400), "plans[0].goals[0].measures[0].baseline", "not what belongs here"),
    (_measure(baseline=float("nan")), "plans[0].goals[0].measures[0].baseline", "“nan” is not what belongs here"),
    (_measure(minimum_group=2**60), "plans[0].goals[0].measures[0].minimum_group", "too large"),
    (_measure(minimum_group=2.5), "plans[0].goals[0].measures[0].minimum_group", "not what belongs here"),
    (_measure(strategy_id="x"), "plans[0].goals[0].measures[0].strategy_id", "no field of this name"),
    (_measure(band_low=5, band_high=4), "plans[0].goals[0].measures[0].band_low", "lower end"),
    (_measure(observations=[{"value": 1}]), "plans[0].goals[0].measures[0].observations[0].period_end", "missing"),
    (
        _measure(observations=[{"period_end": "2026-06-30"}]),
        "plans[0].goals[0].measures[0].observations[0].value",
        "missing",
    ),
    ({"plans": [{"statements": [{"heading": "x"}]}]}, "plans[0].statements[0].kind", "missing"),
    ({"plans": [{"owner": "x"}]}, "plans[0].owner", "no field of this name"),
    ({"plans": {}}, "plans", "a list belongs here"),
    ({"plans": None}, "plans", "a list belongs here"),
    ({"organization": "Otter Creek"}, "organization", "an object in braces"),
    ({"organization": {"logo": "x.png"}}, "organization.logo", "an object in braces"),
    ({"organization": {"logo_sha256": 5}}, "organization.logo_sha256", "not what belongs here"),
    ({"policies": [{"code": "1", "series": "77"}]}, "policies[0].series", "none called “77”"),
    ({"people": [{"role": "king"}]}, "people[0].role", "not one of: board member"),
    ({"goals": []}, "goals", "no field of this name"),
]


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One plan for all wrong values: none of them may change it."""
    folder = tmp_path_factory.mktemp("untouched")
    workspace = factories.create(folder / "Untouched.planstudio", folder / "data")
    yield workspace
    workspace.close()


@pytest.mark.parametrize(("given", "where", "words"), WRONG, ids=[f"{n}-{case[1]}" for n, case in enumerate(WRONG)])
def test_a_wrong_value_is_told_in_one_sentence_with_its_place(
    given: dict[str, Any], where: str, words: str, untouched: Workspace, tmp_path: Path
) -> None:
    before = factories.dump(untouched)
    with pytest.raises(PlanStudioError) as refused:
        _load(untouched, json.dumps(HEAD | given), tmp_path)
    said = str(refused.value)
    assert said.startswith(where)
    assert words in said
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 300
    assert factories.dump(untouched) == before


NOT_OURS = [
    ("", "not JSON"),
    ("{", "not JSON: .* at line 1"),
    ('{"format": "planstudio",\n "version": 1,,}', "at line 2"),
    ("[]", 'begin with "format": "planstudio"'),
    ("null", 'begin with "format": "planstudio"'),
    ('{"format": "other", "version": 1}', 'begin with "format": "planstudio"'),
    ('{"format": ["planstudio"], "version": 1}', 'begin with "format": "planstudio"'),
    ('{"format": "planstudio"}', "another version than 1"),
    ('{"format": "planstudio", "version": 2}', "another version than 1"),
    ('{"format": "planstudio", "version": 1, "plans": ' + "[" * 100_000 + "]" * 100_000 + "}", "too deeply"),
    ('{"format": "planstudio", "version": ' + "1" * 5_000 + "}", "too long to be read"),
]


@pytest.mark.parametrize(("text", "words"), NOT_OURS, ids=[words for _text, words in NOT_OURS])
def test_what_is_no_plan_is_refused_in_a_sentence(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=words):
        plan_json.read(text, tmp_path)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nothing.png", "nothing.png cannot be read: No such file"),
        ("files", "cannot be read: Is a directory"),
        ("../secret.txt", "does not lie in the folder of the JSON"),
        ("/etc/hostname", "does not lie in the folder of the JSON"),
        ("files/../../secret.txt", "does not lie in the folder"),
        ("link.txt", "does not lie in the folder"),
        (7, "has to be a text"),
        ("a\x00b", "has to be a text"),
    ],
)
def test_a_file_that_cannot_or_must_not_be_read_is_told(path: object, words: str, folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    with pytest.raises(Unreadable, match=words):
        plan_json.read(json.dumps(HEAD | _goal(files=[{"path": path}])), folder)


def test_a_file_too_large_for_a_plan_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_json, "MOST_BYTES", 3)
    with pytest.raises(Unreadable, match="too large"):
        plan_json.read(json.dumps(HEAD | _goal(files=[{"path": "chart.png"}])), folder)


@pytest.mark.parametrize(
    ("text", "is_plan"),
    [
        ('{"format": "planstudio"', True),
        ('\ufeff\n {"version": 1, "format": "planstudio"}', True),
        ("Mission: the planstudio", False),
        ('{"mission": ["We teach."]}', False),
        ("", False),
    ],
)
def test_a_plan_in_json_is_told_from_a_document(text: str, is_plan: bool) -> None:
    assert plan_json.is_plan(text) is is_plan


def test_days_and_numbers_may_be_written_as_people_do(workspace: Workspace) -> None:
    measure = {
        "name": "Readers", "baseline": "61,5", "target": " 75 % ", "target_on": "June 2027", "minimum_group": "12",
        "observations": [{"period_end": "Q3 2026", "value": "−5"}, {"period_end": "30-Jun-26", "value": "1,234.5"}],
    }  # fmt: skip
    goal = {"title": "Reading", "deadline": "FY28", "owner": "Pat O’Neil", "measures": [measure], "strategies": [
        {"title": "Coach", "start": "Aug 2026", "due": "46568", "owner": "pat o'neil"}, {"title": "Sing", "due": ""},
    ]}  # fmt: skip
    workspace.do("Load", load, {"plans": [{"id": "plan-1", "goals": [goal]}]})
    (made,) = workspace.ask(plan_book, "plan-1", date(2026, 11, 1)).goals
    assert (made.deadline, made.owner) == (date(2028, 6, 30), "Pat O’Neil")
    first, second = made.strategies
    assert (first.start, first.due, first.owner) == (date(2026, 8, 1), date(2027, 6, 30), "Pat O’Neil")
    assert second.due is None
    (readers,) = made.measures
    assert (readers.baseline, readers.target, readers.target_on) == (61.5, 75, date(2027, 6, 30))
    assert [(one.period_end, one.value) for one in readers.observations] == [
        (date(2026, 6, 30), 1234.5),
        (date(2026, 9, 30), -5),
    ]
