"""The show command, and the plan as it stood at a moment that is typed."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from planstudio.cli import arguments as takes
from planstudio.cli.opening import reading
from planstudio.cli.terminal import say, say_json
from planstudio.domain import dates
from planstudio.domain.cards import PlanBook
from planstudio.domain.dates import Doubt, End
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Access
from planstudio.i18n import _, long_date

if TYPE_CHECKING:
    from planstudio.workspace import Workspace


@takes.command(
    "print the whole plan",
    takes.PLAN,
    takes.as_json("as JSON, in the field names of the import"),
    takes.AS_OF,
    takes.given("as this audience is given it (as it is in the house)"),
)
def show(arguments: Namespace) -> None:
    with reading(arguments.plan) as workspace:
        book = _given(workspace, arguments)
    if arguments.json:
        from planstudio.exchange.plan_form import book_form

        say_json(book_form(book))
    else:
        from planstudio.exchange.plan_text import book_lines

        for line in book_lines(book):
            say(line)


def _given(workspace: Workspace, arguments: Namespace) -> PlanBook:
    """The plan as it is in the house, or as the audience that is named gets it."""
    if not arguments.audience:
        return book_of(workspace, arguments.as_of)
    if arguments.as_of:
        raise InvalidInput(_("What others are given is given as it is now. Leave out --as-of."), field="as_of")
    from planstudio.queries.plans import current_plan, plan_book

    with closing(workspace.snapshot_for(Access(arguments.audience))) as given:
        return given.ask(plan_book, given.ask(current_plan), workspace.clock.today())


def book_of(workspace: Workspace, as_of: str | None) -> PlanBook:
    """The whole plan, now or at the moment that is typed in *as_of*."""
    from planstudio.queries.plans import current_plan, plan_book

    today = workspace.clock.today()
    if not as_of:
        return workspace.ask(plan_book, workspace.ask(current_plan), today)
    moment = _moment(as_of)
    plan_id = workspace.ask_as_of(moment, current_plan)
    return workspace.ask_as_of(moment, plan_book, plan_id, moment.date(), long_date(moment.date()))


def _moment(text: str) -> datetime:
    """A moment as typed; a day alone is its end."""
    words = _("“{text}” is not a date like 2026-10-14 or 2026-10-14T18:30.").format(text=text)
    try:
        day, at = typed_moment(text, words, "as_of")
        moment = at or datetime.combine(day, time.max)
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError) as error:
        raise InvalidInput(words, field="as_of") from error


def typed_moment(text: str, refusal: str, field: str) -> tuple[date, datetime | None]:
    """The day in *text*, in any usual spelling, and its time where one is typed: 2026-10-14T18:30."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        said = dates.read(text)
        if said.doubt is Doubt.NO_DATE:
            raise InvalidInput(refusal, field=field) from None
        return dates.day_of(text, End.DAY, field), None
    return moment.date(), moment if len(text) > 10 else None
