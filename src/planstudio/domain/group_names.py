"""What the name of a student group says of who is in it: "EL girls" are of two classes, one of language, one of gender.

    Subgroup   of each dimension the classes that a group takes; of a dimension that it does not name, all of them

Names in English and Spanish, as states and districts write them. What no rule knows ("AVID", "Cohort 7") is a
dimension of its own, in which a student is or is not. Only dimensions and classes are told apart here; whether the
classes of a table are all there are, its numbers say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NEGATIONS = frozenset(("no", "non", "not", "never", "sin", "without", "excluding"))
_EVERYONE = _listed(
    "all every everyone student pupil learner child children kid group the of total district whole todo "
    "toda los las alumnado estudiante aprendiz distrito"
)
_FILLERS = _listed(
    "all every everyone student pupil child children youth kid group the of with who are is and "
    "or y o u e de del los las lo la las con en in for total district whole todo toda alumnado estudiante "
    "status other ethnicity race raza current served distrito"
)
_ANY, _IS = "", "is "

# Each class: its dimension, its name, and how it is written; the longest writing is read first.
_CLASSES: tuple[tuple[str, str, str], ...] = (
    ("gender", "girl", "girls|female|women|woman|niñas|niña|mujeres|mujer|hembras|femenino|femenina|alumnas"),
    ("gender", "boy", "boys|niños|niño|male|men|man|hombres|varones|varón|masculino"),
    ("gender", "x", "nonbinary|non binary|gender x|gender nonconforming|no binario|no binaria|no binarios"),
    ("language", "el", "EL|ELL|MLL|LEP|EB|English learner|English language|English language learner|multilingual"
     "|multilingual learner|emergent bilingual|limited English proficient|aprendices de inglés|aprendiz de inglés"
     "|aprendientes de inglés|estudiantes de inglés|aprendices del idioma inglés"),
    ("language", "el rfep", "ever EL|ever English learner"),
    ("language", "eo", "EO|English only|solo inglés|inglés solamente|monolingual English"),
    ("language", "rfep", "RFEP|reclassified|reclassified EL|reclassified English learner|reclassified fluent English"
     " proficient|former EL|former English learner|reclasificado|reclasificados"),
    ("language", "ifep", "IFEP|initially fluent English proficient|initial fluent English proficient"),
    ("language", "-el", "English proficient|fluent English proficient|FEP"),
    ("disability", "iep", "IEP|SWD|SPED|disability|disabilities|disabled|special education|special ed|special needs|PEI"
     "|discapacidad|discapacidades|educación especial"),
    ("disability", "504", "504|section 504|504 plan|504 plans|sección 504|plan 504"),
    ("disability", "-iep", "general education|general ed|gen ed|nondisabled|educación general|educación regular"),
    ("income", "poor", "economically disadvantaged|economic disadvantage|economic disadvantages|EcoDis|Eco Dis|SED"
     "|socioeconomically disadvantaged|low income|lower income|low socioeconomic|FRL|FRPL|FRPM|free reduced lunch"
     "|free reduced price lunch|free reduced meals|free reduced price meals|free lunch|disadvantaged|in poverty"
     "|desventaja económica|desventaja socioeconómica|desventajas económicas|bajos ingresos|pobreza"
     "|económicamente desfavorecidos|en desventaja económica|en desventaja"),
    ("income", "-poor", "higher income|high income|paid lunch|full price lunch|advantaged"),
    ("home", "homeless", "homeless|McKinney Vento|sin hogar|sin vivienda|unhoused|experiencing homelessness"),
    ("home", "-homeless", "housed|con hogar|con vivienda"),
    ("foster", "foster", "foster|foster care|hogar temporal|hogares de crianza|crianza|cuidado temporal|acogida"),
    ("migrant", "migrant", "migrant|migratory|migrantes|migrante|migratorio|migratorios"),
    ("gifted", "gifted", "gifted|GATE|TAG|talented|gifted and talented|dotados|superdotados|talentosos"
     "|dotados y talentosos"),
    ("military", "military", "military|military connected|militar|militares"),
    ("race", "asian", "Asian|Asian American|asiático|asiática|asiáticos"),
    ("race", "filipino", "Filipino|Filipina"),
    ("race", "black", "Black|African American|Black African American"
     "|afroamericano|afroamericana|afroamericanos|negros"),
    ("race", "white", "White|Caucasian|blanco|blanca|blancos"),
    ("race", "hispanic", "Hispanic|Latino|Latina|Latinx|Latine|Hispanic Latino|hispano|hispana|hispanos|latinos"),
    ("race", "native", "American Indian|Native American|Alaska Native|Alaskan Native|American Indian Alaska Native"
     "|AIAN|AI AN|indígena|indígenas|indio americano|nativo americano|nativos americanos|nativo de Alaska"),
    ("race", "pacific", "Pacific Islander|Native Hawaiian|Hawaiian|Native Hawaiian Pacific Islander|NHPI"
     "|isleño del Pacífico|isleños del Pacífico|nativo de Hawái"),
    ("race", "multi", "two or more|two or more races|multiracial|multi racial|biracial|mixed race|multirracial"
     "|dos o más razas|dos o más|multirraciales"),
    ("race", "-white", "of color|students of color|de color"),
    ("grade", "k", "K|kindergarten|grade K|grado K|kínder|jardín de infantes"),
    ("grade", "tk", "TK|transitional kindergarten|grade TK|kínder de transición"),
    ("grade", "pk", "PK|pre K|preschool|grade PK|prekindergarten|pre kindergarten|preescolar|prekínder"),
    *(
        ("grade", str(n), f"{n}th|{n}th grade|{n}th graders|grade {n}|gr {n}|grado {n}|{n} grado|{n}º|{n}º grado"
         f"|{n} er grado|{words}")
        for n, words in enumerate((
            "1st|1st grade|first grade|1er grado|primer grado", "2nd|2nd grade|second grade|segundo grado",
            "3rd|3rd grade|third grade|3er grado|tercer grado", "fourth grade|cuarto grado",
            "fifth grade|quinto grado", "sixth grade|sexto grado", "seventh grade|séptimo grado",
            "eighth grade|octavo grado", "ninth grade|noveno grado|freshmen", "tenth grade|décimo grado|sophomores",
            "eleventh grade|undécimo grado|juniors", "twelfth grade|duodécimo grado|seniors",
        ), 1)
    ),
)  # fmt: skip
_ALONE = {  # what a word means where nothing else of the name is unknown
    "f": ("gender", "girl"), "m": ("gender", "boy"), "x": ("gender", "x"), "alumno": ("gender", "boy"),
    "ed": ("income", "poor"), **{str(n): ("grade", str(n)) for n in range(1, 13)},
}  # fmt: skip
_IDLE = frozenset(("alumno", "learner", "only"))  # beside another word
_SCHOOLS = _listed("school elementary middle high academy escuela primaria secundaria preparatoria colegio")
_NUMBERED = _listed("school escuela primaria secundaria preparatoria colegio")  # "School 3"
_NAMED_AFTER = ("white", "black")  # "White Oak Elementary" is a school


class Side(NamedTuple):
    """What a group takes of one dimension: the classes named, or all that are *outside* of them."""

    dimension: str
    names: frozenset[str]
    outside: bool = False


Subgroup = frozenset[Side]  # nothing is everyone


def place(*names: str) -> Subgroup:
    """Where the students lie that the names of a measure's students and of a group mean."""
    found: dict[str, Side] = {}
    for name in names:
        for side in _sides(name):
            found[side.dimension] = _both(found[side.dimension], side) if side.dimension in found else side
    return frozenset(found.values())


