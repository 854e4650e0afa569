"""The way from a text to what is recognised in it: choose the reader, run the builders, gather the remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import Lines, Recognised, RecognisedStatement, Remark, RemarkKind
from planstudio.domain.removed_text import LeftOut, remark, settled, settled_markdown
from planstudio.exchange.recognise import markup, stratml
from planstudio.exchange.recognise.blocks import Block, Form, fold, visible
from planstudio.exchange.recognise.frontmatter import FrontMatter, front_matter
from planstudio.exchange.recognise.genre import Genre, genre_of
from planstudio.exchange.recognise.goals import FoundGoals, goals
from planstudio.exchange.recognise.leftovers import Known, leftovers
from planstudio.exchange.recognise.lines import LineReader
from planstudio.exchange.recognise.opening import Opening, opening, page_heading, plan_title, slogan
from planstudio.exchange.recognise.organizations import Mention, organization
from planstudio.exchange.recognise.outline import Section, sections
from planstudio.exchange.recognise.policies import FoundPolicy, policies
from planstudio.exchange.recognise.policy_index import policy_index
from planstudio.exchange.recognise.remarks import empty_sections, near_duplicates, nothing_taken, typos
from planstudio.exchange.recognise.statements import ReadStatements, from_sentences, statements
from planstudio.exchange.recognise.wording import STATEMENTS, Topic

_PAGE = re.compile(r"<(?:!doctype\s+html|html|body|head)\b", re.I)
_TAG_LINE = re.compile(r"\s*</?(?:p|div|h[1-6]|ul|ol|li|table|tr|td|section|article|main|header)\b[^<>]*>", re.I)
_IN_A_POLICY = frozenset(
    {Topic.MISSION, Topic.VISION, Topic.VALUES, Topic.BELIEFS, Topic.EQUITY, Topic.SEVERAL, Topic.NONE}
)
_IN_AN_AGENDA = frozenset({Topic.MISSION, Topic.VISION, Topic.NONE})
_NAMED_AFTER = re.compile(r"\b(?:mission|vision|philosophy|beliefs|values)\b", re.I)


@dataclass(frozen=True)
class _Source:
    """A document made readable."""

    blocks: list[Block]
    title: str = ""
    front: FrontMatter = field(default_factory=FrontMatter)
    head: tuple[str, ...] = ()  # its front matter as printed
    lines: tuple[str, ...] = ()  # none of a web page: its lines are markup
    left: tuple[LeftOut, ...] = ()  # words that look removed


def recognise(text: str, name: str = "") -> Recognised:
    """All that *text* holds. *name* is the file's; its ending counts only where the text leaves a doubt."""
    printed = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if stratml.is_stratml(text):
        return replace(stratml.read("\n".join(printed)), lines=tuple(printed))
    source = _source(printed, name)
    found = _found(source)
    removed = [Remark(RemarkKind.NOT_TAKEN, remark(one), Lines(one.line, one.line)) for one in source.left]
    remarks = sorted((*found.remarks, *removed), key=lambda one: one.source.first)
    return replace(found, remarks=tuple(remarks), lines=tuple(printed))


def _source(printed: list[str], name: str) -> _Source:
    seen = [visible(line) for line in printed]
    whole = "\n".join(seen)
    if _is_page(whole, name):
        shown = settled(whole, hidden_blocks=False)
        title, blocks = markup.read(shown.text)
        return _Source(blocks, " ".join(title.split()), left=shown.left)
    shown = settled_markdown(whole)
    seen = shown.text.split("\n")
    front = front_matter(seen)
    if "<!--" in shown.text:
        seen = markup.without(shown.text, markup.COMMENTS).split("\n")
    body = [*[""] * front.end, *seen[front.end :]]
    return _Source(LineReader(body).read(), "", front, tuple(seen[: front.end]), tuple(body), shown.left)


def _is_page(text: str, name: str) -> bool:
    """Whether this is HTML, and not text with a tag here and there."""
    if _PAGE.search(text, 0, 20_000):
        return True
    lines = [line for line in text[:50_000].split("\n") if line.strip()]
    tagged = sum(bool(_TAG_LINE.match(line)) for line in lines)
    wanted = 0.2 if name.lower().endswith((".html", ".htm", ".xhtml", ".php")) else 0.6
    return tagged > 0 and tagged >= wanted * len(lines)


