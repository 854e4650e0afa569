"""Pairs of fields that contradict each other are asked about, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planstudio.domain.agenda import MonitoringRow
from planstudio.domain.cards import HiddenRow, MeasureCard, MilestoneRow, ObservationRow, PersonCard, UpdateCard
from planstudio.domain.coded import Bound
from planstudio.domain.kinds import Direction, PersonRole, Status, Verdict
from planstudio.domain.measures import overall, verdict_of
from planstudio.domain.places import Place
from planstudio.domain.plausibility import (
    about_goal,
    about_measure,
    about_monitoring,
    about_plan,
    about_strategy,
    doubts,
)
from reports import books

TODAY = date(2026, 10, 14)
LOWER, BAND = Direction.LOWER, Direction.BAND


def measure(*values: float, **fields: object) -> MeasureCard:
    """A sound measure in percent, from 18 down to 10, with *fields* changed."""
    rows = tuple(ObservationRow("", date(2024 + n, 6, 30), value) for n, value in enumerate(values))
    sound: dict[str, object] = {
        "unit": "%", "direction": LOWER, "baseline": 18.0, "kept_baseline": 18.0, "baseline_on": date(2023, 6, 30),
        "target": 10.0, "target_on": date(2027, 6, 30), "interim": "", "observations": rows, "kept": rows,
    }  # fmt: skip
    return replace(books.measure(), **(sound | fields))  # type: ignore[arg-type]


def asked(card: MeasureCard) -> list[str]:
    return [one.field for one in about_measure(card, "1", TODAY)]


def test_a_direction_away_from_the_target_is_asked_about_and_never_met() -> None:
    card = measure(17.0, direction=Direction.HIGHER)
    (one,) = about_measure(card, "1.1", TODAY)
    assert (one.table, one.field, one.number) == ("measure", "direction", "1.1")
    assert one.words.startswith("Higher is better, and the target 10% lies below the baseline 18%.")
    assert verdict_of(card) is Verdict.UNCLEAR
    assert verdict_of(measure(9.0)) is Verdict.MET
    assert verdict_of(measure(direction=Direction.HIGHER)) is Verdict.NO_DATA


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"band_low": 20.0, "band_high": 10.0, "direction": BAND, "target": None}, "band_low"),
        ({"band_low": 11.0, "band_high": 12.0, "direction": BAND}, "target"),
        ({"target_on": date(2023, 6, 30)}, "target_on"),
        ({"target_on": date(2022, 6, 30)}, "target_on"),
        ({"interim": "2025: 16; 2026: 17"}, "interim"),
        ({"interim": "2025: 16; 2026: 9"}, "interim"),
        ({"interim": "2025: 16; 2029: 12"}, "interim"),
        ({"target": 0.1}, "target"),
        ({"target": 1000.0, "direction": Direction.HIGHER}, "target"),
    ],
)
def test_what_a_measure_aims_at_holds_together(fields: dict[str, object], field: str) -> None:
    assert field in asked(measure(17.0, **fields))


@pytest.mark.parametrize("values", [(0.615,), (17.0, 615.0), (-17.0,)])
def test_a_share_that_can_hardly_be_one_is_asked_about_and_not_judged(values: tuple[float, ...]) -> None:
    card = measure(*values)
    assert asked(card) == ["observations"]
    assert verdict_of(card) is Verdict.UNCLEAR


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ((17.0, 16.0), {}),
        ((17.0,), {"interim": "2025: 16; 2026: 13; 2027: 11"}),
        ((0.615, -3.0, 615.0), {"unit": "$"}),
        ((17.0,), {"baseline": None, "kept_baseline": None}),
        ((17.0,), {"target": None}),
        ((17.0,), {"direction": BAND, "band_low": 5.0, "band_high": 12.0}),
        ((2.0, 0.9), {"baseline": 3.0, "kept_baseline": 3.0, "target": 0.5}),  # small shares are usual here
        ((105.0, 112.0), {"baseline": 104.0, "kept_baseline": 104.0, "target": 90.0}),  # and large ones there
    ],
)
def test_of_what_is_sound_nothing_is_asked(values: tuple[float, ...], fields: dict[str, object]) -> None:
    assert asked(measure(*values, **fields)) == []


def test_a_doubtful_figure_is_not_met_because_it_is_told_by_its_bound() -> None:
    kept = (ObservationRow("", date(2026, 6, 30), 0.125),)
    card = measure(kept=kept, observations=(replace(kept[0], value=Bound(1, "<")),))
    assert verdict_of(card) is Verdict.UNCLEAR
    assert asked(card) == ["observations"]


def test_groups_are_not_larger_than_everyone_and_students_are_whole() -> None:
    june = date(2026, 6, 30)
    rows = (ObservationRow("", june, 60.0, 100), ObservationRow("EL", june, 50.0, 120))
    (one,) = about_measure(measure(kept=rows, observations=rows), "1", TODAY)
    assert one.words.startswith("EL, Jun 30, 2026: 120 students are more than the 100 of everyone.")
    rows = (ObservationRow("", june, 60.0), ObservationRow("EL", june, 70.5))
    said = [one.words for one in about_measure(measure(kept=rows, observations=rows, unit="students"), "1", TODAY)]
    assert any("70.5 is no whole number of students" in words for words in said)
    assert any("more than the 60 of everyone" in words for words in said)


def test_a_hidden_figure_is_asked_about_without_telling_it() -> None:
    june = date(2026, 6, 30)
    kept = (ObservationRow("", june, 17.0, 100), ObservationRow("EL", june, 612.25, 4))
    (one,) = about_measure(measure(kept=kept, observations=kept[:1], hidden=(HiddenRow("EL", june),)), "1", TODAY)
    assert "612" not in one.words
    (one,) = about_measure(measure(kept=kept, observations=kept[:1]), "1", TODAY, recording=True)
    assert "612.25%" in one.words


def test_figures_stand_in_their_time() -> None:
    early, late = ObservationRow("", date(2006, 6, 30), 17.0), ObservationRow("", date(2062, 6, 30), 16.0)
    words = [one.words for one in about_measure(measure(kept=(early, late), observations=(early, late)), "1", TODAY)]
    assert ["2062" in one for one in words] == [True, False]
    assert "long before the baseline" in words[1]


def test_what_is_coded_is_judged_only_where_the_rest_does_not_matter() -> None:
    def of(*values: float, **fields: object) -> Verdict:
        return verdict_of(measure(*values, **fields))

    assert of(Bound(5, "<")) is Verdict.MET
    assert of(Bound(20, "<")) is Verdict.UNCLEAR
    assert of(Bound(20, "<"), target=None) is Verdict.UNCLEAR
    assert of(Bound(95, ">")) is Verdict.FLAT


def test_a_goal_is_not_met_while_a_measure_cannot_be_judged() -> None:
    met, unclear, improved, flat = Verdict.MET, Verdict.UNCLEAR, Verdict.IMPROVED, Verdict.FLAT
    assert overall([met, unclear]) is unclear
    assert overall([improved, unclear]) is improved
    assert overall([flat, unclear]) is flat


# Strategies, goals, the plan


def update(on: date, status: Status = Status.ON_TRACK, percent: int | None = None) -> UpdateCard:
    return UpdateCard("u", on, status, percent, "", "", "")


def test_days_of_a_strategy_hold_together() -> None:
    book = books.book()
    goal = replace(books.goal(), deadline=date(2027, 6, 30), updates=(), owner_id=None)
    plan = replace(book.plan, period_start=date(2025, 7, 1), period_end=date(2028, 6, 30))
    sound = replace(
        books.strategy(), start=date(2026, 1, 1), due=date(2027, 5, 1), milestones=(), updates=(), owner_id="p"
    )
    sound = replace(sound, status=Status.ON_TRACK, percent=10)

    def asked_of(**fields: object) -> list[tuple[str, str]]:
        people = {"p": PersonCard("p", "Ann Lee", "", PersonRole.STAFF, term_end=date(2030, 1, 1))}
        people = fields.pop("people", people)  # type: ignore[assignment]
        card = replace(sound, **fields)  # type: ignore[arg-type]
        return [(one.table, one.field) for one in about_strategy(card, goal, plan, TODAY, people)]

    assert asked_of() == []
    assert asked_of(due=date(2025, 12, 1)) == [("strategy", "due")]
    assert asked_of(due=date(2027, 7, 1)) == [("strategy", "due")]
    assert asked_of(start=date(2006, 1, 1)) == [("strategy", "start")]
    assert asked_of(updates=(update(date(2025, 9, 1)),)) == [("strategy", "start")]
    assert asked_of(updates=(update(date(2026, 12, 1)),)) == [("strategy", "updated_on")]
    assert asked_of(percent=100, updates=(update(TODAY, percent=100),)) == [("strategy", "status")]
    assert asked_of(updates=(update(TODAY, Status.COMPLETED, 80),)) == [("strategy", "percent")]
    assert asked_of(updates=(update(TODAY, Status.NOT_STARTED, 20),)) == [("strategy", "status")]
    gone = {"p": PersonCard("p", "Ann Lee", "", PersonRole.STAFF, term_end=date(2026, 6, 30))}
    assert asked_of(people=gone) == [("strategy", "owner")]
    assert asked_of(people={"p": replace(gone["p"], term_end=TODAY)}) == [], (
        "whose term ends today still looks after it"
    )
    for step in (
        MilestoneRow("m", "Pilot", due=date(2027, 5, 2)),
        MilestoneRow("m", "Pilot", due=date(2025, 12, 31)),
    ):
        assert asked_of(milestones=(step,)) == [("milestone", "due")]
    assert asked_of(milestones=(MilestoneRow("m", "Pilot", done_on=date(2026, 12, 1)),)) == [("milestone", "done_on")]
    assert asked_of(status=Status.COMPLETED, percent=100, milestones=(MilestoneRow("m", "Pilot"),)) == [
        ("milestone", "done_on")
    ]
    (late,) = about_goal(replace(goal, deadline=date(2072, 6, 30)), plan, TODAY, {})
    assert (late.table, late.field, late.page) == ("goal", "deadline", Place("goal", goal.id))


def test_the_plans_own_days_and_the_calendar_of_reports() -> None:
    plan = replace(
        books.book().plan, period_start=date(2028, 7, 1), period_end=date(2025, 6, 30), adopted_on=date(2027, 1, 1)
    )
    assert [one.field for one in about_plan(plan, TODAY)] == ["period_end", "adopted_on"]
    rows = [
        MonitoringRow("a", None, "Reading", date(2026, 12, 1), date(2019, 3, 3)),
        MonitoringRow("b", None, "Reading", date(2026, 9, 1), date(2026, 10, 1)),
        MonitoringRow("c", None, "Reading", date(2026, 10, 1), date(2026, 11, 1)),
    ]
    found = about_monitoring(rows, TODAY)
    assert [one.id for one in found] == ["a", "c"]
    assert found[0].words.startswith("It stands in December 2026 and was reported on Mar 3, 2019.")


def test_a_sound_plan_is_printed_without_questions() -> None:
    assert doubts(books.book()) == ()
