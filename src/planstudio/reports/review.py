"""Which policies are due for review, what they support, and how that stands. It needs a wide page."""

from __future__ import annotations

from collections import Counter

from planstudio.domain.cards import GoalCard, PlanBook, PolicyCard
from planstudio.domain.kinds import PolicyState
from planstudio.domain.reporting import ReportData, Table
from planstudio.domain.reviews import Due, Review, reviews, supported_goals
from planstudio.domain.words import word
from planstudio.i18n import _, medium_date, ngettext
from planstudio.reports import standings
from planstudio.reports.columns import DATE, NUMBER, Column, Columns
from planstudio.reports.goal_names import goal_label
from planstudio.reports.wording import day, said, status_word
from planstudio.reports.writer import Writer
from taggedpdf.box import Box


def review_list(writer: Writer, book: PlanBook) -> None:
    """The policies by the day they are due, those that wait longest first."""
    writer.title(_("Policies to review"), kicker=book.organization.board_name)
    found = reviews(book)
    if not found:
        writer.quiet(_("There are no policies to review."))
        return
    writer.p(review_sentence(found), writer.styles.lead)
    told = _("Due is the last day of adoption, revision or review, and the months of the policy’s cycle after it.")
    writer.p(told, writer.styles.note)
    columns = _columns(book)
    table = columns.begin(writer)
    for due in Due:
        if rows := [review for review in found if review.due is due]:
            columns.add(writer, table, rows, f"{said(due)}: {len(rows)}")


def sheet(data: ReportData) -> Table:
    """Every policy with a cycle on a line of a spreadsheet."""
    return _columns(data.book).sheet(_("Policies to review"), reviews(data.book))


def _columns(book: PlanBook) -> Columns[Review]:
    def supported(row: Review) -> list[GoalCard]:
        return list(supported_goals(row.policy, book))

    return Columns(
        Column(_("Code"), lambda row: row.policy.code, width=68, bold=True),
        Column(_("Title"), lambda row: row.policy.title, cell=_title, width=0),
        Column(_("Owner"), lambda row: row.policy.owner),
        Column(_("Last looked at"), lambda row: row.last, DATE, _last, width=82),
        Column(_("Cycle"), cell=lambda w, row: w.cell(cycle_words(row.policy)), width=72),
        Column(_("Cycle in months"), lambda row: row.policy.review_months, NUMBER),
        Column(_("Due"), lambda row: row.on, DATE, cell=_due, width=88),
        Column(_("When"), lambda row: said(row.due)),
        Column(_("Standing"), lambda row: word(row.policy.state), cell=_standing, width=100),
        Column(_("First reading"), lambda row: row.policy.first_reading, DATE),
        Column(_("Second reading"), lambda row: row.policy.second_reading, DATE),
        Column(
            _("Goals supported"), lambda row: ", ".join(goal.number for goal in supported(row)), width=176,
            cell=lambda w, row: _supported(w, supported(row), book),
        ),
        Column(_("Their status"), lambda row: ", ".join(status_word(goal, book.today) for goal in supported(row))),
    )  # fmt: skip


def review_sentence(found: list[Review]) -> str:
    count = Counter(review.due for review in found)
    words = ngettext(
        "Of {all} policy: {late} overdue, {soon} due within a year, {none} without a cycle or a day to count from.",
        "Of {all} policies: {late} overdue, {soon} due within a year, {none} without a cycle or a day to count from.",
        len(found),
    )
    return words.format(all=len(found), late=count[Due.OVERDUE], soon=count[Due.SOON], none=count[Due.UNKNOWN])


def _title(writer: Writer, row: Review) -> list[Box]:
    below = [row.policy.owner] if row.policy.owner else []
    return [writer.cell(row.policy.title or "–"), *writer.cells(*below, look=writer.styles.cell_quiet)]


def _last(writer: Writer, row: Review) -> Box:
    return writer.cell(medium_date(row.last) if row.last else _("never"))


def _due(writer: Writer, row: Review) -> Box:
    words = day(row.on)
    return standings.marked(writer, row.due, words) if row.due is Due.OVERDUE else writer.cell(words)


def cycle_words(policy: PolicyCard) -> str:
    if not policy.review_months:
        return _("none")
    if policy.review_months % 12 == 0:
        years = policy.review_months // 12
        return ngettext("{n} year", "{n} years", years).format(n=years)
    return ngettext("{n} month", "{n} months", policy.review_months).format(n=policy.review_months)


def _standing(writer: Writer, row: Review) -> list[Box]:
    """With the days of the readings, while the policy is on its way."""
    policy, below = row.policy, []
    if policy.state not in (PolicyState.ADOPTED, PolicyState.REPEALED):
        days = ((_("first reading {date}"), policy.first_reading), (_("second reading {date}"), policy.second_reading))
        below = [words.format(date=medium_date(day)) for words, day in days if day]
    return [writer.cell(word(policy.state)), *writer.cells(*below, look=writer.styles.cell_quiet)]


def _supported(writer: Writer, supported: list[GoalCard], book: PlanBook) -> list[Box]:
    boxes: list[Box] = []
    for goal in supported:
        boxes.append(writer.cell(goal_label(goal), writer.styles.cell_bold))
        boxes.append(standings.status(writer, goal, book.today, look=writer.styles.cell))
    return boxes or [writer.cell("–")]