@lru_cache(maxsize=65_536)
def within(part: Subgroup, whole: Subgroup) -> bool:
    """Whether by their names all of *part* are in *whole*, and it is not the same."""
    own = {side.dimension: side for side in part}
    return part != whole and all(side.dimension in own and _inside(own[side.dimension], side) for side in whole)


@lru_cache(maxsize=65_536)
def apart(one: Subgroup, other: Subgroup) -> bool:
    """Whether by their names nobody need be in both; of what no rule knows that is never sure."""
    sides = {side.dimension: side for side in other}
    if not known(one) or not known(other):
        return True
    return any(side.dimension in sides and _disjoint(side, sides[side.dimension]) for side in one)


@lru_cache(maxsize=65_536)
def known(place: Subgroup) -> bool:
    """Whether all words of a name are known; so they are of everyone."""
    return not any(side.dimension.startswith(_IS) for side in place)


def nested(places: Collection[Subgroup]) -> dict[Subgroup, Subgroup]:
    """The places with what else their names say when they stand beside one another: a cohort of AVID is in AVID."""
    phrases = {side for each in places for side in each if side.dimension.startswith(_IS)}
    words = {side: {*side.dimension.removeprefix(_IS).split()} for side in phrases}
    return {
        each: each | {other for side in each if side in words and not side.outside for other in phrases
                      if not other.outside and words[other] < words[side]}
        for each in places
    }  # fmt: skip


def _inside(part: Side, whole: Side) -> bool:
    if part.outside:
        return whole.outside and whole.names <= part.names
    return not part.names & whole.names if whole.outside else part.names <= whole.names


def _disjoint(one: Side, other: Side) -> bool:
    return not (one.outside and other.outside) and _inside(one, other._replace(outside=not other.outside))


