"""The name of the district or school whose document this is.

Names are found by how they end ("… Public Schools", "… Academy", "District 62")
and weighed: a name in a title or a heading, or often repeated, is the owner's;
one that falls once in running text may be anybody's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from planstudio.exchange.recognise.blocks import word_set

_STRONG = (
    r"(?:(?:Unified|Union|Consolidated|Independent|Central|Community|Unit|Regional|Area|City|County|Joint|High|Elementary|Local|"
    r"Exempted|Village|Technical|Vocational|Special)\s)*School\sDistrict(?:\s(?:No\.\s?|Number\s|\#)?R?-?\d{1,4}[A-Z]?(?:-\d)?)?"
    r"|(?:Public|Community|City|County|Parish|Area|Consolidated|Catholic|Charter|Independent|Municipal|Borough|Central)\sSchools"
    r"|School\s(?:Department|Corporation|Division|Administrative\sUnit|System)|Family\sof\sSchools"
    r"|Board\sof\sEducation|Office\sof\sEducation|ISD|Academy|Academies|Intermediate\sUnit|Independent\sSchool"
    r"|Charter\sSchool|School\sBoard"
)
_LEVEL = (
    r"(?:Senior\s|Junior\s)?(?:High|Middle|Elementary|Primary|Preparatory|Magnet|Community|Day|Montessori)\sSchool(?!s)"
)
_TAIL = re.compile(rf"\b(?:(?P<strong>{_STRONG})|(?P<level>{_LEVEL})|(?P<weak>Schools?|Preparatory))(?![\w-])", re.I)
_NUMBERED = re.compile(r"\b(?:District|DISTRICT)\s(?:No\.\s)?\d{1,4}[A-Z]?\b")
_WORD_BEFORE = re.compile(r"(?:^|(?<=\s))(\S+)\s$")
_CONNECTING = frozenset({"of", "and", "&", "-", "–", "de", "la", "du"})
_NOT_A_NAME = word_set(
    "the our all at to each in by as welcome about mission vision values every this that these those of and & on "
    "for with from any a an we your their its my local state public private new strategic plan superintendent "
    "superintendents department director principal assistant deputy member members board president clerk "
    "secretary bylaws policy policies use visits communications non-public nonpublic school schools district "
    "districts elementary middle high junior senior charter early central area county city regional community "
    "unified independent consolidated attachment page goal goals safe great strong connected welcoming healthy "
    "quality successful national american support strengthening parent parents family families teacher student "
    "students staff education educational organizations associations between during before after when where while "
    "through what how why who both other engaged engaging inclusive effective coherent resourceful technical "
    "vocational if is are"
)
_STATES = re.compile(
    r"(?:state|u\.?s\.?|united states|alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida"
    r"|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota"
    r"|mississippi|missouri|montana|nebraska|nevada|new \w+|north \w+|ohio|oklahoma|oregon|pennsylvania|rhode island"
    r"|south \w+|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming)(?: state)?"
    r" (?:board|department|office)",
    re.I,
)
_PLAIN_FOLLOWERS = re.compile(
    r"\s+(?:strategic|improvement|mission|vision|goals?|policy|policies|board|core|equity|values|beliefs|district|plan"
    r"|administrative|community|\d|continuous|long)\b",
    re.I,
)
_STRENGTH = {"strong": 3, "level": 2, "weak": 1}
_LEAST = 2.0
_MOST_TEXT = 400_000  # characters read for names; the owner is named early or often


class Mention(NamedTuple):
    """A text to look for names in, and whether it is a title or heading."""

    text: str
    prominent: bool


@dataclass
class _Candidate:
    strength: int
    first: int
    count: int = 0
    prominent: int = 0
    articles: int = 0  # prominent places where "The" stands before it
    forms: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        return self.strength * (0.5 + 0.5 * min(self.count, 6)) + 2.0 * min(self.prominent, 2)


def organization(places: Iterable[Mention]) -> str:
    """The owner's name as printed, or "" where none can be told."""
    found: defaultdict[str, _Candidate] = defaultdict(lambda: _Candidate(0, 0))
    position, running_article = 0, set[str]()
    for place in places:
        if position > _MOST_TEXT:
            break
        position += len(place.text)
        for name, strength, article in _names(place.text[:_MOST_TEXT]):
            key = name.casefold()
            if article == "the" or (article and not place.prominent):
                running_article.add(key)
            candidate = found[key]
            candidate.first = candidate.first or position
            candidate.strength = max(candidate.strength, strength)
            candidate.count += 1
            candidate.prominent += place.prominent
            candidate.articles += bool(article) and place.prominent
            candidate.forms.append(name)
    likely = [candidate for candidate in found.values() if candidate.score >= _LEAST]
    if not likely:
        return ""
    best = max(likely, key=lambda candidate: (candidate.score, -candidate.first))
    name = next((form for form in best.forms if not form.isupper()), best.forms[0])
    owns_article = 0 < best.articles == best.prominent and name.casefold() not in running_article
    return f"The {name}" if owns_article else name


