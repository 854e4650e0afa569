"""Measures in tables: the newest years, the target, the bar between, and what the data rule says.

The measures of a goal and the scorecard of a whole plan are the same table.
Each row has one unit; a value that is not there is an en dash. A year's value
is the last figure for everyone in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfbase.pdfmetrics import stringWidth

from planstudio.domain.cards import GoalCard, MeasureCard, PlanBook
from planstudio.domain.kinds import Direction, Verdict
from planstudio.domain.words import word
from planstudio.i18n import _, amount, long_date, ngettext, number
from planstudio.reports import marks
from planstudio.reports.bar import bar
from planstudio.reports.figures import bar_text
from planstudio.reports.goal_names import goal_label
from planstudio.reports.style import S2, S3
from planstudio.reports.writer import Writer
from planstudio.richtext import plain
from taggedpdf.box import Box
from taggedpdf.figure import Figure
from taggedpdf.table import Table

_BAR, _RULE, _NAME = 64.0, 110.0, 112.0  # widths of the last two columns, and the least of the first
_LEAST, _NUMBER = 36.0, 74.0  # what a column of numbers takes
_YEARS = 3
_SIGNS = ("%", "$", "€", "£", "°", "")


@dataclass(frozen=True)
class Group:
    """Measures under one heading of the table.

    With *owners*, by a measure's id, each is told in short, and whom it belongs to.
    """

    name: str
    measures: Sequence[MeasureCard]
    owners: Mapping[str, str] | None = None


def table(writer: Writer, groups: Sequence[Group]) -> None:
    """A table of the measures in *groups*; the name of a single group is not repeated."""
    measures = [measure for group in groups for measure in group.measures]
    years = sorted({row.period_end.year for m in measures for row in m.observations if not row.student_group})[-_YEARS:]
    widths = _widths(measures, years)
    while years and writer.grid.text - sum(widths) < _NAME:
        years = years[1:]
        widths = _widths(measures, years)
    made = writer.table(widths)
    words = (_("Measure"), _("Baseline"), *map(str, years), _("Target"), _("Baseline to target"), _("Data rule"))
    made.set_head(writer.heads(*words, numbers=range(1, len(words) - 2)))
    for group in groups:
        if len(groups) > 1 and group.measures:
            made.add_section(writer.cell(group.name, writer.styles.section))
        for measure in group.measures:
            name = _name(writer, measure) if group.owners is None else _short(writer, measure, group.owners[measure.id])
            _row(writer, made, years, measure, name)


def _widths(measures: Sequence[MeasureCard], years: Sequence[int]) -> list[float]:
    """How wide each column must be; the first takes what is left."""
    texts = [[_("Baseline"), *(figure(m.baseline, m.unit) for m in measures)]]
    texts += [[str(year), *(figure(value_in(m, year), m.unit) for m in measures)] for year in years]
    texts.append([_("Target"), *(figure(m.target, m.unit) for m in measures)])
    wide = [max(stringWidth(text, "Sans-B", 9.5) for text in column) + S2 for column in texts]
    return [0.0, *(min(max(width, _LEAST), _NUMBER) for width in wide), _BAR + S3, _RULE]


def figure(value: float | None, unit: str) -> str:
    """A value in a column: with its sign, but without its word; an en dash when there is none."""
    if value is None:
        return "–"
    return amount(value, unit) if unit in _SIGNS else number(value)


def value_in(measure: MeasureCard, year: int) -> float | None:
    """The last figure for everyone in *year*."""
    values = [row.value for row in measure.observations if row.period_end.year == year and not row.student_group]
    return values[-1] if values else None


def _row(writer: Writer, made: Table, years: Sequence[int], measure: MeasureCard, name: Sequence[Box]) -> None:
    styles, newest = writer.styles, measure.newest
    cells = writer.cells(figure(measure.baseline, measure.unit), look=styles.number)
    for year in years:
        look = styles.number_bold if newest and newest.period_end.year == year else styles.number
        cells.append(writer.cell(figure(value_in(measure, year), measure.unit), look))
    cells.append(writer.cell(target_words(measure), styles.number))
    cells.append(writer.cell(_("not charted") if newest else _("no figures"), styles.cell_quiet))
    cells.append(writer.status(marks.VERDICT[measure.verdict], word(measure.verdict)))
    made.add_row([name, *cells])
    row = made.rows[-1]
    judged = measure.verdict is not Verdict.UNCLEAR
    if newest and judged and measure.baseline is not None and measure.target is not None:
        drawing = bar(measure.baseline, newest.value, measure.target, _BAR)
        row.cells[-2] = Figure(drawing, row.tags[-2].add("Figure", alt=bar_text(measure, newest.value)))


def target_words(measure: MeasureCard) -> str:
    """The target in a column: a value, or the two ends of a band."""
    if measure.target is None and measure.band_low is not None and measure.band_high is not None:
        return f"{figure(measure.band_low, measure.unit)} – {figure(measure.band_high, measure.unit)}"
    return figure(measure.target, measure.unit)


def _name(writer: Writer, measure: MeasureCard) -> list[Box]:
    """What is measured, and quietly in which unit, until when, how and from where."""
    said = [_("In {unit}").format(unit=measure.unit)] if measure.unit not in _SIGNS else []
    if measure.target_on:
        said.append(_("target by {date}").format(date=long_date(measure.target_on)))
    if measure.interim:
        said.append(_("on the way: {targets}").format(targets=measure.interim))
    line = "; ".join(said)
    below = [line[:1].upper() + line[1:] + "."] if said else []
    if measure.definition:
        below.append(plain(measure.definition))
    if measure.source:
        below.append(_("Source: {source}").format(source=measure.source))
    return [writer.cell(measure.name or "–"), *writer.cells(*below, look=writer.styles.cell_quiet)]


def _short(writer: Writer, measure: MeasureCard, owner: str) -> list[Box]:
    """What is measured, and quietly in which unit, which way is better, until when, and whose it is."""
    said = [_("In {unit}").format(unit=measure.unit)] if measure.unit not in _SIGNS else []
    if measure.direction is not Direction.HIGHER:
        said.append(word(measure.direction))
    if measure.target_on:
        said.append(_("Target by {date}").format(date=long_date(measure.target_on)))
    below = (f"{words}." for words in (". ".join(said), owner) if words)
    return [writer.cell(measure.name or "–"), *writer.cells(*below, look=writer.styles.cell_quiet)]


def measures_of(goal: GoalCard) -> Iterator[tuple[str, str, MeasureCard]]:
    """The measures of a goal and of its strategies, with the number and owner of what they belong to."""
    for measure in goal.measures:
        yield goal.number, goal.owner, measure
    for strategy in goal.strategies:
        for measure in strategy.measures:
            yield strategy.number, strategy.owner, measure


def groups_of(goal: GoalCard) -> list[Group]:
    """The measures of a goal, and those of its strategies under their names."""
    told = _("Strategy {number}")
    groups = [Group(goal_label(goal), goal.measures)]
    groups += [Group(told.format(number=strategy.number), strategy.measures) for strategy in goal.strategies]
    return [group for group in groups if group.measures]


def scorecard(writer: Writer, book: PlanBook) -> None:
    """All measures of the plan on one table, with the verdict first."""
    writer.title(_("Scorecard"), kicker=_("All measures"))
    groups = [_goal_group(writer, goal) for goal in book.goals]
    measures = [measure for group in groups for measure in group.measures]
    if not measures:
        writer.quiet(_("This plan has no measures yet."))
        return
    count = {verdict: sum(m.verdict is verdict for m in measures) for verdict in Verdict}
    told = ngettext(
        "Of {all} measure: {met} met the target, {improved} improved without meeting it, {flat} flat or "
        "declined, {unclear} cannot be judged, {none} without data. As of {date}.",
        "Of {all} measures: {met} met the target, {improved} improved without meeting it, {flat} flat or "
        "declined, {unclear} cannot be judged, {none} without data. As of {date}.",
        len(measures),
    ).format(
        all=len(measures), met=count[Verdict.MET], improved=count[Verdict.IMPROVED], flat=count[Verdict.FLAT],
        unclear=count[Verdict.UNCLEAR], none=count[Verdict.NO_DATA], date=book.as_of or long_date(book.today),
    )  # fmt: skip
    writer.p(told, replace(writer.styles.lead, keep=True))
    told = _(
        "Ring: the baseline. Bar: to the newest value. Stroke: the target. Rightward is better, also where a "
        "smaller number is better. The newest value is bold. Met: the target is reached. Improved, not met: better "
        "than the figure before. Flat or declined: not better. Cannot be judged: baseline, target and direction "
        "contradict each other, too little of a small group is told, or there is nothing to compare with."
    )
    writer.p(told, replace(writer.styles.note, keep=True))
    table(writer, [group for group in groups if group.measures])


def _goal_group(writer: Writer, goal: GoalCard) -> Group:
    """The measures of a goal and its strategies, with what and whom each belongs to."""
    label, name = goal_label(goal), writer.setter.name(goal.name, 90)
    owners = {measure.id: goal.owner for measure in goal.measures}
    for strategy in goal.strategies:
        number = _("Strategy {number}").format(number=strategy.number)
        said = ". ".join(part for part in (number, strategy.owner or strategy.department) if part)
        owners |= {measure.id: said for measure in strategy.measures}
    held = [measure for group in groups_of(goal) for measure in group.measures]
    return Group(label if name == label else _("{goal}: {name}").format(goal=label, name=name), held, owners)
