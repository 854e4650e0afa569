"""Words that the board has adopted: they change by a new version, not by typing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import PolicyState
from planstudio.i18n import _, long_date

# What a board adopts of a statement, of its entries, and of a policy. All else stays free: owners, reviews, links.
STATEMENT_WORDS = frozenset(("kind", "heading", "question", "lead", "body", "title", "text", "evidence"))
POLICY_WORDS = frozenset(("title", "body"))


def is_adopted_policy(state: PolicyState) -> bool:
    """Whether its text is the board's: also while it is looked through, and after it was repealed."""
    return state in (PolicyState.ADOPTED, PolicyState.UNDER_REVIEW, PolicyState.REPEALED)


def statement_notice(adopted_on: date) -> str:
    words = _("These words were adopted on {day}. Take the date off to change or delete them; undo puts both back.")
    return words.format(day=long_date(adopted_on))


def policy_notice() -> str:
    return _("These words were adopted. They change by a new version and two readings, not by typing.")


def check_statement(adopted_on: date | None, changed: Iterable[str]) -> None:
    """Refuse new words where the day of adoption would then be false."""
    fields = [name for name in changed if name in STATEMENT_WORDS]
    if adopted_on is not None and fields:
        raise InvalidInput(statement_notice(adopted_on), field=fields[0])


def check_policy_goes(state: PolicyState) -> None:
    """Refuse to delete what the board adopted: that is repealed, and stays in the manual's history."""
    if is_adopted_policy(state):
        words = _(
            "The board adopted this policy: repeal it. If that is wrong, set its state to draft and delete it then."
        )
        raise InvalidInput(words, field="state")


def check_policy(state: PolicyState, changed: Iterable[str]) -> None:
    fields = [name for name in changed if name in POLICY_WORDS]
    if is_adopted_policy(state) and fields:
        raise InvalidInput(policy_notice(), field=fields[0])