def _found(source: _Source) -> Recognised:
    blocks = source.blocks
    genre = genre_of(blocks)
    full = policies(blocks, source.front) if genre is Genre.PLAN else []
    opened = frozenset(at for policy in full for at in range(policy.first + 1, policy.last + 1))
    index, series = policy_index(blocks, opened | _alone(full, blocks), in_force=genre is not Genre.AGENDA)
    parts = sections(blocks)
    is_plan = genre is Genre.PLAN and not full and not index
    aimed = goals(parts) if is_plan else FoundGoals()
    stated = _statements([part for at, part in enumerate(parts) if at not in aimed.groups], genre, full)
    empty = empty_sections([*stated.empty, *aimed.empty])
    found = Recognised(
        statements=tuple(stated.statements),
        goals=tuple(aimed.goals),
        above_goals=tuple(aimed.above),
        missing=tuple(_missing(section) for section in [*stated.empty, *aimed.missing]),
        series=series,
        policy_index=index,
        policies=tuple(policy.policy for policy in full),
    )
    if found.empty:
        return Recognised(remarks=(*empty, *nothing_taken(source.lines)))
    title = plan_title(source.title, blocks) if genre is Genre.PLAN and not full else ""
    cover = opening(parts, title, slogan(blocks)) if is_plan else Opening()
    found = replace(
        found, organization=organization(_places(source)), plan_title=title or (page_heading(parts) if is_plan else ""),
        slogan=cover.motto, adopted=cover.adopted, period_start=cover.start, period_end=cover.end,
    )  # fmt: skip
    remarks = [*empty, *_outside(stated.remarks, full), *aimed.remarks, *cover.remarks]
    remarks = [r for r in remarks if not found.slogan or found.slogan not in r.message]
    told = [_told_by(remark) for remark in remarks if remark.kind is not RemarkKind.TAKEN_AS]
    untaken = [block for policy in full for block in policy.passed]
    remarks += leftovers(found, blocks, source.lines, Known(told, aimed.assigned, cover.blocks, untaken), source.head)
    return replace(found, remarks=(*remarks, *near_duplicates(found), *typos(found)))


def _told_by(remark: Remark) -> Lines:
    """The lines of which a remark tells: of an empty section the heading, not what nobody took of it."""
    first = remark.source.first
    return Lines(first, first) if remark.kind is RemarkKind.EMPTY_SECTION else remark.source


def _missing(section: Section) -> RecognisedStatement:
    """A section that stands empty, by its heading."""
    kind = STATEMENTS.get(section.topic, StatementKind.PRIORITIES)
    return RecognisedStatement(kind, section.title, question=section.asked, source=section.source)


def _alone(full: Sequence[FoundPolicy], blocks: Sequence[Block]) -> frozenset[int]:
    """Header lines of policies that do not close a list of policies: they are no entries of one."""
    return frozenset(
        policy.first
        for policy in full
        if policy.first == 0 or len(full) > 1 or blocks[policy.first].form in (Form.HEADING, Form.ROW)
    )


def _statements(parts: list[Section], genre: Genre, full: Sequence[FoundPolicy]) -> ReadStatements:
    """Statements by headings; of sentences alone only where no heading announced a mission or vision."""
    if genre is Genre.ITEM_FORM:
        return ReadStatements()
    kept = _IN_A_POLICY if full else _IN_AN_AGENDA if genre is Genre.AGENDA else frozenset(Topic)
    titles = [fold(policy.policy.title) for policy in full]
    allowed = [replace(part, topic=Topic.NONE) if _is_out(part, kept, titles) else part for part in parts]
    found = statements(allowed)
    about = any(_NAMED_AFTER.search(policy.policy.title) for policy in full)
    if not found.statements and genre is Genre.PLAN and (about or not full):
        found.statements = from_sentences(allowed)
    return found


def _is_out(part: Section, kept: frozenset[Topic], titles: Sequence[str]) -> bool:
    """Whether a heading announces no statement here: not its place, or the name of the policy itself."""
    return part.topic not in kept or any(fold(part.title).endswith(title) for title in titles if part.head)


def _places(source: _Source) -> Iterator[Mention]:
    if source.title:
        yield Mention(source.title, True)
    for block in source.blocks:
        short = len(block.text.split()) <= 12
        yield Mention(block.text, short and (block.form is Form.HEADING or block.bold or block.text.isupper()))


def _outside(remarks: Sequence[Remark], full: Sequence[FoundPolicy]) -> list[Remark]:
    """*remarks* on lines that are not a policy's text: those were taken, as that."""
    spans = [policy.policy.source for policy in full]
    return [r for r in remarks if not any(s.first <= r.source.first <= s.last for s in spans)]
