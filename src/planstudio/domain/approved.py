"""Who sat at the table when minutes were approved, and under which name: what people become later changes no record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ApprovedRoll:
    """The names of those whom approved minutes tell of, and which of them sat on the board."""

    names: Mapping[str, str] = field(default_factory=dict)  # by the person's id
    members: tuple[str, ...] = ()

    def name(self, person_id: str, now: str) -> str:
        """As approved; the name that stands *now* for who is not on it."""
        return self.names.get(person_id, now)

    def to_json(self) -> str:
        return json.dumps({ident: [name, ident in self.members] for ident, name in sorted(self.names.items())})


def kept_roll(people: Iterable[tuple[str, str, bool]]) -> ApprovedRoll:
    """Of ids, names, and whether they sit on the board."""
    told = tuple(people)
    return ApprovedRoll({one[0]: one[1] for one in told}, tuple(one[0] for one in told if one[2]))


def read_roll(text: str) -> ApprovedRoll:
    """The roll that was kept; an empty one where there is none that can be read."""
    try:
        return kept_roll((str(ident), str(name), member is True) for ident, (name, member) in json.loads(text).items())
    except (ValueError, TypeError, AttributeError):
        return ApprovedRoll()
