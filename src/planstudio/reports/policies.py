"""The policy manual: what is attached to the plan, the index by series, and the texts."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from planstudio.domain.cards import PlanBook, PolicyCard, SeriesCard, Use
from planstudio.domain.kinds import PolicyState, StatementKind
from planstudio.domain.reviews import review_due
from planstudio.domain.words import table_word, word
from planstudio.i18n import _, long_date, medium_date, ngettext, pgettext
from planstudio.reports import prose
from planstudio.reports.style import S2, S3
from planstudio.reports.wording import day
from planstudio.reports.writer import Writer
from taggedpdf.box import Box

_ABREAST = 5  # dates beside each other


def name(policy: PolicyCard) -> str:
    """Policy 6141."""
    return _("{kind} {code}").format(kind=word(policy.kind), code=policy.code)


def attached(writer: Writer, book: PlanBook, printed: set[str]) -> None:
    """Which policies the plan rests on, and where."""
    writer.title(_("Policies of this plan"))
    rows = [(policy, use) for policy in book.attached for use in policy.uses]
    if not rows:
        writer.quiet(_("No policy is attached to this plan."))
        return
    table = writer.table([76.0, 0.0, 84.0, 180.0])
    table.set_head(writer.heads(_("Code"), _("Policy"), _("Relation"), pgettext("what a policy is attached to", "To")))
    for policy, use in rows:
        place: list[Box] = [writer.cell(used_at(book, replace(use, name=writer.setter.name(use.name, 120))))]
        if use.note:
            place.append(writer.cell(use.note, writer.styles.cell_quiet))
        table.add_row([_code(writer, policy, printed), *writer.cells(policy.title or "–", word(use.relation)), place])


def index(writer: Writer, book: PlanBook, printed: set[str]) -> None:
    """Every policy of the manual by series."""
    writer.title(_("Policy index"))
    if not book.policies:
        writer.quiet(_("There are no policies yet."))
        _empty_series(writer, book)
        return
    told = ngettext("{count} policy.", "{count} policies.", len(book.policies)).format(count=len(book.policies))
    linked = _("Those whose text follows are underlined.") if printed else ""
    writer.p(f"{told} {linked}".strip(), writer.styles.note)
    table = writer.table([76.0, 0.0, 84.0, 84.0, 92.0])
    table.set_head(writer.heads(_("Code"), _("Title"), _("Kind"), _("Standing"), _("Adopted")))
    for series, policies in _by_series(book):
        table.add_section(writer.cell(_series(series), writer.styles.section))
        for policy in policies:
            said = (policy.title or "–", word(policy.kind), word(policy.state), day(policy.adopted))
            table.add_row([_code(writer, policy, printed), *writer.cells(*said)])
    _empty_series(writer, book)


def _empty_series(writer: Writer, book: PlanBook) -> None:
    """The series of the manual that no policy of this plan is filed under."""
    filed = {policy.series.id for policy in book.policies if policy.series}
    if names := [_series(one) for one in book.series if one.id not in filed]:
        writer.p(_("Series without a policy here: {names}.").format(names="; ".join(names)), writer.styles.note)


def _by_series(book: PlanBook) -> list[tuple[SeriesCard | None, list[PolicyCard]]]:
    """The policies in the order of the manual's series; those without one last."""
    place = {series.id: at for at, series in enumerate(book.series)}
    known = {series.id: series for series in book.series}

    def key(policy: PolicyCard) -> int:
        return place.get(policy.series.id, len(place)) if policy.series else len(place) + 1

    groups = [list(group) for _place, group in groupby(sorted(book.policies, key=key), key=key)]
    return [(known.get(first.id, first) if (first := group[0].series) else None, group) for group in groups]


def _series(series: SeriesCard | None) -> str:
    return f"{series.number}  {series.title}".strip() if series else _("Without a series")


def _code(writer: Writer, policy: PolicyCard, printed: set[str]) -> Box:
    look, code = writer.styles.cell_bold, policy.code or "–"
    return writer.cell(writer.setter.link(code, f"#{policy.id}", look) if policy.id in printed else code, look)


def used_at(book: PlanBook, use: Use) -> str:
    """What a policy is attached to: "Goal: Every child a reader", "What we hold to: Welcome".

    A statement goes by its kind, an entry by its statement, for nobody calls
    it an entry; a statement of no kind goes by its name alone.
    """
    for card in book.statements:
        if use.row_id == card.id:
            return use.name if card.kind is StatementKind.OTHER else _pair(word(card.kind), use.name)
        if any(item.id == use.row_id for item in card.items):
            return _pair(card.heading or word(card.kind), use.name)
    return use.name if use.table.startswith("statement") else _pair(table_word(use.table), use.name)


def _pair(what: str, name: str) -> str:
    return f"{what}: {name}" if name and name.casefold() != what.casefold() else what


def policy(writer: Writer, card: PolicyCard, book: PlanBook) -> None:
    """One policy: its standing, its text, and below a hairline what it rests on."""
    writer.title(card.title or name(card), kicker=name(card) if card.title else "")
    writer.p(_standing(card), writer.styles.note)
    writer.gap(S2)
    if card.body:
        prose.write_hung(writer, card.body)
    else:
        writer.quiet(_("The text of this policy has not been entered."))
    writer.gap(S3)
    writer.rule(left=writer.grid.side)
    uses = [f"{used_at(book, use)} ({word(use.relation).lower()})" for use in card.uses]
    rests = ((_("In the plan"), uses), (_("Legal references"), card.legal_refs), (_("See also"), card.cross_refs))
    for label, lines in rests:
        if lines:
            with writer.hung(label, before=4):
                prose.listed(writer, lines)
            writer.gap(S2)
    _dates(writer, card)


def _standing(card: PolicyCard) -> str:
    said = []
    if card.series:
        said.append(_("Series {series}.").format(series=_series(card.series)))
    said.append(f"{word(card.state)}.")
    if card.owner:
        said.append(_("Owner: {owner}.").format(owner=card.owner))
    if card.review_months:
        told = ngettext("Reviewed every month.", "Reviewed every {months} months.", card.review_months)
        said.append(told.format(months=card.review_months))
    if card.state is PolicyState.REPEALED and card.repealed:
        said.append(_("Repealed {date}.").format(date=long_date(card.repealed)))
    return " ".join(said)


def _dates(writer: Writer, card: PolicyCard) -> None:
    dates = [
        (_("First reading"), card.first_reading), (_("Second reading"), card.second_reading),
        (_("Adopted"), card.adopted), (_("Effective"), card.effective),
        *((_("Revised"), day) for day in card.revised[-2:]), (_("Last reviewed"), card.reviewed),
        (_("Next review"), None if card.state is PolicyState.REPEALED else review_due(card)),
    ]  # fmt: skip
    known = [(label, medium_date(day)) for label, day in dates if day]
    if not known:
        return
    with writer.hung(_("Dates"), before=4):
        abreast, width = -(-len(known) // -(-len(known) // _ABREAST)), writer.grid.main / _ABREAST
        for at in range(0, len(known), abreast):
            row = known[at : at + abreast]
            table = writer.table([width] * len(row), row_heads=False, ruled=False, left=writer.grid.side)
            table.set_head(writer.heads(*(label for label, _day in row)))
            table.add_row(writer.cells(*(day for _label, day in row)))
