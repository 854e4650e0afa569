"""The field's words in headings: what a heading announces.

Districts name the same thing in a few dozen ways. A heading announces a topic
when it is made of the topic's words and words that usually stand beside them
("our", "core", "statement", …). A heading that was marked up may hold a few
more; a bare line may not, or every sentence on missions would be one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from planstudio.domain.kinds import StatementKind
from planstudio.exchange.recognise.blocks import squeeze, word_set


class Topic(StrEnum):
    NONE = "none"
    MISSION = "mission"
    VISION = "vision"
    VALUES = "values"
    BELIEFS = "beliefs"
    PRINCIPLES = "principles"
    COMMITMENTS = "commitments"
    EQUITY = "equity"
    PROMISE = "promise"
    OTHER = "other"
    SEVERAL = "several"  # "Mission, Vision and Values": a page's title
    GOALS = "goals"
    STRATEGIES = "strategies"
    OBJECTIVES = "objectives"  # strategies, or measures where strategies stand beside them
    MEASURES = "measures"
    ACTIVITIES = "activities"


STATEMENTS = {
    Topic.MISSION: StatementKind.MISSION,
    Topic.VISION: StatementKind.VISION,
    Topic.VALUES: StatementKind.VALUES,
    Topic.BELIEFS: StatementKind.BELIEFS,
    Topic.PRINCIPLES: StatementKind.GUIDING_PRINCIPLES,
    Topic.COMMITMENTS: StatementKind.COMMITMENTS,
    Topic.EQUITY: StatementKind.EQUITY,
    Topic.PROMISE: StatementKind.PROMISE,
    Topic.OTHER: StatementKind.OTHER,
}
IN_A_GOAL = frozenset({Topic.STRATEGIES, Topic.OBJECTIVES, Topic.MEASURES, Topic.ACTIVITIES})

_WORDS: tuple[tuple[Topic, str], ...] = (
    (Topic.GOALS, r"strategic (?:directions?|pillars?|themes?|imperatives?|anchors?|focus areas?|priorit(?:y|ies)|aims?"
                  r"|goals?)|focus areas?|areas? of focus|goal areas?|priority areas?|(?<!personal )goals"
                  r"|priorities|(?:our |the )?goal"),
    (Topic.MISSION, r"missions?"),
    (Topic.VISION, r"visions?"),
    (Topic.BELIEFS, r"what we (?:all )?believe(?: in)?|we believe|beliefs?"),
    (Topic.VALUES, r"what we value|we value|value statements?|values|(?:\w+ )?pillars|core value"),
    (Topic.PRINCIPLES, r"principles?|tenets"),
    (Topic.COMMITMENTS, r"commitments|what we commit to|non-?negotiables"),
    (Topic.EQUITY, r"(?:educational )?(?:equity|justice)|diversity|inclusion|inclusivity|anti-?racis[mt]|belonging"),
    (Topic.PROMISE, r"promises?|pledge"),
    (Topic.OTHER, r"(?:portraits?|profiles?) of an? (?:\w+ ){0,2}(?:graduates?|learners?|students?|adults?)"
                  r"|(?:graduate|learner) (?:portrait|profile)|philosophy|creed|credo|theory of action"),
    (Topic.MEASURES, r"(?:key )?(?:performance )?(?:measures?|metrics?|indicators?|targets?|kpis?)(?: of success)?"
                     r"|evidence of success"
                     r"|success (?:criteria|measures|indicators)|how (?:we will|will we) (?:measure|know).*"),
    (Topic.STRATEGIES, r"strateg(?:y|ies)|initiatives?"),
    (Topic.OBJECTIVES, r"objectives?|outcomes?"),
    (Topic.ACTIVITIES, r"activit(?:y|ies)|tasks?|timelines?|persons? responsible|resources?(?: needed)?|budget|evidence"
                       r"|progress(?: monitoring)?|milestones?|baseline"),
)  # fmt: skip
_ACTIONS = r"(?:key )?action(?:s|able)?(?: (?:steps?|items?|plans?))?"
_TOPICS = [
    (topic, re.compile(rf"\b(?:{words})(?![\w-])", re.I)) for topic, words in (*_WORDS, (Topic.STRATEGIES, _ACTIONS))
]
# One of these is in every topic's words; most lines have none, and need no closer look.
_STEMS = tuple(
    word_set(
        "mission vision belie value pillar principle tenet commit negotiable equit justice divers inclusi racis belong "
        "promise pledge portrait profile philosoph creed credo action measure metric indicator target kpi evidence "
        "success know strateg initiative objective outcome activit task timeline person resource budget progress "
        "milestone baseline goal priorit focus direction theme imperative anchor aim"
    )
)
_BESIDE = word_set(
    "our the a an my their its and or & of for in at to with core shared common district districts school schools "
    "board boards education educational organizational organization academic statement statements strategic key "
    "guiding central collective fundamental overarching long short term annual student students learning we what "
    "who plan lens framework declaration resolution community high priority smart five three four six seven ten "
    "eight driving main vital instructional global definition overall major current theme themes as that"
)
_NEVER = word_set(
    "committee committees meeting meetings policy policies agenda minutes survey surveys insurance screening "
    "award awards report reports presentation presentations update updates workshop discussion review process "
    "timeline viejo health dental exam test trip trips council task workgroup director department office "
    "coordinator summary approval approve adopt adoption adopted proposed rights group groups training calendar "
    "hearing election study session league"
)
_EQUITY_ON = frozenset({Topic.BELIEFS, Topic.VISION, Topic.VALUES, Topic.COMMITMENTS, Topic.PRINCIPLES})
_PARENTHESIS = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")
_LEADING = re.compile(r"^\W*(?:(?:[IVX]{1,4}|\d{1,2}|[A-Z])[.):]\s+)?")
_LABEL = re.compile(r":\s+(?:[^\s(]+\s+){3}")  # "One promise: the best …" says something, it announces nothing
_YEAR = re.compile(r"\d+(?:[-–/]\d+)?")
_QUESTION = re.compile(r"(?:why|what|where|how|who)\b", re.I)
_MOST_WORDS = 10


def heading_words(text: str) -> str:
    """A heading as title: without parentheses at its end, colon, dash and numeral before."""
    bare = squeeze(_PARENTHESIS.sub(" ", text[:300]))
    bare = _LEADING.sub("", bare, count=1) or bare
    return bare.strip(' :–—-|*_#"“”.').strip()


def parenthesis(text: str) -> str:
    """What a heading adds in parentheses, or ""."""
    found = _PARENTHESIS.search(text[:300])
    return found[0][1:-1].strip() if found else ""


def is_question(text: str) -> bool:
    """A line of the kind "Why we exist" that stands beside a heading."""
    return bool(_QUESTION.match(text)) and len(text.split()) <= 8


@lru_cache(maxsize=4096)
def topic_of(text: str, *, marked: bool) -> Topic:
    """What the heading *text* announces; *marked* where its look already says that it is a heading."""
    if len(text) > 120 or not any(stem in text.lower() for stem in _STEMS) or _LABEL.search(text):
        return Topic.NONE
    bare = heading_words(text).lower()
    words = bare.replace("’", "'").split()
    if not words or len(words) > _MOST_WORDS or _NEVER & set(_stems(words)):
        return Topic.NONE
    found, rest = _topics_in(bare)
    left = [word for word in _stems(rest.split()) if word and word not in _BESIDE and not _YEAR.fullmatch(word)]
    if set(found) <= IN_A_GOAL and len(left) > 1:
        return Topic.NONE
    if not found or len(left) > (5 if marked else _allowed(text, rest)):
        return Topic.NONE
    return _settled(found, bare, marked)


def _stems(words: list[str]) -> list[str]:
    return [re.sub(r"['’]s?$", "", word).strip(" .,:;/–—-’'\"“”&+") for word in words]


def _allowed(text: str, rest: str) -> int:
    """How many foreign words a bare line may hold: the owner's name after "of" or in capitals."""
    if re.search(r"\b(?:of|for|at) (?:the )?[A-Z]", text):
        return 4
    names = [word for word in text.split() if word[:1].isupper()]
    return 2 if len(names) >= len(text.split()) - 1 and len(text.split()) > 2 else 0


def _topics_in(bare: str) -> tuple[list[Topic], str]:
    """Every topic named, in the order of the words, and what remains."""
    found: list[tuple[int, Topic]] = []
    for topic, pattern in _TOPICS:
        match = pattern.search(bare)
        if match:
            found.append((match.start(), topic))
            bare = pattern.sub(lambda hit: " " * len(hit[0]), bare)
    return [topic for _, topic in sorted(found)], bare


def _settled(found: list[Topic], bare: str, marked: bool) -> Topic:
    """One topic of several: "equity beliefs" are on equity, "goals and strategies" goals."""
    named = set(found)
    if Topic.EQUITY in named and named & _EQUITY_ON and not named & {Topic.MISSION, Topic.GOALS}:
        return Topic.EQUITY
    if named & {Topic.MISSION, Topic.VISION} and len(named) > 1:
        return Topic.SEVERAL
    if Topic.GOALS in named:
        return Topic.SEVERAL if named & (STATEMENTS.keys() - {Topic.EQUITY}) else Topic.GOALS
    if named == {Topic.EQUITY} and len(bare.split()) < 2:
        return Topic.NONE
    return found[0]
