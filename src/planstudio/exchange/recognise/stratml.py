"""StratML, parts 1 and 2, to a recognised plan.

The one format that says itself what everything is. An Objective is a strategy:
its description, or its name where it has none. Stakeholders and OtherInformation
are no content of the plan. Document types and entities are refused before
anything is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from planstudio.domain.kinds import StatementKind
from planstudio.domain.recognised import (
    Lines,
    Recognised,
    RecognisedGoal,
    RecognisedItem,
    RecognisedStatement,
    Remark,
    RemarkKind,
)
from planstudio.exchange.recognise.blocks import squeeze
from planstudio.i18n import _

_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:StrategicPlan|PerformancePlanOrReport)[\s>/]")
_DEEPEST = 200  # elements in one another; the schema allows a dozen


class _Refused(Exception):
    """The file wants more than data: a document type, an entity, endless depth."""


@dataclass
class _Node:
    tag: str
    first: int
    last: int = 0
    texts: list[str] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)

    def all(self, tag: str) -> Iterator[_Node]:
        return (child for child in self.children if child.tag == tag)

    def child(self, tag: str) -> _Node:
        return next(self.all(tag), _Node(tag, 0))

    def text(self, tag: str) -> str:
        return squeeze("".join(self.child(tag).texts))

    @property
    def source(self) -> Lines:
        return Lines(self.first, self.last or self.first)


def is_stratml(text: str) -> bool:
    return bool(_ROOT.search(text, 0, 5000))


def read(text: str) -> Recognised:
    """The plan in *text*. A file that breaks off gives what stands before the break, with a remark."""
    tree = _Tree()
    try:
        tree.parse(text)
    except _Refused:
        message = _("This XML file declares a document type or entities and was not read.")
        return Recognised(remarks=(Remark(RemarkKind.NOT_TAKEN, message, Lines(1, 1)),))
    plan = tree.root
    core = plan.child("StrategicPlanCore")
    return Recognised(
        organization=core.child("Organization").text("Name"),
        plan_title=plan.text("Name"),
        statements=tuple(_statements(core)),
        goals=tuple(_goal(node) for node in core.all("Goal") if node.text("Name") or node.text("Description")),
        remarks=(tree.broken,) if tree.broken else (),
    )


class _Tree:
    """The elements of a file, without namespaces, each with its lines."""

    def __init__(self) -> None:
        self.root = _Node("", 1)
        self.broken: Remark | None = None
        self._open = [_Node("document", 1)]
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words

    def parse(self, text: str) -> None:
        declared = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
        lead = text[: len(text) - len(declared)].count("\n")
        try:
            self._parser.Parse(("\n" * lead + declared).encode("utf-8", errors="replace"), True)
        except expat.ExpatError as error:
            line = min(error.lineno, text.count("\n") + 1)
            message = _("The XML breaks off here; what stands before was read.")
            self.broken = Remark(RemarkKind.NOT_TAKEN, message, Lines(line, line))
        top = self._open[0].children
        if top:
            self.root = top[0]

    def _refuse(self, *_declared: object) -> None:
        raise _Refused

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if len(self._open) > _DEEPEST:
            raise _Refused
        node = _Node(name.rsplit(" ", 1)[-1], self._parser.CurrentLineNumber)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _name: str) -> None:
        self._open.pop().last = self._parser.CurrentLineNumber

    def _words(self, text: str) -> None:
        self._open[-1].texts.append(text)


def _statements(core: _Node) -> Iterator[RecognisedStatement]:
    for node in core.children:
        text = node.text("Description")
        if node.tag in ("Mission", "Vision") and text:
            kind = StatementKind.MISSION if node.tag == "Mission" else StatementKind.VISION
            yield RecognisedStatement(kind, "", lead=text, source=node.source)
    values = [node for node in core.all("Value") if node.text("Name") or node.text("Description")]
    if values:
        source = Lines(values[0].first, values[-1].source.last)
        yield RecognisedStatement(StatementKind.VALUES, "", items=tuple(map(_value, values)), source=source)


def _value(node: _Node) -> RecognisedItem:
    name, text = node.text("Name"), node.text("Description")
    return RecognisedItem(text or name, name if text else "", source=node.source)


def _goal(node: _Node) -> RecognisedGoal:
    name, text = node.text("Name"), node.text("Description")
    objectives = list(node.all("Objective"))
    return RecognisedGoal(
        label=node.text("SequenceIndicator"),
        title=name or text,
        description=text if name else "",
        strategies=tuple(item for one in objectives if (item := _item(one, "Description", "Name")).text),
        measures=tuple(
            _item(found, "MeasurementDimension", "UnitOfMeasurement")
            for part in (node, *objectives)
            for found in part.all("PerformanceIndicator")
        ),
        source=node.source,
    )


def _item(node: _Node, *tags: str) -> RecognisedItem:
    """What the first of *tags* that says anything says."""
    return RecognisedItem(next(filter(None, map(node.text, tags)), ""), source=node.source)
