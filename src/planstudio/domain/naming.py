"""What a district calls its levels and statuses: "Priority" for a goal, "Green light" for on track.

Kept as a line each: `goal=Priority, Priorities` and `on track=Green light`. The
rule behind a status does not change with its word.
"""

from __future__ import annotations

from collections.abc import Mapping

from planstudio import i18n
from planstudio.domain.cards import OrganizationCard
from planstudio.domain.errors import InvalidInput
from planstudio.domain.kinds import Compliance, Status, Verdict, Worded
from planstudio.domain.words import word
from planstudio.i18n import LEVELS, N_, _

Levels = Mapping[str, tuple[str, str]]  # level: one, many
SETS: tuple[tuple[str, type[Worded]], ...] = (
    (N_("Judged status"), Status),
    (N_("Compliance"), Compliance),
    (N_("What the data say"), Verdict),
)
_KINDS: dict[str, Worded] = {kind.value: kind for _title, kinds in SETS for kind in kinds}
LONGEST = 40  # characters of a word: it stands in chips and table heads


def read_levels(text: str) -> dict[str, tuple[str, str]]:
    """The district's own words for levels; lines that say nothing are passed over."""
    found = {}
    for line in text.splitlines():
        level, _sign, words = line.partition("=")
        one, _comma, many = (part.strip() for part in words.partition(","))
        if level.strip() in LEVELS and one:
            found[level.strip()] = (one, many or one)
    return found


def levels_text(levels: Levels) -> str:
    """*levels* as they are kept; a level without words keeps the field's own."""
    named = {level: pair for level, pair in levels.items() if any(map(str.strip, pair))}
    for level, pair in named.items():
        for words in pair:
            _check(words, level)
    return "\n".join(f"{level}={one.strip()}, {many.strip()}" for level, (one, many) in named.items())


def read_statuses(text: str) -> dict[Worded, str]:
    """The district's own words for statuses, compliance and what the data say."""
    lines = ((value.strip(), words.strip()) for value, _sign, words in (x.partition("=") for x in text.splitlines()))
    return {_KINDS[value]: words for value, words in lines if value in _KINDS and words}


def statuses_text(statuses: Mapping[Worded, str]) -> str:
    """*statuses* as they are kept. Two of one set cannot have the same word."""
    own = own_words()
    renamed = {kind: words.strip() for kind, words in statuses.items() if words.strip()}
    for _title, kinds in SETS:
        seen: set[str] = set()
        for kind in kinds:
            words = renamed.get(kind, own[kind])
            if words.casefold() in seen:
                raise InvalidInput(_("“{words}” stands for two statuses.").format(words=words), field=kind.value)
            seen.add(words.casefold())
    for kind, words in renamed.items():
        _check(words, kind.value)
    return "\n".join(f"{kind.value}={words}" for kind, words in renamed.items())


def own_words() -> dict[Worded, str]:
    """The field's own words for every status."""
    return {kind: i18n.unnamed(word, kind) for kind in _KINDS.values()}


def check(levels: str, statuses: str) -> None:
    """Refuse what cannot be kept: a word that is too long, two statuses of one set with the same word."""
    levels_text(read_levels(levels))
    statuses_text(read_statuses(statuses))


def _check(words: str, field: str) -> None:
    if not words.strip():
        raise InvalidInput(_("Give the word for one and the word for several."), field=field)
    if len(words.strip()) > LONGEST or any(sign in words for sign in "=,{}\n"):
        problem = _("A word here has at most {most} characters, and no comma, = or brace.")
        raise InvalidInput(problem.format(most=LONGEST), field=field)


def use(organization: OrganizationCard) -> None:
    """Speak as *organization* does from now on."""
    own = own_words()
    statuses = {own[kind]: words for kind, words in read_statuses(organization.status_words).items()}
    i18n.rename(read_levels(organization.level_words), statuses)
