"""Which layers of a file show when it is opened: what stands in one that does not is left out.

A layer is off by the file's own settings or by what it says of its use on a
screen. A membership asks several layers, by a policy or an expression.
"""

from __future__ import annotations

from planstudio.reports.foreign.source import Source
from planstudio.reports.foreign.values import Ref, Value

_DEEPEST = 32


class Layers:
    """The layers of one file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        properties = source.inside(source.root, b"/OCProperties")
        start, every = source.dictionary(properties.get(b"/D")), self._refs(properties.get(b"/OCGs"))
        self.off = self._refs(start.get(b"/OFF"))
        if source.name(start.get(b"/BaseState")) == b"/OFF":
            self.off |= every - self._refs(start.get(b"/ON"))
        for layer in every:
            if source.name(source.inside(layer, b"/Usage", b"/View").get(b"/ViewState")) == b"/OFF":
                self.off.add(layer)
            intents = {source.name(each) for each in source.each(source.dictionary(layer).get(b"/Intent"))}
            if any(intents) and not {b"/View", b"/All"} & intents:
                self.off.discard(layer)  # it is not meant for showing and hiding

    def _refs(self, array: object) -> set[Ref]:
        return {each for each in self.source.array(array) if isinstance(each, Ref)}

    def hides(self, layer: object) -> bool:
        """Whether content of *layer*, or of a membership, does not show."""
        return layer is not None and not self._shows(layer, 0)

    def _shows(self, layer: object, depth: int) -> bool:
        if isinstance(layer, Ref) and layer in self.off:
            return False
        entries = self.source.dictionary(layer)
        if self.source.name(entries.get(b"/Type")) != b"/OCMD":
            return True
        said = self.source.value(entries.get(b"/VE"))
        if isinstance(said, list):
            return self._holds(said, depth)
        members: list[object] = [*self.source.array(entries.get(b"/OCGs"))] or [entries.get(b"/OCGs")]
        states = [member not in self.off for member in members if isinstance(member, Ref)]
        if not states:
            return True
        policies = {b"/AllOn": all(states), b"/AnyOff": not all(states), b"/AllOff": not any(states)}
        return policies.get(self.source.name(entries.get(b"/P")), any(states))

    def _holds(self, said: list[Value], depth: int) -> bool:
        """An expression: a word and what it joins."""
        if depth > _DEEPEST or not said:
            return False
        parts: list[bool] = []
        for each in said[1:]:
            found = self.source.value(each)
            parts.append(self._holds(found, depth + 1) if isinstance(found, list) else self._shows(each, depth + 1))
        word = self.source.name(said[0])
        if word == b"/Not":
            return bool(parts) and not parts[0]
        return any(parts) if word == b"/Or" else word == b"/And" and bool(parts) and all(parts)
