"""The pages of mission, vision, values and what else a district believes.

A short statement is set large. A statement's entries continue its lead-in,
as a numbered list; entries with names have them in the side column.
"""

from __future__ import annotations

from dataclasses import replace

from planstudio.domain.cards import ItemCard, PolicyRef, StatementCard
from planstudio.domain.kinds import StatementKind
from planstudio.domain.words import word
from planstudio.i18n import _, long_date
from planstudio.reports import prose
from planstudio.reports.story import Story
from planstudio.reports.style import S2, S3, S4
from planstudio.reports.tagged.box import Beside, Whole
from planstudio.reports.tagged.paragraph import Paragraph, TextStyle
from planstudio.richtext import Paragraph as TextParagraph
from planstudio.richtext import blocks, plain

_SHORT = 420  # letters of a statement that is set large
_SHORT_ITEM, _FEW_ITEMS = 110, 10


def name(statement: StatementCard) -> str:
    """What the statement is called, by the district or by its kind."""
    return statement.heading or word(statement.kind)


def is_short(statement: StatementCard) -> bool:
    """May share a page: a sentence or two, without entries."""
    return not statement.items and len(statement.body) <= _SHORT


def statement(story: Story, card: StatementCard) -> None:
    """One statement, from its title to the policies that it rests on."""
    kind = word(card.kind)
    named = card.heading and card.heading.lower() != kind.lower() and card.kind is not StatementKind.OTHER
    story.title(name(card), kicker=kind if named else "")
    if not card.lead and not card.body and not card.items:
        story.quiet(_("This statement has no words yet."))
    if _large_items(card):
        story.gap(S4)
    label = card.question or (_adopted(card) if _large_items(card) and (card.lead or card.body) else "")
    if label:
        with story.hung(label, level=0):
            _opening(story, card)
    else:
        _opening(story, card)
    if card.items:
        _items(story, card)
    _origin(story, card, dated=label != _adopted(card))


def _opening(story: Story, card: StatementCard) -> None:
    """The lead-in and the text: large when there is little of it."""
    if card.lead:
        prose.write(story, card.lead, story.styles.big_lead if _large_items(card) else story.styles.lead_in)
    if card.body:
        prose.write(story, card.body, story.styles.roomy if len(plain(card.body)) <= _SHORT else None)


def _adopted(card: StatementCard) -> str:
    return _("Adopted {date}").format(date=long_date(card.adopted_on)) if card.adopted_on else ""


def _large_items(card: StatementCard) -> bool:
    """Set like a poster: few entries, each a plain line."""
    return (
        0 < len(card.items) <= _FEW_ITEMS
        and not any(item.title and item.text for item in card.items)
        and all(_is_line(item) for item in card.items)
    )


def _is_line(item: ItemCard) -> bool:
    if item.evidence or item.policies or len(item.title) + len(item.text) > _SHORT_ITEM:
        return False
    parts = blocks(item.text)
    return len(parts) + bool(item.title) == 1 and all(isinstance(part, TextParagraph) for part in parts)


def _items(story: Story, card: StatementCard) -> None:
    if _large_items(card):
        _poster(story, card)
    elif any(item.title for item in card.items):
        for item in card.items:
            _titled(story, item, announced=_announces_evidence(card))
    else:
        _numbered(story, card)


def _poster(story: Story, card: StatementCard) -> None:
    group = story.sect.add("L", attributes="<</O/List/ListNumbering/Decimal>>")
    look, side = story.styles.big, story.grid.span(3) - S2
    for number, item in enumerate(card.items, 1):
        entry = group.add("LI")
        label = Paragraph(
            story.setter.plain(str(number), story.styles.big_number), story.styles.big_number, entry.add("Lbl")
        )
        body = entry.add("LBody").add("P")
        if item.title:
            words = story.text(item.title, look, body)
        else:
            block = blocks(item.text)[0]
            runs = story.setter.rich(block.spans if isinstance(block, TextParagraph) else (), look)
            words = Paragraph(runs, look, body)
        story.boxes.append(Beside(label, words, side, look.ascent - story.styles.big_number.ascent))


def _announces_evidence(card: StatementCard) -> bool:
    """Whether the lead-in says "as evidenced by" already: then each entry's evidence follows without a label."""
    return plain(card.lead).casefold().rstrip(":… ").endswith("evidenced by")


def _titled(story: Story, item: ItemCard, *, announced: bool) -> None:
    with story.whole(), story.hung(item.title or "–"):
        prose.write(story, item.text)
        if announced and item.evidence:
            prose.write(story, item.evidence)
            item = replace(item, evidence="")
        _evidence(story, item, story.styles.note_main)


def _numbered(story: Story, card: StatementCard) -> None:
    group = story.sect.add("L", attributes="<</O/List/ListNumbering/Decimal>>")
    outer = story.sect
    for number, item in enumerate(card.items, 1):
        entry = group.add("LI")
        label = Paragraph(story.setter.plain(str(number), story.styles.number), story.styles.number, entry.add("Lbl"))
        story.sect = entry.add("LBody")
        start = len(story.boxes)
        prose.write(story, item.text)
        if start == len(story.boxes):
            story.p("–")
        first = story.boxes[start]
        drop = story.styles.main.ascent - story.styles.number.ascent
        story.boxes[start] = Beside(label, first, story.grid.span(3), drop)
        _evidence(story, item, story.styles.note_main)
        story.boxes[start:] = [Whole(story.boxes[start:])]
        story.sect = outer


def _evidence(story: Story, item: ItemCard, look: TextStyle) -> None:
    if item.evidence:
        prose.write(story, item.evidence, look, after=story.setter.plain(_("As evidenced by: "), look))
    if item.policies:
        story.p(_("Policies: {list}").format(list=policy_line(item.policies)), look)


def policy_line(refs: tuple[PolicyRef, ...]) -> str:
    """Attached policies in a line: code, title, relation."""
    return "; ".join(f"{ref.code} {ref.title} ({word(ref.relation).lower()})" for ref in refs)


def _origin(story: Story, card: StatementCard, *, dated: bool) -> None:
    said = []
    if dated and card.adopted_on:
        said.append(f"{_adopted(card)}.")
    if card.source:
        said.append(_("Source: {source}").format(source=card.source))
    if card.policies:
        said.append(_("Policies: {list}").format(list=policy_line(card.policies)))
    if said:
        story.gap(S3)
    for sentence in said:
        story.p(sentence, story.styles.note_main)
