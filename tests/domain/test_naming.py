"""What a district calls its levels and statuses, wherever the program speaks of them."""

from __future__ import annotations

import pytest

from planstudio.domain import naming
from planstudio.domain.cards import OrganizationCard
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Compliance, GoalKind, Status, Verdict
from planstudio.domain.words import table_word, word
from planstudio.i18n import _, ngettext

LEVELS = "goal=Priority, Priorities\nstrategy=Initiative, Initiatives"
STATUSES = "on track=Green light\ncompliant=Meets it\nmet=Reached"


def speak(levels: str = "", statuses: str = "") -> None:
    naming.use(OrganizationCard("o", "District", level_words=levels, status_words=statuses))


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("Goal", "Priority"),
        ("Add a strategy", "Add an initiative"),
        ("Goals", "Priorities"),
        ("Add several goals", "Add several priorities"),
        ("Goal {n}", "Priority {n}"),
        ("The {goal} has a goal", "The {goal} has a priority"),
        ("Goalkeeper", "Goalkeeper"),
    ],
)
def test_the_words_of_a_level_stand_wherever_the_program_speaks_of_it(english: str, said: str) -> None:
    speak(LEVELS)
    assert _(english) == said


def test_counts_and_kinds_are_said_in_the_districts_words() -> None:
    speak(LEVELS)
    assert ngettext("{n} strategy has had no update yet", "{n} strategies have had no update yet", 2) == (
        "{n} initiatives have had no update yet"
    )
    assert word(GoalKind.GOAL) == "Priority"
    assert table_word("strategy") == "Initiative"


def test_a_word_of_capitals_stays_so() -> None:
    speak("goal=SMART goal, SMART goals")
    assert _("Add a goal") == "Add a SMART goal"


def test_each_set_of_statuses_has_its_words() -> None:
    speak("", STATUSES)
    assert [word(one) for one in (Status.ON_TRACK, Compliance.COMPLIANT, Verdict.MET)] == [
        "Green light", "Meets it", "Reached",
    ]  # fmt: skip
    assert word(Status.AT_RISK) == "At risk"


def test_another_districts_file_is_not_spoken_of_in_these_words() -> None:
    speak(LEVELS, STATUSES)
    speak()
    assert _("Add a strategy") == "Add a strategy"
    assert word(Status.ON_TRACK) == "On track"


def test_words_are_kept_and_read_again() -> None:
    levels = naming.read_levels(LEVELS)
    assert levels == {"goal": ("Priority", "Priorities"), "strategy": ("Initiative", "Initiatives")}
    assert naming.levels_text(levels) == LEVELS
    assert naming.statuses_text(naming.read_statuses(STATUSES)) == STATUSES


@pytest.mark.parametrize(
    ("statuses", "why"),
    [
        ({Status.ON_TRACK: "At risk"}, "“At risk” stands for two statuses."),
        ({Status.ON_TRACK: "a=b"}, "at most 40"),
        ({Status.ON_TRACK: "x" * 41}, "at most 40"),
    ],
)
def test_statuses_that_cannot_be_told_apart_are_refused(statuses: dict[Status, str], why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        naming.statuses_text(statuses)


def test_statuses_may_change_their_words_with_one_another() -> None:
    assert naming.statuses_text({Status.ON_TRACK: "At risk", Status.AT_RISK: "On track"})


def test_a_level_needs_its_word_for_several() -> None:
    with pytest.raises(InvalidInput, match="several"):
        naming.levels_text({"goal": ("Priority", "")})


def test_what_is_kept_and_says_nothing_is_passed_over() -> None:
    assert naming.read_levels("goal\nroof=Roof, Roofs\ngoal=") == {}
    assert naming.read_statuses("on track\nbright=Yes\nat risk=") == {}
