"""The pages of mission, vision, values and what else a district believes.

A short statement is set large. A statement's entries continue its lead-in,
as a numbered list; entries with names have them in the side column.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

from planstudio.domain.cards import ItemCard, PolicyRef, StatementCard
from planstudio.domain.kinds import StatementKind
from planstudio.domain.words import word
from planstudio.i18n import _, long_date
from planstudio.reports import prose
from planstudio.reports.style import S2, S3, S4
from planstudio.reports.writer import Writer
from planstudio.richtext import Paragraph as TextParagraph
from planstudio.richtext import blocks, plain
from taggedpdf.box import KeepTogether, SideLabel
from taggedpdf.paragraph import TextStyle

_SHORT = 420  # letters of a statement that is set large
_SHORT_ITEM, _FEW_ITEMS = 110, 10


def name(statement: StatementCard) -> str:
    """What the statement is called, by the district or by its kind."""
    return statement.heading or word(statement.kind)


def is_short(statement: StatementCard) -> bool:
    """May share a page: a sentence or two, without entries."""
    return not statement.items and len(statement.body) <= _SHORT


def statement(writer: Writer, card: StatementCard) -> None:
    """One statement, from its title to the policies that it rests on."""
    kind = word(card.kind)
    named = card.heading and card.heading.lower() != kind.lower() and card.kind is not StatementKind.OTHER
    writer.title(name(card), kicker=kind if named else "")
    if not card.lead and not card.body and not card.items:
        writer.quiet(_("This statement has no words yet."))
    if _large_items(card):
        writer.gap(S4)
    label = card.question or (_adopted(card) if _large_items(card) and (card.lead or card.body) else "")
    with writer.hung(label, level=0) if label else nullcontext():
        _opening(writer, card)
    if card.items:
        _items(writer, card)
    _origin(writer, card, dated=label != _adopted(card))


def _opening(writer: Writer, card: StatementCard) -> None:
    """The lead-in and the text: large when there is little of it."""
    if card.lead:
        prose.write(writer, card.lead, writer.styles.big_lead if _large_items(card) else writer.styles.lead_in)
    if card.body:
        prose.write(writer, card.body, writer.styles.roomy if len(plain(card.body)) <= _SHORT else None)


def _adopted(card: StatementCard) -> str:
    return _("Adopted {date}").format(date=long_date(card.adopted_on)) if card.adopted_on else ""


def _large_items(card: StatementCard) -> bool:
    """Set like a poster: few entries, each a plain line."""
    return 0 < len(card.items) <= _FEW_ITEMS and all(_is_line(item) for item in card.items)


def _is_line(item: ItemCard) -> bool:
    long = len(item.title) + len(item.text) > _SHORT_ITEM
    if item.evidence or item.policies or long or (item.title and item.text):
        return False
    parts = blocks(item.text)
    return len(parts) + bool(item.title) == 1 and all(isinstance(part, TextParagraph) for part in parts)


def _items(writer: Writer, card: StatementCard) -> None:
    if _large_items(card):
        _poster(writer, card)
    elif any(item.title for item in card.items):
        # whether the lead-in says "as evidenced by" already: then each entry's evidence follows without a label
        announced = plain(card.lead).casefold().rstrip(":… ").endswith("evidenced by")
        for item in card.items:
            _titled(writer, item, announced=announced)
    else:
        _numbered(writer, card)


def _poster(writer: Writer, card: StatementCard) -> None:
    group = writer.sect.add("L", attributes="<</O/List/ListNumbering/Decimal>>")
    look, side = writer.styles.big, writer.grid.span(3) - S2
    for number, item in enumerate(card.items, 1):
        entry = group.add("LI")
        label = writer.text(str(number), writer.styles.big_number, entry.add("Lbl"))
        body = entry.add("LBody").add("P")
        if item.title:
            words = writer.text(item.title, look, body)
        else:
            block = blocks(item.text)[0]
            runs = writer.setter.rich(block.spans if isinstance(block, TextParagraph) else (), look)
            words = writer.text(runs, look, body)
        writer.boxes.append(SideLabel(label, words, side, look.ascent - writer.styles.big_number.ascent))


def _titled(writer: Writer, item: ItemCard, *, announced: bool) -> None:
    with writer.whole(), writer.hung(item.title or "–"):
        prose.write(writer, item.text)
        if announced and item.evidence:
            prose.write(writer, item.evidence)
            item = replace(item, evidence="")
        _evidence(writer, item, writer.styles.note_main)


def _numbered(writer: Writer, card: StatementCard) -> None:
    group = writer.sect.add("L", attributes="<</O/List/ListNumbering/Decimal>>")
    outer = writer.sect
    for number, item in enumerate(card.items, 1):
        entry = group.add("LI")
        label = writer.text(str(number), writer.styles.number, entry.add("Lbl"))
        writer.sect = entry.add("LBody")
        start = len(writer.boxes)
        prose.write(writer, item.text)
        if start == len(writer.boxes):
            writer.p("–")
        first = writer.boxes[start]
        drop = writer.styles.main.ascent - writer.styles.number.ascent
        writer.boxes[start] = SideLabel(label, first, writer.grid.span(3), drop)
        _evidence(writer, item, writer.styles.note_main)
        writer.boxes[start:] = [KeepTogether(writer.boxes[start:])]
        writer.sect = outer


def _evidence(writer: Writer, item: ItemCard, look: TextStyle) -> None:
    if item.evidence:
        prose.write(writer, item.evidence, look, after=writer.setter.plain(_("As evidenced by: "), look))
    if item.policies:
        writer.p(_("Policies: {list}").format(list=policy_line(item.policies)), look)


def policy_line(refs: tuple[PolicyRef, ...]) -> str:
    """Attached policies in a line: code, title, relation."""
    return "; ".join(f"{ref.code} {ref.title} ({word(ref.relation).lower()})" for ref in refs)


def _origin(writer: Writer, card: StatementCard, *, dated: bool) -> None:
    said = []
    if dated and card.adopted_on:
        said.append(f"{_adopted(card)}.")
    if card.source:
        said.append(_("Source: {source}").format(source=card.source))
    if card.policies:
        said.append(_("Policies: {list}").format(list=policy_line(card.policies)))
    if said:
        writer.gap(S3)
    for sentence in said:
        writer.p(sentence, writer.styles.note_main)