def _both(one: Side, other: Side) -> Side:
    """Those who are of both sides; of either where that is nobody, as in "Asian or Pacific Islander"."""
    if one.outside and other.outside:
        return one._replace(names=one.names | other.names)
    if one.outside or other.outside:
        inside, outside = (other, one) if one.outside else (one, other)
        return inside._replace(names=(inside.names - outside.names) or inside.names)
    return one._replace(names=(one.names & other.names) or (one.names | other.names))


def name_words(*names: str) -> frozenset[str]:
    """The words of a name, whatever their order, case or number; "not EL" is one word, the contrary of "EL"."""
    found: list[str] = []
    for word in _words(" ".join(names).casefold()):
        if found and found[-1] in _NEGATIONS:
            found[-1] = "not " + word
        else:
            found.append(word)
    return frozenset(found)


@lru_cache(maxsize=4_096)
def _sides(name: str) -> tuple[Side, ...]:
    every = _words(_plain(name))
    words = [word for word in every if word not in _FILLERS]
    if _EVERYONE.issuperset(every) or ("todo" in every and _EVERYONE.issuperset({*every} - {"el"})):
        return ()
    if not words:
        return (Side(_IS + " ".join(sorted(every)), frozenset((_ANY,))),)
    named, left, refused = _parted(words)
    if _SCHOOLS.intersection(left):
        named, left, refused = _parted(words, _NAMED_AFTER)
        ends = [at for at in (0, -1) if left[at] in _ALONE and len(left) > 1]
        if ends and (ends[0] == 0 or left[-2] not in _NUMBERED):  # "3 Oak Elementary" is a grade of it
            dimension, kind = _ALONE[left.pop(ends[0])]
            named.append(Side(dimension, frozenset((kind,))))
        return (*_joined(named), Side("school", frozenset((" ".join(left),))))
    if len(left) == 1 and left[0] in _ALONE:
        dimension, kind = _ALONE[left.pop()]
        named.append(Side(dimension, frozenset((kind,))))
    own = [Side(_IS + " ".join(sorted(left)), frozenset((_ANY,)))] if left else []
    own += [Side(_IS + word, frozenset((_ANY,)), True) for word in refused]
    return (*_joined(named), *own)


def _parted(words: list[str], begin: Collection[str] = ()) -> tuple[list[Side], list[str], list[str]]:
    """The sides that are known, but of what a name may *begin* with; other words, those after a "not" apart."""
    named: list[Side] = []
    left: list[str] = []
    refused: list[str] = []
    at, negated = 0, False
    while at < len(words):
        length = next((n for n in range(_LONGEST, 0, -1) if tuple(words[at : at + n]) in _WRITINGS), 0)
        dimension, kind = _WRITINGS.get(tuple(words[at : at + length]), ("", ""))
        if dimension and (at or kind not in begin):
            outside = negated is not kind.startswith("-")
            named.append(Side(dimension, frozenset(kind.removeprefix("-").split()), outside))
        elif length:
            left += words[at : at + length]
        elif words[at] in _NEGATIONS:
            negated, at = True, at + 1
            continue
        elif words[at] not in _IDLE or len(words) == 1:
            (refused if negated else left).append(words[at])
        at, negated = at + max(length, 1), False
    return named, left, refused


def _joined(sides: list[Side]) -> list[Side]:
    """Of one name each dimension once: "grade 3 grade 4" are both, "White, not Hispanic" are white."""
    found: dict[str, Side] = {}
    for side in sorted(sides, key=lambda one: one.outside):
        own = found.get(side.dimension)
        if own is None:
            found[side.dimension] = side
        elif own.outside or side.outside:
            found[side.dimension] = _both(own, side)
        else:
            found[side.dimension] = own._replace(names=own.names | side.names)
    return list(found.values())


def _plain(name: str) -> str:
    """*name* without case, accents and apostrophes, "grades 3-5" with each grade by name."""
    kept = unicodedata.normalize("NFD", name.casefold())
    kept = "".join(letter for letter in kept if not unicodedata.combining(letter) and letter not in "'’ʼʻ")
    return re.sub(r"\b(?:(?:grades?|grados?)\s+(\d{1,2}|k)|(k))\s*(?:[-–—]|to|through|a)\s*(\d{1,2})\b", _spelled, kept)


def _spelled(found: re.Match[str]) -> str:
    first = found[1] or found[2]
    grades = range(1 if first == "k" else int(first), min(int(found[3]), 12) + 1)
    return " ".join((*(("grade k",) if first == "k" else ()), *(f"grade {n}" for n in grades))) or found[0]


def _words(name: str) -> list[str]:
    return [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in re.findall(r"\w+", name)]


_WRITINGS = {
    tuple(word for word in _words(_plain(writing)) if word not in _FILLERS): (dimension, kind)
    for dimension, kind, writings in _CLASSES
    for writing in writings.split("|")
}
_LONGEST = max(map(len, _WRITINGS))
