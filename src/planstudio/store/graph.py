"""What the lines of one row say, told by who knew of whom.

The lines form a graph by `over`. A head is a line that nobody wrote over. What a
cell holds is the write nobody wrote over; of several, which did not know of each
other, that of the greatest (clock, step) is shown and the others are listed.
Nearly every row is a chain, one line over the other, and costs one pass.

A line that was taken back is as if it had never been, and so is the line that
took it back, unless somebody went on from it not knowing that: so what one
person tried and undid does not stand against what another wrote meanwhile, and
an answer taken back opens the question again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from planstudio.store.lines import Cells, Write


class RowGraph:
    def __init__(self, writes: Sequence[Write], *, spare: str = "") -> None:
        """*spare* is a step that counts although it took another back: what if it were taken back itself?"""
        self.writes = sorted(writes, key=lambda x: x.rank)  # who knows stands behind the known
        self._place = {x.step: n for n, x in enumerate(self.writes)}
        self.is_chain = all(later.over == (x.step,) for x, later in zip(self.writes, self.writes[1:], strict=False))
        taken = {x.step for x in self.writes if x.takes_back in self._place and x.step != spare}
        self._said = self._alive(taken) if taken else self.writes

    def _alive(self, taking: set[str]) -> list[Write]:
        """The lines without those that were taken back, and without those that took them back."""
        gone: set[str] = set()
        for x in reversed(self.writes):
            if x.step in taking and x.step not in gone and x.takes_back not in gone:
                before = self[x.takes_back]
                if _undoes(x, before) and not self._gone_on(before, x, gone):
                    gone |= {x.step, before.step}
        return [x for x in self.writes if x.step not in gone]

    def _gone_on(self, before: Write, taking: Write, gone: set[str]) -> bool:
        """Whether somebody wrote on from *before* not knowing that *taking* took it back."""
        others = (x for x in self.writes if x.step not in gone and x not in (before, taking))
        return any(self.knows(x, before) and not self.knows(x, taking) and not self.knows(taking, x) for x in others)

    @cached_property
    def _known(self) -> list[int]:
        """For each line the lines it knew, itself too, one bit a line."""
        known: list[int] = []
        for n, x in enumerate(self.writes):
            bits = 1 << n
            for place in (self._place.get(step, n) for step in x.over):
                if place < n:
                    bits |= known[place]
            known.append(bits)
        return known

    def __getitem__(self, step: str) -> Write:
        return self.writes[self._place[step]]

    def __contains__(self, step: str) -> bool:
        return step in self._place

    def knows(self, one: Write, other: Write) -> bool:
        """Whether the writer of *one* knew *other*."""
        place, own = self._place[other.step], self._place[one.step]
        return place <= own if self.is_chain else bool(self._known[own] >> place & 1)

    def _last(self, writes: list[Write]) -> list[Write]:
        """Those of *writes*, in order, that none of the others knew."""
        if len(writes) < 2 or self.is_chain:
            return writes[-1:]
        covered, found = 0, []
        for x in reversed(writes):
            n = self._place[x.step]
            if not covered >> n & 1:
                found.append(x)
            covered |= self._known[n]
        return found[::-1]

    @cached_property
    def heads(self) -> list[Write]:
        """The lines nobody wrote over."""
        return self._last(self._said)

    @cached_property
    def _written(self) -> dict[str, list[Write]]:
        """Who wrote each cell, in order."""
        found: dict[str, list[Write]] = {}
        for x in self._said:
            for name in x.said:
                found.setdefault(name, []).append(x)
        return found

    def writers(self, name: str) -> list[Write]:
        """Who wrote cell *name* last, several if they did not know of each other; who is shown comes first."""
        writes = self._written.get(name, [])
        return sorted(self._last(writes), key=lambda x: x.rank, reverse=True) if len(writes) > 1 else writes

    def cells(self) -> Cells:
        """What is shown in each cell."""
        if self.is_chain:
            found: Cells = {}
            for x in self.writes:
                found |= x.said
            return found
        return {name: self.writers(name)[0].said[name] for name in self._written}

    def differences(self) -> dict[str, list[Write]]:
        """The cells that were written differently by people who did not know of each other, and their writers."""
        if self.is_chain:
            return {}
        found = {name: self.writers(name) for name, writes in self._written.items() if len(writes) > 1}
        return {n: w for n, w in found.items() if any(x.said[n] != w[0].said[n] for x in w[1:])}

    @property
    def made(self) -> bool:
        """Whether the journal holds the row from its beginning."""
        return any(x.op == "I" for x in self.writes)

    # Whether the row is there.

    def deletions(self) -> list[Write]:
        """Heads that delete it."""
        return [x for x in self.heads if x.op == "D"]

    def once_deleted(self) -> list[Write]:
        """By whom it was ever deleted: what is written beside that counts for all that went with it."""
        return [x for x in self._said if x.op == "D"]

    def contested(self, deletion: Write) -> bool:
        """Whether somebody wrote to the row not knowing the deletion, or went on with it because that had fallen.

        Bringing a row back says nothing of the rest of its group: a restore means exactly its rows.
        """
        said = [x for x in self._said if x.op != "D" and not self.knows(deletion, x)]
        back = [x for x in said if x.op == "R" and self.knows(x, deletion)]
        for x in said:
            if not self.knows(x, deletion):
                return True
            if x.op == "U" and not any(self.knows(x, y) for y in back):
                return True
        return False


def _undoes(one: Write, other: Write) -> bool:
    """Whether *one* says of the row exactly that *other* did not happen; that a row was made never fades."""
    match other.op, one.op:
        case (("U" | "R"), "U"):
            return one.said.keys() == other.said.keys()
        case ("D", "R") | ("R", "D"):
            return not one.said
    return False
