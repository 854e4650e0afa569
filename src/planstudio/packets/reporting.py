"""All that a report prints, asked of an open plan as it stands or as it stood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from planstudio.domain.cards import PlanBook
from planstudio.domain.changes import Past
from planstudio.domain.errors import InvalidInput, NotFound
from planstudio.domain.reporting import ReportData
from planstudio.i18n import _, long_date
from planstudio.packets.snapshots import end_of
from planstudio.queries.plans import current_plan, origins, plan_book
from planstudio.queries.reporting import report_data
from planstudio.workspace import Reader

T = TypeVar("T")


def report(
    plans: Reader, name: str, *, meeting_id: str | None = None, goal_id: str | None = None,
    policy_id: str | None = None, since: date | None = None, until: date | None = None,
    at: Past | None = None, before: Past | None = None,
) -> ReportData:  # fmt: skip
    """All that the report called *name* prints; of a redline *since* is the earlier moment, and *until* the later.

    *at* prints another plan of the file, or a plan as it stood; *before* is what a redline compares it with.
    """
    today = plans.clock.today()
    if before is not None:
        return _compared(plans, name, policy_id, before, at or Past(before.plan_id, None, today, ""))
    if name == "redline":
        return _redline(plans, at.plan_id if at else plans.ask(current_plan), policy_id, since, until)
    about = {"meeting_id": meeting_id, "goal_id": goal_id, "policy_id": policy_id, "since": since, "until": until}
    return _at(plans, at or Past(plans.ask(current_plan), None, today, ""), report_data, name, **about)


def _compared(plans: Reader, name: str, policy_id: str | None, before: Past, later: Past) -> ReportData:
    data = _at(plans, later, report_data, name, policy_id=policy_id)
    same = plans.ask(origins, later.plan_id) if later.plan_id != before.plan_id else {}
    old = book_at(plans, before)
    return replace(data, before=old, before_words=before.words, after_words=later.words, origins=same)


def _redline(plans: Reader, plan: str, policy_id: str | None, since: date | None, until: date | None) -> ReportData:
    """A plan beside itself as it stood on the day *since*."""
    if since is None:
        raise InvalidInput(_("Choose the day to compare with."), field="since")
    try:
        earlier = plans.ask_as_of(end_of(since), plan_book, plan, since, long_date(since))
    except NotFound as error:
        words = _("There was no plan in this file on {day} yet. Choose a later day.")
        raise InvalidInput(words.format(day=long_date(since)), field="since") from error
    today, day = plans.clock.today(), ""
    if until is None or until >= today:
        data = plans.ask(report_data, "redline", plan, today, policy_id=policy_id)
    else:
        day = long_date(until)
        data = plans.ask_as_of(end_of(until), report_data, "redline", plan, until, policy_id=policy_id, as_of=day)
    return replace(data, before=earlier, before_words=long_date(since), after_words=day)


def _at(plans: Reader, past: Past, query: Callable[..., T], *first: Any, **about: Any) -> T:
    """Ask about a plan as it stands, or as it stood."""
    if past.step is None:
        return plans.ask(query, *first, past.plan_id, past.day, **about)
    return plans.ask_at(past.step, query, *first, past.plan_id, past.day, as_of=past.words, **about)


def book_at(plans: Reader, past: Past) -> PlanBook:
    """The whole plan at a moment."""
    return _at(plans, past, plan_book)