def _names(text: str) -> Iterable[tuple[str, int, str]]:
    """Names in *text* with their strength and the article before them."""
    last_end = 0
    tails = list(_TAIL.finditer(text))
    for index, tail in enumerate(tails):
        start = _start(text, tail.start(), last_end)
        if index + 1 < len(tails) and _start(text, tails[index + 1].start(), last_end) <= start:
            continue  # a longer name goes on: "Academy Family of Schools"
        name = text[start : tail.end()]
        bare = _without_lead(name, tail.end() - tail.start())
        if not bare or not _capital(tail[0]) or _STATES.match(bare) or _is_other_word(text, tail):
            continue
        last_end = tail.end()
        lead = text[max(0, tail.end() - len(bare) - 4) : tail.end() - len(bare)].strip()
        yield bare, _STRENGTH[tail.lastgroup or "weak"], lead if lead.lower() == "the" else ""
    for numbered in _NUMBERED.finditer(text):
        if numbered.end() > last_end:
            yield numbered[0], 3, ""


def _start(text: str, at: int, floor: int) -> int:
    """Where the name that ends behind *at* begins: back over capitalized words, eight at most."""
    start, kept = at, at
    for _count in range(8):
        before = _WORD_BEFORE.search(text, max(floor, start - 40), start)
        word = before[1] if before else ""
        if not before or (word[-1] in '.,:;!?)”"' and not re.fullmatch(r"(?:St|Mt|Ft|Dr|No|[A-Z])\.", word)):
            break
        start = before.start(1)
        if _capital(word) and word.lower() not in _CONNECTING:
            kept = start
        elif word.lower() not in _CONNECTING:
            break
    return kept


def _capital(word: str) -> bool:
    bare = word.lstrip("(“\"'‘*[")
    return bool(bare) and bare[0].isupper()


def _without_lead(name: str, tail: int) -> str:
    """*name* without words before it that are no part of a name; "" where only the ending is left."""
    words = name.lstrip("(“\"'‘*[").split(" ")
    while words and (words[0].lower().strip("’'(“\"") in _NOT_A_NAME or not words[0][:1].isupper()):
        words = words[1:]
    if words and words[0].isupper() and len(words[0]) < 3 and not name.isupper():
        return ""  # a policy's code: "AA School District Legal Status"
    bare = " ".join(words)
    return bare if len(bare) > tail or (len(bare) == tail and " of " not in bare and len(words) > 2) else ""


def _is_other_word(text: str, tail: re.Match[str]) -> bool:
    """Whether a weak ending only begins something else: "Connected School Communities"."""
    if tail["strong"]:
        return False
    following = text[tail.end() : tail.end() + 20]
    goes_on = re.match(r"\s+[A-Z]", following)
    return bool(goes_on) and not _PLAIN_FOLLOWERS.match(following)
