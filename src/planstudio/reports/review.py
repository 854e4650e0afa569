"""Which policies are due for review, what they support, and how that stands. It needs a wide page."""

from __future__ import annotations

from collections import Counter

from planstudio.domain.cards import PlanBook, PolicyCard
from planstudio.domain.kinds import PolicyState
from planstudio.domain.reviews import Due, Review, reviews, supported_goals
from planstudio.domain.words import word
from planstudio.i18n import _, medium_date, ngettext
from planstudio.reports import goals, standings
from planstudio.reports.story import Story
from planstudio.reports.tagged.box import Box
from planstudio.reports.wording import said


def review_list(story: Story, book: PlanBook) -> None:
    """The policies by the day they are due, those that wait longest first."""
    story.title(_("Policies to review"), kicker=book.organization.board_name)
    found = reviews(book)
    if not found:
        story.quiet(_("There are no policies to review."))
        return
    story.p(review_sentence(found), story.styles.lead)
    told = _("Due is the last day of adoption, revision or review, and the months of the policy’s cycle after it.")
    story.p(told, story.styles.note)
    table = story.table([68.0, 0.0, 82.0, 72.0, 88.0, 100.0, 176.0])
    table.set_head(
        story.heads(
            _("Code"), _("Title"), _("Last looked at"), _("Cycle"), _("Due"), _("Standing"), _("Goals supported")
        )
    )
    for due in Due:
        rows = [review for review in found if review.due is due]
        if rows:
            table.add_section(story.cell(f"{said(due)}: {len(rows)}", story.styles.section))
        for review in rows:
            table.add_row(_row(story, review, book))


def review_sentence(found: list[Review]) -> str:
    count = Counter(review.due for review in found)
    words = ngettext(
        "Of {all} policy: {late} overdue, {soon} due within a year, {none} without a cycle or a day to count from.",
        "Of {all} policies: {late} overdue, {soon} due within a year, {none} without a cycle or a day to count from.",
        len(found),
    )
    return words.format(all=len(found), late=count[Due.OVERDUE], soon=count[Due.SOON], none=count[Due.UNKNOWN])


def _row(story: Story, review: Review, book: PlanBook) -> list[Box | list[Box]]:
    policy, styles = review.policy, story.styles
    title: list[Box] = [story.cell(policy.title or "–")]
    if policy.owner:
        title.append(story.cell(policy.owner, styles.cell_quiet))
    day = medium_date(review.on) if review.on else "–"
    late = review.due is Due.OVERDUE
    return [
        story.cell(policy.code or "–", styles.cell_bold),
        title,
        story.cell(medium_date(review.last) if review.last else _("never")),
        story.cell(cycle_words(policy)),
        standings.marked(story, review.due, day) if late else story.cell(day),
        _standing(story, policy),
        _supported(story, policy, book),
    ]


def cycle_words(policy: PolicyCard) -> str:
    if not policy.review_months:
        return _("none")
    if policy.review_months % 12 == 0:
        years = policy.review_months // 12
        return ngettext("{n} year", "{n} years", years).format(n=years)
    return ngettext("{n} month", "{n} months", policy.review_months).format(n=policy.review_months)


def _standing(story: Story, policy: PolicyCard) -> list[Box]:
    boxes: list[Box] = [story.cell(word(policy.state))]
    return [*boxes, *(story.cell(words, story.styles.cell_quiet) for words in readings(policy))]


def readings(policy: PolicyCard) -> list[str]:
    """The days of the readings, while the policy is on its way."""
    if policy.state in (PolicyState.ADOPTED, PolicyState.REPEALED):
        return []
    days = ((_("first reading {date}"), policy.first_reading), (_("second reading {date}"), policy.second_reading))
    return [words.format(date=medium_date(day)) for words, day in days if day]


def _supported(story: Story, policy: PolicyCard, book: PlanBook) -> list[Box]:
    boxes: list[Box] = []
    for goal in supported_goals(policy, book):
        boxes.append(story.cell(goals.name(goal), story.styles.cell_bold))
        boxes.append(standings.status(story, goal, book.today, look=story.styles.cell))
    return boxes or [story.cell("–")]
