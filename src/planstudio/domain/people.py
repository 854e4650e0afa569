"""Who is meant by a name: one person, however the name is typed."""

from __future__ import annotations

from collections.abc import Iterable

from planstudio.domain.folding import fold


def one_called(name: str, people: Iterable[tuple[str, str]]) -> str | None:
    """The id of whom *name* means among *people*, each an id and a name; None for nobody.

    Pat O'Neil, pat o’neil and PAT  O'NEIL are one, José composed and decomposed too; José and Jose are two. Who is
    called exactly so comes first; what was typed first stays the name that is shown.
    """
    wanted, alike = fold(name), None
    for ident, known in people:
        if known == name:
            return ident
        if alike is None and fold(known) == wanted:
            alike = ident
    return alike
